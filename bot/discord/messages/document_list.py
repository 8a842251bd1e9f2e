"""A server's documents, and the outcome of adding one → the text of messages."""

from collections.abc import Sequence
from datetime import datetime

from bot.output.text import dated, many, shortened
from retrieval.types import Added, DocumentInfo

from .markdown import linked, on_one_line, plain
from .split import MESSAGE, length, pack

A_PAGE = 10
# Characters shown of a title: as many as let the page fit in a message, with links if they do.
WIDTHS = (120, 60, 25, 10)


def listed_page(documents: Sequence[DocumentInfo], page: int, channels: Sequence[str] = ()) -> str:
    """One page of a library's documents, below lines on the channels that some of them are from."""
    if not documents and channels:
        return pack(["No documents yet. They come from:", *(f"\n{line}" for line in channels)])[0]
    if not documents:
        return "There are no documents here yet. Add the first with `/documents add`."
    first = page * A_PAGE
    count = f"**{len(documents)} document{'s' if len(documents) > 1 else ''}**"
    for width, links in [*((width, True) for width in WIDTHS), (WIDTHS[-1], False)]:
        lines = [_listed(document, width, links) for document in documents[first : first + A_PAGE]]
        text = "\n".join([count, *lines])
        if length("\n".join([text, *channels])) <= MESSAGE:
            break
    return pack([text, *(f"\n{line}" for line in channels)])[0]


def _listed(document: DocumentInfo, width: int, links: bool) -> str:
    title = linked(shortened(document.title, width), document.source if links else "")
    who = document.added_by.partition("discord:")[2]
    by = f"<@{who}>" if who.isdigit() else on_one_line(document.added_by)
    added = int(datetime.fromisoformat(document.added_at).timestamp())
    state = "" if document.state == "ready" else f", {document.state}"
    day = dated(document.date, document.title)
    # A page that is full has no room for more than has to be said.
    of = f", of {on_one_line(day)}" if day and width > WIDTHS[-1] else ""
    kept = f" · “{on_one_line(document.collection)}”" if document.collection else ""
    return f"- {title}{kept} · {passages_of(document)}{of}, added <t:{added}:R> by {by}{state}"


def passages_of(document: DocumentInfo) -> str:
    """The number of a document's passages, in words."""
    return many(document.passages, "passage")


def outcome_lines(results: Sequence[Added]) -> list[str]:
    """The outcome of each source, in a sentence; where there are many, what is alike is counted."""
    left_out = [each.left_out for each in results if each.left_out]
    results = [each for each in results if not each.is_whole_archive]
    documents = [added for added in results if added.document is not None]
    if len(results) <= A_PAGE:
        return [*map(outcome_line, results), *left_out]
    lines = list[str]()
    if documents:
        unchanged = sum(added.unchanged for added in documents)
        replaced = [added for added in documents if added.replaced]
        lines = [_counted(len(documents) - unchanged - len(replaced), len(replaced), unchanged)]
        lines += _shortened([outcome_line(added) for added in replaced])
    lines += _shortened([outcome_line(each) for each in results if each.error is not None])
    return [*lines, *left_out]


def _counted(added: int, replaced: int, unchanged: int) -> str:
    counts = {"added": added, "replaced": replaced, "unchanged": unchanged}
    told = [f"{count:,} {verb}" for verb, count in counts.items() if count]
    return f"**{many(added + replaced + unchanged, 'document')}**: {', '.join(told)}."


def _shortened(lines: Sequence[str]) -> list[str]:
    """Some lines, and how many there are besides."""
    more = len(lines) - A_PAGE
    return [*lines[:A_PAGE], *([f"… and {more:,} more."] if more > 0 else [])]


def outcome_line(added: Added) -> str:
    """The outcome for one source, in a sentence."""
    if added.document is None:
        return f"⚠️ {plain(added.error or '')}"
    title = f"**{linked(shortened(added.document.title, WIDTHS[0]), added.document.source)}**"
    if added.elsewhere:
        return f"{title} is here already, with the same content."
    if added.unchanged:
        return f"Unchanged: {title} is here already."
    verb = "Replaced" if added.replaced else "Added"
    older = " in place of its older version" if added.replaced else ""
    if added.document.collection:
        older = f" in “{on_one_line(added.document.collection)}”{older}"
    return f"{verb} {title}{older}: {passages_of(added.document)}."
