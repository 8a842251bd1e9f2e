"""Say in words what is kept of a member, for Discord and for the shell."""

from collections.abc import Callable, Iterator

from bot.discord.language.translation import N_, _, ngettext, quotation
from bot.output.text import printable, shortened

from .personal import Deleted, Personal, items_of

# Things of a kind that are shown, and characters of each; all of them are in what is downloaded.
SHOWN, WORDS = 3, 80
# What is said of so many things of a kind, by the kinds' names.
COUNTED: dict[str, Callable[[int], str]] = {
    "questions": lambda count: ngettext("{count} question asked", "{count} questions asked", count),
    "votes": lambda count: ngettext("{count} vote", "{count} votes", count),
    "reasons": lambda count: ngettext(
        "{count} reason given why an answer didn't help",
        "{count} reasons given why an answer didn't help",
        count,
    ),
    "handed_over": lambda count: ngettext(
        "{count} question handed to people", "{count} questions handed to people", count
    ),
    "replies": lambda count: ngettext(
        "{count} reply given as a helper", "{count} replies given as a helper", count
    ),
    "tell_me": lambda count: ngettext(
        "{count} answer to be told of", "{count} answers to be told of", count
    ),
    "gaps": lambda count: ngettext("{count} gap seen to", "{count} gaps seen to", count),
    "watched_posts": lambda count: ngettext(
        "{count} post watched, to be answered unasked",
        "{count} posts watched, to be answered unasked",
        count,
    ),
    "kept_messages": lambda count: ngettext(
        "{count} message in documents", "{count} messages in documents", count
    ),
    "marks": lambda count: ngettext("{count} answer marked", "{count} answers marked", count),
    "proposals": lambda count: ngettext(
        "{count} answer proposed", "{count} answers proposed", count
    ),
    "followed": lambda count: ngettext("{count} channel added", "{count} channels added", count),
}
NOTHING = N_("Nothing is kept.")


def kept_lines(personal: Personal, most: int = SHOWN) -> Iterator[str]:
    """Lines on what is kept of a member, with the newest words of each kind."""
    if personal.is_empty:
        yield _(NOTHING)
    for name, kept in personal.kept.items():
        if kept:
            yield f"**{counted(name, len(kept))}**"
            yield from _shown(items_of(kept, most), len(kept))
    if personal.written:
        yield f"**{_written(len(personal.written))}**"
        titles = [written.document.title for written in personal.written]
        yield from _shown(titles[:most], len(titles))
    if personal.added:
        yield ngettext(
            "**{count} other document** added", "**{count} other documents** added", personal.added
        )


def counted(name: str, count: int) -> str:
    """A count of things of a kind, as they are called."""
    return COUNTED[name](count)


def _written(count: int) -> str:
    return ngettext("{count} document written", "{count} documents written", count)


def _shown(words: list[str], count: int) -> Iterator[str]:
    for each in words:
        yield f"- {shortened(' '.join(printable(each).split()), WORDS)}"
    if words and (more := count - len(words)) > 0:
        yield "- " + ngettext("and {count} more", "and {count} more", more)


def deleted_lines(deleted: Deleted) -> Iterator[str]:
    """Lines on what was deleted of a member, and on what is left of them in others' words."""
    was = deleted.was
    counts = [counted(name, len(kept)) for name, kept in was.kept.items() if kept]
    counts += [_written(len(was.written))] if was.written else []
    if counts:
        yield _("Deleted: {what}.", what=", ".join(counts))
    else:
        yield _("There was nothing to delete.")
    if was.added:
        documents = ngettext("{count} document", "{count} documents", was.added)
        yield _(
            "Others that were added stay, without the number: {documents}.", documents=documents
        )
    if deleted.mentioned:
        titles = ", ".join(quotation(document.title) for _, document in deleted.mentioned)
        yield _(
            "The number still stands in the text of {documents}, which others wrote.",
            documents=titles,
        )
    yield _("Opted out from now on, so that it doesn't come back.")
