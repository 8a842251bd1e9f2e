"""Batches of texts through the model: every core makes its own passes, over texts of like length.

One pass shared by all cores has them wait for each other after each of its hundreds of steps. Where
the machine has other work too, that takes longer than the steps themselves.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from .pooling import Embedded, Tokenised, pool_tokens
from .word_vectors import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """The positions of texts, in groups that one pass of the model reads, the longest first.

    `lengths` are in tokens. Texts of like length share a pass, so that little of it is padding;
    padded to its longest, none has more than `most` tokens, unless one text alone has.
    """
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lambda each: -lengths[each]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > most:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


Item = TypeVar("Item")
Result = TypeVar("Result")

# Passes that are begun or wait for each core: none is idle while whoever asked stores results.
AHEAD = 2
# Tokens of one pass on a core, padding included. With fewer, the steps between the sums count;
# with more, what a step hands to the next no longer fits the core's cache.
CORE_TOKENS = 1024
# Tokens of one pass on another device, which makes one pass at a time.
DEVICE_TOKENS = 16 * CORE_TOKENS


def embed_tokens(
    model: "SentenceTransformer",
    texts: Sequence[Tokenised],
    sentences: Sequence[Sequence[Span]],
    cores: int,
) -> Iterator[tuple[int, Embedded]]:
    """Yields (position, vectors) for every text, from a model that `pools_tokens`.

    Where the model is on the CPU, `cores` passes are made at a time. When the generator ends,
    whatever ends it, so have its threads.
    """
    on_cpu = model.device.type == "cpu"

    def pass_over(batch: Sequence[int]) -> list[tuple[int, Embedded]]:
        made = pool_tokens(model, [texts[i] for i in batch], [sentences[i] for i in batch])
        return list(zip(batch, made, strict=True))

    lengths = [len(text.ids) for text in texts]
    with _threads(cores if on_cpu else 1, cores) as pool:
        for made in _ahead(
            pool,
            pass_over,
            batches(lengths, CORE_TOKENS if on_cpu else DEVICE_TOKENS),
            AHEAD * cores,
        ):
            yield from made


@contextmanager
def _threads(number: int, cores: int) -> Iterator[ThreadPoolExecutor]:
    """Threads in each of which torch keeps to one core."""
    import torch

    pool = ThreadPoolExecutor(number, "pass", torch.set_num_threads, (1,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        # What they set holds for threads that are yet to come, too.
        torch.set_num_threads(cores)


def _ahead(
    pool: ThreadPoolExecutor, work: Callable[[Item], Result], items: Iterator[Item], most: int
) -> Iterator[Result]:
    """The results in the order of the items, with at most so many under way."""
    under_way = deque[Future[Result]]()
    for item in items:
        under_way.append(pool.submit(work, item))
        if len(under_way) >= most:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()
