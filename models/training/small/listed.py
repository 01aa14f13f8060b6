"""Which tokens of a text are listed words, and what they bring: the graph's rule of decency, in PyTorch.

A listed word stands in a text as one whole token, or as a sequence of tokens that begins and ends with a word. It is not read by the
encoder, is no part of the mean that expansions come from, and brings nothing but listed words of its own category.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

import decency
from small.tokens import WordPiece

FACTORS = (1, 1000003, 998244353, 1000000007, 1000000009, 1000000021, 1000000033)  # of a sequence's hash, by place


@dataclass(frozen=True)
class Rule:
    """T triggers, L listed tokens of V.

    columns [L]: ids of the listed tokens that may be brought: no slurs, and none of the words that were added to the vocabulary.
    is_listed [V], is_ending [V]: whether a token is a listed word; whether it continues a word ("##...").
    row [V]: the trigger that a token is, 0 for none (and for a listed word that brings nothing).
    sequences: length -> (hashes [S], triggers [S]).
    brings [T + 1, L]: weights; row 0 is empty.
    """
    columns: np.ndarray
    is_listed: np.ndarray
    is_ending: np.ndarray
    row: np.ndarray
    sequences: dict[int, tuple[np.ndarray, np.ndarray]]
    brings: np.ndarray
    triggers: tuple[str, ...]


def hashed(ids: tuple[int, ...]) -> int:
    return sum(i * f for i, f in zip(ids, FACTORS))


def triggers_of(tokens: WordPiece) -> tuple[decency.Layout, list[decency.Term]]:
    """The vocabulary's layout, and the terms that bring others of their category: no slurs, no ambiguous words."""
    layout = decency.Layout(tokens.tokens, tokens.pieces)
    known = dict.fromkeys([*layout.tokens.values(), *layout.sequences.values()])
    return layout, [t for t in known if not t.ambiguous and t.category != decency.SLUR]


def make_rule(tokens: WordPiece, common: set[str], vectors: dict[str, np.ndarray], cosine: float, weight: float, most: int) -> Rule:
    """`common`: tokens that may be brought. `vectors`: unit vectors of the triggers and of the listed tokens, by text. A trigger brings the `most` nearest tokens of its
    category whose cosine is above `cosine`, a perfect one with `weight`."""
    layout, triggers = triggers_of(tokens)
    size = len(tokens.tokens)
    columns = np.array([i for i, t in sorted(layout.tokens.items()) if t.text in common and t.category != decency.SLUR], np.int64)
    shown = [layout.tokens[i] for i in columns]
    number = {t.text: n for n, t in enumerate(triggers, 1)}
    row = np.zeros(size, np.int64)
    for i, term in layout.tokens.items():
        row[i] = number.get(term.text, 0)
    by_length: dict[int, list[tuple[int, int]]] = {}
    for ids, term in layout.sequences.items():
        by_length.setdefault(len(ids), []).append((hashed(ids), number.get(term.text, 0)))
    brings = np.zeros((len(triggers) + 1, len(columns)), np.float32)
    all_columns = np.stack([vectors[t.text] for t in shown])
    for n, term in enumerate(triggers, 1):
        near = all_columns @ vectors[term.text]
        allowed = np.array([t.category == term.category and t.text != term.text for t in shown])
        near = np.where(allowed & (near >= cosine), near, 0)
        near[np.argsort(-near)[most:]] = 0
        brings[n] = weight * near
    is_listed, is_ending = np.zeros(size, bool), np.array([t.startswith("##") for t in tokens.tokens])
    is_listed[list(layout.tokens)] = True
    sequences = {n: (np.array([h for h, _ in found], np.int64), np.array([t for _, t in found], np.int64))
                 for n, found in sorted(by_length.items())}
    return Rule(columns, is_listed, is_ending, row, sequences, brings, tuple(t.text for t in triggers))


def _later(values: Tensor, by: int) -> Tensor:
    """[B, T] values of the token `by` places on; past the end 0."""
    return torch.cat([values[:, by:], values.new_zeros(len(values), min(by, values.shape[1]))], dim=1)


def _earlier(values: Tensor, by: int) -> Tensor:
    return torch.cat([values.new_zeros(len(values), min(by, values.shape[1])), values[:, :values.shape[1] - by]], dim=1)


def marks(rule: Rule, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """ids [B, T], mask [B, T] of bool to (hidden [B, T] of bool, whole [B, T] of bool, triggers [B, T]).

    hidden: part of a listed word; whole: a word of one token; triggers: the trigger that begins at a token, 0 for none.
    """
    ending = torch.from_numpy(rule.is_ending)[ids] & mask
    goes_on = _later(ending, 1)
    whole = mask & ~ending & ~goes_on
    hidden = torch.from_numpy(rule.is_listed)[ids] & whole
    triggers = torch.from_numpy(rule.row)[ids] * hidden
    for length, (hashes, numbers) in rule.sequences.items():
        if length > ids.shape[1]:
            continue
        found = sum(_later(ids * mask, n) * FACTORS[n] for n in range(length))
        same = found[..., None] == torch.from_numpy(hashes)
        begins = same.any(-1) & ~ending & ~_later(ending, length)
        triggers = torch.maximum(triggers, (same * torch.from_numpy(numbers)).amax(-1) * begins)
        for n in range(length):
            hidden = hidden | _earlier(begins, n)
    return hidden, whole, triggers
