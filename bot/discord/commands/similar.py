"""Questions like one that were answered before in the same server, with links to their answers.

Only what its reader may see for themselves is shown: answers that stand in channels which they may
read, and none that more members found bad than good.
"""

from collections.abc import Sequence
from threading import Lock

import discord
import numpy as np
from numpy.typing import NDArray

from bot.discord.language.translation import N_, _, ngettext
from bot.discord.messages.markdown import on_one_line
from bot.discord.records.answer_record import ShownAnswer
from bot.discord.services.services import Interaction
from bot.output.text import shortened
from retrieval.embedding.embedder import SentenceEmbedder

# Questions that are shown, the characters of each, and the likeness from which they are like.
SHOWN, LONGEST, ALIKE = 5, 200, 0.5
# Questions whose vectors are remembered.
REMEMBERED = 5000
FOUND = N_("Answered here before:")
NONE_FOUND = N_("Nothing like that was answered here yet. Choose *Apps → {menu}* instead.")
ONLY_IN_SERVERS = N_("That works in servers: in direct messages nothing is shown to others.")


class Likeness:
    """Tells how alike questions are in meaning; their vectors are remembered, up to a number."""

    def __init__(self, embedder: SentenceEmbedder) -> None:
        self._embedder = embedder
        self._lock = Lock()
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def of(self, question: str, others: Sequence[str]) -> NDArray[np.float32]:
        """The likeness of a question to each of others, shape (n,), between -1 and 1."""
        with self._lock:
            if len(self._vectors) > REMEMBERED:
                self._vectors.clear()
            new = [text for text in {question, *others} if text not in self._vectors]
            # The twin: questions that are being answered don't wait for it.
            vectors = self._embedder.twin.embed_documents(new) if new else []
            self._vectors |= {
                text: np.asarray(vector, dtype=np.float32)
                for text, vector in zip(new, vectors, strict=True)
            }
            asked, *rest = [self._vectors[text] for text in (question, *others)]
        return np.asarray([vector @ asked for vector in rest], dtype=np.float32)


async def similar_questions(interaction: Interaction, question: str, likeness: Likeness) -> str:
    """The list of questions like one, or a sentence where there are none."""
    guild, reader = interaction.guild, interaction.user
    if guild is None or not isinstance(reader, discord.Member):
        return _(ONLY_IN_SERVERS)
    libraries = interaction.client.services.libraries
    shown = await libraries.errand(lambda: libraries.records.answers.shown(guild.id))
    visible = [answer for answer in shown if _may_read(reader, answer.channel)]
    alike = await libraries.errand(lambda: _alike(question, visible, likeness))
    lines = [await _line(interaction, answer) for answer in alike]
    if not lines:
        return _(NONE_FOUND, menu=_("Answer this"))
    return "\n".join([_(FOUND), *lines])


def _alike(question: str, answers: Sequence[ShownAnswer], likeness: Likeness) -> list[ShownAnswer]:
    """The answers to the questions that are most alike, best first."""
    found = likeness.of(question, [answer.question for answer in answers])
    order = np.argsort(-found, kind="stable")[:SHOWN]
    return [answers[at] for at in order if found[at] >= ALIKE]


def _may_read(reader: discord.Member, channel: int) -> bool:
    """Tell whether a member may read a channel of a server; of a private thread nobody knows."""
    found = reader.guild.get_channel_or_thread(channel)
    if found is None or (isinstance(found, discord.Thread) and found.is_private()):
        return False
    allowed = found.permissions_for(reader)
    return allowed.view_channel and allowed.read_message_history


async def _line(interaction: Interaction, answer: ShownAnswer) -> str:
    """A question, how many liked its answer, and the link to it while it is there."""
    asked = on_one_line(shortened(" ".join(answer.question.split()), LONGEST))
    liked = ngettext("{count} like", "{count} likes", answer.liked)
    link = await _link(interaction, answer)
    thumbs = f" ({liked})" if answer.liked else ""
    return f"- {asked}{thumbs}" + (f" → {link}" if link else "")


async def _link(interaction: Interaction, answer: ShownAnswer) -> str:
    assert interaction.guild is not None
    channel = interaction.guild.get_channel_or_thread(answer.channel)
    if not isinstance(channel, discord.abc.Messageable):
        return ""
    message = channel.get_partial_message(answer.message)
    try:
        await message.fetch()
    except discord.NotFound:
        return ""
    except discord.HTTPException:
        pass  # whether it is still there can't be known
    return str(message.jump_url)
