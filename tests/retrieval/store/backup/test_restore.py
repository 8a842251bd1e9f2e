"""A backup is believed in nothing: what is wrong with it is said before a home is touched."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.store.passages import pack_spans
from retrieval.store.sqlite import SCHEMA_VERSION
from tests.support.homes import contents, opened

TEA = "Tea is brewed from leaves. The water should be hot."


def refusal(library: Library, file: Path) -> str:
    """Why a backup is not restored; the home is as it was."""
    with pytest.raises(FootnoteError) as error:
        library.restore(file)
    assert library.home.names() == []
    assert not list(library.home.folder.glob(".restore-*"))
    return str(error.value)


def rewritten(backup: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A backup with other members, whose manifest tells the truth of them."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    manifest = json.loads(members.pop("manifest.json"))
    manifest["members"] = [
        {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in members.items()
    ]
    return written(target, members | {"manifest.json": json.dumps(manifest).encode()})


def written(target: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def with_manifest(backup: Path, target: Path, **changes: Any) -> Path:
    """A backup whose manifest says something else."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"]) | changes
    return written(target, members | {"manifest.json": json.dumps(manifest).encode()})


@given(where=st.floats(0, 1, exclude_max=True), flipped=st.integers(1, 255))
def test_a_byte_that_was_damaged_is_found_or_did_not_matter(
    where: float, flipped: int, library: Library, backup: Path, embedder: SentenceEmbedder
) -> None:
    data = bytearray(backup.read_bytes())
    data[int(where * len(data))] ^= flipped
    folder = backup.parent / f"damaged-{where}-{flipped}"
    folder.mkdir(exist_ok=True)
    damaged = folder / "damaged.backup"
    damaged.write_bytes(data)
    with opened(folder / "home", embedder) as home:
        try:
            home.restore(damaged)
        except FootnoteError:
            assert home.home.names() == []
        else:
            assert contents(home) == contents(library)
            home.remove([document.id for document in home.documents()])


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(
    share: float, backup: Path, empty: Library, tmp_path: Path
) -> None:
    data = backup.read_bytes()
    (tmp_path / "cut").write_bytes(data[: int(share * len(data))])
    assert "is no backup, or it is damaged" in refusal(empty, tmp_path / "cut")


def test_what_is_no_backup_is_refused(empty: Library, tmp_path: Path) -> None:
    assert "There is no file" in refusal(empty, tmp_path / "nowhere")
    assert "can't be unpacked: Is a directory" in refusal(empty, tmp_path)
    assert "It is no backup." in refusal(empty, written(tmp_path / "zip", {"a": b"b"}))


@pytest.mark.parametrize("changes", [{"format": 2}, {"schema": SCHEMA_VERSION + 1}])
def test_a_newer_footnotes_backup_asks_for_an_update(
    changes: dict[str, Any], backup: Path, empty: Library, tmp_path: Path
) -> None:
    told = refusal(empty, with_manifest(backup, tmp_path / "newer", **changes))
    assert "a newer Footnote. Update Footnote." in told


@pytest.mark.parametrize(
    "name", ["../stolen.db", "/etc/stolen.db", "libraries/../../x.db", "lock", "libraries/A.db"]
)
def test_a_part_that_is_none_of_a_homes_is_refused(
    name: str, backup: Path, empty: Library, tmp_path: Path
) -> None:
    def add(members: dict[str, bytes]) -> None:
        members[name] = members["libraries/common.db"]

    assert "none of a home's" in refusal(empty, rewritten(backup, tmp_path / "odd", add))


def test_a_part_that_its_list_does_not_name_is_refused(
    backup: Path, empty: Library, tmp_path: Path
) -> None:
    file = with_manifest(backup, tmp_path / "more", members=[])
    assert "not those that its own list names" in refusal(empty, file)


def test_a_part_that_unpacks_to_more_than_it_says_is_refused(
    backup: Path, empty: Library, tmp_path: Path
) -> None:
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["libraries/common.db"] += bytes(50_000_000)
    assert "damaged" in refusal(empty, written(tmp_path / "bomb", members))


def test_a_backup_that_there_is_no_room_for_is_refused(
    backup: Path, empty: Library, tmp_path: Path
) -> None:
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["members"][0]["bytes"] = 10**18
    file = with_manifest(backup, tmp_path / "large", members=manifest["members"])
    assert "It takes 1,000,000,000," in refusal(empty, file)


@pytest.mark.parametrize(
    ("path", "data"),
    [("libraries/common.db", b"no database" * 1000), ("vectors/common.npy", b"\x93NUMPY" + b"x")],
)
def test_a_part_that_is_not_what_it_should_be_is_refused(
    path: str, data: bytes, backup: Path, empty: Library, tmp_path: Path
) -> None:
    def put(members: dict[str, bytes]) -> None:
        members[path] = data

    assert "can't be read" in refusal(empty, rewritten(backup, tmp_path / "odd", put))


def test_a_home_with_documents_is_left_alone(library: Library, backup: Path) -> None:
    before = contents(library)
    with pytest.raises(FootnoteError, match="holds documents"):
        library.restore(backup)
    assert contents(library) == before


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_a_backup_with_an_earlier_schema_is_brought_up_to_date(
    version: int, backup: Path, empty: Library, tmp_path: Path
) -> None:
    def make_old(members: dict[str, bytes]) -> None:
        members["libraries/common.db"] = old_catalog(version, tmp_path / "old.db")
        del members["libraries/guild-1.db"], members["vectors/guild-1.npy"]
        del members["vectors/common.npy"]

    empty.restore(rewritten(backup, tmp_path / "old", make_old))
    assert list(empty.reindex()) == ["0123456789ab"]
    assert "hot" in empty.ask("How should the water be?").text


def old_catalog(version: int, file: Path) -> bytes:
    """The catalog of an older Footnote, with one document."""
    schema = Path(__file__).parents[1] / f"catalog_{version}.sql"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("INSERT INTO settings VALUES ('embedding_model', 'an older one')")
        connection.execute(
            f"INSERT INTO documents ({'version' if version > 3 else 'id'}, title, title_given, "
            "source, sha256, bytes, text, parts, added_at, added_by, state) VALUES ("
            "'0123456789ab', 'About tea', 1, '/tea.md', ?, ?, ?, '[[0, null]]', "
            "'2026-01-02T03:04:05Z', 'cli', 'ready')",
            ["0" * 64, len(TEA), TEA],
        )
        if version > 3:
            connection.execute("UPDATE documents SET id = version")
        connection.execute(
            'INSERT INTO passages (document, start, "end", text, sentences, vectors) '
            "VALUES ('0123456789ab', 0, ?, ?, ?, ?)",
            [len(TEA), TEA, pack_spans(((0, 26), (27, 51))), bytes(2 * 2 * 384)],
        )
        connection.commit()
    return file.read_bytes()
