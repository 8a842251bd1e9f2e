"""A message as a person types it → the questions in it.

People greet, apologise and tell what happened before they ask. What is looked up is the part that
asks: the sentence that begins as a question does, else one with a question mark, else the one with
an identifier, else the one that tells most. A message that is one plain question stays as it is.
"""

import re
from collections.abc import Iterator, Sequence

from retrieval.types import ENGLISH

from .identifiers import identifiers
from .terms import STOPWORDS, WORD, fold, words

# More questions than these in one message are not looked up.
MOST_ASKED = 3
# Characters: what is longer is prose, and looked up as it is.
LONGEST_MESSAGE = 2_000

WH = r"(?:who|whom|whose|what|whats|what's|when|where|wheres|where's|which|why|how|hows)"
AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|can|could|may|might|must|shall|should|will|would|has|have"
    r"|had|isn't|aren't|don't|doesn't|can't|cant|won't)"
)
SUBJECT = r"(?:i|you|u|we|they|he|she|it|there|the|this|that|a|an|my|our|your|any|anyone|someone)"
IMPERATIVE = r"(?:tell|list|show|explain|give|name|describe|define)"
STARTS = re.compile(
    rf"(?:(?:in|on|at|to|by|for|from|of|with|about|since|until|under)\s+{WH}\b"
    rf"|if\b[^,?]{{1,80}},\s*(?:{WH}|{AUXILIARY})\b|{WH}\b|{AUXILIARY}\s+\w|{IMPERATIVE}\s+\w|r\s+(?:u|you|we|there)\b)",
    re.IGNORECASE,
)
# Question marks: Latin, that of wide scripts, Arabic, Ethiopic. The Greek one is a semicolon.
MARKS, GREEK = "?？؟፧", ";\u037e"
CLOSING = " \"'»”」』)"
# What may stand before a question and is no part of it.
LEAD = re.compile(
    r"(?:(?:hey+|hi+|hiya|hello+|yo|heya|greetings|good (?:morning|afternoon|evening|day)|howdy)"
    r"(?:\s+(?:guys|all|everyone|everybody|folks|there|team|people|y'all|mods|friends))?[\s,.!:-]+"
    r"|(?:sorry|please|pls|plz|ok|okay|well|um+|uh+|so|anyway|btw|thanks|thank you|ty)"
    r"[\s,.!:…-]+"
    r"|(?:quick|stupid|dumb|silly|noob|random|another|one more|small)\s+question\s*[,:.!-]*\s+"
    r"|(?:my question is|i was wondering|i'm wondering|just wondering|i wanted to ask)"
    r"\s*[,:]*\s+(?=who|what|when|where|which|why|how))+",
    re.IGNORECASE,
)
# What begins a part of a sentence that tells rather than asks, before a comma.
TELLS = re.compile(r"(?:i|im|i'm|i've|ive|my|we|we're|our|sorry|hey|hi|hello|so)\b", re.IGNORECASE)
# What begins a sentence that goes on about what was asked just before.
GOES_ON = re.compile(r"(?:it|its|it's|they|they're|theyre|he|he's|she|she's)\b", re.IGNORECASE)
# What points to something that was said before.
POINTS = re.compile(r"\b(?:it|its|that|this|those|these|they|them|he|him|she|her)\b", re.IGNORECASE)
# Where sentences end, but for short forms ("Dr. Holm", "no. 7").
ENDS = re.compile(
    r"(?:(?<=[!?])|(?<=\w{3}[.])|(?<=[)\"][.])|(?<=[:;][()])|…|\.{2,})\s+|(?<!\s)\s*\n\s*"
)
# Two questions in one sentence: what comes after "and" has the word order of a question.
AND_ASKS = re.compile(
    rf"(?:,|(?<=[^\s,]))\s+(?:and|or|but|plus|also)\s+(?:also\s+)?"
    rf"(?=(?:what|who|when|where|why|which|how)(?:\s+[\w'-]+){{0,2}}?\s+{AUXILIARY}\s+\w"
    rf"|who\s+\w+\s+\w|{AUXILIARY}\s+{SUBJECT}\s+\w)",
    re.IGNORECASE,
)
# What people say who are stuck, and ask no question in so many words.
STUCK = re.compile(
    r"\b(?:i (?:need|want|can't|cant|cannot|could(?: not|n't))|how to|what to|where to|(?:does not"
    r"|doesn't|doesnt|is not|isn't|isnt|won't|wont|can't|cannot|not) (?:work|open|start|load|find"
    r"|connect|let|show|run|respond)\w*|errors?|problems?|trouble|issues?|help|looking for"
    r"|trying to|wondering|fail(?:s|ed|ing)?|broken|unable)\b",
    re.IGNORECASE,
)
SPLITS = re.compile(r"[,;]\s+|(?<!\s)\s+(?:and|but|because|since|so)\s+", re.IGNORECASE)
# Words that a person asks with, and that no document is about.
FILLER = STOPWORDS | frozenset(
    """
    hey hi hello yo guys everyone everybody all folks sorry please pls plz thanks thank thx ty help
    anyone anybody someone somebody know knows knew idea ideas question questions ask asked asking
    wondering ok okay well before new really just still now lol im ive m s t d ll ve re advance
    urgent hope tell explain works nothing anymore here need want got get
    normal wrong happening happens happened mean means
    helps helped helping fix fixes solve solves solution remedy recommend suggest advice
    """.split()
)


def questions_in(message: str, language: str = ENGLISH) -> tuple[tuple[str, str], ...]:
    """The questions that a message asks, each with the part of the message before it.

    A message that is one question, or that only says some words, is returned as it is. In another
    language than English, a question is what ends with a question mark.
    """
    if len(message) > LONGEST_MESSAGE:
        return ((message, ""),)
    if language != ENGLISH:
        return tuple(_marked(message, language)[:MOST_ASKED]) or ((message, ""),)
    sentences = _sentences(message)
    found = _of_a_story(sentences) if sentences[1:] else _of_one_sentence(message)
    return tuple(found[:MOST_ASKED]) or ((message, ""),)


def _marked(message: str, language: str) -> list[tuple[str, str]]:
    """The sentences of a message that end with a question mark, each with the one before it."""
    # Imported here: most questions are in English.
    from .segmentation.sentences import sentences

    marks = MARKS + (GREEK if language == "el" else "")
    found = [message[one.start : one.end] for one in sentences(message, language=language)]
    pairs = zip(found, ["", *found], strict=False)
    return [(part, before) for part, before in pairs if part.rstrip(CLOSING)[-1:] in set(marks)]


def asks(message: str) -> bool:
    """Return whether a message asks something, if only by telling what doesn't work."""
    if any(mark in message for mark in MARKS) or STUCK.search(message) or identifiers(message):
        return True
    return any(STARTS.match(question) for question, _ in questions_in(message))


def _sentences(message: str) -> list[str]:
    """The sentences of a message; a question goes on past a short form's full stop."""
    found = list[str]()
    for part in filter(WORD.search, ENDS.split(message)):
        cut_short = found and found[-1].endswith(".") and STARTS.match(found[-1])
        if cut_short and part.rstrip().endswith("?") and not STARTS.match(part):
            found[-1] = f"{found[-1]} {part.strip()}"
        else:
            found.append(part.strip())
    return found


def _of_one_sentence(message: str) -> list[tuple[str, str]]:
    bare = _without_lead(message)
    told, comma, asked = _told_apart(bare)
    halves = _halves(asked)
    alone = not comma or not (_tells(asked) or POINTS.search(asked))
    if len(halves) == 1 and alone:
        return [(bare, "")]
    return list(zip(halves, [told, *halves], strict=False))


def _of_a_story(sentences: Sequence[str]) -> list[tuple[str, str]]:
    """The sentences that ask, each with what was said just before it."""
    parts = list(_parts(sentences))
    before = ["", *(part for part, _ in parts)]
    pairs = [
        (part, context, marked) for (part, marked), context in zip(parts, before, strict=False)
    ]
    asking = [
        (_gone_on(parts, at), context)
        for at, (part, context, _) in enumerate(pairs)
        if STARTS.match(part) and _tells(part)
    ]
    marked = [(part, context) for part, context, mark in pairs if mark and _tells(part)]
    if asking or marked:
        return asking or marked[-1:]
    return [_most_telling([(part, context) for part, context, _ in pairs])]


def _gone_on(parts: Sequence[tuple[str, bool]], at: int) -> str:
    """A part that asks, with the one behind it where that goes on about the same: "What can I do
    about my saw? It smells of oil." """
    (part, _), following = parts[at], parts[at + 1 : at + 2]
    more = [
        told for told, marked in following if not marked and GOES_ON.match(told) and _tells(told)
    ]
    return " ".join([part, *more])


def _parts(sentences: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The parts that tell and those that ask; true with what ends in a question mark."""
    for sentence in sentences:
        marked = sentence.endswith("?")
        told, _, asked = _told_apart(_without_lead(sentence))
        if told:
            yield told, False
        for half in _halves(asked):
            yield half, marked


def _told_apart(sentence: str) -> tuple[str, bool, str]:
    """A sentence's telling beginning, if it has one, and the question behind its comma."""
    if not STARTS.match(sentence) and TELLS.match(sentence):
        for comma in re.finditer(r"[,;:]\s+|(?<!\s)\s+-\s+", sentence):
            asked = _without_lead(sentence[comma.end() :])
            if STARTS.match(asked):
                return sentence[: comma.start()], True, asked
    return "", False, sentence


def _halves(sentence: str) -> list[str]:
    """The two questions that "and" holds together, or the sentence as it is."""
    for joint in AND_ASKS.finditer(sentence):
        first, second = sentence[: joint.start()], sentence[joint.end() :]
        if STARTS.match(first) and _tells(first) and len(words(second)) > 2:  # noqa: PLR2004
            return [first, second]
    return [sentence]


def _without_lead(text: str) -> str:
    """The text without greetings and the like before it, if a question is left."""
    lead = LEAD.match(text)
    left = text[lead.end() :] if lead else text
    return left if _tells(left) or STARTS.match(left) else text


def _tells(part: str) -> bool:
    return any(word not in FILLER for word in words(part))


def _most_telling(parts: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The part with an identifier, down to its clause; else the one with the most to say."""
    for part, _ in parts:
        clause = next((one for one in SPLITS.split(part) if identifiers(one)), None)
        if clause:
            return _about(clause), ""
    return max(parts, key=lambda pair: sum(word not in FILLER for word in set(words(pair[0]))))


def _about(clause: str) -> str:
    """A clause that does no more than name an identifier, as the question that it stands for."""
    named = identifiers(clause)[0]
    rest = [word for word in words(clause.replace(named, " ")) if word not in FILLER]
    return f"What does {named} mean?" if len(rest) < 2 else clause  # noqa: PLR2004


def last_clause(text: str) -> str:
    """The clause that a pronoun after it points into, without words that nobody asks about."""
    for clause in reversed(SPLITS.split(text)):
        telling = [word for word in WORD.findall(clause) if fold(word) not in FILLER]
        if telling:
            return " ".join(telling)
    return ""
