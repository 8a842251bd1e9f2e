"""The composition root: the one place where settings become a library to hold."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .settings import Settings

if TYPE_CHECKING:
    from retrieval.library import Library


@contextmanager
def open_library(settings: Settings) -> Iterator["Library"]:
    """The library of the settings' home, closed when the block ends.

    Raises FootnoteError where the home can't be used.
    """
    # Imported here, so that `--help` and mistakes in the arguments are answered at once.
    from retrieval.embed import SentenceEmbedder
    from retrieval.fitted import load_fitted
    from retrieval.home import Home
    from retrieval.library import Library

    def waiting() -> None:
        print(f"Waiting for another footnote that uses {settings.home} …", file=sys.stderr)

    embedder = SentenceEmbedder(settings.embedding_model, settings.device)
    home = Home(settings.home, embedder.identity, waiting)
    library = Library(home, embedder, load_fitted())
    try:
        yield library
    finally:
        library.close()
