"""The readout as an ONNX graph with int8 vectors, which pools and says which token won each weight."""

from __future__ import annotations

import numpy as np
import onnx

from evidence.table import UNIT
from readout.model import Readout
from shipping import pooling
from shipping.onnxbuilder import Builder


def quantized(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 [R, C] and float32 scales [R, 1] of a matrix [R, C], a scale a row."""
    scale = np.maximum(np.abs(matrix).max(axis=1, keepdims=True) / 127.0, 1e-12).astype(np.float32)
    return np.rint(matrix / scale).astype(np.int8), scale


def _array(parameter) -> np.ndarray:
    return parameter.detach().cpu().numpy().astype(np.float32)


class ReadoutGraph:
    """Puts the graph together; `build` returns it. Shapes are in `pooling` and `readout`."""

    def __init__(self, model: Readout):
        self.model, self.rules, self.g = model, model.rules, Builder()
        self.reached = _array(model.reached).astype(np.int64)
        self.size = len(model.own)

    def _of_tokens(self, name: str, values: np.ndarray) -> str:
        """[B, T, ...] floats that stand for each token in a constant [V, ...]."""
        return self.g.floats(self.g.node("Gather", self.g.constant(name, values), "input_ids", axis=0))

    def _vectors(self) -> str:
        """[V, D] floats; ONNX Runtime makes them once, when it loads the graph."""
        values, scale = quantized(_array(self.model.vectors))
        return self.g.node("Mul", self.g.floats(self.g.constant("vectors", values)), self.g.constant("scale", scale))

    def _text(self, said: str) -> tuple[str, str]:
        """[B, 1, D] unit vectors of the texts, and [B, 1] whether a word is understood; `said` is [B, T, D]."""
        g = self.g
        total = g.total(said, 1, keep=True)
        length = g.node("Sqrt", g.total(g.node("Mul", total, total), 2, keep=True))
        text = g.node("Div", total, g.node("Max", length, g.number(1e-6)))
        speaks = g.floats(g.node("Greater", g.node("Reshape", length, g.integers(-1, 1)), g.number(0.0)))
        return text, speaks

    def _added(self, near: str, speaks: str) -> tuple[str, str]:
        """Weights of the words nearest to each text [B, k] and their places among those reached [B, k]."""
        g, count = self.g, self.model.shape.near
        values, places = g.top(near, g.integers(count + 1))
        over = g.node("Sub", g.slice(values, 0, count, 1), g.slice(values, count, count + 1, 1))
        weights = g.node("Log", g.node("Add", g.scaled(over, self.model.shape.gain), g.number(1.0)))
        return g.node("Mul", weights, speaks), g.slice(places, 0, count, 1)

    def _entries(self, cosines: str, mask: str, whole: str) -> pooling.Entries:
        """What the tables hold: each token itself, and its expansions as far as they fit the text."""
        g, model = self.g, self.model
        table = np.rint(_array(model.table) / UNIT).astype(np.uint8)
        targets = np.where(table > 0, _array(model.targets).astype(np.int64), 0).astype(np.uint16)
        wide = g.longs(g.node("Gather", g.constant("targets", targets), "input_ids", axis=0))
        fits = g.node("Reshape", g.node("GatherElements", cosines, g.node("Reshape", wide, g.integers(0, -1)), axis=1),
                      g.node("Shape", wide))
        slope, middle = model.shape.slope, model.shape.middle
        gate = g.scaled(g.node("Sigmoid", g.node("Add", g.scaled(fits, slope), g.number(-slope * middle))), 2.0)
        # A listed word's own kind lies where the text says nothing of it: its gate is one.
        neutral = g.unsqueeze(self._of_tokens("neutral", (self.rules.category == 0).astype(np.uint8)), 2)
        gate = g.node("Add", g.node("Mul", gate, neutral), g.less_from_one(neutral))
        values = g.node("Mul", g.scaled(self._of_tokens("table", table), UNIT), g.unsqueeze(whole, 2))
        values = g.node("Min", g.node("Mul", values, gate), g.number(model.shape.ceiling))
        own = g.scaled(self._of_tokens("own", np.rint(_array(model.own) / UNIT).astype(np.uint8)), UNIT)
        return pooling.entries(g, "input_ids", g.node("Mul", own, mask), wide, values, table.shape[1] + 1)

    def build(self, name: str, properties: dict[str, str]) -> onnx.ModelProto:
        g, model = self.g, self.model
        mask = g.floats("attention_mask")
        heard, whole = self.rules.heard(g, mask)
        telling = g.unsqueeze(g.node("Mul", self._of_tokens("importance", _array(model.importance)), heard), 2)
        vectors = self._vectors()
        said = g.node("Mul", g.node("Gather", vectors, "input_ids", axis=0), telling)
        text, speaks = self._text(said)
        flat = g.node("Reshape", text, g.integers(-1, model.vectors.shape[1]))
        cosines = g.node("MatMul", flat, g.node("Transpose", vectors, perm=[1, 0]))
        reached = g.longs(g.constant("reached", self.reached.astype(np.uint16)))
        added, places = self._added(g.node("Gather", cosines, reached, axis=1), speaks)
        dimensions = g.node("Gather", reached, places, axis=0)
        dense = g.node("ScatterElements", g.scaled(cosines, 0.0), dimensions, added, axis=1)
        found = self._entries(cosines, mask, whole)
        g.node("Identity", pooling.pooled(g, dense, found), output="weights")
        # An expansion is the word's that brings the text nearest to it.
        near = g.node("Gather", vectors, dimensions, axis=0)
        parts = g.node("MatMul", near, g.node("Transpose", said, perm=[0, 2, 1]))
        pooling.positions(g, "weights", found, dimensions, g.node("ArgMax", parts, axis=2, keepdims=0))
        return g.model(pooling.INPUTS, pooling.outputs(self.size), name, properties)
