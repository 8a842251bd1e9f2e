"""Put questions together that mean the same, by their vectors.

Agglomerative, by average linkage of cosine distances. The questions of one community have much in
common, which tells none of them from another: the mean of their vectors is taken off first, the
more of it the more questions there are. Both cuts were chosen on `unanswered_dev.yaml` of
benchmarks/discord, for purity of about 0.95; there, taking off the mean puts 55 % of a
subject's questions into one cluster instead of 52 %.
"""

from collections.abc import Sequence

import numpy as np

from retrieval.embedding.embedder import Vectors

# The distance at which clusters are kept apart: of plain vectors, and of those less their mean.
PLAIN, CENTRED = 0.60, 0.66
# With so many questions, half of their mean is taken off.
HALF = 4
# The cosine from which a question is taken for one that somebody dealt with before.
ALIKE = 0.65


def cluster(vectors: Vectors) -> list[list[int]]:
    """The positions of vectors (n, dim) that belong together, the largest group first."""
    if len(vectors) < 2:  # noqa: PLR2004 -- one is alone
        return [[place] for place in range(len(vectors))]
    from scipy.cluster.hierarchy import fcluster, linkage

    share = len(vectors) / (len(vectors) + HALF)
    apart = unit(vectors - share * vectors.mean(axis=0))
    tree = linkage(apart, "average", "cosine")
    labels = fcluster(np.clip(tree, 0.0, None), PLAIN + share * (CENTRED - PLAIN), "distance")
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        groups.setdefault(int(label), []).append(place)
    return sorted(groups.values(), key=lambda group: -len(group))


def central(vectors: Vectors, group: Sequence[int]) -> int:
    """The position in a group of the one that is most like all of them."""
    chosen = vectors[list(group)]
    return group[int(np.argmax(chosen @ chosen.mean(axis=0)))]


def closest(vector: Vectors, others: Vectors) -> int | None:
    """The position among others (n, dim) of the one that says the same, if there is one."""
    if not len(others):
        return None
    likeness = others @ vector
    best = int(np.argmax(likeness))
    return best if likeness[best] >= ALIKE else None


def unit(vectors: Vectors) -> Vectors:
    """The vectors (n, dim) at length one; one of no length is left as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
