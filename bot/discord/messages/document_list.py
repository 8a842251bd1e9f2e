"""A server's documents, and the outcome of adding one → the text of messages."""

from collections.abc import Sequence
from datetime import datetime

from bot.discord.language.translation import N_, _, in_words, ngettext, quotation
from bot.output.text import dated, shortened
from retrieval.types import Added, DocumentInfo

from .markdown import linked, on_one_line, plain
from .split import MESSAGE, length, pack

A_PAGE = 10
# Characters shown of a title: as many as let the page fit in a message, with links if they do.
WIDTHS = (120, 60, 25, 10)
# The outcome by whether an older version was there, and whether it is in a collection.
OUTCOMES = {
    (False, False): N_("Added {document}: {passages}."),
    (False, True): N_("Added {document} in {collection}: {passages}."),
    (True, False): N_("Replaced {document} in place of its older version: {passages}."),
    (True, True): N_(
        "Replaced {document} in {collection} in place of its older version: {passages}."
    ),
}
# Stands where the bot added a document by itself, or a member who did is deleted.
NOBODY = "discord"
# How the links of messages begin.
MESSAGES = "https://discord.com/channels/"
TAKEN, ADDED = N_("taken from its channel {when}"), N_("added {when}")
STATES = {"pending": N_("pending"), "removing": N_("removing")}


def listed_page(documents: Sequence[DocumentInfo], page: int, channels: Sequence[str] = ()) -> str:
    """One page of a library's documents, below lines on the channels that some of them are from."""
    followed = [f"\n**{_('Documents are taken from:')}**", *channels] if channels else []
    if not documents and channels:
        return pack([_("No documents yet."), *(f"\n{line}" for line in followed)])[0]
    if not documents:
        return _("There are no documents here yet. Add the first with `/documents add`.")
    first = page * A_PAGE
    count = ngettext("{count} document", "{count} documents", len(documents))
    for width, links in [*((width, True) for width in WIDTHS), (WIDTHS[-1], False)]:
        lines = [_listed(document, width, links) for document in documents[first : first + A_PAGE]]
        text = "\n".join([f"**{count}**", *lines])
        if length("\n".join([text, *followed])) <= MESSAGE:
            break
    return pack([text, *(f"\n{line}" for line in followed)])[0]


def _listed(document: DocumentInfo, width: int, links: bool) -> str:
    title = linked(shortened(document.title, width), document.source if links else "")
    state = "" if document.state == "ready" else f", {_(STATES.get(document.state, ''))}"
    day = dated(document.date, document.title)
    # A page that is full has no room for more than has to be said.
    of = ", " + _("of {day}", day=on_one_line(day)) if day and width > WIDTHS[-1] else ""
    kept = f" · {quotation(on_one_line(document.collection))}" if document.collection else ""
    return f"- {title}{kept} · {passages_of(document)}{of}, {_origin(document)}{state}"


def _origin(document: DocumentInfo) -> str:
    """When a document came in, and by whom: what was taken from a channel, by nobody."""
    when = f"<t:{int(datetime.fromisoformat(document.added_at).timestamp())}:R>"
    if document.added_by == NOBODY:
        return _(TAKEN if document.source.startswith(MESSAGES) else ADDED, when=when)
    who = document.added_by.partition("discord:")[2]
    by = f"<@{who}>" if who.isdigit() else on_one_line(document.added_by)
    return _("added {when} by {who}", when=when, who=by)


def passages_of(document: DocumentInfo) -> str:
    """The number of a document's passages, in words."""
    return ngettext("{count} passage", "{count} passages", document.passages)


def outcome_lines(results: Sequence[Added]) -> list[str]:
    """The outcome of each source, in a sentence; where there are many, what is alike is counted."""
    left_out = [in_words(each.left_out) for each in results if each.left_out]
    results = [each for each in results if not each.is_whole_archive]
    documents = [added for added in results if added.document is not None]
    if len(results) <= A_PAGE:
        return [*map(outcome_line, results), *left_out]
    lines = list[str]()
    if documents:
        unchanged = sum(added.unchanged for added in documents)
        replaced = [added for added in documents if added.replaced]
        lines = [_counted(len(documents) - unchanged - len(replaced), len(replaced), unchanged)]
        lines += _shortened([outcome_line(added) for added in replaced])
    lines += _shortened([outcome_line(each) for each in results if each.error is not None])
    return [*lines, *left_out]


def _counted(added: int, replaced: int, unchanged: int) -> str:
    count = added + replaced + unchanged
    told = [
        *([ngettext("{count} added", "{count} added", added)] if added else []),
        *([ngettext("{count} replaced", "{count} replaced", replaced)] if replaced else []),
        *([ngettext("{count} unchanged", "{count} unchanged", unchanged)] if unchanged else []),
    ]
    documents = ngettext("{count} document", "{count} documents", count)
    return f"**{documents}**: {', '.join(told)}."


def _shortened(lines: Sequence[str]) -> list[str]:
    """Some lines, and how many there are besides."""
    more = len(lines) - A_PAGE
    return [*lines[:A_PAGE], *([and_more(more)] if more > 0 else [])]


def and_more(count: int) -> str:
    """The line on those that are not named."""
    return ngettext("… and {count} more.", "… and {count} more.", count)


def outcome_line(added: Added) -> str:
    """The outcome for one source, in a sentence."""
    if added.document is None:
        return f"⚠️ {plain(in_words(added.error or ''))}"
    title = f"**{linked(shortened(added.document.title, WIDTHS[0]), added.document.source)}**"
    if added.elsewhere:
        return _("{document} is here already, with the same content.", document=title)
    if added.unchanged:
        return _("Unchanged: {document} is here already.", document=title)
    named = {
        "document": title,
        "collection": quotation(on_one_line(added.document.collection)),
        "passages": passages_of(added.document),
    }
    said = OUTCOMES[bool(added.replaced), bool(added.document.collection)]
    return _(said, **named)
