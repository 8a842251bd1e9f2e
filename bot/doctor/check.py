"""One thing that `footnote doctor` looked at."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """Whether it is well, what was found, and what to do if it isn't."""

    name: str
    ok: bool
    found: str
    advice: str = ""

    def form(self) -> dict[str, Any]:
        """Its part of `doctor --json`."""
        return asdict(self)
