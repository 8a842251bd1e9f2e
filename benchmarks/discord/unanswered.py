"""Measure what `/gaps` makes of 300 unanswered questions, and what ten answers do about them.

    python -m benchmarks.discord.unanswered [judged|dev]

The numbers of the clustering were chosen on `dev`, another community's questions on other subjects.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bot.discord.records.records import Records, open_records
from bot.discord.services.libraries import library_of, visible_libraries
from bot.discord.unanswered.gaps import Gap, Gaps
from bot.discord.unanswered.keep_answer import WrittenAnswer, keep
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.evaluation.changed_answers import Reply, Watched, ask_all, compare
from retrieval.library import Library
from retrieval.store.files.names import GOLDEN
from retrieval.types import Answer
from tests.support.homes import note, opened, put

HERE = Path(__file__).parent
SERVER, OTHER = 10, 100
MODERATOR = 7


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject, its questions, and the answer that a moderator would write, or ""."""

    name: str
    questions: tuple[str, ...]
    answer: str = ""


def read_subjects(which: str) -> list[Subject]:
    """The subjects of a set."""
    found = yaml.safe_load((HERE / f"unanswered_{which}.yaml").read_text(encoding="utf-8"))
    return [
        Subject(one["subject"], tuple(one["questions"]), one.get("answer", "")) for one in found
    ]


def main(which: str = "judged") -> None:
    """Print the figures of a set."""
    subjects = read_subjects(which)
    guide = yaml.safe_load((HERE / "unanswered_guide.yaml").read_text(encoding="utf-8"))
    with (
        TemporaryDirectory() as folder,
        opened(Path(folder) / "home", SentenceEmbedder()) as library,
        open_records(library.home.folder) as records,
    ):
        prepare(library, records, subjects, guide)
        gaps = Gaps(library, records.gaps, partial(visible_libraries, library))
        told = [*clustered(gaps, subjects), *answered(library, gaps, subjects, guide["golden"])]
    for what, figure in told:
        print(f"{what:64} {figure}")


def prepare(
    library: Library, records: Records, subjects: list[Subject], guide: dict[str, Any]
) -> None:
    """Put the guide into two servers, and the questions on record in one, unanswered."""
    for server in (SERVER, OTHER):
        sources = [note(f"{name}.md", text, name) for name, text in guide["documents"].items()]
        put(library, sources, library_of(server))
    (library.home.folder / GOLDEN).mkdir()
    own = {"library": library_of(SERVER), "expect": "…"}
    cases = [{"question": question, **own} for question in guide["golden"]]
    (library.home.folder / GOLDEN / "cases.yaml").write_text(yaml.safe_dump(cases))
    questions = [question for subject in subjects for question in subject.questions]
    for id, question in enumerate(questions, start=1):
        unanswered = Answer(question, False, "The documents don't say.", 0.0, "quote")
        records.questions.record_answer(id, SERVER, unanswered)


def clustered(gaps: Gaps, subjects: list[Subject]) -> list[tuple[str, str]]:
    """The figures of the clusters."""
    subject_of = {question: one.name for one in subjects for question in one.questions}
    found = gaps.of(SERVER)
    kinds = [Counter(subject_of[one.question] for one in gap.questions) for gap in found]
    total = sum(len(gap.questions) for gap in found)
    pure = sum(kind.most_common(1)[0][1] for kind in kinds) / total
    together = sum(max(kind[one.name] for kind in kinds) for one in subjects) / total
    return [
        (f"{total} questions on {len(subjects)} subjects: gaps", str(len(found))),
        ("purity", f"{pure:.3f}"),
        ("share of a subject's questions in one gap", f"{together:.3f}"),
        ("gaps in another server", str(len(gaps.of(OTHER)))),
    ]


def answered(
    library: Library, gaps: Gaps, subjects: list[Subject], golden: list[str]
) -> list[tuple[str, str]]:
    """The figures of the answers: each is given to the largest gap of its subject."""
    visible = (library_of(SERVER), "common")
    watched = [Watched(question, visible) for question in golden]
    before, named = ask_all(library, watched), set[str]()
    written = [one for one in subjects if one.answer]
    in_gaps = answered_now = 0
    for subject in written:
        gap = largest(gaps.of(SERVER), subject)
        name, now = "Mo", datetime.now(UTC)
        answer = WrittenAnswer(gap.title, subject.answer, MODERATOR, name, now)
        kept = keep(gaps, SERVER, gap, answer, lambda _: None)
        in_gaps += len(gap.wordings)
        answered_now += len(kept.answered)
        named |= {one.question for one in kept.changed}
        for question in kept.unanswered:
            print(f"  not answered: {question}")
    changed = {one.question for one in compare(before, ask_all(library, watched))}
    mine = [Watched(question, visible) for one in written for question in one.questions]
    all_now = ask_all(library, mine)
    elsewhere = [Watched(one.question, (library_of(OTHER), "common")) for one in mine]
    said = "\n".join(one.answer for one in written)
    there = ask_all(library, elsewhere).values()
    crossed = sum(any(quote.strip() in said for quote in reply.quotes) for reply in there)
    return [
        (f"{len(written)} answers: their gaps' questions answered", _share(answered_now, in_gaps)),
        (
            "all questions of those subjects answered",
            _share(sum(map(_answered, all_now.values())), len(mine)),
        ),
        ("golden answers changed, of them unsaid", f"{len(changed)}, {len(changed - named)}"),
        (
            "answered in another server, of these in those words",
            f"{sum(map(_answered, there))}, {crossed}",
        ),
    ]


def largest(gaps: list[Gap], subject: Subject) -> Gap:
    """The gap that holds most of a subject's questions."""
    own = set(subject.questions)
    return max(gaps, key=lambda gap: sum(one.question in own for one in gap.questions))


def _answered(reply: Reply) -> bool:
    return bool(reply.quotes)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.3f})"


if __name__ == "__main__":
    main(*sys.argv[1:2])
