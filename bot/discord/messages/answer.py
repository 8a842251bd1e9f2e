"""Turn answers and their sources into the text of messages, and read it back; nothing is sent."""

import re
from collections.abc import Iterator, Sequence

from bot.discord.language.languages import ENGLISH
from bot.discord.language.speaking import spoken
from bot.discord.language.translation import N_, _, listed, ngettext, quotation
from bot.discord.records.question_log import Cited
from bot.output.otherwise import otherwise, whose
from bot.output.text import shortened
from retrieval.answer.abstention import NOT_SAID
from retrieval.answer.citation import DATED, whereabouts
from retrieval.types import BETWEEN_HEADINGS, Answer, Citation, Passage, headed

from .dressing.dress import dressed
from .dressing.hyperlinks import with_hyperlinks
from .dressing.places import passage_place, place, with_date, with_language
from .markdown import CODE_BLOCK, NOBODY, linked, on_one_line, plain, readable
from .split import MESSAGE, pack

# Characters shown of a quote in a footnote, of a passage that came nearest, and of a question.
QUOTED, GLIMPSED, ASKED = 160, 120, 300
# Of the title of a passage that came nearest, and of a line on how an answer came to be.
TITLED, NOTED = 80, 300
WRITING = " …"  # the end of an answer while it is being written
SMALL = "-# "  # the beginning of a footnote's line: Discord's small print
SMALL_PRINT = re.compile(rf"(?P<code>{CODE_BLOCK})|^{SMALL}[^\n]*", re.DOTALL | re.MULTILINE)
# A number in brackets, made harmless; before an address it would become a link instead.
FOOTNOTE_MARK = re.compile(r"\\\[(\d{1,3})\\\](?!\()")
# A message that says in bold that there is no answer, and goes on about what came nearest.
ABSTENTION = re.compile(rf"\A\*\*(?P<said>{re.escape(NOT_SAID[:-1])}.*?)\*\* .*", re.DOTALL)
# In other languages it is known by what can't be seen: the server may have chosen another since.
MARKED = f"**{NOBODY}"
NOTHING_THERE = N_(
    "There is nothing to answer from here yet. In a server, whoever may manage it can add "
    "documents with `/documents add`."
)


def answer_messages(answer: Answer, quoting: bool = False) -> list[str]:
    """The messages of an answer, in order; `quoting` puts the question before it.

    Marks `[1]` stay in the text; after it comes the note, if there is one, and a line for each
    place that the answer stands in, or, where the documents don't say, for each passage that came
    nearest.
    """
    question = [quoted(answer.question)] if quoting else []
    if answer.answered:
        body = [*_body(answer)]
        small = [*remark(answer), *differences(answer), *footnotes(answer)]
    else:
        body = [_abstention(answer), *_nearest(answer.nearest)]
        small = remark(answer)
    spaced = [f"\n\n{small[0]}", *(f"\n{line}" for line in small[1:])] if small else []
    return pack([*question, *body, *spaced])


def growing_message(answer: Answer, quoting: bool = False) -> str:
    """The text shown while an answer is written: as much of it as one message holds.

    It has no footnotes yet, so every number in brackets is shown as a mark.
    """
    question = [quoted(answer.question)] if quoting else []
    body = [FOOTNOTE_MARK.sub(r"[\1]", part) for part in dressed(answer.text, links=False)]
    first, *_ = [*pack([*question, *body], MESSAGE - len(WRITING)), ""]
    return first + WRITING


def remark(answer: Answer) -> list[str]:
    """The line on how an answer came to be, if there is one."""
    return [f"{SMALL}{glimpse(_(answer.note), NOTED)}"] if answer.note else []


def _abstention(answer: Answer) -> str:
    """The sentence that the documents don't say, in bold."""
    if answer.missing:
        said = ngettext(
            "The documents don't say: {names} is not in them.",
            "The documents don't say: {names} are not in them.",
            len(answer.missing),
            names=listed(answer.missing),
        )
    else:
        said = _(answer.text)
    return f"{'**' if spoken() == ENGLISH else MARKED}{plain(said)}** "


def quoted(question: str) -> str:
    """The question as a quotation, apart from what follows."""
    return f"> {glimpse(question, ASKED)}\n\n"


def _body(answer: Answer) -> Iterator[str]:
    """Yield an answer in parts: its quotes as they stand in the documents, where lines and
    headings tell what is what, and what stands between them as it is written."""
    gap = ""
    for text, citation in _stretches(answer):
        own = text if answer.reader == "chat" else text.replace(NOT_SAID, _(NOT_SAID))
        parts = [*(_quote(citation) if citation else _written(answer, own))]
        if citation:
            parts.append(f"{_before_mark(parts[-1])}[{citation.number}]")
        yield gap + parts[0]
        yield from parts[1:]
        gap = "\n\n"


def _quote(citation: Citation) -> Iterator[str]:
    """Yield a quote with its links, in parts."""
    text, _ = with_hyperlinks(citation.quote, citation.hyperlinks, citation.start)
    return dressed(text)


def _stretches(answer: Answer) -> Iterator[tuple[str, Citation | None]]:
    """Yield an answer's quotes with their citations, and what stands between them without."""
    at = 0
    for citation in answer.citations if answer.reader == "quote" else ():
        # In whichever lines it stands there, with its mark.
        words = r"\s+".join(map(re.escape, citation.quote.split()))
        found = re.compile(rf"{words}\s\[{citation.number}\]").search(answer.text, at)
        if found is None:
            break
        if between := answer.text[at : found.start()].strip():
            yield between, None
        yield citation.quote, citation
        at = found.end()
    if rest := answer.text[at:].strip():
        yield rest, None


def _written(answer: Answer, text: str) -> Iterator[str]:
    """Yield some of an answer's own words; the marks of its footnotes are marks in them."""
    numbers = {str(citation.number) for citation in answer.citations}
    for part in dressed(text, links=False):
        yield FOOTNOTE_MARK.sub(lambda m: f"[{m[1]}]" if m[1] in numbers else m[0], part)


def _before_mark(part: str) -> str:
    return "\n" if part.endswith("```") else " "


def footnotes(answer: Answer) -> list[str]:
    """The lines under an answer: each place that it stands in once, with its numbers.

    What a chat model wrote is not what stands there, so there are the words there, too.
    """
    lines: dict[str, str] = {}
    for citation in answer.citations:
        line = _standing(citation)
        if answer.reader == "chat":
            line += f": {quotation(glimpse(citation.quote, QUOTED))}"
        lines[line] = f"{lines.get(line, '')}[{citation.number}] "
    return [f"{SMALL}{numbers}{line}" for line, numbers in lines.items()]


def differences(answer: Answer) -> Iterator[str]:
    """Yield lines on places that say otherwise than an answer, side by side with its own."""
    for said, places in otherwise(answer):
        yield f"{SMALL}**{_(said)}**"
        yield from (f"{SMALL}{said_there(cited)}" for cited in places)


def said_there(cited: Citation) -> str:
    """The words of a place, and where they stand, on one line."""
    known = filter(None, [_standing(cited, with_day=False), on_one_line(whose(cited))])
    return f"{quotation(glimpse(cited.quote, QUOTED))} · {', '.join(known)}"


def _standing(citation: Citation, with_day: bool = True) -> str:
    title, opened = headed(citation.title, citation.section), citation.link or citation.source
    where = place(title, opened, citation.place)
    dated = with_date(where, citation.date, citation.title) if with_day else where
    return with_language(dated, citation.language)


def _nearest(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the list of what came nearest; a document that all of it stands in is named once."""
    if not passages:
        yield _(NOTHING_THERE)
        return
    first = passages[0]
    together = len(passages) > 1 and {passage.document for passage in passages} == {first.document}
    if together:
        yield _("This came nearest in {document}:", document=linked(first.title, first.source))
    else:
        yield _("This came nearest:")
    for passage in passages:
        yield f"\n- {_near(passage, together)}"


def _near(passage: Passage, within: bool) -> str:
    """A passage that came nearest: the headings that it stands under, and its best sentence."""
    best = max(passage.sentences, key=lambda sentence: sentence.score, default=passage)
    title = headed(passage.title, passage.section)
    if within:
        title = title.removeprefix(passage.title).removeprefix(BETWEEN_HEADINGS)
    where = whereabouts(passage, best.start, best.end)
    shown = place(shortened(title, TITLED), passage.source, where)
    words = quotation(glimpse(passage.slice(best.start, best.end), GLIMPSED))
    return f"**{shown}**: {words}" if title or where else words


def glimpse(text: str, longest: int) -> str:
    """The beginning of a text on one line."""
    return on_one_line(shortened(" ".join(text.split()), longest))


def read_back(content: str) -> tuple[str, str]:
    """Read a message of ours back: the question it quotes ("" for none), and its answer."""
    first, _, rest = content.partition("\n")
    question, said = (first[2:], rest) if first.startswith("> ") else ("", content)
    answer = SMALL_PRINT.sub(lambda match: match["code"] or "", said).strip()
    if answer.startswith(MARKED):
        answer = NOT_SAID
    elif abstention := ABSTENTION.match(answer):
        answer = abstention["said"]
    return readable(question).strip(), readable(answer).strip()


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
    text, within = with_hyperlinks(passage.text, passage.hyperlinks, passage.start, within)
    for part in dressed(text, within, _headings(passage)):
        yield gap + part
        gap = ""


def _where(passage: Passage) -> str:
    where = passage_place(passage, passage.start, passage.end)
    return with_date(where, "" if passage.kind in DATED else passage.date, passage.title)


def _headings(passage: Passage) -> set[str]:
    """The headings that are named with the passage's place."""
    named = (passage.title, *passage.section.split(BETWEEN_HEADINGS))
    return {" ".join(heading.split()) for heading in named}


def without_headings(passage: Passage) -> str:
    """The text of a passage behind the headings that it begins with, which its place names."""
    headings, lines = _headings(passage), passage.text.splitlines()
    while len(lines) > 1 and " ".join(lines[0].split()) in {"", *headings}:
        del lines[0]
    return "\n".join(lines)
