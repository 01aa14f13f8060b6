"""Puts ONNX graphs together, node by node."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR_VERSION = 18, 8


class Builder:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._shared_constants: dict[tuple, str] = {}

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
        if key not in self._shared_constants:
            self._shared_constants[key] = f"constant_{len(self._shared_constants)}"
            self.constants.append(numpy_helper.from_array(value, self._shared_constants[key]))
        return self._shared_constants[key]

    def node(self, operator: str, *inputs: str, output: str | None = None, **attributes) -> str:
        name = output or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, **attributes))
        return name

    def top(self, values: str, count: str) -> tuple[str, str]:
        """The `count` greatest along the last axis, and their places."""
        name = f"topk_{len(self.nodes)}"
        outputs = [f"{name}_values", f"{name}_places"]
        self.nodes.append(helper.make_node("TopK", [values, count], outputs, name=name, axis=-1))
        return outputs[0], outputs[1]

    def floats(self, name: str) -> str:
        return self.node("Cast", name, to=TensorProto.FLOAT)

    def longs(self, name: str) -> str:
        return self.node("Cast", name, to=TensorProto.INT64)

    def scaled(self, name: str, factor: float) -> str:
        return self.node("Mul", name, self.number(factor))

    def less_from_one(self, name: str) -> str:
        return self.node("Sub", self.number(1.0), name)

    def unsqueeze(self, name: str, axis: int) -> str:
        return self.node("Unsqueeze", name, self.integers(axis))

    def total(self, name: str, axis: int, keep: bool = False) -> str:
        return self.node("ReduceSum", name, self.integers(axis), keepdims=int(keep))

    def slice(self, name: str, first: int, last: int, axis: int) -> str:
        return self.node("Slice", name, self.integers(first), self.integers(last), self.integers(axis))

    def model(self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto], name: str,
              properties: dict[str, str]) -> onnx.ModelProto:
        """The graph of all nodes. Not checked here: Debian's onnx knows operators up to 17; ONNX Runtime does when it
        loads it."""
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.constants)
        proto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name=name)
        proto.ir_version = IR_VERSION
        helper.set_model_props(proto, properties)
        return proto
