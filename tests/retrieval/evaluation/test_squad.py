"""Golden questions are read from SQuAD 2.0's format, and from nothing that only looks like it."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import FootnoteError
from retrieval.evaluation.golden import Golden, Kind
from retrieval.evaluation.squad import SquadSet, read_squad, told_apart

FERRIES = (
    "The river is wide. Since spring the ferry has crossed it in 1912 seconds, or so they say."
)
PIERS = "There are four piers."


def squad() -> dict[str, Any]:
    """A small file, with all that the format has."""
    answers = [
        {"text": "1912", "answer_start": FERRIES.index("1912")},
        {"text": "1912 seconds", "answer_start": FERRIES.index("1912")},
        {"text": "1912", "answer_start": FERRIES.index("1912")},
    ]
    first = {
        "context": FERRIES,
        "qas": [
            {
                "question": "How fast is the ferry?",
                "id": "56be",
                "answers": answers,
                "is_impossible": False,
            },
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


def asking(question: object) -> object:
    """A file with one question about one paragraph."""
    paragraph = {"context": "a b", "qas": [question]}
    return {"data": [{"title": "a", "paragraphs": [paragraph]}]}


def article(title: str) -> dict[str, Any]:
    """An article that asks what its title is."""
    answer = {"text": title, "answer_start": 0}
    return {
        "title": title,
        "paragraphs": [{"context": title, "qas": [{"question": "What?", "answers": [answer]}]}],
    }


def write(path: Path, content: object) -> Path:
    """A file of some JSON, or of a text as it is."""
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def found(tmp_path: Path) -> SquadSet:
    """Return what the small file is read as."""
    return read_squad(write(tmp_path / "squad.json", squad()))


def refusal(path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(FootnoteError) as caught:
        read_squad(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}")
    return sentence.removeprefix(f"{path}").strip()


def test_articles_become_documents_of_their_paragraphs(found: SquadSet) -> None:
    assert found.documents == (("The ferry", f"{FERRIES}\n\n{PIERS}"),)


def test_questions_carry_their_answers_and_the_words_around_the_first(found: SquadSet) -> None:
    fast, piers = found.answerable
    assert fast == Golden(
        question="How fast is the ferry?",
        answers=("1912", "1912 seconds"),
        evidence="y has crossed it in 1912 seconds, or so they",
        source="The ferry",
        kind=Kind.ANSWERABLE,
        place="squad.json: The ferry",
    )
    assert fast.evidence in FERRIES
    assert piers.evidence == "There are four piers."


def test_questions_without_an_answer_are_tricks(found: SquadSet) -> None:
    place = "squad.json: The ferry"
    trick = Golden("Who built it?", source="The ferry", kind=Kind.TRICK, place=place)
    assert found.impossible == (trick,)


def test_articles_of_the_same_title_stay_two_documents(tmp_path: Path) -> None:
    titles = ["The_ferry", "The ferry", "Piers", "The  ferry"]
    found = read_squad(write(tmp_path / "squad.json", {"data": [article(t) for t in titles]}))
    apart = ["The ferry", "The ferry (2)", "Piers", "The ferry (3)"]
    assert [title for title, _ in found.documents] == apart
    assert [golden.source for golden in found.answerable] == apart
    assert [golden.answers for golden in found.answerable] == [(title,) for title in titles]
    assert found.answerable[1].place == "squad.json: The ferry (2)"


@given(st.lists(st.sampled_from(["a", "a (2)", "a (2) (2)", "a (3)", "b"])))
def test_titles_are_told_apart_whatever_numbers_they_bear(titles: list[str]) -> None:
    apart = told_apart(titles)
    assert len(set(apart)) == len(titles)
    assert all(new.startswith(old) for new, old in zip(apart, titles, strict=True))
    assert told_apart(apart) == apart


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    text = json.dumps(squad())
    with_mark, without = write(tmp_path / "a", f"\ufeff{text}"), write(tmp_path / "b", text)
    assert read_squad(with_mark).documents == read_squad(without).documents


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("", "line 1 column 0"),
        ("no JSON", "line 1 column 2"),
        ('{"data":\n  [nope]}', "line 2 column 5"),
        ('{"data": ["\\ud800"]}', "line 1 column 18"),
        ("[" * 100_000, "line 1 column"),
        ('{"data": ' + "9" * 5_000 + "}", "line 1 column"),
    ],
)
def test_what_is_no_json_is_refused_with_line_and_column(
    content: str, where: str, tmp_path: Path
) -> None:
    assert refusal(write(tmp_path / "malformed.json", content)).startswith("is not JSON: ")
    assert where in refusal(tmp_path / "malformed.json")


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("[]", "the whole must be an object"),
        ("3", "the whole must be an object"),
        ("null", "the whole must be an object"),
        ('"text"', "the whole must be an object"),
        ({}, "data is missing"),
        ({"data": 3}, "data must be a list"),
        ({"data": [1]}, "data[0] must be an object"),
        ({"data": [article("a"), "text"]}, "data[1] must be an object"),
        ({"data": [{"title": "a"}]}, "data[0].paragraphs is missing"),
        ({"data": [{"paragraphs": [{"context": "b", "qas": []}]}]}, "data[0].title is missing"),
        ({"data": [{"title": "_ ", "paragraphs": [{"context": "b", "qas": []}]}]},
            "data[0].title holds no text"),
        ({"data": [{"title": "a", "paragraphs": []}]}, "data[0].paragraphs is empty"),
        ({"data": [{"title": "a", "paragraphs": [{"context": 3, "qas": []}]}]},
            "data[0].paragraphs[0].context must be a text"),
        ({"data": [{"title": "a", "paragraphs": [{"context": "\n", "qas": []}]}]},
            "data[0].paragraphs[0].context holds no text"),
        (asking({"question": "c"}), "data[0].paragraphs[0].qas[0].answers is missing"),
        (asking({"question": "", "answers": []}),
            "data[0].paragraphs[0].qas[0].question holds no text"),
        (asking({"question": "c", "answers": [{"text": "b", "answer_start": "2"}]}),
            "data[0].paragraphs[0].qas[0].answers[0].answer_start must be a whole number"),
        (asking({"question": "c", "answers": [{"text": "b", "answer_start": -1}]}),
            "data[0].paragraphs[0].qas[0].answers[0].answer_start must not be negative"),
        (asking({"question": "c", "answers": [{"text": None, "answer_start": 2}]}),
            "data[0].paragraphs[0].qas[0].answers[0].text must be a text"),
    ],
)  # fmt: skip
def test_another_structure_is_refused_with_the_path_to_it(
    content: object, wrong: str, tmp_path: Path
) -> None:
    sentence = refusal(write(tmp_path / "malformed.json", content))
    assert sentence == f"is not in SQuAD 2.0's JSON format: {wrong}."


@pytest.mark.parametrize("start", [0, 3, 10**9, 10**30])
def test_an_answer_must_stand_where_it_is_said_to(start: int, tmp_path: Path) -> None:
    answers = [{"text": "b", "answer_start": 2}, {"text": "b", "answer_start": start}]
    content = asking({"question": "c", "answers": answers})
    where = "data[0].paragraphs[0].qas[0].answers[1]"
    assert refusal(write(tmp_path / "malformed.json", content)) == (
        f": the text of {where} does not stand at its answer_start."
    )


def test_a_file_of_no_articles_is_refused(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "squad.json", {"data": []})) == "holds no articles."


def test_a_file_of_no_questions_is_refused(tmp_path: Path) -> None:
    content = {"data": [{"title": "a", "paragraphs": [{"context": "b", "qas": []}]}]}
    assert refusal(write(tmp_path / "squad.json", content)) == "holds no questions."


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.json") == "can't be read: No such file or directory."


def test_a_folder_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "can't be read: Is a directory."


def test_a_path_that_none_can_be_is_refused() -> None:
    assert "can't be read" in refusal(Path("a\0b"))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["data", "title"]), inner),
    max_leaves=8,
)
# Where a file's text is cut, how much is cut out, and what is put in its place.
spots = st.tuples(st.integers(0, 800), st.integers(0, 40), values.map(json.dumps) | st.text())


@given(
    st.binary() | st.text().map(str.encode) | values.map(lambda value: json.dumps(value).encode())
)
def test_whatever_else_stands_in_a_file_it_is_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything.json"
    path.write_bytes(content)
    assert refusal(path).endswith(".")


@given(spots)
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, spot: tuple[int, int, str]
) -> None:
    start, length, instead = spot
    text = json.dumps(squad())
    damaged = text[:start] + instead + text[start + length :]
    with suppress(FootnoteError):
        read_squad(write(tmp_path_factory.getbasetemp() / "damaged.json", damaged))
