"""Cases in YAML are read as they are written, or refused with the line that is at fault."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import FootnoteError
from retrieval.evaluation.golden import Golden, Kind
from retrieval.evaluation.yaml_cases import ABSTAIN, SIZE_LIMIT, read_cases

CASES = """\
# What a reading room is asked.
- question: When does it open?
  expect: nine in the morning

- question: How many books can I borrow?
  expect: [five, "5"]
  source: lending.md
  library: readers
- expect: abstain
  question: Is there parking?
"""


def read(path: Path, text: str) -> tuple[Golden, ...]:
    """The cases of a file that is written first."""
    path.write_text(text, encoding="utf-8", newline="")
    return read_cases(path)


def refusal(path: Path, content: str | bytes) -> str:
    """Return what is said of a file, after its name."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(FootnoteError) as caught:
        read_cases(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}")
    return sentence.removeprefix(f"{path}")


def test_a_case_says_what_is_asked_and_what_is_right(tmp_path: Path) -> None:
    opening, lending, parking = read(tmp_path / "room.yaml", CASES)
    assert opening == Golden(
        question="When does it open?",
        answers=("nine in the morning",),
        kind=Kind.ANSWERABLE,
        place="room.yaml:2",
    )
    assert lending == Golden(
        question="How many books can I borrow?",
        answers=("five", "5"),
        source="lending.md",
        library="readers",
        kind=Kind.ANSWERABLE,
        place="room.yaml:5",
    )
    assert parking == Golden("Is there parking?", kind=Kind.ABSENT, place="room.yaml:9")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_editors_that_mark_a_file_change_nothing(mark: str, line_end: str, tmp_path: Path) -> None:
    marked = read(tmp_path / "room.yaml", mark + CASES.replace("\n", line_end))
    assert marked == read(tmp_path / "room.yaml", CASES)


@pytest.mark.parametrize(
    "written",
    ["240", "2023-10-28", "yes", "No", "null", "~", "1e3", "0x1F", "1_000", "3.10", "007", "12:30"],
)
def test_numbers_and_dates_are_the_text_that_was_written(written: str, tmp_path: Path) -> None:
    single = read(tmp_path / "room.yaml", f"- question: What?\n  expect: {written}\n")
    listed = read(tmp_path / "room.yaml", f"- question: What?\n  expect: [{written}]\n")
    assert single == listed
    assert single[0].answers == (written,)


@pytest.mark.parametrize("written", ["abstain", "Abstain", "'abstain'"])
def test_to_abstain_is_the_word_outside_a_list(written: str, tmp_path: Path) -> None:
    (alone,) = read(tmp_path / "room.yaml", f"- question: What?\n  expect: {written}\n")
    assert (alone.answers, alone.kind) == ((), Kind.ABSENT)


def test_the_word_itself_is_expected_in_a_list(tmp_path: Path) -> None:
    (listed,) = read(tmp_path / "room.yaml", "- question: What?\n  expect: [abstain]\n")
    assert (listed.answers, listed.kind) == (("abstain",), Kind.ANSWERABLE)


def test_a_question_may_be_asked_of_two_libraries(tmp_path: Path) -> None:
    case = "- {question: What, expect: this"
    assert len(read(tmp_path / "room.yaml", f"{case}}}\n{case}, library: readers}}\n")) == 2


GOOD = "- question: What?\n  expect: this\n"


@pytest.mark.parametrize(
    ("content", "line", "wrong"),
    [
        # No YAML, or more of it than is read here.
        (GOOD + "- question: What: this\n", 3, "mapping values are not allowed here"),
        (GOOD + "- question: 'What?\n  expect: this\n", 5, "unexpected end of stream"),
        (GOOD + "- question: Why?\n\texpect: this\n", 4, "cannot start any token"),
        (GOOD + "- question: Why?\n  expect: [this\n", 5, "expected ',' or ']'"),
        (GOOD + "- question: \"\\q\"\n", 3, "unknown escape character"),
        (GOOD + '- question: "\\U00110000"\n', 3, "not YAML"),
        (GOOD + '- question: "\\UFFFFFFFF"\n', 3, "not YAML"),
        ("%YAML 1." + "9" * 5_000 + "\n---\n" + GOOD, 1, "not YAML"),
        ("%YAML 2.0\n---\n" + GOOD, 1, "not YAML"),
        (GOOD + "---\n" + GOOD, 3, "another document"),
        (GOOD + "- question: \a\n", 3, "U+0007 can't stand in YAML"),
        ("[" * 100_000, 1, "nested too deeply"),
        ("- " * 100_000, 1, "nested too deeply"),
        (GOOD + "- question: *bold words\n", 3, "begins with &, * or ! goes in quotes"),
        (GOOD + "- question: &bold words\n", 3, "begins with &, * or ! goes in quotes"),
        (GOOD + "- &self\n  - *self\n", 3, "begins with &, * or ! goes in quotes"),
        (GOOD + "- question: !bold words\n", 3, "begins with &, * or ! goes in quotes"),
        (GOOD + "- question: !!int 3\n", 3, "begins with &, * or ! goes in quotes"),
        (GOOD + "- !!python/object/apply:os.getcwd []\n", 3, "begins with &, * or ! goes in"),
        (GOOD.encode() + b"\n- question: caf\xe9\n", 4, "this is not UTF-8"),
        # YAML, but no list of cases.
        ("question: What?\nexpect: this\n", 1, "a list of cases is expected here"),
        ("\n\njust words\n", 3, "a list of cases is expected here"),
        (GOOD + "- just words\n", 3, "a case must be a mapping with question"),
        (GOOD + "-\n" + GOOD, 3, "a case must be a mapping with question"),
        (GOOD + "- [question, expect]\n", 3, "a case must be a mapping with question"),
        # Cases that say too much or too little.
        (GOOD + "- question: Why?\n  expects: this\n", 4,
            'there is no key "expects", perhaps "expect" is meant '
            "(the keys are question, expect, source, library)"),
        (GOOD + "- question: Why?\n  <<: this\n", 4,
            'there is no key "<<" (the keys are question, expect, source, library)'),
        (GOOD + "- question: Why?\n  [a]: this\n", 4, "a key must be a text"),
        (GOOD + "- question: Why?\n  '': this\n", 4, "a key is empty"),
        (GOOD + "- question: Why?\n  expect: this\n  question: Who?\n", 5,
            "the case has question twice"),
        (GOOD + "- {}\n", 3, "the case has no question"),
        (GOOD + "- expect: this\n", 3, "the case has no question"),
        (GOOD + "-\n  question: Why?\n", 4, "the case has no expect"),
        (GOOD + "- question:\n  expect: this\n", 3, "question is empty"),
        (GOOD + "- question: ' '\n  expect: this\n", 3, "question is empty"),
        (GOOD + "- question: [Why]\n  expect: this\n", 3, "question must be a text"),
        (GOOD + '- question: "\\uD800"\n  expect: this\n', 3, "question holds half a character"),
        (GOOD + "- question: Why?\n  expect:\n", 4, "expect is empty"),
        (GOOD + "- question: Why?\n  expect: []\n", 4, "expect is an empty list"),
        (GOOD + "- question: Why?\n  expect: {this: that}\n", 4, "expect must be a text"),
        (GOOD + "- question: Why?\n  expect:\n  - this\n  - ''\n", 6,
            "an answer in expect is empty"),
        (GOOD + "- question: Why?\n  expect:\n  - this\n  - [that]\n", 6,
            "an answer in expect must be a text"),
        (GOOD + "- question: Why?\n  expect: this\n  source:\n", 5, "source is empty"),
        (GOOD + "- question: Why?\n  expect: this\n  source: [a]\n", 5, "source must be a text"),
        (GOOD + "- question: Why?\n  expect: this\n  library: ''\n", 5, "library is empty"),
        (GOOD + "- question: Why?\n  source: a.md\n  expect: abstain\n", 4,
            "a source is named, but an answer that abstains cites none"),
        # Questions that would count twice.
        (GOOD + GOOD, 3, "is asked on line 1 already"),
        (GOOD + "- question: 'What? '\n  expect: that\n", 3, "is asked on line 1 already"),
        (GOOD + "- {question: 'What?', expect: that, library: common}", 3,
            "is asked on line 1 already"),
        ("[{question: a, expect: b}, {question: a, expect: c}]", 1, "is asked on line 1 already"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(
    content: str | bytes, line: int, wrong: str, tmp_path: Path
) -> None:
    sentence = refusal(tmp_path / "room.yaml", content)
    assert sentence.startswith(f", line {line}: ")
    assert wrong in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("content", ["", "# Nothing yet.\n", "[]"])
def test_a_file_of_no_cases_is_refused(content: str, tmp_path: Path) -> None:
    assert refusal(tmp_path / "room.yaml", content) == (
        " holds no cases: write a list of questions and what to expect."
    )


def test_a_file_too_large_to_be_cases_is_refused(tmp_path: Path) -> None:
    content = b"#" * (SIZE_LIMIT + 1)
    assert refusal(tmp_path / "room.yaml", content) == (
        " is larger than 10 MiB: split it into smaller files."
    )


@pytest.mark.parametrize(
    ("name", "why"), [("gone.yaml", "No such file"), ("", "Is a directory"), ("a\0b", "null byte")]
)
def test_a_file_that_cannot_be_read_is_named(name: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match=rf"can't be read: .*{why}") as caught:
        read_cases(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name} ")


def test_many_levels_of_aliases_do_not_blow_up(tmp_path: Path) -> None:
    levels = [f"- &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(20)]
    assert refusal(tmp_path / "room.yaml", "\n".join(["- &a0 ha", *levels])).startswith(", line 1:")


texts = st.text(min_size=1).filter(str.strip)
expected = st.lists(texts, min_size=1) | texts.filter(lambda text: text.casefold() != ABSTAIN)
cases = st.fixed_dictionaries(
    {"question": texts, "expect": expected}, optional={"source": texts, "library": texts}
) | st.fixed_dictionaries(
    {"question": texts, "expect": st.just(ABSTAIN)}, optional={"library": texts}
)


def asked(case: dict[str, Any]) -> tuple[str, str]:
    """Return what no two cases of a file may have alike."""
    return case.get("library", "common"), " ".join(case["question"].split())


def golden(case: dict[str, Any], place: str) -> Golden:
    """Return what a case must be read as."""
    expect = case["expect"]
    answers = () if expect == ABSTAIN else (expect,) if isinstance(expect, str) else tuple(expect)
    return Golden(
        question=case["question"],
        answers=answers,
        source=case.get("source", ""),
        library=case.get("library", "common"),
        kind=Kind.ANSWERABLE if answers else Kind.ABSENT,
        place=place,
    )


@given(
    st.lists(cases, min_size=1, max_size=4, unique_by=asked),
    st.booleans(),
    st.sampled_from([None, False, True]),
)
def test_whatever_yaml_writes_is_read_back_to_the_letter(
    tmp_path_factory: pytest.TempPathFactory,
    written: list[dict[str, Any]],
    sorted_keys: bool,
    flow: bool | None,
) -> None:
    text, expected = "", []
    for case in written:
        expected.append(golden(case, f"written.yaml:{text.count(chr(10)) + 1}"))
        # Case after case, so that it is known where each begins.
        text += f"- {yaml.safe_dump(case, sort_keys=sorted_keys, default_flow_style=flow)}".replace(
            "\n", "\n  "
        ).rstrip(" ")
    assert read(tmp_path_factory.getbasetemp() / "written.yaml", text) == tuple(expected)


@given(st.binary() | st.text().map(str.encode))
def test_whatever_else_stands_in_a_file_it_is_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    assert refusal(tmp_path_factory.getbasetemp() / "anything.yaml", content).endswith(".")


# Pieces of which YAML is made, and which go wrong in more ways than random letters do.
pieces = st.sampled_from(
    "question expect abstain : ? - [ ] { } , & * ! !! | > ' \" \\ # % @ ` --- ... %YAML %TAG << = ~"
    " \\x \\u \\U \\UFFFFFFFF !<".split()
) | st.sampled_from([" ", "  ", "\n", "\n  ", "\n- ", "\t", "question: a\n", "expect: b\n"])


@given(st.lists(pieces | st.characters(codec="utf-8"), max_size=30).map("".join))
def test_yaml_gone_wrong_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    with suppress(FootnoteError):
        read(tmp_path_factory.getbasetemp() / "wrong.yaml", text)


@given(st.integers(0, 200), st.integers(0, 20), st.lists(pieces, max_size=5).map("".join))
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, instead: str
) -> None:
    with suppress(FootnoteError):
        damaged = CASES[:start] + instead + CASES[start + length :]
        read(tmp_path_factory.getbasetemp() / "damaged.yaml", damaged)
