"""The bundled model as sentence-transformers has it, to compare with; and its word pieces."""

from collections.abc import Iterable
from functools import cache

from tokenizers import Tokenizer

from retrieval.embedding.bundled_weights import bundled_path
from retrieval.embedding.torch_model import TorchModel, load_torch_model


@cache
def reference() -> TorchModel:
    """Return the bundled model run by PyTorch, on one thread."""
    import torch

    torch.set_num_threads(1)
    return load_torch_model(None, "cpu")


@cache
def tokenizer() -> Tokenizer:
    """Return the bundled model's tokenizer."""
    return Tokenizer.from_file(str(bundled_path() / "tokenizer.json"))


def written(pieces: Iterable[int]) -> list[str]:
    """Return word pieces as they are written."""
    return [str(tokenizer().id_to_token(piece)) for piece in pieces]
