"""SEC: what a document of its kind must have, and in which order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from docnlp.analysis.base import GENRE_NAMES, SECTION_NAMES, GenreLabel
from docnlp.analysis.lexicon import section_lexicon
from docnlp.analysis.presence import Evidence
from docnlp.document.model import Block, Part
from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule, Severity
from docnlp.text.late import late

_PRACTICE = Basis("公文写作通行要求", note="方案要有目标、措施、步骤，总结要有做法、问题和打算")
_ASSESS = Basis("《全国文明单位测评体系》操作手册的材料要求", note="材料要“有计划、有制度和机制、有活动、有保障措施、有特色和成效”，方案要有责任部门、责任人和具体活动安排")
_RULES_ON_DOCS = Basis("《党政机关公文处理工作条例》（中办发〔2012〕14号）", "第九条", "公文由标题、主送机关、正文、发文机关署名、成文日期等组成")

#: Order in which sections stand in a document; used to say where a missing one belongs.
_ORDER = ("preamble", "guiding", "objectives", "principles", "tasks", "schedule", "organization", "safeguards", "problems", "next_steps", "closing")


@cache
def required_table() -> Mapping[str, Mapping[str, Severity]]:
    """The shipped table: subgenre or genre to {section: severity of its absence}."""
    text = (Path(__file__).resolve().parent / "sec_required.toml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[str, Severity]]", tomllib.loads(text))


def required_sections(genre: GenreLabel, own: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Sections that a document of this kind must have, with the severity of their absence.

    Args:
        genre: Genre and subgenre.
        own: The user's tables; a subgenre's goes over its genre's, both go over the shipped one; `off` takes out.
    """
    shipped = required_table()
    table: dict[str, str] = dict(shipped.get(genre.subgenre or "", shipped.get(genre.genre or "", {})))
    for key in (genre.genre, genre.subgenre):
        if key and key in own:
            table.update(own[key])
    return {section: severity for section, severity in table.items() if severity != "off"}


def _covering(context: Context, part: Part, genre: GenreLabel) -> bool:
    """Whether the part only covers what is attached behind it."""
    return genre.subgenre == "印发通知"


def _parts(context: Context) -> Iterator[tuple[Part, GenreLabel, Mapping[str, Evidence]]]:
    for (part, genre), found in zip(context.parts(), context.analysis.presence, strict=True):
        if genre.genre is not None and part.last > part.first:
            yield part, genre, found


def _kind(genre: GenreLabel) -> str:
    return genre.subgenre or GENRE_NAMES[genre.genre or "other"]


def _where(part: Part, context: Context, section: str, found: Mapping[str, Evidence]) -> str:
    """Where a missing section belongs, in words."""
    before = [s for s in _ORDER[: _ORDER.index(section)] if s in found]
    if not before:
        return "，一般放在正文开头"
    other = max(before, key=lambda s: found[s].start)
    return f"，一般放在“{SECTION_NAMES[other]}”（第{context.document.lines.line(found[other].start)}行起）之后"


#: Pairs of characters that nearly every heading has and that say nothing of its section.
_COMMON = frozenset(("加强", "建设", "工作", "活动", "强化", "落实", "主要", "创建", "提高", "开展", "营造", "健全", "完善", "确保", "具体", "有关"))


def _nearest(context: Context, part: Part, section: str) -> str:
    """The heading that comes closest to the wordings of a section, or nothing."""
    wordings = section_lexicon(cast("Mapping[str, tuple[str, ...]]", context.options.get("wordings", {}))).wordings_of(section)
    grams = {w[i : i + 2] for w in wordings for i in range(len(w) - 1)} - _COMMON
    best, best_score = None, 0
    for block in context.document.blocks[part.first : part.last]:
        if block.kind != "heading":
            continue
        words = context.folded[block.marker.end if block.marker else block.start : block.end]
        score = sum(1 for i in range(len(words) - 1) if words[i : i + 2] in grams)
        if score > best_score:
            best, best_score = block, score
    if best is None or best_score < 2:
        return ""
    heading = context.document.slice(best).strip("。：: ")
    return f"；最接近的标题是第{context.document.lines.line(best.start)}行“{heading[:20]}”，内容不是这一部分"


def _wordings(context: Context, section: str) -> str:
    wordings = section_lexicon(cast("Mapping[str, tuple[str, ...]]", context.options.get("wordings", {}))).wordings_of(section)
    return "、".join(wordings[:4])


def missing_section(context: Context) -> Iterator[Hit]:
    """Required sections that neither a heading nor a sentence shows."""
    own = cast("Mapping[str, Mapping[str, str]]", context.options.get("sections", {}))
    several = len(context.document.parts) > 1
    for part, genre, found in _parts(context):
        for section, severity in required_sections(genre, own).items():
            if section in found:
                continue
            whose = f"《{part.title}》" if several and part.title else f"这份{_kind(genre)}"
            message = (
                f"{whose}缺“{SECTION_NAMES[section]}”：找过“{_wordings(context, section)}”等标题和相应的句子，都没有"
                f"{_nearest(context, part, section)}；请补写{_where(part, context, section, found)}"
            )
            yield Hit(None, None, message, section=section, severity=cast("Severity", severity))


# --- elements of activity plans and notices -------------------------------------------------------------------------

_ELEMENTS: dict[str, tuple[tuple[str, str, re.Pattern[str]], ...]] = {
    "活动方案": (
        ("活动主题", "warning", re.compile(r"主题|以[“\"].{2,30}[”\"]为|“[^”]{4,30}”.{0,8}活动")),
        ("活动时间", "warning", re.compile(r"时间|\d{1,2}月|[一二三四五六七八九十]月|日期|每[月周季]|期间|节前|寒假|暑假|上旬|中旬|下旬")),
        ("活动地点", "info", re.compile(r"地点|场所|广场|会议室|礼堂|操场|社区|校园|在.{2,20}(?:举行|举办|开展|进行)|现场|到.{2,12}(?:村|镇|社区|敬老院|学校)|馆|室|站")),
        ("参加对象", "warning", re.compile(r"对象|人员|参加|参与|全体|范围|师生|居民|职工|党员|志愿者|干部|学生|村民|市民|家长|员工")),
    ),
    "notice": (
        ("主送机关", "info", re.compile(r"(?!)")),
        ("联系方式或承办科室", "info", re.compile(r"联系|电话|邮箱|报(?:送|至|到)|咨询|负责|牵头")),
        ("办理时限", "info", re.compile(r"\d{1,2}月|[一二三四五六七八九十]月|时间|时限|期限|截止|立即|即日|按时|及时|前(?:将|报|完成)|期间|之日起")),
    ),
}  # fmt: skip


def missing_element(context: Context) -> Iterator[Hit]:
    """Theme, time, place, participants of an activity plan; addressee, contact and time limit of a notice."""
    for part, genre, _ in _parts(context):
        rows = _ELEMENTS.get(genre.subgenre or "") or _ELEMENTS.get(genre.genre or "")
        if rows is None or _covering(context, part, genre):
            continue
        blocks = context.document.blocks[part.first : part.last]
        text = context.folded[part.start : part.end]
        for name, severity, pattern in rows:
            if name == "主送机关":
                if any(b.kind == "addressee" for b in blocks):
                    continue
            elif pattern.search(text):
                continue
            yield Hit(None, None, f"这份{_kind(genre)}没有写{name}；请补上，让人看得出向谁、何时、何地、由谁办", severity=cast("Severity", severity))


def missing_title(context: Context) -> Iterator[Hit]:
    """A document without a title."""
    for part, _genre, _ in _parts(context):
        if part.title is None and part.last - part.first >= 3:
            start = context.document.blocks[part.first].start
            line = context.document.lines.line(start)
            where = "" if part.start == 0 else f"第{line}行起的"
            yield Hit(None, None, f"{where}正文前没有标题；请按“单位＋年份＋事由＋文种”补上，例如“清溪县城管局2024年文明单位创建工作方案”")


# --- headings and order ---------------------------------------------------------------------------------------------


def empty_section(context: Context) -> Iterator[Hit]:
    """A heading of the first two levels with nothing under it, where its neighbours have text."""
    for part, _genre, _ in _parts(context):
        blocks = context.document.blocks[part.first : part.last]
        headings = [i for i, b in enumerate(blocks) if b.kind == "heading" and (b.level or 9) <= 2]
        if len(headings) < 3:
            continue
        empty = {i for i in headings if _is_empty(blocks, i)}
        for n, i in enumerate(headings):
            if i not in empty:
                continue
            # phrases in a row without text are a list, not a chapter that was forgotten
            beside = [headings[k] for k in (n - 1, n + 1) if 0 <= k < len(headings) and blocks[headings[k]].level == blocks[i].level]
            if any(k in empty for k in beside) or not any(k not in empty for k in headings):
                continue
            block = blocks[i]
            if (not beside and blocks[i].level == 2) or _complete(context, block):
                continue
            yield Hit(block.start, block.end, "这个标题下面没有内容；请补写，或者删去标题")


def _complete(context: Context, block: Block) -> bool:
    """Whether the heading itself says what there is to say: a theme, a time, a place after a colon."""
    words = context.folded[block.start : block.end]
    return ":" in words[:-1] or len(words) > 32


def _is_empty(blocks: Sequence[Block], i: int) -> bool:
    block = blocks[i]
    if block.runin:
        return False
    if i + 1 >= len(blocks):
        return True
    nxt = blocks[i + 1]
    if nxt.kind == "heading":
        return (nxt.level or 9) <= (block.level or 1)
    return nxt.kind in ("signature", "date", "attachment", "title")


_BEFORE = (("safeguards", "tasks"), ("next_steps", "problems"), ("next_steps", "tasks"), ("schedule", "guiding"), ("safeguards", "guiding"))


def section_order(context: Context) -> Iterator[Hit]:
    """Chapters in an order that no reader expects, judged by top-level headings with telling words."""
    labels = context.analysis.sections
    for part, _genre, _ in _parts(context):
        tops: dict[str, tuple[int, Block]] = {}
        level = min((b.level or 9 for b in context.document.blocks[part.first : part.last] if b.kind == "heading"), default=9)
        for i in range(part.first, part.last):
            block = context.document.blocks[i]
            if block.kind == "heading" and block.level == level and labels[i].confidence >= 0.85:
                tops.setdefault(labels[i].section, (i, block))
        for after, early in _BEFORE:
            if after in tops and early in tops and tops[after][0] < tops[early][0]:
                block = tops[after][1]
                yield Hit(block.start, block.end, f"“{SECTION_NAMES[after]}”放在“{SECTION_NAMES[early]}”之前；通常先写{SECTION_NAMES[early]}，请核对顺序")
                break


# --- who and by when ------------------------------------------------------------------------------------------------

_WHO = late(r"牵头|责任(?:单位|部门|科室|人|领导|区)|分管|领导小组|组长|负责|由.{2,20}(?:组织|承办|实施)|各(?:科室|部门|单位|班级|支部|村|社区|股室|处室|车间|班组|乡镇|街道|学校)|办公室|专人")
_WHEN = late(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|前完成|全年|年底|年内|每(?:月|季|周|年|半年|学期|天|日)|季度|上半年|下半年|学期|阶段|常年|长期|[×x]月|近期|即日起|定期|上旬|中旬|下旬|周[一二三四五六日]|节")


def no_responsible_body(context: Context) -> Iterator[Hit]:
    """A plan in which nobody is named who does the work."""
    yield from _absent(context, _WHO, "通篇没有写由谁负责；请在每项任务后写明责任部门和责任人")


def no_time_limit(context: Context) -> Iterator[Hit]:
    """A plan in which no time is named."""
    yield from _absent(context, _WHEN, "通篇没有写时间安排或完成时限；请写明起止时间，或者每项任务的完成时间")


def _absent(context: Context, pattern: re.Pattern[str], message: str) -> Iterator[Hit]:
    for part, genre, _ in _parts(context):
        bodies = [b for b in context.document.blocks[part.first : part.last] if b.kind in ("body", "heading")]
        if genre.genre != "plan" or sum(b.end - b.start for b in bodies) < 200:
            continue
        if not any(pattern.search(context.folded, b.start, b.end) for b in bodies):
            yield Hit(None, None, f"这份{_kind(genre)}{message}")


# --- announced but absent -------------------------------------------------------------------------------------------

_ANNOUNCE = late(r"现(?:将|就)([^。!?\n]{4,80}?)(?:总结|汇报|报告|通知|自查|说明)如下")
_PROMISED = (
    ("problems", re.compile(r"(?:存在|主要)(?:的)?(?:问题|不足|困难)|问题(?:和|与|及)")),
    ("next_steps", re.compile(r"下(?:一)?步|今后|打算|(?:明年|下半年)(?:工作)?(?:计划|安排|思路)")),
    ("schedule", re.compile(r"实施步骤|时间安排")),
    ("safeguards", re.compile(r"保障措施|工作要求")),
)
_TITLE_PROMISE = late(r"总结(?:和|及|暨|与).{0,12}(?:计划|打算|安排|要点|思路)")


def announced_section_absent(context: Context) -> Iterator[Hit]:
    """A section that the title or the opening sentence promises and the text does not bring."""
    own = cast("Mapping[str, Mapping[str, str]]", context.options.get("sections", {}))
    for part, genre, found in _parts(context):
        required = required_sections(genre, own)
        promises: dict[str, tuple[int, int]] = {}
        body = next((b for b in context.document.blocks[part.first : part.last] if b.kind == "body"), None)
        if body and (m := _ANNOUNCE.search(context.folded, body.start, min(body.end, body.start + 2000))):
            for section, pattern in _PROMISED:
                if p := pattern.search(context.folded, m.start(1), m.end(1)):
                    promises[section] = p.span()
        if genre.genre == "summary" and part.title and _TITLE_PROMISE.search(part.title):
            title = next(b for b in context.document.blocks[part.first : part.last] if b.kind == "title")
            promises.setdefault("next_steps", (title.start, title.end))
        for section, (start, end) in promises.items():
            if section not in found and section not in required:
                yield Hit(start, end, f"这里说要写“{SECTION_NAMES[section]}”，正文里却没有；请补写，或者改掉这句话", section=section)


_LEAD_IN = late(r"(?:如下|以下.{0,12}|下列.{0,12})[:。]$")


def dangling_lead_in(context: Context) -> Iterator[Hit]:
    """`…如下：` with nothing behind it."""
    for part, _genre, _ in _parts(context):
        blocks = context.document.blocks[part.first : part.last]
        for i, block in enumerate(blocks):
            if block.kind != "body" or not (m := _LEAD_IN.search(context.folded, max(block.start, block.end - 20), block.end)):
                continue
            nxt = blocks[i + 1] if i + 1 < len(blocks) else None
            if nxt is None or nxt.kind in ("signature", "date"):
                yield Hit(m.start(), m.end(), "说了“如下”，后面却没有内容；请补写，或者删去这半句")


# --- declarations ---------------------------------------------------------------------------------------------------

_PLAN = (
    "清溪县城管局2024年文明单位创建工作方案\n"
    "为进一步提高创建水平，根据县文明办的部署，结合我局实际，制定本方案。\n"
    "一、指导思想\n以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，围绕城市管理中心工作推进文明创建。\n"
    "二、工作目标\n到2024年年底，文明执法满意率达到95%以上，建成市级文明单位。\n"
    "三、主要任务\n（一）规范执法。各中队每月开展一次礼仪培训，由法规股负责。\n（二）优化服务。办公室牵头设置便民服务点6处，9月底前完成。\n"
)
_ORG = "四、组织领导\n成立创建工作领导小组，局长任组长，办公室负责日常工作。\n"
_GUARD = "五、保障措施\n安排创建经费8万元，每季度督查一次，结果纳入年度考核。\n"
_SUMMARY = (
    "云台街道2023年精神文明建设工作总结\n"
    "2023年，街道在区委的领导下扎实推进精神文明建设，取得了较好成绩。现将工作情况总结如下：\n"
    "一、主要做法\n举办了道德讲堂12期，开展了志愿服务活动86场，完成了4个小区的环境整治。\n"
)
_PROBLEMS = "二、存在问题\n活动形式还比较单一，部分社区的志愿者人数不足。\n"
_NEXT = "三、下一步打算\n明年将增设3个实践点，继续开展邻里节活动。\n"
_TAIL = "清溪县城管局\n2024年3月6日\n"

RULES: tuple[Rule, ...] = (
    Rule(
        code="SEC001",
        name="missing-section",
        title="缺必备部分",
        severity="warning",
        why="每种公文都有不可少的部分：方案没有目标和保障，上级不知道做到什么程度、靠什么做到；总结不写问题和打算，会被当成报喜不报忧退回。"
        "有没有这一部分看内容，不只看标题：没有单设标题但写了这些话的，不算缺。",
        basis=(_PRACTICE, _ASSESS),
        check=missing_section,
        examples=(
            Bad(_PLAN + _ORG + _TAIL, section="safeguards", severity="warning"),
            Bad(_PLAN.replace("二、工作目标\n到2024年年底，文明执法满意率达到95%以上，建成市级文明单位。\n", "") + _ORG + _GUARD + _TAIL, section="objectives"),
            Bad(_SUMMARY + _NEXT, section="problems"),
            Bad(_SUMMARY + _PROBLEMS, section="next_steps"),
            Good(_PLAN + _ORG + _GUARD + _TAIL, "五个部分都在"),
            Good(_PLAN + "四、工作要求\n各股室要高度重视，局长任组长的领导小组负总责；要落实经费，加强督导检查，结果纳入考核。\n" + _TAIL, "组织领导和保障措施写在“工作要求”里"),
            Good(_SUMMARY + "一年来工作中还存在活动形式单一的不足。下一步，我们将增设3个实践点。\n", "问题和打算没有标题，但写了"),
            Good("春眠不觉晓\n处处闻啼鸟\n夜来风雨声\n花落知多少\n", "不是公文，不查结构"),
        ),
        needs_genre=True,
        options=("sections", "wordings"),
    ),
    Rule(
        code="SEC002",
        name="missing-element",
        title="活动方案、通知缺要素",
        severity="warning",
        why="活动方案要写清主题、时间、地点和参加的人，通知要写清主送、时限和联系的人。缺了这些，看的人不知道怎么办。",
        basis=(_PRACTICE, _RULES_ON_DOCS),
        check=missing_element,
        examples=(
            Bad(
                "清溪小学读书活动方案\n为营造读书氛围，制定本方案。\n一、活动内容\n各班级开展读书分享，评选读书之星，把读书笔记张贴出来给大家看。\n"
                "二、活动要求\n各班要高度重视，做好宣传，教导处随机检查。\n",
                absent=4,
            ),
            Good(
                "清溪小学“书香润童年”读书活动方案\n为营造读书氛围，制定本方案。\n一、活动主题\n书香润童年\n二、活动时间\n2024年4月1日至4月30日\n三、活动地点\n学校图书馆\n四、参加人员\n全体师生\n"
                "五、活动内容\n各班每周开展一次读书分享。\n六、活动要求\n各班要高度重视，教导处每周检查一次。\n",
                "四个要素都有",
            ),
        ),
        needs_genre=True,
    ),
    Rule(
        code="SEC003",
        name="empty-section",
        title="标题下没有内容",
        severity="warning",
        why="只留标题没有内容，多半是删改或者套用时漏了一段。",
        basis=(_PRACTICE,),
        check=empty_section,
        examples=(
            Bad(_PLAN.replace("三、主要任务\n", "【三、时间安排】\n四、主要任务\n") + _ORG.replace("四", "五") + _GUARD.replace("五", "六")),
            Good(_PLAN + _ORG + _GUARD, "每个标题下都有内容"),
            Good(_PLAN + "四、组织领导\n（一）局长负总责\n（二）副局长具体抓\n（三）各股室抓落实\n" + _GUARD, "一组短句是列举，不是空标题"),
        ),
        needs_genre=True,
    ),
    Rule(
        code="SEC004",
        name="section-order",
        title="部分的先后顺序反常",
        severity="info",
        why="先写保障后写任务、先写打算后写问题，读的人会糊涂，也常是几份材料拼接的痕迹。",
        basis=(_PRACTICE,),
        check=section_order,
        examples=(
            Bad(_SUMMARY.replace("一、主要做法", "【一、下一步打算】\n明年将增设3个实践点。\n二、主要做法") + _PROBLEMS.replace("二", "三")),
            Good(_SUMMARY + _PROBLEMS + _NEXT, "先做法，后问题，再打算"),
        ),
        needs_genre=True,
    ),
    Rule(
        code="SEC005",
        name="missing-title",
        title="缺标题",
        severity="warning",
        why="标题写明单位、年份、事由和文种，是公文必备的要素。没有标题的多半是从网页上只复制了正文。",
        basis=(_RULES_ON_DOCS,),
        check=missing_title,
        examples=(
            Bad(_PLAN.split("\n", 1)[1] + _ORG + _GUARD, absent=1),
            Good(_PLAN + _ORG + _GUARD, "有标题"),
        ),
        needs_genre=True,
    ),
    Rule(
        code="SEC006",
        name="no-responsible-body",
        title="方案没有责任主体",
        severity="warning",
        why="方案不写由谁负责，任务就落不了地，测评时也拿不出“明确责任部门和责任人”的依据。",
        basis=(_ASSESS,),
        check=no_responsible_body,
        examples=(
            Bad(
                "创建文明村工作方案\n为提高村民素质，制定本方案。\n一、指导思想\n以习近平新时代中国特色社会主义思想为指导，持续改善村容村貌，提高村民文明素质。\n二、工作目标\n到2024年底建成市级文明村，村民满意率达到90%以上。\n"
                "三、主要任务\n3月整治村内环境，清理河道两岸的垃圾和杂物，让家家门前干净整洁。6月评选好婆婆、好媳妇，办一台乡村晚会，把家风故事讲给大家听。9月修好文化广场，添置健身器材，让大家有地方跳舞打球、看书看报。\n"
                "四、保障\n安排经费3万元，加强宣传，营造人人参与的氛围。\n",
                absent=1,
            ),
            Good(_PLAN + _ORG + _GUARD, "任务后写了负责的股室"),
        ),
        needs_genre=True,
    ),
    Rule(
        code="SEC007",
        name="no-time-limit",
        title="方案没有时间安排",
        severity="warning",
        why="没有起止时间和完成时限的方案没法检查，也常是从别处抄来、把日期删掉了的。",
        basis=(_ASSESS, _PRACTICE),
        check=no_time_limit,
        examples=(
            Bad(
                "创建文明单位工作方案\n为提高职工素质，制定本方案。\n一、指导思想\n以习近平新时代中国特色社会主义思想为指导，围绕中心工作，不断提高职工文明素质和窗口服务水平，树立良好形象。\n二、工作目标\n建成市级文明单位，服务对象满意率达到90%以上。\n"
                "三、主要任务\n由办公室负责开展礼仪培训，规范接待用语；由人事股负责开展道德讲堂，请身边的先进人物讲自己的故事；由工会负责组织文体活动，丰富职工业余生活；由团委负责组建志愿服务队，走进社区帮助孤寡老人。\n"
                "四、保障措施\n局长任组长，落实经费，严格考核。\n",
                absent=1,
            ),
            Good(_PLAN + _ORG + _GUARD, "有完成时间"),
        ),
        needs_genre=True,
    ),
    Rule(
        code="SEC008",
        name="announced-section-absent",
        title="说了要写的部分没有写",
        severity="warning",
        why="标题或开头说了要讲什么，后面就要讲到。缺了的那部分往往是删改时漏下的。",
        basis=(_PRACTICE,),
        check=announced_section_absent,
        examples=(
            Bad(_PLAN.replace("为进一步提高创建水平，根据县文明办的部署，结合我局实际，制定本方案。", "现将创建任务和【实施步骤】通知如下，请认真落实。") + _ORG + _GUARD, section="schedule"),
            Good(_SUMMARY + _PROBLEMS + _NEXT, "没有多说"),
        ),
        needs_genre=True,
        options=("sections",),
    ),
    Rule(
        code="SEC009",
        name="dangling-lead-in",
        title="“如下”后面没有内容",
        severity="warning",
        why="“现将情况报告如下”之后空着，说明正文没有贴全。",
        basis=(_PRACTICE,),
        check=dangling_lead_in,
        examples=(
            Bad("关于开展文明礼仪活动的通知\n各科室：\n为提高服务水平，现将有关事项通知【如下：】\n办公室\n2024年3月6日\n"),
            Good("关于开展文明礼仪活动的通知\n各科室：\n现将有关事项通知如下：\n一、活动时间\n3月1日至3月31日，各科室参加，由办公室负责。\n办公室\n2024年3月6日\n", "后面有内容"),
        ),
        needs_genre=True,
    ),
)
