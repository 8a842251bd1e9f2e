"""Bring the catalogs of bot/discord/language up to what the code says: `make translations`.

Each message of the code is found by Babel where it is marked, and put into the catalog of every
language; what was translated before stays, and what is said no longer goes.
"""

import re
from ast import Call, JoinedStr, Name, parse, walk
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
# The places of a message among what a name is called with, by the name.
Marks = dict[str, tuple[int | tuple[int, str], ...] | None]
# Lines of a catalog's head that say nothing, or another thing each time.
HEADERS = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Project-Id-Version|Report-Msgid-Bugs-To|Last-Translator'
    rb"|Language-Team|Generated-By):.*\n",
    re.MULTILINE,
)
# How a message is marked in the code: as gettext does it, as a sentence, and as any of our errors,
# which are found by their names.
MARKS: Marks = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "plural": (1, 2),
    "Sentence": None,
    "Counted": (1, 2),
}
# Sentences that answers bring along from below, where nothing is known of languages.
BROUGHT = {
    "retrieval.answer.abstention": ("NOT_SAID", "UNAVAILABLE", "SPENT", "UNHELD"),
    "bot.output.otherwise": ("DIFFER", "VERSIONS"),
}
ERROR = re.compile(r"^class (\w+Error)\b", re.MULTILINE)
# Where errors come from that members and moderators see; what only the shell tells isn't marked.
ERRORS = (
    *("errors.py", "reading", "indexing", "search/query.py", "library/collections.py"),
    *("store/disk.py", "store/home.py", "store/sqlite.py", "store/vectors"),
    *("store/files/record_file.py", "store/files/synonyms.py"),
)


def template() -> Catalog:
    """The messages of the code as it is now, none of them translated."""
    found = Catalog(project="Footnote", charset="utf-8", fuzzy=False)
    marks = MARKS | dict.fromkeys(_errors())
    for path in (*_modules("bot/discord"), *_below()):
        _extract(found, path, marks)
    for module, names in BROUGHT.items():
        for name in names:
            for message in _strings(getattr(import_module(module), name)):
                found.add(message, locations=[(f"{module.replace('.', '/')}.py", 0)])
    return found


def _modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _below() -> Iterator[Path]:
    for name in ERRORS:
        path = f"retrieval/{name}"
        yield from [ROOT / path] if path.endswith(".py") else _modules(path)


def _errors() -> Iterator[str]:
    for path in (*_modules("retrieval"), *_modules("bot/discord")):
        yield from ERROR.findall(path.read_text(encoding="utf-8"))


def _put_together(path: Path, marks: Marks) -> set[int]:
    """The lines of messages that are f-strings, which nobody could translate, nor parts of them."""
    return {
        line
        for call in walk(parse(path.read_text("utf-8")))
        if isinstance(call, Call) and isinstance(call.func, Name) and call.func.id in marks
        for message in call.args
        if isinstance(message, JoinedStr)
        for line in range(message.lineno, (message.end_lineno or 0) + 1)
    }


def _extract(found: Catalog, path: Path, marks: Marks) -> None:
    options = {"encoding": "utf-8"}
    notes = ("Translators:",)
    unsaid = _put_together(path, marks)
    for line, message, comments, context in extract_from_file(
        "python", path, marks, notes, options, strip_comment_tags=True
    ):
        if line in unsaid:
            continue
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
