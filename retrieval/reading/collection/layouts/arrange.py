"""Arrange the files of a collection: by the layouts that are known, then by their paths."""

from collections.abc import Callable
from pathlib import PurePosixPath

from retrieval.reading.collection.collection import Entry, Holding

from .confluence import arrange_space
from .docusaurus import arrange_docusaurus
from .github import arrange_repository
from .mkdocs import arrange_mkdocs
from .notion import arrange_notion
from .slack import arrange_slack

# What Obsidian keeps its settings in; and how a plugin of it keeps drawings among the notes.
VAULT = ".obsidian"
DRAWING = ".excalidraw.md"
NOTE = ".md"


def arrange_vault(holding: Holding) -> None:
    """Call the notes of an Obsidian vault by their files' names, and leave out drawings."""
    vaults = {path.removesuffix(VAULT) for path in holding.hidden if path.endswith(VAULT)}
    if not vaults:
        return
    roots = tuple(vaults)
    holding.leave_out("drawing", lambda entry: entry.name.endswith(DRAWING))
    holding.entries = [
        _note(entry) if entry.path.startswith(roots) else entry for entry in holding.entries
    ]


def _note(entry: Entry) -> Entry:
    path = PurePosixPath(entry.path)
    return entry.told(listed=path.stem) if path.suffix.lower() == NOTE else entry


LAYOUTS: tuple[Callable[[Holding], None], ...] = (
    # First, as it takes off the folder that all others would lie in.
    arrange_repository,
    arrange_notion,
    arrange_slack,
    arrange_space,
    arrange_vault,
    arrange_mkdocs,
    arrange_docusaurus,
)


def arrange(holding: Holding) -> None:
    """Let each layout that fits name, join and leave out files; what is not read is counted."""
    for layout in LAYOUTS:
        layout(holding)
    for other in holding.others:
        holding.left_out.add_unread(other.path)
    holding.entries.sort(key=lambda entry: entry.path)
