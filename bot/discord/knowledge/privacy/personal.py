"""All that a home keeps of a member: found, as JSON, and deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.discord.records.knowledge.privacy_record import KeptItem, PrivacyRecord
from bot.discord.services.libraries import guild_of, library_of
from retrieval.types import DocumentInfo

if TYPE_CHECKING:
    from retrieval.library import Library

# Stands in the place of a member who added a document and is deleted.
SOMEBODY = "discord"


@dataclass(frozen=True, slots=True)
class Written:
    """A document whose words a member wrote, and its server."""

    server: int
    document: DocumentInfo
    text: str


@dataclass(frozen=True, slots=True)
class Personal:
    """All that is kept of a member: by kind, the documents that they wrote, and how many others
    they added. `opted_out` tells whether nothing more is kept from now on."""

    member: int
    opted_out: bool
    kept: dict[str, list[KeptItem]]
    written: tuple[Written, ...] = ()
    added: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is kept."""
        return not (any(self.kept.values()) or self.written or self.added)

    def form(self) -> dict[str, Any]:
        """The same as JSON; Discord's numbers are strings, which JSON rounds not."""
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return {
            "member": str(self.member),
            "made_at": now,
            "opted_out": self.opted_out,
            "kept": {name: [_item_form(item) for item in kept] for name, kept in self.kept.items()},
            "written_documents": [_written_form(written) for written in self.written],
            "added_documents": self.added,
        }


def _item_form(item: KeptItem) -> dict[str, Any]:
    return {"server": item.server and str(item.server), "at": item.at, "words": item.words}


def _written_form(written: Written) -> dict[str, Any]:
    return {
        "server": str(written.server),
        "id": written.document.id,
        "title": written.document.title,
        "added_at": written.document.added_at,
        "text": written.text,
    }


@dataclass(frozen=True, slots=True)
class Deleted:
    """All that was deleted, and what is left: documents of others that name the member's number,
    each with the name of its library."""

    was: Personal
    mentioned: tuple[tuple[str, DocumentInfo], ...]


def read_personal(
    library: "Library", record: PrivacyRecord, member: int, server: int | None = None
) -> Personal:
    """Find what a home keeps of a member, in all servers; they may have opted out in one."""
    written = tuple(_written(library, record, member))
    own = {(each.server, each.document.id) for each in written}
    added = [
        document
        for name in library.home.names()
        for document in library.documents(name)
        if document.added_by == _adder(member) and (guild_of(name), document.id) not in own
    ]
    opted_out = record.opted_out(server, member)
    return Personal(member, opted_out, record.kept(member), written, len(added))


def delete_personal(library: "Library", record: PrivacyRecord, member: int) -> Deleted:
    """Delete all that a home keeps of a member; they are opted out from now on.

    No byte of their number, or of what they wrote, is left in its files. What can't be undone is
    done last. Raises FootnoteError where the home can't be written.
    """
    was = read_personal(library, record, member)
    record.opt_out(None, member)
    for store in {each.document.library for each in was.written}:
        ids = [each.document.id for each in was.written if each.document.library == store]
        library.erase(ids, store)
    for name in library.home.names():
        library.home.store_of_any_model(name).catalog.rename_adder(_adder(member), SOMEBODY)
    record.delete(member)
    return Deleted(was, tuple(_mentioned(library, str(member))))


def _adder(member: int) -> str:
    """As the catalog records who added a document."""
    return f"discord:{member}"


def _written(library: "Library", record: PrivacyRecord, member: int) -> Iterator[Written]:
    """The documents that a member wrote and that are still there."""
    found = [(guild, id) for guild, id in record.written_documents(member) if guild is not None]
    for server in sorted({guild for guild, _ in found}):
        name = library_of(server)
        ids = {id for guild, id in found if guild == server}
        for document in library.collections.documents(name):
            if document.id in ids:
                yield Written(server, document, library.text(document.id, document.library))


def _mentioned(library: "Library", number: str) -> Iterator[tuple[str, DocumentInfo]]:
    for name in library.home.names():
        for document in library.documents(name):
            if number in f"{document.title}\n{document.source}\n{library.text(document.id, name)}":
                yield name, document


def items_of(kept: Sequence[KeptItem], most: int) -> list[str]:
    """The words of the newest of some items, each once."""
    return list(dict.fromkeys(item.words for item in kept if item.words))[:most]
