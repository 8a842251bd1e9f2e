"""Who may know whom: bot → retrieval → prompts, one place that reads the environment, and nothing
heavy at import."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "retrieval", "prompts")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
# What takes seconds to import, and is only for those who need it.
HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "sklearn", "trafilatura"}


def package_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, anywhere in it."""
    here = list(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(read(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = here[: len(here) + 1 - node.level] if node.level else []
            base = ".".join([*above, *(node.module or "").split(".")]).strip(".")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imported_packages(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def loaded_by(*names: str) -> set[str]:
    """The top-level packages that a fresh Python holds after importing some modules."""
    code = "import json, sys, importlib\n"
    code += f"for name in {names!r}: importlib.import_module(name)\n"
    code += "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stderr == ""
    return set(json.loads(result.stdout))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_arrows_point_one_way(path: Path) -> None:
    forbidden = {
        "bot": set[str](),
        "retrieval": {"bot", "discord", "typer", "rich", "click"},
        "prompts": {"bot", "retrieval", "discord", "typer", "rich", "click"},
    }[package_of(path)]
    assert not imported_packages(path) & (forbidden | {"tests"})


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_settings_read_the_environment(path: Path) -> None:
    if path in {ROOT / "bot" / "settings.py", ROOT / "bot" / "home_path.py"}:
        return
    reading = {"environ", "environb", "getenv", "getenvb"}
    used = {node.attr for node in ast.walk(read(path)) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in ast.walk(read(path)) if isinstance(node, ast.Name)}
    used |= {name.rsplit(".", 1)[-1] for name in imports(path)}
    assert not used & reading
    assert package_of(path) == "bot" or "pydantic_settings" not in imported_packages(path)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_runs_when_a_module_is_imported(path: Path) -> None:
    if path.name == "__main__.py":
        return
    for node in read(path).body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        assert docstring or not isinstance(node, ast.Expr | ast.For | ast.While | ast.With)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(read(path))


def test_the_command_line_is_there_at_once() -> None:
    assert not loaded_by("bot.cli.app") & (HEAVY | {"numpy", "langchain_core", "discord"})


def test_importing_every_module_loads_no_model() -> None:
    names = [name_of(path) for path in MODULES if path.name != "__main__.py"]
    assert not loaded_by(*names) & (HEAVY - {"chromadb"})
