"""What some models write for themselves, `<think>…</think>`, left out of what they write."""

import re
from dataclasses import dataclass, field

TAG = re.compile(r"<(?P<end>/?)think>", re.IGNORECASE)
LONGEST_TAG = len("</think>")
# The start of a tag whose rest may come with the next piece.
HALF_TAG = re.compile(rf"<[a-z/]{{0,{LONGEST_TAG - 2}}}\Z", re.IGNORECASE)


@dataclass(slots=True)
class Thoughts:
    """Whether a model is thinking at the point up to which its text was heard."""

    _thinking: bool = field(default=False, init=False)
    _half: str = field(default="", init=False)

    def left_out(self, piece: str) -> str:
        """What of the next piece is for others, as far as that can be told yet."""
        text, said, position = self._half + piece, "", 0
        for tag in TAG.finditer(text):
            said += self._aloud(text[position : tag.start()])
            self._thinking, position = not tag["end"], tag.end()
        half = HALF_TAG.search(text, position)
        until = half.start() if half else len(text)
        self._half = text[until:]
        return said + self._aloud(text[position:until])

    def rest(self) -> str:
        """What looked like the start of a tag, and was none."""
        half, self._half = self._half, ""
        return self._aloud(half)

    def _aloud(self, text: str) -> str:
        return "" if self._thinking else text
