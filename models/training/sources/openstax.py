"""Reads openly licensed textbooks from git clones of their sources, each at a commit that was under CC BY 4.0."""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from sources.clones import files_of, folder_of

# The newest commit of each book under CC BY 4.0; later ones of most books are under a license that this model can't
# ship under.
BOOKS = {
    "osbooks-anatomy-physiology": "b0058a7",
    "osbooks-astronomy": "63157f3",
    "osbooks-business-ethics": "d64573e",
    "osbooks-chemistry-bundle": "32c7196",
    "osbooks-college-physics-bundle": "f98d7a7",
    "osbooks-introduction-philosophy": "d7bd4f0",
    "osbooks-introduction-sociology": "d35d5f3",
    "osbooks-microbiology": "ecf34da",
    "osbooks-nursing-external-bundle": "7876f90a",
    "osbooks-psychology": "e061043",
    "osbooks-university-physics-bundle": "db44eb9",
    "osbooks-us-history": "046331c",
    "osbooks-world-history": "3e17bed",
}
LICENSE = "http://creativecommons.org/licenses/by/4.0/"
CNXML = "{http://cnx.rice.edu/cnxml}"
SILENT = {CNXML + name for name in ("figure", "table", "media", "equation", "footnote", "code", "newline")}
SILENT |= {"{http://www.w3.org/1998/Math/MathML}math"}
SHORTEST = 60  # characters of a paragraph that counts as a passage


def check_license(book: str, files: dict[str, bytes]) -> None:
    """Refuses a commit whose collections are not all under CC BY 4.0."""
    for path, content in files.items():
        if path.startswith("collections/"):
            found = re.findall(rb'md:license url="([^"]*)"', content)
            if found != [LICENSE.encode()]:
                raise SystemExit(f"{book}: {path} is under {found}, not {LICENSE}")


def text_of(element: ElementTree.Element) -> str:
    """Running text; figures, tables and formulas are left out."""
    parts: list[str] = []

    def walk(node: ElementTree.Element) -> None:
        if node.tag not in SILENT:
            parts.append(node.text or "")
            for child in node:
                walk(child)
                parts.append(child.tail or "")
    walk(element)
    return " ".join("".join(parts).split())


def title_of(element: ElementTree.Element) -> str:
    found = element.find(CNXML + "title")
    return "" if found is None else text_of(found)


def rows_of(content: bytes) -> Iterator[dict[str, str]]:
    """Passages under the title of their section, questions with answers, and glossary entries of one module."""
    root = ElementTree.fromstring(content)
    title = title_of(root)

    def walk(node: ElementTree.Element, heading: str) -> Iterator[dict[str, str]]:
        for child in node:
            kind = child.tag.removeprefix(CNXML)
            if kind in ("para", "list"):
                text = text_of(child)
                if len(text) >= SHORTEST:
                    yield {"kind": "passage", "title": title, "heading": heading, "text": text}
            elif kind == "exercise":
                problem, solution = child.find(CNXML + "problem"), child.find(CNXML + "solution")
                if problem is not None and solution is not None:
                    yield {"kind": "question", "title": title, "heading": heading, "text": text_of(problem),
                           "answer": text_of(solution)}
            elif kind == "definition":
                term, meaning = child.find(CNXML + "term"), child.find(CNXML + "meaning")
                if term is not None and meaning is not None:
                    yield {"kind": "glossary", "title": title, "heading": text_of(term), "text": text_of(meaning)}
            else:
                yield from walk(child, title_of(child) or heading)

    yield from walk(root, title)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clones", type=Path, help="folder with a git clone of each book")
    parser.add_argument("out", help="xz file of JSON lines to write")
    options = parser.parse_args()
    with lzma.open(options.out, "wt", encoding="utf-8") as out:
        for book, commit in BOOKS.items():
            clone = folder_of(options.clones, f"openstax/{book}")
            files = dict(files_of(clone, commit, (".cnxml", ".xml"), ("collections", "modules")))
            check_license(book, files)
            pages = [content for path, content in sorted(files.items()) if path.endswith(".cnxml")]
            rows = [row for content in pages for row in rows_of(content)]
            for row in rows:
                out.write(json.dumps({"source": f"openstax/{book}", **row}, ensure_ascii=False) + "\n")
            words = sum(len(row["text"].split()) for row in rows)
            print(f"{book}: {len(rows)} texts, {words} words", file=sys.stderr)


if __name__ == "__main__":
    main()
