"""Reads openly licensed ontologies of biology and medicine (OBO files in git clones) and adds their terms to
WordNet."""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sources.clones import files_of, folder_of
from sources.wordnet import Entry, Sense, Synset, WordNet

# Repositories, the commits they are read at, and their files. Each ontology's own license is in ONTOLOGIES.
CLONES = {
    "DiseaseOntology/HumanDiseaseOntology": ("9fbefd66", tuple(
        f"src/ontology/releases/subsets/{name}.obo"
        for name in ("DO_cancer_slim", "DO_infectious_disease_slim", "DO_rare_slim", "NCIthesaurus"))),
    "monarch-initiative/mondo": ("fad2512b", tuple(
        f"imports/{name}_import.obo" for name in ("chebi", "cl", "go", "uberon"))),
}
# DOID is under CC0, the Gene Ontology, Cell Ontology and ChEBI under CC BY 4.0, Uberon under CC BY 3.0. The files name
# terms
# of other ontologies too, which are left out.
ONTOLOGIES = frozenset({"DOID", "GO", "CL", "CHEBI", "UBERON"})
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)" ?(\w*)')
SAME_MEANING = frozenset({"EXACT", "RELATED"})
# Names of enzymes say what they do in a grammar of their own, and codes are no words.
UNREAD = re.compile(r" activity$|^[\W\d]*$|^.{0,1}$")


def _quoted(value: str) -> tuple[str, str]:
    found = QUOTED.match(value)
    return (re.sub(r"\\(.)", r"\1", found[1]), found[2]) if found else ("", "")


def terms_of(content: str) -> Iterator[dict]:
    """id, names (the first is the main one), definition and parents of the terms of one OBO file."""
    for stanza in content.split("\n\n"):
        lines = [line.partition(": ")[::2] for line in stanza.strip().splitlines()]
        fields = {key: value for key, value in reversed(lines)}
        if not lines or lines[0][0] != "[Term]" or "name" not in fields or "is_obsolete" in fields:
            continue
        said = [_quoted(value) for key, value in lines if key == "synonym"]
        names = dict.fromkeys([fields["name"], *(name for name, scope in said if scope in SAME_MEANING)])
        yield {"id": fields["id"], "names": [name for name in names if not UNREAD.search(name)],
               "definition": _quoted(fields.get("def", ""))[0].replace("_", " "),
               "parents": [value.split()[0] for key, value in lines if key == "is_a"]}


def terms(clones: Path) -> Iterator[dict]:
    """The terms of all clones that have a name, once each."""
    seen: set[str] = set()
    for repository, (commit, paths) in CLONES.items():
        for _, content in files_of(folder_of(clones, repository), commit, (".obo",), paths):
            for term in terms_of(content.decode("utf-8")):
                if term["names"] and term["id"].split(":")[0] in ONTOLOGIES and term["id"] not in seen:
                    seen.add(term["id"])
                    yield term


def read(path: str) -> list[dict]:
    """What `main` has written."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def extend(net: WordNet, found: list[dict]) -> None:
    """Makes each term a meaning: the last sense of the noun that its names are."""
    known = {term["id"] for term in found}
    for term in found:
        parents = [parent for parent in term["parents"] if parent in known]
        net.synsets[term["id"]] = Synset("n", term["names"], term["definition"] or term["names"][0], [],
                                         {"hypernym": parents} if parents else {})
        for name in term["names"]:
            entries = net.entries.setdefault(name, [])
            noun = next((entry for entry in entries if entry.pos == "n"), None)
            if noun is None:
                noun = Entry("n", [], [])
                entries.append(noun)
            noun.senses.append(Sense(term["id"], []))
    print(f"ontologies: {len(found)} terms", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clones", type=Path, help="folder with a git clone of each repository")
    parser.add_argument("out", help="xz file of JSON lines to write")
    options = parser.parse_args()
    counts: Counter = Counter()
    with lzma.open(options.out, "wt", encoding="utf-8") as out:
        for term in terms(options.clones):
            out.write(json.dumps(term, ensure_ascii=False) + "\n")
            counts[term["id"].split(":")[0]] += 1
    for name, count in counts.items():
        print(f"{name}: {count} terms", file=sys.stderr)


if __name__ == "__main__":
    main()
