"""The part of Discord that a bot meets, served on this machine: its REST interface and a gateway.

What the bot sends is kept, to be waited for and looked at. Any one answer can be held back, or
replaced by an error.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, TypeVar

from aiohttp import WSMsgType, web

from . import payloads
from .payloads import APPLICATION, ME, Member, Payload, Server, shard_of
from .records import Called, Request, Rule

TOKEN = "a-token-that-nobody-may-see"  # noqa: S105 -- no secret
ALICE = Member(501, "alice")
CLOSED_BY_DISCORD, INTENTS_REFUSED = 4000, 4014
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, HELLO, HEARTBEAT_SEEN = 0, 1, 2, 6, 10, 11

Found = TypeVar("Found")


class Bot(Protocol):
    """A process that may end."""

    @property
    def gone(self) -> bool:
        """Tell whether it has ended."""

    async def end(self) -> None:
        """Wait until it has ended."""


@dataclass(slots=True)
class FakeDiscord:
    """A Discord with some servers that the bot is in, its sockets by the shard they are of.

    `bots` are the processes that are connected to it: once one of them has ended, nothing more is
    waited for.
    """

    servers: Iterable[Server] = ()
    flags: int = 0
    refused_intents: int = 0
    endpoint: str | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    posts: dict[str, Payload] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    gateway: list[tuple[int, Any]] = field(default_factory=list)
    commands: dict[str, list[Payload]] = field(default_factory=dict)
    bots: list[Bot] = field(default_factory=list)
    address: str = ""
    _rules: list[Rule] = field(default_factory=list)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    _sent: int = 0
    _sockets: dict[int, web.WebSocketResponse] = field(default_factory=dict)
    _shards: int = 1
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**26)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_get("/{path:files/.*}", self._rest)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.address = f"{host}:{port}"
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    # What the bot does, waited for

    async def until(self, look: Callable[[], Found | None]) -> Found:
        """Return the finding of `look`, which is asked again whenever the bot did something.

        Raises AssertionError if the bot ends before.
        """
        async with self._arrived:
            while (found := look()) is None:
                assert not any(bot.gone for bot in self.bots), f"it ended: {self.bots}"
                await self._arrived.wait()
        return found

    def sent(self, method: str, pattern: str, words: str = "") -> list[Request]:
        """The requests of a kind so far, those alone whose content has some words in it."""
        return [
            request
            for request in self.requests
            if request.matches(method, pattern) and words in request.content
        ]

    async def request(self, method: str, pattern: str, words: str = "") -> Request:
        """The first request of a kind that was let pass."""

        def passed() -> Request | None:
            requests = self.sent(method, pattern, words)
            return next((request for request in requests if request.passed), None)

        return await self.until(passed)

    async def acknowledged(self, called: Called) -> Request:
        """The first answer to an interaction."""
        return await self.request("POST", called.callback)

    async def answer(self, called: Called, words: str = "") -> str:
        """The text in place of the first answer, once it has some words in it."""
        request = await self.request("PATCH", called.original, words)
        return request.content

    async def reply(self, message: int) -> Request:
        """The message that replies to one."""

        def replied() -> Request | None:
            requests = self.sent("POST", "/channels/*/messages")
            passed = (request for request in requests if request.passed)
            return next((request for request in passed if request.replies_to == message), None)

        return await self.until(replied)

    async def shut(self) -> None:
        """Wait until the bot has closed all its connections to the gateway."""
        await self.until(lambda: None if self._sockets else True)

    @asynccontextmanager
    async def watching(self, bot: Bot) -> AsyncIterator[None]:
        """Until the block ends, whatever is waited for ends when the bot does."""

        async def tell_of_its_end() -> None:
            await bot.end()
            await self.tell()

        self.bots.append(bot)
        watching = asyncio.create_task(tell_of_its_end())
        try:
            yield
        finally:
            watching.cancel()
            self.bots.remove(bot)

    # What members do

    async def ask(self, question: str, server: Server, by: Member = ALICE) -> Called:
        """Call `/ask`."""
        options = [{"name": "question", "type": payloads.STRING, "value": question}]
        return await self.call(server, by, "ask", options)

    async def call(
        self, server: Server, by: Member, name: str, options: Any, **data: Any
    ) -> Called:
        """Call a command."""
        [command] = [c for known in self.commands.values() for c in known if c["name"] == name]
        told = {"id": command["id"], "name": name, "type": 1, "options": options} | data
        return await self._interact(payloads.COMMAND, server, by, told)

    async def attach(self, server: Server, by: Member, name: str, data: bytes) -> Called:
        """Call `/documents add` with a file."""
        self.files[name] = data
        file = {
            "id": str(payloads.snowflake()),
            "filename": name,
            "size": len(data),
            "content_type": "text/plain; charset=utf-8",
            "url": f"http://{self.address}/files/{name}",
            "proxy_url": f"http://{self.address}/files/{name}",
        }
        chosen = {"name": "file", "type": payloads.ATTACHMENT, "value": file["id"]}
        add = {"name": "add", "type": payloads.SUBCOMMAND, "options": [chosen]}
        resolved = {"attachments": {file["id"]: file}}
        return await self.call(server, by, "documents", [add], resolved=resolved)

    async def press(self, button: str, server: Server, by: Member = ALICE) -> Called:
        """Press a button, known by its id, under a message of the bot."""
        message = payloads.message(server.channel, ME, "An answer.") | {
            "components": [{"type": 1, "components": [payloads.button(button)]}]
        }
        data = {"component_type": payloads.BUTTON, "custom_id": button}
        return await self._interact(payloads.COMPONENT, server, by, data, message=message)

    async def say(self, text: str, server: Server, by: Member = ALICE) -> int:
        """Write a message; its number."""
        author = payloads.user(by.id, by.name)
        message = payloads.message(server.channel, author, text)
        message |= {"guild_id": str(server.id), "member": payloads.member(author)}
        await self._dispatch("MESSAGE_CREATE", message)
        return int(message["id"])

    async def post(self, title: str, body: str, server: Server, forum: int, by: Member) -> int:
        """Write a post in a forum; its number."""
        thread = payloads.thread(server, forum, title, by)
        author = payloads.user(by.id, by.name)
        opening = payloads.message(int(thread["id"]), author, body) | {"id": thread["id"]}
        self.posts[thread["id"]] = opening
        await self._dispatch("THREAD_CREATE", thread)
        told = {"guild_id": str(server.id), "member": payloads.member(author)}
        await self._dispatch("MESSAGE_CREATE", opening | told)
        return int(thread["id"])

    async def _interact(
        self, kind: int, server: Server, by: Member, data: Payload, **more: Any
    ) -> Called:
        event = payloads.interaction(kind, server, by, data) | more
        at = time.perf_counter()
        await self._dispatch("INTERACTION_CREATE", event)
        return Called(int(event["id"]), event["token"], at)

    # What goes wrong

    def hold(self, method: str, pattern: str) -> asyncio.Event:
        """Let the next request of a kind wait for its answer until the event is set."""
        rule = Rule(method, pattern, asyncio.Event())
        self._rules.append(rule)
        return rule.released

    def refuse(self, method: str, pattern: str, status: int, code: int = 0, **headers: str) -> None:
        """Answer the next request of a kind with an error."""
        answer = _json({"message": f"error {status}", "code": code}, status)
        answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
        rule = Rule(method, pattern, asyncio.Event(), answer)
        rule.released.set()
        self._rules.append(rule)

    async def drop(self) -> None:
        """Close the gateway's first connection, as Discord does now and then."""
        await self._sockets[0].close(code=CLOSED_BY_DISCORD)

    # Serving

    async def _rest(self, web_request: web.Request) -> web.Response:
        body = await web_request.read()
        request = Request(
            web_request.method,
            f"/{web_request.match_info['path']}",
            json.loads(body) if body else None,
            time.perf_counter(),
        )
        self.requests.append(request)
        await self.tell()
        authorised = web_request.headers.get("Authorization", f"Bot {TOKEN}") == f"Bot {TOKEN}"
        rule = next((r for r in self._rules if request.matches(r.method, r.pattern)), None)
        refusal = None if authorised else _json({"message": "401: Unauthorized", "code": 0}, 401)
        if rule is not None:
            self._rules.remove(rule)
            await rule.released.wait()
            refusal = refusal or rule.refusal
        answer = refusal or self._answered(request)
        request.status = answer.status
        await self.tell()
        return answer

    def _answered(self, request: Request) -> web.Response:  # noqa: PLR0911 -- one a route
        parts = request.path.strip("/").split("/")
        match parts:
            case ["users", "@me"]:
                return _json(ME)
            case ["oauth2", "applications", "@me"]:
                return _json(payloads.application(self.flags, self.endpoint))
            case ["gateway", "bot"]:
                return _json(self._recommended())
            case ["applications", *_, "commands"]:
                if request.method == "PUT":
                    self.commands[request.path] = _registered(request.body)
                return _json(self.commands.get(request.path, []))
            case ["interactions", id, _, "callback"]:
                return _json({"interaction": {"id": id, "type": payloads.COMMAND}})
            case ["files", name]:
                return web.Response(body=self.files[name])
            case ["channels", _, "typing"]:
                return web.Response(status=204)
            case ["channels", post, "messages", id] if post == id and id in self.posts:
                return _json(self.posts[id])
            case ["channels", _, "messages"] if request.method == "GET":
                return _json([])
            case ["channels", channel, "messages"] | ["webhooks", channel, *_]:
                return _json(payloads.message(int(channel), ME, request.content))
        return _json({"message": f"no such thing as {request.path}", "code": 0}, 404)

    def _recommended(self) -> Payload:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        return {"url": f"ws://{self.address}/gateway", "shards": 1, "session_start_limit": limit}

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 41_250}})
        async for received in socket:
            if received.type is WSMsgType.TEXT:
                await self._received(socket, **json.loads(received.data))
        self._sockets = {id: other for id, other in self._sockets.items() if other is not socket}
        await self.tell()
        return socket

    async def _received(self, socket: web.WebSocketResponse, op: int, d: Any) -> None:
        if op == HEARTBEAT:
            await socket.send_json({"op": HEARTBEAT_SEEN})
        elif op == IDENTIFY and d["intents"] & self.refused_intents:
            await socket.close(code=INTENTS_REFUSED, message=b"Disallowed intent(s).")
        elif op == IDENTIFY:
            await self._begin(socket, *d["shard"])
        elif op == RESUME:
            shard = int(d["session_id"])
            self._sockets[shard] = socket
            await self._send(shard, "RESUMED", {})
        self.gateway.append((op, d))
        await self.tell()

    async def _begin(self, socket: web.WebSocketResponse, shard: int, count: int) -> None:
        self._sockets[shard], self._shards = socket, count
        servers = [server for server in self.servers if shard_of(server.id, count) == shard]
        ready = {
            "v": 10,
            "user": ME,
            "guilds": [{"id": str(server.id), "unavailable": True} for server in servers],
            "session_id": str(shard),
            "resume_gateway_url": f"ws://{self.address}/gateway",
            "shard": [shard, count],
            "application": {"id": str(APPLICATION), "flags": self.flags},
        }
        await self._send(shard, "READY", ready)
        for server in servers:
            if server.available:
                await self._send(shard, "GUILD_CREATE", payloads.guild(server))

    async def _dispatch(self, event: str, data: Payload) -> None:
        await self._send(shard_of(int(data["guild_id"]), self._shards), event, data)

    async def _send(self, shard: int, event: str, data: Payload) -> None:
        self._sent += 1
        await self._sockets[shard].send_json(
            {"op": DISPATCH, "t": event, "s": self._sent, "d": data}
        )

    async def tell(self) -> None:
        """Let all that wait look again."""
        async with self._arrived:
            self._arrived.notify_all()


def _json(data: Any, status: int = 200) -> web.Response:
    # Anything after `application/json`, a charset for one, would make discord.py read it as text.
    headers = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=headers)


def _registered(commands: list[Payload]) -> list[Payload]:
    given = {"application_id": str(APPLICATION), "version": "1"}
    return [
        {"description": ""} | command | given | {"id": str(number)}
        for number, command in enumerate(commands, start=100)
    ]
