"""The language of a text is told, or taken from what stands around it."""

import unicodedata

import pytest

from retrieval.text.languages.detect import (
    LanguageTeller,
    is_in_another,
    of_question,
    surely_in,
)
from retrieval.text.languages.table import code_of, languages

TEXTS = {
    "en": "# Lending\n\nMembers may borrow five books at a time, for three weeks.",
    "de": "Die Werkstatt öffnet um neun Uhr. Mitglieder können sich fünf Bücher ausleihen.",
    "nl": "De bibliotheek is open van negen tot vijf. Leden mogen vijf boeken lenen.",
    "sv": "Biblioteket är öppet från nio till fem. Medlemmar får låna fem böcker.",
    "da": "Biblioteket har åbent fra ni til fem. Medlemmer må låne fem bøger ad gangen.",
    "no": "Biblioteket er åpent fra ni til fem. Medlemmer kan låne fem bøker om gangen.",
    "fi": "Kirjasto on avoinna yhdeksästä viiteen. Jäsenet voivat lainata viisi kirjaa.",
    "pl": "Biblioteka jest otwarta od dziewiątej do piątej. Członkowie mogą wypożyczyć książki.",
    "cs": "Knihovna je otevřena od devíti do pěti. Členové si mohou půjčit pět knih najednou.",
    "it": "La biblioteca è aperta dalle nove alle cinque. I soci possono prendere cinque libri.",
    "fr": "La bibliothèque ouvre à neuf heures. Les membres peuvent emprunter cinq livres.",
    "pt": "A biblioteca abre às nove horas. Os sócios podem levar cinco livros de cada vez.",
    "es": "La biblioteca abre a las nueve. Los socios pueden llevarse cinco libros a la vez.",
    "tr": "Kütüphane saat dokuzda açılır. Üyeler bir seferde beş kitap ödünç alabilir.",
    "vi": "Thư viện mở cửa lúc chín giờ. Thành viên có thể mượn năm cuốn sách một lần.",
    "uk": "Бібліотека відкривається о дев'ятій. Члени можуть взяти п'ять книг за раз.",
    "ru": "Библиотека открывается в девять. Члены клуба могут взять пять книг за раз.",
    "bg": "Библиотеката отваря в девет. Членовете могат да вземат пет книги наведнъж.",
    "fa": "کتابخانه ساعت نه باز می‌شود. اعضا می‌توانند پنج کتاب را هم‌زمان امانت بگیرند.",
    "ar": "تفتح المكتبة في الساعة التاسعة. يمكن للأعضاء استعارة خمسة كتب في المرة الواحدة.",
    "hi": "पुस्तकालय नौ बजे खुलता है। सदस्य एक बार में पाँच पुस्तकें ले सकते हैं।",
    "ja": "図書館は九時に開きます。",
    "zh": "图书馆九点开门。",
    "ko": "도서관은 아홉 시에 문을 엽니다.",
    "th": "ห้องสมุดเปิดเวลาเก้าโมง",
    "el": "Η βιβλιοθήκη ανοίγει στις εννέα.",
    "he": "הספרייה נפתחת בתשע.",
}


@pytest.fixture(scope="module")
def teller() -> LanguageTeller:
    return LanguageTeller()


def test_the_language_of_two_sentences_is_told(teller: LanguageTeller) -> None:
    assert [teller.tell(text) for text in TEXTS.values()] == list(TEXTS)


@pytest.mark.parametrize(
    "text",
    [
        "Item: tea · Price: £4\nItem: coffee · Price: £5\nItem: cake · Price: £3",
        "name,age,city\nAnna,31,Berlin\nJosé,25,São Paulo\nMüller,44,Wien",
        "GET /v1/items?limit=10",
        "",
    ],
)
def test_a_text_that_does_not_tell_is_in_the_language_around_it(
    text: str, teller: LanguageTeller
) -> None:
    assert teller.tell(text) == "en"
    assert teller.tell(text, "de") == "de"
    assert teller.tell(text, "ja") == "en"  # which is written otherwise


def test_english_is_told_without_the_model() -> None:
    teller = LanguageTeller()
    teller.tell(TEXTS["en"])
    teller.tell("Price list\n\nTea · £4")
    assert "_identifier" not in vars(teller)


def test_a_setting_says_it_for_all() -> None:
    assert LanguageTeller("tr").tell(TEXTS["en"]) == "tr"


@pytest.mark.parametrize(
    ("written", "code"), [("de", "de"), ("pt-BR", "pt"), ("auto", ""), ("ZH_cn", "zh")]
)
def test_a_language_is_known_by_its_code(written: str, code: str) -> None:
    assert code_of(written) == code


def test_another_code_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="'klingon' is no language that Footnote knows: auto, or"):
        code_of("klingon")
    assert len(languages()) > 60


@pytest.mark.parametrize(
    ("question", "held", "language"),
    [
        ("Wann öffnet die Werkstatt?", ("en", "de"), "de"),
        ("When does the workshop open?", ("de", "en"), "en"),
        ("Who runs the café?", ("de", "en"), "en"),
        ("Öffnungszeiten Werkstatt", ("en", "de"), "de"),
        ("図書館は何時に開きますか", ("en", "ja", "de"), "ja"),
        ("Когда открыто?", ("en", "ru", "uk"), "ru"),
        ("图书馆几点开门", ("de", "en"), "de"),
        ("lvl 3", ("de", "en"), "de"),
    ],
)
def test_a_question_is_read_by_a_language_that_there_is(
    question: str, held: tuple[str, ...], language: str
) -> None:
    assert of_question(question, held) == language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wann öffnet die Werkstatt?", "en"),
        ("When does the workshop open?", "de"),
        ("図書館は何時に開きますか", "zh"),
        ("图书馆几点开门", "en"),
        ("Когда открыто?", "de"),
        ("Quanto costa il corso?", "en"),
        ("متى تفتح المكتبة؟", "en"),
        ("what is gear oil", "ja"),
        # Letters and their accents may come apart.
        (unicodedata.normalize("NFD", "Có những gì ở đây?"), "en"),
    ],
)
def test_a_question_is_surely_in_another_language(question: str, language: str) -> None:
    assert is_in_another(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wann öffnet die Werkstatt?", "de"),
        ("When does the workshop open?", "en"),
        ("Öffnungszeiten Werkstatt", "de"),
        # Names and keywords may stand in text of any language.
        ("API key", "ja"),
        ("Minecraft", "ru"),
        ("E1042", "ar"),
        # Chinese characters alone may be Japanese.
        ("開館時間", "ja"),
        ("Аренда принтера", "uk"),
    ],
)
def test_where_it_does_not_tell_a_question_is_not_in_another_language(
    question: str, language: str
) -> None:
    assert not is_in_another(question, language)


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("Wann fährt die Fähre?", "de"),
        ("How tall is it?", "en"),
        ("¿A qué hora sale el ferry?", "es"),
        ("Kiedy odpływa prom?", "pl"),
        ("Когда отходит паром?", "ru"),
        ("フェリーはいつ出ますか", "ja"),
        ("Wanneer vertrekt de veerboot?", "nl"),
        ("Die Hard", ""),
        ("hi", ""),
        ("", ""),
        ("👍 123", ""),
    ],
)
def test_a_message_of_a_few_words_is_surely_in_a_language_or_in_none(
    message: str, language: str
) -> None:
    assert surely_in(message, ("en", "de", "es", "pl", "ru", "ja")) == language
