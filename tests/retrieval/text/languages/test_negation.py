"""Words that a text denies are told by the rules of its language."""

import tomllib
from importlib.resources import files

import pytest

from retrieval.text.languages import negation as module
from retrieval.text.languages.negation import Negation, negation
from retrieval.text.languages.table import languages


def of(language: str) -> Negation:
    found = negation(language)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "text", "denied"),
    [
        ("de", "Die Sauna öffnet montags nicht.", "montags"),
        ("de", "Es gibt keine Handtücher.", "handtücher"),
        ("fr", "Elle n'est pas née à Lyon.", "née"),
        ("es", "No abre los lunes.", "abre"),
        ("it", "Non apre il lunedì.", "apre"),
        ("ru", "Сауна не открывается.", "открывается"),
        ("pl", "Sauna nie otwiera się.", "otwiera"),
        ("nl", "De sauna opent niet.", "opent"),
        ("tr", "Kayıt zorunlu değil.", "zorunlu"),
        ("hi", "कुत्तों को अनुमति नहीं है।", "अनुमति"),
        ("ar", "لا يسمح بالكلاب.", "يسمح"),
        ("ja", "予約は必要ありません。", "必要"),
        ("zh", "不需要预约。", "需要"),
        ("ko", "예약은 필요하지 않습니다.", "필요"),
        ("vi", "Không cần đặt trước.", "cần"),
        ("fi", "Sauna ei aukea.", "aukea"),
    ],
)
def test_the_word_that_is_denied(language: str, text: str, denied: str) -> None:
    assert denied in of(language).said(text).denied


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Nicht nur Mitglieder kommen."),
        ("fr", "Non seulement les membres viennent."),
        ("ru", "Не только члены приходят."),
        ("ja", "予約しなければなりません。"),
        ("ja", "少ない人数です。"),
        ("zh", "不仅会员可以来。"),
        ("zh", "这很不错。"),
        ("ko", "회원뿐만 아니라 손님도 옵니다."),
        ("tr", "Namaz saatleri burada."),
        ("th", "จำนวนไม่เกิน 5 คน"),
        ("de", ""),
    ],
)
def test_what_looks_like_a_negation_and_denies_nothing(language: str, text: str) -> None:
    assert not of(language).stands_in(text)
    assert not of(language).said(text).denied


def test_every_table_is_one_of_a_known_language_and_may_read_anything() -> None:
    text = files(module.__package__ or "").joinpath("negations.toml").read_text(encoding="utf-8")
    codes = tomllib.loads(text).keys()
    assert codes <= languages().keys()
    for code in codes:
        said = of(code).said("Ж 12 日本 ا? nicht, 不\u0301")
        assert said.plain | said.denied


def test_of_other_languages_nothing_is_known() -> None:
    assert negation("cy") is None
