"""`settings`: what the bot does unasked in a Discord server, shown and set from the shell."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.discord.forums.sureness import LEVELS
from bot.discord.records.server_settings import ChannelSettings, ServerSettings, SettingsRecord
from tests.support.shell import assert_refused, footnote

SERVER = 1042


def kept(home: Path) -> ServerSettings:
    with closing(SettingsRecord(home / "activity.db")) as record:
        return record.of(SERVER)


def test_without_any_it_is_said_how_to_begin(home: Path) -> None:
    done = footnote("settings", "--home", home)
    assert (done.code, done.out) == (0, "")
    assert "--server" in done.err
    assert footnote("settings", "--json", "--home", home).json == {"servers": []}


def test_what_is_set_is_kept_shown_and_said(home: Path) -> None:
    done = footnote(
        *("settings", "--server", str(SERVER), "--channel", "7=sure:certain", "--channel", "8=off"),
        *("--sureness", "75%", "--quiet-hours", "22-7", "--pause", "5", "--hourly-cap", "3"),
        *("--daily-hand-offs", "4"),
        *("--helper-role", "9", "--in-thread", "--digest", "--home", home),
    )
    assert done.code == 0
    assert done.out.startswith(
        "Changed:\n  7: on mention → when sure (certain)\n  8: on mention → off"
    )
    assert kept(home) == ServerSettings(
        SERVER,
        {7: ChannelSettings("sure", LEVELS["certain"].confidence), 8: ChannelSettings("off")},
        sureness=0.75,
        helper_role=9,
        quiet_hours=(22, 7),
        digest=True,
        pause=5.0,
        hourly_cap=3,
        daily_hand_offs=4,
        answer_in_thread=True,
    )
    # The only server that there is need not be named.
    assert footnote("settings", "--channel", "8=mention", "--home", home).code == 0
    shown = footnote("settings", "--home", home).out
    assert f"server {SERVER}\n" in shown
    assert "how sure:                75%" in shown
    assert "8:" not in shown
    [form] = footnote("settings", "--json", "--home", home).json["servers"]
    assert form["server"] == str(SERVER)
    assert form["channels"] == {"7": {"mode": "sure", "sureness": LEVELS["certain"].confidence}}


@pytest.mark.parametrize(
    ("option", "text", "told"),
    [
        ("--channel", "7", "“7” is no channel's setting."),
        ("--channel", "7=always", "“7=always” is no channel's setting."),
        ("--channel", "7=sure:perhaps", "“perhaps” says not how sure to be"),
        ("--sureness", "150%", "“150%” says not how sure to be"),
        ("--quiet-hours", "late", "“late” are no quiet hours."),
        ("--pause", "9999", "“9999” can't be the pause."),
        ("--pause", "9" * 5000, "can't be the pause."),
        ("--helper-role", "9" * 5000, "is no helper role."),
        ("--channel", f"{'9' * 5000}=sure", "is no channel's setting."),
        ("--helper-role", "@Helpers", "“@Helpers” is no helper role."),
        ("--solved", "a tag that is far too long", "A tag's name has 1 to 20 characters."),
    ],
)
def test_what_can_not_be_is_refused_and_changes_nothing(
    home: Path, option: str, text: str, told: str
) -> None:
    done = footnote("settings", "--server", str(SERVER), "--digest", option, text, "--home", home)
    assert_refused(done, told)
    assert kept(home) == ServerSettings(SERVER)


def test_of_several_servers_one_must_be_named(home: Path) -> None:
    for server in ("1", "2"):
        footnote("settings", "--server", server, "--digest", "--home", home)
    assert_refused(footnote("settings", "--no-digest", "--home", home), "Which of the servers?")


@pytest.mark.parametrize("verb", ["settings", "gaps"])
@pytest.mark.parametrize("digits", [19, 5000])
def test_a_server_with_a_number_that_no_server_has_is_refused(
    home: Path, verb: str, digits: int
) -> None:
    done = footnote(verb, "--server", "9" * digits, "--home", home)
    assert done.code == 2
    assert "--server" in done.err
