"""What the model is made of: vocabulary, idf, related words and word vectors, out of WordNet and open prose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidence import morphology, relations, synonyms, table, vocabulary
from evidence.names import names
from evidence.normalizer import Normalizer
from minilm.vectors import Reduction, TextVectors
from sources import corpus, wordnet
from sources.wordpiece import WordPiece

DIMENSIONS = 160


@dataclass
class Evidence:
    """All that the tables are made of, before any weight is decided. V tokens, D dimensions."""
    tokens: list[str]
    idf: np.ndarray                        # [V]
    related: dict[int, dict[int, float]]   # token -> related token -> strength
    lemmas: dict[int, list[int]]           # inflected form -> lemmas
    vectors: np.ndarray                    # float32 [V, D], unit vectors of the words, zero for what is no word
    reduction: Reduction                   # from MiniLM's dimensions to these
    forms: dict[str, list[tuple[str, str]]]  # inflected word -> (lemma, part of speech)
    names: set[str]                        # words that are written with a capital


def gather(net: wordnet.WordNet, prose: list[corpus.Document], minilm: TextVectors) -> Evidence:
    """Chooses the vocabulary and collects the evidence; nothing here depends on the calibration."""
    documents = corpus.gloss_documents(net) + prose
    stats = corpus.statistics(documents)
    forms = morphology.prune_forms(morphology.form_table(net), net, stats.share)
    tokens = vocabulary.choose(net, stats, forms, minilm.vocabulary)
    tokenizer = WordPiece(tokens)
    normalizer = Normalizer(tokenizer, forms)
    idf = table.token_idf(documents, tokenizer, normalizer)
    expander = relations.Expander(net, stats, tokenizer, normalizer, forms)
    words = {i: t for i, t in enumerate(tokens) if t.isalpha() and len(t) > 1 and t not in corpus.STOP_WORDS}
    lemmas = {i: [tokenizer.ids[lemma] for lemma in dict.fromkeys(lemma for lemma, _ in forms.get(t, []))
                  if lemma in tokenizer.ids] for i, t in words.items()}
    translations = synonyms.translations(net, normalizer)
    related = {i: relations.joined(expander.related(t), translations, [i, *lemmas[i]], idf) for i, t in words.items()}
    relations.report(tokens, related)
    vectors, reduction = _word_vectors(words, len(tokens), minilm)
    found = names((document.text for document in documents), words.values(), net.entries)
    return Evidence(tokens, idf, related, lemmas, vectors, reduction, forms, found)


def _word_vectors(words: dict[int, str], size: int, minilm: TextVectors) -> tuple[np.ndarray, Reduction]:
    """Each word read as a text of its own, in its main directions."""
    read = minilm.of(list(words.values()))
    reduction = Reduction(read, DIMENSIONS)
    vectors = np.zeros((size, DIMENSIONS), np.float32)
    vectors[list(words)] = reduction.of(read)
    return vectors, reduction


def make_tables(evidence: Evidence, calibration: table.Calibration = table.Calibration()) -> table.Tables:
    """The fixed expansion table under one calibration."""
    return table.build(evidence.tokens, evidence.idf, evidence.related, evidence.lemmas, evidence.vectors, calibration)
