"""Web pages: the text, all of it, without the navigation around it."""

import logging
import re
from copy import deepcopy

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import UnreadableError

from .confluence import confluence_text
from .discord_pages import is_discord_page, read_discord_page
from .main_text import text_of_page
from .render import render
from .unseen import drop_signposts

# Possessive (*+), so that a long row of comments is tried one way only.
PAGE_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b", re.I | re.S
)


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
        raise UnreadableError(
            "could not be read as a web page. Open it in a browser and save it as text."
        ) from error


def _read(page: str, gathering: Gathering) -> None:
    import trafilatura

    # It logs an error for each page without an article; we have an answer for those.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # It turns away what does not soon say "html", so a fragment needs to.
    tree = trafilatura.load_html(page if "html" in page[:50].lower() else f"<html>\n{page}")
    if tree is None:
        return
    if is_discord_page(tree):
        read_discord_page(tree, gathering)
        return
    drop_signposts(tree)
    text = confluence_text(tree, gathering)
    if text is None:
        facts = trafilatura.extract_metadata(deepcopy(tree), extensive=False)
        gathering.title = facts.title or tree.findtext(".//title") or ""
        gathering.author, gathering.date = facts.author or "", facts.date or ""
        text = text_of_page(tree)
    rendered = render(text)
    gathering.add_laid_out(rendered.text, rendered.headings)
