"""The findings of a sync of a server's documents, and changed answers → lines of a message."""

from collections.abc import Iterator, Sequence

from bot.discord.messages.document_list import A_PAGE, outcome_lines
from bot.discord.messages.markdown import linked, on_one_line
from bot.discord.records.golden_questions import Comparison
from bot.output.text import many, shortened
from retrieval.evaluation.changed_answers import ChangedAnswer, Reply
from retrieval.indexing.sync.change import Change
from retrieval.types import Added, DocumentInfo

# Characters shown of a title, of a question and of a quote; answers that are named.
TITLE, QUESTION, QUOTE, NAMED = 120, 150, 200, 5


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
    return f"Moved {_titled(change.document)}: it stands in another place now."


def _removed(change: Change) -> str:
    title = shortened(change.document.title, TITLE) if change.document else ""
    return f"Removed **{on_one_line(title)}**: it is not where it came from any more."


def _retitled(change: Change) -> str:
    before = on_one_line(shortened(change.called_before, TITLE))
    return f"{_titled(change.document)} is the title now of what was called {before}."


def _cut(lines: Sequence[str]) -> list[str]:
    more = len(lines) - A_PAGE
    return [*lines[:A_PAGE], *([f"… and {more:,} more of these."] if more > 0 else [])]


def _answer_lines(answers: Sequence[ChangedAnswer]) -> Iterator[str]:
    if not answers:
        return
    are = "is another" if len(answers) == 1 else "are others"
    yield f"**{many(len(answers), 'answer')} {are} than before:**"
    for one in answers[:NAMED]:
        question = on_one_line(shortened(one.question, QUESTION))
        yield f"{question}\n- before: {_quoted(one.before)}\n- now: {_quoted(one.after)}"
    if len(answers) > NAMED:
        yield f"… and {len(answers) - NAMED:,} more."


def _quoted(reply: Reply) -> str:
    if not reply.quotes:
        return "the documents don't say"
    quotes = (on_one_line(shortened(quote, QUOTE)) for quote in reply.quotes)
    return " ".join(f"“{quote}”" for quote in quotes)
