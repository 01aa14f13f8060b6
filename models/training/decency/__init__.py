"""The words that no text gets unless it speaks of such things itself: terms.txt, read and laid out for a vocabulary.

Slurs, sexual and degrading words, crimes, ideologies of hatred. A model may add a listed term only to a text that holds a
listed term of the same category, and a slur to none; and a listed term brings nothing but terms of its category.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

SLUR = "slur"  # the category that is added to nothing
_AMBIGUOUS, _JOINED = "~", "_"


@dataclass(frozen=True)
class Term:
    """A listed word, or an expression of several words between blanks."""
    text: str
    category: str
    # Whether it has an innocent sense as well: then it brings nothing, and lets nothing of its category in.
    ambiguous: bool


@cache
def read(path: Path = Path(__file__).with_name("terms.txt")) -> tuple[Term, ...]:
    """All terms, in the file's order. ValueError where a word is listed twice or stands under no category."""
    terms, seen, category = [], {}, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("["):
            category = line.strip("[]")
        elif line and not line.startswith("#"):
            for entry in line.split():
                text = entry.lstrip(_AMBIGUOUS).replace(_JOINED, " ")
                if not category:
                    raise ValueError(f"{path.name}:{number}: '{text}' stands under no category")
                if text in seen:
                    raise ValueError(f"{path.name}:{number}: '{text}' is listed twice, first under [{seen[text]}]")
                seen[text] = category
                terms.append(Term(text, category, entry.startswith(_AMBIGUOUS)))
    return tuple(terms)


def categories() -> list[str]:
    return list(dict.fromkeys(term.category for term in read()))


def listed() -> dict[str, Term]:
    """Every listed word or expression."""
    return {term.text: term for term in read()}


class Layout:
    """The terms over a vocabulary.

    `tokens`: id -> Term, for the ids that are a listed word by themselves.
    `sequences`: ids -> Term, for the words in several pieces and the expressions, two ids or more each.
    `endings`: the ids of pieces from within a word ("##...") that spell a listed word; no text should get them as expansions.
    """

    def __init__(self, vocabulary: list[str], pieces: Callable[[str], list[int]]):
        self.tokens: dict[int, Term] = {}
        self.sequences: dict[tuple[int, ...], Term] = {}
        known = {token: i for i, token in enumerate(vocabulary)}
        for term in read():
            if term.text in known:
                self.tokens[known[term.text]] = term
                continue
            for spelling in {term.text, term.text.replace(" ", "-")}:
                ids = tuple(pieces(spelling))
                if len(ids) > 1:
                    self.sequences[ids] = term
        words = listed()
        self.endings = {i for token, i in known.items() if token.startswith("##") and token[2:] in words}

    def table(self, size: int, of: Iterable[str] | None = None) -> np.ndarray:
        """[size] for each id its category's number from 1, 0 for what is not listed."""
        numbers = {name: i for i, name in enumerate(of or categories(), 1)}
        out = np.zeros(size, np.uint8)
        for i, term in self.tokens.items():
            out[i] = numbers[term.category]
        return out
