"""Pages are added by their address, asked for again politely, or refused in words."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retrieval.reading.web.rate_limit import Pace
from tests.support.formats.drawn import pdfs
from tests.support.shell import assert_refused, footnote
from tests.support.texts.every_format import GUIDE
from tests.support.web.serving import Reply, Site

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
TEA, COFFEE = "Tea is brewed for four minutes.", "Coffee is brewed for two minutes."


def page(text: str, etag: str = "", extra: str = "") -> Reply:
    """A web page with a heading "Brewing" and a text under it."""
    body = f"<html><head><!--{extra}--></head><body><h1>Brewing</h1><p>{text}</p></body></html>"
    headers = {"Content-Type": "text/html; charset=utf-8"} | ({"ETag": etag} if etag else {})
    return Reply(body.encode(), headers=headers)


def sitemap(*addresses: str) -> Reply:
    """A sitemap of these pages."""
    places = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    return Reply(f'<urlset xmlns="{SPACE}">{places}</urlset>'.encode())


class Typing(io.TextIOWrapper):
    """Somebody sits there and types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server that the operator allows, and that nobody waits for between two requests."""
    monkeypatch.setattr(Pace, "_rest", lambda *_: None)
    with Site().running() as running:
        monkeypatch.setenv("FOOTNOTE_ALLOWED_HOSTS", f"127.0.0.1:{running.port}")
        yield running


def address(site: Site, path: str = "/") -> str:
    """The address of a page."""
    return f"http://127.0.0.1:{site.port}{path}"


def added(home: Path, *sources: str) -> Any:
    """Return what became of sources none of which failed."""
    done = footnote("add", *sources, "--json", "--home", home)
    assert (done.code, done.err) == (0, "")
    return done.json


def refreshed(home: Path) -> Any:
    """Return what became of a refresh in which nothing failed."""
    done = footnote("refresh", "--json", "--home", home)
    assert (done.code, done.err) == (0, "")
    return done.json


def texts(home: Path) -> dict[str, str]:
    """The stored text of each document, by its source."""
    documents = footnote("list", "--json", "--home", home).json["documents"]
    return {
        document["source"]: footnote("show", document["id"], "--json", "--home", home).json["text"]
        for document in documents
    }


# Adding


def test_a_page_is_known_by_its_address_and_answers(home: Path, site: Site) -> None:
    site.replies["/tea"] = page(TEA)
    (brief,) = added(home, f"HTTP://127.0.0.1:{site.port}/tea#top")["added"]
    assert (brief["source"], brief["title"]) == (address(site, "/tea"), "Brewing")
    assert site.paths == ["/robots.txt", "/tea"]
    answer = footnote("ask", "How long is tea brewed?", "--json", "--home", home).json
    (cited,) = answer["citations"]
    assert (cited["quote"], cited["source"], cited["section"]) == (TEA, brief["source"], "Brewing")


def test_a_file_on_the_web_is_read_as_what_it_is(home: Path, site: Site) -> None:
    data = pdfs.pdf(GUIDE, "Harbour guide")
    site.replies["/get?id=7"] = Reply(data, headers={"Content-Type": "application/octet-stream"})
    (brief,) = added(home, address(site, "/get?id=7"))["added"]
    assert brief["title"] == "Harbour guide"
    answer = footnote("ask", "When does high tide reach the quay?", "--json", "--home", home).json
    cited = answer["citations"][0]
    assert (cited["source"], cited["page"], cited["place"]) == (brief["source"], 2, "page 2")


def test_a_page_is_read_in_the_encoding_that_its_server_names(home: Path, site: Site) -> None:
    body = "<p>Музей открыт с девяти.</p>".encode("koi8-r")
    site.replies["/"] = Reply(body, headers={"Content-Type": "text/html; charset=koi8-r"})
    added(home, address(site))
    assert texts(home) == {address(site): "Музей открыт с девяти."}


def test_a_title_that_is_given_stays_when_the_page_changes(home: Path, site: Site) -> None:
    site.replies["/tea"] = page(TEA)
    assert added(home, address(site, "/tea"), "--title", "Tea")["added"][0]["title"] == "Tea"
    site.replies["/tea"] = page(COFFEE)
    assert refreshed(home)["added"][0]["title"] == "Tea"


def test_the_same_text_at_another_address_is_said_and_kept_once(home: Path, site: Site) -> None:
    site.replies |= {"/a": page(TEA), "/b": page(TEA, extra="another time")}
    (first,) = added(home, address(site, "/a"))["added"]
    assert first["elsewhere"] is False
    done = footnote("add", address(site, "/b"), "--home", home)
    assert done.out == (
        f"unchanged  {first['id']}  Brewing  (has the content of {address(site, '/b')})\n"
    )
    (again,) = added(home, address(site, "/b"))["unchanged"]
    assert (again["source"], again["elsewhere"]) == (address(site, "/a"), True)
    assert list(texts(home)) == [address(site, "/a")]


def test_a_page_that_cannot_be_had_does_not_stop_the_others(home: Path, site: Site) -> None:
    site.replies["/tea"] = page(TEA)
    done = footnote("add", address(site, "/no"), address(site, "/tea"), "--json", "--home", home)
    assert done.code == 1
    assert [brief["source"] for brief in done.json["added"]] == [address(site, "/tea")]
    (failed,) = done.json["failed"]
    assert failed["error"].startswith(f"{address(site, '/no')} is not there (404).")
    assert done.err == f"footnote: {failed['error']}\n"


# What is refused


def test_a_page_inside_ones_own_network_is_refused_unless_its_host_is_allowed(
    home: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FOOTNOTE_ALLOWED_HOSTS")
    for url in (address(site), "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data"):
        assert_refused(footnote("add", url, "--home", home), url)
        assert_refused(footnote("add", "--sitemap", url, "--home", home), url)
    assert site.asked == []


def test_a_page_that_its_site_keeps_from_programs_is_not_asked_for(home: Path, site: Site) -> None:
    site.replies |= {"/robots.txt": Reply(b"User-agent: *\nDisallow: /private"), "/tea": page(TEA)}
    url = address(site, "/private/diary")
    assert_refused(footnote("add", url, "--home", home), url, "robots.txt")
    assert site.paths == ["/robots.txt"]
    assert len(added(home, address(site, "/tea"))["added"]) == 1


# Reading again


def test_a_page_that_has_not_changed_costs_one_question(home: Path, site: Site) -> None:
    site.replies["/tea"] = page(TEA, etag='"1"')
    (brief,) = added(home, address(site, "/tea"))["added"]
    site.asked.clear()
    (same,) = refreshed(home)["unchanged"]
    assert (same["id"], same["elsewhere"]) == (brief["id"], False)
    rules, asked = site.asked
    assert (rules.path, asked.path) == ("/robots.txt", "/tea")
    assert asked.headers["If-None-Match"] == '"1"'


def test_a_page_that_has_changed_is_replaced(home: Path, site: Site) -> None:
    site.replies["/tea"] = page(TEA, etag='"1"')
    (old,) = added(home, address(site, "/tea"))["added"]
    site.replies["/tea"] = page(COFFEE, etag='"2"')
    (new,) = refreshed(home)["added"]
    assert (new["replaced"], new["source"]) == (True, old["source"])
    assert texts(home) == {address(site, "/tea"): f"Brewing\n\n{COFFEE}"}


def test_a_page_of_which_only_the_bytes_changed_is_as_it_was(home: Path, site: Site) -> None:
    site.replies["/tea"] = page(TEA, etag='"1"', extra="at noon")
    (brief,) = added(home, address(site, "/tea"))["added"]
    site.replies["/tea"] = page(TEA, etag='"2"', extra="at night")
    assert [same["id"] for same in refreshed(home)["unchanged"]] == [brief["id"]]
    # From now on it is that version which the server is asked about.
    refreshed(home)
    assert site.asked[-1].headers["If-None-Match"] == '"2"'


def test_a_page_that_is_gone_is_kept_and_said_to_be(home: Path, site: Site) -> None:
    site.replies |= {"/tea": page(TEA), "/coffee": page(COFFEE)}
    added(home, address(site, "/tea"), address(site, "/coffee"))
    before = texts(home)
    del site.replies["/tea"]
    done = footnote("refresh", "--json", "--home", home)
    assert done.code == 1
    (failed,) = done.json["failed"]
    assert failed["source"] == address(site, "/tea")
    assert "is not there (404)" in failed["error"]
    assert [brief["source"] for brief in done.json["unchanged"]] == [address(site, "/coffee")]
    assert texts(home) == before


# A whole site


@pytest.fixture
def shop(site: Site) -> Site:
    """A site whose sitemap lists three pages of its own, and one of another's."""
    pages = {f"/{number}": page(f"Kettle {number} holds {number} litres.") for number in "123"}
    own = [address(site, path) for path in pages]
    site.replies |= {**pages, "/sitemap.xml": sitemap(*own, "https://else.example/")}
    return site


@pytest.mark.parametrize("given", ["/", "/sitemap.xml"])
def test_the_pages_of_a_site_are_added_from_its_sitemap(given: str, home: Path, shop: Site) -> None:
    briefs = added(home, "--sitemap", address(shop, given))["added"]
    assert [brief["source"] for brief in briefs] == [address(shop, f"/{n}") for n in "123"]


def test_of_a_large_site_it_is_said_how_many_pages_are_left_out(home: Path, shop: Site) -> None:
    done = footnote("add", "--sitemap", address(shop), "--limit", "1", "--home", home)
    assert done.code == 0
    assert len(done.out.splitlines()) == 1
    assert done.err == "The site has 2 pages more, left out: --limit says how many to take.\n"
    assert list(texts(home)) == [address(shop, "/1")]


def test_whoever_sits_there_is_asked_how_many_pages(home: Path, shop: Site) -> None:
    typed = Typing(io.BytesIO(b"2\n"), encoding="utf-8")
    done = footnote("add", "--sitemap", address(shop), "--home", home, typed=typed)
    assert "How many pages at most? [100]" in done.err
    assert "The site has 1 page more, left out" in done.err
    assert len(texts(home)) == 2


def test_what_could_not_be_read_of_a_sitemap_is_said(home: Path, shop: Site) -> None:
    maps = "".join(f"<sitemap><loc>{address(shop, path)}</loc></sitemap>" for path in ("/m", "/no"))
    index = f'<sitemapindex xmlns="{SPACE}">{maps}</sitemapindex>'
    shop.replies |= {"/m": shop.replies["/sitemap.xml"], "/sitemap.xml": Reply(index.encode())}
    done = footnote("add", "--sitemap", address(shop), "--home", home)
    assert (done.code, len(done.out.splitlines())) == (0, 3)
    assert done.err == "Some sitemaps of the site were not read: it may have more pages.\n"
    done = footnote("add", "--sitemap", address(shop), "--limit", "2", "--home", home)
    assert done.err.startswith("The site has at least 1 page more, left out")


def test_a_site_without_a_sitemap_is_refused_in_a_sentence(home: Path, site: Site) -> None:
    done = footnote("add", "--sitemap", address(site), "--home", home)
    assert_refused(done, address(site), "404")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--sitemap", "https://x.example/", "--title", "Shop"), "a title is for one document"),
        (("tea.txt", "--limit", "3"), "a limit is for the pages of a site"),
        (("--sitemap", "https://x.example/", "--limit", "0"), "--limit"),
    ],
)
def test_what_makes_no_sense_of_a_site_is_wrong_usage(
    arguments: tuple[str, ...], says: str, home: Path
) -> None:
    done = footnote("add", *arguments, "--home", home)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
