"""Turns idf, relations and topical vectors into the tables that the model looks its logits up in."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from sources.corpus import STOP_WORDS, Document, shares
from evidence.normalizer import Normalizer
from evidence.vocabulary import INFLECTIONS
from sources.wordpiece import SPECIAL_TOKENS, WordPiece, split_words

# One unit of a table's bytes, as a weight (a weight is log1p of the logit).
UNIT = 0.01


@dataclass(frozen=True)
class Calibration:
    """The numbers that turn evidence into weights. Found on the development sets, see evaluate.py."""
    top: float = 2.4            # weight of an exact match of the rarest words
    common_idf: float = 1.0     # idf at which a word's weight reaches zero
    rare_idf: float = 12.0      # idf from which all words are equally rare
    power: float = 0.5          # shape between the two
    form: float = 0.7           # share of its weight that an inflected form keeps, for it brings its lemma along
    lemma: float = 0.7          # weight of that lemma, relative to the lemma written itself
    expansion: float = 0.6      # weight of a full-strength related word, relative to an exact match of it
    sharpness: float = 1.5      # how much stronger relations are preferred over weak ones
    source_power: float = 0.5   # how much a common word's expansions fade
    closeness: float = 1.2      # how much topical similarity decides about a relation
    agreement: float = 0.2      # what a relation gains where the vectors are very close
    distance: float = 0.5       # strength that a relation keeps at similarity zero
    least: float = 0.1         # expansions below this weight are left out
    slots: int = 24             # expansions a token can have


@dataclass
class Tables:
    """The model's data. V tokens, N slots, D dimensions."""
    own: np.ndarray      # uint8 [V]: weight of the token itself, in UNITs
    ids: np.ndarray      # uint16 [V, N]: its expansions; unused slots are 0 ([PAD])
    weights: np.ndarray  # uint8 [V, N]: their weights, in UNITs
    vectors: np.ndarray  # int8 [V, D]: topical unit vectors times 127


def token_idf(documents: list[Document], tokenizer: WordPiece, normalizer: Normalizer) -> np.ndarray:
    """[V] natural-log idf over balanced sources; a lemma counts wherever one of its forms stands."""
    cache: dict[str, tuple[int, ...]] = {}
    frequency: dict[str, Counter] = defaultdict(Counter)
    total: Counter = Counter()
    for document in documents:
        seen: set[int] = set()
        for word in set(split_words(document.text)):
            found = cache.get(word)
            if found is None:
                lemma = normalizer.lemma_id(word)
                found = cache[word] = (*tokenizer.word(word), *([lemma] if lemma >= 0 else []))
            seen.update(found)
        total[document.source] += 1
        frequency[document.source].update(seen)
    share = np.zeros(len(tokenizer.tokens))
    part = shares(frequency)
    for source, counts in sorted(frequency.items()):
        factor = part[source] / total[source]
        for token, n in counts.items():
            share[token] += factor * n
    return -np.log(share + 6e-6)


def lexical_weights(tokens: list[str], idf: np.ndarray, c: Calibration) -> np.ndarray:
    """[V] weight of an exact match, before inflected forms are cut back."""
    rarity = np.clip((idf - c.common_idf) / (c.rare_idf - c.common_idf), 0.0, 1.0)
    weights = c.top * rarity ** c.power
    silent = set(SPECIAL_TOKENS) | STOP_WORDS | {"##" + e for e in INFLECTIONS}
    for index, token in enumerate(tokens):
        text = token.removeprefix("##")
        if token in silent or not any(ch.isalnum() for ch in text):
            weights[index] = 0.0
    return weights


def _expansions(token: int, related: dict[int, float], lexical: np.ndarray, vectors: np.ndarray,
                c: Calibration) -> list[tuple[int, float]]:
    """(id, weight) of one token's expansions, the heaviest first."""
    source = (lexical[token] / c.top) ** c.source_power
    known = np.abs(vectors[token]).sum() > 0
    found = []
    for target, strength in related.items():
        similarity = float(vectors[token] @ vectors[target]) if known and vectors[target].any() else 0.25
        factor = min(1.0, max(0.0, c.distance + c.closeness * similarity))
        combined = 1.0 - (1.0 - strength * factor) * (1.0 - c.agreement * max(0.0, similarity - 0.6) / 0.4)
        weight = c.expansion * combined ** c.sharpness * source * lexical[target]
        if weight >= c.least:
            found.append((target, weight))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def build(tokens: list[str], idf: np.ndarray, related: dict[int, dict[int, float]], lemmas: dict[int, list[int]],
          vectors: np.ndarray, c: Calibration) -> Tables:
    """All tables. `lemmas` gives for an inflected form the ids of its lemmas; `vectors` is float [V, D]."""
    lexical = lexical_weights(tokens, idf, c)
    own = lexical.copy()
    ids = np.zeros((len(tokens), c.slots), dtype=np.uint16)
    weights = np.zeros((len(tokens), c.slots))
    for token, targets in related.items():
        base = max([lexical[token], *(lexical[lemma] for lemma in lemmas.get(token, []))])
        if base == 0.0:
            continue
        chosen = [(lemma, c.lemma * lexical[lemma]) for lemma in lemmas.get(token, []) if lexical[lemma] > 0]
        if chosen:
            own[token] *= c.form
        skip = {token, *(lemma for lemma, _ in chosen)}
        chosen += [(t, w) for t, w in _expansions(token, targets, lexical, vectors, c) if t not in skip]
        for slot, (target, weight) in enumerate(chosen[:c.slots]):
            ids[token, slot] = target
            weights[token, slot] = weight
    return Tables(np.rint(own / UNIT).astype(np.uint8), ids, np.rint(weights / UNIT).astype(np.uint8),
                  np.rint(vectors * 127).astype(np.int8))
