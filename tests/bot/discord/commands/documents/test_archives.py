"""`/documents add` with an archive: its documents are added, and what came of them is counted."""

import pytest

from tests.support.discord.moderating import documents, told
from tests.support.discord.world import World
from tests.support.formats import zips
from tests.support.formats.zips import tar

pytestmark = pytest.mark.simcord(shard_count=1)

MANY = {f"{n}.md": f"# Cabin {n}\n\nCabin {n} has {n + 1} beds." for n in range(11)}


async def test_the_documents_of_an_archive_are_added(world: World) -> None:
    data = tar({"pool.md": "The pool opens at nine.", "a.png": "?"}, packed=True)
    said = await told(world, "add", file=("export.tar.gz", data))
    assert said.splitlines() == ["Added **pool**: 1 passage.", "Left out: 1 picture."]
    assert [each.source for each in documents(world)] == ["upload:export.tar.gz/pool.md"]


async def test_of_many_documents_those_that_are_alike_are_counted(world: World) -> None:
    said = await told(world, "add", file=("cabins.zip", zips.archive(MANY)))
    assert said == "**11 documents**: 11 added."
    changed = {**MANY, "3.md": "# Cabin 3\n\nCabin 3 is closed.", "broken.pdf": "%PDF-1.4"}
    said = await told(world, "add", file=("cabins.zip", zips.archive(changed)))
    first, second, third = said.splitlines()
    assert first == "**11 documents**: 1 replaced, 10 unchanged."
    assert second == "Replaced **Cabin 3** in place of its older version: 1 passage."
    assert third.startswith("⚠️ cabins.zip/broken.pdf ")


async def test_an_archive_that_leads_out_of_itself_is_refused_in_a_sentence(world: World) -> None:
    data = zips.archive({"pool.md": "The pool opens at nine.", "../out.md": "Out."})
    said = await told(world, "add", file=("export.zip", data))
    assert said.startswith("⚠️ export.zip is an archive whose files lead out of it")
    assert documents(world) == []


async def test_a_title_is_for_one_document(world: World) -> None:
    said = await told(world, "add", file=("export.zip", zips.archive(MANY)), title="Cabins")
    assert "a title is for one" in said
    assert documents(world) == []
