"""The embedding model that a home was made anew with, so that no setting need name it."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from retrieval.errors import FootnoteError
from retrieval.store.disk import make_folder, replace_file

FILE = "embedding_model.json"
# What people call the model that comes with Footnote.
BUNDLED = "bundled"
Name = Annotated[str, Field(pattern=r"^\S.*$", max_length=1_000)]


def model_of(folder: Path, setting: str | None) -> str | None:
    """The name or path of the model that a setting names, or else a home was given; None for the
    bundled one."""
    named = setting or read_model(folder)
    return None if named == BUNDLED else named


def read_model(folder: Path) -> str | None:
    """The name or path of the model that a home was given; None for the bundled one.

    Raises FootnoteError where the file can't be read, or names nothing.
    """
    file = folder / FILE
    try:
        name = TypeAdapter(Name).validate_json(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise FootnoteError(
            f"The home {folder} can't be used: {error.strerror or error}. Choose another with "
            "--home or FOOTNOTE_HOME."
        ) from error
    except ValueError as error:
        raise FootnoteError(
            f"{file} names no embedding model. Remove it, and run `footnote reindex --model NAME`."
        ) from error
    return name


def keep_model(folder: Path, name: str | None) -> None:
    """Give a home the model that it has from now on. Raises FootnoteError where it can't be."""
    try:
        if name is None:
            (folder / FILE).unlink(missing_ok=True)
        else:
            make_folder(folder)
            replace_file(folder / FILE, TypeAdapter(Name).dump_json(name))
    except OSError as error:
        raise FootnoteError(
            f"The embedding model's name can't be kept in {folder}: {error.strerror}."
        ) from error
