"""Automatic numbers of a Word file as the reader sees them: 一、 （一） 1. ①

Counters work as in Word: they belong to the abstract list, so that all lists made from it count on, until a list with
a start override is met for the first time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docnlp.readers.docx_styles import ParagraphStyle, Styles
from docnlp.readers.package import Element
from docnlp.readers.wordml import CHOICE, RPR, VAL, W, number, switch, to_int, value

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_SYMBOL_FONT = re.compile(r"(?i)wingdings|webdings|symbol|zapf ?dingbats")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition: `w:lvl`.

    Attributes:
        start: First value.
        kind: `w:numFmt`.
        text: `w:lvlText` with %1 … %9.
        restart: `w:lvlRestart`: 0 never, k after any number of level k or above (1-based); None after any level above.
        legal: Whether all numbers are shown in Arabic digits.
        style: Paragraph style that is tied to this level.
        symbol: Whether the text is set in a symbol font or is a picture.
    """

    start: int = 0
    kind: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    symbol: bool = False


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A `w:num`: its abstract list, levels with overrides applied, and start overrides."""

    abstract: str
    levels: tuple[Level, ...]
    starts: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Counters:
    """Running numbers of one story (main text, or one header)."""

    values: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[int, int]] = field(default_factory=set)


class Numbering:
    """List definitions of a file.

    Args:
        root: Root of `numbering.xml`, None where the file has none.
        styles: Styles of the file, for lists that are defined through a numbering style.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._nums: dict[int, Element] = {}
        self._lists: dict[int, ListDefinition | None] = {}
        if root is None:
            return
        for element in root:
            if element.tag == W + "abstractNum":
                self._abstract.setdefault(element.get(W + "abstractNumId", ""), element)
            elif element.tag == W + "num" and (identity := to_int(element.get(W + "numId"))) is not None:
                self._nums.setdefault(identity, element)

    def label(self, properties: Element | None, style: ParagraphStyle, counters: Counters) -> str:
        """Count a paragraph and give its number, without the tab or space behind it; "" where it has none.

        Args:
            properties: The paragraph's `w:pPr`.
            style: Its resolved style.
            counters: Counted on.
        """
        place = self._place(properties, style)
        if place is None:
            return ""
        num_id, level = place
        definition = self._definition(num_id)
        if definition is None:
            return ""
        values = self._count(num_id, level, definition, counters)
        return _render(definition.levels, level, values)

    def _place(self, properties: Element | None, style: ParagraphStyle) -> tuple[int, int] | None:
        """(numId, level) of a paragraph, direct formatting before style; None for an unnumbered one."""
        direct = None if properties is None else properties.find(W + "numPr")
        num_id = number(direct, W + "numId")
        level = number(direct, W + "ilvl")
        if num_id is None:
            num_id = style.num_id
            level = style.level if level is None else level
        if not num_id:
            return None
        if level is None:
            level = self._tied_level(num_id, style.chain)
        return num_id, min(max(level, 0), _LEVELS - 1)

    def _tied_level(self, num_id: int, chain: tuple[str, ...]) -> int:
        definition = self._definition(num_id)
        if definition is not None:
            for style in chain:
                for i, level in enumerate(definition.levels):
                    if level.style == style:
                        return i
        return 0

    def _definition(self, num_id: int) -> ListDefinition | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._define(num_id)
        return self._lists[num_id]

    def _define(self, num_id: int) -> ListDefinition | None:
        num = self._nums.get(num_id)
        if num is None:
            return None
        identity = value(num, W + "abstractNumId") or ""
        abstract = self._abstract.get(identity)
        seen = {identity}
        while abstract is not None and (link := value(abstract, W + "numStyleLink")) is not None:
            identity = self._linked(link)
            if identity in seen:
                return None
            seen.add(identity)
            abstract = self._abstract.get(identity)
        if abstract is None:
            return None
        levels = [Level()] * _LEVELS
        for element in abstract.findall(W + "lvl"):
            i = to_int(element.get(W + "ilvl"))
            if i is not None and 0 <= i < _LEVELS:
                levels[i] = _level(element)
        starts: list[tuple[int, int]] = []
        for override in num.findall(W + "lvlOverride"):
            i = to_int(override.get(W + "ilvl"))
            if i is None or not 0 <= i < _LEVELS:
                continue
            element = override.find(W + "lvl")
            start = number(override, W + "startOverride")
            if element is not None:
                levels[i] = _level(element)
            if start is not None:
                starts.append((i, start))
        return ListDefinition(identity, tuple(levels), tuple(starts))

    def _linked(self, style: str) -> str:
        """Abstract list behind a numbering style: the one that names it, else the one its own numId leads to."""
        for identity, abstract in self._abstract.items():
            if value(abstract, W + "styleLink") == style:
                return identity
        num_id = self._styles.numbering_of(style)
        return (value(self._nums.get(num_id), W + "abstractNumId") or "") if num_id is not None else ""

    def _count(self, num_id: int, level: int, definition: ListDefinition, counters: Counters) -> list[int | None]:
        values = counters.values.setdefault(definition.abstract, [None] * _LEVELS)
        override = dict(definition.starts).get(level)
        current = values[level]
        if override is not None and (num_id, level) not in counters.started:
            values[level] = override
        elif current is None:
            values[level] = definition.levels[level].start if override is None else override
        else:
            values[level] = current + 1
        counters.started.add((num_id, level))
        for below in range(level + 1, _LEVELS):
            restart = definition.levels[below].restart
            if restart is None or level < restart:
                values[below] = None
        return values


def _level(element: Element) -> Level:
    shape = element.find(W + "numFmt")
    if shape is None:  # a custom format of newer Word versions, with a plain one to fall back to
        shape = element.find(f".//{CHOICE}/{W}numFmt")
    kind = "decimal" if shape is None else shape.get(VAL, "decimal")
    if kind == "custom" and shape is not None:
        first = shape.get(W + "format", "").split(",")[0].strip()
        kind = f"zeros{len(first)}" if re.fullmatch(r"0+1", first) and len(first) < 10 else "decimal"
    fonts = element.find(f"{RPR}/{W}rFonts")
    names = "" if fonts is None else " ".join(fonts.attrib.values())
    start = number(element, W + "start")
    return Level(
        start=0 if start is None else start,
        kind=kind,
        text=value(element, W + "lvlText") or "",
        restart=number(element, W + "lvlRestart"),
        legal=bool(switch(element, W + "isLgl")),
        style=value(element, W + "pStyle"),
        symbol=element.find(W + "lvlPicBulletId") is not None or bool(_SYMBOL_FONT.search(names)),
    )


def _render(levels: tuple[Level, ...], level: int, values: list[int | None]) -> str:
    current = levels[level]
    if current.kind == "bullet":
        return _bullet(current)

    def fill(match: re.Match[str]) -> str:
        i = int(match[1]) - 1
        if i > level:
            return ""
        counted = values[i]
        shown = levels[i].start if counted is None else counted
        kind = levels[i].kind
        return format_number(shown, "decimal" if current.legal and kind != "none" else kind)

    return _PLACEHOLDER.sub(fill, current.text).strip()


def _bullet(level: Level) -> str:
    text = level.text.strip()
    if not text and not level.symbol:
        return ""
    if not text or any("\ue000" <= c <= "\uf8ff" for c in text) or (level.symbol and text <= "\xff"):
        return "•"
    return text


_HAN = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_UNITS = ("", "拾", "佰", "仟")


def _han(n: int, digits: str, units: tuple[str, ...], ten: str, myriad: str = "万") -> str:
    """Chinese numeral of 0 to 99,999,999. `ten`: how 10 to 19 begin, with or without the digit 一."""
    if n >= 10_000:
        high, low = divmod(n, 10_000)
        head = _han(high, digits, units, ten, myriad) + myriad
        return head + ((digits[0] if low < 1000 else "") + _han(low, digits, units, digits[1] + units[1]) if low else "")
    if n < 10:
        return digits[n]
    out = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = n // 10**power % 10
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + units[power]
            gap = False
        else:
            gap = True
    return ten + out[2:] if n < 20 else out


def _counting(n: int) -> str:
    return _han(n, _HAN, _UNITS, "十")


def _japanese(n: int) -> str:
    """Without 零 and without 一 before 十, 百 and 千."""
    if n == 0 or n >= 10_000:
        return _HAN[0] if n == 0 else _counting(n)
    out = ""
    for power in (3, 2, 1, 0):
        digit = n // 10**power % 10
        if digit:
            out += ("" if digit == 1 and power else _HAN[digit]) + _UNITS[power]
    return out


def _digital(zero: str) -> Callable[[int], str]:
    digits = zero + _HAN[1:]
    return lambda n: "".join(digits[int(c)] for c in str(n))


def _cycle(letters: str) -> Callable[[int], str]:
    return lambda n: letters[(n - 1) % len(letters)] if n > 0 else str(n)


def _letters(first: str) -> Callable[[int], str]:
    """a … z, aa … zz, aaa …"""

    def write(n: int) -> str:
        rounds, i = divmod(n - 1, 26)
        return chr(ord(first) + i) * (rounds + 1) if 0 < n <= 26 * 30 else str(n)

    return write


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for number_, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        out += sign * (n // number_)
        n %= number_
    return out


def _enclosed(first: int, count: int) -> Callable[[int], str]:
    return lambda n: chr(first + n - 1) if 0 < n <= count else str(n)


def _circled(n: int) -> str:
    if n == 0:
        return "⓪"
    if n <= 20:
        return chr(0x2460 + n - 1)
    if n <= 35:
        return chr(0x3251 + n - 21)
    return chr(0x32B1 + n - 36) if n <= 50 else str(n)


def _fullwidth(n: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(n))


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda n: "",
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": lambda n: _han(n, "零" + _HAN[1:], _UNITS, "十", "萬"),
    "ideographDigital": _digital("〇"),
    "japaneseDigitalTenThousand": _digital("〇"),
    "taiwaneseDigital": _digital("○"),
    "japaneseCounting": _japanese,
    "koreanCounting": str,
    "chineseLegalSimplified": lambda n: _han(n, _LEGAL, _LEGAL_UNITS, "壹拾"),
    "ideographLegalTraditional": lambda n: _han(n, "零壹貳參肆伍陸柒捌玖", _LEGAL_UNITS, "壹拾", "萬"),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _enclosed(0x3280, 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _enclosed(0x2460, 10),
    "decimalEnclosedParen": _enclosed(0x2474, 20),
    "decimalEnclosedFullstop": _enclosed(0x2488, 20),
    "decimalFullWidth": _fullwidth,
    "decimalFullWidth2": _fullwidth,
    "decimalZero": lambda n: f"{n:02}",
    "numberInDash": lambda n: f"- {n} -",
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
}


def format_number(n: int, kind: str) -> str:
    """A number in one of Word's formats.

    Args:
        n: The number.
        kind: `w:numFmt`, e.g. `chineseCountingThousand`; `zerosN` pads to N digits. An unknown one, and a number
            that the format has no sign for, is written in plain digits.
    """
    if kind.startswith("zeros"):
        return f"{n:0{int(kind[5:])}}"
    write = _FORMATS.get(kind)
    return str(n) if write is None or not 0 <= n < 100_000_000 else write(n)

