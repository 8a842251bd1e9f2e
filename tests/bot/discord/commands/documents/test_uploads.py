"""Files of every kind, and pages from the web, in Discord: read safely, and cited to the page."""

import re
from collections.abc import Iterator

import pytest

from bot.discord.playground.locales import Locales
from retrieval.library import Library
from retrieval.reading.limits import LARGEST_FILE
from retrieval.reading.web.fetch import Fetcher
from retrieval.reading.web.rate_limit import Pace
from retrieval.reading.web.visitor import Visitor
from tests.support.discord.acting import FERRY, LEAVES, SOURCES, ask, press, shown, start, until
from tests.support.discord.moderating import call, contents, documents, refusal, told
from tests.support.discord.world import World
from tests.support.formats import office
from tests.support.formats.drawn import pdfs
from tests.support.formats.hostile.added import ADDED
from tests.support.formats.hostile.archives import ARCHIVES, BOMB
from tests.support.formats.hostile.specimen import Hostile
from tests.support.homes import Lasting, intake
from tests.support.texts.every_format import ASKED, CREW, GUIDE, Asked, files
from tests.support.web.serving import Reply, Site

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.allow_hosts(["127.0.0.1"])]

ASKED_OF = {asked.file: asked for asked in ASKED}
HTML = {"Content-Type": "text/html"}
TIDE = ASKED_OF["guide.pdf"]


@pytest.fixture
def site(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server that the operator allows, and that nobody waits for between two requests."""
    monkeypatch.setattr(Pace, "_rest", lambda *_: None)
    with Site().running() as running:
        allowed = frozenset({f"127.0.0.1:{running.port}"})
        visitor = Visitor(Fetcher(allowed_hosts=allowed))
        monkeypatch.setattr(library, "intake", Lasting(lambda: intake().parsers, lambda: visitor))
        yield running


def address(site: Site, path: str) -> str:
    """The address of a page."""
    return f"http://127.0.0.1:{site.port}{path}"


def page(hour: str, etag: str = "") -> Reply:
    """A page that says when the bar opens."""
    body = f"<p>The bar opens at {hour}.</p>".encode()
    return Reply(body, headers=HTML | ({"ETag": etag} if etag else {}))


# Files


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        (TIDE, "Harbour guide › Water › Tides, page 2"),
        (ASKED_OF["talk.pptx"], "The ferry › Luggage, slide 2"),
        (ASKED_OF["ships.xlsx"], "Ships in port › Ships, row 3"),
        (ASKED_OF["crew.docx"], "Ship's book › Crew › Galley"),
        (ASKED_OF["museum.rst"], "Museum of nets › Tickets"),
    ],
    ids=lambda value: value.file if isinstance(value, Asked) else "",
)
async def test_a_footnote_says_under_which_headings_and_on_which_page(
    world: World, asked: Asked, where: str
) -> None:
    said = await told(world, "add", file=(asked.file, files()[asked.file]))
    assert said.startswith(f"Added **{asked.title}**: ")
    answer = await ask(world, asked.question)
    *_, note = [line for line in answer.content.splitlines() if line.startswith("-# [1] ")]
    dated = re.sub(r", \d{4}-\d\d-\d\d$", "", note)  # a file says its own date
    assert dated == f"-# [1] {where}"
    sources = shown(await press(answer, SOURCES, world.alice)).content
    assert sources.startswith(f"### [1] {where.partition(',')[0]}")
    assert f"**{asked.quote}**" in sources


async def test_what_a_file_is_called_does_not_matter(world: World) -> None:
    await told(world, "add", file=("download", files()["guide.pdf"]))
    assert "High tide reaches the quay" in contents(world)["Harbour guide"]


# What is refused


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("bomb.docx", ARCHIVES["many_times_its_size"].make(), BOMB),
        ("secret.pdf", pdfs.locked(pdfs.pdf(GUIDE), "secret", "AES-256"), "with a password"),
        ("scan.pdf", pdfs.scanned(), "scanned PDF without text"),
        ("cut.docx", office.docx(CREW)[:2000], "is damaged"),
        ("cat.txt", b"GIF89a\1\0\1\0", "is a GIF image"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_hostile_or_broken_file_is_refused_in_words_and_nothing_changes(
    world: World, name: str, data: bytes, why: str
) -> None:
    said = await told(world, "add", file=(name, data))
    assert said.startswith(f"⚠️ {name} ")
    assert why in said
    assert said.endswith(".")
    assert "\n" not in said
    assert documents(world) == []
    assert LEAVES in (await ask(world, FERRY)).content


@pytest.mark.parametrize(
    ("language", "name", "data", "said"),
    [
        (
            "de",
            "cut.docx",
            office.docx(CREW)[:2000],
            "cut.docx ist beschädigt und lässt ",
        ),
        ("ja", "scan.pdf", pdfs.scanned(), "scan.pdf：テキストのないスキャンされた PDF です。"),
        ("pl", "cat.txt", b"GIF89a\1\0\1\0", "cat.txt: to obraz GIF. Footnote czyta PDF, Word, "),
        ("fr", "blank.txt", b" \n\n ", "blank.txt ne contient pas de texte."),
    ],
)
async def test_whoever_adds_a_bad_file_is_told_why_in_their_language(
    world: World, language: str, name: str, data: bytes, said: str
) -> None:
    Locales(world.env, world.guild.id).choose(str(world.moderator.id), language)
    assert (await told(world, "add", file=(name, data))).startswith(f"⚠️ {said}")
    assert documents(world) == []


@pytest.mark.parametrize("bad", ADDED.values(), ids=ADDED)
async def test_a_bad_file_is_refused_in_a_sentence_and_the_library_is_as_it_was(
    world: World, bad: Hostile
) -> None:
    said = await told(world, "add", file=(bad.name, bad.make()))
    assert said.startswith(f"⚠️ {bad.name} ")
    assert bad.told in said
    assert "\n" not in said
    assert documents(world) == []


async def test_a_file_that_is_too_large_is_refused_before_it_is_downloaded(world: World) -> None:
    large = ("large.ipynb", bytes(LARGEST_FILE + 1))
    said = refusal(world, await call(world, "add", file=large))
    assert said == "large.ipynb has 20 MiB; 20 MiB is the most. Split it into smaller files."
    assert documents(world) == []


@pytest.mark.parametrize("name", ["cat.gif", "song.mp3", "film.mp4", "letters.ttf"])
async def test_what_holds_no_words_is_refused_without_a_look(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = refusal(world, await call(world, "add", file=(name, files()["guide.pdf"])))
    assert said.startswith(f"{name} holds no text")
    assert documents(world) == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1/", "inside"),
        ("http://169.254.169.254/latest/meta-data/", "inside"),
        ("https://discord.com/channels/1/2/3", "Discord"),
        ("http://user:password@x.example/", "password"),
    ],
)
async def test_an_address_that_must_not_be_asked_is_refused_in_words(
    world: World, url: str, why: str
) -> None:
    said = await told(world, "add", url=url)
    assert said.startswith("⚠️ ")
    assert why in said
    assert "user:password" not in said
    assert documents(world) == []


# Pages


async def test_a_page_is_added_by_its_address_and_linked_to(world: World, site: Site) -> None:
    site.replies["/sauna"] = Reply(files()["sauna.html"], headers=HTML)
    link = address(site, "/sauna")
    assert (
        await told(world, "add", url=f" {link}#heat ")
        == f"Added **[The sauna](<{link}>)**: 2 passages."
    )
    answer = await ask(world, ASKED_OF["sauna.html"].question)
    assert "The sauna of Tarn is heated" in answer.content
    assert f"-# [1] [The sauna › Heat](<{link}>)" in answer.content
    assert site.paths == ["/robots.txt", "/sauna"]


async def test_a_pdf_on_the_web_is_linked_to_at_its_page(world: World, site: Site) -> None:
    site.replies["/guide"] = Reply(files()["guide.pdf"])
    assert (await told(world, "add", url=address(site, "/guide"))).startswith("Added **[Harbour")
    link = f"[Harbour guide › Water › Tides](<{address(site, '/guide')}#page=2>), page 2"
    answer = await ask(world, TIDE.question)
    assert re.search(rf"-# \[1\] {re.escape(link)}, [\d-]+$", answer.content)
    assert shown(await press(answer, SOURCES, world.alice)).content.startswith(f"### [1] {link}")


async def test_a_page_is_read_again_and_replaced_where_it_has_changed(
    world: World, site: Site
) -> None:
    site.replies["/"] = page("six", etag='"1"')
    link = address(site, "/")
    await told(world, "add", url=link, title="Bar")
    assert await told(world, "refresh") == f"Unchanged: **[Bar](<{link}>)** is here already."
    assert site.asked[-1].headers["If-None-Match"] == '"1"'
    site.replies["/"] = page("nine", etag='"2"')
    assert (await told(world, "refresh", title="Bar")).startswith(f"Replaced **[Bar](<{link}>)**")
    assert contents(world) == {"Bar": "The bar opens at nine."}
    del site.replies["/"]
    gone = await told(world, "refresh")
    assert gone.startswith(f"⚠️ <{link}> is not there (404).")
    assert contents(world) == {"Bar": "The bar opens at nine."}


async def test_the_same_page_at_another_address_is_said(world: World, site: Site) -> None:
    site.replies |= {"/a": page("six"), "/b": page("six")}
    await told(world, "add", url=address(site, "/a"), title="Bar")
    said = await told(world, "add", url=address(site, "/b"))
    assert said == f"**[Bar](<{address(site, '/a')}>)** is here already, with the same content."
    assert len(documents(world)) == 1


async def test_members_get_answers_while_a_page_is_slow_to_come(world: World, site: Site) -> None:
    site.replies["/"] = Reply(raw=lambda _: site.done.wait(60))
    adding = start(world, world.moderator, "documents add", url=address(site, "/"))
    await until(world, lambda: "/" in site.paths)
    question = start(world, world.alice, "ask", question=FERRY)
    await until(world, lambda: question.response and LEAVES in question.response.content)
    assert adding.response is None or "Added" not in adding.response.content
    site.done.set()
    await until(world, lambda: adding.response and adding.response.content.startswith("⚠️"))
