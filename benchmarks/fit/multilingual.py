"""Fits confidence across languages, and in Chinese, to XQuAD's even articles:

    python -m benchmarks.fit.multilingual FOLDER [--languages en,de,…] [--asked 40]

The folder is that of `benchmarks.languages`. Libraries of twelve articles, and of one, two and six
paragraphs, are asked about what they hold and what they don't: English ones in every language, the
others in English, Chinese ones in Chinese. Prints the numbers of `multilingual_across.toml`, and
what `multilingual_confidence.toml` adds to its own for Chinese.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.languages import ENGLISH, chosen
from benchmarks.squad import filled_library
from retrieval.answer.confidence import CHINESE, probability
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.evaluation.figures import auroc
from retrieval.evaluation.fit import Sample, fit
from retrieval.evaluation.right_answer import fold
from retrieval.evaluation.run import Article
from retrieval.evaluation.squad import SquadSet, read_squad
from retrieval.text.languages.detect import is_in_another
from retrieval.weights.fitted import Calibration, load_fitted

LANGUAGES = "en,de,zh,ru,th,ar,hi,es"
HALF, PARAGRAPHS = "half", (1, 2, 6)
# Every so many-th article is cut into small libraries; questions of each sort put to one of them.
STRIDE, ASKED_SMALL = 5, 5
SPREAD = 10.0  # of the prior around zero: next to none
# The share of questions on other articles that may be answered.
FALSE_ANSWERS = 0.05


@dataclass(frozen=True)
class Asked:
    """A question put to a library, both in a language, and what came of it."""

    documents: str
    language: str
    question: str
    size: str
    sample: Sample


def ask_all(
    sets: dict[str, SquadSet], documents: str, embedder: SentenceEmbedder, asked: int
) -> Iterator[Asked]:
    """Ask the libraries of a language in all languages that they are to be asked in."""
    asked_in = sets if documents == ENGLISH else {ENGLISH, *{CHINESE} & {documents}}
    for size, most, articles in _libraries(sets[documents], asked):
        titles, text = {title for title, _ in articles}, fold(" ".join(t for _, t in articles))
        with filled_library(articles, embedder, load_fitted(multilingual=True)) as library:
            for language in sorted(asked_in):
                pairs = list(
                    zip(sets[documents].answerable, sets[language].answerable, strict=True)
                )
                held = [q for g, q in pairs if g.source in titles and fold(g.evidence) in text]
                strange = [q for g, q in pairs if g.source not in titles]
                for answerable, questions in ((True, held), (False, strange)):
                    chance = random.Random(5)
                    for one in chance.sample(questions, min(most, len(questions))):
                        if signals := library.signals(one.question):
                            sample = Sample(signals, answerable, "")
                            yield Asked(documents, language, one.question, size, sample)


def _libraries(squad: SquadSet, asked: int) -> Iterator[tuple[str, int, Sequence[Article]]]:
    """(size, questions of each sort, articles) of each library of a language."""
    for first in (0, 1):
        yield HALF, asked, squad.documents[first::2]
    for title, text in squad.documents[1::STRIDE]:
        paragraphs = text.split("\n\n")
        for count in PARAGRAPHS:
            yield str(count), ASKED_SMALL, [(title, "\n\n".join(paragraphs[:count]))]


def fitted_to(asked: Sequence[Asked], base: Calibration) -> Calibration:
    """The numbers fitted to some questions, small libraries together weighing half of the large
    ones."""
    large = [one.sample for one in asked if one.size == HALF]
    small = [one.sample for one in asked if one.size != HALF]
    numbers = fit(large + small * round(len(large) / len(small) / 2), base, SPREAD)
    return moved(asked, numbers)


def moved(asked: Sequence[Asked], numbers: Calibration) -> Calibration:
    """The numbers with the intercept by which their threshold lets so many strange questions of the
    large libraries through as may be."""
    strange = [
        probability(one.sample.signals, numbers)
        for one in asked
        if one.size == HALF and not one.sample.answerable
    ]
    highest = float(np.quantile(strange, 1 - FALSE_ANSWERS))
    more = _logit(numbers.threshold) - _logit(highest)
    return replace(numbers, intercept=round(numbers.intercept + more, 2))


def _logit(share: float) -> float:
    return float(np.log(share / (1.0 - share)))


def tell(name: str, asked: Sequence[Asked], numbers: Calibration) -> None:
    """Print how well the numbers tell the two sorts of question apart, a line a size."""
    for size in dict.fromkeys(one.size for one in asked):
        inside, outside = (
            [
                probability(one.sample.signals, numbers)
                for one in asked
                if one.size == size and one.sample.answerable is sort
            ]
            for sort in (True, False)
        )
        answered = [np.mean(np.array(one) >= numbers.threshold) for one in (inside, outside)]
        print(f"# {name}, {size}: AUROC {auroc(inside, outside):.3f}, answered ", end="")
        print(" and ".join(f"{share:.1%}" for share in answered), flush=True)


def main() -> None:
    """Print the numbers, and how well they do on what they were fitted to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", default=LANGUAGES)
    parser.add_argument("--asked", type=int, default=40)
    options = parser.parse_args()
    embedder, base = SentenceEmbedder("multilingual"), load_fitted(multilingual=True)
    sets = {
        language: chosen(read_squad(options.folder / f"xquad.{language}.json"), "even", 1)
        for language in options.languages.split(",")
    }
    asked = [one for code in sets for one in ask_all(sets, code, embedder, options.asked)]
    chinese = [one for one in asked if one.documents == one.language == CHINESE]
    numbers = moved(chinese, base.confidence)
    tell("Chinese", chinese, numbers)
    print(f"chinese = {numbers.intercept - base.confidence.intercept:.2f}")
    assert base.across is not None
    across = [one for one in asked if is_in_another(one.question, one.documents)]
    numbers = fitted_to(across, base.across)
    tell("across", across, numbers)
    print(numbers)


if __name__ == "__main__":
    main()
