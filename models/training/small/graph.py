"""Puts ONNX graphs together, node by node."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17


def quantized(matrix: np.ndarray, axis: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """int8 values of a matrix, and float32 scales, one for each row (axis 1 is reduced) or column (axis 0)."""
    scale = np.maximum(np.abs(matrix).max(axis=axis, keepdims=True) / 127.0, 1e-12).astype(np.float32)
    return np.rint(matrix / scale).astype(np.int8), scale


def rounded(matrix: np.ndarray, axis: int = 1) -> np.ndarray:
    """The matrix that the graph computes with."""
    values, scale = quantized(matrix, axis)
    return values * scale


class Graph:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._shared: dict[tuple, str] = {}

    def constant(self, value: np.ndarray, name: str = "") -> str:
        name = name or f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def _once(self, value: np.ndarray) -> str:
        key = (value.dtype.str, value.shape, value.tobytes())
        if key not in self._shared:
            self._shared[key] = self.constant(value)
        return self._shared[key]

    def number(self, value: float) -> str:
        return self._once(np.array(value, np.float32))

    def whole(self, value: int) -> str:
        return self._once(np.array(value, np.int64))

    def wholes(self, *values: int) -> str:
        return self._once(np.array(values, np.int64))

    def node(self, operator: str, *inputs: str, output: str = "", **attributes) -> str:
        name = output or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, **attributes))
        return name

    def nodes_of(self, operator: str, *inputs: str, outputs: int, **attributes) -> list[str]:
        """A node of several outputs."""
        names = [f"{operator.lower()}_{len(self.nodes)}_{n}" for n in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, name=names[0], **attributes))
        return names

    def add(self, *values: str) -> str:
        return self._chain("Add", values)

    def multiply(self, *values: str) -> str:
        return self._chain("Mul", values)

    def largest(self, *values: str) -> str:
        return self._chain("Max", values)

    def _chain(self, operator: str, values: tuple[str, ...]) -> str:
        found = values[0]
        for value in values[1:]:
            found = self.node(operator, found, value)
        return found

    def without(self, value: str, one: str) -> str:
        """1 - value; `one` of its type."""
        return self.node("Sub", one, value)

    def floats(self, value: str) -> str:
        return self.node("Cast", value, to=TensorProto.FLOAT)

    def integers(self, value: str) -> str:
        return self.node("Cast", value, to=TensorProto.INT64)

    def unsqueeze(self, value: str, axis: int) -> str:
        return self.node("Unsqueeze", value, self.wholes(axis))

    def slice(self, value: str, start: int, end: int, axis: int) -> str:
        return self.node("Slice", value, self.wholes(start), self.wholes(end), self.wholes(axis))

    def later(self, value: str, by: int) -> str:
        """[B, T] what stands `by` tokens on; past the end 0."""
        if by == 0:
            return value
        return self.slice(self.node("Pad", value, self.wholes(0, 0, 0, by)), by, 2 ** 31 - 1, 1)

    def earlier(self, value: str, by: int) -> str:
        return value if by == 0 else self.slice(self.node("Pad", value, self.wholes(0, by, 0, 0)), 0, -by, 1)

    def total(self, value: str, axis: int) -> str:
        return self.node("ReduceSum", value, self.wholes(axis), keepdims=1)

    def columns(self, matrix: np.ndarray) -> str:
        """A matrix [in, out] for a product, in int8 with a scale a column; the runtime unpacks it when it loads the model."""
        values, scale = quantized(matrix, axis=0)
        return self.multiply(self.floats(self.constant(values)), self.constant(scale))

    def packed(self, matrix: np.ndarray) -> tuple[str, str]:
        """A matrix in int8 and its scales, one a row."""
        values, scale = quantized(matrix)
        return self.constant(values), self.constant(scale)

    def rows(self, packed: tuple[str, str], ids: str) -> str:
        """Some rows of a packed matrix, as floats."""
        values, scale = (self.node("Gather", part, ids, axis=0) for part in packed)
        return self.multiply(self.floats(values), scale)

    def turned(self, packed: tuple[str, str]) -> str:
        """A packed matrix transposed, for a product with all its rows; the runtime unpacks it when it loads the model."""
        return self.node("Transpose", self.multiply(self.floats(packed[0]), packed[1]), perm=[1, 0])
