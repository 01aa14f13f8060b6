"""The model's vocabulary: BERT's without other scripts, and words that it lacks; and which of its words may be expansions."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import snowballstemmer

import decency
from small.sources import Synset, Text
from small.tokens import PAD, STOP_WORDS, UNK, WordPiece, split_words

SPECIAL = (PAD, UNK, "[CLS]", "[SEP]", "[MASK]")
# Scripts of languages that the model isn't for; Greek letters stand in English texts.
FOREIGN = ("CJK", "KATAKANA", "HIRAGANA", "ARABIC", "CYRILLIC", "BENGALI", "DEVANAGARI", "HANGUL", "HEBREW", "ARMENIAN", "TAMIL",
           "GEORGIAN", "THAI", "TIBETAN", "FULLWIDTH", "SINHALA", "KANNADA", "BOX", "IDEOGRAPHIC", "TELUGU", "MALAYALAM", "KHMER",
           "MYANMAR", "GUJARATI", "GURMUKHI", "LAO", "BLACK", "CIRCLED", "MUSIC")
# Narrow or large sources: what their words count, that a few manuals and one field's articles don't fill the vocabulary.
NARROW = {"MicrosoftDocs/PowerShell-Docs": 0.05, "MicrosoftDocs/WSL": 0.2, "dotnet/EntityFramework.Docs": 0.1,
          "rust-lang/book": 0.3}
SHORTEST_WORD = 3  # letters of a word that may be an expansion
# Files of WordNet whose names in capitals may be expansions: of peoples, times, languages; not those of persons and firms.
NAMES = frozenset({"noun.location", "adj.pert", "adj.all", "noun.time", "noun.object", "noun.communication"})
EVERYDAY, PLACES = "everyday.txt", "places.txt"
COMMON = 4  # lower-cased occurrences in prose that make an unknown word one of the language

_stemmer = snowballstemmer.stemmer("porter")
_stems: dict[str, str] = {}


def stem(word: str) -> str:
    if word not in _stems:
        _stems[word] = _stemmer.stemWord(word)
    return _stems[word]


def _is_foreign(token: str) -> bool:
    return any(unicodedata.name(c, "CJK").startswith(FOREIGN) for c in token.removeprefix("##") if not c.isascii())


def words_of(name: str) -> list[str]:
    """The words of a list beside this file, in its order."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(w for line in lines if not line.startswith("#") for w in line.split()))


def frequencies(prose: list[Text]) -> Counter[str]:
    """How much of the prose each lower-cased word takes part in: documents, each source's narrowness counted in."""
    found: Counter[str] = Counter()
    for text in prose:
        share = NARROW.get(text.source, 0.3 if text.source.startswith("articles/") else 1.0)
        for word in set(split_words(f"{text.text} {text.answer}")):
            found[word] += share
    return found


def added_words(known: set[str], prose: list[Text], meanings: list[Synset], most: int) -> list[str]:
    """Words that BERT's vocabulary lacks: the everyday ones, then those that most of the prose's texts hold."""
    listed = decency.listed()
    defined = {m.lower() for s in meanings for m in s.members if m.isalpha()}
    stems = {stem(w) for w in defined}
    chosen = [w for w in words_of(EVERYDAY) if w not in known and w.isascii() and w.isalpha()]
    counts = frequencies(prose)
    # A definition is evidence that a word is one, and its use there that it is a plain one.
    for meaning in meanings:
        for word in set(split_words(meaning.definition)):
            counts[word] += 0.5
    for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(chosen) >= most:
            break
        if word.isascii() and word.isalpha() and len(word) >= 4 and word not in known and (word in defined or stem(word) in stems):
            chosen.append(word)
    return [w for w in dict.fromkeys(chosen) if w not in listed and w not in STOP_WORDS]


def build(bert: list[str], prose: list[Text], meanings: list[Synset], most: int) -> list[str]:
    """Special tokens, BERT's tokens that stay, in their order, the added words, and listed words, which match as whole words
    then and not by their pieces."""
    kept = [t for t in bert if t not in SPECIAL and not t.startswith("[unused") and not _is_foreign(t)]
    listed = [w for w in decency.listed() if w.isalpha() and w not in set(bert)]
    return [*SPECIAL, *kept, *added_words(set(bert), prose, meanings, most), *listed]


def _language(meanings: list[Synset], prose: list[Text]) -> set[str]:
    """Stems of words of the language: those of WordNet in lower case, those written so in prose, and our own lists'."""
    found = {stem(m) for s in meanings for m in s.members if m.isalpha() and m.islower()}
    sources: dict[str, Counter[str]] = defaultdict(Counter)
    for text in prose:
        for word in {w for w in text.text.replace(",", " ").split() if w.isalpha() and w.islower()}:
            sources[word][text.source] += 1
    found |= {stem(w) for w, by in sources.items() if len(by) > 1 and sum(by.values()) >= COMMON}
    return found | {stem(w) for name in (EVERYDAY, PLACES) for w in words_of(name)}


def trusted(vocabulary: list[str], meanings: list[Synset], prose: list[Text]) -> list[int]:
    """Ids of the words that are trusted to say what they mean: whole words of the language that are not listed."""
    language, listed = _language(meanings, prose), decency.listed()
    # Of names the very word: "julie" has July's stem.
    names = {m.lower() for s in meanings for m in s.members if m.isalpha() and s.field in NAMES}
    names |= {f"{name}s" for name in names}
    return [i for i, word in enumerate(vocabulary)
            if word.isascii() and word.isalpha() and len(word) >= SHORTEST_WORD and word not in STOP_WORDS
            and word not in listed and (word in names or stem(word) in language)]


def decoded(vocabulary: list[str], trusted: list[int], idf: list[float], most: int) -> list[int]:
    """The ids of those trusted words that may be expansions: our own lists', and the commonest."""
    ours = {word for name in (EVERYDAY, PLACES) for word in words_of(name)}
    order = sorted(trusted, key=lambda i: (vocabulary[i] not in ours, idf[i]))
    return sorted(order[:most])


def idf(tokens: WordPiece, prose: list[Text], meanings: list[Synset]) -> list[float]:
    """Of each token, from 0 to 1: its inverse document frequency in prose and definitions, each text weighed by its source;
    stop words, punctuation and special tokens have 0."""
    seen, total = [0.0] * len(tokens.tokens), 0.0
    for text in prose:
        share = NARROW.get(text.source, 0.3 if text.source.startswith("articles/") else 1.0)
        total += share
        for i in set(tokens.pieces(text.text)):
            seen[i] += share
    for meaning in meanings:
        total += 0.5
        for i in set(tokens.pieces(f"{', '.join(meaning.members)}. {meaning.definition}")):
            seen[i] += 0.5
    weights = []
    for token, frequency in zip(tokens.tokens, seen):
        silent = token in STOP_WORDS or token in SPECIAL or not any(c.isalnum() for c in token)
        value = math.log(1 + (total - frequency + 0.5) / (frequency + 0.5)) / math.log(1 + total)
        weights.append(0.0 if silent else min(1.0, max(0.0, value)))
    return weights
