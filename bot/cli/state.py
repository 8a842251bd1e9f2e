"""What the verbs have in common: where the home is, and how it is opened."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..compose import open_library
from ..console import escaped, printable
from ..settings import Settings, read_settings

if TYPE_CHECKING:
    from retrieval.library import Library


def settings_of(context: typer.Context, home: Path | None) -> Settings:
    """The settings, with the home that was given after the verb, before it, or not at all."""
    return read_settings(home or context.obj)


@contextmanager
def library_of(
    context: typer.Context, home: Path | None, asking: bool = False
) -> Iterator["Library"]:
    """The library that a verb works on; where it is `asking`, the chat model answers, if any."""
    with open_library(settings_of(context, home), asking=asking) as library:
        yield library


def print_json(value: Any) -> None:
    """One line of JSON on standard output, seen at once by whoever reads it."""
    print(escaped(json.dumps(value, ensure_ascii=False)), flush=True)


def notice(text: str) -> None:
    """A line on standard error."""
    print(printable(text), file=sys.stderr, flush=True)
