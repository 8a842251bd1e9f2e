"""A trial in a process of its own, so that what it costs is its own."""

import json
import subprocess
import sys
from typing import Any


def apart(module: str, *arguments: str, trial: object) -> Any:
    """Return the JSON that a module prints when it is given a trial as JSON.

    Raises CalledProcessError where it fails.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        input=json.dumps(trial),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
