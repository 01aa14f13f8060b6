"""Encodes texts as the index will hold them, searches with dot products, and measures; the controls beside them."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sparse
import torch

from readout.windows import LENGTH, LENGTH_EXPONENT, framed, pad, saturation, windows
from sources.corpus import STOP_WORDS
from readout.model import Readout
from sources.wordpiece import SPECIAL_TOKENS, WordPiece, split_words

Judgements = list[dict[int, float]]  # for each query: document row -> grade
# As splade.json says: lighter terms are dropped, the expansions of a query count less, and what is frequent does.
LEAST, QUERY_EXPANSIONS, QUERY_IDF = 0.2, 0.35, 0.25
QUERY_REPEATS = 2.0  # k of n (k + 1) / (n + k), what a word weighs that a query says n times; the engine counts, not `measure`


def word_ids(tokenizer: WordPiece, text: str) -> list[int]:
    return [i for word in split_words(text) for i in tokenizer.word(word)]


def _pooled(model: Readout, rows: list[list[int]], batch: int = 64) -> sparse.csr_matrix:
    """[rows, V] weights; rows of like length together."""
    order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
    parts = []
    with torch.no_grad():
        for start in range(0, len(order), batch):
            weights = model.pooled(*pad([rows[row] for row in order[start:start + batch]])).numpy()
            weights[:, :len(SPECIAL_TOKENS)] = 0
            weights[weights < LEAST] = 0
            parts.append(sparse.csr_matrix(weights))
    return sparse.vstack(parts).tocsr()[np.argsort(order)]


def _lengths(vectors: sparse.csr_matrix) -> np.ndarray:
    """[rows] L2 norms."""
    return np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())


def _shortened(vectors: sparse.csr_matrix) -> sparse.csr_matrix:
    """Each over a power of its length."""
    return (sparse.diags((LENGTH / np.maximum(_lengths(vectors), 1e-3)) ** LENGTH_EXPONENT) @ vectors).tocsr()


def encode_queries(model: Readout, tokenizer: WordPiece, texts: list[str]) -> sparse.csr_matrix:
    """[texts, V], each text in one window."""
    found = _pooled(model, [framed(word_ids(tokenizer, text)) for text in texts])
    own = without_expansions(found, tokenizer, texts)
    return _shortened(own + QUERY_EXPANSIONS * (found - own))


def weighed_by_frequency(queries: sparse.csr_matrix, documents: sparse.csr_matrix) -> sparse.csr_matrix:
    """The queries with each weight times a power of the term's inverse document frequency, as long as they were."""
    count = documents.shape[0]
    frequency = np.bincount(documents.indices, minlength=documents.shape[1])
    idf = np.log(1 + (count - frequency + 0.5) / (frequency + 0.5)) / np.log(1 + count)
    weighed = queries @ sparse.diags(idf ** QUERY_IDF)
    return (sparse.diags(_lengths(queries) / np.maximum(_lengths(weighed), 1e-9)) @ weighed).tocsr()


def encode_passages(model: Readout, tokenizer: WordPiece, texts: list[str]) -> sparse.csr_matrix:
    """[texts, V]: windows merged as `batching` says."""
    parts = [windows(word_ids(tokenizer, text)) for text in texts]
    rows = _pooled(model, [window for own in parts for window in own])
    owner = np.repeat(np.arange(len(texts)), [len(own) for own in parts])
    gather = sparse.csr_matrix((np.ones(len(owner), np.float32), (owner, np.arange(len(owner)))))
    merged, held = (gather @ rows).tocsr(), (gather @ (rows > 0).astype(np.float32)).tocsr()
    merged.sort_indices()
    held.sort_indices()
    merged.data *= saturation(held.data, np.repeat([len(own) for own in parts], np.diff(held.indptr)))
    merged.data[merged.data < LEAST] = 0
    merged.eliminate_zeros()
    return _shortened(merged)


def without_expansions(vectors: sparse.csr_matrix, tokenizer: WordPiece, texts: list[str]) -> sparse.csr_matrix:
    """The control: the same vectors, with the weights of the text's own tokens alone."""
    rows, columns = [], []
    for row, text in enumerate(texts):
        own = set(word_ids(tokenizer, text))
        rows += [row] * len(own)
        columns += sorted(own)
    written = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=vectors.shape)
    return sparse.csr_matrix(vectors.multiply(written))


def bm25(documents: list[str], queries: list[str], k1: float = 0.9,
         b: float = 0.4) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Document and query matrices whose product is BM25 over plain lower-cased words, unstemmed."""
    ids: dict[str, int] = {}

    def counts(texts: list[str]) -> sparse.csr_matrix:
        rows, columns = [], []
        for row, text in enumerate(texts):
            for word in split_words(text):
                if word not in STOP_WORDS and word.isalnum():
                    rows.append(row)
                    columns.append(ids.setdefault(word, len(ids)))
        data = np.ones(len(rows), dtype=np.float32)
        return sparse.csr_matrix((data, (rows, columns)), shape=(len(texts), 10 ** 6))

    d, q = counts(documents), counts(queries)
    d.sum_duplicates()
    length = np.asarray(d.sum(axis=1)).ravel()
    frequency = np.bincount(d.indices, minlength=d.shape[1])
    idf = np.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    norm = np.repeat(k1 * (1 - b + b * length / length.mean()), np.diff(d.indptr))
    d.data = idf[d.indices] * d.data * (k1 + 1) / (d.data + norm)
    return d, q


def ndcg(documents: sparse.csr_matrix, queries: sparse.csr_matrix, judgements: Judgements) -> np.ndarray:
    """[queries]: nDCG@10 (gain = grade); ties go to the earlier document."""
    found = []
    transposed = documents.T.tocsr()
    discounts = 1.0 / np.log2(np.arange(2, 12))
    for start in range(0, queries.shape[0], 200):
        scores = (queries[start:start + 200] @ transposed).toarray()
        for row, truth in zip(scores, judgements[start:start + 200]):
            best = np.argpartition(-row, min(200, len(row) - 1))[:200]
            best = best[np.lexsort((best, -row[best]))][:10]
            grades = np.array([truth.get(int(d), 0.0) if row[d] > 0 else 0.0 for d in best])
            ideal = np.sort(list(truth.values()))[::-1][:10]
            found.append((grades * discounts[:len(grades)]).sum() / (ideal * discounts[:len(ideal)]).sum())
    return np.array(found)


def interval(differences: np.ndarray, seed: int = 1) -> tuple[float, float]:
    """95 % bootstrap interval of a mean over queries."""
    draws = np.random.default_rng(seed).integers(0, len(differences), (2000, len(differences)))
    low, high = np.percentile(differences[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
