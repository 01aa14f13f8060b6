"""WordPiece over BERT's uncased vocabulary, as the engine's tokenizer does it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

PAD, UNK, CLS, SEP = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100  # characters; a longer word is one unknown token

# Function words and auxiliaries: they get no weight and bring nothing.
STOP_WORDS = frozenset("""
a an the this that these those some any each every no not nor and or but if then else than as at by for from in into
of off on onto out over to up upon with without within via per about after again against all also am among amongst
are around be became because become becomes been before being below between both can cannot could d did do does
doing done down during either etc even ever few further get gets getting go got had has have having he her here hers
herself him himself his how however i ie eg is its it itself just let like ll m may me might more most much must my
myself neither often one once only other others our ours ourselves own perhaps quite rather re really s same she
should since so something somewhat still such t their theirs them themselves there therefore they thing things
though through thus too toward towards under until us use used uses using usually ve very was we well were what when
where whether which while who whom whose why will would yes yet doesn isn aren don didn wasn weren couldn wouldn
shouldn hasn haven hadn ain you your yours yourself yourselves shall ought cant wont dont im ive id
""".split())


def _is_punctuation(c: str) -> bool:
    code = ord(c)
    ascii_symbol = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_symbol or unicodedata.category(c).startswith("P")


def _is_chinese(code: int) -> bool:
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF
            or 0x20000 <= code <= 0x2CEAF or 0x2F800 <= code <= 0x2FA1F)


def split_words(text: str) -> list[str]:
    """Lower-cased words and single punctuation marks, accents and control characters dropped."""
    words, word = [], []

    def end() -> None:
        if word:
            words.append("".join(word))
            word.clear()

    for c in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(c)
        if c in " \t\n\r" or category == "Zs":
            end()
        elif category in ("Cc", "Cf", "Mn") or c == "\ufffd":
            continue
        elif _is_punctuation(c) or _is_chinese(ord(c)):
            end()
            words.append(c)
        else:
            word.append(c)
    end()
    return words


class WordPiece:
    """Words to ids of a vocabulary: the longest piece first."""

    def __init__(self, tokens: list[str]):
        self.tokens = tokens
        self.ids = {token: i for i, token in enumerate(tokens)}
        self.cls, self.sep, self.unknown = self.ids[CLS], self.ids[SEP], self.ids[UNK]
        self._cache: dict[str, list[int]] = {}

    @classmethod
    def read(cls, path: Path) -> "WordPiece":
        return cls(path.read_text(encoding="utf-8").splitlines())

    def word(self, word: str) -> list[int]:
        if word not in self._cache:
            self._cache[word] = self._pieces(word) or [self.unknown]
        return self._cache[word]

    def _pieces(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word) <= LONGEST_WORD:
            prefix = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((e for e in ends if prefix + word[start:e] in self.ids), None)
            if end is None:
                return []
            found.append(self.ids[prefix + word[start:end]])
            start = end
        return found

    def pieces(self, text: str) -> list[int]:
        """Ids without the two special tokens."""
        return [i for word in split_words(text) for i in self.word(word)]

    def framed(self, ids: list[int]) -> list[int]:
        return [self.cls, *ids, self.sep]
