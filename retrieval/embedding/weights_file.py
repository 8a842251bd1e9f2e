"""Files of weights in the safetensors format, mapped into memory.

The safetensors library copies what it reads. Mapped, a table of which a question needs a few rows
takes no more memory than those, and all processes share it.
"""

import json
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# The number of bytes, at the beginning, that say how long the header is.
LENGTH = 8
TYPES = {"F32": "<f4", "F16": "<f2", "I64": "<i8", "I8": "|i1", "U8": "|u1"}


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """A file's weights by name; they may be read only, and as long as `data` is open."""

    data: mmap.mmap
    weights: dict[str, NDArray[Any]]

    def give_back(self) -> None:
        """Give its memory back to the system: what is looked at again is read from disk again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self.data.madvise(mmap.MADV_DONTNEED)


def map_weights(path: Path) -> WeightsFile:
    """Map a file. Raises OSError where it can't be read, ValueError where it is not of the format.

    What its weights are is for whoever checks its hash.
    """
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = LENGTH + int.from_bytes(data[:LENGTH], "little")
    header = json.loads(data[LENGTH:start])
    header.pop("__metadata__", None)
    return WeightsFile(data, {name: _array(data, start, told) for name, told in header.items()})


def _array(data: mmap.mmap, start: int, told: dict[str, Any]) -> NDArray[Any]:
    count, offset = int(np.prod(told["shape"])), start + told["data_offsets"][0]
    return np.frombuffer(data, TYPES[told["dtype"]], count, offset).reshape(told["shape"])
