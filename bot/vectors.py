"""Where the settings have vectors kept: in the home, or on a Chroma server."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .settings import Settings

if TYPE_CHECKING:
    from retrieval.store.vectors.base import Store
    from retrieval.store.vectors.server import Server


def vector_store(settings: Settings, own: bool = True) -> "Callable[[Path], Store]":
    """What opens the place for the vectors of a home, given its folder.

    Only the settings' `own` home has vectors on a server: another is for the moment.
    """
    from retrieval.store.vectors.local import FileStore
    from retrieval.store.vectors.server import ServerStore

    server = chroma_server(settings)
    if server is None or not own:
        return FileStore
    return lambda home: ServerStore(home, server)


def chroma_server(settings: Settings) -> "Server | None":
    """The server that the settings name, if any."""
    from retrieval.store.vectors.server import Server

    if settings.chroma_url is None:
        return None
    header = settings.chroma_header
    if header is None:
        return Server(settings.chroma_url)
    name, _, value = header.get_secret_value().partition(":")
    return Server(settings.chroma_url, ((name.strip(), value.strip()),))
