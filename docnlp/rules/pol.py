"""POL: policy phrasing, judged on a day by the timeline of `docnlp.policy`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from docnlp.policy.citations import remarks as remarks_of
from docnlp.policy.loading import timeline as shipped
from docnlp.policy.mentions import Judge, Mention, Verdict, find
from docnlp.policy.model import Entry, EntryKind
from docnlp.policy.survey import Remark, Topic, chinese_day
from docnlp.policy.timeline import Timeline
from docnlp.rules.base import Bad, Basis, Check, Context, Fix, Good, Hit, Rule, Severity
from docnlp.text.skeleton import QUOTES, bare

_TIMELINE = Basis("docnlp 政策时间线", note="每条都记有起止日期、依据和出处，用 docnlp policy 词语 查看。")

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@dataclass(frozen=True)
class _Survey:
    """All that POL sees in a document."""

    timeline: Timeline
    mentions: tuple[tuple[Mention, Verdict], ...]
    remarks: tuple[Remark, ...]


@cache
def _with_packs(entries: tuple[Entry, ...]) -> Timeline:
    return shipped().with_packs(entries)


def timeline_of(context: Context) -> Timeline:
    """The shipped timeline with the user's packs."""
    packs = cast("tuple[Entry, ...]", context.options.get("policy", ()))
    return _with_packs(packs) if packs else shipped()


def own_years(context: Context) -> frozenset[int]:
    """Years that the document itself bears, in its date and its titles."""
    years = {part.date.year for part in context.document.parts if part.date}
    if context.document.date:
        years.add(context.document.date.year)
    for title in (context.document.title, *(part.title for part in context.document.parts)):
        years.update(int(y) for y in _YEAR.findall(title or ""))
    return frozenset(years)


def _look(context: Context) -> _Survey:
    timeline = timeline_of(context)
    skeleton = context.document.skeleton
    years = own_years(context)
    judge = Judge(context.folded, context.as_of, years)
    mentions = [(m, judge.verdict(m)) for m in find(skeleton, timeline)]
    remarks = remarks_of(skeleton, timeline, context.as_of, years)
    blanks = context.protected
    return _Survey(
        timeline,
        tuple((m, v) for m, v in mentions if v != "fine" and not blanks.touches(m.start, m.end)),
        tuple(r for r in remarks if not blanks.touches(r.start, r.end)),
    )


def _quoted(words: str) -> str:
    """`words` as it stands in a message."""
    return f"“{words.strip('“”')}”" if "“" not in words.strip("“”") else words


def _why(entry: Entry) -> str:
    """`（依据：…，来源：…）`-style words of what ended an entry."""
    event = entry.event.strip("。")
    return f"（{event}）" if event else ""


def source_of(entry: Entry) -> str:
    """Event and source of an entry for the finding's `source`."""
    parts = [
        entry.event,
        entry.issued_by if entry.issued_by not in entry.event else "",
        entry.source if entry.read else "出处未核，见政策时间线",
    ]
    return f"{entry.id}：" + "；".join(p for p in parts if p)


def _stale(mention: Mention, words: str, timeline: Timeline, day: date) -> Hit:
    entry = mention.entry
    cures = timeline.cures(entry, mention.form, day)
    since = f"{chinese_day(entry.valid_until)}以后" if entry.valid_until else "现在"
    cure = f"，请改为{'或'.join(_quoted(c) for c in cures[:2])}" if cures else "，请改写成现行的提法或安排"
    lead = {
        "institution": "已经更名、合并或撤销",
        "law": "已经废止或被取代",
        "campaign": "已经结束，不宜再作为正在开展的工作",
        "plan": "已经期满",
    }.get(entry.kind, "不再这样提")
    message = f"“{words}”{since}{lead}{_why(entry)}{cure}"
    return Hit(mention.start, mention.end, message, cures, severity=entry.grade, source=source_of(entry))


def _of_kinds(context: Context, kinds: Iterable[EntryKind]) -> Iterator[Hit]:
    wanted = frozenset(kinds)
    seen = context.shared(_look)
    for mention, verdict in seen.mentions:
        if verdict == "stale" and mention.entry.kind in wanted:
            words = context.text[mention.start : mention.end].replace("\n", "")
            yield _stale(mention, words, seen.timeline, context.as_of)


def _of_topic(context: Context, topic: Topic) -> Iterator[Hit]:
    for remark in context.shared(_look).remarks:
        if remark.topic == topic and remark.fault != "early":
            yield _remark(remark, context)


def _remark(remark: Remark, context: Context) -> Hit:
    words = context.text[remark.start : remark.end]
    cure = f"，请改为{_quoted(remark.use[0])}" if remark.use else "，请核"
    # as with entries: what rests on no opened source is no error
    opened = remark.source not in ("", "常识")
    severity: Severity | None = "info" if not remark.certain else None if opened else "warning"
    return Hit(
        remark.start,
        remark.end,
        f"“{words}”：{remark.message}{cure}",
        remark.use,
        severity=severity,
        source=remark.source if opened else "",
    )


def superseded_term(context: Context) -> Iterator[Hit]:
    """Terms, concepts, activities and channels that the timeline has as over."""
    yield from _of_kinds(context, ("concept", "term", "activity", "technology"))


def finished_plan(context: Context) -> Iterator[Hit]:
    """Plans and campaigns that are over, spoken of as running."""
    yield from _of_kinds(context, ("plan", "campaign"))
    yield from _of_topic(context, "plan")


def stale_meeting(context: Context) -> Iterator[Hit]:
    """A congress or plenary session as the newest that is not."""
    yield from _of_kinds(context, ("congress",))
    yield from _of_topic(context, "congress")


def stale_thought(context: Context) -> Iterator[Hit]:
    """Guiding thought that stops too early, leaves out or is out of order."""
    yield from _of_kinds(context, ("guiding",))
    yield from _of_topic(context, "thought")


def renamed_institution(context: Context) -> Iterator[Hit]:
    """Institutions that no longer exist under this name."""
    yield from _of_kinds(context, ("institution",))


def repealed_document(context: Context) -> Iterator[Hit]:
    """Laws and documents that are no longer in force."""
    yield from _of_kinds(context, ("law",))


def broken_formula(context: Context) -> Iterator[Hit]:
    """Fixed sets with a member missing or out of order."""
    yield from _of_topic(context, "formula")


def early_term(context: Context) -> Iterator[Hit]:
    """What did not exist yet on the day: the text or its date is wrong."""
    seen = context.shared(_look)
    for mention, verdict in seen.mentions:
        if verdict == "early":
            entry = mention.entry
            words = context.text[mention.start : mention.end]
            assert entry.valid_from is not None
            message = f"“{words}”是{chinese_day(entry.valid_from)}以后才有的，早于这一天的文件里不应出现：日期或提法有一处不对，请核"
            severity: Severity = "info" if entry.grade == "info" else "warning"
            yield Hit(mention.start, mention.end, message, severity=severity, source=source_of(entry))
    for remark in seen.remarks:
        if remark.fault == "early":
            yield _remark(remark, context)


def unlisted_phrase(context: Context) -> Iterator[Hit]:
    """Policy and numeric slogans that the timeline does not know."""
    timeline = timeline_of(context)
    skeleton = context.document.skeleton
    known = [(m.start, m.end) for m in find(skeleton, timeline)]
    for slogan in context.analysis.slogans:
        if slogan.type not in ("policy", "numeric"):
            continue
        words = context.text[slogan.start : slogan.end]
        letters = bare(words)
        if any(a < slogan.end and slogan.start < b for a, b in known) or _in_lists(letters, timeline):
            continue
        yield Hit(slogan.start, slogan.end, f"“{words.strip(QUOTES)}”：政策时间线未收录这个提法，请核对来源和写法")


def _in_lists(letters: str, timeline: Timeline) -> bool:
    """Whether the ordered lists know the words."""
    names = [t for thought in timeline.thoughts for t in thought.short]
    names += [f.name for f in timeline.formulas] + [c.name for c in timeline.congresses]
    names += [f"{p.name}普法" for p in timeline.law_plans] + [f"{p.name}规划" for p in timeline.plans]
    return any(name in letters or letters in name for name in map(bare, names))


#: How far the document's year must lie outside the estimate, and on how many phrases that agree it must rest.
_FAR = 2
_AGREEING = 3


def date_outside_period(context: Context) -> Iterator[Hit]:
    """A date that does not fit the phrases: the mark of a copied report."""
    document = context.document
    years = own_years(context)
    if len(years) != 1 or len(document.parts) > 1:
        return
    year = next(iter(years))
    period = context.analysis.period
    if period is None or period.agreeing < _AGREEING or period.first - _FAR <= year <= period.last + _FAR:
        return
    written = f"{period.first}年" if period.first == period.last else f"{period.first}—{period.last}年"
    words = "、".join(dict.fromkeys(c.words.replace("\n", "") for c in period.clues[:4]))
    message = f"文件的日期是{year}年，文中“{words}”等提法却像是{written}的，请核对是否沿用了别的稿子或日期写错"
    place = _dated_block(context, year)
    yield Hit(*place, message) if place else Hit(None, None, message)


def _dated_block(context: Context, year: int) -> tuple[int, int] | None:
    """Where the year stands: in the date line, else in the title."""
    for kind in ("date", "title"):
        for block in context.document.blocks:
            if block.kind == kind:
                at = context.folded.find(f"{year}", block.start, block.end)
                return (at, at + 4) if at >= 0 else (block.start, block.end)
    return None


_ADVICE = "公文里的提法有时限：会议开过、机构改过、活动结束以后，旧提法就成了差错，也是照抄旧稿最明显的痕迹。"


def _rule(
    code: str,
    name: str,
    title: str,
    severity: Severity,
    why: str,
    check: Check,
    examples: tuple[Bad | Good, ...],
    *,
    enabled: bool = True,
) -> Rule:
    return Rule(
        code=code,
        name=name,
        title=title,
        severity=severity,
        why=why,
        basis=(_TIMELINE,),
        check=check,
        examples=examples,
        fix=Fix.SHOWN,
        needs_genre=False,
        options=("policy",),
        enabled=enabled,
    )


_TODAY = date(2026, 11, 23)

RULES: tuple[Rule, ...] = (
    _rule(
        "POL001",
        "superseded-term",
        "过时的提法",
        "warning",
        f"{_ADVICE}过去的提法写在回顾、引文、书名里没有问题，写成现在的工作就要换成现行提法。",
        superseded_term,
        (
            Bad("全镇要推动经济【又好又快发展】，提高群众幸福感。", as_of=_TODAY),
            Bad("开展经常性的【法制教育】，增强职工守法观念。", as_of=_TODAY),
            Good("2009年，全镇实现了经济又好又快发展。", "写的是当年的事。", as_of=_TODAY),
            Good("全镇要推动经济又好又快发展。", "这是当时的提法。", as_of=date(2009, 3, 1)),
        ),
    ),
    _rule(
        "POL002",
        "finished-plan",
        "已经结束的规划、活动",
        "error",
        f"{_ADVICE}五年规划、普法规划、专项活动都有起止时间，到期以后再写“正在开展”，等于说的是旧事。",
        finished_plan,
        (
            Bad("认真实施【“六五”普法规划】，组织全员学法。", as_of=_TODAY),
            Bad("按照【“十二五”规划】的部署，加快文化站建设。", as_of=_TODAY),
            Good("“六五”普法以来，全局共办讲座四十场。", "回顾过去的普法。", as_of=_TODAY),
            Good("“十二五”期间，全县建成文化广场二十六个。", "回顾上一个时期的成绩。", as_of=_TODAY),
            Good("我市第十五届运动会如期举行。", "“十五届”不是“十五”计划。", as_of=_TODAY),
            Good("编制“十五五”规划，要广泛听取意见。", "提前编制下一个规划。", as_of=date(2025, 5, 1)),
        ),
    ),
    _rule(
        "POL003",
        "stale-meeting",
        "会议没有写到最新一次",
        "error",
        f"{_ADVICE}学习贯彻的会议精神应写到最新一次代表大会和全会。",
        stale_meeting,
        (
            Bad(
                "深入学习贯彻【党的十八大精神】，抓好各项工作。",
                suggestion="党的二十大和二十届历次全会精神",
                as_of=_TODAY,
            ),
            Bad(
                "认真落实【党的十九大和十九届二中、三中全会精神】。",
                suggestion="党的十九大和十九届二中、三中、四中、五中全会精神",
                as_of=date(2021, 3, 1),
            ),
            Bad("把思想统一到【党的二十大和二十届二中、三中全会精神】上来。", as_of=date(2026, 3, 1)),
            Good("党的十八大以来，全区志愿者人数翻了三番。", "“……以来”说的是一段历史。", as_of=_TODAY),
            Good("党的十九大提出乡村振兴战略。", "说的是会议当时提出了什么。", as_of=_TODAY),
            Good("深入学习贯彻党的十八大精神。", "当时最新的会议。", as_of=date(2013, 5, 1)),
            Good("活动室设在十五大街三号。", "街名。", as_of=_TODAY),
        ),
    ),
    _rule(
        "POL004",
        "stale-guiding-thought",
        "指导思想不完整、次序不对",
        "error",
        "指导思想的完整表述随党章修改而增加，停在前一个时期、中间漏项、次序颠倒都是政治性差错。",
        stale_thought,
        (
            Bad(
                "以【邓小平理论和“三个代表”重要思想】为指导，扎实推进创建工作。",
                suggestion="习近平新时代中国特色社会主义思想",
                as_of=_TODAY,
            ),
            Bad("坚持以【邓小平理论、科学发展观】为指导。", as_of=date(2014, 6, 1)),
            Bad("坚持以【科学发展观、“三个代表”重要思想】为指导。", as_of=date(2014, 6, 1)),
            Good(
                "坚持以马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观、习近平新时代中国特色社会主义思想为指导。",
                "完整、次序正确。",
                as_of=_TODAY,
            ),
            Good(
                "以邓小平理论和“三个代表”重要思想为指导，深入贯彻落实科学发展观。",
                "当时的完整表述。",
                as_of=date(2009, 3, 1),
            ),
        ),
    ),
    _rule(
        "POL005",
        "renamed-institution",
        "机构已经更名、合并或撤销",
        "error",
        "机构改革以后还写旧名，收文单位对不上号，也说明稿子是照抄旧稿。",
        renamed_institution,
        (
            Bad("由县【国土资源局】牵头，有关单位配合。", suggestion="自然资源局", as_of=_TODAY),
            Good("原国土资源局职工宿舍已列入改造。", "写明是原单位。", as_of=_TODAY),
            Good("由县国土资源局牵头，有关单位配合。", "当时的名称。", as_of=date(2015, 3, 1)),
        ),
    ),
    _rule(
        "POL006",
        "repealed-document",
        "法规、文件已经废止或被取代",
        "error",
        "依据的法规、文件失效以后，部署就没有了依据；应改引现行文件。",
        repealed_document,
        (
            Bad("认真贯彻《【公民道德建设实施纲要】》，开展道德实践活动。", as_of=_TODAY),
            Good("认真贯彻《新时代公民道德建设实施纲要》，开展道德实践活动。", "现行文件。", as_of=_TODAY),
            Good("认真贯彻《劳动合同法》，维护职工权益。", "不是《合同法》。", as_of=_TODAY),
        ),
    ),
    _rule(
        "POL007",
        "broken-formula",
        "固定表述缺项、颠倒",
        "error",
        "“四个意识”“四个自信”、社会主义核心价值观等固定表述，成员要齐全，次序不能变。",
        broken_formula,
        (
            Bad(
                "增强【政治意识、核心意识、大局意识、看齐意识】。",
                suggestion="政治意识、大局意识、核心意识、看齐意识",
                as_of=_TODAY,
            ),
            Bad("大力宣传【富强、民主、和谐、文明】的价值目标。", as_of=_TODAY),
            Good("增强政治意识、大局意识、核心意识、看齐意识。", "齐全，次序正确。", as_of=_TODAY),
            Good("增强政治意识、责任意识、服务意识。", "一般的说法，不是“四个意识”。", as_of=_TODAY),
        ),
    ),
    _rule(
        "POL008",
        "term-before-its-time",
        "写到了当时还没有的提法",
        "warning",
        "文件的日期早于提法出现的日期，不是日期写错，就是套用了后来的稿子。",
        early_term,
        (
            Bad("按照【“十五五”规划】的要求，抓好创建工作。", as_of=date(2019, 5, 1)),
            Bad("深入学习贯彻【党的二十大精神】。", as_of=date(2019, 5, 1)),
            Good("以实际行动迎接党的十九大胜利召开。", "会前的说法。", as_of=date(2017, 5, 1)),
            Good("按照“十五五”规划的要求，抓好创建工作。", "正当其时。", as_of=_TODAY),
        ),
    ),
    _rule(
        "POL009",
        "unlisted-phrase",
        "时间线没有收录的提法",
        "info",
        "政策提法和数字缩略要有出处。时间线没有收录的，可能是本地的提法，也可能是写错、过时或自造的。",
        unlisted_phrase,
        (
            Bad("全县扎实开展“【七星八进】”活动，推动创建工作。", as_of=_TODAY),
            Good("增强“四个意识”，坚定“四个自信”。", "时间线里有。", as_of=_TODAY),
        ),
        enabled=False,
    ),
    _rule(
        "POL010",
        "date-outside-writing-period",
        "日期和文中提法的年代对不上",
        "warning",
        "每个时期有每个时期的提法。文件写的是今年，提法却都是十年前的，多半是照抄旧稿只改了年份。",
        date_outside_period,
        (
            Bad(
                "关于开展文明创建工作的实施方案\n\n以邓小平理论和“三个代表”重要思想为指导，全面落实科学发展观，深入贯彻党的十七大精神，"
                "认真实施“五五”普法规划，推动经济又好又快发展。\n一、指导思想\n以党的十七大精神统领工作。\n\n清河县水务局\n【2019】年3月5日",
                as_of=date(2019, 3, 5),
            ),
            Good(
                "关于开展文明创建工作的实施方案\n\n以邓小平理论和“三个代表”重要思想为指导，全面落实科学发展观，深入贯彻党的十七大精神，"
                "认真实施“五五”普法规划，推动经济又好又快发展。\n\n清河县水务局\n2009年3月5日",
                "提法和日期是同一个时期。",
                as_of=date(2009, 3, 5),
            ),
        ),
    ),
)
