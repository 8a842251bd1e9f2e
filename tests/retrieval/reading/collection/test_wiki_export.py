"""The export of a wiki: one document a page, with its latest text."""

import gzip

import pytest

from retrieval.errors import LoadError
from retrieval.reading.collection.archive import is_archive, open_archive
from retrieval.reading.collection.collection import Collection
from retrieval.reading.limits import ArchiveLimits
from retrieval.reading.raw_document import RawDocument
from tests.support.formats import zips

HEAD = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">\n'
)


def page(title: str, *texts: str, namespace: int = 0, more: str = "") -> str:
    revisions = "".join(
        f'<revision><id>{n}</id><text bytes="9" xml:space="preserve">{text}</text></revision>'
        for n, text in enumerate(texts)
    )
    return f"<page><title>{title}</title><ns>{namespace}</ns><id>4</id>{more}{revisions}</page>\n"


def export(*pages: str) -> bytes:
    return (
        f"{HEAD}<siteinfo><sitename>Quay</sitename></siteinfo>{''.join(pages)}</mediawiki>".encode()
    )


BOATS = page("Boats &amp; oars", "Old.", "''Boats'' leave at &lt;b&gt;ten&lt;/b&gt; &amp;amp; six.")
WIKI = export(BOATS, page("Help:Rope", "Tie it.", namespace=12))


def opened(data: bytes, name: str = "wiki.xml", limits: ArchiveLimits | None = None) -> Collection:
    return open_archive(RawDocument(data, source=name, called=name, name=name), limits)


@pytest.mark.parametrize(
    ("name", "data"), [("wiki.xml", WIKI), ("wiki.xml.gz", gzip.compress(WIKI))]
)
def test_each_page_is_a_document_of_its_latest_text(name: str, data: bytes) -> None:
    assert is_archive(data)
    loaded = [entry.load() for entry in opened(data, name).entries]
    assert [(raw.source, raw.listed, raw.name) for raw in loaded] == [
        (f"{name}/Boats & oars", "Boats & oars", "Boats & oars.wiki"),
        (f"{name}/Help:Rope", "Help:Rope", "Help:Rope.wiki"),
    ]
    assert loaded[0].data.decode() == "''Boats'' leave at <b>ten</b> &amp; six."


def test_talk_redirects_and_templates_are_left_out() -> None:
    data = export(
        BOATS,
        page("Talk:Boats", "When?", namespace=1),
        page("Ships", "#REDIRECT [[Boats]]", more='<redirect title="Boats" />'),
        page("Template:Time", "{{{1}}}", namespace=10),
    )
    collection = opened(data)
    assert [entry.path for entry in collection.entries] == ["Boats & oars"]
    assert collection.left_out.told() == (
        "Left out: 1 page of talk, 1 redirect, 1 page of another kind."
    )


def test_an_export_may_lie_in_an_archive_beside_other_xml() -> None:
    collection = opened(zips.archive({"wiki.xml": WIKI, "feed.xml": "<rss/>"}), "a.zip")
    assert [entry.path for entry in collection.entries] == [
        "wiki.xml/Boats & oars",
        "wiki.xml/Help:Rope",
    ]
    assert "1 .xml" in collection.left_out.told()


def test_an_export_that_was_cut_off_or_holds_too_much_is_refused() -> None:
    with pytest.raises(LoadError, match="damaged"):
        opened(WIKI[: WIKI.rindex(b"</page>")])
    with pytest.raises(LoadError, match="more than 1 file"):
        opened(WIKI, limits=ArchiveLimits(files=1))


def test_other_xml_is_no_archive() -> None:
    assert not is_archive(b"<?xml version='1.0'?><rss><mediawiki></mediawiki></rss>")
