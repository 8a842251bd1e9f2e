"""Shared by all tests: no network, and the bundled model, loaded once."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from numpy.typing import NDArray
from pytest_socket import disable_socket

# Read when the libraries are imported, so set before that; processes that are started inherit both.
# Texts as short as these gain nothing from a second thread, and lose a lot on a busy machine.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.model import Matrix
from retrieval.embedding.onnx_layers import OnnxLayers
from tests.support.models.real import serving
from tests.support.models.remembered import Remembered
from tests.support.processes import preloaded

# Files in memory, and the bytes that have to be free there.
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30  # noqa: S108 -- everybody's, as it is meant to be

# A busy machine is no failure. Examples are others in each run, so that few are enough for one;
# `--hypothesis-profile thorough` tries many.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("calm", CALM, max_examples=25)
settings.register_profile("thorough", CALM, max_examples=300)
settings.load_profile("calm")


def pytest_configure(config: pytest.Config) -> None:
    """Has homes lie in memory, where there is room: each change of one waits for the disk several
    times. Has processes that run side by side fork the program's from one and the same."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("TMPDIR", str(MEMORY))
        tempfile.tempdir = None  # found anew
    if config.getoption("numprocesses", None):
        os.environ[preloaded.ADDRESS] = preloaded.address()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Has files that are marked `long` begin first."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refuses every connection, but to what a test's mark `allow_hosts` names."""
    if item.get_closest_marker("allow_hosts") is None:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def remembered() -> Iterator[Remembered]:
    """The vectors that the bundled models give for a text are computed once."""
    remembered = Remembered()

    def once(layers: OnnxLayers, vectors: Matrix, mask: NDArray[np.int64]) -> Matrix:
        return remembered.once(layers, vectors, mask)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OnnxLayers, "__call__", once)
        yield remembered


@pytest.fixture
def each_pass(remembered: Remembered, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their vectors are computed each time: for a test of the models themselves."""
    monkeypatch.setattr(OnnxLayers, "__call__", remembered.each_time)


@pytest.fixture(scope="session")
def embedder() -> SentenceEmbedder:
    """The bundled model, as it answers in production."""
    return SentenceEmbedder()


@pytest.fixture(scope="session")
def smollm() -> Iterator[str]:
    """The URL at which the small chat model answers. Says how to install it where it isn't."""
    with serving() as url:
        yield url
