"""The verb for a Discord server's settings: `settings`."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.context import LARGEST_ID, HomeOption, JsonOption, library_of, terminal_of
from bot.output.terminal import Terminal
from bot.output.text import printable
from retrieval.errors import FootnoteError

if TYPE_CHECKING:
    from bot.discord.records.server_settings import ServerSettings, SettingsRecord

NO_SERVER = (
    "No server chose anything yet. Name one with --server, by the number that Discord shows with "
    "*Copy Server ID* in a server's menu."
)


def settings(
    context: typer.Context,
    server: Annotated[
        int | None,
        typer.Option("--server", metavar="ID", min=1, max=LARGEST_ID, help="Which server."),
    ] = None,
    channel: Annotated[
        list[str] | None,
        typer.Option(
            "--channel",
            metavar="ID=MODE",
            help="A forum or channel: off, sure or mention; sure:LEVEL for a level of its own.",
        ),
    ] = None,
    sureness: Annotated[
        str | None,
        typer.Option(
            "--sureness", metavar="LEVEL", help="How sure: certain, sure, likely or a percentage."
        ),
    ] = None,
    helper_role: Annotated[
        str | None, typer.Option("--helper-role", metavar="ID", help="The helpers' role, or none.")
    ] = None,
    helper_channel: Annotated[
        str | None,
        typer.Option("--helper-channel", metavar="ID", help="The helpers' channel, or none."),
    ] = None,
    quiet_hours: Annotated[
        str | None,
        typer.Option(
            "--quiet-hours", metavar="H-H", help="Hours of UTC without pings: 22-7, or none."
        ),
    ] = None,
    pause: Annotated[
        str | None,
        typer.Option("--pause", metavar="SECONDS", help="In which people can be first."),
    ] = None,
    cooldown: Annotated[
        str | None,
        typer.Option("--cooldown", metavar="SECONDS", help="Between answers in one channel."),
    ] = None,
    hourly_cap: Annotated[
        str | None,
        typer.Option("--hourly-cap", metavar="N", help="Unasked answers an hour in the server."),
    ] = None,
    daily_hand_offs: Annotated[
        str | None,
        typer.Option(
            "--daily-hand-offs",
            metavar="N",
            help="Questions a day that one member may have handed to helpers.",
        ),
    ] = None,
    solved: Annotated[
        str | None, typer.Option("--solved", metavar="TAG", help="The tag of posts to let be.")
    ] = None,
    trusted_role: Annotated[
        str | None,
        typer.Option(
            "--trusted-role", metavar="ID", help="Whose answers need no moderator: a role, or none."
        ),
    ] = None,
    similar_posts: Annotated[
        bool | None,
        typer.Option(
            "--similar-posts/--no-similar-posts",
            help="Whether new posts are told of solved ones like them.",
        ),
    ] = None,
    in_thread: Annotated[
        bool | None,
        typer.Option("--in-thread/--no-in-thread", help="Whether to answer in a thread."),
    ] = None,
    digest: Annotated[
        bool | None, typer.Option("--digest/--no-digest", help="Whether to send a weekly digest.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            metavar="CODE",
            help="Of what everybody sees: en, de, es, fr, it, ja, ko, pl, pt-BR, ru, zh-CN, or "
            "discord for the one that Discord says.",
        ),
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show or set what the bot does unasked in a server.

    Without options it shows the settings of the servers that chose some. The same is set in
    Discord by /settings.
    """
    from bot.discord.records.activity_file import ACTIVITY
    from bot.discord.records.server_settings import SettingsRecord

    typed = {
        "sureness": sureness,
        "helper_role": helper_role,
        "helper_channel": helper_channel,
        "quiet_hours": quiet_hours,
        "pause": pause,
        "cooldown": cooldown,
        "hourly_cap": hourly_cap,
        "daily_hand_offs": daily_hand_offs,
        "solved": solved,
        "trusted_role": trusted_role,
        "similar_posts": similar_posts,
        "answer_in_thread": in_thread,
        "digest": digest,
        "language": language,
    }
    typed = {name: text for name, text in typed.items() if text is not None}
    with (
        library_of(context, home) as library,
        closing(SettingsRecord(library.home.folder / ACTIVITY)) as record,
    ):
        if typed or channel:
            _set(terminal_of(context), record, _only(record, server), channel or [], typed, json)
        else:
            _show(terminal_of(context), record, server, json)


def _only(record: "SettingsRecord", server: int | None) -> int:
    """The server that was named, or the only one that there is."""
    known = record.servers()
    if server is not None:
        return server
    if len(known) != 1:
        raise FootnoteError("Which of the servers? Name it with --server." if known else NO_SERVER)
    return known[0]


def _set(
    terminal: Terminal,
    record: "SettingsRecord",
    server: int,
    channels: list[str],
    typed: dict[str, Any],
    json: bool,
) -> None:
    from bot.discord.forums.settings.in_words import changes, read_channel, read_value, with_channel

    before = after = record.of(server)
    for text in channels:
        after = with_channel(after, *read_channel(text))
    after = replace(after, **{name: read_value(name, text) for name, text in typed.items()})
    record.save(after)
    changed = changes(before, after)
    if json:
        terminal.print_json({"changed": changed, **_form(after)})
    else:
        terminal.tell("Changed:" if changed else "Nothing is another than before.")
        for line in changed:
            terminal.tell(f"  {printable(line)}")


def _show(terminal: Terminal, record: "SettingsRecord", server: int | None, json: bool) -> None:
    from bot.discord.forums.settings.in_words import lines

    shown = [record.of(id) for id in (record.servers() if server is None else [server])]
    if json:
        terminal.print_json({"servers": [_form(each) for each in shown]})
        return
    if not shown:
        terminal.notice(NO_SERVER)
    for each in shown:
        terminal.tell(f"server {each.server}")
        for name, value in lines(each):
            terminal.tell(f"  {name + ':':24} {printable(value)}")


def _form(chosen: "ServerSettings") -> dict[str, Any]:
    return dict(_fields(chosen))


def _fields(chosen: "ServerSettings") -> Iterator[tuple[str, Any]]:
    from dataclasses import asdict

    for name, value in asdict(chosen).items():
        # Numbers this long are no numbers to JavaScript: as Discord does, they are strings.
        if name == "channels":
            yield name, {str(id): each for id, each in value.items()}
        elif (
            name in ("server", "helper_role", "helper_channel", "trusted_role")
            and value is not None
        ):
            yield name, str(value)
        else:
            yield name, value
