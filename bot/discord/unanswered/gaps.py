"""Gaps: the questions of a server that have no good answer, those that mean the same together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Literal

import numpy as np

from bot.discord.records.gap_record import GapRecord, OpenQuestion, Settled
from retrieval.embedding.embedder import Vectors
from retrieval.library import Library
from retrieval.types import DocumentInfo, Passage

from .clusters import central, closest, cluster

Order = Literal["newest", "largest"]
# The most passages looked at for those of one document.
LOOKED_AT = 40
# The vectors that are kept in memory; each has a kilobyte or two.
REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that mean the same, the most typical one first."""

    questions: tuple[OpenQuestion, ...]

    @property
    def id(self) -> int:
        """The question by which the gap is found again."""
        return self.questions[0].id

    def limited_to(self, told: Callable[[OpenQuestion], bool]) -> "Gap | None":
        """The gap with those questions alone that may be told; None if none may."""
        left = tuple(question for question in self.questions if told(question))
        return Gap(left) if left else None

    @property
    def title(self) -> str:
        """The question that stands for all."""
        return self.questions[0].question

    @property
    def newest(self) -> datetime:
        """The time of the newest of them."""
        return max(datetime.fromisoformat(question.at) for question in self.questions)

    @property
    def ids(self) -> list[int]:
        """The numbers of all of them."""
        return [question.id for question in self.questions]

    @property
    def wordings(self) -> list[str]:
        """The questions in their different words, the most typical first."""
        found: dict[str, str] = {}
        for question in self.questions:
            found.setdefault(" ".join(question.question.casefold().split()), question.question)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Nearest:
    """The place that came nearest to a gap, None for none, and the document that it stands in."""

    passage: Passage | None = None
    document: DocumentInfo | None = None

    @property
    def added_by(self) -> int | None:
        """The member who added that document, if one did."""
        who = self.document.added_by.partition("discord:")[2] if self.document else ""
        return int(who) if who.isdecimal() else None


class Gaps:
    """Finds the gaps of servers. Any thread may use it."""

    def __init__(
        self,
        library: Library,
        record: GapRecord,
        visible: Callable[[int | None, Sequence[str]], list[str]],
    ) -> None:
        """`visible` tells the libraries that a server's members may ask, with some collections."""
        self.library = library
        self.record = record
        self.visible = visible
        self._vectors: dict[str, Vectors] = {}
        self._lock = Lock()

    def of(self, guild: int | None, order: Order = "largest") -> list[Gap]:
        """A server's gaps; None stands for direct messages.

        What is like a question that is not the server's business, or that somebody pointed at a
        document for, is left out, unless members found its answer bad.
        """
        closed = self.embed([one.question for one in self.record.settled(guild)])
        found = self.record.open(guild)
        vectors = self.embed([one.question for one in found])
        kept = [
            place
            for place, one in enumerate(found)
            if one.disliked or closest(vectors[place], closed) is None
        ]
        gaps = [
            Gap(tuple(found[kept[place]] for place in typical_first(vectors[kept], group)))
            for group in cluster(vectors[kept])
        ]
        if order == "newest":
            return sorted(gaps, key=lambda gap: gap.newest, reverse=True)
        return sorted(gaps, key=lambda gap: (len(gap.questions), gap.newest), reverse=True)

    def find(self, guild: int | None, id: int) -> Gap | None:
        """The gap that a question is in by now, if it still has no good answer of its own."""
        found = next((gap for gap in self.of(guild) if id in gap.ids), None)
        if found is None and (pointed := self.record.pointed(id, guild)):
            return Gap(tuple(sorted(pointed, key=lambda one: one.id != id)))
        return found

    def left_of(self, guild: int | None, gap: Gap) -> Gap | None:
        """A gap without the questions that were settled since; None where none is left."""
        still = {question.id for question in self.record.open(guild)}
        left = tuple(question for question in gap.questions if question.id in still)
        return Gap(left) if left else None

    def pointer(self, guild: int | None, question: str, seen: Sequence[str] = ()) -> Settled | None:
        """The document that somebody pointed at for a question like this one, if anybody did."""
        pointed = [one for one in self.record.settled(guild) if one.how == "pointed"]
        if not pointed:
            return None
        [vector] = self.embed([question])
        best = closest(vector, self.embed([one.question for one in pointed]))
        known = {info.id for info in self._documents(guild, seen)}
        return pointed[best] if best is not None and pointed[best].document in known else None

    def nearest(self, guild: int | None, question: str, seen: Sequence[str] = ()) -> Nearest:
        """Find what comes nearest to a question in what a server's members may ask."""
        found = self.library.search(question, 1, self.visible(guild, seen))
        if not found:
            return Nearest()
        documents = self._documents(guild, seen)
        return Nearest(
            found[0], next((info for info in documents if info.id == found[0].document), None)
        )

    def nearest_in(
        self, guild: int | None, question: str, document: str, seen: Sequence[str] = ()
    ) -> Passage | None:
        """Find what comes nearest to a question in one document, if it is found at all."""
        found = self.library.search(question, LOOKED_AT, self.visible(guild, seen))
        return next((passage for passage in found if passage.document == document), None)

    def documents(
        self, guild: int | None, question: str, seen: Sequence[str] = ()
    ) -> list[DocumentInfo]:
        """The documents that a server's members may ask, those nearest to a question first."""
        known = {info.id: info for info in self._documents(guild, seen)}
        visible = self.visible(guild, seen)
        found = self.library.search(question, LOOKED_AT, visible) if known else []
        order = dict.fromkeys([*(passage.document for passage in found), *known])
        return [known[id] for id in order if id in known]

    def _documents(self, guild: int | None, seen: Sequence[str]) -> Iterator[DocumentInfo]:
        for name in self.visible(guild, seen):
            yield from self.library.documents(name)

    def embed(self, questions: Sequence[str]) -> Vectors:
        """The unit vectors of questions (n, dim), made once each.

        They are made beside those of whoever is asking, who doesn't wait for it.
        """
        if not questions:
            return np.empty((0, 1), dtype=np.float32)
        with self._lock:
            new = [one for one in dict.fromkeys(questions) if one not in self._vectors]
            if len(self._vectors) + len(new) > REMEMBERED:
                self._vectors.clear()
                new = list(dict.fromkeys(questions))
            made = self.library.embedder.twin.embed_documents(new) if new else []
            vectors = (np.asarray(vector, dtype=np.float32) for vector in made)
            self._vectors.update(zip(new, vectors, strict=True))
            return np.stack([self._vectors[question] for question in questions])


def typical_first(vectors: Vectors, group: Sequence[int]) -> list[int]:
    """The positions of a group, the most typical first, and the others as they were."""
    first = central(vectors, group)
    return [first, *(place for place in group if place != first)]
