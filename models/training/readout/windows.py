"""Rows of token ids: cut into windows, padded, and how the windows of a text become one vector, as splade.json says."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from sources.wordpiece import CLS, SEP

WINDOW = 32                          # tokens of a window without special tokens
# A term that stands in n of a text's W windows has its mean weight there times n (1 + s + l) / (n + s + l W), with s
# SATURATION and l LENGTH_PENALTY; then all times (LENGTH / L2) ** LENGTH_EXPONENT.
SATURATION, LENGTH_PENALTY = 0.6, 0.11
LENGTH_EXPONENT, LENGTH = 0.3, 10.0


def pad(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    """ids int64 and mask float32, both [B, T]."""
    ids = torch.zeros(len(rows), max(len(r) for r in rows), dtype=torch.int64)
    for place, row in enumerate(rows):
        ids[place, :len(row)] = torch.tensor(row)
    return ids, (ids > 0).float()


def framed(ids: list[int]) -> list[int]:
    return [CLS, *ids, SEP]


def windows(ids: list[int]) -> list[list[int]]:
    """Windows without overlap, as equal in length as they can be, each with special tokens."""
    count = max(1, -(-len(ids) // WINDOW))
    borders = [len(ids) * i // count for i in range(count + 1)]
    return [framed(ids[start:end]) for start, end in zip(borders, borders[1:])]


def saturation(held: np.ndarray, count: np.ndarray) -> np.ndarray:
    """What the sum of a term's weights in `held` of `count` windows is multiplied by."""
    return (1.0 + SATURATION + LENGTH_PENALTY) / (held + SATURATION + LENGTH_PENALTY * count)
