"""MiniLM's vectors of texts and of single words, on the CPU or a GPU."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from minilm.encoder import HIDDEN, load
from sources.wordpiece import UNK, WordPiece, split_words

TOKENS = 256      # of a text that are read; MiniLM was trained with as many
BATCH = 4096      # padded tokens that are read at once


class TextVectors:
    """Unit vectors of texts: the mean of the last hidden states, as sentence-transformers makes it. `folder` holds what
    extract.cs wrote."""

    def __init__(self, folder: Path, device: str = "cpu"):
        for name in ("model.onnx", "vocab.txt"):
            if not (folder / name).is_file():
                raise SystemExit(f"{folder / name} is missing: dotnet run minilm/extract.cs -- {folder}")
        self.vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._tokenizer = WordPiece(self.vocabulary)
        self._ends = [self._tokenizer.ids[name] for name in ("[CLS]", "[SEP]")]
        self._unknown = self._tokenizer.ids["[UNK]"]
        self._model = load(folder / "model.onnx").to(device)
        self._device = device

    def ids(self, text: str) -> list[int]:
        found = [i for word in split_words(text) for i in self._word(word)]
        return [self._ends[0], *found[:TOKENS - 2], self._ends[1]]

    def _word(self, word: str) -> list[int]:
        pieces = self._tokenizer.word(word)
        # WordPiece says [UNK] by its number in our vocabulary.
        return [self._unknown] if pieces == [UNK] else pieces

    @torch.no_grad()
    def of(self, texts: list[str]) -> np.ndarray:
        """[texts, 384] float32."""
        rows = [self.ids(text) for text in texts]
        found = np.zeros((len(rows), HIDDEN), np.float32)
        for number, batch in enumerate(_batches(rows)):
            size = max(len(rows[r]) for r in batch)
            ids = torch.zeros(len(batch), size, dtype=torch.int64)
            mask = torch.zeros(len(batch), size)
            for place, r in enumerate(batch):
                ids[place, :len(rows[r])] = torch.tensor(rows[r])
                mask[place, :len(rows[r])] = 1
            ids, mask = ids.to(self._device), mask.to(self._device)
            states = self._model(ids, mask)
            means = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            found[batch] = F.normalize(means, dim=-1).cpu().numpy()
            if number % 100 == 99:
                print(f"MiniLM: {number + 1} batches", file=sys.stderr, flush=True)
        return found


def _batches(rows: list[list[int]]) -> list[list[int]]:
    """Row numbers, those of like length together, BATCH padded tokens at most."""
    batches: list[list[int]] = []
    for row in sorted(range(len(rows)), key=lambda r: len(rows[r])):
        if batches and (len(batches[-1]) + 1) * len(rows[row]) <= BATCH:
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches


class Reduction:
    """The main directions of the word vectors: centres, turns and makes unit length again."""

    def __init__(self, vectors: np.ndarray, dimensions: int):
        self.centre = vectors.mean(axis=0)
        values, directions = np.linalg.eigh(np.cov(vectors - self.centre, rowvar=False))
        self.directions = directions[:, ::-1][:, :dimensions].astype(np.float32)

    def of(self, vectors: np.ndarray) -> np.ndarray:
        """[rows, dimensions] unit vectors."""
        found = (vectors - self.centre) @ self.directions
        return (found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)).astype(np.float32)
