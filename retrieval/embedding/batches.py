"""Batches of texts through the model: every core makes its own passes, over texts of like length.

One pass shared by all cores has them wait for each other after each of its hundreds of steps. Where
the machine has other work too, that takes longer than the steps themselves.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from typing import TypeVar

from .model import Model, Span, Tokenised
from .pooling import Embedded, pool_tokens


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

# Passes begun or waiting for each core: none is idle while whoever asked stores results.
AHEAD = 2


def embed_tokens(
    model: Model, texts: Sequence[Tokenised], sentences: Sequence[Sequence[Span]]
) -> Iterator[tuple[int, Embedded]]:
    """Yields (position, vectors) for every text, from a model that `pools_tokens`.

    When the generator ends, whatever ends it, so have its threads.
    """

    def pass_over(batch: Sequence[int]) -> list[tuple[int, Embedded]]:
        made = pool_tokens(model, [texts[i] for i in batch], [sentences[i] for i in batch])
        return list(zip(batch, made, strict=True))

    passes = model.passes
    shares = batches([len(text.ids) for text in texts], model.pass_tokens)
    with model.side_by_side(passes) as pool:
        for made in _ahead(pool, pass_over, shares, AHEAD * passes):
            yield from made


def _ahead(
    pool: Executor, work: Callable[[Item], Result], items: Iterator[Item], most: int
) -> Iterator[Result]:
    """The results in the order of the items, with at most so many under way."""
    under_way = deque[Future[Result]]()
    for item in items:
        under_way.append(pool.submit(work, item))
        if len(under_way) >= most:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()
