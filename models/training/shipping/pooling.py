"""The part of a graph that makes one weight and one position of each dimension out of what a text's tokens say.

B texts, T tokens, V dimensions, K dimensions that a dense product reaches, E entries of the tables (the token itself
and its
expansions), each with a dimension, a value and the token that brings it.
"""

from __future__ import annotations

from dataclasses import dataclass

from onnx import TensorProto, helper

from shipping.onnxbuilder import Builder

INPUTS = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
          for name in ("input_ids", "attention_mask", "token_type_ids")]
EVERYTHING = 2 ** 31 - 1


def outputs(vocabulary: int) -> list:
    return [helper.make_tensor_value_info("weights", TensorProto.FLOAT, ["batch", vocabulary]),
            helper.make_tensor_value_info("positions", TensorProto.INT64, ["batch", vocabulary])]


@dataclass(frozen=True)
class Entries:
    """What tables say: dimensions int64 and values float, both [B, T E']."""
    dimensions: str
    values: str
    each: int  # E', entries a token


def entries(g: Builder, own: str, own_values: str, targets: str, target_values: str, each: int) -> Entries:
    """From ids [B, T] with their values and targets [B, T, E' - 1] with theirs."""
    flat = g.integers(0, -1)
    dimensions = g.node("Concat", g.unsqueeze(own, 2), targets, axis=2)
    values = g.node("Concat", g.unsqueeze(own_values, 2), target_values, axis=2)
    return Entries(g.node("Reshape", dimensions, flat), g.node("Reshape", values, flat), each)


def pooled(g: Builder, dense: str, found: Entries) -> str:
    """[B, V]: the greater of `dense` [B, V] and of all entries of the dimension."""
    return g.node("ScatterElements", dense, found.dimensions, found.values, axis=1, reduction="max")


def _places_left(g: Builder) -> str:
    """[1, T]: how many tokens stand at and after each place; more for earlier ones."""
    count = g.node("Gather", g.node("Shape", "input_ids"), g.integer(1), axis=0)
    return g.unsqueeze(g.node("Range", count, g.integer(0), g.integer(-1)), 0)


def entry_positions(g: Builder, weights: str, found: Entries) -> tuple[str, str]:
    """[B, V] bool and int64: whether an entry gave the dimension its weight, and the first token with such an entry."""
    wins = g.node("GreaterOrEqual", found.values, g.node("GatherElements", weights, found.dimensions, axis=1))
    left = _places_left(g)
    spread = g.node("Expand", g.unsqueeze(left, 2), g.integers(1, 1, found.each))
    spread = g.node("Reshape", spread, g.integers(1, -1))
    marks = g.node("Mul", g.floats(wins), g.floats(spread))
    none = g.scaled(weights, 0.0)
    most = g.node("ScatterElements", none, found.dimensions, marks, axis=1, reduction="max")
    tokens = g.floats(g.node("Gather", g.node("Shape", "input_ids"), g.integer(1), axis=0))
    return g.node("Greater", most, g.number(0.0)), g.node("Sub", tokens, most)


def winners(g: Builder, reached: str) -> str:
    """[B, k] places in [B, K] of the positive values; k is the most that a text of the batch has, one at least. Beyond
    a
    text's own winners stand others, which have no weight."""
    positive = g.total(g.node("Cast", g.node("Greater", reached, g.number(0.0)), to=TensorProto.INT64), 1, keep=True)
    count = g.node("Max", g.node("ReduceMax", positive, keepdims=0), g.integer(1))
    return g.top(reached, g.node("Reshape", count, g.integers(1)))[1]


def positions(g: Builder, weights: str, found: Entries, dense_dimensions: str, dense_positions: str) -> None:
    """The output `positions` [B, V]: of entries where these win, else of the dense winners [B, k]."""
    wins, first = entry_positions(g, weights, found)
    none = g.scaled(weights, 0.0)
    dense = g.node("ScatterElements", none, dense_dimensions, g.floats(dense_positions), axis=1)
    g.node("Cast", g.node("Where", wins, first, dense), output="positions", to=TensorProto.INT64)
