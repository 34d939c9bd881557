"""Fixed sets written out: 四个意识, the values, the tasks of a campaign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from docnlp.policy.model import Formula
from docnlp.policy.survey import Dating, Remark, Survey, chinese_day
from docnlp.text.late import late

#: Names of sets, and what must stand beside one before its time: 五位一体 is also any local method of five parts.
_COMPANY = {
    "四个意识": re.compile("看齐|核心意识|四个自信|两个维护|总书记|党中央"),
    "四个自信": re.compile("道路自信|文化自信|坚定|四个意识|两个维护"),
    "两个维护": re.compile("总书记|党中央|四个意识|四个自信|两个确立|做到"),
    "两个确立": re.compile("领悟|总书记|党中央|两个维护|拥护"),
    "四个全面": re.compile("布局"),
    "五位一体": re.compile("布局"),
    "三严三实": re.compile("三严三实"),
}

_NAMED = frozenset(_COMPANY)

#: 坚定“三个自信”: the verb says which set is meant.
_COUNTED = {"增强": "四个意识", "坚定": "四个自信", "做到": "两个维护", "领悟": "两个确立"}
_NOUNS = ("个意识", "个自信", "个维护", "个确立")
_MISCOUNTED = late(
    r"增强[一二三五六七八]个意识|坚定[一二三五六七八]个自信|做到[一三四五六七八]个维护|领悟[一三四五六七八]个确立"
)
#: Sets whose members are sentences or names of their own.
_UNSPELT = frozenset(["三个自信", "两个维护", "两个确立"])

#: Lists of these that leave one out are wrong even where the set is not named.
_ALWAYS_WHOLE = frozenset(["乡村振兴总要求", "六个必须坚持", "新发展理念", "使命任务", "伟大建党精神", "四个伟大"])

_THOUGHT_NAME = late(r"习近平(?!总书记|同志|主席|强调|指出|在|关于|向|对|考察)[^，。；：、！？,;:!?\n]{2,18}?思想")

_THOUGHTS = frozenset(
    f"习近平{name}思想"
    for name in (
        "新时代中国特色社会主义",
        "新时代中国特色社会主义经济",
        "新时代中国特色社会主义外交",
        "法治",
        "文化",
        "经济",
        "生态文明",
        "外交",
        "强军",
        "新闻",
    )
)


def _groups(formula: Formula) -> Iterable[tuple[str, ...]]:
    """The members as they are listed together: the values in their three levels."""
    if len(formula.items) == 12:
        return (formula.items[:4], formula.items[4:8], formula.items[8:])
    return (formula.items,)


@cache
def _run_of(group: tuple[str, ...]) -> re.Pattern[str]:
    one = "|".join(map(re.escape, group))
    return re.compile(f"(?:{one})(?:(?:坚持|牢记|和|与|及)?(?:{one})){{2,}}")


@cache
def _with_one_wrong(group: tuple[str, ...], slot: int) -> re.Pattern[str]:
    length = len(group[slot])
    other = f"(?P<wrong>[^\\W\\da-zA-Z_]{{{max(length - 1, 2)},{length + 1}}})"
    items = [other if n == slot else re.escape(item) for n, item in enumerate(group)]
    return re.compile("[和与及]?".join(items))


@cache
def _one_of(group: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, group)))


class Sets(Survey):
    """Sets with a member missing, wrong or out of order, or named before they existed."""

    def remarks(self) -> Iterator[Remark]:
        """Fixed sets written out with a member missing or out of order, or named before they existed."""
        text = self.skeleton.text
        for formula in self.timeline.formulas:
            if formula.name in _NAMED and formula.since.year > self.day.year:
                yield from self._early_set(formula)
        for wrong in _MISCOUNTED.finditer(text) if any(noun in text for noun in _NOUNS) else ():
            meant = next(name for verb, name in _COUNTED.items() if wrong[0].startswith(verb))
            place = self.place(wrong.end() - 4, wrong.end())
            if self.timeline.formula_on(meant, self.day) and not self.timeline.formula_on(wrong[0][-4:], self.day):
                yield Remark(place.start, place.end, "formula", "mismatch", f"应是“{meant}”", (f"“{meant}”",))
        for formula in self._spelt_out():
            for group in _groups(formula):
                yield from self._spelt(formula, group)
        for found in _THOUGHT_NAME.finditer(text) if "习近平" in text else ():
            if found[0] not in _THOUGHTS and ("特色社会主义" in found[0] or "新时代" in found[0]):
                place = self.place(found.start(), found.end())
                if not place.title or not place.in_other_title():
                    right = self.timeline.thoughts[-1]
                    yield Remark(
                        place.start,
                        place.end,
                        "formula",
                        "mismatch",
                        "这个名称写得不完整或次序不对",
                        (right.name,),
                        right.source,
                    )

    def _early_set(self, formula: Formula) -> Iterator[Remark]:
        """A set, or its name, before there was one."""
        if self.timeline.formula_on(formula.name, self.day) is not None:
            return
        text = self.skeleton.text
        places = []
        if len(formula.items) > 2:
            runs = _run_of(formula.items).finditer(text)
            places = [r.span() for r in runs if _one_of(formula.items).findall(r[0]) == list(formula.items)]
        if not places:
            needs = _COMPANY[formula.name]
            places = [m.span() for m in re.finditer(formula.name, text) if needs.search(self.place(*m.span()).sentence)]
        for start, end in places:
            place = self.place(start, end)
            said = f"“{formula.name}”是{chinese_day(formula.since)}才有的提法，日期或提法有一处不对"
            yield Remark(place.start, place.end, "formula", "early", said, (), formula.source)

    def _spelt_out(self) -> Iterator[Formula]:
        """The sets that are checked member by member, as they are on the day."""
        names = dict.fromkeys(f.name for f in self.timeline.formulas if f.name not in _UNSPELT)
        for name in names:
            formula = self.timeline.formula_on(name, self.day)
            if formula is not None:
                yield formula

    def _spelt(self, formula: Formula, group: tuple[str, ...]) -> Iterator[Remark]:
        text = self.skeleton.text
        # at most two members are missing from what is a list of them
        thirds = self.skeleton.thirds
        may = sum(item[:3] in thirds if len(item) > 2 else item in text for item in group[:3])
        if not may or sum(item in text for item in group) < max(len(group) - 2, 2):
            return
        for found in _run_of(group).finditer(text):
            members = _one_of(group).findall(found[0])
            if tuple(members) == group or len(members) < 3 or len(set(members)) != len(members):
                continue
            place = self.place(found.start(), found.end())
            named = formula.name in place.sentence or (len(formula.items) == 12 and "价值观" in place.sentence)
            if len(members) < len(group) - (2 if named and len(group) > 4 else 1):
                continue
            if place.in_other_title() or place.quoted() or place.past_year(None, self.day):
                continue
            right = "、".join(group)
            if len(members) == len(group):
                said = f"“{formula.name}”的次序不对"
                yield Remark(place.start, place.end, "formula", "order", said, (right,), formula.source)
            elif named or (len(formula.items) == 4) or formula.name in _ALWAYS_WHOLE:
                left = "、".join(m for m in group if m not in members)
                said = f"“{formula.name}”缺“{left}”"
                yield Remark(place.start, place.end, "formula", "incomplete", said, (right,), formula.source)
        yield from self._one_wrong(formula, group)

    def _one_wrong(self, formula: Formula, group: tuple[str, ...]) -> Iterator[Remark]:
        """A set in which one member is another word of about the same length."""
        text = self.skeleton.text
        missing = [n for n, item in enumerate(group) if item not in text]
        if len(group) < 4 or len(missing) != 1:
            return
        slot = missing[0]
        for found in _with_one_wrong(group, slot).finditer(text):
            wrong = found["wrong"]
            place = self.place(found.start(), found.end())
            listed = self.skeleton.folded[place.start : place.end]
            marks = sum(map(listed.count, ("、", "，", ",", "和", "与", "及")))
            if marks < len(group) - 1 or any(item in wrong for item in group) or place.in_other_title():
                continue
            said = f"“{formula.name}”里没有“{wrong}”，应是“{group[slot]}”"
            yield Remark(place.start, place.end, "formula", "mismatch", said, ("、".join(group),), formula.source)

    def datings(self) -> Iterator[Dating]:
        """Names of sets."""
        for name in _NAMED:
            at = self.skeleton.text.find(name)
            if at >= 0:
                start, end = self.skeleton.span(at, at + len(name))
                yield Dating(start, end, min(f.since for f in self.timeline.formulas if f.name == name), None)
