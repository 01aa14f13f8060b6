"""Writes the model folder: graph, vocabulary, query weights and settings."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from evidence import table
from evidence.gather import Evidence
from measuring.measure import LEAST, QUERY_EXPANSIONS, QUERY_IDF, QUERY_REPEATS
from readout.windows import LENGTH, LENGTH_EXPONENT, LENGTH_PENALTY, SATURATION, WINDOW
from readout.model import Readout
from shipping import endings
from shipping.graph import ReadoutGraph

NAME, VERSION, LICENSE = "splade-tiny-en", "1.1.0", "CC-BY-4.0 AND Apache-2.0"
# Written into the graph. They move only when the graph does: a vector's fingerprint has the graph's hash, and an index whose
# vectors stay the same must not be refused because of what is said beside the graph.
GRAPH_VERSION, GRAPH_LICENSE = "1.0.0", "CC-BY-4.0"
MAX_TOKENS = 256
# Found in the engine: by `splade calibrate`, and by `SpladeLucene.Quality --tune` on development sets.
FLOOR_SHARE, FUSION_WEIGHT = 0.47, 0.15


def query_weights(known: Evidence) -> dict[str, float]:
    """Weight of each token in a query that no network reads: by document frequency; stop words are absent."""
    weights = table.lexical_weights(known.tokens, known.idf, table.Calibration())
    return {token: round(float(w), 3) for token, w in zip(known.tokens, weights) if w > 0}


def write(folder: Path, model: Readout, known: Evidence) -> None:
    """All files of the folder but the card and the licenses."""
    folder.mkdir(parents=True, exist_ok=True)
    graph = ReadoutGraph(model).build(NAME, {"name": NAME, "version": GRAPH_VERSION, "license": GRAPH_LICENSE})
    (folder / "model.onnx").write_bytes(graph.SerializeToString(deterministic=True))
    (folder / "vocab.txt").write_text("\n".join(known.tokens) + "\n", encoding="utf-8", newline="\n")
    lines = ",\n".join(f"{json.dumps(t, ensure_ascii=False)}: {w}" for t, w in query_weights(known).items())
    (folder / "idf.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8", newline="\n")
    settings = {"name": NAME, "version": VERSION, "pooling": "max", "activation": "log1p_relu",
                "maxTokens": MAX_TOKENS, "minWeight": LEAST,
                "queryExpansionWeight": QUERY_EXPANSIONS, "queryIdfExponent": QUERY_IDF,
                "queryTermSaturation": QUERY_REPEATS,
                "windowTokens": WINDOW + 2, "windowOverlap": 0,
                "windowMerge": "saturated", "windowSaturation": SATURATION, "windowLengthPenalty": LENGTH_PENALTY,
                "lengthExponent": LENGTH_EXPONENT, "lengthNorm": LENGTH, "floorShare": FLOOR_SHARE, "fusionWeight": FUSION_WEIGHT,
                **endings.settings(known.tokens), "license": LICENSE, "vocabularySize": len(known.tokens)}
    (folder / "splade.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8", newline="\n")
    print("written: " + ", ".join(f"{p.name} {p.stat().st_size}" for p in sorted(folder.iterdir())), file=sys.stderr)
