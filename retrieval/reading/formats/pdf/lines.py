"""The lines of a page, as all that is made of them needs to know them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `height` is that of its foot over the page's, and `size` its type's, in points.

    Both are 0 where they aren't known. A row of a table has `cells`, one a column, some empty.
    """

    text: str
    height: float = 0.0
    size: float = 0.0
    cells: tuple[str, ...] = ()
