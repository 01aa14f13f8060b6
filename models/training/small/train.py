"""Trains the head on cached states: the frozen encoder is the student's body and its teacher in one.

Loss of a batch of pairs: divergence from the teacher's cosines (both ways), cross entropy of the true pairs, the same two with
queries whose tokens weigh their idf (no network), and FLOPS of both sides.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from small.cache import Cached
from small.head import Batch, Head
from small import settings

RATES = {"decoder": 0.2, "bias": 1.0, "importance": 1.0, "gain": 10.0, "own": 10.0, "scale": 10.0}  # beside settings' rate


def _both_ways(loss, a: Tensor, b: Tensor) -> Tensor:
    return 0.5 * (loss(a, b) + loss(a.T, b.T))


def _divergence(scores: Tensor, teacher: Tensor) -> Tensor:
    return F.kl_div(scores.log_softmax(1), teacher.softmax(1), reduction="batchmean")


def _flops(vectors: Tensor) -> Tensor:
    return (vectors.mean(0) ** 2).sum()


def _plain(head: Head, batch: Batch) -> Tensor:
    """[U, V] idf of the tokens: a query that no network reads."""
    units = len(batch.means)
    flat = batch.means.new_zeros(units * head.size)
    at = batch.owner * head.size + batch.ids
    return flat.scatter_reduce(0, at, head.idf[batch.ids], "amax").view(units, head.size)


def losses(head: Head, asked: Batch, shown: Batch, options: settings.Head) -> dict[str, Tensor]:
    teacher = asked.means @ shown.means.T / options.temperature
    queries, passages, plain = head(asked), head(shown), _plain(head, asked)
    if options.lexical:
        held = plain @ _plain(head, shown).T
        teacher = teacher + options.lexical * held / (plain * plain).sum(1, keepdim=True).clamp(min=0.3)
    truth = torch.arange(len(queries), device=queries.device)
    scores = queries @ passages.T * head.scale.exp()
    free = plain @ passages.T * head.scale.exp() * (queries.norm() / plain.norm()).detach()
    return {"kl": _both_ways(_divergence, scores, teacher),
            "pairs": _both_ways(lambda a, _: F.cross_entropy(a, truth), scores, scores),
            "free": F.cross_entropy(free, truth) + _divergence(free, teacher),
            "flops_q": _flops(queries), "flops_d": _flops(passages),
            "hits": (scores.argmax(1) == truth).float().mean(), "terms_d": (passages > 0).sum(1).float().mean(),
            "terms_q": (queries > 0).sum(1).float().mean()}


def _start_scale(head: Head, asked: Batch, shown: Batch, temperature: float) -> None:
    """The scale at which the student's scores spread as the teacher's."""
    with torch.no_grad():
        teacher = float((asked.means @ shown.means.T).std()) / temperature
        head.scale.fill_(math.log(teacher / float((head(asked) @ head(shown).T).std())))


def _rate(step: int, options: settings.Head) -> float:
    warm = min(1.0, (step + 1) / options.warm_up)
    return warm * (0.05 + 0.475 * (1 + math.cos(math.pi * step / options.steps)))


def keep(state: dict, checkpoint: Path) -> None:
    """Replaces the checkpoint in one step: one that is killed in the middle of writing leaves the last one whole."""
    partial = checkpoint.with_name(checkpoint.name + ".part")
    torch.save(state, partial)
    partial.replace(checkpoint)


def train(head: Head, queries: Cached, passages: Cached, options: settings.Head, checkpoint: Path, device: str = "cpu") -> None:
    """Goes on from the checkpoint where there is one."""
    head.to(device)
    groups = [{"params": [getattr(head, name)], "base": options.rate * share} for name, share in RATES.items()]
    optimizer = torch.optim.Adam([{**g, "lr": g["base"]} for g in groups], betas=(0.9, 0.98))
    start = 0
    if checkpoint.exists():
        stored = torch.load(checkpoint, map_location=device)
        head.load_state_dict(stored["head"], strict=False)
        optimizer.load_state_dict(stored["optimizer"])
        start = stored["step"]
    epoch = len(queries) // options.batch
    for step in range(start, options.stop):
        # The same order after an interruption.
        order = np.random.default_rng((options.order, step // epoch)).permutation(len(queries))
        rows = order[step % epoch * options.batch:][:options.batch]
        asked, shown = queries.batch(rows, device), passages.batch(rows, device)
        if step == 0:
            _start_scale(head, asked, shown, options.temperature)
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * _rate(step, options)
        found = losses(head, asked, shown, options)
        ramp = min(1.0, step / (options.flops_ramp * options.steps)) ** 2
        loss = (found["kl"] + options.pair_share * found["pairs"] + options.free_share * found["free"]
                + ramp * (options.flops_query * found["flops_q"] + options.flops_passage * found["flops_d"]))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        if (step + 1) % options.checkpoint == 0 or step + 1 == options.stop:
            keep({"head": dict(head.named_parameters()), "optimizer": optimizer.state_dict(), "step": step + 1}, checkpoint)
        if step == 0 or (step + 1) % 20 == 0:
            shown_values = ", ".join(f"{name} {float(value):.3f}" for name, value in found.items())
            print(f"step {step + 1} of {options.stop}: {shown_values}, own {float(head.own.exp()):.2f}, "
                  f"gain {float(head.gain.exp()):.1f}", file=sys.stderr, flush=True)
    head.cpu()
