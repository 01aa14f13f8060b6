"""Topical word vectors: positive pointwise mutual information of words in short texts, reduced by an SVD."""

from __future__ import annotations

import sys

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.linalg import svds

from corpus import STOP_WORDS, Document
from wordnet import WordNet
from wordpiece import WordPiece, split_words

WINDOW = 24  # words of prose that count as one short text
PROSE_WEIGHT = 0.6
TECHNICAL_WEIGHT = 0.25


class Normalizer:
    """Text to vocabulary ids of content words, inflected forms replaced by their most frequent lemma with an id."""

    def __init__(self, tokenizer: WordPiece, forms: dict[str, list[tuple[str, str]]]):
        self._ids: dict[str, int] = {}
        self._tokenizer = tokenizer
        self._forms = forms

    def lemma_id(self, word: str) -> int:
        """The id that stands for a word and its inflected forms, or -1."""
        if word in STOP_WORDS or not word[0].isalpha():
            return -1
        known = self._tokenizer.ids
        for lemma, _ in self._forms.get(word, []):
            if lemma in known:
                return known[lemma]
        return known.get(word, -1)

    def ids(self, text: str) -> list[int]:
        """Ids in text order; words without an id of their own are left out."""
        out = []
        for word in split_words(text):
            found = self._ids.get(word)
            if found is None:
                found = self._ids[word] = self.lemma_id(word)
            if found >= 0:
                out.append(found)
        return out


def short_texts(net: WordNet, prose: list[Document], normalizer: Normalizer) -> list[tuple[float, list[int]]]:
    """(weight, distinct ids): a synset's members, hypernyms and definition together, and windows of prose.

    WordNet's example sentences are left out: they are what the gate is calibrated on.
    """
    texts = []
    for _, synset in sorted(net.synsets.items()):
        parents = [m for key in synset.relations.get("hypernym", []) + synset.relations.get("similar", [])
                   for m in net.synsets[key].members]
        ids = sorted(set(normalizer.ids("; ".join([*synset.members, synset.definition, *parents]))))
        texts.append((1.0, ids))
    for document in prose:
        ids = normalizer.ids(document.text)
        weight = PROSE_WEIGHT if document.source.startswith("openstax") else TECHNICAL_WEIGHT
        for start in range(0, len(ids), WINDOW):
            texts.append((weight, sorted(set(ids[start:start + WINDOW]))))
    return [t for t in texts if len(t[1]) > 1]


def _cooccurrence(texts: list[tuple[float, list[int]]], size: int) -> sparse.csr_matrix:
    """[size, size] weighted counts of two ids in one text; long texts do not outweigh short ones."""
    rows = np.repeat(np.arange(len(texts)), [len(ids) for _, ids in texts])
    columns = np.fromiter((i for _, ids in texts for i in ids), dtype=np.int64, count=len(rows))
    values = np.repeat([np.sqrt(w * 8.0 / (len(ids) + 8.0)) for w, ids in texts], [len(ids) for _, ids in texts])
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(texts), size))
    return (matrix.T @ matrix).tocsr()


def vectors(texts: list[tuple[float, list[int]]], size: int, dimensions: int) -> np.ndarray:
    """[size, dimensions] unit vectors, float32; zero for ids that no text holds."""
    counts = _cooccurrence(texts, size).tocoo()
    own = counts.row == counts.col
    total = np.bincount(counts.row, counts.data * ~own, minlength=size)
    smoothed = total ** 0.75
    with np.errstate(divide="ignore"):
        information = np.log(counts.data * smoothed.sum()
                             / (total[counts.row] * smoothed[counts.col] + 1e-12) + 1e-12)
    # A pair seen in one text alone is chance as often as not.
    information *= counts.data / (counts.data + 0.6)
    keep = (information > 0) & ~own
    matrix = sparse.csr_matrix((information[keep], (counts.row[keep], counts.col[keep])), shape=(size, size))
    matrix = (matrix + matrix.T) * 0.5
    start = np.random.default_rng(7).standard_normal(size)
    left, strength, _ = svds(matrix, k=dimensions, v0=start, solver="arpack", tol=1e-3)
    # svds leaves order and sign open.
    order = np.argsort(-strength, kind="stable")
    left, strength = left[:, order], strength[order]
    left *= np.where(left[np.abs(left).argmax(axis=0), np.arange(dimensions)] < 0, -1.0, 1.0)
    result = left * np.sqrt(strength)
    norms = np.linalg.norm(result, axis=1, keepdims=True)
    print(f"vectors: {matrix.nnz} pairs, {int((norms > 1e-6).sum())} words", file=sys.stderr)
    return np.where(norms > 1e-6, result / np.maximum(norms, 1e-6), 0.0).astype(np.float32)
