"""Texts as the engine cuts them, and windows' vectors as it merges them."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sparse

from small.settings import Engine

SPECIAL_TOKENS = 2


def cut(ids: list[int], longest: int) -> list[list[int]]:
    """As few windows as will do, as equal in length as they can be; none for an empty text."""
    if not ids:
        return []
    count = -(-len(ids) // longest)
    length, longer = divmod(len(ids), count)
    windows, start = [], 0
    for number in range(count):
        end = start + length + (number < longer)
        windows.append(ids[start:end])
        start = end
    return windows


def merged(windows: sparse.csr_matrix, owner: np.ndarray, texts: int, engine: Engine) -> sparse.csr_matrix:
    """[texts, V] of the windows' weights [windows, V]: a term's mean over the n of W windows that hold it, times
    n (1 + s + l) / (n + s + l W)."""
    gather = sparse.csr_matrix((np.ones(len(owner), np.float32), (owner, np.arange(len(owner)))), (texts, len(owner)))
    held = (gather @ (windows > 0).astype(np.float32)).tocsr()
    total = (gather @ windows).tocsr()
    held.sort_indices()
    total.sort_indices()
    s, penalty = engine.window_saturation, engine.window_length_penalty
    count = np.repeat(np.bincount(owner, minlength=texts), np.diff(total.indptr))
    # A text of one window keeps its weights: the formula gives n (1 + s + l) / (n + s + l) = 1.
    total.data *= ((1 + s + penalty) / (held.data + s + penalty * count)).astype(np.float32)
    return total


def norms(vectors: sparse.csr_matrix) -> np.ndarray:
    return np.sqrt(np.asarray(vectors.multiply(vectors).sum(1)).ravel())


def shortened(vectors: sparse.csr_matrix, engine: Engine) -> sparse.csr_matrix:
    """Each over a power of its length."""
    return (sparse.diags((engine.length_norm / np.maximum(norms(vectors), 1e-3)) ** engine.length_exponent) @ vectors).tocsr()


def pruned(vectors: sparse.csr_matrix, least: float) -> sparse.csr_matrix:
    vectors = vectors.tocsr(copy=True)
    vectors.data[vectors.data < least] = 0
    vectors.eliminate_zeros()
    return vectors


def heaviest(vectors: sparse.csr_matrix, most: int) -> sparse.csr_matrix:
    """Each row's heaviest terms."""
    vectors = vectors.tocsr(copy=True)
    for start, end in zip(vectors.indptr, vectors.indptr[1:]):
        if end - start > most:
            row = vectors.data[start:end]
            row[np.argsort(-row, kind="stable")[most:]] = 0
    vectors.eliminate_zeros()
    return vectors


def weighed_by_frequency(queries: sparse.csr_matrix, documents: sparse.csr_matrix, exponent: float) -> sparse.csr_matrix:
    """Queries with each weight times a power of the term's inverse document frequency in the index, as long as they were."""
    count = documents.shape[0]
    frequency = np.bincount(documents.indices, minlength=documents.shape[1])
    idf = np.log(1 + (count - frequency + 0.5) / (frequency + 0.5)) / np.log(1 + count)
    weighed = queries @ sparse.diags(idf ** exponent)
    return (sparse.diags(norms(queries) / np.maximum(norms(weighed), 1e-9)) @ weighed).tocsr()
