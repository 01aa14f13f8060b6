"""The model: a text's tokens as they are, their expansions out of a table, and the words near the text as a whole.

B texts, T tokens a text, V vocabulary, D dimensions of the word vectors, N expansions a token. There is no network: a
text is
the sum of its words' vectors, each by how telling it is, and the words whose vectors lie nearest are added to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from evidence.table import UNIT, Tables
from shipping.restraint import Restraint


@dataclass(frozen=True)
class Shape:
    """The numbers that turn vectors into weights. Found on the development sets, see evaluate.py."""
    near: int = 80            # words near the text that are added to it
    power: float = 1.5        # of a word's weight in the sum that the text is
    gain: float = 8.0         # what a cosine above the least of the words added is multiplied by before log1p
    slope: float = 4.0        # of the gate of a table's expansion, by its cosine to the text
    middle: float = 0.25      # cosine at which a table's expansion has its own weight
    ceiling: float = 4.0      # no weight of the table is above this


class Readout:
    """ids and mask [B, T] to weights [B, V], as the exported graph gives them but for the rounding of the vectors."""

    def __init__(self, tables: Tables, vectors: np.ndarray, rules: Restraint, shape: Shape = Shape()):
        self.shape, self.rules = shape, rules
        self.own = torch.from_numpy(tables.own.astype(np.float32) * UNIT)
        self.targets = torch.from_numpy(tables.ids.astype(np.int64))
        self.table = torch.from_numpy(rules.table(tables.ids, tables.weights).astype(np.float32) * UNIT)
        self.inner = torch.from_numpy(rules.inner).float()
        self.neutral = torch.from_numpy(rules.category == 0)
        self.reached = torch.from_numpy(np.flatnonzero(rules.content & (np.abs(vectors).sum(1) > 0)))
        self.vectors = torch.from_numpy(vectors.astype(np.float32))
        # An inflected form, whose own weight is cut back, is as telling as its lemma.
        telling = torch.where(self.table[:, 0] > self.own, self.table[:, 0], self.own)
        self.importance = (telling / self.own.max()) ** shape.power * torch.from_numpy(rules.content)

    def whole(self, ids: Tensor, mask: Tensor) -> Tensor:
        """[B, T] 1 for whole words, 0 for pieces and padding."""
        inner = self.inner[ids]
        return mask * (1 - inner) * (1 - F.pad(inner[:, 1:], (0, 1)))

    def text(self, ids: Tensor, mask: Tensor) -> Tensor:
        """[B, D] unit vectors; zero for texts of which no word is known."""
        telling = self.whole(ids, mask) * self.importance[ids]
        total = (telling[:, None, :] @ self.vectors[ids])[:, 0]
        return total / total.norm(dim=1, keepdim=True).clamp(min=1e-6)

    def added(self, text: Tensor) -> Tensor:
        """[B, V]: the weights of the words nearest to each text."""
        values, places = (text @ self.vectors[self.reached].T).topk(self.shape.near + 1, dim=1)
        speaks = (text.abs().sum(1, keepdim=True) > 0).float()
        weights = torch.log1p(self.shape.gain * (values[:, :-1] - values[:, -1:])) * speaks
        return weights.new_zeros(len(text), len(self.own)).scatter(1, self.reached[places[:, :-1]], weights)

    def pooled(self, ids: Tensor, mask: Tensor) -> Tensor:
        """[B, V]: of each dimension the greatest weight that a token, its expansions or the text as a whole give it."""
        text, targets = self.text(ids, mask), self.targets[ids]
        fits = (self.vectors[targets] * text[:, None, None, :]).sum(-1)
        gates = 2 * torch.sigmoid(self.shape.slope * (fits - self.shape.middle))
        # A listed word's own kind lies where the text says nothing of it.
        gates = torch.where(self.neutral[ids][:, :, None], gates, torch.ones(()))
        expansions = (self.table[ids] * self.whole(ids, mask)[:, :, None] * gates).clamp(max=self.shape.ceiling)
        where = torch.cat([targets.flatten(1), ids], dim=1)
        found = torch.cat([expansions.flatten(1), self.own[ids] * mask], dim=1)
        return self.added(text).scatter_reduce(1, where, found, "amax")
