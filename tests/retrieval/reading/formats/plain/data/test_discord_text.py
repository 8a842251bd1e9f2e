"""DiscordChatExporter's plain text reads as its other forms do."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import text_of

RULE = "=" * 62
EXPORT = f"""{RULE}
Guild: Quay
Channel: Help / boats
Topic: All about boats
{RULE}

[5/1/2026 9:12 AM] ada_l
Bring:
a rope

and [this] lamp.

{{Attachments}}
https://cdn.example.org/a.png

{{Reactions}}
👍 (3)

[5/1/2026 9:13 AM] bo.b (pinned)

{{Embed}}
https://quay.example.org
Winter
At ten.

[5/2/2026 9:13 AM] mo
Joined the server.

[5/13/2026 9:14 AM] mo
Good.

{RULE}
Exported 4 message(s)
{RULE}
"""


@pytest.mark.parametrize("name", ["Quay - boats [88].txt", "", "a.log"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_message_is_read_by_its_author_and_day(parsers: Parsers, name: str, end: str) -> None:
    content = parsers.read(EXPORT.replace("\n", end).encode(), name)
    assert (content.kind, content.title, content.date) == (
        *("chat", "Quay › Help / boats", "2026-05-13"),
    )
    assert text_of(content).split("\n\n") == [
        "ada_l, 2026-05-01: Bring:\na rope\nand [this] lamp.",
        "bo.b, 2026-05-01: Winter\nAt ten.",
        "mo, 2026-05-13: Good.",
    ]


def test_a_text_without_messages_is_plain(parsers: Parsers) -> None:
    text = f"{RULE}\nGuild: Quay\n{RULE}\n\nThe guild meets at nine.\n"
    assert parsers.read(text.encode(), "a.txt").kind == "text"
