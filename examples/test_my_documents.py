"""Golden cases as tests, for pytest: what the documents must answer, and what not.

For documents of your own, copy this file and `cases.yaml`, and change the two names below.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Library, from_paths, open_library
from retrieval.evaluation.golden import Golden
from retrieval.evaluation.run import Plan, evaluate
from retrieval.evaluation.yaml_cases import read_cases

DOCUMENTS = Path(__file__).parent / "handbook"  # a file, or a folder with all that is in it
CASES = Path(__file__).parent / "cases.yaml"


@pytest.fixture(scope="module")
def my_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library that holds the documents."""
    with open_library(tmp_path_factory.mktemp("home")) as library:
        for added in library.add(from_paths([str(DOCUMENTS)])):
            assert added.error is None, added.error
        yield library


@pytest.mark.parametrize("case", read_cases(CASES), ids=lambda case: case.question)
def test_golden_case(case: Golden, my_library: Library) -> None:
    """An answer holds what is expected, from where it is expected; or there is none."""
    [outcome] = evaluate(my_library, Plan((case,)), asked=lambda: None).outcomes
    assert outcome.fault is None, f"{case.place}: {outcome.fault}: {outcome.answer.text}"
