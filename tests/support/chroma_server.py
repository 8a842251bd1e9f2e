"""A real Chroma server on this machine, and a gate before it: TLS, and a key that is asked for."""

import http.client
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import httpx
import trustme

from .processes.memory import resident

HERE = "127.0.0.1"
KEY = ("Authorization", "Bearer open sesame")
PATIENCE = 1200.0  # seconds until a server that doesn't start is taken not to


class ChromaServer:
    """`chroma run`, which can be stopped and started again at the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind((HERE, 0))
            self.port = free.getsockname()[1]
        self.url = f"http://{HERE}:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", HERE]
        command += ["--port", str(self.port), "--path", str(self.folder)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < until, "the Chroma server did not start"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v2/heartbeat").is_success
        except httpx.HTTPError:
            return False

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Until the block ends, it takes what comes and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def resident(self) -> int:
        """The bytes that it has in memory."""
        assert self._process is not None
        return resident(self._process.pid)

    def stop(self) -> None:
        """Kills it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def chroma(folder: Path) -> Iterator[ChromaServer]:
    """A server that keeps its files in a folder, until the block ends."""
    server = ChromaServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def gate(url: str, certified_by: trustme.CA) -> Iterator[str]:
    """The URL at which a server is reached by TLS, by those who have the key."""
    behind = urlsplit(url)
    assert behind.hostname is not None

    class Gate(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get(KEY[0]) != KEY[1]:
                self.answer(401, "text/plain", b"who are you?")
                return
            upstream = http.client.HTTPConnection(behind.netloc)
            upstream.request(self.command, self.path, body, {"Content-Type": "application/json"})
            came = upstream.getresponse()
            self.answer(came.status, came.headers["Content-Type"], came.read())
            upstream.close()

        do_GET = do_POST = do_PUT = do_DELETE = pass_on  # noqa: N815

        def answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer((HERE, 0), Gate) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certified_by.issue_cert(HERE).configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"https://{HERE}:{server.server_port}"
        finally:
            server.shutdown()
