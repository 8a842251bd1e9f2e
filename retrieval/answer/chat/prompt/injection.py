"""Prompt injection: what imitates a prompt's own structure, made plain text that says the same.

A model's input is one stream, in which roles and turns are told apart by control tokens and by
custom. A document that writes them can seem to end its passage and begin a message of its own
(OWASP LLM01 and AISVS C2.1.7). The lists here are the control tokens of the chat templates that
open models publish (ChatML, Llama, Mistral, Gemma, DeepSeek, Phi, Command R, EXAONE …), the
labels of Alpaca, Vicuna and Claude's old prompts, and the tags of tool calls. Each is written so
that no tokenizer or template takes it for itself: ‹…› for <…>, (…) for […], quotes on a label.
"""

import re
from collections.abc import Callable

from retrieval.text.special_characters import plain

ROLE = (
    r"(?:system(?:[ ](?:prompt|message|note|instructions?|override))?|developer|assistant|human|ai"
    # In small letters it is a key of every second YAML file.
    r"|instructions?|(?-i:User|USER))"
)
# Any name between <| and |>, with the full-width bars of DeepSeek, the missing ones of Gemma.
TOKEN = re.compile(
    r"<\|[ \t]?/?[\w▁.:/-]{2,}+[ \t]?\|?>|<[\w▁.:/-]{2,}+\|>"
    r"|\[\|/?(?:system|assistant|user|tool|endofturn)\|\]",
    re.IGNORECASE,
)
BARE_TOKEN = re.compile(
    r"</?(?:s|bos|eos|pad|unk|mask|sep|cls|sop|eop|eod|eot|endoftext|(?:start|end)_of_\w++"
    r"|fim_\w++|unused\d++|extra_id_\d++|reserved_\w++|0x[0-9A-F]{2}|[BE]OS_TOKEN|PRE|SUF|MID)>"
    r"|\[/?(?:SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|CALL_ID|ARGS"
    r"|THINK|[gs]?MASK|CLS|SEP|PAD|UNK|BOS|EOS|USER|(?i:inst|system|assistant))\]"
)
TAG_NAME = (
    r"(?:\w++:)?(?:sys(?:tem)?|developer|assistant|user|human|ai|bot|instructions?|prompt|context"
    r"|documents?|passages?|conversation|tools?|functions?|invoke|parameters?|think(?:ing)?"
    r"|reasoning|scratchpad)(?:[_.:=-][\w.:=-]*+)?+(?!\w)"
)
# A tag right behind a word is left alone where it may be a type's parameter: `List<Document>`,
# `i<user_count`. What is inside may not hold tags: one that is rewritten must not free another.
TAG = re.compile(
    rf"(?<!<)<++(?!(?<=\w<)(?-i:[A-Z][a-z]))\s*+/?\s*+{TAG_NAME}\s*+/?\s*+>++"
    rf"|(?<![\w<])<++/?{TAG_NAME}(?:[\s/][^<>]*+>++|(?=[\s/]))"
    rf"|(?<!<)<++/?{TAG_NAME}(?=\s++[\w.:-]++\s*+=)(?:[^<>]*+>++)?",
    re.IGNORECASE,
)
SPEAKER = re.compile(
    # Alpaca's other labels are too common to be one without its three number signs.
    rf"^[ \t#>*_~`|/<‹!\[(=+•-]*+(?P<label>{ROLE}|(?<=\#\#[ #])(?:input|response))"
    r"(?=[*_`\])]*+[ \t]*+:)",
    re.IGNORECASE | re.MULTILINE,
)
HEADING = re.compile(
    r"^[ \t>]*+(?:\#{1,6}|={2,}+|-{3,}+|\*{3,}+)[ \t]*+(?P<label>"
    rf"{ROLE}|(?:begin|end)(?:[ ]of)?(?:[ ]the)?[ ]"
    rf"(?:{ROLE}|prompt|context|documents?|passages?|input|conversation)"
    r")(?=[ \t]*+:?[ \t]*+[#=*-]*+[ \t]*+$)",
    re.IGNORECASE | re.MULTILINE,
)
HARMLESS = {"<": "‹", ">": "›", "[": "(", "]": ")"}


def without_imitations(text: str) -> str:
    """The text with the tokens, tags and labels that a prompt is built of written harmlessly.

    `text` is to be visible all through. What comes out is at most twice as long, and comes out
    the same if put in again. Takes time linear in the text's length.
    """
    for pattern in (TOKEN, BARE_TOKEN, TAG):
        text = rewritten(text, pattern, unbracketed)
    for pattern in (SPEAKER, HEADING):
        text = rewritten(text, pattern, _quoted, "label")
    return text


def rewritten(
    text: str, pattern: re.Pattern[str], change: Callable[[str], str], group: int | str = 0
) -> str:
    """The text with a group of every match changed, look-alikes matching as what they look like."""
    parts, end = [], 0
    for match in pattern.finditer(plain(text)):
        start, stop = match.span(group)
        parts += [text[end:start], change(text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])


def unbracketed(text: str) -> str:
    """The text with its angle and square brackets, whatever their width, as others."""
    return "".join(HARMLESS.get(read, own) for own, read in zip(text, plain(text), strict=True))


def _quoted(label: str) -> str:
    return f"“{label}”"
