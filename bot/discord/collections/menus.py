"""The menus, buttons and forms under `/collections`. All they need stands in their ids, so they
work after a restart as well."""

from typing import Any

import discord

from bot.discord.forums.settings.item import SettingsItem, chosen_of
from bot.discord.language.translation import N_, _
from bot.discord.records.collection_bindings import Kind
from bot.discord.services.libraries import library_of
from bot.discord.services.services import Interaction, Services, server_of
from retrieval.errors import FootnoteError
from retrieval.library.collections import LONGEST, CollectionInfo

from .page import Shown, collections_page, documents_in
from .readers import manages
from .targets import KINDS, MOST, channel_of, default_of, role_of

NOT_ALLOWED = N_("Only those who may manage the server can say who reads which documents.")
DELETED = N_("That collection is no longer there.")
FORM = "footnote:collections:form"


class Item(SettingsItem, template="footnote:never"):
    """A menu or button of this page."""

    opened_by = "collections"


class Choose(Item, template="footnote:collections:choose"):
    """Chooses the collection to look at, and to say whose it is."""

    def __init__(self, shown: Shown | None = None, chosen: str = "") -> None:
        known = shown.collections if shown else ()
        options = [
            discord.SelectOption(
                label=one.name,
                value=key_of(one.store),
                description=documents_in(one),
                default=one.store == chosen,
            )
            for one in known
        ]
        super().__init__(
            discord.ui.Select(
                placeholder=_("Choose a collection …"),
                options=options,
                custom_id="footnote:collections:choose",
            )
        )

    async def used(self, interaction: Interaction) -> None:
        await show(interaction, chosen_of(interaction)[0])


class ChooseChannels(Item, template=r"footnote:collections:channels:(?P<key>[0-9a-f]+)"):
    """Chooses the channels whose people may read a collection."""

    def __init__(self, key: str, channels: frozenset[int] = frozenset()) -> None:
        self.key = key
        super().__init__(
            discord.ui.ChannelSelect(
                placeholder=_("Read by whoever sees …"),
                channel_types=KINDS,
                min_values=0,
                max_values=MOST,
                default_values=[default_of(id, "channel") for id in sorted(channels)],
                custom_id=f"footnote:collections:channels:{key}",
            )
        )

    async def used(self, interaction: Interaction) -> None:
        assert interaction.guild is not None
        targets = [channel_of(interaction.guild, int(id)) for id in chosen_of(interaction)]
        await bind(interaction, self.key, "channel", targets)


class ChooseRoles(Item, template=r"footnote:collections:roles:(?P<key>[0-9a-f]+)"):
    """Chooses the roles whose members may read a collection."""

    def __init__(self, key: str, roles: frozenset[int] = frozenset()) -> None:
        self.key = key
        super().__init__(
            discord.ui.RoleSelect(
                placeholder=_("Read by whoever has …"),
                min_values=0,
                max_values=MOST,
                default_values=[default_of(id, "role") for id in sorted(roles)],
                custom_id=f"footnote:collections:roles:{key}",
            )
        )

    async def used(self, interaction: Interaction) -> None:
        assert interaction.guild is not None
        targets = [role_of(interaction.guild, int(id)) for id in chosen_of(interaction)]
        await bind(interaction, self.key, "role", targets)


class New(Item, template="footnote:collections:new"):
    """Opens the form for a new collection's name."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(label=_("New collection …"), custom_id="footnote:collections:new")
        )

    async def used(self, interaction: Interaction) -> None:
        require(interaction)
        await interaction.response.send_modal(name_form("new", _("New collection")))


class Rename(Item, template=r"footnote:collections:rename:(?P<key>[0-9a-f]+)"):
    """Opens the form for another name."""

    def __init__(self, key: str) -> None:
        self.key = key
        id = f"footnote:collections:rename:{key}"
        super().__init__(discord.ui.Button(label=_("Rename …"), custom_id=id))

    async def used(self, interaction: Interaction) -> None:
        _shown, chosen = await look(interaction, self.key)
        assert chosen is not None
        form = name_form(f"rename:{self.key}", _("Rename"), chosen.name)
        await interaction.response.send_modal(form)


class Delete(Item, template=r"footnote:collections:delete:(?P<key>[0-9a-f]+)"):
    """Deletes a collection that holds no documents."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            discord.ui.Button(
                label=_("Delete"),
                style=discord.ButtonStyle.danger,
                custom_id=f"footnote:collections:delete:{key}",
            )
        )

    async def used(self, interaction: Interaction) -> None:
        services, guild = interaction.client.services, server_of(interaction)
        _shown, chosen = await look(interaction, self.key)
        assert chosen is not None
        known, bindings = services.libraries.library.collections, services.sight.bindings

        def work() -> None:
            known.delete(chosen.name, library_of(guild))
            bindings.forget(guild, chosen.store)

        await services.libraries.errand(work)
        interaction.client.dispatch("collections_bound", guild)
        await show(interaction, changed=_("Deleted."))


ITEMS = (Choose, ChooseChannels, ChooseRoles, New, Rename, Delete)


def name_form(kind: str, title: str, name: str = "") -> discord.ui.Modal:
    """The form for the name of a collection."""
    form = discord.ui.Modal(title=title, custom_id=f"{FORM}:{kind}")
    box: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="name", default=name or None, max_length=LONGEST
    )
    form.add_item(discord.ui.Label(text=_("What is it called?"), component=box))
    return form


def key_of(store: str) -> str:
    """The number by which a collection's store is told from the others of its library."""
    return store.partition(".")[2]


def require(interaction: Interaction) -> None:
    """Raise FootnoteError where somebody may not manage the server: here they would read all."""
    if not manages(interaction.permissions):
        raise FootnoteError(NOT_ALLOWED)


async def look(interaction: Interaction, key: str | None) -> tuple[Shown, CollectionInfo | None]:
    """The collections of a server, and the one with a key. Raises FootnoteError if it is gone."""
    require(interaction)
    shown = await look_at_all(interaction.client.services, interaction)
    if key is None:
        return shown, None
    found = next((one for one in shown.collections if key_of(one.store) == key), None)
    if found is None:
        raise FootnoteError(DELETED)
    return shown, found


async def look_at_all(services: Services, interaction: Interaction) -> Shown:
    """The collections of a server, as they are now."""
    assert interaction.guild is not None
    guild, libraries = interaction.guild, services.libraries
    known = await libraries.errand(lambda: libraries.library.collections.of(library_of(guild.id)))
    for_all = await libraries.documents(guild.id)
    return Shown(guild, len(for_all), known, dict(services.sight.bindings.of(guild.id)))


async def show(interaction: Interaction, key: str | None = None, changed: str = "") -> None:
    """Show the page in place of what the message showed before."""
    shown, chosen = await look(interaction, key)
    page, view = collections_page(shown, chosen, changed), page_view(shown, chosen)
    await interaction.response.edit_message(content=page, view=view)


async def bind(interaction: Interaction, key: str, kind: Kind, targets: list[int]) -> None:
    """Have a collection read by other channels, or by other roles, and show that."""
    shown, chosen = await look(interaction, key)
    assert chosen is not None
    services, guild = interaction.client.services, server_of(interaction)
    binding = shown.binding(chosen).with_targets(kind, targets)
    bindings = services.sight.bindings
    await services.libraries.errand(lambda: bindings.bind(guild, chosen.store, binding))
    interaction.client.dispatch("collections_bound", guild)
    await show(interaction, key, _("Who reads it is changed."))


def page_view(shown: Shown, chosen: CollectionInfo | None) -> discord.ui.View:
    """The menus and buttons under the page."""
    view = discord.ui.View(timeout=None)
    if shown.collections:
        view.add_item(Choose(shown, chosen.store if chosen else ""))
    if chosen is not None:
        key, binding, guild = key_of(chosen.store), shown.binding(chosen), shown.guild
        rooms = frozenset(id for id in binding.channels if guild.get_channel(id))
        roles = frozenset(id for id in binding.roles if guild.get_role(id))
        for item in (ChooseChannels(key, rooms), ChooseRoles(key, roles)):
            view.add_item(item)
        for button in (Rename(key), Delete(key)):
            view.add_item(button)
    view.add_item(New())
    return view
