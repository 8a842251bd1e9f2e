"""The options that several verbs share."""

from pathlib import Path
from typing import Annotated

import typer

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="Where documents and indexes are kept. [default: FOOTNOTE_HOME, else the user's "
        "data directory]",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
LibraryOption = Annotated[
    str, typer.Option("--library", "-l", metavar="NAME", help="Which library of the home.")
]
