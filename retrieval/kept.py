"""The calibration that a home keeps, made from its operator's own questions."""

from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from .errors import FootnoteError
from .fitted import Calibration, Fitted, Ranking

FILE = "calibration.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A calibration, and what its signals were measured with."""

    measured_with: str
    calibration: Calibration


def measured_with(model: str, ranking: Ranking) -> str:
    """What signals depend on: the embedding model, and the numbers that score passages."""
    return f"{model}, ranking {sha256(repr(ranking).encode()).hexdigest()[:12]}"


def read_kept(folder: Path) -> Kept | None:
    """What a home keeps; None where it has been given nothing. Raises FootnoteError if damaged."""
    try:
        return TypeAdapter(Kept).validate_json((folder / FILE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise FootnoteError(
            f"The calibration {folder / FILE} can't be read. Run `footnote calibrate --reset`, "
            "which goes back to the one that comes with Footnote."
        ) from error


def in_force(shipped: Fitted, kept: Kept | None, model: str) -> Fitted:
    """The shipped numbers, with the home's own confidence where it has one that fits them."""
    if kept is None or not fits(kept, shipped, model):
        return shipped
    return replace(shipped, confidence=kept.calibration)


def fits(kept: Kept, shipped: Fitted, model: str) -> bool:
    """Whether a calibration was measured with the model and the ranking that are used now."""
    return kept.measured_with == measured_with(model, shipped.ranking)


def keep(folder: Path, kept: Kept) -> Path:
    """Keeps a calibration in a home, in place of the one before; returns its file."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{FILE}.part"
    new.write_bytes(TypeAdapter(Kept).dump_json(kept, indent=1))
    return new.replace(folder / FILE)


def forget(folder: Path) -> bool:
    """Goes back to the calibration that comes with Footnote; whether there was another."""
    with suppress(FileNotFoundError):
        (folder / FILE).unlink()
        return True
    return False
