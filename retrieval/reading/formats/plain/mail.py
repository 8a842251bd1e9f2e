"""Mail: one letter (RFC 5322), or a box of them (RFC 4155), decoded, each in one alternative."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from retrieval.reading.formats.content import Gathering, tidy
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.plain.markdown.blocks import write_html

HEAD = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:From [^\n]{3,300}\r?\n)?"
    rb"(?P<head>(?:[A-Za-z][\w-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,200}){2,300})\r?\n"
)
SENDER = re.compile(rb"^From:", re.M | re.I)
POSTED = re.compile(
    rb"^(?:Message-ID|MIME-Version|Received|Content-Type|Date|Subject):", re.M | re.I
)
BETWEEN_MAILS = re.compile(rb"^From [^\n]{1,200}\d{4}[^\n]{0,20}\r?\n", re.M)
ESCAPED = re.compile(rb"^>(>*From )", re.M)
MOST_MAILS, DEEPEST = 20_000, 3
FLOWED = "flowed"


def looks_like_mail(data: bytes) -> bool:
    """Return whether bytes begin with a letter's head: who sent it, and what only mail has."""
    head = HEAD.match(data[:200_000])
    if head is None:
        return False
    return bool(SENDER.search(head["head"]) and POSTED.search(head["head"]))


def read_mail(data: bytes, gathering: Gathering) -> None:
    """Add a letter, which says its subject, sender and day; of many, each is a section."""
    letters = list(_letters(data.removeprefix(b"\xef\xbb\xbf")))
    single = len(letters) == 1
    for letter in letters:
        mail: Any = message_from_bytes(letter, policy=policy.default)
        subject, sender, day = _header(mail, "subject"), _sender(mail), _day(mail)
        if single:
            gathering.title, gathering.author, gathering.date = subject, sender, day
        else:
            gathering.begin_part()
        gathering.add_text(subject, 1)
        told = ", ".join(filter(None, (sender, day)))
        gathering.add_text(f"{told}:" if told and not single else "")
        _body(mail, gathering, 0)


def _letters(data: bytes) -> Iterator[bytes]:
    """The letters of a box, or the one."""
    if not data.startswith(b"From "):
        yield data
        return
    starts = [match.span() for match in BETWEEN_MAILS.finditer(data)]
    if len(starts) > MOST_MAILS:
        raise UnreadableError("holds more than 20,000 messages. Split it into smaller files.")
    if not starts:
        yield data.partition(b"\n")[2]
    ends = [*(start for start, _ in starts[1:]), len(data)]
    for (_, begin), end in zip(starts, ends, strict=True) if starts else ():
        yield ESCAPED.sub(rb"\1", data[begin:end])


def _body(mail: EmailMessage, gathering: Gathering, depth: int) -> None:
    body = mail.get_body(("plain", "html"))
    if body is not None:
        _text(body, gathering)
    elif isinstance(whole := mail.get_payload(), str):
        # It says that it has parts, but there are none.
        gathering.add_text(whole)
    for part in mail.walk() if depth < DEEPEST else ():
        if part is not mail and part.get_content_type() == "message/rfc822":
            _forwarded(part, gathering, depth)


def _forwarded(part: Message, gathering: Gathering, depth: int) -> None:
    held = part.get_payload()
    for mail in held if isinstance(held, list) else ():
        if isinstance(mail, EmailMessage) and depth + 1 < DEEPEST:
            told = ", ".join(filter(None, (_sender(mail), _day(mail), _header(mail, "subject"))))
            gathering.add_text(f"{told}:" if told else "")
            _body(mail, gathering, depth + DEEPEST)


def _text(body: Any, gathering: Gathering) -> None:
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeError):
        # A charset that nobody knows.
        text = (body.get_payload(decode=True) or b"").decode("utf-8", "replace")
    if body.get_content_type() == "text/html":
        write_html(_within_body(text), gathering)
        return
    if body.get_param("format") == FLOWED:
        text = _unflowed(text)
    for block in re.split(r"\n[ \t]*\n", tidy(text)):
        gathering.add_text(block)


def _within_body(html: str) -> str:
    opening = re.search(r"<body\b[^>]{0,2000}>", html, re.I)
    html = html[opening.end() :] if opening else html
    return re.split(r"</body\s*>", html, maxsplit=1, flags=re.I)[0]


def _unflowed(text: str) -> str:
    """Lines that were only broken for the way (RFC 3676), whole again."""
    lines: list[str] = []
    joins = False
    for line in text.replace("\r\n", "\n").split("\n"):
        if joins and not line.startswith(">"):
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line)
        joins = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)


def _header(mail: Any, name: str) -> str:
    try:
        return " ".join(str(mail.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, LookupError, OverflowError):
        return ""


def _sender(mail: Any) -> str:
    """The name of who sent it, or the address where there is none."""
    found = getaddresses([_header(mail, "from")])
    return next((name or address for name, address in found if name or address), "")


def _day(mail: Any) -> str:
    try:
        return parsedate_to_datetime(_header(mail, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
