"""A few hundred damaged files; `python -m tests.fuzz.fuzz` reads thousands."""

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.damaged import damaged_files
from tests.support.formats.misbehaving import MISBEHAVING
from tests.support.formats.specimens import KINDS, Specimen

from .fuzz import fuzz

OF_A_KIND = 16  # damaged files of every kind


def test_damaged_files_are_read_or_refused_in_clear_words(parsers: Parsers) -> None:
    figures = fuzz(parsers, damaged_files(OF_A_KIND * len(KINDS), seed=11))
    assert [broken for row in figures.values() for broken in row.broken] == []
    assert set(figures) == set(KINDS)
    assert all(row.read + row.refused > 10 for row in figures.values())


def test_a_process_that_ends_is_noticed() -> None:
    with Parsers(processes=1, command=MISBEHAVING) as tricked:
        figures = fuzz(
            tricked, [("text", Specimen("", b"nothing")), ("pdf", Specimen("", b"exit 1"))]
        )
    assert not figures["text"].broken
    assert figures["pdf"].broken


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(damaged_files(30, seed=3)) == list(damaged_files(30, seed=3))
    assert list(damaged_files(30, seed=3)) != list(damaged_files(30, seed=4))
