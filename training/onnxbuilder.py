"""Puts ONNX graphs together, node by node."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


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

    def integer(self, value: int) -> str:
        return self._shared(np.array(value, dtype=np.int64))

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
