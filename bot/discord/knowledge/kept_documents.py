"""Store what threads and messages say as documents, and erase what they said before.

Each step is on record before it is taken: whoever comes after a kill ends what was begun.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import discord

from bot.discord.records.knowledge.kept_threads import KeptThread
from bot.discord.services.libraries import library_of
from bot.discord.services.services import Services
from retrieval.errors import FootnoteError
from retrieval.store.library_store import is_collection
from retrieval.types import DocumentInfo

from .privacy.forget import erase_documents
from .solved_thread import Document

log = logging.getLogger(__name__)

BY_ITSELF = "discord"
Result = TypeVar("Result")


class KeptDocuments:
    """The documents that threads and messages became."""

    def __init__(self, services: Services) -> None:
        self.libraries = services.libraries
        self.record = services.libraries.records.kept

    async def of(self, id: int) -> KeptThread | None:
        """The record of a thread or a message, if there is one."""
        return await self._errand(lambda: self.record.of(id))

    async def keep(self, before: KeptThread | None, document: Document, new: KeptThread) -> None:
        """Make a document of what `new` tells of, in its store, in the place of the one before.

        One that a moderator moved stays where it is, and one that a moderator removed away. Raises
        FootnoteError where it can't be stored.
        """
        found: list[DocumentInfo] = []
        if before is not None and before.stands:
            if before.digest == document.digest and not _is_misplaced(before, new):
                await self._errand(lambda: self.record.tag(new.id, document.tagged))
                return
            if not (found := await self.found(before)):
                return
            new = replace(new, store=_store(before, new, found[0].library))
            await self._erase(before, found)
        elif before is not None:  # it was just being erased, or added
            new = replace(new, store=_store(before, new, before.store))
            await self._erase(before, found := await self.found(before))
        await self._errand(lambda: self.record.begin(new, document.authors))
        added = await self._add(new, document, found[0].added_by if found else BY_ITSELF)
        await self._errand(lambda: self.record.done(new.id, added.id, document.digest))
        log.info("kept", extra={"server": new.server, "channel": new.channel, "id": new.id})

    async def _add(self, new: KeptThread, document: Document, by: str) -> DocumentInfo:
        progress, sources = self.libraries.begin(), [document.source]
        [added, *_] = await self.libraries.add(new.server, sources, by, progress, new.store or None)
        if added.document is None:
            raise FootnoteError(added.error or "That could not be added.")
        return added.document

    async def forget(self, kept: KeptThread | None) -> None:
        """Erase the document of a thread or a message, and forget what it was made of."""
        if kept is None:
            return
        await self.withhold(kept)
        await self._errand(lambda: self.record.forget(kept.id))
        log.info("forgotten", extra={"server": kept.server, "id": kept.id})

    async def withhold(self, kept: KeptThread) -> None:
        """Erase a document that may say what nobody says any more, and keep on record what it was
        made of: it comes back when that is looked at again."""
        await self._erase(kept, await self.found(kept))

    async def _erase(self, kept: KeptThread, found: list[DocumentInfo]) -> None:
        store, ids = found[0].library if found else None, [each.id for each in found]
        await self._errand(lambda: self.record.going(kept.id, store))
        library = self.libraries.library
        await self.libraries.job(partial(erase_documents, library, kept.server, ids))

    async def found(self, kept: KeptThread) -> list[DocumentInfo]:
        """The document of a thread or message, in whichever collection: what was begun and not
        noted down too, and none where a moderator removed it."""
        known, name = self.libraries.library.collections, library_of(kept.server)
        documents = await self._errand(lambda: known.documents(name))
        if kept.kind == "file":  # another may have been uploaded in its place
            version = kept.digest.partition(":")[2]
            return [
                each
                for each in documents
                if each.id == kept.document and version in ("", each.version)
            ]
        if kept.document:
            return [each for each in documents if each.id == kept.document]
        return [each for each in documents if each.source.endswith(f"/{kept.id}")]

    async def _errand(self, work: Callable[[], Result]) -> Result:
        return await self.libraries.errand(work)


def places_of(where: Any) -> tuple[int, int]:
    """The channel or forum of a place, and the place itself."""
    return (where.parent_id if isinstance(where, discord.Thread) else where.id), where.id


def _is_misplaced(before: KeptThread, new: KeptThread) -> bool:
    """Tell whether a document went where everybody reads it, and its channel is for some now."""
    return is_collection(new.store) and not is_collection(before.store)


def _store(before: KeptThread, new: KeptThread, store: str) -> str:
    """The store for a document that has been in another one, into which it may have been moved."""
    return new.store if not store or _is_misplaced(before, new) else store
