"""A home has one owner, and every verb of the shell is run by it as if it were run alone."""

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from io import FileIO
from pathlib import Path

import pytest

from bot import VERSION
from bot.discord.startup.portal import Application
from bot.output.terminal import Terminal
from bot.remote.client import STOPPED
from bot.remote.owner_address import FILE, SOCKET, new_token, write_owner
from bot.remote.protocol import Hello
from bot.remote.remote_terminal import RemoteTerminal, terminal_of
from tests.bot.conftest import NOTES, Stock
from tests.bot.doctor.test_check_up import found
from tests.support.processes.owned_home import once_waiting, owned, owning_process
from tests.support.processes.preloaded import preloaded
from tests.support.shell import Outcome, assert_refused, footnote, footnote_process
from tests.support.texts.golden import RIGHT, write_cases

pytestmark = pytest.mark.long

QUESTION = "Who was the first keeper of the lighthouse at Skerry Point?"
UNSAID = "What is the boiling point of mercury?"
# Documents of a folder that takes a while.
MANY = 600
# Columns of a terminal, and what else says how large one is.
NARROW, SIZES = 40, ("COLUMNS", "LINES")
# What differs from one run to the next.
CLOCK = re.compile(
    r'("elapsed_ms": |"questions_a_second": )[\d.]+|("ask_ms": )\{[^}]*\}|\d+(?:\.\d+)? ms'
)
VERBS: dict[str, tuple[list[str], str]] = {
    "ask": (["ask", QUESTION], ""),
    "ask, not said": (["ask", UNSAID], ""),
    "ask, in JSON": (["ask", QUESTION, "--json"], ""),
    "ask, each line": (["ask", "-", "--json"], f"{QUESTION}\n\n{UNSAID}\n"),
    "ask, each line, in text": (["ask", "-"], f"{QUESTION}\n\n{UNSAID}\n"),
    "ask, nothing": (["ask", " "], ""),
    "ask, no quotes": (["ask", "who", "ran", "the", "ferry", "to", "run", "and", "serve"], ""),
    "chat": (["chat"], "Who ran the ferry?\nWhere was he born?\n"),
    "search": (["search", "rye bread", "-k", "2"], ""),
    "search, in JSON": (["search", "rye bread", "--json"], ""),
    "list": (["list"], ""),
    "show, unknown": (["show", "no-such-id"], ""),
    "remove, unknown": (["remove", "no-such-id"], ""),
    "add, not there": (["add", "no-such-file.txt"], ""),
    "add, nothing": (["add"], ""),
    "add, piped in": (["add", "-", "--title", "Tides"], "High tide comes an hour later every day."),
    "add, in JSON": (["add", "tide.txt", "--json"], ""),
    "add, a folder": (["add", "."], ""),
    "refresh": (["refresh"], ""),
    "eval": (["eval", "right.yaml", "--json"], ""),
    "eval, documents": (["eval", "right.yaml", "--documents", "notes", "--json"], ""),
    "calibrate, too few": (["calibrate", "right.yaml"], ""),
    "reindex": (["reindex"], ""),
    "no such library": (["ask", QUESTION, "--library", "elsewhere"], ""),
    "no such option": (["ask", QUESTION, "--loud"], ""),
    "no such verb": (["sing"], ""),
}


async def told_apart(token: str) -> Application:
    """Return what Discord says of a token."""
    return Application(id=1, name="Footnote", message_content=True)


def place(folder: Path, stock: Stock) -> None:
    """Puts what the verbs name into a folder."""
    (folder / "tide.txt").write_text("High tide at Skerry comes an hour later every day.")
    (folder / "notes").symlink_to(stock.notes)
    write_cases(folder / "right.yaml", *RIGHT)


def said(done: Outcome, folder: Path) -> tuple[int, str, str]:
    """Return what it said without times and the folder that an owner puts before a path."""
    out, err = (text.replace(f"{folder}/", "") for text in (done.out, done.err))
    return done.code, CLOCK.sub("", out), err


@pytest.fixture
def nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test if a verb is run by the process that was called."""

    def refuse(*_: object) -> None:
        pytest.fail("the verb was not run by the owner")

    monkeypatch.setattr("bot.cli._run_here", refuse)


@pytest.fixture
def alone(stock: Stock, folder: Path, request: pytest.FixtureRequest) -> Outcome:
    """Return how a verb goes in a home that nobody has."""
    place(folder, stock)
    arguments, typed = VERBS[request.node.callspec.params["verb"]]
    copy = shutil.copytree(stock.home, folder.parent / "copy")
    return footnote("--home", copy, *arguments, typed=typed)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_says_through_an_owner_what_it_says_alone(
    verb: str, alone: Outcome, stock: Stock, folder: Path, nothing_here: None
) -> None:
    arguments, typed = VERBS[verb]
    with owned(stock.home):
        through = footnote("--home", stock.home, *arguments, typed=typed)
    assert said(through, folder) == said(alone, folder)


@pytest.mark.usefixtures("nothing_here")
@pytest.mark.parametrize("arguments", [["ask", QUESTION], ["list"], ["doctor"], ["eval", "a.yaml"]])
def test_an_owners_client_is_refused_an_unknown_setting_by_name(
    arguments: list[str], stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with owned(stock.home):
        monkeypatch.setenv("FOOTNOTE_COLOUR", "blue")
        done = footnote(*arguments, "--home", stock.home)
    assert_refused(done, "There is no setting FOOTNOTE_COLOUR.", "FOOTNOTE_HOME")


def test_no_value_of_a_setting_leaves_a_client(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[Hello]()

    def heard(caller: RemoteTerminal, hello: Hello) -> Terminal:
        told.append(hello)
        return terminal_of(caller, hello)

    monkeypatch.setattr("bot.remote.server.terminal_of", heard)
    monkeypatch.setenv("FOOTNOTE_DISCORD_TOKEN", "a.b.c")
    with owned(stock.home):
        assert footnote("list", "--home", stock.home).code == 0
    (hello,) = told
    assert hello.environment["FOOTNOTE_DISCORD_TOKEN"] == ""


def test_the_version_is_told_without_the_owner(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("the owner was asked")

    monkeypatch.setattr("bot.cli.run_by_owner", refuse)
    with owned(stock.home):
        assert footnote("--home", stock.home, "--version").out == f"footnote {VERSION}\n"


def test_doctor_says_who_has_the_home(stock: Stock) -> None:
    with owned(stock.home) as owner:
        done = footnote("doctor", "--json", "--home", stock.home)
    check = found(done, "home")
    assert check["ok"] is True
    assert f"process {owner.pid}" in check["found"]


def test_what_one_adds_all_others_find(stock: Stock, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide at Skerry comes an hour later every day.")
    with owned(stock.home):
        assert footnote("add", "tide.txt", "--home", stock.home).code == 0
        assert "an hour later" in footnote("ask", "When is high tide?", "--home", stock.home).out
    listed = footnote("list", "--json", "--home", stock.home).json["documents"]
    assert str(folder / "tide.txt") in {document["source"] for document in listed}


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("verb", ["serve", "run", "playground"])
def test_there_is_no_second_owner(verb: str, stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.discord.startup.portal.look_up", told_apart)
    monkeypatch.setenv("FOOTNOTE_DISCORD_TOKEN", "a.b.c")
    with owned(stock.home) as owner:
        assert_refused(footnote(verb, "--home", stock.home), f"process {owner.pid}", "--home")


def test_what_a_killed_owner_left_behind_is_cleared_away(stock: Stock) -> None:
    with owning_process(stock.home) as process:
        process.kill()
        process.wait()
    assert (stock.home / SOCKET).exists()
    assert (stock.home / FILE).exists()
    assert footnote("ask", QUESTION, "--home", stock.home).code == 0
    assert not (stock.home / SOCKET).exists()
    assert not (stock.home / FILE).exists()


def test_an_owner_that_ends_leaves_nothing_behind(stock: Stock) -> None:
    with owned(stock.home):
        assert (stock.home / SOCKET).stat().st_mode & 0o777 == 0o600
        assert (stock.home / FILE).stat().st_mode & 0o777 == 0o600
    assert not (stock.home / SOCKET).exists()
    assert not (stock.home / FILE).exists()


def test_another_version_is_told_to_be_restarted(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.remote.client.VERSION", "9.9.9")
    with owned(stock.home):
        done = footnote("list", "--home", stock.home)
    assert_refused(done, "9.9.9", VERSION, "Restart")


def test_who_does_not_know_the_token_is_not_served(stock: Stock) -> None:
    with owned(stock.home) as owner:
        write_owner(stock.home, replace(owner, token=new_token()))
        assert_refused(footnote("list", "--home", stock.home), f"process {owner.pid}")


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_where_a_socket_has_no_room_it_is_a_port_of_this_machine(stock: Stock) -> None:
    deep = stock.home.parent / ("deep" * 30)
    stock.home.rename(deep)
    with owned(deep) as owner:
        assert (owner.path, owner.port > 0) == ("", True)
        assert "Ada Lorne" in footnote("ask", QUESTION, "--home", deep).out


def test_a_home_that_is_taken_while_one_waits_for_it_is_asked_for_of_its_owner(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with owned(stock.home) as owner:
        (stock.home / FILE).unlink()  # as if it had the lock, and did not listen yet
        once_waiting(monkeypatch, lambda: write_owner(stock.home, owner))
        done = footnote("list", "--json", "--home", stock.home)
    assert len(done.json["documents"]) == len(NOTES)
    assert done.err.startswith("Waiting for another footnote")


def test_a_verb_that_an_owner_runs_imports_nothing_that_takes_long(stock: Stock) -> None:
    heavy = {"typer", "rich", "pydantic", "numpy", "torch", "chromadb", "langchain_core"}
    program = (
        f"import sys, bot.cli\ntry: bot.cli.main()\nfinally: print({heavy} & set(sys.modules))"
    )
    with owned(stock.home):
        command = [sys.executable, "-c", program, "list", "--json", "--home", str(stock.home)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")


def test_twenty_at_once_are_all_answered(stock: Stock) -> None:
    with owned(stock.home), ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(footnote_process, "ask", QUESTION, home=stock.home) for _ in range(20)]
        assert {done.result().code for done in asked} == {0}
        assert all("Ada Lorne" in done.result().out for done in asked)


@contextmanager
def adding(home: Path, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that adds a folder, one document of which is in."""
    command = [*preloaded(), "-m", "bot", "add", str(folder), "--home", str(home)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, text=True, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("added")
        yield process


def fill(folder: Path) -> None:
    """Puts many documents into a folder."""
    for number in range(MANY):
        (folder / f"{number:03}.txt").write_text(f"Ship {number} carries {number * 7} barrels.")


@contextmanager
def on_a_screen(*arguments: str | Path) -> Iterator[tuple["subprocess.Popen[bytes]", FileIO]]:
    """The command line at a terminal of a hundred columns, and that terminal's other end."""
    theirs, ours = pty.openpty()
    with FileIO(theirs) as screen:
        termios.tcsetwinsize(screen, (24, 100))
        command = [*preloaded(), "-m", "bot", *map(str, arguments)]
        sized = {name: value for name, value in os.environ.items() if name not in SIZES}
        with subprocess.Popen(command, stdout=ours, stderr=ours, env=sized) as process:
            os.close(ours)
            try:
                yield process, screen
            finally:
                process.kill()


def progress_bar(screen: FileIO) -> str:
    """The next progress bar that is drawn on a terminal. Raises OSError where no other comes."""
    drawn = b""
    while drawn.count(b"Adding") < 2:
        drawn += screen.read(4096)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn.decode(errors="replace"))
    return next(line for line in re.split(r"[\r\n]+", plain) if line.startswith("Adding"))


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_is_heard_by_the_owner_who_keeps_what_is_done(stock: Stock, folder: Path) -> None:
    fill(folder)
    with owned(stock.home):
        with adding(stock.home, folder) as process:
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()
        assert process.returncode == STOPPED
        assert re.fullmatch(
            rf"footnote: kept what was done, \d+ of {MANY} sources; the same command goes on from "
            "there.\nfootnote: stopped.\n",
            err,
        )
        again = footnote("add", folder, "--json", "--home", stock.home).json
    assert len(again["unchanged"]) >= 1 + len(out.splitlines())


def test_a_client_that_is_killed_does_not_take_its_owner_along(stock: Stock, folder: Path) -> None:
    fill(folder)
    with owned(stock.home):
        with adding(stock.home, folder) as process:
            process.kill()
        assert "Ada Lorne" in footnote("ask", QUESTION, "--home", stock.home).out
    assert footnote("doctor", "--home", stock.home).code == 0


def test_an_owner_that_is_killed_is_said_to_have_ended(stock: Stock, folder: Path) -> None:
    fill(folder)
    with owning_process(stock.home) as owner, adding(stock.home, folder) as process:
        owner.kill()
        _, err = process.communicate()
    assert (process.returncode, "ended meanwhile" in err) == (1, True)
    again = footnote("add", folder, "--json", "--home", stock.home).json
    assert len(again["added"]) + len(again["unchanged"]) == MANY


def test_progress_fits_a_terminal_whose_size_changes_meanwhile(stock: Stock, folder: Path) -> None:
    fill(folder)
    with owned(stock.home), on_a_screen("add", folder, "--home", stock.home) as (process, screen):
        assert len(progress_bar(screen)) > NARROW
        termios.tcsetwinsize(screen, (24, NARROW))
        process.send_signal(signal.SIGWINCH)
        while len(progress_bar(screen)) > NARROW:
            pass  # some were on their way already; if it never fits, there is no other in the end


def test_progress_is_drawn_on_the_clients_terminal(stock: Stock, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide at Skerry comes an hour later every day.")
    with owned(stock.home):
        done = footnote_process("add", folder, home=stock.home, terminal=True)
    assert "Adding" in done.err
    assert "\x1b[" in done.err
    assert done.out.startswith("added")
