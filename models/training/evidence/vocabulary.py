"""Chooses the vocabulary: special tokens, characters, frequent words, and pieces for all other words."""

from __future__ import annotations

import math
import string
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import decency
from sources.corpus import STOP_WORDS, Statistics
from sources.wordnet import WordNet, is_term
from sources.wordpiece import SPECIAL_TOKENS, WordPiece, split_words

# Letters and signs outside ASCII that open prose and science use; accents are stripped before.
EXTRA_CHARACTERS = "“”‘’–—…•·°±×÷§©®™€£¥αβγδεζηθικλμνξοπρστυφχψωµßæøœłđı"
MAX_PIECE = 9


@dataclass(frozen=True)
class Sizes:
    """How many tokens there are. Pieces cut the long words of science and of names that have no place of their own."""
    all: int = 18432
    everyday: int = 2048
    pieces: int = 1800


# Endings that leave a word's meaning alone: the word before such a piece keeps its expansions.
INFLECTIONS = ("s", "es", "ed", "d", "ing", "ly")
# Inflected forms among the best words keep a place of their own; the others are stem and ending.
WHOLE_FORMS = 1500
# Words that prose writes most and WordNet says little of, as names, months and the words of science, have so many
# places.
COMMON = 900
PROSE = 0.38
UNLISTED = 0.6


def _characters() -> list[str]:
    ascii_characters = string.ascii_lowercase + string.digits + string.punctuation
    characters = list(ascii_characters) + list(EXTRA_CHARACTERS)
    return characters + ["##" + c for c in characters]


def word_scores(net: WordNet, stats: Statistics, forms: dict[str, list[tuple[str, str]]]) -> dict[str, float]:
    """How much a word deserves a place of its own: how often it is written, and how much WordNet says of it."""
    uses: Counter = Counter()
    for lemma, entries in net.entries.items():
        # Capitalized lemmas are names and abbreviations: they must earn their place by frequency.
        if lemma.islower():
            uses[lemma] += sum(not is_term(sense.synset) for e in entries for sense in e.senses)
    evidence: dict[str, float] = {}
    for word in sorted(set(uses) | set(stats.share)):
        if word.isascii() and word.isalnum() and not (word.isdigit() and len(word) > 4):
            evidence[word] = (math.log1p(uses[word]) + math.log1p(stats.glosses[word])
                              + PROSE * math.log1p(stats.prose[word]))
    scores = dict(evidence)
    for word, value in evidence.items():
        for lemma, _ in forms.get(word, []):
            # A lemma that is written mostly in its inflected forms is common all the same.
            if lemma in scores:
                scores[lemma] = max(scores[lemma], 0.5 * (scores[lemma] + value), 0.85 * value)
        # A word that neither WordNet lists nor is a form of a listed one is a name or a typo more often than not.
        if not (uses[word] or word in forms or word in STOP_WORDS):
            scores[word] = UNLISTED * value
    return scores


def _is_stem_and_suffix(word: str, forms: dict[str, list[tuple[str, str]]], net: WordNet, words: set[str]) -> bool:
    """Whether tokenization gives the lemma and an ending anyway (`leap ##s`), which needs no place of its own."""
    if any(entry.pos != "r" for entry in net.entries.get(word, [])):
        return False
    return any(word == lemma + suffix and lemma in words
               for lemma, _ in forms.get(word, []) for suffix in INFLECTIONS)


def _piece_candidates(rare: dict[str, float]) -> Counter:
    """All beginnings and inner parts of the rare words, weighted by the characters they would save."""
    candidates: Counter = Counter()
    for word, weight in rare.items():
        for start in range(len(word)):
            for end in range(start + 2, min(len(word), start + MAX_PIECE) + 1):
                if start or end < len(word):
                    candidates[("##" if start else "") + word[start:end]] += weight * (end - start - 1)
    return candidates


def _choose_pieces(rare: dict[str, float], base: list[str], size: int) -> list[str]:
    """Keeps the pieces that longest-match tokenization really uses, over three rounds of cutting down."""
    known = set(base)
    pieces = [p for p, _ in sorted(_piece_candidates(rare).items(), key=lambda x: (-x[1], x[0])) if p not in known]
    for keep in (size * 6, size * 3, size):
        pieces = pieces[:keep * 2]
        used: Counter = Counter()
        tokenizer = WordPiece(base + pieces)
        for word, weight in rare.items():
            for piece in tokenizer.word(word):
                text = tokenizer.tokens[piece]
                used[text] += weight * max(len(text.lstrip("#")) - 1, 1)
        pieces = sorted((p for p in pieces if used[p]), key=lambda p: (-used[p], p))[:keep]
    return pieces


def _common_words(stats: Statistics, forms: dict[str, list[tuple[str, str]]], net: WordNet,
                  taken: set[str]) -> list[str]:
    """The words that prose writes most, of all and by the mean of the sources, and that are not in the vocabulary
    yet."""
    often = {word: 0.6 * math.log(count) + 0.4 * math.log(stats.share[word]) for word, count in stats.prose.items()
             if word not in taken and word.isascii() and word.isalpha() and len(word) > 2}
    found: list[str] = []
    known = set(taken)
    for word in sorted(often, key=lambda w: (-often[w], w)):
        if len(found) == COMMON:
            break
        if not _is_stem_and_suffix(word, forms, net, known):
            found.append(word)
            known.add(word)
    return found


def listed_words(name: str) -> list[str]:
    """The words of a file beside this one; lines that begin with # are comments."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def everyday(net: WordNet, frequent: list[str], forms: dict[str, list[tuple[str, str]]], taken: set[str],
             size: int) -> list[str]:
    """Words of home, shop, street and computer that the training text says little of: first those of everyday.txt and
    names.txt, then
    `frequent`, the words of a general vocabulary in its order, as far as WordNet has them as noun, verb or
    adjective."""
    listed = [*listed_words("everyday.txt"), *listed_words("names.txt")]
    known = {lemma.lower() for lemma, entries in net.entries.items() if any(entry.pos != "r" for entry in entries)}
    general = [word for word in frequent if len(word) > 2 and word.isascii() and word.isalpha() and word in known]
    shunned = decency.listed()
    found: dict[str, None] = {}
    for word in [*listed, *general]:
        if len(found) < size and word not in taken and word not in shunned \
                and not _is_stem_and_suffix(word, forms, net, taken | set(found)):
            found[word] = None
    return list(found)


def choose(net: WordNet, stats: Statistics, forms: dict[str, list[tuple[str, str]]], frequent: list[str],
           sizes: Sizes = Sizes()) -> list[str]:
    """The vocabulary in its final order."""
    size, pieces = sizes.all - sizes.everyday, sizes.pieces
    fixed = SPECIAL_TOKENS + _characters()
    known = set(fixed)
    scores = word_scores(net, stats, forms)
    ranked = sorted(scores, key=lambda w: (-scores[w], w))
    words: list[str] = []
    taken: set[str] = set()
    endings = ["##" + e for e in INFLECTIONS if len(e) > 1]
    for rank, word in enumerate(ranked):
        if len(words) + len(fixed) + len(endings) + COMMON + pieces == size:
            break
        if len(word) > 1 and (rank < WHOLE_FORMS or not _is_stem_and_suffix(word, forms, net, taken)):
            words.append(word)
            taken.add(word)
    words += _common_words(stats, forms, net, taken)
    words += everyday(net, frequent, forms, set(words), sizes.everyday)
    fixed += endings
    known |= set(endings)
    chosen = known | set(words)
    rare: dict[str, float] = {}
    for word in set(stats.share) | {part for lemma in net.entries for part in split_words(lemma)}:
        if word not in chosen and word.isascii() and word.isalpha() and 3 < len(word) < 30:
            rare[word] = 1.0 + math.log1p(stats.glosses[word] + stats.prose[word])
    rare = dict(sorted(rare.items()))
    chosen_pieces = _choose_pieces(rare, fixed + words, pieces)
    print(f"vocabulary: {len(words)} words, {len(chosen_pieces)} pieces, last word '{words[-1]}'", file=sys.stderr)
    return fixed + words + chosen_pieces
