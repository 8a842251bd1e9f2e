"""SubRip and WebVTT: what is said, joined to sentences, without numbers, arrows and repetition.

A part is a minute, the first being 1, so that a citation says when something was said.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError

CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
TIMES = re.compile(rf"^[ \t]*{CLOCK}[ \t]*-->[ \t]*{CLOCK}(?:[ \t].*)?$")
VOICE = re.compile(r"<v(?:\.[\w.-]{1,50})?\s+([^<>\n]{1,80})>")
TAG = re.compile(r"</?[\w.:-][^<>\n]{0,200}>|<\d[\d:.]{1,20}>|\{\\[^{}\n]{0,100}\}")
SPEAKER = re.compile(r"^(?:>{1,2}|-)\s*(?:([^:\n]{1,40}):\s*)?|^([A-Z][A-Z .'-]{1,30}):\s+")
UNSEEN = ("NOTE", "STYLE", "REGION", "WEBVTT")
ENDS = (".", "!", "?", "…", "。", '."', '?"', '!"')
MINUTE, PAUSE = 60.0, 4.0  # seconds
LONGEST = 700  # characters of a paragraph, once its sentence ends


class Cue(NamedTuple):
    """Lines that are shown at once, from one second to another."""

    start: float
    end: float
    lines: tuple[str, ...]


class Said(NamedTuple):
    """A line that is said, by whom if that is known; `turn` where another begins to speak."""

    start: float
    end: float
    speaker: str
    turn: bool
    words: str


def read_captions(text: str, gathering: Gathering) -> None:
    """Add what is said. Raises OtherFormatError for text without times."""
    cues = list(_cues(text.replace("\r\n", "\n").split("\n")))
    if not cues:
        raise OtherFormatError
    minute = -1
    for start, words in _paragraphs(_once(cues)):
        if int(start // MINUTE) > minute:
            minute = int(start // MINUTE)
            gathering.begin_part(minute + 1)
        gathering.add_text(words)


def _cues(lines: list[str]) -> Iterator[Cue]:
    starts = [(at, times) for at, line in enumerate(lines) if (times := TIMES.match(line))]
    ends = [*(at for at, _ in starts[1:]), len(lines)][: len(starts)]
    for (at, times), end in zip(starts, ends, strict=True):
        said: list[str] = []
        for line in lines[at + 1 : end]:
            if not line.strip():
                break
            said.append(line)
        # Without a blank line between them, the next one's number stands here.
        if len(said) > 1 and at + 1 + len(said) == end < len(lines) and said[-1].strip().isdigit():
            said.pop()
        clock = times.groups()
        yield Cue(_seconds(clock[:4]), _seconds(clock[4:]), tuple(said))


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(each or 0) for each in clock)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _once(cues: list[Cue]) -> Iterator[Said]:
    """The lines, each once: captions that roll show a line again while the next one comes in."""
    before: list[str] = []
    for cue in cues:
        shown: list[str] = []
        for line in cue.lines:
            voice = VOICE.search(line)
            words = " ".join(unescape(TAG.sub("", VOICE.sub("", line))).split())
            if not words or words in shown:
                continue
            shown.append(words)
            if words in before:
                continue
            if before and words.startswith(before[-1] + " "):
                words = words[len(before[-1]) :].strip()
            yield _said(cue, words, voice[1].strip() if voice else "")
        before = shown or before


def _said(cue: Cue, words: str, voice: str) -> Said:
    if voice:
        return Said(cue.start, cue.end, voice, True, words)
    mark = SPEAKER.match(words)
    if mark is None:
        return Said(cue.start, cue.end, "", False, words)
    speaker = (mark[1] or mark[2] or "").strip()
    return Said(cue.start, cue.end, speaker, True, words[mark.end() :].strip())


def _paragraphs(lines: Iterator[Said]) -> Iterator[tuple[float, str]]:
    """Paragraphs with the second where each begins: one a speaker, or up to a pause."""
    start, end, speaker, length = 0.0, 0.0, "", 0
    words: list[str] = []
    for line in lines:
        done = bool(words) and words[-1].endswith(ENDS)
        other = line.turn and not (line.speaker and line.speaker == speaker)
        if words and (other or (done and (line.start - end > PAUSE or length > LONGEST))):
            yield start, _told(speaker if words else "", words)
            words, length = [], 0
            speaker = "" if other else speaker
        if not words:
            start = line.start
        speaker = line.speaker or speaker
        words.append(line.words)
        length += len(line.words) + 1
        end = line.end
    if words:
        yield start, _told(speaker, words)


def _told(speaker: str, words: list[str]) -> str:
    said = " ".join(filter(None, words))
    name = speaker.title() if speaker.isupper() and len(speaker) > 1 else speaker
    return f"{name}: {said}" if name and said else said
