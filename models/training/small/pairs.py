"""Pairs of a short text and a passage that answers it, as token ids: from WordNet, books and manuals."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from small.sources import Synset, Text
from small.tokens import WordPiece, split_words

SHARES = {"wordnet": 0.35, "books": 0.5, "manuals": 0.15}
MANUALS = ("MicrosoftDocs/", "dotnet/", "rust-lang/", "openstax/osbooks-introduction-python")
SENTENCE_END = re.compile(r"(?<=[.?!]) (?=[A-Z])")
SHORTEST_SENTENCE, SHORTEST_PASSAGE = 5, 12  # words
OTHER_NAMES = 0.4  # share of synsets of several words whose pair is two of them
HEADINGS = 0.45  # share of passages that are asked for by their heading, not by a sentence of theirs


@dataclass(frozen=True)
class Pair:
    kind: str
    query: tuple[int, ...]
    passage: tuple[int, ...]


def _of_synset(synset: Synset, chance: random.Random) -> list[tuple[str, str]]:
    members, definition = synset.members, synset.definition
    example = synset.examples[0] if synset.examples else ""
    if len(members) > 1 and chance.random() < OTHER_NAMES:
        asked, shown = chance.sample(members, 2)
        found = [(asked, f"{shown}: {definition}. {example}")]
    else:
        found = [(definition, f"{', '.join(members[:5])}. {example}")]
    if example and chance.random() < 0.5:
        found.append((example, f"{members[0]}: {definition}"))
    return found


def _of_text(text: Text, chance: random.Random) -> tuple[str, str] | None:
    if text.kind == "question" and text.answer:
        return text.text, text.answer
    if text.kind == "glossary":
        return (text.heading, text.text) if chance.random() < 0.5 else (text.text, text.heading)
    if text.kind not in ("passage", "item", "summary") or len(text.text.split()) < SHORTEST_PASSAGE:
        return None
    parts = [s for s in SENTENCE_END.split(text.text) if len(s.split()) >= SHORTEST_SENTENCE]
    if chance.random() < HEADINGS and 1 <= len(text.heading.split()) <= 10:
        return text.heading, text.text
    if len(parts) > 1:
        asked = chance.choice(parts)
        return asked, text.text.replace(asked, "").strip()
    return None


def make(tokens: WordPiece, prose: list[Text], meanings: list[Synset], count: int, window: int, seed: int) -> list[Pair]:
    """At most `count` pairs in a fixed order; each side is one window."""
    chance = random.Random(seed)
    known = set(tokens.tokens)
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in SHARES}
    for synset in meanings:
        if any(m.lower() in known for m in synset.members):
            groups["wordnet"] += _of_synset(synset, chance)
    for text in prose:
        found = None if text.held_out else _of_text(text, chance)
        if found:
            groups["manuals" if text.source.startswith(MANUALS) else "books"].append(found)
    pairs: list[Pair] = []
    for kind, found in groups.items():
        chance.shuffle(found)
        for asked, shown in found[:round(SHARES[kind] * count)]:
            query, passage = tokens.pieces(asked)[:window], tokens.pieces(shown)
            start = chance.randrange(len(passage) - window + 1) if len(passage) > window else 0
            passage = passage[start:start + window]
            if query and len(passage) >= 3 and any(c.isalpha() for w in split_words(asked) for c in w):
                pairs.append(Pair(kind, tuple(query), tuple(passage)))
    chance.shuffle(pairs)
    return pairs
