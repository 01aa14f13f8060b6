"""Which words stand for which in names of one meaning: `renal cell carcinoma` and `kidney cancer`, and many more such
pairs.

Word alignment by expectation maximization, IBM's Model 1 (Brown et al. 1993, The mathematics of statistical machine
translation), of what two names do not share.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from evidence.normalizer import Normalizer
from sources.wordnet import WordNet

NAMES = 8         # of a meaning that are compared with each other
LONGEST = 5       # words of a name that are aligned
ROUNDS = 6
UNALIGNED = 2e-3  # what a word weighs that stands for none of the other name's
DOUBT = 1.0       # names that a word would stand in without any translation
LEAST = 0.08      # lesser shares are chance as often as not

Translations = dict[int, dict[int, float]]


def _differences(net: WordNet, normalizer: Normalizer) -> list[tuple[float, list[int], list[int]]]:
    """(weight, words, other words) of every two names of one meaning; a meaning weighs the root of its pairs."""
    found = []
    for _, synset in sorted(net.synsets.items()):
        different = dict.fromkeys(tuple(sorted(set(normalizer.ids(m)))) for m in synset.members)
        names = [set(ids) for ids in different][:NAMES]
        pairs = [(sorted(a - b), sorted(b - a)) for a in names for b in names]
        pairs = [(a, b) for a, b in pairs if 0 < len(a) <= LONGEST and 0 < len(b) <= LONGEST]
        found += [(len(pairs) ** -0.5, a, b) for a, b in pairs]
    return found


def translations(net: WordNet, normalizer: Normalizer) -> Translations:
    """For a vocabulary word, the words that stand in its place in other names of the same meaning, and how often: 0 to
    1."""
    pairs = _differences(net, normalizer)
    written: Counter = Counter()
    for weight, words, _ in pairs:
        for word in words:
            written[word] += weight
    shares: Translations = {}
    for _ in range(ROUNDS):
        counts: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for weight, words, others in pairs:
            for other in others:
                parts = [shares[word].get(other, 1e-6) if shares else 1.0 for word in words]
                whole = sum(parts) + UNALIGNED
                for word, part in zip(words, parts):
                    counts[word][other] += weight * part / whole
        shares = {word: {other: count / (written[word] + DOUBT) for other, count in found.items()}
                  for word, found in counts.items()}
    return {word: {other: share for other, share in sorted(found.items()) if share >= LEAST}
            for word, found in sorted(shares.items())}
