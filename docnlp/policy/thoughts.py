"""The list of guiding thought: where it stops, what it leaves out, its order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from docnlp.policy.survey import Dating, Remark, Survey, chinese_day
from docnlp.policy.timeline import GRACE
from docnlp.text.late import late

#: What stood at the end of the list between 2013 and 2017.
_SPEECHES = late(r"和?(?:学习贯彻|深入贯彻|贯彻)?习近平总书记(?:系列)?重要讲话精神")
_JOIN = late(r"(?:和|及|与|以及|为指导|的|重要思想|深入|全面|认真|贯彻|落实|学习|实践|践行|坚持|以|重要)*")

_GUIDE_BEFORE = late(r"以|用|在|坚持|高举|学习|贯彻|落实|践行|实践|按照|遵循|领会|宣传|武装|围绕|牢固树立|树立")

_GUIDE_AFTER = late(
    r"[”’\"'」》）)]*(?:重要思想|的?指引|等?(?:重要|科学)?(?:思想|理论)?)?(?:为(?:指导|统领|指针|指引|行动指南|根本)|(?:的)?指导下|(?:来)?(?:统领|统揽|武装|指导)|伟大旗帜|精神|的要求)"
)

#: From when the outlook on development stands in the list itself.
_LISTED = date(2012, 12, 14)

#: How many years before its date an item was unheard of: the list names them late, speeches earlier.
_UNHEARD = {3: 3, 4: 5}

#: Items before it are older than the record.
_FIRST_DATED = 3

#: Until when a text names it without naming what came later.
_LAST_ALONE = {3: date(2007, 10, 21), 4: date(2012, 11, 14)}

_FIRST_HEARD = {3: date(2000, 2, 25), 4: date(2003, 7, 28), 5: date(2017, 10, 18)}


class _Item(NamedTuple):
    start: int
    end: int
    number: int


class Thoughts(Survey):
    """Lists of guiding thought that stop too early for their day, leave an item out, or are out of order."""

    def remarks(self) -> Iterator[Remark]:
        """Lists of guiding thought that stop too early for their day, leave an item out, or are out of order."""
        text = self.skeleton.text
        timeline = self.timeline
        shorts = [(short, i) for i, thought in enumerate(timeline.thoughts) for short in thought.short]
        shorts.sort(key=lambda pair: -len(pair[0]))
        found: dict[int, tuple[int, int]] = {}
        for short, i in shorts:
            at = text.find(short)
            while at >= 0:
                if not any(a <= at < b for a, (b, _) in found.items() if a <= at):
                    found[at] = (at + len(short), i)
                at = text.find(short, at + 1)
        if not found:
            return
        items = [_Item(at, end, i) for at, (end, i) in sorted(found.items())]
        runs: list[list[_Item]] = []
        for item in items:
            gap = text[runs[-1][-1].end : item.start] if runs else ""
            if runs and len(gap) <= 16 and _JOIN.fullmatch(gap):
                runs[-1].append(item)
            else:
                runs.append([item])
        for run in runs:
            yield from self._thought_run(run, items)

    def _thought_run(self, run: list[_Item], items: list[_Item]) -> Iterator[Remark]:
        timeline, day = self.timeline, self.day
        end = run[-1].end
        if follows := _SPEECHES.match(self.skeleton.text, end):
            end = follows.end()
        place = self.place(run[0].start, end)
        order = [item.number for item in run]
        last = len(timeline.thoughts) - 1
        future = [n for n in order if timeline.thoughts[n].since > day]
        if future and timeline.thoughts[future[-1]].since.year - day.year >= _UNHEARD.get(future[-1], 0):
            thought = timeline.thoughts[future[-1]]
            if not place.title:
                yield Remark(
                    place.start,
                    place.end,
                    "thought",
                    "early",
                    f"{chinese_day(day)}还没有“{thought.name}”的提法（{chinese_day(thought.since)}起），日期或提法有一处不对",
                    (),
                    thought.source,
                )
            return
        if place.in_other_title() or place.quoted():
            return
        if len(order) >= 2 and sorted(order) != order and len(set(order)) == len(order):
            right = "、".join(timeline.thoughts[n].name for n in sorted(order))
            yield Remark(
                place.start,
                place.end,
                "thought",
                "order",
                "指导思想的次序不对，应按党章的次序排列",
                (right,),
                "《中国共产党章程》总纲",
            )
            return
        if place.historical(None, day):
            return
        start = self.skeleton.place(run[0].start)
        guided = _GUIDE_BEFORE.search(place.clause_before[-14:]) or _GUIDE_AFTER.match(place.after)
        if not guided:
            return
        if (
            self._old_sentence(run)
            and self.timeline.thoughts[4].since < _LISTED <= day < self.timeline.thoughts[-1].since
        ):
            said = f"{chinese_day(_LISTED)}起，科学发展观与前几项并列为指导，不再另写“深入贯彻落实”"
            yield Remark(
                place.start,
                place.end,
                "thought",
                "incomplete",
                said,
                (timeline.guiding_on(day),),
                "党的十八大通过的党章修正案",
            )
            return
        missing = [n for n in range(order[0], order[-1]) if n not in order and timeline.thoughts[n].since <= day]
        if len(order) >= 2 and missing:
            right = "、".join(timeline.thoughts[n].name for n in range(order[0], order[-1] + 1))
            names = "、".join(timeline.thoughts[n].name for n in missing)
            yield Remark(
                place.start,
                place.end,
                "thought",
                "incomplete",
                f"指导思想中间缺“{names}”",
                (right,),
                "《中国共产党章程》总纲",
            )
            return
        needed = max(n for n in range(last + 1) if n == 0 or timeline.thoughts[n].since + GRACE <= day)
        if order[-1] >= needed or order == [0]:
            return
        if len(order) == 1 and order[0] < 2:
            return
        # the newest item may stand in the next sentence of the paragraph
        line_end = self.skeleton.folded.find("\n", start)
        line_start = self.skeleton.folded.rfind("\n", 0, start) + 1
        line_end = len(self.skeleton.folded) if line_end < 0 else line_end
        for item in items:
            where = self.skeleton.place(item.start)
            if item.number >= needed and line_start <= where < line_end:
                return
        if needed == last and "习近平总书记" in self.skeleton.folded[line_start:line_end] and day < date(2018, 6, 1):
            return
        thought = timeline.thoughts[needed]
        formula = timeline.guiding_on(day).removeprefix("以").removesuffix("为指导")
        said = f"{chinese_day(thought.since)}起，指导思想应列到“{thought.name}”"
        certain = len(order) > 1 or (order[0] >= 3 and needed == last)
        yield Remark(place.start, place.end, "thought", "stale", self.newest(said), (formula,), thought.source, certain)

    def _old_sentence(self, run: list[_Item]) -> bool:
        """以邓小平理论和“三个代表”重要思想为指导，深入贯彻落实科学发展观."""
        return any(b.number == 4 and "指导" in self.skeleton.text[a.end : b.start] for a, b in pairwise(run))

    def datings(self) -> Iterator[Dating]:
        """The newest item of the lists; the older ones stand in every later list."""
        present = [
            (number, at, len(short))
            for number, thought in enumerate(self.timeline.thoughts)
            for short in thought.short[:1]
            if number >= _FIRST_DATED and (at := self.skeleton.text.find(short)) >= 0
        ]
        if present:
            number, at, length = present[-1]
            start, end = self.skeleton.span(at, at + length)
            yield Dating(start, end, _FIRST_HEARD[number], _LAST_ALONE.get(number))
