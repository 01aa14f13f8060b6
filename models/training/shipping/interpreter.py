"""Runs a graph that onnxbuilder made, in NumPy: slow, but the very file that ships, and nothing to install."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from scipy.special import erf, expit

TYPES = {onnx.TensorProto.FLOAT: np.float32, onnx.TensorProto.INT64: np.int64}


def _slice(x, first, last, axis):
    index = [slice(None)] * x.ndim
    index[int(axis[0])] = slice(int(first[0]), int(last[0]))
    return x[tuple(index)]


def _normalized(x, weight, bias, axis=-1, epsilon=1e-5):
    centred = x - x.mean(axis=axis, keepdims=True)
    return centred / np.sqrt((centred ** 2).mean(axis=axis, keepdims=True) + np.float32(epsilon)) * weight + bias


def _softmax(x, axis=-1):
    odds = np.exp(x - x.max(axis=axis, keepdims=True))
    return odds / odds.sum(axis=axis, keepdims=True)


def _scatter(x, where, values, axis, reduction="none"):
    out = x.copy()
    index = list(np.indices(where.shape, sparse=True))
    index[axis] = where
    if reduction == "max":
        np.maximum.at(out, tuple(index), values)
    else:
        out[tuple(index)] = values
    return out


def _top(x, count, axis=-1):
    places = np.argsort(-x, axis=-1, kind="stable")[..., :int(count[0])]
    return np.take_along_axis(x, places, axis=-1), places


def _reshape(x, shape):
    return x.reshape([x.shape[i] if size == 0 else size for i, size in enumerate(shape.tolist())])


def _expand(x, shape):
    return np.broadcast_to(x, np.broadcast_shapes(x.shape, tuple(shape.tolist())))


def _reduce(function: Callable) -> Callable:
    def reduced(x, axes=None, keepdims=1):
        return np.asarray(function(x, axis=None if axes is None else tuple(axes.tolist()), keepdims=bool(keepdims)))
    return reduced


OPERATORS: dict[str, Callable] = {
    "Add": np.add, "Sub": np.subtract, "Mul": np.multiply, "Div": np.divide, "MatMul": np.matmul, "Exp": np.exp,
    "Log": np.log, "Erf": erf, "Sigmoid": expit, "Sqrt": np.sqrt, "Identity": lambda x: x,
    "Relu": lambda x: np.maximum(x, 0),
    "Min": np.minimum, "Max": np.maximum, "Clip": np.clip, "Softmax": _softmax, "LayerNormalization": _normalized,
    "Greater": np.greater, "GreaterOrEqual": np.greater_equal, "Where": np.where,
    "Cast": lambda x, to: x.astype(TYPES[to]), "Shape": lambda x: np.array(x.shape, np.int64),
    "Concat": lambda *parts, axis: np.concatenate(parts, axis=axis), "Slice": _slice, "Reshape": _reshape,
    "Unsqueeze": lambda x, axes: np.expand_dims(x, tuple(axes.tolist())), "Expand": _expand,
    "Transpose": lambda x, perm: x.transpose(perm), "Range": lambda first, last, step: np.arange(first, last, step),
    "Gather": lambda x, places, axis=0: np.take(x, places, axis=axis),
    "GatherElements": lambda x, places, axis=0: np.take_along_axis(x, places, axis=axis),
    "ScatterElements": _scatter, "TopK": _top, "ReduceMax": _reduce(np.max), "ReduceSum": _reduce(np.sum),
    "ArgMax": lambda x, axis, keepdims=1: np.argmax(x, axis=axis, keepdims=bool(keepdims)),
}


class Interpreter:
    """A graph, ready to run; what depends on no input is computed once."""

    def __init__(self, path: Path):
        graph = onnx.load(str(path)).graph
        self._constants = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        self._nodes = []
        for node in graph.node:
            settings = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            settings = {name: value.decode() if isinstance(value, bytes) else value for name, value in settings.items()}
            step = (OPERATORS[node.op_type], list(node.input), list(node.output), settings)
            if all(name in self._constants for name in node.input):
                self._do(step, self._constants)
            else:
                self._nodes.append(step)

    @staticmethod
    def _do(step: tuple, values: dict[str, np.ndarray]) -> None:
        function, inputs, outputs, settings = step
        found = function(*(values[name] for name in inputs), **settings)
        for name, value in zip(outputs, found if isinstance(found, tuple) else (found,)):
            values[name] = value.astype(np.float32) if value.dtype == np.float64 else value

    def run(self, ids: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Weights and positions [B, V] of ids and mask, int64 [B, T]."""
        values = dict(self._constants, input_ids=ids, attention_mask=mask, token_type_ids=np.zeros_like(ids))
        for step in self._nodes:
            self._do(step, values)
        return values["weights"], values["positions"]
