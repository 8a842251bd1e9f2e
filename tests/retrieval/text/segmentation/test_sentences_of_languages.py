"""Sentences end where their language says, and nowhere within a date or a short form."""

import pytest

from retrieval.text.segmentation.sentences import sentences

TEXTS = [
    (
        "de",
        [
            "Die Werkstatt öffnet am 1. Mai um 9 Uhr.",
            "Mitglieder zahlen z. B. 5 Euro.",
            "Das gilt ab dem 3. Oktober.",
            "Wer fragt?",
            "Dr. Holm weiß es.",
        ],
    ),
    (
        "fr",
        [
            "L'atelier ouvre le 3 mars.",
            "M. Dupont donne les clés.",
            "Qui paie ?",
            "Les membres paient env. 5 € au bar.",
        ],
    ),
    (
        "es",
        [
            "¿A qué hora abre el taller?",
            "Abre a las 9.",
            "¡Vengan todos!",
            "El Sr. Pérez tiene la llave.",
        ],
    ),
    (
        "ru",
        [
            "Взнос, т. е. плата, указан в п. 5 правил.",
            "Кто платит?",
            "Ключ у проф. Иванова на ул. Садовой.",
        ],
    ),
    (
        "ja",
        [
            "図書館は九時に開きます。",
            "会員は五冊まで借りられます。",
            "入口に「本は大切に！」と書いてあります。",
        ],
    ),
    ("zh", ["图书馆九点开门。", "会员可以借五本书！", "谁付钱？", "大家。"]),
    ("ar", ["تفتح المكتبة في التاسعة، كل يوم.", "هل يمكن الاستعارة؟", "نعم، خمسة كتب."]),
    ("hi", ["पुस्तकालय नौ बजे खुलता है।", "सदस्य पाँच पुस्तकें ले सकते हैं।"]),
    ("el", ["Η βιβλιοθήκη ανοίγει στις 9.", "Ποιος πληρώνει;", "Όλοι."]),
    (
        "pl",
        [
            "Biblioteka jest otwarta od godz. 9.",
            "Opłata, np. 5 zł, jest w pkt. 5 regulaminu.",
            "Kto płaci?",
        ],
    ),
    ("it", ["Il laboratorio apre alle 9.", "Il sig. Rossi ha le chiavi.", "Chi paga?"]),
    (
        "nl",
        [
            "De werkplaats opent om 9 uur.",
            "Leden betalen bijv. 5 euro.",
            "Dhr. Jansen heeft de sleutel.",
        ],
    ),
    ("tr", ["Atölye saat 9'da açılır.", "Üyeler 5. katta toplanır.", "Kim öder?"]),
    ("ko", ["도서관은 아홉 시에 엽니다.", "누가 냅니까?", "모두 냅니다."]),
    ("cs", ["Členové platí např. 5 Kč.", "Od 1. května je zavřeno.", "Kdo platí?"]),
    ("sv", ["Verkstaden öppnar kl. 9.", "Medlemmar betalar t.ex. 5 kr.", "Vem betalar?"]),
    ("ur", ["لائبریری نو بجے کھلتی ہے۔", "ارکان پانچ کتابیں لے سکتے ہیں۔", "کون ادا کرتا ہے؟"]),
]

UNSPACED = {"ja", "zh"}


@pytest.mark.parametrize(("language", "expected"), TEXTS, ids=[code for code, _ in TEXTS])
def test_a_text_is_cut_at_its_sentences(language: str, expected: list[str]) -> None:
    text = ("" if language in UNSPACED else " ").join(expected)
    found = sentences(text, language=language)
    assert [text[one.start : one.end] for one in found] == expected
