"""A thread in an export of Discord in which an answer is ticked says that answer, and no more."""

import json
from typing import Any

from retrieval.library import Library
from retrieval.reading.formats.content import Content
from retrieval.reading.formats.sandbox.process_pool import Parsers
from retrieval.reading.source import Source, from_upload
from tests.support.formats.reading import text_of
from tests.support.homes import put

ADA, BO = {"id": "1", "name": "Ada"}, {"id": "2", "name": "Bo"}
TICKED = [{"emoji": {"id": "", "name": "✅", "code": "white_check_mark"}, "count": 1}]
ASKED = "My garden pump hums but it moves no water. What can I do?"
BLEED = "Bleed the air valve on the left until water drips out."
GLUE = "Pour a bucket of glue into it."


def message(number: int, author: dict[str, str], content: str, **more: Any) -> dict[str, Any]:
    time = f"2026-03-{number:02}T09:00:00+00:00"
    facts = {"id": str(number), "type": "Default", "timestamp": time, "embeds": []}
    return {**facts, "author": author, "content": content, **more}


def export(kind: str = "GuildPublicThread", ticked: bool = True) -> str:
    said = [
        message(1, ADA, ASKED),
        message(2, BO, GLUE),
        message(3, BO, BLEED, reactions=TICKED if ticked else []),
    ]
    channel = {"id": "7", "type": kind, "category": "help", "name": "Pump hums"}
    return json.dumps({"guild": {"id": "5", "name": "Quay"}, "channel": channel, "messages": said})


def read(parsers: Parsers, text: str) -> Content:
    return parsers.read(text.encode(), "a.json")


def test_a_ticked_answer_stands_under_who_gave_it_and_when(parsers: Parsers) -> None:
    content = read(parsers, export())
    assert (content.title, content.author, content.date) == ("Pump hums", "Bo", "2026-03-03")
    assert [each.title for part in content.parts for each in part.headings] == ["Bo, 3 March 2026"]


def test_where_nothing_is_ticked_all_is_said(parsers: Parsers) -> None:
    whole = f"Ada, 2026-03-01: {ASKED}\n\nBo, 2026-03-02: {GLUE}\n\nBo, 2026-03-03: {BLEED}"
    assert text_of(read(parsers, export(ticked=False))) == whole
    assert text_of(read(parsers, export("GuildTextChat"))) == whole


def test_it_is_quoted_with_its_link_and_nothing_else_is(library: Library) -> None:
    [added] = put(library, [source()])
    assert added.error is None
    answer = library.ask("Why does my garden pump hum without moving water?")
    assert BLEED in answer.text
    assert {cited.link for cited in answer.citations} == {"https://discord.com/channels/5/7/3"}
    assert GLUE not in library.ask("Should I pour a bucket of glue into the pump?").text


def test_the_day_of_an_answer_is_said_once(library: Library) -> None:
    put(library, [source()])
    answer = library.ask("Why does my garden pump hum without moving water?")
    assert {cited.section for cited in answer.citations} == {"Bo, 3 March 2026"}
    assert {cited.date for cited in answer.citations} == {""}
    assert [document.date for document in library.documents()] == ["2026-03-03"]


def source() -> Source:
    return from_upload("pump.json", export().encode())
