"""The texts that word statistics are taken from: WordNet's definitions and examples, and openly licensed prose."""

from __future__ import annotations

import json
import lzma
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sources.wordnet import WordNet, is_term
from sources.wordpiece import split_words

# How much each source says about how common an English word is: WordNet's definitions a quarter, each manual little,
# for
# manuals are large and narrow, and each book an equal part of what is left.
WORDNET_SHARE, MANUAL_SHARE = 0.25, 0.02
MANUALS = {"MicrosoftDocs/PowerShell-Docs", "MicrosoftDocs/WSL", "dotnet/EntityFramework.Docs", "rust-lang/book",
           "openstax/osbooks-introduction-python-programming"}

# Function words and auxiliaries: they never get a weight.
STOP_WORDS = frozenset("""
a an the this that these those some any each every no not nor and or but if then else than as at by for from in into
of off on onto out over to up upon with without within via per about after again against all also am among amongst
are around be became because become becomes been before being below between both can cannot could d did do does
doing done down during either etc even ever few further get gets getting go got had has have having he her here hers
herself him himself his how however i ie eg its it itself just let like ll m may me might more most much must my
myself neither often one once only other others our ours ourselves own perhaps quite rather re really s same she
should since so something somewhat still such t their theirs them themselves there therefore they thing things
though through thus too toward towards under until us use used uses using usually ve very was we well were what when
where whether which while who whom whose why will would yes yet doesn isn aren don didn wasn weren couldn wouldn
shouldn hasn haven hadn ain you your yours yourself yourselves
""".split())


@dataclass(frozen=True)
class Document:
    """One text; `title` and `heading` are empty for WordNet, `kind` is 'gloss' there."""
    source: str
    kind: str
    title: str
    heading: str
    text: str
    answer: str = ""


def read_text(paths: Iterable[str]) -> list[Document]:
    """The open prose: a JSON object on every line of each xz file."""
    documents = []
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                documents.append(Document(row["source"], row["kind"], row.get("title", ""), row.get("heading", ""),
                                          row["text"], row.get("answer", "")))
    print(f"text: {len(documents)} passages", file=sys.stderr)
    return documents


def shares(sources: Iterable[str]) -> dict[str, float]:
    """What each source counts; they add up to 1."""
    sources = set(sources)
    fixed = {s: WORDNET_SHARE if s == "wordnet" else MANUAL_SHARE for s in sources if s == "wordnet" or s in MANUALS}
    books = sources - set(fixed)
    return fixed | {s: (1.0 - sum(fixed.values())) / len(books) for s in books}


def gloss_documents(net: WordNet) -> list[Document]:
    """One document a synset: its members, definition and examples. The ontologies' terms are a source of their own."""
    return [Document("ontologies" if is_term(key) else "wordnet", "gloss", "", "",
                     "; ".join([*s.members, s.definition, *s.examples])) for key, s in sorted(net.synsets.items())]


@dataclass
class Statistics:
    """Per word: `share`, the balanced fraction of documents that hold it; plain numbers of the glosses and of the
    prose passages that hold it."""
    share: dict[str, float]
    glosses: Counter
    prose: Counter

    def idf(self, word: str) -> float:
        """Natural-log inverse document frequency; 12 or so for a word never seen."""
        return -math.log(self.share.get(word, 0.0) + 6e-6)


def statistics(documents: list[Document]) -> Statistics:
    """Document frequencies, each source scaled to its share."""
    frequency: dict[str, Counter] = defaultdict(Counter)
    total: Counter = Counter()
    for document in documents:
        total[document.source] += 1
        frequency[document.source].update(set(split_words(document.text)))
    share: dict[str, float] = defaultdict(float)
    part = shares(frequency)
    for source, counts in sorted(frequency.items()):
        factor = part[source] / total[source]
        for word, n in counts.items():
            share[word] += factor * n
    prose: Counter = Counter()
    for source, counts in sorted(frequency.items()):
        if source != "wordnet":
            prose.update(counts)
    return Statistics(dict(share), frequency["wordnet"], prose)
