"""The verb that reads documents in: `add`.

Each source is told as it is done; those that failed are told at the end.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import (
    CollectionOption,
    HomeOption,
    JsonOption,
    LibraryOption,
    library_of,
    shell_of,
    terminal_of,
)
from bot.output.progress import progress_bar
from bot.output.terminal import Terminal
from bot.output.text import many
from retrieval.types import COMMON

from .add_channel import Take, follow_all, split_off, tell_followed
from .results import conclude, tell, tell_left_out

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.reading.source import Source
    from retrieval.reading.web.sitemap import Sitemap


# What stands for standard input.
STANDARD_INPUT = "-"
# Pages of a site that are added where no limit is given.
PAGES = 100


def add(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Files, folders, URLs, discord:SERVER/CHANNEL, or - for standard input.",
        ),
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
    collection: CollectionOption = None,
    take: Annotated[
        Take, typer.Option("--take", help="Of a Discord channel: what staff chose, or all solved.")
    ] = Take.CHOSEN,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Add files, folders, URLs, channels, or piped text.

    PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, CSV, JSON, YAML, TOML, HTML, Markdown,
    reStructuredText (reST), AsciiDoc, LaTeX, MediaWiki, Org, manual pages, notebooks, captions,
    mail and plain text are read, and pictures where footnote-bot[ocr] is installed, by what they
    hold, not by their names; folders and archives (.zip, .tar, .tar.gz) are gone through to the
    bottom. What is unchanged is skipped, and a newer version replaces the older one.
    Stopped by Ctrl-C, it keeps what is done, and goes on from there when it is called again.

    A collection that isn't there yet is made.
    """
    if not sources and sitemap is None:
        raise typer.BadParameter("name what to add, or a site by --sitemap.")
    if limit is not None and sitemap is None:
        raise typer.BadParameter("a limit is for the pages of a site, named by --sitemap.")
    terminal, (channels, names) = terminal_of(context), split_off(sources or [])
    if channels:
        held = shell_of(context).held
        followed = follow_all(
            held.running if held is not None else None, channels, take, collection
        )
        tell_followed(terminal, followed, json)
        if not names and sitemap is None:
            return
    chosen, piped = named_sources(terminal, names, title), names.count(STANDARD_INPUT)
    if title is not None and (len(chosen) + piped > 1 or sitemap is not None):
        raise typer.BadParameter("a title is for one document, and there are several.")
    most = limit or (ask_for_limit(terminal) if sitemap is not None else PAGES)
    with library_of(context, home) as opened:
        if piped:
            chosen.append(piped_in(terminal, title))
        if sitemap is not None:
            chosen += site_sources(terminal, opened, sitemap, most)
        store = store_to_fill(terminal, opened, library, collection)
        with progress_bar(terminal, len(chosen)) as bar:
            results = opened.add(chosen, store, progress=bar.passages)
            told = tell(results, json, bar, opened.intake.close if terminal.own else None)
    if not json:
        tell_left_out(terminal, [*left_out_of_folders(terminal, names), *told.left_out])
    conclude(terminal, told, len(chosen), json)


def store_to_fill(
    terminal: Terminal, opened: "Library", library: str, collection: str | None
) -> str:
    """The store of a collection, which is made where it is missing; that is said."""
    known = opened.collections.store_if_there(collection, library)
    if known is not None:
        return known
    new = opened.collections.create(collection or "", library)
    terminal.notice(f"“{new.name}” is a new collection of the library {library}.")
    return new.store


def left_out_of_folders(terminal: Terminal, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The folders that are named, each with a sentence on what of it is left out, if anything."""
    from retrieval.reading.source import left_out_of_folder

    for name in names:
        if name and name != STANDARD_INPUT:
            yield name, left_out_of_folder(str(terminal.path(Path(name))))


def named_sources(terminal: Terminal, names: Sequence[str], title: str | None) -> list["Source"]:
    """The files, folders and pages that the arguments name."""
    from retrieval.reading.source import LINKS, from_paths

    paths = [
        name if not name or name.lower().startswith(LINKS) else str(terminal.path(Path(name)))
        for name in names
        if name != STANDARD_INPUT
    ]
    return list(from_paths(paths, title))


def piped_in(terminal: Terminal, title: str | None) -> "Source":
    """Standard input, read to its end."""
    from retrieval.reading.source import from_text

    return from_text(terminal.stdin.buffer.read(), title)


def ask_for_limit(terminal: Terminal) -> int:
    """The most pages of a site to add: asked for on a terminal, else as many as usual."""
    if not terminal.stdin.isatty():
        return PAGES
    return terminal.ask_for_number("How many pages at most?", PAGES)


def site_sources(terminal: Terminal, library: "Library", url: str, most: int) -> list["Source"]:
    """The pages of a site. Raises FootnoteError where it has no sitemap that can be read."""
    from retrieval.reading.listing import list_site

    site, pages = list_site(url, most, library.intake)
    if missing := _missing(site):
        terminal.notice(missing)
    return list(pages)


def _missing(site: "Sitemap") -> str:
    """A sentence on the pages of a site that were not found or left out, if any."""
    if site.left_out:
        more = f"{'at least ' if site.unread else ''}{many(site.left_out, 'page')}"
        return f"The site has {more} more, left out: --limit says how many to take."
    if site.unread:
        return "Some sitemaps of the site were not read: it may have more pages."
    return ""
