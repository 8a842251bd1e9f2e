"""A home keeps a calibration whole, and uses it only with what it was measured with."""

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from retrieval.errors import FootnoteError
from retrieval.weights.calibration_file import (
    FILE,
    SavedCalibration,
    fits,
    forget,
    in_force,
    keep,
    measured_with,
    read_kept,
)
from retrieval.weights.fitted import Calibration, Ranking, load_fitted
from tests.support.texts.any_text import ANY_TEXT
from tests.support.texts.outcomes import BASE, changed

SHIPPED = load_fitted()
MODEL = "a-model@0123456789ab"
OURS = SavedCalibration(measured_with(MODEL, SHIPPED.ranking), BASE)
NUMBERS = st.floats(-1e6, 1e6)
KEPT = st.builds(
    SavedCalibration,
    ANY_TEXT,
    st.builds(
        Calibration,
        data=ANY_TEXT,
        date=st.dates(),
        **{
            field.name: st.floats(0, 1) if field.name == "threshold" else NUMBERS
            for field in fields(Calibration)
            if field.name not in ("data", "date")
        },
    ),
)


# Kept and read


@given(kept=KEPT)
def test_what_is_kept_is_read_back_to_the_last_digit(
    kept: SavedCalibration, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "kept"
    assert keep(folder, kept) == folder / FILE
    assert read_kept(folder) == kept
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_a_home_that_was_given_nothing_keeps_nothing(tmp_path: Path) -> None:
    assert read_kept(tmp_path) is None
    assert read_kept(tmp_path / "not" / "there") is None


def test_the_last_one_kept_counts(tmp_path: Path) -> None:
    keep(tmp_path / "new" / "home", OURS)
    later = replace(OURS, calibration=replace(BASE, threshold=0.25, date=date(2026, 3, 4)))
    keep(tmp_path / "new" / "home", later)
    assert read_kept(tmp_path / "new" / "home") == later


@pytest.mark.parametrize(("owner", "step"), [(TypeAdapter, "dump_json"), (Path, "replace")])
def test_a_write_that_is_interrupted_leaves_the_one_before(
    owner: type, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, OURS)
    later = replace(OURS, measured_with="something newer")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(owner, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        keep(tmp_path, later)
    monkeypatch.undo()
    assert read_kept(tmp_path) == OURS
    keep(tmp_path, later)
    assert read_kept(tmp_path) == later


# Damaged


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-20],
        lambda data: b"\xff" + data,
        lambda data: b"null",
        lambda data: b"[1, 2]",
        lambda data: data.replace(b'"threshold"', b'"thrashold"'),
        lambda data: data.replace(b"3.0", b'"three"'),
        lambda data: data.replace(b"2026-01-02", b"2026-13-02"),
        lambda data: re.sub(rb'("threshold": ?)[0-9.]+', rb"\1NaN", data),
        lambda data: re.sub(rb'("threshold": ?)[0-9.]+', rb"\g<1>5", data),
        lambda data: re.sub(rb'("threshold": ?)[0-9.]+', rb"\1-1", data),
        lambda data: re.sub(rb'("intercept": ?)[-0-9.]+', rb"\g<1>Infinity", data),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_with_the_way_out(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    path = keep(tmp_path, OURS)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(FootnoteError) as caught:
        read_kept(tmp_path)
    assert str(caught.value) == (
        f"The calibration {path} is damaged. Run `footnote calibrate --reset`, "
        "which goes back to the one that comes with Footnote."
    )
    assert forget(tmp_path)
    assert read_kept(tmp_path) is None


# In force


def test_a_homes_own_confidence_is_in_force_and_the_ranking_stays_the_shipped_one() -> None:
    assert fits(OURS, SHIPPED, MODEL)
    assert in_force(SHIPPED, OURS, MODEL) == replace(SHIPPED, confidence=BASE)


def test_without_one_of_its_own_a_home_has_what_was_shipped() -> None:
    assert in_force(SHIPPED, None, MODEL) == SHIPPED


def test_it_is_not_in_force_with_another_model() -> None:
    assert not fits(OURS, SHIPPED, "another-model")
    assert in_force(SHIPPED, OURS, "another-model") == SHIPPED


@pytest.mark.parametrize("name", [field.name for field in fields(Ranking)])
def test_it_is_not_in_force_when_any_number_of_the_ranking_has_changed(name: str) -> None:
    value = getattr(SHIPPED.ranking, name)
    other = value + "!" if isinstance(value, str) else value + 0.001
    newer = replace(SHIPPED, ranking=changed(SHIPPED.ranking, **{name: other}))
    assert not fits(OURS, newer, MODEL)
    assert in_force(newer, OURS, MODEL) == newer


def test_it_stays_in_force_when_only_the_shipped_confidence_has_changed() -> None:
    newer = replace(SHIPPED, confidence=replace(SHIPPED.confidence, threshold=0.75))
    assert in_force(newer, OURS, MODEL).confidence == BASE


# Forgotten


def test_what_is_forgotten_is_gone_and_there_is_nothing_to_forget_twice(tmp_path: Path) -> None:
    assert not forget(tmp_path)
    keep(tmp_path, OURS)
    assert forget(tmp_path)
    assert read_kept(tmp_path) is None
    assert not forget(tmp_path)


def test_a_home_that_is_a_file_keeps_nothing_and_says_so_when_asked_to(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder")
    assert read_kept(home) is None
    assert not forget(home)
    with pytest.raises(FootnoteError, match="can't be kept in"):
        keep(home, OURS)
    assert home.read_text() == "not a folder"
