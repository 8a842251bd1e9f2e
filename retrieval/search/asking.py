"""What can be asked."""

from retrieval.errors import FootnoteError

LONGEST_QUESTION = 10_000  # characters


def check_question(question: str) -> str:
    """The question, if it is one. Raises FootnoteError where it is empty, endless, or no text."""
    if not question.strip():
        raise FootnoteError("There is no question. Ask something, in a few words or a sentence.")
    if len(question) > LONGEST_QUESTION:
        raise FootnoteError(
            f"The question has {len(question):,} characters; {LONGEST_QUESTION:,} are the most. "
            "Ask it more briefly."
        )
    if question.encode(errors="replace").decode() != question:
        raise FootnoteError("The question is not valid UTF-8. Check how it was typed or piped in.")
    return question
