"""CON: names that change on the way, groups without a head, abbreviations, attachments, title against content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from docnlp.document.model import Part
from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule
from docnlp.rules.con_patterns import HAN, prose
from docnlp.text.late import late
from docnlp.text.numerals import parse_int

_PRACTICE = Basis("公文起草惯例", note="同一机构同一种叫法；职务、简称、附件有头有尾")


# --- one department, two names --------------------------------------------------------------------------------------

_KINDS = "部科股"
_KIND = late(rf"[{_KINDS}](?=[、，。；）：\n牵负按会同组主承配每要对和与具]|等)")
_STEM = late(rf"(?<=[、，。：；（由和及与\n])(?!由){HAN}{{3,6}}\Z")
_ELSEWHOSE = late(r"[省市县区镇局院校司行]|总公司|上级|各|全|有关|中央|中共|干")


def department_names(context: Context) -> Iterator[Hit]:
    """运营管理部 in one place, 运营管理科 in another."""
    for part in context.document.parts:
        yield from _departments(context.shared(prose), part)


def _departments(text: str, part: Part) -> Iterator[Hit]:
    seen: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for m in _KIND.finditer(text, part.start, part.end):
        before = _STEM.search(text, max(0, m.start() - 7), m.start())
        if before and not _ELSEWHOSE.search(before[0]):
            seen.setdefault(before[0], {}).setdefault(m[0], []).append((before.start(), m.end()))
    for stem, kinds in seen.items():
        if len(kinds) != 2:
            continue
        (usual, most), (rare, least) = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[1][0]))
        for start, end in least if len(least) < len(most) or len(least) == 1 else ():
            yield Hit(start, end, f"前后两种叫法：“{stem}{usual}”和“{stem}{rare}”，请统一", (stem + usual,))


DEPARTMENT_NAMES = Rule(
    code="CON013",
    name="department-with-two-names",
    title="同一个部门两种叫法",
    severity="warning",
    why="前面叫“部”后面叫“科”，落实的时候不知道找谁，也像是从别的单位的稿子里抄来一段。",
    basis=(_PRACTICE,),
    check=department_names,
    examples=(
        Bad("由综合办公室、运营管理部、财务部落实。运营管理部牵头抓总，卫生检查由【运营管理科】负责打分。"),
        Good("由综合办公室、运营管理部、财务部落实。卫生检查由运营管理部负责打分。", "叫法一致"),
        Good("由县委宣传部牵头，局宣传科配合。", "不是同一个部门"),
    ),
)


# --- leading groups -------------------------------------------------------------------------------------------------

_ROLE = late(
    r"(?:^|(?<=[\n,;。:( ]))(?P<role>名誉组 ?长|常务副组 ?长|第一组 ?长|副 ?组 ?长|组 {0,4}长|成 {0,4}员|办公室主任|联络员):"
)
_NO_NAME = late(r"由(?:同志)?(?:兼任|担任|任)(?=[,。;、\n]|\Z)")
_OFFICE = late(r"(?:副?组长|副?主任|总指挥)\Z")


def group_gaps(context: Context) -> Iterator[Hit]:
    """组长： with nothing behind it; 副组长 and 成员 without a 组长."""
    folded = context.folded
    colons = any(word in folded for word in ("长:", "员:", "任:"))
    roles = [(m.start("role"), m.end(), m["role"].replace(" ", "")) for m in _ROLE.finditer(folded)] if colons else []
    for i, (start, end, role) in enumerate(roles):
        follows = roles[i + 1][0] if i + 1 < len(roles) else len(folded)
        behind = folded[end:follows].strip(" \n;,。")
        if not behind and (i + 1 < len(roles) or not folded[end:].strip()):
            yield Hit(start, end, f"“{role}”后面没有写人，请补上")
    run: list[tuple[int, int, str]] = []
    for entry in [*roles, (len(folded) + 1000, 0, "")]:
        if run and entry[0] - run[-1][1] > 300:
            names = {role for _, _, role in run}
            if "副组长" in names and "成员" in names and not names & {"组长", "第一组长"}:
                first = next(r for r in run if r[2] == "副组长")
                if not re.search(r"组长(?!由?副)", folded[max(0, first[0] - 150) : first[0]].replace("副组长", "")):
                    yield Hit(first[0], first[1], "有副组长、成员，没有组长，请核对领导小组名单")
            run = []
        run.append(entry)
    for m in _NO_NAME.finditer(folded):
        if office := _OFFICE.search(folded, max(0, m.start() - 3), m.start()):
            yield Hit(office.start(), m.end(), f"“{office[0]}由……担任”中间没有写人，请补上")


GROUP_GAPS = Rule(
    code="CON014",
    name="leading-group-gap",
    title="领导小组的职务没有写人",
    severity="warning",
    why="责任要落到人。组长、成员后面空着，等于没有人负责，检查时算没有组织机构。",
    basis=(_PRACTICE,),
    check=group_gaps,
    examples=(
        Bad("一、组织领导\n成立领导小组。\n【组长：】\n副组长：副局长\n成员：各科室负责人"),
        Bad("一、组织领导\n成立领导小组。\n【副组长：】副局长\n成员：各科室负责人"),
        Bad("成立文明创建领导小组，【组长由担任】，各科室负责人为成员。"),
        Good("一、组织领导\n成立领导小组。\n组长：局长\n副组长：副局长\n成员：各科室负责人", "都有人"),
        Good("成立文明创建领导小组，组长由局长担任，副组长由副局长担任。", "写了人"),
    ),
)


# --- abbreviations --------------------------------------------------------------------------------------------------

_DEFINED = late(
    r"[（(](?:以下|下文|下)(?:简称|统称|称)(?:为|作)?[：:]?[“\"《「]?(?P<short>[^“”\"《》「」（）()\n]{1,16}?)[”\"》」]?[）)]"
)


class _Short(NamedTuple):
    start: int
    end: int
    words: str
    full: str


def _shorts(context: Context) -> tuple[_Short, ...]:
    text = context.shared(prose)
    if "称" not in text:
        return ()
    return tuple(
        _Short(m.start("short"), m.end("short"), m["short"], text[max(0, m.start() - 12) : m.start()])
        for m in _DEFINED.finditer(text)
    )


def abbreviation_twice(context: Context) -> Iterator[Hit]:
    """（以下简称“中心”） for two different bodies."""
    known: dict[tuple[int | None, str], _Short] = {}
    for short in context.shared(_shorts):
        block = context.document.block_at(short.start)
        part = None if block is None else context.document.blocks[block].part
        before = known.setdefault((part, short.words), short)
        if before is short:
            continue
        if short.full[-4:] != before.full[-4:]:
            yield Hit(short.start, short.end, f"“{short.words}”前面已经是另一个名称的简称，一个简称不能指两样东西")
        else:
            yield Hit(short.start, short.end, f"“{short.words}”前面已经交代过，不必再说一遍", severity="info")


ABBREVIATION_TWICE = Rule(
    code="CON015",
    name="abbreviation-defined-twice",
    title="同一个简称定义了两次",
    severity="warning",
    why="一个简称只能指一样东西。两处定义不同，后面再用就不知道指谁。",
    basis=(_PRACTICE,),
    check=abbreviation_twice,
    examples=(
        Bad(
            "新时代文明实践中心（以下简称“中心”）设在镇里，便民服务中心大楼（以下简称“【中心】”）设在村里，中心每周开放。"
        ),
        Good("新时代文明实践中心（以下简称“中心”）设在镇里，中心每周开放。", "只定义一次"),
    ),
)


def abbreviation_unused(context: Context) -> Iterator[Hit]:
    """（以下简称“方案”） that is never used."""
    text = context.shared(prose)
    for short in context.shared(_shorts):
        if len(short.words) >= 2 and not re.search("[或、，和]", short.words) and text.find(short.words, short.end) < 0:
            yield Hit(short.start, short.end, f"说了以下简称“{short.words}”，后文却没有用到")


ABBREVIATION_UNUSED = Rule(
    code="CON016",
    name="abbreviation-never-used",
    title="定义了简称却没有用",
    severity="info",
    why="定义简称是为了后文省字。后文不用，或者用了别的叫法，都应当改。",
    basis=(_PRACTICE,),
    check=abbreviation_unused,
    examples=(
        Bad("根据《全市文明单位管理办法》（以下简称《【管理办法】》），制定本方案。\n一、工作目标\n全部达标。"),
        Good(
            "根据《全市文明单位管理办法》（以下简称《办法》），制定本方案。\n一、工作目标\n按《办法》全部达标。",
            "后文用了",
        ),
    ),
)


# --- attachments ----------------------------------------------------------------------------------------------------

_SEE = late(
    r"(?:详见|参见|见|填写|按照?|依照|对照)(?P<what>附(?:件|表)(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,2})?)(?!中?的?(?:通知|文件)?》)"
)
_HAS = late(r"(?:^|\n)[ \t\u3000]*附(?:件|表|录|：|:| ?[0-9一二三四五六七八九十])")
_LISTED = late(r"附(?:件|表)?[ \t\u3000]*[：:]?[ \t\u3000]*([0-9]{1,2})(?:[.．、：: \u3000]|$|\n)")


def missing_attachment(context: Context) -> Iterator[Hit]:
    """详见附件 without any attachment; 见附件3 where two are listed."""
    text = context.shared(prose)
    if "见附" not in text and "写附" not in text and "照附" not in text:
        return
    references = list(_SEE.finditer(text))
    if not references:
        return
    document = context.document
    named = [b for b in document.blocks if b.kind == "attachment"]
    if not named and not _HAS.search(text) and not any(p.attached for p in document.parts):
        for m in references:
            yield Hit(
                m.start("what"), m.end("what"), f"文中说见“{m['what']}”，全文却没有附件，请补上附件说明或改掉这句话"
            )
        return
    numbers = {int(n) for b in named for n in _LISTED.findall(text[b.start : b.end])}
    numbers |= {b.marker.value for b in named if b.marker is not None}
    numbers |= {int(m[1]) for m in re.finditer(r"(?:^|\n)[ \t\u3000]*附件 ?([0-9]{1,2})", text)}
    if len(numbers) >= 2:
        for m in references:
            n = parse_int(m["n"]) if m["n"] else None
            if n is not None and m["what"].startswith("附件") and n > max(numbers):
                yield Hit(m.start("what"), m.end("what"), f"附件只列到{max(numbers)}，没有“附件{n}”，请核对")


MISSING_ATTACHMENT = Rule(
    code="CON017",
    name="attachment-not-there",
    title="说见附件，却没有附件",
    severity="warning",
    why="正文让人去看附件，文后却没有，收文单位办不了；多半是抄来时把附件丢了。",
    basis=(Basis("GB/T 9704—2012《党政机关公文格式》", "7.3.4", "附件说明写在正文之后"),),
    check=missing_attachment,
    examples=(
        Bad("各单位：\n请按要求报名，具体安排见【附件】。\n县文明办\n2024年3月5日"),
        Bad("各单位：\n请按要求报名，名额分配见【附件3】。\n附件：1.报名表\n2.推荐表\n县文明办\n2024年3月5日"),
        Good("各单位：\n请按要求报名，具体安排见附件。\n附件：活动安排表\n县文明办\n2024年3月5日", "有附件"),
        Good("各单位：\n请见附近的通知栏，按上级附件办理。", "不是本文的附件"),
    ),
)


# --- title and content ----------------------------------------------------------------------------------------------

_DONE = late(r"成效|成绩|成果|工作回顾|完成情况|开展情况|工作情况|主要做法|经验体会")
_FAULTS = late(r"存在.{0,6}(?:问题|不足|差距|困难)|问题(?:和|与|及)不足|不足之处")
_TO_DO = late(
    r"目标|任务|指导思想|总体要求|总体思路|工作思路|步骤|安排|措施|要求|组织领导|组织机构|分工|原则|活动内容|活动时间|活动主题|计划|打算|重点|下一步|下步|今后|明年"
)
_PLAN_HEADS = late(
    r"指导思想|总体要求|工作目标|目标任务|主要任务|重点任务|实施步骤|方法步骤|工作步骤|保障措施|组织领导|工作要求|时间安排"
)
_DONE_WORDS = late(r"了|已|完成|取得|荣获|获得|达到|共[0-9一二三四五六七八九十]|去年|累计|先后|以来")
_PLAN_TITLE = late(r"方案[”》）\n ]*$|计划[”》）\n ]*$|要点[”》）\n ]*$")
_REVIEW_TITLE = late(r"总结[”》）\n ]*$|汇报[”》）\n ]*$|自查报告[”》）\n ]*$|情况报告[”》）\n ]*$")


def title_and_content(context: Context) -> Iterator[Hit]:
    """A 方案 that reports what was achieved; a 总结 that only says what is to be done."""
    document, text = context.document, context.shared(prose)
    for part in document.parts:
        title = part.title
        if not title:
            continue
        blocks = document.blocks[part.first : part.last]
        heads = [text[b.start : b.end] for b in blocks if b.kind == "heading" and (b.level or 1) <= 2]
        if len(heads) < 2:
            continue
        place = next(((b.start, b.end) for b in blocks if b.kind == "title" and not b.masthead), None)
        if place is None:
            continue
        tail = title.strip()
        if _PLAN_TITLE.search(tail) and "总结" not in tail:
            done = [h for h in heads if _DONE.search(h)]
            faults = [h for h in heads if _FAULTS.search(h)]
            if done and faults and not any(_TO_DO.search(h) for h in heads if h not in faults and h not in done):
                yield _mismatch(text, place, tail[-2:], "讲的是成效和存在的问题，像是总结")
        elif _REVIEW_TITLE.search(tail) and "计划" not in tail and "打算" not in tail:
            ahead = [h for h in heads if _PLAN_HEADS.search(h)]
            if len(ahead) >= 3 and len(ahead) >= 0.6 * len(heads) and _ahead_only(text, part):
                yield _mismatch(text, place, tail[-2:], "讲的都是将要做的事，像是方案")


def _ahead_only(text: str, part: Part) -> bool:
    words = text[part.start : part.end]
    wanted = len(re.findall(r"要|将|确保|力争", words))
    return wanted >= 5 and len(_DONE_WORDS.findall(words)) * 3 <= wanted


def _mismatch(text: str, place: tuple[int, int], kind: str, what: str) -> Hit:
    at = text.rfind(kind, *place)
    start, end = (at, at + len(kind)) if at >= 0 else place
    return Hit(start, end, f"标题是“{kind}”，正文{what}，题文不符，请核对")


TITLE_AND_CONTENT = Rule(
    code="CON018",
    name="title-against-content",
    title="标题的文种与内容不符",
    severity="error",
    why="标题写方案，正文却在总结，或者反过来，收文的人无法使用，评审时按文不对题处理。",
    basis=(_PRACTICE,),
    check=title_and_content,
    examples=(
        Bad(
            "清禾县教育局文明单位创建实施【方案】\n一年来，全局上下齐心协力。\n一、取得的成效\n建成了文明单位，群众满意率提高。\n二、存在的问题\n队伍建设还有差距。"
        ),
        Bad(
            "清禾县教育局文明单位创建工作【总结】\n为做好工作，特作如下安排。\n一、指导思想\n要以创建为抓手。\n二、工作目标\n要创成文明单位，力争满意。\n三、主要任务\n要抓学习，要抓服务，将逐月检查。\n四、保障措施\n要加强领导，确保落实。"
        ),
        Good(
            "清禾县教育局文明单位创建实施方案\n为做好工作，制定本方案。\n一、存在的问题\n队伍建设还有差距。\n二、主要任务\n抓学习。\n三、保障措施\n加强领导。",
            "先讲问题再讲任务，仍是方案",
        ),
        Good(
            "清禾县教育局文明单位创建工作总结\n一年来，全局上下齐心协力。\n一、取得的成效\n建成了文明单位。\n二、存在的问题\n队伍建设还有差距。",
            "总结",
        ),
    ),
)

RULES = (
    DEPARTMENT_NAMES, GROUP_GAPS, ABBREVIATION_TWICE, ABBREVIATION_UNUSED, MISSING_ATTACHMENT, TITLE_AND_CONTENT,
)  # fmt: skip
