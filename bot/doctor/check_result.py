"""One thing that `footnote doctor` looked at."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """The finding on one subject: `ok` if it is well, else with advice on what to do."""

    name: str
    ok: bool
    found: str
    advice: str = ""

    def form(self) -> dict[str, Any]:
        """Its part of `doctor --json`."""
        return asdict(self)
