"""Weights for the reader that were never trained: its body is the embedding model's own."""

from pathlib import Path
from typing import Any

from benchmarks.fit.reader.export import write
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.reader.marks import Mark
from retrieval.search.reader.network import BODY


def save_untrained_reader(folder: Path, embedder: SentenceEmbedder) -> Path:
    """A folder with such weights and their record."""
    import torch

    first: Any = embedder.model[0]
    body = first.auto_model
    wide, chance = body.config.hidden_size, torch.Generator().manual_seed(7)
    weights = {
        f"{BODY}{name}": weight.detach()
        for name, weight in body.named_parameters()
        if "word_embeddings" not in name and "pooler" not in name
    }
    for name, rows in (("marks", len(Mark)), ("span", 2), ("cls", 1)):
        weights[f"{name}.weight"] = torch.randn(rows, wide, generator=chance) / 8
    write(weights | {"span.bias": torch.zeros(2), "cls.bias": torch.zeros(1)}, folder)
    return folder
