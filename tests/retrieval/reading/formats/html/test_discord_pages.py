"""DiscordChatExporter's pages read as its other forms do: whole messages, each by its author."""

from retrieval.reading.formats.content import Content
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import text_of

ICON = "https://cdn.discordapp.com/icons/77/a1b2.png"
PREAMBLE = f"""<div class=preamble><div class=preamble__guild-icon-container>
<img class=preamble__guild-icon src={ICON} alt="Guild icon"></div>
<div class=preamble__entries-container><div class=preamble__entry>Quay</div>
<div class=preamble__entry>Help / boats</div>
<div class="preamble__entry preamble__entry--small">All about boats</div></div></div>"""


def said(text: str) -> str:
    return (
        "<div class='chatlog__content chatlog__markdown'>"
        f"<span class=chatlog__markdown-preserve>{text}</span></div>"
    )


def first(id: str, author: str, shown: str, inside: str, reply: str = "") -> str:
    """The first message of a run, with its author and time."""
    return (
        f"<div id=chatlog__message-container-{id} class=chatlog__message-container "
        f"data-message-id={id}><div class=chatlog__message><div class=chatlog__message-aside></div>"
        f"<div class=chatlog__message-primary>{reply}<div class=chatlog__header>"
        f"<span class=chatlog__author title=account data-user-id=5>{author}</span>"
        f"<span class=chatlog__timestamp><a href=#chatlog__message-container-{id}>{shown}</a>"
        f"</span></div>{inside}</div></div></div>"
    )


def later(id: str, shown: str, inside: str) -> str:
    """A later message of a run, which has no header."""
    return (
        f"<div id=chatlog__message-container-{id} class='chatlog__message-container ' "
        f"data-message-id={id}><div class=chatlog__message><div class=chatlog__message-aside>"
        f"<div class=chatlog__short-timestamp title='{shown}'>9:13</div></div>"
        f"<div class=chatlog__message-primary>{inside}</div></div></div>"
    )


def reply_to(author: str, text: str) -> str:
    return (
        f"<div class=chatlog__reply><div class=chatlog__reply-author title=bo>{author}</div>"
        "<div class=chatlog__reply-content><span class=chatlog__reply-link "
        f"onclick=\"scrollToMessage(event, '1')\">{text}</span></div></div>"
    )


def read(parsers: Parsers, *groups: str, name: str = "Quay - boats [88].html") -> Content:
    inside = "".join(f"<div class=chatlog__message-group>{group}</div>" for group in groups)
    page = (
        "<!DOCTYPE html><html lang=en><head><title>Quay - boats</title><style>.a{}</style></head>"
        f"<body>{PREAMBLE}<div class=chatlog>{inside}</div>"
        "<div class=postamble><div class=postamble__entry>Exported 4 message(s)</div></div>"
    )
    return parsers.read(page.encode(), name)


def messages(content: Content) -> list[str]:
    return text_of(content).split("\n\n")


def test_every_message_of_a_run_has_its_author_and_its_day(parsers: Parsers) -> None:
    run = first("1", "Ada", "5/1/2026 9:12 AM", said("It is deep.")) + later(
        "2", "5/1/2026 9:13 AM", said("Very deep.")
    )
    content = read(parsers, run, first("3", "Bo", "5/2/2026 9:14 AM", said("Good.")))
    assert messages(content) == [
        "Ada, 2026-05-01: It is deep.",
        "Ada, 2026-05-01: Very deep.",
        "Bo, 2026-05-02: Good.",
    ]
    assert (content.title, content.date) == ("Quay › Help / boats", "2026-05-02")


def test_the_lines_of_a_message_stay_lines(parsers: Parsers) -> None:
    text = (
        "Bring:\na rope\na lamp<br><code class='chatlog__markdown-pre "
        "chatlog__markdown-pre--multiline'>tie -x\ntie -y</code>"
        "<div class=chatlog__markdown-quote><div class=chatlog__markdown-quote-content>As told"
        "</div></div><ul><li>one</li><li>two</li></ul>"
    )
    content = read(parsers, first("1", "Ada", "5/1/2026 9:12 AM", said(text)))
    assert text_of(content) == (
        "Ada, 2026-05-01: Bring:\na rope\na lamp\ntie -x\ntie -y\nAs told\n- one\n- two"
    )


def test_a_reply_says_who_and_what_it_answers(parsers: Parsers) -> None:
    reply = first("2", "Bo", "5/1/2026 9:14 AM", said("Yes."), reply_to("Ada", "Is it deep?"))
    [told] = messages(read(parsers, reply))
    assert told == "Bo, 2026-05-01 (to Ada: “Is it deep?”): Yes."


def test_embeds_forwards_and_captions_are_kept(parsers: Parsers) -> None:
    embed = (
        "<div class=chatlog__embed><div class=chatlog__embed-title>Winter</div>"
        "<div class=chatlog__embed-description>At ten.</div><div class=chatlog__embed-fields>"
        "<div class=chatlog__embed-field><div class=chatlog__embed-field-name>Last boat</div>"
        "<div class=chatlog__embed-field-value>16:30</div></div></div></div>"
    )
    forward = (
        "<div class=chatlog__forwarded><div class='chatlog__forwarded-content chatlog__markdown'>"
        "At six.</div></div>"
    )
    picture = "<div class=chatlog__attachment><img class=chatlog__attachment-media alt='{}'></div>"
    pictures = picture.format("Image attachment") + picture.format("The quay at low tide")
    content = read(
        parsers,
        first("1", "Ada", "5/1/2026 9:12 AM", embed),
        first("2", "Bo", "5/1/2026 9:12 AM", forward + pictures),
    )
    assert messages(content) == [
        "Ada, 2026-05-01: Winter:\nAt ten.\nLast boat: 16:30",
        "Bo, 2026-05-01: Forwarded: At six.\nThe quay at low tide",
    ]


def test_emoji_read_as_their_names_and_struck_words_not_at_all(parsers: Parsers) -> None:
    text = "<s>Nine</s> Ten <img class=chatlog__emoji alt=🙂> <img class=chatlog__emoji alt=kiln>"
    content = read(parsers, first("1", "Ada", "5/1/2026 9:12 AM", said(text)))
    assert text_of(content) == "Ada, 2026-05-01: Ten 🙂 :kiln:"


def test_what_discord_says_itself_is_left_out(parsers: Parsers) -> None:
    notice = (
        "<div class=chatlog__message-container data-message-id=1><div class=chatlog__message>"
        "<div class=chatlog__message-primary><span class=chatlog__system-notification-author>Ada"
        "</span><span class=chatlog__system-notification-content>joined the server.</span>"
        "</div></div></div>"
    )
    content = read(parsers, notice, first("2", "Bo", "5/1/2026 9:12 AM", said("Hi.")))
    assert messages(content) == ["Bo, 2026-05-01: Hi."]


def test_each_message_has_its_address_where_server_and_channel_are_known(parsers: Parsers) -> None:
    groups = [first(id, "Ada", "5/1/2026 9:12 AM", said(f"No. {id}")) for id in ("11", "12")]
    content = read(parsers, *groups)
    [part] = content.parts
    assert {part.text[start:].partition("\n")[0]: address for start, address in part.links} == {
        f"Ada, 2026-05-01: No. {id}": f"https://discord.com/channels/77/88/{id}"
        for id in ("11", "12")
    }
    assert read(parsers, *groups, name="boats.html").parts[0].links == ()
