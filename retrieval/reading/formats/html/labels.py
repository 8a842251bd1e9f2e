"""The names of tabs, of files of code and of boxes, as labels of what they name."""

import re
from collections.abc import Iterable
from typing import Any

from .unseen import empty

LABEL = "data-footnote-label"  # set on an element whose text announces what follows
TITLES = re.compile(
    r"(?:^|\s)(?:filename|code-?block-?(?:caption|title)\w*|code-title|admonition-?title"
    r"|admonitionHeading\w*|custom-block-title|callout-title(?:-inner)?|markdown-alert-title"
    r"|alert-heading)(?:[\s_]|$)",
    re.I,
)
NEAR = 4  # how far up from its tabs the panels of a set of tabs are looked for


def label_tabs(body: Any) -> None:
    """Set the name of each tab above its panel, and mark titles of boxes as labels."""
    _label_by_roles(body)
    _label_by_radios(body)
    for element in body.iterfind(".//*[@class]"):
        classes = element.get("class")
        icon = classes == "title" and element.getparent().get("class") == "icon"
        if (icon or TITLES.search(classes)) and element.tag not in ("table", "body", "th", "td"):
            _mark(element)


def _mark(element: Any) -> None:
    element.tag = "div"
    element.set(LABEL, "1")


def _label(panel: Any, name: str) -> None:
    label = panel.makeelement("div", {LABEL: "1"})
    label.text, label.tail, panel.text = name, panel.text, None
    panel.insert(0, label)


def _name(tab: Any) -> str:
    return " ".join("".join(tab.itertext()).split())


def _label_by_roles(body: Any) -> None:
    sets: dict[Any, list[Any]] = {}
    for tab in body.iterfind(".//*[@role='tab']"):
        around = next((each for each in tab.iterancestors() if each.get("role") == "tablist"), None)
        sets.setdefault(tab.getparent() if around is None else around, []).append(tab)
    if not sets:
        return
    by_id = {each.get("id"): each for each in body.iterfind(".//*[@id]")}
    owned = {each.get("aria-labelledby"): each for each in body.iterfind(".//*[@aria-labelledby]")}
    for around, tabs in sets.items():
        panels = [_panel_of(tab, by_id, owned) for tab in tabs]
        if not any(panel is not None for panel in panels):
            panels = _panels_near(around, len(tabs))
        if len(panels) == 1 < len(tabs):
            tabs_shown = [tab for tab in tabs if tab.get("aria-selected") == "true"] or tabs[:1]
        else:
            tabs_shown = tabs
        for tab, panel in zip(tabs_shown, panels, strict=False):
            if panel is not None:
                _label(panel, _name(tab))
        for tab in tabs:
            empty(tab)


def _panel_of(tab: Any, by_id: dict[str, Any], owned: dict[str, Any]) -> Any:
    names = (tab.get("aria-controls"), tab.get("data-bs-target"), tab.get("href"))
    for name in names:
        if name and (panel := by_id.get(name.lstrip("#"))) is not None:
            return panel
    return owned.get(tab.get("id")) if tab.get("id") else None


def _panels_near(tabs: Any, count: int) -> list[Any]:
    """The panels that come with a row of tabs, in order."""
    above = tabs.getparent()
    for _ in range(NEAR):
        if above is None:
            break
        found = list(_outermost_panels(above))
        if found:
            return found if len(found) in (1, count) else []
        above = above.getparent()
    return []


def _outermost_panels(above: Any) -> Iterable[Any]:
    last = None
    for panel in above.iterfind(".//*[@role='tabpanel']"):
        if last is None or last not in panel.iterancestors():
            last = panel
            yield panel


def _label_by_radios(body: Any) -> None:
    radios = {each.get("id") for each in body.iterfind(".//input[@type='radio']")} - {None}
    groups: dict[Any, list[Any]] = {}
    for label in body.iter("label") if radios else ():
        if label.get("for") in radios:
            groups.setdefault(label.getparent(), []).append(label)
    for around, labels in groups.items():
        after = around.getnext()
        panels = [] if after is None else [each for each in after if each.tag != "input"]
        if len(panels) == len(labels) and not _next_to_panels(labels):
            for label, panel in zip(labels, panels, strict=True):
                _label(panel, _name(label))
                empty(label)
        else:
            for label in labels:
                _mark(label)


def _next_to_panels(labels: list[Any]) -> bool:
    """Return whether each label stands right before its panel, as in Sphinx's tabs."""
    after = (label.getnext() for label in labels)
    return all(each is not None and each.tag not in ("input", "label") for each in after)
