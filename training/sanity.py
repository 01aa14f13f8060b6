"""Word pairs that every version must connect, and a few sentences to look at."""

from __future__ import annotations

import numpy as np

from reference import Head, encode
from table import Tables
from wordpiece import WordPiece

NOUNS = """car/automobile doctor/physician dog/canine child/kid movie/film house/home error/mistake illness/disease
boat/ship lawyer/attorney rock/stone street/road error/bug""".split()
VERBS = "buy/purchase leap/jump begin/start teach/instruct repair/fix".split()
ADJECTIVES = "sick/ill quick/fast big/large angry/furious cold/chilly happy/glad".split()
TEMPLATES = [("The {} was near the old bridge.", NOUNS), ("They {} every morning after breakfast.", VERBS),
             ("She was {} all day long.", ADJECTIVES)]
SENTENCES = ["The quick brown fox jumps over the lazy dog.", "A fast, agile fox leaps across a sleeping canine.",
             "How to train your dog for agility.", "The history of the fox as a wild animal.", "fox and dog agility"]
TOP = 20


def terms(tables: Tables, tokenizer: WordPiece, text: str, least: float) -> list[tuple[str, float]]:
    """The vector of a text in words, the heaviest term first."""
    vector = encode(tables, np.array(tokenizer.encode(text, 256)), Head(), least)
    return [(tokenizer.tokens[i], w) for i, w in sorted(vector.items(), key=lambda pair: (-pair[1], pair[0]))]


def _finds(tables: Tables, tokenizer: WordPiece, template: str, written: str, wanted: str, least: float) -> bool:
    best = terms(tables, tokenizer, template.format(written), least)[:TOP]
    return wanted in (term for term, _ in best)


def check(tables: Tables, tokenizer: WordPiece, least: float) -> int:
    """Prints the sentences' terms and the pairs that fail; returns how many pairs hold in both directions."""
    for sentence in SENTENCES:
        best = terms(tables, tokenizer, sentence, least)
        print(sentence, len(best), "terms:", " ".join(f"{t} {w:.2f}" for t, w in best[:30]))
    good = total = 0
    for template, pairs in TEMPLATES:
        for pair in pairs:
            one, other = pair.split("/")
            failed = [f"{a} brings no {b}" for a, b in ((one, other), (other, one))
                      if not _finds(tables, tokenizer, template, a, b, least)]
            good += not failed
            total += 1
            if failed:
                print("  pair fails:", "; ".join(failed))
    print(f"pairs connected in both directions, within the top {TOP} terms: {good} of {total}")
    return good
