"""What is read: openly licensed prose, a JSON object on every line of xz files, and the synsets of Open English WordNet."""

from __future__ import annotations

import json
import lzma
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

# No pair and no weight is learned from this book, from these sources, and from a twentieth of the other chapters: the
# development sets. Which words are added to the vocabulary is counted over all of them (vocabulary.build).
HELD_OUT_BOOK = "openstax/osbooks-astronomy"
HELD_OUT_SOURCES = "articles/"
HELD_OUT_CHAPTERS = 20  # one of so many
NOT_PROSE = frozenset({"References", "Bibliography", "Learning Objectives", "Learning Outcomes", "Chapter Objectives",
                       "Articles", "Videos", "Websites", "Further Research", "Reviewers"})


@dataclass(frozen=True)
class Text:
    """A passage, summary, glossary entry or question; `answer` is that of a question."""
    source: str
    kind: str
    title: str
    heading: str
    text: str
    answer: str = ""

    @property
    def held_out(self) -> bool:
        chapter = zlib.crc32(f"{self.source}/{self.title}".encode())
        return (self.source == HELD_OUT_BOOK or self.source.startswith(HELD_OUT_SOURCES)
                or chapter % HELD_OUT_CHAPTERS == 0)


def texts(paths: Iterable[Path]) -> list[Text]:
    found = []
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if "text" in row and row.get("heading") not in NOT_PROSE:
                    found.append(Text(row["source"], row["kind"], row.get("title", ""), row.get("heading", ""), row["text"],
                                      row.get("answer", "")))
    return found


@dataclass(frozen=True)
class Synset:
    """One meaning; `field` is the lexicographer's file, such as noun.food."""
    field: str
    members: tuple[str, ...]
    definition: str
    examples: tuple[str, ...]


def _plain(values: list[str]) -> tuple[str, ...]:
    return tuple(v.strip("'\"").replace("''", "'") for v in values if not v.startswith(("source:", "text:")))


def _synsets_of(lines: Iterable[str]) -> Iterator[dict[str, list[str]]]:
    """The lists of each entry, by key. A reader of these files' plain layout, ten times as fast as one of all YAML."""
    entry: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        if not line.startswith(" "):
            yield entry
            entry, key = {}, ""
        elif re.match(r"  \w+:", line):
            key = line.split(":")[0].strip()
            entry[key] = []
        elif line.startswith("  - "):
            entry[key].append(line[4:])
        elif entry.get(key) and not re.match(r"    \w+: ", line):
            entry[key][-1] += " " + line.strip()
    yield entry


def synsets(path: Path) -> list[Synset]:
    """All meanings that have a definition, from the packed YAML sources."""
    found = []
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            name = PurePosixPath(member.name).name
            if not re.fullmatch(r"(noun|verb|adj|adv)\.\w+\.yaml", name):
                continue
            lines = archive.extractfile(member).read().decode().splitlines()
            for entry in _synsets_of(lines):
                if entry.get("members") and entry.get("definition"):
                    found.append(Synset(name.removesuffix(".yaml"), _plain(entry["members"]),
                                        _plain(entry["definition"])[0], _plain(entry.get("example", []))))
    return found
