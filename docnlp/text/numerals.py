"""Chinese, Arabic, full-width and circled numerals as integers."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_FULLWIDTH = {ord("０") + i: str(i) for i in range(10)}

#: Characters that may stand in a Chinese numeral, for use inside a character class.
HAN_DIGITS = "零〇一二三四五六七八九十百千两"


def circled(char: str) -> int | None:
    """Value of a circled or bracketed single-character number (①, ⑴, ⒈, ㈠), or None."""
    code = ord(char)
    for first, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10), (0x2776, 10), (0x3280, 10)):
        if first <= code < first + count:
            return code - first + 1
    return None


def parse_int(text: str) -> int | None:
    """Value of a whole number written in any of the usual ways.

    Args:
        text: `12`, `１２`, `十二`, `二十`, `一百零三`, `二〇二四`, `3万`, `①`; surrounding space is ignored.

    Returns:
        The value, or None where `text` is no whole number.
    """
    text = text.strip().translate(_FULLWIDTH)
    if not text:
        return None
    if text.isascii():
        return int(text) if text.isdigit() and len(text) <= 18 else None
    if len(text) == 1 and (value := circled(text)) is not None:
        return value
    if all(c in _DIGITS for c in text):  # positional: 二〇二四
        if len(text) > 18:
            return None
        value = 0
        for c in text:
            value = value * 10 + _DIGITS[c]
        return value
    return _parse_units(text)


def _parse_units(text: str) -> int | None:
    total = section = 0
    number: int | None = None
    arabic = ""
    for c in text:
        if c.isascii() and c.isdigit():
            arabic += c
            continue
        if arabic:
            if number is not None or len(arabic) > 15:
                return None
            number, arabic = int(arabic), ""
        if c in _DIGITS:
            if number not in (None, 0):
                return None
            number = _DIGITS[c]
        elif c in _UNITS:
            section += (1 if number is None else number) * _UNITS[c]
            number = None
        elif c in _BIG:
            total = (total + section + (number or 0)) * _BIG[c]
            section, number = 0, None
        else:
            return None
    if arabic:
        return None
    return total + section + (number or 0)


def to_han(value: int) -> str:
    """Chinese numeral of 1 to 99 as used in headings: 一, 十, 十二, 二十, 二十三.

    Raises:
        ValueError: `value` is outside 1 to 99.
    """
    if not 1 <= value <= 99:
        raise ValueError(f"no ordinal for {value}")
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones else "")
