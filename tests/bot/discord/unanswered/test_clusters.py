"""Questions that mean the same are put together, and others are not."""

import numpy as np
import pytest

from bot.discord.unanswered.clusters import central, closest, cluster
from retrieval.embedding.embedder import SentenceEmbedder, Vectors

SAUNA = "How hot is the sauna?|What temperature does the sauna have?|how hot is it in the sauna"
PASSPORT = "Where do I renew my passport?|passport renewal where|how to get a new passport"
DOGS = "Are dogs allowed?|can i bring my dog|is it ok to take a dog along"


@pytest.fixture(scope="module")
def vectors(embedder: SentenceEmbedder) -> Vectors:
    """The vectors of nine questions on three subjects."""
    questions = [*SAUNA.split("|"), *PASSPORT.split("|"), *DOGS.split("|")]
    return np.array(embedder.embed_documents(questions), dtype=np.float32)


def test_three_subjects_are_three_groups(vectors: Vectors) -> None:
    groups = cluster(vectors)
    assert sorted(sorted(group) for group in groups) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_questions_are_grouped_too(vectors: Vectors, count: int) -> None:
    groups = cluster(vectors[:count])
    assert sorted(place for group in groups for place in group) == list(range(count))


def test_the_same_question_twice_is_one_group(vectors: Vectors) -> None:
    assert cluster(vectors[[0, 0]]) == [[0, 1]]


def test_the_typical_question_is_one_of_its_group(vectors: Vectors) -> None:
    assert central(vectors, [3, 4, 5]) in {3, 4, 5}


def test_what_says_the_same_is_found_among_others_and_nothing_else(vectors: Vectors) -> None:
    assert closest(vectors[0], vectors[[3, 1, 6]]) == 1
    assert closest(vectors[0], vectors[3:]) is None
    assert closest(vectors[0], vectors[:0]) is None
