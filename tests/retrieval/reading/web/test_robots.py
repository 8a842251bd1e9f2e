"""A site's robots.txt is asked for once, and heeded as RFC 9309 has it."""

from collections.abc import Callable
from http.client import HTTPMessage

import pytest

from retrieval.reading.web.errors import NoAnswerError, NoPageError
from retrieval.reading.web.fetch import Fetched
from retrieval.reading.web.http import Answer
from retrieval.reading.web.robots import MOST_KEPT, Robots
from retrieval.reading.web.url import Place, read_place
from tests.support.web.serving import HOME, Clock

ALLOWED = frozenset({"a.example.com:8080"})
PAGE = read_place(f"{HOME}/private/page.pdf")


class Given:
    """Answers for every robots.txt, and remembers which were asked for."""

    def __init__(self, body: str | bytes = b"", status: int = 200) -> None:
        self.body = body.encode() if isinstance(body, str) else body
        self.status = status
        self.error: NoPageError | None = None
        self.asked: list[str] = []

    def __call__(self, url: str) -> Fetched:
        self.asked.append(url)
        if self.error is not None:
            raise self.error
        place = read_place(url, ALLOWED)
        return Fetched(place, place, Answer(self.status, HTTPMessage(), self.body), True)


def allowed(get: Callable[[str], Fetched], place: Place = PAGE) -> bool:
    try:
        Robots(get).check(place)
    except NoPageError:
        return False
    return True


@pytest.mark.parametrize(
    ("body", "may"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /private", False),
        ("user-AGENT: footnoteBOT\nDisallow: /private", False),
        ("User-agent: OtherBot\nDisallow: /", True),
        ("User-agent: FootnoteBot\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /private\nAllow: /private/page", True),
        ("User-agent: *\nDisallow: /*.pdf$", False),
        ("User-agent: *\nDisallow: /*.pdf$\nAllow: /", False),
        ("User-agent: *\n\nDisallow: /private", False),
        ("\ufeffUser-agent: *\nDisallow: /private", False),
        ("User-agent: *\rDisallow: /private # all of it", False),
        ("<html><body>Not found</body></html>", True),
        (b"\xff\xfe\x00\n\xf0User-agent: *\0\nDisallow: /private", True),
    ],
)
def test_what_a_site_forbids_is_not_asked(body: str | bytes, may: bool) -> None:
    assert allowed(Given(body)) is may


@pytest.mark.parametrize("status", [204, 301, 401, 403, 404, 410])
def test_a_site_that_keeps_none_allows_everything(status: int) -> None:
    assert allowed(Given(status=status))


@pytest.mark.parametrize("status", [429, 500, 503, 599])
def test_a_site_that_fails_allows_nothing(status: int) -> None:
    assert not allowed(Given(status=status))


def test_what_is_forbidden_can_still_be_added_by_hand() -> None:
    with pytest.raises(NoPageError) as caught:
        Robots(Given("User-agent: *\nDisallow: /")).check(PAGE)
    assert str(caught.value) == (
        "is not to be read by programs, as the robots.txt of a.example.com says. "
        "Save it and add the file."
    )


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [("3", 3), ("0.5", 0.5), ("1e9", 10), ("nan", 0), ("-1", 0), ("soon", 0), ("", 0)],
)
def test_a_site_may_ask_for_more_time_within_reason(delay: str, seconds: float) -> None:
    assert Robots(Given(f"User-agent: *\nCrawl-delay: {delay}")).check(PAGE) == seconds


def test_rules_are_kept_for_a_day(clock: Clock) -> None:
    get = Given()
    robots = Robots(get, clock)
    robots.check(PAGE)
    clock.now += 23 * 3600
    robots.check(PAGE)
    assert get.asked == [f"{HOME}/robots.txt"]
    clock.now += 2 * 3600
    robots.check(PAGE)
    assert len(get.asked) == 2


def test_a_site_that_failed_is_asked_again_after_a_minute(clock: Clock) -> None:
    get = Given(status=500)
    robots = Robots(get, clock)
    for _ in range(2):
        with pytest.raises(NoPageError, match=r"of a\.example\.com can’t be read"):
            robots.check(PAGE)
    assert len(get.asked) == 1
    get.status = 200
    clock.now += 61
    assert robots.check(PAGE) == 0


def test_whoever_cannot_be_reached_for_it_is_said_so() -> None:
    get = Given()
    get.error = NoAnswerError("can’t be fetched: there is no host a.example.com.")
    with pytest.raises(NoPageError, match="there is no host"):
        Robots(get).check(PAGE)


def test_a_redirect_that_is_refused_is_told_as_the_robots_files(clock: Clock) -> None:
    get = Given()
    get.error = NoPageError("leads to an address that lies inside a network.")
    with pytest.raises(NoPageError, match=r"of a\.example\.com can’t be read"):
        Robots(get).check(PAGE)


def test_every_scheme_host_and_port_has_its_own() -> None:
    get = Given()
    robots = Robots(get)
    for url in (HOME, "https://a.example.com/x", "http://b.example.com/", f"{HOME}:8080/y"):
        robots.check(read_place(url, ALLOWED))
    assert get.asked == [
        "http://a.example.com/robots.txt",
        "https://a.example.com/robots.txt",
        "http://b.example.com/robots.txt",
        "http://a.example.com:8080/robots.txt",
    ]


def test_no_more_sites_are_kept_than_a_thousand() -> None:
    get = Given()
    robots = Robots(get)
    places = [Place("http", f"{number}.example.com", 80, "/") for number in range(MOST_KEPT + 1)]
    for place in [*places, places[-1], places[0]]:
        robots.check(place)
    assert len(get.asked) == MOST_KEPT + 2


def test_sitemaps_stand_there_as_well() -> None:
    body = "Sitemap: https://a.example.com/map.xml\nUser-agent: *\nSitemap: http://[::1"
    assert Robots(Given(body)).sitemaps(PAGE) == ["https://a.example.com/map.xml", "http://[::1"]
