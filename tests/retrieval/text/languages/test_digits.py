"""Numbers and dates by how each language writes them."""

from decimal import Decimal

import pytest

from retrieval.text.languages.digits import in_ascii
from retrieval.text.numbers import numbers


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,500.5"),
        ("de", "1.500,5"),
        ("fr", "1\u202f500,5"),
        ("ru", "1\u00a0500,5"),
        ("es", "1.500,5"),
        ("pt", "1.500,5"),
        ("ar", "١٬٥٠٠٫٥"),
        ("fa", "۱٬۵۰۰٫۵"),
        ("hi", "१,५००.५"),
        ("ja", "金１，５００．５円"),
    ],
)
def test_a_number_is_the_same_in_every_language(language: str, written: str) -> None:
    [number] = numbers(written, language)
    assert Decimal("1500.5") in number.values


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("fr", "le 3 mars 2026", "le 3 March 2026"),
        ("fr", "le 1er août", "le 1 August"),
        ("de", "am 3. März 2026", "am 3 March 2026"),
        ("es", "el 3 de marzo", "el 3 March"),
        ("ru", "3 марта 2026", "3 March 2026"),
        ("zh", "2026年11月30日", "30 November 2026"),
        ("ko", "2026년 11월 30일", "30 November 2026"),
        ("ar", "٣٠ نوفمبر ٢٠٢٦", "30 November 2026"),
        ("ja", "2026年13月30日", "2026 13 30"),
        ("de", "Version 1.2.3", "Version 1.2.3"),
    ],
)
def test_a_date_is_as_english_writes_it(language: str, written: str, said: str) -> None:
    assert in_ascii(written, language).strip() == said
