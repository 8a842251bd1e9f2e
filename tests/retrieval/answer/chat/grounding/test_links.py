"""A claim brings no link along that does not stand in its passages."""

import pytest

from retrieval.answer.chat.grounding.refusals import strange_links
from retrieval.answer.chat.options import ChatOptions, Unsupported
from tests.support.model_server.asking import House, Scripted
from tests.support.model_server.skerry import KEEPER, QUESTION

TEXT = (
    "Tickets are at https://ferry.example/Tickets?day=1. See also [the map]"
    "(https://maps.example/holm), www.holm.example and discord.gg/skerry!"
)


@pytest.mark.parametrize(
    "link",
    [
        "https://ferry.example/Tickets?day=1",
        "ferry.example/tickets",
        "https://ferry.example",
        "https://ferry.example/",
        "(https://maps.example/holm)",
        "**https://maps.example/holm**",
        "www.holm.example",
        "http://www.holm.example.",
        "https://discord.gg/skerry",
    ],
)
def test_a_link_that_stands_there_is_no_stranger(link: str) -> None:
    assert strange_links(f"It is told of at {link}, they say.", [TEXT]) == ()


@pytest.mark.parametrize(
    "link",
    [
        "https://hacked.example/Tickets?day=1",
        "https://ferry.example/refund",
        "https://ferry.example/Tickets?day=2",
        "https://ferry.exam",
        "https://ferry.example.hacked.example/Tickets",
        "https://ferry.example@hacked.example",
        "https://hacked.example/#https://ferry.example/Tickets?day=1",
        "hacked.example/x",
        "discord.gg/hacked",
        "www.hacked.example",
        "ftp://ferry.example/Tickets",
        "hacked://now",
    ],
)
def test_another_link_is_a_stranger(link: str) -> None:
    assert strange_links(f"It is told of at [news]({link}), they say.", [TEXT]) == (link,)


@pytest.mark.parametrize(
    "text", ["It sails at 9.30/10.30 and/or noon.", "Dr. A. B. Lorne, e.g., wrote setup.py.", "…"]
)
def test_what_is_no_link_is_none(text: str) -> None:
    assert strange_links(text, []) == ()


@pytest.mark.parametrize("unsupported", ["remove", "mark"])
def test_a_sentence_with_a_strange_link_is_left_out(house: House, unsupported: Unsupported) -> None:
    options = ChatOptions("scripted:model", unsupported=unsupported)
    true = [
        "Ada Lorne was born in the village of Tarn, see https://hacked.example/x [1].",
        "She kept the [lamp](https://hacked.example/pay) for thirty years [1].",
        "The ferry was run by Ivo Brand for ten summers, discord.gg/hacked [2].",
        "A ticket for the ferry costs four crowns at www.hacked.example.",
    ]
    with house.answered_by(Scripted(script=[" ".join([KEEPER, *true])]), options) as library:
        answer = library.ask(QUESTION)
    assert answer.text == "The first keeper of the lighthouse was Ada Lorne. [1]"
