"""What the development sets are made of. The book and the terms teach nothing; the chapters and articles are prose that the
recipe reads too: it counts their words, and there are no pairs to learn."""

from __future__ import annotations

import zlib

from sources.corpus import Document

HELD_OUT = 100  # thousandths of the chapters, articles and terms
HELD_OUT_BOOK = "openstax/osbooks-astronomy"


def held_out(document: Document) -> bool:
    """Whether the development sets are made of a chapter or an article: a fixed tenth of all, and one whole book."""
    place = zlib.crc32(f"{document.source}/{document.title}".encode()) % 1000
    return document.source == HELD_OUT_BOOK or place < HELD_OUT


def held_out_term(key: str) -> bool:
    """Whether an ontology's term is kept for the development sets."""
    return zlib.crc32(key.encode()) % 1000 < HELD_OUT
