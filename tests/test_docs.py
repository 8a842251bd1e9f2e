"""The README and the pages in docs/ are true: every example is run, every link leads somewhere."""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.home_path import PREFIX
from bot.settings import Settings
from docs.settings_page import EXAMPLE, PAGE, example, page
from tests.support.processes.owned_home import owned

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
# The pages whose examples go on from the README's, in the order in which somebody may read them.
READ = (
    "README",
    "documents",
    "command-line",
    "evaluation",
    "operations",
    "python",
    "privacy",
    "languages",
)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
# What a block of code may be: run, written to a file, drawn, or only to be read.
KINDS = {"console", "python", "yaml", "mermaid", "text"}
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^()\s]+)\)")
FILE = re.compile(r"\b(?:bot|retrieval|prompts|tests|benchmarks|examples|docs|deploy)/[\w./-]*\w/?")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a page shows: `text` is run, and prints what is `promised`."""

    kind: str
    text: str
    promised: str = ""


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def steps(path: Path) -> Iterator[Step]:
    """Every example of a page, in its order."""
    for kind, block in BLOCK.findall(text_of(path)):
        if kind == "console":
            for step in block.split("$ ")[1:]:
                command, _, output = step.partition("\n")
                yield Step(kind, command, output)
        elif kind == "yaml":
            yield Step("console", f"printf %s {shlex.quote(block)} > cases.yaml")
        elif kind == "python":
            yield Step(kind, block)


def as_pattern(promised: str) -> str:
    """Folded text as a pattern, in which … stands for anything and an id for any other."""
    parts = " ".join(promised.split()).split("…")
    pattern = ".*".join(re.escape(part.strip()) for part in parts)
    return re.sub(r"\b[0-9a-f]{12}\b", "[0-9a-f]{12}", pattern)


def environment(home: Path) -> dict[str, str]:
    """A reader's shell: it has no settings yet, and was not started by `make test`."""
    ours = ("FOOTNOTE_", "MAKE", "MFLAGS")
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return theirs | {"FOOTNOTE_HOME": str(home), "PATH": path}


def run(command: str, folder: Path, home: Path) -> str:
    """Runs a command as somebody would type it; returns what it prints."""
    done = subprocess.run(
        ["bash", "-c", command],
        check=False,
        cwd=folder,
        env=environment(home),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


def printed_by(step: Step, folder: Path, home: Path) -> str:
    """Return what an example prints."""
    if step.kind == "console":
        # Commands about the repository's own files are typed in its root.
        return run(step.text, ROOT if " tests/" in step.text else folder, home)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(step.text, "example", "exec"), {})  # noqa: S102 -- the page's own code
    return out.getvalue()


def test_the_examples_print_what_the_pages_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)  # away from a developer's .env
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    with owned(tmp_path / "home"):  # so that each command is only its client, and quick
        for name in READ:
            path = ROOT / "README.md" if name == "README" else ROOT / "docs" / f"{name}.md"
            for step in steps(path):
                if not step.text.startswith("make "):
                    printed = " ".join(printed_by(step, work, tmp_path / "home").split())
                    pattern = as_pattern(step.promised) if step.kind == "console" else ".+"
                    assert re.fullmatch(pattern, printed, re.DOTALL), f"{step.text}: {printed}"


@pytest.mark.skipif(
    Path(sys.prefix).resolve() != (ROOT / ".venv").resolve(),
    reason="`make` would set up .venv, and these tests run in another environment",
)
def test_the_targets_of_make_print_what_the_pages_promise(tmp_path: Path) -> None:
    shown = [step for path in PAGES for step in steps(path) if step.text.startswith("make ")]
    assert shown
    for step in shown:
        printed = " ".join(run(step.text, ROOT, tmp_path / "home").split())
        assert re.fullmatch(as_pattern(step.promised), printed, re.DOTALL), printed


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_example_is_run_or_only_to_be_read(path: Path) -> None:
    kinds = {kind for kind, _ in BLOCK.findall(text_of(path))}
    assert kinds <= KINDS
    if path.stem not in READ:
        assert not kinds & {"python", "yaml"}
        assert all(step.text.startswith("make ") for step in steps(path))


@cache
def anchors(path: Path) -> frozenset[str]:
    """The places in a page that a link can name, as GitHub makes them of its headings."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", text_of(path)), re.MULTILINE)
    return frozenset(
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in LINK.findall(BLOCK.sub("", text_of(path))):
        if not link.startswith("https://"):
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_file_that_is_named_is_there(path: Path) -> None:
    missing = {name for name in FILE.findall(text_of(path)) if not (ROOT / name).exists()}
    assert not missing


def test_every_command_of_the_repository_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^\$ )make ([a-z-]+)", every_page(), re.MULTILINE)) <= targets
    modules = set(re.findall(r"python -m ((?:benchmarks|docs|tests)[\w.]*)", every_page()))
    assert modules
    for name in modules:
        path = ROOT.joinpath(*name.split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), name


def test_whoever_reports_a_bug_is_asked_what_doctor_says() -> None:
    for form in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yaml"):
        asked = yaml.safe_load(text_of(form))["body"]
        labels = {field["attributes"]["label"] for field in asked}
        assert "footnote doctor --json" in labels or form.stem == "idea"
    workflow = yaml.safe_load(text_of(ROOT / ".github" / "workflows" / "ci.yaml"))
    assert {"run": ".ci/run"} in workflow["jobs"]["checks"]["steps"]


def every_page() -> str:
    return "\n".join(map(text_of, PAGES))


def commands() -> dict[str, Any]:
    """The verbs of the command line."""
    from typer.main import get_command

    from bot.cli.app import build_app

    return dict(getattr(get_command(build_app()), "commands"))  # noqa: B009 -- typed as Command


def test_every_setting_is_documented_and_exists() -> None:
    settings = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", every_page())) == settings


def test_every_verb_is_documented_and_exists() -> None:
    verbs = set(commands())
    rows = re.findall(r"^\|(.+?)\|", text_of(ROOT / "docs" / "command-line.md"), re.MULTILINE)
    documented = {verb for row in rows for verb in re.findall(r"`([a-z-]+)[^`]*`", row)}
    assert documented >= verbs
    assert set(re.findall(r"`(?:footnote )([a-z][a-z-]*)[` ]", every_page())) <= verbs
    assert set(re.findall(r"^\$ footnote ([a-z-]+)", every_page(), re.MULTILINE)) <= verbs


def test_every_option_is_documented_and_exists() -> None:
    options = {
        name
        for verb in commands().values()
        for option in verb.params
        for name in (*option.opts, *option.secondary_opts)
        if name.startswith("--")
    }
    documented = set(re.findall(r"--[a-z][a-z-]*", text_of(ROOT / "docs" / "command-line.md")))
    of_all = {"--help", "--version"}
    assert documented - of_all == options - of_all - {"--browser"}


def test_the_page_and_the_example_of_settings_are_current() -> None:
    assert text_of(PAGE) == page(text_of(PAGE)), "run `make docs`"
    assert text_of(EXAMPLE) == example(), "run `make docs`"


def test_the_readme_is_short() -> None:
    assert len(text_of(ROOT / "README.md").splitlines()) <= 150
