"""Words to the ids of their lemmas."""

from __future__ import annotations

from sources.corpus import STOP_WORDS
from sources.wordpiece import WordPiece, split_words


class Normalizer:
    """Text to vocabulary ids of content words, inflected forms replaced by their most frequent lemma with an id."""

    def __init__(self, tokenizer: WordPiece, forms: dict[str, list[tuple[str, str]]]):
        self._ids: dict[str, int] = {}
        self._tokenizer = tokenizer
        self._forms = forms

    def lemma_id(self, word: str) -> int:
        """The id that stands for a word and its inflected forms, or -1."""
        if word in STOP_WORDS or not word[0].isalpha():
            return -1
        known = self._tokenizer.ids
        for lemma, _ in self._forms.get(word, []):
            if lemma in known:
                return known[lemma]
        return known.get(word, -1)

    def ids(self, text: str) -> list[int]:
        """Ids in text order; words without an id of their own are left out."""
        out = []
        for word in split_words(text):
            found = self._ids.get(word)
            if found is None:
                found = self._ids[word] = self.lemma_id(word)
            if found >= 0:
                out.append(found)
        return out
