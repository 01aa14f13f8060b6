"""Writes the model as an ONNX graph of ordinary operators (opset 13)."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from reference import Head
from table import UNIT, Tables


class Builder:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._scalars: dict[tuple, str] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def number(self, value: float) -> str:
        return self._shared(np.array(value, dtype=np.float32))

    def integers(self, *values: int) -> str:
        return self._shared(np.array(values, dtype=np.int64))

    def _shared(self, value: np.ndarray) -> str:
        key = (value.dtype.str, value.shape, value.tobytes())
        if key not in self._scalars:
            self._scalars[key] = self.constant(f"constant_{len(self._scalars)}", value)
        return self._scalars[key]

    def node(self, operator: str, *inputs: str, output: str | None = None, **attributes) -> str:
        name = output or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, **attributes))
        return name

    def floats(self, name: str) -> str:
        return self.node("Cast", name, to=TensorProto.FLOAT)

    def scaled(self, name: str, factor: float) -> str:
        return self.node("Mul", self.floats(name), self.number(factor))

    def unsqueeze(self, name: str, axis: int) -> str:
        return self.node("Unsqueeze", name, self.integers(axis))

    def total(self, name: str, axis: int) -> str:
        return self.node("ReduceSum", name, self.integers(axis), keepdims=1)


def _repetitions(g: Builder, mask: str) -> str:
    """[B, T, 1] how often each token occurs among the unmasked ones."""
    ids = "input_ids"
    same = g.floats(g.node("Equal", g.unsqueeze(ids, 2), g.unsqueeze(ids, 1)))
    return g.node("MatMul", same, mask)


def _scale(g: Builder, mask: str, same: str, head: Head) -> str:
    """[B, T, 1] BM25's saturation of repeated tokens and of long texts."""
    length = g.total(mask, 1)
    stretch = g.node("Add", g.node("Mul", length, g.number(head.length / head.average)), g.number(1 - head.length))
    below = g.node("Add", same, g.node("Mul", stretch, g.number(head.saturation)))
    return g.node("Div", g.node("Mul", same, g.number(1 + head.saturation)), below)


def _gates(g: Builder, mask: str, same: str, own: str, expansion_ids: str, head: Head) -> str:
    """[B, T, N] factor for every expansion, from its fit to the other tokens."""
    vectors = g.scaled(g.node("Gather", "vectors", "input_ids", axis=0), 1 / 127)
    weighted = g.node("Mul", vectors, own)
    whole = g.total(g.node("Mul", weighted, mask), 1)
    others = g.node("Sub", whole, g.node("Mul", weighted, same))
    norm = g.node("Sqrt", g.total(g.node("Mul", others, others), 2))
    others = g.node("Div", others, g.node("Add", norm, g.number(1e-3)))
    expansions = g.floats(g.node("Gather", "vectors", expansion_ids, axis=0))
    fit = g.node("Squeeze", g.node("MatMul", expansions, g.unsqueeze(others, 3)), g.integers(3))
    gain = g.node("Mul", fit, g.number(head.fit / 127))
    loss = g.node("Mul", g.total(g.node("Mul", vectors, others), 2), g.number(head.misfit))
    gate = g.node("Add", g.node("Sub", gain, loss), g.number(1.0))
    return g.node("Clip", gate, g.number(head.lowest), g.number(head.highest))


def _following_inner(g: Builder) -> str:
    """[B, T, 1] 1 where the next token is an inner piece, so that this one is no whole word."""
    inner = g.floats(g.node("Gather", "inner", "input_ids", axis=0))
    shifted = g.node("Slice", inner, g.integers(1), g.integers(2 ** 31 - 1), g.integers(1))
    last = g.node("Mul", g.node("Slice", inner, g.integers(0), g.integers(1), g.integers(1)), g.number(0.0))
    return g.unsqueeze(g.node("Concat", shifted, last, axis=1), 2)


def _weights(g: Builder, head: Head, expansion_ids: str) -> str:
    """[B, T, 1 + N] weights of the token itself and of its expansions."""
    mask = g.unsqueeze(g.floats("attention_mask"), 2)
    same = _repetitions(g, mask)
    own = g.unsqueeze(g.scaled(g.node("Gather", "own", "input_ids", axis=0), UNIT), 2)
    following = _following_inner(g)
    gate = _gates(g, mask, same, own, expansion_ids, head)
    whole = g.node("Sub", g.number(1.0), following)
    expansions = g.node("Mul", g.scaled(g.node("Gather", "weights", "input_ids", axis=0), UNIT), gate)
    both = g.node("Concat", own, g.node("Mul", expansions, whole), axis=2)
    return g.node("Min", g.node("Mul", both, _scale(g, mask, same, head)), g.number(head.ceiling))


def build(tables: Tables, head: Head, properties: dict[str, str]) -> onnx.ModelProto:
    """The whole model: BERT's three inputs, one output `logits` [batch, tokens, vocabulary]."""
    g = Builder()
    g.constant("own", tables.own)
    g.constant("expansion_ids", tables.ids)
    g.constant("weights", tables.weights)
    g.constant("inner", tables.inner)
    g.constant("vectors", tables.vectors)
    # Stored in 16 bits; scattering wants 64, so the few rows of the batch are widened after the lookup.
    expansion_ids = g.node("Cast", g.node("Gather", "expansion_ids", "input_ids", axis=0), to=TensorProto.INT64)
    values = g.node("Sub", g.node("Exp", _weights(g, head, expansion_ids)), g.number(1.0))
    targets = g.node("Concat", g.unsqueeze("input_ids", 2), expansion_ids, axis=2)
    shape = g.node("Concat", g.node("Shape", "input_ids"), g.integers(len(tables.own)), axis=0)
    empty = g.node("ConstantOfShape", shape, value=numpy_helper.from_array(np.zeros(1, dtype=np.float32)))
    g.node("ScatterElements", empty, targets, values, output="logits", axis=2)
    tokens = ["batch", "tokens"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, tokens)
              for name in ("input_ids", "attention_mask", "token_type_ids")]
    output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, [*tokens, len(tables.own)])
    graph = helper.make_graph(g.nodes, properties["name"], inputs, [output], g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="splade-tiny-en")
    model.ir_version = 7
    helper.set_model_props(model, properties)
    onnx.checker.check_model(model)
    return model


def read_tables(path: str) -> Tables:
    """The tables out of a model file, for the evaluation."""
    found = {c.name: numpy_helper.to_array(c) for c in onnx.load(path).graph.initializer}
    return Tables(found["own"], found["expansion_ids"], found["weights"], found["inner"], found["vectors"])
