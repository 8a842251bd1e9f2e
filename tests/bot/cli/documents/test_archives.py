"""`add export.zip`: the documents of an archive, kept up to date like those of a folder."""

import json
from pathlib import Path

import pytest

from tests.support.formats import zips
from tests.support.formats.zips import tar
from tests.support.shell import footnote

POOL, BAR = "The pool opens at nine.", "The bar opens at six."
ADA = {"id": "1", "name": "ada", "nickname": "Ada"}
FILES = {"pool.md": f"# Pool\n\n{POOL}", "inner/bar.txt": BAR, "a.png": "?"}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "export.zip"
    file.write_bytes(zips.archive(FILES))
    return file


def sources(home: Path) -> list[str]:
    listed = footnote("list", "--json", "--home", home).json["documents"]
    return [document["source"] for document in listed]


def test_the_documents_of_an_archive_are_added_and_what_is_left_out_is_told(
    home: Path, export: Path
) -> None:
    done = footnote("add", export, "--home", home)
    assert [line.split()[0] for line in done.out.splitlines()] == ["added", "added"]
    assert done.err.splitlines()[-1] == "Left out: 1 picture."
    assert sources(home) == [f"{export}/inner/bar.txt", f"{export}/pool.md"]


def test_the_next_export_replaces_what_changed_and_says_so(home: Path, export: Path) -> None:
    footnote("add", export, "--home", home)
    export.write_bytes(zips.archive({**FILES, "inner/bar.txt": "The bar opens at five."}))
    done = footnote("add", export, "--json", "--home", home).json
    assert [brief["replaced"] for brief in done["added"]] == [True]
    assert [brief["title"] for brief in done["unchanged"]] == ["Pool"]


def test_an_archive_is_read_again_by_refresh(home: Path, export: Path) -> None:
    footnote("add", export, "--home", home)
    export.write_bytes(zips.archive({"inner/bar.txt": "The bar opens at five.", "new.md": POOL}))
    done = footnote("refresh", "--json", "--home", home).json
    assert [(brief["title"], brief["replaced"]) for brief in done["added"]] == [
        ("new", False),
        ("bar", True),
    ]
    assert [one["place"] for one in done["removed"]] == [f"{export}/pool.md"]
    assert done["failed"] == []


def test_documents_of_an_archive_are_read_again_by_their_ids(home: Path, export: Path) -> None:
    added = footnote("add", export, "--json", "--home", home).json["added"]
    export.write_bytes(zips.archive({"inner/bar.txt": "The bar opens at five.", "new.md": POOL}))
    ids = [brief["id"] for brief in added]
    done = footnote("refresh", *ids, "--json", "--home", home).json
    assert [(brief["title"], brief["replaced"]) for brief in done["added"]] == [("bar", True)]
    assert done["failed"] == [
        {"source": f"{export}/pool.md", "error": f"{export}/pool.md is no longer there."}
    ]


def test_an_archive_may_be_piped_in(home: Path) -> None:
    done = footnote("add", "-", "--home", home, typed=tar(FILES, packed=True))
    assert done.code == 0
    assert [source.rpartition("/")[2] for source in sources(home)] == ["bar.txt", "pool.md"]


def test_a_title_is_for_one_document(home: Path, export: Path) -> None:
    done = footnote("add", export, "--title", "Pool", "--home", home)
    assert done.code == 1
    assert "a title is for one" in done.err
    assert sources(home) == []


@pytest.mark.parametrize(
    "files",
    [
        {"pool.md": POOL, "../out.md": BAR},
        {"a.png": "?"},
        {"pool.md": POOL, "b.md": "0" * 3_000_000},
    ],
)
def test_an_archive_that_is_refused_leaves_the_library_as_it_was(
    home: Path, tmp_path: Path, files: dict[str, str]
) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(zips.archive(files))
    done = footnote("add", bad, "--home", home)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert sources(home) == []


def test_what_is_left_out_of_several_is_told_by_their_names(home: Path, export: Path) -> None:
    other = export.parent / "other.zip"
    other.write_bytes(zips.archive({"c.md": "The sauna opens at eight.", "d.mp4": "?"}))
    told = footnote("add", export, other, "--home", home).err.splitlines()
    assert told[-2:] == [f"{export}: left out: 1 picture.", f"{other}: left out: 1 video."]


def test_a_citation_leads_to_the_file_at_its_commit(home: Path, tmp_path: Path) -> None:
    commit, file = "4f2c" * 10, tmp_path / "kiln.tar.gz"
    readme = "# Kiln\n\nIt lies at https://github.com/potters/kiln and is free.\n"
    files = {"kiln-main/README.md": readme, "kiln-main/docs/pool.md": f"# Pool\n\n{POOL}"}
    file.write_bytes(tar(files, packed=True, comment=commit))
    footnote("add", file, "--home", home)
    cited = footnote("ask", "When does the pool open?", "--json", "--home", home).json["citations"][
        0
    ]
    assert cited["source"] == f"{file}/docs/pool.md"
    assert cited["link"] == f"https://github.com/potters/kiln/blob/{commit}/docs/pool.md"
    told = footnote("ask", "When does the pool open?", "--home", home).out
    assert f"{cited['link']}, characters " in told


def test_a_citation_leads_to_the_message(home: Path, tmp_path: Path) -> None:
    def message(id: str, text: str) -> dict[str, object]:
        day = "2026-05-01T09:00:00+00:00"
        return {"id": id, "type": "Default", "timestamp": day, "content": text, "author": ADA}

    told = [message("11", "The sauna opens at eight."), message("12", POOL)]
    export = {"guild": {"id": "7"}, "channel": {"id": "8", "name": "hours"}, "messages": told}
    (tmp_path / "hours.json").write_text(json.dumps(export))
    footnote("add", tmp_path / "hours.json", "--home", home)
    cited = footnote("ask", "When does the pool open?", "--json", "--home", home).json["citations"][
        0
    ]
    assert POOL in cited["quote"]
    assert cited["link"] == "https://discord.com/channels/7/8/12"


def test_a_document_that_stands_where_its_source_says_has_no_other_link(
    home: Path, export: Path
) -> None:
    footnote("add", export, "--home", home)
    answer = footnote("ask", "When does the pool open?", "--json", "--home", home).json
    assert "link" not in answer["citations"][0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("export.zip", "export (1).zip"),
        ("Export-3f2c8a90.zip", "Export-77aa01bc.zip"),
        (
            "Export-9d2b4c1e-aaaa-4bbb-8ccc-1234567890ab.zip",
            "Export-00000001-aaaa-4bbb-8ccc-1234567890ab.zip",
        ),
    ],
)
def test_the_next_export_may_have_another_name(
    home: Path, tmp_path: Path, first: str, second: str
) -> None:
    (tmp_path / first).write_bytes(zips.archive(FILES))
    footnote("add", tmp_path / first, "--home", home)
    changed = {**FILES, "inner/bar.txt": "The bar opens at five.", "new.md": "The sauna is hot."}
    (tmp_path / second).write_bytes(zips.archive(changed))
    done = footnote("add", tmp_path / second, "--json", "--home", home).json
    assert {brief["title"]: brief["replaced"] for brief in done["added"]} == {
        "bar": True,
        "new": False,
    }
    assert [brief["elsewhere"] for brief in done["unchanged"]] == [False]
    assert all(source.startswith(f"{tmp_path / second}/") for source in sources(home))
    kept = footnote("sources", "--json", "--home", home).json["sources"]
    assert [source["what"] for source in kept] == [str(tmp_path / second)]


@pytest.mark.parametrize(("first", "second"), [("2023.zip", "2024.zip"), ("a (1).zip", "b.zip")])
def test_another_archive_is_not_the_next_export(
    home: Path, tmp_path: Path, first: str, second: str
) -> None:
    (tmp_path / first).write_bytes(zips.archive(FILES))
    footnote("add", tmp_path / first, "--home", home)
    (tmp_path / second).write_bytes(zips.archive({"pool.md": "The pool opens at ten."}))
    done = footnote("add", tmp_path / second, "--json", "--home", home).json
    assert [brief["replaced"] for brief in done["added"]] == [False]
    assert len(sources(home)) == 3
