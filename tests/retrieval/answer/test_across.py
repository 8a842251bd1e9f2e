"""Answers in another language than their question are given, and say which language."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from retrieval.answer.across import is_across
from retrieval.answer.confidence import calibration_for
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.search.query import ParsedQuery
from retrieval.search.term_rarity import TermRarity
from retrieval.text.terms import Keys
from retrieval.types import Passage
from retrieval.weights.calibration_file import SavedCalibration, in_force, measured_with
from retrieval.weights.fitted import load_fitted
from tests.support.homes import note, opened, put
from tests.support.texts.queries import named

GERMAN = """# Werkstatt

Die Werkstatt öffnet dienstags und donnerstags um 14 Uhr. Der Schlüssel hängt im Büro.

# Lasercutter

Für den Lasercutter braucht man eine Einweisung. Sie dauert zwei Stunden und kostet nichts.

# Beitrag

Der Beitrag beträgt 26 Euro im Monat; für Studierende die Hälfte.
"""


RARITY = TermRarity((10,), {})


def asked(question: str) -> ParsedQuery:
    return named(question, RARITY, Keys())


def found(language: str) -> Passage:
    return Passage("a", "a", "a", None, 0, 4, "text", language=language)


def test_one_passage_in_the_questions_language_is_enough() -> None:
    question = "When does the workshop open?"
    assert is_across(question, [found("de"), found("fr")])
    assert not is_across(question, [found("de"), found("en")])
    assert not is_across(question, [found("de"), found("")])
    assert not is_across(question, [])


def test_only_the_multilingual_model_judges_by_language() -> None:
    several, one = load_fitted(multilingual=True), load_fitted()
    english, german = asked("When does it open?"), asked("Wann wird geöffnet?")
    chinese = replace(asked("几点开门？"), language="zh")
    assert calibration_for(english, [found("de")], several) is several.across
    assert calibration_for(german, [found("de")], several) is several.confidence
    assert calibration_for(chinese, [found("zh")], several) is several.chinese
    assert calibration_for(english, [found("de")], one) is one.unread
    assert calibration_for(chinese, [found("zh")], one) is one.unread


def test_a_homes_own_calibration_holds_in_every_language() -> None:
    several = load_fitted(multilingual=True)
    own = replace(several.confidence, threshold=0.7)
    kept = SavedCalibration(measured_with("e5", several.ranking), own)
    in_use = in_force(several, kept, "e5")
    english, chinese = asked("When does it open?"), replace(asked("几点开门？"), language="zh")
    assert calibration_for(english, [found("de")], in_use) is own
    assert calibration_for(chinese, [found("zh")], in_use) is own


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("german")
    with opened(home, SentenceEmbedder("multilingual")) as library:
        put(library, [note("werkstatt.md", GERMAN)])
        yield library


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("When does the workshop open?", "14 Uhr"),
        ("¿Cuánto dura la instrucción para la cortadora láser?", "zwei Stunden"),
        ("Сколько стоит членство в месяц?", "26 Euro"),
    ],
)
def test_an_answer_in_another_language_is_given_in_the_original_and_says_which(
    library: Library, question: str, held: str
) -> None:
    answer = library.ask(question)
    assert answer.answered
    assert held in answer.text
    assert {citation.language for citation in answer.citations} == {"de"}


def test_an_answer_in_the_questions_language_says_nothing_of_it(library: Library) -> None:
    answer = library.ask("Wann öffnet die Werkstatt?")
    assert "14 Uhr" in answer.text
    assert {citation.language for citation in answer.citations} == {""}


def test_what_no_document_says_in_any_language_is_refused(library: Library) -> None:
    assert not library.ask("Who won the football world cup in 1998?").answered
