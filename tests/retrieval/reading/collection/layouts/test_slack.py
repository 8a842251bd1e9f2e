"""A Slack export: a document a channel, with names for ids, and threads in one piece."""

import json

from retrieval.reading.collection.archive import open_archive
from retrieval.reading.raw_document import RawDocument
from tests.support.formats.zips import archive

from .conftest import Shows

USERS = [
    {"id": "U1", "name": "ada", "profile": {"display_name": "Ada", "real_name": "Ada Lorne"}},
    {"id": "U2", "name": "bo", "real_name": "Bo Brand", "profile": {"display_name": ""}},
]
CHANNELS = [{"id": "C1", "name": "boats"}, {"id": "C2", "name": "help"}]
# 12:00 on 1 May 2026, and a day later.
FIRST, SECOND = 1777636800, 1777723200


JOINED = [{"subtype": "channel_join", "user": "U1", "ts": "1.2", "text": "came"}]


def said(user: str, seconds: int, text: str, **more: object) -> dict[str, object]:
    return {"type": "message", "user": user, "ts": f"{seconds}.000100", "text": text, **more}


def export(days: dict[str, list[dict[str, object]]], root: str = "") -> dict[str, str]:
    files = {
        "users.json": json.dumps(USERS, indent=4),
        "channels.json": json.dumps(CHANNELS),
        "integration_logs.json": "[]",
        **{f"boats/{day}.json": json.dumps(messages, indent=4) for day, messages in days.items()},
    }
    return {f"{root}{path}": text for path, text in files.items()}


def messages(shows: Shows, *told: dict[str, object]) -> list[str]:
    return shows(export({"2026-05-01": [*told]}))["boats"].text.split("\n\n")


def test_the_days_of_a_channel_are_one_document(shows: Shows) -> None:
    days = {
        "2026-05-01": [said("U1", FIRST, "The quay is deep.")],
        "2026-05-02": [said("U2", SECOND, "Good.")],
    }
    found = shows(
        {**export(days, "Team export/"), "Team export/help/2026-05-01.json": json.dumps(JOINED)}
    )
    boats = found["Team export/boats"]
    assert boats.title == "#boats"
    assert boats.text == "Ada, 2026-05-01: The quay is deep.\n\nBo Brand, 2026-05-02: Good."
    assert not any(path.endswith(".json") for path in found)


def test_a_thread_stands_in_one_piece(shows: Shows) -> None:
    began = f"{FIRST}.000100"
    told = messages(
        shows,
        said("U1", FIRST, "Is it deep?", thread_ts=began),
        said("U2", FIRST + 60, "Another matter."),
        said("U2", SECOND, "It is.", thread_ts=began),
    )
    assert told == [
        "Ada, 2026-05-01: Is it deep?",
        "Bo Brand, 2026-05-02 (to Ada: “Is it deep?”): It is.",
        "Bo Brand, 2026-05-01: Another matter.",
    ]


def test_ids_links_and_marks_read_as_they_are_shown(shows: Shows) -> None:
    text = (
        "<@U2> see <#C2> or <#C9|old>, <https://quay.example|the page>, <https://a.example>, "
        "<mailto:a@b.example|a@b.example>, <!here> &amp; *bold* _soft_ ~gone~ `a_b_c *x*` my_own_id"
    )
    [told] = messages(shows, said("U1", FIRST, text))
    assert told == (
        "Ada, 2026-05-01: @Bo Brand see #help or #old, the page, https://a.example, a@b.example, "
        "@here & bold soft  a_b_c *x* my_own_id"
    )


def test_what_is_attached_and_what_programs_say_is_kept(shows: Shows) -> None:
    attached = {"title": "Winter", "text": "At ten.", "fields": [{"title": "Last", "value": "16"}]}
    told = messages(
        shows,
        {"subtype": "bot_message", "username": "Tide", "ts": f"{FIRST}.1", "text": "High at six."},
        said("U1", FIRST + 1, "", attachments=[attached]),
        said("U2", FIRST + 2, "", attachments=[{"text": "At six.", "is_share": True}]),
    )
    assert told == [
        "Tide, 2026-05-01: High at six.",
        "Ada, 2026-05-01: Winter:\nAt ten.\nLast: 16",
        "Bo Brand, 2026-05-01: Forwarded: At six.",
    ]


def test_what_slack_says_itself_is_left_out(shows: Shows) -> None:
    joined = said("U1", FIRST, "<@U1> has joined the channel", subtype="channel_join")
    assert messages(shows, joined, said("U2", FIRST, "Hi.")) == ["Bo Brand, 2026-05-01: Hi."]


def test_the_lists_of_an_export_are_counted_as_left_out() -> None:
    data = archive(export({"2026-05-01": [said("U1", FIRST, "Hi.")]}))
    opened = open_archive(RawDocument(data, source="a.zip", called="a.zip", name="a.zip"))
    assert opened.left_out.told() == "Left out: 3 lists of the export."
