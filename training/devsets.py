"""Development sets out of the held-out part of the training text: headings, and definitions of a glossary."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass

from corpus import STOP_WORDS, Document
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
