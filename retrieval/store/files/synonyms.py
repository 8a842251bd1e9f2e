"""The synonyms that the operator of a home chose, kept in a file of it."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from retrieval.errors import FootnoteError
from retrieval.store.disk import make_folder, replace_file
from retrieval.text.terms import words

FILE = "synonyms.json"
# Groups, and characters of a word or phrase: each group is looked for in every question.
MOST_GROUPS, LONGEST = 1_000, 60

Groups = list[list[str]]


def read_synonyms(folder: Path) -> Groups:
    """The groups of words that stand for one another; none where a home has been given none.

    Raises FootnoteError where the file can't be read, or holds something else.
    """
    file = folder / FILE
    try:
        return TypeAdapter(Groups).validate_json(file.read_bytes(), strict=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise FootnoteError(
            "The synonyms {file} can't be read: {why}.", file=file, why=error.strerror
        ) from error
    except ValueError as error:
        raise FootnoteError(
            "The synonyms {file} are damaged. Remove the file, and add them again with "
            "`footnote synonyms add`.",
            file=file,
        ) from error


def add_synonyms(folder: Path, terms: Sequence[str]) -> list[str]:
    """Let some words stand for one another, and for those that any of them does already.

    Returns the whole group. Raises FootnoteError where there are too few or too many, or where
    they can't be kept.
    """
    new = list(dict.fromkeys(map(_checked, terms)))
    groups = read_synonyms(folder)
    joined = [group for group in groups if not set(group).isdisjoint(new)]
    whole = list(dict.fromkeys(term for group in [*joined, new] for term in group))
    if len(whole) < 2:  # noqa: PLR2004 -- a word stands for another
        raise FootnoteError("Name two words or more that stand for one another.")
    kept = [group for group in groups if group not in joined]
    if len(kept) >= MOST_GROUPS:
        raise FootnoteError(f"There are {MOST_GROUPS:,} groups of synonyms; no more are kept.")
    _keep(folder, [*kept, whole])
    return whole


def remove_synonyms(folder: Path, terms: Sequence[str]) -> list[str]:
    """Remove words from their groups, all or none, and return them.

    A word that is left alone goes too. Raises FootnoteError where one is in no group.
    """
    gone = list(dict.fromkeys(map(_checked, terms)))
    groups = read_synonyms(folder)
    known = {term for group in groups for term in group}
    if missing := [term for term in gone if term not in known]:
        raise FootnoteError(
            f"{missing[0]!r} is no synonym. `footnote synonyms list` shows those there are."
        )
    left = ([term for term in group if term not in gone] for group in groups)
    _keep(folder, [group for group in left if len(group) > 1])
    return gone


def _checked(term: str) -> str:
    """A word or phrase as it is looked for. Raises FootnoteError where there is nothing to it."""
    folded = " ".join(words(term))
    if not folded or len(folded) > LONGEST:
        raise FootnoteError(
            f"{term[:LONGEST]!r} can't be a synonym: give a word or a few, {LONGEST} characters at "
            "the most."
        )
    return folded


def _keep(folder: Path, groups: Iterable[Sequence[str]]) -> None:
    try:
        make_folder(folder)
        text = json.dumps(list(groups), ensure_ascii=False, indent=1)
        replace_file(folder / FILE, text.encode())
    except OSError as error:
        raise FootnoteError(f"Synonyms can't be kept in {folder}: {error.strerror}.") from error
