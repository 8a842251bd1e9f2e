"""The findings of a sync, changed answers and conflicts of documents → lines of a message."""

from collections.abc import Iterator, Sequence

from bot.discord.language.translation import N_, _, ngettext, quotation
from bot.discord.messages.answer import said_there
from bot.discord.messages.document_list import A_PAGE, and_more, outcome_lines
from bot.discord.messages.markdown import linked, on_one_line
from bot.discord.records.golden_questions import Comparison
from bot.output.text import shortened
from retrieval.answer.quoting.conflicts.in_library import Pair
from retrieval.errors import plural
from retrieval.evaluation.changed_answers import ChangedAnswer, Reply
from retrieval.indexing.sync.change import Change
from retrieval.library import Library
from retrieval.types import Added, DocumentInfo

# Characters shown of a title, of a question and of a quote; answers that are named.
TITLE, QUESTION, QUOTE, NAMED = 120, 150, 200, 5
# Pairs that are shown.
SHOWN = 20
NONE = N_("No two documents here were found to say different things of the same.")
MORE = plural(
    "… and {count} more, which `footnote conflicts` lists.",
    "… and {count} more, which `footnote conflicts` lists.",
)


def change_lines(synced: Comparison) -> list[str]:
    """A line on each thing that came, changed, moved or went; where there are many, counts."""
    moved = [_moved(change) for change in synced.changes if change.kind == "moved"]
    removed = [_removed(change) for change in synced.changes if change.kind == "removed"]
    retitled = [_retitled(change) for change in synced.changes if change.called_before]
    others = [_as_added(change) for change in synced.changes if _is_plain(change)]
    lines = [*outcome_lines(others), *_cut(moved), *_cut(removed), *_cut(retitled)]
    return [*lines, *_answer_lines(synced.answers)]


def _is_plain(change: Change) -> bool:
    return change.kind not in {"moved", "removed"} and not change.called_before


def _as_added(change: Change) -> Added:
    """The change as the outcome of adding a source, which is told in the same words."""
    return Added(
        change.place,
        change.document,
        unchanged=change.kind == "unchanged",
        replaced=change.kind == "replaced",
        error=change.error or None,
    )


def _titled(document: DocumentInfo | None) -> str:
    return f"**{linked(shortened(document.title, TITLE), document.source)}**" if document else ""


def _moved(change: Change) -> str:
    return _("Moved {document}: it stands in another place now.", document=_titled(change.document))


def _removed(change: Change) -> str:
    title = shortened(change.document.title, TITLE) if change.document else ""
    return _(
        "Removed {document}: it is not where it came from any more.",
        document=f"**{on_one_line(title)}**",
    )


def _retitled(change: Change) -> str:
    before = on_one_line(shortened(change.called_before, TITLE))
    return _(
        "{document} is the title now of what was called {before}.",
        document=_titled(change.document),
        before=before,
    )


def _cut(lines: Sequence[str]) -> list[str]:
    more = len(lines) - A_PAGE
    return [*lines[:A_PAGE], *([_of_these(more)] if more > 0 else [])]


def _of_these(count: int) -> str:
    return ngettext("… and {count} more of these.", "… and {count} more of these.", count)


def _answer_lines(answers: Sequence[ChangedAnswer]) -> Iterator[str]:
    if not answers:
        return
    head = ngettext(
        "{count} answer is another than before:",
        "{count} answers are others than before:",
        len(answers),
    )
    yield f"**{head}**"
    for one in answers[:NAMED]:
        question = on_one_line(shortened(one.question, QUESTION))
        before = _("before: {answer}", answer=_quoted(one.before))
        now = _("now: {answer}", answer=_quoted(one.after))
        yield f"{question}\n- {before}\n- {now}"
    if len(answers) > NAMED:
        yield and_more(len(answers) - NAMED)


def _quoted(reply: Reply) -> str:
    if not reply.quotes:
        return _("the documents don't say")
    quotes = (on_one_line(shortened(quote, QUOTE)) for quote in reply.quotes)
    return " ".join(map(quotation, quotes))


def find_conflicts(library: Library, names: Sequence[str]) -> list[str]:
    """A paragraph on each conflict in a server's library, and the collections that were named."""
    return conflict_lines(library.conflicts([name for name in names if library.has(name)]))


def conflict_lines(pairs: Sequence[Pair]) -> list[str]:
    """A paragraph on each pair of places, the newer first."""
    if not pairs:
        return [_(NONE)]
    head = ngettext(
        "In {count} place the documents say different things of the same:",
        "In {count} places the documents say different things of the same:",
        len(pairs),
    )
    told = [
        "\n".join([f"**{at}.**", *(f"- {said_there(place)}" for place in pair)])
        for at, pair in enumerate(pairs[:SHOWN], start=1)
    ]
    left = len(pairs) - len(told)
    more = [ngettext(*MORE, left)] if left else []
    return [head, *told, *more]
