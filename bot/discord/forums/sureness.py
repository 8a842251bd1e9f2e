"""The named levels of how sure the bot must be before it answers unasked.

Each is a confidence. What it means was measured on 60 posts in members' words, half of which the
documents answer: `make trial RUN="--levels volta"` prints it, docs/discord.md has the table.
"""

from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.discord.language.translation import N_, _, percentage
from bot.output.text import shortened
from retrieval.errors import FootnoteError
from retrieval.types import Answer

# Characters of what was typed that an error repeats.
QUOTED = 60


@dataclass(frozen=True, slots=True)
class Level:
    """A level: the confidence that it takes, what that means in practice, and how it is called."""

    confidence: float
    meaning: str
    label: str
    name: str


LEVELS = MappingProxyType(
    {
        "certain": Level(
            0.97,
            N_("of 30 posts in a trial 23 were answered, none of them wrongly"),
            N_("Certain"),
            N_("certain"),
        ),
        "sure": Level(
            0.85,
            N_("of 30 posts in a trial 27 were answered, 1 of them wrongly"),
            N_("Sure"),
            N_("sure"),
        ),
        "likely": Level(
            0.6,
            N_("28 of 30 answered in a trial, 1 wrongly, and 2 of 30 without an answer"),
            N_("Likely"),
            N_("likely"),
        ),
    }
)


def level_of(confidence: float) -> str:
    """The name of a level, or the confidence as a percentage where it is none of them."""
    named = (name for name, level in LEVELS.items() if level.confidence == confidence)
    return next(named, f"{confidence:.0%}")


def level_name(confidence: float) -> str:
    """The name of a level in the language of the moment, or the percentage where it has none."""
    name = level_of(confidence)
    return _(LEVELS[name].name) if name in LEVELS else percentage(confidence)


def confidence_of(text: str) -> float:
    """The confidence that a level's name, a percentage or a fraction stands for.

    Raises FootnoteError for anything else.
    """
    if text in LEVELS:
        return LEVELS[text].confidence
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        number = -1.0
    if not 0.0 < number <= 1.0:
        raise FootnoteError(
            "“{typed}” says not how sure to be: take {levels}, or a percentage.",
            typed=shortened(text, QUOTED),
            levels=", ".join(LEVELS),
        )
    return number


def is_sure(answer: Answer, sureness: float) -> bool:
    """Tell whether an answer may be given to somebody who didn't ask the bot."""
    return answer.answered and answer.confidence >= sureness


def as_unanswered(answer: Answer) -> Answer:
    """An answer that wasn't given, as it goes on record: with what came nearest."""
    return replace(answer, answered=False, citations=())
