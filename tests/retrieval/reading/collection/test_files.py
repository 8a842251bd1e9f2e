"""A path on the command line means certain files, and their bytes are read as they are."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from retrieval.errors import FootnoteError, LoadError
from retrieval.reading.collection.files import find, read_file
from retrieval.reading.formats.registry import BY_SUFFIX, IN_FOLDERS, SECTIONS
from retrieval.reading.limits import LARGEST_FILE
from retrieval.reading.raw_document import RawDocument


def found(folder: Path) -> list[Path]:
    """The files that are found in a folder where nothing is wrong."""
    paths, strays = find(str(folder))
    assert strays == []
    return paths


@pytest.fixture
def partly_closed() -> Iterator[Path]:
    """A folder with a folder and a file in it that may not be opened, not even by root."""
    with TemporaryDirectory() as name:
        folder, user = Path(name), os.geteuid()
        folder.chmod(0o755)
        (folder / "open.txt").write_text("hello")
        (folder / "closed").mkdir(mode=0)
        (folder / "closed.txt").touch(mode=0)
        # Root may open anything, so it steps down for the length of the test.
        os.seteuid(user or 65534)
        yield folder
        os.seteuid(user)


# Which files a path means


def test_a_file_named_outright_is_tried_whatever_its_suffix(tmp_path: Path) -> None:
    odd = tmp_path / ".notes.log"
    odd.write_text("hello")
    assert found(odd) == [odd]


def test_a_folder_gives_the_files_we_read_at_any_depth_in_order(tmp_path: Path) -> None:
    wanted = ["a.md", "b/c/d.TXT", "b/e.html", "f.xhtml", "g.pdf"]
    for name in [*wanted, "photo.png", "b/Makefile", ".secret.md", ".git/notes.md"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("hello")
    assert found(tmp_path) == [tmp_path / name for name in wanted]


def test_a_folder_gives_documents_of_every_kind(tmp_path: Path) -> None:
    kinds = "txt md html pdf docx pptx xlsx csv tsv epub odt ods json jsonl rst".split()
    assert {f".{kind}" for kind in kinds} <= set(BY_SUFFIX)
    for suffix in BY_SUFFIX:
        (tmp_path / f"a{suffix}").touch()
    # A file `a.1` is a manual page by what it holds; these hold nothing.
    assert {path.suffix for path in found(tmp_path)} == IN_FOLDERS - set(SECTIONS)


def test_links_inside_a_folder_are_followed(tmp_path: Path) -> None:
    (tmp_path / ".store").mkdir()
    for name in ("text.md", ".store/kept.md"):
        (tmp_path / name).write_text("hello")
    (tmp_path / "stored.md").symlink_to(tmp_path / ".store" / "kept.md")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "broken.md").symlink_to(tmp_path / "nothing.md")
    assert found(tmp_path) == [tmp_path / "stored.md", tmp_path / "text.md"]


@pytest.mark.parametrize(("link", "target"), [("escape.md", "secret.md"), ("away", ".")])
def test_a_link_out_of_a_folder_is_named_and_not_followed(
    link: str, target: str, tmp_path: Path
) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    for each in (folder, outside):
        each.mkdir()
    (folder / "text.md").write_text("hello")
    (outside / "secret.md").write_text("hello")
    (folder / link).symlink_to(outside / target)
    paths, strays = find(str(folder))
    assert paths == [folder / "text.md"]
    assert [str(stray) for stray in strays] == [
        f"{folder / link} is a link that leads out of the folder, and was left out. "
        "Add what it leads to."
    ]


def test_a_hidden_link_out_of_a_folder_is_as_good_as_none(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "text.md").write_text("hello")
    (folder / ".away").symlink_to(tmp_path)
    (folder / "program").symlink_to("/bin/sh")
    assert found(folder) == [folder / "text.md"]


def test_a_link_that_is_named_itself_is_followed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "text.md").write_text("hello")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    assert found(tmp_path / "link") == [tmp_path / "link" / "text.md"]


def test_a_file_and_a_link_to_it_count_once(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("hello")
    (tmp_path / "again.md").symlink_to(tmp_path / "text.md")
    assert len(found(tmp_path)) == 1


def test_a_missing_path_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="nowhere"):
        find(str(tmp_path / "nowhere"))
    with pytest.raises(LoadError):
        find("null\0byte")


def test_a_folder_without_readable_files_says_what_to_put_in(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    with pytest.raises(LoadError, match=r"holds no file to read.*\.docx.*\.md.*\.pdf"):
        find(str(tmp_path))


def test_a_closed_folder_is_reported_and_not_passed_over(partly_closed: Path) -> None:
    with pytest.raises(LoadError, match="closed: Permission denied"):
        find(str(partly_closed))


# The bytes of a file


def test_a_file_gives_its_bytes_as_they_are_and_its_name(tmp_path: Path) -> None:
    path, data = tmp_path / "tea.md", b"\xef\xbb\xbf# Tea\r\n\0"
    path.write_bytes(data)
    raw = read_file(path, "All of tea")
    assert raw == RawDocument(data, str(path.resolve()), str(path), "tea.md", "All of tea")
    assert raw.sha256 == hashlib.sha256(data).hexdigest()


def test_the_source_of_a_file_is_absolute_and_resolved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real.txt").write_text("hello")
    (tmp_path / "link.txt").symlink_to("real.txt")
    monkeypatch.chdir(tmp_path)
    assert read_file(Path("link.txt")).source == str(tmp_path / "real.txt")


def test_a_file_past_the_limit_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was read"))
    with pytest.raises(LoadError, match=r"large\.txt is larger than 20 MiB"):
        read_file(large)


def test_what_is_not_a_file_is_an_error_a_person_can_act_on(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("", "missing.txt", "broken.txt", "round.txt", "pipe.txt", "null\0byte"):
        with pytest.raises(FootnoteError, match=r"\. (Check|Name)"):
            read_file(tmp_path / name)


def test_a_file_we_may_not_read_says_so(partly_closed: Path) -> None:
    with pytest.raises(LoadError, match=r"closed\.txt: Permission denied") as caught:
        read_file(partly_closed / "closed.txt")
    assert isinstance(caught.value.__cause__, PermissionError)


def test_a_path_that_is_not_unicode_has_to_be_renamed(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        path.write_text("hello")
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    with pytest.raises(LoadError, match="Rename it") as caught:
        read_file(path)
    str(caught.value).encode()
