"""Fits the weights that order passages, and those that choose the sentences to quote.

Of the candidates for a question those that hold its evidence should come first: the weights
make that most probable, by a softmax over the candidates' scores (ListNet, Cao et al. 2007).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from statistics import fmean

import torch
from torch import Tensor

from retrieval.answer.quoting.quote import read
from retrieval.evaluation.golden import Golden, Outcome
from retrieval.evaluation.right_answer import fold
from retrieval.evaluation.run import Evaluation, Plan, evaluate
from retrieval.library import Library
from retrieval.weights.fitted import Ranking

WEIGHTS = (
    "sentence_likeness", "sentence_words",
    "passage_dense", "passage_bm25", "passage_phrases", "passage_likeness",
)  # fmt: skip
OF_SENTENCES = 2
STEPS, RATE, HELD_BACK = 250, 0.04, 0.001
LONGEST_QUOTES = 323.0  # characters, on average


@dataclass(frozen=True)
class Asked:
    """One question's candidates: (c, s, 3) numbers of sentences, which are there, (c, 4) numbers
    of passages, and which of these hold the evidence."""

    sentences: Tensor
    there: Tensor
    passages: Tensor
    right: Tensor


def fit_ranking(library: Library, golden: Sequence[Golden], base: Ranking) -> Ranking:
    """The base with the weights of passages and their sentences fitted to some questions."""
    asked = [found for one in golden if (found := _candidates(library, one)).right.any()]
    # The first is the scale of all, by which they are divided in the end.
    weights = torch.full((len(WEIGHTS) + 1,), 0.3, requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=RATE)
    for step in range(STEPS):
        losses = [_loss(one, weights) for one in asked]
        loss = torch.stack(losses).mean() + HELD_BACK * weights.square().sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if step in (0, STEPS - 1):
            print(f"# ranking: {len(asked)} questions, loss {loss.item():.4f}")
    scale, *others = weights.tolist()
    named = zip(WEIGHTS, others, strict=True)
    return replace(base, **{name: round(value / scale, 2) for name, value in named})


def _candidates(library: Library, golden: Golden) -> Asked:
    retriever = library.retriever([golden.library])
    matches = list(retriever.matches(retriever.parse(golden.question)))
    most = max(len(match.cosines) for match in matches)
    sentences = torch.zeros(len(matches), most, 1 + OF_SENTENCES)
    there = torch.zeros(len(matches), most, dtype=torch.bool)
    for row, match in enumerate(matches):
        count = len(match.cosines)
        for column, values in enumerate((match.cosines, match.likeness, match.words)):
            sentences[row, :count, column] = torch.tensor(values)
        there[row, :count] = True
    passages = torch.tensor([[m.dense, m.bm25, m.phrases, m.whole] for m in matches])
    right = torch.tensor([fold(golden.evidence) in fold(m.candidate.stored.text) for m in matches])
    return Asked(sentences, there, passages, right)


def _loss(asked: Asked, weights: Tensor) -> Tensor:
    own, rest = weights[: 1 + OF_SENTENCES], weights[1 + OF_SENTENCES :]
    best = (asked.sentences @ own).masked_fill(~asked.there, -torch.inf).amax(dim=1)
    scores = 8 * (best + asked.passages @ rest)
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[asked.right], 0)


def fit_reading(library: Library, golden: Sequence[Golden], base: Ranking) -> Ranking:
    """The base with what chooses sentences set to what quotes the most answers, not too long."""
    evaluation = evaluate(library, Plan(tuple(golden)), lambda: None)
    grid = product((0.4, 0.6, 0.8, 1.0), (0.0, 0.15, 0.3, 0.45), (0.35, 0.4, 0.45, 0.5, 0.55))
    tried = [
        replace(base, answer_passage=passage, answer_words=words, answer_margin=margin)
        for passage, words, margin in grid
    ]
    figures = {ranking: _quoted(evaluation, ranking) for ranking in tried}
    fitting = [ranking for ranking in tried if figures[ranking][1] <= LONGEST_QUOTES]
    best = max(fitting, key=lambda ranking: figures[ranking][0])
    print("# reading: {:.3f} quoted in {:.0f} characters".format(*figures[best]))
    return best


def _quoted(evaluation: Evaluation, ranking: Ranking) -> tuple[float, float]:
    """The share of questions with a gold answer in the quotes, and how long these are."""
    outcomes = [_read_anew(outcome, ranking) for outcome in evaluation.outcomes]
    return fmean(o.quoted for o in outcomes), fmean(o.quoted_length for o in outcomes)


def _read_anew(outcome: Outcome, ranking: Ranking) -> Outcome:
    text, citations = read(outcome.answer.passages, ranking)
    answer = replace(outcome.answer, answered=True, text=text, citations=citations)
    return replace(outcome, answer=answer)
