"""DiscordChatExporter's exports: whole messages, names for ids, replies with what they answer."""

import json
from typing import Any

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import text_of

ADA = {"id": "1", "name": "ada_l", "nickname": "Ada", "isBot": False}
BO = {"id": "2", "name": "bo.b", "nickname": "Bo", "isBot": False}


def message(number: int, author: dict[str, Any], content: str, **more: Any) -> dict[str, Any]:
    time = f"2026-03-{number:02}T09:00:00+00:00"
    facts = {"id": str(number), "type": "Default", "timestamp": time, "embeds": []}
    return {**facts, "author": author, "content": content, **more}


def read(parsers: Parsers, *messages: dict[str, Any]) -> list[str]:
    export = {"guild": {"name": "Quay"}, "channel": {"name": "boats"}, "messages": messages}
    content = parsers.read(json.dumps(export).encode(), "a.json")
    assert content.title == "boats"
    return text_of(content).split("\n\n")


def test_a_reply_says_who_and_what_it_answers(parsers: Parsers) -> None:
    reply = message(2, BO, "Yes.", type="Reply", reference={"messageId": "1"})
    assert read(parsers, message(1, ADA, "Is it deep?"), reply) == [
        *("Ada, 2026-03-01: Is it deep?", "Bo, 2026-03-02 (to Ada: “Is it deep?”): Yes."),
    ]


def test_embeds_and_forwards_are_kept(parsers: Parsers) -> None:
    fields = [{"name": "Last boat", "value": "16:30"}]
    embed = {"title": "Winter", "description": "At ten.", "fields": fields, "url": ""}
    forward = {"content": "At six.", "embeds": []}
    assert read(
        parsers, message(1, ADA, "", embeds=[embed]), message(2, BO, "", forwardedMessage=forward)
    ) == [
        "Ada, 2026-03-01: Winter:\nAt ten.\nLast boat: 16:30",
        "Bo, 2026-03-02: Forwarded: At six.",
    ]


def test_ids_read_as_names(parsers: Parsers) -> None:
    told = read(parsers, message(1, ADA, "Hi."), message(2, BO, "<@1> and <@!9>, <:dog:77>!"))
    assert told[1] == "Bo, 2026-03-02: @Ada and @someone, :dog:!"


def test_what_discord_says_itself_is_left_out(parsers: Parsers) -> None:
    pinned = message(2, BO, "Pinned a message.", type="ChannelPinnedMessage")
    assert read(parsers, message(1, ADA, "Hi."), pinned) == ["Ada, 2026-03-01: Hi."]


def test_its_csv_is_messages_too(parsers: Parsers) -> None:
    head = "AuthorID,Author,Date,Content,Attachments,Reactions"
    text = f'{head}\n"1","Ada","2026-03-01T09","Hi, all.","",""\n'
    assert text_of(parsers.read(text.encode(), "a.csv")) == "Ada, 2026-03-01: Hi, all."
