"""The network: a masked language model with tied embeddings, whose logits stand beside a fixed table of related words.

B texts, T tokens a text, V vocabulary, H hidden size, N expansions a token. A logit becomes a weight by log1p(relu(logit)).
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from evidence.table import UNIT, Tables
from sources.wordpiece import CLS, MASK, SEP, SPECIAL_TOKENS

REACH = 16  # relative distances beyond this are one


@dataclass(frozen=True)
class Shape:
    """Sizes and starting points of the network."""
    hidden: int = 160
    heads: int = 4
    layers: int = 2
    inner: int = 640
    context: float = 3.0      # what the mean of all tokens weighs beside a token at the start
    sharpness: float = 3.0    # logit of a word that lies in the direction of the text, at the start
    threshold: float = 0.45   # cosine to the text from which a word is an expansion, at the start
    ceiling: float = 4.0      # no weight of the table is above this


class Block(nn.Module):
    """Attention with a bias by distance, then a feed-forward part; both start as nothing, or the mean of the text."""

    def __init__(self, shape: Shape, context: float):
        super().__init__()
        h = shape.hidden
        self.heads = shape.heads
        self.norm = nn.LayerNorm(h)
        self.query_key = nn.Linear(h, 2 * h)
        self.value = nn.Linear(h, h)
        self.out = nn.Linear(h, h)
        self.distance = nn.Parameter(torch.zeros(shape.heads, 2 * REACH + 1))
        self.norm2 = nn.LayerNorm(h)
        self.up = nn.Linear(h, shape.inner)
        self.down = nn.Linear(shape.inner, h)
        for layer in (self.query_key, self.value, self.out, self.up, self.down):
            nn.init.normal_(layer.weight, std=0.05)
            nn.init.zeros_(layer.bias)
        nn.init.zeros_(self.down.weight)
        nn.init.zeros_(self.out.weight)
        if context:
            # Values and output are the identity and no key is preferred: each token gets the mean of all.
            self.query_key.weight.data *= 0.2
            nn.init.eye_(self.value.weight)
            nn.init.eye_(self.out.weight)
            self.out.weight.data *= context

    def forward(self, x: Tensor, blocked: Tensor, distances: Tensor) -> Tensor:
        """x [B, T, H], blocked [B, 1, 1, T] (large negative at padding), distances [T, T] in 0 ... 2 REACH."""
        b, t, h = x.shape
        # The values are not normalized: the length of an embedding is how much its word says.
        q, k = self.query_key(self.norm(x)).view(b, t, 2, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        v = self.value(x).view(b, t, self.heads, h // self.heads).transpose(1, 2)
        scores = q @ k.transpose(2, 3) / math.sqrt(h // self.heads) + self.distance[:, distances] + blocked
        mixed = (scores.softmax(dim=-1) @ v).transpose(1, 2).reshape(b, t, h)
        x = x + self.out(mixed)
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Encoder(nn.Module):
    """Token ids to logits."""

    def __init__(self, tables: Tables, vectors: np.ndarray, shape: Shape = Shape()):
        super().__init__()
        self.shape = shape
        own = torch.from_numpy(tables.own.astype(np.float32) * UNIT)
        self.register_buffer("own", own)
        self.register_buffer("targets", torch.from_numpy(tables.ids.astype(np.int64)))
        self.register_buffer("table", torch.from_numpy(tables.weights.astype(np.float32) * UNIT))
        self.register_buffer("inside", torch.from_numpy(tables.inner.astype(np.float32)))
        # A word's embedding points where its topic lies and is as long as the word is telling. Inflected forms, whose
        # own weight is cut back, are as long as their lemma.
        lemma = torch.where(self.table[:, 0] > own, self.table[:, 0], own)
        rows = torch.from_numpy(vectors.astype(np.float32)) * (lemma / own.max())[:, None]
        rows[:len(SPECIAL_TOKENS)] = 0
        self.embedding = nn.Parameter(rows + torch.randn(rows.shape) * 0.002)
        is_form = (self.table[:, 0] > own) | (own == 0) | (rows.abs().sum(1) == 0)
        self.bias = nn.Parameter(-shape.sharpness * shape.threshold * (lemma / own.max()) - 3.0 * is_form)
        self.blocks = nn.ModuleList(Block(shape, shape.context if i == 0 else 0.0) for i in range(shape.layers))
        self.norm = nn.LayerNorm(shape.hidden)
        self.norm.weight.data.fill_(shape.sharpness / math.sqrt(shape.hidden))
        self.gate = nn.Parameter(torch.tensor([0.6, 0.6]))   # slope and offset of an expansion's gate
        self.scale = nn.Parameter(torch.tensor(-1.0))   # log of what a score is multiplied by in the training's softmax
        self.language_bias = nn.Parameter(torch.log(torch.exp(-2 * own) + 1e-3))

    @property
    def device(self) -> torch.device:
        return self.own.device

    def raise_expansions(self, offset: float) -> None:
        """Opens the gates of all expansions by so much more, on their own scale."""
        with torch.no_grad():
            self.gate[1] += offset

    def hidden(self, ids: Tensor, mask: Tensor) -> Tensor:
        """[B, T, H] normalized hidden states."""
        places = torch.arange(ids.shape[1], device=ids.device)
        distances = (places[None, :] - places[:, None]).clamp(-REACH, REACH) + REACH
        blocked = (1.0 - mask[:, None, None, :]) * -1e4
        x = self.embedding[ids]
        for block in self.blocks:
            x = block(x, blocked, distances)
        return self.norm(x)

    def table_weights(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """[B, T, 1] weight of each token itself and [B, T, N] of its expansions, before the network's gates."""
        following = F.pad(self.inside[ids][:, 1:], (0, 1))[:, :, None]
        return self.own[ids][:, :, None], self.table[ids] * (1.0 - following)

    def gated(self, ids: Tensor, near: Tensor) -> tuple[Tensor, Tensor]:
        """The table's weights after the network's say; `near` [B, T, N] are the network's logits of the expansions."""
        own, expansions = self.table_weights(ids)
        gates = 2.0 * torch.sigmoid(self.gate[0] * near + self.gate[1])
        top = self.shape.ceiling
        return own.clamp(max=top), (expansions * gates).clamp(max=top)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """[B, T, V] logits: the greater of what the network says and what the table holds."""
        y = self.hidden(ids, mask)
        dense = y @ self.embedding.T + self.bias
        targets = torch.cat([ids[:, :, None], self.targets[ids]], dim=2)
        near = dense.gather(2, targets)
        looked_up = torch.expm1(torch.cat(self.gated(ids, near[:, :, 1:]), dim=2))
        return dense.scatter(2, targets, torch.maximum(near, looked_up))

    def pooled(self, ids: Tensor, mask: Tensor) -> Tensor:
        """[B, V] weights, the maximum over a text's tokens of log1p(relu(logit)): what `forward` gives, for training.

        Few logits are positive and only the greatest of a text has a gradient. So the large product is made without
        one, and the few that count are made again.
        """
        y = self.hidden(ids, mask)
        # Padding repeats the first token, which changes no maximum.
        y = torch.where(mask[:, :, None] > 0, y, y[:, :1])
        size = len(self.own)
        with torch.no_grad():
            # Pieces and inflected forms are held far below zero from the start and no text brings them.
            near = (self.bias > -2.0).nonzero()[:, 0]
            most, place = F.linear(y, self.embedding[near], self.bias[near]).max(dim=1)
            text, word = (most > 0).nonzero(as_tuple=True)
            place, word = place[text, word], near[word]
        greatest = self._logits(y[text, place], word)
        pooled = y.new_zeros(len(ids), size).index_put((text, word), torch.log1p(F.relu(greatest)))
        used = self.table[ids] * mask[:, :, None] > 0
        text, place, _ = used.nonzero(as_tuple=True)
        word = self.targets[ids][used]
        near = y.new_zeros(used.shape).masked_scatter(used, self._logits(y[text, place], word))
        own, expansions = self.gated(ids, near)
        first = torch.arange(len(ids), device=ids.device)[:, None] * size
        where = torch.cat([(first + ids).flatten(), text * size + word])
        weights = torch.cat([(own[:, :, 0] * mask).flatten(), expansions[used]])
        looked_up = y.new_zeros(len(ids) * size).scatter_reduce(0, where, weights, "amax")
        return torch.maximum(pooled, looked_up.view(-1, size))

    def _logits(self, y: Tensor, words: Tensor) -> Tensor:
        """[K] logits of single words, y [K, H]."""
        return (y * F.embedding(words, self.embedding)).sum(dim=1) + self.bias[words]

    def language_loss(self, ids: Tensor, mask: Tensor, chance: torch.Generator) -> Tensor:
        """Cross entropy of the tokens at masked places (15 %), telling words more often than stop words."""
        odds = torch.where(self.own[ids] > 0, 0.2, 0.05) * mask * (ids != CLS) * (ids != SEP)
        chosen = torch.rand(ids.shape, generator=chance).to(ids.device) < odds
        keep = torch.rand(ids.shape, generator=chance).to(ids.device) < 0.1
        y = self.hidden(torch.where(chosen & ~keep, torch.full_like(ids, MASK), ids), mask)
        return F.cross_entropy(4.0 * y[chosen] @ self.embedding.T + self.language_bias, ids[chosen])


def save(path: Path, model: Encoder, **more) -> None:
    """A checkpoint: the network's shape and weights, and whatever the caller needs to go on; replaced in one step."""
    unfinished = path.with_suffix(".unfinished")
    torch.save({"shape": asdict(model.shape), "model": model.state_dict(), **more}, unfinished)
    unfinished.replace(path)
