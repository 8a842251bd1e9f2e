"""`--fail-under`: the least that some figures must be, so that somebody's CI can insist on it."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from retrieval.evaluation.figures import Figure


def parse_gate(texts: Sequence[str], known: Sequence[str]) -> dict[str, float]:
    """The least value of each figure named in texts such as `hit@5=0.9,mrr=0.8`.

    Raises typer.BadParameter where that is not their form, no such figure is `known`, or one is
    named twice.
    """
    gate = dict[str, float]()
    for part in filter(None, (part.strip() for text in texts for part in text.split(","))):
        name, least = _least(part, known)
        if name in gate:
            raise typer.BadParameter(f"{name} is named twice.")
        gate[name] = least
    return gate


def _least(part: str, known: Sequence[str]) -> tuple[str, float]:
    name, _, value = (piece.strip() for piece in part.partition("="))
    if name not in known:
        close = get_close_matches(name, known, n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise typer.BadParameter(
            f"there is no figure {name!r} to insist on.{meant} The figures are {', '.join(known)}."
        )
    try:
        least = float(value)
    except ValueError:
        least = -1.0
    if not 0.0 <= least <= 1.0:
        raise typer.BadParameter(f"{part!r} needs a number from 0 to 1, as in {name}=0.9.")
    return name, least


def gated(figures: Sequence["Figure"]) -> list[str]:
    """The names of the figures that can be insisted on: those of which more is better."""
    return [figure.name for figure in figures if figure.unit == "share"]


def shortfalls(gate: Mapping[str, float], figures: Sequence["Figure"]) -> Iterator[str]:
    """A sentence for each figure that is below its least value, or could not be measured."""
    values = {figure.name: figure.value for figure in figures}
    for name, least in gate.items():
        value = values.get(name)
        if value is None:
            yield f"{name} could not be measured: no question of that sort was asked."
        elif value < least:
            yield f"{name} is {value:.4f}, and must be at least {least:g}."
