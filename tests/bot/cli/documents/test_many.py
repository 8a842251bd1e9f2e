"""Many documents at once: what failed is told at the end, and Ctrl-C loses nothing that is done."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from bot.remote.client import STOPPED
from tests.support.homes import PATIENCE
from tests.support.processes.preloaded import preloaded
from tests.support.shell import Outcome, footnote
from tests.support.web.serving import Reply, Site

# More than are embedded together, so that some are done before all are read.
MANY = 300


@pytest.fixture
def scraps(folder: Path) -> Path:
    """A folder of three texts, an empty file, a picture that is called a text, and a broken PDF."""
    for name in ("tide", "wind", "rain"):
        (folder / f"{name}.txt").write_text(f"The {name} comes from the west.")
    (folder / "empty.md").touch()
    (folder / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "report.pdf").write_bytes(b"%PDF-1.7\nand nothing else")
    return folder


def test_what_failed_is_told_at_the_end_each_with_its_reason(home: Path, scraps: Path) -> None:
    done = footnote("add", ".", "missing.txt", "--home", home)
    assert done.code == 1
    assert sorted(line.split()[::2] for line in done.out.splitlines()) == [
        ["added", "rain"],
        ["added", "tide"],
        ["added", "wind"],
    ]
    first, *reasons = done.err.splitlines()
    assert first == "footnote: 4 of 7 sources failed:"
    empty, photo, report, missing = sorted(reasons, key=lambda line: "missing" in line)
    assert empty.startswith("footnote: empty.md holds no text.")
    assert photo.startswith("footnote: photo.txt is damaged")
    assert report.startswith("footnote: report.pdf is damaged and can't be read.")
    assert missing.startswith("footnote: Could not read missing.txt: No such file or directory.")


def test_where_one_failed_its_reason_is_enough(home: Path, scraps: Path) -> None:
    done = footnote("add", "tide.txt", "empty.md", "--home", home)
    assert (done.code, len(done.out.splitlines())) == (1, 1)
    (reason,) = done.err.splitlines()
    assert reason.startswith("footnote: empty.md holds no text.")


def test_programs_get_the_reasons_too(home: Path, scraps: Path) -> None:
    done = footnote("add", ".", "--json", "--home", home)
    assert [Path(failed["source"]).name for failed in done.json["failed"]] == [
        "empty.md",
        "photo.txt",
        "report.pdf",
    ]
    _, *reasons = done.err.splitlines()
    assert [f"footnote: {failed['error']}" for failed in done.json["failed"]] == reasons


def test_a_link_out_of_the_folder_is_named_and_the_rest_is_added(
    home: Path, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text("The vault opens with the word marmalade.")
    (folder / "tide.md").write_text("The tide comes from the west.")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    done = footnote("add", ".", "--json", "--home", home)
    assert done.code == 1
    assert [Path(brief["source"]).name for brief in done.json["added"]] == ["tide.md"]
    assert done.err.startswith("footnote: link.md is a link that leads out of the folder")
    assert len(done.err.splitlines()) == 1
    # Whoever names it means it.
    assert footnote("add", "link.md", "--home", home).code == 0


def test_documents_of_one_content_are_one(home: Path, folder: Path) -> None:
    for name in ("one", "two", "three"):
        (folder / f"{name}.txt").write_text("The tide comes from the west.")
    (folder / "other.txt").write_text("The wind comes from the east.")
    done = footnote("add", ".", "--json", "--home", home).json
    assert len(done["added"]) == 2
    assert [brief["elsewhere"] for brief in done["unchanged"]] == [True, True]
    assert done["failed"] == []


# Ctrl-C


class Silent(Site):
    """A server that takes a question and has nothing to say until it is done."""

    def __init__(self) -> None:
        super().__init__()
        self.was_asked = Event()
        self.replies["/"] = Reply(raw=self._say_nothing)

    def _say_nothing(self, _: object) -> None:
        self.was_asked.set()
        self.done.wait()


@pytest.fixture
def silent() -> Iterator[Silent]:
    """One that is running."""
    site = Silent()
    with site.running():
        yield site


def stopped_by_ctrl_c(home: Path, folder: Path, site: Silent) -> Outcome:
    """Adds a folder and a page, and stops when a document is in and the page doesn't come."""
    host = f"127.0.0.1:{site.port}"
    command = [*preloaded(), "-m", "bot", "add", str(folder), f"http://{host}/"]
    theirs = {"FOOTNOTE_HOME": str(home), "FOOTNOTE_ALLOWED_HOSTS": host}
    with subprocess.Popen(
        command,
        env=os.environ | theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert site.was_asked.wait(PATIENCE)
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate()
    return Outcome(process.returncode, first + rest, err)


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_keeps_what_is_done_and_the_same_command_goes_on(
    home: Path, folder: Path, silent: Silent
) -> None:
    for number in range(MANY):
        (folder / f"{number:03}.txt").write_text(f"Ship {number} carries {number * 7} barrels.")
    stopped = stopped_by_ctrl_c(home, folder, silent)
    said = re.fullmatch(
        rf"footnote: kept what was done, (\d+) of {MANY + 1} sources; the same command goes on "
        "from there.\nfootnote: stopped.\n",
        stopped.err,
    )
    assert said is not None, stopped.err
    assert stopped.code == STOPPED
    again = footnote("add", folder, "--json", "--home", home)
    assert (again.code, again.err) == (0, "")
    kept = {brief["id"] for brief in again.json["unchanged"]}
    assert kept >= {line.split()[1] for line in stopped.out.splitlines()}
    # Those that came in with the last one that was told of are kept as well.
    assert 0 < int(said[1]) <= len(kept) < MANY
    assert len(again.json["added"]) == MANY - len(kept)
    assert len(footnote("list", "--json", "--home", home).json["documents"]) == MANY
