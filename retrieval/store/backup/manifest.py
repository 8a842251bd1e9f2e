"""The list in a backup of all that it holds, and of the versions that it was made with."""

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from retrieval.errors import FootnoteError

# The first and only form of a backup. A later Footnote reads the earlier forms, too.
FORMAT = 1
MANIFEST = "manifest.json"
# A library, or one of its collections.
STORE = r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?:\.[0-9a-f]{8})?"
# What members may be called: a backup is a file that anybody may have made.
MEMBER = re.compile(
    rf"libraries/{STORE}\.db|vectors/{STORE}\.npy"
    r"|calibration\.json|synonyms\.json|embedding_model\.json|changed_answers\.json"
    r"|activity\.db|usage\.db"
    r"|golden/[^/\\:\0-\x1f]{1,200}\.ya?ml"
)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a home, by its path there, its size, and the SHA-256 of its bytes."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that a backup holds; `schema` is the version of its catalogs."""

    format: int
    footnote: Literal["backup"]
    made_at: str
    schema: int
    embedding_model: str
    documents: int
    members: tuple[Member, ...]

    def packed(self) -> bytes:
        """The manifest as it stands in a backup."""
        return TypeAdapter(Manifest).dump_json(self, indent=1)


def read_manifest(data: bytes, schema: int) -> Manifest:
    """The manifest of a backup. Raises FootnoteError where this Footnote can't read the backup."""
    try:
        manifest = TypeAdapter(Manifest).validate_json(data)
    except ValidationError as error:
        raise FootnoteError("It has no list of its parts that can be read.") from error
    if manifest.format > FORMAT or manifest.schema > schema:
        raise FootnoteError("It was made by a newer Footnote. Update Footnote.")
    for member in manifest.members:
        if not MEMBER.fullmatch(member.path):
            raise FootnoteError(f"It has a part that is none of a home's, {member.path!r}.")
    return manifest
