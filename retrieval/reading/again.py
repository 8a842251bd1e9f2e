"""Read documents from their sources once more: files, pages, and what lies in archives."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from retrieval.errors import FootnoteError
from retrieval.types import DocumentInfo

from .formats.registry import THREAD
from .intake import Intake
from .raw_document import RawDocument
from .source import (
    BUILT_IN,
    LINKS,
    MESSAGE,
    PIPED,
    UPLOADED,
    Source,
    built_in,
    from_file,
    from_url,
    unreadable,
)

# An archive, and the path of a document in it.
PACKED = re.compile(r"(.+?\.(?:zip|tar|tgz|gz|xml))/.", re.IGNORECASE)

# The kinds of what stands in Discord and is read again there alone.
IN_DISCORD = (MESSAGE, THREAD)


def all_again(documents: Sequence[tuple[DocumentInfo, str | None, str | None]]) -> list[Source]:
    """The sources to read documents from once more; those of one archive are read together.

    Each comes with the title that a person gave it and what the catalog keeps of a page, or None.
    """
    sources, picked = list[Source](), dict[str, dict[str, str]]()
    for document, title, validators in documents:
        archive = archive_of(document.source)
        if archive is None or not can_read_again(document):
            sources.append(again(document, title, validators))
        elif archive in picked:
            picked[archive][document.source] = title or ""
        else:
            chosen = picked[archive] = {document.source: title or ""}
            source = from_url(archive) if archive.startswith(LINKS) else from_file(Path(archive))
            sources.append(replace(source, picked=chosen))
    return sources


def archive_of(source: str) -> str | None:
    """The file or address of the archive that a document's source lies in, or None."""
    if source.startswith(LINKS):
        packed = PACKED.match(source)
        return packed[1] if packed else None
    if not Path(source).is_absolute() or not PACKED.match(source):
        return None
    return next((str(up) for up in Path(source).parents if up.is_file()), None)


def again(document: DocumentInfo, title: str | None, validators: str | None) -> Source:
    """The source that a document was read from, to read it once more.

    `title` is a person's, if one was given; `validators` what the catalog keeps of a page.
    """
    if document.source in BUILT_IN:
        return built_in(document.source)
    if not can_read_again(document):
        return unreadable(document.source, _gone(document))
    if not document.source.startswith(LINKS):
        return from_file(Path(document.source), title)
    return page_again(document.source, document, title, validators)


def page_again(
    url: str, document: DocumentInfo, title: str | None, validators: str | None
) -> Source:
    """The page at an address that a document was read from, or which says the same."""
    # A page that has moved for good is known by its new address.
    known_as = url if document.source == url else ""

    def fetch(intake: Intake) -> RawDocument | None:
        from retrieval.reading.web.visitor import fetch_page, read_validators

        seen = read_validators(validators)
        return fetch_page(intake.visitor, url, title or "", source=known_as, seen=seen)

    return Source(url, fetch, document.id)


def can_read_again(document: DocumentInfo) -> bool:
    """Return whether a document can be read once more, from a file, a page, or out of Footnote."""
    source = document.source
    if source.startswith(LINKS):
        return document.kind not in IN_DISCORD
    # Files are known by their whole paths, which no other source is.
    return source in BUILT_IN or Path(source).is_absolute()


def _gone(document: DocumentInfo) -> FootnoteError:
    source = document.source
    if source.startswith(PIPED):
        return FootnoteError(
            "{file} came from standard input, and can't be read again. Add it once more.",
            file=source,
        )
    if source.startswith(UPLOADED):
        return FootnoteError(
            "{file} was uploaded, and can't be read again. Upload it once more.",
            file=source.removeprefix(UPLOADED),
        )
    if document.kind in IN_DISCORD:
        return FootnoteError(
            "{link} is a message, which can only be read again in Discord.", link=source
        )
    return FootnoteError("{file} can't be read again. Add it once more.", file=source)
