"""A passage is embedded with its document's title before it, and there is room for both."""

import pytest
from hypothesis import given

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.indexing.embed_passages import TITLE_TOKENS, room_for_passage, title_prefix
from tests.support.texts.any_text import ANY_TEXT


def test_a_passage_may_fill_the_window_less_the_title(
    embedder: SentenceEmbedder, other_embedder: SentenceEmbedder
) -> None:
    assert [room_for_passage(each) for each in (embedder, other_embedder)] == [238, 46]


@given(title=ANY_TEXT)
def test_a_prefix_is_a_title_that_leaves_a_passage_its_room(
    title: str, embedder: SentenceEmbedder
) -> None:
    prefix = title_prefix(title, embedder)
    [tokens] = embedder.count_tokens([prefix])
    assert tokens <= TITLE_TOKENS
    assert tokens + room_for_passage(embedder) <= embedder.window
    words = prefix.removesuffix(". ").split()
    assert words == title.split()[: len(words)]
    assert prefix == (f"{' '.join(words)}. " if words else "")
    if len(words) < len(title.split()):  # one word more would have been too long
        longer = " ".join(title.split()[: len(words) + 1])
        assert embedder.count_tokens([f"{longer}. "])[0] > TITLE_TOKENS


@pytest.mark.parametrize(
    ("title", "prefix"),
    [
        ("Tea", "Tea. "),
        (" All about\n tea ", "All about tea. "),
        ("one two " * 40, f"{'one two ' * 7}one. "),
        ("antidisestablishmentarianism" * 3 + " of tea", ""),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_long_title_is_cut_after_a_word(
    title: str, prefix: str, embedder: SentenceEmbedder
) -> None:
    assert title_prefix(title, embedder) == prefix
