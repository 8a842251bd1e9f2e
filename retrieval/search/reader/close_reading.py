"""Read the best passages closely: rerank them by what the reader says of their windows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from retrieval.text.terms import words
from retrieval.types import Passage, SentenceScore
from retrieval.weights.fitted import Ranking, logistic

from .model import Reader, Reading
from .windows import choose

# Passages that are read, of which the best are kept.
READ = 8
# Words that make up a quarter of English prose, and hardly any of another language's.
ENGLISH = frozenset(
    "the of and with that are be this you your it from by can if not have has when how what which"
    " where who why should would must may do does they there these".split()
)
# The least share of them in a text that the reader, which was trained on English, makes sense of.
ENOUGH_ENGLISH = 0.04


def read_closely(
    question: str, passages: Sequence[Passage], reader: Reader, ranking: Ranking
) -> list[Passage]:
    """Rerank passages by their own score and the reader's, and score their sentences by it.

    Where neither they nor the question are in English, they stay as they are.
    """
    if not in_english([question, *(passage.text for passage in passages)]):
        return list(passages)
    readings = reader.read(question, choose(passages))
    read = [_read(passage, readings, ranking) for passage in passages]
    return sorted(read, key=lambda passage: -passage.score)


def _read(passage: Passage, readings: Iterable[Reading], ranking: Ranking) -> Passage:
    """A passage with what was read in it, if anything was."""
    own = [reading for reading in readings if reading.window.passage is passage]
    if not own:
        return passage
    best = max(reading.answered for reading in own)
    return replace(
        passage,
        score=passage.score + ranking.passage_reader * logistic(best),
        sentences=tuple(_scored(sentence, own) for sentence in passage.sentences),
        answered=best,
        span=max(reading.span for reading in own),
    )


def _scored(sentence: SentenceScore, readings: Iterable[Reading]) -> SentenceScore:
    """A sentence with the best that was read in the windows that hold it."""
    around = [
        reading
        for reading in readings
        if reading.window.start <= sentence.start and sentence.end <= reading.window.end
    ]
    if not around:
        return sentence
    best = max(reading.answered for reading in around)
    spans = [r.span for r in around if r.start < sentence.end and sentence.start < r.end]
    spanned = logistic(max(spans)) if spans else 0.0
    return replace(sentence, answered=logistic(best), spanned=spanned)


def in_english(texts: Iterable[str]) -> bool:
    """Return whether some texts, taken together, are in English."""
    found = [word for text in texts for word in words(text)]
    return sum(word in ENGLISH for word in found) >= ENOUGH_ENGLISH * len(found)
