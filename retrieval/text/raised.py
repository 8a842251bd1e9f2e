"""Raised and lowered characters, as plain text has them: 10⁶ m², H₂O."""

import re

RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
# Only signs that have such a form; a lone "n" is a power, and "nd" (in 2nd) is not.
RAISABLE = re.compile(r"[0-9+\-−=()]*n?[0-9+\-−=()]*")
LOWERABLE = re.compile(r"[0-9+\-−=()]*")
ORDINARY = re.compile(r"[^\W\d_]*|\W*")


def raised(text: str) -> str:
    """A superscript: with characters of its own where they exist, else after a "^"."""
    inner = text.strip()
    if RAISABLE.fullmatch(inner):
        return text.translate(RAISED)
    # Ordinals and marks (2nd, 3ᵉ, ™) read well on the line.
    return text if ORDINARY.fullmatch(inner) else text.replace(inner, f"^{inner}", 1)


def lowered(text: str) -> str:
    """A subscript: with characters of its own where they exist, else on the line."""
    return text.translate(LOWERED) if LOWERABLE.fullmatch(text.strip()) else text
