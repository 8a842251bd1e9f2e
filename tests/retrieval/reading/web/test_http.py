"""However slow, large or twisted an answer is, it costs no more than was granted."""

import gzip
import socket
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from retrieval.reading.limits import Deadline, FetchLimits
from retrieval.reading.web.errors import NoAnswerError, NoPageError
from retrieval.reading.web.url import Place
from tests.support.web.serving import HOME, Reply, Site, fetcher, raw

LOCAL = pytest.mark.allow_hosts(["127.0.0.1"])
SMALL = FetchLimits(seconds=20.0, size=1000)
OK = b"HTTP/1.1 200 OK\r\n"


def packed(body: bytes, packing: str = "gzip") -> Reply:
    return Reply(body, headers={"Content-Encoding": packing})


@LOCAL
@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 1000),
        packed(gzip.compress(b"x" * 1000)),
        packed(gzip.compress(b"x" * 400) + gzip.compress(b"x" * 600), "x-gzip"),
        packed(b"x" * 1000, "identity"),
        raw(OK + b"\r\n", b"x" * 400, b"x" * 600),
        raw(OK + b"Transfer-Encoding: chunked\r\n\r\n3e8\r\n" + b"x" * 1000 + b"\r\n0\r\n\r\n"),
    ],
)
def test_what_is_just_small_enough_is_read_whole(site: Site, reply: Reply) -> None:
    site.replies["/"] = reply
    assert fetcher(site, SMALL).get(HOME).answer.body == b"x" * 1000


@LOCAL
@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 1001),
        packed(gzip.compress(b"x" * 1001)),
        packed(gzip.compress(b"") * 60),
        raw(OK + b"\r\n", *[b"z" * 9999] * 100),
        raw(OK + b"Content-Length: 99999999999\r\n\r\n"),
    ],
)
def test_what_is_larger_is_refused(site: Site, reply: Reply) -> None:
    site.replies["/"] = reply
    with pytest.raises(NoPageError, match="is larger than 1000 bytes"):
        fetcher(site, SMALL).get(HOME)


@LOCAL
@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 1001),
        packed(gzip.compress(b"x" * 100_000)),
        raw(OK + b"\r\n", *[b"x" * 9999] * 100),
        raw(OK + b"Content-Length: 99999999999\r\n\r\n" + b"x" * 1001),
    ],
)
def test_where_a_beginning_will_do_it_is_cut(site: Site, reply: Reply) -> None:
    site.replies["/"] = reply
    limits = FetchLimits(seconds=20.0, size=1000, cut=True)
    assert fetcher(site, limits).get(HOME).answer.body == b"x" * 1000


@LOCAL
def test_a_limit_is_told_in_mebibytes(site: Site) -> None:
    site.replies["/"] = raw(OK + b"Content-Length: 99999999999\r\n\r\n")
    with pytest.raises(NoPageError, match=r"is larger than 20 MiB\. Save the part you need"):
        fetcher(site).get(HOME)


@LOCAL
def test_a_bomb_takes_no_more_memory_than_the_limit(site: Site) -> None:
    site.replies["/"] = packed(gzip.compress(bytes(64 * 1024 * 1024), 1))
    tracemalloc.start()
    with pytest.raises(NoPageError, match="is larger than 2 MiB"):
        fetcher(site, FetchLimits(seconds=20.0, size=2 * 1024 * 1024)).get(HOME)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


@LOCAL
@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x", headers={"Content-Length": "50"}),
        packed(b"plain"),
        packed(gzip.compress(bytes(range(256)))[:-40]),
        packed(gzip.compress(b"a") + gzip.compress(b"b")[:-4]),
        raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
    ],
)
def test_what_does_not_come_whole_is_no_answer(site: Site, reply: Reply) -> None:
    site.replies["/"] = reply
    with pytest.raises(NoAnswerError, match="doesn’t answer as a web server should"):
        fetcher(site, SMALL).get(HOME)


@LOCAL
@pytest.mark.parametrize("packing", ["br", "deflate", "gzip, gzip", "zstd"])
def test_what_is_packed_in_other_ways_is_refused(site: Site, packing: str) -> None:
    site.replies["/"] = packed(b"x", packing)
    with pytest.raises(NoPageError, match="packed in a way that Footnote did not ask for"):
        fetcher(site, SMALL).get(HOME)


@LOCAL
def test_a_page_of_nothing_is_not_damaged(site: Site) -> None:
    site.replies["/"] = packed(b"")
    assert fetcher(site).get(HOME).answer.body == b""


@LOCAL
@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (OK + b"Content-Length: 9999\r\n\r\n", b"x"),
        (OK + b"X: ", b"x"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "header", "chunks", "continue"],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_answer_that_drips_is_not_waited_for(
    site: Site, secure: Site, scheme: str, first: bytes, piece: bytes
) -> None:
    server = site if scheme == "http" else secure
    server.replies["/"] = raw(first, *[piece] * 400, pause=server.done)
    with pytest.raises(NoAnswerError, match=r"took longer than 0\.2 seconds"):
        fetcher(server, FetchLimits(seconds=0.2)).get(f"{scheme}://wiki.example.com/")


@LOCAL
def test_a_server_that_says_nothing_is_not_waited_for(secure: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        secure.port = silent.getsockname()[1]
        with pytest.raises(NoAnswerError, match="took longer than"):
            fetcher(secure, FetchLimits(seconds=0.1)).get("https://wiki.example.com/")


def test_time_stands_still_while_a_deadline_is_paused() -> None:
    now = [0.0]
    deadline = Deadline(30, clock=lambda: now[0])
    with deadline.paused():
        now[0] += 100
    now[0] += 10
    assert deadline.left() == 20
    now[0] += 20
    with pytest.raises(TimeoutError):
        deadline.left()


@LOCAL
def test_waiting_out_of_politeness_takes_none_of_a_pages_time(site: Site) -> None:
    now = [0.0]

    @contextmanager
    def admit(place: Place) -> Iterator[None]:
        now[0] += 100
        yield

    site.replies["/"] = Reply(b"yes")
    assert fetcher(site, clock=lambda: now[0]).get(HOME, admit=admit).answer.body == b"yes"
