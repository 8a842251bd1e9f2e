"""Open the packages that Office files and books are: archives of XML files that refer to others.

zipfile gives no more of a member than the archive's directory says it has, so that a look at the
directory is enough to know what unpacking it would cost. From XML nothing is fetched, and nothing
in it multiplies.
"""

import posixpath
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from lxml import etree

from retrieval.errors import Counted
from retrieval.reading.formats import errors
from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.limits import (
    LARGEST_RATIO,
    MOST_MEMBERS,
    MOST_UNPACKED,
    SMALL_MEMBER,
    in_units,
)

DRIVE = re.compile("[A-Za-z]:")  # as in “C:”; any other name may have a colon
ENCRYPTED = 1  # a flag bit of a member
XML_SUFFIXES = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm")
OPENING = 64 * 1024  # a DTD stands in front of everything else
# The templates that programs make documents from have dates as well.
TEMPLATES = ("2013-12-23", "2013-01-27")


# --- The archive


def open_archive(data: bytes) -> ZipFile:
    """The archive, for reading in memory. Raises UnreadableError where it may do harm."""
    archive = ZipFile(BytesIO(data))
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise UnreadableError(
            Counted(
                "holds more than {count} file. Split it into smaller files.",
                "holds more than {count} files. Split it into smaller files.",
                MOST_MEMBERS,
            )
        )
    for member in members:
        _check_member(member)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UnreadableError(
            "unpacks to more than {limit}. Split it into smaller files.",
            limit=in_units(MOST_UNPACKED),
        )
    for member in members:
        _check_entities(archive, member)
    return archive


def _check_member(member: ZipInfo) -> None:
    if _leads_out(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableError(
            "is an archive whose files lead out of it. Open it where it was made and save it anew."
        )
    if member.flag_bits & ENCRYPTED:
        raise errors.protected()
    if member.file_size > max(SMALL_MEMBER, LARGEST_RATIO * member.compress_size):
        raise UnreadableError(
            "unpacks to far more than it should, as a trap does. Open it where it was made and "
            "save it anew."
        )


def _leads_out(name: str) -> bool:
    folders = name.replace("\\", "/").split("/")
    return ".." in folders or not folders[0] or bool(DRIVE.match(name))


def _check_entities(archive: ZipFile, member: ZipInfo) -> None:
    # No kind of document has them, and a few can stand for gigabytes.
    if member.filename.lower().endswith(XML_SUFFIXES):
        with archive.open(member) as file:
            opening = file.read(OPENING).replace(b"\0", b"")
        if b"<!DOCTYPE" in opening and b"<!ENTITY" in opening:
            raise UnreadableError(
                "holds XML that defines entities, a trap. Open it where it was made and save it "
                "anew."
            )


# --- XML


def parsed(data: bytes, forgiving: bool = False) -> etree._Element:
    """The root of some XML. `forgiving` repairs it; else it has to be well-formed.

    libxml2 itself refuses texts past 10 MB and elements more than 256 deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        recover=forgiving,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    if root is None:
        raise ValueError("there is no root element")
    return root


def walk(root: etree._Element) -> Iterator[tuple[bool, str, etree._Element]]:
    """Each element when it opens (True) and when it closes, with its name without a namespace.

    No function calls itself for it, so that no depth does harm.
    """
    for event, element in etree.iterwalk(root, events=("start", "end")):
        yield event == "start", local(element), element


def local(element: etree._Element) -> str:
    """An element's name without its namespace: the same in all versions of a format."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def first_text(root: etree._Element, name: str) -> str:
    """The text of the first element of that name, or ""."""
    found = root.find(f".//{{*}}{name}")
    return (found.text or "") if found is not None else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute's value, whatever its namespace, or ""."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


# --- Parts that refer to others, as in ECMA-376, part 2


class Relation(NamedTuple):
    """A link from a part of a package to another: its id, the last word of its type, its target."""

    id: str
    kind: str
    target: str


def relations(archive: ZipFile, part: str = "") -> Iterator[Relation]:
    """The parts that a part refers to, and that are there; "" stands for the package itself."""
    folder = posixpath.dirname(part)
    for element in _references(archive, part):
        target = posixpath.normpath(posixpath.join("/", folder, attribute(element, "Target")))[1:]
        if target in archive.NameToInfo:
            kind = posixpath.basename(attribute(element, "Type"))
            yield Relation(attribute(element, "Id"), kind, target)


def _references(archive: ZipFile, part: str) -> Iterable[etree._Element]:
    """All that a part refers to, in its package and outside."""
    folder, name = posixpath.split(part)
    index = posixpath.join(folder, "_rels", f"{name}.rels")
    return parsed(archive.read(index)) if index in archive.NameToInfo else ()


def addresses(archive: ZipFile, part: str) -> dict[str, str]:
    """The addresses outside its package that a part refers to, by the ids of the references."""
    found = _references(archive, part)
    outside = (each for each in found if attribute(each, "TargetMode") == "External")
    return {attribute(each, "Id"): attribute(each, "Target") for each in outside}


def related(archive: ZipFile, part: str, kind: str) -> str | None:
    """The first part of a kind that a part refers to."""
    found = (relation.target for relation in relations(archive, part) if relation.kind == kind)
    return next(found, None)


def main_part(archive: ZipFile) -> str:
    """The part that is the document. Raises ValueError where there is none."""
    if part := related(archive, "", "officeDocument"):
        return part
    raise ValueError("the package has no main part")


def read_properties(archive: ZipFile, gathering: Gathering) -> None:
    """Note title, author and date from a package's core properties, if it has any."""
    part = related(archive, "", "core-properties")
    if not part:
        return
    facts = parsed(archive.read(part), forgiving=True)
    gathering.title = first_text(facts, "title")
    gathering.author = first_text(facts, "creator")
    dates = (first_text(facts, "modified"), first_text(facts, "created"))
    gathering.date = next((date for date in dates if date and not date.startswith(TEMPLATES)), "")


# --- Styles

LONGEST_CHAIN = 20  # styles are based on one another, some on themselves


def style_chain(
    name: str, styles: Mapping[str, etree._Element], above: Callable[[etree._Element], str]
) -> Iterator[etree._Element]:
    """The style of a name, and those that it is based on, the nearest first."""
    for _ in range(LONGEST_CHAIN):
        style = styles.get(name)
        if style is None:
            return
        yield style
        name = above(style)
