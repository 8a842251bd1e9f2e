"""Questions in scripts that the bundled model can't read."""

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.search.literal import literal_terms
from tests.support.homes import note, put

TEXTS = {
    "zh": "码头每天早上七点开放。船票每张四元。\n\n游客最多可以停泊三艘船。",
    "ja": "図書館は午前九時に開館します。貸出は五冊までです。",
    "ka": "ბიბლიოთეკა იხსნება ცხრა საათზე. ბილეთი ოთხი ლარი ღირს.",
    "hy": "Գրադարանը բացվում է ժամը իննին։ Տոմսն արժե չորս դրամ։",
    "th": "ห้องสมุดเปิดเวลาเก้าโมงเช้า ตั๋วราคาสี่บาท",
    "ta": "நூலகம் காலை ஒன்பது மணிக்கு திறக்கும். கட்டணம் நான்கு ரூபாய்.",
    "en": "The ferry to Skerry leaves at nine.",
}


@pytest.fixture
def stocked(library: Library) -> Library:
    """A library with a text in each language."""
    put(library, [note(name, text, name) for name, text in TEXTS.items()])
    return library


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("码头几点开放？", "七点"),
        ("船票多少钱？", "四元"),
        ("最多可以停泊几艘船？", "三艘"),
        ("図書館は何時に開館しますか", "九時"),
        ("როდის იხსნება ბიბლიოთეკა?", "ცხრა"),
        ("Ե՞րբ է բացվում գրադարանը", "իննին"),
        ("ห้องสมุดเปิดกี่โมง", "เก้าโมง"),
        ("நூலகம் எப்போது திறக்கும்?", "ஒன்பது"),
    ],
)
def test_what_holds_the_words_answers(stocked: Library, question: str, said: str) -> None:
    answer = stocked.ask(question)
    assert answer.answered
    assert said in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "游泳池在哪里？",
        "動物園の入場料はいくらですか",
        "რა ღირს ველოსიპედის დაქირავება?",
        "Որքա՞ն արժե հեծանիվի վարձույթը",
        "สระว่ายน้ำอยู่ที่ไหน",
        "நீச்சல் குளம் எங்கே உள்ளது?",
    ],
)
def test_without_its_words_the_documents_do_not_say(stocked: Library, question: str) -> None:
    assert not stocked.ask(question).answered


@pytest.mark.parametrize(
    "question",
    ["When does it open?", "Wann öffnet die Bücherei?", "Où est l’œuvre?", "€5 – ½?", ""],
)
def test_what_the_model_reads_is_not_looked_up_by_letters(
    embedder: SentenceEmbedder, question: str
) -> None:
    assert literal_terms(question, embedder.words) == ()
