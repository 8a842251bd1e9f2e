"""The verbs by which documents come in: `add` and `refresh`."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.schema import COMMON

from ..console import many
from .options import HomeOption, JsonOption, LibraryOption
from .progress import progress_bar
from .reporting import conclude, tell
from .state import library_of, notice

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.sources import Source
    from retrieval.web.sitemap import Sitemap

# Pages of a site that are added where nobody says how many.
PAGES = 100


def add(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Files, folders, URLs, or - for standard input."),
    ] = None,
    sitemap: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Add the pages of a site, from its sitemap or its front."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="At most so many pages of a site.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", help="What to call it (for a single document).")
    ] = None,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Add documents: files, folders, web pages, or what is piped in.

    PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, CSV, JSON, HTML, Markdown, reStructuredText
    and plain text are read, by what they hold, not by their names; folders are gone through to the
    bottom. What is unchanged is skipped, and a newer version replaces the older one. Stopped by
    Ctrl-C, it keeps what is done, and goes on from there when it is called again.
    """
    if not sources and sitemap is None:
        raise typer.BadParameter("name what to add, or a site by --sitemap.")
    if limit is not None and sitemap is None:
        raise typer.BadParameter("a limit is for the pages of a site, named by --sitemap.")
    chosen = named_sources(sources or [], title)
    if title is not None and (len(chosen) > 1 or sitemap is not None):
        raise typer.BadParameter("a title is for one document, and there are several.")
    most = limit or (ask_for_limit() if sitemap is not None else PAGES)
    with library_of(context, home) as opened:
        if sitemap is not None:
            chosen += site_sources(opened, sitemap, most)
        with progress_bar(len(chosen)) as (passages, done):
            results = opened.add(chosen, library, progress=passages)
            told = tell(results, json, done, opened.intake.close)
    conclude(told, len(chosen), json)


def named_sources(names: Sequence[str], title: str | None) -> list["Source"]:
    """The sources that the arguments name, standard input read to its end."""
    from retrieval.sources import STANDARD_INPUT, from_paths, from_text

    chosen = list(from_paths([name for name in names if name != STANDARD_INPUT], title))
    if STANDARD_INPUT in names:
        chosen.append(from_text(sys.stdin.buffer.read(), title))
    return chosen


def ask_for_limit() -> int:
    """How many pages of a site at most, from whoever sits there, or as many as usual."""
    if not sys.stdin.isatty():
        return PAGES
    answer: int = typer.prompt("How many pages at most?", default=PAGES, type=int, err=True)
    return max(1, answer)


def site_sources(library: "Library", url: str, most: int) -> list["Source"]:
    """The pages of a site. Raises FootnoteError where it has no sitemap that can be read."""
    from retrieval.sources import from_url

    site = library.intake.visitor.pages(url, most)
    if missing := _missing(site):
        notice(missing)
    return [from_url(page) for page in site.pages]


def _missing(site: "Sitemap") -> str:
    """What of a site is not among the pages that were found, in a sentence, if anything."""
    if site.left_out:
        more = f"{'at least ' if site.unread else ''}{many(site.left_out, 'page')}"
        return f"The site has {more} more, left out: --limit says how many to take."
    if site.unread:
        return "Some sitemaps of the site were not read: it may have more pages."
    return ""


def refresh(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Which; all if none is named.")
    ] = None,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Read documents from their sources again.

    What has changed is replaced; what can't be read any more is kept as it is.
    """
    with library_of(context, home) as opened:
        total = len(opened.refreshable(ids or [], library))
        with progress_bar(total) as (passages, done):
            results = opened.refresh(ids or [], library, passages)
            told = tell(results, json, done, opened.intake.close)
    conclude(told, total, json)
