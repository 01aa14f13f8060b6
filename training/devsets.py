"""Development sets made from the training material itself: natural headings and questions, and synonym queries.

Neither headings nor questions nor WordNet's example sentences are seen by anything that makes the tables.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass

from corpus import STOP_WORDS, Document
from wordnet import WordNet
from wordpiece import split_words


@dataclass
class DevelopmentSet:
    """Texts, queries, and for each query the rows of its relevant texts."""
    name: str
    documents: list[str]
    queries: list[str]
    judgements: list[dict[int, float]]


def _content(text: str) -> list[str]:
    return [w for w in split_words(text) if w.isalpha() and w not in STOP_WORDS]


def headings(prose: list[Document], source: str, name: str, limit: int, seed: int = 1) -> DevelopmentSet:
    """Section headings of one group of sources (by prefix), and the passages under them."""
    rows = [d for d in prose if d.source.startswith(source) and d.kind in ("passage", "item", "summary")
            and len(_content(d.text)) >= 6]
    rows = list({d.text: d for d in rows}.values())
    sections: dict[str, dict[int, float]] = defaultdict(dict)
    places: dict[str, set] = defaultdict(set)
    for row, document in enumerate(rows):
        sections[document.heading][row] = 1.0
        places[document.heading].add(document.title)
    # A heading that stands in several chapters ("Summary") says nothing about the passages below it.
    keys = sorted(h for h in sections if len(places[h]) == 1 and 2 <= len(_content(h)) <= 10)
    random.Random(seed).shuffle(keys)
    keys = keys[:limit]
    return DevelopmentSet(name, [d.text for d in rows], keys, [sections[k] for k in keys])


def sections(prose: list[Document], limit: int, words: int = 180, seed: int = 3) -> DevelopmentSet:
    """As `headings`, but over long texts: a chapter section's passages joined until they have enough words."""
    parts: list[tuple[Document, list[str]]] = []
    for document in prose:
        if document.source.startswith("openstax") and document.kind in ("passage", "item"):
            last = parts[-1] if parts else None
            if last and last[0].title == document.title and sum(len(t.split()) for t in last[1]) < words:
                last[1].append(document.text)
            else:
                parts.append((document, [document.text]))
    texts = [" ".join(p[1]) for p in parts]
    rows: dict[str, dict[int, float]] = defaultdict(dict)
    where = {text: row for row, (_, passages) in enumerate(parts) for text in passages}
    for document in prose:
        if document.text in where and 2 <= len(_content(document.heading)) <= 10:
            rows[document.heading][where[document.text]] = 1.0
    keys = sorted(h for h in rows if len(rows[h]) <= 3)
    random.Random(seed).shuffle(keys)
    return DevelopmentSet("headings, long texts", texts, keys[:limit], [rows[k] for k in keys[:limit]])


def questions(prose: list[Document]) -> DevelopmentSet:
    """Textbook questions and their answers, among all answers and passages of the same book."""
    book = {d.source for d in prose if d.kind == "question"}
    answers = list(dict.fromkeys(d.answer for d in prose if d.kind == "question" and len(_content(d.answer)) >= 5))
    rows = answers + [d.text for d in prose if d.source in book and d.kind == "passage"]
    place = {text: row for row, text in enumerate(answers)}
    pairs = {d.text: place[d.answer] for d in prose if d.kind == "question" and d.answer in place}
    return DevelopmentSet("questions to answers", rows, list(pairs), [{row: 1.0} for row in pairs.values()])


def glossary(prose: list[Document]) -> DevelopmentSet:
    """Definitions in the books' glossaries as queries, and passages that name the term as relevant texts."""
    rows = [d for d in prose if d.source.startswith("openstax") and d.kind == "passage"]
    texts = [" " + " ".join(split_words(d.text)) + " " for d in rows]
    queries, judgements = [], []
    for document in prose:
        if document.kind == "glossary":
            term = " " + " ".join(split_words(document.heading)) + " "
            found = {row: 1.0 for row, text in enumerate(texts) if term in text}
            if 0 < len(found) <= 5:
                queries.append(document.text)
                judgements.append(found)
    return DevelopmentSet("glossary definitions", [d.text for d in rows], queries, judgements)


def synonyms(net: WordNet, known: set[str], limit: int, seed: int = 2) -> DevelopmentSet:
    """A word of a synset with one more word of an example sentence that uses another word of the synset."""
    chance = random.Random(seed)
    documents, queries, judgements = [], [], []
    for _, synset in sorted(net.synsets.items()):
        for example in synset.examples:
            words = split_words(example)
            used = [m for m in synset.members if any(w.startswith(m[:max(4, len(m) - 2)]) for w in words)]
            others = [m for m in synset.members if m not in used and m in known]
            context = [w for w in _content(example) if w in known and not any(w[:4] == m[:4] for m in used)]
            documents.append(example)
            if used and others and context and chance.random() < 0.3:
                queries.append(f"{chance.choice(others)} {chance.choice(context)}")
                judgements.append({len(documents) - 1: 1.0})
    keep = sorted(chance.sample(range(len(queries)), min(limit, len(queries))))
    return DevelopmentSet("synonym and context", documents, [queries[i] for i in keep], [judgements[i] for i in keep])


def all_sets(net: WordNet, prose: list[Document], known: set[str], limit: int = 500) -> list[DevelopmentSet]:
    """Everything the calibration is judged by."""
    return [headings(prose, "openstax", "headings, textbooks", limit),
            headings([d for d in prose if "EntityFramework" in d.source or "WSL" in d.source], "", "headings, manuals",
                     limit), sections(prose, limit), questions(prose), glossary(prose), synonyms(net, known, limit)]
