"""Fits every number of `retrieval/weights/`: python -m benchmarks.fit.fit SQUAD.json

The file is in SQuAD's format, and is best not one that is measured with afterwards.
"""

import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.squad import filled_library
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.evaluation.squad import SquadSet, read_squad
from retrieval.weights.fitted import Fitted, load_fitted

from .confidence import fit_confidence
from .ranking import fit_ranking, fit_reading


def main(path: Path) -> None:
    """Prints the lines for `ranking_weights.toml` and `confidence_threshold.toml`, and before them
    how well they do."""
    squad, embedder = read_squad(path), SentenceEmbedder()
    fitted = ranked(squad, embedder, load_fitted())
    confidence = fit_confidence(squad, embedder, fitted)
    for part in (fitted.ranking, confidence):
        print()
        for name in part.__dataclass_fields__:
            print(f"{name} = {getattr(part, name)}")


def ranked(squad: SquadSet, embedder: SentenceEmbedder, fitted: Fitted) -> Fitted:
    """The numbers with those of ranking and reading fitted, one after the other."""
    with filled_library(squad.documents, embedder, fitted) as library:
        ranking = fit_ranking(library, squad.answerable, fitted.ranking)
        library.fitted = replace(fitted, ranking=ranking)
        return replace(fitted, ranking=fit_reading(library, squad.answerable, ranking))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
