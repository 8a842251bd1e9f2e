"""Messages, numbers, days and lists are said in the language of the moment."""

import asyncio
import subprocess
import sys
from datetime import date

import pytest

from bot.discord.language.languages import language_of
from bot.discord.language.speaking import speaking, spoken
from bot.discord.language.translation import (
    _,
    day,
    in_words,
    listed,
    ngettext,
    number,
    percentage,
    pgettext,
    quotation,
)
from retrieval.errors import FootnoteError, LoadError, Sentence
from retrieval.reading.formats import errors
from retrieval.reading.limits import KIB, MIB, in_units

WHEN = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de", "de"),
        ("en-GB", "en"),
        ("en-US", "en"),
        ("es-ES", "es"),
        ("es-419", "es"),
        ("pt-BR", "pt-BR"),
        ("zh-CN", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("nl", None),
        ("", None),
    ],
)
def test_each_of_discords_locales_has_the_language_that_is_understood_there(
    locale: str, language: str | None
) -> None:
    assert language_of(locale) == language


def test_english_is_spoken_where_nothing_else_is_said() -> None:
    assert spoken() == "en"
    assert _("Removed **{document}**.", document="A") == "Removed **A**."
    assert ngettext("{count} passage", "{count} passages", 1234) == "1,234 passages"
    assert (number(1234), percentage(0.85), day(WHEN)) == ("1,234", "85%", "3 March 2026")
    assert [listed(list("abc")), listed(["a"]), listed([])] == ["a, b and c", "a", ""]
    assert listed(["a", "b"], either=True) == "a or b"


def test_another_language_is_spoken_until_the_block_ends() -> None:
    with speaking("de"):
        assert _("Removed **{document}**.", document="A") == "**A** entfernt."
        assert ngettext("{count} passage", "{count} passages", 1234) == "1.234 Textstellen"
        assert (number(1234), percentage(0.85), day(WHEN)) == ("1.234", "85\u00a0%", "3. März 2026")
        assert listed(list("abc")) == "a, b und c"
        assert listed(["a", "b"], either=True) == "a oder b"
    assert spoken() == "en"


def test_numbers_call_for_the_forms_of_their_language() -> None:
    with speaking("ru"):
        told = [ngettext("{count} passage", "{count} passages", count) for count in (1, 2, 5, 21)]
    assert told == ["1 отрывок", "2 отрывка", "5 отрывков", "21 отрывок"]
    with speaking("ja"):
        assert ngettext("{count} passage", "{count} passages", 1) == "1箇所"


def test_a_word_with_two_meanings_is_told_by_its_context() -> None:
    with speaking("es"):
        assert pgettext("button", "Answer") == "Responder"
        assert pgettext("noun", "Answer") == "Respuesta"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "“Fähre”"),
        ("de", "„Fähre“"),
        ("fr", "«\u00a0Fähre\u00a0»"),
        ("ru", "«Fähre»"),
        ("ja", "「Fähre」"),
        ("pl", "„Fähre”"),
    ],
)
def test_words_stand_in_the_quotation_marks_of_a_language(language: str, told: str) -> None:
    with speaking(language):
        assert quotation("Fähre") == told


def test_braces_in_values_and_unknown_messages_stay_as_they_are() -> None:
    with speaking("de"):
        assert _("Removed **{document}**.", document="{x}") == "**{x}** entfernt."
        assert _("Nobody translates {this}.") == "Nobody translates {this}."
        assert _("") == ""


def test_an_error_is_english_in_logs_and_said_in_the_language_of_the_moment() -> None:
    error = FootnoteError("{file} is empty.", file="a.txt")
    with speaking("fr"):
        assert (str(error), in_words(error)) == ("a.txt is empty.", "a.txt est vide.")
    assert FootnoteError("{not a field}").args == ("{not a field}",)


def test_an_error_is_said_with_all_that_it_is_made_of() -> None:
    size = Sentence("is larger than {limit}.", limit=in_units(20 * MIB))
    error = LoadError("{file} {why}", file="a.txt", why=errors.too_much_text(1536 * KIB).sentence)
    assert str(error) == "a.txt holds more than 1.5 MiB of text. Split it into smaller files."
    with speaking("fr"):
        assert in_words(error).startswith("a.txt contient plus de 1,5 Mio de texte.")
    with speaking("ru"):
        assert in_words(error).startswith("a.txt: в файле больше 1,5 МиБ текста.")
    assert in_words(error) == str(error)
    assert in_words(size) == size
    assert in_words("nobody's own") == "nobody's own"


def test_a_number_in_an_error_calls_for_the_forms_of_a_language() -> None:
    def told(seconds: float) -> str:
        return in_words(errors.too_much_time(seconds).sentence).partition(".")[0]

    with speaking("pl"):
        assert told(1) == "czytanie trwało dłużej niż 1 sekundę"
        assert told(3) == "czytanie trwało dłużej niż 3 sekundy"
        assert told(60.0) == "czytanie trwało dłużej niż 60 sekund"
        assert told(0.5) == "czytanie trwało dłużej niż 0,5 sekundy"


async def test_tasks_and_threads_speak_as_whoever_began_them() -> None:
    async def begun() -> str:
        return spoken()

    with speaking("pl"):
        task = asyncio.create_task(begun())
        assert await asyncio.to_thread(spoken) == "pl"
    assert await task == "pl"
    assert await asyncio.create_task(begun()) == "en"


def test_nothing_is_read_while_english_is_spoken() -> None:
    code = (
        "import sys; from bot.discord.language.translation import _, ngettext, number, listed\n"
        "_('Sources'), ngettext('{count} gap', '{count} gaps', 2), number(5000), listed(['a'])\n"
        "print('babel' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"
