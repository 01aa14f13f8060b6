"""Measures the model on the development sets, beside its control and BM25. Choices are made here, on no other
collection."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from scipy.sparse import hstack

from measuring import devsets
from evidence import gather as evidence

from sources.corpus import Document
from measuring.measure import (Judgements, bm25, encode_passages, encode_queries, interval, ndcg, weighed_by_frequency,
                               without_expansions)
from readout.model import Readout
from shipping.restraint import Restraint
from sources.heldout import HELD_OUT_BOOK, held_out
from sources.kept import recalled
from sources.wordpiece import WordPiece

FUSED = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # weights of the model's scores beside BM25's
Collection = tuple[list[str], list[str], Judgements]


def read_own(folder: Path, kind: str, split: str) -> Collection:
    """The project's own collection, queries of one kind and split."""
    rows = [json.loads(line) for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    place = {row["_id"]: number for number, row in enumerate(rows)}
    truth: dict[str, dict[int, float]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text().splitlines()[1:]:
        query, document, grade = line.split("\t")
        truth.setdefault(query, {})[place[document]] = float(grade)
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [q for q in map(json.loads, lines) if (q["metadata"]["kind"], q["metadata"]["split"]) == (kind, split)]
    return ([f"{row['title']} {row['text']}" for row in rows], [q["text"] for q in asked],
            [truth[q["_id"]] for q in asked])


def shrunk(found: devsets.DevelopmentSet, queries: int, texts: int, seed: int = 5) -> Collection:
    """A sample of the queries, among their answers and a sample of the other texts."""
    chance = random.Random(seed)
    keep = sorted(chance.sample(range(len(found.queries)), min(queries, len(found.queries))))
    needed = {row for i in keep for row in found.judgements[i]}
    others = [row for row in range(len(found.documents)) if row not in needed]
    rows = sorted(needed | set(chance.sample(others, max(0, min(texts - len(needed), len(others))))))
    place = {row: number for number, row in enumerate(rows)}
    return ([found.documents[row] for row in rows], [found.queries[i] for i in keep],
            [{place[row]: grade for row, grade in found.judgements[i].items()} for i in keep])


def development(prose: list[Document], terms: list[dict], own: Path) -> dict[str, Collection]:
    """The project's own queries in other words, held-out chapters, articles and terms, and a book that nothing was
    learned
    from."""
    book = [d for d in prose if d.source == HELD_OUT_BOOK]
    chapters = [d for d in prose if held_out(d) and d.source.startswith("openstax") and d.source != HELD_OUT_BOOK
                and "python" not in d.source]
    articles = [d for d in prose if held_out(d) and d.source.startswith("articles")]
    return {"own, other words": read_own(own, "other-words", "dev"),
            "headings": shrunk(devsets.headings(chapters, "", "", 10 ** 6), 250, 3000),
            "book, long texts": shrunk(devsets.long_texts(book, 10 ** 6), 250, 900),
            "summaries": shrunk(devsets.summaries(chapters), 250, 1500),
            "abstracts": shrunk(devsets.summaries(articles), 250, 1500),
            "book, glossary": shrunk(devsets.glossary(book), 150, 2500),
            "names of terms": shrunk(devsets.names(terms), 250, 2500)}


def compare(model: Readout, tokenizer: WordPiece, name: str, collection: Collection) -> None:
    """Prints nDCG@10 of BM25, of the control and of the model, whose difference to the control has an interval, and of
    the sums of BM25's and the model's scores by the model's weight."""
    documents, queries, judgements = collection
    d, q = encode_passages(model, tokenizer, documents), encode_queries(model, tokenizer, queries)
    plain_d, plain_q = without_expansions(d, tokenizer, documents), without_expansions(q, tokenizer, queries)
    q, plain_q = weighed_by_frequency(q, d), weighed_by_frequency(plain_q, plain_d)
    lexical_d, lexical_q = bm25(documents, queries)
    words, control, full, half = (ndcg(*pair, judgements) for pair in
                                  ((lexical_d, lexical_q), (plain_d, plain_q), (d, q), (d, plain_q)))
    fused = np.stack([ndcg(hstack([(1 - share) * lexical_d, share * d]).tocsr(), hstack([lexical_q, q]).tocsr(),
                           judgements) for share in FUSED])
    low, high = interval(full - control)
    print(f"{name}: {len(queries)} queries, {len(documents)} texts; BM25 {words.mean():.3f}, "
          f"control {control.mean():.3f}, "
          f"model {full.mean():.3f} ({low:+.3f} to {high:+.3f}), with plain queries {half.mean():.3f}; "
          f"terms a text {d.nnz / len(documents):.0f}, a query {q.nnz / len(queries):.0f}; fused "
          + ", ".join(f"{share} {value:.3f}" for share, value in zip(FUSED, fused.mean(axis=1))), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="work folder of the recipe")
    parser.add_argument("--own", type=Path, default=Path(__file__).parents[3] / "examples" / "collection")
    options = parser.parse_args()
    torch.set_num_threads(1)
    _, prose, terms = recalled(options.work / "sources.pickle")
    known = recalled(options.work / "evidence.pickle")
    model = Readout(evidence.make_tables(known), known.vectors, Restraint(known.tokens, known.names))
    sets = development(prose, terms, options.own)
    with torch.no_grad():
        for name, found in sets.items():
            compare(model, WordPiece(known.tokens), name, found)


if __name__ == "__main__":
    main()
