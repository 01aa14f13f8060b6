"""Rows of token ids: cut into windows, padded, and how the windows of a passage become one vector."""

from __future__ import annotations

import random
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from network.model import Encoder
from sources.wordpiece import CLS, SEP

Array = TypeVar("Array", Tensor, np.ndarray)
WINDOW = 32                          # tokens of a window without special tokens
# How windows become one vector, as in splade.json: a term that stands in n of a text's W windows has its mean weight there
# times n (1 + s + l) / (n + s + l W), with s SATURATION and l LENGTH_PENALTY; then all times
# (LENGTH / L2) ** LENGTH_EXPONENT.
SATURATION, LENGTH_PENALTY = 0.6, 0.11
LENGTH_EXPONENT, LENGTH = 0.3, 10.0


def pad(rows: list[list[int]], device: torch.device) -> tuple[Tensor, Tensor]:
    """ids int64 and mask float32, both [B, T]."""
    ids = torch.zeros(len(rows), max(len(r) for r in rows), dtype=torch.int64)
    for place, row in enumerate(rows):
        ids[place, :len(row)] = torch.tensor(row)
    return ids.to(device), (ids > 0).float().to(device)


def crop(ids: list[int], size: int, chance: random.Random) -> list[int]:
    """At most `size` ids; long texts from a random place."""
    start = chance.randint(0, max(0, len(ids) - size))
    return ids[start:start + size]


def framed(ids: list[int]) -> list[int]:
    return [CLS, *ids, SEP]


def windows(ids: list[int]) -> list[list[int]]:
    """Windows without overlap, as equal in length as they can be, each with special tokens."""
    count = max(1, -(-len(ids) // WINDOW))
    borders = [len(ids) * i // count for i in range(count + 1)]
    return [framed(ids[start:end]) for start, end in zip(borders, borders[1:])]


def saturation(held: Array, count: Array) -> Array:
    """What the sum of a term's weights in `held` of `count` windows is multiplied by."""
    return (1.0 + SATURATION + LENGTH_PENALTY) / (held + SATURATION + LENGTH_PENALTY * count)


def passage_vectors(model: Encoder, texts: list[list[int]]) -> Tensor:
    """[B, V] as the index will hold them."""
    parts = [windows(ids) for ids in texts]
    owner = torch.tensor([row for row, own in enumerate(parts) for _ in own]).to(model.device)
    pooled = model.pooled(*pad([window for own in parts for window in own], model.device))
    total = pooled.new_zeros(len(texts), pooled.shape[1])
    held = total.index_add(0, owner, (pooled.detach() > 0).float()).clamp(min=1.0)
    count = torch.tensor([[len(own)] for own in parts]).to(model.device)
    merged = total.index_add(0, owner, pooled) * saturation(held, count)
    length = (merged ** 2).sum(dim=1, keepdim=True).clamp(min=1e-6).sqrt()
    return merged * (LENGTH / length) ** LENGTH_EXPONENT
