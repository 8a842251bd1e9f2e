"""A Notion export: pages, and databases as tables, without the ids that all their names have."""

import re
from pathlib import PurePosixPath

from retrieval.reading.collection.collection import Entry, Holding

ID = r"[0-9a-f]{32}"
NAMED = re.compile(rf"(.*?)[ _-]?({ID})(?:_all)?(\.\w+)?")  # a name, an id, a suffix
# In a cell the page that is meant stands behind its name: "Ada (People%20…/Ada%20….md)".
BEHIND = re.compile(rf" \((?:[^()\n]{{0,1000}}?(?:%20|[ /-]))?({ID})[^()\n]{{0,200}}\)")
ANYWHERE = re.compile(rf"(?:%20|[ _-])({ID})(?:_all)?(?![0-9a-z])")
PART = re.compile(r".*-Part-\d+\.zip", re.IGNORECASE)
PAGES, TABLE = (".md", ".html", ".csv"), ".csv"
MOST_WITHOUT = 0.5  # of the pages, which may have no id: then the rest is an export


def arrange_notion(holding: Holding) -> None:
    """Give pages and databases the names that people know them by."""
    pages = [entry for entry in holding.entries if entry.name.lower().endswith(PAGES)]
    named = [found for entry in pages if (found := NAMED.fullmatch(entry.name))]
    if len(named) <= MOST_WITHOUT * len(pages):
        return
    ids = frozenset(found[2] for found in named)
    whole = {
        entry.path.removesuffix("_all.csv") for entry in pages if entry.path.endswith("_all.csv")
    }
    # A view shows some of a database's rows; the table of all of them comes beside it.
    holding.leave_out("view of a table", lambda entry: entry.path.removesuffix(TABLE) in whole)
    holding.leave_out("table of contents", lambda entry: entry.path.endswith("index.html"))
    taken = set[str]()
    entries = sorted(holding.entries, key=lambda entry: entry.path)
    holding.entries = [_renamed(entry, ids, taken) for entry in entries]


def _renamed(entry: Entry, ids: frozenset[str], taken: set[str]) -> Entry:
    """A page by its name, with a number where others have the same."""
    parts = [_without_id(part) for part in entry.path.split("/") if not PART.fullmatch(part)]
    path, count = PurePosixPath(*parts), 1
    while str(path) in taken:
        count += 1
        path = PurePosixPath(*parts).with_stem(f"{PurePosixPath(parts[-1]).stem} ({count})")
    taken.add(str(path))
    return entry.at(str(path)).told(name=parts[-1]).rewritten(lambda data: _cleaned(data, ids))


def _without_id(name: str) -> str:
    found = NAMED.fullmatch(name)
    return f"{found[1] or 'Untitled'}{found[3] or ''}" if found else name


def _cleaned(data: bytes, ids: frozenset[str]) -> bytes:
    """The text without the ids of pages, and without what leads to a page behind its name."""
    text = data.decode("utf-8-sig", errors="surrogateescape")

    def known(found: re.Match[str]) -> str:
        whole = found[0]
        return "" if found[1] in ids or "notion.so/" in whole else whole

    return ANYWHERE.sub(known, BEHIND.sub(known, text)).encode(errors="surrogateescape")
