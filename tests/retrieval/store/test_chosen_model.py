"""The embedding model that a home was given is kept in a file of it."""

from pathlib import Path

import pytest

from retrieval.errors import FootnoteError
from retrieval.store.files.chosen_model import FILE, keep_model, read_model


def test_a_home_has_the_model_that_it_was_given_last(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert read_model(home) is None
    keep_model(home, "multilingual")
    assert read_model(home) == "multilingual"
    keep_model(home, None)
    assert read_model(home) is None


@pytest.mark.parametrize(
    "text", [b"", b'""', b'" "', b'"one\\ntwo"', b"\xff", b"{}", b'"' + b"x" * 2000 + b'"']
)
def test_a_file_that_names_no_model_is_refused_with_advice(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE).write_bytes(text)
    with pytest.raises(FootnoteError, match=FILE):
        read_model(tmp_path)


def test_a_name_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(FootnoteError, match="can't be kept"):
        keep_model(tmp_path, "multilingual")
