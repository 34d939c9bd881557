"""Heading numbers: 一、 （一） 1. （1） in every width and habit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docnlp.document.model import Marker
from docnlp.text.numerals import circled, parse_int

_HAN = "一二三四五六七八九十"

# Matched on folded text, where brackets, dots, commas and digits are half-width.
_MARKER = re.compile(
    rf"""
      (?P<part>第(?P<pn>[{_HAN}]{{1,3}}|\d{{1,2}})(?P<pu>部分|章|节|篇)[ 、.:,]*)
    | (?P<one>(?P<n1>[{_HAN}]{{1,3}})\ ?(?P<m1>[、.,:]|\ (?=[\u4e00-\u9fff“《])))\ *
    | (?P<two>\(\ ?(?P<n2>[{_HAN}]{{1,3}})\ ?\)\ ?(?P<m2>[、.,:]?))\ *
    | (?P<three>(?P<n3>\d{{1,2}})\ ?(?P<m3>[、.,])(?!\d))\ *
    | (?P<four>\(\ ?(?P<n4>\d{{1,2}})\ ?\)\ ?(?P<m4>[、.,:]?))\ *
    | (?P<five>(?P<n5>\d{{1,2}})\ ?(?P<m5>\))\ ?[、.,]?)\ *
    | (?P<six>(?P<n6>[\u2460-\u2473\u2474-\u249b])[、.,]?)\ *
    | (?P<seven>(?P<n7>[\u3220-\u3229])[、.,]?)\ *
    """,
    re.VERBOSE,
)
_HAN_VALUE = {c: i + 1 for i, c in enumerate(_HAN[:9])}
#: A character that a marker begins with, for finding candidates fast.
MARKER_HEAD = re.compile(rf"[{_HAN}\d第(\u2460-\u249b\u3220-\u3229]")


def marker_at(folded: str, at: int, end: int) -> Marker | None:
    """The heading number that starts at `at`, or None.

    Args:
        folded: Folded text (`docnlp.text.folding.fold`).
        at: Where the number would start.
        end: End of the paragraph.

    `一、二产业`, `2.5万元`, `3.15` and dates give None.
    """
    m = _MARKER.match(folded, at, end)
    if m is None:
        return None
    kind = m.lastgroup
    stop = m.end()
    if m["part"]:
        return _make(folded, at, m.end("part"), 1, m["pn"], f"第_{m['pu']}")
    if m["one"]:
        number, mark = m["n1"], m["m1"]
        value = parse_int(number)
        if value is None or (mark == "," and not _han_follows(folded, m.end("one"), end)):
            return None
        after = folded[m.end("one") : m.end("one") + 1]
        if _HAN_VALUE.get(after) == value + 1 or (after and after in _HAN and len(number) == 1 and folded[m.end("one") + 1 : m.end("one") + 2] == "、"):
            return None  # 一、二产业; 一、三、五年级
        return _make(folded, at, stop if mark != " " else m.end("one"), 1, number, f"_{mark}")
    if m["two"]:
        return _make(folded, at, stop, 2, m["n2"], f"(_){m['m2']}")
    if m["three"]:
        if m["m3"] == "," and not _han_follows(folded, m.end("three"), end):
            return None
        if folded[m.end("three") : m.end("three") + 1] in "月日年%" and m["m3"] != ".":
            return None
        return _make(folded, at, stop, 3, m["n3"], f"_{m['m3']}")
    if m["four"]:
        return _make(folded, at, stop, 4, m["n4"], f"(_){m['m4']}")
    if m["five"]:
        return _make(folded, at, stop, 4, m["n5"], "_)")
    assert kind is not None
    number = m["n6"] or m["n7"]
    value = circled(number)
    if value is None:
        return None
    level = 2 if m["n7"] else 3 if "\u2488" <= number <= "\u249b" else 4
    style = "①" if "\u2460" <= number <= "\u2473" else "⒈" if level == 3 else "(_)"
    return Marker(at, stop, level, value, number, style, bool(m["n7"]))


def _make(folded: str, start: int, end: int, level: int, number: str, style: str) -> Marker | None:
    value = parse_int(number)
    if value is None or not 0 < value < 100:
        return None
    return Marker(start, end, level, value, number, style, not number.isascii())


def _han_follows(folded: str, at: int, end: int) -> bool:
    while at < end and folded[at] == " ":
        at += 1
    return (at < end and "\u4e00" <= folded[at] <= "\u9fff") or folded[at : at + 1] in ("“", "《")


# Items inside a running paragraph: 一是…；一要…；第一，…；首先，… They count for NUM and are never headings.
ITEM = re.compile(rf"(?:第)?([{_HAN}]{{1,3}})(是要|要是|是|要|则|为)|第([{_HAN}]{{1,3}})(?=[,、])|(其)([{_HAN}])(?=[,、])")


def inline_markers(folded: str, start: int, end: int, *, glued: bool = False) -> Iterator[Marker]:
    """Heading numbers inside [start, end) that stand where a line break could have been.

    That is at the start, or behind a sentence's end mark, a closing quotation mark or a blank; never behind a comma,
    a semicolon or a colon, where a list inside a sentence goes on.

    Args:
        folded: Folded text.
        start, end: Where to look.
        glued: Also take numbers that stand right behind a word, as where a heading was glued to the next number.
    """
    at = start
    while at < end:
        m = MARKER_HEAD.search(folded, at, end)
        if m is None:
            return
        at = m.start()
        before = folded[at - 1] if at > start else "\n"
        open_ = before in " \n。!?…”" or (glued and (before in ")》" or ("\u4e00" <= before <= "\u9fff" and before not in "第十百一二三四五六七八九")))
        if not open_ and before == ":":  # 总结如下：一、
            marker = marker_at(folded, at, end)
            open_ = marker is not None and marker.value == 1 and (glued or marker.level <= 2)
        if open_ and (marker := marker_at(folded, at, end)):
            yield marker
            at = max(marker.end, at + 1)
        else:
            at += 1
