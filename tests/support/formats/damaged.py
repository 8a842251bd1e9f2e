"""Good files of every kind, damaged at random; the same files for the same seed."""

from collections.abc import Iterator
from itertools import cycle, islice
from random import Random

from . import zips
from .specimens import Specimen, specimens

# What means something in one format or another.
PIECES = (
    *(b"<", b"/", b"[[[[", b">>", b"0" * 30, b"-1", b"999999999999", b"\xff\xfe", b"\0", b"&#x0;"),
    *(b'"', b"(", b"null", b"%PDF-", b"PK\3\4", b"<html>", b"---\n", b"\r", b"\xed\xa0\x80"),
)
LONGEST_CUT, LONGEST_COPY = 200, 300  # bytes
LOST = 0.1  # how often a member of an archive goes missing


def damaged_files(count: int, seed: int) -> Iterator[tuple[str, Specimen]]:
    """So many damaged files, each with the kind it was, the kinds taking turns."""
    random = Random(seed)
    for kind, specimen in islice(cycle(specimens().items()), count):
        inside = specimen.data.startswith(b"PK") and random.random() < 0.5
        data = (_damaged_inside if inside else _damaged)(specimen.data, random)
        yield kind, specimen._replace(data=data)


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
        data = random.choice((_flipped, _replaced, _cut_out, _copied, _inserted, _cut_off))(
            data, random
        )
    return data


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
