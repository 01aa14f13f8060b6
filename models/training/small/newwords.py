"""Input vectors for words that BERT's vocabulary lacks: one token that the frozen encoder reads as it reads the word's pieces.

The encoder sees each added word once in its pieces (the teacher) and once as one token, whose vector alone is learned: by the
cosine of the two texts' mean states, of the word as a text of its own and of the word in a frame of other words.
"""

from __future__ import annotations

import random
import sys

import torch
from torch import Tensor
from torch.nn import functional as F

import decency
from minilm.encoder import MiniLM
from small.tokens import WordPiece

# What stands around a word where it is not alone; "_" is the word.
FRAMES = ("_", "the _", "a new _ for the", "how does _ work ?", "_ of the", "there is some _ here .")


def padded(rows: list[list[int]], padding: int = 0) -> tuple[Tensor, Tensor]:
    """ids [B, T] and mask [B, T], 1 where a row has a token."""
    width = max(map(len, rows))
    ids = torch.tensor([row + [padding] * (width - len(row)) for row in rows])
    mask = torch.tensor([[1.0] * len(row) + [0.0] * (width - len(row)) for row in rows])
    return ids, mask


def mean_states(hidden: Tensor, mask: Tensor) -> Tensor:
    """[B, H] unit means of the hidden states [B, T, H] that the mask has."""
    return F.normalize((hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


def _framed(tokens: WordPiece, frame: str, ids: list[int]) -> list[int]:
    """The frame around a word of these ids, with the special tokens."""
    before, after = (tokens.pieces(part) for part in frame.split("_"))
    return tokens.framed([*before, *ids, *after])


def widen(model: MiniLM, bert: WordPiece, vocabulary: list[str]) -> None:
    """Gives the encoder the vectors of `vocabulary`'s tokens in its order; an added word starts as the mean of its pieces'. Listed
    words that BERT lacks get none: no text is read with them."""
    old, listed = model.words.weight.data, decency.listed()
    none = torch.zeros_like(old[0])
    rows = [old[bert.ids[t]] if t in bert.ids else none if t in listed else old[bert.word(t)].mean(0) for t in vocabulary]
    model.words = torch.nn.Embedding.from_pretrained(torch.stack(rows), freeze=True)


def learn(model: MiniLM, teacher: MiniLM, bert: WordPiece, tokens: WordPiece, epochs: int, batch: int, rate: float,
          seed: int, device: str = "cpu") -> None:
    """Learns the vectors of the added words in `model`, which `widen` has prepared."""
    chance = random.Random(seed)
    listed = decency.listed()
    added = [t for t in tokens.tokens if t not in bert.ids and t not in listed]
    places = torch.tensor([tokens.ids[t] for t in added], device=device)
    vectors = model.words.weight.data[places].clone().requires_grad_(True)
    optimizer = torch.optim.Adam([vectors], lr=rate, betas=(0.9, 0.98))
    steps, step = epochs * -(-len(added) // batch), 0
    for epoch in range(epochs):
        order, lost = chance.sample(range(len(added)), len(added)), 0.0
        for start in range(0, len(order), batch):
            rows = order[start:start + batch]
            # Alone every other time: that is how the decoder sees the words.
            frame = FRAMES[0] if step % 2 == 0 else chance.choice(FRAMES[1:])
            with torch.no_grad():
                ids, mask = padded([_framed(bert, frame, bert.word(added[r])) for r in rows])
                wanted = mean_states(teacher(ids.to(device), mask.to(device)), mask.to(device))
            ids, mask = padded([_framed(tokens, frame, [tokens.ids[added[r]]]) for r in rows])
            ids, mask = ids.to(device), mask.to(device)
            x = model.words(ids)
            at = (ids == places[torch.tensor(rows, device=device)][:, None])[..., None]
            x = torch.where(at, vectors[rows][:, None, :], x)
            loss = 1 - (mean_states(model.read(x, mask), mask) * wanted).sum(-1).mean()
            for group in optimizer.param_groups:
                group["lr"] = rate * (1 - step / steps)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            lost += float(loss) * len(rows)
            step += 1
        print(f"added words: epoch {epoch + 1} of {epochs}, 1 - cosine {lost / len(added):.4f}", file=sys.stderr, flush=True)
    model.words.weight.data[places] = vectors.detach()
