"""Parts of a page that are around its text: menus, banners, bars, and what leads elsewhere."""

import re
from typing import Any

from .unseen import empty

BARS = ("header", "footer", "aside")
ROLES = frozenset(
    "navigation search dialog alertdialog menu menubar tooltip toolbar tree doc-toc".split()
)
OUTER_ROLES = frozenset(("banner", "contentinfo", "complementary"))
INNER = ("main", "article", "section", "blockquote", "figure", "li", "td")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FLOW = ("p", "ul", "ol", "dl", "pre", "table", "figure", "blockquote", "details", *HEADINGS)
TITLES = (*HEADINGS, "dt", "summary")
# By the names that site generators give them: what is dropped, and what is if it leads elsewhere.
BANNER = re.compile(
    r"(?:cookie|consent|gdpr)[\w-]*(?:banner|notice|bar|popup|modal|box|law|message)"
)
NAMED = re.compile(
    r"(?:^|[\s_-])(?:skip-?(?:link|nav|to)\w*|share|sharing|social|pagination|pager|prev-?next"
    r"|doc-footer|edit-(?:this|page)\w*|toc|on-this-page|tableofcontents|table-of-contents"
    r"|feedback|copy(?:-?btn|button))(?:$|[\s_-])"
    r"|(?:^|[\s_-])(?:breadcrumb|toccollaps|tableofcontents|pagination)\w*"
)
# Where a page does not say which part is its text, it may have more around it.
AROUND = re.compile(
    r"(?:^|\s)(?:teaser[\w-]*|comments(?:-area|-section)?|disqus[\w-]*|promo|advert\w*|ads?"
    r"|(?:site-|page-|main-|global-)?footer|site-header|masthead|topbar)(?:$|\s)"
)
LISTED = re.compile(r"(?:^|[\s_-])(?:related|sidebar|menu|navbar|nav|navigation|links)(?:$|[\s_-])")
CONTAINERS = ("div", "aside", "ul", "ol", "section", "form", "table", "dl")
HOLD_TEXT = ("main", "article", "h1", "*[@role='tab']")
LINKED_ABOUT = 0.6  # of the letters, in links: then a box leads elsewhere
TITLE = 40  # letters of what may stand over a menu
ROW, CELL = 3, 2  # links that make a menu; in a cell that frames a part of the page
MOST = 0.5  # of all letters: what holds more is no mere box, whatever it is called


def drop_menus_and_banners(root: Any, marked: bool) -> None:
    """Empty what is around the text. `marked` says that the page told which part is its text."""
    total = _letters(root)
    titles = sum(1 for _ in root.iter("h1"))
    for element in list(root.iterdescendants()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in BARS or element.get("role") in OUTER_ROLES:
            drop = _is_bar(element, root, marked, titles)
        else:
            drop = _is_menu_or_banner(element, marked, total)
        if drop:
            empty(element)


def drop_rows_of_links(root: Any, text: Any) -> None:
    """Empty menus that are only known by being nothing but links, outside the node of the text."""
    around = {text, *text.iterancestors()}
    inside = set(text.iterdescendants())
    for element in list(root.iterdescendants("ul", "ol", "div", "p", "table")):
        if element in inside or element in around:
            continue
        if sum(1 for _ in element.iter("a")) >= ROW and _leads_elsewhere(element, almost=0.9):
            empty(element)


def drop_menus_in_frames(root: Any) -> None:
    """Empty the cells that are nothing but links, beside one that has a heading."""
    for row in root.iter("tr"):
        cells = list(row.iterchildren("td"))
        titled = [any(True for _ in cell.iter(*TITLES)) for cell in cells]
        for cell, has_title in zip(cells, titled, strict=True):
            linked = any(titled) and not has_title and len(cell.findall(".//a")) >= CELL
            if linked and _leads_elsewhere(cell, almost=0.9):
                empty(cell)


def _is_menu_or_banner(element: Any, marked: bool, total: int) -> bool:
    tag, role = element.tag, element.get("role")
    if tag in ("nav", "search") or role in ROLES:
        return not _holds_text(element)
    if tag == "button" or role == "button":
        return not _opens_text(element)
    names = _names(element)
    if not names or tag in TITLES or not _is_named(names, tag in CONTAINERS and not marked):
        return False
    if _is_text(element, total):
        return False
    drops = BANNER.search(names) or (not marked and AROUND.search(names))
    return bool(drops) or _leads_elsewhere(element) or _is_short_menu(element)


def _is_named(names: str, around: bool) -> bool:
    if NAMED.search(names) or BANNER.search(names):
        return True
    return around and bool(AROUND.search(names) or LISTED.search(names))


def _names(element: Any) -> str:
    """The classes of an element; and its id, unless that was made from a heading's words."""
    classes = element.get("class") or ""
    named = element.get("id") or ""
    titled = len(element) and element[0].tag in TITLES
    if element.tag not in CONTAINERS or element.tag == "section" or titled:
        named = ""
    return f"{classes} {named}".strip().lower()


def _is_text(element: Any, total: int) -> bool:
    """Return whether an element holds the text of the page, or most of it."""
    return _holds_text(element) or _letters(element) > MOST * total


def _holds_text(element: Any) -> bool:
    if element.tag in ("main", "article", "body"):
        return True
    return any(element.find(f".//{held}") is not None for held in HOLD_TEXT)


def _opens_text(button: Any) -> bool:
    """Return whether a button is the title of what it opens, or of a tab."""
    if button.get("role") == "tab" or next(button.iterancestors(*TITLES), None) is not None:
        return True
    opens = button.get("aria-expanded") is not None or button.get("aria-controls") is not None
    return opens and len("".join(button.itertext()).split()) > 1


def _is_bar(element: Any, root: Any, marked: bool, titles: int) -> bool:
    """Return whether a header, a footer or an aside is the page's, and no part of its text."""
    inside = marked or any(
        above.tag in INNER for above in element.iterancestors() if above is not root
    )
    if element.tag == "header" or element.get("role") == "banner":
        own = sum(1 for _ in element.iter("h1"))
        return not inside and (not own or titles > own) and not _says_title(element)
    if element.tag == "aside" and _in_flow(element):
        inside = True
    if next(element.iterancestors("blockquote", "figure"), None) is not None:
        return False
    return not inside or bool(NAMED.search(_names(element))) or _leads_elsewhere(element)


def _says_title(header: Any) -> bool:
    """Return whether a header has the title of the page, which no link leads away from."""
    title = " ".join((header.getroottree().findtext(".//title") or "").split())
    heading = header.find(".//h1")
    if heading is None or not title or heading.find(".//a") is not None:
        return False
    return title.startswith(" ".join("".join(heading.itertext()).split()))


def _in_flow(aside: Any) -> bool:
    """Return whether an aside stands between parts of a text."""
    before, after = aside.getprevious(), aside.getnext()
    return before is not None and before.tag in FLOW and (after is None or after.tag in FLOW)


def _leads_elsewhere(element: Any, almost: float = LINKED_ABOUT) -> bool:
    """Return whether most of what an element says is links."""
    linked = sum(map(_letters, element.iter("a", "button")))
    return linked >= almost * _letters(element)


def _is_short_menu(element: Any) -> bool:
    """Return whether an element has links, and hardly more than a title beside them."""
    linked = sum(map(_letters, element.iter("a", "button")))
    return linked > 0 and _letters(element) - linked <= TITLE


def _letters(element: Any) -> int:
    return sum(len(words) - words.count(" ") for words in element.itertext())
