"""A text → its sentences, each with its place in that text.

Answers quote their sources by the sentence, so a sentence is a span: its characters can always be
found again where they came from, and nothing that can be seen is lost between two of them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import sentencex

from retrieval.types import ENGLISH

from .paragraphs import VISIBLE, KnownLayout, Piece, calmed, is_row, is_title, lines, paragraphs
from .sentence_ends import is_label, language_of, runs_on


class Sentence(NamedTuple):
    """A sentence's place in a text, its paragraph, and whether it is a title."""

    start: int
    end: int
    paragraph: int
    heading: bool


class _Source(NamedTuple):
    """A text, the same with code made mute, and the language whose rules it is cut by."""

    text: str
    calm: str
    language: str


UNKNOWN = KnownLayout()
LONGEST_WORD = 80  # as far back as a word is looked at: a text may be one endless word
WINDOW = 2000  # the library's time grows with the square of what it is given at once
MARGIN = 100  # it judges an end by the words around it, so not where a window breaks off

CITED = r"\[(?:\d{1,3}|[a-z]|(?:note|nb) \d{1,3}|citation needed)\]"
CLOSED = rf"(?:[`*\"'”’»)\]]|{CITED})*"
CITATION = re.compile(CITED)
IN_A_WORD = re.compile(r"[^\W_]")
ENDER = re.compile(r"[.!?\u0589-\uffff]")
# The library never cuts between a pair of quotation marks, so one left open, as in scraped text it
# often is, would swallow whole paragraphs: it is shown none of them.
UNSEEN = re.compile(rf"[\s`*\"“”„‟«»‹›‘‚‛《》「」『』<>]+|(?<!\w)['’]+|['’]+(?!\w)|{CITED}")
TAIL = re.compile(rf"{CLOSED}(?:[^\S\n]*(?:[»”)\]]|{CITED}))*")
# Ends that need no judgement of words: those of wide scripts, which no space need follow, that of
# a whole sentence in brackets, and a unit such as km/h, whose last letter passes for an initial.
SURE_END = re.compile(
    r"(?:[。！？｡।॥۔؟]|．(?!\d))+[”’」』）》】\"')\]]*"
    r"|(?<=[a-z]{3})[.!?][\"”’]*[)\]](?=\s+[A-Z])|(?<=/[a-z])\.(?=\s+[A-Z])"
)
# Japanese goes on after what somebody says: 「はい。」と答えた.
SAID = re.compile("[」』](?=[とはがをにのもでな])")
GLUED = re.compile(
    rf"(?P<left>[^\W\d_]{{2}}|[\"”’»)\]])[.!?]{CLOSED}"
    r"(?=[\"“‘(]?(?P<right>[^\W\d_]+)(?:['’-]\w+)*[\s,])"
)
LIKE_CODE = re.compile(r"[@/\\_=#`]|\w\(|^www\.|^[a-z]+[A-Z]")
BREATHS = [re.compile(mark + r"(?=\s)", re.DOTALL) for mark in (".*;", ".*,", ".*")]


def sentences(
    text: str, longest: int = 600, known: KnownLayout = UNKNOWN, language: str = ENGLISH
) -> list[Sentence]:
    """The sentences of any text, in order, none of more than `longest` characters.

    A row of a table, where `known` has one, is one sentence.
    """
    told = language_of(text) if language == ENGLISH else language
    source = _Source(text, calmed(text), told)
    blocks = paragraphs(source.calm)
    found = []
    for number, (start, end) in enumerate(blocks):
        last = number + 1 == len(blocks)
        begin = _next_visible(text, start)
        for piece in _pieces(source, begin, end, known, last):
            spans = _shortened(text, piece, max(longest, 1))
            found += [Sentence(*span, number, piece.heading) for span in spans]
    return found


def _pieces(
    source: _Source, start: int, end: int, known: KnownLayout, last: bool
) -> Sequence[Piece]:
    """A paragraph's sentences; it may be a title instead, unless it is the last one."""
    text, calm, _ = source
    if start in known.rows or is_row(calm[start:end]):
        return [Piece(start, end)]
    cut = (piece for line in lines(calm, start, end) for piece in _cut(source, line))
    pieces = _attached(text, list(cut))
    if start in known.headings and not pieces[0].heading:
        return _titled(source, start, end, last)
    guessed = not known.complete and len(pieces) == 1 and is_title(calm[start:end])
    return [pieces[0]._replace(heading=True)] if guessed and not last else pieces


def _titled(source: _Source, start: int, end: int, last: bool) -> Sequence[Piece]:
    """A paragraph whose first line is a title, which nothing may follow in it."""
    text, calm, _ = source
    body = calm.find("\n", start, end)
    if body < 0:
        return [Piece(start, end, heading=not last)]
    rest = _pieces(source, _next_visible(text, body), end, UNKNOWN, last=True)
    return [Piece(start, start + len(text[start:body].rstrip()), heading=True), *rest]


def _cut(source: _Source, piece: Piece) -> Iterator[Piece]:
    """The sentences of a piece, without the white space around them."""
    calm, words = source.calm, max(piece.start, piece.body)
    ends = [] if piece.heading else _sentence_ends(calm[words : piece.end], source.language)
    for start, end in pairwise([piece.start, *(words + end for end in ends), piece.end]):
        begin = _next_visible(calm, start)
        if begin < end:
            yield Piece(begin, begin + len(calm[begin:end].rstrip()), piece.heading)


def _sentence_ends(chunk: str, language: str) -> list[int]:
    """The ends of sentences: the library knows the words, the rules here the marks around them."""
    sure = (match.end() for match in SURE_END.finditer(chunk))
    ends = {end for end in sure if not SAID.match(chunk, end - 1)}
    glued = {match.end() for match in GLUED.finditer(chunk) if _is_glued(match)}
    seen = UNSEEN.sub(lambda marks: " " * len(marks[0]), chunk).replace("…", ".")
    for start, following in pairwise(_library_starts(seen, language)):
        stop = start + len(seen[start:following].rstrip())
        tail = TAIL.match(chunk, stop)
        end = tail.end() if tail else stop
        parted = end in glued or chunk[end : end + 1].isspace()
        if parted and (end in glued or not _runs_on(chunk, end, language)):
            ends.add(end)
    return list(_without_labels(chunk, sorted(ends)))


def _without_labels(chunk: str, ends: list[int]) -> Iterator[int]:
    """The ends, but for those of numbers in front of what they count: "2. Run it."."""
    start = 0
    for end in ends:
        if end - start > LONGEST_WORD or not is_label(chunk[start:end]):
            yield end
            start = end


def _library_starts(seen: str, language: str) -> list[int]:
    """The places where the library would begin a sentence, the text's own beginning first."""
    starts, position = [0], 0
    while position < len(seen):
        window = seen[position : position + WINDOW]
        whole = position + WINDOW >= len(seen)
        trusted = len(window) if whole else WINDOW - MARGIN
        spans = sentencex.get_sentence_boundaries(language, window) if ENDER.search(window) else []
        inside = [start for span in spans if 0 < (start := int(span["start_index"])) < trusted]
        starts += [position + start for start in inside]
        position += len(window) if whole else (inside or [trusted])[-1]
    return starts


def _runs_on(chunk: str, end: int, language: str) -> bool:
    """Return whether a sentence goes on after its mark, as in '"Why?" he asked' and 'approx. 5'."""
    begin = _next_visible(chunk, end)
    following = chunk[begin : begin + 1]
    if chunk[end - 1] != ".":
        return following.islower()
    letter = IN_A_WORD.search(chunk, 0, LONGEST_WORD)
    word = _last_word(chunk, end - 1) if chunk[end - 2 : end - 1].strip() else ""
    capitalized = letter is not None and not letter[0].islower()
    return runs_on(word, chunk[begin : begin + LONGEST_WORD], capitalized, language)


def _is_glued(match: re.Match[str]) -> bool:
    """True where a space was lost between two sentences: a name, path or address has dots too."""
    left, right = match["left"], match["right"]
    if left.isalpha() and not left.islower():
        return False
    begins = right in {"A", "I"} or (right[0].isupper() and right != right.upper())
    return begins and not LIKE_CODE.search(_last_word(match.string, match.end("right")))


def _last_word(text: str, end: int) -> str:
    return text[max(0, end - LONGEST_WORD) : end].rsplit(maxsplit=1)[-1]


def _attached(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces, with what has no word of its own, such as a lone bracket, joined to another."""
    kept: list[Piece] = []
    worded = True  # whether the last piece kept has a word
    for piece in pieces:
        has_word = bool(IN_A_WORD.search(CITATION.sub("", text[piece.start : piece.end])))
        if kept and not (has_word and worded):
            heading = piece.heading if has_word else kept[-1].heading
            kept[-1] = Piece(kept[-1].start, piece.end, heading)
            worded = worded or has_word
        else:
            kept.append(piece)
            worded = has_word
    return kept


def _shortened(text: str, piece: Piece, longest: int) -> Iterator[tuple[int, int]]:
    """The spans of a piece, cut where a reader would draw breath, else wherever it must be."""
    start = piece.start
    while piece.end - start > longest:
        reach = (start + longest // 2, start + longest + 1)
        breaths = (match for breath in BREATHS if (match := breath.match(text, *reach)))
        end = next((match.end() for match in breaths), start + longest)
        yield start, start + len(text[start:end].rstrip())
        start = _next_visible(text, end)
    yield start, piece.end


def _next_visible(text: str, position: int) -> int:
    visible = VISIBLE.search(text, position)
    return visible.start() if visible else len(text)
