"""Show why a question was answered, or wasn't: `ask --explain`, in words and in JSON."""

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .text import printable, shortened

if TYPE_CHECKING:
    from retrieval.answer.explanation import Explanation

# The signals of confidence in words.
LABELS = {
    "best_sentence": "match of the best sentence",
    "best_dense": "best cosine of a passage",
    "best_bm25": "best BM25 of a passage (logarithm)",
    "lead": "lead of the first passage over the last",
    "names_missing": "names of the question that aren't there",
    "tells_nothing": "no word tells one passage from another",
    "log_passages": "passages searched (logarithm)",
    "answered": "reader: the question is answered",
    "span": "reader: by these very words",
}
LONGEST = 160  # characters of the sentence that the reader takes for the answer


def show_explanation(console: Console, explanation: "Explanation") -> None:
    """Show what confidence was made of, the strongest signal first."""
    console.print(f"\n{_verdict(explanation)}", style="dim")
    if explanation.answered is not None:
        closest = printable(shortened(" ".join(explanation.closest.split()), LONGEST))
        told = f"The reader: {explanation.answered:.2f} that the answer is, or stands beside,"
        console.print(Text(f"{told} “{closest}”", style="dim"))
    if explanation.weighed:
        console.print(_table(explanation))


def _verdict(explanation: "Explanation") -> str:
    if explanation.missing:
        return f"Not in the documents to the letter: {', '.join(explanation.missing)}."
    compared = "at least" if explanation.confidence >= explanation.threshold else "less than"
    return (
        f"Confidence {explanation.confidence:.2f}, {compared} the {explanation.threshold:.2f} "
        "from which on it answers."
    )


def _table(explanation: "Explanation") -> Table:
    table = Table(box=None, style="dim", header_style="dim")
    table.add_column("signal")
    table.add_column("value", justify="right")
    table.add_column("adds to the logit", justify="right")
    strongest = sorted(explanation.weighed.items(), key=lambda weighed: -abs(weighed[1]))
    for name, added in strongest:
        value = explanation.signals[name]
        table.add_row(LABELS.get(name, name), f"{value:.2f}", f"{added:+.2f}")
    table.add_row("(always)", "", f"{explanation.intercept:+.2f}")
    return table


def explanation_form(explanation: "Explanation") -> dict[str, Any]:
    """The `explanation` in `ask --explain --json`."""
    return {
        "confidence": round(explanation.confidence, 4),
        "threshold": explanation.threshold,
        "intercept": explanation.intercept,
        "signals": {
            name: {"value": round(value, 4), "adds": round(explanation.weighed[name], 4)}
            for name, value in explanation.signals.items()
        },
        "missing": list(explanation.missing),
        "closest": explanation.closest,
        "answered": None if explanation.answered is None else round(explanation.answered, 4),
    }
