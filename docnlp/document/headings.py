"""What is a heading, and where it ends; pieces become blocks."""

from __future__ import annotations

import re

from docnlp.document.dates import date_tail
from docnlp.document.model import Block
from docnlp.document.pieces import Piece, trim
from docnlp.document.wordings import PLAIN_HEADINGS

_INTRO_TAIL = re.compile(r"(?:如下|以下|下列|要求|要|是|为|做到|包括|有|即|分别|各位|同志们)$")
_MEASURED = re.compile(r"\d+ ?(?:月|日|次|人|元|万|%|场|个|名|件|年|支|篇)|[百千万]元")
_BRACKETED = re.compile(r"\([^()]{1,30}\)")
_WEAK_START = re.compile(r"(?:但|而|其中|此外|同时|因此|所以|并|且|截至|截止|目前|据|比如|例如|如)")


def blocks_of(pieces: list[Piece], folded: str, part: int) -> list[Block]:
    out: list[Block] = []
    has_first = any(p.marker and p.marker.level == 1 and not p.kind for p in pieces)
    level_now = 0
    for i, p in enumerate(pieces):
        if p.kind:
            out.extend(_frame_blocks(p, folded, part))
            continue
        nxt = pieces[i + 1] if i + 1 < len(pieces) else None
        if p.marker is not None:
            cut = _numbered_heading(p, nxt, folded)
            level = p.marker.level
        else:
            cut = _plain_heading(p, pieces[i - 1] if i else None, nxt, folded)
            level = min(p.outline, 4) if p.outline else 1 if not has_first or level_now == 0 else min(level_now + 1, 4)
            if cut and PLAIN_HEADINGS.fullmatch(p.words.rstrip(":")) and not has_first:
                level = 1
        number = p.marker.text if p.marker else None
        if cut is None:
            out.append(Block(p.start, p.end, "body", None, None, p.marker, part, p.paragraph))
            continue
        if p.marker is not None:
            level_now = level
        out.append(Block(p.start, cut, "heading", level, number, p.marker, part, p.paragraph, runin=cut < p.end))
        a, b = trim(folded, cut, p.end)
        if a < b:
            out.append(Block(a, b, "body", None, None, None, part, p.paragraph))
    return out


def _frame_blocks(p: Piece, folded: str, part: int) -> list[Block]:
    assert p.kind is not None
    if p.kind == "signature":
        tail = date_tail(folded[p.start : p.end])
        if tail:
            a, b = trim(folded, p.start, p.start + tail)
            if a < b:
                return [Block(a, b, "signature", part=part, paragraph=p.paragraph), Block(p.start + tail, p.end, "date", part=part, paragraph=p.paragraph)]
    return [Block(p.start, p.end, p.kind, marker=p.marker, part=part, paragraph=p.paragraph, masthead=p.masthead)]


def _numbered_heading(p: Piece, nxt: Piece | None, folded: str) -> int | None:
    """End of the heading that a numbered piece begins with, or None where the whole piece is body."""
    assert p.marker is not None
    if p.in_table:
        return None
    words, base = p.words, p.marker.end
    base += len(folded[base : p.end]) - len(folded[base : p.end].lstrip(" *_"))
    if not words:
        return p.end
    level = p.marker.level
    if p.outline:
        return p.end if len(words) <= 80 else None
    stop = _sentence_end(words)
    if stop is None or stop >= len(words):  # one sentence, alone on its line
        bare = words.rstrip("。.;:!?")
        mark = words[len(bare) :]
        beneath = nxt is not None and nxt.kind is None and (nxt.marker is None or nxt.marker.level > level)
        label = _colon_label(words)
        if label is not None and label < len(words) and len(bare) > 30:
            return base + label
        if mark == "":
            limit = 60 if level == 1 else 50 if level == 2 else 40
            if len(bare) > limit or bare.count(",") > 3 or bare.count(";"):
                return None
            if level >= 3 and not beneath and (_MEASURED.search(bare) and "," in bare):
                return None
            return p.end
        if mark[0] in ":":
            return p.end if beneath and len(bare) <= 30 and not _INTRO_TAIL.search(bare) else None
        if mark[0] == ";":
            return p.end if beneath and nxt is not None and nxt.marker is None and len(bare) <= 24 else None
        if len(bare) > 34 or bare.count(",") > 2 or ";" in bare:
            return None
        return p.end if beneath or (level <= 2 and len(bare) <= 26 and bare.count(",") <= 1 and not _MEASURED.search(bare) and nxt is not None and nxt.kind is None and nxt.marker is not None and nxt.size > 3 * p.size) else None
    first = words[:stop]
    bare = first.rstrip("。.;:!?")
    label = _colon_label(first)
    if label is not None and label < len(first):
        return base + label
    if first[-1] in ";:":
        return None
    plain = _BRACKETED.sub("", bare)
    if 2 <= len(plain) <= 32 and plain.count(",") <= 2 and not _WEAK_START.match(bare) and not (_MEASURED.search(plain) and len(plain) > 14) and ":" not in plain:
        return base + stop
    gap = re.search(r" {2,}", bare)
    if gap and 4 <= gap.start() <= 24 and len(words) - gap.end() > 20:
        return base + gap.start()
    return None


def _sentence_end(words: str) -> int | None:
    """Index behind the first sentence end with its closing marks; brackets and quotations are not entered."""
    depth = 0
    for i, c in enumerate(words[:240]):
        if c in "(（“《【":
            depth += 1
        elif c in ")）”》】":
            depth = max(0, depth - 1)
        elif depth == 0 and (c in "。!?;" or (c == "." and words[i + 1 : i + 2] and "\u4e00" <= words[i + 1] <= "\u9fff")):
            j = i + 1
            while j < len(words) and words[j] in "”’)）。":
                j += 1
            return j
    return None


def _colon_label(words: str) -> int | None:
    """Index behind the colon of a label such as 活动时间: at the start; None where there is no label."""
    at = words.find(":", 0, 17)
    return at + 1 if at >= 2 and PLAIN_HEADINGS.fullmatch(words, 0, at) else None


def _plain_heading(p: Piece, before: Piece | None, nxt: Piece | None, folded: str) -> int | None:
    """End of an unnumbered heading, which is always the whole piece; None where the piece is body."""
    if p.in_table or not p.words:
        return None
    words = p.words
    bare = words.rstrip(":")
    if p.outline:
        return p.end if len(words) <= 80 else None
    if PLAIN_HEADINGS.fullmatch(bare) and nxt is not None:
        return p.end
    if len(words) > 28 or len(bare) < 4 or words[-1] in "。!?;:,、…" or words.count(",") > 1 or ":" in words:
        return None
    if nxt is None or nxt.kind is not None or nxt.in_table:
        return None
    if (any(c in words for c in "“”()《》") and len(words) > 24) or _MEASURED.search(words) or words[0].isdigit() or words[0] in "“”(《-—*":
        return None
    if before is not None and before.kind is None and before.marker is None and before.words[-1:] not in ("。", "!", "?", "…", "”", ")", ";", ":"):
        return None
    if _looks_like_item(words):
        return None
    body = nxt.size >= max(40, 2 * p.size) and nxt.words.find("。") >= 0
    return p.end if body or (nxt.marker is not None and nxt.marker.value == 1) else None


def _looks_like_item(words: str) -> bool:
    return re.match(r"[一二三四五六七八九十]{1,2}[是要则]|第[一二三四五六七八九十]|首先|其次|再次|最后|联系|电话|地址|邮箱|时间|地点", words) is not None
