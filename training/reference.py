"""The model in plain numpy: what the ONNX graph must compute, and the encoder that follows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from table import UNIT, Tables
from wordpiece import SPECIAL_TOKENS


@dataclass(frozen=True)
class Head:
    """The constants of the graph."""
    saturation: float = 0.8   # how much repeated occurrences of a token add (BM25's k1)
    length: float = 0.7       # how much long texts are held back (BM25's b)
    average: float = 80.0     # length in tokens at which nothing is held back
    fit: float = 1.5          # how much an expansion gains by fitting the other words of the text
    misfit: float = 1.5       # how much it loses where the written word itself fits them
    lowest: float = 0.1       # bounds of that gate
    highest: float = 1.3
    ceiling: float = 3.2      # no weight is above this


def gates(tables: Tables, ids: np.ndarray, head: Head) -> np.ndarray:
    """[T, N] factor for every expansion of every token, from its fit to the other tokens of the text."""
    vectors = tables.vectors[ids].astype(np.float32) / 127.0
    weighted = vectors * (tables.own[ids, None] * np.float32(UNIT))
    same = (ids[:, None] == ids[None, :]).sum(axis=1, keepdims=True)
    others = weighted.sum(axis=0, keepdims=True) - weighted * same
    others /= np.sqrt((others * others).sum(axis=1, keepdims=True)) + 1e-3
    expansions = tables.vectors[tables.ids[ids].astype(np.int64)].astype(np.float32) / 127.0
    fit = np.einsum("tnd,td->tn", expansions, others)
    own = (vectors * others).sum(axis=1, keepdims=True)
    return np.clip(1.0 + head.fit * fit - head.misfit * own, head.lowest, head.highest)


def token_weights(tables: Tables, ids: np.ndarray, head: Head) -> tuple[np.ndarray, np.ndarray]:
    """Vocabulary ids [T, 1 + N] and their weights (log1p of the logits) for the tokens of one text."""
    same = (ids[:, None] == ids[None, :]).sum(axis=1, keepdims=True).astype(np.float32)
    stretch = 1.0 - head.length + head.length * len(ids) / head.average
    scale = same * (1.0 + head.saturation) / (same + head.saturation * stretch)
    following = np.append(tables.inner[ids[1:]], 0).astype(np.float32)[:, None]
    own = tables.own[ids, None] * np.float32(UNIT)
    expansions = tables.weights[ids] * np.float32(UNIT) * gates(tables, ids, head) * (1.0 - following)
    weights = np.minimum(np.concatenate([own, expansions], axis=1) * scale, head.ceiling)
    return np.concatenate([ids[:, None], tables.ids[ids].astype(np.int64)], axis=1), weights


def encode(tables: Tables, ids: np.ndarray, head: Head, least: float) -> dict[int, float]:
    """The sparse vector of one text: the greatest weight at any token, special tokens and noise dropped."""
    targets, weights = token_weights(tables, ids, head)
    keep = (weights >= least) & (targets >= len(SPECIAL_TOKENS))
    pooled: dict[int, float] = {}
    for target, weight in zip(targets[keep].tolist(), weights[keep].tolist()):
        if weight > pooled.get(target, 0.0):
            pooled[target] = weight
    return pooled


def logits(tables: Tables, ids: np.ndarray, head: Head) -> np.ndarray:
    """[T, V] float32: exactly what the graph puts out for one text without padding."""
    targets, weights = token_weights(tables, ids, head)
    result = np.zeros((len(ids), len(tables.own)), dtype=np.float32)
    np.put_along_axis(result, targets, np.expm1(weights).astype(np.float32), axis=1)
    return result
