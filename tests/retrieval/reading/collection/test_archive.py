"""An archive is opened in memory, within limits, and gives the documents that a folder would."""

import gzip
import tarfile
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from retrieval.errors import LoadError
from retrieval.reading.collection.archive import is_archive, open_archive
from retrieval.reading.collection.collection import Collection
from retrieval.reading.limits import ArchiveLimits
from retrieval.reading.raw_document import RawDocument
from tests.support.formats import zips
from tests.support.formats.specimens import specimens
from tests.support.formats.zips import tar

TEA, COFFEE = "Tea is brewed at ninety degrees.", "Coffee is ground at seven."
FILES = {"drinks/tea.md": TEA, "drinks/hot/coffee.txt": COFFEE}
FORMS: dict[str, Callable[[dict[str, str]], bytes]] = {
    "a.zip": zips.archive,
    "a.tar": tar,
    "a.tar.gz": lambda files: tar(files, packed=True),
    "a.tgz": lambda files: tar(files, packed=True),
}


def opened(data: bytes, name: str = "a.zip", limits: ArchiveLimits | None = None) -> Collection:
    raw = RawDocument(data, source=f"/docs/{name}", called=name, name=name)
    return open_archive(raw, limits)


def texts(collection: Collection) -> dict[str, str]:
    """The text of each document, by its source."""
    raws = [entry.load() for entry in collection.entries]
    return {raw.source: raw.data.decode() for raw in raws}


def refusal(data: bytes, name: str = "a.zip", limits: ArchiveLimits | None = None) -> str:
    with pytest.raises(LoadError) as refused:
        opened(data, name, limits)
    return str(refused.value)


# Documents


@pytest.mark.parametrize("name", FORMS)
def test_the_documents_of_an_archive_are_known_by_their_paths(name: str) -> None:
    assert texts(opened(FORMS[name](FILES), name)) == {
        f"/docs/{name}/drinks/hot/coffee.txt": COFFEE,
        f"/docs/{name}/drinks/tea.md": TEA,
    }


@pytest.mark.parametrize("name", FORMS)
def test_what_is_not_read_is_left_out_and_counted(name: str) -> None:
    others = ["a.png", "b/c.JPG", "d.xyz", "Makefile", "e.7z", ".git/x.md", "__MACOSX/._a.md"]
    collection = opened(FORMS[name]({**FILES, **dict.fromkeys(others, "?")}), name)
    assert len(collection.entries) == 2
    assert collection.left_out.told() == (
        "Left out: 2 pictures, 1 archive, 2 files of an unknown kind (1 .xyz, 1 without a suffix)."
    )


def test_a_file_that_is_packed_by_itself_is_a_document() -> None:
    collection = opened(gzip.compress(TEA.encode()), "tea.txt.gz")
    assert texts(collection) == {"/docs/tea.txt.gz/tea.txt": TEA}


def test_an_archive_in_an_archive_is_opened_and_no_further_one() -> None:
    inner = zips.archive({"coffee.txt": COFFEE, "deep.zip": zips.archive({"deep.md": TEA})})
    collection = opened(zips.archive({"tea.md": TEA, "part-1.zip": inner}))
    assert texts(collection) == {
        "/docs/a.zip/part-1.zip/coffee.txt": COFFEE,
        "/docs/a.zip/tea.md": TEA,
    }
    assert collection.left_out.told() == "Left out: 1 archive."


def test_names_that_windows_and_macos_write_are_read() -> None:
    data = zips.archive({"a\\b.md": TEA, "./c.md": TEA, "cafe\u0301.md": COFFEE})
    assert [entry.path for entry in opened(data).entries] == ["a/b.md", "c.md", "café.md"]


def test_names_in_utf_8_are_read_even_where_the_archive_does_not_say_so() -> None:
    told = zips.archive({"Übersicht.md": TEA})
    unsaid = told.replace(b"PK\3\4\x14\0\0\x08", b"PK\3\4\x14\0\0\0")
    at = unsaid.index(b"PK\1\2") + 9
    unsaid = unsaid[:at] + b"\0" + unsaid[at + 1 :]
    with zipfile.ZipFile(BytesIO(unsaid)) as misread:
        assert misread.namelist() != ["Übersicht.md"]
    assert [entry.path for entry in opened(unsaid).entries] == ["Übersicht.md"]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_of_every_kind_of_tar_are_read(form: int) -> None:
    name = "/".join(["folder"] * 20) + "/tea.md"
    assert [entry.path for entry in opened(tar({name: TEA}, form=form), "a.tar").entries] == [name]


def test_of_two_files_with_one_name_the_later_holds() -> None:
    data = tar({"a.md": TEA, "./a.md": COFFEE})
    assert list(texts(opened(data, "a.tar")).values()) == [COFFEE]


@pytest.mark.parametrize("kind", ["docx", "epub", "odt", "xlsx", "pptx"])
def test_a_document_that_is_packed_as_an_archive_is_no_archive(kind: str) -> None:
    assert not is_archive(specimens()[kind].data)


@pytest.mark.parametrize("data", [b"", b"PK\3\4 and so on", TEA.encode(), b"\0" * 600])
def test_what_is_no_archive_is_not_taken_for_one(data: bytes) -> None:
    assert not is_archive(data)


# What may do harm


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("path", ["../tea.md", "a/../../tea.md", "/etc/tea.md", "C:\\tea.md"])
def test_an_archive_whose_files_lead_out_of_it_is_not_read_at_all(name: str, path: str) -> None:
    assert refusal(FORMS[name]({**FILES, path: TEA}), name) == (
        f"{name} is an archive whose files lead out of it, and nothing of it was read. "
        "Make it anew from the files themselves."
    )


@pytest.mark.parametrize("target", ["/etc/passwd", "../secret.md", "a/../../secret.md", "C:\\x"])
def test_an_archive_with_a_link_out_of_it_is_not_read_at_all(target: str) -> None:
    assert "lead out of it" in refusal(zips.linked(zips.archive(FILES), "b.md", target))
    assert "lead out of it" in refusal(tar(FILES, {"b.md": target}), "a.tar")


def test_links_within_an_archive_are_not_followed_but_counted() -> None:
    loops = {"a.md": "b.md", "b.md": "a.md", "drinks/all": ".."}
    collection = opened(tar(FILES, loops), "a.tar")
    assert len(collection.entries) == 2
    assert collection.left_out.told() == "Left out: 3 links."
    linked = zips.linked(zips.archive(FILES), "b.md", "drinks/tea.md")
    assert opened(linked).left_out.told() == "Left out: 1 link."


@pytest.mark.parametrize("name", FORMS)
def test_an_archive_of_too_many_files_is_not_read(name: str) -> None:
    data = FORMS[name]({f"{n}.md": TEA for n in range(4)})
    assert len(opened(data, name, ArchiveLimits(files=4)).entries) == 4
    assert refusal(data, name, ArchiveLimits(files=3)) == (
        f"{name} holds more than 3 files. Split it into smaller archives."
    )


@pytest.mark.parametrize("name", FORMS)
def test_an_archive_that_unpacks_to_too_much_is_not_read(name: str) -> None:
    data = FORMS[name]({f"{n}.md": TEA * 400 for n in range(4)})
    told = refusal(data, name, ArchiveLimits(unpacked=32 * 1024))
    assert told == f"{name} unpacks to more than 32 KiB. Split it into smaller archives."


def test_archives_in_an_archive_share_its_limits() -> None:
    inner = zips.archive({f"{n}.md": TEA for n in range(3)})
    data = zips.archive({"1.zip": inner, "2.zip": inner})
    assert "more than 7 files" in refusal(data, limits=ArchiveLimits(files=7))


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_that_unpacks_to_far_more_than_it_should_is_not_read(name: str) -> None:
    data = FORMS[name]({"a.md": TEA, "zeros.md": "0" * 3_000_000})
    assert refusal(data, name) == (
        f"{name} unpacks to far more than it should, as a trap does. "
        "Make it anew from the files themselves."
    )


def test_a_password_is_asked_to_be_taken_off() -> None:
    assert refusal(zips.scrambled(zips.archive(FILES))) == (
        "a.zip is protected with a password. Make it anew without one and add it again."
    )


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tgz"])
def test_an_archive_that_was_cut_short_is_refused_or_no_archive(name: str) -> None:
    data = FORMS[name](FILES)
    for end in range(0, len(data) - 30, 7):
        if is_archive(data[:end]):
            assert refusal(data[:end], name)


@pytest.mark.parametrize("end", [700, 512 + 20, 1024 + 100, 1024 + 520])
def test_a_tar_archive_that_was_cut_short_is_refused(end: int) -> None:
    data = tar({"tea.md": TEA * 10, "coffee.txt": COFFEE * 10})
    assert refusal(data[:end], "a.tar") == ("a.tar is a damaged archive. Download or make it anew.")


@pytest.mark.parametrize("files", [{"a.png": "?", "b.png": "?"}, {}])
def test_an_archive_without_a_document_says_what_it_holds(files: dict[str, str]) -> None:
    told = " Left out: 2 pictures." if files else ""
    expected = f"a.zip holds no file to read.{told} Add an archive of documents."
    assert refusal(zips.archive(files)) == expected


def test_a_member_that_is_damaged_is_told_when_it_is_read() -> None:
    data = zips.archive(FILES, zipfile.ZIP_STORED).replace(TEA.encode(), b"x" * len(TEA))
    coffee, tea = opened(data).entries
    assert coffee.load().data.decode() == COFFEE
    with pytest.raises(LoadError, match=r"^a\.zip/drinks/tea\.md is damaged in its archive\."):
        tea.load()


def test_nothing_is_written_by_a_name_that_stands_in_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, make in FORMS.items():
        texts(opened(make(FILES), name))
    assert list(tmp_path.iterdir()) == []
