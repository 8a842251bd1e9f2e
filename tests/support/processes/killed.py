"""Functions run in processes of their own, which may be killed."""

import multiprocessing
import signal
from collections.abc import Callable
from importlib import import_module

from tests.support.homes import PATIENCE

# Runs a function by its name, with arguments; whether its process was killed.
Killed = Callable[..., bool]


def processes_for(module: str) -> Killed:
    """Run functions of a module each in a process of its own, which has the module's imports."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])

    def run(name: str, *arguments: object) -> bool:
        process = context.Process(target=_call, args=(module, name, *arguments))
        process.start()
        process.join(PATIENCE)
        assert process.exitcode in (0, -signal.SIGKILL)
        return process.exitcode != 0

    return run


def _call(module: str, name: str, *arguments: object) -> None:
    # By its name: importing it where the test runs would load another model.
    getattr(import_module(module), name)(*arguments)
