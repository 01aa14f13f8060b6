"""Collections: the development sets that settings are chosen on, and those that are only reported on."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from small.sources import HELD_OUT_BOOK, Text
from small.tokens import STOP_WORDS, split_words

ABSTRACT = "Abstract"
LONG = 180  # words of a long text


@dataclass
class Collection:
    """Texts, queries, and for each query document row -> grade."""
    name: str
    texts: list[str]
    queries: list[str]
    truth: list[dict[int, float]]


def content(text: str) -> list[str]:
    return [w for w in split_words(text) if w.isalpha() and w not in STOP_WORDS]


def own(folder: Path, kind: str, split: str) -> Collection:
    """The project's own collection: 'other-words' or 'same-words', 'dev' or 'test'."""
    rows = [json.loads(line) for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    place = {row["_id"]: n for n, row in enumerate(rows)}
    truth: dict[str, dict[int, float]] = defaultdict(dict)
    for line in (folder / "qrels/test.tsv").read_text().splitlines()[1:]:
        query, document, grade = line.split("\t")
        truth[query][place[document]] = float(grade)
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [q for q in map(json.loads, lines) if (q["metadata"]["kind"], q["metadata"]["split"]) == (kind, split)]
    return Collection(f"own, {kind}, {split}", [f"{r['title']} {r['text']}" for r in rows], [q["text"] for q in asked],
                      [truth[q["_id"]] for q in asked])


def trec(folder: Path) -> Collection:
    """corpus.jsonl.gz, queries.tsv.gz, qrels.txt."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    place = {row["_id"]: n for n, row in enumerate(rows)}
    truth: dict[str, dict[int, float]] = defaultdict(dict)
    for line in (folder / "qrels.txt").read_text().splitlines():
        query, _, document, grade = line.split()
        if float(grade) > 0 and document in place:
            truth[query][place[document]] = float(grade)
    with gzip.open(folder / "queries.tsv.gz", "rt", encoding="utf-8") as lines:
        queries = [line.rstrip("\n").split("\t", 1) for line in lines]
    queries = [(key, text) for key, text in queries if key in truth]
    return Collection(folder.name, [f"{r.get('title', '')} {r['text']}".strip() for r in rows], [t for _, t in queries],
                      [truth[key] for key, _ in queries])


def smaller(found: Collection, queries: int, texts: int, seed: int = 5) -> Collection:
    """A sample of the queries, among their answers and a sample of the other texts."""
    chance = random.Random(seed)
    keep = sorted(chance.sample(range(len(found.queries)), min(queries, len(found.queries))))
    needed = {row for i in keep for row in found.truth[i]}
    others = [row for row in range(len(found.texts)) if row not in needed]
    rows = sorted(needed | set(chance.sample(others, max(0, min(texts - len(needed), len(others))))))
    place = {row: n for n, row in enumerate(rows)}
    return Collection(found.name, [found.texts[r] for r in rows], [found.queries[i] for i in keep],
                      [{place[row]: grade for row, grade in found.truth[i].items()} for i in keep])


def _joined(prose: list[Text]) -> list[tuple[str, str, list[str]]]:
    """(source, title, passages): neighbouring passages of a chapter or an article, until they have LONG words."""
    found: list[tuple[str, str, list[str]]] = []
    size = LONG
    for text in prose:
        if text.kind not in ("passage", "item") or text.heading == ABSTRACT:
            continue
        if size >= LONG or found[-1][:2] != (text.source, text.title):
            found.append((text.source, text.title, []))
            size = 0
        found[-1][2].append(text.text)
        size += len(text.text.split())
    return found


def headings(name: str, prose: list[Text]) -> Collection:
    """Headings that stand in one chapter alone, and the passages under them."""
    rows = list({t.text: t for t in prose if t.kind in ("passage", "item") and len(content(t.text)) >= 8}.values())
    under: dict[str, dict[int, float]] = defaultdict(dict)
    chapters: dict[str, set[str]] = defaultdict(set)
    for n, text in enumerate(rows):
        under[text.heading][n] = 1.0
        chapters[text.heading].add(text.title)
    keys = sorted(h for h in under if len(chapters[h]) == 1 and 2 <= len(content(h)) <= 10 and len(under[h]) <= 10)
    return Collection(name, [t.text for t in rows], keys, [under[k] for k in keys])


def long_texts(name: str, prose: list[Text]) -> Collection:
    """The same over long texts."""
    joined = _joined(prose)
    where = {text: n for n, (_, _, passages) in enumerate(joined) for text in passages}
    rows: dict[str, dict[int, float]] = defaultdict(dict)
    for text in prose:
        if text.text in where and 2 <= len(content(text.heading)) <= 10:
            rows[text.heading][where[text.text]] = 1.0
    keys = sorted(h for h in rows if len(rows[h]) <= 3)
    return Collection(name, [" ".join(p) for _, _, p in joined], keys, [rows[k] for k in keys])


def claims(name: str, prose: list[Text]) -> Collection:
    """Sentences of abstracts, and the long texts of their articles."""
    joined = _joined(prose)
    of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, (source, title, _) in enumerate(joined):
        of[source, title].append(n)
    queries, truth = [], []
    for text in prose:
        rows = of.get((text.source, text.title), [])
        if text.heading == ABSTRACT and 0 < len(rows) <= 8:
            said = [s for s in re.split(r"(?<=[.?!]) (?=[A-Z])", text.text) if 6 <= len(content(s)) <= 25]
            for sentence in said[1:3]:
                queries.append(sentence)
                truth.append(dict.fromkeys(rows, 1.0))
    return Collection(name, [" ".join(p) for _, _, p in joined], queries, truth)


def glossary(name: str, prose: list[Text]) -> Collection:
    """Definitions of a book's glossary, and the passages that name the term."""
    rows = [t for t in prose if t.kind == "passage"]
    texts = [f" {' '.join(split_words(t.text))} " for t in rows]
    queries, truth = [], []
    for text in prose:
        if text.kind == "glossary":
            term = f" {' '.join(split_words(text.heading))} "
            found = {n: 1.0 for n, t in enumerate(texts) if term in t}
            if 0 < len(found) <= 5:
                queries.append(text.text)
                truth.append(found)
    return Collection(name, [t.text for t in rows], queries, truth)


def development(prose: list[Text], own_folder: Path) -> list[Collection]:
    """Small ones, that settings can be tried on a processor."""
    held = [t for t in prose if t.held_out]
    book = [t for t in held if t.source == HELD_OUT_BOOK]
    articles = [t for t in held if t.source.startswith("articles/")]
    manuals = [t for t in held if t.source.startswith(("MicrosoftDocs/", "dotnet/", "rust-lang/"))]
    chapters = [t for t in held if t.source.startswith("openstax/") and t.source != HELD_OUT_BOOK]
    return [own(own_folder, "other-words", "dev"), own(own_folder, "same-words", "dev"),
            smaller(headings("headings of chapters", chapters), 200, 1200),
            smaller(headings("headings of manuals", manuals), 150, 1000),
            smaller(long_texts("headings of a book, long texts", book), 200, 500),
            smaller(glossary("glossary of a book", book), 124, 1000),
            smaller(claims("abstracts of articles, long texts", articles), 200, 600)]
