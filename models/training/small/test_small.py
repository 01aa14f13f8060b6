"""python3 -m unittest small.test_small, in the folder above. SMALL_WORK: a work folder, for the tests of a trained model."""

from __future__ import annotations

import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import onnx
import scipy.sparse as sparse
import torch

import decency
from minilm.encoder import HIDDEN
from small import cache, train
from small.listed import make_rule, marks, triggers_of
from small.newwords import padded
from small.settings import Engine, Recipe
from small.tokens import WordPiece, split_words
from small.windows import cut, merged, weighed_by_frequency

TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "woman", "oil", "rape", "##seed", "murder", "homicide", "murders",
          "homi", "##cid", "##al", "kill", "the", "negro", "white", "supremacy", "nazi"]
WORK = os.environ.get("SMALL_WORK")


def killed(_: object, where: Path) -> None:
    """Writes the beginning of a file, and no more."""
    where.write_bytes(b"half of")
    raise KeyboardInterrupt


def toy_rule(tokens: WordPiece):
    layout, triggers = triggers_of(tokens)
    texts = {t.text for t in triggers} | {t.text for t in layout.tokens.values()}
    vectors = {t: np.ones(2, np.float32) / np.sqrt(2) for t in texts}
    return make_rule(tokens, set(tokens.tokens), vectors, 0.4, 1.5, 8)


class Listed(unittest.TestCase):
    def setUp(self) -> None:
        self.tokens = WordPiece(TOKENS)
        self.rule = toy_rule(self.tokens)

    def marked(self, text: str) -> tuple[list[str], list[str]]:
        """Hidden tokens, and the triggers."""
        ids = self.tokens.framed(self.tokens.pieces(text))
        hidden, _, triggers = marks(self.rule, *(v if n == 0 else v.bool() for n, v in enumerate(padded([ids]))))
        return ([self.tokens.tokens[i] for i, h in zip(ids, hidden[0]) if h],
                [self.rule.triggers[t - 1] for t in triggers[0].tolist() if t])

    def brought(self, trigger: str) -> set[str]:
        row = self.rule.brings[self.rule.triggers.index(trigger) + 1]
        return {self.tokens.tokens[c] for c, w in zip(self.rule.columns, row) if w > 0}

    def test_marks_whole_listed_word_is_hidden_and_triggers(self) -> None:
        self.assertEqual((["murder"], ["murder"]), self.marked("the murder woman"))

    def test_marks_listed_word_inside_another_is_not_listed(self) -> None:
        self.assertEqual(([], []), self.marked("rapeseed oil"))

    def test_marks_listed_word_in_pieces_is_hidden_as_a_whole(self) -> None:
        self.assertEqual((["homi", "##cid", "##al"], ["homicidal"]), self.marked("homicidal woman"))

    def test_marks_expression_of_several_words_is_hidden(self) -> None:
        self.assertEqual((["white", "supremacy"], ["white supremacy", "supremacy"]), self.marked("white supremacy"))

    def test_marks_ambiguous_word_is_hidden_and_brings_nothing(self) -> None:
        self.assertEqual((["kill"], []), self.marked("kill"))

    def test_marks_neutral_text_is_untouched(self) -> None:
        self.assertEqual(([], []), self.marked("the woman oil"))

    def test_brings_other_words_of_the_category_alone(self) -> None:
        self.assertEqual({"homicide", "murders", "kill"}, self.brought("murder"))

    def test_brings_slur_is_never_brought_and_brings_nothing(self) -> None:
        self.assertNotIn("negro", {self.tokens.tokens[c] for c in self.rule.columns})
        self.assertNotIn("negro", self.rule.triggers)


class Terms(unittest.TestCase):
    def test_read_every_category_has_terms_in_lower_case(self) -> None:
        for category in decency.categories():
            words = [t.text for t in decency.read() if t.category == category]
            self.assertTrue(words, category)
            self.assertEqual([w.lower() for w in words], words)

    def test_read_examples_of_the_issue_are_listed(self) -> None:
        for word in "nazi racist terrorist prostitute enslaved negro whore pedophile".split():
            self.assertIn(word, decency.listed())

    def test_neutral_texts_hold_no_listed_word(self) -> None:
        from decency import neutral
        words = decency.listed()
        self.assertGreater(len(neutral.texts()), 3000)
        self.assertEqual([], [t for t in neutral.texts() if set(split_words(t)) & set(words)])


class Windows(unittest.TestCase):
    def test_cut_windows_are_as_equal_as_they_can_be(self) -> None:
        self.assertEqual([23, 22, 22], [len(w) for w in cut(list(range(67)), 32)])

    def test_merged_one_window_is_unchanged(self) -> None:
        found = merged(sparse.csr_matrix([[0.0, 2.0]], dtype=np.float32), np.array([0]), 1, Engine())
        np.testing.assert_allclose(found.toarray(), [[0, 2]], rtol=1e-6)

    def test_merged_two_windows_saturate(self) -> None:
        found = merged(sparse.csr_matrix([[1.0, 2.0], [1.0, 0.0]], dtype=np.float32), np.array([0, 0]), 1, Engine())
        np.testing.assert_allclose(found.toarray(), [[2 * 1.71 / 2.82, 2 * 1.71 / 1.82]], rtol=1e-6)

    def test_weighed_by_frequency_length_stays(self) -> None:
        documents = sparse.csr_matrix(np.array([[1.0, 0], [1, 1], [1, 0]]))
        found = weighed_by_frequency(sparse.csr_matrix([[3.0, 4.0]]), documents, 0.5).toarray()
        self.assertAlmostEqual(5.0, float(np.linalg.norm(found)), 5)
        self.assertGreater(found[0, 1] / found[0, 0], 4 / 3)


class Keeping(unittest.TestCase):
    """A run that is killed in the middle of writing goes on from what it had."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)

    def test_keep_killed_in_the_middle_leaves_the_last_checkpoint(self) -> None:
        checkpoint = self.work / "head.pt"
        train.keep({"step": 1}, checkpoint)
        with mock.patch("torch.save", killed), self.assertRaises(KeyboardInterrupt):
            train.keep({"step": 2}, checkpoint)
        self.assertEqual(1, torch.load(checkpoint)["step"])

    def test_write_killed_in_the_middle_is_not_done(self) -> None:
        tokens, path = WordPiece(TOKENS), self.work / "queries"
        rows = [tokens.framed(tokens.pieces("the woman"))]

        def write() -> None:
            cache.write(path, lambda ids, _: torch.ones(*ids.shape, HIDDEN), toy_rule(tokens), rows)

        with mock.patch("numpy.savez", lambda where, **_: killed({}, where)), self.assertRaises(KeyboardInterrupt):
            write()
        self.assertFalse(path.with_suffix(".npz").exists())
        write()
        self.assertEqual(rows[0], np.load(path.with_suffix(".npz"))["ids"].tolist())


class Versions(unittest.TestCase):
    def test_graph_version_is_that_of_the_graph_that_ships(self) -> None:
        # The graph's hash is in every index: a graph with the same weights has to have the same bytes.
        recipe = Recipe()
        shipped = Path(__file__).parents[2] / recipe.name
        graph = {p.key: p.value for p in onnx.load(shipped / "model.onnx").metadata_props}
        self.assertEqual((recipe.graph_version, recipe.graph_license), (graph["version"], graph["license"]))
        settings = json.loads((shipped / "splade.json").read_text())
        self.assertEqual((recipe.version, recipe.license), (settings["version"], settings["license"]))


@unittest.skipUnless(WORK, "SMALL_WORK names no work folder")
class Trained(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        from small.__main__ import Work
        from small.decent import Encoder
        torch.set_num_threads(1)
        work = Work(Path(WORK), [], Path(), Recipe(), "cpu")
        cls.head = work.head(trained=True)
        cls.encoder = Encoder(work, cls.head)

    def test_decoder_holds_no_listed_word(self) -> None:
        tokens = self.encoder.work.tokens.tokens
        self.assertEqual([], [tokens[w] for w in self.head.words if tokens[w] in decency.listed()])

    def test_neutral_texts_get_no_listed_word(self) -> None:
        from decency import neutral
        from small.decent import offences
        texts = neutral.texts()
        self.assertEqual([], offences(texts, self.encoder.expansions(texts)))

    def test_listed_word_alone_brings_its_category_alone(self) -> None:
        listed = decency.listed()
        for word in "prostitute nazi murder slave terrorist".split():
            added = self.encoder.expansions([word])[0]
            self.assertEqual({listed[word].category}, {listed[w].category for w in added})

    def test_texts_that_say_nothing_get_nothing(self) -> None:
        for text in ("!!!", "the", "of the and", "negro"):
            self.assertEqual({}, self.encoder.expansions([text])[0], text)

    def test_everyday_words_share_no_expansion(self) -> None:
        from small.vocabulary import EVERYDAY, words_of
        words = words_of(EVERYDAY)[::4]
        added = self.encoder.expansions(words)
        shown = [w for e in added for w, x in e.items() if x >= 0.4]
        self.assertLess(max(shown.count(w) for w in set(shown)), len(words) / 3)


if __name__ == "__main__":
    unittest.main()
