"""A terminal shows a document with its particulars."""

from io import StringIO

from bot.output.document_list import show_document
from bot.output.terminal import make_console
from tests.bot.output.test_answers import INFO


def test_a_shown_document_has_its_particulars_and_its_text_whole() -> None:
    stream = StringIO()
    show_document(make_console(stream), INFO, "One.\n\n  Two.\n")
    particulars, _, text = stream.getvalue().partition("\n\n")
    assert text == "One.\n\n  Two.\n\n"
    assert "4,711 bytes, 2 passages" in particulars
    assert "2026-11-23T10:00:00Z by cli" in particulars
