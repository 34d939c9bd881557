"""CON: dates that the calendar contradicts: fixed days, days of the week, anniversaries, durations."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule
from docnlp.rules.con_patterns import prose
from docnlp.text.late import late
from docnlp.text.numerals import parse_int

_CALENDAR = Basis("公历", note="按日历推算")


# --- fixed days -----------------------------------------------------------------------------------------------------


@cache
def _days() -> dict[str, tuple[int, int]]:
    import tomllib

    with Path(__file__).with_name("con_days.toml").open("rb") as f:
        table = tomllib.load(f)["days"]
    return {name: (int(day.split("-")[0]), int(day.split("-")[1])) for name, day in table.items()}


@cache
def _fixed_day() -> re.Pattern[str]:
    names = "|".join(sorted(_days(), key=len, reverse=True))
    lead = r"(?:第[一二三四五六七八九十0-9]{1,4}个|我国|法定的?|全国|国际|世界|中国|国家|全民|“|\")*"
    return late(
        rf"(?P<m>1[0-2]|[1-9])月(?P<d>[12][0-9]|3[01]|[1-9])日(?:，?(?:是|为|即)|（){lead}(?P<name>{names})(?![前到来])"
        rf"|(?P<name2>{names})[”\"]?[（(](?:每年的?)?(?P<m2>1[0-2]|[1-9])月(?P<d2>[12][0-9]|3[01]|[1-9])日[）)]"
    )


def fixed_day(context: Context) -> Iterator[Hit]:
    """12月4日是国际志愿者日."""
    text = context.shared(prose)
    if not any(word in text for word in ("日是", "日为", "日（", "日(", "日，是", "日即", "节（", "节(", "”（")):
        return
    for m in _fixed_day().finditer(text):
        name = m["name"] or m["name2"]
        group = "m" if m["name"] else "m2"
        month, day = _days()[name]
        if (int(m[group]), int(m["d" if m["name"] else "d2"])) != (month, day):
            start = m.start(group)
            end = text.index("日", start) + 1
            yield Hit(start, end, f"“{name}”是{month}月{day}日，请核对", (f"{month}月{day}日",))


FIXED_DAY = Rule(
    code="CON012",
    name="wrong-fixed-day",
    title="纪念日、宣传日的日期写错",
    severity="warning",
    why="公民道德宣传日、国家宪法日这些日子是固定的，写错一天，整个活动的时间都跟着错。",
    basis=(Basis("法定节日与通行的宣传日", note="日期固定的日子收在 con_days.toml"),),
    check=fixed_day,
    examples=(
        Bad("【9月22日】是公民道德宣传日，各单位要上街宣传。", suggestion="9月20日"),
        Bad("国际志愿者日（【12月4日】）当天开展服务。"),
        Good("9月20日是第5个“公民道德宣传日”，12月5日为国际志愿者日。", "日期正确"),
        Good("9月18日，公民道德宣传日前夕，开展宣传。", "说的是前夕"),
    ),
)


# --- days of the week -----------------------------------------------------------------------------------------------

_WEEKDAY = late(r"（?(?:星期|周|礼拜)(?P<w>[一二三四五六日天])")
_FULL = late(r"(?P<y>20[0-9]{2})年(?P<m>1[0-2]|[1-9])月(?P<d>[0-9]{1,2})日\Z")
_SHORT = late(r"(?<![0-9])(?P<m>1[0-2]|[1-9])月(?P<d>[0-9]{1,2})日\Z")
_DAYS = "一二三四五六日"
_FAR = late(r"去年|上年|明年|次年|来年|每年|农历")


def weekday(context: Context) -> Iterator[Hit]:
    """2024年3月5日（星期三）, a Tuesday."""
    text = context.shared(prose)
    if not any(word in text for word in ("日（星期", "日（周", "日（礼拜", "日星期", "日周")):
        return
    for m in _WEEKDAY.finditer(text):
        if text[m.start() - 1 : m.start()] != "日":
            continue
        full = _FULL.search(text, max(0, m.start() - 12), m.start())
        short = full or _SHORT.search(text, max(0, m.start() - 6), m.start())
        if short is None or (full is None and _FAR.search(text, max(0, m.start() - 30), m.start())):
            continue
        year = int(full["y"]) if full else _year_of(context, short.start())
        month, day = int(short["m"]), int(short["d"])
        if not year or not 1 <= day <= monthrange(year, month)[1]:
            continue
        real = _DAYS[date(year, month, day).weekday()]
        if real != m["w"].replace("天", "日"):
            yield Hit(
                m.start("w") - (2 if text[m.start("w") - 1] in "期拜" else 1),
                m.end("w"),
                f"{year}年{month}月{day}日是星期{real}，请核对日期或星期",
                severity=None if full else "info",
            )


def _year_of(context: Context, at: int) -> int | None:
    """Year that a date without one lies in: the one its document was written in, told by its date alone."""
    block = context.document.block_at(at)
    if block is None:
        return None
    dated = context.document.parts[context.document.blocks[block].part].date
    return dated.year if dated else None


WEEKDAY = Rule(
    code="CON021",
    name="weekday-against-date",
    title="日期与星期对不上",
    severity="warning",
    why="通知里的日期和星期不一致，接到的人不知道该哪一天来，往往是用去年的通知改的。",
    basis=(_CALENDAR,),
    check=weekday,
    examples=(
        Bad("定于2024年3月5日（【星期三】）下午召开动员会。"),
        Bad(
            "关于召开动员会的通知\n各科室：\n为做好工作，现将有关事项通知如下。\n定于3月22日（【周四】）召开动员会。\n清禾县教育局\n2024年3月20日",
            severity="info",
        ),
        Good("定于2024年3月5日（星期二）下午召开动员会，2018年9月22日（周六）开幕。", "与日历相符"),
        Good("每周三下午学习，3月5日周边社区开展活动。", "不是某一天的星期"),
    ),
)


# --- anniversaries --------------------------------------------------------------------------------------------------

#: Events of which reports count the years, with their year.
_EVENTS = {
    "中国共产党成立": 1921, "建党": 1921, "中华人民共和国成立": 1949, "新中国成立": 1949, "建国": 1949, "中国人民解放军建军": 1927,
    "建军": 1927, "抗日战争胜利": 1945, "抗战胜利": 1945, "红军长征胜利": 1936, "长征胜利": 1936, "五四运动": 1919, "改革开放": 1978,
    "中国共产主义青年团成立": 1922, "建团": 1922, "香港回归": 1997, "澳门回归": 1999,
}  # fmt: skip


@cache
def _anniversary() -> re.Pattern[str]:
    names = "|".join(sorted(_EVENTS, key=len, reverse=True))
    return late(
        rf"(?P<year>20[0-9]{{2}}年|今年|明年|去年)(?:，)?[^。；，\n]{{0,4}}是[^。；\n]{{0,16}}?(?P<event>{names})(?P<n>[0-9]{{2,3}}|[一二三四五六七八九十百]{{2,4}})周年"
    )


def anniversary(context: Context) -> Iterator[Hit]:
    """2022年是建党100周年."""
    text = context.shared(prose)
    if "周年" not in text:
        return
    for m in _anniversary().finditer(text):
        words = m["year"]
        year = int(words[:4]) if words[0] == "2" else _year_of(context, m.start())
        n = parse_int(m["n"])
        if year is None or n is None:
            continue
        year += {"今": 0, "明": 1, "去": -1}.get(words[0], 0)
        real = year - _EVENTS[m["event"]]
        if n != real:
            yield Hit(
                m.start("n"),
                m.end("n") + 2,
                f"{year}年是{m['event']}{real}周年，写的是{m['n']}周年，年份和周年请核对",
                (f"{real}周年",),
            )


ANNIVERSARY = Rule(
    code="CON022",
    name="wrong-anniversary",
    title="周年数与年份不符",
    severity="error",
    why="周年数一算就知道对不对。对不上，说明这一段是往年的稿子留下的。",
    basis=(_CALENDAR,),
    check=anniversary,
    examples=(
        Bad("2022年是中国共产党成立【100周年】，要隆重纪念。", suggestion="101周年"),
        Bad(
            "建设局2020年工作要点\n今年是新中国成立【70周年】。要抓好以下工作。\n一、抓学习\n每月学习一次。\n清禾县住建局\n2020年3月20日"
        ),
        Good("2021年是中国共产党成立100周年，2019年是新中国成立七十周年。", "算得拢"),
        Good("迎接建党100周年，开展党史学习教育。", "没有说是哪一年"),
    ),
)


# --- durations ------------------------------------------------------------------------------------------------------

_DAYS_SAID = late(r"(?:为期|历时|共计|一共|共|前后)(?P<n>[0-9]{1,3}|[一二三四五六七八九十]{1,3})天")
_LASTING = late(
    r"(?P<m1>1[0-2]|[1-9])月(?P<d1>[0-9]{1,2})日(?:起|开始)?，?(?:—+|－|-+|～|~|至|到|一直到)"
    r"(?:(?P<m2>1[0-2]|[1-9])月)?(?P<d2>[0-9]{1,2})日(?:结束|止|为止)?[，、（]\Z"
)


def duration(context: Context) -> Iterator[Hit]:
    """9月1日至9月15日，为期30天."""
    text = context.shared(prose)
    if "天" not in text:
        return
    for said in _DAYS_SAID.finditer(text):
        m = _LASTING.search(text, max(0, said.start() - 32), said.start())
        if m is None:
            continue
        n = parse_int(said["n"])
        year = _year_of(context, m.start()) or 2025
        first = _day(year, int(m["m1"]), int(m["d1"]))
        month = int(m["m2"] or m["m1"])
        last = _day(year + (month < int(m["m1"])), month, int(m["d2"]))
        if n is None or first is None or last is None or last < first:
            continue
        real = (last - first) // timedelta(days=1) + 1
        if not real - 1 <= n <= real:
            yield Hit(
                said.start("n"),
                said.end(),
                f"从{m['m1']}月{m['d1']}日到{month}月{m['d2']}日是{real}天，写的是{said['n']}天，请核对",
            )


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


DURATION = Rule(
    code="CON023",
    name="duration-against-dates",
    title="天数与起止日期不符",
    severity="warning",
    why="起止日期改了，天数没有跟着改，执行的人无所适从。",
    basis=(_CALENDAR,),
    check=duration,
    examples=(
        Bad("活动从9月1日至9月15日，为期【30天】。"),
        Bad("6月1日开始，一直到6月10日结束，一共【二十天】。"),
        Good("活动从9月1日开始，一直到9月30日结束，一共三十天。", "首尾两天都算"),
        Good("3月5日至3月8日，为期3天。", "不算首日"),
    ),
)

RULES = (FIXED_DAY, WEEKDAY, ANNIVERSARY, DURATION)
