"""The passes of the models are what is tested here."""

import pytest


@pytest.fixture(autouse=True)
def made_each_time(each_pass: None) -> None:
    """Nothing is remembered."""
