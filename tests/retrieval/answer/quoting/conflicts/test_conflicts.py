"""All sides are shown where documents differ on a question; else nothing is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.types import Answer
from tests.support.homes import note, opened, put

POOL = "When does the swimming pool of Tarn open?"


def dated(title: str, text: str, date: str = "", author: str = "") -> str:
    """A page of Markdown that says its title, and its date and author where they are known."""
    known = f"date: {date}\n" * bool(date) + f"author: {author}\n" * bool(author)
    return f"---\ntitle: {title}\n{known}---\n\n{text}\n"


@pytest.fixture
def library(tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """An empty library."""
    with opened(tmp_path / "home", embedder) as library:
        yield library


def ask(library: Library, question: str, **pages: str) -> Answer:
    """The answer from some pages, by the names of their files."""
    put(library, [note(f"{name}.md", text) for name, text in pages.items()])
    return library.ask(question)


def test_places_that_say_otherwise_come_with_title_date_and_author(library: Library) -> None:
    answer = ask(
        library,
        POOL,
        a=dated("Handbook", "The swimming pool of Tarn opens at 8 am.", "2025-03-01", "A. Bell"),
        b=dated("Leaflet", "The swimming pool of Tarn opens at 10:00.", "2025-09-01", "C. Dorn"),
    )
    [other] = answer.otherwise
    [own] = [cited for cited in answer.citations if cited.number == other.number]
    known = {(cited.title, cited.date, cited.author) for cited in (own, other)}
    assert known == {("Handbook", "2025-03-01", "A. Bell"), ("Leaflet", "2025-09-01", "C. Dorn")}
    assert own.quote != other.quote
    assert other.age == ""


def test_what_holds_on_different_days_is_no_difference(library: Library) -> None:
    answer = ask(
        library,
        "When does the swimming pool of Tarn close?",
        a=dated("Handbook", "The swimming pool of Tarn closes at 8 pm on Saturday."),
        b=dated("Leaflet", "The swimming pool of Tarn closes at 6 pm on Sunday."),
    )
    assert answer.answered
    assert answer.otherwise == ()


def test_different_days_of_the_same_are_a_difference(library: Library) -> None:
    answer = ask(
        library,
        "On which day is the swimming pool of Tarn cleaned?",
        a=dated("Handbook", "The swimming pool of Tarn is cleaned on Saturday."),
        b=dated("Leaflet", "The swimming pool of Tarn is cleaned on Sunday."),
    )
    assert len(answer.otherwise) == 1


def test_the_same_in_other_words_is_no_difference(library: Library) -> None:
    answer = ask(
        library,
        POOL,
        a=dated("Handbook", "The swimming pool of Tarn opens at 8 am."),
        b=dated("Leaflet", "You can enter the swimming pool of Tarn from 8:00 on."),
    )
    assert answer.answered
    assert answer.otherwise == ()


def test_an_older_version_is_called_so(library: Library) -> None:
    answer = ask(
        library,
        POOL,
        a=dated("Handbook 2024", "The swimming pool of Tarn opens at 8 am.", "2024-01-01"),
        b=dated("Handbook 2026", "The swimming pool of Tarn opens at 10 am.", "2026-01-01"),
    )
    [other] = answer.otherwise
    assert (other.title, other.age) in {("Handbook 2024", "older"), ("Handbook 2026", "newer")}


@pytest.mark.parametrize(
    "other",
    [
        "The swimming pool of Holm opens at 10 am.",
        "The swimming pool of Tarn closes at 10 pm.",
        "The swimming pool of Tarn opens at 10 am on holidays.",
        "Until 2019 the swimming pool of Tarn opened at 10 am.",
        "The sauna at the swimming pool of Tarn opens at 10 am.",
        "The swimming pool of Tarn has 10 lanes.",
    ],
)
def test_what_may_be_of_something_else_is_no_difference(library: Library, other: str) -> None:
    answer = ask(
        library,
        POOL,
        a=dated("Handbook", "The swimming pool of Tarn opens at 8 am."),
        b=dated("Leaflet", other),
    )
    assert answer.otherwise == ()


def test_the_owner_is_shown_all_pairs(library: Library) -> None:
    pages = {
        "a": dated(
            "Handbook", "A guest ticket costs £4. Dogs are allowed in the garden.", "2024-02-02"
        ),
        "b": dated("Leaflet", "A guest ticket costs £5. It rains often.", "2025-02-02"),
        "c": dated("Rules", "Dogs are forbidden in the garden."),
    }
    put(library, [note(f"{name}.md", text) for name, text in pages.items()])
    pairs = [{place.title for place in pair} for pair in library.conflicts()]
    assert sorted(map(sorted, pairs)) == [["Handbook", "Leaflet"], ["Handbook", "Rules"]]
    newer, older = next(pair for pair in library.conflicts() if "ticket" in pair[0].quote)
    assert (newer.title, older.title) == ("Leaflet", "Handbook")


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "Wann öffnet das Hallenbad am Samstag?",
            "Am Samstag öffnet das Hallenbad der Stadt um 8 Uhr.",
            "Das Hallenbad der Stadt öffnet am Samstag um 10 Uhr.",
        ),
        (
            "Combien coûte la cotisation annuelle du club ?",
            "La cotisation annuelle du club est de 12,50 euros.",
            "La cotisation annuelle du club s'élève à 15 €.",
        ),
        (
            "К какому сроку нужно подать заявку на курс?",
            "Заявку на курс нужно подать до 3 марта.",
            "Заявку на курс нужно подать до 13.03.2026.",
        ),
        (
            "スタジオの予約は必要ですか？",
            "スタジオの予約は必要ありません。",
            "スタジオの予約は必要です。",
        ),
    ],
)
def test_disagreements_in_another_language_are_shown(
    library: Library, question: str, one: str, other: str
) -> None:
    answer = ask(library, question, a=dated("A", one), b=dated("B", other))
    assert answer.answered
    assert len(answer.otherwise) == 1
    assert len(list(library.conflicts())) == 1


def test_documents_in_different_languages_are_not_held_against_each_other(library: Library) -> None:
    text = "Der Eintritt in das Museum von Tarn kostet an Feiertagen 4 Euro für alle."
    put(library, [note("a.md", dated("A", text)), note("b.md", dated("B", "Entry costs 5 euros."))])
    assert list(library.conflicts()) == []
