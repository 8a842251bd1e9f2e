"""The title of a document: given by a person, its own, its file's name, or its first line."""

import re
from pathlib import PurePath

from retrieval.reading.formats.content import Content
from retrieval.types import BETWEEN_HEADINGS

from .raw_document import RawDocument

TITLE_LENGTH, FIRST_LINE_LENGTH = 200, 60
# Titles that programs write into files by themselves.
NO_TITLE = re.compile(
    r"(?:untitled|unbenannt|sans titre|(?:microsoft )?(?:powerpoint|word|excel)|document|dokument|"
    r"presentation|präsentation|slide|book|sheet)(?: (?:presentation|document|spreadsheet))?"
    r"[\s\d.()-]*",
    re.IGNORECASE,
)
# Printing a file adds these to its name, which becomes a title.
AROUND = re.compile(
    r"^Microsoft (?:Word|PowerPoint|Excel) - |\.(?:doc|ppt|xls)[xm]?$", re.IGNORECASE
)


def title_of(raw: RawDocument, content: Content) -> str:
    """The title that a person gave; else the one that navigation gives it, or the document's own,
    unless it says nothing, the name of its file, or its first line.

    Titles that navigation has above it come first, unless a person gave it one.
    """
    own = AROUND.sub("", content.title.strip())
    from_name = title_from_name(raw.name)
    first_line = content.parts[0].text.strip().partition("\n")[0][:FIRST_LINE_LENGTH]
    chosen = (raw.listed, "" if NO_TITLE.fullmatch(own) else own, from_name, first_line)
    title = next(filter(None, map(_on_one_line, chosen)))
    return given_title(raw) or _on_one_line(headed_by(raw.within, title))


def listed_title(raw: RawDocument) -> str:
    """The title that navigation gives a document, with those above it; "" where it gives none."""
    return _on_one_line(headed_by(raw.within, _on_one_line(raw.listed))) if raw.listed else ""


def expected_titles(raw: RawDocument, heading: str) -> set[str]:
    """The titles of a document that navigation doesn't name, by its first heading and its file."""
    own = (_on_one_line(heading), title_from_name(raw.name))
    return {_on_one_line(headed_by(raw.within, title)) for title in own if title}


def headed_by(above: str, title: str) -> str:
    """A title and those above it, outermost first; the page of a section has the section's own."""
    if not above or above == title or above.endswith(f"{BETWEEN_HEADINGS}{title}"):
        return above or title
    return f"{above}{BETWEEN_HEADINGS}{title}"


def title_from_name(name: str) -> str:
    """The title of a document that has none but the name of its file."""
    return _on_one_line(re.sub("[-_]", " ", PurePath(name).stem))


def given_title(raw: RawDocument) -> str:
    """The title that a person gave, as it will be kept, or ""."""
    return _on_one_line(raw.title)


def _on_one_line(title: str) -> str:
    return " ".join(title.split())[:TITLE_LENGTH].rstrip()
