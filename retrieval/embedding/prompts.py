"""Prompts: what some models want to stand in front of a question, and of a passage.

A model that was saved with prompts of its own brings them. These did not, and were trained with
what their model cards say.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompts:
    """Texts that stand in front of a question, and in front of a passage."""

    query: str = ""
    passage: str = ""


NO_PROMPTS = Prompts()
# Wang et al. 2022 (arXiv:2212.03533) and 2024 (arXiv:2402.05672).
E5 = Prompts("query: ", "passage: ")
# Xiao et al. 2024 (arXiv:2309.07597): the English ones, of the first and of the second version.
BGE = Prompts("Represent this sentence for searching relevant passages: ")
MULTILINGUAL = "multilingual"
MULTILINGUAL_E5 = "multilingual-e5-"
BY_NAME = {
    "e5-": E5,
    MULTILINGUAL_E5: E5,
    "bge-small-en": BGE,
    "bge-base-en": BGE,
    "bge-large-en": BGE,
}
# Of the same families, but asked by an instruction, which such a model brings with it.
ASKED_OTHERWISE = ("instruct", "mistral")


def is_multilingual(name: str | None) -> bool:
    """True for the name of a multilingual E5 model, whoever packed it."""
    return name is not None and (name == MULTILINGUAL or _last(name).startswith(MULTILINGUAL_E5))


def prompts_by_name(name: str) -> Prompts:
    """The prompts of a model that brings none, by its name or the last part of its path."""
    last = _last(name)
    if any(part in last for part in ASKED_OTHERWISE):
        return NO_PROMPTS
    found = (prompts for begins, prompts in BY_NAME.items() if last.startswith(begins))
    return next(found, NO_PROMPTS)


def _last(name: str) -> str:
    return name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].lower()
