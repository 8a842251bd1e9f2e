"""A sentence comes out of the process that read a file with all it is made of, or not at all."""

import json
from typing import Any

import pytest

from retrieval.errors import Counted, Sentence
from retrieval.reading.formats import errors
from retrieval.reading.formats.sandbox.protocol import packed_sentence, unpacked_sentence

SENTENCES = [
    errors.damaged().sentence,
    errors.too_much_text(20 * 1024**2).sentence,
    errors.too_much_time(0.5).sentence,
    errors.too_much_time(60).sentence,
    Sentence("is {kind}. {read}", kind=Sentence("a font"), read=errors.READ),
    Counted("{count} {a}", "{count} {a}", 3, a=Counted("{count} b", "{count} c", 1)),
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=str)
def test_a_sentence_comes_back_as_it_was(sentence: Sentence) -> None:
    found = unpacked_sentence(json.loads(json.dumps(packed_sentence(sentence))))
    assert found == sentence
    assert type(found) is type(sentence)
    assert vars(found) == vars(sentence)


@pytest.mark.parametrize(
    "packed",
    [
        None,
        7,
        [],
        [["a"], 0],
        [[], 0, {}],
        [["a", "b", "c"], 0, {}],
        [["a"], 0, 7],
        [["a", "b"], float("nan"), {}],
        [["{a}"], 0, {"a": float("inf")}],
        [["a", "b"], "many", {}],
        [[7], 0, {"a": "b"}],
        [["{a}"], 0, {"b": "c"}],
        [["{a.__class__}"], 0, {"a": "b"}],
        [["{a[0]}"], 0, {"a": "b"}],
        [["{a!r:>{b}}"], 0, {"a": "b", "b": "9"}],
        [["{a:9999999}"], 0, {"a": "b"}],
        [["{0}"], 0, {"a": "b"}],
        [["{a"], 0, {"a": "b"}],
        [["{a}"], 0, {"a": None}],
        [["{a}"], 0, {"a": [["{b.c}"], 0, {"b": "d"}]}],
    ],
    ids=str,
)
def test_what_is_no_sentence_is_refused(packed: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        unpacked_sentence(packed)
