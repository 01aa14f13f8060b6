"""Says a span of a passage in other words: synonyms, related words and pieces of definitions, in the sense that fits."""

from __future__ import annotations

import random

import numpy as np

from sources.corpus import STOP_WORDS
from evidence.normalizer import Normalizer
from sources.wordnet import WordNet
from sources.wordpiece import split_words

SENSE_DECAY = 0.25  # how fast less used senses fade
CONTEXT = 4.0       # how much the fit of a definition to the passage decides about the sense


class Senses:
    """Topical vectors of texts and meanings, and the choice of a meaning in context. D dimensions, unit vectors."""

    def __init__(self, net: WordNet, normalizer: Normalizer, vectors: np.ndarray, weights: np.ndarray,
                 forms: dict[str, list[tuple[str, str]]]):
        self.net = net
        self._normalizer = normalizer
        self._weighted = vectors * weights[:, None]
        self._forms = forms
        self._cache: dict[str, np.ndarray] = {}

    def text(self, text: str) -> np.ndarray:
        """[D] unit vector of a text; zero where no word of it is known."""
        total = self._weighted[self._normalizer.ids(text)].sum(axis=0)
        return total / (np.linalg.norm(total) + 1e-9)

    def _meaning(self, key: str) -> np.ndarray:
        found = self._cache.get(key)
        if found is None:
            synset = self.net.synsets[key]
            found = self._cache[key] = self.text("; ".join([*synset.members, synset.definition]))
        return found

    def choose(self, word: str, context: np.ndarray, chance: random.Random) -> str | None:
        """The id of a likely meaning of a word in a text with the vector `context`; None for unknown words."""
        lemmas = [(word, None), *self._forms.get(word, [])]
        options, scores = [], []
        for lemma, pos in lemmas:
            for entry in self.net.entries.get(lemma, []):
                if pos in (None, entry.pos):
                    for rank, sense in enumerate(entry.senses):
                        options.append(sense.synset)
                        scores.append(1 / (1 + SENSE_DECAY * rank) * np.exp(CONTEXT * self._meaning(sense.synset)
                                                                            @ context))
        return chance.choices(options, scores)[0] if options else None


def _neighbours(net: WordNet, key: str) -> list[str]:
    """Members of the meanings one step up from a meaning."""
    relations = net.synsets[key].relations
    steps = [t for name in ("hypernym", "similar", "entails", "causes") for t in relations.get(name, [])]
    return [m for step in steps for m in net.synsets[step].members]


def _definition(definition: str, chance: random.Random) -> list[str]:
    """A few words in a row of a definition; the parts in brackets are left out."""
    words = [w for w in split_words(definition.split(";")[0]) if w.isalnum()]
    if len(words) <= 4:
        return words
    size = chance.randint(3, 7)
    return words[:size] if chance.random() < 0.7 else words[-size:]


def other_words(senses: Senses, word: str, context: np.ndarray, chance: random.Random) -> list[str]:
    """Words that say what `word` says; empty where nothing is known of it."""
    key = senses.choose(word, context, chance)
    if key is None:
        return []
    synset = senses.net.synsets[key]

    def differs(other: str) -> bool:
        return other.lower()[:5] != word[:5]

    synonyms = [m for m in synset.members if differs(m)]
    wider = [m for m in _neighbours(senses.net, key) if differs(m)]
    draw = chance.random()
    if synonyms and draw < 0.6:
        return split_words(chance.choice(synonyms))
    if wider and draw < 0.75:
        return split_words(chance.choice(wider))
    return [w for w in _definition(synset.definition, chance) if differs(w)]


def query(senses: Senses, passage: str, chance: random.Random, change: float = 0.85) -> str:
    """A query for a passage: a span of three to eight content words, most of them said in other words."""
    words = [w for w in split_words(passage) if w[0].isalpha()]
    content = [i for i, w in enumerate(words) if w not in STOP_WORDS and len(w) > 2]
    if len(content) < 4:
        return ""
    context = senses.text(passage)
    size = min(chance.randint(3, 8), len(content))
    first = chance.randrange(len(content) - size + 1)
    chosen = set(content[first:first + size])
    plain = chance.random() < 0.5
    out: list[str] = []
    definitions = 0
    for i in range(content[first], content[first + size - 1] + 1):
        if i not in chosen:
            # Half of the queries are bare keywords, as people type them.
            out += [] if plain else [words[i]]
            continue
        if chance.random() >= change:
            out.append(words[i])
            continue
        said = other_words(senses, words[i], context, chance)
        definitions += len(said) > 2
        if said and (len(said) <= 2 or definitions <= 2):
            out += said
    return " ".join(out)
