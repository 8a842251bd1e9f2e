"""What was found, what there is, and what became of it → the text of Discord messages."""

from collections.abc import Sequence
from datetime import datetime

from bot.output.console import many, shortened
from retrieval.types import Added, DocumentInfo, Passage

from .answer import glimpse, passage_place, quoted
from .markdown import linked, on_one_line, plain
from .split import MESSAGE, length, pack

FOUND_A_PAGE, LISTED_A_PAGE = 4, 10


def found_page(query: str, passages: Sequence[Passage], page: int) -> str:
    """One page of what a search found."""
    first = page * FOUND_A_PAGE
    shown = list(enumerate(passages, start=1))[first : first + FOUND_A_PAGE]
    if not shown:
        return f"{quoted(query)}Nothing was found."
    for longest in (300, 150, 60, 30):
        lines = [_found(number, passage, longest) for number, passage in shown]
        text = quoted(query) + "\n\n".join(lines)
        if length(text) <= MESSAGE:
            return text
    return pack([quoted(query), lines[0], *(f"\n\n{line}" for line in lines[1:])])[0]


def _found(number: int, passage: Passage, longest: int) -> str:
    where = passage_place(passage, passage.start, passage.end, longest)
    return f"**{number}.** {where}\n{glimpse(passage.text, longest)}"


def listed_page(documents: Sequence[DocumentInfo], page: int) -> str:
    """One page of a library's documents."""
    if not documents:
        return "There are no documents here yet. Add the first with `/documents add`."
    first = page * LISTED_A_PAGE
    count = f"**{len(documents)} document{'s' if len(documents) > 1 else ''}**"
    for longest in (120, 60, 25, 10):
        lines = [_listed(d, longest) for d in documents[first : first + LISTED_A_PAGE]]
        text = "\n".join([count, *lines])
        if length(text) <= MESSAGE:
            return text
    return pack([count, *(f"\n{line}" for line in lines)])[0]


def _listed(document: DocumentInfo, longest: int) -> str:
    title = linked(shortened(document.title, longest), document.source)
    who = document.added_by.partition("discord:")[2]
    by = f"<@{who}>" if who.isdigit() else on_one_line(document.added_by)
    added = int(datetime.fromisoformat(document.added_at).timestamp())
    state = "" if document.state == "ready" else f", {document.state}"
    return f"- {title} · {passages_of(document)}, added <t:{added}:d> by {by}{state}"


def passages_of(document: DocumentInfo) -> str:
    """How many passages a document has, in words."""
    return many(document.passages, "passage")


def outcome_line(added: Added) -> str:
    """What became of one source, in a sentence."""
    if added.document is None:
        return f"⚠️ {plain(added.error or '')}"
    title = f"**{linked(shortened(added.document.title, 120), added.document.source)}**"
    if added.elsewhere:
        return f"{title} is here already, with the same content."
    if added.unchanged:
        return f"Unchanged: {title} is here already."
    verb = "Replaced" if added.replaced else "Added"
    older = " in place of its older version" if added.replaced else ""
    return f"{verb} {title}{older}: {passages_of(added.document)}."
