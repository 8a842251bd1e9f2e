"""The links of a claim: a model that is steered may add one to what the documents say."""

import re
from collections.abc import Iterable

from retrieval.text.invisible import visible

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
