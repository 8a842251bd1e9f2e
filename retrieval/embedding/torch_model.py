"""A model run by sentence-transformers on PyTorch: any model, any device, and the reference."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from itertools import chain
from threading import RLock
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from .bundled_weights import ModelError, bundled_path, identify
from .model import Matrix, Span, Tokenised, TokenVectors, padded
from .prompts import Prompts, prompts_by_name
from .word_vectors import unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Tokens of one pass on a core, padding included. With fewer, the steps between the sums count;
# with more, what a step hands to the next no longer fits the core's cache.
CORE_TOKENS = 1024
# Tokens of one pass on another device, which makes one pass at a time.
DEVICE_TOKENS = 16 * CORE_TOKENS
# What sentence-transformers takes for the name of the prompt of passages, in this order.
PASSAGES = ("document", "passage", "corpus")


class TorchModel:
    """A sentence-transformers model as an embedder uses it: a step is one thread's at a time."""

    def __init__(self, transformer: "SentenceTransformer", why: str = "") -> None:
        """`why` says why PyTorch runs it, where something else should."""
        self.transformer = transformer
        self._why = why
        # Of two threads at once in a tokenizer, one fails or reads as the other asked it to.
        self._lock = RLock()

    @property
    def engine(self) -> str:
        """The library that runs it, and on what, in words."""
        return f"PyTorch on {self.transformer.device}{self._why}"

    @property
    def longest(self) -> int:
        """The most tokens that it reads of a text, those that frame it included."""
        return int(self.transformer.max_seq_length or 512)

    @property
    def pools_tokens(self) -> bool:
        """True if a mean over some of the token vectors means the same as over all of them."""
        names = [type(module).__name__ for module in self.transformer]
        return (
            names in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
            and cast(Any, self.transformer[1]).pooling_mode == "mean"
            and cast(Any, self.transformer[1]).include_prompt
            and self.places_pieces
        )

    @property
    def prompts(self) -> Prompts:
        """The texts that stand in front of a question, and of a passage."""
        prompts = self.transformer.prompts
        passage = next(filter(None, map(prompts.get, PASSAGES)), "")
        return Prompts(prompts.get("query") or "", passage)

    @property
    def passes(self) -> int:
        """The number of passes that it makes at a time."""
        import torch

        return torch.get_num_threads() if self._on_cpu else 1

    @property
    def pass_tokens(self) -> int:
        """The most tokens of a pass, padding included."""
        return CORE_TOKENS if self._on_cpu else DEVICE_TOKENS

    @property
    def _on_cpu(self) -> bool:
        return self.transformer.device.type == "cpu"

    @property
    def places_pieces(self) -> bool:
        """True if it can tell where in a text a word piece stands."""
        return bool(self.transformer.tokenizer.is_fast)

    @property
    def unknown(self) -> int:
        """The piece that stands for a word that it doesn't know; -1 where it knows all."""
        id = getattr(self.transformer.tokenizer, "unk_token_id", None)
        return -1 if id is None else int(id)

    @property
    def frame(self) -> tuple[int, int]:
        """The tokens that open a text and close it."""
        tokenizer = self.transformer.tokenizer
        return tokenizer.cls_token_id, tokenizer.sep_token_id

    @property
    def word_table(self) -> Matrix | None:
        """One vector a word piece, the model's own memory; None where it has none to show."""
        inner = getattr(cast(Any, self.transformer[0]), "auto_model", None)
        layer = inner.get_input_embeddings() if inner is not None else None
        if layer is None:
            return None
        return cast(Matrix, layer.weight.detach().float().cpu().numpy())

    @property
    def word_centre(self) -> None:
        """Not known without looking at them all."""
        return None

    def pieces(self, texts: Sequence[str], places: bool = False) -> list[Tokenised]:
        """The word pieces of whole texts, without a frame; where they stand if `places` asks."""
        options = {"add_special_tokens": False, "truncation": False, "verbose": False}
        if places:
            options["return_offsets_mapping"] = True
        with self._lock:
            read = self.transformer.tokenizer(list(texts), **options)
        offsets = read["offset_mapping"] if places else [()] * len(texts)
        return list(map(Tokenised, read["input_ids"], offsets))

    def tokenise(self, texts: Sequence[str]) -> list[Tokenised]:
        """Texts as the model reads passages, framed, and cut off where its window ends.

        A passage's prompt stands in front, at no place.
        """
        most, prompt = self.transformer.max_seq_length, self.prompts.passage
        with self._lock:
            read = self.transformer.tokenizer(
                [prompt + text for text in texts],
                truncation=True,
                max_length=most,
                return_offsets_mapping=True,
            )
        placed = (_behind(len(prompt), offsets) for offsets in read["offset_mapping"])
        return list(map(Tokenised, read["input_ids"], placed))

    def encode_query(self, text: str) -> Matrix:
        """The unit vector of a question, (dim,)."""
        with self._lock:
            made = self.transformer.encode_query(
                text, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(made, dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """The unit vectors of texts, (texts, dim)."""
        with self._lock:
            made = self.transformer.encode_document(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(made, dtype=np.float32)

    def forward(self, texts: Sequence[Tokenised]) -> list[TokenVectors]:
        """The vectors of texts in one pass, if it pools tokens; any thread may call it."""
        import torch

        model = self.transformer
        ids, mask = padded(texts, model.tokenizer.pad_token_id or 0)
        features = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        with torch.inference_mode():
            made = model({name: tensor.to(model.device) for name, tensor in features.items()})
        tokens = made["token_embeddings"].float().cpu().numpy()
        wholes = unit(made["sentence_embedding"].float().cpu().numpy())
        return list(map(TokenVectors, tokens, wholes))

    def side_by_side(self, number: int) -> AbstractContextManager[Executor]:
        """So many threads, in each of which a pass keeps to one core."""
        return one_core_each(number)

    def share(self) -> "TorchModel":
        """A copy that shares the weights and has all else, such as the tokenizer, its own."""
        weights = chain(self.transformer.parameters(), self.transformer.buffers())
        shared = {id(weight): weight for weight in weights}
        with self._lock:
            return TorchModel(deepcopy(self.transformer, shared), self._why)


def _behind(prompt: int, offsets: Sequence[Span]) -> Sequence[Span]:
    """The places of tokens in a text, from those in the text with a prompt of so many characters
    in front; the prompt's own tokens stand nowhere."""
    if not prompt:
        return offsets
    return [
        (max(start - prompt, 0), end - prompt) if end > prompt else (0, 0) for start, end in offsets
    ]


@contextmanager
def one_core_each(number: int) -> Iterator[Executor]:
    """Threads in each of which torch keeps to one core.

    One pass shared by all cores has them wait for each other after each of its hundreds of steps.
    Where the machine has other work too, that takes longer than the steps themselves.
    """
    import torch

    cores = torch.get_num_threads()
    pool = ThreadPoolExecutor(number, "pass", torch.set_num_threads, (1,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        # What they set holds for threads that are yet to come, too.
        torch.set_num_threads(cores)


def load_torch_model(name: str | None, device: str | None, why: str = "") -> TorchModel:
    """The model by name or path (None: the bundled one) on a torch device (None: the best).

    Raises ModelError, saying what to do, where it can't be had.
    """
    path = bundled_path() if name is None else name
    # Imported here, not above: it takes seconds, and most of the program does without it.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        made = SentenceTransformer(str(path), device=device, local_files_only=name is None)
    except (OSError, ValueError, RuntimeError, AssertionError, AttributeError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"The embedding model {identify(name)!r} could not be loaded: {reason.rstrip('.')}. "
            "Check FOOTNOTE_EMBEDDING_MODEL (unset means the bundled model) and FOOTNOTE_DEVICE."
        ) from error
    if name is not None and not any(made.prompts.values()):
        prompts = prompts_by_name(name)
        made.prompts = {"query": prompts.query, "document": prompts.passage}
    return TorchModel(made, why)
