"""A sitemap gives a site's own pages, each once, whatever else stands in it."""

import gzip
from collections.abc import Mapping
from io import BufferedIOBase

import pytest

from retrieval.reading.web.errors import NoPageError, WebError
from retrieval.reading.web.fetch import Page, Validators
from retrieval.reading.web.sitemap import Location, Sitemap, locations, read_sitemaps
from retrieval.reading.web.visitor import Visitor
from tests.support.web.serving import HOME, Clock, Reply, Site, fetcher, moved

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
MAP = f"{HOME}/map.xml"


def urls(*addresses: str) -> bytes:
    places = "".join(f"<url>\n<loc> {address}\n</loc></url>" for address in addresses)
    return f"<?xml version='1.0'?><urlset {NAMESPACE}>{places}</urlset>".encode()


def index(*addresses: str) -> bytes:
    maps = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex {NAMESPACE}>{maps}</sitemapindex>".encode()


class Maps:
    """Files by path, and where they are found in the end; what isn't there can't be had."""

    def __init__(self, files: Mapping[str, bytes], host: str = HOME) -> None:
        self.files = files
        self.host = host
        self.asked: list[str] = []

    def __call__(self, url: str) -> Page | None:
        path = url.removeprefix(HOME)
        self.asked.append(path)
        if path not in self.files:
            raise WebError(f"{url} is not there (404). Check the address.")
        return Page(url, self.files[path], "", None, Validators(self.host + path))

    def read(self, *paths: str, most: int = 99) -> Sitemap:
        maps = [HOME + path for path in paths or ("/map.xml",)]
        return read_sitemaps(self, maps, "a.example.com", most, frozenset())

    def paths(self, *paths: str, most: int = 99) -> list[str]:
        return [url.removeprefix(HOME) for url in self.read(*paths, most=most).pages]


def found(body: bytes | str, most: int = 99) -> list[str]:
    data = body.encode() if isinstance(body, str) else body
    return [location.url for location in locations(data, most)]


def test_pages_and_maps_are_told_apart() -> None:
    assert locations(urls("/a"), 9) == [Location("/a", False)]
    assert locations(index("/a"), 9) == [Location("/a", True)]


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (b"\xef\xbb\xbf\n<urlset><url><loc>/a</loc></url></urlset>", ["/a"]),
        (gzip.compress(urls("/a", "/b"), mtime=0), ["/a", "/b"]),
        (b"\xef\xbb\xbf/a\r\n\r\n  /b  \n", ["/a", "/b"]),
        (gzip.compress(b"/a\n", mtime=0), ["/a"]),
        ("<urlset><url><loc>/?a=1&amp;b=2</loc></url></urlset>", ["/?a=1&b=2"]),
        ("<urlset><url><loc>/?a=1&b=2&#38;c=3</loc></url></urlset>", ["/?a=1&b=2&c=3"]),
        ("<urlset><url><loc><![CDATA[/?a=1&b=2]]></loc></url></urlset>", ["/?a=1&b=2"]),
        ("<urlset><url><loc><![CDATA[/a", []),
        ("<urlset><url><loc>/ü</loc><!-- /b --></url></urlset>", ["/ü"]),
        ("<urlset><url><loc>/a</loc></url><url><loc>/b</loc></urlset>", ["/a", "/b"]),
        (
            f"<urlset {IMAGE}><url><loc>/a</loc><image:image><image:loc>/i</image:loc>"
            "</image:image></url></urlset>",
            ["/a"],
        ),
        ("<html><body><a href='/a'>a</a></body></html>", []),
        ("", []),
        ("<", []),
    ],
)
def test_sitemaps_of_all_forms_are_read(body: bytes | str, pages: list[str]) -> None:
    assert found(body) == pages


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<urlset><url><loc>/&x;</loc></url></urlset>",
        '<!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<urlset><url><loc>/&b;</loc></url></urlset>",
        "<?xml version='1.0' encoding='utf-7'?>+ADwAIQ-DOCTYPE u [+ADwAIQ-ENTITY x 'y'+AD4-]+AD4-"
        "<urlset><url><loc>/&x;</loc></url></urlset>",
    ],
)
def test_entities_are_not_looked_into(body: str) -> None:
    assert not {"/aaaaaaaaaaaaaaaa", "/y"} & set(found(body))
    assert "root" not in "".join(found(body))


@pytest.mark.parametrize(
    "hostile",
    [
        b"<a>" * 100_000,
        b"<a" + b" b='c'" * 100_000 + b"/>",
        b"<a b='" + b">" * 1_000_000 + b"'/>",
        b"<a b='" + b"c" * 1_000_000 + b"'/>",
        b"<!--" + b"c" * 1_000_000 + b"-->",
    ],
    ids=["deep", "attributes", "signs", "value", "comment"],
)
def test_what_no_sitemap_has_ends_the_reading(hostile: bytes) -> None:
    before, after = b"<url><loc>/a</loc></url>", b"<url><loc>/z</loc></url>"
    assert found(b"<urlset>" + before + hostile + after) == ["/a"]


def test_a_large_map_is_read_to_its_end() -> None:
    listed = [f"/{'x' * 30}/{number}?a=1&b=<![CDATA[2&c=3]]>" for number in range(5000)]
    assert found(urls(*listed), most=9999) == [
        f"/{'x' * 30}/{number}?a=1&b=2&c=3" for number in range(5000)
    ]


def test_an_address_that_is_too_long_stays_too_long() -> None:
    [url] = found(urls("/" + "x" * 5000))
    assert len(url) > 2000
    with pytest.raises(NoPageError, match="lists no page"):
        Maps({"/map.xml": urls(f"{HOME}/" + "x" * 5000)}).read()


def test_a_packed_bomb_is_refused() -> None:
    with pytest.raises(NoPageError, match="larger than 20 MiB"):
        locations(gzip.compress(b"<urlset>" + b" " * (21 << 20), 1), 9)


def test_no_more_is_read_than_wanted() -> None:
    assert found(urls("/a", "/b", "/c"), most=2) == ["/a", "/b"]
    assert found(b"/a\n/b\n/c\n", most=2) == ["/a", "/b"]


def test_only_a_sites_own_pages_are_given_and_each_once() -> None:
    listed = urls(
        f"{HOME}/a", f"{HOME}/./a#b", "/b", "http://other.example.com/", "http://127.0.0.1/",
        "http://[::1", "mailto:me@a.example.com", "https://a.example.com/a",
    )  # fmt: skip
    assert Maps({"/map.xml": listed}).read() == Sitemap(
        (f"{HOME}/a", f"{HOME}/b", "https://a.example.com/a"), 0, 0
    )


def test_an_index_is_gone_through_once() -> None:
    maps = Maps(
        {
            "/map.xml": index("/1.xml.gz", "2.xml", "/map.xml", "http://other.example.com/3.xml"),
            "/1.xml.gz": gzip.compress(urls("/a", "/b")),
            "/2.xml": index(f"{HOME}/1.xml.gz", "/4.xml"),
            "/4.xml": urls("/b", "/c"),
        }
    )
    assert maps.paths() == ["/a", "/b", "/c"]
    assert maps.asked == ["/map.xml", "/1.xml.gz", "/2.xml", "/4.xml"]


def test_it_is_told_how_many_pages_were_left_out() -> None:
    maps = Maps(
        {"/map.xml": index("/1", "/2", "/3"), "/1": urls("/a", "/b", "/c"), "/2": urls("/d")}
    )
    assert maps.read(most=2) == Sitemap((f"{HOME}/a", f"{HOME}/b"), 1, 2)
    assert maps.asked == ["/map.xml", "/1"]


def test_a_map_that_is_missing_does_not_spoil_the_others() -> None:
    maps = Maps({"/map.xml": index("/1", "/2", "/bad"), "/2": urls("/a"), "/bad": b"\x1f\x8bxx"})
    assert maps.read() == Sitemap((f"{HOME}/a",), 0, 2)


def test_after_three_failures_no_more_maps_are_asked() -> None:
    maps = Maps({"/map.xml": index(*"12345"), "/5": urls("/a")})
    with pytest.raises(NoPageError, match="lists no page of its own site"):
        maps.read()
    assert maps.asked == ["/map.xml", "/1", "/2", "/3"]


def test_no_more_than_fifty_maps_are_asked() -> None:
    files = {f"/{number}": index(f"/{number + 1}") for number in range(99)}
    maps = Maps(files | {"/map.xml": urls("/a")})
    assert maps.read("/map.xml", "/0").unread == 1
    assert len(maps.asked) == 50


def test_where_the_only_map_is_missing_that_is_said() -> None:
    with pytest.raises(WebError, match=r"http://a.example.com/map.xml is not there \(404\)"):
        Maps({}).read()


def test_a_site_that_was_sent_on_keeps_its_pages() -> None:
    there = "https://www.a.example.com"
    listed = urls(f"{there}/x", f"{HOME}/y", "/z")
    assert Maps({"/map.xml": listed}, there).read().pages == (
        f"{there}/x",
        f"{HOME}/y",
        f"{there}/z",
    )


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("robots", [b"", b"Sitemap: /maps/own.xml\nSitemap: http://127.0.0.1/x"])
def test_a_sites_sitemap_is_found(site: Site, clock: Clock, robots: bytes) -> None:
    visitor = Visitor(fetcher(site), clock, clock)
    robots = robots.replace(b"/maps", f"{HOME}/maps".encode())
    site.replies["/robots.txt"] = Reply(robots) if robots else Reply(status=404)
    site.replies |= {"/sitemap.xml": moved("/moved.xml"), "/moved.xml": Reply(urls("/a"))}
    site.replies["/maps/own.xml"] = Reply(urls("/a"))
    expected = ["/maps/own.xml"] if robots else ["/sitemap.xml", "/moved.xml"]
    assert visitor.pages(HOME, 5) == Sitemap((f"{HOME}/a",), 0, bool(robots))
    assert site.paths == ["/robots.txt", *expected]


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_site_without_one_is_said_to_have_none(site: Site, clock: Clock) -> None:
    visitor = Visitor(fetcher(site), clock, clock)
    with pytest.raises(WebError, match=r"a.example.com/sitemap.xml is not there \(404\)"):
        visitor.pages(HOME, 5)
    site.replies["/page"] = Reply(b"<html></html>")
    with pytest.raises(WebError, match=r"a.example.com/page lists no page of its own site\."):
        visitor.pages(f"{HOME}/page", 5)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_half_a_site_is_not_taken_for_all_of_it_when_stopping(site: Site, clock: Clock) -> None:
    visitor = Visitor(fetcher(site), clock, clock)

    def answer(out: BufferedIOBase) -> None:
        visitor.close()
        out.write(b"HTTP/1.0 200 OK\r\n\r\n/a\n")

    site.replies |= {"/map.xml": Reply(index("/1", "/2")), "/1": Reply(raw=answer)}
    with pytest.raises(WebError, match="because Footnote is stopping"):
        visitor.pages(MAP, 5)
    assert site.paths == ["/robots.txt", "/map.xml", "/1"]
