"""Send a file to the process that reads it, and its content back: JSON, in frames.

Nothing else is taken from that process, as a file may have taken it over.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from retrieval.errors import Counted, Sentence
from retrieval.reading.formats.content import Content, Heading, Part

LENGTH = 4  # bytes that say how long the frame is that follows
LARGEST = 2 ** (8 * LENGTH) - 1
# A field of a template.
FIELD = re.compile(r"\{[^\W\d]\w*\}")


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read.

    `name` is a file name, or "". `charset` is the encoding that came with it, and `kind` what it
    was said to be: "text", which is believed, or "markdown" or "html". `recognise` says that the
    text in pictures may be read.
    """

    data: bytes
    name: str = ""
    charset: str | None = None
    kind: str | None = None
    recognise: bool = False


def send(stream: IO[bytes], data: bytes) -> None:
    """Write a frame. Raises OSError where the other end is closed."""
    stream.write(len(data).to_bytes(LENGTH, "big"))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], most: int = LARGEST) -> bytes:
    """Read a frame. Raises EOFError where the stream ends first, and ValueError for a frame of
    more than `most` bytes.
    """
    size = int.from_bytes(_exactly(stream, LENGTH), "big")
    if size > most:
        raise ValueError(f"a frame of {size} bytes is too long")
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def send_request(stream: IO[bytes], request: Request) -> None:
    """Write a file and what is known of it."""
    facts: dict[str, str | bool | None] = {
        "name": request.name,
        "charset": request.charset,
        "kind": request.kind,
    }
    facts["recognise"] = request.recognise
    send(stream, json.dumps(facts).encode())
    send(stream, request.data)


def receive_request(stream: IO[bytes]) -> Request:
    """Read what `send_request` wrote."""
    facts = json.loads(receive(stream))
    return Request(receive(stream), **facts)


def packed(content: Content) -> dict[str, Any]:
    """The JSON form of a content."""
    parts = [
        (
            *(part.text, part.page, [(h.start, h.level, h.title) for h in part.headings]),
            *(part.rows, part.links, part.hyperlinks),
        )
        for part in content.parts
    ]
    facts = {"kind": content.kind, "title": content.title, "author": content.author}
    return {**facts, "date": content.date, "unread": content.unread, "parts": parts}


def unpacked(content: Any) -> Content:
    """The content that some JSON stands for. Raises KeyError, TypeError or ValueError where it
    stands for none.
    """
    parts = (
        Part(
            str(text),
            None if page is None else int(page),
            tuple(Heading(int(start), int(level), str(title)) for start, level, title in headings),
            tuple((int(start), int(number)) for start, number in rows),
            tuple((int(start), str(address)) for start, address in links),
            tuple((int(start), int(end), str(address)) for start, end, address in hyperlinks),
        )
        for text, page, headings, rows, links, hyperlinks in content["parts"]
    )
    return Content(
        kind=str(content["kind"]),
        parts=tuple(parts),
        title=str(content["title"]),
        author=str(content["author"]),
        date=str(content["date"]),
        unread=tuple(int(page) for page in content["unread"]),
    )


def packed_sentence(sentence: str) -> Any:
    """The JSON form of a sentence: its templates, its number, and its values."""
    if not isinstance(sentence, Sentence):
        return sentence
    values = {
        name: packed_sentence(value) if isinstance(value, str) else value
        for name, value in sentence.values.items()
    }
    if isinstance(sentence, Counted):
        return [[sentence.one, sentence.many], sentence.number, values]
    return [[sentence.template], 0, values]


def unpacked_sentence(packed: Any) -> str:
    """The sentence that some JSON stands for. Raises KeyError, TypeError or ValueError where it
    stands for none.
    """
    if isinstance(packed, str):
        return packed
    templates, count, values = packed
    said: dict[str, Any] = {
        str(name): _number(value) if isinstance(value, int | float) else unpacked_sentence(value)
        for name, value in dict(values).items()
    }
    first, *others = (_checked(template, said) for template in templates)
    if not others:
        return Sentence(first, **said)
    [many] = others
    return Counted(first, many, _number(count), **said)


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is no number")
    return value


def _checked(template: Any, values: Mapping[str, object]) -> str:
    """A template whose fields are names: more could reach into what its values are."""
    if not isinstance(template, str) or (values and set("{}") & set(FIELD.sub("", template))):
        raise ValueError(f"{template!r} is no template")
    return template
