"""Questions in a script that the embedding model can't read: found by their letters alone.

The model spells such words letter by letter, or knows none of their pieces, so that every question
of them is like every text. Words are looked up by their beginnings, anywhere in a passage; where
no spaces stand between words (Chinese, Japanese, Thai …), by pairs of letters.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from retrieval.embedding.word_vectors import WordVectors
from retrieval.store.library_store import LibraryStore, held
from retrieval.store.passages import StoredPassage, read_passages
from retrieval.text.terms import Keys
from retrieval.types import ENGLISH, Passage, SentenceScore

# Terms that are looked up, and of how many of the newest passages.
MOST_TERMS, LOOKED_THROUGH = 24, 50_000
LISTED = 30
# The share of a question's terms that one sentence must hold to answer it.
ENOUGH = 0.6
# The same of the words of a language that is known, by their weight, and of pairs of letters. (On
# half of XQuAD's articles, in Arabic, Greek, Hindi and Russian: a sentence with half of the weight
# is there for .60 to .78 of the questions, and for .01 to .06 of those about other articles; .6 of
# the letters for .33 to .45, and .01 to .03.)
ENOUGH_WORDS, ENOUGH_PAIRS = 0.5, 0.42
# A word of more letters may have another ending.
SHORT = 3
# Scripts without spaces, and Korean, whose words carry their particles; and the Japanese letters
# that are mostly particles and endings.
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
RUN = re.compile(rf"{UNSPACED.pattern}+")
HIRAGANA = re.compile(r"[\u3040-\u309f]+")
# Words that ask, in Chinese, Japanese and Korean.
ASKS = re.compile(
    "几点|几个|几|什么时候|什么|怎么样|怎么|怎样|如何|哪里|哪儿|哪个|哪|谁|吗|呢|多少钱|多少|多久|为什么|请问|可以|能不能"
    "|幾點|幾|什麼時候|什麼|怎麼|哪裡|誰|嗎|多少錢|為什麼|請問"
    "|何時|何曜日|何人|何|誰|いつ|どこ|どう|なぜ|どの|いくら|언제|어디|누구|무엇|어떻게|얼마|왜|몇"
)

RANKED = """
SELECT id FROM (
    SELECT passages.id AS id, {held} AS held FROM passages
    JOIN documents ON documents.version = document
    WHERE +state = 'ready' AND passages.id > (SELECT coalesce(max(id), 0) FROM passages) - ?
) WHERE held > 0 ORDER BY held DESC, id LIMIT ?
"""
HOLDS = "(instr(passages.text, ?) > 0 OR instr(passages.text, ?) > 0)"


def literal_terms(question: str, vectors: WordVectors) -> tuple[str, ...]:
    """The parts of a question's words that are looked up; none where the model can read it."""
    if question.isascii():
        return ()
    found = list(_words(question))
    units = [unit for word in found for unit in _units(word)]
    pieces = vectors.pieces(units)
    letters = sum(map(len, units))
    unread = sum(
        len(unit)
        for unit, known in zip(units, pieces, strict=True)
        if not len(known) or (len(unit) >= SHORT and len(known) >= 0.8 * len(unit))
    )
    if not letters or 2 * unread <= letters:
        return ()
    return tuple(dict.fromkeys(term for word in found for term in _terms(word)))[:MOST_TERMS]


def _words(text: str) -> Iterator[str]:
    """The words of a text with their marks, which some scripts write vowels with."""
    word = ""
    for character in text + " ":
        if unicodedata.category(character)[0] in "LNM":
            word += character
        elif word:
            yield word.lower()
            word = ""


def _units(word: str) -> list[str]:
    """A word as the model is asked about it: each letter of a script without spaces by itself."""
    if not RUN.search(word):
        # Letters of the Latin alphabet are read, however rare the word.
        return [] if _is_latin(word) else [word]
    return [letter for run in RUN.findall(word) for letter in HIRAGANA.sub("", run)]


def _is_latin(word: str) -> bool:
    return all(character < "\u0250" for character in unicodedata.normalize("NFC", word))


def _terms(word: str) -> Iterator[str]:
    if not RUN.search(word):
        yield word if len(word) <= SHORT else word[: -1 if len(word) < 2 * SHORT else -2]
        return
    for run in ASKS.sub(" ", word).split():
        parts = HIRAGANA.sub(" ", run).split() or [run]
        for part in parts:
            yield from [part[at : at + 2] for at in range(len(part) - 1)] or [part]


def search_texts(
    stores: Sequence[LibraryStore], terms: Sequence[str], others: Iterable[Passage]
) -> list[Passage]:
    """The passages that hold the most of some terms, by their length, best first.

    `others` are passages that were found another way, and come behind those that hold more.
    """
    with held(stores):
        found = [
            _as_passage(stored)
            for store in stores
            for stored in read_passages(
                store.catalog.connection, _numbers(store.catalog.connection, terms)
            )
        ]
    each = {(passage.version, passage.start): passage for passage in [*others, *found]}
    share = partial(share_held, terms=terms)
    scored = (_scored(passage, share) for passage in each.values())
    return sorted(scored, key=lambda passage: -passage.score)


def _numbers(connection: sqlite3.Connection, terms: Sequence[str]) -> list[int]:
    query = RANKED.format(held=" + ".join([HOLDS] * len(terms)))
    forms = [form for term in terms for form in (term, term[:1].upper() + term[1:])]
    return [row[0] for row in connection.execute(query, [*forms, LOOKED_THROUGH, LISTED])]


def _as_passage(stored: StoredPassage) -> Passage:
    spans = stored.sentences.tolist()
    return stored.as_found(tuple(SentenceScore(start, end, 0.0) for start, end in spans))


def _scored(passage: Passage, share_of: Callable[[str], float]) -> Passage:
    """A passage scored by the share of what is asked for in it, and in each of its sentences."""
    sentences = tuple(
        replace(sentence, score=share, words=share)
        for sentence in passage.sentences
        for share in [share_of(passage.slice(sentence.start, sentence.end))]
    )
    best = max((sentence.score for sentence in sentences), default=0.0)
    whole = share_of(f"{passage.title}\n{passage.section}\n{passage.text}")
    return replace(passage, score=best + whole, sentences=sentences)


def share_held(text: str, terms: Sequence[str]) -> float:
    """The share of some terms, by their length, that stand in a text."""
    lowered = text.lower()
    held_letters = sum(len(term) for term in terms if term in lowered)
    return held_letters / (sum(map(len, terms)) or 1)


def score_by_words(
    passages: Iterable[Passage], weights: Mapping[str, float], keys: Keys
) -> list[Passage]:
    """Passages scored by the share of a question's words that stand in each of their sentences, by
    the weight of their keys, best first: where the documents are in a language that is known."""

    def share(text: str) -> float:
        found = keys.set_of(text)
        return sum(weights[key] for key in weights if key in found) / (sum(weights.values()) or 1)

    return sorted((_scored(each, share) for each in passages), key=lambda each: -each.score)


def literal_confidence(passages: Sequence[Passage], threshold: float, language: str) -> float:
    """The confidence in what was found by letters, or by words of a language: past the threshold
    where enough of them are there."""
    scores = [sentence.score for passage in passages for sentence in passage.sentences]
    share, enough = max(scores, default=0.0), _enough(language)
    if share >= enough:
        return threshold + (1 - threshold) * share
    return 0.9 * threshold * share


def _enough(language: str) -> float:
    if language == ENGLISH:
        return ENOUGH
    from retrieval.text.languages.table import language as known

    return ENOUGH_WORDS if known(language).spaced else ENOUGH_PAIRS
