"""Vectors on a Chroma server: all is as with files of one's own, and goes on while it is away."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest
import trustme

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.store.inventory import is_whole
from retrieval.store.vectors.server_store import Server, ServerStore
from retrieval.store.vectors.vector_store import VectorsError
from tests.support.chroma_server import KEY, ChromaServer, chroma, gate
from tests.support.homes import contents, note, put, wait_until_whole
from tests.support.homes import opened as opened_here

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

TEA = "Tea is brewed from leaves. The water should be hot."
FERRY = "The ferry left at noon. Nobody was on board."
QUESTION = "How should the water be?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A Chroma server that all tests here share, and may stop for a while."""
    with chroma(tmp_path_factory.mktemp("chroma")) as server:
        yield server


def opened(
    folder: Path,
    embedder: SentenceEmbedder,
    server: Server,
    patience: httpx.Timeout | None = None,
) -> AbstractContextManager[Library]:
    """The library of a home whose vectors are at a server."""
    return opened_here(
        folder, embedder, open_store=lambda home: ServerStore(home, server, patience)
    )


@pytest.fixture
def library(tmp_path: Path, embedder: SentenceEmbedder, server: ChromaServer) -> Iterator[Library]:
    """A library at the server, with two documents."""
    with opened(tmp_path / "home", embedder, Server(server.url)) as library:
        put(library, [note("tea", TEA), note("ferry", FERRY)])
        yield library


@contextmanager
def away(server: ChromaServer, library: Library) -> Iterator[None]:
    """The server is stopped for the block; afterwards it is there again, and all is made good."""
    server.stop()
    try:
        yield
    finally:
        server.start()
    wait_until_whole(library)


def test_answers_are_those_of_a_home_with_files_of_its_own(
    library: Library, tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened_here(tmp_path / "other", embedder) as other:
        put(other, [note("tea", TEA), note("ferry", FERRY)])
        for question in (QUESTION, "When did the ferry leave?", "Who won?"):
            here, there = other.ask(question), library.ask(question)
            assert here.text == there.text
            assert here.confidence == pytest.approx(there.confidence, abs=1e-4)
    assert not (tmp_path / "home" / "vectors").exists()
    assert library.home.store("common").index.whole


def test_documents_come_and_go_as_with_files_of_ones_own(library: Library) -> None:
    [tea] = [document.id for document in library.documents() if document.title == "tea"]
    library.remove([tea])
    put(library, [note("ferry", "The ferry left at one.")])
    assert contents(library).texts == {"ferry": "The ferry left at one."}
    list(library.reindex())
    assert contents(library).texts == {"ferry": "The ferry left at one."}


def test_homes_that_share_a_server_have_nothing_else_in_common(
    library: Library, tmp_path: Path, embedder: SentenceEmbedder, server: ChromaServer
) -> None:
    with opened(tmp_path / "other", embedder, Server(server.url)) as other:
        put(other, [note("bridge", "The bridge was opened in 1912.")])
        assert len(other.search("water")) == 1
        list(other.reindex())
        other.remove([document.id for document in other.documents()])
    assert library.census().missing == 0
    assert library.ask(QUESTION).answered


def test_a_home_opened_again_finds_its_vectors(
    tmp_path: Path, embedder: SentenceEmbedder, server: ChromaServer
) -> None:
    for _ in range(2):
        with opened(tmp_path / "home", embedder, Server(server.url)) as library:
            put(library, [note("tea", TEA)])
            assert is_whole(library.home.store("common"))


def test_while_the_server_is_away_answers_come_from_the_full_text(
    library: Library, server: ChromaServer, caplog: pytest.LogCaptureFixture
) -> None:
    with away(server, library):
        assert library.ask(QUESTION).citations[0].quote in TEA
        assert "answers come from the full text alone" in caplog.text
        assert library.search("noon")[0].title == "ferry"


def test_a_server_that_no_longer_answers_is_waited_for_only_once(
    library: Library, server: ChromaServer
) -> None:
    folder, embedder = library.home.folder, library.embedder
    library.close()
    brief = httpx.Timeout(0.5)
    with opened(folder, embedder, Server(server.url), brief) as again, server.frozen():
        assert again.ask(QUESTION).answered
        assert "timed out" in again.home.vectors.failure
        assert again.ask(QUESTION).answered


def test_what_came_and_went_while_the_server_was_away_is_made_good(
    library: Library, server: ChromaServer
) -> None:
    with away(server, library):
        put(library, [note("bridge", "The bridge was opened in 1912.")])
        library.remove([d.id for d in library.documents() if d.title == "tea"])
        assert library.ask("When was the bridge opened?").answered
    assert sorted(contents(library).texts) == ["bridge", "ferry"]


def test_a_home_is_opened_while_the_server_is_away(
    library: Library, server: ChromaServer, embedder: SentenceEmbedder
) -> None:
    folder = library.home.folder
    library.close()
    server.stop()
    with opened(folder, embedder, Server(server.url)) as again:
        assert again.ask(QUESTION).answered
        with pytest.raises(VectorsError, match="can't be used"):
            again.census()
        server.start()
        wait_until_whole(again)
        assert contents(again).texts == {"tea": TEA, "ferry": FERRY}


def test_a_server_that_has_lost_all_is_given_it_again(
    library: Library, server: ChromaServer, tmp_path: Path
) -> None:
    usual = server.folder
    with away(server, library):
        server.folder = tmp_path / "empty"
    # It is found missing when it is next asked for.
    assert library.search("water")
    wait_until_whole(library)
    assert contents(library).texts == {"tea": TEA, "ferry": FERRY}
    server.stop()
    server.folder = usual
    server.start()


def test_a_home_that_had_files_of_its_own_moves_to_a_server_by_itself(
    tmp_path: Path, embedder: SentenceEmbedder, server: ChromaServer
) -> None:
    with opened_here(tmp_path / "home", embedder) as library:
        put(library, [note("tea", TEA)])
    with opened(tmp_path / "home", embedder, Server(server.url)) as library:
        assert library.ask(QUESTION).answered
        wait_until_whole(library)
        assert contents(library).texts == {"tea": TEA}


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Whom this machine trusts to say who is who."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return authority


def test_a_server_is_reached_by_tls_and_with_a_key(
    tmp_path: Path, embedder: SentenceEmbedder, server: ChromaServer, authority: trustme.CA
) -> None:
    with (
        gate(server.url, authority) as url,
        opened(tmp_path / "home", embedder, Server(url, (KEY,))) as library,
    ):
        put(library, [note("tea", TEA)])
        assert contents(library).texts == {"tea": TEA}


def test_without_the_key_it_says_what_the_server_said(
    tmp_path: Path, embedder: SentenceEmbedder, server: ChromaServer, authority: trustme.CA
) -> None:
    with (
        gate(server.url, authority) as url,
        opened(tmp_path / "home", embedder, Server(url)) as library,
        pytest.raises(VectorsError, match=f"{url} answers 401 Unauthorized"),
    ):
        library.census()


def test_a_server_that_cannot_say_who_it_is_is_not_used(
    tmp_path: Path, embedder: SentenceEmbedder, server: ChromaServer
) -> None:
    with (
        gate(server.url, trustme.CA()) as url,
        opened(tmp_path / "home", embedder, Server(url, (KEY,))) as library,
        pytest.raises(FootnoteError, match="certificate verify failed"),
    ):
        library.census()
