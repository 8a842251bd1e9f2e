"""The short form of `make crash`: a few processes killed, and a few power cuts."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash.harness.recording import can_record

pytestmark = pytest.mark.long

SHORT = ("--times", "4", "--cuts", "5", "--operations", "6")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what it says; it would have failed where anything was lost."""
    scratch = str(tmp_path_factory.mktemp("crash"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", *SHORT, "--folder", scratch],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_was_acknowledged_answers_after_any_kill_and_nothing_is_there_by_half(
    told: str,
) -> None:
    assert told.startswith("4 processes killed")
    assert "nothing lost, nothing by half" in told


@pytest.mark.skipif(not can_record(), reason="takes Linux and a C compiler")
def test_what_was_acknowledged_answers_after_any_power_cut_and_nothing_is_there_by_half(
    told: str,
) -> None:
    assert "5 power cuts" in told
    assert "nothing acknowledged lost, nothing by half" in told
