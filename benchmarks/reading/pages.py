r"""Measure the reading of web pages beside a browser: python -m benchmarks.reading.pages TOOLS

Builds the pages in `sites/` with real generators, and compares the words that headless Chromium
shows of each with those that Footnote stores. TOOLS is a folder with them:

    python3 -m venv TOOLS/venv
    TOOLS/venv/bin/pip install mkdocs-material sphinx furo sphinx-rtd-theme sphinx-design \
        sphinx-copybutton myst-parser
    npm install --prefix TOOLS/docusaurus @docusaurus/core @docusaurus/preset-classic \
        react react-dom
    npm install --prefix TOOLS/vitepress vitepress markdown-it-footnote markdown-it-deflist \
        markdown-it-task-lists
    apt-get install chromium hugo asciidoctor pandoc
"""

import argparse
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.reading.formats.content import Content
from retrieval.reading.formats.sandbox.process_pool import Parsers

from .browser import shown_in_browser
from .generators import GENERATORS, Page

WORD = re.compile(r"\w+")
# A browser sets the numbers of lists, and no fences; neither is counted.
MARKS = re.compile(r"^[ ]*(?:```[\w+#.-]*$|(?:- |(?:\d+|[a-z]|[ivx]+)\. )+)", re.M)


@dataclass(frozen=True, slots=True)
class Compared:
    """The words of a page: shown, found among the stored ones, stored, and stored but not shown."""

    shown: int
    found: int
    stored: int
    unseen: int
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """The words of a text, however they are typeset."""
    return WORD.findall(unicodedata.normalize("NFKC", text.replace("\xad", "")).casefold())


def stored_text(content: Content) -> str:
    """All that is stored of a page."""
    return MARKS.sub("", "\n\n".join(part.text for part in content.parts))


def compare(shown: str, stored: str) -> Compared:
    """Count words.

    Rows of tables say the names of columns again: a word is unseen if it isn't shown at all.
    """
    there, kept = Counter(words_of(shown)), Counter(words_of(stored))
    missing = there - kept
    unseen = Counter({word: count for word, count in kept.items() if word not in there})
    return Compared(
        there.total(),
        there.total() - missing.total(),
        kept.total(),
        unseen.total(),
        tuple(sorted(missing.elements())),
        tuple(sorted(unseen.elements())),
    )


def measure(page: Page, parsers: Parsers, stored_in: Path | None) -> Compared:
    """Compare what a browser shows of a page with what is stored of it."""
    shown = shown_in_browser(page.site, page.path)
    stored = stored_text(parsers.read((page.site / page.path).read_bytes(), "page.html"))
    if stored_in:
        name = f"{page.generator}-{page.path.replace('/', '-')}"
        (stored_in / f"{name}.shown.txt").write_text(shown)
        (stored_in / f"{name}.stored.txt").write_text(stored)
    return compare(shown, stored)


def told(generator: str, rows: list[Compared]) -> str:
    """Return a line with the figures of some pages."""
    shown, stored = sum(row.shown for row in rows), sum(row.stored for row in rows)
    found, unseen = sum(row.found for row in rows), sum(row.unseen for row in rows)
    worst = min(row.found / row.shown for row in rows)
    return (
        f"{generator:22} {len(rows):3} pages  {shown:5} words  found {found / shown:.4f}"
        f" (worst page {worst:.4f})  stored, not shown {unseen / stored:.4f}"
    )


def main() -> None:
    """Prints the figures of each generator, and of all pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tools", type=Path)
    parser.add_argument("--only", help="the one generator to measure")
    parser.add_argument("--keep", type=Path, help="a folder for the texts that were compared")
    given = parser.parse_args()
    everything: list[Compared] = []
    with TemporaryDirectory() as folder, Parsers() as parsers:
        for name, build in GENERATORS.items():
            if given.only and given.only != name:
                continue
            pages = build(Path(folder) / name, given.tools.absolute())
            rows = []
            for page in pages:
                rows.append(measure(page, parsers, given.keep))
                if rows[-1].missing or rows[-1].added:
                    print(f"  {name} {page.path}: - {rows[-1].missing} + {rows[-1].added}")
            print(told(name, rows), flush=True)
            everything += rows
    print(told("all", everything))


if __name__ == "__main__":
    main()
