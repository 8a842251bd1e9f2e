"""A model's thinking, `<think>…</think>`, left out of what it writes.

Some models write their reasoning before an answer, or amid it. It is no part of what they say.
"""

import re
from dataclasses import dataclass, field

TAG = re.compile(r"<(?P<end>/?)think>", re.IGNORECASE)
LONGEST_TAG = len("</think>")
# The start of a tag whose rest may come with the next piece.
HALF_TAG = re.compile(rf"<[a-z/]{{0,{LONGEST_TAG - 2}}}\Z", re.IGNORECASE)


@dataclass(slots=True)
class Thoughts:
    """Leaves out a model's thoughts; knows whether it is thinking where its text was last heard."""

    _thinking: bool = field(default=False, init=False)
    _half: str = field(default="", init=False)

    def left_out(self, piece: str) -> str:
        """Return the part of the next piece that is for others, as far as that can be told yet."""
        text, said, position = self._half + piece, "", 0
        for tag in TAG.finditer(text):
            said += self._aloud(text[position : tag.start()])
            self._thinking, position = not tag["end"], tag.end()
        half = HALF_TAG.search(text, position)
        until = half.start() if half else len(text)
        self._half = text[until:]
        return said + self._aloud(text[position:until])

    def rest(self) -> str:
        """Return what looked like the start of a tag, and was none."""
        half, self._half = self._half, ""
        return self._aloud(half)

    def _aloud(self, text: str) -> str:
        return "" if self._thinking else text
