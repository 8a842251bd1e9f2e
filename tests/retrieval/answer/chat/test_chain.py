"""The chain with a chat model: what it writes is held to the documents, each step in view."""

from collections.abc import Iterator

from langchain_core.runnables import Runnable
from langchain_core.tracers.run_collector import RunCollectorCallbackHandler
from langchain_core.tracers.schemas import Run

from retrieval.answer.abstention import UNAVAILABLE
from retrieval.answer.chain import build_chain
from retrieval.answer.steps import Question
from retrieval.library import Library
from retrieval.types import COMMON, Answer
from tests.support.model_server.asking import House, Scripted
from tests.support.model_server.skerry import (
    ALONE,
    BORN,
    ELSEWHERE,
    FOLLOW_UP,
    KEEPER,
    QUESTION,
    TURNS,
)

ASKED: Question = {"question": FOLLOW_UP, "turns": TURNS}
STEPS = ("ask", "condense", "Scripted", "HybridRetriever", "judge", "read", "Scripted", "cite")


def runs_of(run: Run, within: str = "ask") -> Iterator[str]:
    """The names of the runs within the one of that name, itself first, as they began."""
    if run.name == within:
        yield run.name
    for child in sorted(run.child_runs, key=lambda child: child.start_time):
        yield from runs_of(child, child.name if run.name == within else within)


def chain_of(library: Library) -> Runnable[Question, Answer]:
    """The chain that the library answers with."""
    return build_chain(library.retriever([COMMON]), library.fitted, library.chat)


def test_every_citation_is_the_stored_text_to_the_letter(house: House) -> None:
    with house.answered_by(Scripted(script=[f"{KEEPER} {BORN}"])) as library:
        answer = library.ask(QUESTION)
        assert (answer.answered, answer.reader, answer.note) == (True, "chat", "")
        assert answer.text == (
            "The first keeper of the lighthouse was Ada Lorne. [1] "
            "Ada Lorne was born in the village of Tarn. [2]"
        )
        assert [citation.number for citation in answer.citations] == [1, 2]
        for citation in answer.citations:
            assert citation.source == "lighthouse"
            stored = library.text(citation.document)
            assert stored[citation.start : citation.end] == citation.quote
    assert "Its first keeper was Ada Lorne" in answer.citations[0].quote
    assert answer.citations[1].quote == "Ada Lorne was born in the village of Tarn."


def test_what_the_documents_do_not_say_is_never_asked_of_the_model(house: House) -> None:
    with house.answered_by(model := Scripted(script=[KEEPER])) as library:
        answers = list(library.stream(ELSEWHERE))
    assert [(answer.answered, answer.whole) for answer in answers] == [(False, True)]
    assert answers[0].nearest
    assert model.asked == []


async def test_callbacks_see_every_step_in_one_tree(house: House) -> None:
    with house.answered_by(Scripted(script=[ALONE, BORN])) as library:
        collector = RunCollectorCallbackHandler()
        await chain_of(library).ainvoke(ASKED, {"callbacks": [collector]})
    [run] = collector.traced_runs
    assert [name for name in runs_of(run) if name in STEPS] == list(STEPS)
    [condensing, reading] = [list(runs_of(run, name)) for name in ("condense", "read")]
    assert condensing[-1] == reading[-1] == "Scripted"


async def test_the_chain_awaited_whole_gives_what_its_stream_ends_with(house: House) -> None:
    failing = RuntimeError("out of order")
    with house.answered_by(Scripted(script=[ALONE, BORN, ALONE, BORN, failing])) as library:
        chain = chain_of(library)
        *_, last = [answer async for answer in chain.astream(ASKED)]
        assert await chain.ainvoke(ASKED) == last
        assert last.reader == "chat"
        assert (await chain.ainvoke(ASKED)).note == UNAVAILABLE


def test_a_follow_up_is_made_to_stand_alone_by_one_call_more(house: House) -> None:
    with house.answered_by(model := Scripted(script=[ALONE, BORN])) as library:
        answer = library.ask(FOLLOW_UP, TURNS)
    condensing, answering = model.prompts
    assert condensing.endswith(f"Follow-up question: {FOLLOW_UP}")
    assert answering.endswith(f"Question: {ALONE}")
    assert answer.question == FOLLOW_UP
    assert "Tarn" in answer.text


def test_a_question_that_follows_nothing_takes_one_call(house: House) -> None:
    with house.answered_by(model := Scripted(script=[KEEPER])) as library:
        library.ask(QUESTION)
    [prompt] = model.prompts
    assert prompt.endswith(f"Question: {QUESTION}")
