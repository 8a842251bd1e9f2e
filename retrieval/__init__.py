"""Documents in, cited answers out. Knows nothing of Discord, terminals or environment variables.

Here stands what another program imports. Each name is loaded when it is first used, so that the
parts of Footnote that start in a moment still do.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import FootnoteError
    from .library import Library, open_library
    from .reading.source import from_paths, from_text
    from .types import Added, Answer, Citation, Passage, Turn

__all__ = [
    "Added",
    "Answer",
    "Citation",
    "FootnoteError",
    "Library",
    "Passage",
    "Turn",
    "from_paths",
    "from_text",
    "open_library",
]

# The module in which each of them stands.
_MODULES = {
    "Added": "types",
    "Answer": "types",
    "Citation": "types",
    "FootnoteError": "errors",
    "Library": "library",
    "Passage": "types",
    "Turn": "types",
    "from_paths": "reading.source",
    "from_text": "reading.source",
    "open_library": "library",
}

# A type checker goes by the imports above, and would take any name for one that is here.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
