"""The passages that an answer stands in, as *Sources* shows them: each once, its quotes marked."""

from collections.abc import Iterator, Sequence

from bot.discord.records.question_log import Cited
from retrieval.reading.source import MESSAGE
from retrieval.types import BETWEEN_HEADINGS, Passage

from .answer import passage_place, with_date
from .dressing.dress import dressed
from .split import pack


def source_messages(found: Sequence[tuple[Cited, Passage]]) -> list[str]:
    """The passages around the quotes: each once, with its marks, and the quotes in it in bold."""
    places: dict[tuple[str, int, int], list[tuple[Cited, Passage]]] = {}
    for cited, passage in found:
        key = (passage.document, passage.start, passage.end)
        places.setdefault(key, []).append((cited, passage))
    return pack([part for group in places.values() for part in _source(group)])


def _source(group: Sequence[tuple[Cited, Passage]]) -> Iterator[str]:
    """Yield a passage in parts: where it stands, and what it says."""
    passage = group[0][1]
    quotes = [cited for cited, _ in group if cited.number]
    marks = "".join(f"[{cited.number}] " for cited in quotes)
    # A heading of Discord, which stands out among quotes in bold.
    yield f"\n\n### {marks}{_where(passage)}"
    within = [(cited.start - passage.start, cited.end - passage.start) for cited in quotes]
    gap = "\n"
    for part in dressed(passage.text, within, _headings(passage)):
        yield gap + part
        gap = ""


def _where(passage: Passage) -> str:
    where = passage_place(passage, passage.start, passage.end)
    # A message's title says its day.
    return with_date(where, "" if passage.kind == MESSAGE else passage.date, passage.title)


def _headings(passage: Passage) -> set[str]:
    """The headings that are named with the passage's place."""
    named = (passage.title, *passage.section.split(BETWEEN_HEADINGS))
    return {" ".join(heading.split()) for heading in named}
