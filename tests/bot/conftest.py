"""Shared by the tests of the front ends: clean surroundings, one model, and a stocked home."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from retrieval.embedding.embedder import SentenceEmbedder, load_model
from retrieval.library import Library
from retrieval.search.reader import model
from retrieval.search.reader.network import check_weights
from tests.support.homes import lasting_parsers
from tests.support.models.remembered import loaded_once
from tests.support.shell import footnote, measure
from tests.support.texts.golden import CASES, RIGHT, write_cases

NOTES = {
    "lighthouse.txt": (
        "The lighthouse at Skerry Point was built in 1851. Its first keeper was Ada Lorne, and "
        "she kept the lamp for thirty years. Ada Lorne was born in the village of Tarn."
    ),
    "ferry.md": (
        "# The Skerry ferry\n\nThe ferry to Skerry leaves at nine in the morning. A ticket costs "
        "four crowns.\n\nThe ferry was run by Ivo Brand for ten summers. Ivo Brand was born in "
        "the port of Holm.\n"
    ),
    "more/baking.html": (
        "<html><head><title>Baking rye bread</title></head><body><p>Rye bread is baked for an "
        "hour at two hundred degrees. The dough rests overnight in a cold room.</p></body></html>"
    ),
}


@dataclass(frozen=True, slots=True)
class Stock:
    """A home and the folder of notes that was added to it."""

    home: Path
    notes: Path


@pytest.fixture(scope="package", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No settings of whoever runs the tests, no `.env`, and a user's data directory to spoil."""
    folder = tmp_path_factory.mktemp("surroundings")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith("FOOTNOTE_")]:
            patch.delenv(name)
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        patch.chdir(folder)
        yield


@pytest.fixture(scope="package", autouse=True)
def one_model(embedder: SentenceEmbedder) -> Iterator[None]:
    """Every run in this process has the same models, each loaded and checked once, and the same
    processes to read files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("retrieval.embedding.embedder.load_model", cache(load_model))
        patch.setattr(model, "check_weights", cache(check_weights))
        patch.setattr(model, "_load", loaded_once(model._load))
        patch.setattr("retrieval.reading.intake._usual_parsers", lasting_parsers)
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to work in that other users may enter too."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        monkeypatch.chdir(folder)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture(scope="package")
def shared_stock(tmp_path_factory: pytest.TempPathFactory, one_model: None) -> Stock:
    """A home with the notes in it, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("stock")
    stock = Stock(folder / "home", folder / "notes")
    for name, text in NOTES.items():
        path = stock.notes / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    added = footnote("add", stock.notes, "--json", "--home", stock.home).json["added"]
    assert len(added) == len(NOTES)
    return stock


@pytest.fixture
def stock(shared_stock: Stock, tmp_path: Path) -> Stock:
    """A home with the notes in it, to be changed; its documents' sources are the shared ones."""
    return Stock(shutil.copytree(shared_stock.home, tmp_path / "stocked"), shared_stock.notes)


@pytest.fixture(scope="package")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of three golden questions that come out right, and one for each way to go wrong."""
    return write_cases(tmp_path_factory.mktemp("cases") / "cases.yaml", *CASES)


@pytest.fixture(scope="package")
def measured(cases: Path, shared_stock: Stock) -> Any:
    """Return what `eval --json` prints of them."""
    return measure(shared_stock.home, cases)


@pytest.fixture
def right(tmp_path: Path) -> Path:
    """A file of golden questions that all come out right."""
    return write_cases(tmp_path / "right.yaml", *RIGHT)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C reaches the processes that are started, even where it does not reach this one."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test as soon as a question is put to a library."""

    def refuse(*_: object) -> None:
        pytest.fail("a question was asked")

    for name in ("ask", "signals"):
        monkeypatch.setattr(Library, name, refuse)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this process makes its temporary files and folders, empty at first."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder
