"""An MkDocs project: its navigation says what its pages are called, and under which titles."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from retrieval.reading.collection.collection import Entry, Holding
from retrieval.types import BETWEEN_HEADINGS

SETTINGS = ("mkdocs.yml", "mkdocs.yaml")
SETTINGS_OF_A_SITE = "settings file of the site"
LONGEST_SETTINGS = 512 * 1024
MOST_PAGES, DEEPEST = 20_000, 20


def arrange_mkdocs(holding: Holding) -> None:
    """Call pages as the navigation does, and leave out what is not a page of the site."""
    for settings in [entry for entry in holding.entries if entry.name in SETTINGS]:
        facts = _facts(holding.read(settings, LONGEST_SETTINGS))
        if not isinstance(facts, dict):
            continue
        root = f"{settings.folder}/" if settings.folder else ""
        docs = _path(root, facts.get("docs_dir") or "docs")
        titles = {f"{docs}{path}": title for path, title in _pages(facts.get("nav"), ())}
        holding.entries = [_titled(entry, titles) for entry in holding.entries]
        holding.leave_out(SETTINGS_OF_A_SITE, settings.__eq__)
        theme = facts.get("theme")
        if isinstance(theme, dict) and (custom := theme.get("custom_dir")):
            holding.leave_out("template of the site", partial(_is_under, _path(root, custom)))


def _is_under(folder: str, entry: Entry) -> bool:
    return entry.path.startswith(folder)


def _facts(data: bytes) -> Any:
    import yaml

    try:
        # Takes everything for text, whatever its tag: nothing that stands there is made or run.
        return yaml.load(data, yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _path(root: str, folder: Any) -> str:
    inside = str(folder).strip("./")
    return f"{root}{inside}/" if inside else root


def _pages(nav: Any, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """The paths in a navigation, each with its title, or "", and the titles above it."""
    waiting = [(nav, above)]
    for _ in range(MOST_PAGES):
        if not waiting:
            return
        item, titles = waiting.pop()
        if isinstance(item, str):
            yield item, ("", titles)
        elif isinstance(item, list) and len(titles) < DEEPEST:
            waiting += [(each, titles) for each in reversed(item[:MOST_PAGES])]
        elif isinstance(item, dict):
            for title, inside in item.items():
                if isinstance(inside, str):
                    yield inside, (str(title), titles)
                else:
                    waiting.append((inside, (*titles, str(title))))


def _titled(entry: Entry, titles: dict[str, tuple[str, tuple[str, ...]]]) -> Entry:
    if entry.path not in titles:
        return entry
    title, above = titles[entry.path]
    return entry.told(listed=title, within=BETWEEN_HEADINGS.join(above))
