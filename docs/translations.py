"""Bring the catalogs of bot/discord/language up to what the code says: `make translations`.

Each message of the code is found by Babel where it is marked, and put into the catalog of every
language; what was translated before stays, and what is said no longer goes.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from bot.discord.language.languages import NAMES, TRANSLATED

ROOT = Path(__file__).parents[1]
CATALOGS = ROOT / "bot" / "discord" / "language" / "catalogs"
WIDTH = 100
# Lines of a catalog's head that say nothing, or another thing each time.
HEADERS = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Project-Id-Version|Report-Msgid-Bugs-To|Last-Translator'
    rb"|Language-Team|Generated-By):.*\n",
    re.MULTILINE,
)
# How a message is marked in the code: as gettext does it, and as an error that Discord shows.
MARKS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "FootnoteError": None,
    "PlaceError": None,
    "StoppedError": None,
}
# Sentences that answers bring along from below, where nothing is known of languages.
BROUGHT = {
    "retrieval.answer.abstention": ("NOT_SAID", "UNAVAILABLE", "SPENT", "UNHELD"),
    "bot.output.otherwise": ("DIFFER", "VERSIONS"),
}
# Errors from below that members and moderators see.
ERRORS = ("retrieval/library/collections.py",)


def template() -> Catalog:
    """The messages of the code as it is now, none of them translated."""
    found = Catalog(project="Footnote", charset="utf-8", fuzzy=False)
    for path in sorted((ROOT / "bot" / "discord").rglob("*.py")):
        _extract(found, path)
    for name in ERRORS:
        _extract(found, ROOT / name)
    for module, names in BROUGHT.items():
        for name in names:
            for message in _strings(getattr(import_module(module), name)):
                found.add(message, locations=[(f"{module.replace('.', '/')}.py", 0)])
    return found


def _extract(found: Catalog, path: Path) -> None:
    options = {"encoding": "utf-8"}
    notes = ("Translators:",)
    for _, message, comments, context in extract_from_file(
        "python", path, MARKS, notes, options, strip_comment_tags=True
    ):
        where = [(str(path.relative_to(ROOT)), 0)]
        found.add(message, locations=where, auto_comments=comments, context=context)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value.values()
    else:
        yield str(value)


def read(language: str) -> Catalog:
    """The catalog of a language; an empty one for a new language."""
    path = CATALOGS / f"{language}.po"
    locale = language.replace("-", "_")
    if not path.exists():
        return Catalog(locale=locale, project="Footnote", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def updated(language: str, found: Catalog) -> Catalog:
    """The catalog of a language with the messages of the code, in their order."""
    catalog = read(language)
    catalog.update(found, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = f"# Footnote: {NAMES[language]}."
    return catalog


def write(language: str, catalog: Catalog) -> None:
    """Write a catalog, so that it differs from the one before only in what is said otherwise."""
    path = CATALOGS / f"{language}.po"
    with path.open("wb") as file:
        write_po(file, catalog, width=WIDTH, include_lineno=False, sort_by_file=True)
    kept = HEADERS.sub(b"", path.read_bytes())
    path.write_bytes(kept)


def main() -> None:
    """Update all catalogs, and tell what is left to translate."""
    found = template()
    for language in TRANSLATED:
        catalog = updated(language, found)
        write(language, catalog)
        left = sum(not all(_all_of(message.string)) for message in catalog if message.id)
        print(f"{language}: {len(catalog)} messages, {left} to translate")


def _all_of(string: object) -> list[str]:
    return list(string) if isinstance(string, (tuple, list)) else [str(string or "")]


if __name__ == "__main__":
    main()
