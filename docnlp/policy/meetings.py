"""Congresses and plenary sessions as texts cite them: 党的十八大和十八届三中、四中全会精神."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from docnlp.policy.context import Place
from docnlp.policy.survey import Dating, Remark, Survey, chinese_day
from docnlp.policy.timeline import GRACE
from docnlp.text.late import late

#: The last session of a term that the record may leave out: it only prepares the next congress.
_USUAL = 7
#: Stands for 历次全会.
ALL = 99

_CONGRESS = {"十五": 15, "十六": 16, "十七": 17, "十八": 18, "十九": 19, "二十": 20, "二十一": 21}

_NUMERAL = "零一二三四五六七八九"

_NAME = "(?:二十一|二十|十[五六七八九])"

_PLENARIES = "(?:[一二三四五六七八]中(?:全会)?[和及与]?)+全会|[一二三四五六七八]中全会|历[次届](?:中央)?全会"

_ONE = f"(?<![第〇零一二三四五六七八九十]){_NAME}(?:大(?![街道桥队型学院厦姓洲陆类件会战奖小股户湾寨]|家|项目|任务|工程|行动|举措|重点|专项|板块|亮点|理念|领域)|届(?:{_PLENARIES})|届(?=[一二三四五六七八]中))"

_UNIT = late(
    f"(?:中共|党的|中国共产党(?:第)?)?{_ONE}(?:(?:精神|报告)?(?:[和及与]|以及|特别是|尤其是|)(?:党的)?(?:{_ONE}|[一二三四五六七八]中全会))*(?:会议)?(?:报告)?(?:的)?(?:精神)?"
)

#: Where a citation may be: cheap to look for.
_ANCHOR = late("(?:二十|十)[一二五六七八九]?(?=[大届])")
_LEADING = ("中国共产党第", "中国共产党", "党的", "中共")
_EXTRA = late(f"(?<=党的)({_NAME})届大(?!会)")
_GARBLED = late(f"(?<![第〇零一二三四五六七八九十])({_NAME})大((?:[一二三四五六七八]中|历次)全会)")

_PIECE = late(f"({_NAME})(大|届)(历[次届](?:中央)?|(?:[一二三四五六七八]中(?:全会)?[和及与]?)*)")


def _cited(words: str) -> Iterator[_Cited]:
    """The congresses and plenary sessions that a citation names."""
    for piece in _PIECE.finditer(words):
        number = _CONGRESS[piece[1]]
        if piece[2] == "大":
            yield _Cited(number, 0, f"{piece[1]}大")
        elif piece[3].startswith("历"):
            yield _Cited(number, ALL, f"{piece[1]}届历次全会")
        else:
            for numeral in re.findall("([一二三四五六七八])中", piece[3]):
                plenary = _NUMERAL.index(numeral)
                yield _Cited(number, plenary, f"{piece[1]}届{numeral}中全会")


_COMING = late(r"迎接?|喜迎|筹备|将|即将|备战|献礼|为$")

_TO_COME = late(r"[”\"']*(?:的)?(?:胜利)?(?:召开|代表|献礼|即将|将)")

_CITED_PAST = late(
    r"[”’\"'」》）)]*(?:以来|(?:的)?(?:胜利)?(?:召开|闭幕|开幕)|(?:明确)?(?:提出|指出|强调|通过|审议|确定|确立|作出|做出|决定|决议|部署了|把|将|首次|对|报告(?:中)?(?:明确)?(?:指出|提出|强调)|上(?=作|的|首次|提|，|,)|之后|之前|前夕|后|前|代表|期间|安保|党章|《))"
)

_PAST_LEAD = late(
    r"(?:学习|传达|宣讲|贯彻|领会)了(?:党的)?$|自(?:从)?(?:党的)?$|早在(?:党的)?$|召开(?:的)?(?:党的)?$|出席(?:党的)?$|当选(?:党的)?$|曾|从(?:党的)?$|喜迎(?:党的)?$|迎接?(?:党的)?$|先后|历次"
)

_TOLD_LEAD = late(r"从[^，,。；;]{2,24}(?:[，,]再)?到[“\"']*$|从[“\"']*$|当年|曾经|回顾|收藏|陈列")

_REPORTED = late(r"[”’\"'」》）)]*(?:宣讲团?(?:到|走进|曾)|以来|发布|指出|提出|强调|明确|首次|中(?:指出|提出|强调))")

_LEADS = late(r"贯彻|学习|落实|宣传|领会|按照|遵循|围绕|学懂|武装|统一到|以|用|把握|宣讲|践行|紧扣|依据|根据")

_STAYS = late(
    r"[”’\"'」》）)]*(?:的)?(?:部署|要求|战略|决策|任务|目标|理论|最新理论|新理论|新思想|思想|主题|决定|新要求|重大|重要|各项|系列|[，,。；;]|$|和|及|以及|关于)"
)

_AS_GUIDE = late(
    r"[”’\"'」》）)]*(?:的)?(?:精神)?(?:为(?:指导|指引|指针|动力|契机|统领|引领|主线))|[”’\"'」》）)]*(?:的)?(?:最)?新(?:的)?(?:理论|思想|精神|要求)"
)

#: The plenary session from which on texts no longer cite the congress alone.
_TAKES_OVER = 3


class _Cited(NamedTuple):
    congress: int
    plenary: int
    name: str


class Meetings(Survey):
    """Citations of a congress or its plenary sessions as the guide of today's work."""

    def remarks(self) -> Iterator[Remark]:
        """Citations of a congress or its plenary sessions as the guide of today's work."""
        text = self.skeleton.text
        if not _ANCHOR.search(text):
            return
        for garbled in _GARBLED.finditer(text):
            start, end = self.skeleton.span(garbled.start(), garbled.end())
            right = f"{garbled[1]}届{garbled[2]}"
            yield Remark(start, end, "congress", "mismatch", "全会的写法不对，全会是某一届中央委员会的全会", (right,))
        for garbled in _EXTRA.finditer(text):
            start, end = self.skeleton.span(garbled.start(), garbled.end())
            yield Remark(start, end, "congress", "mismatch", "多写了一个“届”字", (f"{garbled[1]}大",))
        for unit in self._units():
            cited = list(_cited(unit[0]))
            if not cited or _GARBLED.search(unit[0]):
                continue
            place = self.place(unit.start(), unit.end())
            yield from self._congress(unit, cited, place)

    def _units(self) -> Sequence[re.Match[str]]:
        """The citations, found once: where a number of a congress stands, with what belongs to it before and behind."""
        found = self.skeleton.memo.get("meetings")
        if found is None:
            text, units, done = self.skeleton.text, [], 0
            for anchor in _ANCHOR.finditer(text):
                at = anchor.start()
                if at < done:
                    continue
                begin = next((at - len(lead) for lead in _LEADING if text.endswith(lead, done, at)), at)
                if unit := _UNIT.match(text, begin):
                    units.append(unit)
                    done = unit.end()
            found = self.skeleton.memo["meetings"] = tuple(units)
        return cast("Sequence[re.Match[str]]", found)

    def _congress(self, unit: re.Match[str], cited: list[_Cited], place: Place) -> Iterator[Remark]:
        timeline, day = self.timeline, self.day
        known = {c.number: c for c in timeline.congresses}
        future = [
            c
            for c in cited
            if c.congress in known
            and (
                known[c.congress].opened > day
                if c.plenary == 0
                else any(p.number == c.plenary and p.closed > day for p in known[c.congress].plenaries)
                or (c.plenary == ALL and known[c.congress].closed > day)
            )
        ]
        if future:
            worst = future[-1]
            if _COMING.search(place.clause_before[-8:]) or _TO_COME.match(place.after) or place.title:
                return
            when = known[worst.congress].opened
            for p in known[worst.congress].plenaries:
                if p.number == worst.plenary:
                    when = p.closed
            yield Remark(
                place.start,
                place.end,
                "congress",
                "early",
                f"{chinese_day(day)}还没有开“{worst.name}”（{chinese_day(when)}），日期或提法有一处不对",
                (),
                known[worst.congress].source,
            )
            return
        held = {c.number: len(c.plenaries) for c in timeline.congresses[:-1]}
        never = [c for c in cited if c.plenary != ALL and c.plenary > max(held.get(c.congress, ALL), _USUAL)]
        if never:
            said = f"没有开过“{never[-1].name}”"
            yield Remark(place.start, place.end, "congress", "mismatch", said, (timeline.citation(day),))
            return
        if not self._guides(unit, place):
            return
        top = max(c.congress for c in cited)
        if top not in known and top > max(known) and not timeline.is_past_record(day):
            yield Remark(
                place.start, place.end, "congress", "early", f"“{cited[-1].name}”还没有召开", (timeline.citation(day),)
            )
            return
        newest = timeline.congress(day, GRACE)
        if top not in known or top > newest.number:
            return
        cite = timeline.citation(day)
        if not unit[0].endswith("精神"):
            cite = cite.removesuffix("精神")
        if top < newest.number:
            said = f"“{newest.name}”已于{chinese_day(newest.closed)}闭幕，作为当前工作依据的会议应写到最新一次"
            yield Remark(place.start, place.end, "congress", "stale", self.newest(said), (cite,), newest.source)
            return
        named = [c.congress for c in cited if c.plenary == 0]
        if named and max(named) < top:
            said = f"会议届次不配套：列了{cited[-1].name}，大会却写成别的一次"
            yield Remark(place.start, place.end, "congress", "mismatch", self.newest(said), (cite,), newest.source)
            return
        latest = timeline.plenary(day, GRACE)
        plenaries = [c.plenary for c in cited if c.congress == top and c.plenary]
        if latest is None or ALL in plenaries:
            return
        if plenaries and max(plenaries) < latest.number:
            said = f"{newest.name.removesuffix('大')}届{_NUMERAL[latest.number]}中全会已于{chinese_day(latest.closed)}闭幕，列会议应列到最新一次"
            certain = not timeline.is_outdated(day)
            yield Remark(
                place.start, place.end, "congress", "stale", self.newest(said), (cite,), latest.source, certain
            )
        elif not plenaries and latest.number > 2 and len(cited) == 1:
            said = f"只提“{newest.name}”，没有提其后的全会，请考虑是否写成“{cite}”"
            yield Remark(
                place.start, place.end, "congress", "incomplete", self.newest(said), (cite,), latest.source, False
            )

    def _guides(self, unit: re.Match[str], place: Place) -> bool:
        """Whether the citation stands for what today's work follows."""
        before, after = place.clause_before, place.clause_after
        if place.in_other_title() or place.quoted() or place.past_year(None, self.day):
            return False
        if place.honoured() or _TOLD_LEAD.search(place.before):
            return False
        if _CITED_PAST.match(after) or _PAST_LEAD.search(before[-12:]):
            return False
        if unit[0].endswith(("精神", "报告")):
            return not _REPORTED.match(after)
        return bool(_LEADS.search(before[-10:]) and _STAYS.match(after)) or bool(_AS_GUIDE.match(after))

    def datings(self) -> Iterator[Dating]:
        """Citations; one that guides the work is cited until the next meeting."""
        timeline = self.timeline
        known = {c.number: c for c in timeline.congresses}
        for unit in self._units():
            place = self.place(unit.start(), unit.end())
            cited = [c for c in _cited(unit[0]) if c.congress in known]
            if not cited:
                continue
            newest = max(cited)
            congress, following = known[newest.congress], known.get(newest.congress + 1)
            end = following.closed if following else None
            since = congress.opened
            if newest.plenary == ALL:
                since = congress.plenaries[-1].closed
            elif newest.plenary:
                since = next((p.closed for p in congress.plenaries if p.number == newest.plenary), since)
                end = next((p.closed for p in congress.plenaries if p.number == newest.plenary + 1), end)
            else:
                # alone it is cited until the third session
                end = next((p.closed for p in congress.plenaries if p.number == _TAKES_OVER), end)
            yield Dating(place.start, place.end, since, end if self._guides(unit, place) else None)
