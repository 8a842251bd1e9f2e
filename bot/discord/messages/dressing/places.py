"""The places of passages in words: a title, as a link if there is one, the page, and the day."""

import re
from types import MappingProxyType

from bot.discord.language.translation import N_, _, language_named
from bot.discord.messages.markdown import linked, on_one_line
from bot.output.text import dated, shortened
from retrieval.answer.citation import whereabouts
from retrieval.types import Passage, headed

# What a document is counted by, and what is said of rows; all with their numbers.
PARTS = MappingProxyType(
    {
        "page": N_("page {number}"),
        "slide": N_("slide {number}"),
        "sheet": N_("sheet {number}"),
        "chapter": N_("chapter {number}"),
        "minute": N_("minute {number}"),
        "row": N_("row {number}"),
        "rows": N_("rows {number}"),
    }
)
SEEN = N_("read from a picture")
NUMBERED = re.compile(r"(?P<part>[a-z]+) (?P<number>\d+(?:–\d+)?)")


def whereabouts_in_words(where: str) -> str:
    """A place within a document in the language of the moment: "page 3" or "rows 2–4"."""
    return ", ".join(map(_one, where.split(", "))) if where else ""


def _one(place: str) -> str:
    found = NUMBERED.fullmatch(place)
    if found is None or found["part"] not in PARTS:
        return _(place)
    counted = PARTS[found["part"]]
    return _(counted, number=found["number"])


def passage_place(passage: Passage, start: int, end: int, longest: int | None = None) -> str:
    """The place of a stretch of a passage, its title shown up to `longest` characters."""
    title = shortened(headed(passage.title, passage.section), longest)
    return place(title, passage.source, whereabouts(passage, start, end))


def place(title: str, source: str, where: str) -> str:
    """A document's title, as a link where there is one, and the page or the like."""
    # Browsers open a PDF at the page that its address names.
    page = f"#page={where.removeprefix('page ')}" if where.startswith("page ") else ""
    return ", ".join(filter(None, [linked(title, source + page), whereabouts_in_words(where)]))


def with_language(where: str, code: str) -> str:
    """A place, and the language of what stands there, where there is one to be told."""
    if not code:
        return where
    original = _("original in {language}", language=language_named(code))
    return f"{where}, {original}"


def with_date(where: str, date: str, title: str) -> str:
    """A place, and the day that its document says it is of, where it does."""
    day = dated(date, title)
    return f"{where}, {on_one_line(day)}" if day else where
