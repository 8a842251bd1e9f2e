"""The names of files in a home: its libraries, and what people or the bot put beside them."""

from pathlib import Path

# A folder of golden questions, which are asked before and after every sync.
GOLDEN, GOLDEN_SUFFIXES = "golden", (".yaml", ".yml")
# What the last sync in the background changed in answers.
CHANGED_ANSWERS = "changed_answers.json"


def golden_files(home: Path) -> list[Path]:
    """The files of golden questions in a home."""
    folder = home / GOLDEN
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.suffix in GOLDEN_SUFFIXES and path.is_file())


def library_of_store(name: str) -> str:
    """The library that a store is, or is a collection of: a file for each."""
    return name.partition(".")[0]
