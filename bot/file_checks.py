"""What `footnote doctor` looks at of a library's own file: that it is whole, and its dates."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .check import Check

if TYPE_CHECKING:
    from retrieval.library import Library


def check_files(library: "Library", name: str) -> Iterator[Check]:
    """What is wrong with a library's file. Raises FootnoteError where it is damaged."""
    from retrieval.clock import clock_is_behind

    catalog = library.home.shelf_of_any_model(name).catalog
    catalog.check()
    newest = catalog.newest()
    if clock_is_behind(newest, datetime.now(UTC)):
        found = f"its newest document was added at {newest}, which is still to come"
        yield Check(name, False, found, "Set this machine's clock; nothing else is wrong by that.")
