"""Electronic books (EPUB 2 and 3), a chapter a part."""

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urldefrag
from zipfile import ZipFile

from lxml import etree, html

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.encoding.decode import decode
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.html.render import render
from retrieval.reading.formats.hyperlinks import closing

from .package import attribute, first_text, open_archive, parsed

CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
NO_TEXT = ("script", "style", "nav", "head")


def read_epub(data: bytes, gathering: Gathering) -> None:
    """Add the chapters of a book, in the order they are to be read in."""
    archive = open_archive(data)
    container = parsed(archive.read(CONTAINER), forgiving=True)
    rootfile = container.find(".//{*}rootfile")
    package = attribute(rootfile, "full-path") if rootfile is not None else ""
    book = parsed(archive.read(package), forgiving=True)
    gathering.title, gathering.author = first_text(book, "title"), first_text(book, "creator")
    gathering.date = first_text(book, "date")
    folder = posixpath.dirname(package)
    # Each once: a small book might have the same chapter a million times.
    listed = dict.fromkeys(_chapters(book, folder))
    chapters = [name for name in listed if name in archive.NameToInfo]
    _check_readable(archive, chapters)
    titles = _titles(archive, book, folder)
    for name in chapters:
        _read_chapter(archive.read(name), titles.get(name, ""), gathering)


def _chapters(book: etree._Element, folder: str) -> Iterator[str]:
    files = {attribute(item, "id"): attribute(item, "href") for item in book.iter("{*}item")}
    for place in book.iter("{*}itemref"):
        if href := files.get(attribute(place, "idref")):
            yield _inside(folder, href)


def _inside(folder: str, href: str) -> str:
    """The name in the archive of a file that one in some folder refers to."""
    return posixpath.normpath(posixpath.join(folder, unquote(urldefrag(href).url)))


def _check_readable(archive: ZipFile, chapters: list[str]) -> None:
    # Fonts may be scrambled in a book that anyone may read; its chapters may not.
    if ENCRYPTION in archive.NameToInfo:
        listed = parsed(archive.read(ENCRYPTION), forgiving=True).iter("{*}CipherReference")
        if {_inside("", attribute(each, "URI")) for each in listed} & set(chapters):
            raise UnreadableError(
                "is a book protected against copying (DRM). Add a copy without protection, if you "
                "may have one."
            )


def _titles(archive: ZipFile, book: etree._Element, folder: str) -> dict[str, str]:
    """The titles of chapters by their names, from the table of contents: EPUB 3's or EPUB 2's."""
    titles: dict[str, str] = {}
    for item in book.iter("{*}item"):
        name = _inside(folder, attribute(item, "href"))
        listed = "nav" in attribute(item, "properties") or name.endswith(".ncx")
        if listed and name in archive.NameToInfo:
            contents, here = parsed(archive.read(name), forgiving=True), posixpath.dirname(name)
            for href, title in (*_links(contents), *_points(contents)):
                titles.setdefault(_inside(here, href), title)
    return titles


def _links(contents: etree._Element) -> Iterator[tuple[str, str]]:
    for link in contents.iterfind(".//{*}nav//{*}a[@href]"):
        yield attribute(link, "href"), "".join(map(str, link.itertext()))


def _points(contents: etree._Element) -> Iterator[tuple[str, str]]:
    for point in contents.iter("{*}navPoint"):
        place = point.find("{*}content")
        if place is not None:
            yield attribute(place, "src"), first_text(point, "text")


def _read_chapter(data: bytes, title: str, gathering: Gathering) -> None:
    body = _body(data)
    if body is None:
        return
    for element in list(body.iter(*NO_TEXT)):
        element.drop_tree()
    for link in body.iter("a"):
        if not closing(link.get("href") or "", whole=True):
            link.attrib.pop("href", None)  # it leads to another chapter
    rendered = render(body)
    gathering.begin_part()
    if not rendered.headings and title:
        gathering.add_heading(title, 1)
    gathering.add_laid_out(rendered.text, rendered.headings)


def _body(data: bytes) -> Any:
    try:
        text = decode(data).encode()
    except UnreadableError:
        # A chapter that isn't text doesn't cost the others.
        return None
    # Chapters are XML by the standard; as HTML, broken ones are read too.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return html.document_fromstring(text, parser=parser).find("body") if text.strip() else None
