"""Files that are left out are counted by the reason, in a sentence."""

import pytest

from retrieval.reading.collection.left_out import LeftOut


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ([], ""),
        (["a.png"], "Left out: 1 picture."),
        (["a.png", "b.svg", "c.mp3"], "Left out: 2 pictures, 1 recording."),
        (
            ["a.py", "b.css", "c.xyz"],
            "Left out: 2 program files, 1 file of an unknown kind (1 .xyz).",
        ),
        (
            ["a.xyz", "b.xyz", "LICENCE"],
            "Left out: 3 files of an unknown kind (2 .xyz, 1 without a suffix).",
        ),
    ],
)
def test_files_are_counted_by_their_kinds(paths: list[str], told: str) -> None:
    left_out = LeftOut()
    for path in paths:
        left_out.add_unread(path)
    assert left_out.told() == told


def test_of_very_many_kinds_the_most_frequent_are_named() -> None:
    left_out = LeftOut()
    for number in range(10):
        left_out.add_unread(f"a.x{number}")
    assert left_out.told().endswith("(1 .x0, 1 .x1, 1 .x2, 1 .x3, 1 .x4, 1 .x5, 1 .x6, 1 .x7, …).")


def test_any_reason_can_be_counted() -> None:
    left_out = LeftOut()
    left_out.add("settings file of the site", 2)
    left_out.add("picture", 0)
    assert left_out.told() == "Left out: 2 settings files of the site."
