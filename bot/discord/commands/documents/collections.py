"""The collections that `/documents` puts documents into, as far as the caller may read them."""

from collections.abc import Callable

from bot.discord.language.translation import N_, _, quotation
from bot.discord.messages.document_list import WIDTHS
from bot.discord.messages.markdown import linked, on_one_line
from bot.discord.services.libraries import library_of
from bot.discord.services.services import Interaction, Services, server_of
from bot.output.text import shortened
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.library.collections import EVERYBODY, CollectionInfo, same_name
from retrieval.types import DocumentInfo

STAYED = N_("{document} is in {collection} already.")
MOVED = N_("Moved {document} to {collection}.")
UNKNOWN = N_(
    "There is no collection called “{name}” here. There are: {names}. Whoever may manage the "
    "server makes one with `/collections`."
)


async def collections_seen(services: Services, interaction: Interaction) -> list[CollectionInfo]:
    """The collections of the server that the caller may read, by their names."""
    seen = services.sight.of(interaction, private=True)
    if not seen:
        return []
    known, name = services.libraries.library.collections, library_of(server_of(interaction))
    found = await services.libraries.errand(lambda: known.of(name))
    return [one for one in found if one.store in seen]


async def names_seen(services: Services, interaction: Interaction) -> list[str]:
    """The names of the collections that the caller may read."""
    return [one.name for one in await collections_seen(services, interaction)]


async def chosen_store(services: Services, interaction: Interaction, name: str | None) -> str:
    """The store of the collection that was named; None stands for what everybody may read.

    Raises FootnoteError where the caller knows none of that name.
    """
    if name is None or same_name(name, EVERYBODY):
        return library_of(server_of(interaction))
    known = await collections_seen(services, interaction)
    found = next((one.store for one in known if same_name(one.name, name)), None)
    if found is None:
        names = ", ".join(on_one_line(one) for one in (EVERYBODY, *(each.name for each in known)))
        raise FootnoteError(UNKNOWN, name=shortened(name, 100), names=names)
    return found


def moved_lines(
    library: Library, guild: int, document: DocumentInfo, to: str, progress: Callable[[int], None]
) -> list[str]:
    """Move a document to a collection, and say so."""
    moved = library.collections.move(
        [document.id], to, library_of(guild), document.library, progress
    )
    return [_line(one.document, one.stayed) for one in moved]


def _line(document: DocumentInfo, stayed: bool) -> str:
    title = f"**{linked(shortened(document.title, WIDTHS[0]), document.source)}**"
    where = quotation(on_one_line(document.collection or EVERYBODY))
    said = STAYED if stayed else MOVED
    return _(said, document=title, collection=where)
