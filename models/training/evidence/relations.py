"""Which words a word brings along, and how strongly: activation that spreads over WordNet's graph of meanings."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from sources.corpus import Statistics
from evidence.normalizer import Normalizer
from evidence.synonyms import Translations
from sources.wordnet import WordNet
from sources.wordpiece import WordPiece

TELLING_IDF = 9.0  # a word this rare tells all that it can


@dataclass(frozen=True)
class Strengths:
    """Share of the activation that one step along a relation keeps (0 to 1)."""
    hypernym: float = 0.55
    hyponym: float = 0.8        # times the root of the share that it has in the use of all hyponyms together
    similar: float = 0.6
    attribute: float = 0.6
    entailment: float = 0.5
    topic: float = 0.25
    part: float = 0.25
    derived: float = 0.9        # the derived word itself
    derived_meaning: float = 0.5  # the other words of the derived word's meaning
    gloss: float = 0.45         # content words of the definition
    sense_decay: float = 0.25   # how fast less used senses of the word fade
    member_decay: float = 0.15  # how fast words fade for which the meaning is a less used one
    floor: float = 0.04         # weaker activation is dropped


def _use(net: WordNet, stats: Statistics) -> dict[str, float]:
    """How much each meaning is written of: the frequency of its words, less for senses down their lists."""
    use = {key: 1.0 for key in net.synsets}
    for lemma, entries in net.entries.items():
        written = stats.glosses[lemma.lower()] + min(stats.prose[lemma.lower()], 100)
        for entry in entries:
            for rank, sense in enumerate(entry.senses):
                use[sense.synset] += written / (1.0 + rank) ** 2
    return use


class MeaningGraph:
    """Meanings with weighted steps between them, and the vocabulary words that express each."""

    def __init__(self, net: WordNet, stats: Statistics, tokenizer: WordPiece, strengths: Strengths):
        self.net = net
        self.strengths = strengths
        self._use = _use(net, stats)
        self.steps: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self.words: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._add_steps()
        self._add_words(tokenizer)

    def _add_steps(self) -> None:
        s = self.strengths
        children: dict[str, list[str]] = defaultdict(list)
        topics: dict[str, list[str]] = defaultdict(list)
        for key, synset in sorted(self.net.synsets.items()):
            for name, targets in synset.relations.items():
                for target in targets:
                    if name == "hypernym":
                        self.steps[key].append((target, s.hypernym))
                        children[target].append(key)
                    elif name == "domain_topic":
                        self.steps[key].append((target, s.topic))
                        topics[target].append(key)
                    else:
                        weight = {"similar": s.similar, "also": s.similar, "attribute": s.attribute,
                                  "causes": s.entailment, "entails": s.entailment}.get(name, s.part)
                        self.steps[key].append((target, weight))
                        self.steps[target].append((key, weight * (0.6 if name == "similar" else 1.0)))
        for parent, keys in children.items():
            whole = sum(self._use[key] for key in keys)
            self.steps[parent] += [(key, s.hyponym * (self._use[key] / whole) ** 0.5) for key in keys]
        for topic, keys in topics.items():
            self.steps[topic] += [(key, s.topic / len(keys) ** 0.5) for key in keys]

    def _add_words(self, tokenizer: WordPiece) -> None:
        """Single-word members; a member weighs less in a meaning that is far down its own list of senses."""
        for lemma, entries in sorted(self.net.entries.items()):
            token = tokenizer.ids.get(lemma.lower())
            if token is None or not lemma.isalnum():
                continue
            for entry in entries:
                for rank, sense in enumerate(entry.senses):
                    weight = 1.0 / (1.0 + self.strengths.member_decay * rank)
                    self.words[sense.synset].append((token, weight))

    def spread(self, start: str, steps: int = 2) -> dict[str, float]:
        """Activation of the meanings within `steps` of one meaning, which itself has 1."""
        active = {start: 1.0}
        edge = dict(active)
        for _ in range(steps):
            following: dict[str, float] = {}
            for key, value in edge.items():
                for target, weight in self.steps[key]:
                    reached = value * weight
                    if reached >= self.strengths.floor and reached > active.get(target, 0.0):
                        active[target] = following[target] = reached
            edge = following
        return active


def _glosses(net: WordNet, stats: Statistics, normalizer: Normalizer, tokens: list[str],
             strength: float) -> dict[str, list[tuple[int, float]]]:
    """The content words of each definition, the rarer and the earlier the stronger."""
    idf = [stats.idf(token) for token in tokens]
    result = {}
    for key, synset in sorted(net.synsets.items()):
        words = dict.fromkeys(normalizer.ids(synset.definition))
        result[key] = [(word, strength * min(1.0, idf[word] / TELLING_IDF) ** 2 / (1.0 + 0.1 * place))
                       for place, word in enumerate(words)]
    return result


class Expander:
    """Computes the related words of one vocabulary word."""

    def __init__(self, net: WordNet, stats: Statistics, tokenizer: WordPiece, normalizer: Normalizer,
                 forms: dict[str, list[tuple[str, str]]], strengths: Strengths = Strengths()):
        self._net = net
        self._strengths = strengths
        self._tokenizer = tokenizer
        self._forms = forms
        self._graph = MeaningGraph(net, stats, tokenizer, strengths)
        self._glosses = _glosses(net, stats, normalizer, tokenizer.tokens, strengths.gloss)
        self._spread: dict[str, dict[str, float]] = {}

    def _meaning(self, synset: str) -> dict[str, float]:
        found = self._spread.get(synset)
        if found is None:
            found = self._spread[synset] = self._graph.spread(synset)
        return found

    def _lemma(self, token: int) -> int:
        """The lemma's id for an inflected form, where it has one; else the id itself."""
        for lemma, _ in self._forms.get(self._tokenizer.tokens[token], []):
            if lemma in self._tokenizer.ids:
                return self._tokenizer.ids[lemma]
        return token

    def _senses(self, word: str) -> list[tuple[str, list[str], float]]:
        """(synset, links, prior) of a word and of the lemmas it is a form of; the likeliest sense has prior 1."""
        found = [(entry, 1.0) for entry in self._net.entries.get(word, [])]
        if not found:
            found = [(entry, 1.0) for entry in self._net.entries.get(word.capitalize(), [])]
        for lemma, pos in self._forms.get(word, []):
            # "running" is more often a form of "run" than the noun of its own.
            found = [(entry, prior * 0.7) for entry, prior in found]
            found += [(e, 1.0) for e in self._net.entries[lemma] if e.pos == pos]
        most = max((len(entry.senses) for entry, _ in found), default=1)
        senses = []
        for entry, prior in found:
            prior *= (len(entry.senses) / most) ** 0.3
            senses += [(sense.synset, sense.links, prior / (1.0 + self._strengths.sense_decay * rank))
                       for rank, sense in enumerate(entry.senses)]
        return senses

    def _sense_words(self, synset: str, links: list[str]) -> dict[int, float]:
        """Vocabulary ids related to one sense of a word, with strengths up to 1."""
        words: dict[int, float] = defaultdict(float)

        def offer(word: int, value: float) -> None:
            words[word] = max(words[word], value)

        for key, value in self._meaning(synset).items():
            for word, weight in self._graph.words[key]:
                offer(word, value * weight)
        for word, weight in self._glosses[synset]:
            offer(word, weight)
        for link in dict.fromkeys(links):
            lemma, target = self._net.senses.get(link, ("", ""))
            if lemma in self._tokenizer.ids:
                offer(self._tokenizer.ids[lemma], self._strengths.derived)
            if target:
                for word, weight in self._graph.words[target]:
                    offer(word, self._strengths.derived_meaning * weight)
        return words

    def related(self, word: str) -> dict[int, float]:
        """Vocabulary ids related to a word in any sense; senses that agree add up, never beyond 1.

        Inflected forms stand for their lemma: texts with the form bring the lemma along themselves.
        """
        missing: dict[int, float] = defaultdict(lambda: 1.0)
        for synset, links, prior in self._senses(word):
            for target, value in self._sense_words(synset, links).items():
                missing[self._lemma(target)] *= 1.0 - min(prior * value, 0.95)
        own = {self._tokenizer.ids.get(word), self._lemma(self._tokenizer.ids.get(word, -1))}
        return {target: 1.0 - rest for target, rest in missing.items() if target not in own}


def joined(related: dict[int, float], translations: Translations, words: list[int],
           idf: np.ndarray) -> dict[int, float]:
    """A word's relations and what stands in its or its lemma's place in other names; where both know a word, they add
    up.
    Common words stand in names of anything and count less."""
    both = dict(related)
    for other, share in next((translations[word] for word in words if word in translations), {}).items():
        if other not in words:
            both[other] = 1.0 - (1.0 - both.get(other, 0.0)) * (1.0 - share * min(1.0, idf[other] / TELLING_IDF))
    return both


def report(tokens: list[str], related: dict[int, dict[int, float]]) -> None:
    """One line of progress."""
    pairs = sum(len(r) for r in related.values())
    print(f"relations: {pairs} pairs for {len(related)} of {len(tokens)} tokens", file=sys.stderr)
