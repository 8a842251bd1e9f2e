"""Holds the shape of the source tree: who may import whom, how large a module and a folder may be,
and nothing heavy at import."""

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "retrieval", "prompts")
FOLDERS = (*PACKAGES, "tests", "benchmarks")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
DOCUMENTED = sorted(
    path.relative_to(ROOT) for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")
)
# No docstring begins with one: it says what is done or returned, as an imperative or plainly.
QUESTIONS = {"What", "Whether", "How", "Where"}
# Import takes seconds, so only a module that needs one of these imports it, and late.
HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "sklearn", "trafilatura"}
HEAVY |= {"onnxruntime", "tokenizers"}
# From the bottom up: a module imports from its own part of the program and from those below it.
# Parts that share a line know nothing of each other.
LAYERS = {
    "retrieval": (
        ("types", "errors"),
        ("text",),
        ("embedding", "reading"),
        ("store",),
        ("weights",),
        ("search", "indexing"),
        ("answer",),
        ("library",),
        ("evaluation",),
    ),
    "bot": (
        ("home_path", "shards"),
        ("settings",),
        ("output",),
        ("remote",),
        ("discord",),
        ("wiring",),
        ("doctor", "metrics", "report"),
        ("cli",),
    ),
}
MOST_ENTRIES = 12
MOST_LINES = 260
# A shorter module earns its place by being shared.
FEWEST_LINES = 40


def package_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(read(path)))


@cache
def imports(path: Path) -> frozenset[str]:
    """The full names of all that a file imports, anywhere in it."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    here = list(path.relative_to(ROOT).parent.parts)
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = here[: len(here) + 1 - node.level] if node.level else []
            base = ".".join([*above, *(node.module or "").split(".")]).strip(".")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imported_packages(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def reads_the_environment(path: Path) -> bool:
    """Return true if a module reads the environment itself, or has a library read it."""
    used = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in nodes(path) if isinstance(node, ast.Name)}
    used |= {name.rsplit(".", 1)[-1] for name in imports(path)}
    return "pydantic_settings" in imported_packages(path) or not used.isdisjoint(
        {"environ", "environb", "getenv", "getenvb"}
    )


@cache
def import_graph() -> dict[str, set[str]]:
    """Which modules each module imports; imports for types only and those in functions count."""
    known = {name_of(path) for path in MODULES}
    graph = {}
    for path in MODULES:
        found = (name if name in known else name.rpartition(".")[0] for name in imports(path))
        graph[name_of(path)] = {name for name in found if name in known} - {name_of(path)}
    return graph


def part_of(module: str) -> str:
    """The part of its package that a module belongs to; the package itself belongs to none."""
    return "" if module.count(".") == 0 else module.split(".")[1]


def may_import(importer: str, imported: str) -> bool:
    """Return true unless an import within one package goes up, or to a neighbour's part.

    What stands above all parts, a package's `__init__` and `__main__`, is free of the rule.
    """
    package = importer.split(".", maxsplit=1)[0]
    height = {part: at for at, line in enumerate(LAYERS.get(package, ())) for part in line}
    above, below = part_of(importer), part_of(imported)
    if imported.split(".", maxsplit=1)[0] != package or not {above, below} <= set(height):
        return True
    return above == below or height[above] > height[below]


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


def reached_from(module: str, graph: Mapping[str, set[str]]) -> set[str]:
    """All modules that importing a module brings with it, itself only if it is in a circle."""
    reached: set[str] = set()
    waiting = [module]
    while waiting:
        new = graph[waiting.pop()] - reached
        reached |= new
        waiting.extend(new)
    return reached


def documented(node: ast.AST) -> str:
    """The first word of a module's, class's or function's docstring, or "" without one."""
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return ""
    return (ast.get_docstring(node) or "").partition(" ")[0].strip(",:")


def entries(folder: Path) -> list[str]:
    """The modules and the folders of modules in a folder; neither its `__init__` nor its data."""
    return [
        entry.name
        for entry in folder.iterdir()
        if (entry.suffix == ".py" and entry.name != "__init__.py") or any(entry.glob("**/*.py"))
    ]


def test_arrows_point_one_way() -> None:
    forbidden = {
        "bot": {"tests"},
        "retrieval": {"tests", "bot", "discord", "typer", "rich", "click"},
        "prompts": {"tests", "bot", "retrieval", "discord", "typer", "rich", "click"},
    }
    found = {
        name_of(path): imported_packages(path) & forbidden[package_of(path)] for path in MODULES
    }
    assert not {name: packages for name, packages in found.items() if packages}


def test_no_import_goes_in_a_circle() -> None:
    graph = import_graph()
    assert not {module for module in graph if module in reached_from(module, graph)}


def test_every_part_of_the_program_has_its_layer() -> None:
    parts = {(package_of(path), part_of(name_of(path))) for path in MODULES}
    layered = {(package, part) for package in LAYERS for line in LAYERS[package] for part in line}
    assert {part for part in parts if part[0] in LAYERS and part[1]} - layered == {
        ("bot", "__main__")
    }


def test_imports_go_down_the_layers() -> None:
    found = {
        f"{importer} -> {imported}"
        for importer, all_imported in import_graph().items()
        for imported in all_imported
        if not may_import(importer, imported)
    }
    assert not found


def test_a_module_is_neither_too_large_nor_too_small() -> None:
    importers = Counter(name for names in import_graph().values() for name in names)
    found = set()
    for path in MODULES:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        lonely = path.stem not in {"__init__", "__main__"} and importers[name_of(path)] <= 1
        if lines > MOST_LINES or (lines < FEWEST_LINES and lonely):
            found.add(name_of(path))
    assert not found


def test_no_folder_is_too_full() -> None:
    folders = {path.parent for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}
    found = {
        str(folder.relative_to(ROOT)) for folder in folders if len(entries(folder)) > MOST_ENTRIES
    }
    assert not found


def test_only_the_settings_read_the_environment() -> None:
    found = {name_of(path) for path in MODULES if reads_the_environment(path)}
    assert found == {"bot.settings", "bot.home_path"}


def test_nothing_runs_when_a_module_is_imported() -> None:
    assert not {
        f"{name_of(path)}, line {node.lineno}"
        for path in MODULES
        if path.name != "__main__.py"
        for node in read(path).body
        if isinstance(node, ast.Expr | ast.For | ast.While | ast.With)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    }


def test_docstrings_begin_with_what_is_done_or_returned() -> None:
    assert not {
        f"{path}: {first}"
        for path in DOCUMENTED
        for first in map(documented, nodes(ROOT / path))
        if first in QUESTIONS
    }


def test_every_module_says_what_it_is_for() -> None:
    assert not {name_of(path) for path in MODULES if not ast.get_docstring(read(path))}


def test_the_command_line_is_there_at_once() -> None:
    assert not loaded_by("bot.cli.app") & (HEAVY | {"numpy", "langchain_core", "discord"})


def test_importing_every_module_loads_no_model() -> None:
    names = [name_of(path) for path in MODULES if path.name != "__main__.py"]
    assert not loaded_by(*names) & (HEAVY - {"chromadb"})


def test_programs_written_as_text_import_what_is_there() -> None:
    """Code that runs in a process of its own stands in strings, which no checker reads."""
    modules = r"((?:bot|retrieval|tests|benchmarks)(?:\.\w+)+)"
    named = re.compile(rf"^(?:from|import) {modules}", re.MULTILINE)
    for path in DOCUMENTED:
        for name in named.findall((ROOT / path).read_text(encoding="utf-8")):
            place = ROOT.joinpath(*name.split("."))
            assert place.is_dir() or place.with_suffix(".py").exists(), f"{path}: {name}"
