"""The names for other programs are in `retrieval` itself, and cost nothing until used."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import retrieval
from retrieval import open_library
from tests.support.homes import note


@pytest.mark.parametrize("name", retrieval.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(retrieval, name).__name__ == name


def test_another_name_is_refused_as_in_any_module() -> None:
    with pytest.raises(AttributeError, match="'retrieval' has no attribute 'Answers'"):
        _ = retrieval.Answers  # type: ignore[attr-defined]


def test_importing_the_package_loads_none_of_its_modules() -> None:
    code = "import sys; before = set(sys.modules); import retrieval; "
    code += "print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if not is_standard(name)}
    assert loaded == {"retrieval"}


def is_standard(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in sys.stdlib_module_names


@pytest.mark.parametrize("package", ["retrieval", "prompts"])
def test_type_checkers_are_told_that_it_is_typed(package: str) -> None:
    assert files(package).joinpath("py.typed").is_file()


def test_an_opened_library_keeps_its_documents(tmp_path: Path) -> None:
    with open_library(tmp_path / "home") as library:
        [added] = library.add([note("tea", "Tea is brewed with water of ninety degrees.")])
        assert added.error is None
    with open_library(str(tmp_path / "home")) as library:
        assert "ninety degrees" in library.ask("How hot is the water for tea?").text
