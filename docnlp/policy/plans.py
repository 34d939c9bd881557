"""Numbered five-year plans and plans of law education: “十二五”规划, “六五”普法."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from docnlp.policy.context import Place, year_of
from docnlp.policy.model import Period
from docnlp.policy.survey import Dating, Remark, Survey
from docnlp.text.late import late

_PLAN = late(
    r"((?<![第〇零一二三四五六七八九十])十[一二三四五]五|(?<![第〇零一二三四五六七八九十月年])(?:十五|九五))((?:规划|计划)?(?:的)?(?:(?:开局|起步|启动|收官)之年|第[一二三四五]年|最后一年)|(?:[^\W\d_]{0,8}?)(?:规划|计划(?!生育))|期间|时期|目标|任务|末|发展|建设|重点)"
)

#: Quick to look for: without one of these there is no plan.
_NAMES = ("十一五", "十二五", "十三五", "十四五", "十五五", "十五", "九五")
#: 第一年 … 第五年, counted from 0.
_NTH = (("第一", "开局", "起步", "启动"), ("第二",), ("第三",), ("第四",), ("第五",))

_THIS_YEAR = late(r"今年|本年|当前|正值|正处|处于")
#: The year in which the last plan called 计划 ended.
_LAST_JIHUA = 2005
_IS = late(r"(?:是|为|作为)")

#: A plan called on by its bare name.
_CALL = late(r"(?<=奋战|奋进|建功|决胜|开启|逐梦|迈向|冲刺|服务|聚力)(十[一二三四五]五)")

_LAW_PLAN = late(
    r"(?<![第〇零一二三四五六七八九十])([三四五六七八九]五)(普法(?!志愿者|员|讲师)(?:(?:工作|教育|宣传)?规划)?)"
)

_PREPARING = late(r"编制|谋划|规划|建议|研究|起草|即将|未来|启动|迎接|准备|思路|前期|展望|衔接")

_LOOKED_BACK = late(
    r"[”’\"'」》）)]*(?:规划)?(?:以来|末|(?:的)?[五5]年[里来间]|收官|圆满|完成|成就|成果|成效|验收|总结|回顾|已|评估|实施情况|的(?:五年|5年|成就|总结)|顺利|全面完成|终期|考核验收)"
)

_COMPLETED = late(
    r"[^，,。；;]{0,20}(?:全部建成|建成投用|全面建成|全部达标|全部完成|全面完成|如期完成|圆满完成|已完成|基本完成|顺利完成|如期实现|全部实现)"
)
_HONOURED = late(r"被评为|获评|荣获|被授予")
#: Up to this month of the year after, a plan is still being wound up and reported on; what lies ahead is another's.
_CLOSING = 6
_AHEAD = late(r"未来|今后|继续|下一步|新一轮")
_WILL = late(r"将(?!近)|(?<![主需重首])要(?!求)|力争|计划(?!生育)|确保|争取")
_STILL = late(r"[^需重主想]要|力争|争取|努力|确保|将(?!近)|必须|计划在|编制|制定|启动|到\d{4}年|今后|下一步|继续")

_HAPPENED = late(r"^[^。；;]{0,30}(?:了|累计|已|共(?!同|建|享|产|青|治)|被评|荣获|获得|取得|实现了|建成)")

_ANY_YEAR = late(r"((?:19|20)\d\d)年?")


class Plans(Survey):
    """Plans spoken of outside their time."""

    def remarks(self) -> Iterator[Remark]:
        """Numbered five-year plans and plans of law education spoken of outside their time."""
        text = self.skeleton.text
        if any(name in text for name in _NAMES):
            for found in _PLAN.finditer(text):
                period = next((p for p in self.timeline.plans if p.name == found[1]), None)
                if period:
                    yield from self._plan(period, found, self.timeline.plans, "规划")
            for found in _CALL.finditer(text):
                period = next((p for p in self.timeline.plans if p.name == found[1]), None)
                if period and not _PLAN.match(text, found.start(1)):
                    yield from self._plan(period, found, self.timeline.plans, "规划")
        if "普法" in text:
            for found in _LAW_PLAN.finditer(text):
                period = next((p for p in self.timeline.law_plans if p.name == found[1]), None)
                if period:
                    yield from self._plan(period, found, self.timeline.law_plans, "普法")

    def _plan(self, period: Period, found: re.Match[str], periods: tuple[Period, ...], noun: str) -> Iterator[Remark]:
        day = self.day
        place = self.place(found.start(), found.end())
        source = period.source
        tail = found[0].removeprefix(found[1])
        if tail.endswith("年"):
            tail = tail.removeprefix("规划").removeprefix("计划").removeprefix("的")
            yield from self._milestone(period, tail, place, source)
            return
        if tail.startswith("计划") and period.first > _LAST_JIHUA and day.year > _LAST_JIHUA and not place.title:
            said = f"“{found[1]}”起称“规划”，不称“计划”"
            yield Remark(place.start, place.end, "plan", "mismatch", said, (f"“{found[1]}”规划",), "党的十六届五中全会")
            return
        if day.year < period.first:
            # a plan is prepared two years ahead, and spoken of as coming the year before
            ahead = 1 if not _PREPARING.search(place.before + place.after) else 2
            if day.year < period.first - ahead and not place.title:
                said = f"“{found[1]}”{noun}的时间是{period.first}—{period.last}年，{day.year}年的文件里不应出现，日期或提法有一处不对"
                yield Remark(place.start, place.end, "plan", "early", said, (), source)
            return
        running = next((p for p in periods if p.first <= day.year <= p.last), None)
        if running is None or day.year <= period.last:
            return
        if day.year == period.last + 1 and day.month <= _CLOSING and not _AHEAD.search(place.sentence):
            return
        if place.historical(date(period.last, 12, 31), day) or place.finished() or place.in_series():
            return
        if (
            place.honoured()
            or _HONOURED.search(place.after[:40])
            or _COMPLETED.match(place.after)
            or _LOOKED_BACK.match(place.after)
            or _LOOKED_BACK.search(tail)
            or re.search(r"全面完成|胜利完成|圆满完成|回顾|总结|相比|比较", place.clause_before[-10:])
        ):
            return
        in_time = tail.endswith(("期间", "时期")) or place.after.startswith(("期间", "时期", "”期间", "”时期"))
        happened = _HAPPENED.search(place.after)
        if in_time and (not _STILL.search(place.sentence) or (happened and not _WILL.search(happened[0]))):
            return
        said = f"“{found[1]}”{noun}到{period.last}年为止，现在是“{running.name}”{noun}"
        name = f"“{running.name}”" + (
            "普法"
            if noun == "普法"
            else tail.replace("计划", "规划")
            if tail[:2] in ("规划", "计划", "期间", "时期")
            else tail
        )
        yield Remark(place.start, place.end, "plan", "stale", self.newest(said), (name,), source)

    def _milestone(self, period: Period, tail: str, place: Place, source: str) -> Iterator[Remark]:
        """今年是“十四五”的开局之年: whether the year is the one it is said to be."""
        number = next((n for n, words in enumerate(_NTH) if any(w in tail for w in words)), 0)
        year = period.last if tail.startswith(("收官", "最后")) else period.first + number
        said = f"“{period.name}”的{tail}是{year}年"
        before = place.before
        named = list(_ANY_YEAR.finditer(before))
        if named:
            value = year_of(named[-1][1])
            if value != year and _IS.search(before[named[-1].end() :]):
                yield Remark(place.start, place.end, "plan", "mismatch", f"{said}，不是{value}年", (), source)
            return
        meant = self.day.year + (1 if "明年" in before else -1 if "去年" in before else 0)
        if meant != year and (meant != self.day.year or _THIS_YEAR.search(place.sentence)):
            yield Remark(place.start, place.end, "plan", "mismatch", f"{said}，不是{meant}年", (), source)

    def datings(self) -> Iterator[Dating]:
        """Plans; they are spoken of from half a year before they begin."""
        for pattern, periods in ((_PLAN, self.timeline.plans), (_LAW_PLAN, self.timeline.law_plans)):
            text = self.skeleton.text
            if not ("普法" in text if pattern is _LAW_PLAN else any(name in text for name in _NAMES)):
                continue
            for found in pattern.finditer(text):
                period = next((p for p in periods if p.name == found[1]), None)
                if period:
                    start, end = self.skeleton.span(found.start(), found.end())
                    yield Dating(start, end, date(period.first - 1, 6, 1), None)
