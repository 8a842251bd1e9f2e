"""The calibration that a home keeps, made from its operator's own questions."""

from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from math import isfinite
from pathlib import Path

from pydantic import TypeAdapter

from retrieval.errors import FootnoteError
from retrieval.store.disk import make_folder, replace_file

from .fitted import Calibration, Fitted, Ranking

FILE = "calibration.json"


@dataclass(frozen=True, slots=True)
class SavedCalibration:
    """A calibration, and what its signals were measured with."""

    measured_with: str
    calibration: Calibration


def measured_with(model: str, ranking: Ranking) -> str:
    """Name what signals depend on: the embedding model, and the numbers that score passages."""
    return f"{model}, ranking {sha256(repr(ranking).encode()).hexdigest()[:12]}"


def read_kept(folder: Path) -> SavedCalibration | None:
    """Read the calibration that a home keeps; None where it has been given none.

    Raises FootnoteError where it can't be read, or is no calibration.
    """
    file = folder / FILE
    try:
        kept = TypeAdapter(SavedCalibration).validate_json(file.read_bytes())
        _check(kept.calibration)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise FootnoteError(f"The calibration {file} can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise FootnoteError(
            f"The calibration {file} is damaged. Run `footnote calibrate --reset`, which goes back "
            "to the one that comes with Footnote."
        ) from error
    return kept


def _check(calibration: Calibration) -> None:
    numbers = [value for value in asdict(calibration).values() if isinstance(value, float)]
    if not all(map(isfinite, numbers)) or not 0.0 <= calibration.threshold <= 1.0:
        raise ValueError("no confidence can be told by these numbers")


def in_force(shipped: Fitted, kept: SavedCalibration | None, model: str) -> Fitted:
    """The shipped numbers, with the home's own confidence where it has one that fits them."""
    if kept is None or not fits(kept, shipped, model):
        return shipped
    # It was fitted to the home's own questions, in whichever languages they and the documents are.
    return replace(shipped, confidence=kept.calibration, across=None, chinese=None)


def fits(kept: SavedCalibration, shipped: Fitted, model: str) -> bool:
    """True where a calibration was measured with the model and the ranking that are used now."""
    return kept.measured_with == measured_with(model, shipped.ranking)


def keep(folder: Path, kept: SavedCalibration) -> Path:
    """Keeps a calibration in a home, in place of the one before; returns its file.

    Raises FootnoteError where it can't be written; the one before is then as it was.
    """
    try:
        make_folder(folder)
        replace_file(folder / FILE, TypeAdapter(SavedCalibration).dump_json(kept, indent=1))
        return folder / FILE
    except OSError as error:
        raise FootnoteError(
            f"The calibration can't be kept in {folder}: {error.strerror}."
        ) from error


def forget(folder: Path) -> bool:
    """Goes back to the calibration that comes with Footnote; whether there was another.

    Raises FootnoteError where that can't be removed.
    """
    try:
        (folder / FILE).unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise FootnoteError(f"{folder / FILE} can't be removed: {error.strerror}.") from error
    return True
