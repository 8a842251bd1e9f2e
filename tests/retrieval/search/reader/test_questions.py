"""Tests of the questions that the reader is trained on, and of the data that is built of them."""

import json
from hashlib import sha256
from pathlib import Path

from benchmarks.fit.reader.questions.__main__ import build
from benchmarks.fit.reader.questions.rows import Source, read_sets, read_sources

TEXT = "The club meets on Tuesdays. Keys are kept at the bar."


def one(tmp_path: Path) -> Source:
    digest = sha256(TEXT.encode()).hexdigest()
    lines = [
        f"@\tclub.md.txt\towner/name@0123:club.md\tMIT\t{digest}",
        "+\t15\t26\twhich day do we meet",
        "-\t28\t53\twho has the keys",
    ]
    path = tmp_path / "clubs.tsv"
    path.write_text("\n".join(lines), encoding="utf-8")
    [source] = read_sources(path)
    return source


def test_a_row_has_the_words_of_the_text_at_its_offsets(tmp_path: Path) -> None:
    answered, near = one(tmp_path).rows(TEXT)
    assert answered["answer"] == "on Tuesdays"
    assert near["answer"] is None
    assert near["near"] == "Keys are kept at the bar."


def test_a_text_that_is_stored_otherwise_is_told(tmp_path: Path) -> None:
    source = one(tmp_path)
    assert source.is_stored_as(TEXT)
    assert not source.is_stored_as(TEXT.replace("Tuesdays", "Mondays"))


def test_a_documents_repository_is_named_and_what_was_written_for_footnote_has_none(
    tmp_path: Path,
) -> None:
    assert one(tmp_path).repository == "owner/name"
    assert Source("a.md.txt", "own/a.md", "MIT", "").repository == ""


def test_every_question_is_one_and_every_document_has_a_licence_that_allows_commerce() -> None:
    for sources in read_sets().values():
        for source in sources:
            assert source.licence
            assert "NC" not in source.licence
            assert all(asked.text and asked.start < asked.end for asked in source.questions)


def test_no_document_is_in_a_set_twice() -> None:
    for sources in read_sets().values():
        names = [source.name for source in sources]
        assert len(set(names)) == len(names)


def test_what_was_written_for_footnote_needs_no_clone(tmp_path: Path) -> None:
    left_out = build(tmp_path / "none", tmp_path / "out")
    assert not [line for line in left_out if line.startswith("own/")]
    [row, *_] = (tmp_path / "out/rules2/rows.jsonl").read_text(encoding="utf-8").splitlines()
    asked = json.loads(row)
    text = (tmp_path / "out/rules2/text" / asked["doc"]).read_text(encoding="utf-8")
    assert (asked["answer"] or asked["near"]) in text
