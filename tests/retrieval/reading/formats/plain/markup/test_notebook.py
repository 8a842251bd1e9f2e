"""Jupyter notebooks: Markdown, code and printed output, and no pictures."""

import json

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, text_of

CELLS = [
    {"cell_type": "markdown", "source": ["# Boats\n", "\n", "They cost *twenty*."]},
    {
        "cell_type": "code",
        "source": "cost()",
        "outputs": [
            {"output_type": "stream", "text": ["\x1b[31m20\x1b[0m\n"]},
            {"output_type": "display_data", "data": {"image/png": "iVBOR", "text/plain": "<F>"}},
            {"output_type": "execute_result", "data": {"text/plain": ["21"]}},
        ],
    },
    {"cell_type": "raw", "source": "raw"},
    7,
]


def test_cells_come_in_their_order_without_pictures(parsers: Parsers) -> None:
    notebook = {"cells": CELLS, "metadata": {"kernelspec": {"language": "Python"}}}
    content = parsers.read(json.dumps(notebook).encode(), "a.ipynb")
    assert (content.kind, content.title) == ("notebook", "Boats")
    assert headings_of(content) == [(1, "Boats")]
    assert text_of(content) == (
        "Boats\n\nThey cost twenty.\n\n```python\ncost()\n```\n\n```\n20\n```\n\n```\n21\n```"
    )


@pytest.mark.parametrize("broken", ["{", "[]", '{"cells": 3}', '{"worksheets": [3]}'])
def test_what_is_no_notebook_is_text(parsers: Parsers, broken: str) -> None:
    content = parsers.read(broken.encode(), "a.ipynb")
    assert content.kind in ("text", "json")
