"""`/documents conflicts` shows moderators where documents say different things of the same."""

import pytest

from bot.discord.commands.documents.changes import NONE, SHOWN, conflict_lines
from bot.discord.services.libraries import library_of
from retrieval.types import Citation
from tests.support.discord.acting import shown
from tests.support.discord.moderating import stock, told
from tests.support.discord.secrets import allow, hide
from tests.support.discord.world import World
from tests.support.homes import note, put

pytestmark = pytest.mark.simcord(shard_count=1)

FOUR, FIVE = "A guest ticket costs £4.", "A guest ticket costs £5."
NINE = "The gate opens at nine in the morning."


async def test_both_sides_are_shown_and_where_they_stand(world: World) -> None:
    stock(world, [note("a.md", f"{FOUR} {NINE}", "Handbook"), note("b.md", FIVE, "Leaflet")])
    said = await told(world, "conflicts")
    assert said.startswith("In 1 place the documents say different things of the same:\n**1.**")
    assert f"“{FOUR}” · Handbook" in said
    assert f"“{FIVE}” · Leaflet" in said


async def test_where_there_are_none_one_sentence_says_so(world: World) -> None:
    assert await told(world, "conflicts") == NONE
    stock(world, [note("a.md", FOUR, "Handbook"), note("b.md", NINE, "Leaflet")])
    assert await told(world, "conflicts") == NONE


async def test_of_a_collection_they_are_shown_to_who_reads_it(world: World) -> None:
    secret, library = hide(world), world.services.libraries.library
    put(library, [note("b.md", FIVE, "Leaflet")], secret.store)
    put(library, [note("a.md", FOUR, "Handbook")], library_of(world.guild.id))
    await allow(world, "documents", world.alice, secret.sam)
    for member, sees in ((world.alice, False), (secret.sam, True), (world.moderator, True)):
        said = shown(await member.slash(world.channel, "documents conflicts")).content
        assert (FIVE in said) is sees


def test_of_very_many_it_is_said_how_many_are_left() -> None:
    place = Citation(1, "d", "Handbook", "a.md", None, 0, 4, "Four")
    lines = conflict_lines([(place, place)] * (SHOWN + 3))
    assert len(lines) == SHOWN + 2
    assert lines[0].startswith(f"In {SHOWN + 3} places")
    assert lines[-1] == "… and 3 more, which `footnote conflicts` lists."
