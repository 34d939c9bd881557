"""STY002 and STY008: sections and sentences that say nothing that can be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from docnlp.document.model import Document
from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule
from docnlp.rules.sty_common import DATE, FIGURE, GENRES, levels, opening, sentences, size, words
from docnlp.text.folding import is_han
from docnlp.text.late import late
from docnlp.text.spans import SpanSet
from docnlp.text.terms import TermMatcher

#: Sections whose emptiness is judged; guiding thoughts and openings live on set phrases.
JUDGED = ("objectives", "tasks", "schedule", "organization", "safeguards", "problems", "next_steps")

# A section is judged from this size on, and reported from so many set phrases on.
LEAST_CHARACTERS = 100
LEAST_PHRASES = 3
# How many of them a message names.
_NAMED_PHRASES = 3

_BODY = late(
    r"牵头|[为任](?:副?组长|主任|总指挥)|负责(?!任|的态度|精神)|责任(?:单位|部门|科室|股室|处室|人)[::是为]?|分管(?:领导|负责人|副)|(?:具体|主要)由|承办|(?:组长|副组长|主任|成员)[::]"
    r"|由[^\W\d_]{2,12}?(?:组织|实施|落实|办理|承担|汇总|收集|检查|抽查|登记|保管|统计|公布|通报|审核|带队|主讲|担任)"
)
_UNIT = late(
    r"办公室|科(?![学技普级研目])|股(?!份)|工会|团委|妇联|支部|中队|敬老院|福利院|小学|中学|幼儿园|营业厅|服务站|实践站|社区|街道|小区|广场|公园|[镇乡村]"
)
# A village or a street is named behind a word that leads to one; elsewhere it is mostly the object of a verb.
_PLACES = frozenset(("社区", "街道", "小区", "广场", "公园", "镇", "乡", "村"))
_LEADS = frozenset("在到和与由、")
# What stands in front of a unit's noun and makes no name of it.
_NO_NAMES = frozenset(("有关", "相关", "所有", "各级", "广大", "基层", "城乡", "农村", "业务", "机关", "全体", "文明"))
_NO_NAME_CHARS = frozenset("各个的本该在和与对向多等")
_NAMED = late(r"《[^《》\n]{2,40}》|“[^“”\n]{2,16}”(?:主题|系列|志愿)?(?:活动|行动|讲堂|比赛|竞赛|评选|演讲|培训|讲座|服务队)")


@dataclass
class Substance:
    """What one section of one part says, counted.

    Attributes:
        part: Index of the part.
        section: The section.
        block: Index of the body block with the most set phrases.
        characters: Its size without blanks, headings and what is no prose.
        figures, dates, bodies, names: Places with an amount, a time, someone responsible, something named.
        phrases: Set phrases as found.
    """

    part: int
    section: str
    block: int = -1
    characters: int = 0
    figures: int = 0
    dates: int = 0
    bodies: int = 0
    names: int = 0
    phrases: list[str] = field(default_factory=list)

    @property
    def concrete(self) -> int:
        """How many places can be checked."""
        return self.figures + self.dates + self.bodies + self.names

    @property
    def emptiness(self) -> float:
        """Set phrases less checkable places, in a thousand characters."""
        return 1000 * (len(self.phrases) - self.concrete) / self.characters


@cache
def _phrases() -> TermMatcher[None]:
    return TermMatcher(dict.fromkeys(words()["set_phrases"]))


def substance(document: Document, labels: Iterable[str], protected: SpanSet) -> list[Substance]:
    """The judged sections of a document with what was counted in them, in order.

    Args:
        document: The document.
        labels: The section of each block.
        protected: Places that are no prose.
    """
    found: dict[tuple[int, str], Substance] = {}
    most: dict[int, int] = {}
    prose = _prose(document.folded, protected)
    for i, (block, label) in enumerate(zip(document.blocks, labels, strict=True)):
        if label not in JUDGED or block.kind not in ("body", "heading"):
            continue
        section = found.setdefault((block.part, label), Substance(block.part, label))
        text = prose[block.marker.end if block.marker else block.start : block.end]
        if block.kind == "body":
            phrases = [text[hit.start : hit.end] for hit in _phrases().find(text)]
            if section.block < 0 or len(phrases) > most[section.block]:
                section.block = i
                most[i] = len(phrases)
            section.characters += size(text)
            section.phrases += phrases
        _count(section, text)
    return [section for section in found.values() if section.characters]


def _prose(folded: str, protected: SpanSet) -> str:
    """The text with blanks where it is no prose."""
    out: list[str] = []
    done = 0
    for start, end in protected:
        out += (folded[done:start], " " * (end - start))
        done = end
    return "".join(out) + folded[done:]


def _count(section: Substance, text: str) -> None:
    """Add what `text` holds; a place counts once, as the first kind that fits."""
    text, dates = DATE.subn(" ", text)
    text, figures = FIGURE.subn(" ", text)
    section.dates += dates
    section.figures += figures
    section.bodies += sum(1 for _ in _BODY.finditer(text))
    section.names += sum(1 for _ in _NAMED.finditer(text))
    section.names += sum(1 for m in _UNIT.finditer(text) if _is_name(text, m.start(), m[0]))


def _is_name(text: str, start: int, unit: str) -> bool:
    """Whether the noun `unit` at `start` has a name in front of it."""
    before = text[max(start - 4, 0) : start]
    name = before[-2:]
    if len(name) < 2 or not all(map(is_han, name)) or name in _NO_NAMES or not _NO_NAME_CHARS.isdisjoint(name):
        return False
    return unit not in _PLACES or before[-3:-2] in _LEADS or (before[:1] in _LEADS and is_han(before[1]))


def empty_talk(context: Context) -> Iterator[Hit]:
    """Sections emptier than all but a few of the same section in the corpus."""
    labels = [label.section for label in context.analysis.sections]
    genres = context.analysis.genres
    limits: Mapping[str, float] = levels()["emptiness"]
    for section in substance(context.document, labels, context.protected):
        if (
            section.characters >= LEAST_CHARACTERS
            and len(section.phrases) >= LEAST_PHRASES
            and genres[section.part].genre in GENRES
            and section.emptiness > limits[section.section]
            and len(section.phrases) >= section.concrete
        ):
            block = context.document.blocks[section.block]
            start, end = opening(context, block.marker.end if block.marker else block.start, block.end)
            yield Hit(start, end, _message(section))


def _message(section: Substance) -> str:
    counted = f"数字{section.figures}处、日期{section.dates}处、责任单位{section.bodies}处、具体名称{section.names}处"
    named = "".join(f"“{phrase}”" for phrase in list(dict.fromkeys(section.phrases))[:_NAMED_PHRASES])
    found = f"本节{section.characters}字：{counted}；套话{len(section.phrases)}处，如{named}"
    return f"{found}；建议逐条写明谁负责、做什么、做多少、什么时候完成"


# Sections that say what shall be; an aim is no claim.
_AIMS = ("guiding", "objectives", "principles", "next_steps")
_NO_FIGURE = "说有多好，这一句里却没有数字和时间，看不出好了多少；建议写出前后的数字或一件具体的事，或者删去"
_EMPTY_TONE = "删去意思也不变，读起来像机器写的；建议直接写做了什么"


@cache
def _vague() -> TermMatcher[str]:
    listed = words()
    return TermMatcher({**dict.fromkeys(listed["intensifiers"], _NO_FIGURE), **dict.fromkeys(listed["tone"], _EMPTY_TONE)})


def vague_intensifier(context: Context) -> Iterator[Hit]:
    """Words of degree and empty connections in sentences without figure and date."""
    folded, protected = context.folded, context.protected
    labels = context.analysis.sections
    for sentence in context.shared(sentences):
        text = folded[sentence.start : sentence.end]
        found = list(_vague().find(text))
        if not found or FIGURE.search(text) or DATE.search(text):
            continue
        aim = labels[sentence.block].section in _AIMS
        for hit in found:
            start, end = sentence.start + hit.start, sentence.start + hit.end
            if not (aim and hit.value is _NO_FIGURE) and not protected.touches(start, end):
                yield Hit(start, end, f"“{context.text[start:end]}”{hit.value}")


# --- declarations ---------------------------------------------------------------------------------------------------

_HEAD = (
    "清溪县林业局2024年文明单位创建工作方案\n为做好今年的创建工作，结合我局实际，制定本方案。\n"
    "一、指导思想\n以习近平新时代中国特色社会主义思想为指导，以培育和践行社会主义核心价值观为根本，围绕林业中心工作抓创建。{0}\n"
)
_EMPTY = (
    "高度重视创建工作，统一思想，提高认识，把创建摆上重要位置。认真组织各项活动，突出重点，扎实推进，狠抓落实，务求实效。"
    "充分调动广大干部职工的积极性和主动性，形成齐抓共管的良好局面，推动创建工作再上新台阶。大力弘扬新风正气，营造浓厚氛围，使创建工作蔚然成风。\n"
)
_FULL = (
    "高度重视窗口建设，办公室3月底前添置2台自助机。扎实推进义务植树，造林股牵头，全年组织4次，每次不少于60人。"
    "狠抓落实护林巡查，林政股每周检查1次，记录交办公室存档；10月由工会组织一次护林员技能比赛，评出6名标兵。\n"
)
_TAIL = "三、保障措施\n安排创建经费5万元，局长任组长的领导小组每季度听一次汇报。\n清溪县林业局\n2024年3月8日\n"
_REPORT = "清溪县林业局2023年精神文明建设工作总结\n2023年，我局围绕造林护林抓精神文明建设，现将有关情况总结如下。\n一、主要做法\n"
_REPORT_TAIL = "二、存在的问题\n林场离县城远，活动次数偏少。\n三、下一步打算\n{next}\n清溪县林业局\n2023年12月20日\n"
_NEXT = "2024年把活动办到3个林场去，每季度1次。"

RULES: tuple[Rule, ...] = (
    Rule(
        code="STY002",
        name="empty-talk",
        title="一节里套话多，数字、日期、责任单位少",
        severity="info",
        why="一节读下来看不出谁负责、做什么、做多少、什么时候完成，布置下去没法落实，测评时也没有依据。"
        "规则在每一节里数两样东西：能核对的内容（带单位的数字、日期、责任单位和人、文件和活动的名称），和放在哪份材料里都通的套话；"
        "按每千字算，套话减去能核对的内容，比语料里百分之九十七的同类部分还空、套话又不少于能核对的内容的才报。"
        f"不满{LEAST_CHARACTERS}字、套话不到{LEAST_PHRASES}处的不报；引言、指导思想、基本原则和结语不查，倡议书、讲话也不查。",
        basis=(
            Basis("docnlp 自带语料的空泛程度", note="每个部分取百分之九十七的文稿不超过的程度作界限"),
            Basis("公文写作通行要求", note="措施写明责任单位、具体做法、数量和时限"),
        ),
        check=empty_talk,
        examples=(
            Bad(_HEAD.format("") + "二、主要任务\n【高度重视创建工作】" + _EMPTY.removeprefix("高度重视创建工作") + _TAIL),
            Good(_HEAD.format("") + "二、主要任务\n" + _FULL + _TAIL, "有套话，可是做什么、谁做、做多少、何时做都写了"),
            Good(_HEAD.format("") + "二、主要任务\n" + _EMPTY[:59] + "\n" + _TAIL, "几十个字的一节，说明不了问题"),
            Good(_HEAD.format(_EMPTY.strip()) + "二、主要任务\n" + _FULL + _TAIL, "指导思想里说原则，不要求写数字"),
        ),
        needs_genre=True,
        genres=GENRES,
    ),
    Rule(
        code="STY008",
        name="vague-intensifier",
        title="只说“显著提升”“大幅改善”，没有数字和时间",
        severity="info",
        why="说变好了，却不说好了多少、和什么时候比，读的人无从相信，也没法核实；写上前后的数字，或者举一件具体的事，比任何程度词都有力。"
        "“注入新的活力”“谱写新篇章”一类话放在哪里都行，删掉意思不变，读起来像机器写的。"
        "同一句里有数字或者日期的不报；指导思想、目标、原则和打算里说的是要达到的程度，只报后一类。",
        basis=(Basis("公文写作通行要求", note="成效用数字和事例说明，不用空泛的程度词"),),
        check=vague_intensifier,
        examples=(
            Bad(_REPORT + "窗口建设抓得紧，服务水平【显著提升】，办事群众【一致好评】。造林股全年组织义务植树4次。\n" + _REPORT_TAIL.format(next=_NEXT)),
            Bad(_REPORT + "道德讲堂办到了林场，为护林队伍【注入新的活力】。造林股全年组织义务植树4次。\n" + _REPORT_TAIL.format(next=_NEXT)),
            Good(_REPORT + "窗口服务水平显著提升，办结时间由5天缩短到2天。\n" + _REPORT_TAIL.format(next=_NEXT), "后面有数字"),
            Good(
                _REPORT + "造林股全年组织义务植树4次。\n" + _REPORT_TAIL.format(next="要抓好窗口建设，使服务水平显著提升。"),
                "打算里说的是目标，还没有数字可写",
            ),
        ),
        needs_genre=True,
        genres=GENRES,
    ),
)
