"""Read files of golden questions, in either form they come in: YAML or SQuAD's JSON."""

import os.path
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.errors import FootnoteError
from retrieval.types import COMMON

from .golden import Golden
from .squad import SquadSet, read_squad, told_apart
from .yaml_cases import read_cases


@dataclass(frozen=True, slots=True)
class GoldenSet:
    """Golden questions, and the documents (title, text) that they bring along.

    Without documents, they are about those that are already there.
    """

    documents: tuple[tuple[str, str], ...]
    cases: tuple[Golden, ...]


def read_questions(paths: Sequence[Path], library: str = COMMON) -> GoldenSet:
    """The questions of some files in their order: SQuAD's where the names end in .json, else YAML.

    Only SQuAD's bring documents, and no two of those have the same title. A file that is named
    twice, or through a link, counts once, as it does for `footnote add`: overlapping patterns are
    no mistake, but would give some questions twice the weight. A YAML case that names no library
    is asked of `library`. Raises FootnoteError where no file is named, both forms are, or one
    can't be read.
    """
    files = list({os.path.realpath(path): path for path in paths}.values())
    squad = [path for path in files if path.suffix.lower() == ".json"]
    cases = [path for path in files if path not in squad]
    if not files:
        raise FootnoteError("No file of questions is named. Name one, in YAML or SQuAD's JSON.")
    if squad and cases:
        raise FootnoteError(
            f"{squad[0]} brings its own documents and {cases[0]} does not: "
            "measure them one after the other."
        )
    if squad:
        return _together([read_squad(path) for path in squad])
    return GoldenSet((), tuple(golden for path in cases for golden in read_cases(path, library)))


def _together(sets: Sequence[SquadSet]) -> GoldenSet:
    titles = iter(told_apart(title for squad in sets for title, _ in squad.documents))
    documents: list[tuple[str, str]] = []
    cases: list[Golden] = []
    for squad in sets:
        apart = {title: next(titles) for title, _ in squad.documents}
        documents += [(apart[title], text) for title, text in squad.documents]
        asked = (*squad.answerable, *squad.impossible)
        cases += [replace(golden, source=apart[golden.source]) for golden in asked]
    return GoldenSet(tuple(documents), tuple(cases))
