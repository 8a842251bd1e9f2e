"""The composition root: the one place where settings become an open library, with the chat reader
and the vector store that they ask for."""

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.remote.owner_address import OwnedError, clear_owner, read_owner

from .settings import Settings

if TYPE_CHECKING:
    from bot.discord.services.libraries import ServerLibraries
    from retrieval.answer.chat.options import ChatOptions
    from retrieval.answer.chat.reader import ChatReader
    from retrieval.embedding.embedder import SentenceEmbedder
    from retrieval.indexing.sync.refresher import Around, Refresher
    from retrieval.library import Library
    from retrieval.reading.web.visitor import Visitor
    from retrieval.store.vectors.server_store import Server
    from retrieval.store.vectors.vector_store import VectorStore
    from retrieval.weights.fitted import Fitted

# The count of the chat model's use, in the home.
USAGE = "usage.db"
# Files that may be open: a library takes three, a large one eight. macOS grants no more than that.
MOST = 65_536 if sys.platform == "linux" else 10_240
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
    home, or the model, can't be used, and OwnedError where another process has the home, and runs
    verbs for others.
    """
    from bot.discord.knowledge.privacy.forget import forget_documents
    from retrieval.embedding.embedder import SentenceEmbedder
    from retrieval.embedding.onnx_model import keep_numpy_to_one_core
    from retrieval.library import Library
    from retrieval.reading.intake import Intake
    from retrieval.search.reader.model import find_reader
    from retrieval.store.files.chosen_model import model_of
    from retrieval.store.home import Home

    at = folder or settings.home
    allow_many()
    keep_numpy_to_one_core()
    embedder = SentenceEmbedder(model_of(settings.home, settings.embedding_model), settings.device)
    fitted = _numbers_in_force(settings, embedder)
    stores = vector_store(settings, folder is None)
    home = Home(at, embedder.identity, _while_waiting(at), open_store=stores)
    with ExitStack() as closing:
        closing.callback(home.close)
        clear_owner(at)  # left by an owner that was killed
        opened = open_chat(settings, home.folder, embedder, fitted) if asking else nullcontext()
        chat = closing.enter_context(opened)
        visitor = partial(_make_visitor, settings)
        intake = Intake(make_visitor=visitor, language=settings.language or "")
        reader = find_reader(embedder, partial(print, file=sys.stderr))
        library = Library(home, embedder, fitted, intake, chat, reader)
        closing.callback(library.close)
        library.forgets = (partial(forget_documents, at),)
        yield library


def _numbers_in_force(settings: Settings, embedder: "SentenceEmbedder") -> "Fitted":
    """The shipped numbers, or the home's own calibration, with a warning where that is stale."""
    from retrieval.weights.calibration_file import fits, in_force, read_kept
    from retrieval.weights.fitted import load_fitted

    shipped, kept = load_fitted(embedder.multilingual), read_kept(settings.home)
    if kept is not None and not fits(kept, shipped, embedder.identity):
        print(STALE, file=sys.stderr)
    return in_force(shipped, kept, embedder.identity)


def _while_waiting(at: Path) -> Callable[[], None]:
    """Return what to call while another process has a home: it says so, the first time.

    It raises OwnedError as soon as that process runs verbs for others.
    """
    told = False

    def waiting() -> None:
        nonlocal told
        if (owner := read_owner(at)) is not None:
            raise OwnedError(at, owner)
        if not told:
            print(f"Waiting for another footnote that uses {at} …", file=sys.stderr)
        told = True

    return waiting


def _make_visitor(settings: Settings) -> "Visitor":
    from retrieval.reading.web.fetch import Fetcher
    from retrieval.reading.web.visitor import Visitor

    return Visitor(Fetcher(allowed_hosts=settings.allowed_hosts))


@contextmanager
def refreshing(
    settings: Settings, library: "Library", around: "Around | None" = None
) -> Iterator["Refresher"]:
    """Sync the library's sources in the background, as the settings say, until the block ends.

    Nothing more is fetched or read then. Each library is synced in a block that `around` gives.
    """
    from retrieval.indexing.sync.refresher import Refresher

    refresher = Refresher(library, settings.refresh, around=around)
    refresher.start()
    try:
        yield refresher
    finally:
        library.intake.close()
        refresher.close()


@contextmanager
def temporary_library(settings: Settings) -> Iterator["Library"]:
    """A library in a home that is gone when the block ends, with the settings' calibration."""
    with (
        TemporaryDirectory(prefix="footnote-") as folder,
        open_library(settings, Path(folder)) as library,
    ):
        yield library


@contextmanager
def open_server_libraries(
    library: "Library", for_all: Sequence[str] = ()
) -> Iterator["ServerLibraries"]:
    """The servers' libraries, warm, until the block ends; `for_all` as they take it."""
    from bot.discord.records.records import open_records
    from bot.discord.services.libraries import ServerLibraries

    with open_records(library.home.folder) as records:
        libraries = ServerLibraries(library, records, for_all)
        try:
            if library.clear_common():
                logging.getLogger(__name__).info("sample removed")
            library.search("warm")
            yield libraries
        finally:
            libraries.close()


def chat_options(settings: Settings) -> "ChatOptions | None":
    """The chat model's options in the settings; None where they name no model."""
    from retrieval.answer.chat.options import ChatOptions, DailyBudget, Patience

    if settings.chat_model is None:
        return None
    key = settings.chat_api_key
    return ChatOptions(
        model=settings.chat_model,
        url=settings.chat_url,
        key=key.get_secret_value() if key else None,
        context=settings.chat_context,
        patience=Patience(
            settings.chat_connect_timeout, settings.chat_first_timeout, settings.chat_timeout
        ),
        budget=DailyBudget(settings.chat_daily_questions, settings.chat_daily_questions_per_server),
        unsupported=settings.unsupported,
        prompts=settings.prompts_dir,
    )


@contextmanager
def open_chat(
    settings: Settings, home: Path, embedder: "SentenceEmbedder", fitted: "Fitted"
) -> Iterator["ChatReader | None"]:
    """The reader that the settings ask for, None where they ask for none.

    Raises FootnoteError where its model, its prompts or its count can't be used.
    """
    options = chat_options(settings)
    if options is None:
        yield None
        return
    from retrieval.answer.chat.budget import Usage
    from retrieval.answer.chat.circuit_breaker import Breaker
    from retrieval.answer.chat.grounding.support import Support
    from retrieval.answer.chat.model import PatientModel
    from retrieval.answer.chat.prompt.templates import load_prompts
    from retrieval.answer.chat.providers import open_model
    from retrieval.answer.chat.reader import ChatReader
    from retrieval.answer.chat.rewrite_follow_up import Condenser
    from retrieval.text.terms import Keys

    prompts, (model, context), keys = load_prompts(options.prompts), open_model(options), Keys()
    usage = Usage(home / USAGE, options.budget)
    try:
        patient = PatientModel(model, options.patience, Breaker(), usage)
        yield ChatReader(
            model=patient,
            prompts=prompts,
            condenser=Condenser(patient, prompts.condense, keys),
            support=Support(embedder, keys, fitted.support),
            context=context,
            unsupported=options.unsupported,
        )
    finally:
        usage.close()


def vector_store(settings: Settings, own: bool = True) -> "Callable[[Path], VectorStore]":
    """Return a function that opens the vector store of a home, given its folder.

    Only the settings' `own` home has vectors on a server: another is for the moment.
    """
    from retrieval.store.vectors.embedded_store import FileStore

    server = chroma_server(settings) if own else None
    if server is None:
        return FileStore
    from retrieval.store.vectors.server_store import ServerStore

    return lambda home: ServerStore(home, server)


def chroma_server(settings: Settings) -> "Server | None":
    """The server that the settings name, if any."""
    if settings.chroma_url is None:
        return None
    from retrieval.store.vectors.server_store import Server

    header = settings.chroma_header
    if header is None:
        return Server(settings.chroma_url)
    name, _, value = header.get_secret_value().partition(":")
    return Server(settings.chroma_url, ((name.strip(), value.strip()),))


def allow_many() -> None:
    """Take as many open files as the system grants a process that asks."""
    try:
        import resource
    except ModuleNotFoundError:
        return  # Windows has no such limit
    given, grantable = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST if grantable == resource.RLIM_INFINITY else min(grantable, MOST)
    if given < wanted and given != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, grantable))
