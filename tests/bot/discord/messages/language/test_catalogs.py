"""Each catalog says all that the code says, with the same fields, in all plural forms."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message

from bot.discord.language.languages import NAMES, TRANSLATED
from bot.discord.language.translation import catalog
from docs.translations import CATALOGS, read, template

FIELD = re.compile(r"\{[^}]*\}")
# What Discord acts on, and what is typed: it has to stand in a translation as often as in English.
SIGNS = re.compile(r"\*\*|`[^`]*`|<#|[👎✅❌⚠]|`/\w+")
each_language = pytest.mark.parametrize("language", TRANSLATED)


@pytest.fixture(scope="module")
def messages() -> Catalog:
    """The messages of the code."""
    return template()


def entries(language: str) -> Iterator[Message]:
    """The messages of a catalog, but for its head."""
    return (message for message in read(language) if message.id)


def key(message: Message) -> tuple[str | None, object]:
    """The English message, with what tells it from another one like it."""
    return message.context, message.id


def forms(string: object) -> list[str]:
    """The forms of a message: one, or all plural forms."""
    return [str(form) for form in string] if isinstance(string, (tuple, list)) else [str(string)]


def test_there_is_a_catalog_for_each_language_and_no_other() -> None:
    assert {path.stem for path in CATALOGS.glob("*.po")} == set(TRANSLATED)
    assert len(TRANSLATED) == len(NAMES) - 1 == 10


@each_language
def test_a_catalog_has_the_messages_of_the_code_and_no_others(
    messages: Catalog, language: str
) -> None:
    code = {key(message) for message in messages if message.id}
    assert {key(message) for message in entries(language)} == code
    assert not read(language).obsolete


@each_language
def test_no_message_is_missing_and_none_is_a_guess(language: str) -> None:
    for message in entries(language):
        assert all(form.strip() for form in forms(message.string)), message.id
        assert not message.fuzzy, message.id


@each_language
def test_all_plural_forms_are_there(language: str) -> None:
    plurals = read(language).num_plurals
    for message in entries(language):
        assert len(forms(message.string)) == (plurals if message.pluralizable else 1), message.id


@each_language
def test_no_field_is_lost_or_added(language: str) -> None:
    for message in entries(language):
        english = forms(message.id)
        needed = Counter(FIELD.findall(english[-1]))
        for form in forms(message.string):
            fields = Counter(FIELD.findall(form))
            # "once" needs no number, where the form stands for nothing but one.
            least = needed - Counter({"{count}": 1}) if message.pluralizable else needed
            assert least <= fields <= needed, (message.id, form)


@each_language
def test_what_discord_acts_on_and_what_is_typed_stays(language: str) -> None:
    for message in entries(language):
        signs = Counter(SIGNS.findall(forms(message.id)[-1]))
        for form in forms(message.string):
            assert Counter(SIGNS.findall(form)) == signs, (message.id, form)
            assert form[:1].isspace() == form[-1:].isspace() is False, form


@each_language
def test_a_catalog_is_read_as_gettext_reads_it(language: str) -> None:
    read_in = catalog(language)
    assert read_in.gettext("Sources") not in {"", "Sources"} or language == "fr"
    for number in (0, 1, 2, 5, 21, 100):
        assert read_in.ngettext("{count} document", "{count} documents", number)
