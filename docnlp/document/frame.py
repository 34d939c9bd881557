"""Title, addressee, signature, date and attachments; where one document of a file ends and the next begins."""

from __future__ import annotations

import re

from docnlp.document.dates import date_tail, is_date_line
from docnlp.document.kinds import Kind, kind_of_title
from docnlp.document.pieces import Piece
from docnlp.document.wordings import PLAIN_HEADINGS, UNIT_TAIL
from docnlp.text.late import late

END_MARKS = "。!?;…"
_ATTACH = late(r"附(?:件|表)? ?(?:[\d一二三四五六七八九十]{0,2}) ?(?::|$)|\(?附件?[:)]")
_ATTACH_ALONE = late(r"附(?:件|表)? ?[\d一二三四五六七八九十]{0,2} ?:?$")
_DOC_NUMBER = late(r"[\u4e00-\u9fffx×]{1,12} ?[〔\[(【] ?(?:(?:19|20)[\dx×]{2})? ?[〕\])】] ?第?[\dx×]{0,4} ?号")
_AGGREGATE = late(r"(?:【?第?[一二三四五六七八九十\d]{1,3}篇】?|【?篇[一二三四五六七八九十\d]{1,3}】?|范文[一二三四五六七八九十\d]{1,2})(?=[:、. 】]|$)")
SEAL = late(r"(?:抄送|主送|报送|印发|主题词|签发人|份号|密级|紧急程度|校对|打字)[:  ]|\(此[件页]|\([联]系人|.{2,30}办公室 *20\d\d年\d{1,2}月\d{1,2}日印发$")
_ADDRESSEE_WORD = late(
    r"(?:各|同志|居民|市民|朋友|师生|同学|老师|家长|员工|职工|干部|党员|单位|部门|科室|街道|乡镇|局|委|办|院|校|会|县|市|区|村|站|所|公司|青年|志愿者|经营者|业主|商户|领导|来宾)"
)
_NOT_ADDRESSEE = late(r"如下|以下|下列|要求|主题|时间|地点|目标|是$|为$|做到|包括|即$|任务|内容|联系|电话|附件")


def _is_short_line(p: Piece, limit: int) -> bool:
    return len(p.words) <= limit and not p.in_table


def _title_like(p: Piece, limit: int = 45) -> Kind | None:
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


def mark_frames(pieces: list[Piece], folded: str) -> list[tuple[int, int]]:
    """Mark frame pieces and say where parts begin: list of [first, last) piece ranges."""
    starts = _part_starts(pieces)
    bounds = [(a, b) for a, b in zip(starts, [*starts[1:], len(pieces)], strict=bool(starts)) if a < b]
    for number, (first, last) in enumerate(bounds):
        body = _head_frame(pieces, first, last, number > 0)
        _tail_frame(pieces, body, last)
    return bounds


def _part_starts(pieces: list[Piece]) -> list[int]:
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
            if q.marker is None and len(q.words) <= 30 and not q.words.endswith(tuple(END_MARKS + ":")) and not is_date_line(q.words) and not UNIT_TAIL.search(q.words) and not _ATTACH.match(q.words):
                begin = i - 1
            if begin > starts[-1]:
                starts.append(begin)
                ended = False
    return starts


def _head_frame(pieces: list[Piece], first: int, last: int, later: bool) -> int:
    """Mark title, masthead and addressee at the start of a part; return the index of the first piece behind them."""
    i = first
    if later and i < last and _ATTACH_ALONE.match(pieces[i].words):
        pieces[i].kind = "attachment"
        i += 1
    while i < last and i - first < 4 and pieces[i].marker is None and len(pieces[i].words) <= 45 and (
        (_DOC_NUMBER.search(pieces[i].words) and pieces[i].words.endswith("号"))
        or SEAL.match(pieces[i].words)
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
            or _DOC_NUMBER.fullmatch(p.words) or (p.align == "center" and UNIT_TAIL.search(p.words))
        )) or (p.marker is None and titled and len(p.words) <= 25 and i + 1 < last and is_date_line(pieces[i + 1].words) and UNIT_TAIL.search(p.words)):
            p.kind, p.masthead = "title", True
        else:
            break
        i += 1
    if i < last and _is_addressee(pieces[i]):
        pieces[i].kind = "addressee"
        i += 1
    return i


def _is_addressee(p: Piece) -> bool:
    w = p.words
    return (
        p.marker is None and len(w) <= 120 and w.endswith(":") and _ADDRESSEE_WORD.search(w) is not None
        and not _NOT_ADDRESSEE.search(w) and "。" not in w and not w.startswith(("为", "根据", "按照"))
    )


def _title_end(pieces: list[Piece], i: int, last: int) -> int:
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
    if p.marker is None and not p.in_table and len(p.words) <= 32 and p.words[-1:] not in (*END_MARKS, ":", ",", "、") \
            and not PLAIN_HEADINGS.fullmatch(p.words) and not is_date_line(p.words) and not _ATTACH.match(p.words) \
            and not p.words.startswith(("20", "联系")) and "," not in p.words \
            and i + 1 < last and (pieces[i + 1].size >= 2 * p.size or _is_addressee(pieces[i + 1]) or pieces[i + 1].marker is not None or pieces[i + 1].words.startswith(("——", "(")) or PLAIN_HEADINGS.fullmatch(pieces[i + 1].words)):
        return i + 1
    return i


def _tail_frame(pieces: list[Piece], first: int, last: int) -> None:
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
        elif p.marker is None and len(p.words) <= 60 and SEAL.match(p.words) and last - i <= 8:
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
    return 2 <= len(words) <= 36 and not any(c in words for c in ",。;:!?《") and UNIT_TAIL.search(words) is not None


def _continues_list(p: Piece, *, first: bool) -> bool:
    """Whether a piece is the next line of an attachment note: `2.申报表`."""
    return p.marker is not None and p.marker.level == 3 and p.size <= 60 and p.words[-1:] != "。" and (p.marker.value > 1 or first)


def _is_signature(p: Piece, before_date: bool) -> bool:
    w = p.words.rstrip("。.")
    if p.kind or p.in_table or p.marker is not None or not 2 <= len(w) <= 40 or any(c in w for c in ",。;:!?《"):
        return False
    if PLAIN_HEADINGS.fullmatch(w):
        return False
    return UNIT_TAIL.search(w) is not None or p.align == "right" or ((before_date and len(w) <= 30 and "," not in p.words and p.words[-1:] != "。") or w.startswith(("倡议人", "倡议单位")))
