"""Endings after which a word is still about the same, for `wordEndings` of splade.json: as pieces they say nothing."""

from __future__ import annotations

from collections.abc import Collection

from evidence.vocabulary import INFLECTIONS

# Of a word that has no place of its own, *tired ##ness* is closer to *tired* than to nothing.
DERIVING = "er ers r rs or ors est en ens ened ening ener eners y ness less ful able ment ments".split()
# *clip ##ping* doubles the consonant.
DOUBLED = [consonant + ending for consonant in "bdglmnprt" for ending in ("ed", "er", "ers", "ing", "y")]
# A first piece of so many letters is a word by more than chance: *thunder ##storm*, not *ham ##ster*.
STEM_LETTERS = 4


def settings(tokens: Collection[str]) -> dict[str, object]:
    """The members of splade.json by which words in pieces match, for a vocabulary."""
    known = set(tokens)
    endings = [ending for ending in dict.fromkeys([*INFLECTIONS, *DERIVING, *DOUBLED]) if "##" + ending in known]
    return {"wordsInPieces": "pairs", "stemLetters": STEM_LETTERS, "wordEndings": " ".join(endings)}
