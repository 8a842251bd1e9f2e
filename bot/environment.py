"""The environment, for whoever is given it: nothing else reads it but the settings."""

import os
from collections.abc import Mapping


def environment() -> Mapping[str, str]:
    """The variables of this process."""
    return os.environ
