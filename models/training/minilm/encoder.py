"""MiniLM's six layers in PyTorch, read from the ONNX file that extract.cs writes."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, HEADS, INNER, LAYERS, PLACES = 384, 12, 1536, 6, 512
EPSILON = 1e-12
MASKED = -1e4  # what a hidden token's attention score is lowered by


class Layer(nn.Module):
    """Self-attention and feed-forward, both with the norm after the sum (BERT)."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value, self.out = nn.Linear(HIDDEN, 3 * HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm, self.norm2 = nn.LayerNorm(HIDDEN, eps=EPSILON), nn.LayerNorm(HIDDEN, eps=EPSILON)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, h = x.shape
        q, k, v = self.query_key_value(x).view(b, t, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(h // HEADS) + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, h)
        x = self.norm(x + self.out(mixed))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class MiniLM(nn.Module):
    """ids [B, T] and mask [B, T], 1 for what is read, to the last hidden states [B, T, HIDDEN]."""

    def __init__(self, vocabulary: int):
        super().__init__()
        self.words, self.places = nn.Embedding(vocabulary, HIDDEN), nn.Embedding(PLACES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.read(self.words(ids), mask)

    def read(self, words: Tensor, mask: Tensor) -> Tensor:
        """As `forward`, from the words' vectors [B, T, HIDDEN]."""
        x = self.norm(words + self.places.weight[:words.shape[1]])
        bias = ((1.0 - mask) * MASKED)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def _named_weights(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """The graph's tensors by PyTorch's names. The export gave the matrices of products no name of their own: each is found
    by the bias that is added to its product."""
    tensors = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    products = {n.output[0]: n for n in graph.node if n.op_type == "MatMul"}
    for node in graph.node:
        if node.op_type != "Add":
            continue
        bias = next((i for i in node.input if i.endswith(".bias")), None)
        product = next((i for i in node.input if i in products), None)
        if bias and product:
            matrix = next(i for i in products[product].input if i in tensors)
            tensors[bias.removesuffix("bias") + "weight"] = tensors[matrix].T
    return tensors


def load(path: Path) -> MiniLM:
    """The encoder of an ONNX export of sentence-transformers/all-MiniLM-L6-v2, in evaluation mode."""
    tensors = _named_weights(onnx.load(str(path)).graph)
    model = MiniLM(len(tensors["embeddings.word_embeddings.weight"]))

    def fill(module: nn.Module, *names: str) -> None:
        for part in ("weight", "bias"):
            values = np.concatenate([tensors[f"{name}.{part}"] for name in names])
            getattr(module, part).data.copy_(torch.from_numpy(values))

    model.words.weight.data.copy_(torch.from_numpy(tensors["embeddings.word_embeddings.weight"].copy()))
    # Every text is of the first of BERT's two kinds of segment, so its vector is part of the place's.
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    model.places.weight.data.copy_(torch.from_numpy(places))
    fill(model.norm, "embeddings.LayerNorm")
    for number, layer in enumerate(model.layers):
        prefix = f"encoder.layer.{number}"
        fill(layer.query_key_value, *(f"{prefix}.attention.self.{n}" for n in ("query", "key", "value")))
        fill(layer.out, f"{prefix}.attention.output.dense")
        fill(layer.norm, f"{prefix}.attention.output.LayerNorm")
        fill(layer.up, f"{prefix}.intermediate.dense")
        fill(layer.down, f"{prefix}.output.dense")
        fill(layer.norm2, f"{prefix}.output.LayerNorm")
    return model.eval()
