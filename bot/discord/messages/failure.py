"""Failures in words: the sentence that a member reads when something went wrong.

A FootnoteError says itself what to do. All else is logged in full, and said to be unforeseen.
"""

import logging
import re

from bot.discord.language.translation import N_, _, in_words
from bot.output.text import shortened
from retrieval.errors import FootnoteError

from .markdown import plain

log = logging.getLogger(__name__)

# A sentence may repeat what somebody typed; each of its characters may need a backslash.
LONGEST_REASON = 900
CHANNEL = re.compile(r"\\<(#\d{1,20})\\>")
UNFORESEEN = N_("Something went wrong on my side. It has been written to my log; please try again.")


def explain(error: BaseException) -> str:
    """Put an error into a sentence for members, and log those that they can't help in full."""
    if isinstance(error, FootnoteError):
        # A channel's number stays one that Discord shows the name for: it calls nobody.
        return CHANNEL.sub(r"<\1>", plain(shortened(in_words(error), LONGEST_REASON)))
    log.error("unforeseen", exc_info=error)
    return _(UNFORESEEN)
