"""Paragraphs cut into pieces, as if the line breaks that web copies lose were still there.

A *piece* is a paragraph, or a part of one: web copies bring whole reports in one line, so numbers that continue a
sequence behind a sentence end are cut off, and so are title, well-known headings, signature and date around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docnlp.document.dates import DATE_PIECE
from docnlp.document.kinds import kind_of_title
from docnlp.document.markers import marker_spans
from docnlp.document.model import BlockKind, Marker, Source
from docnlp.document.numbering import inline_markers, marker_at
from docnlp.document.wordings import PLAIN_HEADINGS, UNIT_TAIL, heading_prefix
from docnlp.text.spans import SpanSet

_MD_PREFIX = re.compile(r"(?:#{1,6} +|[-*+] +|> *|\*\*|__)+")
_MD_HEADING = re.compile(r"(#{1,6}) ")



@dataclass(slots=True)
class Piece:
    """[start, end) of one piece, trimmed; `at` is where its words begin behind markdown signs."""

    start: int
    end: int
    at: int
    paragraph: int
    marker: Marker | None
    outline: int | None
    align: str | None
    in_table: bool
    kind: BlockKind | None = None
    masthead: bool = False
    words: str = field(default="")  # folded text behind the number, without final blanks

    @property
    def size(self) -> int:
        return self.end - self.start



def pieces_of(source: Source, folded: str) -> list[Piece]:
    text = source.text
    skipped = SpanSet(marker_spans(text))
    markdown = source.format == "md"
    out: list[Piece] = []
    for index, p in enumerate(source.paragraphs):
        start, end = trim(folded, p.start, p.end)
        if start >= end or (len(skipped) and skipped.covers(start, end)):
            continue
        outline = p.outline_level
        at = start
        if markdown and (m := _MD_PREFIX.match(folded, start, end)):
            at = m.end() if m.end() < end else start
            if h := _MD_HEADING.match(folded, start):
                outline = max(0, len(h[1]) - 1)
        cuts = [] if p.cell else _cuts(folded, at, end)
        begin = start
        for stop in [*cuts, end]:
            a, b = trim(folded, begin, stop)
            if a < b:
                words_at = at if begin == start else a
                marker = marker_at(folded, words_at, b)
                out.append(Piece(a, b, words_at, index, marker, outline if begin == start else None, p.alignment, p.cell is not None))
            begin = stop
    for piece in out:
        piece.words = folded[piece.marker.end if piece.marker else piece.at : piece.end].strip(" *_")
    return out


def trim(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return start, end


_TITLE_HEAD = re.compile(r"[^ 。,;:!?]{4,45}?(?=(?: |为|根据|按照|近年来|今年以来|一年来|一、|[一二三四五六七八九十]是|20\d\d年))")


def _cuts(folded: str, start: int, end: int) -> list[int]:
    """Places inside a paragraph where a line break got lost.

    Numbers count as lost headings where they form a sequence of at least two, with the number at the start of the
    paragraph included; a single number in a running sentence is left alone. In a long paragraph with chapters in it
    (a whole report in one line) numbers glued to the word before them count too, and well-known headings are cut off
    the text behind them.
    """
    if end - start < 30:
        return []
    cuts = _sequence(folded, start, end, glued=False)
    if end - start > _COLLAPSED:
        cuts.extend(_unnumbered(folded, start, end))
        glued = _sequence(folded, start, end, glued=True)
        if len(glued) > 2 and any(folded[c] in "(一二三四五六七八九十" for c in glued):
            cuts.extend(glued)
        if len(cuts) > 1:
            cuts.extend(_lost_title(folded, start, min(cuts)))
            cuts.extend(_lost_ending(folded, max(cuts), end))
            cuts = sorted(set(cuts))
            for a, b in zip([start, *cuts], [*cuts, end], strict=True):
                if (cut := _lost_break(folded, a, b)) is not None:
                    cuts.append(cut)
    return sorted(set(cuts))


_COLLAPSED = 250
_SET_OFF = re.compile(rf"(?<=[。 ])(?:{PLAIN_HEADINGS.pattern[3:-1]})(?= )")


def _unnumbered(folded: str, start: int, end: int) -> list[int]:
    """Both ends of well-known headings without numbers, set off by blanks; three make a collapsed report."""
    if folded.find(" ", start, end) < 0:
        return []
    found = [m for m in _SET_OFF.finditer(folded, start, end) if m.start() > start]
    return [at for m in found for at in m.span()] if len(found) >= 3 else []


def _sequence(folded: str, start: int, end: int, *, glued: bool) -> list[int]:
    chains: list[list[Marker]] = []
    open_: dict[int, list[Marker]] = {}
    for m in inline_markers(folded, start, end, glued=glued):
        chain = open_.get(m.level)
        if chain is not None and m.value == chain[-1].value + 1 and m.han == chain[-1].han:
            chain.append(m)
        elif m.value == 1 or m.start == start:
            chain = [m]
            chains.append(chain)
            open_[m.level] = chain
        else:
            continue
        for level in [lv for lv in open_ if lv > m.level]:
            del open_[level]
    return [m.start for chain in chains if len(chain) > 1 for m in chain if m.start > start]


def _lost_break(folded: str, start: int, end: int) -> int | None:
    """Where the heading at the start of a piece of a collapsed report ends and its text begins."""
    marker = marker_at(folded, start, end)
    begin = marker.end if marker else start
    if marker is not None and (stop := heading_prefix(folded, begin, end)) is not None:
        return stop
    if marker is not None:
        gap = folded.find(" ", begin + 2, min(end, begin + 46))
        if gap > 0 and not any(c in folded[begin:gap] for c in "。!?;:") and end - gap > 8 and (folded[gap - 1] > "\u2e80" or folded[gap - 1] in ")”"):
            return gap
    return None


def _lost_title(folded: str, start: int, stop: int) -> list[int]:
    """Where a title pasted in front of the first paragraph ends."""
    for m in _TITLE_HEAD.finditer(folded, start, min(stop + 2, start + 50)):
        if m.start() != start:
            break
        if kind_of_title(m[0]):
            return [m.end()]
    head = folded[start : min(stop, start + 48)]
    for n in range(6, len(head)):
        if head[n] in " 为根按近今现2一(“各《" and kind_of_title(head[:n]) and not any(c in "。,;:!?" for c in head[:n]):
            return [start + n]
    return []


def _lost_ending(folded: str, start: int, end: int) -> list[int]:
    """Where signature, date and attachment note pasted behind the last paragraph begin."""
    base = max(start, end - 160)
    m = None
    for m in DATE_PIECE.finditer(folded, base, end):  # noqa: B007  the last one counts
        pass
    if m is None or (folded[m.start() - 1] not in "。 " and folded[m.start() - 1] < "\u4e00"):
        return []
    rest = folded[m.end() : end].strip(" 。")
    if rest and not rest.startswith("附"):
        return []
    cuts = [m.start()] + ([m.end()] if rest else [])
    before = folded[base : m.start()].rstrip(" 。")
    at = max(before.rfind("。"), before.rfind(" "), before.rfind("!"))
    signature = before[at + 1 :]
    if at >= 0 and 2 <= len(signature) <= 30 and UNIT_TAIL.search(signature) and not any(c in signature for c in ",;:"):
        cuts.append(base + at + 1)
    return cuts
