"""Make what a person wrote a document, and see what it answers: the gap is asked again at once, and
so are the golden questions of the server."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.discord.records.gap_record import Waiting
from bot.discord.records.golden_questions import watched_in_server
from bot.discord.services.libraries import library_of, visible_libraries
from retrieval.errors import FootnoteError
from retrieval.reading.source import Source, from_link, from_upload
from retrieval.types import DocumentInfo

from .gaps import Gap, Gaps

if TYPE_CHECKING:
    from retrieval.evaluation.changed_answers import ChangedAnswer, Reply, Watched

# What stands behind the address of a message, so that the answer to it is not taken for it.
ANSWER = "?answer"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """An answer that a person wrote: under which question, in whose name, and when.

    `link` is the address of the message where it was asked or answered, "" where nobody else may
    see that.
    """

    question: str
    text: str
    member: int
    name: str
    at: datetime
    link: str = ""
    # The channel that the link leads to; the store that the answer goes into, "" for that of all;
    # and the wordings that are left out of it, as they were asked where not everybody sees them.
    asked_in: int | None = None
    store: str = ""
    hidden: frozenset[str] = frozenset()

    def source(self, wordings: Sequence[str] = ()) -> Source:
        """The document that it becomes: its text, the author, the day, and the questions that it
        was written for, by whose words it is found."""
        text = document_text(self.text, [self.question, *wordings])
        if not self.link:
            name = f"{self.question}.txt"
            return from_upload(name, text.encode(), self.title, kind="text")
        link, date = self.link + ANSWER, f"{self.at:%Y-%m-%d}"
        return from_link(link, text, self.title, self.name, date)

    @property
    def title(self) -> str:
        """The question, who answered it, and the day."""
        return f"{self.question} ({self.name}, {self.at:%-d %B %Y})"


@dataclass(frozen=True, slots=True)
class Kept:
    """The outcome of an answer: its document, the questions that are answered now and those that
    still aren't, other answers that changed with it, and who wants to be told."""

    document: DocumentInfo
    answered: tuple[str, ...]
    unanswered: tuple[str, ...]
    changed: tuple["ChangedAnswer", ...]
    waiting: tuple[Waiting, ...]


def document_text(text: str, questions: Sequence[str]) -> str:
    """The text of the document that an answer becomes."""
    asked = dict.fromkeys(" ".join(question.split()) for question in questions)
    return f"{text.strip()}\n\nAsked as: {' · '.join(asked)}\n"


def keep(
    gaps: Gaps, guild: int, gap: Gap | None, written: WrittenAnswer, progress: Progress
) -> Kept:
    """Add an answer to a server's documents, and tell what came of it.

    `gap` is what it answers, None where nobody asks that any more. Raises FootnoteError where it
    can't be added; then nothing has changed.
    """
    from retrieval.evaluation.changed_answers import Watched, ask_all, compare

    library = gaps.library
    wordings = gap.wordings if gap else [written.question]
    own = set(wordings)
    watched = [one for one in watched_in_server(library, guild) if one.question not in own]
    before = ask_all(library, watched)
    told = [wording for wording in wordings if wording not in written.hidden]
    document = _added(gaps, guild, written, told, progress)
    visible = tuple(visible_libraries(library, guild, [written.store] if written.store else ()))
    replies = ask_all(library, [Watched(question, visible) for question in wordings])
    answered = [one.question for one, reply in replies.items() if _answers(reply, document, gap)]
    # What was asked of `common` alone before is asked of the server's own documents now.
    after = ask_all(library, [_seen(one, visible) for one in watched])
    changed = compare(dict(zip(after, before.values(), strict=True)), after)
    ids = _ids(gap, answered)
    settled = gaps.record.settle(
        ids, guild, ids[0] if ids else 0, "answered", written.member, document.id, document.title
    )
    return Kept(
        document,
        tuple(answered),
        tuple(question for question in wordings if question not in answered),
        tuple(changed),
        tuple(gaps.record.take_waiting(settled, guild)),
    )


def ask_again(
    gaps: Gaps, guild: int, gap: Gap, seen: Mapping[int | None, Sequence[str]]
) -> list[int]:
    """Ask the questions of a gap once more, and settle those that are answered by now, from
    documents that came since; returns their numbers. What members found bad stays.

    `seen` are the collections that each of the channels sees where they were asked.
    """
    from retrieval.evaluation.changed_answers import Watched, ask_all

    asked = {
        one.id: Watched(one.question, tuple(gaps.visible(guild, seen.get(one.channel, ()))))
        for one in gap.questions
        if not one.disliked
    }
    replies = ask_all(gaps.library, list(dict.fromkeys(asked.values())))
    settled = list[int]()
    for watched, reply in replies.items():
        if reply.quotes:
            ids = [id for id, one in asked.items() if one == watched]
            document = reply.documents[0]
            settled += gaps.record.settle(ids, guild, gap.id, "answered", None, document)
    return settled


def _added(
    gaps: Gaps, guild: int, written: WrittenAnswer, wordings: Sequence[str], progress: Progress
) -> DocumentInfo:
    source, who = written.source(wordings), f"discord:{written.member}"
    store = written.store or library_of(guild)
    results = list(gaps.library.add([source], store, who, progress))
    document = results[0].document
    if document is None:
        raise FootnoteError(results[0].error or "The answer could not be added.")
    return document


def _seen(one: "Watched", visible: tuple[str, ...]) -> "Watched":
    """The same question, of the libraries that a server's members may ask by now."""
    from retrieval.evaluation.changed_answers import Watched

    return Watched(one.question, visible)


def _answers(reply: "Reply", document: DocumentInfo, gap: Gap | None) -> bool:
    """Tell whether a question is answered now: where it was answered before, and badly, by the new
    document alone."""
    disliked = gap is not None and any(question.disliked for question in gap.questions)
    return document.id in reply.documents if disliked else bool(reply.quotes)


def _ids(gap: Gap | None, answered: Sequence[str]) -> list[int]:
    """The numbers of the questions of a gap that are answered now."""
    if gap is None:
        return []
    said = {" ".join(question.casefold().split()) for question in answered}
    found = (one for one in gap.questions if " ".join(one.question.casefold().split()) in said)
    return [one.id for one in found]
