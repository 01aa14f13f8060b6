"""What the training starts from: vocabulary, idf, related words and word vectors, out of WordNet and open prose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import corpus
import embedding
import morphology
import relations
import synonyms
import table
import vocabulary
import wordnet
from wordpiece import WordPiece

# Pieces cut the long words of science and of names that are not in the vocabulary.
VOCABULARY_SIZE, PIECES, DIMENSIONS = 16384, 1800, 160


@dataclass
class Evidence:
    """All that the tables are made of, before any weight is decided. V tokens, D dimensions."""
    tokens: list[str]
    idf: np.ndarray                        # [V]
    related: dict[int, dict[int, float]]   # token -> related token -> strength
    lemmas: dict[int, list[int]]           # inflected form -> lemmas
    vectors: np.ndarray                    # float32 [V, D]
    forms: dict[str, list[tuple[str, str]]]  # inflected word -> (lemma, part of speech)


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
    translations = synonyms.translations(net, normalizer)
    related = {i: relations.joined(expander.related(t), translations, [i, *lemmas[i]], idf) for i, t in words.items()}
    relations.report(tokens, related)
    return Evidence(tokens, idf, related, lemmas, vectors, forms)


def make_tables(evidence: Evidence, calibration: table.Calibration = table.Calibration()) -> table.Tables:
    """The fixed expansion table under one calibration."""
    # The calibration was made for similarities in 64 dimensions; the leading ones are the same in any number.
    leading = evidence.vectors[:, :64]
    leading = leading / np.maximum(np.linalg.norm(leading, axis=1, keepdims=True), 1e-6)
    return table.build(evidence.tokens, evidence.idf, evidence.related, evidence.lemmas, leading, calibration)
