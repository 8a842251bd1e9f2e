"""The built-in briefing answers what it says, and abstains from what it doesn't."""

from collections.abc import Iterator
from importlib.resources import files

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.types import SAMPLE_LIBRARY
from tests.support.homes import opened

ANSWERED = {
    "Who left the UN's human rights office in New York, and why?": "Craig Mokhiber",
    "Why did Mokhiber leave?": "in protest",
    "When was the letter dated?": "28 October 2023",
    "To whom was the letter addressed?": "Volker Turk",
    "Where does the High Commissioner have his seat?": "Geneva",
    "Which countries did he call wholly complicit?": "the United States, the United Kingdom",
    "How many hostages were taken?": "240",
    "In which places was he a senior adviser on human rights?": "Afghanistan, Palestine and Sudan",
    "What was he criticised for on social media?": "boycott, divestment and sanctions",
    "When did Mokhiber tell the UN that he was going to retire?": "March 2023",
    "Whose opinions are in the letter, according to the spokesperson?": "were his own",
    "What did Anne Bayefsky accuse him of?": "overt antisemitism",
    "Which institute does Bayefsky head?": "Institute on Human Rights and the Holocaust",
    "On which day was the letter put on X?": "Tuesday",
}
ABSTAINED = [
    "What is the capital of France?",
    "How much was Mokhiber paid?",
    "Who won the 2022 World Cup?",
    "How do I reset my Discord password?",
    "What is the boiling point of water?",
    "Which team does Lionel Messi play for?",
    "How do I bake sourdough bread?",
]


@pytest.fixture(scope="module")
def sample(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder
) -> Iterator[Library]:
    """A home that holds the briefing alone."""
    with opened(tmp_path_factory.mktemp("sample"), embedder) as library:
        assert library.add_sample()
        yield library


def whole_text(sample: Library) -> str:
    [briefing] = sample.documents(SAMPLE_LIBRARY)
    return sample.text(briefing.id, SAMPLE_LIBRARY)


@pytest.mark.parametrize(("question", "expected"), ANSWERED.items())
def test_what_the_briefing_says_is_answered_in_its_words(
    question: str, expected: str, sample: Library
) -> None:
    answer = sample.ask(question, libraries=[SAMPLE_LIBRARY])
    assert answer.answered
    assert expected in answer.text
    text = whole_text(sample)
    assert all(text[c.start : c.end] == c.quote for c in answer.citations)


@pytest.mark.parametrize("question", ABSTAINED)
def test_what_the_briefing_does_not_say_is_not_answered(question: str, sample: Library) -> None:
    answer = sample.ask(question, libraries=[SAMPLE_LIBRARY])
    assert not answer.answered
    assert answer.nearest


def test_every_passage_of_the_briefing_has_its_heading(sample: Library) -> None:
    text = whole_text(sample)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    found = sample.search("What happened?", 50, [SAMPLE_LIBRARY])
    assert all(any(passage.text.startswith(h) for passage in found) for h in headings)


def test_the_briefing_ships_with_the_package() -> None:
    briefing = files("retrieval.reading").joinpath("sample/briefing.md").read_text(encoding="utf-8")
    assert briefing.startswith("# Briefing")
    assert all(len(line) < 1000 for line in briefing.splitlines())
