"""`/documents conflicts`: where a server's documents say different things of the same."""

from collections.abc import Sequence

from bot.discord.language.translation import N_, _, number
from bot.discord.messages.answer import said_there
from retrieval.answer.quoting.conflicts.in_library import Pair
from retrieval.library import Library

# Pairs that are shown.
SHOWN = 20
NONE = N_("No two documents here were found to say different things of the same.")
MORE = N_("… and {count} more, which `footnote conflicts` lists.")


def find_conflicts(library: Library, names: Sequence[str]) -> list[str]:
    """A paragraph on each conflict in a server's library, and the collections that were named."""
    return conflict_lines(library.conflicts([name for name in names if library.has(name)]))


def conflict_lines(pairs: Sequence[Pair]) -> list[str]:
    """A paragraph on each pair of places, the newer first."""
    if not pairs:
        return [_(NONE)]
    told = [
        "\n".join([f"**{at}.**", *(f"- {said_there(place)}" for place in pair)])
        for at, pair in enumerate(pairs[:SHOWN], start=1)
    ]
    left = len(pairs) - len(told)
    more = [_(MORE, count=number(left))] if left else []
    return [*told, *more]
