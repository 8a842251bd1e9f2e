"""The bot as an operator starts it: a process of its own, connected to a played Discord."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.processes.preloaded import preloaded
from tests.support.shell import Outcome

from .fake import TOKEN, FakeDiscord

# The program as it is, but for where Discord is, and with all the time it needs to start and stop:
# what has been imported before has it, too.
LAUNCH = """
import sys, discord.gateway, discord.http, yarl
from dataclasses import fields
from bot.discord.services.limits import Timing
from bot.discord.startup import portal
endless = {"grace": 3600.0, "job_grace": 3600.0}
Timing.__init__.__defaults__ = tuple(endless.get(e.name, e.default) for e in fields(Timing))
portal.PATIENCE = 3600.0
base = discord.http.Route.BASE = sys.argv.pop(1)
gateway = yarl.URL(base).with_scheme("ws").with_path("/gateway")
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
from bot.cli import main
main()
"""


@dataclass(slots=True)
class Running:
    """A process, and the lines that it has written so far."""

    process: Process
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    _readers: list[asyncio.Task[None]] = field(default_factory=list)
    _open: int = 0
    _written: asyncio.Condition = field(default_factory=asyncio.Condition)

    def read(self) -> None:
        """Begin to collect what it writes."""
        for stream, lines in ((self.process.stdout, self.out), (self.process.stderr, self.err)):
            assert stream is not None
            self._open += 1
            self._readers.append(asyncio.create_task(self._collect(stream, lines)))

    async def _collect(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        async for line in stream:
            async with self._written:
                lines.append(line.decode())
                self._written.notify_all()
        async with self._written:
            self._open -= 1
            self._written.notify_all()

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait until it has written something. Raises AssertionError if it ends before."""
        async with self._written:
            while not seen():
                assert self._open, f"it ended: {self.out} {self.err}"
                await self._written.wait()

    @property
    def gone(self) -> bool:
        """Tell whether it has ended."""
        return self.process.returncode is not None

    async def end(self) -> None:
        """Wait until it has ended."""
        await self.process.wait()

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    async def ended(self) -> Outcome:
        """Return its exit status and output, once it has ended."""
        await asyncio.gather(*self._readers)
        code = await self.process.wait()
        return Outcome(code, "".join(self.out), "".join(self.err))

    async def stopped(self) -> Outcome:
        """Tell it to stop, and return its exit status and output."""
        self.tell(signal.SIGTERM)
        return await self.ended()


@asynccontextmanager
async def started(
    program: str, *arguments: str | Path, cold: bool = False, **settings: str
) -> AsyncIterator[Running]:
    """Python running a program, its settings those given alone; killed if it outlives the block.

    With `cold`, it imports its libraries itself.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    theirs = {f"FOOTNOTE_{name.upper()}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        *([sys.executable] if cold else preloaded()), "-c", program, *map(str, arguments),
        env=ours | theirs, cwd="/", stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    running = Running(process)
    running.read()
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await running.ended()


@asynccontextmanager
async def starting(
    discord: FakeDiscord | None,
    home: Path,
    *options: str,
    token: str = TOKEN,
    program: str = LAUNCH,
    **settings: str,
) -> AsyncIterator[Running]:
    """`footnote run` on a home; nothing listens where Discord should be if there is none."""
    base = f"http://{discord.address if discord else '127.0.0.1:1'}/api/v10"
    if token:
        settings["discord_token"] = token
    async with (
        started(program, base, "run", "--home", home, *options, cold=False, **settings) as running,
        discord.watching(running) if discord else nullcontext(),
    ):
        yield running


@asynccontextmanager
async def connected(
    discord: FakeDiscord, home: Path, *options: str, program: str = LAUNCH, **settings: str
) -> AsyncIterator[Running]:
    """The bot once it has said that it is connected."""
    async with starting(discord, home, *options, program=program, **settings) as running:
        last = "{" if "--json" in options else "Answers are quotes"
        await running.until(lambda: any(line.startswith(last) for line in running.out))
        yield running
