"""Plant pairs of documents: some say different things of the same, others the same in other words,
or are an older and a newer version.

Each kind (a price, hours, a date, a limit, who is responsible, what is allowed, a version) comes in
prose, as an FAQ and as a table. What things are tried on while the program is changed (`dev`)
shares neither subjects nor wordings with what is judged.
"""

import random
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["differs", "same", "older"]
Split = Literal["dev", "judged"]
SEED = 20261130
FORMS = ("prose", "faq", "table")


@dataclass(frozen=True, slots=True)
class Wordings:
    """The ways in which a kind is asked and said: `said` in sentences, two ways; `column` heads it
    in a table. `values` are groups of ways to write one value; the groups differ."""

    kind: str
    question: str
    said: tuple[str, ...]
    column: str
    subjects: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A document: what it is called, says, and when it was written, by whom."""

    title: str
    text: str
    date: str
    author: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents on one thing, what one may ask, and what is to be shown of it."""

    name: str
    kind: str
    question: str
    pages: tuple[Page, Page]
    outcome: Outcome


DEV = (
    Wordings(
        "price",
        "How much does {subject} cost?",
        ("{Subject} costs {value}.", "For {subject} you pay {value}."),
        "Price",
        ("a locker key", "the sauna pass", "a boat permit", "the parking card", "a guest ticket"),
        (("£12", "12 pounds"), ("£15", "15 pounds"), ("£9.50",), ("£20", "twenty pounds")),
    ),
    Wordings(
        "hours",
        "When does {subject} open?",
        ("{Subject} opens at {value}.", "You can enter {subject} from {value} on."),
        "Opens at",
        ("the wood shop", "the swimming hall", "the seed library", "the pottery", "the toy shed"),
        (("8 am", "8:00"), ("10 am", "ten in the morning"), ("9:30",), ("7 am",)),
    ),
    Wordings(
        "date",
        "When is {subject}?",
        ("{Subject} is on {value}.", "{Subject} takes place on {value}."),
        "Date",
        ("the spring fair", "the annual meeting", "the boat blessing", "the lantern walk"),
        (("12 May", "May 12"), ("19 May", "May 19"), ("3 June",), ("28 April",)),
    ),
    Wordings(
        "limit",
        "How many {subject} may one member borrow?",
        ("A member may borrow {value} {subject}.", "No more than {value} {subject} a member."),
        "At most",
        ("power tools", "board games", "bicycles", "sewing machines"),
        (("three", "3"), ("five", "5"), ("two", "2"), ("eight",)),
    ),
    Wordings(
        "name",
        "Who looks after {subject}?",
        ("{Subject} is looked after by {value}.", "{value} looks after {subject}."),
        "Looked after by",
        ("the beehives", "the bread oven", "the mailing list", "the kayaks"),
        (("Mira Holt",), ("Jonas Pell",), ("Ines Quade",), ("Tom Ferris",)),
    ),
    Wordings(
        "allowed",
        "May I bring {subject}?",
        ("{Subject} {value}.", "In the yard, {subject} {value}."),
        "Rule",
        ("dogs", "gas stoves", "own cushions", "drones"),
        (("are allowed", "are permitted"), ("are not allowed", "are forbidden")),
    ),
    Wordings(
        "version",
        "Which version of {subject} is needed?",
        ("{Subject} is needed in version {value}.", "Install version {value} of {subject}."),
        "Version",
        ("the map viewer", "the laser driver", "the radio firmware", "the ticket plugin"),
        (("2.4",), ("3.1",), ("1.8.2",), ("4.0",)),
    ),
)
JUDGED = (
    Wordings(
        "price",
        "What do I have to pay for {subject}?",
        ("The fee for {subject} is {value}.", "We charge {value} for {subject}."),
        "Fee",
        (
            *("a private server", "the founder badge", "a coaching hour", "the season pass"),
            *("a name change", "a table at the bazaar", "the workshop weekend", "a spare card"),
        ),
        (("€30", "30 euros"), ("€25", "25 euros"), ("€8", "eight euros"), ("€110",), ("€4.20",)),
    ),
    Wordings(
        "hours",
        "What time does {subject} close?",
        ("{Subject} closes at {value}.", "We shut {subject} at {value}."),
        "Closes",
        (
            *("the help desk", "the rehearsal room", "the climbing wall", "the arcade"),
            *("the night market", "the reading corner", "the repair cafe", "the rooftop"),
        ),
        (("6 pm", "18:00"), ("8 pm", "20:00"), ("5:30 pm", "17:30"), ("11 pm",), ("9 pm",)),
    ),
    Wordings(
        "date",
        "What is the deadline for {subject}?",
        ("The deadline for {subject} is {value}.", "Send in {subject} by {value}."),
        "Deadline",
        (
            *("team applications", "artwork entries", "speaker proposals", "map submissions"),
            *("refund requests", "volunteer forms", "bug reports", "costume sketches"),
        ),
        (
            *(("15 September 2026", "2026-09-15"), ("30 September 2026", "2026-09-30")),
            *(("1 October 2026",), ("22 August 2026",), ("7 November 2026",)),
        ),
    ),
    Wordings(
        "limit",
        "How large can {subject} be?",
        ("{Subject} can be up to {value}.", "The limit for {subject} is {value}."),
        "Limit",
        (
            *("an avatar", "a replay file", "a mod archive", "a voice clip"),
            *("an attached log", "a banner image", "a saved world", "a screenshot"),
        ),
        (("10 MB", "10 megabytes"), ("25 MB", "25 megabytes"), ("2 MB",), ("50 MB",), ("8 MB",)),
    ),
    Wordings(
        "name",
        "Who is in charge of {subject}?",
        ("{value} is in charge of {subject}.", "The person responsible for {subject} is {value}."),
        "Responsible",
        (
            *("the tournament bracket", "the lending desk", "the first-aid tent", "the backups"),
            *("the translations", "the sound system", "the key cabinet", "the newsletter"),
        ),
        (("Oda Brandt",), ("Samir Kole",), ("Lucia Wenn",), ("Peter Ashby",), ("Noor Vance",)),
    ),
    Wordings(
        "allowed",
        "Can I use {subject} here?",
        ("The use of {subject} {value}.", "Using {subject} {value}."),
        "Status",
        (
            *("macro keys", "smoke machines", "second accounts", "camping chairs"),
            *("portable speakers", "flash photography", "custom skins", "metal spikes"),
        ),
        (
            ("is allowed", "is permitted", "is allowed for everybody"),
            ("is not allowed", "is prohibited", "is forbidden"),
        ),
    ),
    Wordings(
        "version",
        "What version of {subject} do we run?",
        ("We run version {value} of {subject}.", "{Subject} runs in version {value}."),
        "Version",
        (
            *("the voting bot", "the forum software", "the anti-cheat", "the game server"),
            *("the wiki engine", "the chat bridge", "the level editor", "the launcher"),
        ),
        (("5.2",), ("6.0.1",), ("1.19.4",), ("2.11",), ("0.9",)),
    ),
)
TITLES = ("Handbook", "Questions and answers", "Notes from the board", "Welcome pack", "Overview")
PEOPLE = ("A. Bell", "C. Dorn", "E. Fisk", "G. Hale", "")
FILLER = (
    "Everything else is explained at the entrance.",
    "If anything is unclear, ask the people at the desk.",
    "Please tell us when something is missing.",
    "This page is looked over now and then.",
)
DATES = ("2025-01-20", "2025-11-03", "2026-03-09", "")
PLACES = (
    *("Arnmoor", "Belcastle", "Cradle Bay", "Dunwick", "Elmhurst", "Farrow Hill", "Gilford"),
    *("Hexby", "Ilmington", "Jasperton", "Kelderby", "Lowmarsh", "Marrow Point", "Netherby"),
)
# Of the pairs that don't differ, those that are an older and a newer version.
UPDATES = 0.4


def plant(split: Split, count: int) -> list[Pair]:
    """Plant so many pairs that differ, and as many that don't, of all kinds in turn."""
    chosen = random.Random(f"{SEED}-{split}")
    wordings = DEV if split == "dev" else JUDGED
    pairs = list[Pair]()
    for n in range(2 * count):
        turn, at = divmod(n // 2, len(wordings))
        pairs.append(_pair(f"{split}-{n}", wordings[at], turn, n % 2 == 0, chosen))
    return pairs


def _pair(name: str, wordings: Wordings, turn: int, differs: bool, chosen: random.Random) -> Pair:
    place = f"{PLACES[turn % len(PLACES)]}{'' if differs else ' annex'}"
    subject = f"{wordings.subjects[turn % len(wordings.subjects)]} of {place}"
    first, second = chosen.sample(range(len(wordings.values)), 2)
    older = not differs and chosen.random() < UPDATES
    other = second if differs or older else first
    values = (chosen.choice(wordings.values[first]), chosen.choice(wordings.values[other]))
    forms, said = (chosen.choice(FORMS), chosen.choice(FORMS)), chosen.sample(wordings.said, 2)
    one, another = chosen.sample(TITLES, 2)
    titles = (one, one if older else another)
    known = (chosen.choice(DATES), chosen.choice(DATES))
    dates = ("2023-04-02", "2026-02-11") if older else known
    first_page, second_page = (
        Page(
            f"{titles[n]} ({place})",
            _text(wordings, subject, values[n], said[n], forms[n], chosen),
            dates[n],
            chosen.choice(PEOPLE),
        )
        for n in (0, 1)
    )
    outcome: Outcome = "differs" if differs else "older" if older else "same"
    question = wordings.question.format(subject=subject)
    return Pair(name, wordings.kind, question, (first_page, second_page), outcome)


def _text(
    wordings: Wordings, subject: str, value: str, said: str, form: str, chosen: random.Random
) -> str:
    capital = subject[0].upper() + subject[1:]
    sentence = said.format(subject=subject, Subject=capital, value=value)
    sentence = sentence[0].upper() + sentence[1:]
    before, after = chosen.sample(FILLER, 2)
    if form == "faq":
        asked = wordings.question.format(subject=subject)
        return f"## {asked}\n\n{sentence}\n\n## Anything else?\n\n{after}\n"
    if form == "table":
        rows = _rows(wordings, capital, value, chosen)
        return f"{before}\n\n| What | {wordings.column} |\n|---|---|\n{rows}\n\n{after}\n"
    return f"{before} {sentence} {after}\n"


def _rows(wordings: Wordings, capital: str, value: str, chosen: random.Random) -> str:
    """The row that matters, and one of something else."""
    others = [s for s in wordings.subjects if not capital.lower().startswith(s)]
    other, said = chosen.choice(others), chosen.choice(chosen.choice(wordings.values))
    rows = [f"| {capital} | {value} |", f"| {other[0].upper()}{other[1:]} of Zennor | {said} |"]
    chosen.shuffle(rows)
    return "\n".join(rows)
