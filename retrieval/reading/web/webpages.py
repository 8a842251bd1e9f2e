"""A web address → the bytes that stand there, and what its server knows this version by."""

import json
from dataclasses import asdict
from pathlib import PurePath

from retrieval.reading.raw import Raw

from .client import Visitor
from .page import Validators

# What servers send pages as: their bytes change at every visit, by a token or the time of day.
PAGES = {".html", ".htm", ".xhtml", ""}


def fetch_page(
    visitor: Visitor, url: str, title: str, source: str = "", seen: Validators | None = None
) -> Raw | None:
    """What stands at an address; None where it is the version that was `seen` before.

    Its source is the address in one spelling, or the one that it is known by already. Raises
    FootnoteError, saying why, for what can't or must not be fetched.
    """
    page = visitor.get(url, seen)
    if page is None:
        return None
    return Raw(
        page.body,
        source=source or page.url,
        called=url,
        name=page.name,
        title=title,
        charset=page.charset,
        validators=json.dumps(asdict(page.validators)),
        by_text=PurePath(page.name).suffix.lower() in PAGES,
    )


def read_validators(kept: str | None) -> Validators | None:
    """What the catalog keeps of a page's version, as it was when the page was fetched."""
    return Validators(**json.loads(kept)) if kept else None
