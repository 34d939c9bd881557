"""Harder variants of corpus documents, for training and benchmarks; they never count as corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from docnlp.training.markup import CorpusDocument, GoldBlock


def keep(document: CorpusDocument, wanted: Callable[[int, GoldBlock], bool], suffix: str) -> CorpusDocument:
    """The document with only some of its blocks; slogans and faults are left out.

    Args:
        document: A document.
        wanted: Told the index and the block; False drops it.
        suffix: Goes behind the identifier.
    """
    text = document.text
    pieces: list[str] = []
    blocks: list[GoldBlock] = []
    length = 0
    last_end = 0
    for i, block in enumerate(document.blocks):
        glued = "\n" not in text[last_end : block.start]
        last_end = block.end
        if not wanted(i, block):
            continue
        if pieces and not glued:
            pieces.append("\n")
            length += 1
        words = text[block.start : block.end]
        pieces.append(words)
        blocks.append(replace(block, start=length, end=length + len(words)))
        length += len(words)
    meta = {**document.meta, "id": document.meta["id"] + suffix}
    return replace(document, meta=meta, text="".join(pieces), blocks=tuple(blocks), slogans=(), faults=())


def web_copy(document: CorpusDocument) -> CorpusDocument:
    """As web pages bring it: no title, no addressee, no signature, no date."""
    return keep(document, lambda _, b: b.kind in ("heading", "body"), "-web")


def beheaded(document: CorpusDocument) -> CorpusDocument:
    """A web copy whose introduction got lost as well."""
    return keep(document, lambda _, b: b.kind in ("heading", "body") and b.section != "preamble", "-cut")


def flattened(document: CorpusDocument) -> CorpusDocument:
    """A web copy whose top headings got lost."""
    return keep(document, lambda _, b: b.kind == "body" or (b.kind == "heading" and b.level != 1), "-flat")


#: What the section model is trained on besides the corpus.
VARIANTS: tuple[Callable[[CorpusDocument], CorpusDocument], ...] = (web_copy, beheaded, flattened)


def variants(corpus: Sequence[CorpusDocument]) -> list[CorpusDocument]:
    """All variants of the documents that are one part; those of which nothing is left are passed over."""
    documents = [make(document) for make in VARIANTS for document in corpus if len(document.parts) == 1]
    return [document for document in documents if document.blocks]
