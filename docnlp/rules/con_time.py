"""CON: years, deadlines and stages that do not go together."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from docnlp.document.model import Part
from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule, Severity
from docnlp.rules.con_patterns import prose
from docnlp.text.late import late
from docnlp.text.numerals import parse_int

_PRACTICE = Basis("公文起草惯例", note="标题年份、成文日期、时限和各阶段时间前后相合")
_AHEAD = frozenset(("plan", "keypoints", "notice", "opinion"))

_YEAR = late(r"(?<![0-9])((?:19|20)[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})(?=年)")


def _year(words: str) -> int:
    return parse_int(words) or 0


class _Frame(NamedTuple):
    """What a part says of its own time: the date it bears, the genre, the years of its title with their places."""

    part: Part
    genre: str | None
    dated: date | None
    title: str
    years: tuple[tuple[int, int, int], ...]

    @property
    def year(self) -> int | None:
        """The year that the part is about, else the one it was written in."""
        if self.years:
            return self.years[-1][2]
        return self.dated.year if self.dated else None


def _frames(context: Context) -> tuple[_Frame, ...]:
    document, text = context.document, context.shared(prose)
    found: list[_Frame] = []
    covering: date | None = None
    for part, genre in context.parts():
        dated = part.date or (covering if part.attached else None)
        covering = part.date or covering
        blocks = [b for b in document.blocks[part.first : part.last] if b.kind == "title" and not b.masthead]
        years = tuple((m.start(), m.end(), _year(m[1])) for b in blocks for m in _YEAR.finditer(text, b.start, b.end))
        title = "".join(text[b.start : b.end] for b in blocks)
        found.append(_Frame(part, genre.genre, dated, title, years))
    return tuple(found)


# --- title and date -------------------------------------------------------------------------------------------------

_LOOKS_BACK = late(
    r"总结|考核|评选|表彰|通报|结果|自查|报告|汇报|材料|检查|验收|回顾|名单|年报|述职|复查|测评|申报|评估|审核|评议|评比|表扬|公布"
)
_LONG_TERM = late(r"规划|纲要|三年|五年|—|－|-|～|~|至")


def frame_year(context: Context) -> Iterator[Hit]:
    """A plan for 2019 that is signed in 2020."""
    for frame in context.shared(_frames):
        dated = frame.dated
        if dated is None or not frame.years or frame.genre is None or _LONG_TERM.search(frame.title):
            continue
        start, end, last = frame.years[-1]
        back = frame.genre == "summary" or _LOOKS_BACK.search(frame.title) is not None
        if len({y for _, _, y in frame.years}) > 1 or last == dated.year:
            continue
        if last == dated.year + 1 and not back and dated.month >= 9:
            continue
        if last == dated.year - 1 and back and dated.month <= 7:
            continue
        near = abs(last - dated.year) == 1
        if context.shared(prose).startswith(("年以来", "年至", "年来", "年到", "年起"), end):
            continue
        yield Hit(
            start,
            end + 1,
            f"标题写的是{last}年，成文日期却在{dated.year}年{dated.month}月，请核对哪一个没有改",
            (f"{dated.year}年",),
            severity="info" if near and back else None,
        )


FRAME_YEAR = Rule(
    code="CON006",
    name="title-year-against-date",
    title="标题的年份与成文日期不合",
    severity="error",
    why="标题是这一年，落款是另一年，多半是拿往年的稿子改的，改了一头忘了另一头。",
    basis=(_PRACTICE,),
    check=frame_year,
    examples=(
        Bad(
            "清禾县人民法院【2019年】文明单位创建实施方案\n为做好工作，制定本方案。\n一、工作目标\n创成文明单位。\n清禾县人民法院\n2020年5月11日",
        ),
        Bad(
            "清禾县人民法院【2023年】工作方案\n为做好工作，制定本方案。\n一、工作目标\n创成文明单位。\n清禾县人民法院\n二〇〇八年六月一日",
        ),
        Good(
            "清禾县人民法院2020年文明单位创建实施方案\n为做好工作，制定本方案。\n一、工作目标\n创成文明单位。\n清禾县人民法院\n2019年12月11日",
            "年底订下一年的计划",
        ),
        Good(
            "清禾县人民法院2019年工作总结\n一年来，各项工作取得进步。\n一、主要做法\n抓学习。\n清禾县人民法院\n2020年1月11日",
            "年初写上一年的总结",
        ),
        Good(
            "清禾县人民法院2019—2021年创建规划\n为做好工作，制定本规划。\n一、工作目标\n创成文明单位。\n清禾县人民法院\n2019年1月11日",
            "跨年的规划",
        ),
    ),
)


# --- dates that are over --------------------------------------------------------------------------------------------

_DATED = late(
    r"(?P<y>20[0-9]{2})年(?:(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日|份|初|底|末|上旬|中旬|下旬)?|(?P<q>年底|底|末|上半年|第?[一二三四]季度|春天|春季|春节|秋季|夏季|年))?"
)
_DEADLINE = late(r"(?:之前|以前|前)(?![^。；\n]{0,6}的)")
_THEN = late(r"(?:对|进行|组织|召开|开展|举行|举办|完成|验收|检查|考核)")
_GOAL = late(r"[^。；\n]{0,10}(?:将|要|力争|争取|确保)")
_OVER = late(
    r"已|曾|以来|被|获|荣|了|成立|去年|上年|前年|印发|命名|届|原(?!因|则)|当时|周年|《|〔|截至|统计|基础上|过|始于|来的|通报|表彰的|授予|出生|参加工作|历史|回顾|文件"
)
_START = late(r"(?:从|自)\Z")
_UNTIL = late(
    r"[^。；\n]{0,14}?(?:至|到|—|－|-|～|~)(?:(?P<same>同年|当年)|(?P<y>(?:19|20)[0-9]{2})年)?(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日)?"
)
_TABLE = late(r"附(?:件|表)?[0-9一二三四五六七八九十]{0,2}[：:\s．.、1]{0,4}[^\n0-9]{0,16}\Z")
_TABLE_KIND = late(r"年度?[^\n]{0,30}(?:分工|任务|安排|计划|推进|分解|配档|台账)[^\n]{0,6}表")
_GUIDED = late(r"年，[^。；\n]{0,12}(?:以|要|坚持|深入|围绕|紧紧|全面|认真)")
_MARKS = "。；\n"


_OPENS = late(r"(20[0-9]{2})年度?，")
_RUNNING = late(r"领导下|为指导|一年来|坚持|围绕|紧扣|按照|根据|认真|深入|全面")


def _opening(context: Context, frame: _Frame) -> Iterator[Hit]:
    """2023年，我局坚持 … as the first words of a summary of 2024."""
    if frame.genre != "summary" or len({y for _, _, y in frame.years}) != 1 or _LONG_TERM.search(frame.title):
        return
    text = context.shared(prose)
    part = frame.part
    block = next((b for b in context.document.blocks[part.first : part.last] if b.kind == "body"), None)
    if block is None or (m := _OPENS.match(text, block.start, block.end)) is None or int(m[1]) == frame.year:
        return
    _, high = _sentence(text, m.start(), m.end())
    words = text[m.end() : high]
    if frame.year and 0 < abs(frame.year - int(m[1])) <= 5 and _RUNNING.search(words) and not _OVER.search(words):
        yield Hit(m.start(), m.start() + 5, f"标题是{frame.year}年的，开头却是“{m[1]}年”，请核对年份")


def _end_of(m: re.Match[str]) -> date | None:
    """The last day that a date as written can mean."""
    year, tail = int(m["y"]), m["q"] or ""
    if m["m"]:
        month = int(m["m"])
    elif "季度" in tail:
        month = "一二三四".index(tail[tail.index("季度") - 1]) * 3 + 3
    else:
        month = {"上半年": 6, "春天": 5, "春季": 6, "春节": 2, "夏季": 8, "秋季": 11}.get(tail, 12)
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, min(int(m["d"]), last) if m["d"] and int(m["d"]) else last)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    low = max(text.rfind(c, max(0, start - 120), start) for c in _MARKS) + 1
    high = min((i for c in _MARKS if (i := text.find(c, end, end + 120)) >= 0), default=min(len(text), end + 120))
    return max(low, start - 120), high


def past_date(context: Context) -> Iterator[Hit]:
    """A plan of 2020 that asks for something by the end of 2019."""
    text = context.shared(prose)
    for frame in context.shared(_frames):
        dated = frame.dated or (date(frame.year, 1, 1) if frame.year else None)
        if dated is None or frame.genre is None:
            continue
        ahead = frame.genre in _AHEAD
        for m in _DATED.finditer(text, frame.part.start, frame.part.end):
            if int(m["y"]) > dated.year:
                continue
            if (words := _over(context, frame, m, dated, ahead)) is not None:
                yield Hit(m.start(), m.end(), words)
        yield from _opening(context, frame)
        if ahead and frame.dated and "日" in text:
            yield from _short_deadlines(text, frame, frame.dated)


def _over(context: Context, frame: _Frame, m: re.Match[str], dated: date, ahead: bool) -> str | None:
    text = context.shared(prose)
    ends = _end_of(m)
    block = context.document.block_at(m.start())
    if (
        ends is None
        or block is None
        or context.document.blocks[block].kind in ("title", "date", "signature", "addressee")
    ):
        if block is not None and ends is not None and ahead and _is_table(text, m) and int(m["y"]) != frame.year:
            return f"附表写的是{m['y']}年，本文是{frame.year}年的，请核对"
        return None
    what = f"本文成文于{dated.year}年{dated.month}月" if frame.dated else f"本文是{frame.year}年的"
    if ahead and _is_table(text, m) and int(m["y"]) < dated.year:
        return f"附表写的是{m['y']}年，{what}，请核对"
    if ends >= dated:
        return None
    low, high = _sentence(text, m.start(), m.end())
    comma = max(text.rfind(c, low, m.start()) for c in "，：") + 1
    clause = text[max(low, comma) : m.start()] + text[m.end() : min(high, m.end() + 30)]
    if _OVER.search(clause):
        return None
    words = m[0]
    behind = m.end()
    if ahead and _DEADLINE.match(text, behind, high):
        return f"{what}，要求的时限“{words}前”却早已过去，请核对年份"
    if ahead and _START.search(text, low, m.start()) and (u := _UNTIL.match(text, behind, high)):
        year = int(u["y"]) if u["y"] else int(m["y"])
        if 1 <= int(u["m"]) <= 12 and date(year, int(u["m"]), monthrange(year, int(u["m"]))[1]) < dated:
            return f"{what}，安排的时间“{words}”起却全在这以前，请核对年份"
    if text[max(low, m.start() - 1) : m.start()] == "到" and _GOAL.match(text, behind, min(high, behind + 24)):
        return f"{what}，“到{words}”已经过去，不能再说将要怎样，请核对年份"
    if not ahead:
        return None
    section = context.analysis.sections[block].section
    if (
        section == "guiding"
        and not m["m"]
        and not m["q"]
        and _GUIDED.match(text, behind - 1, high)
        and m.start() == low
    ):
        return f"{what}，这里讲的却是{m['y']}年，请核对年份"
    if (
        section not in ("preamble", "frame") and m["m"] and int(m["y"]) < dated.year
        and re.search(r"[在于]\Z", text[max(low, m.start() - 1) : m.start()]) and _THEN.match(text, behind, high)
    ):  # fmt: skip
        return f"{what}，安排的时间“{words}”却早已过去，请核对年份"
    return None


def _is_table(text: str, m: re.Match[str]) -> bool:
    low = text.rfind("\n", max(0, m.start() - 60), m.start()) + 1
    if low == 0 and m.start() > 60:
        return False
    return bool(_TABLE.match(text, low, m.start())) and bool(_TABLE_KIND.match(text, m.start() + 4))


_BY = late(
    r"日(?:（[^（）\n]{1,6}）)?(?:下班)?(?:之前|以前|前)[^。；，\n]{0,16}?(?:报送|上报|报到|报|反馈|完成|交|提交|制定|制订)"
)
_DAY = late(r"(?<![0-9])(?P<m>1[0-2]|[1-9])月(?P<d>[12][0-9]|3[01]|[1-9])\Z")
_OTHER_YEAR = late(r"明年|次年|来年|每年|翌年|下年|年\Z")


def _short_deadlines(text: str, frame: _Frame, dated: date) -> Iterator[Hit]:
    """请于3月5日前报送 in a notice of 20 March."""
    if frame.years and frame.years[-1][2] > dated.year:
        return
    for m in _BY.finditer(text, frame.part.start, frame.part.end):
        on = _DAY.search(text, max(0, m.start() - 6), m.start())
        if on is None:
            continue
        month, day = int(on["m"]), int(on["d"])
        if day > monthrange(dated.year, month)[1]:
            continue
        overdue = (dated - date(dated.year, month, day)).days
        low, high = _sentence(text, on.start(), m.end())
        if 0 < overdue <= 60 and not _OTHER_YEAR.search(text[low : on.start()]) and not _OVER.search(text[low:high]):
            words = text[on.start() : m.start() + 1]
            yield Hit(
                on.start(),
                m.start() + 1,
                f"本文成文于{dated.month}月{dated.day}日，要求的时限“{words}前”已经过去，请核对",
            )


PAST_DATE = Rule(
    code="CON007",
    name="past-date",
    title="方案里的时间在成文之前",
    severity="warning",
    why="方案、要点、通知讲的是以后的事。时限比成文日期还早，没有人能照办，说明年份或者日期是旧稿留下的。",
    basis=(_PRACTICE,),
    check=past_date,
    examples=(
        Bad(
            "清禾县教育局2020年文明单位创建方案\n为做好工作，制定本方案。\n一、保障措施\n各科室【2019年11月底】前完成整改。\n清禾县教育局\n2020年3月11日"
        ),
        Bad(
            "清禾县教育局道德宣传月活动方案\n为做好工作，制定本方案。\n一、活动时间\n从【2006年9月1日】开始，一直到9月30日结束。\n清禾县教育局\n2007年8月16日"
        ),
        Bad(
            "关于报送材料的通知\n各科室：\n为做好工作，现将有关事项通知如下。\n请各科室于【3月5日】前报送名单。\n清禾县教育局\n2024年3月20日"
        ),
        Bad(
            "文明社区创建情况汇报\n现将情况汇报如下。\n一、主要做法\n抓学习。\n二、下一步打算\n到【2005年春天】，我们将争取换好水管。\n清禾社区\n2005年10月28日"
        ),
        Bad(
            "清禾县教育局2024年精神文明建设工作总结\n【2023年】，在县委、县政府的正确领导下，我局认真抓好各项工作。\n一、主要做法\n抓学习。\n清禾县教育局\n2024年12月20日"
        ),
        Good(
            "清禾县教育局2020年文明单位创建方案\n我局2019年11月被命名为文明单位。为做好工作，制定本方案。\n一、保障措施\n2020年11月底前完成整改。\n清禾县教育局\n2020年3月11日",
            "过去的事实和将来的时限",
        ),
        Good(
            "关于报送材料的通知\n各科室：\n为做好工作，现将有关事项通知如下。\n请各科室于3月25日前报送名单，明年3月5日前报送总结。\n清禾县教育局\n2024年3月20日",
            "时限在成文以后",
        ),
    ),
)


# --- stages ---------------------------------------------------------------------------------------------------------

_THIRD = "初|底|末|上旬|中旬|下旬"
_SPAN = late(
    rf"(?:(?P<y1>20[0-9]{{2}})年)?(?P<m1>1[0-2]|[1-9])月(?:(?P<d1>[0-9]{{1,2}})日|(?P<t1>{_THIRD})|份)?(?:(?:起|开始)?(?P<turn>—+|－|-+|～|~|至|到)"
    rf"(?:(?P<y2>20[0-9]{{2}})年|同年|当年|次年|翌年)?(?:(?P<m2>1[0-2]|[1-9])月)?(?:(?P<d2>[0-9]{{1,2}})日|(?P<t2>{_THIRD})|份)?)?"
)
_BEFORE_STAGE = late(r"阶段[^。；\n0-9]{0,14}(?:[（(：:，,][^。；\n0-9]{0,12}|(?:\n|。)\s*(?:时间[：:])?)\Z")
_AFTER_STAGE = late(r"[）]?，?(?:为|是|作为|属)[^。；，\n]{0,12}阶段")
_LONE = late(r"[（(]\Z")


class _Stage(NamedTuple):
    start: int
    turn: int  # where the first date ends
    until: int  # where the second date begins
    end: int
    first: int  # days counted in months of 31 days
    last: int
    exact: bool  # both ends name a day or a third of a month


def _stages(context: Context, part: Part) -> Iterator[_Stage]:
    text = context.shared(prose)
    year = 0
    month = 0
    for m in _SPAN.finditer(text, part.start, part.end):
        if m["turn"] and not m["m2"] and not (m["d1"] and m["d2"]):
            continue
        after = _AFTER_STAGE.match(text, m.end(), m.end() + 20)
        if not after:
            if not _BEFORE_STAGE.search(text, max(part.start, m.start() - 40), m.start()):
                continue
            if not m["turn"] and not (
                _LONE.search(text, m.start() - 1, m.start()) and text[m.end() : m.end() + 1] in ("）", ")")
            ):
                continue
        m1 = int(m["m1"])
        m2 = int(m["m2"] or m1)
        if m["y1"]:
            year = int(m["y1"]) * 372
        elif m1 + 6 < month:
            year += 372
        month = m1
        start = year + m1 * 31 + _day(m["d1"], m["t1"], first=True)
        last = _day(m["d2"], m["t2"], first=False) if m["turn"] else _day(m["d1"], m["t1"], first=False)
        if m["y2"]:
            year = int(m["y2"]) * 372
        elif m2 < m1:
            year += 372
        end = year + m2 * 31 + last
        month = m2
        if end >= start:
            exact = bool((m["d1"] or m["t1"]) and (m["d2"] or m["t2"]))
            turn, until = m.span("turn") if m["turn"] else (m.end(), m.start())
            yield _Stage(m.start(), turn, until, m.end(), start, end, exact)


def _day(day: str | None, third: str | None, *, first: bool) -> int:
    if day:
        return min(int(day), 31)
    early, late = {
        "初": (1, 10),
        "上旬": (1, 10),
        "中旬": (11, 20),
        "下旬": (21, 31),
        "底": (25, 31),
        "末": (25, 31),
    }.get(third or "", (1, 31))
    return early if first else late


def stage_dates(context: Context) -> Iterator[Hit]:
    """4月中旬至4月底 … 4月初至10月底; 5月至9月底 … 12月1日至12月31日."""
    if "阶段" not in context.shared(prose):
        return
    for part in context.document.parts:
        before: _Stage | None = None
        for stage in _stages(context, part):
            if before is not None and stage.start - before.end < 900:
                yield from _against(context.shared(prose), before, stage)
            before = stage


def _against(text: str, before: _Stage, stage: _Stage) -> Iterator[Hit]:
    gap = stage.first - before.last
    exact = before.exact and stage.exact
    if stage.last < before.first or (stage.first < before.first):
        yield Hit(stage.start, stage.turn, "这个阶段开始得比上一阶段还早，请核对起止时间")
    elif gap < (0 if exact else -31):
        yield Hit(
            stage.start,
            stage.turn,
            f"上一阶段到“{text[before.until : before.end]}”才结束，这个阶段却已经开始，两个阶段重叠，请核对",
        )
    elif gap > 15:
        severity: Severity | None = "info" if gap < 28 else None
        yield Hit(
            before.until,
            before.end,
            f"这个阶段结束后，下一阶段从“{text[stage.start : stage.turn]}”才开始，中间空了一段，请核对起止时间",
            severity=severity,
        )


STAGE_DATES = Rule(
    code="CON011",
    name="stage-dates",
    title="各阶段的时间重叠或者脱节",
    severity="warning",
    why="实施步骤要一段接一段。时间重叠或者中间空着，执行的人不知道该做什么，也说明日期没有统一改过。",
    basis=(_PRACTICE,),
    check=stage_dates,
    examples=(
        Bad(
            "三、实施步骤\n（一）动员阶段（4月中旬至4月底）。开会动员。\n（二）实施阶段（【4月初】至10月底）。落实任务。"
        ),
        Bad(
            "三、实施步骤\n（一）推进阶段（5月上旬至【9月底】）。落实任务。\n（二）总结阶段（12月1日至12月31日）。总结提高。"
        ),
        Bad(
            "三、实施步骤\n（一）动员阶段（3月1日—3月31日）。开会动员。\n（二）实施阶段（【3月20日】—6月30日）。落实任务。"
        ),
        Good(
            "三、实施步骤\n（一）动员阶段（3月—4月）。开会动员。\n（二）实施阶段（4月—10月）。落实任务。\n（三）总结阶段（11月—12月）。总结提高。",
            "同一个月里换阶段",
        ),
        Good("5月中旬至5月底为动员阶段；6月至11月为实施阶段；12月1日至12月20日为总结阶段。", "一段接一段"),
        Good("三、实施步骤\n（一）动员阶段（10月—12月）。开会动员。\n（二）实施阶段（1月—6月）。落实任务。", "跨年"),
    ),
)


RULES = (FRAME_YEAR, PAST_DATE, STAGE_DATES)
