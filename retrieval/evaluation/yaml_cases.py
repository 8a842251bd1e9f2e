"""Read golden questions from YAML: a list of cases, each a question and what to expect.

The YAML is taken as it is written: nodes with their lines, no value resolved, no object built.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import yaml

from retrieval.errors import FootnoteError
from retrieval.types import COMMON

from .golden import Golden, Kind

KEYS = ("question", "expect", "source", "library")
ABSTAIN = "abstain"
SIZE_LIMIT = 10 * 1024 * 1024  # A list of a hundred thousand questions is smaller.
DEPTH_LIMIT = 8  # A text in a list in a case in the list of cases stands four deep.
QUOTE = "a text with signs such as : # ? in it goes in quotes"


class MalformedError(Exception):
    """A fault in a file, and its line, counted from 0 as YAML's marks do."""

    def __init__(self, line: int, wrong: str) -> None:
        super().__init__(wrong)
        self.line = line


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


class _Loader(yaml.BaseLoader):
    """Composes nodes whose scalars are the texts that were written, and builds no objects.

    Aliases can make a small file grow without end, and tags can ask for any object. Both are
    refused: where they stand, most often a text should have been quoted.
    """

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            wrong = "anchors, aliases and tags are not read; a text that begins with &, * or ! goes"
            raise MalformedError(line, f"{wrong} in quotes")
        if self.depth == DEPTH_LIMIT:
            raise MalformedError(line, "lists and mappings are nested too deeply")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_nodes(path: Path) -> yaml.Node | None:
    """The root node of a YAML file, None where it is empty.

    Raises FootnoteError where the file can't be read, MalformedError where it is not YAML.
    """
    return _compose(_read(path))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FootnoteError(f"{path} can't be read: {reason}.") from error
    if len(data) > SIZE_LIMIT:
        limit = SIZE_LIMIT // 1024 // 1024
        raise FootnoteError(f"{path} is larger than {limit} MiB: split it into smaller files.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start)
        raise MalformedError(line, "this is not UTF-8; save the file in that encoding") from error


def _compose(text: str) -> yaml.Node | None:
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        raise MalformedError(line, f"U+{error.character:04X} can't stand in YAML") from error
    try:
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark or loader.get_mark()).line
        problem = ", ".join(filter(None, [error.context, error.problem]))
        raise MalformedError(line, f"this is not YAML: {problem} ({QUOTE})") from error
    # From escapes and versions with numbers that are too large for Python's own functions.
    except (ValueError, OverflowError) as error:
        raise MalformedError(loader.line, f"this is not YAML: {error}") from error
