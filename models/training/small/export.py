"""Writes the model's folder: the graph with int8 matrices, vocabulary, settings, and weights for queries without a network."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from minilm.encoder import MiniLM
from shipping import endings
from small.encodergraph import array, states_of
from small.graph import OPSET, Graph, rounded
from small.head import LARGEST_FACTOR, Head
from small.listed import FACTORS, Rule
from small.settings import Recipe
from small.tokens import WordPiece

FAR_BELOW = -1e9


def round_encoder(model: MiniLM) -> None:
    """Gives the encoder the weights that the graph has."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 2 and not name.startswith("places"):
                parameter.copy_(torch.from_numpy(rounded(array(parameter))))


def round_head(head: Head) -> None:
    with torch.no_grad():
        head.decoder.copy_(torch.from_numpy(rounded(array(head.decoder))))
        head.brings.copy_(torch.from_numpy(_brings(head.rule)[0] * _brings(head.rule)[1]))


def _brings(rule: Rule) -> tuple[np.ndarray, float]:
    scale = max(float(rule.brings.max()) / 255.0, 1e-9)
    return np.rint(rule.brings / scale).astype(np.uint8), np.float32(scale)


def _listed(g: Graph, rule: Rule) -> dict[str, str]:
    """[B, T] int64 flags and triggers; see listed.marks."""
    one = g.whole(1)
    mask = "attention_mask"
    ids = g.multiply("input_ids", mask)

    def flag(values: np.ndarray) -> str:
        return g.multiply(g.integers(g.node("Gather", g.constant(values.astype(np.uint8)), "input_ids", axis=0)), mask)

    ending, is_listed = flag(rule.is_ending), flag(rule.is_listed)
    not_ending = g.without(ending, one)
    whole = g.multiply(mask, not_ending, g.without(g.later(ending, 1), one))
    hidden = g.multiply(is_listed, whole)
    triggers = g.multiply(g.integers(g.node("Gather", g.constant(rule.row.astype(np.uint16)), "input_ids", axis=0)), hidden)
    for length, (hashes, numbers) in rule.sequences.items():
        found = g.add(*(g.multiply(g.later(ids, n), g.whole(FACTORS[n])) for n in range(length)))
        same = g.integers(g.node("Equal", g.unsqueeze(found, 2), g.constant(hashes)))
        begins = g.multiply(g.node("ReduceMax", same, axes=[2], keepdims=0), not_ending,
                            g.without(g.later(ending, length), one))
        number = g.node("ReduceMax", g.multiply(same, g.constant(numbers)), axes=[2], keepdims=0)
        triggers = g.largest(triggers, g.multiply(number, begins))
        hidden = g.largest(hidden, *(g.earlier(begins, n) for n in range(length)))
    # A sequence may not begin in the padding, but its marks may not run into it either.
    hidden = g.multiply(hidden, mask)
    return {"whole": whole, "hidden": hidden, "triggers": triggers, "is_listed": is_listed,
            "read": g.multiply(mask, g.without(hidden, one))}


def _trust(g: Graph, head: Head, idf: str, read: str, whole: str) -> str:
    """[B, 1]; see head.trust_of."""
    trusted = g.floats(g.node("Gather", g.constant(head.trusted.cpu().numpy().astype(np.uint8)), "input_ids", axis=0))
    weight = g.multiply(idf, read)
    known = g.total(g.multiply(weight, trusted, g.floats(whole)), 1)
    share = g.node("Div", known, g.largest(g.multiply(g.total(weight, 1), g.number(head.readout.full_trust)), g.number(1e-6)))
    return g.node("Min", share, g.number(1.0))


def _repeated(g: Graph, repeats: float) -> str:
    """[B, T]; see Head.repeated."""
    same = g.multiply(g.floats(g.node("Equal", g.unsqueeze("input_ids", 2), g.unsqueeze("input_ids", 1))),
                      g.unsqueeze(g.floats("attention_mask"), 1))
    count = g.node("Squeeze", g.total(same, 2), g.wholes(2))
    return g.node("Div", g.multiply(count, g.number(1 + repeats)), g.add(count, g.number(repeats)))


def _own(g: Graph, head: Head, idf: str, states: str, marks: dict[str, str]) -> tuple[str, str, str]:
    """[B, 2 T] ids of the tokens and of their base forms (0 for none), for each the greatest weight of its occurrences, and
    the token that has it."""
    factor = g.node("Tanh", g.node("MatMul", states, g.constant(array(head.importance)[:, None])))
    factor = g.node("Exp", g.multiply(factor, g.number(math.log(LARGEST_FACTOR))))
    factor = g.node("Squeeze", factor, g.wholes(2))
    hidden, one = g.floats(marks["hidden"]), g.number(1.0)
    factor = g.add(g.multiply(factor, g.without(hidden, one)), hidden)
    piece = head.readout.piece
    part = g.add(g.multiply(g.floats(marks["whole"]), g.number(1 - piece)), g.number(piece))
    innocent = g.without(g.multiply(g.floats(marks["is_listed"]), g.without(hidden, one)), one)
    rarity = idf if head.readout.own_power == 1 else g.node("Pow", idf, g.number(head.readout.own_power))
    weights = g.multiply(rarity, g.number(float(head.own.exp())), part, factor, innocent, g.floats("attention_mask"))
    if head.readout.repeats:
        weights = g.multiply(weights, _repeated(g, head.readout.repeats))
    base = g.node("Gather", g.constant(head.base.cpu().numpy().astype(np.uint16)), "input_ids", axis=0)
    base = g.multiply(g.integers(base), marks["whole"])
    has_base = g.floats(g.node("Greater", base, g.whole(0)))
    based = g.multiply(weights, has_base, g.number(head.readout.base_form))
    ids, weights = g.node("Concat", "input_ids", base, axis=1), g.node("Concat", weights, based, axis=1)
    same = g.floats(g.node("Equal", g.unsqueeze(ids, 2), g.unsqueeze(ids, 1)))
    each = g.multiply(same, g.unsqueeze(weights, 1))
    tokens = g.node("Gather", g.node("Shape", "input_ids"), g.whole(1), axis=0)
    winner = g.node("Mod", g.node("ArgMax", each, axis=2, keepdims=0), tokens)
    return ids, g.node("ReduceMax", each, axes=[2], keepdims=0), winner


def _expansions(g: Graph, head: Head, states: str, read: str, idf: str, trust: str) -> tuple[str, str, str]:
    """[B, k] ids of the words, their weights, and the token that is nearest to each."""
    seen = g.unsqueeze(read, 2)
    mean = g.node("Div", g.total(g.multiply(states, seen), 1), g.total(seen, 1))
    length = g.node("Sqrt", g.total(g.multiply(mean, mean), 2))
    unit = g.node("Squeeze", g.node("Div", mean, length), g.wholes(1))
    decoder = g.packed(array(head.decoder))
    x = g.add(g.node("MatMul", unit, g.turned(decoder)), g.constant(array(head.bias)))
    k = head.readout.expansions
    values, places = g.nodes_of("TopK", x, g.wholes(k + 1), outputs=2, axis=1)
    floor = g.multiply(g.slice(values, 0, 1, 1), g.number(head.readout.floor))
    # The two special tokens don't count.
    tokens = g.node("Sub", g.node("ReduceSum", "attention_mask", g.wholes(1), keepdims=1), g.whole(2))
    last = g.add(g.multiply(tokens, g.whole(head.readout.more)), g.whole(head.readout.fewest))
    last = g.node("Min", last, g.whole(k))
    low = g.largest(g.node("GatherElements", values, last, axis=1), floor)
    above = g.node("Relu", g.node("Sub", g.slice(values, 0, k, 1), low))
    weights = g.node("Log", g.add(g.multiply(above, g.number(float(head.gain.exp()))), g.number(1.0)))
    places = g.slice(places, 0, k, 1)
    rows = g.rows(decoder, places)
    near = g.node("MatMul", rows, g.node("Transpose", states, perm=[0, 2, 1]))
    speaks = g.floats(g.node("Greater", g.multiply(idf, read), g.number(0.0)))
    near = g.add(near, g.unsqueeze(g.multiply(g.without(speaks, g.number(1.0)), g.number(FAR_BELOW)), 1))
    words = g.integers(g.node("Gather", g.constant(head.words.cpu().numpy().astype(np.uint16)), places, axis=0))
    return words, g.multiply(weights, trust), g.node("ArgMax", near, axis=2, keepdims=0)


def _brought(g: Graph, head: Head, triggers: str, batch: str) -> tuple[str, str, str]:
    """[B, L] ids of the listed tokens, the weights that listed words bring them with, and those words' places."""
    values, scale = _brings(head.rule)
    each = g.floats(g.node("Gather", g.constant(values), triggers, axis=0))
    weights = g.multiply(g.node("ReduceMax", each, axes=[1], keepdims=0), g.number(float(scale)))
    shape = g.node("Concat", batch, g.wholes(len(head.rule.columns)), axis=0)
    ids = g.node("Expand", g.constant(head.rule.columns), shape)
    return ids, weights, g.node("ArgMax", each, axis=1, keepdims=0)


def build(model: MiniLM, head: Head, recipe: Recipe) -> onnx.ModelProto:
    """Inputs input_ids, attention_mask; outputs weights [B, V] and positions [B, V], the token that won each weight."""
    g = Graph()
    marks = _listed(g, head.rule)
    read = g.floats(marks["read"])
    idf = g.node("Gather", g.constant(array(head.idf)), "input_ids", axis=0)
    states = states_of(g, model, read, recipe.engine.max_tokens)
    batch = g.node("Gather", g.node("Shape", "input_ids"), g.wholes(0), axis=0)
    trust = _trust(g, head, idf, read, marks["whole"])
    words, weights, winners = _expansions(g, head, states, read, idf, trust)
    columns, brought, bringers = _brought(g, head, marks["triggers"], batch)
    own_ids, own, first = _own(g, head, idf, states, marks)
    shape = g.node("Concat", batch, g.wholes(head.size), axis=0)

    def narrow(places: str) -> str:
        return g.node("Cast", places, to=TensorProto.INT32)

    all_weights = g.node("Expand", g.number(0.0), shape)
    all_places = narrow(g.node("Expand", g.whole(0), shape))
    for ids, found, places in ((words, weights, winners), (columns, brought, bringers)):
        all_weights = g.node("ScatterElements", all_weights, ids, found, axis=1)
        all_places = g.node("ScatterElements", all_places, ids, narrow(places), axis=1)
    lookalikes = g.constant(head.lookalikes.cpu().numpy().astype(np.uint16))
    chance = g.integers(g.node("Gather", lookalikes, "input_ids", axis=0))
    nothing = g.multiply(g.floats(chance), g.number(0.0))
    all_weights = g.node("ScatterElements", all_weights, chance, nothing, axis=1)
    added = g.node("GatherElements", all_weights, own_ids, axis=1)
    where = g.node("GatherElements", all_places, own_ids, axis=1)
    place = g.node("Where", g.node("GreaterOrEqual", own, added), narrow(first), where)
    g.node("ScatterElements", all_weights, own_ids, g.largest(own, added), output="weights", axis=1)
    g.node("ScatterElements", all_places, own_ids, place, output="positions", axis=1)
    return _model(g, head.size, recipe)


def _model(g: Graph, size: int, recipe: Recipe) -> onnx.ModelProto:
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
              for name in ("input_ids", "attention_mask")]
    outputs = [helper.make_tensor_value_info("weights", TensorProto.FLOAT, ["batch", size]),
               helper.make_tensor_value_info("positions", TensorProto.INT32, ["batch", size])]
    graph = helper.make_graph(g.nodes, recipe.name, inputs, outputs, g.constants)
    proto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name=recipe.name)
    proto.ir_version = 8
    helper.set_model_props(proto, {"name": recipe.name, "version": recipe.graph_version, "license": recipe.graph_license})
    onnx.checker.check_model(proto)
    return proto


def _settings(recipe: Recipe, tokens: list[str]) -> dict[str, object]:
    e = recipe.engine
    return {"name": recipe.name, "version": recipe.version, "pooling": "max", "activation": "log1p_relu",
            "maxTokens": e.max_tokens, "minWeight": e.min_weight, "queryExpansionWeight": e.query_expansion_weight,
            "queryIdfExponent": e.query_idf_exponent, "queryMinWeight": e.min_weight, "queryMaxTerms": e.query_max_terms,
            "windowTokens": e.window_tokens, "windowOverlap": 0, "windowMerge": "saturated",
            "windowSaturation": e.window_saturation, "windowLengthPenalty": e.window_length_penalty,
            "lengthExponent": e.length_exponent, "lengthNorm": e.length_norm, "floorShare": e.floor_share,
            "fusionWeight": e.fusion_weight, **endings.settings(tokens), "license": recipe.license,
            "vocabularySize": len(tokens)}


def write(folder: Path, model: MiniLM, head: Head, tokens: WordPiece, free: np.ndarray, recipe: Recipe) -> None:
    """All files but the card and the licenses. `free` [V]: weights of tokens in queries that no network reads."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(build(model, head, recipe).SerializeToString(deterministic=True))
    (folder / "vocab.txt").write_text("\n".join(tokens.tokens) + "\n", encoding="utf-8", newline="\n")
    lines = ",\n".join(f"{json.dumps(t, ensure_ascii=False)}: {round(float(w), 3)}"
                       for t, w in zip(tokens.tokens, free) if w > 0)
    (folder / "idf.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8", newline="\n")
    (folder / "splade.json").write_text(json.dumps(_settings(recipe, tokens.tokens), indent=2) + "\n",
                                        encoding="utf-8", newline="\n")
