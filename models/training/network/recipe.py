"""Makes the shipped files from the sources: all stages of the training, one after the other. Resumable, like each stage."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

from network import train


@dataclass(frozen=True)
class Stage:
    """A run of train.py, from the mean of earlier ones; the first starts from nothing."""
    name: str
    begins_with: tuple[str, ...]
    options: str


LIGHT = "--language-steps 0 --rate 4e-4 --word-rate 1.5e-4"
ANEW = "--language-steps 0 --rate 6e-4 --word-rate 2e-4 --flops-query 7e-3 --flops-passage 3e-3 --flops-plain 0.1"
BROAD = ("lighter", "neighbours")
STAGES = (
    # Sentences of abstracts share most words with what they are asked of, and teach expansions little.
    Stage("start", (), "--language-steps 200 --steps 1800 --articles 0.3"),
    Stage("lighter", ("start",), f"{LIGHT} --steps 700 --articles 0.3 --flops-query 5e-3 --flops-passage 2e-3 --seed 2"),
    Stage("neighbours", ("start",),
          f"{LIGHT} --steps 700 --articles 0.3 --group 6 --flops-query 8e-3 --flops-passage 3e-3 --seed 4"),
    # By now "began" and "famous" are added to every second sentence, as signs of its being no science.
    Stage("plain", BROAD, f"{ANEW} --steps 800 --articles 0 --seed 21"),
    Stage("plain-articles", BROAD, f"{ANEW} --steps 800 --articles 0.3 --seed 22"),
    Stage("mean", ("plain", "plain-articles"), "--language-steps 0 --steps 0"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, epilog="Other arguments are train.py's.")
    parser.add_argument("--out", required=True, help="folder for the model")
    options, others = parser.parse_known_args()
    for stage in STAGES:
        print(f"{stage.name}:", file=sys.stderr)
        begin = ["--init", *stage.begins_with] if stage.begins_with else []
        written = ["--out", options.out] if stage is STAGES[-1] else []
        train.main([*others, "--name", stage.name, *stage.options.split(), *begin, *written])


if __name__ == "__main__":
    main()
