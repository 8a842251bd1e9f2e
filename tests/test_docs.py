"""The README's commands do what it says they do."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def steps() -> Iterator[tuple[str, str]]:
    """Every command that the README shows, with the output it promises.

    What it shows of `cases.yaml` is written there by a command as well.
    """
    blocks = re.findall(r"^```(console|yaml)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    for kind, block in blocks:
        if kind == "yaml":
            yield f"printf %s {shlex.quote(block)} > cases.yaml", ""
        for step in block.split("$ ")[1:] if kind == "console" else ():
            command, _, output = step.partition("\n")
            yield command, output


def as_pattern(promised: str) -> str:
    """Folded text as a pattern in which … stands for anything."""
    return ".*".join(re.escape(part.strip()) for part in " ".join(promised.split()).split("…"))


@pytest.mark.skipif(
    Path(sys.prefix).resolve() != (ROOT / ".venv").resolve(),
    reason="`make ask` would set up .venv, and these tests run in another environment",
)
def test_the_commands_of_the_readme_print_what_it_promises(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    environment = {
        # A reader's shell has no settings yet, and was not started by `make test`.
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("FOOTNOTE_", "MAKE", "MFLAGS"))
        },
        "FOOTNOTE_HOME": str(tmp_path / "home"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    for command, promised in steps():
        place = ROOT if command.startswith("make ") else work
        done = subprocess.run(
            ["bash", "-c", command],
            check=False,
            cwd=place,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        printed = " ".join(done.stdout.split())
        assert re.fullmatch(as_pattern(promised), printed, re.DOTALL), f"{command}: {printed}"


def test_every_setting_and_verb_of_the_readme_exists() -> None:
    from typer.main import get_command

    from bot.cli.app import build_app
    from bot.settings import Settings

    settings = {f"FOOTNOTE_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"FOOTNOTE_[A-Z_]*[A-Z]", README)) <= settings
    verbs = set(getattr(get_command(build_app()), "commands"))  # noqa: B009 -- typed as Command
    assert set(re.findall(r"^\| `([a-z]+)[ `]", README, re.MULTILINE)) <= verbs | {"footnote"}
    assert set(re.findall(r"`(?:footnote )?([a-z]+) (?:SOURCE|ID|QUESTION|QUERY)", README)) <= verbs


def test_the_example_settings_are_settings() -> None:
    from bot.settings import Settings

    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = {name.lower() for name in re.findall(r"FOOTNOTE_([A-Z_]+)=", example)}
    assert names <= set(Settings.model_fields)
