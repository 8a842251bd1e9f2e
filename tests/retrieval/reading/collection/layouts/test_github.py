"""The archive of a repository: no folder around its paths, and links to its files as they were."""

import zipfile
from io import BytesIO

import pytest

from retrieval.reading.collection.archive import open_archive
from retrieval.reading.raw_document import RawDocument
from tests.support.formats.zips import archive, tar

from .conftest import Shows

COMMIT = "4f2c" * 10
README = "# Kiln\n\nFound at https://github.com/potters/kiln and nowhere else.\n"
FILES = {"kiln-main/README.md": README, "kiln-main/docs/Fire it.md": "# Fire\n\nFire slowly."}
LINK = f"https://github.com/potters/kiln/blob/{COMMIT}"


def commented(files: dict[str, str], comment: str) -> bytes:
    file = BytesIO(archive(files))
    with zipfile.ZipFile(file, "a") as made:
        made.comment = comment.encode()
    return file.getvalue()


def test_paths_have_no_folder_around_them_and_lead_to_the_files_at_the_commit(
    shows: Shows,
) -> None:
    for data in (commented(FILES, COMMIT), tar(FILES, packed=True, comment=COMMIT)):
        found = shows({}, data)
        assert {path: each.link for path, each in found.items()} == {
            "README.md": f"{LINK}/README.md",
            "docs/Fire it.md": f"{LINK}/docs/Fire%20it.md",
        }


@pytest.mark.parametrize("root", ["kiln-4f2c4f2", "potters-kiln-4f2c4f2", f"kiln-{COMMIT}"])
def test_the_commit_may_stand_in_the_name_of_the_folder(shows: Shows, root: str) -> None:
    found = shows({f"{root}/README.md": README, f"{root}/a.md": "# A"})
    commit = root.rpartition("-")[2]
    assert found["a.md"].link == f"https://github.com/potters/kiln/blob/{commit}/a.md"


def test_the_address_tells_the_repository() -> None:
    address = "https://github.com/potters/kiln/archive/refs/heads/main.zip"
    files = {"kiln-main/a.md": "# A", "kiln-main/README.md": "See github.com/others/kiln-docs."}
    raw = RawDocument(commented(files, COMMIT), source=address, called=address, name="main.zip")
    links = [entry.load().link for entry in open_archive(raw).entries]
    assert links == [f"{LINK}/README.md", f"{LINK}/a.md"]


def test_without_a_repository_or_a_commit_there_is_no_link(shows: Shows) -> None:
    elsewhere = {"kiln-main/a.md": "# A", "kiln-main/README.md": "Like github.com/others/oven."}
    assert {each.link for each in shows({}, commented(elsewhere, COMMIT)).values()} == {""}
    found = shows(FILES)
    assert {path: each.link for path, each in found.items()} == dict.fromkeys(FILES, "")


def test_lock_files_are_left_out(shows: Shows) -> None:
    files = {**FILES, "kiln-main/package-lock.json": '{"name": "kiln"}'}
    assert "package-lock.json" not in shows({}, commented(files, COMMIT))
