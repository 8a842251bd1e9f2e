"""Show which answers are others since documents changed, on a terminal and as JSON."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.store.disk import replace_file
from retrieval.store.files.names import CHANGED_ANSWERS

from .text import many, printable, shortened

if TYPE_CHECKING:
    from retrieval.evaluation.changed_answers import ChangedAnswer, Reply

# Characters shown of a quote.
QUOTED = 300
# Questions that are named of what the last sync in the background changed.
NAMED = 5
UNSAID = "the documents don't say"


def changed_lines(changed: Sequence["ChangedAnswer"]) -> Iterator[str]:
    """Lines on the questions that are answered otherwise now, with both quotes."""
    if not changed:
        return
    are = "is another" if len(changed) == 1 else "are others"
    yield f"{many(len(changed), 'answer')} {are} than before:"
    for one in changed:
        yield f"  {printable(one.question)}"
        yield f"    before: {_quoted(one.before)}"
        yield f"    now:    {_quoted(one.after)}"
        ids = " or ".join(f"`footnote restore-version {id}`" for id in one.before.documents)
        if ids:
            yield f"    {ids} may bring the earlier one back."


def _quoted(reply: "Reply") -> str:
    if not reply.quotes:
        return UNSAID
    return " ".join(f"“{printable(shortened(quote, QUOTED))}”" for quote in reply.quotes)


def keep_changed(home: Path, library: str, changed: Sequence["ChangedAnswer"]) -> None:
    """Keep what a sync in the background changed, in place of what the one before did."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    kept = {"at": at, "library": library, "answers": changed_form(changed)}
    with suppress(OSError):  # a disk that is full is told elsewhere
        replace_file(
            home / CHANGED_ANSWERS, json.dumps(kept, ensure_ascii=False, indent=1).encode()
        )


def kept_sentence(home: Path) -> str:
    """A sentence on what the last sync in the background changed in answers; "" for nothing."""
    try:
        kept = json.loads((home / CHANGED_ANSWERS).read_text(encoding="utf-8"))
        questions = [f"“{printable(str(one['question']))}”" for one in kept["answers"]]
        where, day = kept["library"], kept["at"][:10]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    told = ", ".join(questions[:NAMED]) + (", …" if len(questions) > NAMED else "")
    changed = f"{many(len(questions), 'answer')} changed with {where} on {day}"
    return f"{changed}: {told}; see {CHANGED_ANSWERS}"


def changed_form(changed: Sequence["ChangedAnswer"]) -> list[dict[str, Any]]:
    """The `changed_answers` of `sync --json`."""
    return [asdict(one) for one in changed]
