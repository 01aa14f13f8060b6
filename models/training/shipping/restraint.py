"""What no text gets: words that the decency list keeps from texts that do not speak of such things, and guesses.

All of it is made of the vocabulary alone and is part of the graph, so that no setting can undo it.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

import decency
from evidence.vocabulary import INFLECTIONS
from shipping.onnxbuilder import Builder
from shipping.pooling import EVERYTHING
from sources.corpus import STOP_WORDS
from sources.wordpiece import SPECIAL_TOKENS, WordPiece


# Words that are said of people as well as of things, and slurs that are also words: they bring nothing but themselves.
MUTE = frozenset("black white brown native indigenous aboriginal".split())
# Dictionaries know them as slurs, and texts as surnames or verbs: they are added to nothing.
NEVER_ADDED = frozenset("nip nips jerry hun huns".split())


class Restraint:
    """The tokens by what they may bring and where they may be brought. V tokens; all arrays are [V].

    `inner`: pieces within a word, but for endings that leave its meaning alone.
    `content`: words that say what a text is about and that may be added by it: no names, and none of them listed.
    `category`: number of the listed word's category from 1, 0 for others.
    """

    def __init__(self, tokens: list[str], names: Collection[str] = ()):
        layout = decency.Layout(tokens, WordPiece(tokens).word)
        self.category = layout.table(len(tokens))
        self._slur = decency.categories().index(decency.SLUR) + 1
        self._ambiguous = np.array([i in layout.tokens and layout.tokens[i].ambiguous for i in range(len(tokens))])
        endings = {"##" + ending for ending in INFLECTIONS}
        self.inner = np.array([t.startswith("##") and t not in endings for t in tokens])
        word = np.array([t.isalnum() and len(t) > 1 and t not in STOP_WORDS for t in tokens])
        word[:len(SPECIAL_TOKENS)] = False
        self.content = word & (self.category == 0)
        self._mute = np.array([t in MUTE for t in tokens])
        self._never = np.array([t in NEVER_ADDED for t in tokens])
        # What a name is known for is what others say of it: it says nothing of a text and is added to none by its
        # vector.
        self.content &= ~(np.array([t in names for t in tokens]) | self._mute | self._never)

    def table(self, targets: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """The weights [V, N] of a table of expansions, zero where the target [V, N] may not follow its source: a listed
        word
        brings those of its category alone, another word none of them, and nothing brings a slur."""
        source, target = self.category[:, None], self.category[targets]
        allowed = (source > 0) & (source == target) & (target != self._slur) & ~self._ambiguous[:, None]
        # A word with an innocent sense as well is listed for what it may not follow, and brings nothing.
        neutral = (source == 0) & (target == 0) & ~self._mute[:, None] & ~self._never[targets]
        return np.where(allowed | neutral, weights, 0).astype(weights.dtype)

    def heard(self, g: Builder, mask: str) -> tuple[str, str]:
        """[B, T] each: 1 for tokens that take part in what the text says as a whole, and for whole words; `mask` is 1
        for
        tokens that are no padding."""
        quiet = (self.inner * 1 + (self.category > 0) * 2).astype(np.uint8)
        kind = g.floats(g.node("Gather", g.constant("quiet", quiet), "input_ids", axis=0))
        listed = g.floats(g.node("Greater", kind, g.number(1.5)))
        inner = g.node("Sub", kind, g.scaled(listed, 2.0))
        following = g.node("Concat", g.slice(inner, 1, EVERYTHING, 1), g.scaled(g.slice(inner, 0, 1, 1), 0.0), axis=1)
        whole = g.node("Mul", mask, g.node("Mul", g.less_from_one(inner), g.less_from_one(following)))
        return g.node("Mul", whole, g.less_from_one(listed)), whole
