"""STY003, STY004 and STY005: sentences that come twice, run too long, or all say 要."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from docnlp.analysis.base import SECTION_NAMES
from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule, Severity
from docnlp.rules.sty_common import GENRES, Sentence, levels, opening, sentences
from docnlp.text.late import late

# --- STY003 ---------------------------------------------------------------------------------------------------------

#: Words of a run that is reported; shorter ones recur by chance.
REPEATED = 14
#: Words of a run that nobody writes twice on purpose; appeals and speeches may.
CERTAIN = 25

_RESPONSIBLE = r"责任(?:单位|部门|科室|人)|负责人|联系(?:人|电话)"
# Who is responsible goes with the word that says so.
_CLAUSE = late(rf"(?:[^,。;:!?\n]{{0,8}}(?:{_RESPONSIBLE})[^,。;:!?\n]{{0,4}}:)?[^,。;:!?\n]+")
_NO_WORD = late(r"[\W_]+")
# Clauses that rightly come again: the guiding formula, documents and meetings cited, who is responsible, lists. They
# do not count, neither for a run nor against it.
_FORMULA = late(
    r"习近平|邓小平|三个代表|科学发展观|核心价值|中国特色社会主义|荣辱观|两个确立|四个意识|四个自信|两个维护|党的十|党的二十|全会精神|决策部署|为指导|《"
    rf"|{_RESPONSIBLE}"
)
_LIST = 3  # a clause with so many 、 is one


class _Clause(NamedTuple):
    start: int
    end: int
    block: int
    words: str
    weight: int


def repeated_sentence(context: Context) -> Iterator[Hit]:
    """Runs of whole clauses that stand in the same part before, compared without marks and blanks."""
    blocks, genres = context.document.blocks, context.analysis.genres
    by_part: dict[int, list[_Clause]] = defaultdict(list)
    for sentence in context.shared(sentences):
        if not context.protected.touches(sentence.start, sentence.end):
            by_part[blocks[sentence.block].part].extend(_clauses(context, sentence))
    for part, clauses in by_part.items():
        yield from _repeats(context, clauses, grave=genres[part].genre in GENRES)


def _clauses(context: Context, sentence: Sentence) -> Iterator[_Clause]:
    for m in _CLAUSE.finditer(context.folded, sentence.start, sentence.end):
        words = _NO_WORD.sub("", m[0])
        if words:
            exempt = m[0].count("、") >= _LIST or _FORMULA.search(m[0])
            weight = 0 if exempt else len(words)
            lead = len(m[0]) - len(m[0].lstrip())
            yield _Clause(m.start() + lead, m.start() + len(m[0].rstrip()), sentence.block, words, weight)


def _repeats(context: Context, clauses: Sequence[_Clause], *, grave: bool) -> Iterator[Hit]:
    """Two runs of the same words have the same shortest beginning that is long enough: that is what is looked up."""
    first: dict[str, int] = {}
    at = 0
    while at < len(clauses):
        key = _beginning(clauses, at)
        known = first.setdefault(key, at) if key else at
        length = _run(clauses, known, at)
        weight = sum(c.weight for c in clauses[at : at + length])
        if weight < REPEATED:
            at += 1
            continue
        lines = context.document.lines
        line = lines.line(clauses[known].start)
        where = "前面" if line == lines.line(clauses[at].start) else f"第{line}行"
        message = f"和{where}的话重复；建议只留一处，另一处换成该写的内容或者删去"
        severity: Severity = "warning" if grave and weight >= CERTAIN else "info"
        yield Hit(clauses[at].start, clauses[at + length - 1].end, message, severity=severity)
        at += length


def _beginning(clauses: Sequence[_Clause], at: int) -> str:
    """The words of the shortest run of one block that begins at `at` and is long enough; empty where there is none."""
    words: list[str] = []
    total = 0
    for clause in clauses[at : at + REPEATED]:
        if clause.block != clauses[at].block:
            break
        words.append(clause.words)
        total += clause.weight
        if total >= REPEATED:
            return ",".join(words)
    return ""


def _run(clauses: Sequence[_Clause], known: int, at: int) -> int:
    """How many clauses from `at` on are those from `known` on; both runs stay in their block and do not meet."""
    length = 0
    while (
        known + length < at
        and at + length < len(clauses)
        and clauses[known + length].words == clauses[at + length].words
        and clauses[known + length].block == clauses[known].block
        and clauses[at + length].block == clauses[at].block
    ):
        length += 1
    return length


# --- STY004 ---------------------------------------------------------------------------------------------------------


def overlong_sentence(context: Context) -> Iterator[Hit]:
    """Sentences longer than 99 in a hundred of the corpus; opening and guiding thought have limits of their own."""
    labels = context.analysis.sections
    limits: Mapping[str, int] = levels()["sentence"]
    for sentence in context.shared(sentences):
        limit = limits.get(labels[sentence.block].section, limits["other"])
        if sentence.size > limit and not context.protected.touches(sentence.start, sentence.end):
            start, end = opening(context, sentence.start, sentence.end)
            yield Hit(start, end, f"这一句有{sentence.size}字，语料里同一部分的句子一百句有九十九句不超过{limit}字；建议按意思断成几句，一句说一件事")


# --- STY005 ---------------------------------------------------------------------------------------------------------

#: A section is judged from so many sentences on, and reported where more than this share of them say 要.
MUST_SENTENCES = 8
MUST_SHARE = 0.6

#: 要 as "must": no part of 主要, 要求 and the like, but 要不断, 要求真务实, 要领导带头.
MUST = late(
    r"(?<![主重需必纪简摘首概扼紧机只提显索险精])要"
    r"(?!求(?!真)|点(?!亮)|素(?!质)|道(?!德)|领(?!导)|务(?![必实求])|目(?!标)|职(?!工)|不然|[闻害件塞么是诀义旨价挟饭地])"
)


def must_sentences(context: Context) -> Iterator[Hit]:
    """Sections in which most sentences say 要."""
    blocks, labels, genres = context.document.blocks, context.analysis.sections, context.analysis.genres
    found: dict[tuple[int, str], int] = defaultdict(int)
    must: dict[tuple[int, str], list[Sentence]] = defaultdict(list)
    for sentence in context.shared(sentences):
        key = (blocks[sentence.block].part, labels[sentence.block].section)
        if key[1] == "frame" or genres[key[0]].genre not in GENRES:
            continue
        found[key] += 1
        if MUST.search(context.folded, sentence.start, sentence.end):
            must[key].append(sentence)
    for judged, count in found.items():
        said = must[judged]
        if count >= MUST_SENTENCES and len(said) > MUST_SHARE * count:
            # The second one: what the section opens with is where an empty section is marked.
            start, end = opening(context, said[1].start, said[1].end)
            counted = f"“{SECTION_NAMES[judged[1]]}”{count}句里有{len(said)}句说“要”"
            yield Hit(start, end, f"{counted}；只提要求，看不出由谁、怎样做，建议把一部分改成做法、时限和责任人")


# --- declarations ---------------------------------------------------------------------------------------------------

_HEAD = "清溪县档案馆2024年文明单位创建工作方案\n为做好今年的创建工作，结合我馆实际，制定本方案。\n一、主要任务\n"
_WORK = "每月第二周办一次道德讲堂，由办公室负责。查阅大厅添两张无障碍桌，6月底前完成。"
_LONG_SENTENCE = (
    "{0}要把查阅大厅作为展示形象的窗口来抓，添置桌椅和饮水设备，改造照明和通风，编印查档指南和服务手册，在门口设置引导牌，安排值班馆员轮流引导，"
    "设立意见箱和投诉电话，每天下班前由值班负责人收集登记当天的意见，每周五交办公室汇总研究，能马上改的马上改，一时改不了的向查档群众说明原因"
)
_LONG_GUIDING = (
    "以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，以培育和践行社会主义核心价值观为根本，围绕档案收集、整理、保管、利用中心工作，"
    "从馆员岗位和查档窗口抓起，把创建同库房安全、数字化加工、编研开放结合起来，建设让群众满意的文明窗口，为全县档案事业发展打下好的基础。"
)
_TAIL = "二、保障措施\n{0}安排创建经费3万元，馆长任组长的领导小组每季度听一次汇报。\n清溪县档案馆\n2024年3月11日\n"
_MUST = (
    "要办好道德讲堂，讲身边的人。{0}要编印查档指南。馆员上岗要挂牌。要开展志愿服务。要把意见箱放到门口。每月要评一名服务之星。"
    "要组织两次读书会。库房每天检查一次。\n"
)

RULES: tuple[Rule, ...] = (
    Rule(
        code="STY003",
        name="repeated-sentence",
        title="同一句话在文中写了两遍",
        severity="info",
        why="前后两处一模一样的话，多半是拼凑材料时粘贴了两次，或者套用旧稿没有改完，上级一看就知道没有通读过。"
        f"比较时不看标点和空格；连续{REPEATED}个字以上、从头到尾都是整句或整个分句的才算，报后面的一处；{CERTAIN}个字以上的是一般错误，其余是提示。"
        "标题、表格、名单不比；指导思想里的固定提法、文件名称、责任单位一类话本来就会再出现，不算字数；一个文件里几份公文，各比各的；倡议书、讲话可以反复，都只作提示。",
        basis=(Basis("公文写作通行要求", note="文字精练，同一内容不重复"),),
        check=repeated_sentence,
        examples=(
            Bad(
                _HEAD + "查阅大厅实行首问负责和一次告知。" + _WORK + "\n" + _TAIL.format("【查阅大厅实行首问负责和一次告知】。"),
                severity="info",
            ),
            Bad(
                _HEAD + "值班馆员每天下班前把当天的意见登记在册,第二天一早交办公室答复。\n"
                + _TAIL.format("【值班馆员每天下班前把当天的意见登记在册，第二天一早交办公室答复】。"),
                severity="warning",
            ),
            Good(_HEAD + "实行首问负责和一次告知。" + _WORK + "\n" + _TAIL.format("实行首问负责和一次告知。"), "短话再出现是常事"),
            Good(_HEAD + "查阅大厅实行首问负责和一次告知。\n" + _TAIL.format("查阅大厅实行首问负责和限时办结。"), "后半句不一样"),
            Good(
                _HEAD + "坚持以习近平新时代中国特色社会主义思想为指导。" + _WORK + "\n"
                + _TAIL.format("坚持以习近平新时代中国特色社会主义思想为指导。"),
                "固定提法可以再出现",
            ),
        ),
        needs_genre=True,
    ),
    Rule(
        code="STY004",
        name="overlong-sentence",
        title="一句话太长",
        severity="info",
        why="一口气说好几件事的长句，读的人抓不住要点，写的人也容易丢了主语。长短和语料里同一部分的句子比：引言150字、指导思想220字、其他部分100字，"
        "语料里一百句有九十九句不超过；分号也算断开。长句不一定是错，所以默认不启用。",
        basis=(Basis("docnlp 自带语料的句子长度", note="取百分之九十九的句子不超过的字数作界限，往上取整十"),),
        check=overlong_sentence,
        examples=(
            Bad(_HEAD + _LONG_SENTENCE.format("【今年】，") + "。\n" + _TAIL.format("")),
            Good(_HEAD + _LONG_SENTENCE.format("").replace("，设立", "。设立") + "。\n" + _TAIL.format(""), "断成了两句"),
            Good(_HEAD.replace("一、主要任务", "一、指导思想") + _LONG_GUIDING + "\n" + _TAIL.format(""), "指导思想里的句子向来长"),
        ),
        needs_genre=True,
        enabled=False,
    ),
    Rule(
        code="STY005",
        name="must-sentences",
        title="一节里大半句子都说“要”",
        severity="info",
        why="句句“要”怎样怎样，只有要求，没有做法，看不出由谁做、怎么做、做到什么时候。"
        f"一节里满{MUST_SENTENCES}句、六成以上的句子用了“要”的才报；“主要”“要求”“需要”里的“要”不算；倡议书、讲话不查。",
        basis=(Basis("公文写作通行要求", note="写要求也写做法、时限和责任人"),),
        check=must_sentences,
        examples=(
            Bad(_HEAD + _MUST.format("【要添置两张无障碍桌】。") + _TAIL.format("")),
            Good(_HEAD + _MUST.format("").replace("要", "").replace("馆员", "办公室") + _TAIL.format(""), "直接写做什么"),
            Good(_HEAD + "要办好道德讲堂。要添置无障碍桌。要编印查档指南。\n" + _TAIL.format(""), "几句“要”不算多"),
            Good("文明查档倡议书\n广大读者朋友们：\n" + _MUST.format("") + "让我们从今天做起！\n", "倡议书靠号召"),
        ),
        needs_genre=True,
        genres=GENRES,
    ),
)
