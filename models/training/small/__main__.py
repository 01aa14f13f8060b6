"""Makes the model's folder, step by step; a step whose result lies in the work folder is not done again. See README.md."""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from minilm import encoder
from small import cache, devsets, export, measure, newwords, pairs, prepare, settings, sources, train, vocabulary
from small.head import Head
from small.settings import Recipe
from small.tokens import WordPiece


@dataclass
class Work:
    """The steps, each from the ones before."""
    folder: Path
    prose_files: list[Path]
    wordnet: Path
    recipe: Recipe
    device: str

    def _kept(self, name: str, make: Callable[[], object]) -> object:
        path = self.folder / name
        if not path.exists():
            print(f"making {name}", file=sys.stderr, flush=True)
            value = make()
            partial = path.with_name(name + ".part")
            partial.write_bytes(pickle.dumps(value))
            partial.rename(path)
        return pickle.loads(path.read_bytes())

    @cached_property
    def prose(self) -> list[sources.Text]:
        return sources.texts(self.prose_files)

    @cached_property
    def meanings(self) -> list[sources.Synset]:
        return sources.synsets(self.wordnet)

    @cached_property
    def bert(self) -> WordPiece:
        return WordPiece.read(self.folder / "minilm/vocab.txt")

    def _minilm(self) -> encoder.MiniLM:
        found = encoder.load(self.folder / "minilm/model.onnx").requires_grad_(False)
        export.round_encoder(found)
        return found.to(self.device)

    @cached_property
    def tokens(self) -> WordPiece:
        return WordPiece(self._kept("vocabulary", lambda: vocabulary.build(
            self.bert.tokens, self.prose, self.meanings, self.recipe.new_words.most)))

    @cached_property
    def language(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Ids of the words that are trusted, [E] of those that may be expansions, and [V] idf."""
        def make() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
            learned, known = [t for t in self.prose if not t.held_out], self.tokens.tokens
            idf = vocabulary.idf(self.tokens, learned, self.meanings)
            trusted = vocabulary.trusted(known, self.meanings, learned)
            words = vocabulary.decoded(known, trusted, idf, self.recipe.readout.words)
            return np.array(trusted), np.array(words), np.array(idf, np.float32)
        return self._kept("language", make)

    @cached_property
    def model(self) -> encoder.MiniLM:
        """The encoder with the added words, its matrices rounded as they are exported."""
        def make() -> dict:
            model, teacher = self._minilm(), self._minilm()
            newwords.widen(model, self.bert, self.tokens.tokens)
            model.to(self.device)
            options = self.recipe.new_words
            newwords.learn(model, teacher, self.bert, self.tokens, options.epochs, options.batch, options.rate,
                           self.recipe.seed, self.device)
            return model.cpu().state_dict()
        state = self._kept("encoder", make)
        model = encoder.MiniLM(len(self.tokens.tokens)).requires_grad_(False)
        model.load_state_dict(state)
        export.round_encoder(model)
        return model.eval().to(self.device)

    @cached_property
    def start(self) -> tuple[np.ndarray, object, np.ndarray]:
        """[E, H] the decoder's vectors, the rule of listed words, [V] base forms."""
        def make() -> tuple[np.ndarray, object, np.ndarray]:
            _, words, idf = self.language
            teacher, readout = self._minilm(), self.recipe.readout
            vectors = prepare.vectors_of([self.tokens.tokens[w] for w in words], teacher, self.bert, self.device)
            rule = prepare.rule_of(self.tokens, teacher, self.bert, readout, self.device)
            return vectors, rule, prepare.base_forms(self.tokens, words, vectors, idf, readout.base_cosine)
        return self._kept("start", make)

    @cached_property
    def sure(self) -> np.ndarray:
        """[E] of bool: BERT's own words, and the added ones that the encoder knows."""
        words = [self.tokens.tokens[w] for w in self.language[1]]
        sureness = prepare.confidence([vocabulary.stem(w) for w in words], self.start[0])
        return np.array([w in self.bert.ids for w in words]) | (sureness >= self.recipe.readout.least_confidence)

    @cached_property
    def known(self) -> np.ndarray:
        """Ids of the words that are trusted."""
        trusted, words, _ = self.language
        return np.setdiff1d(trusted, words[~self.sure])

    def cached(self, name: str, rows: Callable[[], list[list[int]]]) -> cache.Cached:
        """Framed windows through the encoder."""
        path = self.folder / "states" / name
        if not path.with_suffix(".npz").exists():
            cache.write(path, self.model, self.start[1], rows(), self.device)
        idf = self.language[2]
        known = torch.zeros(len(self.tokens.tokens), dtype=torch.bool).index_fill(0, torch.from_numpy(self.known), True)
        return cache.Cached(path, self.start[1], known, torch.from_numpy(idf), self.recipe.readout.full_trust)

    def training(self, stage: str, options: settings.Head) -> tuple[cache.Cached, cache.Cached]:
        """Queries and passages of a stage's pairs."""
        found: list[pairs.Pair] = self._kept(f"pairs{stage}", lambda: pairs.make(
            self.tokens, self.prose, self.meanings, options.pairs, options.window, options.seed))
        return (self.cached(f"queries{stage}", lambda: [self.tokens.framed(list(p.query)) for p in found]),
                self.cached(f"passages{stage}", lambda: [self.tokens.framed(list(p.passage)) for p in found]))

    def head(self, trained: bool) -> Head:
        _, words, idf = self.language
        vectors, rule, base = self.start
        recipe = self.recipe
        queries, passages = self.training("", recipe.head)
        head = Head(len(self.tokens.tokens), words, self.known, vectors, prepare.mean_scores(vectors, passages), idf, base,
                    prepare.lookalikes(self.tokens, self.bert), rule, recipe.readout)
        if trained:
            train.train(head, queries, passages, recipe.head, self.folder / "head.pt", self.device)
        head.become(recipe.between)
        head.keep(self.sure)
        export.round_head(head)
        if trained:
            longer = self.training("-second", recipe.second)
            train.train(head, *longer, recipe.second, self.folder / "head-second.pt", self.device)
        head.become(recipe.exported)
        head.keep(~prepare.everywhere(head, recipe.exported.everywhere))
        export.round_head(head)
        return head.eval().requires_grad_(False)

    def evaluate(self, head: Head, collections: list[devsets.Collection]) -> dict[str, measure.Result]:
        idf, engine = self.language[2], self.recipe.engine
        found = {}
        for c in collections:
            def read(part: str, texts: list[str]) -> measure.Texts:
                path = self.folder / "states" / f"{c.name.replace(', ', '-').replace(' ', '-')}-{part}"
                return measure.Texts(path, texts, self.model.cpu(), self.tokens, head.rule, head.trusted, head.idf,
                                     engine,
                                     self.recipe.readout.full_trust)
            documents, queries = read("texts", c.texts), read("queries", c.queries)
            found[c.name] = measure.compare(
                c, measure.bm25(c), documents.documents(documents.windows(head)), queries.queries(queries.windows(head)),
                queries.plain(idf), engine)
            print(found[c.name].line(c.name), flush=True)
        return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m small", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="work folder; minilm/ in it holds what extract.cs wrote")
    parser.add_argument("--prose", type=Path, nargs="*", default=[], help="xz files of JSON lines")
    parser.add_argument("--wordnet", type=Path, required=True, help="open-english-wordnet.tar.xz")
    parser.add_argument("--own", type=Path, help="the project's own collection, for the development sets")
    parser.add_argument("--report", type=Path, nargs="*", default=[], help="TREC-like collections that are only reported on")
    parser.add_argument("--out", type=Path, help="the model's folder")
    parser.add_argument("--untrained", action="store_true", help="the head as it starts")
    parser.add_argument("--smoke", action="store_true", help="a few steps on little text, to see that all steps run")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    torch.set_num_threads(1)
    recipe = settings.SMOKE if options.smoke else settings.Recipe()
    torch.manual_seed(recipe.seed)
    work = Work(options.work, options.prose, options.wordnet, recipe, options.device)
    head = work.head(trained=not options.untrained)
    if options.out:
        export.write(options.out, work.model.cpu(), head, work.tokens, work.language[2], recipe)
        print(json.dumps({p.name: p.stat().st_size for p in sorted(options.out.iterdir())}))
    if options.own:
        work.evaluate(head, devsets.development(work.prose, options.own))
    work.evaluate(head, [devsets.trec(folder) for folder in options.report])


if __name__ == "__main__":
    main()
