"""Makes the graph of splade-tiny-en 0.6.0 decent and faster, out of its own tensors and without any training."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from shipping import pooling
from shipping.onnxbuilder import Builder
from shipping.restraint import Restraint

NAME, VERSION, LICENSE = "splade-tiny-en", "0.7.0", "CC-BY-4.0"
UNIT, CEILING, HIDDEN, HEADS, REACH, BLOCKS, MASKED = 0.01, 4.0, 160, 4, 16, 2, -1e4
EPSILON = 1e-5


class Retrofit:
    """The old tensors by name, and the new graph that is made of them."""

    def __init__(self, tensors: dict[str, np.ndarray], tokens: list[str]):
        self.t = tensors
        self.rules = Restraint(tokens)
        self.g = Builder()
        self.size = len(tokens)

    def _matrix(self, name: str) -> str:
        """int8 rows with a scale each; ONNX Runtime makes floats of them once, when it loads the graph."""
        g = self.g
        return g.node("Mul", g.floats(g.constant(name, self.t[name])), g.constant(f"{name}_scale", self.t[f"{name}_scale"]))

    def _linear(self, name: str, x: str) -> str:
        weight = self.g.node("Transpose", self._matrix(f"{name}_weight"), perm=[1, 0])
        return self.g.node("Add", self.g.node("MatMul", x, weight), self.g.constant(f"{name}_bias", self.t[f"{name}_bias"]))

    def _norm(self, name: str, x: str) -> str:
        weight, bias = (self.g.constant(f"{name}_{part}", self.t[f"{name}_{part}"]) for part in ("weight", "bias"))
        return self.g.node("LayerNormalization", x, weight, bias, axis=-1, epsilon=EPSILON)

    def _heads(self, x: str) -> str:
        parts = self.g.integers(0, 0, HEADS, HIDDEN // HEADS)
        return self.g.node("Transpose", self.g.node("Reshape", x, parts), perm=[0, 2, 1, 3])

    def _distances(self) -> str:
        g = self.g
        count = g.node("Gather", g.node("Shape", "input_ids"), g.integer(1), axis=0)
        places = g.node("Range", g.integer(0), count, g.integer(1))
        apart = g.node("Sub", g.unsqueeze(places, 0), g.unsqueeze(places, 1))
        return g.node("Add", g.node("Clip", apart, g.integer(-REACH), g.integer(REACH)), g.integer(REACH))

    def _block(self, name: str, x: str, blocked: str, distances: str) -> str:
        g = self.g
        normed = self._norm(f"{name}_norm", x)
        query, key = (self._heads(self._linear(f"{name}_{part}", normed)) for part in ("query", "key"))
        value = self._heads(self._linear(f"{name}_value", x))
        scores = g.node("MatMul", query, g.node("Transpose", key, perm=[0, 1, 3, 2]))
        scores = g.scaled(scores, (HIDDEN // HEADS) ** -0.5)
        bias = g.node("Gather", g.constant(f"{name}_distance", self.t[f"{name}_distance"]), distances, axis=1)
        scores = g.node("Add", g.node("Add", scores, bias), blocked)
        mixed = g.node("MatMul", g.node("Softmax", scores, axis=-1), value)
        mixed = g.node("Reshape", g.node("Transpose", mixed, perm=[0, 2, 1, 3]), g.integers(0, 0, HIDDEN))
        x = g.node("Add", x, self._linear(f"{name}_out", mixed))
        up = self._linear(f"{name}_up", self._norm(f"{name}_norm2", x))
        error = g.node("Add", g.node("Erf", g.node("Div", up, g.number(2 ** 0.5))), g.number(1.0))
        return g.node("Add", x, self._linear(f"{name}_down", g.node("Mul", g.scaled(up, 0.5), error)))

    def reached(self, table: np.ndarray) -> np.ndarray:
        """The dimensions that the product is made with: all that a text can have, or whose logit opens a table's gate. No
        logit is above the length of its row, times that of a normalized state, plus its bias."""
        rows = self.t["embedding"] * self.t["embedding_scale"]
        most = (np.linalg.norm(rows * self.t["norm_weight"], axis=1) * HIDDEN ** 0.5 + rows @ self.t["norm_bias"]
                + self.t["bias"][:, 0])
        wanted = most > 0
        wanted[self.t["targets"][table > 0]] = True
        return np.flatnonzero(wanted & self.rules.expansion)

    def build(self) -> onnx.ModelProto:
        g = self.g
        table = self.rules.table(self.t["targets"], self.t["table"])
        reached = self.reached(table)
        mask = g.floats("attention_mask")
        heard, whole = self.rules.heard(g, mask)
        speaks = self.rules.speaks(g, heard)
        hidden_away = g.unsqueeze(g.scaled(g.less_from_one(heard), MASKED), 2)
        blocked = g.unsqueeze(g.node("Transpose", hidden_away, perm=[0, 2, 1]), 1)
        embedding = self._matrix("embedding")
        x, distances = g.node("Gather", embedding, "input_ids", axis=0), self._distances()
        for number in range(BLOCKS):
            x = self._block(f"block{number}", x, blocked, distances)
        y = self._norm("norm", x)
        # Bias and mask ride on the product as two more columns. The last dimension is none: its logit is always 0.
        ones = g.node("Add", g.scaled(hidden_away, 0.0), g.number(1.0))
        kept = g.longs(g.constant("reached", reached.astype(np.uint16)))
        rows = g.node("Gather", embedding, kept, axis=0)
        more = np.stack([self.t["bias"][reached, 0], np.ones(len(reached), np.float32)], axis=1)
        rows = g.node("Concat", g.node("Concat", rows, g.constant("bias", more), axis=1),
                      g.constant("none", np.zeros((1, HIDDEN + 2), np.float32)), axis=0)
        states = g.node("Concat", y, ones, hidden_away, axis=2)
        logits = g.node("MatMul", states, g.node("Transpose", rows, perm=[1, 0]))
        place = np.full(self.size, len(reached), np.uint16)
        place[reached] = np.arange(len(reached))
        place = g.longs(g.constant("place", place))
        found = self._entries(logits, place, table, mask, whole)
        most = g.node("Mul", g.node("Relu", g.greatest(logits, 1)), speaks)
        logit = pooling.pooled(g, g.node("Gather", most, place, axis=1), found)
        g.node("Log", g.node("Add", logit, g.number(1.0)), output="weights")
        won = pooling.winners(g, most)
        scores = g.node("MatMul", g.node("Gather", rows, won, axis=0), g.node("Transpose", states, perm=[0, 2, 1]))
        dimensions = g.node("Gather", g.node("Concat", kept, g.integers(0), axis=0), won, axis=0)
        pooling.positions(g, logit, found, dimensions, g.node("ArgMax", scores, axis=2, keepdims=0))
        return g.model(pooling.INPUTS, pooling.outputs(self.size), NAME,
                       {"name": NAME, "version": VERSION, "license": LICENSE})

    def _entries(self, logits: str, place: str, table: np.ndarray, mask: str, whole: str) -> pooling.Entries:
        """What the tables hold, each expansion opened or shut by the network's logit of it."""
        g = self.g
        targets = np.where(table > 0, self.t["targets"], 0).astype(np.uint16)
        wide = g.longs(g.node("Gather", g.constant("targets", targets), "input_ids", axis=0))
        near = g.node("Gather", place, wide, axis=0)
        slope, offset = (float(self.t[name][0]) for name in ("constant_17", "constant_18"))
        gate = g.node("Add", g.scaled(g.node("GatherElements", logits, near, axis=2), slope), g.number(offset))
        own = g.scaled(g.floats(g.node("Gather", g.constant("own", self.t["own"]), "input_ids", axis=0)), UNIT)
        expansions = g.floats(g.node("Gather", g.constant("table", table), "input_ids", axis=0))
        expansions = g.node("Mul", g.scaled(expansions, 2 * UNIT), g.unsqueeze(whole, 2))
        values = g.node("Mul", expansions, g.node("Sigmoid", gate))

        def logit(value: str) -> str:
            return g.node("Sub", g.node("Exp", g.node("Min", value, g.number(CEILING))), g.number(1.0))

        return pooling.entries(g, "input_ids", logit(g.node("Mul", own, mask)), wide, logit(values), table.shape[1] + 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path, help="folder of version 0.6.0")
    parser.add_argument("out", type=Path, help="folder whose model.onnx and splade.json are written")
    options = parser.parse_args()
    graph = onnx.load(str(options.old / "model.onnx")).graph
    tokens = (options.old / "vocab.txt").read_text(encoding="utf-8").splitlines()
    model = Retrofit({i.name: numpy_helper.to_array(i) for i in graph.initializer}, tokens).build()
    settings = json.loads((options.old / "splade.json").read_text()) | {"version": VERSION}
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    (options.out / "splade.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
