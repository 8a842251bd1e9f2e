"""Where the home is, found without anything that takes long to import.

A verb of the shell asks this first: where somebody has the home already, it needs no more.

The environment, for whoever is given it: nothing else reads it but the settings.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from platformdirs import user_data_path

SETTING = "FOOTNOTE_HOME"
OPTION = "--home"


def default_home() -> Path:
    """The user's data directory."""
    return user_data_path("footnote", appauthor=False)


def find_home(arguments: Sequence[str], environment: Mapping[str, str]) -> Path:
    """The home that a command line means: its own, that of the settings, or the user's."""
    named = _option(arguments) or _setting(environment) or _setting(_dotenv())
    return (Path(named) if named else default_home()).expanduser().absolute()


def _option(arguments: Sequence[str]) -> str:
    """What the last --home says; what comes after -- is no option."""
    named, options = "", list(arguments)
    if "--" in options:
        options = options[: options.index("--")]
    for position, argument in enumerate(options):
        if argument.startswith(f"{OPTION}="):
            named = argument.removeprefix(f"{OPTION}=")
        elif argument == OPTION and position + 1 < len(options):
            named = options[position + 1]
    return named


def _setting(environment: Mapping[str, str]) -> str:
    """Settings are read whether their names are in capitals or not."""
    return next((value for name, value in environment.items() if name.upper() == SETTING), "")


def _dotenv() -> dict[str, str]:
    file = Path(".env")
    if not file.is_file():
        return {}
    from dotenv import dotenv_values

    return {name: value or "" for name, value in dotenv_values(file, encoding="utf-8").items()}


def environment() -> Mapping[str, str]:
    """The variables of this process."""
    return os.environ
