"""Find the home and the verb that a command line names, importing nothing that takes long.

A verb of the shell asks this first: where another process has the home open, it needs no more.
Beside the settings, this is the one module that reads the environment.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from platformdirs import user_data_path

# What the names of all settings begin with.
PREFIX = "FOOTNOTE_"
SETTING = f"{PREFIX}HOME"
OPTION = "--home"


def environment() -> Mapping[str, str]:
    """The variables of this process."""
    return os.environ


def default_home() -> Path:
    """The user's data directory."""
    return user_data_path("footnote", appauthor=False)


def find_home(arguments: Sequence[str], environment: Mapping[str, str]) -> Path:
    """The home that a command line means: its own, that of the settings, or the user's."""
    named = _last_home(arguments) or _setting(environment) or _setting(_dotenv())
    return (Path(named) if named else default_home()).expanduser().absolute()


def find_verb(arguments: Sequence[str]) -> str:
    """The verb of a command line: its first word that is no option. "" where there is none."""
    words = iter(arguments)
    for word in words:
        if word == OPTION:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def options_of(arguments: Sequence[str]) -> Sequence[str]:
    """A command line up to `--`: what comes after that is no option."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _last_home(arguments: Sequence[str]) -> str:
    """The folder that the last `--home` names, "" where there is none."""
    return next(iter(reversed(list(_homes(options_of(arguments))))), "")


def _homes(options: Sequence[str]) -> Iterator[str]:
    for position, option in enumerate(options):
        if option.startswith(f"{OPTION}="):
            yield option.removeprefix(f"{OPTION}=")
        elif option == OPTION and position + 1 < len(options):
            yield options[position + 1]


def _setting(environment: Mapping[str, str]) -> str:
    """The home that the settings name; they are read in capitals or not."""
    return next((value for name, value in environment.items() if name.upper() == SETTING), "")


def _dotenv() -> dict[str, str]:
    file = Path(".env")
    if not file.is_file():
        return {}
    from dotenv import dotenv_values

    return {name: value or "" for name, value in dotenv_values(file, encoding="utf-8").items()}
