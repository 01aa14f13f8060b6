"""Measures a finished model: sanity pairs, the development sets, a collection in BEIR's form; always with controls."""

from __future__ import annotations

import argparse
import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import scipy.sparse as sparse

from corpus import STOP_WORDS, read_text
from devsets import all_sets
from graph import read_tables
from reference import Head, encode
from sanity import check
from table import Tables
from wordnet import load
from wordpiece import WordPiece, split_words

Judgements = list[dict[int, float]]  # for each query: document row -> grade


def vectors(tables: Tables, tokenizer: WordPiece, texts: list[str], max_tokens: int,
            least: float) -> sparse.csr_matrix:
    """[texts, V] sparse vectors."""
    pointers, columns, values = [0], [], []
    for text in texts:
        vector = encode(tables, np.array(tokenizer.encode(text, max_tokens)), Head(), least)
        columns.extend(vector.keys())
        values.extend(vector.values())
        pointers.append(len(columns))
    return sparse.csr_matrix((np.array(values, dtype=np.float32), np.array(columns, dtype=np.int32), pointers),
                             shape=(len(texts), len(tables.own)))


def without_expansions(tables: Tables) -> Tables:
    """The control: the same model, each token with its own dimension alone."""
    return replace(tables, weights=np.zeros_like(tables.weights))


def with_lemmas_only(tables: Tables) -> Tables:
    """A harder control: inflected forms still bring their lemma. Only a lemma comes near an exact match's weight."""
    lemma = tables.weights >= 0.8 * tables.own[tables.ids.astype(np.int64)]
    return replace(tables, weights=np.where(lemma, tables.weights, 0).astype(np.uint8))


def bm25(documents: list[str], queries: list[str], k1: float = 0.9, b: float = 0.4) -> tuple[sparse.csr_matrix,
                                                                                           sparse.csr_matrix]:
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


def measures(documents: sparse.csr_matrix, queries: sparse.csr_matrix, judgements: Judgements) -> dict[str, float]:
    """Means over queries of nDCG@10, MRR@10 and recall@100; ties go to the earlier document."""
    sums = {"nDCG@10": 0.0, "MRR@10": 0.0, "R@100": 0.0}
    transposed = documents.T.tocsr()
    discounts = 1.0 / np.log2(np.arange(2, 12))
    for start in range(0, queries.shape[0], 200):
        scores = (queries[start:start + 200] @ transposed).toarray()
        for row, truth in zip(scores, judgements[start:start + 200]):
            best = np.argpartition(-row, min(200, len(row) - 1))[:200]
            best = best[np.lexsort((best, -row[best]))][:100]
            grades = np.array([truth.get(int(d), 0.0) if row[d] > 0 else 0.0 for d in best])
            ideal = np.sort(list(truth.values()))[::-1][:10]
            gain = (grades[:10] * discounts[:len(grades[:10])]).sum()
            sums["nDCG@10"] += gain / (ideal * discounts[:len(ideal)]).sum()
            hits = np.flatnonzero(grades[:10])
            sums["MRR@10"] += 1.0 / (hits[0] + 1) if len(hits) else 0.0
            sums["R@100"] += (grades > 0).sum() / min(len(truth), 100)
    return {name: value / len(judgements) for name, value in sums.items()}


def compare(tables: Tables, tokenizer: WordPiece, documents: list[str], queries: list[str], judgements: Judgements,
            max_tokens: int, least: float) -> dict[str, dict[str, float]]:
    """The model, its two controls, and BM25, on the same documents and queries."""
    result = {}
    for name, variant in (("model", tables), ("lemmas only", with_lemmas_only(tables)),
                          ("without expansions", without_expansions(tables))):
        d = vectors(variant, tokenizer, documents, max_tokens, least)
        q = vectors(variant, tokenizer, queries, max_tokens, least)
        result[name] = measures(d, q, judgements) | {"terms": d.nnz / d.shape[0], "query terms": q.nnz / q.shape[0]}
    result["BM25 on words"] = measures(*bm25(documents, queries), judgements)
    return result


def show(title: str, result: dict[str, dict[str, float]]) -> None:
    """Prints one table."""
    print(title)
    for name, values in result.items():
        cells = (f"  {k} {v:.1f}" if "terms" in k else f"  {k} {v:.4f}" for k, v in values.items())
        print(f"  {name:20}" + "".join(cells))


def read_collection(folder: Path) -> tuple[list[str], list[str], Judgements]:
    """corpus.jsonl.gz, queries.tsv.gz and qrels.txt; only queries that have a relevant document."""
    names, documents = {}, []
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            names[str(row["_id"])] = len(documents)
            documents.append(f"{row.get('title', '')} {row['text']}".strip())
    truth: dict[str, dict[int, float]] = {}
    for line in (folder / "qrels.txt").read_text().splitlines():
        query, _, document, grade = line.split()
        if float(grade) > 0 and document in names:
            truth.setdefault(query, {})[names[document]] = float(grade)
    queries, judgements = [], []
    with gzip.open(folder / "queries.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            key, text = line.rstrip("\n").split("\t")
            if key in truth:
                queries.append(text)
                judgements.append(truth[key])
    return documents, queries, judgements


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, type=Path, help="folder with model.onnx, vocab.txt, splade.json")
    parser.add_argument("--wordnet", help="open-english-wordnet.tar.xz; with --text: measure the development sets")
    parser.add_argument("--text", help="open-text.jsonl.xz")
    parser.add_argument("--collection", type=Path, help="folder with corpus.jsonl.gz, queries.tsv.gz and qrels.txt")
    arguments = parser.parse_args()
    tables = read_tables(str(arguments.model / "model.onnx"))
    tokenizer = WordPiece((arguments.model / "vocab.txt").read_text(encoding="utf-8").splitlines())
    settings = json.loads((arguments.model / "splade.json").read_text(encoding="utf-8"))
    limits = settings["maxTokens"], settings["minWeight"]
    check(tables, tokenizer, limits[1])
    if arguments.wordnet and arguments.text:
        for item in all_sets(load(arguments.wordnet), read_text(arguments.text), set(tokenizer.tokens)):
            title = f"{item.name}: {len(item.queries)} queries, {len(item.documents)} texts"
            show(title, compare(tables, tokenizer, item.documents, item.queries, item.judgements, *limits))
    if arguments.collection:
        documents, queries, judgements = read_collection(arguments.collection)
        title = f"{arguments.collection.name}: {len(queries)} queries, {len(documents)} texts"
        show(title, compare(tables, tokenizer, documents, queries, judgements, *limits))


if __name__ == "__main__":
    main()
