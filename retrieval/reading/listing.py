"""List what a folder, a site or an archive holds now, each file or page a source of its own."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import LoadError
from retrieval.types import Origin

from .intake import Intake
from .source import (
    ARCHIVE,
    LINKS,
    SITE,
    Source,
    collection_in,
    from_file,
    from_paths,
    from_url,
    sources_in,
)

if TYPE_CHECKING:
    from retrieval.reading.web.sitemap import Sitemap


@dataclass(frozen=True, slots=True)
class Listing:
    """The sources of documents that were found; there may be more of them unless it is `whole`."""

    sources: tuple[Source, ...]
    whole: bool = True


def list_origin(origin: Origin, intake: Intake) -> Listing:
    """List a folder, a site or an archive.

    Raises FootnoteError where it is gone, holds nothing at all, or doesn't answer.
    """
    if origin.kind == SITE:
        found, sources = list_site(origin.place, origin.most or 1, intake)
        return Listing(sources, whole=not (found.left_out or found.unread))
    return Listing(_in_archive(origin, intake) if origin.kind == ARCHIVE else _in_folder(origin))


def _in_folder(origin: Origin) -> tuple[Source, ...]:
    if not Path(origin.place).exists():
        raise LoadError("The folder {folder} is gone.", folder=origin.place)
    if not Path(origin.place).is_dir():
        raise LoadError("{folder} is no folder any more.", folder=origin.place)
    sources = tuple(from_paths([origin.place]))
    if not any(source.place for source in sources):
        raise LoadError("The folder {folder} holds no file to read.", folder=origin.place)
    return sources


def _in_archive(origin: Origin, intake: Intake) -> tuple[Source, ...]:
    place = origin.place
    source = from_url(place) if place.startswith(LINKS) else from_file(Path(place))
    raw = source.fetch(intake)
    collection = collection_in(source, raw) if raw is not None else None
    if collection is None:
        raise LoadError("{archive} is no archive any more.", archive=place)
    # It is known by the place where it was found at first, wherever its server sends one now.
    return tuple(sources_in(replace(collection, name=place), origin=origin))


def list_site(url: str, most: int, intake: Intake) -> tuple["Sitemap", tuple[Source, ...]]:
    """The pages of a site, up to `most`. Raises FootnoteError where it has no sitemap to read."""
    from retrieval.reading.web.url import read_place

    found = intake.visitor.pages(url, most)
    whole = Origin(SITE, read_place(url, intake.visitor.fetcher.allowed).url, most)
    pages = (replace(from_url(page), origin=whole, place=page) for page in found.pages)
    return found, tuple(pages)
