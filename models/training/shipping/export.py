"""Writes the model folder: the ONNX graphs with int8 weights, vocabulary, query weights and settings."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from evidence.gather import table
from network.batching import LENGTH, LENGTH_EXPONENT, LENGTH_PENALTY, SATURATION, WINDOW
from evidence.gather import Evidence
from measuring.measure import LEAST, QUERY_EXPANSIONS, QUERY_IDF
from network.model import REACH, Block, Encoder
from shipping.onnxbuilder import Builder

NAME, VERSION, LICENSE = "splade-tiny-en", "0.6.0", "CC-BY-4.0"
MAX_TOKENS = 256
MASKED = -1e4


def quantized(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 [R, C] and float32 scales [R, 1] of a matrix [R, C], a scale a row."""
    scale = np.maximum(np.abs(matrix).max(axis=1, keepdims=True) / 127.0, 1e-12).astype(np.float32)
    return np.rint(matrix / scale).astype(np.int8), scale


def round_weights(model: Encoder) -> None:
    """Gives the network the weights that the exported graphs have."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 2 and not name.endswith("distance"):
                values, scale = quantized(parameter.numpy())
                parameter.copy_(torch.from_numpy(values * scale))


def _array(parameter) -> np.ndarray:
    return parameter.detach().numpy().astype(np.float32)


def _matrix(g: Builder, name: str, matrix: np.ndarray) -> str:
    """A weight matrix, stored in int8; ONNX Runtime turns it into floats once, when it loads the model."""
    values, scale = quantized(matrix)
    return g.node("Mul", g.floats(g.constant(name, values)), g.constant(f"{name}_scale", scale))


def _linear(g: Builder, name: str, x: str, layer, rows: slice = slice(None)) -> str:
    weight = g.node("Transpose", _matrix(g, f"{name}_weight", _array(layer.weight)[rows]), perm=[1, 0])
    return g.node("Add", g.node("MatMul", x, weight), g.constant(f"{name}_bias", _array(layer.bias)[rows]))


def _norm(g: Builder, name: str, x: str, layer) -> str:
    return g.node("LayerNormalization", x, g.constant(f"{name}_weight", _array(layer.weight)),
                  g.constant(f"{name}_bias", _array(layer.bias)), axis=-1, epsilon=layer.eps)


def _block(g: Builder, name: str, x: str, block: Block, blocked: str, distances: str) -> str:
    h = block.norm.normalized_shape[0]
    parts = g.integers(0, 0, block.heads, h // block.heads)

    def heads(values: str) -> str:
        return g.node("Transpose", g.node("Reshape", values, parts), perm=[0, 2, 1, 3])

    normed = _norm(g, f"{name}_norm", x, block.norm)
    query = heads(_linear(g, f"{name}_query", normed, block.query_key, slice(0, h)))
    key = heads(_linear(g, f"{name}_key", normed, block.query_key, slice(h, 2 * h)))
    value = heads(_linear(g, f"{name}_value", x, block.value))
    scores = g.node("MatMul", query, g.node("Transpose", key, perm=[0, 1, 3, 2]))
    scores = g.node("Mul", scores, g.number((h // block.heads) ** -0.5))
    bias = g.node("Gather", g.constant(f"{name}_distance", _array(block.distance)), distances, axis=1)
    scores = g.node("Add", g.node("Add", scores, bias), blocked)
    mixed = g.node("Transpose", g.node("MatMul", g.node("Softmax", scores, axis=-1), value), perm=[0, 2, 1, 3])
    x = g.node("Add", x, _linear(g, f"{name}_out", g.node("Reshape", mixed, g.integers(0, 0, h)), block.out))
    up = _linear(g, f"{name}_up", _norm(g, f"{name}_norm2", x, block.norm2), block.up)
    half = g.node("Mul", up, g.number(0.5))
    curve = g.node("Add", g.node("Erf", g.node("Div", up, g.number(2 ** 0.5))), g.number(1.0))
    return g.node("Add", x, _linear(g, f"{name}_down", g.node("Mul", half, curve), block.down))


def _distances(g: Builder) -> str:
    """[T, T] distances between places, cut at REACH, from 0."""
    count = g.node("Gather", g.node("Shape", "input_ids"), g.integer(1), axis=0)
    places = g.node("Range", g.integer(0), count, g.integer(1))
    apart = g.node("Sub", g.unsqueeze(places, 0), g.unsqueeze(places, 1))
    clipped = g.node("Clip", apart, g.integer(-REACH), g.integer(REACH))
    return g.node("Add", clipped, g.integers(REACH))


def _table_weights(g: Builder, mask: str) -> tuple[str, str]:
    """[B, T, 1] and [B, T, N] weights that the table holds, at masked places zero. See Encoder.table_weights."""
    inside = g.floats(g.node("Gather", "inside", "input_ids", axis=0))
    shifted = g.node("Slice", inside, g.integers(1), g.integers(2 ** 31 - 1), g.integers(1))
    last = g.node("Mul", g.node("Slice", inside, g.integers(0), g.integers(1), g.integers(1)), g.number(0.0))
    whole = g.node("Sub", g.number(1.0), g.unsqueeze(g.node("Concat", shifted, last, axis=1), 2))
    own = g.unsqueeze(g.scaled(g.node("Gather", "own", "input_ids", axis=0), table.UNIT), 2)
    expansions = g.scaled(g.node("Gather", "table", "input_ids", axis=0), table.UNIT)
    return g.node("Mul", own, mask), g.node("Mul", expansions, g.node("Mul", whole, mask))


def _logits(g: Builder, model: Encoder) -> str:
    """[B, T, V] logits; where the mask is 0, far below zero or zero."""
    for name, values, kind in (("own", model.own / table.UNIT, np.uint8), ("targets", model.targets, np.uint16),
                               ("table", model.table / table.UNIT, np.uint8), ("inside", model.inside, np.uint8)):
        g.constant(name, np.rint(values.numpy()).astype(kind))
    mask = g.unsqueeze(g.floats("attention_mask"), 2)
    hidden_away = g.node("Mul", g.node("Sub", g.number(1.0), mask), g.number(MASKED))
    blocked = g.unsqueeze(g.node("Transpose", hidden_away, perm=[0, 2, 1]), 1)
    embedding = _matrix(g, "embedding", _array(model.embedding))
    x = g.node("Gather", embedding, "input_ids", axis=0)
    distances = _distances(g)
    for number, block in enumerate(model.blocks):
        x = _block(g, f"block{number}", x, block, blocked, distances)
    y = _norm(g, "norm", x, model.norm)
    # Bias and mask ride on the large product as two more columns, which saves two passes over all logits.
    ones = g.node("Add", g.node("Mul", mask, g.number(0.0)), g.number(1.0))
    bias = g.constant("bias", _array(model.bias)[:, None])
    flat = g.node("Add", g.node("Mul", bias, g.number(0.0)), g.number(1.0))
    columns = g.node("Transpose", g.node("Concat", embedding, bias, flat, axis=1), perm=[1, 0])
    dense = g.node("MatMul", g.node("Concat", y, ones, hidden_away, axis=2), columns)
    wide = g.node("Cast", g.node("Gather", "targets", "input_ids", axis=0), to=TensorProto.INT64)
    targets = g.node("Concat", g.unsqueeze("input_ids", 2), wide, axis=2)
    near = g.node("GatherElements", dense, targets, axis=2)
    expansions_near = g.node("Slice", near, g.integers(1), g.integers(2 ** 31 - 1), g.integers(2))
    slope, offset = _array(model.gate).tolist()
    gate = g.node("Add", g.node("Mul", expansions_near, g.number(slope)), g.number(offset))
    own, expansions = _table_weights(g, mask)
    expansions = g.node("Mul", expansions, g.node("Mul", g.node("Sigmoid", gate), g.number(2.0)))
    weights = g.node("Min", g.node("Concat", own, expansions, axis=2), g.number(model.shape.ceiling))
    looked_up = g.node("Sub", g.node("Exp", weights), g.number(1.0))
    return g.node("ScatterElements", dense, targets, g.node("Max", near, looked_up), output="logits", axis=2)


def build(model: Encoder, pooled: bool) -> onnx.ModelProto:
    """Outputs `weights` and `positions` [B, V] with pooling, `logits` [B, T, V] without."""
    g = Builder()
    logits = _logits(g, model)
    vocabulary = len(model.own)
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "tokens", vocabulary])]
    if pooled:
        most = g.node("Relu", g.node("ReduceMax", logits, axes=[1], keepdims=0))
        g.node("Log", g.node("Add", most, g.number(1.0)), output="weights")
        g.node("ArgMax", logits, output="positions", axis=1, keepdims=0)
        outputs = [helper.make_tensor_value_info("weights", TensorProto.FLOAT, ["batch", vocabulary]),
                   helper.make_tensor_value_info("positions", TensorProto.INT64, ["batch", vocabulary])]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
              for name in ("input_ids", "attention_mask", "token_type_ids")]
    graph = helper.make_graph(g.nodes, NAME, inputs, outputs, g.constants)
    proto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name=NAME)
    proto.ir_version = 8
    helper.set_model_props(proto, {"name": NAME, "version": VERSION, "license": LICENSE})
    onnx.checker.check_model(proto)
    return proto


def query_weights(known: Evidence) -> dict[str, float]:
    """Weight of each token in a query that no network reads: by document frequency; stop words are absent."""
    weights = table.lexical_weights(known.tokens, known.idf, table.Calibration())
    return {token: round(float(w), 3) for token, w in zip(known.tokens, weights) if w > 0}


def write(folder: Path, model: Encoder, known: Evidence) -> None:
    """All files of the folder but the card and the license."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, pooled in (("model.onnx", True), ("model.logits.onnx", False)):
        (folder / name).write_bytes(build(model, pooled).SerializeToString(deterministic=True))
    (folder / "vocab.txt").write_text("\n".join(known.tokens) + "\n", encoding="utf-8", newline="\n")
    lines = ",\n".join(f"{json.dumps(t, ensure_ascii=False)}: {w}" for t, w in query_weights(known).items())
    (folder / "idf.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8", newline="\n")
    settings = {"name": NAME, "version": VERSION, "pooling": "max", "activation": "log1p_relu",
                "maxTokens": MAX_TOKENS, "minWeight": LEAST,
                "queryExpansionWeight": QUERY_EXPANSIONS, "queryIdfExponent": QUERY_IDF,
                "windowTokens": WINDOW + 2, "windowOverlap": 0,
                "windowMerge": "saturated", "windowSaturation": SATURATION, "windowLengthPenalty": LENGTH_PENALTY,
                "lengthExponent": LENGTH_EXPONENT, "lengthNorm": LENGTH,
                "license": LICENSE, "vocabularySize": len(known.tokens)}
    (folder / "splade.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8", newline="\n")
    print("written: " + ", ".join(f"{p.name} {p.stat().st_size}" for p in sorted(folder.iterdir())), file=sys.stderr)
