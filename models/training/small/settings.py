"""Every choice of the recipe, as data. The engine's settings go into splade.json as they stand here."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Engine:
    """How the engine cuts, merges and weighs; the same names as in splade.json, with the same meaning."""
    window_tokens: int = 130
    window_saturation: float = 0.6
    window_length_penalty: float = 0.11
    length_exponent: float = 0.5
    length_norm: float = 10.0
    min_weight: float = 0.35
    query_expansion_weight: float = 1.0
    query_idf_exponent: float = 0.35
    query_max_terms: int = 64
    max_tokens: int = 256
    floor_share: float = 0.47  # by `splade calibrate`
    fusion_weight: float = 0.1  # of a HybridSearcher, words counting by their coverage


@dataclass(frozen=True)
class Readout:
    """The head: as it is trained, and, with other values, as it is exported."""
    words: int = 15500  # that may be expansions, E
    least_confidence: float = 0.45  # of an added word; what is less sure brings nothing and is brought by nothing
    expansions: int = 96  # words that a window may get, k
    fewest: int = 1000  # of a window without a token, and
    more: int = 0  # for each of its tokens, until k
    floor: float = 0.0  # share of a window's greatest score that an expansion's must reach
    gain: float = 10.0  # at the start of training
    own: float = 2.5  # what the rarest token of a text weighs, at the start of training
    gain_times: float = 1.0  # what the learned gain is multiplied by
    own_times: float = 1.0
    own_power: float = 1.0  # of the idf in it
    repeats: float = 0.0  # how much a token's further occurrences in a window add; 0: nothing
    piece: float = 0.7  # what a piece of a word weighs, beside a whole word as rare
    base_form: float = 0.8  # what a word's base form weighs beside it
    base_cosine: float = 0.5  # least cosine of a word and its base form
    full_trust: float = 0.5  # share of a text's idf weight in whole words of the language from which expansions don't fade
    everywhere: float = 0.04  # share of single words from which one that they bring is no expansion
    listed_cosine: float = 0.45  # of two listed words from which one brings the other
    listed_weight: float = 1.5  # of an expansion that is listed, at most
    listed_most: int = 8


@dataclass(frozen=True)
class NewWords:
    most: int = 4600  # words added to BERT's vocabulary
    epochs: int = 10
    batch: int = 64
    rate: float = 5e-3


@dataclass(frozen=True)
class Head:
    """Training on cached states of the frozen encoder."""
    pairs: int = 12000
    window: int = 32  # tokens of each side, without the special ones
    steps: int = 1000  # that the learning rate falls over
    stop: int = 500  # step that training ends at
    batch: int = 128
    rate: float = 5e-4
    warm_up: int = 30
    temperature: float = 0.05  # of the teacher's cosines
    pair_share: float = 0.5  # of the cross entropy of the true pairs beside the teacher's divergence
    free_share: float = 0.5  # of the loss with queries that no network reads
    lexical: float = 3.0  # what the share of the query's idf that stands in the passage adds to the teacher
    flops_query: float = 2e-2
    flops_passage: float = 2e-2
    flops_ramp: float = 0.5  # share of the steps until the whole weight
    checkpoint: int = 100
    seed: int = 1  # of the choice of pairs
    order: int = 1  # seed of the batches


@dataclass(frozen=True)
class Recipe:
    name: str = "splade-small-en"
    version: str = "0.3.0"
    # Written into the graph. They move only when the graph does: a vector's fingerprint has the graph's hash, and an index whose
    # vectors stay the same must not be refused because of what is said beside the graph.
    graph_version: str = "0.2.0"
    graph_license: str = "CC-BY-4.0"
    license: str = "CC-BY-4.0 AND Apache-2.0"
    seed: int = 1
    engine: Engine = field(default_factory=Engine)
    readout: Readout = field(default_factory=Readout)
    # Chosen on the development sets after the first training, which the second one starts from: more and flatter expansions.
    between: Readout = field(default_factory=lambda: Readout(
        expansions=200, floor=0.3, gain_times=4.0, own_times=1.8, own_power=0.75, piece=0.9, base_form=0.5))
    # And after the second: fewer expansions of a short text, tokens that count more than once.
    exported: Readout = field(default_factory=lambda: Readout(
        expansions=200, floor=0.3, fewest=40, more=20, gain_times=1.5, own_times=1.0, own_power=0.75, repeats=0.6, piece=0.9,
        base_form=0.5))
    new_words: NewWords = field(default_factory=NewWords)
    head: Head = field(default_factory=Head)
    # Longer passages, as windows have become since.
    second: Head = field(default_factory=lambda: Head(pairs=10000, window=96, steps=400, stop=400, flops_ramp=0.1, seed=7, order=3))


SMOKE = Recipe(new_words=NewWords(most=1300, epochs=1), head=Head(pairs=160, steps=4, stop=4, batch=32, warm_up=2, checkpoint=2),
               second=Head(pairs=160, window=96, steps=4, stop=4, batch=32, warm_up=2, checkpoint=2, seed=7, order=3))
