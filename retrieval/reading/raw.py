"""Something to add as it came: bytes that nobody has looked into yet."""

import hashlib
from dataclasses import dataclass

from retrieval.errors import LoadError

# A long novel is one or two MiB of text, and a thick illustrated manual stays below this.
SIZE_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes, and what is known of them.

    `source` is the place they are known by, `called` what errors call it; `name` is a file's name,
    `title` a person's; `charset` and `kind` are what whoever handed them over said they are.
    `validators` is JSON: what a web server knows this version by. A page's bytes change at every
    visit, so that it is `by_text` that its content is told apart.
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

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def check_size(size: int, called: str) -> None:
    """Raises LoadError where something has too many bytes to be read."""
    if size > SIZE_LIMIT:
        limit = SIZE_LIMIT // 1024 // 1024
        raise LoadError(f"{called} is larger than {limit} MiB. Split it into smaller files.")
