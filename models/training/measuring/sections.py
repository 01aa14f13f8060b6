"""Long texts: the passages of a book's section or of an article joined, and what its summary or abstract claims of
them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sources.corpus import STOP_WORDS, Document
from sources.wordpiece import split_words

ABSTRACT = "Abstract"
SUMMARIES = frozenset({ABSTRACT, "Section Summary", "Summary", "Key Concepts and Summary", "Chapter Review",
                       "Chapter Summary"})
# Lists of aims, sources and links: no text that answers anything.
LISTS = frozenset({"References", "Bibliography", "Learning Objectives", "Learning Outcomes", "Chapter Objectives",
                   "Connection for AP® Courses", "Articles", "Videos", "Websites", "Further Research", "Reviewers"})
STEM = 6  # letters by which two forms of a word are taken for one


@dataclass
class Section:
    """A long text, and the chapter section that it is a part of."""
    source: str
    title: str
    passages: list[str]

    @property
    def text(self) -> str:
        return " ".join(self.passages)

    @property
    def place(self) -> str:
        return f"{self.source}/{self.title}"


def content(text: str) -> list[str]:
    """A text's words, lower-cased, without stop words and numbers."""
    return [w for w in split_words(text) if w.isalpha() and w not in STOP_WORDS]


def sentences(text: str) -> list[str]:
    """The sentences that say something."""
    return [s for s in re.split(r"(?<=[.?!]) (?=[A-Z])", text) if len(content(s)) >= 4]


def join(prose: Iterable[Document], words: int) -> list[Section]:
    """Neighbouring passages of one chapter section, joined until they have `words` words; shorter rests are left
    out."""
    found: list[Section] = []
    size = words
    for document in prose:
        if document.kind not in ("passage", "item") or document.heading in LISTS | SUMMARIES:
            continue
        if size >= words or (found[-1].source, found[-1].title) != (document.source, document.title):
            found.append(Section(document.source, document.title, []))
            size = 0
        found[-1].passages.append(document.text)
        size += len(document.text.split())
    return [s for s in found if len(s.text.split()) >= words / 3]


def claims(prose: Iterable[Document], sections: list[Section]) -> Iterator[tuple[str, list[int]]]:
    """Each sentence of a summary, and the rows of the sections that it sums up, those first that share most words."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, section in enumerate(sections):
        rows[section.source, section.title].append(row)
    stems = [{w[:STEM] for w in content(s.text)} for s in sections]
    for document in prose:
        if document.kind != "passage" or document.heading not in SUMMARIES:
            continue
        for sentence in sentences(document.text):
            said = {w[:STEM] for w in content(sentence)}
            near = rows[document.source, document.title]
            if near and len(sentence.split()) <= 40:
                yield sentence, sorted(near, key=lambda row: -len(said & stems[row]))
