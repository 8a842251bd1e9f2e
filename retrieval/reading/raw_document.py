"""A document as it came in: bytes that nothing has looked into yet."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawDocument:
    """Bytes, and what is known of them.

    `source` is the place they are known by, `called` what errors call it; `name` is a file's name,
    `title` one that a person gave; `listed` is the title that a site's navigation gives a page, and
    `within` the titles above that; `link` is where people can open it, where that is another place
    than its source. `charset` and `kind` are what came with the bytes, unchecked.
    `validators` is JSON: what a web server knows this version by. A page's bytes change at every
    visit, so that it is `by_text` that two versions are told apart.
    """

    data: bytes
    source: str
    called: str
    name: str = ""
    title: str = ""
    charset: str | None = None
    kind: str | None = None
    author: str = ""
    date: str = ""
    validators: str | None = None
    by_text: bool = False
    listed: str = ""
    within: str = ""
    link: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()
