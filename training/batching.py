"""Rows of token ids: cut into windows, padded, and how the windows of a passage become one vector."""

from __future__ import annotations

import random

import torch
from torch import Tensor

from model import Encoder
from wordpiece import CLS, SEP

WINDOW = 32                          # tokens of a window without special tokens
LENGTH_EXPONENT, LENGTH = 0.5, 10.0  # a passage's weights times (LENGTH / L2) ** LENGTH_EXPONENT, as in splade.json


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
    """Windows without overlap, each with special tokens."""
    return [framed(ids[start:start + WINDOW]) for start in range(0, max(len(ids), 1), WINDOW)]


def passage_vectors(model: Encoder, texts: list[list[int]]) -> Tensor:
    """[B, V] as the index will hold them: each term's mean weight over the windows that hold it, times 1 + ln of how
    many do, the whole divided by a power of its length."""
    parts = [windows(ids) for ids in texts]
    owner = torch.tensor([row for row, own in enumerate(parts) for _ in own]).to(model.device)
    pooled = model.pooled(*pad([window for own in parts for window in own], model.device))
    total = pooled.new_zeros(len(texts), pooled.shape[1])
    held = total.index_add(0, owner, (pooled.detach() > 0).float()).clamp(min=1.0)
    merged = total.index_add(0, owner, pooled) / held * (1.0 + held.log())
    length = (merged ** 2).sum(dim=1, keepdim=True).clamp(min=1e-6).sqrt()
    return merged * (LENGTH / length) ** LENGTH_EXPONENT
