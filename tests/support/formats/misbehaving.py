"""A worker that does what a file could only trick it into: the file itself says what.

Run as a program, in the place of `retrieval.reading.formats.sandbox`. Two words make a file:
what to do, and with which path or number. What comes of it is the text.
"""

import os
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn
from unittest.mock import patch

from retrieval.reading.formats.content import Content, Part
from retrieval.reading.formats.sandbox import __main__ as worker
from retrieval.reading.formats.sandbox.process import COMMAND
from retrieval.reading.limits import ReadLimits

# The command that starts such a worker, in the same bounds as the true one.
MISBEHAVING = (*COMMAND[:-2], __file__)
GARBAGE = b'\0\0\0\x10{"parts": "lies"}'


def behave(data: bytes) -> str:
    """Do what the bytes say."""
    name, _, rest = data.decode().partition(" ")
    behaviour = globals()[f"do_{name}"]
    told = behaviour(rest)
    return str(told) if told else "Done."


def do_nothing(_: str) -> None:
    """Read as a good file does."""


def do_die(number: str) -> None:
    """Die by a signal."""
    os.kill(os.getpid(), int(number))


def do_exit(status: str) -> NoReturn:
    """End, with an exit status."""
    os._exit(int(status))


def do_die_once(mark: str) -> None:
    """Die unless there is a file, and make it."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def do_spin(_: str) -> NoReturn:
    """Never end."""
    while True:
        pass


def do_wait_for_reader(pipe: str) -> None:
    """Wait until another process opens a named pipe to read."""
    os.close(os.open(pipe, os.O_WRONLY))


def do_wait_for_writer(pipe: str) -> None:
    """Wait until another process opens a named pipe to write, and then closes it."""
    Path(pipe).read_bytes()


def do_keep(pipe: str) -> None:
    """Keep a named pipe open for as long as the worker lives."""
    os.open(pipe, os.O_WRONLY)


def do_fork(pipe: str) -> None:
    """Leave a process behind that holds all that the worker holds, and end."""
    if os.fork() == 0:
        os.open(pipe, os.O_WRONLY)
        threading.Event().wait()
    os._exit(1)


def do_print(_: str) -> None:
    """Write what might pass for a reply wherever a library might."""
    print(GARBAGE.decode(), flush=True)
    sys.__stdout__.write(GARBAGE.decode())  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]
    os.write(1, GARBAGE)


def do_complain(times: str) -> None:
    """Write more to the error output than a pipe holds."""
    for _ in range(int(times)):
        os.write(2, b"x" * 5000)


def do_hoard(size: str) -> None:
    """Take `size` MiB of memory at once, and let go of it."""
    len(bytearray(int(size) << 20))


def do_recurse(_: str) -> str:
    """Go too deep."""
    return do_recurse(_)


def do_write(path: str) -> None:
    """Write to a file."""
    with open(path, "w") as file:  # noqa: PTH123 -- the plainest way
        file.write("x")


def do_environment(_: str) -> str:
    """Tell the environment."""
    return "\n".join(f"{name}={value}" for name, value in os.environ.items())


def do_descriptors(_: str) -> str:
    """Tell what is open."""
    folder = Path("/proc/self/fd")
    return "\n".join(str(each.readlink()) for each in folder.iterdir() if each.is_symlink())


def do_modules(_: str) -> str:
    """Tell which packages are loaded."""
    return "\n".join(sorted({name.partition(".")[0] for name in sys.modules}))


def do_pid(_: str) -> int:
    """Tell the process."""
    return os.getpid()


def main(arguments: list[str]) -> None:
    """Serve as the true worker does, but for what it reads."""
    content = "retrieval.reading.formats.sandbox.__main__.read"
    seconds, memory, output = arguments
    with patch(content, lambda request, most: Content("text", (Part(behave(request.data)),))):
        worker.serve(ReadLimits(float(seconds), int(memory), int(output)))


if __name__ == "__main__":
    main(sys.argv[1:])
