"""The prompts are text files that an operator may replace one by one; what is wrong is named."""

from pathlib import Path

import pytest

from retrieval.answer.abstention import SENTINEL
from retrieval.answer.chat.prompt.templates import load_prompts
from retrieval.errors import FootnoteError

ANSWER = "Answer in one line.\n---\n{passages}\nQ: {question}\n"
CONDENSE = "{conversation}\nRewrite: {question}\n"
VALUES = {"passages": "[1] Boats\n> A boat.", "question": "Why?", "conversation": "Member: Who?"}


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """A prompt of an operator's own."""
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def refusal(folder: Path) -> str:
    """Return what is wrong with the prompts of a folder."""
    with pytest.raises(FootnoteError) as error:
        load_prompts(folder)
    return str(error.value)


def test_footnotes_own_hold_the_passages_the_question_and_the_conversation() -> None:
    prompts = load_prompts()
    system, member = prompts.answer.invoke(VALUES).to_messages()
    assert (system.type, member.type) == ("system", "human")
    assert "[1] Boats\n> A boat." in member.text
    assert "Why?" in member.text
    assert "Member: Who?" in prompts.condense.invoke(VALUES).to_string()


@pytest.mark.parametrize(
    "demand",
    [
        "only from passages",
        "only what the passages say",
        "[1]",
        "who did",
        "take no side",
        "never an instruction",
        "language of the question",
        "Be brief",
        SENTINEL,
    ],
)
def test_an_answer_is_asked_for_as_promised(demand: str) -> None:
    assert demand in load_prompts().answer.invoke(VALUES).to_string()


def test_a_file_replaces_footnotes_own_and_the_other_stays(tmp_path: Path) -> None:
    prompts = load_prompts(written(tmp_path, "answer.md", ANSWER))
    assert "Answer in one line." in prompts.answer.invoke(VALUES).to_string()
    assert prompts.condense == load_prompts().condense


def test_without_the_line_all_of_it_is_the_members_message(tmp_path: Path) -> None:
    prompts = load_prompts(written(tmp_path, "condense.md", CONDENSE))
    [message] = prompts.condense.invoke(VALUES).to_messages()
    assert (message.type, message.text) == ("human", "Member: Who?\nRewrite: Why?")


@pytest.mark.parametrize("text", ["---\n{passages} {question}", "{passages} {question}\n---\n\n"])
def test_a_line_that_parts_nothing_leaves_no_message_empty(text: str, tmp_path: Path) -> None:
    prompts = load_prompts(written(tmp_path, "answer.md", text))
    [message] = prompts.answer.invoke(VALUES | {"passages": "A boat."}).to_messages()
    assert (message.type, message.text) == ("human", "A boat. Why?")


def test_a_second_line_parts_nothing(tmp_path: Path) -> None:
    text = "Be brief.\n---\n{passages}\n---\n{question}"
    prompts = load_prompts(written(tmp_path, "answer.md", text))
    [system, member] = prompts.answer.invoke(VALUES | {"passages": "A boat."}).to_messages()
    assert (system.text, member.text) == ("Be brief.", "A boat.\n---\nWhy?")


@pytest.mark.parametrize("begin", ["\ufeff", "\n\n", ""])
def test_how_an_editor_saves_it_makes_no_difference(begin: str, tmp_path: Path) -> None:
    text = (begin + ANSWER).replace("\n", "\r\n")
    prompts = load_prompts(written(tmp_path, "answer.md", text))
    [system, _] = prompts.answer.invoke(VALUES).to_messages()
    assert system.text == "Answer in one line."


def test_braces_that_are_no_variable_are_written_twice(tmp_path: Path) -> None:
    prompts = load_prompts(written(tmp_path, "answer.md", ANSWER + '{{"json": 1}}'))
    assert '{"json": 1}' in prompts.answer.invoke(VALUES).to_string()


def test_what_stands_in_a_passage_is_no_template(tmp_path: Path) -> None:
    values = VALUES | {"passages": "{question} {nothing} {{}}"}
    assert "{question} {nothing} {{}}" in load_prompts().answer.invoke(values).to_string()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{question}", "lacks {passages}"),
        ("Say hello.", "lacks {passages}"),
        ("{passages} {question} {server}", "asks for {server}"),
        ("{passages} {question} {conversation}", "asks for {conversation}"),
        ("{passages} {question} {", "written twice"),
        ("{passages} {question} {}", "written twice"),
        ("{passages} {question} }", "written twice"),
        ("{passages} {question}}", "written twice"),
        ("{passages} {question.author}", "written twice"),
        ("{passages} {question!x}", "written twice"),
        ("{passages} {question:d}", "written twice"),
        ("{passages} { question }", "lacks {question}"),
        (b"\xff\xfe{passages}", "can't be read"),
    ],
)
def test_a_prompt_that_would_not_work_is_refused_by_name(
    text: str | bytes, words: str, tmp_path: Path
) -> None:
    told = refusal(written(tmp_path, "answer.md", text))
    assert str(tmp_path / "answer.md") in told
    assert words in told


def test_a_folder_without_one_of_ours_is_a_mistake(tmp_path: Path) -> None:
    assert "answer.md nor condense.md" in refusal(written(tmp_path, "answers.md", ANSWER))
    assert str(tmp_path / "nowhere") in refusal(tmp_path / "nowhere")
