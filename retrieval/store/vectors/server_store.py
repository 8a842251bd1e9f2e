"""Vectors on a Chroma server, which several processes with homes of their own may share."""

import uuid
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from chromadb.api.fastapi import FastAPI
from chromadb.config import Settings, System
from chromadb.errors import ChromaError, error_types

from retrieval.errors import Sentence
from retrieval.store.disk import ROOM, replace_file

from .vector_store import VectorsError, VectorStore

# In a home: what its libraries go by at the server, where other homes have libraries too.
ID = "vectors.id"
# Seconds until a server that doesn't answer is given up for the moment: a question that comes then
# waits so long, and those after it not at all.
PATIENCE = httpx.Timeout(5.0, connect=2.0)


@dataclass(frozen=True, slots=True)
class Server:
    """A Chroma server: its URL, and the headers, a key for example, that it wants to see."""

    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


class PatientAPI(FastAPI):
    """Chroma's own client, which would wait for ever, and can't tell Chroma from what is not."""

    def __init__(self, system: System) -> None:
        super().__init__(system)
        self.wait_for(PATIENCE)
        self._session.event_hooks = {"response": [_check]}

    def wait_for(self, patience: httpx.Timeout) -> None:
        """Give a server that doesn't answer up after so long."""
        self._session.timeout = patience

    def close(self) -> None:
        """Close all connections."""
        self._session.close()


def _check(response: httpx.Response) -> None:
    """Raises HTTPError for what is not an answer, or an error, of Chroma's own."""
    is_json = "json" in response.headers.get("content-type", "")
    if response.is_success and not is_json:
        raise httpx.RemoteProtocolError("what answers there is not Chroma")
    if response.is_success:
        return
    response.read()
    answer = response.json() if is_json else {}
    if not isinstance(answer, dict) or answer.get("error") not in error_types:
        response.raise_for_status()


class ServerStore(VectorStore):
    """The vectors of a home at a server. What it holds there is only touched by that home."""

    def __init__(self, home: Path, server: Server, patience: httpx.Timeout | None = None) -> None:
        """Makes no connection yet. Raises OSError where the home can't be written."""
        super().__init__()
        self.server = server
        if not (home / ID).exists():
            replace_file(home / ID, uuid.uuid4().hex.encode())
        self._id = (home / ID).read_text().strip()
        self.api: PatientAPI = System(_settings(server)).instance(PatientAPI)
        if patience is not None:
            self.api.wait_for(patience)

    def repair(self) -> None:
        """Look if the server is back. Raises VectorsError while it isn't."""
        try:
            self.api.heartbeat()
        except (ChromaError, httpx.HTTPError) as error:
            self.failure = self.explain(error)
            raise VectorsError(self.failure) from error
        self.mended()

    @property
    def where(self) -> str:
        """The place of the vectors, for people."""
        return f"at the Chroma server {self.server.url}, as footnote-{self._id}-…"

    def explain(self, error: Exception) -> str:
        """The failure in a sentence."""
        if isinstance(error, httpx.HTTPStatusError):
            said = f"{error.response.status_code} {error.response.reason_phrase}".strip()
            return Sentence(
                "The Chroma server at {url} answers {answer}.", url=self.server.url, answer=said
            )
        return Sentence(
            "The Chroma server at {url} can't be used: {error}.",
            url=self.server.url,
            error=str(error),
        )

    def name(self, library: str) -> str:
        """The name of a library's collection there, where other homes have libraries too."""
        return f"footnote-{self._id}-{library}"

    def changing(self, room: int = ROOM) -> AbstractContextManager[None]:
        """Change nothing here: what the block changes is as safe as the server keeps it."""
        return nullcontext()

    def forget_deleted(self, library: str) -> bool:
        """The server writes what was overwritten to its disk when it sees fit."""
        return True

    def check_room(self, room: int = ROOM) -> None:
        """The server looks after its own disk."""

    def close(self) -> None:
        """Closes all connections."""
        self.api.close()


def _settings(server: Server) -> Settings:
    return Settings(
        anonymized_telemetry=False,
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=server.url,
        chroma_server_http_port=httpx.URL(server.url).port or 8000,
        chroma_server_ssl_enabled=server.url.startswith("https:"),
        chroma_server_headers=dict(server.headers),
    )
