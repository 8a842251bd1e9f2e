"""YAML as it is written: nodes with their lines, no value resolved and no object built."""

from pathlib import Path

import yaml

from retrieval.errors import FootnoteError

SIZE_LIMIT = 10 * 1024 * 1024  # A list of a hundred thousand questions is smaller.
DEPTH_LIMIT = 8  # A text in a list in a case in the list of cases stands four deep.
QUOTE = "a text with signs such as : # ? in it goes in quotes"


class MalformedError(Exception):
    """What is wrong, and on which line, counted from 0 as YAML's marks do."""

    def __init__(self, line: int, wrong: str) -> None:
        super().__init__(wrong)
        self.line = line


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
