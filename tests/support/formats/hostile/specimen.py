"""Files that are made to do harm, or that broke on the way, with what is to come of them."""

from collections.abc import Callable
from typing import NamedTuple


class Hostile(NamedTuple):
    """A file: its name, how it is made, and a part of what is then said of it.

    `told` is a part of the refusal; one that may be read has "", and then must hold `held`.
    """

    name: str
    make: Callable[[], bytes]
    told: str
    held: str = ""
