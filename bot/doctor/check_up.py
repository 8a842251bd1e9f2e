"""Run all checks of `footnote doctor`."""

import asyncio
import os
import urllib.request
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from bot.remote.owner_address import OwnedError
from bot.settings import Settings
from bot.wiring import STALE, open_library
from retrieval.errors import FootnoteError
from retrieval.types import SAMPLE_LIBRARY

from .chat_model import check_chat, check_usage
from .check_result import Check
from .libraries import check_library, check_shards, check_vectors
from .sources import check_sources

if TYPE_CHECKING:
    from retrieval.library import Library


def check_up(settings: Settings, held: "Library | None" = None) -> Iterator[Check]:
    """All checks, the home first: without it there is nothing more to look at.

    `held` is the home's library, where this process has it open.
    """
    try:
        with nullcontext(held) if held is not None else open_library(settings) as library:
            yield check_home(settings.home, owned=held is not None)
            yield check_model(library)
            yield check_reader(library)
            for name in library.home.names():
                yield from check_library(library, name)
            yield check_vectors(library)
            yield from check_sources(library, settings.refresh)
            if set(library.home.names()) <= {SAMPLE_LIBRARY}:
                yield Check("documents", True, "none yet", "footnote add FILE_OR_FOLDER …")
            if settings.shards is not None:
                yield from check_shards(library.home, settings.shards)
            yield check_calibration(library, settings.home)
            yield check_chat(library, settings)
            yield from check_usage(library.home.folder, settings)
            yield check_activity(library)
            if settings.metrics_port is not None:
                yield check_metrics(settings.metrics_port, running=held is not None)
    except OwnedError:
        raise  # the process that has taken it meanwhile checks it
    except FootnoteError as error:
        yield Check("home", False, str(error), "Mend that, then run footnote doctor again.")
    yield check_discord(settings)


def check_home(home: Path, owned: bool) -> Check:
    """The process that has the home."""
    if owned:
        return Check("home", True, f"{home}, kept open by process {os.getpid()}, which runs this")
    return Check("home", True, f"{home}, not in use by another footnote")


def check_model(library: "Library") -> Check:
    """Load the embedding model and use it."""
    try:
        dimensions = len(library.embedder.embed_query("Is it well?"))
    except FootnoteError as error:
        return Check("model", False, str(error), "Answers need it.")
    found = f"{library.embedder.identity}, {dimensions} dimensions, {library.embedder.model.engine}"
    return Check("model", True, found)


def check_reader(library: "Library") -> Check:
    """The reader's weights, which answers do without where they aren't as shipped."""
    if library.embedder.multilingual:
        return Check("reader", True, "none: it reads English, and the model every language")
    if library.reader is None:
        advice = "Reinstall Footnote: near misses are told less well, and answers are quoted worse."
        return Check("reader", False, "its weights are missing or altered: not used", advice)
    library.reader.check()
    return Check("reader", True, "its weights are those that come with Footnote")


def check_calibration(library: "Library", home: Path) -> Check:
    """The numbers that decide between answering and abstaining: Footnote's, or the home's own."""
    from retrieval.weights.calibration_file import read_kept

    numbers, kept = library.fitted.confidence, read_kept(home)
    whose = "your own" if kept and kept.calibration == numbers else "as it comes with Footnote"
    found = (
        f"{whose}: answers from {numbers.threshold:.2f}; fitted {numbers.date} to {numbers.data}"
    )
    if kept and kept.calibration != numbers:
        return Check("confidence", False, f"{found}; the home's own is not used", STALE)
    return Check("confidence", True, found)


def check_discord(settings: Settings) -> Check:
    """Ask Discord what the token is for; the shell does without one."""
    if settings.discord_token is None:
        return Check("discord", True, "no token set; the shell needs none")
    from bot.discord.startup.portal import invitation, look_up

    try:
        found = asyncio.run(look_up(settings.discord_token.get_secret_value()))
    except FootnoteError as error:
        return Check("discord", False, str(error))
    reads = "may read along in threads" if found.message_content else "has to be mentioned"
    return Check("discord", True, f"{found.name}, which {reads}; invite: {invitation(found.id)}")


def check_metrics(port: int, running: bool) -> Check:
    """The page of metrics and health, which has to answer while the home is kept open."""
    address = f"http://127.0.0.1:{port}/health"
    if not running:
        return Check("metrics", True, f"{address} answers while the bot or `footnote serve` runs")
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return Check("metrics", True, f"{address} says {answer.read().decode()}")
    except OSError as error:
        return Check("metrics", False, f"{address} says {error}", "Restart what has the home.")


def check_activity(library: "Library") -> Check:
    """The number of questions asked in Discord lately, and of thumbs up and down."""
    from bot.discord.records.question_log import KEPT_DAYS, QuestionLog

    path = library.home.folder / "activity.db"
    if not path.exists():
        return Check("activity", True, "nobody has asked in Discord yet")
    question_log = QuestionLog(path)
    try:
        counted = question_log.totals()
    finally:
        question_log.close()
    found = f"in {KEPT_DAYS} days {counted.questions:,} questions in Discord, "
    found += f"{counted.abstained:,} of them not in the documents; {counted.up:,} 👍, "
    return Check("activity", True, f"{found}{counted.down:,} 👎")
