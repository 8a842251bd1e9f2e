"""A terminal shows a document with its particulars."""

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

from bot.output.document_list import show_document, show_documents
from bot.output.terminal import make_console
from tests.bot.output.test_answers import INFO


def test_a_list_says_how_old_each_document_is_and_its_own_date() -> None:
    stream, now = StringIO(), datetime(2026, 11, 26, 12, tzinfo=UTC)
    show_documents(make_console(stream), [INFO, replace(INFO, date="2024-03-01")], now)
    head, plain, own = stream.getvalue().splitlines()
    assert head.split() == ["id", "title", "passages", "added", "source"]
    assert "2026-11-23, 3 days ago " in plain
    assert "2026-11-23, 3 days ago, of 2024-03-01 " in own


def test_a_shown_document_has_its_particulars_and_its_text_whole() -> None:
    stream = StringIO()
    show_document(make_console(stream), INFO, "One.\n\n  Two.\n")
    particulars, _, text = stream.getvalue().partition("\n\n")
    assert text == "One.\n\n  Two.\n\n"
    assert "4,711 bytes, 2 passages" in particulars
    assert "2026-11-23T10:00:00Z by cli" in particulars
