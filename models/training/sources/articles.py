"""Reads openly licensed research articles (JATS XML) from git clones: abstracts, introductions and discussions."""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from sources.clones import files_of, folder_of
from measuring.sections import ABSTRACT

# Repositories that hold articles, and the commits they are read at. Each article is taken only where it carries CC BY
# or CC0.
CLONES = {
    "petermr/tigr2ess": "9612323",
    "petermr/openDiagram": "6641b37",
    "petermr/forestplots": "f462518",
    "ContentMine/norma": "2970a4d",
    "PLOS/allofplos": "07fdeed",
}
OPEN = re.compile(r"creativecommons\.org/(licenses/by/|publicdomain/zero/)"
                  r"|Public Library of Science Open-Access License"
                  r"|terms of the Creative Commons Attribution License")
CLOSED = re.compile(r"creativecommons\.org/licenses/by-|[Nn]on-?[Cc]ommercial")
# What an experiment was done with, and lists of figures in words, read like no text that is searched.
UNREAD = re.compile(r"method|material|experiment|procedure|^results?$|^findings$|supplement|abbreviation|contribution"
                    r"|compet|conflict|acknowledg|funding|availability|ethic|consent|statistic|appendix|reporting",
                    re.IGNORECASE)
GENERIC = re.compile(r"^(general |main )?(introduction|background|discussion|results and discussion|conclusions?|"
                     r"summary|concluding remarks|perspectives?|limitations.*|review)( and .*)?$", re.IGNORECASE)
SILENT = frozenset({"table-wrap", "fig", "fig-group", "disp-formula", "inline-formula", "supplementary-material",
                    "media", "fn", "table", "tex-math", "graphic", "boxed-text"})
EMPTY_BRACKETS = re.compile(r"\s*(\([\s,;.&–-]*\)|\[[\s,;.–-]*\])")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
LIST_HEAD = """\
Research articles that splade-tiny-en has learned from, each under CC BY or CC0, by their DOI
(https://doi.org/...) or, where they have none, their title. The authors of each are named there.

"""
SHORTEST = 60  # characters of a paragraph that counts as a passage


def local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def text_of(element: ElementTree.Element) -> str:
    """Running text without tables, figures, formulas and citations."""
    parts: list[str] = []

    def walk(node: ElementTree.Element) -> None:
        name = local(node.tag)
        if name and name not in SILENT and not (name == "xref" and node.get("ref-type") == "bibr"):
            parts.append(node.text or "")
            for child in node:
                walk(child)
                parts.append(child.tail or "")
    walk(element)
    return EMPTY_BRACKETS.sub("", " ".join("".join(parts).split()))


def first(element: ElementTree.Element, *path: str) -> ElementTree.Element | None:
    """The element at a path of local names; None where a step is missing."""
    found: ElementTree.Element | None = element
    for name in path:
        found = next((c for c in found if local(c.tag) == name), None) if found is not None else None
    return found


def paragraphs(element: ElementTree.Element, heading: str = "") -> Iterator[tuple[str, str]]:
    """(heading, text) of all paragraphs worth reading; a heading that any article has is none."""
    for node in element:
        name = local(node.tag)
        if name == "sec":
            title = first(node, "title")
            plain = "" if title is None else re.sub(r"^[\d.\s]+", "", text_of(title)).strip(" .:")
            if not UNREAD.search(plain):
                yield from paragraphs(node, "" if GENERIC.match(plain) else plain)
        elif name == "p":
            text = text_of(node)
            if len(text) >= SHORTEST:
                yield heading, text


def is_open(about: ElementTree.Element) -> bool:
    """Whether the article as a whole (not one of its figures) is under CC BY or CC0."""
    permissions = first(about, "permissions")
    terms = "" if permissions is None else ElementTree.tostring(permissions, encoding="unicode")
    return bool(OPEN.search(terms)) and not CLOSED.search(terms)


def rows_of(content: bytes) -> Iterator[dict[str, str]]:
    """The abstract and the paragraphs of one article in English; nothing where its license is another."""
    root = ElementTree.fromstring(content)
    article = next((e for e in root.iter() if local(e.tag) == "article"), root)
    about, body = first(article, "front", "article-meta"), first(article, "body")
    title = None if about is None else first(about, "title-group", "article-title")
    if title is None or body is None or article.get(LANGUAGE, "en")[:2].lower() != "en" or not is_open(about):
        return
    name = text_of(title)
    abstract = next((a for a in about if local(a.tag) == "abstract" and not a.get("abstract-type")), about)
    said = " ".join(text_of(p) for p in abstract.iter() if local(p.tag) == "p") if abstract is not about else ""
    if len(said) >= SHORTEST:
        yield {"kind": "passage", "title": name, "heading": ABSTRACT, "text": said}
    for heading, text in paragraphs(body):
        yield {"kind": "passage", "title": name, "heading": heading, "text": text}


def identity(content: bytes) -> str:
    """The article's DOI; empty where it has none."""
    found = re.search(rb'<article-id pub-id-type="doi"[^>]*>\s*([^<\s]+)', content)
    return found.group(1).decode() if found else ""


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def titles(collection: str) -> set[str]:
    """The titles of a collection that models are evaluated on, without spaces and signs."""
    with gzip.open(collection, "rt", encoding="utf-8") as lines:
        return {letters(json.loads(line)["title"]) for line in lines} - {""}


def articles(clones: Path, unwanted: set[str]) -> Iterator[tuple[str, str, list[dict[str, str]]]]:
    """(repository, DOI, rows) of every article with open terms, once each, without those whose title is unwanted."""
    seen = set(unwanted)
    for repository, commit in CLONES.items():
        for path, content in files_of(folder_of(clones, repository), commit, (".xml", ".nxml")):
            if b"<article" not in content[:4000] or b"<body" not in content:
                continue
            try:
                rows = list(rows_of(content))
            except ElementTree.ParseError as error:
                print(f"{repository}: {path} is left out: {error}", file=sys.stderr)
                continue
            title = letters(rows[0]["title"]) if rows else ""
            if title and title in unwanted:
                print(f"{repository}: {path} is left out: it is part of a collection", file=sys.stderr)
            if title and title not in seen:
                seen.add(title)
                yield repository, identity(content), rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clones", type=Path, help="folder with a git clone of each repository")
    parser.add_argument("out", help="xz file of JSON lines to write")
    parser.add_argument("--without", nargs="*", default=[], metavar="CORPUS",
                        help="corpus.jsonl.gz of collections that models are evaluated on, whose articles are left out")
    parser.add_argument("--list", type=Path, required=True, help="text file to write the DOIs to, for attribution")
    options = parser.parse_args()
    unwanted = {title for path in options.without for title in titles(path)}
    identities, words = [], Counter()
    with lzma.open(options.out, "wt", encoding="utf-8") as out:
        for repository, doi, rows in articles(options.clones, unwanted):
            for row in rows:
                out.write(json.dumps({"source": f"articles/{repository}", **row}, ensure_ascii=False) + "\n")
                words[repository] += len(row["text"].split())
            identities.append(doi or rows[0]["title"])
    options.list.write_text(LIST_HEAD + "\n".join(sorted(identities)) + "\n", encoding="utf-8")
    for repository, count in words.items():
        print(f"{repository}: {count} words", file=sys.stderr)


if __name__ == "__main__":
    main()
