"""Which words are names: written with a capital within sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from evidence.vocabulary import listed_words

# A word after another one, with no sentence's end between them.
WITHIN = re.compile(r"(?<=[a-z,;] )[A-Za-z][a-z]+\b")
SHARE = 0.6  # of a name's occurrences that have a capital
FEWEST = 3   # occurrences that tell anything


def names(texts: Iterable[str], words: Iterable[str], listed: Iterable[str]) -> set[str]:
    """The words that the texts write as names, and those of `words` that WordNet (`listed`, its lemmas) lists with a
    capital
    alone. Products and tools that everyday.txt names are none: what they are for is known well enough."""
    capital, small = Counter(), Counter()
    for text in texts:
        for word in WITHIN.findall(text):
            (small if word[0].islower() else capital)[word.lower()] += 1
    lemmas = set(listed)
    raised = {lemma.lower() for lemma in lemmas if not lemma.islower()}
    found = set(listed_words("names.txt"))
    for word in words:
        count = capital[word] + small[word]
        if (capital[word] > SHARE * count) if count >= FEWEST else (word in raised and word not in lemmas):
            found.add(word)
    return found - set(listed_words("everyday.txt"))
