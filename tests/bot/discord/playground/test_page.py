"""The playground's page: what it serves, to whom, and what it does in the played server."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
import pytest_asyncio
import simcord

from bot.discord.playground.furnishing import EXAMPLES, POSTS, SERVER, SOLVED, WELCOME
from bot.discord.playground.moderation import NO_POST
from bot.discord.playground.page import KEY, Page
from bot.discord.playground.places import Played
from bot.discord.playground.play import HERE, add_handbook
from bot.discord.playground.stage import Stage, form_of
from bot.discord.records.server_settings import ServerSettings
from bot.discord.services.services import Services

pytestmark = [pytest.mark.asyncio, pytest.mark.allow_hosts([HERE])]

PRINTING = "Join the wireless network called Lindenhof."


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has the page's address, and asks it as the page does."""

    session: aiohttp.ClientSession
    address: str
    world: simcord.Env
    played: Played

    async def get(self, path: str, **headers: str) -> tuple[int, str, Any]:
        async with self.session.get(self._at(path), headers=self._keyed(headers)) as answer:
            return answer.status, await answer.text(), answer.headers

    async def state(self) -> dict[str, Any]:
        """All that the page shows."""
        async with self.session.get(
            self._at("/playground/state"), headers=self._keyed({})
        ) as answer:
            state: dict[str, Any] = await answer.json()
        return state

    async def do(self, what: str, **body: Any) -> tuple[int, dict[str, Any]]:
        """Do something in the page."""
        where, headers = self._at(f"/playground/{what}"), self._keyed({})
        async with self.session.post(where, json=body, headers=headers) as answer:
            return answer.status, await answer.json()

    async def at(self, kind: str) -> str:
        """The first place of a kind."""
        places = (await self.state())["places"]
        return next(str(place["id"]) for place in places if place["kind"] == kind)

    async def shown(self) -> list[str]:
        """The messages that simcord's page shows in the place that it is at, asked as it asks."""
        headers = {"X-Simcord-Capability": (await self.state())["key"]}
        where = self._at("/api/pages")
        async with self.session.post(where, json={}, headers=headers) as answer:
            page = await answer.json()
        return [page["messages"][id]["content"] for id in page["timeline"]]

    def _at(self, path: str) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}{path}"

    def _keyed(self, headers: dict[str, str]) -> dict[str, str]:
        return {KEY: urlsplit(self.address).fragment} | headers


@pytest_asyncio.fixture
async def visitor(simcord_env: simcord.Env, services: Services) -> AsyncIterator[Visitor]:
    """Somebody at the page of a server whose documents are the handbook."""
    add_handbook(services.libraries.library)
    played = Played(simcord_env)
    await played.furnish()
    async with (
        Stage(simcord_env, played) as stage,
        Page(stage).served(HERE, 0) as address,
        aiohttp.ClientSession() as session,
    ):
        yield Visitor(session, address, simcord_env, played)


async def test_it_begins_with_a_welcome_and_something_to_click(visitor: Visitor) -> None:
    assert await visitor.shown() == [WELCOME]
    state = await visitor.state()
    assert tuple(state["examples"]) == EXAMPLES
    assert [(place["kind"], place["name"]) for place in state["places"]] == [
        ("channel", "ask-footnote"),
        ("channel", "news"),
        ("channel", "helpers"),
        ("channel", "staff"),
        ("forum", "questions"),
        *(("post", title) for title, _ in POSTS),
        ("post", SOLVED[0]),
        ("direct", "Footnote"),
    ]


async def test_a_question_that_is_clicked_is_asked_and_answered_there(visitor: Visitor) -> None:
    await visitor.do("say", text="How do I print from a telephone?")
    _, asked, answered = await visitor.shown()
    assert asked == f"{visitor.played.mention} How do I print from a telephone?"
    assert PRINTING in answered


async def test_posts_threads_and_direct_messages_are_gone_to_and_asked_in(visitor: Visitor) -> None:
    before = await visitor.state()
    await visitor.do("go", place=await visitor.at("post"))
    after = await visitor.state()
    assert (after["turn"], after["key"] != before["key"]) == (before["turn"] + 1, True)
    assert await visitor.shown() == [POSTS[0][1]]
    await visitor.do("go", place=await visitor.at("direct"))
    await visitor.do("say", text="How do I print from a telephone?")
    assert "How do I print from a telephone?" in (await visitor.shown())[0]

    await visitor.do("post", title="Printing", text="How do I print?", viewer="")
    state = await visitor.state()
    assert {"kind": "post", "name": "Printing", "id": state["here"]} in state["places"]
    assert await visitor.shown() == ["How do I print?"]


async def test_the_page_knows_the_commands_that_are_typed(visitor: Visitor) -> None:
    commands = (await visitor.state())["commands"]
    assert {"ask", "help", "gaps", "settings", "documents add"} <= {*commands}
    assert "documents" not in commands
    # What the script counts on in simcord's page to choose one of them.
    script = (await visitor.get("/commands.js"))[1]
    for name in ("command-entry", "command-option-input", "command-entry-title", "strong"):
        assert f'"{name}"' in script


async def test_times_are_told_from_now_rather_than_from_when_the_page_was_opened(
    visitor: Visitor,
) -> None:
    await visitor.world.advance_time(90)
    state = await visitor.state()
    await visitor.do("say", text="Is there parking?")
    headers = {"X-Simcord-Capability": state["key"]}
    async with visitor.session.post(visitor._at("/api/pages"), json={}, headers=headers) as got:
        told = (await got.json())["profile"]["presentationTime"]
    assert told >= visitor.world.now().isoformat()[:16]


async def test_a_question_goes_to_the_librarian_and_the_answer_comes_back(
    visitor: Visitor, services: Services
) -> None:
    helpers = visitor.world.guild.channels["helpers"]
    role = visitor.world.guild.roles["Helpers"]
    settings = ServerSettings(SERVER, helper_role=role.id, helper_channel=helpers.id)
    services.settings.save(settings)
    await visitor.do("say", text="Is there parking?")
    asked = visitor.world.guild.channels["ask-footnote"].history()[-1]
    await visitor.played.you.click(asked, label="Ask a person")
    await visitor.do("go", place=str(helpers.id))
    [post] = helpers.history()
    assert "Is there parking?" in (await visitor.shown())[0]
    *_, librarian = visitor.played.viewers
    await librarian.send(helpers, "Behind the mill.", reply_to=post)
    await visitor.do("go", place=await visitor.at("channel"))
    assert "Behind the mill." in (await visitor.shown())[-1]


async def test_a_thread_is_begun_on_a_message_once(visitor: Visitor) -> None:
    [welcome] = visitor.world.guild.channels["ask-footnote"].history()
    for _ in range(2):
        await visitor.do("go", place=await visitor.at("channel"))
        assert (await visitor.do("thread", message=str(welcome.id)))[0] == 200
    assert (await visitor.state())["here"] == str(welcome.id)
    assert [p["kind"] for p in (await visitor.state())["places"]].count("thread") == 1
    assert await visitor.do("thread", message=str(welcome.id)) == (
        409,
        {"error": "Threads begin in the channel alone."},
    )


async def test_a_thread_is_called_by_the_question_that_it_hangs_on(visitor: Visitor) -> None:
    await visitor.do("say", text="Is there parking?")
    asked = visitor.world.guild.channels["ask-footnote"].history()[-2]
    await visitor.do("thread", message=str(asked.id))
    names = [place["name"] for place in (await visitor.state())["places"]]
    assert "Is there parking?" in names


async def test_the_menu_of_a_message_has_what_the_bot_has_there(
    visitor: Visitor, services: Services
) -> None:
    assert "Add to Footnote" in (await visitor.state())["menus"]
    [welcome] = visitor.world.guild.channels["ask-footnote"].history()
    before = len(await services.libraries.documents(SERVER))
    chosen = {"menu": "Add to Footnote", "message": str(welcome.id)}
    assert (await visitor.do("menu", **chosen))[0] == 200
    assert len(await services.libraries.documents(SERVER)) == before + 1
    assert len(await visitor.shown()) == 2


async def test_messages_are_ticked_and_posts_tagged(visitor: Visitor) -> None:
    place = await visitor.at("post")
    await visitor.do("go", place=place)
    backend = visitor.world.backend
    [opening] = backend.messages[int(place)].values()
    for ticked in (True, False):
        await visitor.do("tick", viewer="", message=str(opening.id))
        assert bool(opening.reaction_for("✅")) is ticked
    for tagged in (True, False):
        await visitor.do("tag", place=place)
        assert bool(backend.get_channel(int(place)).applied_tags) is tagged
    refused = await visitor.do("tag", place=await visitor.at("channel"))
    assert refused == (409, {"error": NO_POST})


async def test_a_channel_is_hidden_shown_and_deleted(visitor: Visitor) -> None:
    channel = await visitor.at("channel")
    members = len(visitor.played.presented(channel)[1])
    for seeing in (1, members):
        assert (await visitor.do("hide", place=channel))[0] == 200
        assert len(visitor.played.presented(channel)[1]) == seeing
    assert (await visitor.do("hide", place=await visitor.at("post")))[0] == 409
    assert (await visitor.do("delete", place=channel))[0] == 200
    state = await visitor.state()
    assert channel not in [place["id"] for place in state["places"]]
    assert state["here"] != channel
    assert (await visitor.do("say", text="Is there parking?"))[0] == 200


async def test_while_one_place_is_changed_for_another_the_page_is_asked_to_wait(
    simcord_env: simcord.Env,
) -> None:
    played = Played(simcord_env)
    async with (
        Stage(simcord_env, played) as stage,
        Page(stage).served(HERE, 0) as address,
        aiohttp.ClientSession() as session,
    ):
        visitor = Visitor(session, address, simcord_env, played)
        before = await visitor.state()
        await stage._showing.aclose()
        assert (await visitor.get("/preview"))[0] == 503
        assert await visitor.state() == before


async def test_a_place_or_a_message_that_is_gone_is_said_in_a_sentence(visitor: Visitor) -> None:
    for what, body in (("go", {"place": "7"}), ("thread", {"message": "7"})):
        assert await visitor.do(what, **body) == (409, {"error": "That is no longer there."})


async def test_a_form_is_told_by_its_fields_of_text() -> None:
    field = {"type": 4, "custom_id": "why", "max_length": 50, "required": False}
    label = {"type": 18, "label": "Why?", "component": field}
    old = {"type": 1, "components": [field | {"label": "Why not?", "value": "x"}]}
    assert form_of({"title": "Tell", "components": [label, old, {"type": 10}]}) == {
        "title": "Tell",
        "fields": [
            {"id": "why", "label": "Why?", "value": "", "required": False, "longest": 50},
            {"id": "why", "label": "Why not?", "value": "x", "required": False, "longest": 50},
        ],
    }


async def test_only_its_address_opens_it_and_no_other_page_does(visitor: Visitor) -> None:
    assert (await visitor.get("/playground/state", **{KEY: "guessed"}))[0] == 401
    assert (await visitor.get("/", Origin="https://evil.example"))[0] == 403
    assert (await visitor.get("/", Host="evil.example"))[0] == 403
    async with visitor.session.post(visitor.address.partition("/#")[0] + "/api/pages") as answer:
        assert answer.status == 401


async def test_what_is_served_is_the_page_and_simcords_within_it(visitor: Visitor) -> None:
    status, page, headers = await visitor.get("/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    for file in ("page.css", "page.js"):
        assert f"/playground/{file}" in page
        assert (await visitor.get(f"/playground/{file}"))[0] == 200
    status, within, headers = await visitor.get("/preview")
    assert status == 200
    assert "X-Frame-Options" not in headers
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    for file in ("within.css", "within.js"):
        assert f"/playground/{file}" in within
        assert (await visitor.get(f"/playground/{file}"))[0] == 200
    # What the script counts on in simcord's page.
    for id in ("channel-timeline", "channel-message-list", "new-messages", "viewer-picker"):
        assert f'id="{id}"' in within
    assert 'id="channel-composer"' in within
    assert "data-message-id" in (await visitor.get("/timeline.js"))[1].replace(
        "dataset.messageId", "data-message-id"
    )


async def test_a_member_and_the_server_are_given_languages(visitor: Visitor) -> None:
    you = str(visitor.played.you.id)
    assert dict((await visitor.state())["languages"])["de"] == "Deutsch"
    assert (await visitor.do("language", viewer=you, language="de"))[0] == 200
    assert (await visitor.do("server-language", language="ja"))[0] == 200
    state = await visitor.state()
    assert (state["speaking"], state["serverSpeaks"]) == ({you: "de"}, "ja")
    await visitor.do("say", text="who are you?")
    assert "Footnote です" in (await visitor.shown())[-1]
    channel, _ = visitor.played.presented(state["here"])
    shown = await visitor.played.you.slash(channel, "help")
    assert shown.response is not None
    assert shown.response.message.content.startswith("Ich bin Footnote.")
    status, refused = await visitor.do("language", viewer=you, language="tlh")
    assert (status, refused["error"]) == (409, "Discord has no language tlh.")
