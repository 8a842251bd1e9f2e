"""A solved thread answers whoever asks the same as was asked in it, in whichever words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.formats.plain.data.thread import Said, Thread
from retrieval.reading.source import from_thread
from tests.support.homes import note, opened, put

LINK = "https://discord.com/channels/1"
# The title, what was asked, and the marked answer, which says nothing of either.
SOLVED = [
    ("My loom creaks", "Hello, my loom creaks at every stroke. What helps?", "Wax the grey peg."),
    ("My loom rusts", "My loom rusts at the seams since autumn.", "Paint it with the red tin."),
    ("Kiln stays cold", "The kiln stays cold though it is on.", "Press the knob under the shelf."),
    ("Lost my locker key", "I lost the key of my locker, what now?", "Ask Mo, who has the spares."),
]


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder
) -> Iterator[Library]:
    with opened(tmp_path_factory.mktemp("threads"), embedder) as library:
        for number, (title, asked, answer) in enumerate(SOLVED):
            at = f"{LINK}/{number}"
            first = Said("Bo", "3 May 2026", "2026-05-03", f"{at}/1", asked)
            said = Said("Ada", "3 May 2026", "2026-05-03", f"{at}/2", answer)
            put(library, [from_thread(Thread(title, first, (said,), ()))])
        put(library, [note("hours.md", "# Hours\n\nThe workshop opens at nine on weekdays.")])
        yield library


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what can i do about my loom? it makes a creaking noise", "Wax the grey peg."),
        ("there is rust on my loom, what can i do", "Paint it with the red tin."),
        ("the kiln doesn't get warm", "Press the knob under the shelf."),
        ("i can't find my locker key", "Ask Mo, who has the spares."),
        ("when does the workshop open", "opens at nine"),
    ],
)
def test_a_question_in_other_words_gets_the_answer_that_was_marked(
    library: Library, question: str, answer: str
) -> None:
    found = library.ask(question)
    assert found.answered
    assert answer in found.citations[0].quote


@pytest.mark.parametrize(
    "question",
    ["how much does a loom cost", "who repairs the bicycle stand", "how tall is the loom"],
)
def test_what_was_never_asked_is_not_answered_from_what_sounds_like_it(
    library: Library, question: str
) -> None:
    assert not library.ask(question).answered


def test_a_thread_in_another_language_is_left_as_it_was_found(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    asked = "Hallo, mein Webstuhl knarrt bei jedem Schlag. Was hilft?"
    first = Said("Bo", "3. Mai 2026", "2026-05-03", f"{LINK}/1", asked)
    said = Said("Ada", "3. Mai 2026", "2026-05-03", f"{LINK}/2", "Den grauen Zapfen wachsen.")
    with opened(tmp_path / "home", embedder) as library:
        put(library, [from_thread(Thread("Mein Webstuhl knarrt", first, (said,), ()))])
        [passage] = library.search("Was hilft gegen das Knarren am Webstuhl?")
    assert passage.answered is None
