"""Check what documents came from: that it can be looked at, and which links are dead."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.output.changed_answers import kept_sentence
from bot.output.source_list import Listed, called, list_sources, where_of
from bot.output.text import many
from retrieval.errors import FootnoteError

from .check_result import Check

if TYPE_CHECKING:
    from retrieval.library import Library

# Dead links that are named; `footnote sources` names all.
NAMED = 10
NEVER = "Set FOOTNOTE_REFRESH=daily to have them looked at again by themselves."
MEND = "Bring it back, or forget it: footnote sources remove {id}"
BACK = "footnote restore-version DOCUMENT takes a document back to what it said before."
DEAD = "Mend or remove what is cited there; `footnote sources` says why each can't be read."


def check_sources(library: "Library", usual: str) -> Iterator[Check]:
    """A line on all sources, one on each that can't be looked at, and one on dead links."""
    try:
        listed = list_sources(library, library.home.names(), usual, datetime.now(UTC))
    except FootnoteError:
        return  # of a library that can't be read it is said above
    if not listed:
        return
    schedules = sorted({one.every for one in listed})
    when = " and ".join(schedules) if schedules != ["never"] else "only when you say so"
    found = f"{many(len(listed), 'source')}, looked at {when}"
    yield Check("sources", True, found, NEVER if schedules == ["never"] else "")
    for one in listed:
        if one.source.failure:
            times = many(one.source.failures, "time")
            found = f"{called(one.source)} in {where_of(one.source)}, {times}: {one.source.failure}"
            yield Check("sources", False, found, MEND.format(id=one.source.id))
    yield from _dead_links(listed)
    if told := kept_sentence(library.home.folder):
        yield Check("answers", True, told, BACK)


def _dead_links(listed: Sequence[Listed]) -> Iterator[Check]:
    """They answer as before, so that nothing is wrong yet."""
    dead = [link for one in listed for link in one.dead]
    if dead:
        named = [f"{link.place} (since {link.since[:10]})" for link in dead[:NAMED]]
        more = [f"{len(dead) - NAMED:,} more"] if len(dead) > NAMED else []
        yield Check("dead links", True, f"{len(dead):,}: {', '.join([*named, *more])}", DEAD)
