"""What the rules on style look at together: sentences, figures, dates, and where a section is marked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from docnlp.rules.base import Context
from docnlp.text.late import late

#: Genres whose style is judged; appeals and speeches (`other`) have a style of their own.
GENRES = ("plan", "keypoints", "summary", "notice", "opinion")

_HERE = Path(__file__).resolve().parent
_SENTENCE = late(r"[^。!?;\n]+[。!?;]*")
_WORD = late(r"[^\W_]")
_SPACES = late(r"\s")
_OPENING = late(r"[^\s,。;:!?]{1,12}")

_HAN_NUMBER = "[一二两三四五六七八九十百千万]"
#: Time that someone can hold against the work: a day, a month, a term, a rhythm.
DATE = late(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初|份)?|底|初|度)?|\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初|份)?|\d{1,2}日|\d{1,2}:\d{2}"
    rf"|每(?:年|季度|季|月|周|星期|日|天|半年|{_HAN_NUMBER}个?[年月周天])|(?:第?[一二三四1-4]|各|当|本)季度|[上下]半年|[年月季周]度?(?:底|末)|周[一二三四五六日]"
    r"|星期[一二三四五六日天]|(?:春节|元宵节?|清明节?|端午节?|七夕节?|中秋节?|重阳节?|国庆节?|元旦|五一|七一|八一|十一|五四|六一)(?=前|后|期间|假期|当天|[、,。])"
)
#: An amount that someone can count. A number is looked at once, from its first digit, however long it is.
FIGURE = late(
    r"(?<![\d.])\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?[余多来]?(?:%|‰|[^\W\d_])"
    rf"|(?<!{_HAN_NUMBER}){_HAN_NUMBER}{{1,8}}[余多来]?(?:次|名|人|户|场|期|块|台|辆|份|篇|支|件|封|盏|张|亩|元|公里|米|平方米|小时|分钟|天|周|趟|堂|节课|类|页|幅|组|班|课|本|套|册)"
    r"|百分之"
)


class Sentence(NamedTuple):
    """A sentence of running text: [start, end) with its end mark, its block, its size in characters without blanks."""

    start: int
    end: int
    block: int
    size: int


def sentences(context: Context) -> tuple[Sentence, ...]:
    """Sentences of body blocks, in order; a semicolon ends one too. Tables and the frame are left out.

    Args:
        context: The document. Ask through `context.shared`.
    """
    document, folded = context.document, context.folded
    out: list[Sentence] = []
    for i, block in enumerate(document.blocks):
        if block.kind != "body" or document.paragraphs[block.paragraph].cell is not None:
            continue
        begin = block.marker.end if block.marker else block.start
        for m in _SENTENCE.finditer(folded, begin, block.end):
            found = m[0]
            if _WORD.search(found):
                lead = len(found) - len(found.lstrip())
                start, end = m.start() + lead, m.start() + len(found.rstrip())
                out.append(Sentence(start, end, i, size(folded[start:end])))
    return tuple(out)


def size(text: str) -> int:
    """Characters of `text`, marks included, blanks not: what a word processor counts."""
    return len(_SPACES.sub("", text))


def opening(context: Context, start: int, end: int) -> tuple[int, int]:
    """The first words of [start, end), up to a mark and at most twelve characters."""
    words = _OPENING.search(context.folded, start, end)
    return words.span() if words else (start, end)


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """The shipped word lists: name to words."""
    table = tomllib.loads((_HERE / "sty_words.toml").read_text(encoding="utf-8"))
    return {name: tuple(listed) for name, listed in table.items()}


@cache
def levels() -> Mapping[str, Any]:
    """The shipped thresholds, measured on the corpus by tools/gen_sty_levels.py."""
    return tomllib.loads((_HERE / "sty_levels.toml").read_text(encoding="utf-8"))
