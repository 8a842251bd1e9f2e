"""Plays the operator: writes golden questions, in YAML and in SQuAD's format, and documents."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

Case = Mapping[str, str | list[str]]


def case(question: str, expect: str | list[str] = "abstain", **more: str) -> Case:
    """A case in YAML's form, with `source` and `library` where they are given."""
    return {"question": question, "expect": expect, **more}


# Of the home that is stocked with the notes: cases that come out right, and one for each way to go
# wrong.
KEEPER = "Who was the first keeper of the lighthouse at Skerry Point?"
TICKET = "What does a ticket for the ferry cost?"
MERCURY = "What is the boiling point of mercury?"
RIGHT = (
    case(KEEPER, "ada lorne"),
    case(TICKET, ["4 crowns", "four crowns"], source="ferry.md"),
    case(MERCURY),
)
LAMP = "Who kept the lamp at Skerry Point for thirty years?"
LEAVES = "When does the ferry to Skerry leave in the morning?"
LEAD = "What is the boiling point of lead?"
BREAD = "How long is rye bread baked?"
BORN = "Where was Ada Lorne born?"
WRONG = {
    "not retrieved": case(LAMP, "Nobody knows"),
    "retrieved but not quoted": case(LEAVES, "two hundred degrees"),
    "abstained": case(LEAD, ["Ada  Lorne", "Ivo Brand"]),
    "cited another document": case(BREAD, "an hour", source="lighthouse"),
    "should have abstained": case(BORN),
}
CASES = (*RIGHT, *WRONG.values())

TOWNS = {
    "Tarn": "kettles",
    "Holm": "ropes",
    "Skerry": "candles",
    "Velm": "saddles",
    "Orlo": "lanterns",
    "Brisk": "barrels",
    "Cadle": "boots",
    "Dorn": "clocks",
    "Elver": "drums",
    "Fenn": "flutes",
    "Gorse": "gloves",
    "Hazel": "hammers",
    "Ivel": "inkwells",
    "Jory": "jars",
    "Kestle": "knives",
    "Lorn": "ladders",
    "Myre": "mirrors",
    "Nook": "nets",
    "Ostle": "ovens",
    "Pell": "pipes",
}
KNOWN_FOR = {
    town: f"The town of {town} is known for its {goods}, which are sold there every autumn."
    for town, goods in TOWNS.items()
}
TOWN_QUESTIONS = {f"What is the town of {town} known for?": goods for town, goods in TOWNS.items()}
OTHER_QUESTIONS = (
    "What is the boiling point of mercury?",
    "Who won the football cup?",
    "How do I reset my password?",
    "Where can a car be parked?",
    "Which planet is the largest?",
    "Who wrote the opera about a barber?",
    "What is the speed of light?",
    "How many legs has a spider?",
    "When did the railway strike end?",
    "Why is the sky blue?",
    "How tall is the highest mountain?",
    "Which bank issues the notes?",
    "What does the visa form ask?",
    "Who painted the ceiling of the chapel?",
    "How is penicillin made?",
    "What is the capital of Peru?",
    "When does the swimming pool open?",
    "Which vaccine is given first?",
    "How much tax is owed on wages?",
    "Who discovered radium?",
)


def write_cases(path: Path, *cases: Case) -> Path:
    """A file of cases; each begins on a line of its own, the first on line 1."""
    path.write_text(yaml.safe_dump(list(cases), sort_keys=False, width=100_000), encoding="utf-8")
    return path


def town_cases(answerable: int = 20, others: int = 20) -> list[Case]:
    """Questions that the towns' documents answer, and others that they say nothing on."""
    asked = [case(question, goods) for question, goods in TOWN_QUESTIONS.items()]
    return [*asked[:answerable], *(case(question) for question in OTHER_QUESTIONS[:others])]


def write_towns(folder: Path) -> Path:
    """A folder with a document of one sentence for each town."""
    folder.mkdir(parents=True, exist_ok=True)
    for town, sentence in KNOWN_FOR.items():
        (folder / f"{town}.txt").write_text(sentence)
    return folder


def article(title: str, context: str, questions: Mapping[str, str]) -> dict[str, Any]:
    """An article of one paragraph in SQuAD's form; a question without an answer is a trick."""
    qas = [
        {
            "question": question,
            "is_impossible": not answer,
            "answers": [{"text": answer, "answer_start": context.index(answer)}] if answer else [],
        }
        for question, answer in questions.items()
    ]
    return {"title": title, "paragraphs": [{"context": context, "qas": qas}]}


def write_squad(path: Path, articles: Sequence[Mapping[str, Any]]) -> Path:
    """A file in SQuAD's format."""
    path.write_text(json.dumps({"version": "v2.0", "data": articles}), encoding="utf-8")
    return path


def town_articles() -> list[dict[str, Any]]:
    """An article for each town, with one question that it answers."""
    return [
        article(town, KNOWN_FOR[town], {question: goods})
        for (town, goods), question in zip(TOWNS.items(), TOWN_QUESTIONS, strict=True)
    ]
