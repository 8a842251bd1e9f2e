"""What `footnote doctor` looks at of the libraries: their files, their dates and their vectors."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from retrieval.errors import FootnoteError

from .check import Check

if TYPE_CHECKING:
    from retrieval.library import Library

BY_THEMSELVES = (
    "They are made by themselves while the bot or `footnote serve` runs, and at once by: footnote "
    "reindex"
)


def check_library(library: "Library", name: str) -> Iterator[Check]:
    """A library's documents, and whether its vectors are those of its catalog's passages."""
    try:
        yield from _check_files(library, name)
        yield _check_passages(library, name)
    except FootnoteError as error:
        yield Check(name, False, str(error))


def _check_files(library: "Library", name: str) -> Iterator[Check]:
    """What is wrong with a library's file. Raises FootnoteError where it is damaged."""
    from retrieval.store.health import clock_is_behind

    catalog = library.home.store_of_any_model(name).catalog
    catalog.check()
    newest = catalog.newest()
    if clock_is_behind(newest, datetime.now(UTC)):
        found = f"its newest document was added at {newest}, which is still to come"
        yield Check(name, False, found, "Set this machine's clock; nothing else is wrong by that.")


def _check_passages(library: "Library", name: str) -> Check:
    from retrieval.store.vectors.base import VectorsError

    size = library.size(name)
    found = f"{size.documents} documents, {size.passages} passages"
    try:
        census = library.census(name)
    except VectorsError:
        return Check(name, False, f"{found}, which answer from the full text alone", BY_THEMSELVES)
    if census.missing or census.stray:
        found += f"; {census.missing} without a vector, {census.stray} vectors without a passage"
        return Check(name, False, found, BY_THEMSELVES)
    return Check(name, True, f"{found}, catalog and vectors agree")


def check_vectors(library: "Library") -> Check:
    """Where the vectors are kept, and whether they can be had."""
    store = library.home.vectors
    if store.failure:
        return Check("vectors", False, store.failure, "Until then the full text answers alone.")
    return Check("vectors", True, store.where)
