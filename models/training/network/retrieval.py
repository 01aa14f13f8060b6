"""The loss of retrieval: a query among the passages of its batch, and a passage among the queries."""

from __future__ import annotations

import argparse

import torch
from torch import Tensor
from torch.nn import functional as F

from network.batching import framed, pad, passage_vectors
from measuring.measure import LEAST
from network.model import Encoder


def flops(weights: Tensor) -> Tensor:
    """The sum over terms of the squared mean weight, [B, V] to a number (SPLADE's FLOPS regularization)."""
    return (weights.mean(dim=0) ** 2).sum()


def retrieval_loss(model: Encoder, queries: list[list[int]], passages: list[list[int]], keys: list[str],
                   options: argparse.Namespace, ramp: float) -> tuple[Tensor, dict[str, float]]:
    """Cross entropy both ways, plus `ramp` times the regularization; pairs with one key are not each other's negatives."""
    q, d = model.pooled(*pad([framed(ids) for ids in queries], model.device)), passage_vectors(model, passages)
    same = torch.tensor([[a == b and i != j for j, b in enumerate(keys)] for i, a in enumerate(keys)]).to(model.device)
    scores = (q @ d.T).masked_fill(same, -1e4) * model.scale.exp()
    truth = torch.arange(len(q), device=model.device)
    rank = 0.5 * (F.cross_entropy(scores, truth) + F.cross_entropy(scores.T, truth))
    flops_q, flops_d = flops(q), flops(d)
    l1_q, l1_d = (w.sum(dim=1).mean() for w in (q, d))
    loss = rank + ramp * (options.flops_query * flops_q + options.flops_passage * flops_d
                          + options.l1_query * l1_q + options.l1_passage * l1_d)
    terms_q, terms_d = ((w > LEAST).sum(dim=1).float().mean() for w in (q, d))
    figures = {"rank": rank, "hits": (scores.argmax(dim=1) == truth).float().mean(), "flops q": flops_q,
               "flops d": flops_d, "terms q": terms_q, "terms d": terms_d}
    return loss, {name: float(value) for name, value in figures.items()}
