"""Golden questions are read from SQuAD 2.0's format, and from nothing that only looks like it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import FootnoteError
from retrieval.golden import Golden, read_squad, spread

FERRIES = (
    "The river is wide. Since spring the ferry has crossed it in 1912 seconds, or so they say."
)
PIERS = "There are four piers."


def squad() -> dict[str, Any]:
    answers = [
        {"text": "1912", "answer_start": FERRIES.index("1912")},
        {"text": "1912 seconds", "answer_start": FERRIES.index("1912")},
        {"text": "1912", "answer_start": FERRIES.index("1912")},
    ]
    first = {
        "context": FERRIES,
        "qas": [
            {"question": "How fast is the ferry?", "answers": answers, "is_impossible": False},
            {
                "question": "Who built it?",
                "answers": [],
                "is_impossible": True,
                "plausible_answers": [{"text": "they", "answer_start": 80}],
            },
        ],
    }
    one = {"question": "How many piers?", "answers": [{"text": "four", "answer_start": 10}]}
    articles = [{"title": "The_ferry", "paragraphs": [first, {"context": PIERS, "qas": [one]}]}]
    return {"version": "v2.0", "data": articles}


def write(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_articles_become_documents_of_their_paragraphs(tmp_path: Path) -> None:
    found = read_squad(write(tmp_path / "squad.json", squad()))
    assert found.documents == (("The ferry", f"{FERRIES}\n\n{PIERS}"),)


def test_questions_carry_their_answers_and_the_words_around_the_first(tmp_path: Path) -> None:
    fast, piers = read_squad(write(tmp_path / "squad.json", squad())).answerable
    assert fast == Golden(
        question="How fast is the ferry?",
        answers=("1912", "1912 seconds"),
        evidence="y has crossed it in 1912 seconds, or so they",
        document="The ferry",
    )
    assert fast.evidence in FERRIES
    assert piers.evidence == "There are four piers."


def test_questions_without_an_answer_must_abstain(tmp_path: Path) -> None:
    found = read_squad(write(tmp_path / "squad.json", squad()))
    assert found.impossible == (Golden("Who built it?", document="The ferry"),)


@pytest.mark.parametrize(
    "content",
    [
        "", "no JSON", "[]", "{}", "3", "null", '"text"', {"data": 3}, {"data": [1]},
        {"data": ["text"]}, {"data": [{"title": "a"}]}, {"data": [{"paragraphs": []}]},
        {"data": [{"title": "a", "paragraphs": [{"context": 3, "qas": []}]}]},
        {"data": [{"title": "a", "paragraphs": [{"context": "b", "qas": [{"question": "c"}]}]}]},
        {"data": [{"title": "a", "paragraphs": [{"context": "b", "qas": [
            {"question": "c", "answers": [{"text": "d", "answer_start": "0"}]}]}]}]},
        {"data": [{"title": "a", "paragraphs": [{"context": "b", "qas": [
            {"question": "c", "answers": [{"text": None, "answer_start": 0}]}]}]}]},
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_by_name(content: object, tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match=r"malformed\.json is not in SQuAD 2\.0's JSON format"):
        read_squad(write(tmp_path / "malformed.json", content))


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "malformed.json").write_bytes(b"\xff\xfe\xfd")
    with pytest.raises(FootnoteError, match=r"malformed\.json is not in SQuAD"):
        read_squad(tmp_path / "malformed.json")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match=r"gone\.json can't be read: No such file"):
        read_squad(tmp_path / "gone.json")


@given(st.integers(0, 300), st.integers(1, 100))
def test_a_sample_is_spread_over_all_questions(total: int, most: int) -> None:
    questions = [Golden(str(number)) for number in range(total)]
    sample = spread(questions, most)
    assert sample == spread(questions, most)
    assert min(total, most) <= len(sample) <= 2 * most
    assert sample[:1] == questions[:1]
    places = [int(golden.question) for golden in sample]
    assert places == sorted(set(places))
