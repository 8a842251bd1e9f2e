"""The composition root: the one place where settings become a library to hold."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.remote.address import OwnedError, clear_owner, read_owner

from .chatting import open_chat
from .open_files import allow_many
from .settings import Settings
from .vectors import vector_store

if TYPE_CHECKING:
    from bot.discord.libraries import Desk
    from retrieval.library import Library

STALE = (
    "The home's own calibration was measured with another model or an older Footnote, and is not "
    "used. Run `footnote calibrate` again, or `footnote calibrate --reset`."
)


@contextmanager
def open_library(
    settings: Settings, folder: Path | None = None, asking: bool = False
) -> Iterator["Library"]:
    """The library of the settings' home, closed when the block ends.

    With `folder`, its documents are those of another home; the calibration stays the settings'
    own. With `asking`, the chat model answers, where one is set. Raises FootnoteError where the
    home, or the model, can't be used, and
    OwnedError where somebody has the home who runs verbs for others.
    """
    # Imported here, so that `--help` and mistakes in the arguments are answered at once.
    from retrieval.embedding.embedder import SentenceEmbedder
    from retrieval.library import Library
    from retrieval.reading.intake import Intake
    from retrieval.reading.web.client import Visitor
    from retrieval.reading.web.fetch import Fetcher
    from retrieval.store.home import Home
    from retrieval.weights.calibration_file import fits, in_force, read_kept
    from retrieval.weights.fitted import load_fitted

    at = folder or settings.home
    told = False

    def waiting() -> None:
        nonlocal told
        if (owner := read_owner(at)) is not None:
            raise OwnedError(at, owner)
        if not told:
            print(f"Waiting for another footnote that uses {at} …", file=sys.stderr)
        told = True

    allow_many()
    embedder = SentenceEmbedder(settings.embedding_model, settings.device)
    shipped, kept = load_fitted(), read_kept(settings.home)
    if kept is not None and not fits(kept, shipped, embedder.identity):
        print(STALE, file=sys.stderr)
    fitted = in_force(shipped, kept, embedder.identity)
    home = Home(at, embedder.identity, waiting, open_store=vector_store(settings, folder is None))
    with ExitStack() as closing:
        closing.callback(home.close)
        clear_owner(at)  # whoever had it before and was killed
        opened = open_chat(settings, home.folder, embedder, fitted) if asking else nullcontext()
        chat = closing.enter_context(opened)
        intake = Intake(visitor=Visitor(Fetcher(allowed_hosts=settings.allowed_hosts)))
        closing.callback(intake.close)
        library = Library(home, embedder, fitted, intake, chat)
        closing.callback(library.close)
        yield library


@contextmanager
def temporary_library(settings: Settings) -> Iterator["Library"]:
    """A library in a home that is gone when the block ends, with the settings' calibration."""
    with (
        TemporaryDirectory(prefix="footnote-") as folder,
        open_library(settings, Path(folder)) as library,
    ):
        yield library


@contextmanager
def open_desk(library: "Library") -> Iterator["Desk"]:
    """The desk at which Discord asks a library, warm; its long jobs are stopped at the end."""
    from bot.discord.activity import Activity
    from bot.discord.libraries import Desk

    activity = Activity(library.home.folder / "activity.db")
    desk = Desk(library, activity)
    try:
        # The first to ask should not have to wait until the model is loaded.
        library.search("warm")
        yield desk
    finally:
        desk.close()
        activity.close()
