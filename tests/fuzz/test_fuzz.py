"""A few hundred damaged files; `python -m tests.fuzz.fuzz` reads thousands."""

from pathlib import Path

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.misbehaving import MISBEHAVING
from tests.support.formats.specimens import KINDS, Specimen

from .fuzz import fuzz, main
from .good_files import PACKED, damaged_file, good_files

pytestmark = pytest.mark.long

OF_A_KIND = 16  # damaged files of every format
OF_A_SEED = 4  # and of every other kind


def test_damaged_files_are_read_or_refused_in_clear_words(parsers: Parsers) -> None:
    files = ((kind, damaged_file(kind, n, 11)) for n in range(OF_A_KIND) for kind in KINDS)
    figures = fuzz(parsers, files)
    assert [broken for row in figures.values() for broken in row.broken] == []
    assert set(figures) == set(KINDS)
    assert all(row.read + row.refused > 10 for row in figures.values())


def test_damaged_archives_and_dialects_are_read_or_refused_in_clear_words(
    parsers: Parsers,
) -> None:
    kinds = sorted(good_files().keys() - set(KINDS))
    files = ((kind, damaged_file(kind, n, 11)) for n in range(OF_A_SEED) for kind in kinds)
    figures = fuzz(parsers, files, here=True)
    assert [broken for row in figures.values() for broken in row.broken] == []
    assert set(figures) == set(kinds)


def test_every_good_file_is_read(parsers: Parsers) -> None:
    figures = fuzz(parsers, good_files().items())
    assert {kind: (row.read, row.broken) for kind, row in figures.items()} == dict.fromkeys(
        good_files(), (1, [])
    )
    assert sum(kind.startswith(PACKED) for kind in figures) > 10


def test_a_process_that_ends_is_noticed() -> None:
    with Parsers(processes=1, command=MISBEHAVING) as tricked:
        figures = fuzz(
            tricked, [("text", Specimen("", b"nothing")), ("pdf", Specimen("", b"exit 1"))]
        )
    assert not figures["text"].broken
    assert figures["pdf"].broken


def test_the_same_seed_gives_the_same_files() -> None:
    assert damaged_file("pdf", 3, 7) == damaged_file("pdf", 3, 7)
    assert len({damaged_file("pdf", 3, seed).data for seed in range(9)}) > 1


def test_reading_goes_on_from_the_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes, counts = tmp_path / "notes.json", list[str]()
    for each in ("2", "2", "5"):
        main(["--kinds", "org", "--each", each, "--here", "--notes", str(notes)])
        counts.append(" ".join(capsys.readouterr().out.split()[:2]))
    assert counts == ["org 2,", "org 2,", "org 5,"]
