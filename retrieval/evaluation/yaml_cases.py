"""Golden questions from YAML: a list of cases, each a question and what its answer must hold."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import yaml

from retrieval.errors import FootnoteError
from retrieval.types import COMMON

from .golden_x import Golden, Kind
from .yaml_nodes import QUOTE, MalformedError, read_nodes

KEYS = ("question", "expect", "source", "library")
ABSTAIN = "abstain"


def read_cases(path: Path, library: str = COMMON) -> tuple[Golden, ...]:
    """The cases of a YAML file, each with the file's name and its own first line as its place.

    A case has `question`; `expect`, a text, or a list of texts of which any one is right, or the
    word `abstain` outside a list; and, where wanted, `source` and `library`, without which it is
    asked of the one given. All are read as they are written: 2023-10-28 is a text. Raises
    FootnoteError, with file and line, where that is not what the file holds, or where it asks the
    same of a library twice.
    """
    try:
        nodes = _nodes(read_nodes(path))
        cases = tuple(_case(node, path.name, library) for node in nodes)
        _refuse_repeated(cases, nodes)
    except MalformedError as wrong:
        raise FootnoteError(f"{path}, line {wrong.line + 1}: {wrong}.") from wrong
    if not cases:
        raise FootnoteError(f"{path} holds no cases: write a list of questions and what to expect.")
    return cases


def _nodes(root: yaml.Node | None) -> Sequence[yaml.Node]:
    if root is not None and not isinstance(root, yaml.SequenceNode):
        wrong = "a list of cases is expected here, each with a dash in front"
        raise MalformedError(root.start_mark.line, wrong)
    return () if root is None else tuple(root.value)


def _case(node: yaml.Node, file: str, library: str) -> Golden:
    fields = _fields(node)
    for key in ("question", "expect"):
        if key not in fields:
            raise MalformedError(node.start_mark.line, f"the case has no {key}")
    answers = _answers(fields["expect"])
    if "source" in fields and not answers:
        line = fields["source"].start_mark.line
        raise MalformedError(line, "a source is named, but an answer that abstains cites none")
    return Golden(
        question=_text(fields["question"], "question"),
        answers=answers,
        source=_text(fields["source"], "source") if "source" in fields else "",
        library=_text(fields["library"], "library") if "library" in fields else library,
        kind=Kind.ANSWERABLE if answers else Kind.ABSENT,
        place=f"{file}:{node.start_mark.line + 1}",
    )


def _fields(case: yaml.Node) -> dict[str, yaml.Node]:
    if not isinstance(case, yaml.MappingNode):
        raise MalformedError(
            case.start_mark.line, "a case must be a mapping with question and expect"
        )
    fields: dict[str, yaml.Node] = {}
    for node, value in case.value:
        key = _text(node, "a key")
        if key not in KEYS:
            raise MalformedError(node.start_mark.line, _unknown(key))
        if key in fields:
            raise MalformedError(node.start_mark.line, f"the case has {key} twice")
        fields[key] = value
    return fields


def _unknown(key: str) -> str:
    shown = " ".join(key.split())[:40]
    close = get_close_matches(shown, KEYS, n=1)
    instead = f', perhaps "{close[0]}" is meant' if close else ""
    return f'there is no key "{shown}"{instead} (the keys are {", ".join(KEYS)})'


def _answers(node: yaml.Node) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode):
        text = _text(node, "expect")
        return () if text.casefold() == ABSTAIN else (text,)
    if not node.value:
        wrong = f"expect is an empty list; name an answer, or write {ABSTAIN}"
        raise MalformedError(node.start_mark.line, wrong)
    return tuple(_text(answer, "an answer in expect") for answer in node.value)


def _text(node: yaml.Node, name: str) -> str:
    wrong = ""
    if not isinstance(node, yaml.ScalarNode):
        wrong = f"must be a text ({QUOTE})"
    elif not node.value.strip():
        wrong = "is empty"
    elif node.value.encode(errors="replace").decode() != node.value:
        wrong = "holds half a character"
    if wrong:
        raise MalformedError(node.start_mark.line, f"{name} {wrong}")
    return str(node.value)


def _refuse_repeated(cases: Sequence[Golden], nodes: Sequence[yaml.Node]) -> None:
    first: dict[tuple[str, str], int] = {}
    for golden, node in zip(cases, nodes, strict=True):
        asked = golden.library, " ".join(golden.question.split())
        if asked in first:
            wrong = f"this question is asked on line {first[asked] + 1} already"
            raise MalformedError(node.start_mark.line, wrong)
        first[asked] = node.start_mark.line
