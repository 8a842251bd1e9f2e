"""Questions in servers whose roles, overwrites, threads and collections are left to chance, and the
words that came up where not everybody who reads them may."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import discord

from bot.discord.collections.readers import manages
from bot.discord.records.collection_bindings import Binding
from bot.discord.records.question_log import Cited
from bot.discord.services.libraries import ServerLibraries, library_of
from bot.discord.services.services import Services
from retrieval.types import Answer
from tests.support.discord.acting import whole
from tests.support.discord.random_server import GUILD, RandomServer, random_server
from tests.support.homes import note, put

# Subjects that every collection has something to say about, in words of its own.
SUBJECTS = ("key", "boat", "lamp", "cellar", "password", "meeting")
# Sounds that the words of a collection are made of; no two collections share one.
SOUNDS = ("zarn", "quib", "vost", "plim", "drux", "hepf", "jolk", "wemb")
ENDS = ("ika", "oro", "une", "ast", "elb", "ush")
COLLECTIONS = 6


@dataclass(slots=True)
class Outcome:
    """The questions asked, the words that came up where they must not, and how often a collection
    was drawn on where all its readers may read it, of those where it was the only one that says."""

    asked: int = 0
    leaks: list[str] = field(default_factory=list)
    allowed: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class Town:
    """A server's collections, each with the words that stand in it alone."""

    services: Services
    words: dict[str, tuple[str, ...]]


def settle_town(services: Services) -> Town:
    """Fill a home with documents for everybody, and with collections of words of their own."""
    library, own = services.libraries.library, library_of(GUILD)
    put(library, [note(f"{s}.txt", f"The {s} is looked after by the town.") for s in SUBJECTS], own)
    words: dict[str, tuple[str, ...]] = {}
    for sound in SOUNDS[:COLLECTIONS]:
        store = library.collections.create(f"{sound} files", own).store
        of = tuple(sound + end for end in ENDS)
        texts = [
            f"The {subject} of the {word} lies with {word.capitalize()}, number {word[:2].upper()}-"
            f"{n}71."
            for n, (subject, word) in enumerate(zip(SUBJECTS, of, strict=True))
        ]
        put(library, [note(f"{w}.txt", t, w) for w, t in zip(of, texts, strict=True)], store)
        words[store] = (*of, *(f"{word[:2]}-{n}71" for n, word in enumerate(of)))
    return Town(services, words)


def ask_at_random(town: Town, questions: int, seed: int, a_server: int = 50) -> Outcome:
    """Ask so many questions, each server being another after some of them."""
    outcome = Outcome()
    with asyncio.Runner() as runner:
        for server in range(-(-questions // a_server)):
            random = Random(seed * 1_000_003 + server)
            left = min(a_server, questions - outcome.asked)
            runner.run(_ask_in(town, random_server(random), random, left, outcome))
    return outcome


async def _ask_in(
    town: Town, server: RandomServer, random: Random, questions: int, outcome: Outcome
) -> None:
    bound = dict(_bound(town, server, random))
    readers = {
        (place, store): _all_read(server, place, binding)
        for store, binding in bound.items()
        for place in server.rooms
    }
    for _ in range(questions):
        outcome.asked += 1
        member, place = random.choice(server.members), random.choice(_places(server))
        private, id = random.random() < 0.3, outcome.asked
        store, question = _question(town, random)
        sight = town.services.sight
        seen = sight.of_member(member) if private else sight.in_channel(place)
        shown = await _shown(town, random, id, question, seen)
        for other, binding in bound.items():
            room: Any = place.parent if isinstance(place, discord.Thread) else place
            may = reads(server, member, binding) if private else readers[room, other]
            told = [w for w in town.words[other] if w in shown and w not in question.lower()]
            if told and not may:
                outcome.leaks.append(f"{question!r} in {place} by {member.id}: {told}")
            if may and other == store and _names(town, store, question):
                outcome.allowed += 1
                outcome.found += bool(told)


def _names(town: Town, store: str, question: str) -> bool:
    """Tell whether a question holds a word that one collection alone holds."""
    return any(word in question.lower() for word in town.words[store])


def _bound(town: Town, server: RandomServer, random: Random) -> Iterator[tuple[str, Binding]]:
    """Bind each collection to some channels and roles, one of which may be gone."""
    bots = {role.id for role in server.guild.roles if role.is_bot_managed()}
    for store in town.words:
        rooms = [room.id for room in server.rooms if random.random() < 0.3]
        roles = [r.id for r in server.guild.roles if r.id not in {GUILD, *bots}]
        gone = [77] if random.random() < 0.1 else []
        binding = Binding(
            frozenset([*rooms, *gone]), frozenset(id for id in roles if random.random() < 0.3)
        )
        town.services.sight.bindings.bind(GUILD, store, binding)
        yield store, binding


def _places(server: RandomServer) -> list[Any]:
    return [*server.rooms, *server.threads]


def reads(server: RandomServer, member: discord.Member, binding: Binding) -> bool:
    """The rule itself: whoever manages the server, has a role, or sees a channel."""
    return (
        manages(member.guild_permissions)
        or any(role.id in binding.roles for role in member.roles)
        or any(
            room.permissions_for(member).view_channel
            for room in server.rooms
            if room.id in binding.channels
        )
    )


def _all_read(server: RandomServer, room: discord.TextChannel, binding: Binding) -> bool:
    """Tell, by looking at everybody there could be, if all who see a channel may read."""
    if room.id in binding.channels:
        return True
    seeing = (member for member in server.anybody() if room.permissions_for(member).view_channel)
    return all(reads(server, member, binding) for member in seeing)


def _question(town: Town, random: Random) -> tuple[str, str]:
    """A question on what one collection says: by its words, a slip of one, or the subject alone."""
    store = random.choice(list(town.words))
    place = random.randrange(len(SUBJECTS))
    subject, word = SUBJECTS[place], town.words[store][place]
    slip = word[:3] + word[4:]
    question = random.choice(
        [
            f"Who has the {subject} of the {word}?",
            f"Who has the {subject} of the {slip}?",
            f"Where is the {subject}?",
            f"What is {word[:2].upper()}-{place}71?",
            "How many documents are there?",
            "What do you know about?",
        ]
    )
    return store, question


async def _shown(town: Town, random: Random, id: int, question: str, seen: tuple[str, ...]) -> str:
    """All that is shown of documents: in an answer and its sources, a search, a list of contents,
    or as what came nearest to a gap."""
    libraries: ServerLibraries = town.services.libraries
    library, visible, way = libraries.library, libraries.visible(GUILD, seen), random.random()
    if way < 0.1:
        answer = await whole(libraries.answers(id, GUILD, question, seen=seen))
        return repr((answer, await libraries.around(GUILD, cited(answer), seen))).lower()
    # The same without threads between, which is sooner done.
    if way < 0.6:
        answer = library.quote(question, (), visible)
        return repr((answer, _around(libraries, answer, visible))).lower()
    if way < 0.75:
        return repr(library.search(question, 10, visible)).lower()
    if way < 0.85:
        return repr(library.contents(visible)).lower()
    if way < 0.95:
        return repr(libraries.gaps.nearest(GUILD, question, seen)).lower()
    # Sources of an answer that drew on everything, pressed by somebody else.
    answer = library.quote(question, (), libraries.visible(GUILD, tuple(town.words)))
    return repr(_around(libraries, answer, visible)).lower()


def cited(answer: Answer) -> list[Cited]:
    """The places that the *Sources* of an answer show."""
    places = [Cited(c.number, c.version, c.start, c.end) for c in answer.citations]
    return [*places, *(Cited(0, p.version, p.start, p.end) for p in answer.nearest)]


def _around(libraries: ServerLibraries, answer: Answer, visible: list[str]) -> list[Any]:
    around = libraries.library.around
    return [around(one.document, one.start, one.end, visible) for one in cited(answer)]
