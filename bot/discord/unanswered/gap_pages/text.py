"""Gaps → the text of messages: a page of them, one whole, and what came of an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.discord.language.translation import N_, _, ngettext, quotation
from bot.discord.messages.answer import glimpse
from bot.discord.messages.dressing.places import passage_place
from bot.discord.messages.split import MESSAGE, fitting, length
from bot.discord.records.gap_record import OpenQuestion
from bot.discord.records.hand_off_record import HandOff
from bot.discord.unanswered.gaps import Gap, Nearest, Order
from retrieval.types import Passage

if TYPE_CHECKING:
    from bot.discord.unanswered.keep_answer import Kept
    from retrieval.evaluation.changed_answers import ChangedAnswer, Reply

A_PAGE = 5
# Questions of a gap on one of its pages, and of an answer's outcome; characters of one, of a quote
# and of a reply; and what a gap's questions have room for at least.
SHOWN, ASKED, QUOTED, REPLIED, ROOM = 8, 150, 150, 600, 500
# Characters of the line on those that there is no room for.
LEFT = 40
NONE = N_("Every question here has a good answer, or nobody asked. There are no gaps.")
UNSAID = N_("the documents don't say")
ADDED, ADDED_TO = N_("Added {document}."), N_("Added {document} to {collection}.")
STAYS = N_("What has a ❌ stays in the list: answer it in words nearer to its own.")
SMALL = "-# "


@dataclass(frozen=True, slots=True)
class Width:
    """The most characters of a question, and of the title and the sentence of what came nearest;
    and whether that is a link."""

    asked: int = ASKED
    titled: int = 100
    glimpsed: int = 200
    linking: bool = True


# The first with which a page fits in a message is taken; with the last one any does.
WIDTHS = (Width(), Width(100, 60, 100), Width(60, 40, 60), Width(30, 16, 20, linking=False))


@dataclass(frozen=True, slots=True)
class Helpers:
    """The role of a server's helpers, where there is one."""

    role: int | None = None


def gap_page(
    gaps: Sequence[Gap], near: Sequence[Nearest], page: int, order: Order, helpers: Helpers
) -> str:
    """One page of gaps, with all that are on it; `near` is what came nearest to them."""
    if not gaps:
        return _(NONE)
    first = page * A_PAGE
    shown = list(zip(gaps[first : first + A_PAGE], near, strict=True))
    for width in WIDTHS:
        entries = (_entry(n, *one, helpers, width) for n, one in enumerate(shown, start=first + 1))
        text = "".join([_count(gaps, order), *entries])
        if length(text) <= MESSAGE:
            break
    return text


def _count(gaps: Sequence[Gap], order: Order) -> str:
    """The number of gaps, and of the questions in them where those are more."""
    questions = sum(len(gap.questions) for gap in gaps)
    counted = ngettext("{count} gap", "{count} gaps", len(gaps))
    told = f"**{counted}**"
    if questions > len(gaps):
        within = ngettext("{count} question", "{count} questions", questions)
        told = _("{gaps} in {questions}", gaps=told, questions=within)
    if len(gaps) > 1:
        first = _("the newest first") if order == "newest" else _("the largest first")
        told = f"{told}, {first}"
    return told


def _entry(number: int, gap: Gap, found: Nearest, helpers: Helpers, width: Width) -> str:
    title = f"{number}\\. **{glimpse(gap.title, width.asked)}** · {_asked(gap)}"
    return "".join(f"\n{line}" for line in (title, *_nearest(found, helpers, width)))


def _asked(gap: Gap) -> str:
    """The number of times that it was asked, and the last time."""
    count = len(gap.questions)
    disliked = sum(question.disliked for question in gap.questions)
    thumbs = f", {disliked} 👎" if disliked else ""
    times = ngettext(
        "asked once, {when}",
        "asked {count} times, last {when}",
        count,
        when=f"<t:{int(gap.newest.timestamp())}:R>",
    )
    return f"{times}{thumbs}"


def _nearest(found: Nearest, helpers: Helpers, width: Width) -> Iterator[str]:
    if found.passage is not None:
        yield f"{SMALL}{near_line(found.passage, width)}"
    adder = f"<@{found.added_by}>"
    people = [_("{who}, who added that", who=adder)] if found.added_by else []
    people += [f"<@&{helpers.role}>"] if helpers.role else []
    if people:
        yield SMALL + _("could be asked: {people}", people=" · ".join(people))


def near_line(passage: Passage, width: Width = WIDTHS[0]) -> str:
    """A place that came nearest: its document, and its best sentence."""
    best = max(passage.sentences, key=lambda sentence: sentence.score, default=passage)
    named = passage if width.linking else replace(passage, source="")
    where = passage_place(named, best.start, best.end, width.titled)
    return f"{where}: {quotation(glimpse(passage.slice(best.start, best.end), width.glimpsed))}"


@dataclass(frozen=True, slots=True)
class Details:
    """One gap in words; `next` is the first of its questions that doesn't stand there, or 0."""

    text: str
    next: int


def gap_details(
    guild: int,
    gap: Gap,
    found: Nearest,
    helpers: Helpers,
    replies: Sequence[HandOff] = (),
    first: int = 0,
) -> Details:
    """One gap with its questions from the `first` on, what came nearest, and what helpers
    replied."""
    for width in WIDTHS:
        head = f"**{glimpse(gap.title, width.asked)}** · {_asked(gap)}"
        lines = (*_nearest(found, helpers, width), *_replied(replies, width))
        tail = "".join(f"\n{line}" for line in lines)
        if length(head + tail) <= MESSAGE - ROOM:
            break
    asked = [f"\n- {glimpse(one.question, ASKED)}{_where(guild, one)}" for one in gap.questions]
    room = MESSAGE - length(head + tail) - LEFT
    shown = fitting(asked[first:][:SHOWN], room)
    left = len(asked) - first - len(shown)
    more = "\n- " + ngettext("… and {count} more", "… and {count} more", left) if left else ""
    return Details("".join([head, *shown, more, tail]), first + len(shown) if left else 0)


def _replied(replies: Sequence[HandOff], width: Width) -> Iterator[str]:
    """Yield the newest reply, and how many there are besides."""
    for reply in replies[:1]:
        said = glimpse(reply.reply or "", REPLIED * width.asked // ASKED)
        name = glimpse(reply.name or "", 60)
        yield "💬 " + _("**{name}** replied: {text}", name=name, text=said)
    if (more := len(replies) - 1) > 0:
        yield SMALL + ngettext(
            "… and {count} more that can be kept after it.",
            "… and {count} more that can be kept after it.",
            more,
        )


def _where(guild: int, question: OpenQuestion) -> str:
    mark = " 👎" if question.disliked else ""
    address = link_of(guild, question)
    where = _("where")
    return f"{mark} · [{where}](<{address}>)" if address else mark


def link_of(guild: int, question: OpenQuestion) -> str:
    """The address of the message where a question was answered, "" where not all could see it."""
    if question.channel is None:
        return ""
    return f"https://discord.com/channels/{guild}/{question.channel}/{question.message}"


def kept_text(kept: "Kept", told: Sequence[str]) -> str:
    """The outcome of an answer: what is answered now and what isn't, what else changed, and who was
    told."""
    asked = len(kept.answered) + len(kept.unanswered)
    in_collection = kept.document.collection
    title = f"**{glimpse(kept.document.title, ASKED)}**"
    where = quotation(glimpse(in_collection, ASKED))
    said = _(ADDED_TO if in_collection else ADDED, document=title, collection=where)
    lines = [f"{said} "]
    if asked:
        lines.append(
            ngettext(
                "Asked again: {answered} of {count} wording answered now.",
                "Asked again: {answered} of {count} wordings answered now.",
                asked,
                answered=len(kept.answered),
            )
        )
    lines += (f"\n✅ {glimpse(question, ASKED)}" for question in kept.answered[:SHOWN])
    lines += (f"\n❌ {glimpse(question, ASKED)}" for question in kept.unanswered[:SHOWN])
    if kept.unanswered:
        lines.append(f"\n{SMALL}{_(STAYS)}")
    lines += (f"\n{line}" for line in told)
    lines += changed_lines(kept.changed)
    return "".join(lines)


def changed_lines(changed: Sequence["ChangedAnswer"]) -> Iterator[str]:
    """Lines on golden and liked questions that are answered otherwise now."""
    if not changed:
        yield "\n" + _("No golden or liked answer is another than before.")
        return
    yield "\n⚠️ " + ngettext(
        "{count} golden or liked answer is another than before:",
        "{count} golden or liked answers are others than before:",
        len(changed),
    )
    for one in changed:
        yield f"\n- {glimpse(one.question, ASKED)}"
        before = _("before: {answer}", answer=_quoted(one.before))
        now = _("now: {answer}", answer=_quoted(one.after))
        yield f"\n{SMALL}{before} · {now}"


def _quoted(reply: "Reply") -> str:
    return quotation(glimpse(" ".join(reply.quotes), QUOTED)) if reply.quotes else _(UNSAID)
