"""The reader's say puts passages in order, and is told of each sentence that it read."""

from collections.abc import Sequence

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.search.reader.close_reading import in_english, read_closely
from retrieval.search.reader.model import Reader, Reading
from retrieval.search.reader.windows import Window
from retrieval.types import Passage, SentenceScore
from retrieval.weights.fitted import load_fitted, logistic
from tests.support.homes import note, put

RANKING = load_fitted().ranking


class Decided(Reader):
    """A reader that takes every window with a word in it for the answer, and no other."""

    def __init__(self, word: str) -> None:
        super().__init__(SentenceEmbedder())
        self._word = word

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """The word's own place is the span."""
        return [self._reading(window) for window in windows]

    def _reading(self, window: Window) -> Reading:
        at = window.text.find(self._word)
        start = window.start + max(0, at)
        logit = 4.0 if at >= 0 else -4.0
        return Reading(window, logit, logit, start, start + len(self._word))


def passage(document: str, text: str, score: float) -> Passage:
    """A passage of one sentence."""
    sentences = (SentenceScore(0, len(text), score),)
    return Passage(
        document, document, document, None, 0, len(text), text, score, sentences=sentences
    )


TEA = passage("tea", "The tea is kept in the tin by the door.", 1.2)
MILK = passage("milk", "The milk is in the cellar, and it is for all of you.", 1.0)


def test_the_passage_that_is_read_to_answer_comes_first() -> None:
    found = read_closely("Where is the milk?", [TEA, MILK], Decided("cellar"), RANKING)
    assert [each.document for each in found] == ["milk", "tea"]
    assert found[0].score == pytest.approx(MILK.score + RANKING.passage_reader * logistic(4.0))
    assert (found[0].answered, found[0].span) == (4.0, 4.0)


def test_a_sentence_is_told_what_was_read_around_it_and_in_it() -> None:
    [found] = read_closely("Where is the milk?", [MILK], Decided("cellar"), RANKING)
    [sentence] = found.sentences
    assert (sentence.answered, sentence.spanned) == (logistic(4.0), logistic(4.0))


def test_what_is_not_in_english_is_not_read() -> None:
    german = passage("de", "Die Bücherei öffnet um neun, am Samstag um zehn Uhr.", 1.0)
    found = read_closely("Wann öffnet die Bücherei?", [german], Decided("neun"), RANKING)
    assert found == [german]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The gate is closed at ten, and nobody has the key to it.", True),
        ("La bibliothèque ouvre à neuf heures, et le samedi à dix heures.", False),
        ("A biblioteca abre às nove horas e no sábado às dez horas da manhã.", False),
        ("De bibliotheek gaat om negen uur open, en op zaterdag om tien uur.", False),
        ("Biblioteket åbner klokken ni, og om lørdagen klokken ti for alle.", False),
    ],
)
def test_english_is_told_from_other_languages(text: str, english: bool) -> None:
    assert in_english([text]) is english


def test_a_library_answers_with_what_is_read_and_without(library: Library) -> None:
    put(library, [note("milk.md", "The milk is in the cellar. The tea is in the tin.")])
    assert library.ask("Where is the milk?").answered
    library.reader = None
    assert library.ask("Where is the milk?").answered
