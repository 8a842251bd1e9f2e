"""The examples run as they stand, and print what they are there to show."""

import subprocess
import sys
from pathlib import Path

import pytest

from examples import ask, langchain_retriever
from examples.test_my_documents import my_library, test_golden_case
from retrieval import Library

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"

# pytest collects the golden cases here, as it does in the file that is to be copied.
__all__ = ["my_library", "test_golden_case"]


def test_ask_answers_with_footnotes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask.main(str(tmp_path / "home"), str(EXAMPLES / "handbook"), "How many books can I borrow?")
    answer, footnote = capsys.readouterr().out.splitlines()
    assert answer.startswith("Members may borrow five books at a time, for three weeks. ")
    assert footnote == "[1] Lending, 9–112"


def test_ask_says_what_cannot_be_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask.main(str(tmp_path / "home"), str(tmp_path / "gone.txt"), "How many books can I borrow?")
    out, err = capsys.readouterr()
    assert "gone.txt" in err
    assert out == "The documents don't say.\n"


def test_ask_is_as_short_as_promised() -> None:
    lines = (EXAMPLES / "ask.py").read_text(encoding="utf-8").splitlines()
    first = lines.index(next(line for line in lines if "open_library(home)" in line))
    assert len([line for line in lines[first:] if line.startswith(" " * 4)]) <= 10


def test_the_retriever_finds_for_another_chain(my_library: Library) -> None:
    chain = langchain_retriever.build_chain(my_library.retriever(["common"], k=1))
    said = chain.invoke("How many books can I borrow?")
    assert "Say it in one line: How many books can I borrow?" in said
    assert "[1] Lending" in said
    assert "five books" in said
    assert "reading room" not in said


@pytest.mark.parametrize("name", ["langchain_retriever.py"])
def test_it_runs_by_itself(name: str) -> None:
    command = [sys.executable, str(EXAMPLES / name)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "five books" in done.stdout
