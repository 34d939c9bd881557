"""Source → Document: pieces, frame, headings, parts.

A *piece* is a paragraph, or a part of one where a line break got lost: web copies bring whole reports in one line, so
numbers that continue a sequence behind a sentence end are cut as if the breaks were there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docnlp.document.dates import DATE_PIECE, date_tail, is_date_line, parse_date
from docnlp.document.kinds import Kind, kind_of_title
from docnlp.document.markers import marker_spans
from docnlp.document.model import Block, BlockKind, Document, Marker, Part, Source
from docnlp.document.numbering import inline_markers, marker_at
from docnlp.document.wordings import PLAIN_HEADINGS, heading_prefix
from docnlp.text.folding import fold
from docnlp.text.spans import SpanSet

_MD_PREFIX = re.compile(r"(?:#{1,6} +|[-*+] +|> *|\*\*|__)+")
_MD_HEADING = re.compile(r"(#{1,6}) ")
_END_MARKS = "。!?;…"
_CLOSERS = "”’)）》】\"'* "


@dataclass(slots=True)
class _Piece:
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


def build(source: Source) -> Document:
    """Find the structure of a text.

    Args:
        source: What a reader returned.

    Returns:
        The document; its blocks tile the non-blank characters outside comment markers.
    """
    folded = fold(source.text)
    pieces = _pieces(source, folded)
    bounds = _frames(pieces, folded)
    blocks: list[Block] = []
    parts: list[Part] = []
    for number, (first, last) in enumerate(bounds):
        members = pieces[first:last]
        begin = len(blocks)
        blocks.extend(_blocks(members, folded, number))
        start = members[0].start if number else 0
        end = pieces[last].start if last < len(pieces) else len(source.text)
        parts.append(_part(source.text, folded, blocks, begin, start, end, bounds, number))
    if not parts:
        parts.append(Part(0, len(source.text), 0, 0))
    document = Document(source, tuple(blocks), tuple(parts))
    document.__dict__["folded"] = folded  # what the cached property would compute again
    return document


# --- pieces ---------------------------------------------------------------------------------------------------------


def _pieces(source: Source, folded: str) -> list[_Piece]:
    text = source.text
    skipped = SpanSet(marker_spans(text))
    markdown = source.format == "md"
    out: list[_Piece] = []
    for index, p in enumerate(source.paragraphs):
        start, end = _trim(folded, p.start, p.end)
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
            a, b = _trim(folded, begin, stop)
            if a < b:
                words_at = at if begin == start else a
                marker = marker_at(folded, words_at, b)
                out.append(_Piece(a, b, words_at, index, marker, outline if begin == start else None, p.alignment, p.cell is not None))
            begin = stop
    for piece in out:
        piece.words = folded[piece.marker.end if piece.marker else piece.at : piece.end].strip(" *_")
    return out


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
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
    if at >= 0 and 2 <= len(signature) <= 30 and _UNIT_TAIL.search(signature) and not any(c in signature for c in ",;:"):
        cuts.append(base + at + 1)
    return cuts


# --- frame and parts ------------------------------------------------------------------------------------------------

_ATTACH = re.compile(r"附(?:件|表)? ?(?:[\d一二三四五六七八九十]{0,2}) ?(?::|$)|\(?附件?[:)]")
_ATTACH_ALONE = re.compile(r"附(?:件|表)? ?[\d一二三四五六七八九十]{0,2} ?:?$")
_DOC_NUMBER = re.compile(r"[\u4e00-\u9fffx×]{1,12} ?[〔\[(【] ?(?:(?:19|20)[\dx×]{2})? ?[〕\])】] ?第?[\dx×]{0,4} ?号")
_AGGREGATE = re.compile(r"(?:【?第?[一二三四五六七八九十\d]{1,3}篇】?|【?篇[一二三四五六七八九十\d]{1,3}】?|范文[一二三四五六七八九十\d]{1,2})(?=[:、. 】]|$)")
_SEAL = re.compile(r"(?:抄送|主送|报送|印发|主题词|签发人|份号|密级|紧急程度|校对|打字)[:  ]|\(此[件页]|\([联]系人|.{2,30}办公室 *20\d\d年\d{1,2}月\d{1,2}日印发$")
_UNIT_TAIL = re.compile(
    r"(?:局|办|委|会|部|院|校|处|所|站|队|厅|府|社|园|馆|场|厂|区|县|市|镇|乡|村|街道|中心|公司|集团|支部|党委|党组|小组|大队|支队|中学|小学|大学|学院|学校|幼儿园|医院|银行|法院|支行|分行|管理处|办公室|委员会|工会|指挥部|部门)\)?$"
)
_ADDRESSEE_TAIL = re.compile(r"[:]$")
_ADDRESSEE_WORD = re.compile(
    r"(?:各|同志|居民|市民|朋友|师生|同学|老师|家长|员工|职工|干部|党员|单位|部门|科室|街道|乡镇|局|委|办|院|校|会|县|市|区|村|站|所|公司|青年|志愿者|经营者|业主|商户|领导|来宾)"
)
_NOT_ADDRESSEE = re.compile(r"如下|以下|下列|要求|主题|时间|地点|目标|是$|为$|做到|包括|即$|任务|内容|联系|电话|附件")


def _is_short_line(p: _Piece, limit: int) -> bool:
    return len(p.words) <= limit and not p.in_table


def _title_like(p: _Piece, limit: int = 45) -> Kind | None:
    """The kind that a piece names where it can stand as a title."""
    if p.marker is not None or p.in_table or len(p.words) > limit:
        return None
    if any(c in p.words for c in "。;!?") and p.words.rstrip("。").count("。") != 0:
        return None
    if ":" in p.words[:-1] and not _AGGREGATE.match(p.words):
        return None
    if "," in p.words and "《" not in p.words:
        return None
    return kind_of_title(p.words)


def _frames(pieces: list[_Piece], folded: str) -> list[tuple[int, int]]:
    """Mark frame pieces and say where parts begin: list of [first, last) piece ranges."""
    starts = _part_starts(pieces)
    bounds = [(a, b) for a, b in zip(starts, [*starts[1:], len(pieces)], strict=bool(starts)) if a < b]
    for number, (first, last) in enumerate(bounds):
        body = _head_frame(pieces, first, last, number > 0)
        _tail_frame(pieces, body, last)
    return bounds


def _part_starts(pieces: list[_Piece]) -> list[int]:
    starts = [0] if pieces else []
    ended = False  # a date, a signature or an attachment note closes a document
    for i, p in enumerate(pieces):
        if i == 0:
            continue
        if _AGGREGATE.match(p.words) and p.marker is None and p.size <= 60 and i + 1 < len(pieces):
            starts.append(i)
            ended = False
            continue
        if is_date_line(p.words) and p.marker is None and i - starts[-1] >= 3:
            ended = True
            continue
        if ended and _ATTACH_ALONE.match(p.words) and any(_title_like(q) for q in pieces[i + 1 : i + 4]):
            starts.append(i)
            ended = False
            continue
        if ended and i - starts[-1] >= 3 and (kind := _title_like(p)) and kind.subgenre and i + 2 < len(pieces):
            # the first line of a title that runs over two lines belongs to it
            begin = i
            q = pieces[i - 1]
            if q.marker is None and len(q.words) <= 30 and not q.words.endswith(tuple(_END_MARKS + ":")) and not is_date_line(q.words) and not _UNIT_TAIL.search(q.words) and not _ATTACH.match(q.words):
                begin = i - 1
            if begin > starts[-1]:
                starts.append(begin)
                ended = False
    return starts


def _head_frame(pieces: list[_Piece], first: int, last: int, later: bool) -> int:
    """Mark title, masthead and addressee at the start of a part; return the index of the first piece behind them."""
    i = first
    if later and i < last and _ATTACH_ALONE.match(pieces[i].words):
        pieces[i].kind = "attachment"
        i += 1
    while i < last and i - first < 4 and pieces[i].marker is None and len(pieces[i].words) <= 45 and (
        (_DOC_NUMBER.search(pieces[i].words) and pieces[i].words.endswith("号"))
        or _SEAL.match(pieces[i].words)
        or (pieces[i].words.endswith("文件") and len(pieces[i].words) <= 25)
    ):
        pieces[i].kind, pieces[i].masthead = "title", True
        i += 1
    end = _title_end(pieces, i, last)
    for p in pieces[i:end]:
        p.kind = "title"
    titled = end > i
    i = end
    while titled and i < last and i - end < 4:
        p = pieces[i]
        if is_date_line(p.words):
            p.kind, p.masthead = "date", True
        elif (p.marker is None and len(p.words) <= 40 and (
            p.words.startswith(("——", "--", "—")) or (p.words.startswith("(") and p.words.endswith(")"))
            or _DOC_NUMBER.fullmatch(p.words) or (p.align == "center" and _UNIT_TAIL.search(p.words))
        )) or (p.marker is None and titled and len(p.words) <= 25 and i + 1 < last and is_date_line(pieces[i + 1].words) and _UNIT_TAIL.search(p.words)):
            p.kind, p.masthead = "title", True
        else:
            break
        i += 1
    if i < last and _is_addressee(pieces[i]):
        pieces[i].kind = "addressee"
        i += 1
    return i


def _is_addressee(p: _Piece) -> bool:
    w = p.words
    return (
        p.marker is None and len(w) <= 120 and w.endswith(":") and _ADDRESSEE_WORD.search(w) is not None
        and not _NOT_ADDRESSEE.search(w) and "。" not in w and not w.startswith(("为", "根据", "按照"))
    )


def _title_end(pieces: list[_Piece], i: int, last: int) -> int:
    """Index behind the title lines that begin at `i`; `i` itself where there is no title."""
    if i >= last:
        return i
    p = pieces[i]
    if p.outline == 0 and p.marker is None:
        end = i + 1
        while end < last and pieces[end].outline == 0 and pieces[end].marker is None:
            end += 1
        return end
    for n in (1, 2, 3):
        if i + n > last:
            break
        lines = pieces[i : i + n]
        joined = "".join(q.words for q in lines)
        if any(q.marker or q.in_table for q in lines) or len(joined) > 75 or any(q.words.endswith((":", ";", "。")) for q in lines[:-1]):
            break
        if n > 1 and PLAIN_HEADINGS.fullmatch(lines[0].words.rstrip(":")):
            break
        lone = joined.rstrip("。")
        if kind_of_title(joined) and not any(c in lone for c in "。;!?") and (":" not in lone or _AGGREGATE.match(lone)) and not lone.startswith(("为", "现将", "根据")):
            return i + n
    # a short first line without a mark, in front of longer text, is a title whatever it says
    if p.marker is None and not p.in_table and len(p.words) <= 32 and p.words[-1:] not in (*_END_MARKS, ":", ",", "、") \
            and not PLAIN_HEADINGS.fullmatch(p.words) and not is_date_line(p.words) and not _ATTACH.match(p.words) \
            and not p.words.startswith(("20", "联系")) and "," not in p.words \
            and i + 1 < last and (pieces[i + 1].size >= 2 * p.size or _is_addressee(pieces[i + 1]) or pieces[i + 1].marker is not None or pieces[i + 1].words.startswith(("——", "(")) or PLAIN_HEADINGS.fullmatch(pieces[i + 1].words)):
        return i + 1
    return i


def _tail_frame(pieces: list[_Piece], first: int, last: int) -> None:
    """Mark signature, date, seal lines and attachment notes of a part."""
    last_date = -1
    for i in range(first, last):
        p = pieces[i]
        if p.kind or p.in_table:
            continue
        if p.marker is None and is_date_line(p.words):
            # a date line inside the text (a list of days) is not the date of the document
            if i >= last - 1 or (i + 1 < last and (last - i <= 12 or pieces[i + 1].kind or _ATTACH.match(pieces[i + 1].words))):
                p.kind = "date"
                last_date = i
        elif _ATTACH.match(p.words) and p.marker is None:
            if len(p.words) <= 80:
                p.kind = "attachment"
                if i > last_date >= 0 and _ATTACH_ALONE.match(p.words) and i + 1 < last and _is_short_line(pieces[i + 1], 40) and pieces[i + 1].marker is None:
                    pieces[i + 1].kind = "attachment"  # its title
                j = i + 1
                listed = re.search(r"(?::|^附件?) ?1[.、]", p.words) is not None or _ATTACH_ALONE.match(p.words) is not None
                while listed and j < last and _continues_list(pieces[j], first=j == i + 1):
                    pieces[j].kind = "attachment"
                    j += 1
        elif p.marker is None and last - i <= 4 and (tail := date_tail(p.words)) and _looks_signed(p.words[:tail].strip()):
            p.kind = "signature"  # signature and date in one line; cut when the blocks are made
        elif p.marker is None and len(p.words) <= 60 and _SEAL.match(p.words) and last - i <= 8:
            p.kind = "signature"
    if last_date >= 0:
        for j, step in ((last_date - 1, -1), (last_date + 1, 1)):
            count = 0
            while first <= j < last and count < 4 and _is_signature(pieces[j], step < 0):
                pieces[j].kind = "signature"
                j += step
                count += 1
            if count:
                break
    else:
        j = last - 1
        while j >= first and pieces[j].kind in ("attachment",):
            j -= 1
        if j > first and pieces[j].kind is None:
            p = pieces[j]
            if _is_signature(p, False) and p.size <= 30 and pieces[j - 1].size > p.size:
                p.kind = "signature"


def _looks_signed(words: str) -> bool:
    return 2 <= len(words) <= 36 and not any(c in words for c in ",。;:!?《") and _UNIT_TAIL.search(words) is not None


def _continues_list(p: _Piece, *, first: bool) -> bool:
    """Whether a piece is the next line of an attachment note: `2.申报表`."""
    return p.marker is not None and p.marker.level == 3 and p.size <= 60 and p.words[-1:] != "。" and (p.marker.value > 1 or first)


def _is_signature(p: _Piece, before_date: bool) -> bool:
    w = p.words.rstrip("。.")
    if p.kind or p.in_table or p.marker is not None or not 2 <= len(w) <= 40 or any(c in w for c in ",。;:!?《"):
        return False
    if PLAIN_HEADINGS.fullmatch(w):
        return False
    return _UNIT_TAIL.search(w) is not None or p.align == "right" or ((before_date and len(w) <= 30 and "," not in p.words and p.words[-1:] != "。") or w.startswith(("倡议人", "倡议单位")))


# --- headings -------------------------------------------------------------------------------------------------------

_INTRO_TAIL = re.compile(r"(?:如下|以下|下列|要求|要|是|为|做到|包括|有|即|分别|各位|同志们)$")
_MEASURED = re.compile(r"\d+ ?(?:月|日|次|人|元|万|%|场|个|名|件|年|支|篇)|[百千万]元")
_BRACKETED = re.compile(r"\([^()]{1,30}\)")
_WEAK_START = re.compile(r"(?:但|而|其中|此外|同时|因此|所以|并|且|截至|截止|目前|据|比如|例如|如)")


def _blocks(pieces: list[_Piece], folded: str, part: int) -> list[Block]:
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
        a, b = _trim(folded, cut, p.end)
        if a < b:
            out.append(Block(a, b, "body", None, None, None, part, p.paragraph))
    return out


def _frame_blocks(p: _Piece, folded: str, part: int) -> list[Block]:
    assert p.kind is not None
    if p.kind == "signature":
        tail = date_tail(folded[p.start : p.end])
        if tail:
            a, b = _trim(folded, p.start, p.start + tail)
            if a < b:
                return [Block(a, b, "signature", part=part, paragraph=p.paragraph), Block(p.start + tail, p.end, "date", part=part, paragraph=p.paragraph)]
    return [Block(p.start, p.end, p.kind, marker=p.marker, part=part, paragraph=p.paragraph, masthead=p.masthead)]


def _numbered_heading(p: _Piece, nxt: _Piece | None, folded: str) -> int | None:
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


def _plain_heading(p: _Piece, before: _Piece | None, nxt: _Piece | None, folded: str) -> int | None:
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


# --- parts ----------------------------------------------------------------------------------------------------------

_ISSUER_CUT = re.compile(r"关于|20\d\d|[二][〇零]|精神文明|文明|创建|开展|\d{4}")


def _part(text: str, folded: str, blocks: list[Block], begin: int, start: int, end: int, bounds: list[tuple[int, int]], number: int) -> Part:
    mine = blocks[begin:]
    title = "".join(text[b.start : b.end].strip("#* ") for b in mine if b.kind == "title" and not b.masthead) or None
    when = None
    for b in reversed(mine):
        if b.kind == "date" and (when := parse_date(folded[b.start : b.end])):
            break
    issuer = "、".join(text[b.start : b.end].rstrip("。") for b in mine if b.kind == "signature" and not _SEAL.match(folded[b.start : b.end])) or None
    attached = number > 0 and bool(mine) and mine[0].kind == "attachment"
    return Part(start, end, begin, len(blocks), title, issuer, when, attached)
