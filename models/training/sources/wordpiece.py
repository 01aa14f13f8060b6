"""BERT's lower-casing tokenizer: basic tokenization, then greedy longest-match WordPiece."""

from __future__ import annotations

import unicodedata
from typing import Iterable

SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)
MAX_WORD_CHARACTERS = 100


def _is_control(char: str) -> bool:
    return char not in "\t\n\r" and unicodedata.category(char).startswith("C")


def _is_punctuation(char: str) -> bool:
    code = ord(char)
    # BERT calls every printable ASCII character that is no letter or digit punctuation, `$` and `^` included.
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(char).startswith("P")


def _is_cjk(code: int) -> bool:
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2A6DF
            or 0x2A700 <= code <= 0x2B73F or 0x2B740 <= code <= 0x2B81F or 0x2B820 <= code <= 0x2CEAF
            or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F)


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    out = []
    for char in text:
        if char in "\0\ufffd" or _is_control(char):
            continue
        if char in "\t\n\r" or unicodedata.category(char) == "Zs":
            out.append(" ")
        elif _is_cjk(ord(char)):
            out.append(f" {char} ")
        else:
            out.append(char)
    return "".join(out)


def split_words(text: str) -> list[str]:
    """Lower-cased words and single punctuation characters of a text, accents stripped."""
    text = _clean(text).lower()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    words: list[str] = []
    for chunk in text.split():
        if chunk.isalnum() and chunk.isascii():
            words.append(chunk)
            continue
        start = True
        for char in chunk:
            if _is_punctuation(char):
                words.append(char)
                start = True
            elif start:
                words.append(char)
                start = False
            else:
                words[-1] += char
    return words


class WordPiece:
    """Text to vocabulary ids; the same ids that Hugging Face's `BertTokenizer` gives for this vocabulary."""

    def __init__(self, vocabulary: Iterable[str]):
        self.tokens = list(vocabulary)
        self.ids = {token: index for index, token in enumerate(self.tokens)}
        self._cache: dict[str, list[int]] = {}

    def word(self, word: str) -> list[int]:
        """Ids of the pieces of one word, or `[UNK]` if any part of it has no piece."""
        found = self._cache.get(word)
        if found is None:
            found = self._cache[word] = self._split(word)
        return found

    def _split(self, word: str) -> list[int]:
        if len(word) > MAX_WORD_CHARACTERS:
            return [UNK]
        pieces: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                piece = self.ids.get(prefix + word[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                return [UNK]
        return pieces

    def encode(self, text: str, max_tokens: int) -> list[int]:
        """`[CLS]` pieces `[SEP]`, at most `max_tokens` ids in all."""
        pieces: list[int] = []
        for word in split_words(text):
            pieces.extend(self.word(word))
            if len(pieces) >= max_tokens - 2:
                break
        return [CLS, *pieces[:max_tokens - 2], SEP]
