"""No neutral text gets a listed word, and a listed word brings only its own kind: of the shipped graph itself."""

from __future__ import annotations

import os
import unittest
from pathlib import Path

import numpy as np

import decency
from shipping.interpreter import Interpreter
from sources.wordpiece import CLS, SEP, WordPiece, split_words
from tests.neutral import FAITHS, PEOPLES, texts

MODEL = Path(__file__).parents[2] / "splade-tiny-en"
BATCH = 64


class Model:
    def __init__(self, folder: Path):
        self.tokens = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self.tokenizer = WordPiece(self.tokens)
        self.graph = Interpreter(folder / "model.onnx")

    def own(self, text: str) -> list[int]:
        return [i for word in split_words(text) for i in self.tokenizer.word(word)]

    def encode(self, batch: list[str]) -> np.ndarray:
        rows = [[CLS, *self.own(text), SEP] for text in batch]
        ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
        for place, row in enumerate(rows):
            ids[place, :len(row)] = row
        return self.graph.run(ids, (ids > 0).astype(np.int64))[0]

    def expansions(self, batch: list[str]) -> list[set[str]]:
        """The words that each text gets, without its own."""
        return [{self.tokens[i] for i in np.flatnonzero(weights) if i not in set(self.own(text))}
                for text, weights in zip(batch, self.encode(batch))]


class DecencyTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.model = Model(Path(os.environ.get("SPLADE_MODEL", MODEL)))
        cls.listed = decency.listed()

    def test_expansions_neutral_texts_none_is_listed(self) -> None:
        every = list(dict.fromkeys(texts()))
        written = [text for text in every if not set(split_words(text)) & set(self.listed)]
        self.assertGreater(len(written), 5000)
        chosen = written if os.environ.get("SPLADE_ALL_TEXTS") else written[::7]
        for start in range(0, len(chosen), BATCH):
            batch = chosen[start:start + BATCH]
            for text, found in zip(batch, self.model.expansions(batch)):
                self.assertEqual(set(), found & set(self.listed), text)

    def test_expansions_listed_word_alone_bring_its_category_alone(self) -> None:
        single = [term for text, term in self.listed.items() if text in self.model.tokenizer.ids]
        for start in range(0, len(single), BATCH):
            terms = single[start:start + BATCH]
            for term, found in zip(terms, self.model.expansions([t.text for t in terms])):
                silent = term.ambiguous or term.category == decency.SLUR
                kinds = {self.listed[word].category if word in self.listed else "neutral" for word in found}
                self.assertLessEqual(kinds, set() if silent else {term.category}, term.text)

    def test_expansions_listed_words_in_one_place_neutral_weights_are_the_same(self) -> None:
        neutral = [i for i, t in enumerate(self.model.tokens) if t not in self.listed]
        texts = [f"the bank of the river {word} and a green boat" for word in ("murder", "heroin")]
        one, other = self.model.encode(texts)
        np.testing.assert_allclose(one[neutral], other[neutral], atol=1e-5)

    def test_expansions_texts_that_differ_in_a_people_share_all_but_names_of_it(self) -> None:
        groups = [group for group in [*PEOPLES, *FAITHS] if group not in self.listed]
        found = self.model.expansions([f"The {group} family next door celebrates a birthday." for group in groups])
        shared = set.intersection(*found)
        self.assertGreater(len(shared), 50)
        for group, words in zip(groups, found):
            self.assertLessEqual(len(words - shared), 25, group)
        silent = [words for group, words in zip(groups, found) if group in ("black", "white")]
        self.assertEqual([shared, shared], silent)

    def test_expansions_words_in_pieces_and_signs_none(self) -> None:
        unknown = ["!!!", "the", "C#", "xqzzvy", "protruxqding"]
        for text, found in zip(unknown, self.model.expansions(unknown)):
            self.assertEqual(set(), found, text)


if __name__ == "__main__":
    unittest.main()
