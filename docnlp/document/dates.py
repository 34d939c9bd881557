"""Dates as documents bear them."""

from __future__ import annotations

import re
from datetime import date

from docnlp.text.late import late
from docnlp.text.numerals import parse_int

_NUM = r"[\d一二三四五六七八九十〇零○Oo]"
# A whole line that is a date; blanks and placeholders allowed, so that 20xx年1月 is still the date line.
_YEAR = rf"(?:(?:19|20)[\dx×*_?]{{2}}|二[{'〇零○0oO'}一二三四五六七八九x×*]{{3}}|[x×*_]{{2,4}}|20 *)"
DATE_LINE = late(
    rf"^[(（]? *{_YEAR} *年 *(?:{_NUM}{{1,3}}|[x×*_ ]{{0,4}}) *月(?: *(?:{_NUM}{{1,3}}|[x×*_ ]{{0,4}}) *[日号])? *[)）]? *[。.]?$"
    r"|^[(（]?20\d\d[-./]\d{1,2}[-./]\d{1,2}[)）]?$"
)
_DATE_TAIL = late(rf"{_YEAR} *年 *(?:{_NUM}{{1,3}}|[x×*_]{{1,4}}) *月 *(?:{_NUM}{{1,3}}|[x×*_]{{1,4}}) *日 *[。.]?$")
#: A date inside a line, complete or with blanks; a full stop behind it belongs to it.
DATE_PIECE = late(rf"{_YEAR} *年 *(?:{_NUM}{{1,3}}|[x×*_]{{1,4}}) *月(?: *(?:{_NUM}{{1,3}}|[x×*_]{{1,4}}) *日)?[。.]?")
_FULL = late(rf"((?:19|20)\d\d|二[{'〇零○0'}一二三四五六七八九]{{3}}) *[年./-] *({_NUM}{{1,3}}) *[月./-] *(?:({_NUM}{{1,3}}) *[日号]?)?")


def is_date_line(folded: str) -> bool:
    """Whether a folded, stripped line is nothing but a date (possibly with blanks or placeholders)."""
    return len(folded) <= 24 and DATE_LINE.match(folded) is not None


def date_tail(folded: str) -> int | None:
    """Where a date at the very end of a line begins, or None."""
    window = max(0, len(folded) - 24)
    m = _DATE_TAIL.search(folded, window)
    return m.start() if m else None


def parse_date(text: str) -> date | None:
    """First complete date in `text` (folded); a month without a day counts as its first day. None where there is none."""
    for m in _FULL.finditer(text):
        year = parse_int(re.sub("[零○0Oo]", "〇", m[1]) if not m[1].isascii() else m[1])
        month = parse_int(m[2])
        day = parse_int(m[3]) if m[3] else 1
        if year and month and day:
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None
