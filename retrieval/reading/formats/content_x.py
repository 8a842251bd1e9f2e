"""What was read out of a file: its parts with their text, and where headings and rows begin."""

from dataclasses import dataclass


class UnreadableError(Exception):
    """A file that can't be read. The message says why and what to do, without naming the file:
    "is a scanned PDF without text. Run text recognition over it first."
    """


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level (1 the highest), and the character of its part's text it counts from.

    Its title need not stand in the text: a sheet's name, say, heads all of the sheet.
    """

    start: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """A page, slide, sheet or chapter, or all there is; never empty.

    `page` is the number of a page or slide. `rows` are those of a table, each as the character of
    the text where it begins and its number in the file, the first being 1.
    """

    text: str
    page: int | None = None
    headings: tuple[Heading, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds; what it doesn't say of itself is "".

    `kind` is pdf, docx, pptx, xlsx, csv, epub, odt, ods, json, rst, markdown, html or text; `date`
    is as the file has it, ISO 8601 where that could be told; `unread` are pages left out because
    they are broken.
    """

    kind: str
    parts: tuple[Part, ...]
    title: str = ""
    author: str = ""
    date: str = ""
    unread: tuple[int, ...] = ()
