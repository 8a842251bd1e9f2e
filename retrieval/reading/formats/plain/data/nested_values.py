"""Values within values → a gathering: settings under headings, records as paragraphs.

A record reads "key: value · key: value"; one that asks and answers reads as question and answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.tables import BETWEEN_CELLS

BETWEEN_KEYS = " › "
DEEPEST_PATH = 6  # keys; the innermost say most
DEEPEST_HEADING = 4
MOST_VALUES = 1_000_000
LONG, MANY = 60, 12  # characters of a value, and values, that make a list of lines
QUESTIONS = frozenset(("question", "q", "ask", "frage", "pregunta"))
ANSWERS = frozenset(("answer", "a", "reply", "antwort", "respuesta"))

Path = tuple[str, ...]
Comments = Mapping[Path, str]


@dataclass(slots=True)
class Settings:
    """Writes values, with the comments that stand at them, by their paths."""

    gathering: Gathering
    comments: Comments = field(default_factory=dict)
    left: int = MOST_VALUES

    def write(self, value: Any, path: Path = ()) -> None:
        """Write a mapping or a list: what is set first, then what has a heading of its own."""
        self._spend()
        if isinstance(value, Mapping):
            self._mapping(value, path)
        elif isinstance(value, list):
            self._list(value, path)
        else:
            self._setting(path, _said(value))

    def _mapping(self, values: Mapping[str, Any], path: Path) -> None:
        if (asked := as_question(values)) is not None:
            self.gathering.add_text(asked)
            return
        later = []
        for key, value in values.items():
            if _is_plain(value):
                self._setting((*path, key), _listed(value))
            else:
                later.append((key, value))
        for key, value in later:
            self._nested((*path, _key(key)), value)

    def _nested(self, path: Path, value: Any) -> None:
        if len(path) <= DEEPEST_HEADING:
            self.gathering.add_text(path[-1], len(path))
            self.gathering.add_text(self.comments.get(path, ""))
            self.write(value, path)
        else:
            self._record(value, path[DEEPEST_HEADING - 1 :])

    def _list(self, values: list[Any], path: Path) -> None:
        lines = [f"- {_said(value)}" for value in values if _is_single(value) and _said(value)]
        self.gathering.add_text("\n".join(lines))
        for value in values:
            if not _is_single(value):
                self._record(value, ())

    def _setting(self, path: Path, said: str) -> None:
        if not said:
            return
        key = _key(path[-1]) if path else ""
        mark = " " if key.endswith("?") else ": "
        comment = " ".join(self.comments.get(path, "").split())
        named = f"{key}{mark}{said}" if key else said
        self.gathering.add_text(BETWEEN_CELLS.join(filter(None, (named, comment))))

    def _record(self, value: Any, path: Path) -> None:
        """A record: its own values on a line, and a line for every record in it."""
        if isinstance(value, Mapping) and (asked := as_question(value)) is not None:
            self.gathering.add_text(asked)
            return
        lines: list[str] = []
        cells: list[str] = []
        for steps, leaf, opens in self._leaves(value, path):
            if opens and cells:
                lines.append(BETWEEN_CELLS.join(cells))
                cells = []
            if said := " ".join(_listed(leaf).split()):
                keys = BETWEEN_KEYS.join(steps[-DEEPEST_PATH:])
                cells.append(f"{keys}: {said}" if keys else said)
        lines.append(BETWEEN_CELLS.join(cells))
        self.gathering.add_text("\n".join(filter(None, lines)))

    def _leaves(self, value: Any, path: Path) -> Iterator[tuple[Path, Any, bool]]:
        """The values that hold no others, in order; whether each is the first of a record.

        Without recursion, so that any depth will do.
        """
        todo: list[tuple[Path, Any, bool]] = [(path, value, False)]
        while todo:
            path, value, opens = todo.pop()
            self._spend()
            if _is_plain(value):
                yield path, value, opens
            elif isinstance(value, Mapping):
                # What belongs to the record itself stands before the records within it.
                ordered = sorted(value.items(), key=lambda item: not _is_plain(item[1]))
                inside = [((*path, _key(key)), each, False) for key, each in ordered]
                inside[:1] = [(*each[:2], opens) for each in inside[:1]]
                todo.extend(reversed(inside))
            else:
                todo.extend((path, each, True) for each in reversed(value))

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise UnreadableError("holds more than a million values. Split it into smaller files.")


def as_question(values: Mapping[str, Any]) -> str | None:
    """A record that asks and answers, as "question? answer"; None for any other."""
    keys = {str(key).strip().lower(): key for key in values}
    asks = next((keys[key] for key in keys if key in QUESTIONS), None)
    answers = next((keys[key] for key in keys if key in ANSWERS), None)
    if asks is None or answers is None:
        return None
    question, answer = values[asks], values[answers]
    if not _is_single(question) or not _is_plain(answer) or not _said(question):
        return None
    others = (
        f"{_key(key)}: {said}"
        for key, value in values.items()
        if key not in (asks, answers) and _is_plain(value) and (said := _listed(value))
    )
    asked = f"{_said(question)}\n{_listed(answer)}"
    return "\n".join(filter(None, (asked.strip(), BETWEEN_CELLS.join(others))))


def _key(key: object) -> str:
    return " ".join(str(key).split())


def _is_single(value: object) -> bool:
    return not isinstance(value, Mapping | list)


def _is_plain(value: object) -> bool:
    """Return whether a value is a single one, or a short list of such."""
    if isinstance(value, list):
        short = len(value) <= MANY and all(_is_single(each) for each in value)
        return short and all(len(_said(each)) <= LONG for each in value)
    return not isinstance(value, Mapping)


def _listed(value: Any) -> str:
    return ", ".join(filter(None, map(_said, value))) if isinstance(value, list) else _said(value)


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip()
