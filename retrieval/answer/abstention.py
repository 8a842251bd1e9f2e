"""Abstention: when an answer is withheld, and every sentence that says so.

The threshold that a confidence is held against is fitted: `threshold` in
`weights/confidence_threshold.toml`, or in the `calibration.json` that `footnote calibrate` writes
into a home.
"""

from collections.abc import Sequence

from retrieval.search.identifiers import named_in
from retrieval.search.query import ParsedQuery
from retrieval.types import Answer, Passage
from retrieval.weights.fitted import Calibration

# The answer where the documents don't say.
NOT_SAID = "The documents don't say."
# The answer where they don't know what the question names: an error code, a version, an option.
NOT_NAMED = "The documents don't say: {names} {verb} not in them."
# The notes under an answer that is not the chat model's, though one was to write it.
UNAVAILABLE = (
    "The chat model is unavailable at the moment; these are the documents' own words instead."
)
SPENT = (
    "The chat model's answers for today are used up; these are the documents' own words instead."
)
UNHELD = (
    "What the chat model wrote does not stand in the documents; these are their own words instead."
)
# What the chat model is told to write where the passages don't answer.
SENTINEL = "NOT IN THE DOCUMENTS"
# What stands behind a sentence that nothing in the documents supports, if it is shown at all.
UNSUPPORTED = "(not in the documents)"


def abstains(passages: Sequence[Passage], confidence: float, calibration: Calibration) -> bool:
    """Return whether what was found is too little, or too unsure, to answer from."""
    return not passages or confidence < calibration.threshold


def unnamed(query: ParsedQuery, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The identifiers of a question, where none of them stands in what was found for it."""
    return () if named_in(passages, query.identifiers) else query.identifiers


def abstain(
    question: str,
    passages: Sequence[Passage],
    confidence: float,
    reader: str = "quote",
    missing: Sequence[str] = (),
) -> Answer:
    """Return the answer that the documents don't say, with the passages that came nearest.

    `missing` are the identifiers of the question that stand nowhere in them.
    """
    verb = "is" if len(missing) == 1 else "are"
    text = NOT_NAMED.format(names=" and ".join(missing), verb=verb) if missing else NOT_SAID
    return Answer(
        *(question, False, text, confidence, reader),
        passages=tuple(passages),
        missing=tuple(missing),
    )
