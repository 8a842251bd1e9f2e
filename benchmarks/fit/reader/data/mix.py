"""The examples of an epoch, of all data that there is, and those that are measured with.

A folder holds what there is of: `squad.json.gz`, `fever/*.jsonl`, `clapnq/answerable.jsonl` and
`clapnq/unanswerable.jsonl`, and folders of communities in `community/`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.reader.marks import Marker

from .claims import ClapnqExamples, fever
from .community import CommunityExamples, read_folder
from .example import Example, Overlap
from .squad import SquadExamples, read_rows


@dataclass(frozen=True, slots=True)
class Shares:
    """The most examples of an epoch from two of the sources, and how often communities' come."""

    squad: int = 18_000
    fever: int = 3_000
    community: int = 3


class Mix:
    """All data of a folder."""

    def __init__(self, folder: Path, embedder: SentenceEmbedder) -> None:
        overlap = Overlap(Marker())
        squad = folder / "squad.json.gz"
        self._squad = SquadExamples(read_rows(squad) if squad.exists() else [], overlap)
        self._fever = fever(folder / "fever")
        self._clapnq = ClapnqExamples(folder / "clapnq", overlap)
        read = [read_folder(path, embedder) for path in sorted(folder.glob("community/*/"))]
        documents = [document for found, _ in read for document in found]
        asked = [row for _, rows in read for row in rows]
        self._community = CommunityExamples(documents, asked, overlap)

    def epoch(self, seed: int, shares: Shares) -> list[Example]:
        """The examples of one epoch, in no order; the same for the same seed."""
        rng = Random(seed)
        drawn = _some(list(self._squad.draw(rng)), shares.squad, rng)
        drawn += _some(self._fever, shares.fever, rng)
        drawn += self._clapnq.draw(rng)
        for _ in range(shares.community):
            drawn += self._community.draw(rng)
        drawn += self._community.faqs(rng) if shares.community else ()
        rng.shuffle(drawn)
        return drawn

    def validation(self) -> Mapping[str, Sequence[Example]]:
        """The examples that are measured with, by source: those with some of both kinds."""
        made = {
            "squad": list(self._squad.validation()),
            "community": list(self._community.validation()),
        }
        return {name: examples for name, examples in made.items() if _mixed(examples)}


def _some(examples: Sequence[Example], most: int, rng: Random) -> list[Example]:
    return rng.sample(examples, min(most, len(examples)))


def _mixed(examples: Sequence[Example]) -> bool:
    return len({example.answered for example in examples}) > 1
