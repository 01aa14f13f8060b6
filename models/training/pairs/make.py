"""Pairs of a query and a passage that answers it, made from WordNet and open prose; held-out chapters stay out."""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from sources.corpus import Document
from pairs.paraphrase import Senses, query
from pairs.sections import ABSTRACT, LISTS, SUMMARIES, claims, content, join, sentences
from sources.wordnet import WordNet, is_term

# The share of a narrow or large source's passages that take part.
NARROW = {"MicrosoftDocs/PowerShell-Docs": 0.12, "dotnet/EntityFramework.Docs": 0.35,
          "articles/petermr/tigr2ess": 0.15, "articles/petermr/openDiagram": 0.4,
          "openstax/osbooks-nursing-external-bundle": 0.6, "openstax/osbooks-university-physics-bundle": 0.6}
SECTION_WORDS = 100  # of a long text
ARTICLES = "articles/"  # what the sources of research articles begin with
HELD_OUT = 0.1
HELD_OUT_BOOK = "openstax/osbooks-astronomy"


@dataclass
class Pair:
    """`key` tells which pairs are answered by the same text, `topic` is the unit vector of the passage."""
    kind: str
    query: str
    passage: str
    key: str
    topic: np.ndarray
    of_article: bool = False


def held_out(document: Document) -> bool:
    """Whether a chapter is kept for the development sets: a fixed tenth of all, and one whole book."""
    place = zlib.crc32(f"{document.source}/{document.title}".encode()) % 1000
    return document.source == HELD_OUT_BOOK or place < HELD_OUT * 1000


def held_out_term(key: str) -> bool:
    """Whether an ontology's term is kept for the development sets."""
    return zlib.crc32(key.encode()) % 1000 < HELD_OUT * 1000


def meaning_passages(net: WordNet, chance: random.Random) -> list[tuple[str, str, str]]:
    """(synset id, passage without the definition, definition): a meaning among its neighbours, as a short text."""
    children: dict[str, list[str]] = defaultdict(list)
    for key, synset in sorted(net.synsets.items()):
        for parent in synset.relations.get("hypernym", []) + synset.relations.get("similar", []):
            children[parent].append(key)
    passages = []
    for key, synset in sorted(net.synsets.items()):
        relations = synset.relations
        near = list(dict.fromkeys(t for name in sorted(relations) for t in relations[name]))
        near += chance.sample(children[key], min(2, len(children[key])))
        chance.shuffle(near)
        parts = [", ".join(synset.members) + ".", *synset.examples[:2]]
        for other in near[:3]:
            target = net.synsets[other]
            parts.append(f"{', '.join(target.members[:3])}: {target.definition}.")
        passages.append((key, " ".join(parts), synset.definition))
    return passages


def _cloze(text: str, senses: Senses, chance: random.Random) -> tuple[str, str] | None:
    """One sentence of a passage, half of the time in other words, and what is left of the passage."""
    found = sentences(text)
    if len(found) < 3:
        return None
    asked = found[chance.randrange(len(found))]
    rest = text.replace(asked, "")
    return (query(senses, asked, chance, 0.5) if chance.random() < 0.5 else asked), rest


def _passage_pairs(document: Document, senses: Senses, chance: random.Random) -> list[Pair]:
    text, place, topic = document.text, f"{document.title}/{document.heading}", senses.text(document.text)
    of_article = document.source.startswith(ARTICLES)
    pairs = []
    if 1 <= len(content(document.heading)) <= 10 and document.heading not in SUMMARIES | {"Introduction"}:
        asked = document.heading if chance.random() < 0.7 else f"{document.title} {document.heading}"
        pairs.append(Pair("heading", asked, text, place, topic, of_article))
    cloze = _cloze(text, senses, chance)
    if cloze:
        pairs.append(Pair("cloze", *cloze, text, topic, of_article))
    if chance.random() < 0.6:
        pairs.append(Pair("paraphrase", query(senses, text, chance, 0.9), text, text, topic, of_article))
    if chance.random() < 0.15:
        pairs.append(Pair("same words", query(senses, text, chance, 0.0), text, text, topic, of_article))
    return pairs


def _prose_pairs(prose: list[Document], senses: Senses, chance: random.Random) -> list[Pair]:
    pairs: list[Pair] = []
    for document in prose:
        if document.heading == ABSTRACT:
            pairs.append(Pair("title", document.title, document.text, document.title, senses.text(document.text), True))
        elif chance.random() > NARROW.get(document.source, 1.0):
            continue
        text = document.text
        if document.kind == "glossary":
            pairs.append(Pair("glossary", document.heading, text, document.heading, senses.text(text)))
        elif document.kind == "question" and len(content(document.answer)) >= 4:
            pairs.append(Pair("question", text, document.answer, document.answer, senses.text(document.answer)))
        elif document.kind in ("passage", "item", "summary") and len(content(text)) >= 8:
            pairs += _passage_pairs(document, senses, chance)
    return pairs


def _section_pairs(prose: list[Document], senses: Senses, chance: random.Random) -> list[Pair]:
    """What a summary says and the long text that it sums up, and a sentence of a long text with the rest of it."""
    found = join(prose, SECTION_WORDS)
    topics = [senses.text(s.text) for s in found]

    def pair(kind: str, asked: str, text: str, row: int) -> Pair:
        return Pair(kind, asked, text, found[row].place, topics[row], found[row].source.startswith(ARTICLES))

    pairs = []
    for said, rows in claims(prose, found):
        asked = said if chance.random() < 0.7 else query(senses, said, chance, 0.5)
        pairs.append(pair("claim", asked, found[rows[0]].text, rows[0]))
    for row, section in enumerate(found):
        cloze = _cloze(section.text, senses, chance)
        if cloze and chance.random() < NARROW.get(section.source, 1.0):
            pairs.append(pair("long cloze", *cloze, row))
    return pairs


def _meaning_pairs(net: WordNet, senses: Senses, known: set[str], chance: random.Random) -> list[Pair]:
    pairs: list[Pair] = []
    for key, passage, definition in meaning_passages(net, chance):
        # Meanings of rare words alone teach little: their words are not in the vocabulary.
        if not any(m in known for m in net.synsets[key].members) or len(content(definition)) < 2:
            continue
        topic = senses.text(passage)
        if chance.random() < 0.5:
            pairs.append(Pair("definition", definition, passage, key, topic))
        else:
            whole = f"{passage} {definition}"
            pairs.append(Pair("meaning", query(senses, whole, chance, 0.9), whole, key, topic))
    return pairs


def _name_pairs(net: WordNet, senses: Senses, chance: random.Random) -> list[Pair]:
    """One name of an ontology's term, and another one with the definition."""
    pairs = []
    for key in sorted(filter(is_term, net.synsets)):
        synset = net.synsets[key]
        if len(synset.members) > 1:
            asked, shown = chance.sample(synset.members, 2)
            text = f"{shown}. {synset.definition}"
            pairs.append(Pair("name", asked, text, key, senses.text(text)))
    return pairs


def make(net: WordNet, prose: list[Document], senses: Senses, known: set[str], seed: int) -> list[Pair]:
    """All pairs, in a fixed order."""
    chance = random.Random(seed)
    seen = [d for d in prose if not held_out(d) and d.heading not in LISTS]
    pairs = (_prose_pairs(seen, senses, chance) + _section_pairs(seen, senses, chance)
             + _meaning_pairs(net, senses, known, chance) + _name_pairs(net, senses, chance))
    return [p for p in pairs if content(p.query) and len(content(p.passage)) >= 3]


def thinned(pairs: list[Pair], articles: float, seed: int = 1) -> list[Pair]:
    """The pairs, with so great a share of those from research articles."""
    chance = random.Random(seed)
    return [p for p in pairs if not p.of_article or chance.random() < articles]


def batches(pairs: list[Pair], size: int, group: int, seed: int) -> list[list[int]]:
    """Rows of the pairs in batches, in which `group` neighbours by topic stand together as each other's negatives."""
    chance = np.random.default_rng(seed)
    topics = np.stack([p.topic for p in pairs]).astype(np.float32)
    centres = topics[chance.choice(len(pairs), 400, replace=False)]
    nearest = np.concatenate([(topics[i:i + 8192] @ centres.T).argmax(axis=1) for i in range(0, len(pairs), 8192)])
    order = np.lexsort((chance.random(len(pairs)), nearest))
    groups = [order[i:i + group] for i in range(0, len(order) - group + 1, group)]
    chance.shuffle(groups)
    together = size // group
    return [np.concatenate(groups[i:i + together]).tolist() for i in range(0, len(groups) - together + 1, together)]
