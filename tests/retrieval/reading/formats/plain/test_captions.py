"""Captions: what is said, in sentences, with the minute in which it is said."""

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import text_of

SUBRIP = """1
00:00:01,000 --> 00:00:03,000
<i>The tide is</i>

2
00:00:03,000 --> 00:00:04,000
high at noon.

3
00:00:04,000 --> 00:00:05,000
>> ADA: And low at six.

4
01:02:10,000 --> 01:02:12,000
Stay ashore then.
"""
WEBVTT = """WEBVTT

NOTE not shown

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.000 align:start
<v Ada Lorne>Low tide</v>

00:02.000 --> 00:02.010
<v Ada Lorne>Low tide

00:02.010 --> 00:04.000
Low tide
<00:00:03.000><c>is at</c> six &amp; seven.

00:04.000 --> 00:06.000
<v Ivo>Thanks.
"""


def test_speech_comes_in_sentences_without_numbers_and_times(parsers: Parsers) -> None:
    content = parsers.read(SUBRIP.encode(), "a.srt")
    assert text_of(content).split("\n\n") == [
        *("The tide is high at noon.", "Ada: And low at six.", "Ada: Stay ashore then."),
    ]
    assert [part.page for part in content.parts] == [1, 63]


def test_captions_that_roll_are_said_once_and_speakers_are_kept(parsers: Parsers) -> None:
    content = parsers.read(WEBVTT.encode(), "a.vtt")
    assert text_of(content) == "Ada Lorne: Low tide is at six & seven.\n\nIvo: Thanks."


def test_without_blank_lines_numbers_are_no_speech(parsers: Parsers) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nHigh\n2\n00:00:02,000 --> 00:00:03,000\ntide.\n"
    assert text_of(parsers.read(text.encode(), "a.srt")) == "High tide."


def test_a_file_without_times_is_text(parsers: Parsers) -> None:
    assert parsers.read(b"1\n\nHigh tide.", "a.srt").kind == "text"
