"""Last hidden states of windows, once: the encoder is frozen, and everything else is learned and measured on them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from minilm.encoder import HIDDEN, MiniLM
from small.head import Batch, trust_of
from small.listed import Rule, marks
from small.newwords import padded

BATCH_TOKENS = 4096  # padding included


def batches(rows: list[list[int]]) -> list[list[int]]:
    """Row numbers in batches of like length."""
    order, found = sorted(range(len(rows)), key=lambda r: len(rows[r])), []
    for r in order:
        if found and (len(found[-1]) + 1) * len(rows[r]) <= BATCH_TOKENS:
            found[-1].append(r)
        else:
            found.append([r])
    return found


@torch.no_grad()
def write(path: Path, model: MiniLM, rule: Rule, rows: list[list[int]], device: str = "cpu") -> None:
    """Encodes framed windows; listed words are not read. Writes PATH.npz (ids, offsets) and PATH.npy (states, float16)."""
    offsets = np.concatenate([[0], np.cumsum([len(r) for r in rows])]).astype(np.int64)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part.npy")
    states = np.lib.format.open_memmap(partial, "w+", np.float16, (int(offsets[-1]), HIDDEN))
    for batch in batches(rows):
        ids, mask = padded([rows[r] for r in batch])
        hidden, _, _ = marks(rule, ids, mask.bool())
        found = model(ids.to(device), (mask * ~hidden).to(device)).cpu().numpy().astype(np.float16)
        for r, values in zip(batch, found):
            states[offsets[r]:offsets[r + 1]] = values[:len(rows[r])]
    states.flush()
    partial.rename(path.with_suffix(".npy"))
    # Its being there says that both are complete.
    partial = path.with_name(path.name + ".part.npz")
    np.savez(partial, ids=np.concatenate([np.array(r, np.int32) for r in rows]), offsets=offsets)
    partial.replace(path.with_suffix(".npz"))


class Cached:
    """Windows of a cached set. `trusted` [V] of bool and `idf` [V] decide how far their expansions are trusted."""

    def __init__(self, path: Path, rule: Rule, trusted: torch.Tensor, idf: torch.Tensor, full_trust: float):
        stored = np.load(path.with_suffix(".npz"))
        self.ids, self.offsets = stored["ids"].astype(np.int64), stored["offsets"]
        self.states = np.load(path.with_suffix(".npy"), mmap_mode="r")
        count = len(self.offsets) - 1
        self.means = torch.zeros(count, HIDDEN)
        self.trust = torch.zeros(count)
        self.hidden, self.whole = np.zeros(len(self.ids), bool), np.zeros(len(self.ids), bool)
        self.triggers = np.zeros(len(self.ids), np.int64)
        rows = [self.ids[a:b].tolist() for a, b in zip(self.offsets, self.offsets[1:])]
        for batch in batches(rows):
            ids, mask = padded([rows[r] for r in batch])
            hidden, whole, triggers = marks(rule, ids, mask.bool())
            self.trust[batch] = trust_of(ids, mask.bool() & ~hidden, whole, trusted, idf, full_trust)
            for n, r in enumerate(batch):
                a, b = self.offsets[r], self.offsets[r + 1]
                self.hidden[a:b], self.whole[a:b], self.triggers[a:b] = (
                    v[n, :b - a].numpy() for v in (hidden, whole, triggers))
                seen = self.states[a:b][~self.hidden[a:b]].astype(np.float32).mean(0)
                self.means[r] = torch.from_numpy(seen / np.linalg.norm(seen))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def batch(self, rows: np.ndarray, device: str = "cpu") -> Batch:
        inner = [slice(self.offsets[r] + 1, self.offsets[r + 1] - 1) for r in rows]

        def flat(values: np.ndarray) -> torch.Tensor:
            return torch.from_numpy(np.concatenate([values[s] for s in inner]))

        owner = np.repeat(np.arange(len(rows)), [s.stop - s.start for s in inner])
        which = torch.from_numpy(np.asarray(rows, np.int64))
        found = Batch(self.means[which], self.trust[which], flat(self.ids), flat(self.states).float(), torch.from_numpy(owner),
                      flat(self.hidden), flat(self.whole), flat(self.triggers))
        return Batch(*(getattr(found, f).to(device) for f in found.__dataclass_fields__))
