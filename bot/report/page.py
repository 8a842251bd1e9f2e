"""Write a report as one HTML file, which its own policy lets load nothing."""

import secrets
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from bot.output.text import printable
from retrieval.errors import FootnoteError

from .charts import make_charts
from .figure_groups import make_groups
from .page_cases import RIGHT, Json, as_script, make_data, summarise
from .report import Report

if TYPE_CHECKING:
    from jinja2 import Template

HERE = Path(__file__).parent


def write_report(path: Path, report: Report) -> None:
    """Write the report as one HTML file, whole or not at all.

    Raises FootnoteError where it can't be written; a file that was there before is then as it was.
    """
    page = make_page(report).encode(errors="replace")  # half a character can't be written
    try:
        _replace(path.resolve(), page)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FootnoteError(f"The report {path} can't be written: {reason}.") from error


def make_page(report: Report) -> str:
    """The HTML of a report."""
    style, script = (_own(name) for name in ("report.css", "report.js"))
    data = make_data(report.evaluation.outcomes)
    page = _template().render(
        report=report,
        made_at=_written(report.made_at),
        summary=summarise(report),
        groups=make_groups(report),
        charts=make_charts(report),
        changed=_changed(report, data),
        cases=data["cases"],
        wrong=[case for case in data["cases"] if case["verdict"] != RIGHT],
        data=as_script(data),
        style=style,
        script=script,
        policy=_policy(style, script),
    )
    return printable(page)


def _template() -> "Template":
    # Imported here: only reports need it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("template.html.j2")


def _own(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Let the browser use this style and this script, and fetch nothing whatever."""
    own = f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _written(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M %Z}".strip()


def _changed(report: Report, data: Json) -> list[tuple[str, list[Json]]]:
    """The cases that changed sides since the earlier run, those that broke first."""
    if report.comparison is None:
        return []
    cases: Iterable[Json] = data["cases"]
    outcomes = report.evaluation.outcomes
    forms = {outcome.golden: form for outcome, form in zip(outcomes, cases, strict=True)}
    sides = ("Broken", report.comparison.broken), ("Mended", report.comparison.mended)
    return [(name, [forms[outcome.golden] for outcome in side]) for name, side in sides]


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
