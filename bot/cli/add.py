"""The verbs that read documents in: `add` and `refresh`.

Each source is told as it is done; those that failed are told at the end.
"""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.output.json_forms import added_form
from bot.output.progress import Bar, progress_bar
from bot.output.terminal import Terminal
from bot.output.text import many, printable
from retrieval.types import COMMON, Added

from .context import (
    SAMPLE_GONE,
    HomeOption,
    JsonOption,
    LibraryOption,
    library_of,
    terminal_of,
)

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

    PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, CSV, JSON, YAML, TOML, HTML, Markdown,
    reStructuredText, AsciiDoc, LaTeX, MediaWiki, Org, notebooks, captions, mail and plain text are
    read, by what they hold, not by their names; folders are gone through to the bottom. What is
    unchanged is skipped, and a newer version replaces the older one. Stopped by Ctrl-C, it keeps
    what is done, and goes on from there when it is called again.
    """
    if not sources and sitemap is None:
        raise typer.BadParameter("name what to add, or a site by --sitemap.")
    if limit is not None and sitemap is None:
        raise typer.BadParameter("a limit is for the pages of a site, named by --sitemap.")
    terminal, names = terminal_of(context), sources or []
    chosen, piped = named_sources(terminal, names, title), names.count(STANDARD_INPUT)
    if title is not None and (len(chosen) + piped > 1 or sitemap is not None):
        raise typer.BadParameter("a title is for one document, and there are several.")
    most = limit or (ask_for_limit(terminal) if sitemap is not None else PAGES)
    with library_of(context, home) as opened:
        if piped:
            chosen.append(piped_in(terminal, title))
        if sitemap is not None:
            chosen += site_sources(terminal, opened, sitemap, most)
        with progress_bar(terminal, len(chosen)) as bar:
            results = opened.add(chosen, library, progress=bar.passages)
            told = tell(results, json, bar, opened.intake.close if terminal.own else None)
    if not json:
        tell_left_out(terminal, names)
    conclude(terminal, told, len(chosen), json)


def tell_left_out(terminal: Terminal, names: Sequence[str]) -> None:
    """Tell of the files in folders that were left out, as their kinds are not read."""
    from retrieval.reading.files import left_out

    folders = [name for name in names if name and name != STANDARD_INPUT]
    if told := left_out([str(terminal.path(Path(name))) for name in folders]):
        terminal.notice(told)


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
    from retrieval.reading.source import from_url

    site = library.intake.visitor.pages(url, most)
    if missing := _missing(site):
        terminal.notice(missing)
    return [from_url(page) for page in site.pages]


def _missing(site: "Sitemap") -> str:
    """A sentence on the pages of a site that were not found or left out, if any."""
    if site.left_out:
        more = f"{'at least ' if site.unread else ''}{many(site.left_out, 'page')}"
        return f"The site has {more} more, left out: --limit says how many to take."
    if site.unread:
        return "Some sitemaps of the site were not read: it may have more pages."
    return ""


def refresh(
    context: typer.Context,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Which, as for `show`; all if none is named."),
    ] = None,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Read documents from their sources again.

    What has changed is replaced; what can't be read any more is kept as it is.
    """
    terminal = terminal_of(context)
    with library_of(context, home) as opened:
        total = len(opened.refreshable(ids or [], library))
        with progress_bar(terminal, total) as bar:
            results = opened.refresh(ids or [], library, bar.passages)
            told = tell(results, json, bar, opened.intake.close if terminal.own else None)
    conclude(terminal, told, total, json)


@dataclass(slots=True)
class Told:
    """The results so far; `stopped` where Ctrl-C ended the work there."""

    results: list[Added] = field(default_factory=list)
    stopped: bool = False


def tell(
    results: Iterator[Added], json: bool, bar: Bar, give_up: Callable[[], None] | None
) -> Told:
    """Print a line for each source that is in, unless it is to be JSON.

    Ctrl-C calls `give_up`, if given, which ends what is being fetched or read.
    """
    told = Told()
    try:
        with nullcontext() if give_up is None else _on_ctrl_c(give_up):
            for result in results:
                told.results.append(result)
                bar.done()
                if result.document is not None and not json:
                    id, title = result.document.id, printable(result.document.title)
                    bar.console.print(f"{_verdict(result):9}  {id}  {title}{_elsewhere(result)}")
    except KeyboardInterrupt:
        told.stopped = True
    return told


@contextmanager
def _on_ctrl_c(give_up: Callable[[], None]) -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> NoReturn:
        give_up()
        raise KeyboardInterrupt

    if (usual := signal.getsignal(signal.SIGINT)) is not signal.default_int_handler:
        yield  # another handler hears it, or it is to be ignored
        return
    signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def _verdict(result: Added) -> str:
    if result.unchanged:
        return "unchanged"
    return "replaced" if result.replaced else "added"


def _elsewhere(result: Added) -> str:
    if not result.elsewhere or result.document is None:
        return ""
    return f"  (has the content of {printable(result.source)})"


def conclude(terminal: Terminal, told: Told, total: int, json: bool) -> None:
    """Say what failed; exit with 1 if something did, or as Ctrl-C does."""
    if json:
        terminal.print_json(added_form(told.results))
    if any(result.ended_sample for result in told.results):
        terminal.notice(SAMPLE_GONE)
    failed = [result.error for result in told.results if result.error is not None]
    if len(failed) > 1:
        terminal.notice(f"footnote: {len(failed):,} of {many(total, 'source')} failed:")
    for error in failed:
        terminal.notice(f"footnote: {error}")
    if told.stopped:
        count = len(told.results) - len(failed)
        terminal.notice(
            f"footnote: kept what was done, {count:,} of {many(total, 'source')}; "
            "the same command goes on from there."
        )
        raise KeyboardInterrupt
    if failed:
        raise typer.Exit(1)
