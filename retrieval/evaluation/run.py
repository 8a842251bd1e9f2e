"""Ask golden questions, of the library's own `ask`, so that what is measured is what members get.

SQuAD's articles first become documents, in libraries made for them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from retrieval.answer.quoting.quote import read
from retrieval.errors import FootnoteError
from retrieval.indexing.embed_passages import Progress, ignore
from retrieval.library import Library
from retrieval.reading.source import from_memory
from retrieval.search.query import check_question
from retrieval.types import COMMON, Added

from .golden import Golden, Kind, Outcome
from .golden_files import GoldenSet

HALVES = ("first-half", "second-half")
Article = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The questions to ask: every case once, and then the controls.

    Controls are answerable questions asked of the very libraries that the absent ones are asked
    of, so that abstaining is judged on questions of both sorts put to the same library. There are
    none where the cases are such already.
    """

    cases: tuple[Golden, ...]
    controls: tuple[Golden, ...] = ()

    def __len__(self) -> int:
        return len(self.cases) + len(self.controls)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcomes of a plan's cases and controls."""

    outcomes: tuple[Outcome, ...]
    controls: tuple[Outcome, ...] = ()

    @property
    def held(self) -> Sequence[Outcome]:
        """The answerable questions that abstaining is judged on, beside the absent ones."""
        return self.controls or self.of(Kind.ANSWERABLE)

    def of(self, kind: Kind) -> list[Outcome]:
        """The outcomes of one kind of question."""
        return [outcome for outcome in self.outcomes if outcome.golden.kind is kind]


def plan(golden: GoldenSet) -> Plan:
    """Plan to ask cases as they stand; those that bring documents, of all of these.

    Then their answerable ones are asked of each half of the documents by itself, where the other
    half's are questions on what is absent. One document alone has no other half.
    """
    if len(golden.documents) < 2:  # noqa: PLR2004
        return Plan(golden.cases)
    half_of = {
        title: name
        for name, documents in zip(HALVES, _halves(golden.documents), strict=True)
        for title, _ in documents
    }
    answerable = [one for one in golden.cases if one.kind is Kind.ANSWERABLE]
    controls = tuple(replace(one, library=half_of[one.source]) for one in answerable)
    absent = (_absent_from_other_half(one) for one in controls)
    return Plan((*golden.cases, *absent), controls)


def _absent_from_other_half(control: Golden) -> Golden:
    other = HALVES[1 - HALVES.index(control.library)]
    return replace(control, library=other, answers=(), evidence="", source="", kind=Kind.ABSENT)


def _halves(documents: Sequence[Article]) -> tuple[Sequence[Article], Sequence[Article]]:
    middle = len(documents) // 2
    return documents[:middle], documents[middle:]


def add_articles(
    library: Library, documents: Sequence[Article], progress: Progress = ignore
) -> Iterator[Added]:
    """Put (title, text) articles into `common`, and each half of them into a library of its own.

    Raises FootnoteError where one can't be added.
    """
    halves = zip(HALVES, _halves(documents), strict=True)
    for name, articles in ((COMMON, documents), *halves):
        sources = [from_memory(f"squad:{title}", text, title) for title, text in articles]
        for added in library.add(sources, name, "eval", progress):
            if added.error is not None:
                raise FootnoteError(f"An article can't be added: {added.error}")
            yield added


def check_cases(library: Library, cases: Sequence[Golden]) -> None:
    """Raise FootnoteError, naming a case's place, where it can't be asked: its library holds
    nothing, or the question is refused."""
    for one in {one.library: one for one in reversed(cases)}.values():
        with _at(one):
            if not library.documents(one.library):
                raise FootnoteError(
                    f"The library {one.library!r} holds no documents to ask about. Add some with "
                    "`footnote add`, or name them with --documents."
                )
    for one in cases:
        with _at(one):
            check_question(one.question)


@contextmanager
def _at(golden: Golden) -> Iterator[None]:
    try:
        yield
    except FootnoteError as error:
        raise FootnoteError(f"{golden.place}: {error}") from error


def evaluate(library: Library, planned: Plan, asked: Callable[[], None]) -> Evaluation:
    """Ask all that is planned, each of the library it names; `asked` is called after each."""
    for golden in planned.cases[:1]:
        # Once more than is told: the first question waits until the model is loaded.
        library.ask(golden.question, libraries=[golden.library])

    def ask(golden: Golden) -> Outcome:
        answer = library.ask(golden.question, libraries=[golden.library])
        asked()
        withheld = () if answer.answered else read(answer.passages, library.fitted.ranking)[1]
        return Outcome(golden, answer, withheld)

    return Evaluation(tuple(map(ask, planned.cases)), tuple(map(ask, planned.controls)))
