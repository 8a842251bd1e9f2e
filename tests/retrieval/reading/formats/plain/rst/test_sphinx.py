"""Sphinx's reStructuredText: what its pages show is read, and nothing is dropped in silence."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, text_of


def read(parsers: Parsers, text: str) -> str:
    content = parsers.read(text.encode(), "a.rst")
    assert content.kind == "rst"
    return text_of(content)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (":attr:`Boat.oars`", "Boat.oars"),
        (":class:`~boats.Eight`", "Eight"),
        (":py:func:`!row`", "row()"),
        (":ref:`the fees <fees>`", "the fees"),
        (":ref:`fees`", "What it costs"),
        (":doc:`/guide/landing`", "landing"),
        (":guilabel:`&Save`", "Save"),
        (":menuselection:`File --> &Save`", "File ‣ Save"),
        (":file:`/srv/{name}`", "/srv/name"),
        (":strike:`nine`", ""),
        ("10\\ :sup:`6`", "10⁶"),
        ("|club|", "Rowing club"),
        ("`here <https://example.org>`_", "here"),
        ("[#one]_", ""),
        ("[Lee24]_", "[Lee24]"),
    ],
)
def test_a_role_reads_as_its_words(parsers: Parsers, written: str, shown: str) -> None:
    text = read(
        parsers,
        f"Begin {written} end.\n\n.. |club| replace:: Rowing club\n\n.. [#one] A note.\n\n"
        ".. [Lee24] A book.\n\n.. _fees:\n\nWhat it costs\n-------------\n\nNothing.\n",
    )
    assert f"Begin {shown} end.".replace("  ", " ") in text
    assert "A note." in text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (".. versionadded:: 1.2\n   Oars.", "Added in version 1.2: Oars."),
        (".. versionchanged:: 1.3\n\n   Oars.", "Changed in version 1.3: Oars."),
        (".. deprecated:: 2.0", "Deprecated since version 2.0."),
        (".. admonition:: Mind\n\n   The step.", "Mind:\n\nThe step."),
        (".. only:: html\n\n   On the web.", "On the web."),
        (".. seealso:: The pier.", "The pier."),
        (".. note::\n   :collapsible:\n\n   Low tide.", "Low tide."),
        (".. py:function:: row(oars)\n\n   Moves.", "row(oars): Moves."),
        (
            ".. class:: Boat(oars)\n\n   Floats.\n\n   .. method:: row()\n\n      Moves.",
            "Boat(oars): Floats.\n\nrow(): Moves.",
        ),
        (".. class:: lead dry\n\n   Low tide.", "Low tide."),
        (".. confval:: TIDE\n   :default: low\n\n   Its state.", "TIDE: Default: low"),
        (".. tab-item:: Linux\n\n   Use apt.", "Linux:\n\nUse apt."),
        (".. never-heard-of:: Low tide\n   :x: 1\n\n   Stay away.", "Low tide:\n\nStay away."),
        (
            ".. glossary::\n\n   oar\n   blade\n      A lever.\n\n   cox\n      Steers.",
            "oar, blade: A lever.\n\ncox: Steers.",
        ),
        (
            ".. code-block:: bash\n   :linenos:\n   :caption: Setup\n\n   make\n\n   run",
            "Setup:\n\n```bash\nmake\n\nrun\n```",
        ),
        (":param oars: how many", "oars: how many"),
        ("boat\n   A hull.", "boat: A hull."),
        ("3. Push\n4. Jump", "3. Push\n4. Jump"),
    ],
)
def test_a_directive_keeps_what_its_page_shows(parsers: Parsers, written: str, shown: str) -> None:
    text = read(parsers, f"Before.\n\n{written}\n\nAfter.\n")
    assert text == f"Before.\n\n{shown}\n\nAfter." or shown in text
    assert "::" not in text
    assert text.endswith("After.")


@pytest.mark.parametrize(
    "written",
    [
        ".. toctree::\n   :maxdepth: 2\n\n   secret",
        ".. include:: secret.rst",
        ".. currentmodule:: secret",
        ".. highlight:: secret",
        ".. contents:: Secret",
        ".. secret remark",
    ],
)
def test_what_is_for_the_builder_alone_is_out_of_sight(parsers: Parsers, written: str) -> None:
    text = read(parsers, f":orphan:\n\nBefore.\n\n{written}\n\nAfter.\n")
    assert text == "Before.\n\nAfter."


@pytest.mark.parametrize(
    "table",
    [
        ".. list-table:: Fees\n   :header-rows: 1\n\n   * - Who\n     - Fee\n"
        "   * - Junior\n     - 20\n   * - Senior\n     - 40\n",
        '.. csv-table::\n   :header: "Who", "Fee"\n\n   "Junior", 20\n   "Senior", 40\n',
        "======  ===\nWho     Fee\n======  ===\nJunior  20\nSenior  40\n======  ===\n",
        "+--------+-----+\n| Who    | Fee |\n+========+=====+\n| Junior | 20  |\n"
        "+--------+-----+\n| Senior | 40  |\n+--------+-----+\n",
    ],
)
def test_a_row_of_any_table_says_what_its_columns_are(parsers: Parsers, table: str) -> None:
    text = read(parsers, table)
    assert "Who: Junior · Fee: 20\n\nWho: Senior · Fee: 40" in text


def test_a_merged_cell_counts_for_every_row_that_it_spans(parsers: Parsers) -> None:
    text = read(
        parsers,
        "+-----+------+\n| Day | Time |\n+=====+======+\n| Mon | nine |\n|     +------+\n"
        "|     | ten  |\n+-----+------+\n",
    )
    assert text == "Day: Mon · Time: nine\n\nDay: Mon · Time: ten"


def test_sections_in_a_directive_are_headings(parsers: Parsers) -> None:
    text = "Top\n===\n\nPart\n----\n\nTea.\n\n.. only:: html\n\n   Inner\n   ~~~~~\n\n   Milk.\n"
    content = parsers.read(text.encode(), "a.rst")
    assert text_of(content) == "Top\n\nPart\n\nTea.\n\nInner\n\nMilk."
    assert "Inner" in [title for _, title in headings_of(content)]
