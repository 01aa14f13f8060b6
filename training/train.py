"""Makes the model folder: vocabulary, tables, ONNX graph and splade.json, from WordNet and open prose."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import corpus
import embedding
import graph
import morphology
import relations
import table
import vocabulary
import wordnet
from reference import Head
from wordpiece import WordPiece

NAME, VERSION, LICENSE = "splade-tiny-en", "0.1.0", "CC-BY-4.0"
VOCABULARY_SIZE, PIECES, DIMENSIONS = 16384, 1700, 64
MAX_TOKENS, MIN_WEIGHT = 256, 0.08


@dataclass
class Evidence:
    """All that the tables are made of, before any weight is decided. V tokens, D dimensions."""
    tokens: list[str]
    idf: np.ndarray                        # [V]
    related: dict[int, dict[int, float]]   # token -> related token -> strength
    lemmas: dict[int, list[int]]           # inflected form -> lemmas
    vectors: np.ndarray                    # float32 [V, D]


def gather(net: wordnet.WordNet, prose: list[corpus.Document]) -> Evidence:
    """Chooses the vocabulary and collects the evidence; nothing here depends on the calibration."""
    documents = corpus.gloss_documents(net) + prose
    stats = corpus.statistics(documents)
    forms = morphology.prune_forms(morphology.form_table(net), net, stats.share)
    tokens = vocabulary.choose(net, stats, forms, VOCABULARY_SIZE, PIECES)
    tokenizer = WordPiece(tokens)
    normalizer = embedding.Normalizer(tokenizer, forms)
    idf = table.token_idf(documents, tokenizer, normalizer)
    texts = embedding.short_texts(net, prose, normalizer)
    vectors = embedding.vectors(texts, len(tokens), DIMENSIONS)
    expander = relations.Expander(net, stats, tokenizer, normalizer, forms)
    words = {i: t for i, t in enumerate(tokens) if t.isalpha() and len(t) > 1 and t not in corpus.STOP_WORDS}
    lemmas = {i: [tokenizer.ids[lemma] for lemma in dict.fromkeys(lemma for lemma, _ in forms.get(t, []))
                  if lemma in tokenizer.ids] for i, t in words.items()}
    for token, targets in lemmas.items():
        if targets and not vectors[token].any():
            vectors[token] = vectors[targets[0]]
    related = {i: expander.related(t) for i, t in words.items()}
    relations.report(tokens, related)
    return Evidence(tokens, idf, related, lemmas, vectors)


def make_tables(evidence: Evidence, calibration: table.Calibration = table.Calibration()) -> table.Tables:
    """The model's tables under one calibration."""
    return table.build(evidence.tokens, evidence.idf, evidence.related, evidence.lemmas, evidence.vectors, calibration)


def write(folder: Path, evidence: Evidence, tables: table.Tables, head: Head) -> None:
    """model.onnx, vocab.txt and splade.json."""
    folder.mkdir(parents=True, exist_ok=True)
    properties = {"name": NAME, "version": VERSION, "license": LICENSE}
    model = graph.build(tables, head, properties)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    (folder / "vocab.txt").write_text("\n".join(evidence.tokens) + "\n", encoding="utf-8", newline="\n")
    settings = {"name": NAME, "version": VERSION, "pooling": "max", "activation": "log1p_relu",
                "maxTokens": MAX_TOKENS, "minWeight": MIN_WEIGHT, "license": LICENSE,
                "vocabularySize": len(evidence.tokens)}
    (folder / "splade.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8", newline="\n")
    sizes = ", ".join(f"{p.name} {p.stat().st_size}" for p in sorted(folder.iterdir()))
    print(f"written: {sizes}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", required=True, help="open-english-wordnet.tar.xz (YAML sources)")
    parser.add_argument("--text", required=True, help="open-text.jsonl.xz (openly licensed prose)")
    parser.add_argument("--out", required=True, type=Path, help="folder for model.onnx, vocab.txt and splade.json")
    arguments = parser.parse_args()
    evidence = gather(wordnet.load(arguments.wordnet), corpus.read_text(arguments.text))
    write(arguments.out, evidence, make_tables(evidence), Head())


if __name__ == "__main__":
    main()
