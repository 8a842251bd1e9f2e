"""YAML and TOML: settings with the comments that explain them, and records."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError, UnreadableError

from .nested_values import Path, Settings
from .openapi import is_openapi, write_openapi

MOST_NODES = 300_000
EMPTY = frozenset(("", "~", "null", "Null", "NULL"))
COMMENT = re.compile(r"^\s*#+[ \t]?(.*?)[ \t#]*$")
TRAILING = re.compile(r"^\s+#+\s*(.*?)\s*$")
# A setting that was taken out of force is no explanation.
DISABLED = re.compile(r"^[ \t-]*[\w.\"'-]+\s*(?:=|:(?:\s|$)).{0,80}$|^\[.*\]$")
SENTENCE = re.compile(r"\w+ \w+ \w+")
TABLE = re.compile(r"^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#\s*(.*?)\s*)?$")
KEY = re.compile(
    r"""^\s*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)\s*="""
)
STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


def read_yaml(text: str, gathering: Gathering) -> None:
    """Add what some YAML sets. Raises OtherFormatError for text that is none."""
    import yaml

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        documents = list(yaml.compose_all(text, loader))
    except (yaml.YAMLError, ValueError) as error:
        raise OtherFormatError from error
    lines = text.split("\n")
    read = [_Yaml(lines) for _ in documents]
    values = [each.value(node, ()) for each, node in zip(read, documents, strict=True)]
    if not any(isinstance(value, dict | list) for value in values):
        raise OtherFormatError
    for each, value in zip(read, values, strict=True):
        _write(value, each.comments, gathering)


def read_toml(text: str, gathering: Gathering) -> None:
    """Add what some TOML sets. Raises OtherFormatError for text that is none."""
    try:
        values = tomllib.loads(text.replace("\r\n", "\n"), parse_float=str)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise OtherFormatError from error
    _write(values, _toml_comments(text.split("\n")), gathering)


def _write(value: Any, comments: Mapping[Path, str], gathering: Gathering) -> None:
    if isinstance(value, dict) and is_openapi(value):
        write_openapi(value, gathering)
        return
    if isinstance(value, dict) and isinstance(value.get("title"), str):
        gathering.title = gathering.title or value["title"]
    gathering.add_text(comments.get((), ""))
    Settings(gathering, comments).write(value)


class _Yaml:
    """Turns YAML's nodes into values, and finds the comments at them."""

    def __init__(self, lines: list[str]) -> None:
        self.comments: dict[Path, str] = {}
        self._lines = lines
        self._left = MOST_NODES

    def value(self, node: Any, path: Path) -> Any:
        """The value of a node. Aliases count each time: they may stand for gigabytes."""
        self._left -= 1
        if self._left < 0:
            raise UnreadableError("holds too many values. Split it into smaller files.")
        if node is None or node.id == "scalar":
            return (
                "" if node is None or (node.style is None and node.value in EMPTY) else node.value
            )
        if node.id == "sequence":
            return [self.value(each, (*path, "-")) for each in node.value]
        return {
            key: value for name, held in node.value for key, value in self._pair(name, held, path)
        }

    def _pair(self, name: Any, held: Any, path: Path) -> list[tuple[str, Any]]:
        key = str(name.value) if name.id == "scalar" else "?"
        value = self.value(held, (*path, key))
        if key == "<<" and isinstance(value, dict):
            return list(value.items())
        comment = self._comment(name, held)
        if comment:
            self.comments[(*path, key)] = comment
        return [(key, value)]

    def _comment(self, name: Any, held: Any) -> str:
        above = _above(self._lines, name.start_mark.line)
        end = held.end_mark if held.id == "scalar" else name.end_mark
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        trailing = TRAILING.match(rest.removeprefix(":"))
        return " ".join(filter(None, (above, trailing[1] if trailing else "")))


def _above(lines: list[str], at: int) -> str:
    """The comment that ends on the line above a line."""
    found: list[str] = []
    while at > 0 and (comment := COMMENT.match(lines[at - 1])):
        at -= 1
        found.append(comment[1].strip())
    kept = (said for said in reversed(found) if said and not _is_disabled(said))
    return " ".join(kept)


def _is_disabled(said: str) -> bool:
    name = re.split("[:=]", said, maxsplit=1)[0]
    return bool(DISABLED.match(said)) and len(name.split()) == 1


def _toml_comments(lines: list[str]) -> dict[Path, str]:
    """The comments of TOML's tables and keys, by their paths."""
    found: dict[Path, str] = {}
    table: Path = ()
    inside = ""  # the quotation marks that a text of several lines ends with
    for at, line in enumerate(lines):
        opened = inside
        for marks in ('"""', "'''"):
            if line.count(marks) % 2 and inside in ("", marks):
                inside = "" if inside else marks
        if opened:
            continue
        if head := TABLE.match(line):
            table = _path(head[1])
            path, trailing = table, head[2] or ""
        elif key := KEY.match(line):
            path = (*table, *_path(key[1]))
            trailing = STRINGS.sub("", line).partition("#")[2].strip()
        else:
            continue
        if comment := " ".join(filter(None, (_above(lines, at), trailing))):
            found[path] = comment
    return found


def _path(name: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
