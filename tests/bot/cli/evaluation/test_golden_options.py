"""`eval` of files that are not as they must be, or that would steer the terminal."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Stock
from tests.support.shell import STEERING, assert_refused, footnote
from tests.support.texts.golden import (
    RIGHT,
    Case,
    article,
    case,
    town_articles,
    write_cases,
    write_squad,
)


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- question: Who?\n  expect: [Ada\n- question: Why?\n", ["line 3", "not YAML"]),
        ("- question: Who?\n  expect: Ada\n  author: me\n", ["line 3", '"author"', "expect"]),
        ("- question: Who?\n  expects: Ada\n", ["line 2", '"expects"', '"expect"']),
        ("- question: Who?\n", ["line 1", "no expect"]),
        ("\n\n- expect: Ada\n", ["line 3", "no question"]),
        ("question: Who?\nexpect: Ada\n", ["line 1", "list"]),
        ("- Who?\n", ["line 1", "mapping"]),
        ("- question: Who?\n  expect: []\n", ["line 2", "abstain"]),
        ("- question: Who?\n  expect: {a: b}\n", ["line 2", "text"]),
        ("- question:\n  expect: Ada\n", ["line 1", "empty"]),
        ("- question: Who?\n  expect: a\n- question: Who?\n  expect: b\n", ["line 3", "line 1"]),
        ("- &a {question: Who?, expect: b}\n- *a\n", ["line 1"]),
        ("", ["no cases"]),
        ("# Nothing yet.\n", ["no cases"]),
        (b"- question: Who?\n  expect: caf\xe9\n", ["line 2", "UTF-8"]),
    ],
    ids=lambda value: ascii(value)[:40] if isinstance(value, str | bytes) else "",
)
def test_yaml_that_is_wrong_is_refused_with_its_file_and_line(
    text: str | bytes, words: list[str], tmp_path: Path, right: Path, shared_stock: Stock
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_bytes(text.encode() if isinstance(text, str) else text)
    done = footnote("eval", right, wrong, "--home", shared_stock.home)
    assert_refused(done, str(wrong), *words)


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"data": [\n  1,,\n]}', ["not JSON", "line 2"]),
        ("", ["not JSON"]),
        ("[]", ["SQuAD"]),
        ('{"data": [{"title": "A"}]}', ["SQuAD", "data[0].paragraphs is missing"]),
        ('{"data": []}', ["no articles"]),
        ('{"data": [{"title": "A", "paragraphs": [{"context": "b", "qas": []}]}]}', ["questions"]),
        (
            json.dumps({"data": [article("A", "Red is a colour.", {"Which?": "Red"})]}).replace(
                '"answer_start": 0', '"answer_start": 5'
            ),
            ["data[0].paragraphs[0].qas[0].answers[0]", "answer_start"],
        ),
    ],
    ids=range(7),
)
def test_json_that_is_wrong_is_refused_with_its_file_and_place(
    text: str, words: list[str], tmp_path: Path, home: Path
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text)
    right = write_squad(tmp_path / "right.json", town_articles()[:2])
    assert_refused(footnote("eval", right, wrong, "--home", home), str(wrong), *words)
    assert not home.exists()


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize("name", ["nowhere.yaml", "nowhere.json", "folder", "folder.json"])
def test_a_file_that_can_not_be_read_is_refused(
    name: str, tmp_path: Path, right: Path, shared_stock: Stock
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.json").mkdir()
    arguments = [tmp_path / name] if name.endswith(".json") else [right, tmp_path / name]
    done = footnote("eval", *arguments, "--home", shared_stock.home)
    reason = "Is a directory" if "folder" in name else "No such file"
    assert_refused(done, str(tmp_path / name), reason)


@pytest.mark.usefixtures("unasked")
def test_a_question_that_is_too_long_is_refused_with_its_place_before_anything_is_asked(
    tmp_path: Path, shared_stock: Stock
) -> None:
    asked = write_cases(tmp_path / "c.yaml", RIGHT[0], case("x" * 20_000))
    done = footnote("eval", asked, "--json", "--home", shared_stock.home)
    assert_refused(done, "c.yaml:3: ", "20,000 characters")


def test_a_question_and_an_answer_of_several_lines_keep_to_theirs(
    tmp_path: Path, shared_stock: Stock
) -> None:
    forged = "\n\nshould have abstained: Who else?"
    asked = write_cases(tmp_path / "c.yaml", case(f"Where is rye?{forged}", f"No{forged}"))
    done = footnote("eval", asked, "--home", shared_stock.home)
    assert not [line for line in done.out.splitlines() if line.startswith("should have")]


# --- What questions and documents try to do to a terminal


HOSTILE = "\x1b[31mred\x1b]0;title\x07 \u202ebackwards \x9b2J"


@pytest.fixture
def hostile(folder: Path) -> tuple[Path, list[Case]]:
    """A folder of documents, and cases, that are full of what steers a terminal."""
    notes = folder / "notes"
    notes.mkdir()
    (notes / f"kettles{HOSTILE[:4]}.md").write_text(
        f"# Kettles {HOSTILE}\n\nRed kettles {HOSTILE} are sold in Tarn."
    )
    return notes, [
        case(f"Where are red kettles sold {HOSTILE}?", f"nowhere {HOSTILE}", source=HOSTILE),
        case(f"Where are red kettles {HOSTILE} sold?"),
        case(f"What is the boiling {HOSTILE} point of lead?", "kettles"),
    ]


def test_nothing_in_a_question_or_document_steers_the_terminal(
    hostile: tuple[Path, list[Case]], folder: Path, home: Path
) -> None:
    notes, asked = hostile
    file = write_cases(folder / f"{HOSTILE[:4]}.yaml", *asked)
    earlier = folder / "earlier.json"
    earlier.write_text(footnote("eval", file, "--documents", notes, "--json", "--home", home).out)
    form = json.loads(earlier.read_text())
    for one in form["cases"]:
        one["passed"] = not one["passed"]
    earlier.write_text(json.dumps(form))
    options = ("--documents", notes, "--baseline", earlier, "--report", f"{HOSTILE[:6]}.html")
    done = footnote("eval", file, *options, "--home", home)
    assert done.code == 0
    assert done.out.count("backwards") >= 2 * len(asked)
    assert not STEERING.search(done.out + done.err)


def test_json_holds_what_would_steer_a_terminal_only_as_escapes(
    hostile: tuple[Path, list[Case]], folder: Path, home: Path
) -> None:
    notes, asked = hostile
    file = write_cases(folder / "c.yaml", *asked)
    done = footnote("eval", file, "--documents", notes, "--json", "--home", home)
    assert not STEERING.search(done.out + done.err)
    assert [one["question"] for one in done.json["cases"]] == [one["question"] for one in asked]


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize(
    "text",
    [f"- question: Who?\n  {HOSTILE}: a\n", '- question: Who?\n  "\\e[31m": a\n'],
    ids=["raw", "escaped"],
)
def test_a_refusal_does_not_steer_the_terminal_either(
    text: str, folder: Path, shared_stock: Stock
) -> None:
    wrong = folder / f"wrong{HOSTILE[:4]}.yaml"
    wrong.write_text(text)
    done = footnote("eval", wrong, "--home", shared_stock.home)
    assert (done.code, done.out) == (1, "")
    assert "line " in done.err
    assert not STEERING.search(done.err)
