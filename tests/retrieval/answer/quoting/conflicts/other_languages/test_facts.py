"""Facts are read as each language writes them."""

from importlib.resources import files

import pytest

from retrieval.answer.quoting.conflicts.other_languages import facts
from retrieval.answer.quoting.conflicts.other_languages.facts import FactReader, reader_of
from retrieval.text.terms import Keys

KEYS = Keys()
LANGUAGES = sorted(
    path.name.removesuffix(".toml")
    for path in files(facts.__package__ or "").iterdir()
    if path.name.endswith(".toml")
)


def reader(language: str) -> FactReader:
    found = reader_of(language, KEYS)
    assert found is not None
    return found


def values(language: str, text: str) -> dict[str, set[str]]:
    return {sort: set(found) for sort, found in reader(language).facts_of(text).values.items()}


@pytest.mark.parametrize(
    ("language", "text", "hours"),
    [
        ("de", "von 9 bis 18.30 Uhr", {"9:00", "18:30"}),
        ("de", "um 6 Uhr abends", {"18:00"}),
        ("fr", "de 9h30 à 17 heures", {"9:30", "17:00"}),
        ("es", "a las 9 de la noche", {"21:00"}),
        ("pt", "às 14h30", {"14:30"}),
        ("it", "dalle 9:30", {"9:30"}),
        ("nl", "tot 17.45 uur", {"17:45"}),
        ("pl", "od godz. 9 do 17:30", {"9:00", "17:30"}),
        ("ru", "с 10 до 18 часов", {"10:00", "18:00"}),
        ("ru", "в 7 вечера", {"19:00"}),
        ("tr", "saat 9:30'da", {"9:30"}),
        ("ar", "الساعة ٩ مساءً", {"21:00"}),
        ("hi", "शाम 7 बजे", {"19:00"}),
        ("vi", "lúc 8 giờ rưỡi sáng", {"8:30"}),
        ("ja", "午後3時半", {"15:30"}),
        ("zh", "下午三点半", {"15:30"}),
        ("zh", "9点至17点", {"9:00", "17:00"}),
        ("ko", "오후 3시 30분", {"15:30"}),
        ("th", "เวลา 9.00 น.", {"9:00"}),
    ],
)
def test_hours(language: str, text: str, hours: set[str]) -> None:
    assert values(language, text) == {"hour": hours}


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("de", "am 3. März", {"3.3."}),
        ("de", "am 03.04.2026, nicht am 5.4.", {"3.4.", "5.4."}),
        ("fr", "le 1er août", {"1.8."}),
        ("es", "el 3 de marzo", {"3.3."}),
        ("pl", "3 marca", {"3.3."}),
        ("ru", "до 13.03.2026", {"13.3."}),
        ("ja", "3月13日", {"13.3."}),
        ("zh", "十二月三日", {"3.12."}),
        ("ko", "3월 3일", {"3.3."}),
        ("vi", "ngày 3 tháng 12", {"3.12."}),
        ("th", "3 มีนาคม", {"3.3."}),
    ],
)
def test_days(language: str, text: str, days: set[str]) -> None:
    assert values(language, text) == {"day": days}


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("de", "1.500,50 Euro", {"euro": {"1500.5"}}),
        ("fr", "1 200,00 €", {"euro": {"1200"}}),
        ("es", "2.000 euros", {"euro": {"2000"}}),
        ("it", "1.234,5 €", {"euro": {"1234.5"}}),
        ("ja", "二千円", {"yen": {"2000"}}),
        ("de", "12,5 Prozent", {"%": {"12.5"}}),
        ("de", "zwei Stunden", {"hour": {"2"}}),
        ("ar", "٣٠ دقيقة", {"minute": {"30"}}),
    ],
)
def test_amounts(language: str, text: str, amount: dict[str, set[str]]) -> None:
    assert values(language, text) == amount


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("ru", ("500 рублей", "500 руб.", "₽500")),
        ("hi", ("500 रुपये", "₹500")),
        ("ko", ("5,000원", "₩5,000")),
        ("zh", ("一百五十元", "150元")),
        ("pl", ("12,50 zł", "12,50 złotych")),
    ],
)
def test_ways_to_write_an_amount_are_one(language: str, texts: tuple[str, ...]) -> None:
    first, *others = (values(language, text) for text in texts)
    assert first
    assert all(other == first for other in others)


@pytest.mark.parametrize(
    ("language", "text", "state", "so"),
    [
        ("de", "Rauchen ist nicht verboten.", "allowed", True),
        ("de", "Nicht nur Gäste dürfen hinein.", "allowed", True),
        ("fr", "Aucune inscription n'est requise.", "required", False),
        ("ru", "Курить нельзя.", "allowed", False),
        ("tr", "İçeri girilebilir.", "allowed", True),
        ("tr", "Misafirler giremez.", "allowed", False),
        ("ja", "予約しなければなりません。必要です。", "required", True),
        ("ja", "入場できません。", "allowed", False),
        ("zh", "不可以入内。", "allowed", False),
        ("zh", "不仅会员可以入内。", "allowed", True),
        ("ko", "입장할 수 없습니다.", "allowed", False),
        ("vi", "Không bắt buộc.", "required", False),
        ("th", "ไม่อนุญาต", "allowed", False),
        ("ar", "الدخول غير مجاني.", "free", False),
    ],
)
def test_whether_something_is_so(language: str, text: str, state: str, so: bool) -> None:
    assert reader(language).facts_of(text).states[state] is so


def test_with_an_hour_open_says_when_not_whether() -> None:
    assert reader("de").facts_of("Ab 18 Uhr ist geschlossen.").states == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_is_whole(language: str) -> None:
    table = reader(language).table
    assert set(table.weekdays.values()) == set(facts_days())
    assert set(table.states) == {"allowed", "open", "free", "required"}
    assert all(yes and no for yes, no in table.states.values())
    assert table.negation.stands_in("") is False
    assert reader(language).facts_of("1,5 – 2026 ؟ Ж 日 9:30").past is False


def facts_days() -> list[str]:
    return "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def test_a_language_without_a_table_has_no_reader() -> None:
    assert reader_of("cy", KEYS) is None
    assert reader_of("", KEYS) is None
