"""Files of questions are measured together where they are of one form, and each file once."""

import json
from pathlib import Path

import pytest

from retrieval.errors import FootnoteError
from retrieval.evaluation.golden import Golden, Kind
from retrieval.evaluation.golden_files import GoldenSet, read_questions


def squad(path: Path, title: str, text: str) -> Path:
    """A file in SQuAD's format: one article, a question with an answer and one without."""
    word = text.partition(" ")[0]
    asked = [
        {"question": "Who?", "answers": []},
        {"question": "What?", "answers": [{"text": word, "answer_start": 0}]},
    ]
    article = {"title": title, "paragraphs": [{"context": text, "qas": asked}]}
    path.write_text(json.dumps({"data": [article]}))
    return path


def cases(path: Path, *questions: str) -> Path:
    """A file of cases that must all be refused."""
    path.write_text("".join(f"- question: {asked}\n  expect: abstain\n" for asked in questions))
    return path


def test_cases_of_several_files_follow_each_other(tmp_path: Path) -> None:
    second = cases(tmp_path / "b.yaml", "Who?", "What?")
    first = cases(tmp_path / "a.yml", "When?")
    assert read_questions([second, first]) == GoldenSet(
        documents=(),
        cases=(
            Golden("Who?", kind=Kind.ABSENT, place="b.yaml:1"),
            Golden("What?", kind=Kind.ABSENT, place="b.yaml:3"),
            Golden("When?", kind=Kind.ABSENT, place="a.yml:1"),
        ),
    )


def test_squad_brings_its_documents_along(tmp_path: Path) -> None:
    path = squad(tmp_path / "piers.JSON", "Piers", "Four piers stand.")
    place = "piers.JSON: Piers"
    assert read_questions([path]) == GoldenSet(
        documents=(("Piers", "Four piers stand."),),
        cases=(
            Golden("What?", ("Four",), "Four piers stand.", "Piers", place=place),
            Golden("Who?", source="Piers", kind=Kind.TRICK, place=place),
        ),
    )


def test_articles_of_two_files_with_one_title_stay_two_documents(tmp_path: Path) -> None:
    paths = [
        squad(tmp_path / "a.json", "Piers", "Four piers stand."),
        squad(tmp_path / "b.json", "Ferries", "Two ferries cross."),
        squad(tmp_path / "c.json", "Piers", "Five piers stand."),
    ]
    found = read_questions(paths)
    texts = dict(found.documents)
    assert list(texts) == ["Piers", "Ferries", "Piers (2)"]
    answerable = [golden for golden in found.cases if golden.answers]
    assert [golden.source for golden in answerable] == list(texts)
    assert all(golden.evidence in texts[golden.source] for golden in answerable)
    assert [golden.source for golden in found.cases if not golden.answers] == list(texts)


def test_two_forms_are_measured_one_after_the_other(tmp_path: Path) -> None:
    with_documents = squad(tmp_path / "a.json", "Piers", "Four piers stand.")
    without = cases(tmp_path / "b.yaml", "Who?")
    with pytest.raises(FootnoteError, match="one after the other") as caught:
        read_questions([without, with_documents])
    assert str(caught.value).startswith(f"{with_documents} brings its own documents and {without}")


def test_a_file_counts_once_whatever_it_is_called(tmp_path: Path) -> None:
    path = cases(tmp_path / "a.yaml", "Who?")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.yaml").symlink_to(path)
    names = [path, tmp_path / "folder" / ".." / "a.yaml", tmp_path / "link.yaml", path]
    assert len(read_questions(names).cases) == 1


def test_links_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    with pytest.raises(FootnoteError, match="can't be read"):
        read_questions([tmp_path / "a.yaml"])


def test_without_a_file_there_is_nothing_to_read() -> None:
    with pytest.raises(FootnoteError, match="No file of questions is named"):
        read_questions([])


def test_what_is_wrong_with_one_file_is_said_of_it(tmp_path: Path) -> None:
    good, bad = cases(tmp_path / "a.yaml", "Who?"), cases(tmp_path / "b.yaml", "Who?", "Who?")
    with pytest.raises(FootnoteError, match=r"b\.yaml, line 3: this question is asked on line 1"):
        read_questions([good, bad])
