"""Source → Document: pieces, frame, headings, parts."""

from __future__ import annotations

from docnlp.document.dates import parse_date
from docnlp.document.frame import SEAL, mark_frames
from docnlp.document.headings import blocks_of
from docnlp.document.model import Block, Document, Part, Source
from docnlp.document.pieces import pieces_of
from docnlp.text.folding import fold


def build(source: Source) -> Document:
    """Find the structure of a text.

    Args:
        source: What a reader returned.

    Returns:
        The document; its blocks tile the non-blank characters outside comment markers.
    """
    folded = fold(source.text)
    pieces = pieces_of(source, folded)
    bounds = mark_frames(pieces, folded)
    blocks: list[Block] = []
    parts: list[Part] = []
    for number, (first, last) in enumerate(bounds):
        members = pieces[first:last]
        begin = len(blocks)
        blocks.extend(blocks_of(members, folded, number))
        start = members[0].start if number else 0
        end = pieces[last].start if last < len(pieces) else len(source.text)
        parts.append(_part(source.text, folded, blocks, begin, start, end, number))
    if not parts:
        parts.append(Part(0, len(source.text), 0, 0))
    document = Document(source, tuple(blocks), tuple(parts))
    document.__dict__["folded"] = folded  # what the cached property would compute again
    return document


def _part(text: str, folded: str, blocks: list[Block], begin: int, start: int, end: int, number: int) -> Part:
    mine = blocks[begin:]
    title = "".join(text[b.start : b.end].strip("#* ") for b in mine if b.kind == "title" and not b.masthead) or None
    when = None
    for b in reversed(mine):
        if b.kind == "date" and (when := parse_date(folded[b.start : b.end])):
            break
    issuer = "、".join(text[b.start : b.end].rstrip("。") for b in mine if b.kind == "signature" and not SEAL.match(folded[b.start : b.end])) or None
    attached = number > 0 and bool(mine) and mine[0].kind == "attachment"
    return Part(start, end, begin, len(blocks), title, issuer, when, attached)
