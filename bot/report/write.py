"""The report of an evaluation: one HTML file that holds all it shows and loads nothing."""

import secrets
from pathlib import Path

from retrieval.errors import FootnoteError

from .report import Report

__all__ = ["Report", "write_report"]


def write_report(path: Path, report: Report) -> None:
    """Writes the report as one HTML file, whole or not at all.

    Raises FootnoteError where it can't be written; a file that was there before is then as it was.
    """
    # Imported here: drawing takes a second to load.
    from .page import make_page

    page = make_page(report).encode(errors="replace")  # half a character can't be written
    try:
        _replace(path.resolve(), page)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FootnoteError(f"The report {path} can't be written: {reason}.") from error


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and not path.is_file():
        raise ValueError("it is not a file")  # a device, or a folder, is not to be replaced by one
    # Beside the old file, so that the swap is one step on one disk.
    new = path.with_name(f".report-{secrets.token_hex(8)}.tmp")
    try:
        new.write_bytes(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
