"""The baseline of an evaluation: an earlier run of `eval --json`, and what changed since."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.errors import FootnoteError
from retrieval.evaluation.golden import Golden, Outcome

# Both bring the whole library along, and are here for their types alone.
if TYPE_CHECKING:
    from retrieval.evaluation.figures import Figure
    from retrieval.evaluation.run import Evaluation

# What tells a golden question from others: kind, library, question.
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier run: its printed form, and for each of its cases, if it came out right."""

    form: Mapping[str, Any]
    passed: Mapping[tuple[Key, int], bool]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The earlier value of each figure, by its name, and the cases that changed sides since."""

    before: Mapping[str, float]
    mended: tuple[Outcome, ...]
    broken: tuple[Outcome, ...]


def read_baseline(path: Path) -> Baseline:
    """The earlier run in a file. Raises FootnoteError where that holds no such run."""
    try:
        form = json.loads(path.read_bytes())
        keys = numbered(map(_key_of_form, form["cases"]))
        passed = (bool(case["passed"]) for case in form["cases"])
        return Baseline(form, dict(zip(keys, passed, strict=True)))
    except OSError as error:
        raise FootnoteError(f"{path} can't be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FootnoteError(
            f"{path} is not what `footnote eval --json` printed. Give --baseline such a file."
        ) from error


def compare(
    baseline: Baseline, figures: "Sequence[Figure]", evaluation: "Evaluation"
) -> Comparison:
    """This run beside an earlier one; cases that were not asked then have changed no sides."""
    values = {figure.name: _value(baseline.form, figure.name) for figure in figures}
    keys = numbered(key(outcome.golden) for outcome in evaluation.outcomes)
    changed = [
        outcome
        for known_by, outcome in zip(keys, evaluation.outcomes, strict=True)
        if baseline.passed.get(known_by) is (outcome.fault is not None)
    ]
    return Comparison(
        before={name: value for name, value in values.items() if value is not None},
        mended=tuple(outcome for outcome in changed if outcome.fault is None),
        broken=tuple(outcome for outcome in changed if outcome.fault is not None),
    )


def numbered(keys: Iterable[Key]) -> Iterator[tuple[Key, int]]:
    """Each key with how often it was there before: two files may ask the same question."""
    seen = Counter[Key]()
    for key in keys:
        yield key, seen[key]
        seen[key] += 1


def key(golden: Golden) -> Key:
    """The identity of a golden question, wherever in its file it stands."""
    return golden.kind.value, golden.library, golden.question


def _key_of_form(case: Mapping[str, Any]) -> Key:
    return case["kind"], case["library"], case["question"]


def _value(form: Any, name: str) -> float | None:
    """The figure of a dotted name, None where the earlier run had none."""
    for part in name.split("."):
        form = form.get(part) if isinstance(form, dict) else None
    return float(form) if isinstance(form, int | float) else None
