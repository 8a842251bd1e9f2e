"""The verb for questions that members asked in Discord and the documents don't answer: `gaps`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.context import LARGEST_ID, HomeOption, JsonOption, library_of, terminal_of
from bot.output.json_forms import passage_form
from bot.output.text import age, many, printable, shortened

if TYPE_CHECKING:
    from bot.discord.records.records import Records
    from bot.discord.unanswered.gaps import Gap, Nearest
    from retrieval.library import Library

# Characters of a question and of a passage; wordings of a gap that are shown.
ASKED, QUOTED, SHOWN = 120, 200, 3
DIRECT = "direct messages"


def gaps(
    context: typer.Context,
    server: Annotated[
        int | None,
        typer.Option(
            "--server", metavar="ID", max=LARGEST_ID, help="One server's. [default: all servers']"
        ),
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List what members asked in Discord without a good answer.

    Those are questions that the documents don't answer, and those whose answers more members found
    bad than good, of the last 90 days. Questions that mean the same are counted together, the most
    frequent first, with the place in the documents that comes nearest.
    """
    from bot.discord.records.records import open_records

    terminal = terminal_of(context)
    with library_of(context, home) as library, open_records(library.home.folder) as records:
        found = list(_all_gaps(library, records, server))
    if json:
        terminal.print_json({"gaps": [form for form, _ in found]})
        return
    if not found:
        terminal.notice("No gaps: every question in Discord has a good answer, or nobody asked.")
    for _, lines in found:
        for line in lines:
            terminal.tell(line)


def _all_gaps(
    library: "Library", records: "Records", server: int | None
) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Yield the gaps of all servers, or of one, each as JSON and in lines."""
    from bot.discord.services import libraries
    from bot.discord.unanswered.gaps import Gaps

    gaps = Gaps(library, records.gaps, partial(libraries.visible_libraries, library))
    for guild in [server] if server is not None else records.gaps.servers():
        role = records.settings.of(guild).helper_role if guild is not None else None
        for gap in gaps.of(guild):
            # An operator sees everything.
            seen = (
                library.home.collections(libraries.library_of(guild)) if guild is not None else ()
            )
            near = gaps.nearest(guild, gap.title, seen)
            yield _form(guild, gap, near, role), [*_lines(guild, gap, near)]


def _form(guild: int | None, gap: "Gap", near: "Nearest", role: int | None) -> dict[str, Any]:
    """One of the gaps in `gaps --json`; Discord's numbers are strings, which JSON rounds not."""
    return {
        "server": None if guild is None else str(guild),
        "question": gap.title,
        "count": len(gap.questions),
        "newest": gap.newest.isoformat(timespec="seconds"),
        "questions": [
            {"question": one.question, "at": one.at, "disliked": one.disliked}
            for one in gap.questions
        ],
        "nearest": passage_form(near.passage) if near.passage else None,
        "added_by": near.document.added_by if near.document else None,
        "helper_role": None if role is None else str(role),
    }


def _lines(guild: int | None, gap: "Gap", near: "Nearest") -> Iterator[str]:
    where = DIRECT if guild is None else f"server {guild}"
    last = age(gap.newest.isoformat(), datetime.now(UTC))
    yield f"{len(gap.questions):>4} ×  {printable(shortened(gap.title, ASKED))}  ({where}, {last})"
    others = gap.wordings[1 : SHOWN + 1]
    for question in others:
        yield f"        {printable(shortened(question, ASKED))}"
    if (more := len(gap.wordings) - 1 - len(others)) > 0:
        yield f"        and {many(more, 'other wording')}"
    if near.passage is not None:
        quote = printable(shortened(" ".join(near.passage.text.split()), QUOTED))
        yield f"        nearest: {printable(near.passage.title)}: “{quote}”"
    if near.document is not None:
        yield f"        added by {printable(near.document.added_by)}"
