"""Jupyter notebooks: their Markdown, their code, and what it printed; no pictures."""

import json
import re
from collections.abc import Iterator
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError
from retrieval.reading.formats.plain.markdown.markdown import read_markdown

COLOURS = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
ATTACHED = re.compile(r"!\[([^\]\n]{0,300})\]\(attachment:[^)\n]{0,500}\)")
MOST_OUTPUT = 5_000  # characters of one output


def read_notebook(text: str, gathering: Gathering) -> None:
    """Add the cells of a notebook. Raises OtherFormatError for text that is none."""
    try:
        notebook = json.loads(text)
    except ValueError as error:
        raise OtherFormatError from error
    if not isinstance(notebook, dict):
        raise OtherFormatError
    sheets = notebook.get("worksheets")
    held = sheets[0] if isinstance(sheets, list) and sheets else notebook
    cells = held.get("cells") if isinstance(held, dict) else None
    if not isinstance(cells, list):
        raise OtherFormatError
    language = _language(notebook)
    blocks = [block for cell in cells if isinstance(cell, dict) for block in _cell(cell, language)]
    read_markdown("\n\n".join(blocks), gathering)


def _language(notebook: dict[str, Any]) -> str:
    facts = notebook.get("metadata")
    for key, name in (("kernelspec", "language"), ("language_info", "name")):
        found = facts.get(key) if isinstance(facts, dict) else None
        if isinstance(found, dict) and isinstance(found.get(name), str):
            return str(found[name]).lower()
    return "python"


def _cell(cell: dict[str, Any], language: str) -> Iterator[str]:
    source = _joined(cell.get("source", cell.get("input")))
    if cell.get("cell_type") in ("markdown", "heading"):
        level = cell.get("level")
        mark = "#" * level + " " if level in (1, 2, 3, 4, 5, 6) else ""
        yield mark + ATTACHED.sub(r"\1", source)
    elif cell.get("cell_type") == "code":
        yield _fence(source, language)
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else ():
            if isinstance(output, dict):
                yield _fence(COLOURS.sub("", _output(output))[:MOST_OUTPUT], "")


def _output(output: dict[str, Any]) -> str:
    if output.get("output_type") == "error":
        return f"{_joined(output.get('ename'))}: {_joined(output.get('evalue'))}"
    data = output.get("data")
    if isinstance(data, dict):
        return _joined(data.get("text/plain")) if not _is_picture(data) else ""
    return _joined(output.get("text"))


def _is_picture(data: dict[str, Any]) -> bool:
    return any(str(kind).startswith("image/") for kind in data)


def _joined(lines: Any) -> str:
    if isinstance(lines, list):
        return "".join(line for line in lines if isinstance(line, str))
    return lines if isinstance(lines, str) else ""


def _fence(code: str, language: str) -> str:
    longest = max(map(len, re.findall("`{3,}", code)), default=2)
    marks = "`" * (longest + 1)
    return f"{marks}{language}\n{code.rstrip()}\n{marks}" if code.strip() else ""
