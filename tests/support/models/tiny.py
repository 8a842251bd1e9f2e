"""A tiny model, untrained, that has all a model has: for where any vectors will do."""

from pathlib import Path
from shutil import copyfile
from typing import Literal

from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from transformers import BertConfig, BertModel

from retrieval.embedding.bundled_weights import bundled_path

TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")


def save_tiny_model(folder: Path, pooling: Literal["cls", "mean"]) -> Path:
    """Makes it in a folder that is there, and returns its path."""
    bare = folder / "bare"
    bare.mkdir()
    config = BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(bare)
    for name in TOKENIZER:
        copyfile(bundled_path() / name, bare / name)
    transformer = Transformer(str(bare), max_seq_length=64)
    modules = [transformer, Pooling(32, pooling_mode=pooling)]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "tiny"))
    return folder / "tiny"
