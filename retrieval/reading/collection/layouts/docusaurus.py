"""A Docusaurus project: sidebars, categories and front matter say what its pages are called."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from retrieval.reading.collection.collection import Entry, Holding
from retrieval.reading.raw_document import RawDocument
from retrieval.types import BETWEEN_HEADINGS

from .mkdocs import SETTINGS_OF_A_SITE
from .sidebars import read_sidebars

CONFIG = re.compile(r"docusaurus\.config\.\w{2,3}")
CATEGORY = re.compile(r"_category_\.(?:json|ya?ml)")
SIDEBARS = re.compile(r"(?:.*-)?sidebars\.(?:js|ts|cjs|mjs|json)")
PAGE = (".md", ".mdx")
PARTIAL = re.compile(r"(?:.*/)?_[^/]*\.mdx?")
ROOT_SETTINGS = re.compile(r"[\w.-]+\.(?:json|ya?ml|toml)")
FRONT_MATTER = re.compile(rb"\A\s*---[ \t]*\r?\n(.{0,20000}?)\r?\n---", re.S)
LABEL = re.compile(rb"^label\s*:[ \t]*(.+?)[ \t]*\r?$", re.M)
SIDEBAR_LABEL = re.compile(rb"^sidebar_label\s*:[ \t]*(.+?)[ \t]*\r?$", re.M)
NUMBER = re.compile(r"(?<![^/])\d{1,3}[ ._-]+(?=[^/\d])")
LONGEST_SETTINGS = 512 * 1024


def arrange_docusaurus(holding: Holding) -> None:
    """Call pages as the sidebar does, and leave out what is not a page of the site."""
    for config in [entry for entry in holding.others if CONFIG.fullmatch(entry.name)]:
        root = f"{config.folder}/" if config.folder else ""
        categories = _categories(holding, root)
        listed = _listed(holding, root)
        holding.leave_out(SETTINGS_OF_A_SITE, partial(_is_settings, root))
        holding.leave_out("part of other pages", partial(_is_partial, root))
        holding.entries = [
            _titled(entry, root, categories, listed)
            if entry.path.startswith(root) and entry.path.lower().endswith(PAGE)
            else entry
            for entry in holding.entries
        ]


def _is_partial(root: str, entry: Entry) -> bool:
    return entry.path.startswith(root) and PARTIAL.fullmatch(entry.path) is not None


def _is_settings(root: str, entry: Entry) -> bool:
    if not entry.path.startswith(root):
        return False
    top = "/" not in entry.path.removeprefix(root)
    named = CATEGORY.fullmatch(entry.name) or SIDEBARS.fullmatch(entry.name)
    return bool(named or (top and ROOT_SETTINGS.fullmatch(entry.name)))


def _categories(holding: Holding, root: str) -> dict[str, str]:
    """The labels of folders, by their paths."""
    found = dict[str, str]()
    for entry in holding.entries:
        if entry.path.startswith(root) and CATEGORY.fullmatch(entry.name):
            found[entry.folder] = _label(holding.read(entry, LONGEST_SETTINGS), entry.name)
    return {folder: label for folder, label in found.items() if label}


def _label(data: bytes, name: str) -> str:
    if not name.endswith(".json"):
        return _unquoted(LABEL.search(data))
    try:
        facts = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    label = facts.get("label") if isinstance(facts, Mapping) else None
    return label if isinstance(label, str) else ""


def _listed(holding: Holding, root: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The titles of pages in sidebars, and those above them, by the pages' ids."""
    found = dict[str, Any]()
    for entry in (*holding.entries, *holding.others):
        if entry.folder == root.rstrip("/") and SIDEBARS.fullmatch(entry.name):
            data = holding.read(entry, LONGEST_SETTINGS)
            found |= read_sidebars(data.decode(errors="replace"))
    return found


def _titled(
    entry: Entry,
    root: str,
    categories: Mapping[str, str],
    listed: Mapping[str, tuple[str, tuple[str, ...]]],
) -> Entry:
    """A page with its title in the sidebar, and under the labels of the folders that it lies in."""
    inside = entry.path.removeprefix(root).rpartition(".")[0]
    id = NUMBER.sub("", inside.partition("/")[2])
    title, above = listed.get(id, ("", ()))
    if id not in listed:
        folders = [f"{up}/" for up in _upward(id.rpartition("/")[0])]
        listed_above = next((listed[up][1] for up in folders if up in listed), ())
        own = reversed([categories[up] for up in _upward(entry.folder) if up in categories])
        above = (*listed_above, *own)
    within, load = BETWEEN_HEADINGS.join(above), entry.load

    def labelled() -> RawDocument:
        raw = load()
        front = FRONT_MATTER.match(raw.data)
        label = _unquoted(SIDEBAR_LABEL.search(front[1])) if front else ""
        return replace(raw, listed=title or label, within=within)

    return replace(entry, load=labelled)


def _upward(folder: str) -> list[str]:
    """A folder and those that it lies in, innermost first."""
    parts = folder.split("/")
    return ["/".join(parts[:depth]) for depth in range(len(parts), 0, -1)]


def _unquoted(found: re.Match[bytes] | None) -> str:
    told = found[1].decode(errors="replace").strip() if found else ""
    quoted = len(told) > 1 and told[0] == told[-1] and told[0] in "\"'"
    return told[1:-1] if quoted else told
