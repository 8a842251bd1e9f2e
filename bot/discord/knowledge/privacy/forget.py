"""Forget what the home keeps of erased documents besides its libraries."""

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.discord.records.activity_file import ACTIVITY
from retrieval.store.disk import replace_file
from retrieval.store.files.names import CHANGED_ANSWERS
from retrieval.types import DocumentInfo

if TYPE_CHECKING:
    from retrieval.library import Library


def erase_documents(library: "Library", server: int, ids: Sequence[str]) -> None:
    """Erase those of some documents of a server that are there, in whatever collection."""
    from bot.discord.services.libraries import library_of

    known = library.collections.documents(library_of(server))
    found = [document for document in known if document.id in ids]
    for store in {document.library for document in found}:
        library.erase([one.id for one in found if one.library == store], store)


def forget_documents(home: Path, documents: Sequence[DocumentInfo], texts: Sequence[str]) -> None:
    """Forget the words of documents that are about to be erased: what was asked and replied in
    them, and the answers that changed with them. The golden files are the operator's own.

    Raises FootnoteError or OSError where that can't be done; then nothing is to be erased.
    """
    if (home / ACTIVITY).exists():
        # Imported here, since every verb of the shell names this function, and few erase anything.
        from bot.discord.records.knowledge.privacy_record import PrivacyRecord

        with closing(PrivacyRecord(home / ACTIVITY)) as record:
            record.forget_documents([document.id for document in documents], texts)
    if (home / CHANGED_ANSWERS).exists():
        _forget_changed_answers(home / CHANGED_ANSWERS, {document.id for document in documents})


def _forget_changed_answers(path: Path, ids: set[str]) -> None:
    try:
        kept = json.loads(path.read_bytes())
        left = [one for one in kept["answers"] if ids.isdisjoint(_documents_of(one))]
    except (ValueError, KeyError, TypeError):
        path.unlink()  # nobody could read it, and it may hold anything
        return
    if len(left) < len(kept["answers"]):
        text = json.dumps({**kept, "answers": left}, ensure_ascii=False, indent=1)
        replace_file(path, text.encode())


def _documents_of(changed: dict[str, Any]) -> set[str]:
    """The documents that the answer to a question was taken from, before or after."""
    return {*changed["before"]["documents"], *changed["after"]["documents"]}
