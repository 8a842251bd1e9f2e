"""One library on disk: its catalog and its vectors, side by side."""

import re
from dataclasses import dataclass

from .catalog import Catalog
from .errors import FootnoteError
from .vectors import VectorIndex

# The catalog's setting that names the model the vectors were made with.
MODEL = "embedding_model"
# In the place of that name while the vectors are being made anew.
UNDER_WAY = "(reindexing)"
# What both a file name and a Chroma collection's name may be.
NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library by name, with the catalog and the vectors that hold it."""

    name: str
    catalog: Catalog
    index: VectorIndex


def check_name(name: str) -> str:
    """The name of a library, if it can be one. Raises FootnoteError otherwise."""
    if not NAME.fullmatch(name):
        raise FootnoteError(
            f"A library can't be called {name!r}: use 3 to 63 small letters, digits and hyphens."
        )
    return name
