"""Parts of a page's tree that no reader sees, or that do not hold, are emptied."""

import re
from typing import Any

STRUCK = ("s", "del", "strike")
NEVER_SHOWN = (
    *("head", "script", "style", "template", "noscript", "iframe", "object", "audio", "video"),
    *("canvas", "datalist", "select", "textarea", "progress", "meter", "annotation"),
    *("title", "desc", "defs", "metadata"),
)
UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")
# For screen readers alone, or shown as a picture by a font of icons.
UNSEEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|material-(?:icons|symbols)[\w-]*"
    r"|line-?numbers?(?:-rows|-wrapper)?|linenos?|lineno(?:div)?|lnt|rouge-gutter|lang-label)"
    r"(?:\s|$)",
    re.I,
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CODE_NUMBERS = ("ln", "gutter", "linenumber")
# Often set so that a screen reader doesn't say twice what everybody else sees.
SHOWN_THOUGH_UNSAID = ("figcaption", "caption", "p", "li", "td", "th", *HEADINGS)
# Where something is folded away, a reader opens it.
OPENERS = ("aria-controls", "data-bs-target", "data-target")
WHOLE = (".//main", ".//article", ".//h1")
REFERENCE = re.compile(r"footnote-?ref|fn-?ref|noteref|footnote-reference", re.I)
STRUCK_CLASS = re.compile(r"(?:^|\s)(?:line-through|strikethrough|strike|struck)(?:\s|$)", re.I)
BACK = re.compile(r"footnote-?back|backref|reversefootnote|doc-backlink|fn-backref", re.I)
MATH = re.compile(r"(?:^|\s)(?:math|arithmatex)(?:\s|$)")
FORMULA = re.compile(r"\s*(?:\\\(\s*(.+?)\s*\\\)|\\\[\s*(.+?)\s*\\\])\s*", re.S)
WORD = re.compile(r"[^\W_]")
LETTER = re.compile(r"[^\W\d_]")
ENDS = (".", ",", ";", ":", "!", "?", ")")
NUMBERED = re.compile(r"\s*\[[^\]]{1,8}\]\s*")


def empty(element: Any) -> None:
    """Take an element out of sight; what stands before and after it stays apart."""
    tail = element.tail
    element.attrib.clear()
    element.text = None
    for child in list(element):
        element.remove(child)
    element.tail = tail
    # A cell, say, still takes its place.
    if element.tag not in ("td", "th", "li", "tr", "div", "p"):
        element.tag = "span"


def drop_unseen(body: Any) -> None:
    """Empty what a browser does not show, what is struck out, and what only leads somewhere."""
    opened = _opened(body)
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str):
            continue
        if _hidden(element, opened):
            empty(element)
        elif _leads_elsewhere(element):
            _drop_signpost(element)


def unwrap_formulas(body: Any) -> None:
    """Drop the marks by which a script finds formulas, which are shown as they are without it."""
    for element in body.iterfind(".//*[@class]"):
        if not MATH.search(element.get("class")) or len(element):
            continue
        if formula := FORMULA.fullmatch(element.text or ""):
            element.text = formula[1] or formula[2]


def drop_signposts(tree: Any) -> None:
    """Empty the marks in headings that only lead to them, and the numbers of footnotes."""
    for element in list(tree.iter("a", "sup", "span")):
        if _leads_elsewhere(element):
            _drop_signpost(element)


def _drop_signpost(element: Any) -> None:
    """Empty an element, and drop the space before it where a sentence ends after it."""
    before, above = element.getprevious(), element.getparent()
    empty(element)
    if not (element.tail or "").startswith(ENDS):
        return
    if before is not None and before.tail:
        before.tail = before.tail.rstrip()
    elif before is None and above is not None and above.text:
        above.text = above.text.rstrip()


def _opened(body: Any) -> set[str]:
    """The ids of what a reader opens by pressing something."""
    return {
        (each.get(name) or "").lstrip("#")
        for name in OPENERS
        for each in body.iterfind(f".//*[@{name}]")
    }


def _hidden(element: Any, opened: set[str]) -> bool:
    if element.tag in NEVER_SHOWN or element.tag in STRUCK:
        return True
    style = (element.get("style") or "").lower()
    if style and STRUCK_STYLE.search(style):
        return True
    if STRUCK_CLASS.search(element.get("class") or "") or _unseen_class(element):
        return True
    unseen = bool(style and UNSEEN_STYLE.search(style))
    unseen |= element.get("hidden", "until-found").lower() != "until-found"
    unseen |= element.get("aria-hidden") == "true" and element.tag not in SHOWN_THOUGH_UNSAID
    unseen |= element.tag == "dialog" and element.get("open") is None
    if not unseen or element.get("role") == "tabpanel" or element.get("id") in opened:
        return False
    # A page may hide itself altogether until a script has run.
    return all(element.find(path) is None for path in WHOLE) and element.tag not in (
        *("main", "article", "body"),
    )


def _unseen_class(element: Any) -> bool:
    classes = element.get("class")
    if not classes:
        return False
    if UNSEEN_CLASS.search(classes):
        # Blocks of code that have numbered lines are called so too.
        return element.tag not in ("pre", "code", "table", "div", "figure") or not _holds_code(
            element
        )
    names = classes.split()
    if "lang" in names and element.tag == "span":
        after = element.getnext()
        return after is not None and after.tag == "pre"
    numbers = any(name in names for name in CODE_NUMBERS)
    return numbers and next(element.iterancestors("pre", "table"), None) is not None


def _holds_code(element: Any) -> bool:
    return element.tag in ("pre", "code", "table") or element.find(".//code") is not None


def _leads_elsewhere(element: Any) -> bool:
    """Return whether an element is only a way to a heading, to a footnote or back from one."""
    marks = f"{element.get('class') or ''} {element.get('role') or ''}"
    if element.tag == "a":
        href = element.get("href") or ""
        words = "".join(element.itertext()) if href.startswith("#") else ""
        if BACK.search(marks):
            return not _names_itself(element)
        if href.startswith("#") and words and not WORD.search(words):
            return True
        return bool(REFERENCE.search(marks)) and href.find("#") >= 0
    if element.tag == "span":
        # The number of a footnote of Sphinx's, in brackets.
        label = "label" in marks.split() and element.find(".//*[@role='doc-backlink']") is not None
        return label and not LETTER.search("".join(element.itertext()))
    if element.tag == "sup":
        link = element.find(".//a[@href]")
        within = link is not None and "#" in (link.get("href") or "")
        above = element.getparent()
        linked = above is not None and above.tag == "a" and (above.get("href") or "")[:1] == "#"
        words = "".join(element.itertext())
        return within or linked or bool(NUMBERED.fullmatch(words))
    return False


def _names_itself(link: Any) -> bool:
    """Return whether what leads back is a heading's title, or the name of a source."""
    if next(link.iterancestors(*HEADINGS), None) is not None:
        return True
    around = (each.get("class") or "" for each in link.iterancestors("span", "dt"))
    labels = any("label" in classes.split() for classes in around)
    return labels and LETTER.search("".join(link.itertext())) is not None
