"""JSON: a record is a paragraph, and messages read as they were said."""

import json

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, refusal, text_of


def read(parsers: Parsers, value: object, name: str = "a.json") -> str:
    content = parsers.read(json.dumps(value).encode(), name)
    assert content.kind == "json"
    return text_of(content)


def test_a_record_is_a_paragraph_in_which_values_stand_behind_their_keys(parsers: Parsers) -> None:
    text = read(parsers, [{"name": "Ann", "home": {"city": "Bonn"}}, {"name": "Bo"}])
    assert text == "name: Ann · home › city: Bonn\n\nname: Bo"


def test_json_lines_are_records(parsers: Parsers) -> None:
    content = parsers.read(b'{"name": "Ann"}\n\n{"name": "Bo"}\n', "a.jsonl")
    assert (content.kind, text_of(content)) == ("json", "name: Ann\n\nname: Bo")


def test_numbers_and_truths_are_kept_and_nothing_is_left_out(parsers: Parsers) -> None:
    text = read(parsers, [{"age": 7, "height": 1.5, "well": True, "note": None, "more": ""}])
    assert "age: 7 · height: 1.5 · well: " in text
    assert "note" not in text
    assert "more" not in text


def test_the_title_of_a_record_is_the_files(parsers: Parsers) -> None:
    data = json.dumps({"title": "Rules", "rules": [{"text": "Be kind."}]}).encode()
    content = parsers.read(data, "a.json")
    assert content.title == "Rules"
    assert "Be kind." in text_of(content)


MESSAGES = [
    {"id": "1", "timestamp": "2024-05-01T09:30:00Z", "author": {"name": "Ada"}, "content": "Hi!"},
    {"id": "2", "timestamp": "2024-05-02T09:30:00Z", "author": {"name": "Bo"}, "content": "Tea?"},
]
SLACK = [{"type": "message", "user": "Ada", "ts": "1714555800.000100", "text": "Hi!"}]
TELEGRAM = [
    {"id": 1, "type": "message", "date": "2024-05-01T09:30:00", "from": "Ada", "text": "Hi!"}
]


@pytest.mark.parametrize("export", [MESSAGES, {"guild": {}, "messages": MESSAGES}])
def test_messages_read_as_they_were_said(parsers: Parsers, export: object) -> None:
    first, second = read(parsers, export).split("\n\n")[-2:]
    assert first.startswith("Ada, 2024-05-01")
    assert first.endswith(": Hi!")
    assert second.endswith(": Tea?")


@pytest.mark.parametrize("export", [SLACK, {"name": "Tea", "messages": TELEGRAM}])
def test_messages_of_other_services_read_as_well(parsers: Parsers, export: object) -> None:
    last = read(parsers, export).split("\n\n")[-1]
    assert last.startswith("Ada, ")
    assert last.endswith(": Hi!")


def test_odd_numbers_and_letters_are_no_trouble(parsers: Parsers) -> None:
    text = text_of(parsers.read(b'{"a": NaN, "b": "x\\ud800\\u0000y", "c": "z"}', "a.json"))
    assert "c: z" in text
    assert "\0" not in text
    text.encode()


def test_json_of_nothing_holds_no_text(parsers: Parsers) -> None:
    assert refusal(parsers, b'[{"a": null}, {"b": ""}]', "a.json").startswith("holds no text.")


def test_broken_json_is_text(parsers: Parsers) -> None:
    data = b'{"name": "Ann",\n "weeks": }'
    assert text_of(parsers.read(data, "a.json")) == data.decode()


def test_settings_stand_under_the_keys_that_lead_to_them(parsers: Parsers) -> None:
    content = parsers.read(b'{"boat": {"seats": 8, "hull": {"of": "oak"}}, "open": true}', "a.json")
    assert text_of(content) == "open: true\n\nboat\n\nseats: 8\n\nhull\n\nof: oak"
    assert headings_of(content) == [(1, "boat"), (2, "hull")]


def test_a_record_that_asks_and_answers_reads_as_question_and_answer(parsers: Parsers) -> None:
    text = read(parsers, {"faq": [{"question": "Is it deep?", "answer": "Yes.", "by": "Ada"}]})
    assert text == "faq\n\nIs it deep?\nYes.\nby: Ada"


def test_records_within_a_record_are_a_line_each(parsers: Parsers) -> None:
    text = read(parsers, [{"crew": [{"name": "Ann"}, {"name": "Bo"}], "boat": "Eight"}])
    assert text == "boat: Eight\ncrew › name: Ann\ncrew › name: Bo"


def test_any_depth_is_read_or_refused_in_a_sentence(parsers: Parsers) -> None:
    deep = '{"a":' * 300 + '"deep"' + "}" * 300
    assert "deep" in text_of(parsers.read(deep.encode(), "a.json"))
