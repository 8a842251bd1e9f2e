"""The page of the playground: ours around simcord's, which is served through here.

simcord's page shows one channel, with its messages, buttons, commands and modals. Ours lists the
places, has questions to click, and the menus of messages. Both belong to whoever has the address:
what follows `#` in it never leaves the browser but as a header of its requests.
"""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from importlib import resources
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from retrieval.errors import FootnoteError

from .stage import Stage

STATIC = {
    "/": ("index.html", "text/html"),
    "/playground/page.css": ("page.css", "text/css"),
    "/playground/page.js": ("page.js", "text/javascript"),
    "/playground/within.css": ("within.css", "text/css"),
    "/playground/within.js": ("within.js", "text/javascript"),
}
# Where simcord's page stands within ours, and what is added to it.
WITHIN = "/preview"
ADDED = (
    '<link rel="stylesheet" href="/playground/within.css">'
    '<script type="module" src="/playground/within.js"></script>'
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
}
KEY = "X-Footnote-Key"
# The most that simcord takes: ten files, and what is said of them.
LARGEST = 27 * 1024 * 1024
# What simcord's page asks with, and what is answered, as far as it is passed on.
ASKED = ("Accept", "Content-Type", "Range", "X-Simcord-Capability", "X-Simcord-Context")
DROPPED = ("connection", "content-length", "transfer-encoding", "server", "date", "x-frame-options")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Page:
    """Serves the page of a stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._key = secrets.token_urlsafe(32)
        self._hosts: tuple[str, ...] = ()
        self._session: ClientSession | None = None

    @asynccontextmanager
    async def served(self, host: str, port: int) -> AsyncIterator[str]:
        """Serve the page until the block ends; its address, which is a key to it."""
        runner = web.AppRunner(self._app(), access_log=None)
        await runner.setup()
        async with ClientSession(timeout=ClientTimeout(total=None)) as self._session:
            try:
                await web.TCPSite(runner, host, port).start()
                chosen = runner.addresses[0][1]
                self._hosts = (f"{host}:{chosen}", f"localhost:{chosen}")
                yield f"http://{host}:{chosen}/#{self._key}"
            finally:
                await runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST, middlewares=[self._guarded])
        app.router.add_get(WITHIN, self._within)
        app.router.add_get("/playground/state", self._state)
        app.router.add_post("/playground/{what}", self._act)
        for path in STATIC:
            app.router.add_get(path, self._static)
        app.router.add_route("*", "/{path:.*}", self._forward)
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what another page in the browser might ask."""
        origins = {None, *(f"http://{host}" for host in self._hosts)}
        if request.host not in self._hosts or request.headers.get("Origin") not in origins:
            raise web.HTTPForbidden
        own = request.path.startswith("/playground/") and request.path not in STATIC
        if own and not secrets.compare_digest(request.headers.get(KEY, ""), self._key):
            raise web.HTTPUnauthorized
        return await handler(request)

    async def _static(self, request: web.Request) -> web.Response:
        name, kind = STATIC[request.path]
        file = resources.files(__package__) / "static" / name
        return web.Response(text=file.read_text(), content_type=kind, headers=HEADERS)

    async def _state(self, _: web.Request) -> web.Response:
        return web.json_response(self._stage.state(), headers=HEADERS)

    async def _act(self, request: web.Request) -> web.Response:
        """Do what the page asks; say in a sentence where that can't be done."""
        body = await request.json()
        try:
            form = await self._done(request.match_info["what"], body)
        except FootnoteError as error:
            return web.json_response({"error": str(error)}, status=409, headers=HEADERS)
        return web.json_response({"form": form}, headers=HEADERS)

    async def _done(self, what: str, body: Mapping[str, Any]) -> Any:
        stage, viewer = self._stage, str(body.get("viewer", ""))
        match what:
            case "go":
                await stage.go(str(body["place"]))
            case "say":
                await stage.say(viewer, str(body["text"]))
            case "post":
                await stage.post(viewer, str(body["title"]), str(body["text"]))
            case "thread":
                await stage.thread(viewer, str(body["message"]))
            case "menu":
                return await stage.choose(viewer, str(body["message"]), str(body["menu"]))
            case "tick":
                await stage.tick(viewer, str(body["message"]))
            case "tag" | "hide" | "delete":
                await stage.moderate(what, str(body["place"]))
            case "language":
                await stage.speak(viewer, str(body["language"]))
            case "server-language":
                await stage.speak_in_server(str(body["language"]))
            case "form":
                await stage.fill_in(viewer, body["values"])
            case _:
                raise web.HTTPNotFound
        return None

    # simcord's page

    async def _within(self, _: web.Request) -> web.Response:
        """simcord's page with ours around it: it may stand in ours, and nowhere else."""
        status, headers, body = await self._ask("GET", "/", {}, b"")
        policy = headers.get("Content-Security-Policy", "")
        headers["Content-Security-Policy"] = policy.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
        text = body.decode().replace("</head>", f"{ADDED}</head>")
        return web.Response(status=status, body=text.encode(), headers=headers)

    async def _forward(self, request: web.Request) -> web.Response:
        kept = {name: request.headers[name] for name in ASKED if name in request.headers}
        status, headers, body = await self._ask(
            request.method, str(request.rel_url), kept, await request.read()
        )
        return web.Response(status=status, body=body, headers=headers)

    async def _ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask simcord's page, and return its answer: the status, headers and body."""
        assert self._session is not None
        where = self._stage.inner.partition("/#")[0] + path
        try:
            async with self._session.request(
                method, where, headers=headers, data=body or None, allow_redirects=False
            ) as answer:
                given = {k: v for k, v in answer.headers.items() if k.lower() not in DROPPED}
                return answer.status, given, await answer.read()
        except ClientError as error:
            # It is being changed for the page of another place.
            raise web.HTTPServiceUnavailable from error
