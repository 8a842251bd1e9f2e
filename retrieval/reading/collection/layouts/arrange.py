"""Arrange the files of a collection: by the layouts that are known, then by their paths."""

from collections.abc import Callable

from retrieval.reading.collection.collection import Holding

LAYOUTS: tuple[Callable[[Holding], None], ...] = ()


def arrange(holding: Holding) -> None:
    """Let each layout that fits name, join and leave out files; what is not read is counted."""
    for layout in LAYOUTS:
        layout(holding)
    for other in holding.others:
        holding.left_out.add_unread(other.path)
    holding.entries.sort(key=lambda entry: entry.path)
