"""DIG: numbers, dates and quantities (GB/T 15835—2011).

Speed: the Arabic numbers of a text are found once a document and grouped by the character behind them; a rule looks
only at its own groups. Rules on other signs start from a fixed string or a small character class, and look around in code.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import wraps

from docnlp.rules.base import Bad, Basis, Check, Context, Edit, Fix, Good, Hit, Rule, Severity
from docnlp.text.late import late
from docnlp.text.numerals import parse_int, to_han
from docnlp.text.spans import SpanSet

_STANDARD = "GB/T 15835—2011《出版物上数字用法》"
_FORMAT = "GB/T 9704—2012《党政机关公文格式》"
_HAN = "一二三四五六七八九十"


_NUMBERS = late(r"[0-9０-９]+(?:\.[0-9０-９]+|,[0-9]{3}(?![0-9]))*")
#: The characters behind a number that any rule asks for.
_SIGNS = frozenset("年月日时点:：-~～—–－/至到%％千百万亿几、届五")


def _numbers(context: Context) -> dict[str, list[tuple[int, int]]]:
    """Arabic numbers (start, end, decimal point and thousands separators inside) by the character behind them.

    Under "." stand those with a point inside, whatever follows.
    """
    text = context.text
    found: dict[str, list[tuple[int, int]]] = {sign: [] for sign in _SIGNS}
    dotted = found["."] = []
    size = len(text)
    for m in _NUMBERS.finditer(text):
        span = m.span()
        end = span[1]
        if end < size and (sign := text[end]) in _SIGNS:
            found[sign].append(span)
        if end - span[0] > 5 and "." in m[0]:
            dotted.append(span)
    return found


def _outside_addresses(check: Check) -> Check:
    """The same check without the hits that lie in addresses, file names and blanks."""

    @wraps(check)
    def checked(context: Context) -> Iterator[Hit]:
        for hit in check(context):
            if hit.start is None or hit.end is None or not _touches(context, hit.start, hit.end):
                yield hit

    return checked


def _find(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + len(needle))


def _before(text: str, at: int) -> str:
    """The character before `at`; a line break at the start of the text."""
    return text[at - 1] if at > 0 else "\n"


def _touches(context: Context, start: int, end: int) -> bool:
    spans: SpanSet = context.protected
    return bool(len(spans)) and spans.touches(start, end)


# --- years ----------------------------------------------------------------------------------------------------------

_ZEROS = "零〇○◯OoＯｏ0０"
_HAN_YEARS = (
    re.compile(rf"二[一二三四五六七八九{_ZEROS}]{{3}}(?=年|学年)"),
    re.compile(rf"一[八九][一二三四五六七八九{_ZEROS}]{{2}}(?=年|学年)"),
)
_LETTER_YEAR = late(r"[12][0-9OoＯｏ]{3}(?=年|学年)")


def wrong_zeros(context: Context) -> Iterator[Hit]:
    """零, O, ○ or 0 for 〇 in a year in Chinese figures, and the letter O in an Arabic one."""
    text = context.text
    for pattern in _HAN_YEARS:
        for m in pattern.finditer(text):
            year = m[0]
            wrong = [c for c in year if c in _ZEROS and c != "〇"]
            if not wrong or _before(text, m.start()) in (*_HAN, "〇", "零", "第"):
                continue
            right = "".join("〇" if c in _ZEROS else c for c in year)
            severity: Severity = "warning" if all(c in "○◯" for c in wrong) else "error"
            yield Hit(
                m.start(),
                m.end(),
                f"汉字年份中的“0”写作“〇”：“{right}年”，不用“{wrong[0]}”",
                (right,),
                severity=severity,
            )
    if any(letter in text for letter in "OoＯｏ"):
        for m in _LETTER_YEAR.finditer(text):
            right = re.sub("[OoＯｏ]", "0", m[0])
            if right != m[0]:
                yield Hit(m.start(), m.end(), f"年份里的数字0误用了字母O：“{right}年”", (right,))


_SHORT_YEAR_TAIL = late(r"年(?:度|(?:1[0-2]|0?[1-9])月(?:(?:[12][0-9]|3[01]|0?[1-9])日|份|底|初|[上中下]旬)?)")
_SINCE = late(r"年(?:以来|开始|起|年?底|年?初|春季?|秋季?|夏季?|冬季?|建成|建校|成立|创建成)")


def two_digit_years(context: Context) -> Iterator[Hit]:
    """25年度, 99年3月: a year cut to two digits."""
    text = context.text
    for start, end in context.shared(_numbers)["年"]:
        if end - start != 2 or (text[start] == "0" and text[start + 1] == "0"):
            continue
        before = _before(text, start)
        if before in (
            "第",
            "前",
            "满",
            "近",
            "约",
            "逾",
            "了",
            "“",
            "-",
            "—",
            "~",
            "～",
            "至",
            ".",
            "的",
            "达",
            "共",
            "过",
            "用",
            "历",
            "经",
        ):
            continue
        value = int(text[start:end])
        now = context.as_of.year % 100
        full = f"20{value:02d}" if value <= now + 5 else f"19{value:02d}"
        if _SHORT_YEAR_TAIL.match(text, end):
            if text.startswith("年度", end) and before in ("、", "和"):
                continue
            yield Hit(start, end, f"年份应写全四位：“{full}年”", (full,), fix=Fix.UNSAFE)
        elif value >= 60 and before in ("自", "从", "于", "在") and _SINCE.match(text, end):
            yield Hit(start, end, f"年份应写全四位：“{full}年”", (full,), fix=Fix.UNSAFE)


_HAN_DATE_YEAR = late(r"[一二][一二三四五六七八九〇零○]{3}年")


def mixed_year_styles(context: Context) -> Iterator[Hit]:
    """2024年 and 二〇二四年 both in the body of one document: the rarer form is reported."""
    text = context.text
    frame = SpanSet(
        (b.start, b.end) for b in context.document.blocks if b.kind in ("title", "date", "signature", "attachment")
    )
    han = [
        (at, at + 4)
        for head in ("二〇", "二零", "二○", "一九")
        for at in _find(text, head)
        if _HAN_DATE_YEAR.match(text, at, at + 5) and not frame.touches(at, at + 4) and not _quoted(text, at)
    ]
    if not han:
        return
    arabic = [
        (start, end) for start, end in context.shared(_numbers)["年"]
        if end - start == 4 and text[start] in "12" and not frame.touches(start, end) and not _quoted(text, start)
    ]  # fmt: skip
    if not arabic:
        return
    rare, other = (han, "2024年") if len(han) <= len(arabic) else (arabic, "二〇二四年")
    for start, end in sorted(rare):
        yield Hit(start, end, f"同一篇里年份的写法应一致，本篇多写作“{other}”的样子")


def _quoted(text: str, at: int) -> bool:
    """Whether the nearest quote or title mark before `at` opens."""
    window = text[max(0, at - 60) : at]
    return max(window.rfind(c) for c in "“《") > max(window.rfind(c) for c in "”》\n")


_ARABIC_MONTH = late(
    r"年[0-9０-９]{1,2}月(?:(?:[0-9０-９]{1,2}|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?"
)
_HAN_YEAR = late(r"[一二][一二三四五六七八九〇零○]{3}")
_HAN_MONTH = late(
    r"年(?:十[一二]?|[一二三四五六七八九])月(?:(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九十])[日号])?(?!十|初|廿)"
)
_HAN_DAY = late(rf"月(?:三十一?|二?十[一二三四五六七八九]?|[{_HAN}])[日号]")
_HAN_FIGURES = late(rf"[{_HAN}]+")


def mixed_numeral_dates(context: Context) -> Iterator[Hit]:
    """二〇二四年3月, 2024年三月, 3月十五日."""
    text = context.text
    for m in _ARABIC_MONTH.finditer(text):
        if m.start() >= 4 and _HAN_YEAR.match(text, m.start() - 4):
            yield _mixed_date(text, m.start() - 4, m.end())
    for start, end in context.shared(_numbers)["年"]:
        if end - start == 4 and (month := _HAN_MONTH.match(text, end, end + 12)):
            yield _mixed_date(text, start, month.end())
    for start, end in context.shared(_numbers)["月"]:
        if end - start <= 2 and (day := _HAN_DAY.match(text, end, end + 6)):
            yield _mixed_date(text, start, day.end())


_YEAR_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def _mixed_date(text: str, start: int, end: int) -> Hit:
    words = text[start:end]
    head, _, rest = words.partition("年") if "年" in words else ("", "", words)
    if head:
        head = head.translate(_YEAR_FIGURES) + "年"
    right = head + _HAN_FIGURES.sub(lambda m: str(parse_int(m[0]) or m[0]), rest)
    return Hit(start, end, f"同一个日期里汉字数字与阿拉伯数字混用，宜写作“{right}”", (right,))


# --- dates and times ------------------------------------------------------------------------------------------------

_YEAR_BEFORE = late(r"([0-9]{4})年\Z")
_DAY = late(r"月([0-9０-９]{1,2})[日号]")
_MONTH_TAIL = late(r"月(?:[0-9０-９]{1,2}[日号]|份|底|初|末|[上中下]旬)")
_NOT_DATES = ("第", "共", "满", "约", "近", "逾", "计", "达", "-", "/", "—", "、", "～", "~", "：", ":")


def impossible_dates(context: Context) -> Iterator[Hit]:
    """2月30日, 13月5日, 25时, 9时75分."""
    text = context.text
    groups = context.shared(_numbers)
    for start, end in groups["月"]:
        digits = text[start:end]
        if len(digits) > 2 or not digits.isdigit():
            continue
        month = int(digits)
        year = _YEAR_BEFORE.search(text, max(0, start - 5), start)
        if not 1 <= month <= 12:
            if _before(text, start) not in _NOT_DATES and (year or _MONTH_TAIL.match(text, end, end + 5)):
                yield Hit(start, end + 1, f"没有{digits}月，请核对日期")
            continue
        m = _DAY.match(text, end, end + 4)
        if m is None:
            continue
        last = _last_day(int(year[1]) if year else None, month)
        if not 1 <= int(m[1]) <= last:
            which = f"{year[1]}年{month}月" if year and month == 2 else f"{month}月"
            yield Hit(start, m.end(), f"{which}只有{last}天，没有{int(m[1])}日，请核对日期")
    yield from _impossible_times(text, groups)
    for sign in "-/":
        for start, end in groups[sign]:
            yield from _impossible_numeric_date(text, start, end)


def _last_day(year: int | None, month: int) -> int:
    if year is None or not 1 <= year <= 9999:
        return 29 if month == 2 else monthrange(2024, month)[1]
    return monthrange(year, month)[1]


_NUMERIC_DATE = late(r"((?:19|20)[0-9]{2})([-/])(0?[1-9]|1[0-2])\2([0-9]{2})(?![0-9A-Za-z/-])")


def _impossible_numeric_date(text: str, start: int, end: int) -> Iterator[Hit]:
    if (
        end - start != 4
        or _before(text, start) in tuple("-/.#")
        or (_before(text, start).isascii() and _before(text, start).isalnum())
    ):
        return
    m = _NUMERIC_DATE.match(text, start, start + 12)
    if m is not None and 28 < int(m[4]) <= 31 and int(m[4]) > (last := _last_day(int(m[1]), int(m[3]))):
        yield Hit(start, m.end(), f"{int(m[1])}年{int(m[3])}月只有{last}天，没有{int(m[4])}日，请核对日期")


_PART_OF_DAY = late(r"(?:[日号午晨晚]|凌晨|中午|[0-9]日)\Z")
_MINUTES = late(r"[时点]([0-9]{1,2})分")
_CLOCK = late(r"[:：]([0-9]{2})(?![0-9:：.％%])")


def _impossible_times(text: str, groups: dict[str, list[tuple[int, int]]]) -> Iterator[Hit]:
    for sign in "时点":
        for start, end in groups[sign]:
            if end - start > 2:
                continue
            hour = int(text[start:end])
            m = _MINUTES.match(text, end, end + 5)
            if (
                hour > 24
                and (m or _before(text, start) in ("日", "午", "晚", "晨"))
                and text[start - 1 : start] != "第"
            ):
                if sign == "时" or m:
                    yield Hit(start, end + 1, f"一天没有{hour}时，请核对时间")
            elif m and int(m[1]) > 59 and hour <= 24:
                yield Hit(m.start(1), m.end(), f"一小时没有{int(m[1])}分，请核对时间")
    for sign in ":：":
        for start, end in groups[sign]:
            if end - start > 2 or not _PART_OF_DAY.search(text, max(0, start - 2), start):
                continue
            m = _CLOCK.match(text, end, end + 4)
            if m and (int(text[start:end]) > 24 or int(m[1]) > 59):
                yield Hit(start, m.end(), f"没有{text[start : m.end()]}这个时刻，请核对时间")


_AFTERNOON = late(r"(?:下午|晚上|傍晚|午后|当晚|晚) ?\Z")
_MORNING = late(r"(?:上午|早上|早晨|清晨|凌晨) ?\Z")
_CLOCK_BEHIND = late(r"[:：][0-5][0-9]|[时点](?!间|代)")


def mixed_clocks(context: Context) -> Iterator[Hit]:
    """下午14:30: the twelve-hour word with a twenty-four-hour figure."""
    text = context.text
    groups = context.shared(_numbers)
    for sign in ":：时点":
        for start, end in groups[sign]:
            if end - start != 2 or not 13 <= int(text[start:end]) <= 23:
                continue
            m = _CLOCK_BEHIND.match(text, end, end + 3)
            if m is None:
                continue
            tail = text[m.start() : m.end()]
            if word := _AFTERNOON.search(text, max(0, start - 3), start):
                part, hour = word[0].strip(), text[start:end]
                twelve = f"{part}{int(hour) - 12}"
                message = f"“{part}{hour}{tail}”混用12小时制与24小时制，删去“{part}”，或写作{twelve}{tail}"
                yield Hit(word.start(), end, message, (hour, twelve))
            elif word := _MORNING.search(text, max(0, start - 3), start):
                yield Hit(word.start(), end, f"“{word[0].strip()}”与{text[start:end]}{tail}矛盾，请核对时间", (), ())


_PADDED = late(r"年(0[1-9])月|月(0[1-9])[日号]")


def padded_dates(context: Context) -> Iterator[Hit]:
    """2025年03月05日."""
    text = context.text
    groups = context.shared(_numbers)
    for sign, heads in (("月", "年"), ("日", "月")):
        for start, end in groups[sign]:
            if (
                end - start == 2
                and text[start] == "0"
                and text[start + 1] != "0"
                and _before(text, start) == heads
                and text[start - 2 : start - 1].isdigit()
            ):
                right = text[start + 1]
                yield Hit(start, end, f"月、日不编虚位，“{text[start:end]}{sign}”写作“{right}{sign}”", (right,))


_YEAR_MONTH = late(r"((?:19|20)[0-9]{2})([-.])(0?[1-9]|1[0-2])(?![-0-9.年%％A-Za-z/])")
_NOT_MONTH = late(r" ?(?:[万亿元个人号级版%％]|公[里斤顷]|平方|米|吨|倍|分)")


def incomplete_numeric_dates(context: Context) -> Iterator[Hit]:
    """2008-8 and 2008.8 for 2008年8月."""
    text = context.text
    groups = context.shared(_numbers)
    for sign in "-.":
        for start, _ in groups[sign]:
            m = _YEAR_MONTH.match(text, start, start + 9)
            if m is None or m[2] != sign or _NOT_MONTH.match(text, m.end()):
                continue
            before = _before(text, start)
            if before in "-./—–~～号第:#〔[(（" or (before.isascii() and before.isalnum()):
                continue
            right = f"{m[1]}年{int(m[3])}月"
            yield Hit(start, m.end(), f"只有年、月时不用“{m[2]}”代替“年”“月”，写作“{right}”", (right,))


_EVENT = late(
    r"([01]?[0-9])[.．]([0-3]?[0-9])([”\"]?)(?:消费者权益|禁毒|宪法|世界|国际|全国|地震|事件|宣传日|事故|批示|讲话|案|爆炸|火灾|特大)"
)


def dotted_event_dates(context: Context) -> Iterator[Hit]:
    """“3.15”消费者权益日: names of days take the middle dot."""
    text = context.text
    for quote in '“"':
        for at in _find(text, quote):
            m = _EVENT.match(text, at + 1, at + 14)
            if m and 1 <= int(m[1]) <= 12 and 1 <= int(m[2]) <= 31 and m[3]:
                dot = m.end(1)
                yield Hit(dot, dot + 1, "含有月日的专名，月、日之间用间隔号“·”", ("·",))


# --- ranges ---------------------------------------------------------------------------------------------------------

_JOINS = "-~～—–－"
_RANGE_END = late(r"[-~～—–－]{1,2}([0-9０-９]+(?:\.[0-9０-９]+)?)(%|％|‰|万|亿|千(?![米克瓦伏卡焦赫]))")


def ambiguous_ranges(context: Context) -> Iterator[Hit]:
    """4-6%, 5-10万人: the sign or the big unit is missing behind the first figure."""
    text = context.text
    groups = context.shared(_numbers)
    for join in _JOINS:
        for start, end in groups[join]:
            m = _RANGE_END.match(text, end, end + 14)
            if m is None:
                continue
            before = _before(text, start)
            if (
                before in _JOINS
                or before in "/.:：±"
                or (before.isascii() and before.isalnum())
                or text[max(0, start - 3) : start] == "/T "
            ):
                continue
            low, high = text[start:end].replace(",", ""), m[1]
            try:
                if float(low) == 0 or float(low) >= float(high):
                    continue  # 5000～1万元 says what it means
            except ValueError:
                continue
            if m[2] not in "%％‰" and float(low) >= 1000:
                continue
            mark = text[end : m.start(1)]
            right = f"{text[start:end]}{m[2]}{mark if mark in ('～', '—') else '～'}{m[1]}{m[2]}"
            kind = Fix.SAFE if m[2] in "%％‰" else Fix.UNSAFE
            yield Hit(start, m.end(), f"前一个数省去“{m[2]}”会产生歧义，写作“{right}”", (right,), fix=kind)


_YEAR_RANGE = late(r"年?(?:[-~～—–－]{1,2}|至|到)((?:19|20)[0-9]{2})年")
_MONTH_RANGE = late(r"月(?:份)?(?:[-~～—–－]{1,2}|至|到)([0-9]{1,2})月")
_DAY_RANGE = late(r"月([0-9]{1,2})日?(?:[-~～—–－]{1,2}|至|到)(?:([0-9]{1,2})月)?([0-9]{1,2})日")


def reversed_ranges(context: Context) -> Iterator[Hit]:
    """2026—2024年; 2025年5月—3月; 3月15日至10日."""
    text = context.text
    groups = context.shared(_numbers)
    for sign in ("年", "至", "到", *_JOINS):
        for start, end in groups[sign]:
            if end - start == 4 and text[start : start + 2] in ("19", "20"):
                m = _YEAR_RANGE.match(text, end, end + 8)
                if (
                    m
                    and int(text[start:end]) > int(m[1])
                    and not (_before(text, start).isascii() and _before(text, start).isalnum())
                ):
                    yield Hit(start, m.end(), f"起止年份颠倒：{text[start:end]}年在{m[1]}年之后，请核对")
    for start, end in groups["月"]:
        month = text[start:end]
        if end - start > 2 or not month.isdigit():
            continue
        with_year = _YEAR_BEFORE.search(text, max(0, start - 5), start) is not None
        if m := _DAY_RANGE.match(text, end, end + 12):
            other = int(m[2]) if m[2] else int(month)
            if (other, int(m[3])) < (int(month), int(m[1])) and (
                other == int(month) or (with_year and int(month) - other < 6)
            ):
                yield Hit(start, m.end(), f"起止日期颠倒：“{text[start : m.end()]}”，请核对")
        elif with_year and (m := _MONTH_RANGE.match(text, end, end + 8)) and 0 < int(month) - int(m[1]) < 6:
            yield Hit(start, m.end(), f"起止月份颠倒：“{text[start : m.end()]}”，请核对")


# --- quantities -----------------------------------------------------------------------------------------------------

_MIXED_NUMERAL = late(r"(千|百)(?:([0-9])百)?(余|多)?")
_UNITS_AFTER_QIAN = "米克瓦伏卡焦赫帕安欧分字周人言禧金里古兆"
_UNITS_AFTER_BAI = "分货姓年家日强色合科叶老度般感"


def mixed_numerals(context: Context) -> Iterator[Hit]:
    """3千, 2千5百: Arabic figures with 千 and 百."""
    text = context.text
    groups = context.shared(_numbers)
    for sign in "千百":
        for start, end in groups[sign]:
            digits = text[start:end].replace(",", "")
            before = _before(text, start)
            if len(digits) > 3 or before in "百千第+-—–～~" or ("." in digits and sign == "百"):
                continue
            m = _MIXED_NUMERAL.match(text, end, end + 4)
            assert m is not None
            after = text[m.end() : m.end() + 1]
            plain = not m[2] and not m[3]
            if plain and after in (_UNITS_AFTER_QIAN if sign == "千" else _UNITS_AFTER_BAI) and after not in ("人", ""):
                continue
            if after in tuple("百千万零") and after != "万":
                continue
            if not digits.replace(".", "").isdigit() or digits.startswith("0") or after == "分" or after.isdigit():
                continue
            unit = 1000 if sign == "千" else 100
            value = float(digits) * unit + (int(m[2]) * 100 if m[2] else 0)
            if value != int(value) or (after == "万" and sign == "百" and m[2]):
                continue
            right = f"{int(value)}{m[3] or ''}"
            yield Hit(
                start,
                m.end(),
                f"数值中只有“万”“亿”可与阿拉伯数字连用，“{text[start : m.end()]}”写作“{right}”",
                (right,),
            )


_TEN_GLUED = late(r"十(?=[1-9](?![0-9.０-９]))")
_RATE_GLUED = late(r"百分之[0-9]+(?:\.[0-9]+)?")
_TAIL = late(r"[0-9]{1,3}(?![0-9０-９])")
_WIDE_FIGURE = late("[０-９]")
_MIXED_WIDTH = late("[0-9０-９]{1,20}")


def glued_numerals(context: Context) -> Iterator[Hit]:
    """6千400, 十4, 百分之30, １9: one number in two kinds of figures."""
    for start, end, right in _glued(context):
        before = _before(context.text, start)
        if context.text.endswith("百分之", 0, start):
            continue
        if not before.isdigit() and before not in (*_HAN, *"百千第○〇零%％"):
            yield Hit(start, end, f"“{context.text[start:end]}”把两种数字混在一个数里，写作“{right}”", (right,))


def _glued(context: Context) -> Iterator[tuple[int, int, str]]:
    text = context.text
    for unit, scale in (("千", 1000), ("百", 100)):
        for start, end in context.shared(_numbers)[unit]:
            tail = _TAIL.match(text, end + 1)
            if tail and end - start == 1 and text[start] in "123456789" and int(tail[0]) < scale:
                yield start, tail.end(), str(int(text[start]) * scale + int(tail[0]))
    for m in _TEN_GLUED.finditer(text):
        yield m.start(), m.end() + 1, f"1{text[m.end()]}"
    for m in _RATE_GLUED.finditer(text):
        yield *m.span(), f"{m[0][3:]}%"
    done = 0
    for m in _WIDE_FIGURE.finditer(text):
        at = m.start()
        if at < done:
            continue
        while at > done and m.start() - at < 10 and text[at - 1] in "0123456789":
            at -= 1
        number = _MIXED_WIDTH.match(text, at)
        assert number is not None
        done = number.end()
        if any(c in "0123456789" for c in number[0]):
            yield at, done, number[0].translate(_WIDE)


_WIDE = {ord("０") + i: str(i) for i in range(10)}

_JI_AFTER = late(r"几1(0{1,3})(?![0-9])")
_SHU_AFTER = late(r"数1(0{1,3})[余多]?[个名人次件项位家户万]")
_JI_BEHIND = late(r"几(?:[个名人次天年件项位家户条种场本元岁里分页篇台辆块]|万)")
_TENS = {"0": "十", "00": "百", "000": "千"}


def arabic_with_ji(context: Context) -> Iterator[Hit]:
    """几10, 10几: 几 goes with Chinese figures."""
    text = context.text
    for at in _find(text, "几1"):
        if m := _JI_AFTER.match(text, at, at + 6):
            right = "几" + _TENS[m[1]]
            yield Hit(at, m.end(), f"含“几”的概数用汉字数字：“{right}”", (right,))
    for at in _find(text, "数1"):
        m = _SHU_AFTER.match(text, at, at + 8)
        if m and (at == 0 or text[at - 1] in "，。、；：\n有达近了成上"):
            right = "数" + _TENS[m[1]]
            yield Hit(at, m.end(1), f"“数”表示概数时用汉字数字：“{right}”", (right,))
    for start, end in context.shared(_numbers)["几"]:
        digits = text[start:end]
        if (
            len(digits) == 2
            and digits[0] != "0"
            and digits[1] == "0"
            and _JI_BEHIND.match(text, end, end + 2)
            and _before(text, start) != "第"
        ):
            right = to_han(int(digits)) + "几"
            yield Hit(start, end + 1, f"含“几”的概数用汉字数字：“{right}”", (right,))


_MEASURE = r"(?:个(?!百分)|名|人(?!次)|天|次|米|公里|里路|分钟|小时|岁|倍|遍|趟|户|件|年(?![级初底度])|周|张|台)"
_APPROX_HAN = late(rf"([一二两三四五六七八九])、([二三四五六七八九])(十)?(?:多|余)?{_MEASURE}")
_APPROX_ARABIC = late(rf"、([0-9]){_MEASURE}")
_DISTINCT = ("第", "、", "别", "各", "十", "百", "初", "月", "周", "期", "次", "每", "“", "和", "与", "或")


def dunhao_in_approximations(context: Context) -> Iterator[Hit]:
    """2、3米, 三、五天: two figures in a row mean an approximate number and take no 、."""
    text = context.text
    for m in _APPROX_HAN.finditer(text):
        before = _before(text, m.start())
        low, high = parse_int(m[1]) or 0, parse_int(m[2]) or 0
        if before in _DISTINCT or before.isdigit() or before in _HAN or (high - low != 1 and (low, high) != (3, 5)):
            continue
        if (
            text[m.end() : m.end() + 1] in ("级", "班", "组")
            or _listed(text, m.start())
            or (m[1] != "两" and _ordinal_place(text, m.start()))
        ):
            continue
        yield Hit(
            m.start(1) + 1,
            m.start(2),
            f"概数中间不用顿号：“{m[1]}{m[2]}{m[3] or ''}”",
            (),
            (Edit(m.start(1) + 1, m.start(2), ""),),
        )
    for start, end in context.shared(_numbers)["、"]:
        m2 = _APPROX_ARABIC.match(text, end, end + 6)
        if end - start != 1 or m2 is None:
            continue
        low, high = int(text[start]), int(m2[1])
        before = _before(text, start)
        if (
            not 1 <= low <= 9
            or high - low != 1
            or before in _DISTINCT
            or before in "0123456789.-—～~"
            or _listed(text, start)
        ):
            continue
        if _ordinal_place(text, start):
            continue
        figures = "零一两三四五六七八九"
        right = f"{figures[low]}{'两' if high == 2 else to_han(high)}"
        yield Hit(start, end + 2, f"概数用汉字数字，中间不用顿号：“{right}”", (right,))


def _ordinal_place(text: str, at: int) -> bool:
    while at > 0 and text[at - 1] in " \t\u3000":
        at -= 1
    return at == 0 or text[at - 1] in "\n。；;：:"


_LISTING = late(r"分别|依次|各[为有是选派报]|第")


def _listed(text: str, at: int) -> bool:
    """Whether the figures are spoken of one by one: 分别为2、3个."""
    return _LISTING.search(text, max(0, at - 6), at) is not None


_FIGURES = r"(?:[0-9０-９]+(?:[.,][0-9]+)*|[一二三四五六七八九十百千两]+)"
_PER = (
    r"(?:个(?:多?小时|多?月|百分点)?|名|人次?|次|天|日|周|年|月|小时|课时|学时|分钟|篇|项|件|条|场|期|户|所|处|元|米"
    r"|平方米|公里|公斤|吨|亩|岁|[%％]|倍|家|份|册|支|台|辆|半|字|分|棵|株|盏)"
)
_DURATION = late(r"个?(?:年|月|天|日|周|载|代|小时|分钟|星期)")
_ABOUT_FEW = late(rf"({_FIGURES})[万千百亿]?(余|多)(?!数|样|半|元化)")
_ABOUT_ROUND = late(rf"({_FIGURES})[万千百亿]?(?:余|多)?{_PER}?(左右|上下)")
_AT_LEAST = late(rf"({_FIGURES})[万千百亿]?{_PER}?(以上|以内|以下)")
_NOT_NEAR = ("将", "接", "最", "附", "就", "邻", "远", "亲")
_NOT_ABOUT = ("节", "制", "条", "公", "预", "签", "合", "履", "大")


_LIMIT = late(r"[近约逾过少多于](?=[0-9一二三四五六七八九十百千两])")
_LIMIT_WORDS = {
    "近": ("将近", "接近", "近"), "约": ("大约", "约"), "逾": ("逾",), "过": ("不超过", "超过"),
    "少": ("至少", "最少"), "多": ("至多", "最多"), "于": ("不少于", "不低于"),
}  # fmt: skip
_FLOORS = ("至少", "最少", "不少于", "不低于")
_CEILINGS = ("至多", "最多", "不超过")


def pleonastic_numbers(context: Context) -> Iterator[Hit]:
    """近50多人, 大约30人左右, 至少3次以上."""
    text = context.text
    for found in _LIMIT.finditer(text):
        behind = found.end()
        word = next((w for w in _LIMIT_WORDS[found[0]] if text.startswith(w, behind - len(w))), None)
        if word is None:
            continue
        start = behind - len(word)
        if word in _FLOORS or word in _CEILINGS:
            m = _AT_LEAST.match(text, behind, behind + 20)
            if m and (m[2] == "以上") == (word in _FLOORS):
                yield _pleonasm(text, start, m.end(), word, m[2])
            continue
        if (word == "近" and _before(text, start) in _NOT_NEAR) or (
            word == "约" and _before(text, start) in _NOT_ABOUT
        ):
            continue
        m = _ABOUT_FEW.match(text, behind, behind + 14)
        if m:
            if not (word == "近" and _DURATION.match(text, m.end(2))):  # 近20多年来 is a time, not a guess
                yield _pleonasm(text, start, m.end(2), word, m[2])
            continue
        m = _ABOUT_ROUND.match(text, behind, behind + 20)
        if m and not (word == "近" and _DURATION.match(text, m.end(1))):
            yield _pleonasm(text, start, m.end(), word, m[2], against=word in ("超过", "逾"))


def _pleonasm(text: str, start: int, end: int, word: str, other: str, against: bool = False) -> Hit:
    what = "互相矛盾" if against else "意思重复"
    return Hit(
        start,
        end,
        f"“{word}”与“{other}”{what}，只留一个",
        (text[start : end - len(other)], text[start + len(word) : end]),
    )


_DECREASE = late(
    r"(?:减少|下降|降低|缩小|缩短|减小|减|降)了?(?:近|约)?(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十几数]+)(?:多|余)?\Z"
)


def decreases_by_multiples(context: Context) -> Iterator[Hit]:
    """减少3倍."""
    text = context.text
    for at in _find(text, "倍"):
        m = _DECREASE.search(text, max(0, at - 12), at)
        if m:
            yield Hit(m.start(), at + 1, "减少、下降不能用倍数表示，请改为百分数或“减少到……分之一”")


_BOUNDED = (
    "参与率 知晓率 覆盖率 满意率 合格率 普及率 支持率 出勤率 到会率 参会率 参学率 参训率 就业率 及格率 优秀率 优良率 通过率 达标率 办结率 "
    "回访率 回复率 签约率 签订率 注册率 绿化率 处置率 受理率 破案率 入户率 建档率 参评率 参赛率 受教育率 到位率 持证率 完好率 认同率 信任率 "
    "投票率 巩固率 收集率 清运率 整改率 兑现率 调解率 化解率 发放率 上线率 知晓度 参与度 满意度 认可度 认可率 报到率"
)  # fmt: skip
_RATE = late(
    "(?:"
    + "|".join(_BOUNDED.split())
    + r")(?:均|都|已|要|应|需)?(?:达到?了?|为|是|在|超过|提高到|提升到|上升到|提高至|提升至|升至|高达|保持在?)?(?:近|约)?\Z"
)
_CHANGE = late(r"(?:提高|提升|上升|下降|增加|降低|增长|减少)了?(?:近|约)?\Z")
_RATE_WORD = late(r"(?:[^\W\da-zA-Z_]{1,3}率|满意度|知晓度|占比)(?!先|领|队)")


def impossible_rates(context: Context) -> Iterator[Hit]:
    """参与率120%."""
    text = context.text
    groups = context.shared(_numbers)
    for sign in "%％":
        for start, end in groups[sign]:
            digits = text[start:end]
            if (
                end - start < 3
                or not digits.replace(".", "").isdigit()
                or digits.count(".") > 1
                or float(digits) <= 100
            ):
                continue
            m = _RATE.search(text, max(0, start - 14), start)
            if m and _before(text, m.start()) != "毛":
                yield Hit(start, end + 1, f"{m[0][:3]}不会超过100%，请核对数据")


def rate_changes_in_percent(context: Context) -> Iterator[Hit]:
    """满意率提高5%: a change of a rate is counted in percentage points."""
    text = context.text
    groups = context.shared(_numbers)
    for sign in "%％":
        for start, end in groups[sign]:
            window = max(0, start - 22)
            m = _CHANGE.search(text, window, start)
            if m is None:
                continue
            low = max(text.rfind(c, window, start) for c in "，。；：、\n,;")
            clause = text[max(window, low + 1) : start]
            if _RATE_WORD.search(clause) and "增长率" not in clause and "效率" not in clause and "同比" not in clause:
                yield Hit(
                    start,
                    end + 1,
                    "比率的增减宜用“百分点”：由90%提高到95%，是提高5个百分点",
                    (f"{text[start:end]}个百分点",),
                )


_STACKED_UNIT = late(r"亿万|万万|千亿万|亿亿")


def stacked_units(context: Context) -> Iterator[Hit]:
    """1.2亿万元."""
    text = context.text
    groups = context.shared(_numbers)
    for sign in "亿万":
        for start, end in groups[sign]:
            if m := _STACKED_UNIT.match(text, end, end + 3):
                yield Hit(start, m.end(), f"“{text[start : m.end()]}”中单位重复，请核对数值")


_HAN_PERCENT = late(r"百分之([一二三四五六七八九十零两]+(?:点[一二三四五六七八九零]+)?)(?![几多余])")
_DECIMALS = str.maketrans("零一二三四五六七八九", "0123456789")


def han_percentages(context: Context) -> Iterator[Hit]:
    """百分之三十 in a text that writes other percentages with %."""
    text = context.text
    if "百分之" not in text or not ("%" in text or "％" in text):
        return
    for m in _HAN_PERCENT.finditer(text):
        whole, _, decimals = m[1].partition("点")
        value = parse_int(whole)
        if value is None or text[m.end() : m.end() + 1] in ("百", "千"):
            continue
        right = f"{value}{'.' + decimals.translate(_DECIMALS) if decimals else ''}%"
        yield Hit(m.start(), m.end(), f"本篇其他百分数用“%”，这里宜写作“{right}”", (right,))


# --- words that keep Chinese figures --------------------------------------------------------------------------------

_FIXED = (
    (re.compile(r"党的(1[0-9]|20|21)大(?![力部])"), "大"),
    (re.compile(r"第(1[0-9]|20|21)次全国代表大会"), "次全国代表大会"),
    (re.compile(r"星期([1-6])(?![0-9年月])"), ""),
    (re.compile(r"第(1)(?:书记|责任人|议题|要务|生产力|资源)"), ""),
)
_SESSION = late(r"届(?:[一二三四五六七1-7]中全会|全国人大|全国政协)")
_FIVE_YEAR = late(r"五(?:规划|时期|期间|开局|收官)")


def arabic_in_fixed_words(context: Context) -> Iterator[Hit]:
    """党的20大, 星期5, 第1书记."""
    text = context.text
    for pattern, tail in _FIXED:
        for m in pattern.finditer(text):
            yield _fixed_word(
                text[m.start() : m.start(1)], m.start(1), m.end(1), m[1], tail or text[m.end(1) : m.end()]
            )
    groups = context.shared(_numbers)
    for sign, following in (("届", _SESSION), ("五", _FIVE_YEAR)):
        for start, end in groups[sign]:
            m2 = following.match(text, end, end + 8)
            if m2 and end - start == 2 and text[start:end].isascii() and 10 <= int(text[start:end]) <= 21:
                yield _fixed_word("", start, end, text[start:end], m2[0])


def _fixed_word(head: str, start: int, end: int, figure: str, tail: str) -> Hit:
    right = to_han(int(figure))
    return Hit(start, end, f"固定词语中的数字用汉字：“{head}{right}{tail}”", (right,))


# --- the declarations -----------------------------------------------------------------------------------------------


def _clause(clause: str, note: str = "") -> Basis:
    return Basis(_STANDARD, clause, note)


RULES: tuple[Rule, ...] = (
    Rule(
        code="DIG001",
        name="wrong-zero-in-year",
        title="年份里的“〇”写错",
        severity="error",
        why="用汉字写年份时“0”写作“〇”；“零”用于计量，字母O、数字0、圆圈“○”都是代用的符号，印出来高矮不齐，也检索不到。",
        basis=(_clause("5.2.5", "用作编号时“0”的汉字写法为“〇”"),),
        check=_outside_addresses(wrong_zeros),
        fix=Fix.SAFE,
        examples=(
            Bad("【二零二四】年三月五日", fixed="二〇二四年三月五日"),
            Bad("【二0二四】年三月五日", fixed="二〇二四年三月五日"),
            Bad("【二O二四】年三月五日", fixed="二〇二四年三月五日"),
            Bad("【二○二四】年三月五日", fixed="二〇二四年三月五日", severity="warning"),
            Bad("【2O24】年工作总结", fixed="2024年工作总结"),
            Good("二〇二四年三月五日", "写法正确"),
            Good("二〇xx年三月，二0xx年工作打算", "年份是空白，另有规则"),
            Good("共三百零五人参加，为期一百零二天", "计量时用“零”"),
        ),
    ),
    Rule(
        code="DIG002",
        name="impossible-date",
        title="不存在的日期、时刻",
        severity="error",
        why="写错的日期会让通知无法执行，材料里的活动也显得不真实。",
        basis=(Basis("历法与计时常识"),),
        check=_outside_addresses(impossible_dates),
        examples=(
            Bad("于【2月30日】召开动员会"),
            Bad("2025年【2月29日】前报送"),
            Bad("【13月】5日前完成"),
            Bad("活动定于下午4时【75分】开始"),
            Bad("3月5日【25时】30分"),
            Bad("活动日期：【2024-02-30】"),
            Good("2024年2月29日，12月31日24时", "闰年有2月29日；一天可以到24时"),
            Good("培训时长18月，婴儿13月龄", "说的是月数"),
            Good("比分14:75，材料编号2024-13-99", "不是时刻、日期"),
        ),
    ),
    Rule(
        code="DIG003",
        name="two-digit-year",
        title="年份只写两位",
        severity="warning",
        why="四位数字表示的年份不简写成两位，以免与年数混淆。",
        basis=(_clause("5.1.4", "四位数字表示的年份不应简写为两位数字"),),
        check=_outside_addresses(two_digit_years),
        fix=Fix.UNSAFE,
        examples=(
            Bad("【25】年度工作总结", fixed="2025年度工作总结"),
            Bad("自【99】年以来连续创建", fixed="自1999年以来连续创建"),
            Bad("我校【24】年3月启动创建", fixed="我校2024年3月启动创建"),
            Good("用了25年建成，建校99年，25年来坚持不懈", "说的是年数"),
            Good("20世纪80年代", "年代"),
            Good("2024、25年度", "前一年已写全"),
        ),
    ),
    Rule(
        code="DIG004",
        name="mixed-clock",
        title="12小时制与24小时制混用",
        severity="warning",
        why="“下午”“晚上”用于12小时制，14:30是24小时制，只用其一；“上午”配下午的钟点则自相矛盾。",
        basis=(_clause("5.1.5", "计时可采用12小时制，也可采用24小时制"),),
        check=_outside_addresses(mixed_clocks),
        fix=Fix.UNSAFE,
        examples=(
            Bad("定于【下午14】:30召开会议", fixed="定于14:30召开会议"),
            Bad("当天【晚上19】时开始", fixed="当天19时开始"),
            Bad("定于【上午14】时召开会议"),
            Good("定于14:30召开会议，下午2:30签到", "两种写法各自正确"),
            Good("晚15小时到达，晚20时代", "不是钟点"),
        ),
    ),
    Rule(
        code="DIG005",
        name="ambiguous-range",
        title="数值范围省略了单位",
        severity="warning",
        why="“4-6%”可以理解为4到6%，“5-10万人”可以理解为5人到10万人；前一个数的“%”“万”“亿”不能省。",
        basis=(_clause("5.1.3", "省略附加符号或计量单位会造成歧义的，不应省略"),),
        check=_outside_addresses(ambiguous_ranges),
        fix=Fix.SAFE,
        examples=(
            Bad("增长【4-6%】", fixed="增长4%～6%"),
            Bad("占【15～30%】", fixed="占15%～30%"),
            Bad("预计【5—10万】人参加", fixed="预计5万—10万人参加"),
            Good("增长4%～6%，预计5万～10万人", "两个数都带单位"),
            Good("每次100～150元，3～5公里，400—429页", "省略单位不会误解"),
            Good("投入8000～1万元", "前一个数没有省略“万”"),
            Good("执行GB/T 1-5%标准", "编号"),
        ),
    ),
    Rule(
        code="DIG006",
        name="mixed-numeral",
        title="阿拉伯数字与“千”“百”混用",
        severity="warning",
        why="数值很大时可用“万”“亿”作单位，“千”“百”不与阿拉伯数字连用：写3000，或三千。",
        basis=(_clause("5.3", "4 000可以写作“四千”，但不应写作“4千”"),),
        check=_outside_addresses(mixed_numerals),
        fix=Fix.SAFE,
        examples=(
            Bad("参加人数【3千】人", fixed="参加人数3000人"),
            Bad("投入【2千5百】元", fixed="投入2500元"),
            Bad("服务群众【3千余】人次", fixed="服务群众3000余人次"),
            Bad("投入【3千】万元", fixed="投入3000万元"),
            Good("投入3.2亿元、5000万元，三千余人", "“万”“亿”可以连用"),
            Good("全程5千米，用电3千瓦时，重2千克，提高3百分点", "“千米”“千瓦”“千克”是单位"),
        ),
    ),
    Rule(
        code="DIG007",
        name="dunhao-in-approximation",
        title="概数中间用了顿号",
        severity="warning",
        why="相邻两个数字连用表示概数，用汉字，中间不用顿号：两三米、三五天。",
        basis=(_clause("5.2.1", "两数之间不用顿号隔开"), _clause("4.2.2", "数字连用表示的概数应采用汉字数字")),
        check=_outside_addresses(dunhao_in_approximations),
        fix=Fix.UNSAFE,
        examples=(
            Bad("相距【2、3】米", fixed="相距两三米"),
            Bad("用了三【、】五天时间", fixed="用了三五天时间"),
            Bad("每月有两【、】三个志愿者值守", fixed="每月有两三个志愿者值守"),
            Bad("两【、】三天内完成。", fixed="两三天内完成。"),
            Good("第2、3条，2、3号楼，二、三年级，一、二、三产业", "说的是一个一个的编号"),
            Good("两个社区分别为2、3个", "分别列举"),
            Good("二、三个阶段安排", "标题的序号"),
        ),
    ),
    Rule(
        code="DIG008",
        name="pleonastic-number",
        title="概数词语重复",
        severity="warning",
        why="“近”“约”与“多”“余”“左右”，“至少”与“以上”，意思重复，只用其一。",
        basis=(Basis("现代汉语语法规范"),),
        check=_outside_addresses(pleonastic_numbers),
        examples=(
            Bad("参加人数【近50多】人"),
            Bad("每次【大约30人左右】"),
            Bad("【超过50余】家单位参加"),
            Bad("每年开展活动【至少3次以上】"),
            Bad("满意率【不低于90%以上】"),
            Good("近20多年来持续开展", "“近”指最近一段时间"),
            Good("约30人，50多人，30人左右", "只用其一"),
            Good("刊发不少于3篇省级以上媒体报道，节约30多度", "“以上”说的是级别；“节约”是一个词"),
        ),
    ),
    Rule(
        code="DIG009",
        name="decrease-by-multiple",
        title="用倍数表示减少",
        severity="warning",
        why="减少一倍就成了零，减少不能用倍数，应写减少百分之几或几分之几。",
        basis=(Basis("现代汉语语法规范"),),
        check=_outside_addresses(decreases_by_multiples),
        examples=(
            Bad("投诉件【减少3倍】"),
            Bad("办理时间【缩短了两倍】"),
            Good("参与人数增加3倍", "增加可以用倍数"),
            Good("减少到原来的三分之一", "用分数"),
        ),
    ),
    Rule(
        code="DIG010",
        name="impossible-rate",
        title="比率超过100%",
        severity="error",
        why="参与率、知晓率、覆盖率、满意率这类比率不可能超过100%，多是笔误或算错。",
        basis=(Basis("统计常识"),),
        check=_outside_addresses(impossible_rates),
        examples=(
            Bad("职工参与率达到【120%】"),
            Bad("群众满意率为【103.5%】"),
            Good("职工参与率达到100%", "没有超过100%"),
            Good("完成率120%，增长率130%，毛入学率105%", "这些比率可以超过100%"),
        ),
    ),
    Rule(
        code="DIG011",
        name="padded-date",
        title="月、日前补了0",
        severity="warning",
        why="公文的成文日期月、日不编虚位，1不写为01。",
        basis=(Basis(_FORMAT, "7.3.5.4"),),
        check=_outside_addresses(padded_dates),
        fix=Fix.SAFE,
        examples=(
            Bad("2025年【03】月【05】日", fixed="2025年3月5日"),
            Good("2025年3月5日，2025-03-05", "用短横线的日期可以补0"),
            Good("2025年10月20日", "不是虚位"),
        ),
    ),
    Rule(
        code="DIG012",
        name="mixed-numeral-date",
        title="一个日期里汉字与阿拉伯数字混用",
        severity="warning",
        why="同一个日期里的年、月、日用同一种数字。",
        basis=(_clause("4.3", "不写为“二〇〇八年8月8日”"),),
        check=_outside_addresses(mixed_numeral_dates),
        fix=Fix.UNSAFE,
        examples=(
            Bad("【二〇二四年3月5日】", fixed="2024年3月5日"),
            Bad("【2024年三月五日】", fixed="2024年3月5日"),
            Bad("于【3月十五日】举行", fixed="于3月15日举行"),
            Good("2024年3月5日，二〇二四年三月五日", "写法一致"),
            Good("2024年八月十五中秋佳节", "农历月日用汉字"),
        ),
    ),
    Rule(
        code="DIG013",
        name="arabic-with-ji",
        title="“几”“数”与阿拉伯数字连用",
        severity="warning",
        why="含“几”的概数用汉字数字：几十、十几、二十几。",
        basis=(_clause("4.2.2"),),
        check=_outside_addresses(arabic_with_ji),
        fix=Fix.SAFE,
        examples=(
            Bad("有【几10】名志愿者", fixed="有几十名志愿者"),
            Bad("发展【20几】个社团", fixed="发展二十几个社团"),
            Bad("先后有【数100】人参加", fixed="先后有数百人参加"),
            Good("有几十名志愿者，二十几个社团", "用汉字"),
            Good("总人数100人，户数10户", "“人数”“户数”后面是确数"),
        ),
    ),
    Rule(
        code="DIG014",
        name="arabic-in-fixed-word",
        title="固定词语里用了阿拉伯数字",
        severity="warning",
        why="二十大、星期五、第一书记这类已经定型的词语，数字用汉字。",
        basis=(_clause("4.2.3", "已定型的含汉字数字的词语应采用汉字数字"),),
        check=_outside_addresses(arabic_in_fixed_words),
        fix=Fix.SAFE,
        examples=(
            Bad("学习贯彻党的【20】大精神", fixed="学习贯彻党的二十大精神"),
            Bad("每周星期【5】下午集中学习", fixed="每周星期五下午集中学习"),
            Bad("驻村第【1】书记", fixed="驻村第一书记"),
            Bad("【20】届三中全会", fixed="二十届三中全会"),
            Bad("编制【14】五规划", fixed="编制十四五规划"),
            Good("学习贯彻党的二十大精神，每周五学习", "用汉字"),
            Good("第15届邻里节", "届次可用阿拉伯数字"),
        ),
    ),
    Rule(
        code="DIG015",
        name="reversed-range",
        title="起止时间颠倒",
        severity="warning",
        why="起止时间前晚后早，多是改了一头忘了另一头。",
        basis=(Basis("事理"),),
        check=_outside_addresses(reversed_ranges),
        examples=(
            Bad("创建周期为【2026—2024年】"),
            Bad("2025年【5月—3月】为动员阶段"),
            Bad("【3月15日至10日】集中宣传"),
            Good("2024—2026年，3月—5月，3月10日至15日", "先后正确"),
            Good("2025年11月至3月供暖", "跨年"),
            Good("12月20日至1月10日走访慰问", "跨年"),
        ),
    ),
    Rule(
        code="DIG016",
        name="stacked-unit",
        title="“亿”“万”重叠",
        severity="warning",
        why="“亿万元”“万万”这样的单位重叠，数值多半写错了。",
        basis=(_clause("5.3"),),
        check=_outside_addresses(stacked_units),
        examples=(
            Bad("投入【1.2亿万】元"),
            Good("投入1.2亿元，亿万群众", "单位没有重叠"),
            Good("3万亿元", "“万亿”是一个单位"),
        ),
    ),
    Rule(
        code="DIG017",
        name="glued-numeral",
        title="一个数里混用两种数字",
        severity="warning",
        why="一个数要么全用阿拉伯数字，要么全用汉字，也不能一半全角一半半角。混写多是改数字时没有改完。",
        basis=(_clause("4.3", "同一数值的写法要一致"),),
        check=_outside_addresses(glued_numerals),
        fix=Fix.SAFE,
        examples=(
            Bad("接待群众【6千400】人", fixed="接待群众6400人"),
            Bad("组织【十4】支秧歌队", fixed="组织14支秧歌队"),
            Bad("满意率达到【百分之96】", fixed="满意率达到96%"),
            Bad("清运垃圾【１9】吨", fixed="清运垃圾19吨"),
            Good("百分之九十六，96%，十四支，3千米，党的二十大2022年召开", "各自写法一致"),
            Good("五十5号楼，第十4期", "编号另说"),
        ),
    ),
    Rule(
        code="DIG030",
        name="han-percentage",
        title="百分数写法不统一",
        severity="info",
        why="用于统计的百分数采用阿拉伯数字，全篇写法一致，便于对照。",
        basis=(_clause("4.1.1", "用于计量的数字应采用阿拉伯数字"),),
        check=_outside_addresses(han_percentages),
        fix=Fix.UNSAFE,
        examples=(
            Bad("满意率95%，参与率【百分之九十】。", fixed="满意率95%，参与率90%。"),
            Good("参与率百分之九十。", "全篇没有用“%”"),
            Good("满意率95%，尽百分之百的努力。", "“百分之百”是惯用语"),
        ),
    ),
    Rule(
        code="DIG031",
        name="rate-change-in-percent",
        title="比率的增减用了“%”",
        severity="info",
        why="比率由90%升到95%，是提高5个百分点，不是提高5%。",
        basis=(Basis("统计常识"),),
        check=_outside_addresses(rate_changes_in_percent),
        examples=(
            Bad("群众满意率比上年提高【5%】"),
            Good("群众满意率提高到95%", "说的是提高以后的数"),
            Good("群众满意率提高5个百分点", "用百分点"),
            Good("志愿者人数增长5%", "不是比率的增减"),
        ),
    ),
    Rule(
        code="DIG032",
        name="incomplete-numeric-date",
        title="年月用“-”“.”代替",
        severity="info",
        why="年、月、日齐全时才可以用短横线代替“年”“月”，只有年、月时不能代替。",
        basis=(_clause("5.1.4", "2008年8月不写为2008-8"),),
        check=_outside_addresses(incomplete_numeric_dates),
        fix=Fix.UNSAFE,
        examples=(
            Bad("创建时间：【2008-8】", fixed="创建时间：2008年8月"),
            Bad("自【2008.8】开始创建", fixed="自2008年8月开始创建"),
            Good("2008-08-08，2008.8.8", "年月日齐全"),
            Good("投入2008.8万元，编号A2008-8，GB/T 15834-2011，2008-2010年", "金额、编号和年份的起止"),
        ),
    ),
    Rule(
        code="DIG033",
        name="mixed-year-style",
        title="正文里两种年份写法并用",
        severity="info",
        why="同一篇里同类的数字用同一种写法。",
        basis=(_clause("4.3", "同类别同形式"),),
        check=_outside_addresses(mixed_year_styles),
        examples=(
            Bad("2023年启动创建，2024年通过验收，【二〇二五】年复查合格。"),
            Good("2023年启动创建，2024年通过验收。\n二〇二四年三月五日", "成文日期另起一行"),
            Good("2023年启动创建，学习《二〇三五年远景目标纲要》。", "书名里的年份照录"),
        ),
    ),
    Rule(
        code="DIG034",
        name="dotted-event-date",
        title="含月日的专名用了小数点",
        severity="info",
        why="“3·15”“12·4”这类含有月日的专名，月、日之间用间隔号。",
        basis=(_clause("5.1.6", "应采用间隔号将月、日分开，并在数字前后加引号"),),
        check=_outside_addresses(dotted_event_dates),
        fix=Fix.SAFE,
        examples=(
            Bad("“3【.】15”国际消费者权益日", fixed="“3·15”国际消费者权益日"),
            Good("“3·15”国际消费者权益日", "用间隔号"),
            Good("升级到“2.0”版", "版本号"),
        ),
    ),
)
