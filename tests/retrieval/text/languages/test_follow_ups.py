"""A question in another language than English leans on the one before it, or stands alone."""

import pytest

from retrieval.answer.follow_up import condense
from retrieval.types import Turn


@pytest.mark.parametrize(
    ("language", "before", "question", "carried"),
    [
        ("de", "Wann öffnet die Holzwerkstatt?", "Und am Sonntag?", "öffnet Holzwerkstatt"),
        ("de", "Wann öffnet die Holzwerkstatt?", "Wer leitet sie?", "öffnet Holzwerkstatt"),
        ("fr", "Qui dirige l'atelier ?", "Quand est-elle née ?", "dirige atelier"),
        ("es", "¿Cuándo abre el taller?", "¿Y el domingo?", "abre taller"),
        ("ru", "Когда открыта мастерская?", "Кто там работает?", "открыта мастерская"),
        ("ja", "図書館は何時に開きますか", "その料金はいくらですか", "図書館 開き"),
        ("zh", "图书馆几点开门？", "它收费吗？", "图书馆 开门"),
    ],
)
def test_a_question_that_points_back_carries_what_was_asked(
    language: str, before: str, question: str, carried: str
) -> None:
    assert condense(question, [Turn(before, "")], language) == f"{question} ({carried})"


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("de", "Haben Sie auch Bücher?"),
        ("de", "Gibt es eine Kantine?"),
        ("fr", "Y a-t-il un parking ?"),
        ("ar", "ما هي رسوم العضوية؟"),
        ("sw", "Nini saa za kufungua?"),
        ("th", "ห้องสมุดเปิดกี่โมง"),
    ],
)
def test_any_other_question_stands_alone(language: str, question: str) -> None:
    assert condense(question, [Turn("Wann öffnet die Holzwerkstatt?", "")], language) == question
