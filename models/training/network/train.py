"""Trains the encoder: masked words first, then retrieval of passages by queries in other words. Resumable."""

from __future__ import annotations

import argparse
import math
import pickle
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, TypeVar

import torch
from torch import Tensor

from sources import corpus
from evidence.gather import embedding
from evidence import gather as evidence
from shipping import export
from sources import ontologies
from pairs import make as pairs
from evidence.gather import table
from sources import wordnet
from network.batching import WINDOW, crop, framed, pad
from network.model import Encoder, save
from pairs.paraphrase import Senses
from network.retrieval import flops, retrieval_loss
from sources.wordpiece import WordPiece

QUERY_TOKENS, PASSAGE_TOKENS = 32, 4 * WINDOW
Made = TypeVar("Made")


@dataclass
class Progress:
    """Where a run stands: `stage` 0 masked words, 1 retrieval; `step` of the stage; seconds of training so far."""
    stage: int = 0
    step: int = 0
    seconds: float = 0.0


def remember(path: Path, make: Callable[[], Made]) -> Made:
    """What an earlier run made, or makes it now; training that is resumed starts from the same material."""
    if not path.exists():
        made = make()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(made))
        return made
    return pickle.loads(path.read_bytes())


def read(options: argparse.Namespace) -> tuple[wordnet.WordNet, list[corpus.Document], list[dict]]:
    """WordNet with the ontologies' terms, the prose, and the terms that are held out."""
    net, terms = wordnet.load(options.wordnet), ontologies.read(options.ontologies)
    ontologies.extend(net, [term for term in terms if not pairs.held_out_term(term["id"])])
    return net, corpus.read_text(options.text), [term for term in terms if pairs.held_out_term(term["id"])]


def prepare(work: Path, options: argparse.Namespace) -> tuple[evidence.Evidence, list[pairs.Pair], list[str]]:
    """The evidence and the training pairs, kept in `work`; and everyday sentences on no topic, WordNet's examples."""
    net, prose, _ = remember(work / "sources.pickle", lambda: read(options))
    seen = [d for d in prose if d.source != pairs.HELD_OUT_BOOK]
    found = remember(work / "evidence.pickle", lambda: evidence.gather(net, seen))

    def make() -> list[pairs.Pair]:
        normalizer = embedding.Normalizer(WordPiece(found.tokens), found.forms)
        weights = table.lexical_weights(found.tokens, found.idf, table.Calibration())
        senses = Senses(net, normalizer, found.vectors, weights, found.forms)
        return pairs.make(net, prose, senses, set(found.tokens), seed=7)
    plain = [e for key in sorted(net.synsets) for e in net.synsets[key].examples if len(e.split()) >= 4]
    return found, remember(work / "pairs.pickle", make), plain


def rate(step: int, steps: int, warm: int = 60) -> float:
    """Share of the learning rate: linear warm-up, then half a cosine down to a twentieth."""
    if step < warm:
        return (step + 1) / warm
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def make_optimizer(model: Encoder, options: argparse.Namespace) -> torch.optim.Optimizer:
    """Words start from good vectors, so they move slower than the blocks that start from nothing."""
    words = [model.embedding, model.bias, model.language_bias]
    others = [p for p in model.parameters() if all(p is not w for w in words)]
    groups = [{"params": others, "lr": options.rate, "base": options.rate},
              {"params": words, "lr": options.word_rate, "base": options.word_rate}]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.0)


def mean_of(checkpoints: list[Path], device: str) -> dict[str, Tensor]:
    """The mean of each weight: runs that went on from one network end near each other, and their mean is steadier."""
    found = [torch.load(path, map_location=device)["model"] for path in checkpoints]
    return {name: torch.stack([state[name].float() for state in found]).mean(0).to(value.dtype)
            for name, value in found[0].items()}


class Training:
    """One run over both stages; `resume` goes on from a checkpoint."""

    def __init__(self, model: Encoder, found: list[pairs.Pair], plain: list[str], tokenizer: WordPiece,
                 options: argparse.Namespace):
        self.model, self.options, self.found = model, options, found
        self.plain = [tokenizer.encode(text, QUERY_TOKENS) for text in plain]
        self.progress, self.optimizer = Progress(), make_optimizer(model, options)
        self.coded = [(tokenizer.encode(p.query, 4000)[1:-1], tokenizer.encode(p.passage, 4000)[1:-1]) for p in found]
        self.order = pairs.batches(found, options.batch, options.group, options.seed)
        self.checkpoint = options.work / f"{options.name}.pt"

    def resume(self) -> None:
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint, map_location=self.model.device)
            self.model.load_state_dict(state["model"])
            self.progress = Progress(**state["progress"])
            self.optimizer.load_state_dict(state["optimizer"])

    def run(self) -> None:
        for stage, steps in enumerate((self.options.language_steps, self.options.steps)):
            if self.progress.stage < stage:
                self.progress = Progress(stage, 0, self.progress.seconds)
                self.optimizer = make_optimizer(self.model, self.options)
            while self.progress.stage == stage and self.progress.step < steps:
                self._step(steps)
        self._save()

    def _save(self) -> None:
        save(self.checkpoint, self.model, progress=vars(self.progress).copy(), optimizer=self.optimizer.state_dict())

    def _loss(self, steps: int) -> tuple[Tensor, dict[str, float]]:
        # Every step has its own seed, so that a resumed run goes the same way.
        seed = self.options.seed * 1000003 + self.progress.stage * 500009 + self.progress.step
        chance = random.Random(seed)
        rows = self.order[self.progress.step % len(self.order)]
        passages = [crop(self.coded[row][1], PASSAGE_TOKENS, chance) for row in rows]
        if self.progress.stage == 0:
            texts = pad([framed(ids) for ids in passages], self.model.device)
            loss = self.model.language_loss(*texts, torch.Generator().manual_seed(seed))
            return loss, {"language": float(loss)}
        queries = [crop(self.coded[row][0], QUERY_TOKENS, chance) for row in rows]
        ramp = min(1.0, 0.3 + 10.0 * (self.progress.step + 1) / steps)
        loss, figures = retrieval_loss(
            self.model, queries, passages, [self.found[row].key for row in rows], self.options, ramp)
        if self.options.flops_plain:
            said = flops(self.model.pooled(*pad(chance.sample(self.plain, self.options.batch), self.model.device)))
            loss, figures["flops plain"] = loss + self.options.flops_plain * said, float(said)
        return loss, figures

    def _step(self, steps: int) -> None:
        start = time.monotonic()
        loss, figures = self._loss(steps)
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * rate(self.progress.step, steps)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.progress.step += 1
        self.progress.seconds += time.monotonic() - start
        if self.progress.step % 25 == 0:
            self._report(steps, figures)
        if self.progress.step % 50 == 0:
            self._save()

    def _report(self, steps: int, figures: dict[str, float]) -> None:
        p = self.progress
        numbers = "  ".join(f"{name} {value:.3f}" for name, value in figures.items())
        print(f"{('masked words', 'retrieval')[p.stage]} {p.step}/{steps}, {p.seconds:.0f} s: {numbers}",
              file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", required=True, help="open-english-wordnet.tar.xz (YAML sources)")
    parser.add_argument("--ontologies", required=True, help="what ontologies.py wrote")
    parser.add_argument("--text", required=True, nargs="+", help="xz files of JSON lines (openly licensed prose)")
    parser.add_argument("--out", type=Path, help="folder for the model; without it only the checkpoint is written")
    parser.add_argument("--work", type=Path, default=Path("work"), help="checkpoints and what is made on the way")
    parser.add_argument("--name", default="checkpoint", help="of the checkpoint in the work folder")
    parser.add_argument("--language-steps", type=int, default=200)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--init", nargs="+", help="names of checkpoints to go on from the mean of")
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--group", type=int, default=1, help="passages of one topic that stand together in a batch")
    parser.add_argument("--articles", type=float, default=1.0, help="share of the pairs out of articles that take part")
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--word-rate", type=float, default=3e-4)
    parser.add_argument("--flops-query", type=float, default=2e-2)
    parser.add_argument("--flops-passage", type=float, default=1.5e-2)
    parser.add_argument("--flops-plain", type=float, default=0.0,
                        help="of everyday sentences: drives out words that are added to most texts")
    parser.add_argument("--gate", type=float, default=1.0, help="raises the table's expansions after training")
    parser.add_argument("--l1-query", type=float, default=0.0)
    parser.add_argument("--l1-passage", type=float, default=0.0)
    parser.add_argument("--device", default="cpu", help="cuda, where there is a GPU")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    known, found, plain = prepare(options.work, options)
    found = pairs.thinned(found, options.articles)
    model = Encoder(evidence.make_tables(known), known.vectors).to(options.device)
    if options.init:
        model.load_state_dict(mean_of([options.work / f"{name}.pt" for name in options.init], options.device))
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(found)} pairs", file=sys.stderr)
    training = Training(model, found, plain, WordPiece(known.tokens), options)
    training.resume()
    training.run()
    if options.out:
        model.raise_expansions(options.gate)
        export.write(options.out, model.cpu(), known)


if __name__ == "__main__":
    main()
