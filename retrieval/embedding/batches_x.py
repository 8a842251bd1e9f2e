"""Which texts one pass of the model reads together."""

from collections.abc import Iterator, Sequence


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
