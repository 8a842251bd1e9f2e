"""Files damaged at random, the same ones for the same seed."""

from collections.abc import Sequence
from random import Random

from . import zips

# What means something in one format or another.
PIECES = (
    *(b"<", b"/", b"[[[[", b">>", b"0" * 30, b"-1", b"999999999999", b"\xff\xfe", b"\0", b"&#x0;"),
    *(b'"', b"(", b"null", b"%PDF-", b"PK\3\4", b"<html>", b"---\n", b"\r", b"\xed\xa0\x80"),
)
LONGEST_CUT, LONGEST_COPY, LONGEST_MARK = 200, 300, 8  # bytes
LONGEST_RUN, TIMES = 50_000, (2, 2, 2, 10, 10, 100, 1_000)
LOST = 0.1  # how often a member of an archive goes missing


def damage(data: bytes, random: Random, others: Sequence[bytes] = ()) -> bytes:
    """The bytes of a file with damage done to them, or in an archive to one of its members.

    Pieces of `others`, files of other kinds, may get into it.
    """
    inside = data.startswith(b"PK") and random.random() < 0.5
    if inside:
        return _damaged_inside(data, random)
    mixed = bool(others) and random.random() < 0.2
    return _damaged(_mixed(data, random, random.choice(others)) if mixed else data, random)


def _damaged_inside(data: bytes, random: Random) -> bytes:
    """An archive whose members are damaged, while it is whole itself."""
    members = zips.members(data)
    name = random.choice(list(members))
    members[name] = _damaged(members[name], random)
    if random.random() < LOST:
        del members[name]
    return zips.archive(members)


def _damaged(data: bytes, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        data = random.choice(WAYS)(data, random)
    return data


def _mixed(data: bytes, random: Random, other: bytes) -> bytes:
    at, source = random.randrange(len(data) + 1), random.randrange(len(other) + 1)
    return data[:at] + other[source : source + random.randint(1, LONGEST_COPY)] + data[at:]


def _repeated(data: bytes, random: Random) -> bytes:
    """A mark, or a line, over and over: what costs more than its length shows itself so."""
    at = random.randrange(len(data) + 1)
    if random.random() < 0.5:
        piece = data[at : at + random.randint(1, LONGEST_MARK)]
    else:
        piece = data[data.rfind(b"\n", 0, at) + 1 : (data.find(b"\n", at) + 1) or len(data)]
    run = piece[:LONGEST_RUN] * random.choice(TIMES)
    return data[:at] + run[:LONGEST_RUN] + data[at:]


def _flipped(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return (
        data[:at]
        + bytes(byte ^ 1 << random.randrange(8) for byte in data[at : at + 1])
        + data[at + 1 :]
    )


def _replaced(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.randbytes(1) + data[at + 1 :]


def _cut_out(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + data[at + random.randint(1, LONGEST_CUT) :]


def _copied(data: bytes, random: Random) -> bytes:
    at, source = random.randrange(len(data) + 1), random.randrange(len(data) + 1)
    return data[:at] + data[source : source + random.randint(1, LONGEST_COPY)] + data[at:]


def _inserted(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(PIECES) + data[at:]


def _cut_off(data: bytes, random: Random) -> bytes:
    # Seldom, as little can be learnt from what is left.
    return data[: random.randrange(len(data) + 1)] if random.random() < 0.3 else data


WAYS = (_flipped, _replaced, _cut_out, _copied, _inserted, _cut_off, _repeated)
