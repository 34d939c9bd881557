"""STY: style. Here how many slogans a section holds; the other rules stand in the modules `sty_…` beside this one."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any, Protocol

from docnlp.analysis.base import SECTION_NAMES
from docnlp.rules import sty_empty, sty_sentences, sty_shape
from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule
from docnlp.rules.sty_common import GENRES as GENRES
from docnlp.text.spans import SpanSet

#: Sections that are too rare for a range of their own, and the one they are counted with.
COUNTED_WITH: Mapping[str, str] = {"principles": "guiding", "closing": "next_steps"}

# A section is judged from this size on, and reported from this many slogans on: in a short one a few say nothing.
_LEAST_CHARACTERS = 200
_LEAST_SLOGANS = 6
# How far above the range a density must lie; a 95th percentile of some fifty sections is known to about a fifth.
_MARGIN = 1.25

_RANGES = Path(__file__).resolve().parent / "sty.toml"
_FIRST_WORDS = re.compile(r"[^\s,。;:!?]{1,12}")


class BlockLike(Protocol):
    """What is asked of a block, found or annotated."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def level(self) -> int | None: ...
    @property
    def part(self) -> int: ...


class SpanLike(Protocol):
    """What is asked of a slogan."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass
class Density:
    """How many slogans one section of one part holds.

    Attributes:
        part: Index of the part.
        section: The section, or the one it is counted with.
        members: The sections as labelled, in order of appearance.
        blocks: Indices of its blocks.
        characters: Its size, without addresses and blanks to fill in.
        slogans: How many slogans begin in it.
        covered: How many of its characters lie in slogans.
    """

    part: int
    section: str
    members: list[str]
    blocks: list[int]
    characters: int = 0
    slogans: int = 0
    covered: int = 0

    @property
    def rate(self) -> float:
        """Slogans in a thousand characters."""
        return 1000 * self.slogans / self.characters

    @property
    def share(self) -> float:
        """Part of the characters that lie in slogans, 0 to 1."""
        return self.covered / self.characters


def sections(blocks: Sequence[BlockLike], labels: Iterable[str], protected: SpanSet) -> list[Density]:
    """The sections of a document with their sizes, before their slogans are counted; the frame is left out.

    Args:
        blocks: Blocks in order.
        labels: The section of each block.
        protected: Places that are no prose.
    """
    found: dict[tuple[int, str], Density] = {}
    hidden = _hidden(blocks, protected)
    for i, (block, label) in enumerate(zip(blocks, labels, strict=True)):
        if label == "frame":
            continue
        key = (block.part, COUNTED_WITH.get(label, label))
        density = found.setdefault(key, Density(*key, [], []))
        if label not in density.members:
            density.members.append(label)
        density.blocks.append(i)
        density.characters += block.end - block.start - hidden[i]
    return [density for density in found.values() if density.characters]


def _hidden(blocks: Sequence[BlockLike], protected: SpanSet) -> list[int]:
    """How many characters of each block are no prose."""
    out = [0] * len(blocks)
    starts = [block.start for block in blocks]
    for start, end in protected:
        for i in range(max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end)):
            out[i] += max(min(end, blocks[i].end) - max(start, blocks[i].start), 0)
    return out


def count(
    densities: Iterable[Density], blocks: Sequence[BlockLike], slogans: Iterable[SpanLike], protected: SpanSet
) -> None:
    """Count the slogans into the sections they begin in.

    Args:
        densities: What `sections` gave for `blocks`.
        blocks: Blocks in order.
        slogans: Slogans that do not overlap.
        protected: Places that are no prose; slogans there do not count.
    """
    starts = [block.start for block in blocks]
    owner = {i: density for density in densities for i in density.blocks}
    for slogan in slogans:
        density = owner.get(bisect_right(starts, slogan.start) - 1)
        if density is not None and not protected.touches(slogan.start, slogan.end):
            density.slogans += 1
            density.covered += slogan.end - slogan.start


@cache
def ranges() -> Mapping[str, Mapping[str, Any]]:
    """The shipped table: section to the ranges of `rate` and `share` in the corpus, lower and upper bound."""
    return tomllib.loads(_RANGES.read_text(encoding="utf-8"))


def slogan_density(context: Context) -> Iterator[Hit]:
    """Sections with far more slogans than the same section has in the corpus."""
    document, genres = context.document, context.analysis.genres
    labels = [label.section for label in context.analysis.sections]
    long = [
        density
        for density in sections(document.blocks, labels, context.protected)
        if density.characters >= _LEAST_CHARACTERS and genres[density.part].genre in GENRES
    ]
    if not long:
        return
    count(long, document.blocks, context.analysis.slogans, context.protected)
    for density in long:
        usual = ranges()[density.section]
        rate, share = usual["rate"][1], usual["share"][1]
        if density.slogans >= _LEAST_SLOGANS and density.rate > rate * _MARGIN and density.share > share:
            start, end = _place(context, density)
            yield Hit(start, end, _message(density, rate))


def _place(context: Context, density: Density) -> tuple[int, int]:
    """The first words of the section's highest heading, or of its first block where it has none."""
    blocks = [context.document.blocks[i] for i in density.blocks]
    block = min(blocks, key=lambda b: b.level or 9)
    words = _FIRST_WORDS.search(context.folded, block.marker.end if block.marker else block.start, block.end)
    return (block.start, words.end()) if words else (block.start, block.end)


_ADVICE = "建议用具体的做法、数字、责任人代替一部分口号"
_ADVICE_AT_THE_HEAD = "建议只留和本单位工作有关的，其余换成本单位的实际情况和要求"


def _message(density: Density, rate: float) -> str:
    names = "、".join(f"“{SECTION_NAMES[member]}”" for member in density.members)
    advice = _ADVICE_AT_THE_HEAD if density.section in ("preamble", "guiding") else _ADVICE
    found = f"{names}这一部分有{density.slogans}条口号，每千字合{density.rate:.0f}条"
    return f"{found}，语料里同类部分九成五在{ceil(rate)}条以下；{advice}"


# --- declaration ----------------------------------------------------------------------------------------------------

_HEAD = (
    "清溪县水务局2024年文明单位创建工作方案\n为提高创建水平，结合我局实际，制定本方案。\n"
    "一、指导思想\n围绕水务中心工作，把创建做到窗口、站所和工地。\n"
)
_FEW_SLOGANS = "深入开展“我们的节日”“道德讲堂”“文明餐桌”“书香机关”活动，做到人人讲文明、人人讲礼仪、人人讲卫生。"
_SLOGANS = (
    _FEW_SLOGANS + "弘扬社会主义核心价值观，共筑中国梦，坚持抓学习、强素质，抓作风、树形象，抓服务、促和谐。"
    "叫响“窗口就是形象、岗位就是责任”，推进“四进”“三比”“五亮”行动，做到心往一处想、劲往一处使。"
    "践行“四个意识”“四个自信”，争做文明人、争创文明岗、争当文明户，形成领导带头、党员示范、群众参与的局面，营造齐抓共管、上下联动、人人参与的氛围。\n"
)
_WORK = (
    "3月起，办公室每月第二周办一次“道德讲堂”，请站所的同志讲自己的事，全年不少于9次。收费大厅添两张无障碍柜台，6月底前完成，由营业股长负责。"
    "4个抢修班组对外公布电话，接报后40分钟内到场，工会按季度抽查并把结果贴在大厅里。"
    "水质监测站每季度到两个社区讲一次节水，带上检测瓶，现场测给居民看。青年志愿者28人分成4队，每队包一段河道，每月捡拾一次垃圾，留下照片和签到表。\n"
)
_TAIL = "三、保障措施\n安排创建经费6万元，局长任组长的领导小组每季度听一次汇报。\n清溪县水务局\n2024年3月6日\n"
_APPEAL = "文明出行倡议书\n广大市民朋友们：\n"

_SLOGAN_DENSITY = Rule(
    code="STY001",
    name="slogan-density",
    title="一个部分里口号太密，远多于语料里的同类部分",
    severity="info",
    why="口号一句接一句，看不出谁来做、做什么、做到什么程度，上级会当作空话退回，测评时也拿不出依据。"
    "口号的多少和同类公文的同一部分比：指导思想里提法多是常事，任务、问题、打算里多了才显眼。"
    f"不满{_LEAST_CHARACTERS}字的部分、不到{_LEAST_SLOGANS}条口号的部分不比；口号少从来不算毛病；倡议书和讲话靠口号动员，也不查。"
    "找口号比别的检查费时，所以默认不启用。",
    basis=(
        Basis("docnlp 自带语料的口号密度", note="每个部分取九成五的文稿达不到的密度作上限，超出上限四分之一以上、口号占的字数也超出上限才报"),
        Basis("公文写作通行要求", note="措施要具体，写明做法、数字、时限和责任人"),
    ),
    check=slogan_density,
    examples=(
        Bad(_HEAD + "【二、主要任务】\n" + _SLOGANS + _TAIL),
        Good(_HEAD + "二、主要任务\n" + _WORK + _TAIL, "写的是具体的事"),
        Good(_HEAD + "二、主要任务\n" + _FEW_SLOGANS + "\n" + _WORK + _TAIL, "有几条口号，后面跟着具体做法，平均下来不密"),
        Good(_APPEAL + _SLOGANS + "让我们从今天做起！\n", "倡议书靠口号动员"),
    ),
    needs_genre=True,
    genres=GENRES,
    enabled=False,
)

RULES: tuple[Rule, ...] = tuple(
    sorted((_SLOGAN_DENSITY, *sty_empty.RULES, *sty_sentences.RULES, *sty_shape.RULES), key=lambda rule: rule.code)
)
