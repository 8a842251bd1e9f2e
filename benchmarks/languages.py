"""Measure questions and documents in other languages, on XQuAD's translations of SQuAD's articles:

    python -m benchmarks.languages FOLDER [--languages de,ar] [--articles odd|even|all]

The folder holds xquad.en.json and the others (google-deepmind/xquad, CC BY-SA 4.0). Documents are
asked in their own language, and the English ones in every other. Footnote's numbers for the
multilingual model were fitted to even articles: odd ones judge.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.prompts import MULTILINGUAL
from retrieval.evaluation.golden_files import GoldenSet
from retrieval.evaluation.run import Plan, add_articles, evaluate, plan
from retrieval.evaluation.squad import SquadSet, read_squad
from retrieval.library import Library
from retrieval.weights.fitted import Fitted, load_fitted
from tests.support.homes import never_abstaining

from .quality import by_name
from .squad import empty_library, filled_library

ENGLISH = "en"
ARTICLES = {"even": slice(0, None, 2), "odd": slice(1, None, 2), "all": slice(None)}
COLUMNS = (
    *("hit@1", "hit@5", "quoted", "answered", "absent refused", "AUROC"),
    *("across hit@5", "across quoted", "across answered", "across refused"),
)


@dataclass(frozen=True)
class Figures:
    """Figures of questions on a language's own documents, and on the English ones; `apart` are
    those of questions of which half are on other articles than the library's."""

    own: dict[str, float | None]
    own_apart: dict[str, float | None]
    across: dict[str, float | None]
    across_apart: dict[str, float | None]

    def row(self) -> Sequence[float | None]:
        """The numbers under the columns."""
        own, across = self.own_apart, self.across_apart
        return (
            *(self.own[name] for name in ("hit@1", "hit@5", "answer_in_quote")),
            *(own[name] for name in ("held", "abstention.recall", "abstention.auroc")),
            *(self.across[name] for name in ("hit@5", "answer_in_quote")),
            *(across[name] for name in ("held", "abstention.recall")),
        )


def chosen(squad: SquadSet, articles: str, every: int) -> SquadSet:
    """Every other article, or all, with every so many-th of their questions."""
    documents = squad.documents[ARTICLES[articles]]
    titles = {title for title, _ in documents}
    asked = tuple(golden for golden in squad.answerable if golden.source in titles)
    return SquadSet(documents, asked[::every], ())


def measure_language(language: SquadSet, english: SquadSet, across: Library) -> Figures:
    """Ask a language's documents, and the English ones, which a library holds, in that language."""
    embedder = across.embedder
    fitted = load_fitted(embedder.multilingual)
    crossing = tuple(
        replace(expected, question=asked.question)
        for asked, expected in zip(language.answerable, english.answerable, strict=True)
    )
    with filled_library(language.documents, embedder, never_abstaining(fitted)) as library:
        own = by_name(evaluate(library, Plan(language.answerable), lambda: None))
    return Figures(
        own,
        _apart(GoldenSet(language.documents, language.answerable), embedder, fitted),
        by_name(evaluate(across, Plan(crossing), lambda: None)),
        _apart(GoldenSet(english.documents, crossing), embedder, fitted),
    )


def _apart(
    golden: GoldenSet, embedder: SentenceEmbedder, fitted: Fitted
) -> dict[str, float | None]:
    """Figures of questions put to half of their articles; `held` is the share answered of those
    on these."""
    with empty_library(embedder, fitted) as library:
        for _ in add_articles(library, golden.documents):
            pass
        found = evaluate(library, plan(golden), lambda: None)
    return by_name(found) | {"held": fmean(outcome.answer.answered for outcome in found.held)}


def main() -> None:
    """Print a row for each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", default="en,de,es,ar,ru,zh,el,hi,th,tr,vi")
    parser.add_argument("--articles", choices=ARTICLES, default="odd")
    parser.add_argument("--every", type=int, default=1, help="ask every so many-th question")
    parser.add_argument("--model", default=MULTILINGUAL)
    options = parser.parse_args()
    embedder = SentenceEmbedder(None if options.model == "bundled" else options.model)

    def squad_of(language: str) -> SquadSet:
        read = read_squad(options.folder / f"xquad.{language}.json")
        return chosen(read, options.articles, options.every)

    english = squad_of(ENGLISH)
    print("   " + "".join(f"{name:>16}" for name in COLUMNS), flush=True)
    fitted = never_abstaining(load_fitted(embedder.multilingual))
    with filled_library(english.documents, embedder, fitted) as across:
        for language in options.languages.split(","):
            row = measure_language(squad_of(language), english, across).row()
            cells = ("–" if value is None else f"{value:.3f}" for value in row)
            print(f"{language:3}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
