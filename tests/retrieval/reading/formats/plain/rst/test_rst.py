"""reStructuredText: its words without its marks, and nothing from other files."""

from pathlib import Path

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import assert_headings_stand_where_they_say, headings_of, text_of
from tests.support.formats.specimens import AUTHOR, DATE, RST, SENTENCE, TITLE


def read(parsers: Parsers, text: str) -> str:
    content = parsers.read(text.encode(), "a.rst")
    assert content.kind == "rst"
    return text_of(content)


def test_headings_stand_where_they_say_with_their_levels(parsers: Parsers) -> None:
    content = parsers.read(RST.encode(), "handbook.rst")
    headings = headings_of(content)
    assert [title for _, title in headings if title != TITLE] == ["Leave", "Parental leave", "Pay"]
    levels = {title: level for level, title in headings}
    assert levels["Leave"] == levels["Pay"] == levels["Parental leave"] - 1
    assert_headings_stand_where_they_say(content)


def test_a_document_says_its_title_its_author_and_its_day(parsers: Parsers) -> None:
    content = parsers.read(RST.encode(), "handbook.rst")
    assert (content.title, content.author, content.date) == (TITLE, AUTHOR, DATE)


def test_text_comes_without_its_marks(parsers: Parsers) -> None:
    text = read(parsers, RST)
    assert "Ask early." in text
    assert "Pay comes monthly." in text
    assert "- In writing" in text
    assert "~~~" not in text


def test_code_tables_and_notes_are_kept(parsers: Parsers) -> None:
    text = read(
        parsers,
        "Text::\n\n  if tea:\n    drink()\n\n.. note:: Mind the gap.\n\n"
        "=====  =====\nWho    Weeks\n=====  =====\nAnn    20\n=====  =====\n",
    )
    assert "if tea:\n  drink()" in text
    assert "Mind the gap." in text
    assert all(word in text for word in ("Who", "Weeks", "Ann", "20"))


def test_no_other_file_is_read_and_nothing_is_run(parsers: Parsers, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The secret word.")
    secret = tmp_path / "secret.txt"
    text = read(
        parsers,
        f"{SENTENCE}\n\n.. include:: {secret}\n\n.. raw:: html\n   :file: {secret}\n\n"
        f".. csv-table::\n   :file: {secret}\n\n.. literalinclude:: {secret}\n",
    )
    assert SENTENCE in text
    assert "secret word" not in text


def test_roles_and_directives_of_other_tools_cost_only_themselves(parsers: Parsers) -> None:
    text = read(parsers, f"See :ref:`tea <brewing>`.\n\n.. toctree::\n\n   a\n\n{SENTENCE}\n")
    assert "tea" in text
    assert SENTENCE in text
    assert "Unknown" not in text


def test_a_very_long_line_is_read_as_plain_text(parsers: Parsers) -> None:
    content = parsers.read(b"*a " * 100_000, "a.rst")
    assert content.kind == "text"
    assert len(text_of(content)) >= 299_999


def test_a_header_whose_field_docutils_trips_over_costs_only_itself(parsers: Parsers) -> None:
    text = read(parsers, "Hall\n====\n\n:Author: Ann Lee\n:Date: ~~~~~~~\n\nOpen at ten.\n")
    assert text.startswith("Hall")
    assert text.endswith("Open at ten.")
