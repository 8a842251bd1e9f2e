"""Gaps → the text of messages: a page of them, one whole, and what came of an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.discord.messages.answer import glimpse, passage_place
from bot.discord.messages.split import pack
from bot.discord.records.gap_record import OpenQuestion
from bot.discord.records.hand_off_record import HandOff
from bot.output.text import many
from retrieval.types import Passage

from .gaps import Gap, Nearest, Order

if TYPE_CHECKING:
    from retrieval.evaluation.changed_answers import ChangedAnswer, Reply

    from .keep_answer import Kept

A_PAGE = 5
# Questions of a gap that are shown, and characters of one, of a quote and of a reply.
SHOWN, ASKED, QUOTED, REPLIED = 8, 150, 150, 600
# Of a title and a sentence of what came nearest.
TITLED, GLIMPSED = 100, 200
NONE = "Every question here has a good answer, or nobody asked. There are no gaps."
UNSAID = "the documents don't say"
STAYS = "What has a ❌ stays in the list: answer it in words nearer to its own."
SMALL = "-# "


@dataclass(frozen=True, slots=True)
class Helpers:
    """The role and the channel of a server's helpers, where they are set."""

    role: int | None = None
    channel: int | None = None


def gap_page(
    gaps: Sequence[Gap], near: Sequence[Nearest], page: int, order: Order, helpers: Helpers
) -> str:
    """One page of gaps; `near` is what came nearest to those on it."""
    if not gaps:
        return NONE
    questions = sum(len(gap.questions) for gap in gaps)
    first = page * A_PAGE
    lines = [f"**{many(len(gaps), 'gap')}** in {many(questions, 'question')}, the {order} first"]
    shown = zip(gaps[first : first + A_PAGE], near, strict=True)
    for number, (gap, found) in enumerate(shown, start=first + 1):
        lines.append(f"\n{number}\\. **{glimpse(gap.title, ASKED)}** · {_asked(gap)}")
        lines += (f"\n{line}" for line in _nearest(found, helpers))
    return pack(lines)[0]


def _asked(gap: Gap) -> str:
    """The number of times that it was asked, and the last time."""
    count = len(gap.questions)
    times = "asked once" if count == 1 else f"asked {count:,} times"
    disliked = sum(question.disliked for question in gap.questions)
    thumbs = f", {disliked} 👎" if disliked else ""
    return f"{times}, last <t:{int(gap.newest.timestamp())}:R>{thumbs}"


def _nearest(found: Nearest, helpers: Helpers) -> Iterator[str]:
    if found.passage is not None:
        yield f"{SMALL}{near_line(found.passage)}"
    people = [f"<@{found.added_by}>, who added that"] if found.added_by else []
    people += [f"<@&{helpers.role}>"] if helpers.role else []
    if people:
        yield f"{SMALL}could be asked: {' · '.join(people)}"


def near_line(passage: Passage) -> str:
    """A place that came nearest: its document, and its best sentence."""
    best = max(passage.sentences, key=lambda sentence: sentence.score, default=passage)
    where = passage_place(passage, best.start, best.end, TITLED)
    return f"{where}: “{glimpse(passage.slice(best.start, best.end), GLIMPSED)}”"


def gap_details(
    guild: int, gap: Gap, found: Nearest, helpers: Helpers, replies: Sequence[HandOff] = ()
) -> str:
    """One gap with its questions, what came nearest, and what helpers replied."""
    lines = [f"**{glimpse(gap.title, ASKED)}** · {_asked(gap)}"]
    for question in gap.questions[:SHOWN]:
        lines.append(f"\n- {glimpse(question.question, ASKED)}{_where(guild, question)}")
    if (more := len(gap.questions) - SHOWN) > 0:
        lines.append(f"\n- … and {more:,} more")
    lines += (f"\n{line}" for line in _nearest(found, helpers))
    for reply in replies:
        said = glimpse(reply.reply or "", REPLIED)
        lines.append(f"\n💬 **{glimpse(reply.name or '', 60)}** replied: {said}")
    return pack(lines)[0]


def _where(guild: int, question: OpenQuestion) -> str:
    mark = " 👎" if question.disliked else ""
    address = link_of(guild, question)
    return f"{mark} · [where](<{address}>)" if address else mark


def link_of(guild: int, question: OpenQuestion) -> str:
    """The address of the message where a question was answered, "" where not all could see it."""
    if question.channel is None:
        return ""
    return f"https://discord.com/channels/{guild}/{question.channel}/{question.message}"


def kept_text(kept: "Kept", told: Sequence[str]) -> str:
    """The outcome of an answer: what is answered now and what isn't, what else changed, and who was
    told."""
    asked = len(kept.answered) + len(kept.unanswered)
    lines = [f"Added **{glimpse(kept.document.title, ASKED)}**. "]
    if asked:
        lines.append(f"Asked again: {len(kept.answered)} of {many(asked, 'wording')} answered now.")
    lines += (f"\n✅ {glimpse(question, ASKED)}" for question in kept.answered[:SHOWN])
    lines += (f"\n❌ {glimpse(question, ASKED)}" for question in kept.unanswered[:SHOWN])
    if kept.unanswered:
        lines.append(f"\n{SMALL}{STAYS}")
    lines += (f"\n{line}" for line in told)
    lines += changed_lines(kept.changed)
    return "".join(lines)


def changed_lines(changed: Sequence["ChangedAnswer"]) -> Iterator[str]:
    """Lines on golden and liked questions that are answered otherwise now."""
    if not changed:
        yield "\nNo golden or liked answer is another than before."
        return
    are = "answer is another" if len(changed) == 1 else "answers are others"
    yield f"\n⚠️ {len(changed)} golden or liked {are} than before:"
    for one in changed:
        yield f"\n- {glimpse(one.question, ASKED)}"
        yield f"\n{SMALL}before: {_quoted(one.before)} · now: {_quoted(one.after)}"


def _quoted(reply: "Reply") -> str:
    return f"“{glimpse(' '.join(reply.quotes), QUOTED)}”" if reply.quotes else UNSAID
