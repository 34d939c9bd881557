"""PUN: punctuation (GB/T 15834—2011) and the form of ordinal marks.

Speed: a rule that looks for a fixed string uses `str.find`; a pattern starts with a literal or a small character class,
and what stands around a hit is looked at in code, never by a look-behind. What several rules need is found once a
document (`_survey`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from docnlp.document.model import Block
from docnlp.rules.base import Bad, Basis, Context, Edit, Fix, Good, Hit, Rule, Severity
from docnlp.text.late import late
from docnlp.text.spans import SpanSet

_STANDARD = "GB/T 15834—2011《标点符号用法》"
_FORMAT = "GB/T 9704—2012《党政机关公文格式》"

_HAN_DIGITS = "一二三四五六七八九十"
_BLANKS = " \t\u00a0\u3000"
_OPENERS = "“‘（《〈〔【「『"
_CLOSERS = "”’）》〉〕】」』"
_FULL = {
    ",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。",
}  # fmt: skip
_NAMES = {
    "，": "逗号", "。": "句号", "、": "顿号", "；": "分号", "：": "冒号", "？": "问号", "！": "叹号",
    ",": "半角逗号", ".": "半角句点", ";": "半角分号", ":": "半角冒号", "?": "半角问号", "!": "半角叹号", "(": "半角括号", ")": "半角括号",
}  # fmt: skip


def _han(char: str) -> bool:
    """Whether `char` is a Chinese character of the common block ("" is none)."""
    return "\u4e00" <= char <= "\u9fff" or char == "〇"


def _at(text: str, at: int) -> str:
    """The character at `at`; a line break outside the text."""
    return text[at] if 0 <= at < len(text) else "\n"


# --- what several rules need ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Survey:
    """Found once a document.

    Attributes:
        quiet: Spans that no rule looks into: addresses, blanks, markdown code and link targets.
        odd: Half-width marks and straight quotes by character.
        unpaired: Marks whose partner is missing, with whether they open.
        turned: Quotes that point the wrong way.
        nested: Brackets inside brackets of the same form, as (start, end) of the inner pair.
        pairs: Half-width brackets (start, end of the whole), also where the partner is full-width.
        dashes: Runs of hyphens, dashes and waves.
        wide: Runs of full-width letters and digits.
    """

    quiet: SpanSet
    odd: dict[str, list[int]] = field(default_factory=lambda: {c: [] for c in ",;:?!\"'"})
    unpaired: list[int] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)
    nested: list[tuple[int, int]] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    dashes: list[tuple[int, int]] = field(default_factory=list)
    wide: list[tuple[int, int]] = field(default_factory=list)


def _survey(context: Context) -> _Survey:
    """The survey of the document; rules ask for it through `Context.shared`."""
    text = context.text
    code = SpanSet(_markdown(context))
    found = _Survey(SpanSet([*_addresses(context), *code]))
    _note_odd(text, found)
    _pair_brackets(text, found, code)
    _pair_quotes(text, found, code)
    found.unpaired.sort()
    found.turned.sort()
    return found


def _addresses(context: Context) -> Iterator[tuple[int, int]]:
    """Protected spans without the marks that end them: those belong to the sentence, not to the address."""
    text = context.text
    for start, end in context.protected:
        while end > start and text[end - 1] in ".,;:!?()\"'":
            end -= 1
        yield start, end


_MD_CODE = late(r"```[\s\S]*?(?:```|\Z)|~~~[\s\S]*?(?:~~~|\Z)|`[^`\n]{1,200}`")
_MD_LINK = late(r"!?\[[^\]\[\n]{0,200}\](?:\([^()\n]{0,300}\)|\[[^\]\n]{0,100}\])")
_MD_TAG = late(r"</?[A-Za-z][^<>\n]{0,300}>")


def _markdown(context: Context) -> Iterator[tuple[int, int]]:
    """Code, link targets and tags of markdown; the words of a link are prose."""
    if context.document.source.format != "md":
        return
    text = context.text
    for m in _MD_CODE.finditer(text):
        yield m.span()
    for m in _MD_LINK.finditer(text):
        words = text.find("]", m.start(), m.end())
        yield m.start(), text.find("[", m.start()) + 1
        yield words, m.end()
    for m in _MD_TAG.finditer(text):
        yield m.span()


# One pass for all of them: a single character class is what the engine scans fastest.
_ODD = late(r"[,;:?!\"'\-－—─–~～０-９Ａ-Ｚａ-ｚ]")
_DASHES = "-－—─–~～"


def _note_odd(text: str, survey: _Survey) -> None:
    odd = survey.odd
    for m in _ODD.finditer(text):
        c, at = m[0], m.start()
        if c in odd:
            odd[c].append(at)
            continue
        runs = survey.dashes if c in _DASHES else survey.wide
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))


def _quiet(survey: _Survey, start: int, end: int) -> bool:
    return bool(len(survey.quiet)) and survey.quiet.touches(start, end)


_BRACKETS = late(r"[（）()《》〈〉〔〕【】「」『』\n]")
_PAIRS = {"）": "（", "》": "《", "〉": "〈", "〕": "〔", "】": "【", "」": "「", "』": "『"}
_SENTENCE_END = "。！？；"


def _is_item(text: str, at: int) -> bool:
    """Whether the closing bracket at `at` ends an ordinal without an opening one: `1）`, `a)`."""
    start = at
    while (
        start > 0
        and at - start < 3
        and (
            text[start - 1] in _HAN_DIGITS
            or text[start - 1].isdigit()
            or (text[start - 1].isascii() and text[start - 1].isalpha())
        )
    ):
        start -= 1
    before = _at(text, start - 1)
    return start < at and not (_han(before) or before.isalnum())


def _pair_brackets(text: str, survey: _Survey, code: SpanSet) -> None:
    """Match brackets paragraph by paragraph; what stays open may close in the next two lines of a broken sentence.

    Brackets in `code` do not count; those in addresses do, since an address takes in the bracket behind it.
    """
    stacks: dict[str, list[int]] = {}
    inner: dict[int, list[tuple[int, int]]] = {}
    carried: dict[str, tuple[int, int]] = {}  # opening mark → (offset, lines left)
    quiet = code if len(code) else None
    for m in _BRACKETS.finditer(text):
        c, at = m[0], m.start()
        if c == "\n":
            if stacks or carried:
                _end_line(text, at, stacks, carried, survey)
            continue
        if quiet is not None and quiet.touches(at, at + 1):
            continue
        c = "（" if c == "(" else "）" if c == ")" else c
        opening = _PAIRS.get(c)
        if opening is None:
            stacks.setdefault(c, []).append(at)
            continue
        stack = stacks.get(opening)
        if stack:
            start = stack.pop()
            if len(stack) == 1:
                inner.setdefault(stack[-1], []).append((start, at + 1))
            elif not stack:
                del stacks[opening]
            survey.nested.extend(inner.pop(start, ()))
            if text[start] == "(" or text[at] == ")":
                survey.pairs.append((start, at + 1))
        elif opening in carried:
            del carried[opening]
        elif c != "）" or not _is_item(text, at):
            survey.unpaired.append(at)
    _end_line(text, len(text), stacks, carried, survey, last=True)
    survey.nested.sort()


def _end_line(
    text: str,
    at: int,
    stacks: dict[str, list[int]],
    carried: dict[str, tuple[int, int]],
    survey: _Survey,
    last: bool = False,
) -> None:
    """Settle what is open at a line break: carried on, or reported."""
    for opening in list(carried):
        start, left = carried.pop(opening)
        if left > 1 and not last:
            carried[opening] = (start, left - 1)
        else:
            survey.unpaired.append(start)
    broken = not last and at > 0 and text[at - 1] not in _SENTENCE_END
    for opening, stack in stacks.items():
        survey.unpaired.extend(stack[:-1])
        if broken and opening not in carried:
            carried[opening] = (stack[-1], 2)
        else:
            survey.unpaired.append(stack[-1])
    stacks.clear()


_QUOTES = late(r"[“”‘’\n]")
_WELL_QUOTED = late(r"(?:“(?:‘’)*+”|‘’|\n)*+")
_NO_QUOTE_INSIDE = late(r"[。！？；;，,：:\n]")


def _short(text: str, start: int, end: int) -> bool:
    """Whether the words between two marks may be one quoted phrase."""
    return 0 < end - start <= 20 and _NO_QUOTE_INSIDE.search(text, start, end) is None


def _pair_quotes(text: str, survey: _Survey, code: SpanSet) -> None:
    """Match quotes so that a missing one is reported where it is missing and does not turn the ones behind it."""
    if _WELL_QUOTED.fullmatch("".join(_QUOTES.findall(text))):
        return
    quiet = code if len(code) else None
    double: list[int] = []
    single: list[int] = []
    for m in _QUOTES.finditer(text):
        c, at = m[0], m.start()
        if c == "\n":
            if double and text[double[-1]] != "\n":
                double.append(at)
            if single and text[single[-1]] != "\n":
                single.append(at)
        elif quiet is not None and quiet.touches(at, at + 1):
            continue
        elif c in "“”":
            double.append(at)
        elif not (c == "’" and _apostrophe(text, at)):
            single.append(at)
    for marks, opening, closing in ((double, "“", "”"), (single, "‘", "’")):
        _match_quotes(text, marks, opening, closing, survey)


def _apostrophe(text: str, at: int) -> bool:
    """Whether a single closing quote stands inside an English word."""
    before, after = _at(text, at - 1), _at(text, at + 1)
    return before.isascii() and before.isalnum() and after.isascii() and after.isalpha()


def _match_quotes(text: str, marks: list[int], opening: str, closing: str, survey: _Survey) -> None:
    open_at: int | None = None
    carried: tuple[int, int] | None = None  # an opening mark left open at a line break, and how many lines it may span
    count = len(marks)
    i = 0
    while i < count:
        at = marks[i]
        c = text[at]
        following = marks[i + 1] if i + 1 < count else None
        after = text[following] if following is not None else "\n"
        i += 1
        if (
            carried is not None
            and c != "\n"
            and (at - carried[0] > 4000 or text.count("\n", carried[0], at) > carried[1])
        ):
            survey.unpaired.append(carried[0])
            carried = None
        if c == "\n":
            if open_at is not None:
                if carried is not None:
                    survey.unpaired.append(carried[0])
                carried = _carry(text, open_at, at, survey)
                open_at = None
        elif c == closing:
            if open_at is not None:
                open_at = None
            elif carried is not None:
                carried = None
            elif closing == "’" and (
                text[at + 1 : at + 3].isdigit() or (text[at - 1 : at].isascii() and text[at - 1 : at].isalpha())
            ):
                continue  # ’99; the students’ work
            elif after == closing and following is not None and _short(text, at + 1, following):
                survey.turned.append(at)
                i += 1  # the next one closes
            else:
                survey.unpaired.append(at)
        elif open_at is None:
            if carried is not None:
                if not _at_line_start(text, at):  # else the quotation goes on in the next paragraph
                    survey.unpaired.append(carried[0])
                carried = None
            open_at = at
        elif after == closing and i + 1 < count and text[marks[i + 1]] == closing and following is not None:
            survey.nested.append((at, following + 1))
            i += 1
        elif after != closing and _short(text, open_at + 1, at):
            survey.turned.append(at)
            open_at = None
        else:
            survey.unpaired.append(open_at)
            open_at = at
    if open_at is not None:
        survey.unpaired.append(open_at)
    if carried is not None:
        survey.unpaired.append(carried[0])


def _at_line_start(text: str, at: int) -> bool:
    at -= 1
    while at >= 0 and text[at] in _BLANKS:
        at -= 1
    return at < 0 or text[at] == "\n"


def _carry(text: str, open_at: int, end: int, survey: _Survey) -> tuple[int, int] | None:
    """An opening quote at a line break: a quotation of several paragraphs, a broken line, or a missing partner."""
    if _at(text, open_at - 1) in ("：", ":") or _at_line_start(text, open_at):
        return open_at, 10
    if text[end - 1] not in _SENTENCE_END:
        return open_at, 2
    survey.unpaired.append(open_at)
    return None


def _find(text: str, needle: str) -> Iterator[int]:
    """Places of `needle`."""
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + len(needle))


# --- pairs ----------------------------------------------------------------------------------------------------------


def unpaired_marks(context: Context) -> Iterator[Hit]:
    """Quotes, brackets and title marks whose partner is missing."""
    text = context.text
    survey = context.shared(_survey)
    for at in survey.unpaired:
        c = text[at]
        if _quiet(survey, at, at + 1):
            continue
        before, after = _at(text, at - 1), _at(text, at + 1)
        if c in "()" and not (_han(before) or _han(after)):
            continue
        side = "后一半" if c in _OPENERS or c == "(" else "前一半"
        yield Hit(at, at + 1, f"“{c}”缺少与它配对的{side}，请补上或删去")


def turned_quotes(context: Context) -> Iterator[Hit]:
    """Two quotes of one pair that point the same way."""
    text = context.text
    for at in context.shared(_survey).turned:
        right = {"“": "”", "”": "“", "‘": "’", "’": "‘"}[text[at]]
        yield Hit(at, at + 1, f"前后引号方向相同，这里应为“{right}”", (right,))


_LONGEST = 200  # characters inside a pair; a longer one is not looked into


def nested_brackets(context: Context) -> Iterator[Hit]:
    """Brackets or quotes inside a pair of the same form (title marks have a rule of their own)."""
    text = context.text
    for start, end in context.shared(_survey).nested:
        c = text[start]
        if end - start > _LONGEST:
            continue
        if c in "（(":
            if end - start <= 4:  # an ordinal or a short code: （见（1））
                continue
            yield Hit(start, end, "圆括号里又套圆括号，里层宜改用六角括号“〔〕”或调整语句")
        elif c == "“":
            yield Hit(start, end, "双引号里又套双引号，里层应用单引号", (f"‘{text[start + 1 : end - 1]}’",))


def nested_title_marks(context: Context) -> Iterator[Hit]:
    """《 inside 《》: the inner one is 〈〉. Three levels are left to the writer."""
    text = context.text
    for start, end in context.shared(_survey).nested:
        if text[start] == "《" and end - start <= _LONGEST and text.find("《", start + 1, end) < 0:
            edits = (Edit(start, start + 1, "〈"), Edit(end - 1, end, "〉"))
            inner = f"〈{text[start + 1 : end - 1]}〉"
            yield Hit(start, end, f"书名号里再用书名号，里层应为单书名号：{inner}", (inner,), edits)


# --- half-width marks -----------------------------------------------------------------------------------------------

_HALF_MESSAGE = {c: f"汉语文字中用了{_NAMES[c]}“{c}”，应为全角“{_FULL[c]}”" for c in ",;:?!()."}
_ENTITY = late(r"&#?[A-Za-z0-9]{1,8}\Z")


def half_width_marks(context: Context) -> Iterator[Hit]:
    """Half-width marks, brackets and straight quotes in Chinese words."""
    survey = context.shared(_survey)
    text = context.text
    around = [*_half_width_brackets(text, survey), *_straight_quotes(text, survey)]
    yield from around
    turned = frozenset([hit.start for hit in around if hit.start is not None])  # will be Chinese marks
    quiet = survey.quiet if len(survey.quiet) else None
    last = len(text) - 1
    for c in ",;:?!":
        message, full = _HALF_MESSAGE[c], (_FULL[c],)
        for at in survey.odd[c]:
            before = text[at - 1] if at else "\n"  # not by _at: this loop runs on every comma of a web copy
            after = text[at + 1] if at < last else "\n"
            if not ("\u4e00" <= before <= "\u9fff" or "\u4e00" <= after <= "\u9fff") and not _beside(text, at, turned):
                continue
            if before == "\n" or (before in _BLANKS and _at_line_start(text, at)):
                continue  # a paragraph that begins with a mark has a rule of its own
            if c == ";" and before.isascii() and _ENTITY.search(text, max(0, at - 10), at):
                continue
            if quiet is not None and quiet.touches(at, at + 1):
                continue
            yield Hit(at, at + 1, message, full)
    yield from _half_width_stops(text, survey, turned)


def _beside(text: str, at: int, turned: frozenset[int]) -> bool:
    """Whether a Chinese bracket or quote stands beside `at`."""
    return _at(text, at - 1) in _CLOSERS or _at(text, at + 1) in _OPENERS or at - 1 in turned or at + 1 in turned


def _half_width_brackets(text: str, survey: _Survey) -> Iterator[Hit]:
    for start, end in survey.pairs:
        if _ordinal_brackets(text, start, end) or not _has_han(text, start + 1, end - 1):
            continue
        if _quiet(survey, start, start + 1) or _quiet(survey, end - 1, end):
            continue
        if text[start] == "(":
            yield Hit(start, start + 1, _HALF_MESSAGE["("], ("（",))
        if text[end - 1] == ")":
            yield Hit(end - 1, end, _HALF_MESSAGE[")"], ("）",))


_HAN_RUN = late(r"[^\W\da-zA-Z_]")
_ORDINAL_INSIDE = late(rf" ?(?:[{_HAN_DIGITS}]{{1,3}}|\d{{1,2}}) ?\Z")


def _has_han(text: str, start: int, end: int) -> bool:
    return _HAN_RUN.search(text, start, end) is not None


def _ordinal_brackets(text: str, start: int, end: int) -> bool:
    return end - start <= 7 and _ORDINAL_INSIDE.match(text, start + 1, end - 1) is not None


def _half_width_stops(text: str, survey: _Survey, turned: frozenset[int]) -> Iterator[Hit]:
    """A half-width dot that ends a sentence, or stands between two Chinese characters."""
    for at in _find(text, "."):
        before, after = _at(text, at - 1), _at(text, at + 1)
        if not (_han(before) or before in _CLOSERS or at - 1 in turned):
            continue
        at_end = after == "\n"
        if not (at_end or _han(after) or after in _OPENERS or at + 1 in turned) or _quiet(survey, at, at + 1):
            continue
        if before in _HAN_DIGITS and _at_line_start(text, _skip_han_digits(text, at)):
            continue  # 一.
        if at_end:
            yield Hit(at, at + 1, _HALF_MESSAGE["."], ("。",))
        else:
            yield Hit(at, at + 1, "汉字之间用了半角句点“.”，句末用“。”，外国人名等用间隔号“·”", ("。", "·"), ())


def _skip_han_digits(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in _HAN_DIGITS:
        at -= 1
    return at


def _straight_quotes(text: str, survey: _Survey) -> Iterator[Hit]:
    """Straight quotes, taken in turn as opening and closing within a line."""
    for c, left, right in (('"', "“", "”"), ("'", "‘", "’")):
        line: list[int] = []
        end = -1
        for at in survey.odd[c]:
            if at >= end:
                yield from _quotes_of_line(text, line, left, right)
                line = []
                end = text.find("\n", at)
                end = len(text) if end < 0 else end
            before, after = _at(text, at - 1), _at(text, at + 1)
            if (
                before.isascii()
                and before.isalnum()
                and (c == "'" or (before.isdigit() and not _han(after) and after != "\n"))
            ):
                continue  # an apostrophe, feet or inches
            if not _quiet(survey, at, at + 1):
                line.append(at)
        yield from _quotes_of_line(text, line, left, right)


def _quotes_of_line(text: str, line: list[int], left: str, right: str) -> Iterator[Hit]:
    if len(line) % 2:
        for at in line:
            if _han(_at(text, at - 1)) or _han(_at(text, at + 1)):
                yield Hit(
                    at, at + 1, f"汉语文字中用了直引号，应为弯引号“{left}{right}”；本段直引号个数不成对，请核", (), ()
                )
        return
    name = "双" if left == "“" else "单"
    for low, high in zip(line[::2], line[1::2], strict=True):
        around = (_at(text, low - 1), _at(text, low + 1), _at(text, high - 1), _at(text, high + 1))
        if any(_han(c) for c in around) or (high - low <= _LONGEST and _has_han(text, low, high)):
            yield Hit(low, low + 1, f"汉语文字中用了直引号，这里应为前{name}引号“{left}”", (left,), fix=Fix.UNSAFE)
            yield Hit(high, high + 1, f"汉语文字中用了直引号，这里应为后{name}引号“{right}”", (right,), fix=Fix.UNSAFE)


def half_width_ordinals(context: Context) -> Iterator[Hit]:
    """(一) and (1) as ordinals."""
    survey = context.shared(_survey)
    text = context.text
    for start, end in survey.pairs:
        if not _ordinal_brackets(text, start, end):
            continue
        inside = text[start + 1 : end - 1].strip()
        if inside[0] not in _HAN_DIGITS:
            before = _at(text, start - 1)
            if not (before in "\n。；：;:！？，," or _at_line_start(text, start)) or not _han(
                _at(text, end).strip() or _at(text, end + 1)
            ):
                continue  # 式(2), f(1)
        right = f"（{inside}）"
        yield Hit(start, end, f"序号用了半角括号“{text[start:end]}”，应为“{right}”", (right,))


# --- marks side by side ---------------------------------------------------------------------------------------------

_STACK = late(r"[，。、；：！？,;:!?][，。、；：！？,;:!?]+")
_STRONG = late(r"[！？!?]{2,3}\Z")


def stacked_marks(context: Context) -> Iterator[Hit]:
    """Two marks where one belongs: 。。 ，， 、， 。，."""
    survey = context.shared(_survey)
    text = context.text
    for m in _STACK.finditer(text):
        run, (start, end) = m[0], m.span()
        if _STRONG.match(run) or (len(run) > 2 and set(run) == {"。"}):
            continue
        before = _at(text, start - 1)
        if (run.isascii() and not _han(before)) or _quiet(survey, start, end):
            continue
        if before in "“‘（(" and _at(text, end) in "”’）)":
            continue  # the marks themselves are spoken of: “，。”
        kinds = list(dict.fromkeys(_FULL.get(c, c) for c in run))
        if len(kinds) == 1:
            yield Hit(start, end, f"“{kinds[0]}”重复了，只留一个", (kinds[0],))
        else:
            names = "和".join(_NAMES[k] for k in kinds[:2])
            yield Hit(
                start, end, f"“{run}”中{names}叠用，只能留一个", tuple(sorted(kinds, key="。！？；：，、".index)), ()
            )


def marks_at_paragraph_start(context: Context) -> Iterator[Hit]:
    """A paragraph that begins with a mark that cannot begin one."""
    survey = context.shared(_survey)
    text = context.text
    for p in context.document.paragraphs:
        at, end = p.start, p.end
        while at < end and text[at] in _BLANKS:
            at += 1
        if at >= end or text[at] not in "，。、；：！？,;:!?":
            continue
        after = _at(text, at + 1)
        if (text[at] in ",;:!?" and not _han(after)) or _quiet(survey, at, at + 1):
            continue
        stop = at + 1
        while stop < end and text[stop] in "，。、；：！？":
            stop += 1
        if stop > at + 1 or text[at + 1 : end].lstrip(_BLANKS)[:1] in tuple("，。、；：！？,;:!?"):
            continue  # stacked marks, or a row of dots
        yield Hit(
            at, at + 1, f"{_NAMES[text[at]]}不能放在一段的开头，请删去，或与上一段接上", (), (Edit(at, at + 1, ""),)
        )


def marks_round_closing_quote(context: Context) -> Iterator[Hit]:
    """A mark both inside and outside the closing quote: 。”。"""
    text = context.text
    for at in _find(text, "”"):
        before, after = _at(text, at - 1), _at(text, at + 1)
        if not before or not after or before not in "。！？，；" or after not in "。，；":
            continue
        if before in "。，；":
            yield Hit(
                at - 1, at + 2, f"引号内已有“{before}”，引号外又用“{after}”，只留一处", (f"{before}”", f"”{after}")
            )
        elif after == "。":
            yield Hit(at - 1, at + 2, f"引号内已有“{before}”，引号外一般不再用“。”", (f"{before}”",), severity="info")


def separators_between_quoted(context: Context) -> Iterator[Hit]:
    """、 between 《》《》 or “”“” that stand side by side."""
    text = context.text
    survey = context.shared(_survey)
    for needle in ("》、《", "”、“"):
        closing, opening = needle[0], needle[2]
        done = 0
        for at in _find(text, needle):
            if at < done:
                continue
            commas = [at + 1]
            stop = text.find(closing, at + 3, at + 120)
            while stop >= 0 and text.startswith(needle, stop):
                commas.append(stop + 1)
                stop = text.find(closing, stop + 3, stop + 120)
            done = stop if stop >= 0 else commas[-1]
            start = text.rfind(opening, max(0, at - 120), at)
            if start < 0 or stop < 0 or _at(text, start - 1) in ("、", "和", "与", "及", "或"):
                continue
            if _at(text, stop + 1) in tuple("（(、和与及或等以"):
                continue
            for comma in commas:
                if not _quiet(survey, comma, comma + 1):
                    what = "书名号" if closing == "》" else "引号"
                    yield Hit(
                        comma, comma + 1, f"并列的{what}之间通常不用顿号，可删去", (), (Edit(comma, comma + 1, ""),)
                    )


_DENG_WORDS = "待候到着额级距边效值量同次差式于闲离腰份身高比位"


def marks_before_deng(context: Context) -> Iterator[Hit]:
    """、 before 等."""
    text = context.text
    for at in _find(text, "、等"):
        if _at(text, at + 2) in _DENG_WORDS or _at(text, at - 1) == "、":
            continue
        yield Hit(at, at + 1, "“等”前不用顿号，可删去“、”", (), (Edit(at, at + 1, ""),))


_HE_BEFORE = "温谐缓平祥柔谦总饱共调中随议讲融暖泰颐义协永人家仁亲宽醇掺搅拌附应唱晴清太雍保维保建景安淑穆差求欢祥违媾凑腰通言康元兴宁世"
_HE_AFTER = "谐平睦美气善解蔼顺田县风悦乐硕合煦缓约会音声林静颐布政龙亲盘盛衷弦衣尚服煦暖面稀"


def marks_beside_conjunctions(context: Context) -> Iterator[Hit]:
    """和、 以及、 and 、和 、以及: the mark and the word do the same work."""
    text = context.text
    for at in _find(text, "和、"):
        before = _at(text, at - 1)
        if (
            before in _HE_BEFORE
            or before in "“‘《（"
            or _at(text, at + 2) == "、"
            or not (_han(before) or before in _CLOSERS or before.isalnum())
        ):
            continue
        yield Hit(at + 1, at + 2, "“和”后不用顿号，可删去“、”", (), (Edit(at + 1, at + 2, ""),))
    for at in _find(text, "以及、"):
        if _at(text, at + 3) == "、":
            continue
        yield Hit(at + 2, at + 3, "“以及”后不用顿号，可删去“、”", (), (Edit(at + 2, at + 3, ""),))
    for at in _find(text, "、和"):
        after = _at(text, at + 2)
        if after in _HE_AFTER or not (_han(after) or after in _OPENERS or after.isalnum()):
            continue
        yield Hit(at, at + 1, "“和”前不用顿号，可删去“、”", (), (), severity="info")
    for at in _find(text, "、以及"):
        yield Hit(at, at + 1, "“以及”前宜用逗号", ("，",), (), severity="info")


# --- ellipses and dashes --------------------------------------------------------------------------------------------

# Each begins with a literal, which the engine finds fast; a repeat would not.
_DOTS = (re.compile(r"\.\.\.+"), re.compile(r"。。。+"), re.compile(r"···+"), re.compile(r"……*"))
_LEADER = late(r"[ .·…]{0,80}\d{1,4}[ \t]*(?:\n|\Z)")


def ellipsis_form(context: Context) -> Iterator[Hit]:
    """... 。。。 and a single … for ……."""
    text = context.text
    survey = context.shared(_survey)
    for m in chain.from_iterable(pattern.finditer(text) for pattern in _DOTS):
        run, (start, end) = m[0], m.span()
        before, after = _at(text, start - 1), _at(text, end)
        if run == "……" or run == "…………" or before == "…" or after == "…":
            continue
        if not (_han(before) or before in _CLOSERS or _han(after) or (after in _CLOSERS and before in _OPENERS)):
            continue
        if _LEADER.match(text, end) or _quiet(survey, start, end):
            continue  # the dots between a heading and its page in a table of contents
        yield Hit(start, end, f"省略号应为六连点“……”，不写作“{run if len(run) <= 6 else run[:6] + '…'}”", ("……",))


_DENG_VERBS = "待候到着于额级同"


def ellipsis_with_deng(context: Context) -> Iterator[Hit]:
    """……等: both say that the list goes on."""
    text = context.text
    for at in _find(text, "…等"):
        if _at(text, at + 2) in _DENG_VERBS:
            continue
        start = at
        while start > 0 and text[start - 1] == "…":
            start -= 1
        if _at(text, start - 1) in ("在", "从", "以", "把", "对", "“", "‘", "，", "。", "："):
            continue  # a pattern with a gap: 在……等方面
        yield Hit(start, at + 2, "省略号与“等”意思重复，只用其一", ("等",), fix=Fix.UNSAFE)
    for at in _find(text, "等……"):
        if at and (_han(text[at - 1]) or text[at - 1] in _CLOSERS) and text[at - 1] not in "同平相何我你他她您稍":
            yield Hit(at, at + 3, "“等”与省略号意思重复，只用其一", ("等", "……"), (), severity="info")


def marks_beside_ellipsis(context: Context) -> Iterator[Hit]:
    """、 before or behind ……."""
    text = context.text
    for at in _find(text, "、……"):
        if _at(text, at - 1) == "、":
            continue
        yield Hit(at, at + 1, "省略号前不用顿号", (), (Edit(at, at + 1, ""),))
    for at in _find(text, "……、"):
        if _at(text, at + 3) == "、":
            continue
        yield Hit(at + 2, at + 3, "省略号后不用顿号", (), (Edit(at + 2, at + 3, ""),))


def dash_form(context: Context) -> Iterator[Hit]:
    """-- and its kin for ——."""
    text = context.text
    survey = context.shared(_survey)
    markdown = context.document.source.format == "md"
    for start, end in survey.dashes:
        run = text[start:end]
        if run in ("——", "—", "～", "~") or len(run) > 4 or "~" in run or "～" in run or run == "————":
            continue
        before, after = _at(text, start - 1), _at(text, end)
        left = _han(before) or before in _CLOSERS
        right = _han(after) or after in _OPENERS
        if len(run) == 1:
            if _han(before) and _han(after) and not _quiet(survey, start, end):
                yield Hit(
                    start,
                    end,
                    f"汉字之间的“{run}”：表示解释说明用破折号“——”，表示起止用一字线“—”",
                    ("——", "—"),
                    (),
                    severity="info",
                )
            continue
        if right and (left or (before == "\n" and not markdown)) and not _quiet(survey, start, end):
            yield Hit(start, end, f"破折号应为“——”，不写作“{run}”", ("——",))


_UNIT = r"(?:年|月|日|号|时|点|分|%|％|人|个|名|次|岁|℃|元|万元|[:：]\d\d)?"
_LEFT_VALUE = late(rf"[0-9０-９.]+({_UNIT})\Z")
_RIGHT_VALUE = late(rf"[0-9０-９.]+({_UNIT})")


def _range_sides(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Units left and right of a joining mark between two numbers, or None."""
    right = _RIGHT_VALUE.match(text, end, end + 10)
    if right is None:
        return None
    low = start
    while (
        low > start - 9
        and low > 0
        and (text[low - 1].isdigit() or text[low - 1] in ".年月日号时点分%％人个名次岁℃元万:：")
    ):
        low -= 1
    left = _LEFT_VALUE.search(text, max(low, 0), start)
    if left is None:
        return None
    return left[1], right[1]


def dash_as_range(context: Context) -> Iterator[Hit]:
    """—— between two numbers or dates of a range."""
    text = context.text
    for start, end in context.shared(_survey).dashes:
        run = text[start:end]
        if len(run) != 2 or run in ("～～", "~~"):
            continue
        sides = _range_sides(text, start, end)
        if sides is None or not (
            sides[0] == sides[1] or not sides[0] or (sides[0] in "年月" and sides[1] in "年月日" and sides[1])
        ):
            continue
        if (not sides[0] and not sides[1]) or _quiet(context.shared(_survey), start, end):
            continue
        yield Hit(start, end, f"表示起止用一字线“—”（数值也可用浪纹线“～”），不用“{run}”", ("—",))


_TIME_UNITS = ("年", "月", "日", "时", "点")
_RANGE_UNIT = late(
    r"(?:年|个?月|日|时|点|人|名|个|次|天|周|岁|项|篇|场|期|条|页|户|米|小时|分钟|公里|公斤|元|学时|课时)"
)


def range_marks(context: Context) -> Iterator[Hit]:
    """- and ~ in a range of dates or values."""
    text = context.text
    survey = context.shared(_survey)
    for start, end in survey.dashes:
        run = text[start:end]
        if run not in ("-", "－", "–", "~"):
            continue
        right = _RIGHT_VALUE.match(text, end, end + 10)
        if right is None or not right[0][0].isdigit():
            continue
        stop = end
        while stop < len(text) and text[stop].isdigit():
            stop += 1
        unit = _RANGE_UNIT.match(text, stop)
        if unit is None or stop - end > 4 or _at(text, stop) in ("-", "－"):
            continue
        sides = _range_sides(text, start, end)
        if sides is None:
            continue
        low = start
        while low > 0 and low > start - 5 and text[low - 1].isdigit():
            low -= 1
        before = _at(text, low - 1)
        if not sides[0] and (start - low > 4 or before in "-－—/.:" or (before.isascii() and before.isalnum())):
            continue  # a date, a code or a telephone number
        if _quiet(survey, start, end):
            continue
        time = unit[0] in _TIME_UNITS or (unit[0] == "个月" and sides[0] != "")
        right_mark = "—" if time else "～"
        what = "时间的起止用一字线“—”" if time else "数值的范围用浪纹线“～”"
        yield Hit(start, end, f"{what}，不用“{run}”", (right_mark,))


# --- document numbers -----------------------------------------------------------------------------------------------

_YEAR_BRACKET = late(r"[\[【(（［〖{｛](?=[12１２])")
_YEAR_NUMBER = late(
    r"([12１２][09０９][0-9０-９]{2})[\]】)）］〗}｝〕] ?(?:第 ?)?[0-9０-９]{1,4} ?号(?![楼院线路门房机车仓])"
)


def wrong_year_brackets(context: Context) -> Iterator[Hit]:
    """[2025]5号: the year of a document number stands in 〔〕."""
    text = context.text
    survey = context.shared(_survey)
    for m in _YEAR_BRACKET.finditer(text):
        start = m.start()
        number = _YEAR_NUMBER.match(text, start + 1, start + 24)
        if number is None or not start or not (_han(text[start - 1]) or text[start - 1] in "）)"):
            continue
        end = number.end(1) + 1
        if _quiet(survey, start, end):
            continue
        right = f"〔{number[1]}〕"
        yield Hit(start, end, f"发文字号的年份应用六角括号：{right}", (right,))


_NUMBER = late(r"〔([0-9０-９]{2,4})〕( ?第 ?)?([0０]*)[0-9０-９]{1,4} ?号")


def malformed_document_numbers(context: Context) -> Iterator[Hit]:
    """〔25〕5号, 〔2025〕05号, 〔2025〕第5号."""
    text = context.text
    if "〔" not in text:
        return
    for m in _NUMBER.finditer(text):
        year = m[1]
        if len(year) == 2:
            full = ("20" if int(year) <= context.as_of.year % 100 + 1 else "19") + str(int(year)).zfill(2)
            yield Hit(m.start(1), m.end(1), f"发文字号的年份应写全称：〔{full}〕", (full,), fix=Fix.UNSAFE)
        if m[2]:
            yield Hit(m.start(2), m.end(2), "发文字号的序号前不加“第”", (), (Edit(m.start(2), m.end(2), ""),))
        if m[3]:
            yield Hit(
                m.start(3), m.end(3), "发文字号的序号不编虚位，删去前面的“0”", (), (Edit(m.start(3), m.end(3), ""),)
            )


_CITED = late(r"〕[0-9０-９]{1,4}号[）)]?(?:文件)?《")


def numbers_before_titles(context: Context) -> Iterator[Hit]:
    """The document number stands before the title it belongs to."""
    text = context.text
    if "〔" not in text:
        return
    for m in _CITED.finditer(text):
        yield Hit(m.end() - 1, m.end(), "引用公文宜先写标题，后用圆括号写发文字号：《标题》（发文字号）")


# --- the frame and headings -----------------------------------------------------------------------------------------


_FIRST_ATTACHMENT = late(r"附件[:：]? ?[1１] ?[.．、]")


def marks_after_frame_lines(context: Context) -> Iterator[Hit]:
    """Title, signature, date and the name of an attachment take no mark at the end."""
    text = context.text
    names = {"title": "标题", "signature": "署名", "date": "成文日期", "attachment": "附件名称"}
    listed = 0  # number of the last attachment in 附件：1.…, where the next ones follow line by line
    for b in context.document.blocks:
        if b.kind == "attachment" and _FIRST_ATTACHMENT.match(text, b.start, b.end):
            listed = 1
        elif listed and b.marker is not None and b.marker.level == 3 and b.marker.value == listed + 1:
            listed = b.marker.value
        else:
            listed = 0
        name = "附件名称" if listed else names.get(b.kind)
        if name is None or b.masthead or b.end - b.start > 120:
            continue
        end = b.end
        if text[end - 1] not in "。，；、,;." or end - b.start < 3:
            continue
        start = end - 1
        while start > b.start and text[start - 1] in "。，；、,;." + _BLANKS:
            start -= 1
        if end - start > 1 or (text[start] == "." and not (_han(text[start - 1]) or text[start - 1] in _CLOSERS)):
            continue
        if (b.kind == "title" and "。" in text[b.start : start]) or _quiet(context.shared(_survey), start, end):
            continue
        yield Hit(start, end, f"{name}末尾不用{_NAMES[text[start]]}", (), (Edit(start, end, ""),))


_ADDRESSEE = late(
    r"(?:各[^。；：:！？!?\n]{1,56}(?:单位|部门|科室|处室|学校|学院|班级|社区|街道|乡镇|镇|乡|村|局|办|公司|企业|中心|支部|党委|总支|工会|团委|委员会|所|站|院)"
    r"|(?:全体|广大|尊敬的|亲爱的|各位)[^。；：:！？!?\n]{1,40}(?:同志们?|朋友们?|职工|市民|居民|师生|同学们?|领导|来宾|家长|村民))([，。；、,;.]?)"
)


def addressees_without_colon(context: Context) -> Iterator[Hit]:
    """The line behind the title that names whom the document goes to, without its colon."""
    text = context.text
    document = context.document
    for part in document.parts:
        titled = False
        for b in document.blocks[part.first : min(part.last, part.first + 8)]:
            if b.kind == "addressee" or (titled and b.kind in ("heading", "signature", "attachment")):
                break
            if titled and (m := _ADDRESSEE.fullmatch(text, b.start, b.end)):
                if (
                    b.start == document.paragraphs[b.paragraph].start
                    and not text[b.end : document.paragraphs[b.paragraph].end].strip()
                ):
                    mark = m[1]
                    right = "：" if mark else text[b.end - 1] + "："
                    yield Hit(b.end - 1, b.end, "主送机关、称谓之后应有全角冒号", (right,))
                break
            if b.kind == "title":
                titled = titled or not b.masthead
            elif b.kind != "date":
                break


def heading_end_marks(context: Context) -> Iterator[Hit]:
    """A heading on its own line takes no mark at the end."""
    text = context.text
    blocks = context.document.blocks
    for i, b in enumerate(blocks):
        if b.kind != "heading" or b.runin or b.end - b.start < 3:
            continue
        mark = text[b.end - 1]
        if mark not in "。；：，、;:," or text[b.end - 2] in "。；：，、;:,…" + _BLANKS:
            continue
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if mark in "；;" and not _has_body(following, b):
            continue  # items of a list, each closed by its semicolon
        start = b.end - 1
        severity: Severity = "info" if mark in "。：:" else "warning"
        if _quiet(context.shared(_survey), start, b.end):
            continue
        yield Hit(
            start, b.end, f"单独成行的标题末尾不用{_NAMES[mark]}", (), (Edit(start, b.end, ""),), severity=severity
        )


def _has_body(following: Block | None, heading: Block) -> bool:
    return (
        following is not None
        and following.kind == "body"
        and following.marker is None
        and following.part == heading.part
    )


# --- ordinals -------------------------------------------------------------------------------------------------------

_DOUBLE = late(
    rf"([（(] ?(?:[{_HAN_DIGITS}]{{1,3}}|[0-9０-９]{{1,2}}) ?[）)]|[①-⑳⑴-⒇㈠-㈩])([、，．.,:：])(?![、，．.,:：（(①-⑳⑴-⒇㈠-㈩])"
)


def _block_starts(context: Context) -> Iterator[int]:
    """Where an ordinal may stand: at the start of a block, behind the signs of markdown."""
    text = context.text
    markdown = context.document.source.format == "md"
    for b in context.document.blocks:
        at = b.start
        if markdown:
            while at < b.end and text[at] in "#*->_ ":
                at += 1
        yield at


def double_ordinal_marks(context: Context) -> Iterator[Hit]:
    """（一）、 (1). ①、: an ordinal in brackets takes no mark."""
    text = context.text
    for at in _block_starts(context):
        m = _DOUBLE.match(text, at, at + 12)
        if m is None or (m[2] in ".," and _at(text, m.end()).isdigit()):
            continue
        yield Hit(
            m.start(2),
            m.end(2),
            f"序号“{m[1]}”已带括号或圆圈，其后不再用“{m[2]}”",
            (),
            (Edit(m.start(2), m.end(2), ""),),
        )


_HAN_ORDINAL = late(rf"[{_HAN_DIGITS}]{{1,3}}([.．,，:：]| (?=[\u4e00-\u9fff“《]))")


def han_ordinal_marks(context: Context) -> Iterator[Hit]:
    """一. 一， and 一 followed by a blank for 一、."""
    text = context.text
    for at in _block_starts(context):
        m = _HAN_ORDINAL.match(text, at, at + 5)
        if m is None:
            continue
        mark = m[1]
        after = text[m.end() : m.end() + 2].lstrip(_BLANKS)[:1]
        if not (_han(after) or (after and after in _OPENERS)):
            continue
        if mark == " ":
            yield Hit(
                m.start(1), m.end(1), "序号“一”“二”之后用顿号，不用空格", ("、",), severity="info", fix=Fix.UNSAFE
            )
        else:
            yield Hit(m.start(1), m.end(1), f"汉字序号之后用顿号“、”，不用“{mark}”", ("、",))


_ARABIC_DUNHAO = late(r"[0-9０-９]{1,2}[ ]?、(?![0-9０-９]{1,2}(?:[号栋组层班条款项幢、]|年级))")
_ARABIC_POINT = late(r"[0-9０-９]{1,2}[.．](?![0-9０-９])")


def arabic_ordinals_with_dunhao(context: Context) -> Iterator[Hit]:
    """1、 for 1."""
    text = context.text
    found: list[int] = []
    pointed = False
    for at in _block_starts(context):
        if not _at(text, at).isdigit():
            continue
        if m := _ARABIC_DUNHAO.match(text, at, at + 5):
            found.append(m.end() - 1)
        elif _ARABIC_POINT.match(text, at, at + 5):
            pointed = True
    mixed = "；文中“1.”与“1、”混用，应统一" if pointed else ""
    for at in found:
        point = "．" if _at(text, at + 1).isdigit() else "."
        yield Hit(at, at + 1, f"阿拉伯数字序号之后用下脚点“.”，不用顿号{mixed}", (point,), fix=Fix.UNSAFE)


def mixed_ordinal_brackets(context: Context) -> Iterator[Hit]:
    """（1） and 1） at one level: the rarer form is reported."""
    for part in context.document.parts:
        full: list[tuple[int, int]] = []
        half: list[tuple[int, int]] = []
        for b in context.document.blocks[part.first : part.last]:
            m = b.marker
            if m is not None and m.level == 4:
                if m.style.startswith("(_)"):
                    full.append((m.start, m.end))
                elif m.style == "_)":
                    half.append((m.start, m.end))
        if full and half:
            rare, form = (half, "（1）") if len(half) <= len(full) else (full, "1）")
            for start, end in rare:
                words = context.text[start:end].rstrip()
                yield Hit(start, start + len(words), f"同一层序号中“（1）”与“1）”混用，本篇多写作“{form}”，宜统一")


_WORD_ORDINAL = late(rf"第([{_HAN_DIGITS}]{{1,2}})、|首先、|其次、|其([{_HAN_DIGITS}])、")


def word_ordinals_with_dunhao(context: Context) -> Iterator[Hit]:
    """第一、 and 首先、 take a comma."""
    text = context.text
    for m in _WORD_ORDINAL.finditer(text):
        start, end = m.span()
        before, after = _at(text, start - 1), _at(text, end)
        if before not in "\n。；：！？;:，, \u3000” " or after in _HAN_DIGITS + "第" or not _han(after):
            continue
        if m[0][-2] in "先次" and m[0][0] not in "首其":
            continue
        yield Hit(end - 1, end, f"“{text[start : end - 1]}”之后用逗号，不用顿号", ("，",))


# --- sentences ------------------------------------------------------------------------------------------------------

_COLONS = late(r"[：:][^。！？；;\n：:“”（）()《》]{1,60}[：:](?!\d)")
_FIRST_COLON = late(r"(?:如下|强调|指出|要求|认为|提出|表示|以下\S{0,8}|包括)\Z")
_SECOND_COLON = late(
    rf"(?:如下|以下\S{{0,8}}|[几{_HAN_DIGITS}两0-9](?:点|个|项|条|方面|件|步|类|大)\S{{0,6}}|包括|分别是|即)\Z"
)


def doubled_colons(context: Context) -> Iterator[Hit]:
    """A colon inside the reach of a colon."""
    text = context.text
    for m in _COLONS.finditer(text):
        start, end = m.span()
        if _FIRST_COLON.search(text, max(0, start - 10), start) and _SECOND_COLON.search(text, start + 1, end - 1):
            yield Hit(end - 1, end, "一句话里套用了两个冒号，请改写其中一处（可改为逗号或另起一句）")


_ITEMS = late(rf"[{_HAN_DIGITS}][是要]")


def mixed_item_marks(context: Context) -> Iterator[Hit]:
    """一是…；二是…。三是: the marks between the items of one row differ."""
    text = context.text
    row: list[int] = []  # marks before the second and later items
    expected = 1
    last = 0
    for m in _ITEMS.finditer(text):
        at = m.start()
        value = _HAN_DIGITS.index(m[0][0]) + 1
        before = _at(text, at - 1)
        if before in _HAN_DIGITS or before == "第" or before not in "。；;，,：: \n\u3000":
            continue
        if value == 1:
            yield from _row(text, row)
            row, expected, last = [], 2, at
        elif value == expected and at - last < 600:
            if text.find("\n", last, at) >= 0:
                yield from _row(text, row)
                row, expected = [], 0
                continue
            row.append(at - 1)
            expected, last = value + 1, at
        else:
            yield from _row(text, row)
            row, expected = [], 0
    yield from _row(text, row)


def _row(text: str, row: list[int]) -> Iterator[Hit]:
    stops = [at for at in row if text[at] == "。"]
    semicolons = [at for at in row if text[at] in "；;"]
    if stops and semicolons:
        rare, other = (stops, "；") if len(stops) < len(semicolons) else (semicolons, "。")
        for at in rare:
            yield Hit(at, at + 1, f"“一是”“二是”各项之间分号、句号混用，本处前后多用“{other}”，宜统一", (other,))


_ADVERBIAL = late(
    r"为了?(?:进一步|切实|全面|深入|认真|扎实|更好地?)?(?:加强|贯彻|推进|落实|做好|巩固|推动|促进|提高|提升|弘扬|保证|确保)"
    r"[^，。；！？\n,;]{2,40}。(?=经|根据|按照|结合|现|特|决定|我[局校院委县市区镇乡街单]|本[局校院委县市区镇乡街单])"
)
_COMPLETE = late(r"[作做]出|奠定|提供|贡献|而努力|而奋斗|打下|注入|夯实|创造|增光|添彩")


def bare_adverbial_sentences(context: Context) -> Iterator[Hit]:
    """A full stop behind 为了…, before the sentence has begun."""
    text = context.text
    for b in context.document.blocks:
        if b.kind != "body" or text[b.start] != "为":
            continue
        m = _ADVERBIAL.match(text, b.start, b.end)
        if m and not _COMPLETE.search(m[0]):
            yield Hit(m.end() - 1, m.end(), "“为了……”只是状语，话没有说完，这里不宜用句号", ("，",))


def unfinished_paragraphs(context: Context) -> Iterator[Hit]:
    """A long paragraph without a mark at its end; silent in files whose lines are broken by hand."""
    text = context.text
    bodies = [b for b in context.document.blocks if b.kind == "body" and b.end - b.start >= 40]
    open_ends = [b for b in bodies if _han(text[b.end - 1]) or text[b.end - 1] in "，、,"]
    if not open_ends or len(open_ends) * 5 > len(bodies):
        return
    paragraphs = context.document.paragraphs
    for b in open_ends:
        p = paragraphs[b.paragraph]
        if p.cell is not None or text[b.end : p.end].strip() or "。" not in text[b.start : b.end]:
            continue
        mark = text[b.end - 1]
        if _han(mark):
            yield Hit(b.end - 1, b.end, "段末没有标点，一般应有句号", (mark + "。",), ())
        else:
            yield Hit(b.end - 1, b.end, f"段末用了{_NAMES[mark]}，句子没有说完", ("。",), ())


# --- blanks, widths, title marks ------------------------------------------------------------------------------------

_SPACES = late(r"[ \u00a0\u3000]+")


def spaces_in_chinese(context: Context) -> Iterator[Hit]:
    """A blank inside running Chinese words."""
    text = context.text
    document = context.document
    survey = context.shared(_survey)
    last, running = -1, False
    for m in _SPACES.finditer(text):
        start, end = m.span()
        before, after = _at(text, start - 1), _at(text, end)
        if end - start > 2 or not (_han(before) or before.isdigit()) or not (_han(after) or after.isdigit()):
            continue
        if before in "章节条款篇部" or before in _HAN_DIGITS or (before.isascii() and not _han(after)):
            continue
        names = not _han(_at(text, start - 2)) or not _han(_at(text, end + 1))
        if (names and _han(before) and _han(after)) or _inside_quotes(text, start) or _quiet(survey, start, end):
            continue  # 张　三; a name of two halves: “守规则 保平安”
        index = document.block_at(start)
        if index is None:
            continue
        block = document.blocks[index]
        if index != last:
            last, running = index, _is_running(text, block) and document.paragraphs[block.paragraph].cell is None
        if (
            running
            and start >= (block.marker.end if block.marker else block.start)
            and not (before.isdigit() and _at_line_start(text, start - 1))
        ):
            yield Hit(start, end, "汉字之间、汉字与数字之间不留空格", (), (Edit(start, end, ""),))


def _is_running(text: str, block: Block) -> bool:
    """Whether a block is prose, not a table or a list of names set apart by blanks."""
    size = block.end - block.start
    if block.kind != "body" or size < 20:
        return False
    gaps = [m.end() - m.start() for m in _SPACES.finditer(text, block.start, block.end)]
    return len(gaps) * 8 <= size and max(gaps, default=0) <= 2


def _inside_quotes(text: str, at: int) -> bool:
    """Whether the nearest quote or title mark before `at` opens."""
    window = text[max(0, at - 40) : at]
    return max(window.rfind(c) for c in "“‘《「") > max(window.rfind(c) for c in "”’》」\n")


_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def full_width_alphanumerics(context: Context) -> Iterator[Hit]:
    """１２ and ＡＢ for 12 and AB."""
    text = context.text
    for start, end in context.shared(_survey).wide:
        right = text[start:end].translate(_NARROW)
        yield Hit(start, end, f"数字和字母用半角：“{right}”", (right,))


_ACTIVITY = late(r"》(?:主题|系列|专题)?(?:实践)?(?:活动|行动|大赛|论坛|会议|培训班)")
_DOCUMENT_TAIL = late(
    r"(?:纲要|条例|办法|规定|意见|方案|法|规范|通知|细则|决定|计划|规划|守则|公约|手册|读本|语|书|经|案|制度|标准|指南|准则|章程|报告|诗|歌|讲话|文选|精神)[）)]?\Z"
)
_LEARNING = "学读看唱诵讲传彻议阅播演写抄习徵征观"


def title_marks_round_activities(context: Context) -> Iterator[Hit]:
    """《…》活动: title marks are for works, names of activities take quotes."""
    text = context.text
    if "》" not in text:
        return
    for m in _ACTIVITY.finditer(text):
        end = m.start()
        start = text.rfind("《", max(0, end - 40), end)
        if start < 0 or "》" in text[start:end]:
            continue
        inside = text[start + 1 : end]
        if _DOCUMENT_TAIL.search(inside) or _at(text, start - 1) in tuple(_LEARNING) or _at(text, start - 1) == "》":
            continue
        yield Hit(start, end + 1, f"书名号用于作品和文件，活动、会议名称宜用引号：“{inside}”", (f"“{inside}”",))


# --- the declarations -----------------------------------------------------------------------------------------------

_S = Basis(_STANDARD)


def _clause(clause: str, note: str = "") -> Basis:
    return Basis(_STANDARD, clause, note)


_FRAME = Basis(_FORMAT)

RULES: tuple[Rule, ...] = (
    Rule(
        code="PUN001",
        name="unpaired-mark",
        title="引号、括号、书名号不成对",
        severity="error",
        why="少了一半的引号、括号，读的人不知道引到哪里、注到哪里；定稿前最容易漏看。",
        basis=(_clause("4.8"), _clause("4.9"), _clause("4.15")),
        check=unpaired_marks,
        examples=(
            Bad("开展【“】文明餐桌行动，倡导“光盘”新风。"),
            Bad("按照《管理办法》（试行）的规定[）]执行。", marks="[]"),
            Bad("学习贯彻[《]公民道德建设实施纲要，落实《守则》各项要求。", marks="[]"),
            Bad("组织志愿者<（>含退休职工参加活动。\n第二段内容（完整）不受影响。", marks="<>"),
            Bad("争做“文明员工”和诚信标兵[”]，弘扬“工匠精神”。", marks="[]"),
            Good("一是抓学习；1）每周一课；2）每月一考；a) 结合实际。", "“1）”“a)”是只用后一半括号的序号"),
            Good(
                "会议指出：“要抓好落实。\n“要抓出成效。”", "引文有几段时，每段开头都用前引号，只在最后一段末尾用后引号"
            ),
            Good("关于开展“我们的\n节日”主题活动的通知", "标题分行，引号分在两行"),
            Good("It’s a good day，队名叫“Let’s go”，’99世博会。", "英文和年份里的撇号不是引号"),
            Good("时间：【待填：活动起止日期（写到日】", "提纲里留下的空白另有规则"),
        ),
    ),
    Rule(
        code="PUN002",
        name="same-direction-quotes",
        title="一对引号方向相同",
        severity="error",
        why="“““”或“””连用，是输入法没有切换或改稿时删错造成的，印出来很显眼。",
        basis=(_clause("4.8"),),
        check=turned_quotes,
        fix=Fix.UNSAFE,
        examples=(
            Bad("开展【”】文明餐桌”行动。", fixed="开展“文明餐桌”行动。"),
            Bad("评选“最美员工【“】和“文明家庭”。", fixed="评选“最美员工”和“文明家庭”。"),
            Good("评选“最美员工”和“文明家庭”。", "方向正确"),
            Good("用好“学习强国”“志愿汇”平台。", "两对引号并列，中间的“””“““”不是同向"),
        ),
    ),
    Rule(
        code="PUN003",
        name="stacked-marks",
        title="点号叠用",
        severity="error",
        why="两个点号叠在一起，多半是改稿时只加不删，或者中间的内容被删掉了。",
        basis=(_clause("4.1"), _clause("4.4"), _clause("4.5")),
        check=stacked_marks,
        fix=Fix.SAFE,
        examples=(
            Bad("活动取得圆满成功【。。】", fixed="活动取得圆满成功。"),
            Bad("加强领导【，，】落实责任。", fixed="加强领导，落实责任。"),
            Bad("办好市民学校【、，】开展宣讲。"),
            Bad("材料发送至邮箱【:,】逾期视为放弃。"),
            Good("这样做行不行？！大家来讨论！！", "问号和叹号可以连用、叠用"),
            Good("话没有说完。。。", "三个以上的句号按省略号检查"),
            Good("他说：“好。”大家都笑了。", "点号与引号连用"),
            Good("顿号和逗号（、，）都是句内点号，写作“、，”。", "这里说的就是标点本身"),
        ),
    ),
    Rule(
        code="PUN004",
        name="wrong-year-bracket",
        title="发文字号的年份没有用六角括号",
        severity="error",
        why="发文字号的年份用六角括号“〔〕”括入。用方括号、圆括号，是公文审核里最常被退回的差错之一。",
        basis=(Basis(_FORMAT, "7.2.5"), _clause("4.9.3.4")),
        check=wrong_year_brackets,
        fix=Fix.SAFE,
        examples=(
            Bad("根据市文明委<[2025]>5号文件要求", fixed="根据市文明委〔2025〕5号文件要求", marks="<>"),
            Bad("（青文明办<（2024）>12号）", fixed="（青文明办〔2024〕12号）", marks="<>"),
            Bad("青政发<【2023】>8号", fixed="青政发〔2023〕8号", marks="<>"),
            Good("根据市文明委〔2025〕5号文件要求", "已用六角括号"),
            Good("（2023）苏01民终123号判决", "法院案号的年份用圆括号"),
            Good("全年活动安排（2025）12项", "不是发文字号"),
            Good("青文明办[20xx]5号", "年份是空白，另有规则"),
        ),
    ),
    Rule(
        code="PUN005",
        name="malformed-document-number",
        title="发文字号的年份、序号写法不对",
        severity="error",
        why="发文字号的年份写全称，序号不编虚位（1不写为01），不加“第”字。",
        basis=(Basis(_FORMAT, "7.2.5"),),
        check=malformed_document_numbers,
        fix=Fix.SAFE,
        examples=(
            Bad("青文明办〔【25】〕5号", fixed="青文明办〔2025〕5号"),
            Bad("青文明办〔2025〕【0】5号", fixed="青文明办〔2025〕5号"),
            Bad("青文明办〔2025〕【第】5号", fixed="青文明办〔2025〕5号"),
            Good("青文明办〔2025〕105号", "序号中间的0不是虚位"),
            Good("市政府令第5号", "令号没有年份，用“第”"),
        ),
    ),
    Rule(
        code="PUN006",
        name="mark-at-paragraph-start",
        title="段落以点号开头",
        severity="warning",
        why="逗号、句号等不能放在一行或一段的开头，多是复制时断错了行。",
        basis=(_clause("5.1"),),
        check=marks_at_paragraph_start,
        fix=Fix.UNSAFE,
        examples=(
            Bad("加强组织领导\n【，】落实工作责任。", fixed="加强组织领导\n落实工作责任。"),
            Bad("　　【、】加强宣传引导。", fixed="　　加强宣传引导。"),
            Bad("【,】加强宣传引导。", fixed="加强宣传引导。"),
            Good("——访市文明单位负责人\n……会议继续进行。", "破折号、省略号可以在段首"),
            Good("![图](a.png)", "markdown 的图片", path="x.md"),
        ),
    ),
    Rule(
        code="PUN007",
        name="mark-after-frame-line",
        title="标题、署名、日期、附件名称末尾有标点",
        severity="warning",
        why="公文标题、署名、成文日期和附件名称的末尾都不用标点。",
        basis=(Basis(_FORMAT, "7.3.4", "附件名称后不加标点"), _clause("B.4", "文章标题末尾通常不用标点")),
        check=marks_after_frame_lines,
        fix=Fix.SAFE,
        examples=(
            Bad(
                "关于开展志愿服务活动的通知\n\n各科室：\n\n现将有关事项通知如下，请认真抓好落实。\n\n青禾县文明办【。】\n2025年3月5日【。】",
                fixed="关于开展志愿服务活动的通知\n\n各科室：\n\n现将有关事项通知如下，请认真抓好落实。\n\n青禾县文明办\n2025年3月5日",
            ),
            Good(
                "关于开展志愿服务活动的通知\n\n各科室：\n\n现将有关事项通知如下，请认真抓好落实。\n\n青禾县文明办\n2025年3月5日",
                "署名、日期后没有标点",
            ),
            Bad(
                "关于开展自查工作的通知\n\n各科室：\n\n现将有关事项通知如下，请认真抓好落实。\n\n附件：1.自查情况登记表【；】\n2.自查情况汇总表【。】\n\n青禾县文明办\n2025年3月5日",
                fixed="关于开展自查工作的通知\n\n各科室：\n\n现将有关事项通知如下，请认真抓好落实。\n\n附件：1.自查情况登记表\n2.自查情况汇总表\n\n青禾县文明办\n2025年3月5日",
            ),
            Good("请于2025年3月5日前报送。", "正文里的句子该有句号"),
        ),
    ),
    Rule(
        code="PUN008",
        name="addressee-without-colon",
        title="主送机关、称谓之后没有冒号",
        severity="warning",
        why="主送机关最后一个名称之后标全角冒号。",
        basis=(Basis(_FORMAT, "7.3.2"), _clause("4.7")),
        check=addressees_without_colon,
        fix=Fix.SAFE,
        examples=(
            Bad(
                "关于开展志愿服务活动的通知\n\n各科室、各直属单【位】\n\n现将有关事项通知如下，请认真抓好落实。\n\n青禾县文明办\n2025年3月5日",
                fixed="关于开展志愿服务活动的通知\n\n各科室、各直属单位：\n\n现将有关事项通知如下，请认真抓好落实。\n\n青禾县文明办\n2025年3月5日",
            ),
            Good(
                "关于开展志愿服务活动的通知\n\n各科室、各直属单位：\n\n现将有关事项通知如下，请认真抓好落实。\n\n青禾县文明办\n2025年3月5日",
                "有全角冒号",
            ),
        ),
    ),
    Rule(
        code="PUN009",
        name="heading-end-mark",
        title="单独成行的标题末尾有标点",
        severity="warning",
        why="标题独占一行时末尾不用标点；标题后面接排正文时才用句号。网上的材料标题多带句号，只作提示。",
        basis=(_clause("B.4", "文章标题末尾通常不用标点"),),
        check=heading_end_marks,
        fix=Fix.UNSAFE,
        examples=(
            Bad(
                "一、加强组织领导【，】\n成立领导小组，明确责任分工，定期研究工作。",
                fixed="一、加强组织领导\n成立领导小组，明确责任分工，定期研究工作。",
            ),
            Bad(
                "一、加强组织领导【。】\n成立领导小组，明确责任分工，定期研究工作。",
                fixed="一、加强组织领导\n成立领导小组，明确责任分工，定期研究工作。",
                severity="info",
            ),
            Good("（一）加强领导。成立领导小组，明确责任分工，定期研究工作。", "标题后接排正文，用句号"),
            Good("一、主要任务\n1.学雷锋活动；\n2.文明交通活动；\n3.清洁家园活动。", "分条列举的各项之间用分号"),
            Good(
                "一、这样的创建，群众满意吗？\n成立领导小组，明确责任分工，定期研究工作。", "标题末尾可以用问号、叹号"
            ),
        ),
    ),
    Rule(
        code="PUN010",
        name="half-width-ordinal",
        title="序号用了半角括号",
        severity="warning",
        why="公文第二、四层序号是“（一）”“（1）”，括号用全角。",
        basis=(Basis(_FORMAT, "7.3.3"), _clause("B.3.8")),
        check=half_width_ordinals,
        fix=Fix.SAFE,
        examples=(
            Bad("【(一)】加强学习\n内容。\n【(1)】每月集中学习。", fixed="（一）加强学习\n内容。\n（1）每月集中学习。"),
            Bad("主要任务：【(一)】抓学习；【（二)】抓宣传。", fixed="主要任务：（一）抓学习；（二）抓宣传。"),
            Good("由式(2)可知，f(1)等于零。", "公式的编号"),
            Good("（一）加强学习", "已是全角"),
        ),
    ),
    Rule(
        code="PUN011",
        name="double-ordinal-mark",
        title="带括号的序号后又用点号",
        severity="warning",
        why="“（一）”“（1）”“①”本身已能与正文隔开，其后不再用顿号、点或逗号。",
        basis=(_clause("B.3.4", "加括号的序次语后面不用任何点号"),),
        check=double_ordinal_marks,
        fix=Fix.SAFE,
        examples=(
            Bad("（一）【、】加强学习", fixed="（一）加强学习"),
            Bad("(1)【.】每月集中学习。", fixed="(1)每月集中学习。"),
            Bad("①【、】每月集中学习。", fixed="①每月集中学习。"),
            Good("第（一）、（二）项由办公室负责。", "这里是并列的条款号"),
            Good("（一）、（二）两项由办公室负责。", "这里是并列的条款号"),
            Good("一、加强学习", "不带括号的汉字序号用顿号"),
        ),
    ),
    Rule(
        code="PUN012",
        name="han-ordinal-mark",
        title="汉字序号后没有用顿号",
        severity="warning",
        why="不带括号的汉字序号“一”“二”之后用顿号，不用点、逗号或空格。",
        basis=(_clause("B.3.2", "不带括号的汉字数字作序次语时用顿号"),),
        check=han_ordinal_marks,
        fix=Fix.SAFE,
        examples=(
            Bad("一【.】加强组织领导", fixed="一、加强组织领导"),
            Bad("二【，】加强宣传引导", fixed="二、加强宣传引导"),
            Bad("三【 】加强督促检查", fixed="三、加强督促检查", severity="info"),
            Good("一、加强组织领导", "用顿号"),
            Good("十月，组织开展了读书活动。", "不是序号"),
        ),
    ),
    Rule(
        code="PUN013",
        name="wrong-ellipsis",
        title="省略号写法不对",
        severity="warning",
        why="汉语的省略号是六连点“……”，占两个字的位置，不写成三个点或几个句号。",
        basis=(_clause("4.11"),),
        check=ellipsis_form,
        fix=Fix.SAFE,
        examples=(
            Bad("春节、清明、端午【...】都组织了活动。", fixed="春节、清明、端午……都组织了活动。"),
            Bad("让我们共同努力【。。。】", fixed="让我们共同努力……"),
            Bad("让我们共同努力【…】", fixed="让我们共同努力……"),
            Good("春节、清明、端午……", "六连点"),
            Good("第一章 总则......3", "目录里标题与页码之间的连点"),
            Good("see also ... and so on", "英文的省略号"),
        ),
    ),
    Rule(
        code="PUN014",
        name="ellipsis-with-deng",
        title="省略号与“等”并用",
        severity="warning",
        why="省略号和“等”“等等”都表示没有列完，只用其一。",
        basis=(_clause("A.9", "省略号不与“等”“等等”等词语同时使用"),),
        check=ellipsis_with_deng,
        fix=Fix.UNSAFE,
        examples=(
            Bad("购置图书、桌椅【……等】物品。", fixed="购置图书、桌椅等物品。"),
            Good("购置图书、桌椅等物品。", "只用“等”"),
            Good("一小时、两小时……等待的人越来越多。", "“等待”的“等”不表示列举未尽"),
            Good("“在……等方面”是常用的格式。", "省略号代表空出的成分"),
        ),
    ),
    Rule(
        code="PUN015",
        name="wrong-dash",
        title="破折号写法不对",
        severity="warning",
        why="破折号是占两个字位置的“——”，不用两个连字符代替。",
        basis=(_clause("4.10"),),
        check=dash_form,
        fix=Fix.SAFE,
        examples=(
            Bad("我们的节日【--】清明主题活动", fixed="我们的节日——清明主题活动"),
            Bad("创建先进事迹\n【--】记某社区志愿服务队", fixed="创建先进事迹\n——记某社区志愿服务队"),
            Bad("创建为民【-】创建惠民活动", severity="info"),
            Good("我们的节日——清明主题活动", "破折号正确"),
            Good("北京—上海特快列车", "一字线表示起止"),
            Good("电话0512-6666，编号A-01，2010-03-02", "号码、编号、日期里的短横线"),
            Good("- 第一项\n- 第二项\n\n---\n", "markdown 的列表和分隔线", path="x.md"),
        ),
    ),
    Rule(
        code="PUN016",
        name="dash-as-range",
        title="用破折号表示起止",
        severity="warning",
        why="表示起止用一字线“—”，占一个字的位置；“——”是破折号。",
        basis=(_clause("4.13"),),
        check=dash_as_range,
        fix=Fix.SAFE,
        examples=(
            Bad("2024年【——】2025年创建周期", fixed="2024年—2025年创建周期"),
            Bad("（3月【--】5月）动员部署", fixed="（3月—5月）动员部署"),
            Bad("3【——】5月开展集中宣传。", fixed="3—5月开展集中宣传。"),
            Good("2018—2020年", "一字线"),
            Good("又一个重要年份——2025年到来了。", "破折号引出解释"),
        ),
    ),
    Rule(
        code="PUN017",
        name="dunhao-before-deng",
        title="“等”前用了顿号",
        severity="warning",
        why="并列成分之间用顿号时，“等”“等等”前不再用点号。",
        basis=(_clause("B.1.2"),),
        check=marks_before_deng,
        fix=Fix.SAFE,
        examples=(
            Bad("通过微信、宣传栏【、】等渠道宣传。", fixed="通过微信、宣传栏等渠道宣传。"),
            Good("通过微信、宣传栏等渠道宣传。", "没有多余的顿号"),
            Good("差额选举、等额选举两种方式。", "“等额”是一个词"),
            Good("用哪些材料，哪些详写，哪些略写，等等。", "用逗号并列时“等等”前可用逗号"),
        ),
    ),
    Rule(
        code="PUN018",
        name="dunhao-beside-conjunction",
        title="顿号与“和”“以及”连用",
        severity="warning",
        why="“和”“以及”已经表示并列，挨着它再用顿号是重复。",
        basis=(_clause("4.5"), _clause("A.3", "“以及”前用逗号")),
        check=marks_beside_conjunctions,
        fix=Fix.SAFE,
        examples=(
            Bad("党员和【、】团员一起参加。", fixed="党员和团员一起参加。"),
            Bad("机关、学校以及【、】社区", fixed="机关、学校以及社区"),
            Bad("机关、学校【、】和社区", severity="info"),
            Bad("机关、学校【、】以及社区", severity="info"),
            Good("平和、理性地表达诉求，促进祥和、稳定。", "“平和”“祥和”是一个词"),
            Good("文明、和谐的社区，平等、和睦的家庭", "“和谐”“和睦”是一个词"),
        ),
    ),
    Rule(
        code="PUN019",
        name="marks-round-closing-quote",
        title="后引号内外都用了点号",
        severity="warning",
        why="引文末尾的点号已在引号内，引号外就不再用；两处都用是重复。",
        basis=(_clause("B.2.1"),),
        check=marks_round_closing_quote,
        examples=(
            Bad("俗话说：“众人拾柴火焰高[。”。]", marks="[]"),
            Bad("他说：“大家都来参加[。”，]说完就走了。", marks="[]"),
            Bad("大家都问：“怎么办[？”。]", severity="info", marks="[]"),
            Good("俗话说：“众人拾柴火焰高。”我们要团结起来。", "引文独立，点号在引号内"),
            Good("坚持“以人为本”，做好服务。", "引文不独立，点号在引号外"),
        ),
    ),
    Rule(
        code="PUN020",
        name="half-width-mark",
        title="汉语文字中用了半角标点",
        severity="warning",
        why="汉语的点号、括号、引号占一个字的位置，用全角。半角标点多是从网页复制或输入法没有切换留下的。",
        basis=(_clause("5.1"),),
        check=half_width_marks,
        fix=Fix.SAFE,
        examples=(
            Bad(
                "加强领导【,】落实责任【;】做好宣传【:】办好学校【.】", fixed="加强领导，落实责任；做好宣传：办好学校。"
            ),
            Bad("征集表【(】附后【)】报送", fixed="征集表（附后）报送"),
            Bad('争当【"】文明员工【"】。', fixed="争当“文明员工”。"),
            Bad("参与率100%【,】效果明显【!】", fixed="参与率100%，效果明显！"),
            Bad("列奥纳多【.】达芬奇"),
            Good("上午9:30开会，比例为1:2，共1,000元，占3.14%。", "时刻、比、千分撇、小数点用半角"),
            Good("按GB/T 9704执行，用A4纸，网址http://example.com/a,b;c，邮箱a.b@example.com。", "标准号、网址、邮箱"),
            Good("使用应用程序(APP)和微博(weibo.com)宣传。", "括号里全是外文"),
            Good("He said, \"It's fine; let's go!\"", "英文句子"),
            Good("由式(2)得出结论", "公式编号"),
            Good("时间是【待填：年,月,日】", "提纲里留下的空白"),
            Good("见[方案](a,b.docx)和`甲,乙`。", "markdown 的链接和代码", path="x.md"),
            Good("文件总结.docx", "文件名"),
        ),
    ),
    Rule(
        code="PUN021",
        name="nested-title-marks",
        title="书名号里又用双书名号",
        severity="warning",
        why="书名号里边还要用书名号时，外层用双书名号，里层用单书名号。",
        basis=(_clause("4.15"),),
        check=nested_title_marks,
        fix=Fix.SAFE,
        examples=(
            Bad("《关于印发[《管理办法》]的通知》", fixed="《关于印发〈管理办法〉的通知》", marks="[]"),
            Good("《关于印发〈管理办法〉的通知》", "里层用单书名号"),
            Good("《管理办法》《实施细则》", "两个书名号并列"),
            Good("关于印发《管理办法》的通知", "公文标题本身没有书名号"),
        ),
    ),
    Rule(
        code="PUN030",
        name="dunhao-between-quoted",
        title="并列的引号、书名号之间用了顿号",
        severity="info",
        why="并列的引号之间、书名号之间通常不用顿号；后面有括注、夹着别的词语时才用。",
        basis=(_clause("4.5.3.5"),),
        check=separators_between_quoted,
        fix=Fix.UNSAFE,
        examples=(
            Bad("学习《条例》[、]《准则》。", fixed="学习《条例》《准则》。", marks="[]"),
            Bad("开展“敬老月”[、]“邻里节”[、]“读书周”活动。", fixed="开展“敬老月”“邻里节”“读书周”活动。", marks="[]"),
            Good("《办法》（试行）、《细则》（暂行）", "书名号之后有括注，宜用顿号"),
            Good("开展“敬老月”、“邻里节”和植树活动。", "后面还有不带引号的项目"),
            Good("开展走访慰问、“敬老月”、“邻里节”活动。", "前面有不带引号的项目"),
            Good("学习《条例》《准则》。", "没有用顿号"),
        ),
    ),
    Rule(
        code="PUN031",
        name="dunhao-after-arabic-ordinal",
        title="阿拉伯数字序号后用了顿号",
        severity="info",
        why="公文第三层序号是“1.”，数字后用下脚点。写作“1、”很常见，只作提示。",
        basis=(_clause("B.3.3", "不带括号的阿拉伯数字作序次语时用下脚点"),),
        check=arabic_ordinals_with_dunhao,
        fix=Fix.UNSAFE,
        examples=(
            Bad(
                "1【、】提供稿件。\n收集整理工作动态，编发文字图片。",
                fixed="1.提供稿件。\n收集整理工作动态，编发文字图片。",
            ),
            Bad("2【、】2024年全年工作要点是抓好落实。", fixed="2．2024年全年工作要点是抓好落实。"),
            Good("1.提供稿件。\n收集整理工作动态。", "用下脚点"),
            Good("1、2号楼由物业负责清扫。", "“1、2号楼”不是序号"),
        ),
    ),
    Rule(
        code="PUN032",
        name="mixed-ordinal-brackets",
        title="（1）与1）混用",
        severity="info",
        why="同一层的序号只用一种写法，看的人才分得清层次。",
        basis=(_clause("B.3.8"),),
        check=mixed_ordinal_brackets,
        examples=(
            Bad("（1）抓好学习教育。\n（2）抓好阵地建设。\n[3）]抓好志愿服务。", marks="[]"),
            Good("（1）抓好学习教育。\n（2）抓好阵地建设。\n（3）抓好志愿服务。", "写法一致"),
        ),
    ),
    Rule(
        code="PUN033",
        name="dunhao-after-word-ordinal",
        title="“第一”“首先”之后用了顿号",
        severity="info",
        why="“第一”“其一”“首先”作序号时，后面用逗号。",
        basis=(_clause("B.3.1"), _clause("4.4.3.3")),
        check=word_ordinals_with_dunhao,
        fix=Fix.SAFE,
        examples=(
            Bad("第一【、】思想认识要到位。第二【、】措施要落实。", fixed="第一，思想认识要到位。第二，措施要落实。"),
            Bad("首先【、】成立领导小组。", fixed="首先，成立领导小组。"),
            Good("发展第一、二、三产业。", "并列的序数"),
            Good("分获第一、第二名。", "并列的序数"),
            Good("第一，思想认识要到位。", "用逗号"),
        ),
    ),
    Rule(
        code="PUN034",
        name="nested-brackets",
        title="同一形式的括号、引号套用",
        severity="info",
        why="同一形式的括号应尽量避免套用；双引号里还要用引号时，里层用单引号。",
        basis=(_clause("4.9"), _clause("4.8.3.4")),
        check=nested_brackets,
        examples=(
            Bad("（见附件[（共三份）]）", marks="[]"),
            Bad("他说：“要弘扬[“雷锋精神”]。”", marks="[]"),
            Good("（见附件〔共三份〕）", "里层用六角括号"),
            Good("他说：“要弘扬‘雷锋精神’。”", "里层用单引号"),
            Good("（见第（1）项）", "括号里只是一个序号"),
        ),
    ),
    Rule(
        code="PUN035",
        name="hyphen-as-range",
        title="用短横线或半角波浪线表示起止",
        severity="info",
        why="时间的起止用一字线“—”，数值的范围用浪纹线“～”；短横线用于号码、编号和“2010-03-02”这样的日期。",
        basis=(_clause("4.13"),),
        check=range_marks,
        fix=Fix.SAFE,
        examples=(
            Bad("2004【-】2008年创建规划", fixed="2004—2008年创建规划"),
            Bad("每季度开展3【-】5次活动", fixed="每季度开展3～5次活动"),
            Bad("（3月【-】5月）", fixed="（3月—5月）"),
            Good("2018—2020年，2—3个，400—429页", "一字线"),
            Good("电话0512-12345人工接听，编号A-5号，人民路12-3号", "号码"),
            Good("2010-03-02日报", "年月日齐全的日期"),
            Good("占4%-6%", "百分数的范围另有规则"),
        ),
    ),
    Rule(
        code="PUN036",
        name="dunhao-beside-ellipsis",
        title="省略号前后用了顿号",
        severity="info",
        why="省略号前后通常不用点号。",
        basis=(_clause("B.2.4"),),
        check=marks_beside_ellipsis,
        fix=Fix.SAFE,
        examples=(
            Bad("春节、清明【、】……", fixed="春节、清明……"),
            Good("春节、清明……", "没有顿号"),
            Good("如果……，那么……。", "代表空出的成分，后面可用点号"),
        ),
    ),
    Rule(
        code="PUN037",
        name="doubled-colon",
        title="一句话套用两个冒号",
        severity="info",
        why="一个句子内部一般不套用冒号，否则分不清提示到哪里为止。",
        basis=(_clause("4.7.3.5"),),
        check=doubled_colons,
        examples=(
            Bad("会议强调：要做到以下三点【：】一是抓学习；二是抓宣传。"),
            Good("责任部门：德育处；完成时限：9月", "两个并列的项目，各带一个冒号"),
            Good("会议强调，要做到以下三点：一是抓学习。", "只有一个冒号"),
            Good("现将安排通知如下：时间是9:30。", "时刻里的冒号"),
        ),
    ),
    Rule(
        code="PUN038",
        name="mixed-item-marks",
        title="“一是”“二是”之间分号、句号混用",
        severity="info",
        why="并列的各项之间用同一种点号，层次才清楚。",
        basis=(_clause("4.6"),),
        check=mixed_item_marks,
        examples=(
            Bad("一是抓学习；二是抓宣传；三是抓阵地【。】四是抓队伍。"),
            Good("一是抓学习；二是抓宣传；三是抓阵地。", "各项之间都用分号"),
            Good("一是抓学习。每月一课。二是抓宣传。办好专栏。", "各项之间都用句号"),
        ),
    ),
    Rule(
        code="PUN039",
        name="space-in-chinese",
        title="汉字之间有空格",
        severity="info",
        why="汉字之间、汉字与数字之间不留空格。复制来的文字里常有多余的空格。",
        basis=(Basis("公文排版习惯"),),
        check=spaces_in_chinese,
        fix=Fix.UNSAFE,
        examples=(
            Bad(
                "全年组织开展各类志愿服务【 】活动二十余次，参加人数持续增加。",
                fixed="全年组织开展各类志愿服务活动二十余次，参加人数持续增加。",
            ),
            Bad(
                "全年共有【 】28【 】个社区参加活动，群众普遍反映良好，效果明显。",
                fixed="全年共有28个社区参加活动，群众普遍反映良好，效果明显。",
            ),
            Good("全年共有28个社区参加活动，群众普遍反映良好。", "没有空格"),
            Good("　　全年组织开展各类志愿服务活动，参加人数持续增加。", "段首空两字"),
            Good("获奖人员名单公布如下：张　三　李小四　王　五　赵六六", "名单里的空格用来对齐"),
            Good("第一章 总则\n第一条 为了做好工作，结合本单位实际，制定本办法。", "章、条之后用空格"),
            Good("开展“守规则除隐患 安全文明出行”主题宣传活动，营造浓厚氛围。", "引号里的名称由两半组成，用空格隔开"),
            Good("1. 落实党组理论学习中心组学习制度，每季度集中研讨。", "序号之后的空格"),
        ),
    ),
    Rule(
        code="PUN040",
        name="full-width-alphanumeric",
        title="全角数字、字母",
        severity="info",
        why="阿拉伯数字和拉丁字母用半角，排出来才匀称，也便于检索。",
        basis=(Basis("GB/T 15835—2011《出版物上数字用法》", "5.1.7.1", "阿拉伯数字一般占半个汉字位置"),),
        check=full_width_alphanumerics,
        fix=Fix.SAFE,
        examples=(
            Bad("共有【２８】个社区，使用【ＡＰＰ】报名。", fixed="共有28个社区，使用APP报名。"),
            Good("共有28个社区，使用APP报名。", "半角"),
        ),
    ),
    Rule(
        code="PUN041",
        name="title-marks-round-activity",
        title="活动、会议名称用了书名号",
        severity="info",
        why="书名号用于书报、文件和文艺作品；活动、会议、课程、奖项的名称用引号。",
        basis=(_clause("A.13"),),
        check=title_marks_round_activities,
        examples=(
            Bad("开展[《邻里守望》]主题活动。", marks="[]"),
            Good("开展“邻里守望”主题活动。", "用引号"),
            Good("开展学习《公民道德建设实施纲要》活动。", "书名号里是文件名"),
            Good("组织观看《长津湖》活动。", "书名号里是影片名"),
        ),
    ),
    Rule(
        code="PUN042",
        name="number-before-title",
        title="发文字号写在公文标题之前",
        severity="info",
        why="引用公文先写标题，后用圆括号注明发文字号，便于查找。",
        basis=(Basis("公文引用的通行写法"),),
        check=numbers_before_titles,
        examples=(
            Bad("根据市文明委〔2025〕5号[《]关于做好创建工作的通知》要求", marks="[]"),
            Good("根据《关于做好创建工作的通知》（市文明委〔2025〕5号）要求", "先标题，后字号"),
        ),
    ),
    Rule(
        code="PUN043",
        name="bare-adverbial-sentence",
        title="“为了……”后用了句号",
        severity="info",
        why="“为了……”只说了目的，主句还没有出现，用句号就断成了半句话。",
        basis=(_clause("4.1"),),
        check=bare_adverbial_sentences,
        examples=(
            Bad("为加强对创建工作的领导【。】经局党组研究，成立领导小组。"),
            Good("为加强对创建工作的领导，经局党组研究，成立领导小组。", "用逗号"),
            Good("为推进创建工作作出贡献。根据要求，总结如下。", "句子完整"),
        ),
    ),
    Rule(
        code="PUN044",
        name="paragraph-without-end-mark",
        title="段末没有句号",
        severity="info",
        why="一段话说完应有句末点号；用逗号结尾或没有标点，常是漏了半句话。",
        basis=(_clause("4.1"),),
        check=unfinished_paragraphs,
        examples=(
            Bad(
                "一年来，我们坚持以创建促发展，以发展惠民生。各项工作取得了新的进步，群众的满意程度有了新的提【高】\n"
                "二是加强阵地建设，新建文化广场一处，改造活动室两间，购置图书三千册，向群众开放。\n"
                "三是加强队伍建设，组建志愿服务队五支，注册志愿者二百余人，全年服务群众两千人次。\n"
                "四是加强宣传引导，在主要路段设置公益广告，利用微信平台推送身边好人事迹，效果良好。\n"
                "五是加强督促检查，每月通报一次进展情况，对工作滞后的单位提出整改要求，限期完成任务。"
            ),
            Good(
                "一年来，我们坚持以创建促发展，以发展惠民生。各项工作取得了新的进步，群众的满意程度有了新的提高。",
                "有句号",
            ),
        ),
    ),
)
