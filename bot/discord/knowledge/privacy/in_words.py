"""Say in words what is kept of a member, for Discord and for the shell."""

from collections.abc import Iterator

from bot.output.text import many, printable, shortened

from .personal import Deleted, Personal, items_of

# Things of a kind that are shown, and characters of each; all of them are in what is downloaded.
SHOWN, WORDS = 3, 80
# What the kinds are called, by their names: what is counted, and what else there is to say of it.
NAMES = {
    "questions": ("question", " asked"),
    "votes": ("vote", ""),
    "reasons": ("reason", " given why an answer didn't help"),
    "handed_over": ("question", " handed to people"),
    "replies": ("reply", " given as a helper"),
    "tell_me": ("answer", " to be told of"),
    "gaps": ("gap", " seen to"),
    "watched_posts": ("post", " watched, to be answered unasked"),
    "kept_messages": ("message", " in documents"),
    "marks": ("answer", " marked"),
    "proposals": ("answer", " proposed"),
    "followed": ("channel", " added"),
}
NOTHING = "Nothing is kept."


def kept_lines(personal: Personal, most: int = SHOWN) -> Iterator[str]:
    """Lines on what is kept of a member, with the newest words of each kind."""
    if personal.is_empty:
        yield NOTHING
    for name, kept in personal.kept.items():
        if kept:
            yield f"**{counted(name, len(kept))}**"
            yield from _shown(items_of(kept, most), len(kept))
    if personal.written:
        yield f"**{many(len(personal.written), 'document')} written**"
        titles = [written.document.title for written in personal.written]
        yield from _shown(titles[:most], len(titles))
    if personal.added:
        yield f"**{many(personal.added, 'other document')}** added"


def counted(name: str, count: int) -> str:
    """A count of things of a kind, as they are called."""
    noun, more = NAMES.get(name, (name, ""))
    plural = "replies" if noun == "reply" and count != 1 else ""
    return f"{count:,} {plural}{more}" if plural else f"{many(count, noun)}{more}"


def _shown(words: list[str], count: int) -> Iterator[str]:
    for each in words:
        yield f"- {shortened(' '.join(printable(each).split()), WORDS)}"
    if words and (more := count - len(words)) > 0:
        yield f"- and {more:,} more"


def deleted_lines(deleted: Deleted) -> Iterator[str]:
    """Lines on what was deleted of a member, and on what is left of them in others' words."""
    was = deleted.was
    counts = [counted(name, len(kept)) for name, kept in was.kept.items() if kept]
    counts += [f"{many(len(was.written), 'document')} written"] if was.written else []
    yield f"Deleted: {', '.join(counts)}." if counts else "There was nothing to delete."
    if was.added:
        yield f"Others that were added stay, without the number: {many(was.added, 'document')}."
    if deleted.mentioned:
        titles = ", ".join(f"“{document.title}”" for _, document in deleted.mentioned)
        yield f"The number still stands in the text of {titles}, which others wrote."
    yield "Opted out from now on, so that it doesn't come back."
