"""Trains the reader: python -m benchmarks.fit.reader.train DATA --out FOLDER

`data/mix.py` says what the folder DATA holds. A run that was stopped goes on where it last saved.
"""

import sys
import time
from argparse import ArgumentDefaultsHelpFormatter, ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from statistics import fmean

import torch
from transformers.utils.logging import set_verbosity_error

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.reader.encoding import Encoder
from retrieval.search.reader.marks import Marker
from retrieval.search.reader.torch_pass import quickest_type

from .data.example import Example
from .data.mix import Mix, Shares
from .measure import measure
from .trainable import Rates, Trainable, begin_with, in_batches, loss, resume, save

# The steps in which the learning rates rise; after, they fall to their least share by the end.
WARM_UP = 300
LEAST_SHARE = 0.02
# Batches are of texts of like length, out of as many examples as fill so many batches.
POOLED = 50
# From here on, each time that is saved adds to the mean that is exported.
AVERAGED = 0.8
CHECKPOINT = "checkpoint.pt"


class Training:
    """One run."""

    def __init__(self, mix: Mix, encoder: Encoder, options: Namespace) -> None:
        self.options = options
        self.mix = mix
        self.encoder = encoder
        self.validation = mix.validation()
        self.device = torch.device(options.device)
        torch.manual_seed(options.seed)
        self.model = Trainable()
        if options.start:
            begin_with(options.start, self.model)
        self.model.to(self.device).train()
        self.optimizer = self.model.optimizer(Rates())
        self.checkpoint = Path(options.out) / CHECKPOINT
        self.step = resume(self.checkpoint, self.model, self.optimizer)
        self.losses = list[float]()  # since it was last saved
        self.per_epoch = max(len(self._epoch(0)) // options.batch, 1)
        self.total = self.per_epoch * options.epochs

    def run(self) -> None:
        """Train to the end, or to as many steps as this run may make."""
        last = min(self.total, self.step + (self.options.steps or self.total))
        while self.step < last:
            number, done = divmod(self.step, self.per_epoch)
            for examples in self._batches(number)[done : done + last - self.step]:
                self._learn(examples)
                if self.step % self.options.every == 0 or self.step == last:
                    self._save()

    def _learn(self, examples: Sequence[Example]) -> None:
        """One step."""
        self._set_rates()
        batch = self.encoder.encode([(example.question, example.text) for example in examples])
        with self._precision():
            logits = self.model(batch)
        error = loss(logits, examples, batch)
        error.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.losses.append(float(error.detach()))

    def _set_rates(self) -> None:
        rising = (self.step + 1) / min(WARM_UP, self.total)
        falling = max(LEAST_SHARE, 1 - self.step / self.total)
        for group in self.optimizer.param_groups:
            group["lr"] = group["greatest"] * self.options.rate * min(1.0, rising) * falling

    def _precision(self) -> AbstractContextManager[None]:
        """Half precision where the device is quicker with it."""
        on_gpu = self.device.type == "cuda" and torch.cuda.is_bf16_supported()
        quick = on_gpu or quickest_type(self.device) is torch.bfloat16
        return torch.autocast(self.device.type, torch.bfloat16, enabled=quick)

    def _epoch(self, number: int) -> list[Example]:
        shares = Shares(self.options.squad, self.options.fever, self.options.community)
        return self.mix.epoch(self.options.seed * 1000 + number, shares)

    def _batches(self, number: int) -> list[Sequence[Example]]:
        """The batches of an epoch: as many in each, whatever the number of examples drawn."""
        wanted = self.per_epoch * self.options.batch
        drawn = self._epoch(number)
        drawn = (drawn * (wanted // len(drawn) + 1))[:wanted]
        made = list[Sequence[Example]]()
        for pool in in_batches(drawn, POOLED * self.options.batch):
            pooled = list(in_batches(sorted(pool, key=_length), self.options.batch))
            Random(number).shuffle(pooled)
            made += pooled
        return made

    def _save(self) -> None:
        """Measure, and save what the run is resumed from, and what may be exported."""
        print(f"{self.step}/{self.total} loss {fmean(self.losses):.3f}", flush=True)
        self.losses.clear()
        with self._precision():
            for name, examples in self.validation.items():
                figures = measure(self.model, self.encoder, examples)
                print(f"  {name}: {figures}", flush=True)
        save(self.checkpoint, self.model, self.optimizer, self.step)
        if self.step >= AVERAGED * self.total:
            torch.save(self.model.state_dict(), self.checkpoint.parent / f"w{self.step}.pt")


def _length(example: Example) -> int:
    return len(example.question) + len(example.text)


def parse(arguments: Sequence[str]) -> Namespace:
    """The options of a run."""
    shares = Shares()
    parser = ArgumentParser(
        description="Train the reader.", formatter_class=ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("data", type=Path, help="the folder of the data")
    parser.add_argument("--out", type=Path, default=Path("build/reader"), help="for checkpoints")
    parser.add_argument("--start", type=Path, help="begin with the weights of another run")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rate", type=float, default=1.0, help="times the learning rates")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, default=500, help="steps between two checkpoints")
    parser.add_argument("--steps", type=int, help="stop after so many")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--squad", type=int, default=shares.squad, help="most an epoch")
    parser.add_argument("--fever", type=int, default=shares.fever, help="most an epoch")
    parser.add_argument("--community", type=int, default=shares.community, help="times an epoch")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    """Train, and say how the weights are exported."""
    options = parse(arguments)
    set_verbosity_error()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    embedder = SentenceEmbedder(None, "cpu")
    mix = Mix(options.data, embedder)
    training = Training(mix, Encoder(embedder.model, Marker()), options)
    began, first = time.monotonic(), training.step
    training.run()
    seen = (training.step - first) * options.batch
    print(f"{seen} windows in {time.monotonic() - began:.0f} seconds.")
    print(
        f"To ship them: python -m benchmarks.fit.reader.export {options.data} {options.out}/w*.pt"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
