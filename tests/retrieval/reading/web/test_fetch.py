"""A page is fetched directly, by its host's name, wherever its redirects lead, and only there."""

import ssl
from http.client import HTTPMessage
from pathlib import Path

import pytest

from retrieval.reading.limits import FetchLimits
from retrieval.reading.web.errors import NoAnswerError, NoPageError
from retrieval.reading.web.fetch import Fetched, Fetcher, Page, Validators, page_of
from retrieval.reading.web.http import Answer
from retrieval.reading.web.url import read_place
from retrieval.reading.web.user_agent import user_agent
from tests.support.web.certificates import Identity, issued, server_context
from tests.support.web.serving import HOME, Lookalike, Reply, Site, fetcher, moved, raw

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SECURE = "https://wiki.example.com"


def page(url: str, asked: str | None = None, for_good: bool = False, **headers: str) -> Page:
    message = HTTPMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    answer = Answer(200, message, b"hi")
    return page_of(Fetched(read_place(asked or url), read_place(url), answer, for_good))


def test_a_page_is_asked_for_under_its_hosts_name(site: Site) -> None:
    site.replies["/a%20b?q=%C3%BC"] = Reply(b"hello")
    fetched = fetcher(site).get("http://Bücher.example.com./a%20b?q=ü#part")
    assert (fetched.answer.status, fetched.answer.body) == (200, b"hello")
    headers = site.asked[0].headers
    assert headers["Host"] == "xn--bcher-kva.example.com"
    assert headers["User-Agent"].startswith("FootnoteBot/0")
    assert headers["Accept-Encoding"] == "gzip"
    assert not {"Cookie", "Authorization", "Referer", "Proxy-Authorization"} & headers.keys()


def test_servers_are_told_where_to_read_about_it() -> None:
    assert user_agent("https://example.org/bot").endswith(" (+https://example.org/bot)")


def test_a_secure_page_is_asked_for_by_name_and_certificate(secure: Site) -> None:
    secure.replies["/"] = Reply(b"hello")
    fetching = fetcher(secure)
    assert fetching.get("https://WIKI.example.com./").answer.body == b"hello"
    assert secure.asked[0].headers["Host"] == "wiki.example.com"
    with pytest.raises(NoAnswerError, match=r"of other\.example\.com .* another host’s"):
        fetching.get("https://other.example.com/")
    fetching.context = ssl.create_default_context()
    with pytest.raises(NoAnswerError, match=r"certificate of wiki.example.com can’t be trusted\."):
        fetching.get(SECURE)
    assert len(secure.asked) == 1


def test_a_certificate_that_has_run_out_is_not_trusted(
    signer: Identity, secure: Site, tmp_path: Path
) -> None:
    old = Site(server_context(issued(signer, "wiki.example.com", days=-1), tmp_path))
    old.client = secure.client
    with old.running(), pytest.raises(NoAnswerError, match="because it has run out"):
        fetcher(old).get(SECURE)


def test_a_server_without_tls_is_no_secure_one(site: Site) -> None:
    with pytest.raises(NoAnswerError, match=r"no secure connection to a.example.com comes about"):
        fetcher(site).get("https://a.example.com/")


def test_the_systems_certificates_are_checked() -> None:
    context = Fetcher().context
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_proxies_of_the_environment_are_not_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.replies["/"] = Reply(b"direct")
    assert fetcher(site).get(HOME).answer.body == b"direct"


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/",
        "//[::1]/",
        "//127.1",
        "http://2130706433/",
        "http://localhost/",
        "file:///etc/passwd",
        "http://u:p@wiki.example.com/",
        "http://wiki.example.com:6379/",
        "http://wiki.example.com@127.0.0.1/",
        "\\\\127.0.0.1\\x",
        "//[::1",
        "https://discord.com/channels/1/2/3",
    ],
)
def test_no_redirect_leads_inside(site: Site, where: str) -> None:
    site.replies["/"] = moved(where)
    fetching = fetcher(site)
    with pytest.raises(NoPageError, match=r"leads to an address that|is sent on to"):
        fetching.get(HOME)
    assert site.paths == ["/"]
    assert isinstance(fetching.network, Lookalike)
    assert len(fetching.network.dialled) == 1


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("/next", "/next"),
        ("next?a=b#part", "/dir/next?a=b"),
        ("//b.example.com/next", "/next"),
        ("/ein täg".encode().decode("latin-1"), "/ein%20t%C3%A4g"),
    ],
)
def test_redirects_are_followed(site: Site, where: str, path: str) -> None:
    site.replies |= {"/dir/": moved(where), path: Reply(b"there")}
    assert fetcher(site).get(f"{HOME}/dir/").answer.body == b"there"


@pytest.mark.parametrize(("statuses", "good"), [((301, 308), True), ((301, 302), False)])
def test_it_is_told_whether_a_page_has_moved_for_good(
    site: Site, statuses: tuple[int, int], good: bool
) -> None:
    first, second = statuses
    site.replies |= {"/": moved("/1", first), "/1": moved("/2", second), "/2": Reply(b"2")}
    fetched = fetcher(site).get(HOME)
    assert (fetched.place.target, fetched.for_good) == ("/2", good)


def test_redirects_are_not_followed_for_ever(site: Site) -> None:
    site.replies |= {f"/{number}": moved(f"/{number + 1}") for number in range(6)}
    site.replies["/6"] = Reply(b"6")
    assert fetcher(site).get(f"{HOME}/1").answer.body == b"6"
    with pytest.raises(NoPageError, match="sent on more than 5 times"):
        fetcher(site).get(f"{HOME}/0")


def test_a_secure_page_is_not_left_for_an_open_one(secure: Site) -> None:
    secure.replies["/"] = moved("http://wiki.example.com/open")
    with pytest.raises(NoPageError, match="leads from https to http"):
        fetcher(secure).get(SECURE)


def test_a_failure_after_a_redirect_is_told_with_where_it_led(site: Site) -> None:
    site.replies |= {"/": moved("/end"), "/end": raw(b"nonsense")}
    with pytest.raises(NoPageError) as caught:
        fetcher(site).get(HOME)
    assert str(caught.value) == (
        "leads to http://a.example.com/end, which can’t be fetched: a.example.com doesn’t answer "
        "as a web server should. Try again later."
    )
    assert not isinstance(caught.value, NoAnswerError)


def test_whether_a_page_has_changed_costs_one_short_answer(site: Site) -> None:
    site.replies |= {"/": Reply(b"hi", headers={"ETag": 'W/"1"'}), "/old": moved("/")}
    known = Validators(f"{HOME}/", 'W/"1"', "Tue, 24 Nov 2026 10:00:00 GMT")
    answer = fetcher(site).get(f"{HOME}/old", known).answer
    assert (answer.status, answer.body) == (304, b"")
    [old, new] = site.asked
    assert not {"If-None-Match", "If-Modified-Since"} & old.headers.keys()
    assert new.headers["If-None-Match"] == 'W/"1"'
    assert new.headers["If-Modified-Since"] == "Tue, 24 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 103 Early Hints\r\n\r\n",
        b"HTTP/1.1 304 Unasked\r\n\r\n",
        b"hello",
        b"",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nabc",
        b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 101 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    ],
    ids=lambda answer: ascii(answer[:40]),
)
def test_answers_that_make_no_sense_are_none(site: Site, answer: bytes) -> None:
    site.replies["/"] = raw(answer)
    with pytest.raises(NoAnswerError):
        fetcher(site).get(HOME)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("image/svg+xml", "is a picture"),
        ("Audio/OGG; x=y", "is a sound"),
        ("video/mp4", "is a film"),
        ("font/woff2", "is a font"),
    ],
)
def test_what_holds_no_text_is_not_even_read(site: Site, kind: str, says: str) -> None:
    endless = raw(
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode(), b"x", pause=site.done
    )
    site.replies["/"] = endless
    with pytest.raises(NoPageError, match=says):
        fetcher(site, FetchLimits(seconds=20.0)).get(HOME)


def test_a_page_that_was_sent_on_for_good_gets_its_new_address() -> None:
    there, old = "https://b.example.com/x", "http://a.example.com/"
    assert page(there, old, for_good=True).url == there
    assert page(there, old, for_good=False).url == old


def test_a_page_knows_where_it_was_and_which_version() -> None:
    found = page(
        "https://b.example.com/x", "http://a.example.com/", ETag='W/"1"', Last_Modified="t"
    )
    assert found.validators == Validators("https://b.example.com/x", 'W/"1"', "t")
    assert found.validators.headers() == {"If-None-Match": 'W/"1"', "If-Modified-Since": "t"}


@pytest.mark.parametrize("etag", ["", "x" * 501, "a\r\n b", "a\0b"])
def test_odd_versions_are_not_kept(etag: str) -> None:
    validators = page("https://b.example.com/x", ETag=etag).validators
    assert validators.etag is None
    assert validators.headers() == {}
