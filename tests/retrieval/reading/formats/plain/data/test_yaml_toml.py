"""YAML and TOML: a setting stands with the comment that explains it."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, refusal, text_of

YAML = """# Doors
door: 30 # seconds
# old: 3
light: on
heater:
  # Degrees,
  # at most
  max: 21
  zones: [hall, bar]
crew:
- name: Ann
  seat: 3
- name: Bo
"""
TOML = """title = "Boat house"
[heater] # In the hall
# Degrees
max = 21
note = "a # b"
[[crew]]
name = "Ann"
seat = 3
"""


def test_yamls_settings_records_and_comments(parsers: Parsers) -> None:
    content = parsers.read(YAML.encode(), "a.yaml")
    assert content.kind == "yaml"
    assert text_of(content).split("\n\n") == [
        *("door: 30 · Doors seconds", "light: on", "heater", "max: 21 · Degrees, at most"),
        *("zones: hall, bar", "crew", "name: Ann · seat: 3", "name: Bo"),
    ]
    assert headings_of(content) == [(1, "heater"), (1, "crew")]


def test_tomls_settings_records_and_comments(parsers: Parsers) -> None:
    content = parsers.read(TOML.encode(), "a.toml")
    assert (content.kind, content.title) == ("toml", "Boat house")
    assert text_of(content).split("\n\n") == [
        *("title: Boat house", "heater", "In the hall", "max: 21 · Degrees", "note: a # b"),
        *("crew", "name: Ann · seat: 3"),
    ]


def test_a_question_and_its_answer_come_without_their_keys(parsers: Parsers) -> None:
    text = "- question: Is it deep?\n  answer: |\n    Yes.\n    Very.\n"
    assert text_of(parsers.read(text.encode(), "a.yml")) == "Is it deep?\nYes.\nVery."


@pytest.mark.parametrize("name", ["a.yaml", "a.toml"])
@pytest.mark.parametrize("text", ["Just a sentence.", "a: [b\nc: }", "{{ template }}: x: y"])
def test_what_is_no_data_is_text(parsers: Parsers, name: str, text: str) -> None:
    content = parsers.read(text.encode(), name)
    assert (content.kind, text_of(content)) == ("text", text)


def test_aliases_that_stand_for_gigabytes_end_in_a_sentence(parsers: Parsers) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]\n" for at in range(1, 10)
    )
    assert "too many values" in refusal(parsers, bomb.encode(), "a.yaml")
    assert refusal(parsers, b"a: &a\n  b: *a\n", "a.yaml")


OPENAPI = """openapi: 3.0.0
info: {title: Boats, description: "Hire **boats**."}
paths:
  /boats/{id}:
    parameters: [{$ref: '#/components/parameters/id'}]
    get:
      summary: Show a boat
      parameters:
      - {name: limit, in: query, schema: {type: integer, maximum: 50}, description: How many.}
      responses: {'404': {description: No such boat.}}
components:
  parameters: {id: {name: id, in: path, required: true, schema: {type: string}}}
  schemas:
    Boat: {required: [seats], properties: {seats: {type: integer, description: Its seats.}}}
"""


def test_an_operation_of_an_interface_is_a_section(parsers: Parsers) -> None:
    content = parsers.read(OPENAPI.encode(), "a.yaml")
    assert content.title == "Boats"
    assert (2, "Show a boat") in headings_of(content)
    blocks = text_of(content).split("\n\n")
    assert blocks[1:4] == ["Hire boats.", "Show a boat", "GET /boats/{id}: Show a boat"]
    assert "Parameter: id · In: path · Type: string · Required: yes" in blocks
    assert (
        "Parameter: limit · In: query · Type: integer, at most 50 · Description: How many."
        in blocks
    )
    assert "Response: 404 · No such boat." in blocks
    assert "Property: seats · Type: integer · Required: yes · Description: Its seats." in blocks
