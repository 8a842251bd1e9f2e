"""Print the reader's `opposites.txt` anew: python -m benchmarks.fit.reader.opposites DICT

DICT is the folder of WordNet's `data.adj`, `data.adv`, `data.noun` and `data.verb`
(/usr/share/wordnet where Debian's package wordnet-base is installed). Their form is described in
wndb(5WN). A pair of opposites is two words of one word each that a pointer "!" joins.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PARTS = ("adj", "adv", "noun", "verb")
ANTONYM = "!"
# A pointer is four fields: its kind, the entry it leads to, that entry's part, both words' numbers.
FIELDS = 4


@dataclass(frozen=True, slots=True)
class Synset:
    """An entry: its words, and those of its pointers that lead to an opposite."""

    words: tuple[str, ...]
    opposites: tuple[tuple[str, int, int], ...]

    def word(self, number: int) -> str:
        """The word of a number counted from 1; the first one where 0 stands for all."""
        return self.words[max(number - 1, 0)].split("(")[0].lower()


def read_synset(line: str) -> tuple[str, Synset]:
    """An entry's offset, and the entry."""
    fields = line.split("|", maxsplit=1)[0].split()
    after = 4 + 2 * int(fields[3], 16)
    first, count = after + 1, int(fields[after])
    pointers = [fields[at : at + FIELDS] for at in range(first, first + FIELDS * count, FIELDS)]
    opposites = tuple(
        (offset, int(numbers[:2], 16), int(numbers[2:], 16))
        for kind, offset, _, numbers in pointers
        if kind == ANTONYM
    )
    return fields[0], Synset(tuple(fields[4:after:2]), opposites)


def pairs(data: Path) -> Iterator[tuple[str, str]]:
    """The pairs of opposites in one file, each in the order of the alphabet."""
    lines = data.read_text(encoding="utf-8").splitlines()
    synsets = dict(read_synset(line) for line in lines if not line.startswith(" "))
    for synset in synsets.values():
        for offset, own, other in synset.opposites:
            first, second = sorted((synset.word(own), synsets[offset].word(other)))
            if "_" not in first + second:
                yield first, second


def main(folder: Path) -> None:
    """Print every pair once, in order."""
    found = {pair for part in PARTS for pair in pairs(folder / f"data.{part}")}
    print("\n".join(" ".join(pair) for pair in sorted(found)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
