"""Development sets out of the held-out part of the training text: headings, and definitions of a glossary."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass

from sources.corpus import Document
from measuring.sections import claims, content, join
from sources.wordpiece import split_words


@dataclass
class DevelopmentSet:
    """Texts, queries, and for each query the rows of its relevant texts."""
    name: str
    documents: list[str]
    queries: list[str]
    judgements: list[dict[int, float]]


def headings(prose: list[Document], source: str, name: str, limit: int, seed: int = 1) -> DevelopmentSet:
    """Section headings of one group of sources (by prefix), and the passages under them."""
    rows = [d for d in prose if d.source.startswith(source) and d.kind in ("passage", "item", "summary")
            and len(content(d.text)) >= 6]
    rows = list({d.text: d for d in rows}.values())
    sections: dict[str, dict[int, float]] = defaultdict(dict)
    places: dict[str, set] = defaultdict(set)
    for row, document in enumerate(rows):
        sections[document.heading][row] = 1.0
        places[document.heading].add(document.title)
    # A heading that stands in several chapters ("Summary") says nothing about the passages below it.
    keys = sorted(h for h in sections if len(places[h]) == 1 and 2 <= len(content(h)) <= 10)
    random.Random(seed).shuffle(keys)
    keys = keys[:limit]
    return DevelopmentSet(name, [d.text for d in rows], keys, [sections[k] for k in keys])


def long_texts(prose: list[Document], limit: int, words: int = 180, seed: int = 3) -> DevelopmentSet:
    """As `headings`, but over long texts: a chapter section's passages joined until they have enough words."""
    joined = join(prose, words)
    where = {text: row for row, section in enumerate(joined) for text in section.passages}
    rows: dict[str, dict[int, float]] = defaultdict(dict)
    for document in prose:
        if document.text in where and 2 <= len(content(document.heading)) <= 10:
            rows[document.heading][where[document.text]] = 1.0
    keys = sorted(h for h in rows if len(rows[h]) <= 3)
    random.Random(seed).shuffle(keys)
    return DevelopmentSet("headings, long texts", [s.text for s in joined], keys[:limit],
                          [rows[k] for k in keys[:limit]])


def summaries(prose: list[Document], words: int = 180) -> DevelopmentSet:
    """Sentences of summaries, and the long texts of the section that they sum up."""
    joined = join(prose, words)
    asked = [(sentence, dict.fromkeys(rows, 1.0)) for sentence, rows in claims(prose, joined) if len(rows) <= 12]
    return DevelopmentSet("summaries, long texts", [s.text for s in joined], [q for q, _ in asked],
                          [j for _, j in asked])


def names(terms: list[dict]) -> DevelopmentSet:
    """Names of ontologies' terms as queries, and the main name with the definition, which they share no word with, as
    text."""
    texts = [f"{term['names'][0]}. {term['definition']}" for term in terms]
    asked = [(name, {row: 1.0}) for row, term in enumerate(terms) for name in term["names"][1:]
             if content(name) and not set(content(name)) & set(content(texts[row]))]
    return DevelopmentSet("names of terms", texts, [q for q, _ in asked], [j for _, j in asked])


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
