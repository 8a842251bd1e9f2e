"""The protocol of a verb's client and the home's owner: frames, each a line of JSON.

The client begins with a `Hello`. Then the owner says what to write (`out`, `err`), what to read
from standard input (`read`: a line, or all), and in the end how the verb ended (`exit`); the client
says what it read (`typed`), when its screen has got another size (`size`: columns and lines), and
when the person has had enough (`interrupt`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

Frame = dict[str, Any]
# Bytes of a line: standard input may be a whole document.
LONGEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Hello:
    """A client's greeting: the arguments, the folder, and the kind of screen.

    `environment` holds the variables that describe the screen, and the bare names of those that
    are named like settings, without their values.
    """

    version: str
    token: str
    arguments: list[str]
    folder: str
    environment: Mapping[str, str]
    encoding: str
    terminals: list[str]  # which of stdin, stdout and stderr are a terminal


def packed(frame: Frame) -> bytes:
    """A frame as it is sent."""
    return json.dumps(frame).encode("ascii") + b"\n"


def received(stream: BinaryIO) -> Frame | None:
    """The next frame, None where there is no other. Raises ValueError where it is none."""
    line = stream.readline(LONGEST)
    if not line.endswith(b"\n"):
        return None
    frame = json.loads(line)
    if not isinstance(frame, dict):
        raise ValueError("a frame is an object")
    return frame
