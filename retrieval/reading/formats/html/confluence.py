"""A page of Confluence's HTML export: its text, and its title, author and day."""

import re
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.data.shown_dates import ShownDates

CHANGED = re.compile(r"last (?:modified|updated)\b.{0,200}?\bon (.{6,30})", re.S)


def confluence_text(tree: Any, gathering: Gathering) -> Any:
    """The node that holds the text of an exported page, whose facts are noted; None for any other
    page."""
    heading, text = _by_id(tree, "title-heading"), _by_id(tree, "main-content")
    if heading is None or text is None:
        return None
    gathering.title = _words(heading).removeprefix(f"{_space(tree)} : ")
    for metadata in tree.xpath("//*[contains(@class, 'page-metadata')]")[:1]:
        _note_facts(metadata, gathering)
    return text


def _space(tree: Any) -> str:
    """The name of the space, which begins the way that leads to the page."""
    crumbs = _by_id(tree, "breadcrumbs")
    return "" if crumbs is None else _words(next(iter(crumbs.iter("a")), None))


def _note_facts(metadata: Any, gathering: Gathering) -> None:
    authors = metadata.xpath(".//*[contains(@class, 'author')]")
    gathering.author = _words(authors[0]) if authors else ""
    changed = CHANGED.search(_words(metadata))
    gathering.date = ShownDates([]).day(changed[1]) if changed else ""


def _by_id(tree: Any, id: str) -> Any:
    return next(iter(tree.xpath("//*[@id=$id]", id=id)), None)


def _words(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
