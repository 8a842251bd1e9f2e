"""A Confluence space, exported as HTML: pages and attached files by their names, not numbers."""

import html
import re
from pathlib import PurePosixPath

from retrieval.reading.collection.collection import Entry, Holding
from retrieval.reading.limits import LARGEST_FILE

INDEX, PAGE = "index.html", ".html"
NUMBERED = re.compile(r"(?:(?P<name>.+)_)?\d+\.html")
ATTACHED = re.compile(
    rb'<a [^>]{0,500}?href="(attachments/\d+/[^"]{1,300})"[^>]{0,500}>([^<]{1,300})</a>'
)
BESIDE = ("attachments/", "styles/", "images/")
MOST_WITHOUT = 0.5  # of the pages, which may have no number


def arrange_space(holding: Holding) -> None:
    """Call pages and what is attached to them as people did, and leave out the list of pages."""
    for index in [entry for entry in holding.entries if entry.name == INDEX]:
        root = f"{index.folder}/" if index.folder else ""
        pages = [entry for entry in holding.entries if _is_page(entry, index)]
        numbered = [entry for entry in pages if NUMBERED.fullmatch(entry.name)]
        beside = tuple(f"{root}{folder}" for folder in BESIDE)
        files = (*holding.entries, *holding.others)
        if len(numbered) <= MOST_WITHOUT * len(pages) or not any(
            entry.path.startswith(beside) for entry in files
        ):
            continue
        holding.leave_out("table of contents", index.__eq__)
        names = _attached(holding, numbered, root)
        taken = set[str]()
        holding.entries = [_named(entry, numbered, names, taken) for entry in holding.entries]


def _is_page(entry: Entry, index: Entry) -> bool:
    return entry.folder == index.folder and entry.name.endswith(PAGE) and entry != index


def _attached(holding: Holding, pages: list[Entry], root: str) -> dict[str, str]:
    """The names of attached files, by their paths, as the pages tell them."""
    found = dict[str, str]()
    if not any(entry.path.startswith(f"{root}attachments/") for entry in holding.entries):
        return found
    for page in pages:
        for path, name in ATTACHED.findall(holding.read(page, LARGEST_FILE)):
            told = html.unescape(name.decode(errors="replace")).strip()
            found[f"{root}{path.decode(errors='replace')}"] = told
    return found


def _named(entry: Entry, pages: list[Entry], names: dict[str, str], taken: set[str]) -> Entry:
    """A page or an attached file by its name, with a number where others have the same."""
    name, folder = names.get(entry.path, ""), f"{entry.folder}/" if entry.folder else ""
    numbered = NUMBERED.fullmatch(entry.name)
    if numbered and entry in pages and numbered["name"]:
        name = f"{numbered['name']}{PAGE}"
    if not name or "/" in name:
        return entry
    path, count = PurePosixPath(f"{folder}{name}"), 1
    while str(path) in taken:
        count += 1
        path = path.with_name(f"{PurePosixPath(name).stem} ({count}){PurePosixPath(name).suffix}")
    taken.add(str(path))
    return entry.at(str(path)).told(name=name)
