"""All steps on a corpus of a few lines: the graph that is written gives what the model gives."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch

from evidence import gather, table
from minilm.vectors import Reduction
from readout.model import Readout, Shape
from readout.windows import framed, pad
from shipping import folder
from shipping.interpreter import Interpreter
from shipping.restraint import Restraint
from sources.wordpiece import SPECIAL_TOKENS, WordPiece

WORDS = """car automobile vehicle road drive bank river water money loan woman prostitute murder homicide berlin
the""".split()
PIECES = ["##s", "##ing", "##el", "x"]
RELATED = {"car": ("automobile", "vehicle", "road"), "bank": ("money", "loan", "river"), "woman": ("prostitute",),
           "murder": ("homicide", "road"), "drive": ("car", "road")}
SHAPE = Shape(near=3)
SHIPPED = Path(__file__).parents[2] / folder.NAME


def evidence() -> gather.Evidence:
    tokens = [*SPECIAL_TOKENS, *WORDS, *PIECES]
    ids = {token: i for i, token in enumerate(tokens)}
    chance = np.random.default_rng(1)
    vectors = np.zeros((len(tokens), 8), np.float32)
    drawn = chance.normal(size=(len(WORDS), 8)).astype(np.float32)
    vectors[[ids[w] for w in WORDS]] = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    related = {ids[w]: {ids[t]: 0.95 for t in found} for w, found in RELATED.items()}
    return gather.Evidence(tokens, np.full(len(tokens), 7.0), related, {}, vectors, Reduction(drawn, 8), {}, {"berlin"})


class RecipeTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.known = evidence()
        cls.tokenizer = WordPiece(cls.known.tokens)
        rules = Restraint(cls.known.tokens, cls.known.names)
        tables = gather.make_tables(cls.known, table.Calibration(least=0.02))
        cls.model = Readout(tables, cls.known.vectors, rules, SHAPE)
        cls.out = Path(tempfile.mkdtemp())
        folder.write(cls.out, cls.model, cls.known)
        cls.graph = Interpreter(cls.out / "model.onnx")

    def ids(self, *texts: str) -> tuple[torch.Tensor, torch.Tensor]:
        return pad([framed([i for word in text.split() for i in self.tokenizer.word(word)]) for text in texts])

    def weights(self, text: str) -> dict[str, float]:
        ids, mask = self.ids(text)
        found = self.graph.run(ids.numpy(), mask.numpy().astype(np.int64))[0][0]
        return {token: float(w) for token, w in zip(self.known.tokens, found) if w > 0}

    def test_written_graph_any_batch_gives_the_models_weights(self) -> None:
        ids, mask = self.ids("drive the car", "bank", "woman berlin road loan")
        wanted = self.model.pooled(ids, mask).numpy()
        found, positions = self.graph.run(ids.numpy(), mask.numpy().astype(np.int64))
        np.testing.assert_allclose(found, wanted, atol=0.03)
        self.assertTrue(((positions >= 0) & (positions < mask.sum(1).numpy()[:, None])).all())

    def test_written_graph_padding_and_neighbours_change_nothing(self) -> None:
        alone, mask = self.ids("bank")
        padded, more = self.ids("bank", "woman berlin road loan car drive river")
        one = self.graph.run(alone.numpy(), mask.numpy().astype(np.int64))
        both = self.graph.run(padded.numpy(), more.numpy().astype(np.int64))
        np.testing.assert_allclose(both[0][0], one[0][0], atol=1e-6)
        np.testing.assert_array_equal(both[1][0], one[1][0])

    def test_own_tokens_are_won_where_they_stand(self) -> None:
        ids, mask = self.ids("drive the car")
        positions = self.graph.run(ids.numpy(), mask.numpy().astype(np.int64))[1][0]
        self.assertEqual([1, 3], [int(positions[self.tokenizer.ids[word]]) for word in ("drive", "car")])

    def test_expansions_listed_words_keep_to_their_kind(self) -> None:
        self.assertNotIn("prostitute", self.weights("woman"))
        self.assertEqual({"murder", "homicide"}, set(self.weights("murder")))

    def test_expansions_names_and_pieces_none(self) -> None:
        self.assertEqual({"berlin"}, set(self.weights("berlin")))
        self.assertEqual(set(), set(self.weights("the")))
        self.assertLessEqual(set(self.weights("carel")), {"car", "##el"})

    def test_settings_name_the_vocabulary(self) -> None:
        settings = json.loads((self.out / "splade.json").read_text())
        self.assertEqual(len(self.known.tokens), settings["vocabularySize"])

    def test_versions_are_those_that_ship(self) -> None:
        # The graph's hash is in every index: a graph with the same weights has to have the same bytes.
        settings = json.loads((SHIPPED / "splade.json").read_text())
        found = json.loads((self.out / "splade.json").read_text())
        self.assertEqual([settings[name] for name in ("version", "license")], [found[name] for name in ("version", "license")])
        written, shipped = ({p.key: p.value for p in onnx.load(f / "model.onnx").metadata_props} for f in (self.out, SHIPPED))
        self.assertEqual(shipped, written)


if __name__ == "__main__":
    unittest.main()
