"""Web pages: the article, without the navigation around it."""

import logging
import re
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import UnreadableError

from .render import Rendered, render

# Possessive (*+), so that a long row of comments is tried one way only.
PAGE_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b", re.I | re.S
)
# Parts of a page that are no part of its text. Not "form": some sites put a whole page in one.
FURNITURE = ("head", "nav", "noscript", "iframe", "object", "button", "select", "textarea")
# Links that only point at the heading they stand in.
SIGNPOSTS = {"#", "¶", "§"}
NOTHING = Rendered("")


def looks_like_html(text: str) -> bool:
    """Return whether a text begins as a page does."""
    return PAGE_OPENING.match(text) is not None


def read_html(page: str, gathering: Gathering) -> None:
    """Add a page's text. Raises UnreadableError where it makes no sense."""
    try:
        _read(page, gathering)
    except (MemoryError, RecursionError, UnreadableError):
        raise
    except Exception as error:  # whatever a broken page sets off in the parsers is one problem
        advice = "Open it in a browser and save it as text."
        raise UnreadableError(f"could not be read as a web page. {advice}") from error


def _read(page: str, gathering: Gathering) -> None:
    import trafilatura

    # It logs an error for each page without an article; we have an answer for those.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # It turns away what does not soon say "html", so a fragment needs to.
    tree = trafilatura.load_html(page if "html" in page[:50].lower() else f"<html>\n{page}")
    if tree is None:
        return
    for link in list(tree.iter("a")):
        if link.text_content().strip() in SIGNPOSTS:
            link.drop_tree()
    facts = trafilatura.extract_metadata(tree, extensive=False)
    gathering.title = facts.title or tree.findtext(".//title") or ""
    gathering.author, gathering.date = facts.author or "", facts.date or ""
    rendered = _main_text(tree)
    gathering.add_laid_out(rendered.text, rendered.headings)


def _main_text(tree: Any) -> Rendered:
    article, generous = _article(tree), _article(tree, favor_recall=True)
    # The generous way brings in teasers too, so it has to find far more to be worth it.
    found = generous if len(generous.text) > 1.5 * len(article.text) else article
    marked = tree.xpath("//main | //*[@role='main']")
    whole = render(_without_furniture(marked[0] if len(marked) == 1 else tree))
    # Made for news, trafilatura passes over parts of some manuals, and losing those is worse than
    # taking a menu along. What a page marks as its main text is less likely to hold a menu.
    missed = len(whole.text) > (1.5 if len(marked) == 1 else 3) * len(found.text)
    return whole if missed else found


def _article(tree: Any, favor_recall: bool = False) -> Rendered:
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, favor_recall=favor_recall)
    body = getattr(found, "body", None)
    # One lone paragraph is how it hands over everything on a page too short for an article.
    lone = body is None or [block.tag for block in body] == ["p"]
    return NOTHING if lone else render(body)


def _without_furniture(tree: Any) -> Any:
    from trafilatura.baseline import basic_cleaning

    for element in list(tree.iterdescendants(*FURNITURE)):
        element.drop_tree()
    return basic_cleaning(tree)
