"""Read files that come through a pipe, one after another, in a process of its own.

`python -m retrieval.reading.formats.sandbox SECONDS MEMORY OUTPUT`, started by `process`, with
limits as in `ReadLimits`.
"""

import errno
import json
import os
import sys
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from retrieval.reading.formats import errors
from retrieval.reading.formats.errors import NeedsRecognitionError, UnreadableError
from retrieval.reading.formats.sandbox.read import read
from retrieval.reading.limits import ReadLimits

from .confine import allow_seconds, confine, peak_memory
from .protocol import Request, packed, packed_sentence, receive_request, send

READY = b"ready"
# From this share of the memory on, what failed is taken to have failed for want of it: libraries in
# C say all kinds of things then.
NEARLY_ALL = 0.8


def serve(limits: ReadLimits) -> None:
    """Answer requests until there are no more."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library reads or prints, it isn't from or to the other process.
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)
    confine(limits)
    send(answers, READY)
    with suppress(EOFError):
        while True:
            request = receive_request(requests)
            allow_seconds(limits.seconds)
            send(answers, _answered(request, limits))


def _answered(request: Request, limits: ReadLimits) -> bytes:
    try:
        answer = _answer_or_need(request, limits)
        # A process that has grown fat has less left for the next file.
        answer["spent"] = answer.get("spent") or peak_memory() > limits.memory // 2
        return json.dumps(answer, ensure_ascii=False).encode()
    except MemoryError:
        return json.dumps(_out_of_memory(limits)).encode()


def _answer_or_need(request: Request, limits: ReadLimits) -> dict[str, Any]:
    try:
        return _answer(request, limits)
    except NeedsRecognitionError:
        return {"recognise": True}


def _answer(request: Request, limits: ReadLimits) -> dict[str, Any]:
    try:
        return {"content": packed(read(request, limits.output))}
    except NeedsRecognitionError:
        raise
    except UnreadableError as error:
        return {"error": packed_sentence(error.sentence)}
    except RecursionError:
        return {"error": packed_sentence(errors.nested().sentence)}
    except BaseException as error:  # noqa: BLE001 -- there is no end to what broken files set off
        if _for_want_of_memory(error, limits):
            return _out_of_memory(limits)
        if isinstance(error, ImportError):
            return {"missing": str(error)}
        said = packed_sentence(errors.damaged().sentence)
        return {"error": said, "cause": _cause(error)}


def _for_want_of_memory(error: BaseException, limits: ReadLimits) -> bool:
    refused = isinstance(error, OSError) and error.errno == errno.ENOMEM
    # A library in C that can't be loaded for want of memory.
    unloaded = isinstance(error, ImportError) and "map segment" in str(error)
    full = peak_memory() > limits.memory * NEARLY_ALL
    return isinstance(error, MemoryError) or refused or unloaded or full


def _out_of_memory(limits: ReadLimits) -> dict[str, Any]:
    said = packed_sentence(errors.too_much_memory(limits.memory).sentence)
    return {"error": said, "spent": True, "starved": True}


def _cause(error: BaseException) -> str:
    """The error's name and place, for the log: its message may hold some of the file."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    name = PurePath(place.tb_frame.f_code.co_filename).name if place else "?"
    return f"{type(error).__name__} in {name}:{place.tb_lineno if place else 0}"


if __name__ == "__main__":
    serve(ReadLimits(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
