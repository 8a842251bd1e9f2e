"""A chat model's words, and their costs, are counted."""

from bot.metrics.meter import Meter
from tests.support.model_server.asking import House, Scripted
from tests.support.model_server.skerry import ELSEWHERE, KEEPER, LAMP, QUESTION

STEPS = ("condense", "retrieve", "judge", "read", "cite", "ask")


def value(meter: Meter, name: str, **labels: str) -> float | None:
    return meter.registry.get_sample_value(f"footnote_{name}", labels)


def test_an_answer_of_the_models_is_counted_as_its_own(house: House) -> None:
    with house.answered_by(Scripted(script=[f"{KEEPER} {LAMP}"])) as library:
        library.observer = meter = Meter()
        library.ask(QUESTION)
    assert value(meter, "questions_total", outcome="answered", reader="chat") == 1
    assert {value(meter, "step_seconds_count", step=step) for step in STEPS} == {1.0}


def test_a_model_that_fails_is_counted_as_a_fallback(house: House) -> None:
    with house.answered_by(Scripted(script=[RuntimeError("no")])) as library:
        library.observer = meter = Meter()
        library.ask(QUESTION)
    assert value(meter, "questions_total", outcome="answered", reader="quote") == 1
    assert value(meter, "fallbacks_total") == 1


def test_a_clear_abstention_is_counted_as_no_fallback(house: House) -> None:
    with house.answered_by(Scripted(script=[KEEPER])) as library:
        library.observer = meter = Meter()
        library.ask(ELSEWHERE)
    assert value(meter, "questions_total", outcome="abstained", reader="quote") == 1
    assert value(meter, "fallbacks_total") == 0
