"""Sentences that are refused whatever supports them: asides, and links that no passage has.

Small models speak of their task where they should speak of its subject: “The passage is about
ferries.” may be true, but members see no passage, and it answers nothing. And a model that is
steered (prompt injection) may add a link to what the documents say.
"""

import re
from collections.abc import Iterable

from retrieval.text.special_characters import visible

ASIDE = re.compile(
    r"(?:(?:the|this|these|that|all|both)\s+)?(?:(?:above|given|provided)\s+)?"
    r"(?:passages?|question|answer)(?:\s+(?:above|given|\d{1,2}))?\s+"
    r"(?:(?:is|are)\s+(?:about|not\s+(?:about|provided|given))\b|do(?:es)?(?:\s+not|n['’]t)\b"
    r"|(?:that|about|says?|states?|mentions?|describes?|discusses|explains?|provides?|suggests?)\b)",
    re.IGNORECASE,
)


def is_aside(claim: str) -> bool:
    """True of a sentence about the passages or the question, or that only announces another."""
    return claim.rstrip(".… ").endswith(":") or ASIDE.match(claim) is not None


# An address with its scheme, or a host that is followed by a path, as in invitations to chats.
LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,20}+://|www\.|(?<![\w.-])(?:[\w-]++\.)++[a-z]{2,}+(?::\d++)?/)"
    r"[^\s<>()\[\]{}\"“”`|\\]*+",
    re.IGNORECASE,
)
SCHEME = re.compile(r"https?://", re.IGNORECASE)
# What ends a sentence or is put around words, and seldom ends an address.
AROUND = ".,;:!?…*_~'’"
# What may follow an address in a longer one of the same host.
GOES_ON = ("/", "?", "#")


def strange_links(claim: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The links of a claim that stand in none of the texts, neither whole nor as the start of one.

    Upper and lower case, and whether `https://` is written, make no difference.
    """
    known = {_bare(link) for text in texts for link in LINK.findall(visible(text))}
    return tuple(
        link
        for link in LINK.findall(visible(claim))
        if not any(_holds(there, _bare(link)) for there in known)
    )


def _holds(link: str, start: str) -> bool:
    return link == start or link.startswith(tuple(start + mark for mark in GOES_ON))


def _bare(link: str) -> str:
    return SCHEME.sub("", link).rstrip(AROUND).rstrip("/").casefold()
