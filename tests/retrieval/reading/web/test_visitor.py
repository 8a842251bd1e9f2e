"""A visitor has regard for sites, and says in a sentence why a page can't be had."""

from concurrent.futures import ThreadPoolExecutor
from io import BufferedIOBase
from threading import Event

import pytest

from retrieval.reading.web.errors import WebError
from retrieval.reading.web.fetch import Page, Validators
from retrieval.reading.web.visitor import Visitor
from tests.support.web.serving import HOME, Clock, Reply, Site, fetcher, moved, raw

PATIENCE = 1200.0  # seconds until a thread is taken to wait for ever
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def visitor(site: Site, clock: Clock) -> Visitor:
    return Visitor(fetcher(site), clock, clock)


def read(visitor: Visitor, url: str) -> Page:
    page = visitor.get(url)
    assert page is not None
    return page


def refusal(visitor: Visitor, url: str) -> str:
    with pytest.raises(WebError) as caught:
        visitor.get(url)
    return str(caught.value)


def test_a_page_is_had_with_all_that_its_server_says_of_it(site: Site, visitor: Visitor) -> None:
    site.replies["/guide"] = Reply(
        b"hello", headers={"Content-Type": "text/html; charset=Latin1", "ETag": '"1"'}
    )
    assert visitor.get("HTTP://A.example.com/./guide#part") == Page(
        url=f"{HOME}/guide",
        body=b"hello",
        name="guide.html",
        charset="latin1",
        validators=Validators(f"{HOME}/guide", '"1"', None),
    )


def test_a_page_that_has_not_changed_is_not_had_again(site: Site, visitor: Visitor) -> None:
    site.replies["/"] = Reply(b"hello", headers={"ETag": '"1"'})
    first = read(visitor, HOME)
    assert visitor.get(HOME, first.validators) is None
    site.replies["/"] = Reply(b"changed", headers={"ETag": '"2"'})
    changed = visitor.get(HOME, first.validators)
    assert changed is not None
    assert changed.body == b"changed"
    assert site.paths == ["/robots.txt", "/", "/", "/"]


def test_all_requests_to_a_site_are_half_a_second_apart(
    site: Site, visitor: Visitor, clock: Clock
) -> None:
    site.replies |= {"/": moved("/yes"), "/yes": Reply(b"yes")}
    assert read(visitor, HOME).body == b"yes"
    assert read(visitor, f"{HOME}/yes").body == b"yes"
    assert site.paths == ["/robots.txt", "/", "/yes", "/yes"]
    assert clock.waits == [0.5, 0.5, 0.5]


def test_a_site_may_ask_for_more_time(site: Site, visitor: Visitor, clock: Clock) -> None:
    site.replies |= {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 4"), "/": Reply(b"yes")}
    read(visitor, HOME)
    assert clock.waits == [4.0]


def test_no_redirect_leads_to_what_a_site_forbids(site: Site, visitor: Visitor) -> None:
    site.replies |= {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /no"),
        "/": moved("/no"),
        "/no": Reply(b"no"),
    }
    for path in ("/no", "/a/../n%6f"):
        assert "is not to be read by programs" in refusal(visitor, HOME + path)
    assert refusal(visitor, HOME) == (
        "http://a.example.com leads to http://a.example.com/no, which is not to be read by "
        "programs, as the robots.txt of a.example.com says. Save it and add the file."
    )
    assert site.paths == ["/robots.txt", "/"]


def test_of_a_long_robots_file_the_beginning_counts(site: Site, visitor: Visitor) -> None:
    rules = b"User-agent: *\nDisallow: /no\n" + b"#" * 600_000 + b"\nDisallow: /"
    site.replies |= {"/robots.txt": Reply(rules), "/": Reply(b"yes")}
    assert read(visitor, HOME).body == b"yes"
    assert "is not to be read" in refusal(visitor, f"{HOME}/no")


def test_a_site_that_does_not_answer_is_said_not_to(clock: Clock) -> None:
    with Site().running() as nobody:
        pass
    visitor = Visitor(fetcher(nobody), clock, clock)
    assert refusal(visitor, HOME) == (
        "http://a.example.com can’t be fetched: a.example.com doesn’t answer. Try again later."
    )


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(status=404), "http://a.example.com is not there (404). Check the address."),
        (
            Reply(b"Secret", 403),
            "http://a.example.com is not shown to programs (403). Save it and add the file.",
        ),
        (
            moved("/gone"),
            "http://a.example.com leads to http://a.example.com/gone, "
            "which is gone for good (410). Check the address.",
        ),
        (
            Reply(status=429, headers={"Retry-After": "90"}),
            "http://a.example.com can’t be fetched now: its server wants fewer requests. "
            "Try again in 2 minutes.",
        ),
        (
            Reply(status=503),
            "http://a.example.com can’t be fetched: its server has a problem (503). "
            "Try again later.",
        ),
        (
            Reply(b"x", headers={"Content-Type": "image/png"}),
            "http://a.example.com is a picture, and no text. "
            "Give the address of a page or a document.",
        ),
    ],
)
def test_people_are_told_why_a_page_cannot_be_had(
    site: Site, visitor: Visitor, reply: Reply, says: str
) -> None:
    site.replies |= {"/": reply, "/gone": Reply(status=410)}
    assert refusal(visitor, HOME) == says


def test_a_server_that_wants_fewer_requests_is_left_alone(
    site: Site, visitor: Visitor, clock: Clock
) -> None:
    site.replies |= {"/": Reply(status=503, headers={"Retry-After": "90"}), "/b": Reply(b"b")}
    refusal(visitor, HOME)
    assert refusal(visitor, f"{HOME}/b").endswith("fewer requests. Try again in 2 minutes.")
    assert site.paths == ["/robots.txt", "/"]
    clock.now += 91
    assert read(visitor, f"{HOME}/b").body == b"b"


def test_so_is_one_that_wants_fewer_for_its_robots_file(site: Site, visitor: Visitor) -> None:
    site.replies["/robots.txt"] = Reply(status=429, headers={"Retry-After": "600"})
    refusal(visitor, HOME)
    assert refusal(visitor, HOME).endswith("fewer requests. Try again in 10 minutes.")
    assert site.paths == ["/robots.txt"]


def test_other_hosts_are_asked_meanwhile(site: Site, visitor: Visitor) -> None:
    site.replies |= {"/": Reply(status=429), "/b": Reply(b"b")}
    refusal(visitor, HOME)
    assert read(visitor, "http://b.example.com/b").body == b"b"


def test_nobody_asks_any_more_once_it_is_closed(site: Site, visitor: Visitor) -> None:
    visitor.close()
    assert refusal(visitor, HOME) == (
        "http://a.example.com was not fetched, because Footnote is stopping. Try again later."
    )
    assert site.asked == []


def test_hosts_that_the_operator_named_are_visited(site: Site, clock: Clock) -> None:
    site.replies |= {"/": Reply(b"inside"), "/sitemap.xml": Reply(b"http://wiki:8080/\n")}
    allowed = frozenset({"wiki:8080"})
    visitor = Visitor(
        fetcher(site, answers=iter([["10.0.0.1"]] * 9), allowed=allowed), clock, clock
    )
    assert read(visitor, "http://wiki:8080/").body == b"inside"
    assert visitor.pages("http://wiki:8080", 5).pages == ("http://wiki:8080/",)


def test_a_password_is_not_repeated(visitor: Visitor) -> None:
    assert "secret" not in refusal(visitor, "http://me:secret@a.example.com/")


def test_a_server_that_sends_rubbish_is_not_quoted(site: Site, visitor: Visitor) -> None:
    site.replies["/"] = raw(b"HTTP/1.1 400 <b>You\r\nX: 1\r\n\r\nrubbish")
    assert refusal(visitor, HOME) == (
        "http://a.example.com is refused by its server (400). Check the address."
    )


def test_closing_cuts_off_an_answer_that_does_not_come(site: Site, clock: Clock) -> None:
    asked, end = Event(), Event()

    def never(out: BufferedIOBase) -> None:
        asked.set()
        end.wait(PATIENCE)

    site.replies["/"] = Reply(raw=never)
    visitor = Visitor(fetcher(site), clock, clock)
    with ThreadPoolExecutor(1) as pool:
        visit = pool.submit(visitor.get, HOME)
        assert asked.wait(PATIENCE)
        visitor.close()
        with pytest.raises(WebError, match="because Footnote is stopping"):
            visit.result(PATIENCE / 2)
    end.set()
