"""Takes the text out of a web page: its article, laid out as plain text, without the navigation."""

import logging
import re
from typing import Any

from .errors import LoadError

# Possessive (*+), so that a long row of comments is tried one way only.
PAGE_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b", re.I | re.S
)
# Parts of a page that are no part of its text. Not "form": some sites put a whole page in one.
FURNITURE = ("head", "nav", "noscript", "iframe", "object", "button", "select", "textarea")
# Links that only point at the heading they stand in.
SIGNPOSTS = {"#", "¶", "§"}
# Elements in HTML's words and in trafilatura's. A blank line parts blocks; lines only start anew.
LISTS = ("ul", "ol", "dl", "list")
HOLDERS = ("li", "item", "td", "th", "cell")
LINES = ("li", "item", "dt", "dd", "tr", "row", "br", "lb")
BLOCKS = (
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "head", "blockquote", "quote", "pre", "table"),
    *("caption", "figure", "figcaption", "summary", "hr", "div", "section", "article", "main"),
    "header",
)
# Stand-ins that hold a page's layout while the white space of its source is squeezed.
LINE, BLOCK = "\u2028", "\u2029"
HARD = {ord(" "): "\xa0", ord("\t"): "\xa0" * 4, ord("\n"): "\x85"}
SOFT = {ord("\xa0"): " ", ord("\x85"): "\n"}


def read_html(page: str, source: str) -> tuple[str, str]:
    """Gives the text and the title of a page, either of which may be empty.

    `source` says in errors where it came from. Raises LoadError where it makes no sense.
    """
    try:
        return _extract(page)
    except Exception as error:  # whatever a broken page sets off in the parsers is one problem
        advice = "Open it in a browser and save it as text."
        raise LoadError(f"{source} could not be read as a web page. {advice}") from error


def _extract(page: str) -> tuple[str, str]:
    import trafilatura

    # It logs an error for each page without an article; we have an answer for those.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # It turns away what does not soon say "html", so a fragment needs to.
    tree = trafilatura.load_html(page if "html" in page[:50].lower() else f"<html>\n{page}")
    if tree is None:
        return "", ""
    for link in list(tree.iter("a")):
        if link.text_content().strip() in SIGNPOSTS:
            link.drop_tree()
    title = trafilatura.extract_metadata(tree, extensive=False).title
    return _main_text(tree), title or tree.findtext(".//title") or ""


def _main_text(tree: Any) -> str:
    article, generous = _article(tree), _article(tree, favor_recall=True)
    # The generous way brings in teasers too, so it has to find far more to be worth it.
    text = generous if len(generous) > 1.5 * len(article) else article
    marked = tree.xpath("//main | //*[@role='main']")
    whole = _write_out(_without_furniture(marked[0] if len(marked) == 1 else tree))
    # Made for news, trafilatura passes over parts of some manuals, and losing those is worse than
    # taking a menu along. What a page marks as its main text is less likely to hold a menu.
    missed = len(whole) > (1.5 if len(marked) == 1 else 3) * len(text)
    return whole if missed else text


def _article(tree: Any, favor_recall: bool = False) -> str:
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, favor_recall=favor_recall)
    body = getattr(found, "body", None)
    # One lone paragraph is how it hands over everything on a page too short for an article.
    lone = body is None or [block.tag for block in body] == ["p"]
    return "" if lone else _write_out(body)


def _without_furniture(tree: Any) -> Any:
    from trafilatura.baseline import basic_cleaning

    for element in list(tree.iterdescendants(*FURNITURE)):
        element.drop_tree()
    return basic_cleaning(tree)


def _write_out(body: Any) -> str:
    """Gives a tree's text: blank lines between blocks, a line to each list item and table row."""
    _keep_code(body)
    _open_holders(body)
    _mark_items(body)
    for row in body.iter("tr", "row"):
        for cell in filter(_has_text, row[1:]):
            cell.text = f" · {cell.text or ''}"
    for gap, tags in ((LINE, LINES), (BLOCK, BLOCKS)):
        for element in body.iter(*tags):
            _part(element, gap)
    text = re.sub(f"[ \t\r\n\f{LINE}{BLOCK}]+", _gap, "".join(body.itertext()))
    return re.sub("\n{3,}", "\n\n", text.translate(SOFT)).strip()


def _keep_code(body: Any) -> None:
    for code in body.iter("pre", "code"):
        # trafilatura calls a block of code what HTML calls code in a line.
        if code.tag == "pre" or "\n" in "".join(code.itertext()):
            code.tag = "pre"
            for part in code.iter():
                part.text = (part.text or "").translate(HARD)
                part.tail = (part.tail or "").translate(HARD if part is not code else {})


def _open_holders(body: Any) -> None:
    # A paragraph that opens an item or a cell would part it from its mark or its row.
    for holder in body.iter(*HOLDERS):
        if len(holder) and not (holder.text or "").strip() and holder[0].tag not in LISTS:
            holder[0].tag = "span"


def _mark_items(body: Any) -> None:
    for items in body.iter(*LISTS):
        kind = items.get("rend") or items.tag
        depth = sum(1 for _ in items.iterancestors(*LISTS))
        for number, item in enumerate(filter(_has_text, items), 1):
            mark = "" if kind == "dl" else f"{number}. " if kind == "ol" else "- "
            item.text = "\xa0\xa0" * depth + mark + (item.text or "")
        _part(items, LINE if depth else BLOCK)


def _has_text(element: Any) -> bool:
    return any(words.strip() for words in element.itertext())


def _part(element: Any, gap: str) -> None:
    element.text, element.tail = gap + (element.text or ""), gap + (element.tail or "")


def _gap(white_space: re.Match[str]) -> str:
    return "\n\n" if BLOCK in white_space[0] else "\n" if LINE in white_space[0] else " "
