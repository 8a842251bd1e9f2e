"""Turn answers and their sources into the text of messages, and read it back; nothing is sent."""

import re
from collections.abc import Iterator, Sequence

from bot.discord.records.question_log import Cited
from bot.output.text import dated, shortened
from retrieval.answer.citation import whereabouts
from retrieval.types import Answer, Citation, Passage, headed

from .markdown import linked, on_one_line, plain, readable
from .split import MESSAGE, pack, units

# Characters shown of a quote in a footnote, of a passage that came nearest, and of a question.
QUOTED, GLIMPSED, ASKED = 240, 200, 300
# And of a line on how an answer came to be.
NOTED = 300
# The end of an answer while it is being written.
WRITING = " …"
# The beginning of a footnote's line: Discord's small print.
SMALL = "-# "
# A number in brackets, made harmless; before an address it would become a link instead.
FOOTNOTE_MARK = re.compile(r"\\\[(\d{1,3})\\\](?!\()")
# The words in bold that the bot says where it has no answer.
SAID = re.compile(r"^\*\*(.*?)\*\* ", re.MULTILINE)
NOTHING_THERE = (
    "There is nothing to answer from yet. Whoever may manage this server can add documents with "
    "`/documents add`."
)


def answer_messages(answer: Answer, quoting: bool = False) -> list[str]:
    """The messages of an answer, in order; `quoting` puts the question before it.

    Marks `[1]` stay in the text; after it comes the note, if there is one, and a line for each
    footnote, or, where the documents don't say, for each passage that came nearest.
    """
    question = [quoted(answer.question)] if quoting else []
    if answer.answered:
        notes = [footnote(citation) for citation in answer.citations]
        body = [_marked(unit, answer.citations) for unit in units(answer.text)]
    elif answer.nearest:
        notes = [nearest(passage) for passage in answer.nearest]
        body = [f"**{plain(answer.text)}** Here is what came nearest:"]
    else:
        notes, body = [], [f"**{plain(answer.text)}** {NOTHING_THERE}"]
    small = [*remark(answer), *notes]
    spaced = [f"\n\n{small[0]}", *(f"\n{line}" for line in small[1:])] if small else []
    return pack([*question, *body, *spaced])


def growing_message(answer: Answer, quoting: bool = False) -> str:
    """The text shown while an answer is written: as much of it as one message holds.

    It has no footnotes yet, so every number in brackets is shown as a mark.
    """
    question = [quoted(answer.question)] if quoting else []
    body = [FOOTNOTE_MARK.sub(r"[\1]", unit) for unit in units(answer.text)]
    first, *_ = [*pack([*question, *body], MESSAGE - len(WRITING)), ""]
    return first + WRITING


def remark(answer: Answer) -> list[str]:
    """The line on how an answer came to be, if there is one."""
    return [f"{SMALL}{glimpse(answer.note, NOTED)}"] if answer.note else []


def quoted(question: str) -> str:
    """The question as a quotation, apart from what follows."""
    return f"> {glimpse(question, ASKED)}\n\n"


def _marked(text: str, citations: Sequence[Citation]) -> str:
    """The text with the marks of its own footnotes as they were before they were made harmless."""
    numbers = {str(citation.number) for citation in citations}
    return FOOTNOTE_MARK.sub(lambda m: f"[{m[1]}]" if m[1] in numbers else m[0], text)


def footnote(citation: Citation) -> str:
    """A footnote: the place of a claim, and the words there."""
    opened = citation.link or citation.source
    where = place(headed(citation.title, citation.section), opened, citation.place)
    day = dated(citation.date, citation.title)
    of = f", {on_one_line(day)}" if day else ""
    return f"{SMALL}[{citation.number}] {where}{of}: “{glimpse(citation.quote, QUOTED)}”"


def nearest(passage: Passage) -> str:
    """A line for a passage that came nearest: its best sentence."""
    best = max(passage.sentences, key=lambda sentence: sentence.score, default=passage)
    where = passage_place(passage, best.start, best.end)
    return f"{SMALL}{where}: “{glimpse(passage.slice(best.start, best.end), GLIMPSED)}”"


def passage_place(passage: Passage, start: int, end: int, longest: int | None = None) -> str:
    """The place of a stretch of a passage, its title shown up to `longest` characters."""
    title = shortened(headed(passage.title, passage.section), longest)
    return place(title, passage.source, whereabouts(passage, start, end))


def place(title: str, source: str, where: str) -> str:
    """A document's title, as a link where there is one, and the page or the like."""
    # Browsers open a PDF at the page that its address names.
    page = f"#page={where.removeprefix('page ')}" if where.startswith("page ") else ""
    return f"**{linked(title, source + page)}**" + (f", {where}" if where else "")


def glimpse(text: str, longest: int) -> str:
    """The beginning of a text on one line."""
    return on_one_line(shortened(" ".join(text.split()), longest))


def read_back(content: str) -> tuple[str, str]:
    """Read a message of ours back: the question it quotes ("" for none), and its answer."""
    lines = content.split("\n")
    question = next((line[2:] for line in lines if line.startswith("> ")), "")
    answer = "\n".join(line for line in lines if not line.startswith(("> ", SMALL)))
    return readable(question).strip(), readable(SAID.sub(r"\1 ", answer)).strip()


def source_messages(found: Sequence[tuple[Cited, Passage]]) -> list[str]:
    """The passages around the quotes: each once, with its marks, and the quotes in it in bold."""
    places: dict[tuple[str, int, int], list[tuple[Cited, Passage]]] = {}
    for cited, passage in found:
        key = (passage.document, passage.start, passage.end)
        places.setdefault(key, []).append((cited, passage))
    parts: list[str] = []
    for group in places.values():
        passage = group[0][1]
        marks = "".join(f"[{cited.number}] " for cited, _ in group if cited.number)
        where = passage_place(passage, passage.start, passage.end)
        quotes = sorted((cited.start, cited.end) for cited, _ in group if cited.number)
        parts += [f"\n\n{marks}{where}\n", *_with_quotes(passage, quotes)]
    return pack(parts)


def _with_quotes(passage: Passage, quotes: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield a passage in parts, the quotes in bold."""
    at = passage.start
    for start, end in quotes:
        before = passage.slice(at, max(at, start))
        yield from units(before)
        yield before[len(before.rstrip()) :]
        # Bold ends with its paragraph: around several it would show as asterisks.
        for unit in units(passage.slice(max(at, start), end)):
            yield re.sub(r"\S(?:.*\S)?", r"**\g<0>**", unit)
        at = max(at, end)
    yield from units(passage.slice(at, passage.end))
