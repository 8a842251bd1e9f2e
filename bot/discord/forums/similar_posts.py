"""Solved posts like a new one, told under it where the bot doesn't answer it itself."""

from collections.abc import Sequence

from bot.discord.language.translation import N_, _
from bot.discord.messages.markdown import linked, on_one_line
from bot.discord.messages.split import pack
from bot.discord.services.libraries import Seen, ServerLibraries
from bot.output.text import shortened
from retrieval.reading.formats.registry import THREAD
from retrieval.types import Passage

# Passages that are looked through for solved threads, threads that are told, and the cosine from
# which on one is like the post.
LOOKED_THROUGH, TOLD, ALIKE = 20, 3, 0.5
TITLED = 120
HEAD = N_("Solved before, and perhaps of help:")


async def similar_posts(
    libraries: ServerLibraries, server: int, post: int, title: str, body: str, seen: Seen
) -> str:
    """The list of solved posts like one, by its title first and then by all it says; "" for none.

    `post` is the number of the post itself, which is not like itself; `seen` are the collections
    that all may read who see it.
    """
    found = dict[str, Passage]()
    for words in filter(None, (title, f"{title}\n{body}".strip() if body else "")):
        passages = await libraries.search(server, words, LOOKED_THROUGH, seen)
        for passage in sorted(passages, key=lambda passage: -passage.dense):
            alike = passage.kind == THREAD and passage.dense >= ALIKE
            if alike and not passage.source.endswith(f"/{post}"):
                found.setdefault(passage.document, passage)
    told, visible = [*found.values()][:TOLD], libraries.visible(server, seen)
    opened_at = libraries.library.opened_at
    links = await libraries.errand(lambda: [opened_at(one, visible) for one in told])
    return _told(told, links)


def _told(passages: Sequence[Passage], links: Sequence[str]) -> str:
    """The list of some posts, each with the link to the answer in it."""
    if not passages:
        return ""
    lines = [
        "\n- "
        + _(
            "{post}: answered by {who}",
            post=linked(shortened(one.title, TITLED), link or one.source),
            who=on_one_line(one.section),
        )
        for one, link in zip(passages, links, strict=True)
    ]
    return pack([_(HEAD), *lines])[0]
