"""nDCG@10 of BM25, of the model, of its control and of their sums over cached collections."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
import torch

from small.cache import Cached, write
from small.devsets import Collection
from minilm.encoder import MiniLM
from small.head import Head
from small.listed import Rule
from small.settings import Engine
from small.tokens import WordPiece, split_words
from small.vocabulary import stem
from small.windows import SPECIAL_TOKENS, cut, heaviest, merged, pruned, shortened, weighed_by_frequency

# What Lucene's EnglishAnalyzer drops.
ENGLISH_STOP_WORDS = frozenset("a an and are as at be but by for if in into is it no not of on or such that the their then there "
                               "these they this to was will with".split())
FUSED = tuple(n / 10 for n in range(1, 10))  # shares of the model's scores beside BM25's


def bm25(found: Collection, k1: float = 0.9, b: float = 0.4) -> np.ndarray:
    """[queries, texts] scores over stemmed words."""
    ids: dict[str, int] = {}

    def counts(texts: list[str]) -> sparse.csr_matrix:
        rows, columns = [], []
        for row, text in enumerate(texts):
            for word in split_words(text):
                if word.isalnum() and word not in ENGLISH_STOP_WORDS:
                    rows.append(row)
                    columns.append(ids.setdefault(stem(word), len(ids)))
        return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(texts), 10 ** 6))

    d, q = counts(found.texts), counts(found.queries)
    d.sum_duplicates()
    q.sum_duplicates()
    length, count = np.asarray(d.sum(1)).ravel(), d.shape[0]
    frequency = np.bincount(d.indices, minlength=d.shape[1])
    idf = np.log(1 + (count - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    norm = np.repeat(k1 * (1 - b + b * length / length.mean()), np.diff(d.indptr))
    d.data = idf[d.indices] * d.data * (k1 + 1) / (d.data + norm)
    return (q @ d.T.tocsr()).toarray()


def ndcg(scores: np.ndarray, truth: list[dict[int, float]]) -> np.ndarray:
    """[queries] nDCG@10, gain = grade, ties to the earlier text."""
    discount, out = 1 / np.log2(np.arange(2, 12)), []
    for row, judged in zip(scores, truth):
        best = np.lexsort((np.arange(len(row)), -row))[:10]
        grades = np.array([judged.get(int(d), 0.0) if row[d] > 0 else 0.0 for d in best])
        ideal = np.sort(list(judged.values()))[::-1][:10]
        out.append((grades * discount[:len(grades)]).sum() / (ideal * discount[:len(ideal)]).sum())
    return np.array(out)


def interval(values: np.ndarray, seed: int = 1) -> tuple[float, float]:
    """95 % bootstrap interval of a mean over queries."""
    draws = np.random.default_rng(seed).integers(0, len(values), (2000, len(values)))
    low, high = np.percentile(values[draws].mean(1), [2.5, 97.5])
    return float(low), float(high)


@dataclass
class Vectors:
    """[texts, V], and the same with the texts' own tokens alone."""
    full: sparse.csr_matrix
    own: sparse.csr_matrix


class Texts:
    """Windows of texts, encoded once."""

    def __init__(self, path: Path, texts: list[str], model: MiniLM, tokens: WordPiece, rule: Rule, trusted: torch.Tensor,
                 idf: torch.Tensor, engine: Engine, full_trust: float):
        pieces = [tokens.pieces(t) for t in texts]
        parts = [cut(p, engine.window_tokens - SPECIAL_TOKENS) for p in pieces]
        self.count, self.engine, self.size = len(texts), engine, len(tokens.tokens)
        self.owner = np.repeat(np.arange(len(texts)), [len(p) for p in parts])
        if not path.with_suffix(".npz").exists():
            write(path, model, rule, [tokens.framed(w) for p in parts for w in p])
        self.cached = Cached(path, rule, trusted, idf, full_trust)
        rows, columns = [], []
        for row, own in enumerate(pieces):
            kept = sorted(set(own))
            rows += [row] * len(kept)
            columns += kept
        self.written = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(texts), self.size))

    @torch.no_grad()
    def windows(self, head: Head, batch: int = 64) -> sparse.csr_matrix:
        """[windows, V] without what is too light."""
        parts = []
        for start in range(0, len(self.cached), batch):
            weights = head(self.cached.batch(np.arange(start, min(start + batch, len(self.cached))))).numpy()
            weights[weights < self.engine.min_weight] = 0
            parts.append(sparse.csr_matrix(weights))
        return sparse.vstack(parts).tocsr()

    def _own(self, vectors: sparse.csr_matrix) -> sparse.csr_matrix:
        return vectors.multiply(self.written).tocsr()

    def documents(self, windows: sparse.csr_matrix) -> Vectors:
        found = pruned(merged(windows, self.owner, self.count, self.engine), self.engine.min_weight)
        found = shortened(found, self.engine)
        return Vectors(found, self._own(found))

    def queries(self, windows: sparse.csr_matrix) -> Vectors:
        found = pruned(merged(windows, self.owner, self.count, self.engine), self.engine.min_weight)
        found = heaviest(found, self.engine.query_max_terms)
        own = self._own(found)
        found = shortened(own + self.engine.query_expansion_weight * (found - own), self.engine)
        return Vectors(found, self._own(found))

    def plain(self, idf: np.ndarray) -> sparse.csr_matrix:
        """[texts, V] queries that no network reads."""
        return (self.written @ sparse.diags(idf)).tocsr()


@dataclass
class Result:
    """nDCG@10 [queries] each; `fused` by the share of the model's scores, of the scores as they are."""
    bm25: np.ndarray
    model: np.ndarray
    control: np.ndarray
    plain: np.ndarray
    fused: dict[float, np.ndarray]
    terms: tuple[float, float]  # a text, a query

    def line(self, name: str, share: float = 0.5) -> str:
        best = max(self.fused, key=lambda s: self.fused[s].mean())
        low, high = interval(self.model - self.bm25)
        return (f"{name} ({len(self.model)}): BM25 {self.bm25.mean():.3f}, model {self.model.mean():.3f} ({low:+.3f} to {high:+.3f}), "
                f"control {self.control.mean():.3f}, idf queries {self.plain.mean():.3f}, fused "
                + "/".join(f"{self.fused[s].mean():.3f}" for s in (0.3, 0.5, 0.7)) + f" (best {best} {self.fused[best].mean():.3f})"
                f"; terms {self.terms[0]:.0f}, {self.terms[1]:.0f}")


def compare(found: Collection, words: np.ndarray, documents: Vectors, queries: Vectors, plain: sparse.csr_matrix,
            engine: Engine) -> Result:
    exponent = engine.query_idf_exponent if len(found.texts) >= 100 else 0.0

    def scores(q: sparse.csr_matrix, d: sparse.csr_matrix) -> np.ndarray:
        return (q @ d.T.tocsr()).toarray()

    asked = weighed_by_frequency(queries.full, documents.full, exponent)
    own = weighed_by_frequency(queries.own, documents.full, exponent)
    full = scores(asked, documents.full)
    return Result(ndcg(words, found.truth), ndcg(full, found.truth), ndcg(scores(own, documents.own), found.truth),
                  ndcg(scores(plain, documents.full), found.truth),
                  {s: ndcg((1 - s) * words + s * full, found.truth) for s in FUSED},
                  (documents.full.nnz / documents.full.shape[0], queries.full.nnz / queries.full.shape[0]))
