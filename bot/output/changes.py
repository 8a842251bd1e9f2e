"""Show what a sync found, on a terminal and as JSON, and the sources that there are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from retrieval.indexing.sync.change import Change

from .changed_answers import changed_form
from .text import many, printable

if TYPE_CHECKING:
    from retrieval.evaluation.changed_answers import ChangedAnswer

# The kinds of change, in the order in which they are counted.
KINDS = ("added", "replaced", "moved", "removed", "unchanged", "failed")


def change_line(change: Change) -> str:
    """A line on a document that came, changed, moved or went; "" for one that is as it was."""
    as_before = change.kind == "unchanged" and not change.called_before
    return "" if as_before else refresh_line(change)


def refresh_line(change: Change) -> str:
    """A line on a document; "" for what failed, which is told at the end."""
    if change.document is None:
        return ""
    kind = "retitled" if change.kind == "unchanged" and change.called_before else change.kind
    line = f"{kind:9}  {change.document.id}  {printable(change.document.title)}"
    if kind == "retitled":
        return f"{line}  (was {printable(change.called_before)})"
    if change.kind == "moved":
        return f"{line}  ({printable(change.before)} → {printable(change.place)})"
    return f"{line}  ({printable(change.place)})" if change.kind == "removed" else line


def preview_line(change: Change) -> str:
    """As `change_line`, of what is not done yet: what would be added has no id."""
    if change.kind == "added":
        return f"{change.kind:9}  {'':12}  {printable(change.place)}"
    return change_line(change)


def summary(changes: Sequence[Change], dry_run: bool = False) -> str:
    """The counts of a sync, in a sentence."""
    counted = Counter[str](change.kind for change in changes)
    told = [f"{counted[kind]:,} {kind}" for kind in KINDS if counted[kind]]
    if not told:
        return "There is nothing to sync: no folder, site, file or page was added yet."
    would = "Would be: " if dry_run else ""
    return f"{would}{', '.join(told)}."


def sync_form(changes: Iterable[Change], answers: Sequence["ChangedAnswer"] = ()) -> dict[str, Any]:
    """`sync --json`: what came of each place, by what it came to, and answers that are others."""
    form: dict[str, Any] = {kind: [] for kind in KINDS}
    for change in changes:
        form[change.kind].append(_change_form(change))
    return form | {"changed_answers": changed_form(answers)}


def _change_form(change: Change) -> dict[str, Any]:
    document = change.document
    form: dict[str, Any] = {"source": change.source, "place": change.place}
    if document is not None:
        form |= {"id": document.id, "title": document.title}
    if change.before:
        form["before"] = change.before
    if change.called_before:
        form["called_before"] = change.called_before
    return form | ({"error": change.error} if change.error else {})


def refreshed_form(
    changes: Sequence[Change], answers: Sequence["ChangedAnswer"] = ()
) -> dict[str, Any]:
    """`refresh --json`, of all documents: as of `add`, what moved and what is gone, and answers
    that are others."""
    form = {
        "added": [_brief(c) for c in changes if c.kind in {"added", "replaced"}],
        "unchanged": [_brief(c) for c in changes if c.kind == "unchanged"],
        "failed": [{"source": c.place, "error": c.error} for c in changes if c.kind == "failed"],
    }
    others = sync_form(change for change in changes if change.kind in {"moved", "removed"})
    changed = {"changed_answers": changed_form(answers)}
    return form | {"moved": others["moved"], "removed": others["removed"]} | changed


def _brief(change: Change) -> dict[str, Any]:
    document = change.document
    assert document is not None
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "passages": document.passages,
        "replaced": change.kind == "replaced",
        "elsewhere": change.kind == "unchanged" and document.source != change.place,
    }


def failure_lines(changes: Sequence[Change]) -> list[str]:
    """Lines on what failed, after their number where there are several."""
    failed = [change.error for change in changes if change.kind == "failed"]
    head = [f"footnote: {many(len(failed), 'place')} failed:"] if len(failed) > 1 else []
    return head + [f"footnote: {error}" for error in failed]
