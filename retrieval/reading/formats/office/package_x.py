"""The packages of Office Open XML (ECMA-376, part 2): which file in them refers to which."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from zipfile import ZipFile

from retrieval.reading.formats.content import Gathering

from .trees import attribute, first_text, parsed

# The templates that programs make documents from have dates as well.
TEMPLATES = ("2013-12-23", "2013-01-27")


class Relation(NamedTuple):
    """From a part of a package to another: its id, the last word of its type, and its target."""

    id: str
    kind: str
    target: str


def relations(archive: ZipFile, part: str = "") -> Iterator[Relation]:
    """The parts that a part refers to, and that are there; "" stands for the package itself."""
    folder, name = posixpath.split(part)
    index = posixpath.join(folder, "_rels", f"{name}.rels")
    if index not in archive.NameToInfo:
        return
    for element in parsed(archive.read(index)):
        target = posixpath.normpath(posixpath.join("/", folder, attribute(element, "Target")))[1:]
        if target in archive.NameToInfo:
            kind = posixpath.basename(attribute(element, "Type"))
            yield Relation(attribute(element, "Id"), kind, target)


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
    """Notes title, author and date from a package's core properties, if it has any."""
    part = related(archive, "", "core-properties")
    if not part:
        return
    facts = parsed(archive.read(part), forgiving=True)
    gathering.title = first_text(facts, "title")
    gathering.author = first_text(facts, "creator")
    dates = (first_text(facts, "modified"), first_text(facts, "created"))
    gathering.date = next((date for date in dates if date and not date.startswith(TEMPLATES)), "")
