"""Send a file to the process that reads it, and its content back: JSON, in frames.

Nothing else is taken from that process, as a file may have taken it over.
"""

import json
from dataclasses import dataclass
from typing import IO, Any

from retrieval.reading.formats.content import Content, Heading, Part

LENGTH = 4  # bytes that say how long the frame is that follows
LARGEST = 2 ** (8 * LENGTH) - 1


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
