"""Makes splade-tiny-en's files from the sources, one step after the other; each is kept in the work folder and not made
again."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from evidence import gather
from minilm.vectors import TextVectors
from readout.model import Readout
from shipping import folder
from shipping.restraint import Restraint
from sources import corpus, ontologies, wordnet
from sources.heldout import HELD_OUT_BOOK, held_out_term
from sources.kept import remember

Sources = tuple[wordnet.WordNet, list[corpus.Document], list[dict]]


def read(options: argparse.Namespace) -> Sources:
    """WordNet with the ontologies' terms, the prose, and the terms that are held out."""
    net, terms = wordnet.load(options.wordnet), ontologies.read(options.ontologies)
    ontologies.extend(net, [term for term in terms if not held_out_term(term["id"])])
    return net, corpus.read_text(options.text), [term for term in terms if held_out_term(term["id"])]


def make(options: argparse.Namespace) -> None:
    """All steps. A work folder that holds a step's result is trusted; remove the folder to start anew."""
    sources = remember(options.work / "sources.pickle", lambda: read(options))
    seen = [d for d in sources[1] if d.source != HELD_OUT_BOOK]
    known: gather.Evidence = remember(
        options.work / "evidence.pickle",
        lambda: gather.gather(sources[0], seen, TextVectors(options.minilm, options.device)))
    rules = Restraint(known.tokens, known.names)
    folder.write(options.out, Readout(gather.make_tables(known), known.vectors, rules), known)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", required=True, help="open-english-wordnet.tar.xz (YAML sources)")
    parser.add_argument("--ontologies", required=True, help="what sources/ontologies.py wrote")
    parser.add_argument("--text", required=True, nargs="+", help="xz files of JSON lines (openly licensed prose)")
    parser.add_argument("--minilm", type=Path, required=True, help="folder that minilm/extract.cs wrote")
    parser.add_argument("--work", type=Path, default=Path("work"), help="what is made on the way")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    make(options)


if __name__ == "__main__":
    main()
