"""Cut a text into sentences whose places in that text are known.

An answer quotes its sources by sentence, so a sentence here is a span: its characters can always
be found again in the text it came from, and no visible character is lost between two of them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

# The library is compiled and ships no type stubs; `_library_starts` is the only place using it.
import sentencex  # type: ignore[import-untyped]


class Sentence(NamedTuple):
    """One sentence: text[start:end], in which paragraph it stands, and whether it is a title."""

    start: int
    end: int
    paragraph: int
    heading: bool


class _Piece(NamedTuple):
    """A stretch of one paragraph: a title, a list item, a run of prose, later one sentence."""

    start: int
    end: int
    heading: bool = False
    body: int = 0  # where the words begin, after a list marker


_CODE = "\ue000"  # stands for every visible character of code, where no rule of prose applies
_ODD = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | dict.fromkeys((0x2028, 0x2029), "\n")
_CITE = r"\[(?:\d{1,3}|[a-z]|(?:note|nb) \d{1,3}|citation needed)\]"
_CLOSED = rf"(?:[\"'”’»)\]]|{_CITE})*"

_VISIBLE = re.compile(r"\S")
_ENDER = re.compile(r"[.!?…]|[\u0589-\uffff]")
_LETTER = re.compile(r"[^\W_]")
_CITATION = re.compile(_CITE)
_PARAGRAPH = re.compile(r"^[^\S\n]*+\S(?s:.*?)(?=\n\s*\n|\Z)", re.MULTILINE)
_FENCED = re.compile(r"^[ \t]*```[^`\n]*$(?s:.*?)\n[ \t]*```.*", re.MULTILINE)
_UNDERLINED = re.compile(
    r"(?:[ \t]*([=\-~^\"'`:#*+._])\1{2,}[ \t]*\n)?"
    r"[ \t]*(?P<title>(?![-*+•>|#]\s)(?=.*[^\W_]).{1,120})\n"
    r"[ \t]*(?P<rule>([=\-~^\"'`:#*+._])\4{2,})[ \t]*$",
    re.MULTILINE,
)
_OPENING_LINE = re.compile(
    rf"""^[ \t]*(?:
        (?P<title>\#{{1,6}}[ \t].*)
      | (?P<code>{_CODE}.*(?:\n[ \t]*{_CODE}.*)*)
      | (?P<marker>(?:[-*+•]|(?P<count>\d{{1,3}})[.)]|[a-z]\))[ \t]+)(?=\S)
      | \|.*\|[ \t]*$
      | ```
      | >.*(?:\n[ \t]*>[ \t]*[a-z].*)*  # a quotation wrapped in mid-sentence stays whole
    )""",
    re.MULTILINE | re.VERBOSE,
)
# Quotation marks go out of the library's sight: it never cuts between a pair, so one mark left
# open, as scraped text often has, would swallow many sentences (and slow it down badly).
_UNSEEN = re.compile(
    rf"[\s\"“”„‟«»‹›‘‚‛《》「」『』<>]+|(?<!\w)['’]+|['’]+(?!\w)|{_CITE}"  # noqa: RUF001 - quotes
)
_TAIL = re.compile(rf"{_CLOSED}(?:[^\S\n]*(?:[»”)\]]|{_CITE}))*")
# Ends that need no judgement of words: those of wide scripts, which no space need follow, that of
# a whole sentence in brackets, and a unit such as km/h, whose last letter passes for an initial.
_SURE_END = re.compile(
    r"(?:[。！？｡।॥۔؟]|．(?!\d))+[”’」』）》】\"')\]]*"  # noqa: RUF001 - enders
    r"|(?<=[^\W\d_]{4})[.!?][\"”’]*[)\]](?=\s+[A-Z])|(?<=/[a-z])\.(?=\s+[A-Z])"  # noqa: RUF001
)
_GLUED = re.compile(
    rf"(?P<left>[^\W\d_]{{2}}|[\"”’»)\]])[.!?]{_CLOSED}"
    r"(?=[\"“‘(]?(?P<right>[^\W\d_]+)(?:['’-]\w+)*[\s,])"  # noqa: RUF001 - quotes
)
_LIKE_CODE = re.compile(r"[@/\\_=#`]|\w\(|^www\.|^[a-z]+[A-Z]")
_BREATHS = [re.compile(p, re.DOTALL) for p in (r".*;(?=\s)", r".*,(?=\s)", r".*(?=\s)")]
_LONGEST_TITLE = 80


def sentences(text: str, longest: int = 600) -> list[Sentence]:
    """Take any text; give its sentences in order, none of them above `longest` characters."""
    calm = _calmed(text)
    blocks = [block.span() for block in _PARAGRAPH.finditer(calm)]
    found = []
    for number, (start, end) in enumerate(blocks):
        pieces = _attached(text, [p for line in _lines(calm, start, end) for p in _cut(calm, line)])
        if number + 1 < len(blocks) and len(pieces) == 1 and _is_title(calm[start:end]):
            pieces = [pieces[0]._replace(heading=True)]
        for piece in pieces:
            spans = _shortened(text, piece, max(longest, 1))
            found += [Sentence(*span, number, piece.heading) for span in spans]
    return found


def _calmed(text: str) -> str:
    """Give the text, character for character, with plain line ends and with code made mute."""
    calm = text.translate(_ODD).replace("\r\n", " \n").replace("\r", "\n")
    return _FENCED.sub(lambda code: _VISIBLE.sub(_CODE, code[0]), calm)


def _lines(calm: str, start: int, end: int) -> Iterator[_Piece]:
    """Part a paragraph where a line opens something new; a mere line end is a soft wrap."""
    opened = []
    if underlined := _underlined_title(calm, start, end):
        opened += [underlined, _Piece(underlined.end, end)]
    else:
        opened += [_Piece(start, end)]
    first = opened[-1].start
    for line in _OPENING_LINE.finditer(calm, first, end):
        # A wrapped sentence may end in a number: only a list already begun counts on from there.
        if line["count"] not in (None, "1") and len(opened) == 1 and line.start() > start:
            continue
        opened.append(_Piece(line.start(), end, bool(line["title"]), line.end("marker")))
        if line["title"] or line["code"]:
            opened.append(_Piece(line.end(), end))
    for piece, following in pairwise([*opened, _Piece(end, end)]):
        yield piece._replace(end=following.start)


def _underlined_title(calm: str, start: int, end: int) -> _Piece | None:
    match = _UNDERLINED.match(calm, start, end)
    if match and (match["rule"][0] in "=-" or len(match["rule"]) >= len(match["title"].rstrip())):
        return _Piece(start, match.end(), True)
    return None


def _is_title(line: str) -> bool:
    """Tell whether a paragraph of its own reads as a title, as in text exported from a page."""
    short = "\n" not in line and len(line.strip()) <= _LONGEST_TITLE
    if not short or not _LETTER.search(line) or _OPENING_LINE.match(line):
        return False
    return line.rstrip().rstrip("\"'”’»)]")[-1] not in ".!?…:;,。！？｡।؟"  # noqa: RUF001 - enders


def _cut(calm: str, piece: _Piece) -> Iterator[_Piece]:
    """Cut a piece into sentences, each without white space around it."""
    prose = not piece.heading
    ends = _sentence_ends(calm[piece.start : piece.end]) if prose else []
    bounds = [piece.start, *(piece.start + end for end in ends), piece.end]
    for start, end in pairwise(b for b in bounds if not piece.start < b <= piece.body):
        begin = _next_visible(calm, start)
        if begin < end:
            yield _Piece(begin, begin + len(calm[begin:end].rstrip()), piece.heading)


def _sentence_ends(chunk: str) -> list[int]:
    """Find where sentences end, from the library's judgement of the words between the marks."""
    ends = {wide.end() for wide in _SURE_END.finditer(chunk)}
    glued = {match.end() for match in _GLUED.finditer(chunk) if _is_glued(match)}
    seen = _UNSEEN.sub(lambda marks: " " * len(marks[0]), chunk)
    for start, following in pairwise(_library_starts(seen)):
        stop = start + len(seen[start:following].rstrip())
        tail = _TAIL.match(chunk, stop)
        end = tail.end() if tail else stop
        if end in glued or (chunk[end : end + 1].isspace() and not _runs_on(chunk, end)):
            ends.add(end)
    return sorted(ends)


def _library_starts(seen: str) -> list[int]:
    """Give the places where the library would begin a sentence."""
    if not _ENDER.search(seen):
        return []
    return [int(span["start_index"]) for span in sentencex.get_sentence_boundaries("en", seen)]


def _runs_on(chunk: str, end: int) -> bool:
    """Tell whether a question or a quotation goes on, as in '"Why?" he asked.'"""
    following = _next_visible(chunk, end)
    return chunk[following : following + 1].islower() and chunk[end - 1] != "."


def _is_glued(match: re.Match[str]) -> bool:
    """Tell a lost space between two sentences from the dot inside a name, a path or an address."""
    left, right = match["left"], match["right"]
    if left.isalpha() and not left.islower():
        return False
    begins = right in {"A", "I"} or (right[0].isupper() and right != right.upper())
    around = match.string[max(0, match.end() - 60) : match.end("right")].split()[-1]
    return begins and not _LIKE_CODE.search(around)


def _attached(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Join what has no word of its own, such as a lone quotation mark, to its neighbour."""
    kept: list[_Piece] = []
    worded = True  # whether the last piece kept has a word
    for piece in pieces:
        has_word = bool(_LETTER.search(_CITATION.sub("", text[piece.start : piece.end])))
        if kept and not (has_word and worded):
            heading = piece.heading if has_word else kept[-1].heading
            kept[-1] = _Piece(kept[-1].start, piece.end, heading)
            worded = worded or has_word
        else:
            kept.append(piece)
            worded = has_word
    return kept


def _shortened(text: str, piece: _Piece, longest: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long where a reader would draw breath, else in the middle of a word."""
    start = piece.start
    while piece.end - start > longest:
        reach = (start + longest // 2, start + longest + 1)
        breaths = (match for breath in _BREATHS if (match := breath.match(text, *reach)))
        end = next((match.end() for match in breaths), start + longest)
        yield start, start + len(text[start:end].rstrip())
        start = _next_visible(text, end)
    yield start, piece.end


def _next_visible(text: str, position: int) -> int:
    """Give the first place from `position` on that is not white space, else the text's end."""
    visible = _VISIBLE.search(text, position)
    return visible.start() if visible else len(text)
