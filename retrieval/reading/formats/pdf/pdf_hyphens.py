"""Words that are cut at the end of a line, put together again."""

import re
from collections.abc import Callable, Iterable
from itertools import chain, pairwise

# Tried only where a word begins: a text may be one endless word.
CUT = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})[-\u00ad\u2010]\n([^\W\d_]+)")
COMPOUND = re.compile(r"(?<!\w)\w+(?:[-\u2010]\w+)+")
HYPHEN = re.compile("[-\u2010]")
# "Vor- und Nachteile", "pre- and post-war": their hyphens stand for the rest of the word.
HANGING = {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "of", "en"}


def joined_words(lines: Iterable[str]) -> Callable[[str], str]:
    """What joins the words cut in a text of several lines, knowing all lines of the document.

    A word keeps its hyphen if it has it elsewhere too.
    """
    words = chain.from_iterable(COMPOUND.findall(line) for line in lines)
    known = {pair for word in words for pair in pairwise(HYPHEN.split(word.casefold()))}

    def joined(cut: re.Match[str]) -> str:
        left, right = cut.groups()
        if not right[0].islower() or right in HANGING:
            return cut[0]
        hyphen = "-" if (left.casefold(), right.casefold()) in known else ""
        return f"{left}{hyphen}{right}"

    return lambda text: CUT.sub(joined, text)
