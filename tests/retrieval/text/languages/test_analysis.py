"""Words by the rules of each language: what people write in several ways is one word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.languages.analysis import analysis
from retrieval.text.languages.table import languages
from retrieval.text.terms import Keys


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "STRASSE", "Straße"),
        ("de", "Werkstätten", "werkstatt"),
        ("de", "Öffnungszeiten", "oeffnungszeit"),
        ("tr", "İSTANBUL", "istanbul"),
        ("tr", "ISPARTA", "ısparta"),
        ("fr", "réunions", "reunion"),
        ("es", "inscripción", "inscripcion"),
        ("ru", "ёлки", "елка"),
        ("ar", "مُعَلِّمٌ", "معلم"),
        ("ar", "أعضاء", "اعضاء"),
        ("fa", "كتابي", "کتابی"),
        ("el", "ΒΙΒΛΙΟΘΉΚΗ", "βιβλιοθηκη"),
        ("hi", "किताबें", "किताब"),
        ("vi", "Thư", "thư"),
        ("he", "סִפְרִיָּה", "ספריה"),
        ("ja", "ＰＬＡ", "pla"),
        ("uk", "бібліотека", "бібліотеки"),
    ],
)
def test_two_forms_are_one_word(language: str, one: str, other: str) -> None:
    found = analysis(language)
    assert found.stems(found.words(one)) == found.stems(found.words(other))


def test_words_that_accents_tell_apart_stay_apart() -> None:
    found = analysis("vi")
    assert found.stems(["thư"]) != found.stems(["thứ"])
    # But who types none finds both.
    assert "thu" in found.terms("thứ").split()


def test_where_no_spaces_are_words_are_pairs_and_what_asks_is_left_out() -> None:
    assert analysis("zh").asked("图书馆几点开门？") == ["图书", "书馆", "开门"]
    assert analysis("ja").asked("本は何冊ですか") == ["本", "冊"]
    assert analysis("ko").words("도서관은 3D 프린터") == [
        "도서",
        "서관",
        "관은",
        "3d",
        "프린",
        "린터",
    ]
    assert "猫" in analysis("zh").terms("有一只猫").split()


def test_a_word_of_a_language_that_joins_them_may_begin_another() -> None:
    assert analysis("de").searched(["öffnung", "uhr"]) == ["offnung*", "uhr"]


@pytest.mark.parametrize(
    ("language", "question", "names"),
    [
        ("de", "Wer hat den Schlüssel für Raum 12?", {"12"}),
        ("fr", "Où habite Ada Lorne ?", {"ada", "lorn"}),
        ("ja", "Prusaは何台ありますか", {"prusa"}),
        ("ar", "كم يدفع الأعضاء؟", set()),
    ],
)
def test_names_are_told_where_capitals_tell_them(
    language: str, question: str, names: set[str]
) -> None:
    assert Keys().in_language(language).names(question) == names


@given(st.text(max_size=60), st.sampled_from(sorted(languages())))
def test_any_text_in_any_language_has_words_that_the_index_leaves_whole(
    text: str, language: str
) -> None:
    found = analysis(language)
    words = found.words(text)
    assert len(found.stems(words)) == len(words)
    assert all(" " not in term for term in found.terms(text).split())
    assert found.asked(text) or not found.words(text)
