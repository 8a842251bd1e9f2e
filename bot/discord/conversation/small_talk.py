"""Small talk, and words that only point at another message: told from questions by their form.

A message is small talk if nothing but small talk is in it. "hi, how do I reset my password?" and
"help, the lamp is out" say more, so they are asked.
"""

import re
import unicodedata
from enum import Enum
from functools import cache

from .phrases import PHRASES as OTHERS


class Talk(Enum):
    """The kinds of messages that ask nothing of the documents: each may hold those before it."""

    CHATTER = "says something to nobody in particular"
    GREETING = "greets"
    THANKS = "thanks or praises"
    ABOUT = "asks who the bot is, or how it helps"


# Who is talked to, behind a phrase.
TO = (
    r"(?: (?:there|all|everyone|everybody|guys|folks|team|people|you|u|bot|footnote|friends?|mate"
    r"|man|dude|again))*"
)
# Whom one asks, and what a word points at.
YOU = r"(?:you|u|this bot|the bot|footnote|anyone|anybody|someone|somebody)"
THIS = (
    r"(?: (?:this|that|these|it|him|her|them|us|me|one|here|there|please|the question|question"
    r"|the above|above|to|with|on|out|for|about))*"
)
PLEASE = r"(?:please|pls|plz|pretty please|thanks in advance)"
PHRASES = {
    Talk.ABOUT: (
        r"(?:who|what) (?:are|r) (?:you|u)(?: exactly)?",
        r"(?:who|what) is (?:this|the) bot(?: for)?|what does (?:this|the) bot do|what do you do",
        r"(?:are|r) (?:you|u) (?:an? )?(?:real )?(?:bot|human|person|ai|robot|real|machine)",
        r"(?:what's|whats|what is) your (?:name|job|purpose)|introduce yourself",
        r"who (?:made|created|built|wrote|programmed|runs|owns) (?:you|this bot)",
        r"tell (?:me|us) (?:something )?about yourself|tell (?:me|us) who you are",
        r"(?:what|how) can (?:you|u) (?:do|help)(?: for)?(?: (?:me|us|here))?",
        r"how (?:do|can|should) (?:i|we|one) (?:use|ask|talk to) (?:you|this bot|the bot)"
        r"(?: (?:a question|something|questions))?",
        r"how (?:do|does) (?:you|this bot|the bot) work",
        rf"(?:can|could|would) {YOU} {PLEASE}? ?help(?: (?:me|us))?(?: out)?",
        r"help(?: me| us)?(?: out)?|i need (?:some )?help|(?:i have|i've got|i got) a question",
        r"(?:can|may|could) i ask(?: you)?(?: (?:a question|something))?",
        r"commands?|usage|instructions|(?:show|list)(?: me)? (?:your |the )?commands",
    ),
    Talk.GREETING: (
        rf"(?:hi|hello|hey+|heya|hiya|yo|hola|howdy|greetings|good (?:morning|afternoon|evening"
        rf"|day)|gm){TO}",
        rf"(?:what's up|whats up|sup|wassup|nice to meet you|welcome){TO}",
        r"how are (?:you|u)(?: doing)?(?: today)?|how(?:'s| is) it going",
        r"(?:are )?(?:you|u) (?:there|alive|awake|online|up|working|around)",
        rf"is (?:this|it) (?:thing )?(?:on|working)|test(?:ing)?|ping{TO}",
    ),
    Talk.THANKS: (
        rf"(?:many |big |ok |oh )?(?:thanks|thank (?:you|u)|thx|ty|tysm|tyvm|cheers)(?: (?:so|very)"
        rf" much| a (?:lot|bunch|ton|million))?{TO}(?: for (?:the|your|that|this)"
        r"(?: (?:quick|fast|great|kind))? (?:help|answer|info|information|reply|response))?",
        r"(?:that|this|it) (?:helps|helped|worked|works|did it)(?: a lot| me)?",
        r"(?:very |much )?appreciated|(?:i )?appreciate (?:it|that)|good bot|well done",
        r"(?:that's|thats|you're|youre|this is|that is) (?:so )?(?:great|awesome|perfect|helpful"
        r"|amazing|the best|good|nice|cool|it)",
        r"(?:perfect|great|awesome|excellent|amazing|brilliant|fantastic|wonderful|nice|cool|neat"
        r"|lovely|sweet)(?: (?:one|job|work|answer|stuff))?",
    ),
    Talk.CHATTER: (
        r"lo+l|lmf?ao|rofl|(?:ha){2,}h?|(?:he){2,}|xd|wow|oh|ah|hm+|um+|uh+|oops|damn|omg|wtf|gg|rip",
        r"(?:ok|okay|okey|k|kk|alright|all right|right|sure|fine|yes|yeah|yep|yup|ya|no|nope|nah"
        rf"|maybe|same|true|indeed|exactly|agreed|of course|fair enough){TO}",
        r"i (?:see|know|agree)|i (?:don't|dont) know|idk|got (?:it|you)|gotcha|understood|noted"
        r"|(?:that )?makes sense|interesting|funny",
        r"never ?mind|nvm|no (?:problem|worries)|np|you're welcome|youre welcome|yw|sorry|my bad",
        rf"(?:bye|goodbye|good night|gn|see (?:you|ya)|cya|later|brb|afk){TO}",
        r"done|fixed|solved|resolved|first|bump|\+1|so|well|and|but",
        PLEASE,
    ),
}
POINTING = (
    rf"(?:can|could|would|will|do|does) {YOU} {PLEASE}? ?(?:answer|help|explain|check|know|say"
    r"|reply to|respond to|look (?:at|into)|tell|take a look at|have an? (?:answer|idea)"
    rf"|give an answer){THIS}",
    rf"(?:answer|explain|help|reply to|look at|see|read|check|tell){THIS}",
    r"(?:any|got any|some) (?:ideas?|thoughts|answers?|help|clues?|advice|suggestions)"
    rf"(?: (?:on|about|for))?{THIS}",
    r"thoughts|ideas?|opinions?|your turn|(?:this|that|the|same) (?:question|one)(?: above)?",
    rf"what about{THIS}|what do (?:you|u) (?:think|say){THIS}|do (?:you|u) know{THIS}",
    r"(?:what's|whats|what is) the answer(?: (?:to this|to that|here))?",
    r"this|that|these|it|above|here|the above|see above|question above|help|anyone|anybody",
)
# What stands for a word, and isn't one.
EMOTICON = re.compile(r"<a?:\w+:\d+>|:\w{2,}:|[:;=8xX]'?-?[)(DPpOo3/|]+(?!\w)|<3|\^_+\^")
# Whoever writes more words than these says something.
MOST_WORDS = 12
# Signs that point up, at the message before.
UPWARDS = re.compile(r"\^+|↑|⬆️?|☝️?|👆")


def talk_of(text: str) -> Talk | None:
    """The kind of small talk that a message is; None where it says anything else."""
    said = _folded(text)
    return next((kind for kind in Talk if _made_of(said, _up_to(kind))), None)


@cache
def _up_to(last: Talk) -> re.Pattern[str]:
    """Messages made of a kind of small talk and of those before it, in all languages, which members
    mix: "ok danke"."""
    kinds = list(Talk)
    return _messages(*(_phrases(kind) for kind in kinds[: kinds.index(last) + 1]))


def _phrases(kind: Talk) -> str:
    return "|".join(
        [*PHRASES[kind], *(getattr(other, kind.name.lower()) for other in OTHERS.values())]
    )


@cache
def _messages(*phrases: str) -> re.Pattern[str]:
    """Messages made of nothing but such phrases."""
    return re.compile(rf"(?:(?:{'|'.join(phrases)})(?: |$))*")


def language_of_talk(text: str) -> str | None:
    """The language that small talk is in, if it is another one than English."""
    said = _folded(text)
    if _made_of(said, _messages(*(phrase for kind in Talk for phrase in PHRASES[kind]))):
        return None
    # Laughter, and "ok", belong to no language.
    anywhere = PHRASES[Talk.CHATTER]
    own = (code for code, talk in OTHERS.items() if _made_of(said, _messages(*anywhere, *talk[:4])))
    return next(own, None)


def only_points(text: str) -> bool:
    """Tell whether a message says nothing of its own, but points at another: "^^", "anyone?"."""
    said = _folded(UPWARDS.sub(" this ", text))
    if not said:
        return not _has_signs(text)
    around = (_phrases(Talk.GREETING), _phrases(Talk.CHATTER))
    pointing = (*POINTING, *(other.pointing for other in OTHERS.values()))
    return _made_of(said, _messages(*pointing, *around)) and not _made_of(said, _messages(*around))


def _made_of(said: str, messages: re.Pattern[str]) -> bool:
    """Tell whether a text is such a message; whoever says more says something."""
    return said.count(" ") < MOST_WORDS and messages.fullmatch(said) is not None


def _folded(text: str) -> str:
    """The words of a message in small letters, drawn-out ones short ("hiii"), without signs."""
    bare = EMOTICON.sub(" ", text).replace("’", "'").casefold()
    words = re.sub(r"[^\w'+]+|_+", " ", "".join(map(_letter, bare)))
    return " ".join(re.sub(r"([^\W\d])\1{2,}", r"\1", words).split())


def _letter(character: str) -> str:
    # Emoji, and the marks that change how they look.
    return " " if unicodedata.category(character)[0] in "SCZ" and character != "+" else character


def _has_signs(text: str) -> bool:
    """Tell whether a text without words says something by emoji, rather than asking by "??"."""
    return any(not (char.isspace() or char in "?!.,:;-") for char in text)
