"""MiniLM's layers as ONNX nodes."""

from __future__ import annotations

import math

import numpy as np
import torch

from minilm.encoder import EPSILON, HEADS, HIDDEN, MASKED, MiniLM
from small.graph import Graph, rounded


def array(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().cpu().numpy().astype(np.float32)


def _norm(g: Graph, x: str, layer: torch.nn.LayerNorm) -> str:
    return g.node("LayerNormalization", x, g.constant(array(layer.weight)), g.constant(array(layer.bias)), axis=-1,
                  epsilon=EPSILON)


def _linear(g: Graph, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
    return g.add(g.node("MatMul", x, g.columns(weight.T)), g.constant(bias))


def _layer(g: Graph, x: str, layer, blocked: str) -> str:
    weight, bias = array(layer.query_key_value.weight), array(layer.query_key_value.bias)
    # The product of queries and keys is scaled by scaling the queries.
    scale = np.ones(3 * HIDDEN, np.float32)
    scale[:HIDDEN] = (HIDDEN // HEADS) ** -0.5
    mixed = _linear(g, x, rounded(weight) * scale[:, None], bias * scale)
    parts = g.node("Transpose", g.node("Reshape", mixed, g.wholes(0, 0, 3, HEADS, HIDDEN // HEADS)), perm=[2, 0, 3, 1, 4])
    query, key, value = (g.node("Gather", parts, g.whole(n), axis=0) for n in range(3))
    scores = g.add(g.node("MatMul", query, g.node("Transpose", key, perm=[0, 1, 3, 2])), blocked)
    mixed = g.node("MatMul", g.node("Softmax", scores, axis=-1), value)
    mixed = g.node("Reshape", g.node("Transpose", mixed, perm=[0, 2, 1, 3]), g.wholes(0, 0, HIDDEN))
    x = _norm(g, g.add(x, _linear(g, mixed, array(layer.out.weight), array(layer.out.bias))), layer.norm)
    up = _linear(g, x, array(layer.up.weight), array(layer.up.bias))
    curve = g.add(g.node("Erf", g.node("Div", up, g.number(math.sqrt(2)))), g.number(1.0))
    up = g.multiply(g.multiply(up, curve), g.number(0.5))
    return _norm(g, g.add(x, _linear(g, up, array(layer.down.weight), array(layer.down.bias))), layer.norm2)


def states_of(g: Graph, model: MiniLM, read: str, longest: int) -> str:
    """[B, T, H] the last hidden states. read: 1 for what the encoder sees [B, T]"""
    count = g.node("Gather", g.node("Shape", "input_ids"), g.wholes(1), axis=0)
    places = g.node("Slice", g.constant(array(model.places.weight)[:longest]), g.wholes(0), count, g.wholes(0))
    x = _norm(g, g.add(g.rows(g.packed(array(model.words.weight)), "input_ids"), places), model.norm)
    hidden_away = g.multiply(g.without(read, g.number(1.0)), g.number(MASKED))
    blocked = g.unsqueeze(g.unsqueeze(hidden_away, 1), 1)
    for layer in model.layers:
        x = _layer(g, x, layer, blocked)
    return x
