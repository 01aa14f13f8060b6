"""Reads Open English WordNet from its YAML sources, packed as one tar.xz."""

from __future__ import annotations

import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import yaml

# Keys of a synset that point at other synsets. Only one direction of each pair is in the sources.
SYNSET_RELATIONS = ("hypernym", "similar", "also", "attribute", "causes", "entails", "domain_topic",
                    "mero_part", "mero_member", "mero_substance", "instance_hypernym")
# Keys of a sense that point at other senses and keep the meaning, in another part of speech.
SENSE_RELATIONS = ("derivation", "pertainym", "participle", "event", "agent", "result", "property", "state",
                   "instrument", "undergoer", "also", "similar")


@dataclass
class Synset:
    """One meaning: the words that share it, its definition and where it points."""
    pos: str
    members: list[str]
    definition: str
    examples: list[str]
    relations: dict[str, list[str]]


@dataclass
class Sense:
    """One word in one meaning; `links` holds ids of senses derived from or related to it."""
    synset: str
    links: list[str]


@dataclass
class Entry:
    """A word as one part of speech, its irregular forms, and its senses, the most used first."""
    pos: str
    forms: list[str]
    senses: list[Sense]


@dataclass
class WordNet:
    """All synsets by id, all entries by lemma, and the (lemma, synset id) behind each sense id."""
    synsets: dict[str, Synset] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    senses: dict[str, tuple[str, str]] = field(default_factory=dict)


def _texts(values: list) -> list[str]:
    """Examples are strings, or mappings with `text` and `source`."""
    return [str(v.get("text", "")) if isinstance(v, dict) else str(v) for v in values]


def _read_synsets(net: WordNet, document: dict) -> None:
    for key, item in document.items():
        relations = {name: item[name] for name in SYNSET_RELATIONS if name in item}
        net.synsets[key] = Synset(item["partOfSpeech"], [str(m) for m in item["members"]],
                                  "; ".join(_texts(item["definition"])), _texts(item.get("example", [])), relations)


def _read_entries(net: WordNet, document: dict) -> None:
    for lemma, parts in document.items():
        lemma = str(lemma)
        for pos, item in parts.items():
            senses = []
            for sense in item["sense"]:
                links = [target for name in SENSE_RELATIONS for target in sense.get(name, [])]
                senses.append(Sense(sense["synset"], links))
                net.senses[sense["id"]] = (lemma, sense["synset"])
            # `pos` may carry a number ("n-1", "n-2") where pronunciations differ.
            entry = Entry(pos[0], [str(f) for f in item.get("form", [])], senses)
            net.entries.setdefault(lemma, []).append(entry)


def is_term(key: str) -> bool:
    """Whether the id of a synset is that of an ontology's term (`GO:0006915`)."""
    return ":" in key


def _link_both_ways(net: WordNet) -> None:
    """Links that the sources have in one direction alone (`cardiac` to `heart`) get the other."""
    behind = {(lemma, sense.synset): sense for lemma, entries in net.entries.items()
              for entry in entries for sense in entry.senses}
    for key, place in sorted(net.senses.items()):
        for target in list(behind[place].links):
            back = behind.get(net.senses.get(target, ("", "")))
            if back is not None and key not in back.links:
                back.links.append(key)


def load(path: str) -> WordNet:
    """Reads the archive; takes most of a minute, nearly all of it in the YAML parser."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    net = WordNet()
    with tarfile.open(path) as archive:
        members = [m for m in archive.getmembers() if m.name.endswith(".yaml")]
        for member in sorted(members, key=lambda m: m.name):
            name = PurePosixPath(member.name).name
            if name == "frames.yaml":
                continue
            document = yaml.load(archive.extractfile(member), Loader=loader)
            (_read_entries if name.startswith("entries-") else _read_synsets)(net, document)
    _link_both_ways(net)
    print(f"wordnet: {len(net.synsets)} synsets, {len(net.entries)} lemmas", file=sys.stderr)
    return net
