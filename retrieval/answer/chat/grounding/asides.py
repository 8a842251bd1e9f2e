"""What small models say of their task, where they should say something of its subject.

“The passage is about ferries.” may be true, but members see no passage, and it answers nothing.
"""

import re

ASIDE = re.compile(
    r"(?:(?:the|this|these|that|all|both)\s+)?(?:(?:above|given|provided)\s+)?"
    r"(?:passages?|question|answer)(?:\s+(?:above|given|\d{1,2}))?\s+"
    r"(?:(?:is|are)\s+(?:about|not\s+(?:about|provided|given))\b|do(?:es)?(?:\s+not|n['’]t)\b"
    r"|(?:that|about|says?|states?|mentions?|describes?|discusses|explains?|provides?|suggests?)\b)",
    re.IGNORECASE,
)


def is_aside(claim: str) -> bool:
    """Whether a sentence is about the passages or the question, or only announces another."""
    return claim.rstrip(".… ").endswith(":") or ASIDE.match(claim) is not None
