"""What the head starts from: the decoder's vectors, base forms, the rule of listed words, and the words' mean over passages."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import torch

from small import listed
from small.cache import Cached, batches
from minilm.encoder import MiniLM
from small.head import Head
from small.newwords import mean_states, padded
from small.settings import Readout
from small.tokens import WordPiece
from small.vocabulary import stem

# What is added to a word without changing what it is about.
ENDINGS = frozenset("""s es ed d ing er ers or ors r rs y ly al ally ic ical ian ians ist ists ism ity ment ments ness less ful able ible
ation ations ization ize ized izes izing ise ised ise ises ate ated ates ating ion ions ive ous age ages ship ships like wise""".split())


@torch.no_grad()
def vectors_of(texts: list[str], model: MiniLM, bert: WordPiece, device: str = "cpu") -> np.ndarray:
    """[texts, H] unit means of each as a text of its own, read as MiniLM reads it: in its own pieces, no word left out."""
    rows = [bert.framed(bert.pieces(t)) for t in texts]
    out = np.zeros((len(rows), model.words.embedding_dim), np.float32)
    for batch in batches(rows):
        ids, mask = padded([rows[r] for r in batch])
        out[batch] = mean_states(model(ids.to(device), mask.to(device)), mask.to(device)).cpu().numpy()
    return out


def rule_of(tokens: WordPiece, model: MiniLM, bert: WordPiece, readout: Readout, device: str = "cpu") -> listed.Rule:
    layout, triggers = listed.triggers_of(tokens)
    shown = list(dict.fromkeys([t.text for t in triggers] + [t.text for t in layout.tokens.values()]))
    vectors = dict(zip(shown, vectors_of(shown, model, bert, device)))
    return listed.make_rule(tokens, set(bert.tokens), vectors, readout.listed_cosine, readout.listed_weight, readout.listed_most)


def base_forms(tokens: WordPiece, words: np.ndarray, vectors: np.ndarray, idf: np.ndarray, least: float) -> np.ndarray:
    """[V] for each of `words` the id of the commonest of its stem that is near it in meaning, where that is another; else 0."""
    families: dict[str, list[int]] = defaultdict(list)
    for n, word in enumerate(words):
        families[stem(tokens.tokens[word])].append(n)
    found = np.zeros(len(tokens.tokens), np.int64)
    for family in families.values():
        # The shortest of the commonest: "cell", not "cells", where both are about as common.
        base = min(family, key=lambda n: (round(idf[words[n]], 1), len(tokens.tokens[words[n]]), idf[words[n]]))
        for n in family:
            if n != base and vectors[n] @ vectors[base] >= least:
                found[words[n]] = words[base]
    return found


def confidence(stems: list[str], vectors: np.ndarray, rows: int = 512) -> np.ndarray:
    """[E] how sure it is what each word means: the mean of its three greatest cosines, around the mean, to words of other
    stems. A word that the encoder doesn't know lies between words that have nothing in common."""
    centred = vectors - vectors.mean(0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    numbers = {s: n for n, s in enumerate(dict.fromkeys(stems))}
    family = np.array([numbers[s] for s in stems])
    out = np.zeros(len(vectors), np.float32)
    for start in range(0, len(vectors), rows):
        near = centred[start:start + rows] @ centred.T
        near[family[start:start + rows, None] == family[None]] = -1
        out[start:start + rows] = np.sort(np.partition(near, -3, axis=1)[:, -3:], axis=1).mean(1)
    return out


def lookalikes(tokens: WordPiece, bert: WordPiece) -> np.ndarray:
    """[V] for each added word the word that its first piece spells by chance, such as ham in hamster, which the encoder may take
    for its meaning; 0 where there is none, or where the rest is a word or an ending, as in screwdriver or pediatrician."""
    found = np.zeros(len(tokens.tokens), np.int64)
    for i, word in enumerate(tokens.tokens):
        pieces = [] if word in bert.ids or not word.isalpha() else [bert.tokens[p] for p in bert.word(word)]
        if len(pieces) > 1 and pieces[0] in tokens.ids:
            rest = word[len(pieces[0]):]
            if rest not in ENDINGS and rest not in bert.ids and stem(word) != stem(pieces[0]):
                found[i] = tokens.ids[pieces[0]]
    return found


def mean_scores(vectors: np.ndarray, passages: Cached, most: int = 2000) -> np.ndarray:
    """[E] each word's mean cosine to passages."""
    return (vectors @ passages.means[:most].numpy().T).mean(1)


@torch.no_grad()
def everywhere(head: Head, share: float, rows: int = 512) -> np.ndarray:
    """[E] of bool: the expandable words that more than a share of all single words bring; they say nothing."""
    texts, readout = torch.nn.functional.normalize(head.decoder, dim=1), head.readout
    last = min(readout.fewest + readout.more, readout.expansions)
    brought = torch.zeros(len(texts))
    for start in range(0, len(texts), rows):
        x = texts[start:start + rows] @ head.decoder.T + head.bias
        best = x.topk(last + 1, dim=1).values
        brought += (x > torch.maximum(best[:, -1:], readout.floor * best[:, :1])).sum(0)
    return (brought > share * len(texts)).numpy()
