"""`/collections`: who reads what is shown plainly, and changed by who may manage the server."""

import discord
import pytest

from bot.discord.collections.menus import DELETED, NOT_ALLOWED
from bot.discord.collections.page import NONE, UNBOUND
from bot.discord.records.collection_bindings import Binding
from bot.discord.services.libraries import library_of
from tests.support.discord.acting import restart, shown
from tests.support.discord.moderating import refusal, sentence
from tests.support.discord.secrets import NAME, Secret, allow, hide
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)
MENU = "footnote:collections:"


async def opened(world: World) -> discord.Message:
    """The page that `/collections` shows."""
    result = await world.moderator.slash(world.channel, "collections")
    assert result.ephemeral
    return shown(result)


async def made(world: World, name: str) -> discord.Message:
    """The page after a collection was made."""
    form = await world.moderator.click(await opened(world), custom_id=f"{MENU}new")
    return shown(await world.moderator.submit_modal(form, {"name": name}))


def key(world: World) -> str:
    """The number of the only collection."""
    [one] = world.services.libraries.library.collections.of(library_of(world.guild.id))
    return one.store.partition(".")[2]


def binding(world: World) -> Binding:
    store = f"{library_of(world.guild.id)}.{key(world)}"
    return world.services.sight.bindings.of(world.guild.id).get(store, Binding())


async def chosen(world: World, page: discord.Message, menu: str, *values: object) -> str:
    """The page after something was chosen in a menu of the only collection."""
    id = f"{MENU}{menu}:{key(world)}"
    return shown(await world.moderator.select(page, [*values], custom_id=id)).content


async def test_members_are_not_offered_it(world: World) -> None:
    assert "collections" not in world.alice.available_commands(world.channel)
    assert NONE in (await opened(world)).content


async def test_a_collection_is_made_bound_and_shown_with_who_reads_it(world: World) -> None:
    page = await made(world, "🔒 Crew")
    assert f"**🔒 Crew** (0 documents): {UNBOUND}" in page.content
    await restart(world)
    role = world.guild.create_role("Crew")
    told = await chosen(world, page, "roles", role)
    assert "whoever has @Crew" in told
    assert "No public answer draws on **🔒 Crew**" in told
    told = await chosen(world, page, "channels", world.channel)
    assert f"whoever has @Crew or sees <#{world.channel.id}>" in told
    assert "Everybody sees one of these channels" in told
    assert binding(world) == Binding(frozenset({world.channel.id}), frozenset({role.id}))
    assert "whoever has @Crew." not in await chosen(world, page, "roles")
    assert binding(world).roles == frozenset()


async def test_what_nobody_or_everybody_has_is_refused_and_changes_nothing(world: World) -> None:
    page = await made(world, NAME)
    for menu, target, why in (
        ("roles", world.guild.default_role, "Everybody has that role"),
        ("channels", world.guild.create_category("Rooms"), "is a category"),
    ):
        id = f"{MENU}{menu}:{key(world)}"
        result = await world.moderator.select(page, [target], custom_id=id)
        assert why in sentence(result)
        assert binding(world) == Binding()


async def test_a_name_that_is_taken_or_none_is_refused(world: World) -> None:
    await made(world, NAME)
    for name, why in (("STAFF", "already"), ("everybody", "can't be called"), ("\u200b", "signs")):
        form = await world.moderator.click(await opened(world), custom_id=f"{MENU}new")
        assert why in sentence(await world.moderator.submit_modal(form, {"name": name}))
    assert key(world)


async def test_it_is_renamed_and_deleted_once_it_is_empty(world: World) -> None:
    secret = hide(world)
    page = shown(
        await world.moderator.select(await opened(world), [key(world)], custom_id=f"{MENU}choose")
    )
    assert f"Public answers draw on **{NAME}** in <#{secret.channel.id}>." in page.content
    form = await world.moderator.click(page, custom_id=f"{MENU}rename:{key(world)}")
    page = shown(await world.moderator.submit_modal(form, {"name": "Crew"}))
    assert "**Crew** (1 document)" in page.content
    id, before = f"{MENU}delete:{key(world)}", await opened(world)
    assert "holds 1 document" in sentence(await world.moderator.click(page, custom_id=id))
    library = world.services.libraries.library
    library.remove([library.documents(secret.store)[0].id], secret.store)
    assert NONE in shown(await world.moderator.click(page, custom_id=id)).content
    assert world.services.sight.bindings.of(world.guild.id) == {}
    gone = await world.moderator.select(before, [id.rpartition(":")[2]], custom_id=f"{MENU}choose")
    assert sentence(gone) == DELETED


@pytest.fixture
def secret(world: World) -> Secret:
    return hide(world)


async def test_that_a_channel_is_gone_is_said(world: World, secret: Secret) -> None:
    world.env.backend.delete_channel(secret.channel.id)
    await world.env.settle()
    said = (await opened(world)).content
    assert "⚠️ nobody but those who may manage the server: its channel is gone." in said


async def test_only_who_may_manage_the_server_says_who_reads_what(
    world: World, secret: Secret
) -> None:
    await allow(world, "collections", world.alice)
    result = await world.alice.slash(world.channel, "collections")
    assert refusal(world, result) == NOT_ALLOWED
