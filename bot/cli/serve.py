"""The verbs that keep a home open: `run` in Discord, `playground` in a page, and `serve`.

While they do, they run the shell's verbs for other processes.
"""

import asyncio
import logging
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from bot.output.terminal import Terminal
from bot.remote.owner_address import Owner
from bot.remote.server import listening
from bot.settings import Settings
from bot.wiring import refreshing
from retrieval.errors import FootnoteError

from .context import (
    Held,
    HomeOption,
    JsonOption,
    RunningBot,
    RunVerb,
    library_of,
    settings_of,
    shell_of,
    terminal_of,
)
from .documents.changed_answers import comparing_in_background

if TYPE_CHECKING:
    from bot.discord.startup.client import Options
    from retrieval.library import Library

log = logging.getLogger(__name__)

DevServer = Annotated[
    int | None,
    typer.Option(
        "--dev-server",
        metavar="ID",
        help="Register the commands in this server alone, where they appear at once.",
    ),
]
STOPPING = (signal.SIGINT, signal.SIGTERM)


def run_bot(
    context: typer.Context,
    dev_server: DevServer = None,
    log_questions: Annotated[
        bool, typer.Option("--log-questions", help="Write what is asked into the logs as well.")
    ] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Run the Discord bot.

    Needs FOOTNOTE_DISCORD_TOKEN. Logs go to standard error; Ctrl-C or SIGTERM stops it in order.
    """
    from bot.discord.startup.client import Options
    from bot.discord.startup.portal import look_up
    from bot.output.logs import begin_logging

    settings, terminal = settings_of(context, home), terminal_of(context)
    application = asyncio.run(look_up(token_of(settings)))
    granted = application.message_content
    chosen = Options(granted, dev_server, log_questions, settings.shards)
    with (
        library_of(context, home, asking=True) as library,
        owning(library, settings, shell_of(context).run, running := RunningBot()),
    ):
        begin_logging(json)
        serve_discord(terminal, library, settings, chosen, json, running)
    if not json:
        terminal.notice("Stopped.")


def token_of(settings: Settings) -> str:
    """The bot's token. Raises FootnoteError where there is none."""
    from bot.discord.startup.portal import NO_TOKEN

    if settings.discord_token is None:
        raise FootnoteError(NO_TOKEN)
    return settings.discord_token.get_secret_value().strip()


def serve_discord(
    terminal: Terminal,
    library: "Library",
    settings: Settings,
    chosen: "Options",
    json: bool,
    running: RunningBot,
) -> None:
    """Run the bot on an open library until it is told to stop; the verbs find it as `running`."""
    from bot.discord.services.services import Services
    from bot.discord.startup.client import Footnote
    from bot.discord.startup.message import greet
    from bot.discord.startup.run import serve
    from bot.metrics.endpoint import metered
    from bot.wiring import open_server_libraries

    def ready() -> None:
        greeting = greet(bot, library)
        if json:
            terminal.print_json(greeting.form())
        else:
            for line in greeting.lines():
                terminal.tell(line)
        warn = log.warning if json else terminal.notice
        for warning in greeting.warnings():
            warn(warning)

    with open_server_libraries(library) as libraries:
        services = Services(libraries, log_questions=chosen.log_questions)
        running.client = bot = Footnote(services, chosen)
        with metered(settings, library, bot):
            asyncio.run(serve(bot, token_of(settings), ready))


def serve(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Keep the home open for the shell.

    While it runs, every other footnote on the same home is answered by it, at once, since its
    models are loaded. The bot does the same. Ctrl-C or SIGTERM stops it in order.
    """
    from bot.metrics.endpoint import metered
    from bot.output.logs import begin_logging

    settings, terminal = settings_of(context, home), terminal_of(context)
    with library_of(context, home, asking=True) as library:
        # The first question should not have to wait until the model is loaded.
        library.search("warm")
        with metered(settings, library), owning(library, settings, shell_of(context).run) as owner:
            begin_logging(json)
            if json:
                terminal.print_json({"home": str(settings.home), "process": owner.pid})
            else:
                terminal.tell(f"Keeping {settings.home} open. Ctrl-C ends it.")
            until_stopped()
    if not json:
        terminal.notice("Stopped.")


def playground(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Where. [default: any free one]")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open a browser.")
    ] = True,
    home: HomeOption = None,
) -> None:
    """Try the bot in a page, with no Discord account.

    What is added there stays in the home's library guild-1. Ctrl-C ends it.
    """
    from bot.discord.playground.play import VISITORS, add_handbook, check, open_browser, play
    from bot.discord.services.services import Services
    from bot.discord.startup.client import Footnote, Options
    from bot.metrics.endpoint import metered
    from bot.output.logs import begin_logging
    from bot.wiring import open_server_libraries

    check(port)

    def ready(address: str) -> None:
        opened = browser and open_browser(address)
        terminal.tell(f"The playground is at {address}")
        terminal.notice("Opened in your browser." if opened else "Open that address in a browser.")
        terminal.notice("Ctrl-C ends it.")

    settings, terminal = settings_of(context, home), terminal_of(context)
    with (
        library_of(context, home, asking=True) as library,
        owning(library, settings, shell_of(context).run, running := RunningBot()),
        metered(settings, library),
        open_server_libraries(library, [VISITORS]) as libraries,
    ):
        if add_handbook(library):
            terminal.notice("Added the handbook of a lending library, for you to ask about.")
        begin_logging(json=False, level=logging.ERROR)
        bot = Footnote(Services(libraries), Options(message_content=True), shard_count=1)
        running.client = bot
        asyncio.run(play(bot, port, ready))


@contextmanager
def owning(
    library: "Library", settings: Settings, run: RunVerb, running: RunningBot | None = None
) -> Iterator[Owner]:
    """Run the verbs that other processes call on this home, and look at its sources again when they
    are due, until the block ends. `running` is the bot, where there is one."""
    held = Held(library, settings, running or RunningBot())

    def run_here(arguments: Sequence[str], terminal: Terminal) -> int:
        return run(arguments, terminal, held)

    around = partial(comparing_in_background, library)
    home = library.home.folder
    with refreshing(settings, library, around), listening(home, run_here) as owner:
        yield owner


def until_stopped() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    stopped = Event()
    usual = {number: signal.getsignal(number) for number in STOPPING}
    for number in STOPPING:
        signal.signal(number, lambda number, where: stopped.set())
    try:
        stopped.wait()
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
