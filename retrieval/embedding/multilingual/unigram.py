"""SentencePiece's unigram tokenizer (Kudo 2018, arXiv:1804.10959): of all ways to spell a text in
word pieces, the most probable.

Written out here, since the libraries that have it build their look-up of a quarter of a million
pieces anew at each start: `tokenizers` takes 250 MB and two seconds for it, `sentencepiece` 1.6
seconds of the processor; a dictionary takes a third of a second and 40 MB. Words that come again,
as most do, are spelled once.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from retrieval.embedding.model import Span, Tokenised

# What stands for the white space before a word.
SPACE = "\u2581"
# How much less probable than the rarest piece a character is that no piece has.
UNKNOWN = 10.0
# Words whose pieces are kept.
KEPT = 50_000

# The pieces of a word, and the characters that each stands for, from the word's beginning.
Spelled = tuple[Sequence[int], Sequence[Span]]


class Unigram:
    """Spells texts in word pieces; threads may share it."""

    def __init__(
        self, pieces: Mapping[str, tuple[int, float]], becomes: Mapping[str, str], unknown: int
    ) -> None:
        """`pieces` are numbers and logarithms of probabilities, `becomes` what stands for a
        character that isn't one of theirs, and `unknown` is the piece of what they don't have."""
        self._pieces = pieces
        self._becomes = becomes
        self._unknown = unknown
        self._longest = max(map(len, pieces))
        self._unlikely = min(score for _, score in pieces.values()) - UNKNOWN
        # What becomes white space parts words, too.
        blank = "".join(one for one, into in becomes.items() if into == " ")
        self._words = re.compile(rf"[^\s{re.escape(blank)}]+")
        self._word = lru_cache(KEPT)(self._spell)

    def __call__(self, texts: Sequence[str], lower: bool = False) -> list[Tokenised]:
        """The word pieces of texts, in small letters if `lower` asks, and where they stand."""
        return [self._read(_lowered(text) if lower else text) for text in texts]

    def _read(self, text: str) -> Tokenised:
        ids, places = list[int](), list[Span]()
        for match in self._words.finditer(text):
            found, spans = self._word(match.group())
            begin = match.start()
            ids += found
            places += [(begin + start, begin + end) for start, end in spans]
        return Tokenised(ids, places)

    def _spell(self, word: str) -> Spelled:
        text, origin = self._normalised(word)
        ids, spans = list[int](), list[Span]()
        if text == SPACE:  # of signs that nobody sees
            return (), ()
        for start, end, id in self._best(text):
            span = (origin[start], origin[end - 1] + 1)
            if id == self._unknown and ids and ids[-1] == id:
                spans[-1] = (spans[-1][0], span[1])
            else:
                ids.append(id)
                spans.append(span)
        return tuple(ids), tuple(spans)

    def _normalised(self, word: str) -> tuple[str, Sequence[int]]:
        """A word with its space, as pieces spell it, and where each character of that is from."""
        parts = [(SPACE, 0)]
        for place, character in enumerate(word):
            for one in self._shown(character):
                if one != SPACE or parts[-1][0] != SPACE:
                    parts.append((one, place))
        return "".join(one for one, _ in parts), [place for _, place in parts]

    def _shown(self, character: str) -> str:
        return self._becomes.get(character, character).replace(" ", SPACE)

    def _best(self, text: str) -> Sequence[tuple[int, int, int]]:
        """The most probable pieces of a word, each from and up to which character (Viterbi)."""
        best = [0.0] + [float("-inf")] * len(text)
        back = [(0, self._unknown)] * (len(text) + 1)
        for start in range(len(text)):
            base = best[start]
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                id, score = self._pieces.get(text[start:end], (self._unknown, self._unlikely))
                if id == self._unknown and end > start + 1:
                    continue
                if base + score > best[end]:
                    best[end], back[end] = base + score, (start, id)
        found, end = list[tuple[int, int, int]](), len(text)
        while end:
            start, id = back[end]
            found.append((start, end, id))
            end = start
        return found[::-1]


def _lowered(text: str) -> str:
    """A text in small letters, each character in its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := one.lower()) == 1 else one for one in text)
