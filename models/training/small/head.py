"""The head over the frozen encoder: a window's own tokens, and the words nearest to what it says.

U windows, T tokens of all of them, V dimensions, E expandable words, H hidden size. A window's vector is the maximum of
    own tokens   own * idf[id]^p * part * exp(u . h) * n (1 + r) / (n + r)   part: less than 1 for the pieces of a word; exp(u . h):
                 between 1/4 and 4; n: how often the token stands in the window
    base forms   the same times a constant, for the commonest word of a token's stem: cars -> car
    expansions   trust * log1p(gain * relu(x - x_k))   x = D s + b; x_k: the k-th greatest x of the window, or a share of the greatest
                 if that is more, no gradient through it; k: less for a text of few tokens, of which less can be said
    listed ones  what `listed.py` says that its listed words bring
s: the unit mean of the last hidden states that were read; D [E, H]: at the start the unit means of the words as texts of their own;
b: at the start minus the mean of D s over passages, so that words near everything stay out. The k-th greatest instead of one
threshold: cosines to words are high for short texts and low for long ones. trust: from the share of the text's idf weight that
stands in whole words of the language; a text of names, word pieces, stop words or listed words alone gets no expansions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from small.listed import Rule, marks
from small.settings import Readout

LARGEST_FACTOR = 4.0  # by which a token's state may raise or lower its own weight


@dataclass
class Batch:
    """Windows without their special tokens, flat: means [U, H], trust [U]; and of each token id, state [T, H], window, whether it is
    part of a listed word, whether it is a whole word, the trigger that begins at it."""
    means: Tensor
    trust: Tensor
    ids: Tensor
    states: Tensor
    owner: Tensor
    hidden: Tensor
    whole: Tensor
    triggers: Tensor


class Head(nn.Module):
    def __init__(self, size: int, words: np.ndarray, trusted: np.ndarray, vectors: np.ndarray, mean: np.ndarray,
                 idf: np.ndarray, base: np.ndarray, lookalikes: np.ndarray, rule: Rule, readout: Readout):
        super().__init__()
        self.size, self.rule, self.readout = size, rule, readout
        self.register_buffer("words", torch.from_numpy(words.astype(np.int64)))
        self.register_buffer("idf", torch.from_numpy(idf.astype(np.float32)))
        self.register_buffer("base", torch.from_numpy(base.astype(np.int64)))  # [V] id of the base form, 0 for none
        self.register_buffer("lookalikes", torch.from_numpy(lookalikes))  # [V] id of what a word may not bring, 0 for none
        self.register_buffer("trusted", torch.zeros(size, dtype=torch.bool).index_fill(0, torch.from_numpy(trusted), True))
        self.register_buffer("is_listed", torch.from_numpy(rule.is_listed))
        self.register_buffer("brings", torch.from_numpy(rule.brings))
        self.register_buffer("columns", torch.from_numpy(rule.columns))
        self.decoder = nn.Parameter(torch.from_numpy(vectors.astype(np.float32)))
        self.bias = nn.Parameter(torch.from_numpy(-mean.astype(np.float32)))
        self.importance = nn.Parameter(torch.zeros(vectors.shape[1]))
        self.gain = nn.Parameter(torch.tensor(math.log(readout.gain)))
        self.own = nn.Parameter(torch.tensor(math.log(readout.own)))
        self.scale = nn.Parameter(torch.tensor(math.log(0.15)))  # of scores in training

    def become(self, readout: Readout) -> None:
        """Takes the readout that is exported."""
        self.readout = readout
        self.gain.data += math.log(readout.gain_times)
        self.own.data += math.log(readout.own_times)

    def keep(self, which: np.ndarray) -> None:
        """Drops the other expandable words. which [E] of bool"""
        kept = torch.from_numpy(np.flatnonzero(which))
        self.words, self.decoder, self.bias = (self.words[kept], nn.Parameter(self.decoder.data[kept]),
                                               nn.Parameter(self.bias.data[kept]))

    def expansions(self, batch: Batch, k: int | None = None) -> Tensor:
        """[U, E]"""
        x = batch.means @ self.decoder.T + self.bias
        best = x.detach().topk((k or self.readout.expansions) + 1, dim=1).values
        tokens = torch.bincount(batch.owner, minlength=len(x))
        last = (self.readout.fewest + self.readout.more * tokens).clamp(max=best.shape[1] - 1)
        low = torch.maximum(best.gather(1, last[:, None]), self.readout.floor * best[:, :1])
        return batch.trust[:, None] * torch.log1p(self.gain.exp() * torch.relu(x - low))

    def own_weights(self, batch: Batch) -> Tensor:
        """[T]"""
        factor = torch.exp(math.log(LARGEST_FACTOR) * torch.tanh(batch.states @ self.importance))
        factor = torch.where(batch.hidden, torch.ones_like(factor), factor)
        part = torch.where(batch.whole, 1.0, self.readout.piece)
        # The first piece of a word that is none of the listed ones, such as rapeseed, says nothing of them.
        part = torch.where(self.is_listed[batch.ids] & ~batch.hidden, torch.zeros_like(part), part)
        return self.own.exp() * self.idf[batch.ids] ** self.readout.own_power * part * factor * self.repeated(batch)

    def repeated(self, batch: Batch) -> Tensor:
        """[T] what a token's occurrences in its window count beside one: less and less each."""
        _, places, counts = (batch.owner * self.size + batch.ids).unique(return_inverse=True, return_counts=True)
        n, r = counts[places].float(), self.readout.repeats
        return n * (1 + r) / (n + r)

    def lexical(self, batch: Batch) -> Tensor:
        """[U, V] own tokens and their base forms alone."""
        units, own = len(batch.means), self.own_weights(batch)
        base = self.base[batch.ids] * batch.whole
        based = self.readout.base_form * own * (base > 0)
        flat = batch.means.new_zeros(units * self.size)
        at = torch.cat([batch.owner * self.size + batch.ids, batch.owner * self.size + base])
        return flat.scatter_reduce(0, at, torch.cat([own, based]), "amax").view(units, -1)

    def brought(self, batch: Batch) -> Tensor:
        """[U, L] what listed words bring."""
        out = batch.means.new_zeros(len(batch.means), len(self.columns))
        at = torch.nonzero(batch.triggers)[:, 0]
        for t in at.tolist():
            u = int(batch.owner[t])
            out[u] = torch.maximum(out[u], self.brings[batch.triggers[t]])
        return out

    def forward(self, batch: Batch, k: int | None = None) -> Tensor:
        """[U, V]"""
        units = len(batch.means)
        added = batch.means.new_zeros(units, self.size).index_copy(1, self.words, self.expansions(batch, k))
        added = added.index_copy(1, self.columns, self.brought(batch))
        added = added.index_put((batch.owner, self.lookalikes[batch.ids]), added.new_zeros(()))
        return torch.maximum(added, self.lexical(batch))


def trust_of(ids: Tensor, read: Tensor, whole: Tensor, trusted: Tensor, idf: Tensor, full: float) -> Tensor:
    """[B] from ids [B, T] and read, whole [B, T] of bool, special tokens read but without idf."""
    weight = idf[ids] * read
    known = (weight * (trusted[ids] & whole)).sum(1)
    return (known / (full * weight.sum(1)).clamp(min=1e-6)).clamp(max=1.0)
