"""RES: what copying leaves behind. Blanks nobody filled, words masked or spun by web sites, page furniture, broken marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docnlp.rules.base import Bad, Basis, Context, Edit, Fix, Good, Hit, Rule, Severity
from docnlp.rules.spinning import table
from docnlp.text.folding import fold, is_han
from docnlp.text.late import late
from docnlp.text.spans import SpanSet

_PRACTICE = Basis("公文校对惯例", note="成文前须把抄来的、留空的地方逐一改定")
_FORMAT = Basis("GB/T 9704—2012《党政机关公文格式》", note="发文字号、成文日期、附件等要素须完整")
_NETWORK = Basis("编辑惯例", note="网络范文常见的抄写痕迹")


@cache
def _data(name: str) -> dict[str, Any]:
    """A shipped TOML file, read when a rule first needs it."""
    import tomllib

    with Path(__file__).with_name(name).open("rb") as f:
        return tomllib.load(f)


def _line(text: str, at: int) -> tuple[int, int]:
    """[start, end) of the line that holds `at`, as far as it matters: at most 200 characters either side."""
    low, high = max(0, at - 200), min(len(text), at + 200)
    start = text.rfind("\n", low, at) + 1 or low
    end = text.find("\n", at, high)
    return start, high if end < 0 else end


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_FORM_NAME = late(
    r"(?:表|回执|申请书|登记卡|问卷|承诺书|责任书|推荐书|签到册|表格|样式|式样|模板)(?: ?[(\[][^)\]\n]{0,20}[)\]])? ?$"
)


class _Forms:
    """Where blanks are meant to be: cells of a table, and forms in an attachment."""

    def __init__(self, context: Context) -> None:
        document = context.document
        folded = context.folded
        spans = [
            (p.start, p.end) for p in document.parts if p.attached and p.title and _FORM_NAME.search(p.title.strip())
        ]
        at = folded.find("附件")
        while at >= 0:
            start, end = _line(folded, at)
            if not folded[start:at].strip() and len(folded[start:end]) <= 12 and self._titled(folded, end):
                following = folded.find("\n附件", end)
                spans.append((end, len(folded) if following < 0 else following))
            at = folded.find("附件", at + 2)
        self._spans = SpanSet(spans)
        self._starts = [p.start for p in document.paragraphs]
        self._cells = [p.cell is not None for p in document.paragraphs]

    @staticmethod
    def _titled(folded: str, end: int) -> bool:
        """Whether one of the next three lines that are not blank is the name of a form."""
        at, seen = end, 0
        while seen < 3 and 0 <= at < len(folded):
            start = at + 1
            at = folded.find("\n", start)
            stop = min(len(folded) if at < 0 else at, start + 60)
            line = folded[start:stop].strip()
            if line:
                seen += 1
                if len(line) <= 40 and _FORM_NAME.search(line):
                    return True
        return False

    def hold(self, start: int, end: int) -> bool:
        """Whether [start, end) is part of a form."""
        i = bisect_right(self._starts, start) - 1
        return (i >= 0 and self._cells[i]) or self._spans.touches(start, end)


# ── RES001 placeholders ──────────────────────────────────────────────────────────────────────────────────────────────

_CROSS = "x×ⅩⅹхХχΧ╳✕✖"
_RING = "○〇◯△▲●"
_RUN = late(f"[{_CROSS}*_□{_RING}]")
_SAME = {c: re.compile(f"[{_CROSS}]+") for c in _CROSS} | {c: re.compile(f"[{_RING}]+") for c in _RING}
_SAME |= {c: re.compile(re.escape(c) + "+") for c in "*_□"}
_TOKEN = f"[0-9{_CROSS}*_\\-]"
_TOKEN_LEFT = late(_TOKEN + r"{1,24}\Z")
_TOKEN_RIGHT = late(_TOKEN + "{0,24}")
_LATIN = late("[a-wyz]")
#: What a masked name stands for; the longest comes first.
_UNITS = (
    "自治区|居委会|村委会|党支部|办事处|社区|街道|小区|学校|小学|中学|大学|学院|医院|公司|集团|银行|单位|部门|同志|书记|主任|局长|校长|院长|所长|经理"
    "|先生|女士|老师|工程|项目|活动|万元|亿元|人次|余人|多人|多次|省|市|州|盟|县|区|旗|镇|乡|村|局|委|办|处|科|所|站|院|校|厂|厅|部|路|街|组|班"
    "|年度|年|月|日|时|分|名|人|个|项|次|届|期|号|元|户|篇|条|件|支|场|份|天|周|岁|%"
)
_UNIT = late(_UNITS)
#: Units that a single cross stands before; `x线`, `x光` and other words of one letter are none.
_UNIT_ONE = late(
    "自治区|社区|街道|小区|小学|中学|大学|学院|医院|公司|集团|单位|同志|书记|主任|局长|校长|工程|万元|亿元|省|市|县|区|镇|乡|村|局|校"
    "|年|月|日|名|人次|人|个|项|次|届|期|号|元|户|篇|条|%"
)
_CALENDAR = late(" ?[年月日]")
_HAN_YEAR = late(r"[一二][0〇○零九o][0〇○零一二三四五六七八九]?\Z")
_NUMERAL = frozenset("一二三四五六七八九十零〇○0123456789")
_PAIR = late(r"\*\*(?=[^\s*])[^*\n]{1,120}(?<=[^\s*])\*\*")
_BLANKED = f"[0-9{_CROSS}*_]{{1,4}}"
_DATE_TAIL = late(f" ?(?:年(?: ?{_BLANKED} ?月(?: ?{_BLANKED} ?日)?)?|月(?: ?{_BLANKED} ?日)?|日)")
#: How a file is to be named: “XX县+姓名” is a pattern there, not a blank.
_NAME_FORM = late('(?:命名为|名称为|文件名为?|格式为?|标题为|样式为|注明)[:,]?[“"‘][^”\\n]{0,8}\\Z')
_PERSONAL = late(r"\d{3,}\*{2,}[\dx]{2,}|\d{3,}[x×]{3,}\d{3,}")
_TICK = "打划画标填为或√"


def _extent(folded: str, start: int, end: int) -> tuple[int, int]:
    """The run at [start, end) with digits and further crosses on both sides, and with the noun it stands for."""
    left = _TOKEN_LEFT.search(folded[max(0, start - 24) : start])
    low = start - len(left.group()) if left else start
    right = _TOKEN_RIGHT.match(folded, end)
    high = right.end() if right else end
    while low < start and folded[low] in "-*_" and folded[low] != folded[start]:
        low += 1
    while high > end and folded[high - 1] == "-":
        high -= 1
    return low, high


def _tail(folded: str, end: int) -> int:
    """End of what follows a masked word: the rest of a date, or the noun of the unit."""
    date = _DATE_TAIL.match(folded, end)
    if date:
        return date.end()
    unit = _UNIT.match(folded, end)
    return unit.end() if unit else end


def _placeholder_runs(context: Context) -> Iterator[tuple[int, int, Severity | None, str]]:
    folded, text = context.folded, context.text
    markdown = context.document.source.format == "md"
    forms: _Forms | None = None
    done = reported = 0
    for m in _RUN.finditer(folded):
        start = m.start()
        if start < done:
            continue
        kind = m.group()
        run = _SAME[kind].match(folded, start)
        done = end = run.end() if run else start + 1
        before = folded[start - 1] if start else "\n"
        after = folded[end] if end < len(folded) else "\n"
        if kind in _CROSS:
            place = _cross(folded, text, start, end, before, after)
        elif kind == "*":
            place = _stars(folded, start, end, before, after, markdown)
        elif kind == "_":
            place = _underscores(folded, start, end, before, after)
        elif kind == "□":
            place = (start, _tail(folded, end)) if end - start >= 2 else None
        else:
            place = _rings(folded, start, end, before, after)
        if place is None or context.protected.touches(*place):
            continue
        if _NAME_FORM.search(folded, max(0, place[0] - 16), place[0]):
            continue
        low, high = max(place[0], reported), place[1]
        if folded[low] == "0" and low > reported and folded[low - 1] in "一二":
            low -= 1  # 二0xx年
        severity: Severity | None = None
        if kind in "_□":
            forms = forms or _Forms(context)
            if forms.hold(low, high):
                severity = "info"
        done = reported = high
        yield low, high, severity, text[low:high]


def _cross(folded: str, text: str, start: int, end: int, before: str, after: str) -> tuple[int, int] | None:
    low, high = _extent(folded, start, end)
    outer_left = folded[low - 1] if low else "\n"
    outer_right = folded[high] if high < len(folded) else "\n"
    if _LATIN.match(outer_left) or _LATIN.match(outer_right) or outer_left == "+" or outer_right == "+":
        return None
    token = folded[low:high]
    if _PERSONAL.fullmatch(token):
        return None
    if end - start == 1 and token.count(folded[start]) == 1:
        return _one_cross(folded, text, start, before, after)
    runs = [r.group() for r in re.finditer(f"[{_CROSS}*_]+", token)]
    if all(len(r) == 1 for r in runs) and token[-1] not in _CROSS:
        return None  # 3×4×5
    if folded.startswith("染色体", high):
        return None
    year = _HAN_YEAR.search(folded[max(0, low - 3) : low])
    if year and folded.startswith("年", high):
        low -= len(year.group())
    return low, _tail(folded, high)


def _one_cross(folded: str, text: str, start: int, before: str, after: str) -> tuple[int, int] | None:
    end = start + 1
    if before in "“\"'‘" and after in "”\"'’":
        around = folded[max(0, start - 14) : start + 14]
        if "√" in around or (start >= 2 and folded[start - 2] in _TICK) or text[start] == "X":
            return None
        return start - 1, end + 1
    if before.isdigit():
        # 201x年; but 3x年 is no year
        year = re.search(r"(?:19|20)\d?\Z", folded[max(0, start - 4) : start])
        if year and after == "年":
            return start - len(year.group()), _tail(folded, end)
        return None
    calendar = _CALENDAR.match(folded, end)
    if calendar:
        year = _HAN_YEAR.search(folded[max(0, start - 3) : start])
        return start - len(year.group()) if year and after == "年" else start, _tail(folded, end)
    if before == "十" or not (is_han(before) or before in " \n,。、;:(“《〔"):
        return None
    unit = _UNIT_ONE.match(folded, end)
    if not unit or (text[start] == "X" and not is_han(before)):
        return None
    return start - 1 if before == "第" else start, unit.end()


def _stars(folded: str, start: int, end: int, before: str, after: str, markdown: bool) -> tuple[int, int] | None:
    if end - start < 2:
        return None
    low, high = _extent(folded, start, end)
    token = folded[low:high]
    if _PERSONAL.fullmatch(token) or (before.isdigit() and after.isdigit()):
        return None
    if _LATIN.match(folded[low - 1] if low else "\n") or _LATIN.match(folded[high] if high < len(folded) else "\n"):
        return None
    unit = _UNIT.match(folded, high)
    line_start, line_end = _line(folded, start)
    if not folded[line_start:line_end].strip(" *"):
        return None
    if (end - start == 2 and not unit) or markdown:
        line = folded[line_start:line_end]
        if any(p.start() == start - line_start or p.end() == end - line_start for p in _PAIR.finditer(line)):
            return None
        if markdown and line.lstrip().startswith("*"):
            return None
    if unit or token != folded[start:end] or (is_han(before) and is_han(after)) or before in ":“《" or after in "”》":
        return low, _tail(folded, high)
    return None


def _underscores(folded: str, start: int, end: int, before: str, after: str) -> tuple[int, int] | None:
    if end - start < 2 or _LATIN.match(before) or _LATIN.match(after) or "x" in (before, after):
        return None
    line_start, line_end = _line(folded, start)
    if not folded[line_start:line_end].strip(" _"):
        return None
    low, high = _extent(folded, start, end)
    return low, _tail(folded, high)


def _rings(folded: str, start: int, end: int, before: str, after: str) -> tuple[int, int] | None:
    if end - start < 2 or len(set(folded[start:end])) > 1 or before in _NUMERAL or after in _NUMERAL:
        return None
    unit = _UNIT.match(folded, end)
    if not unit and not (is_han(before) and is_han(after)):
        return None
    return start, _tail(folded, end)


_SOMEONE = late("某(?:某|(?=[省市县区州旗乡镇街村局委办校]某))")
_SOMEONE_ALL = late(f"(?:某某?(?:{_UNITS})?){{1,6}}")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻柏苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐费廉薛雷贺倪汤罗毕郝安常乐于傅齐康伍余顾孟黄穆萧尹姚邵汪毛狄米贝戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童颜郭梅林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解应宗丁宣邓洪包左石崔吉龚程邢裴陆荣翁曲家封储靳段焦侯全班仰秋仲宫宁仇甘武符刘景詹龙叶白蒲赖乔闻党翟谭劳申冉桑尚温庄晏瞿习艾向古易廖衡步耿匡文寇欧"
)
_OPENING = late(r"[\[【<{〔]|\((?=[请填写插入替此姓单位学社公部具年略以下内名附待])|\$(?={)")
_BRACKET = late(
    r"[\[【<{〔](?:请?(?:填写|填入|输入|插入|替换|补充|注明)[^\]】>}〕\n]{0,20}|此处[^\]】>}〕\n]{1,20}"
    r"|(?:本|贵|你的?|您的?|发文|主办|承办|填报|申报|某|xx)?(?:单位|部门|公司|学校|社区|街道|村|局|机关|活动|项目|领导|联系人|负责人)(?:的?(?:名称|全称|简称|姓名|名|电话))?"
    r"|姓名|名字|名称|日期|时间|地点|年份|年|年度|月|日|数字|人数|金额|文号|标题|主题|具体(?:时间|地点|日期|数字|内容|人数|数据|措施|名称)|图片|配图|插图|照片)[\]】>}〕]"
    r"|\((?:请?(?:填写|填入|插入|替换)[^)\n]{1,20}|此处[^)\n]{1,20}|姓名|单位名称|单位全称|学校名称|社区名称|公司名称|部门名称|具体时间|具体地点|具体日期|具体数字|具体人数|年份|待补充|待填写|待填|待完善|待核实|略|以下略|下略|内容略|名单略|附表略|附件略)\)"
    r"|\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}"
)
_NAMING = late("命名|注明|标明|备注|格式|文件名|邮件|主题|[+—\\-]")
_TO_FILL = late("填|此处|名称|全称|姓名|插入|替换|输入|补充|具体|xx")
_DOC_NUMBER = late(r"[〔﹝\[(【](?=[ \d〕﹞\])】]) ?(\d{0,4}) ?[〕﹞\])】] ?第? ?(\d{0,4}) ?号")
_ISSUER = frozenset("发办字函委政党宣建文通综室组知令秘厅府创")
_BLANK_DATE = late(
    r"年(?: {1,12}月(?: {0,12}\d{0,2} {0,12}日)?| {0,2}\d{1,2} {0,2}月 {1,12}日)(?![常前子用均报])"
)
_BLANK_DATE_HEAD = late(r"(?:\d{2,4}|[一二][〇○零0][一二三四五六七八九〇○零]{0,2})? {0,12}\Z")
_BLANK_MONTH = late(r"月 {1,12}日(?![常前子用均报])")
_BLANK_ORDINAL = late(r"第 {2,12}(?:号|期|届|次|批|页|章|条)")


def _placeholder_words(context: Context) -> Iterator[tuple[int, int, Severity | None, str]]:
    folded = context.folded
    done = 0
    for m in _SOMEONE.finditer(folded):
        if m.start() < done:
            continue
        whole = _SOMEONE_ALL.match(folded, m.start())
        end = whole.end() if whole else m.end()
        if folded[end - 1] == "某" and m.start() and folded[m.start() - 1] in _SURNAMES:
            continue
        done = end
        yield m.start(), end, None, context.text[m.start() : end]
    for opening in _OPENING.finditer(folded):
        whole = _BRACKET.match(folded, opening.start())
        if whole is None:
            continue
        start, end = whole.span()
        if context.protected.touches(start, end) or folded[end : end + 1] == "(":
            continue
        if folded[start] == "(" and (
            _NAMING.search(folded, max(0, start - 12), start) or folded[end : end + 1] in ("+", "-", "—")
        ):
            continue
        if (
            folded[start] == "【"
            and (start == 0 or not is_han(folded[start - 1]))
            and not _TO_FILL.search(whole.group())
        ):
            continue  # 【时间】3月5日: a label, no blank
        yield start, end, None, context.text[start:end]


def _blank_numbers(context: Context) -> Iterator[tuple[int, int, Severity | None, str]]:
    folded = context.folded
    forms: _Forms | None = None
    for m in _DOC_NUMBER.finditer(folded):
        year, number = m.groups()
        if len(year) == 4 and number:
            continue
        head = folded[m.start() - 1] if m.start() else "\n"
        bracket = folded[m.start()]
        if bracket in "[(【" and head not in _ISSUER:
            continue
        if bracket == "(" and year and len(year) < 4:
            continue  # (3)号
        yield m.start(), m.end(), None, context.text[m.start() : m.end()]
    for pattern in (_BLANK_DATE, _BLANK_MONTH, _BLANK_ORDINAL):
        for m in pattern.finditer(folded):
            start, end = m.span()
            if pattern is _BLANK_DATE:
                head_match = _BLANK_DATE_HEAD.search(folded, max(0, start - 16), start)
                start = head_match.start() if head_match else start
                before = folded[start - 1] if start else "\n"
                bare = folded[start : m.start()].strip() == ""
                if bare and (m.start() == start or is_han(before)) and "日" not in m.group():
                    continue  # 今年 月底
                start += len(folded[start : m.start()]) - len(folded[start : m.start()].lstrip())
            elif pattern is _BLANK_MONTH:
                head = folded[start - 1] if start else "\n"
                if not head.isdigit():
                    continue
                digits = re.search(r"\d{1,2}\Z", folded[max(0, start - 2) : start])
                start -= len(digits.group()) if digits else 0
            forms = forms or _Forms(context)
            yield start, end, "info" if forms.hold(start, end) else None, context.text[start:end]


def _placeholder(context: Context) -> Iterable[Hit]:
    for find in (_placeholder_runs, _placeholder_words, _blank_numbers):
        for start, end, severity, words in find(context):
            shown = " ".join(words.split())
            note = (
                "这是表格里待填的空格，报出前请填好"
                if severity == "info"
                else "是没有填实的占位内容，请换成真实的内容，或者删去"
            )
            named = f"「{shown}」" if "“" in shown else f"“{shown}”"
            yield Hit(start, end, f"{named}{note}", severity=severity)


PLACEHOLDER = Rule(
    code="RES001",
    name="placeholder",
    title="占位符没有填实",
    severity="warning",
    why="xx、×××、某某、空着的文号和日期，说明稿子是套来的，还没有填完。带着它们报出去，最容易被一眼看出是抄的。",
    basis=(_PRACTICE, _FORMAT),
    check=_placeholder,
    examples=(
        Bad("【20xx年】，我社区深入开展文明楼院评选。"),
        Bad("现将【二〇××年】工作汇报如下。"),
        Bad("成文于【20××年×月×日】。"),
        Bad("【XX市】【XX局】扎实推进文明单位创建。"),
        Bad("联系人：【×××】，电话：【xxx12345】。"),
        Bad("大力实施【“×”】工程。"),
        Bad("先后到【某某社区】走访，又去了【某市某局】学习。"),
        Bad("在中共【***市】委的领导下，各项工作进展顺利。"),
        Bad("本次活动共组织志愿者【x人】参加。"),
        Bad("截止时间为【____年__月__日】。"),
        Bad("领导小组组长由【□□□】担任。"),
        Bad("文件由「[单位名称]」负责解释。", marks="「」"),
        Bad("名单附后「（略）」。", marks="「」"),
        Bad("根据县文明办【〔〕23号】文件要求，制定本方案。"),
        Bad("根据县文明办【〔2023〕号】文件要求，制定本方案。"),
        Bad("青禾镇人民政府\n【2023年  月  日】"),
        Bad("附件\n\n文明家庭申报表\n\n户主姓名：【____】", severity="info"),
        Good("展板尺寸为3x4米，共2×3块，占地100×50米。", "乘号和尺寸"),
        Good("为老年人免费拍X光片，讲解XX染色体知识。", "字母本来就是词的一部分"),
        Good("推行“1+X”服务模式，完善N+X清单。", "代号"),
        Good("赵某某，女，58岁，热心邻里事务。", "姓氏加“某某”是有意隐去姓名"),
        Good("对某些单位、某个环节、某种倾向要有针对性地改进。", "“某些”“某个”是普通的话"),
        Good("二〇〇八年，二○○九年连续获评。", "“〇”是数字"),
        Good("获奖者手机号：138****6789。", "有意隐去的号码"),
        Good("**重点工作**扎实推进。", "Markdown 的加粗", path="x.md"),
        Good("同意的打“√”，不同意的打“×”。", "表决用的记号"),
        Good("邮件主题请注明（单位名称）+（姓名）。", "说明写法，不是空格"),
        Good("电子版请以“单位+姓名”格式命名为“XX县+XXX”。", "说明文件怎样命名"),
        Good("【时间】3月5日 【地点】镇文化站", "方头括号里是栏目名"),
        Good("市文明办〔2023〕15号文件已经印发。", "文号完整"),
        Good("今年 月度考核共12次，5月 1日启动。", "空格不在日期里"),
    ),
)


# ── RES002 blanks of docnlp's own outlines ───────────────────────────────────────────────────────────────────────────

_OUTLINE = late(r"【待填[^】\n]{0,200}】")


def _outline_blank(context: Context) -> Iterable[Hit]:
    for m in _OUTLINE.finditer(context.text):
        what = m.group()[3:-1].lstrip("：: ")
        yield Hit(m.start(), m.end(), f"提纲里的空白还没有填：{what}" if what else "提纲里的空白还没有填")


OUTLINE_BLANK = Rule(
    code="RES002",
    name="outline-blank",
    title="提纲的空白没有填",
    severity="warning",
    why="docnlp 生成的提纲用【待填：说明】留出要写的地方，成文前要逐一填好。",
    basis=(_PRACTICE,),
    check=_outline_blank,
    examples=(
        Bad("工作目标：「【待填：写明数量和时限】」", marks="「」"),
        Bad("由「【待填】」牵头，「【待填：配合单位】」配合。", marks="「」"),
        Good("【责任单位】文明办", "不是提纲留的空白"),
        Good("待填：见附件3。", "没有方头括号"),
    ),
)


# ── RES003 labels with nothing behind ────────────────────────────────────────────────────────────────────────────────

_CONTACT = ("联系人", "联系电话", "联系方式", "咨询电话", "监督电话", "举报电话", "电话", "手机", "传真", "邮箱", "信箱", "邮件", "邮编", "地址", "网址", "qq", "email", "e-mail")  # fmt: skip
_FACT = ("时间", "地点", "日期", "主办单位", "承办单位", "协办单位", "参加人员", "参会人员", "主持人", "责任单位", "责任人", "牵头单位", "完成时限", "负责人", "活动主题")  # fmt: skip
_EMPTY = late(r":(?: {0,40}(?=[,。;、)\n]|\Z)| {1,40}(?=[^\s]))")
_FIELD = late("(?:" + "|".join(" ?".join(w) for w in (*_CONTACT, *_FACT)) + r") ?\Z")
_LABEL = late(r" {0,8}[一-鿿a-z\- ]{2,12}:")
_DATE_LINE = late("(?:[12][0-9x×]{3}|[一二][〇○零0一二三四五六七八九x×]{3})年.{2,8}日")
_HOLLOW = (re.compile("《 {0,4}》"), re.compile("“ {0,4}”"), re.compile("\\(\\)(?<=[一-鿿]..)"))
_ATTACHMENT = late(r"附件 ?[0-9一二三四五六七八九十]{0,3} ?\Z")


def _next_line(text: str, at: int) -> tuple[int, int] | None:
    """[start, end) of the next line that is not blank behind the line break at `at`; None at the end of the text."""
    n = len(text)
    start = at
    while start < n and text[start].isspace():
        start += 1
    if start >= n:
        return None
    end = text.find("\n", start, start + 80)
    return start, min(n, start + 80) if end < 0 else end


def _empty_field(context: Context) -> Iterable[Hit]:
    folded = context.folded
    forms: _Forms | None = None
    for m in _EMPTY.finditer(folded):
        colon, end = m.start(), m.end()
        low = max(0, colon - 16)
        head = folded[low:colon]
        label = _FIELD.search(head)
        attachment = None if label else _ATTACHMENT.search(head)
        found = label or attachment
        if found is None:
            continue
        start = low + found.start()
        after = folded[end] if end < len(folded) else "\n"
        if attachment is not None:
            if folded[start:colon].strip() and after == "\n" and _no_attachment(context, start, end):
                yield Hit(
                    start,
                    colon + 1,
                    f"“{context.text[start : colon + 1]}”后面没有内容，请列出附件名称，没有附件就删去这一行",
                )
            continue
        contact = found.group().replace(" ", "") in _CONTACT
        if not _unfilled(folded, contact, end, after):
            continue
        forms = forms or _Forms(context)
        if forms.hold(start, colon) or context.protected.touches(start, colon):
            continue
        stop = colon + 1 + (1 if after in ",。;、" and end == colon + 1 else 0)
        yield Hit(start, stop, f"“{context.text[start:colon]}”后面是空的，请填上，或者把这一项删去")
    yield from _hollow(context)


def _hollow(context: Context) -> Iterator[Hit]:
    """Quotation marks, title marks and brackets with nothing between."""
    for pattern in _HOLLOW:
        for m in pattern.finditer(context.folded):
            yield Hit(m.start(), m.end(), f"“{context.text[m.start() : m.end()]}”里面是空的，请补上内容，或者删去")


def _unfilled(folded: str, contact: bool, end: int, after: str) -> bool:
    """Whether nothing stands behind a label; `end` is behind the colon and its blanks."""
    if after in ",。;、)":
        return True
    if after != "\n":
        following = _LABEL.match(folded, end)
        return following is not None and _FIELD.search(following.group()[:-1]) is not None
    line = _next_line(folded, end)
    if line is None:
        return True
    words = folded[line[0] : line[1]]
    named = _LABEL.match(words)
    if named is None:
        if not contact:
            return False
        # a date, or a signature with the date below it, closes the document
        below = _next_line(folded, line[1])
        return _DATE_LINE.fullmatch(words.strip()) is not None or (
            len(words.strip()) <= 40
            and not set(words) & set(",。;:、")
            and below is not None
            and _DATE_LINE.fullmatch(folded[below[0] : below[1]].strip()) is not None
        )
    name = named.group()[:-1]
    return _FIELD.search(name) is not None or _ATTACHMENT.search(name) is not None


def _no_attachment(context: Context, start: int, end: int) -> bool:
    """Whether nothing is listed behind an empty 附件： at the end of its line."""
    folded = context.folded
    low = folded.rfind("\n", 0, start) + 1
    if folded[low:start].strip():
        return False
    line = _next_line(folded, end)
    if line is None:
        return True
    i = context.document.block_at(line[0])
    if i is not None and context.document.blocks[i].start == line[0]:
        return context.document.blocks[i].kind in ("signature", "date")
    return False


EMPTY_FIELD = Rule(
    code="RES003",
    name="empty-field",
    title="栏目后面是空的",
    severity="warning",
    why="“联系人：”“邮箱：”“附件：”后面什么也没有，多半是网站抹去了原来的内容，或者忘了填。收文单位据此无法联系、无法核对。",
    basis=(_PRACTICE, _FORMAT),
    check=_empty_field,
    examples=(
        Bad("回执发到【邮箱：，】过期不收。"),
        Bad("请按时报送。\n【联系电话：】\n清溪县文明办\n2024年3月6日\n"),
        Bad("【联系人：，】【联系电话：。】"),
        Bad("【联 系 人：】  电话：0516-8888123"),
        Bad("【联系人：】\n联系电话：0516-8888123"),
        Bad("【时间：】\n地点：镇文化站二楼会议室"),
        Bad("请按时报送总结。\n\n【附件：】"),
        Bad("【联系电话：】\n2023年5月12日"),
        Bad("认真贯彻【《》】精神，开展【“”】活动。"),
        Good("附件：\n1.文明单位申报表\n2.评分细则", "附件名称在下面几行"),
        Good("联系人：李敏  联系电话：0516-8888123", "都填了"),
        Good("时间：\n（一）动员阶段，3月；\n（二）实施阶段，4月至10月。", "下面分条写时间"),
        Good("附件\n\n文明家庭申报表\n\n联系人：\n联系电话：", "表格里的栏目本来就空着"),
        Good("请在报名表上写明姓名、时间、地点：以便联系。", "后面有话"),
    ),
)


# ── RES004 words masked by a site ────────────────────────────────────────────────────────────────────────────────────

_MASK = late(f"[{_CROSS}*]")
_LETTER_WORD = late(r"[光射形型线片轴值项级档元维染证变因战世]|为|与|和|及|或|的值|=|是|代表|表示")
_ARITHMETIC = late("[=＝]|权重|系数|单价|得分|分值|乘以")
_MASKED = (
    (re.compile(r"居.席会"), "民联"),
    (re.compile(r".法[制治]教育|民.法[制治]|.[测评]议|.监督|.生活会"), "民主"),
    (re.compile(r"社会.核心价值|社会.精神文明|.核心价值|.精神文明建设"), "社会主义"),
    (re.compile(r".特色社会主义"), "中国"),
)


def _masked_word(context: Context) -> Iterable[Hit]:
    folded, text = context.folded, context.text
    for m in _MASK.finditer(folded):
        at = m.start()
        before = folded[at - 1] if at else "\n"
        after = folded[at + 1] if at + 1 < len(folded) else "\n"
        if not is_han(after) or _LETTER_WORD.match(folded, at + 1) or _UNIT_ONE.match(folded, at + 1):
            continue
        between = is_han(before)
        if not between and (before not in ",。、;:“(" or text[at] in "X*Ｘ＊" or folded[at] == "*"):
            continue
        if between and text[at] in "XＸ" and before in "型类级号款":
            continue
        if before in _TICK or "√" in folded[max(0, at - 20) : at + 20]:
            continue
        if folded[at] != "x" and _ARITHMETIC.search(folded, max(0, at - 30), at + 30):
            continue
        if context.protected.touches(at, at + 1):
            continue
        start = at - 1 if between else at
        end = at + 2
        if between and at + 2 < len(folded) and is_han(folded[at + 2]) and folded[at + 2] not in "的了和与、":
            end = at + 3
        words = text[max(0, at - 2) : at + 6]
        spot = min(at, 2)
        guess = next(
            (
                full
                for p, full in _MASKED
                if any(k.start() <= spot < k.end() and words[spot] not in full for k in p.finditer(words))
            ),
            None,
        )
        cure = f"，疑为“{guess}”" if guess else ""
        suggestions = (text[start:at] + _filled(text, at, guess) + text[at + 1 : end],) if guess else ()
        yield Hit(start, end, f"“{text[start:end]}”里有字被网站遮去{cure}，请对照原文补上", suggestions=suggestions)


def _filled(text: str, at: int, guess: str) -> str:
    """What to put for the mask: the guess without what stands before it already."""
    for n in range(len(guess) - 1, 0, -1):
        if text.endswith(guess[:n], 0, at):
            return guess[n:]
    return guess


MASKED_WORD = Rule(
    code="RES004",
    name="masked-word",
    title="词里有字被遮去",
    severity="warning",
    why="范文网站把“敏感”的字换成 x 或 ×，抄下来的词就残缺不全，读不通。",
    basis=(_NETWORK,),
    check=_masked_word,
    examples=(
        Bad("每季度召开一次【居x席会】。"),
        Bad("组织道德讲堂、【x法】制教育。", suggestion="民主法"),
        Bad("健全【民×管理】制度。"),
        Bad("坚持【民*法治】教育。"),
        Good("拍摄x光片，学习X射线防护知识。", "字母是词的一部分"),
        Good("得分=数量×权重，加分项另计。", "乘号"),
        Good("设x为参与人数，y为服务时长。", "变量"),
        Good("同意的画“○”，反对的画×。", "表决用的记号"),
        Good("推广“互联网+X”做法。", "代号"),
    ),
)


# ── RES005 words of a site ───────────────────────────────────────────────────────────────────────────────────────────

_GENRE = "总结|计划|方案|报告|材料|要点|通知|讲话稿?|发言稿?|心得体会?|心得|体会|汇报|倡议书|意见|小结|简报|制度|承诺书|演讲稿|申请书|事迹|经验"
_COUNT = "[0-9一二两三四五六七八九十]{1,3}"
_PRAISE = "精选|通用|最新|优秀|推荐|热门|合集|汇编|集锦|锦集|荐读|必备|实用"
_PIECES = late(
    f"(?:{_GENRE})(?: ?范文)? ?(?:[(]?(?:{_PRAISE}) ?{_COUNT} ?篇[)]?|{_COUNT}篇(?= ?(?:[\\n)]|{_PRAISE}|大全|\\Z))"
    f"|(?:第 ?{_COUNT} ?篇|篇 ?{_COUNT})(?= ?(?:[\\n:]|\\Z)))"
    f"|(?:\\A|(?<=[\\n ]))【?(?:第 ?{_COUNT} ?篇|篇 ?{_COUNT})】?(?: ?:|(?= ?(?:\\n|\\Z)))"
)
_MODEL_TEXT = late(f"(?:{_GENRE})的?(?:优秀|经典|参考|最新)?范文")
_HIDDEN = (
    re.compile(r"此处(?:隐藏|省略) ?\d{1,7} ?个?字"),
    re.compile(r"剩余? ?\d{1,3} ?[页%] ?(?:未读|内容)"),
    re.compile(r"还剩 ?\d{1,4} ?[页%](?: ?未读)?"),
    re.compile(r"全文共 ?\d{1,5} ?页"),
    re.compile(r"更多[^。,\n]{0,24}(?:请关注|请点击|请访问|敬请关注|尽在)"),
    *(
        re.compile(w + r"[: ]? ?[\"“]?[^\s。,\n]{0,12}(?:网|文库|论坛)(?=[\n。,)\"”]|\Z)")
        for w in ("摘自", "选自", "转自", "来源:")
    ),
)
_COLON_NUMBER = late(r": ?(?:\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}(?::\d{2})?|\d{1,9}次?)")
_STAMP_HEAD = late("(?:时间|日期|发布|更新)[^\\s:]{0,4}\\Z")
_VIEWS_HEAD = late("(?:点击|浏览|阅读)(?:数|量|次数)?\\Z")
_PAGE_LINE = late("来源|作者|编辑|发布|时间|网")
_DOMAIN = late(r"\.(?:com|net|cn|org|cc|top|vip|xyz)(?![a-z])")
_DOMAIN_HEAD = late(r"(?:https?://)?[a-z0-9.\-]{1,40}\Z")


class _Phrases:
    """Many fixed phrases, found by the few pairs of characters that they share.

    Looking for one short string costs next to nothing, looking for a hundred does not: the pairs are chosen so that
    every phrase holds one of them, and as few of them as possible are needed.

    Args:
        kinds: Phrases of two or more characters under the name of their kind.
    """

    __slots__ = ("_by_pair",)

    def __init__(self, kinds: dict[str, Iterable[str]]) -> None:
        open_ = {fold(p): kind for kind, phrases in kinds.items() for p in phrases}
        self._by_pair: dict[str, list[tuple[int, str, str]]] = {}
        while open_:
            # a pair counts once a phrase; among equals the first in order, so that the choice is the same every time
            counts = Counter(pair for p in open_ for pair in {p[i : i + 2] for i in range(len(p) - 1)})
            best = min(counts, key=lambda pair: (-counts[pair], pair))
            held = [p for p in open_ if best in p]
            self._by_pair[best] = [(p.index(best), p, open_.pop(p)) for p in sorted(held, key=lambda p: (-len(p), p))]

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and kind of every phrase in `text`; of two at one pair the longer one."""
        for pair, phrases in self._by_pair.items():
            at = text.find(pair)
            while at >= 0:
                for offset, phrase, kind in phrases:
                    start = at - offset
                    if start >= 0 and text.startswith(phrase, start):
                        yield start, start + len(phrase), kind
                        break
                at = text.find(pair, at + 1)


@cache
def _site() -> tuple[_Phrases, re.Pattern[str], tuple[str, ...]]:
    """The shipped list: its phrases, the words that `near` phrases need beside them, and names of sites."""
    data = _data("res_site.toml")
    cues = re.compile("|".join(re.escape(fold(w)) for w in data["cues"]))
    return (
        _Phrases({"phrase": data["phrases"], "near": data["near"], "line": data["lines"]}),
        cues,
        tuple(data["sites"]),
    )


def _site_text(context: Context) -> Iterable[Hit]:
    for start, end in _site_spans(context.folded):
        words = " ".join(context.text[start:end].split())
        yield Hit(start, end, f"“{words}”是范文网站或文库网站的话，不是材料的内容，请删去，并核对全文是不是照抄的")


def _site_spans(folded: str) -> Iterator[tuple[int, int]]:
    phrases, cues, sites = _site()
    for start, end, kind in phrases.find(folded):
        if (
            kind == "phrase"
            or (kind == "near" and _accompanied(folded, start, end, cues))
            or (kind == "line" and _stands_alone(folded, start, end))
        ):
            yield start, end
    for needle, pattern in (("篇", _PIECES), ("范文", _MODEL_TEXT)):
        at = folded.find(needle)
        while at >= 0:
            found = pattern.search(folded, max(0, at - 16), min(len(folded), at + 12))
            if found and found.start() <= at < found.end():
                yield found.span()
            at = folded.find(needle, at + 1)
    for pattern in _HIDDEN:
        for m in pattern.finditer(folded):
            yield m.span()
    for m in _COLON_NUMBER.finditer(folded):
        head = folded[max(0, m.start() - 8) : m.start()]
        if "-" in m.group():
            stamp = _STAMP_HEAD.search(head)
            if stamp:
                yield m.start() - len(stamp.group()), m.end()
        elif views := _VIEWS_HEAD.search(head):
            low, high = _line(folded, m.start())
            if _PAGE_LINE.search(folded, low, high):
                yield m.start() - len(views.group()), m.end()
    for m in _DOMAIN.finditer(folded):
        address = _DOMAIN_HEAD.search(folded, max(0, m.start() - 48), m.start())
        if address and any(name.strip("0123456789-").endswith(sites) for name in address.group().split(".")):
            yield address.start(), m.end()


def _accompanied(folded: str, start: int, end: int, cues: re.Pattern[str]) -> bool:
    """Whether the sentence around [start, end) holds another word of a site."""
    low, high = max(0, start - 60), min(len(folded), end + 60)
    low = max(low, folded.rfind("\n", low, start) + 1, folded.rfind("。", low, start) + 1)
    high = min(i if i >= 0 else high for i in (folded.find("\n", end, high), folded.find("。", end, high)))
    return any(c.end() <= start or c.start() >= end for c in cues.finditer(folded, low, high))


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Whether [start, end) begins its line and ends it, or is followed by a colon."""
    low, _ = _line(folded, start)
    rest = folded[end : end + 2].lstrip(" ")
    return not folded[low:start].strip(" •·-[【") and (not rest or rest[0] in ":\n")


SITE_TEXT = Rule(
    code="RES005",
    name="site-text",
    title="范文网站的话留在正文里",
    severity="warning",
    why="“小编为大家整理”“精选7篇”“下载本文档”这类话是网页上的，留在材料里等于写明是抄来的。",
    basis=(_NETWORK,),
    check=_site_text,
    examples=(
        Bad("以下是【小编为大家】收集的资料，【仅供大家参考】。"),
        Bad("社区精神文明建设工作【总结（精选7篇）】\n为进一步提高居民素质，社区开展了多项活动。"),
        Bad("【篇一：】精神文明建设方案\n一、指导思想"),
        Bad("一、加强领导【此处隐藏3210个字】严格考核。"),
        Bad("精神文明建设工作【计划范文】\n一、工作目标"),
        Bad("【推荐阅读】：社区工作计划"),
        Bad("更多材料见【www.wenmi.com】"),
        Bad("【下载本文档】，【我要投稿】"),
        Good("政务微信小编坚持每天推送一条文明提示。", "说的是岗位"),
        Good("组织干部学习公文范文，提高写作水平。", "说的是学习内容"),
        Good("共收到征文96篇，从中精选20篇结集成册。", "说的是作品数量"),
        Good("向居民推荐阅读书目三十种。", "说的是读书活动"),
        Good("稿件请在中国文明网www.wenming.cn查阅。", "正规网址"),
        Good("全年在省级以上媒体发表稿件12篇。", "说的是稿件数量"),
        Good("以上意见仅供参考，请结合实际执行。", "没有网站的话相伴"),
    ),
)


# ── RES006 words put in by a rewriting program ───────────────────────────────────────────────────────────────────────


def _spun_word(context: Context) -> Iterable[Hit]:
    spans = [(p.start, p.end) for p in context.document.parts]
    for s in table().find(context.text, spans):
        words = context.text[s.start : s.end]
        cure = "”或“".join(s.original)
        yield Hit(
            s.start,
            s.end,
            f"“{words}”疑为洗稿程序换上的词，原文应是“{cure}”，请按文意改回，并核对全文",
            suggestions=s.original,
        )


_SPUN_PARAGRAPH = (
    "各支部要【用心】组织党员参加，为居民【带给】便民服务，【构成】人人参与的局面。要增强【职责】感，"
    "【持续】环境整洁，丰富活动【资料】，不断提高工作【潜力】，把落实【状况】报告居委会。"
)
_SPUN_CURED = (
    "各支部要积极组织党员参加，为居民提供便民服务，形成人人参与的局面。要增强责任感，"
    "保持环境整洁，丰富活动内容，不断提高工作能力，把落实情况报告居委会。"
)

SPUN_WORD = Rule(
    code="RES006",
    name="spun-word",
    title="疑为洗稿换上的词",
    severity="warning",
    why=(
        "范文网站用程序把常用词换成近义词（积极→用心、创建→建立、提供→带给），再当新文章发布。照抄下来，句子半通不通，"
        "内行一看便知。单个词可能正常，前后搭配不对，或者一份材料里出现好几种，就很可疑。"
    ),
    basis=(_NETWORK,),
    check=_spun_word,
    fix=Fix.UNSAFE,
    examples=(
        Bad(_SPUN_PARAGRAPH, fixed=_SPUN_CURED, suggestion="积极"),
        Bad("扎实推进精神【礼貌】建设。", fixed="扎实推进精神文明建设。", suggestion="文明"),
        Bad("充分调动居民的【用心】性。", fixed="充分调动居民的积极性。", suggestion="积极"),
        Bad("设立意见箱，广泛征集合理化【推荐】。", fixed="设立意见箱，广泛征集合理化建议。", suggestion="建议"),
        Bad("存在的问题主要表【此刻】三个方面。", fixed="存在的问题主要表现在三个方面。", suggestion="现在"),
        Bad("这项工作有着十分重要的现实【好处】。", fixed="这项工作有着十分重要的现实意义。", suggestion="意义"),
        Bad("整合资源，【限度】地满足群众需要。", fixed="整合资源，最大限度地满足群众需要。", suggestion="最大限度"),
        Good("志愿者用心服务、热情待人，把温暖带给每一位老人。", "“用心”“带给”是本来的意思"),
        Good("建立健全长效机制，建立工作台账，建立文明单位动态管理制度。", "建立的是机制、台账、制度"),
        Good("领导小组由七名同志构成；情节严重、构成犯罪的，依法处理。", "“构成”是本来的意思"),
        Good("明确岗位职责，履行工作职责，认真学习资料，整理档案资料。", "固定的说法"),
        Good("持续推进乡风文明，持续改善环境，挖掘发展潜力。", "“持续”加动词，“发展潜力”"),
        Good("教育孩子文明礼貌，使用礼貌用语，礼貌待人。", "“礼貌”是本来的意思"),
        Good("居民健康状况良好，邻里之间互相帮忙。", "一两个词说明不了什么"),
        Good("要透过现象看本质，最大限度地方便群众。", "固定的说法"),
    ),
)


# ── RES007 marks dropped into a word ─────────────────────────────────────────────────────────────────────────────────

_MARKS = "[。,、;:.'`·]"
_STRAY_DE = late("的[.'`´](?=[一-鿿])")
_TICK_MARK = late("`+")
_HALF_STOP = late(r"(?<=[一-鿿])\.(?=[一-鿿])")
_SPIRIT = late("精神[。,;:](?=文明[建创单])")
_SPIRIT_HEADS = ("加强", "推进", "开展", "抓好", "搞好", "深化", "促进", "重视")


@cache
def _splits() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str]]]]:
    """A mark that may stand inside a word; and the two characters around such a place → both halves of the terms."""
    out: dict[str, list[tuple[str, str]]] = {}
    for entry in _data("res_terms.toml")["terms"]:
        pieces = entry.split("/")
        term = "".join(pieces)
        joints = set()
        at = 0
        for p in pieces:
            at += len(p)
            joints.add(at)
        for i in range(1, len(term)):
            if i not in joints:
                out.setdefault(term[i - 1] + term[i], []).append((term[:i], term[i:]))
    left, right = ("".join(sorted({pair[i] for pair in out})) for i in (0, 1))
    return re.compile(f"{_MARKS}(?=[{right}])(?<=[{left}].)"), out


def _stray_mark(context: Context) -> Iterable[Hit]:
    folded, text = context.folded, context.text
    mark, splits = _splits()
    for m in mark.finditer(folded):
        at = m.start()
        pieces = splits.get(folded[at - 1 : at] + folded[at + 1])
        if not pieces:
            continue
        if any(folded.endswith(left, 0, at) and folded.startswith(right, at + 1) for left, right in pieces):
            yield _stray(text, at, at + 1, "词的中间")
    for m in _SPIRIT.finditer(folded):
        if folded.endswith(_SPIRIT_HEADS, 0, m.start()):
            yield _stray(text, m.end() - 1, m.end(), "词的中间")
    code = context.document.source.format == "md"
    if "`" in folded:
        for m in _TICK_MARK.finditer(folded):
            low, high = _line(folded, m.start())
            line = folded[low:high]
            alone = line.count("`") % 2 == 1 or not code
            if (
                alone
                and len(m.group()) == 1
                and _touches_han(folded, m.start(), m.end())
                and not _paired(line, m.start() - low)
            ):
                yield _stray(text, m.start(), m.end(), "字句中间")
    stops: bool | None = None
    for m in _STRAY_DE.finditer(folded):
        at = m.start() + 1
        if folded[at] == "`":
            continue
        if folded[at] == ".":
            if stops is None:
                stops = sum(folded[k.start() - 1] != "的" for k in _HALF_STOP.finditer(folded)) >= 2
            if stops:
                continue
        elif folded[at] == "'" and _quoted(folded, at):
            continue
        yield _stray(text, at, at + 1, "“的”字后面")


def _stray(text: str, start: int, end: int, where: str) -> Hit:
    return Hit(start, end, f"{where}多出一个“{text[start:end]}”，请删去", edits=(Edit(start, end, ""),))


def _touches_han(text: str, start: int, end: int) -> bool:
    return (start > 0 and is_han(text[start - 1])) or (end < len(text) and is_han(text[end]))


def _paired(line: str, at: int) -> bool:
    """Whether the backtick at `at` quotes a piece of its line that is no Chinese."""
    other = line.find("`", at + 1)
    if line.count("`", 0, at) % 2:
        other, at = at, line.rfind("`", 0, at)
    return other > at >= 0 and not any(is_han(c) for c in line[at + 1 : other])


def _quoted(folded: str, at: int) -> bool:
    """Whether the apostrophe at `at` opens a quotation: a second one follows on the line, not behind 的."""
    _, high = _line(folded, at)
    other = folded.find("'", at + 1, high)
    return other >= 0 and folded[other - 1] != "的"


STRAY_MARK = Rule(
    code="RES007",
    name="stray-mark",
    title="字句中间多出标点",
    severity="warning",
    why="范文网站常在字句中间塞进一个点、撇号或反引号，防止别人复制；识别、转换文件也会把标点掉进词里。这些标点本来不存在。",
    basis=(_NETWORK,),
    check=_stray_mark,
    fix=Fix.UNSAFE,
    examples=(
        Bad("做好对困难家庭的【`】关心。", fixed="做好对困难家庭的关心。"),
        Bad("开展有针对性的【.】教育活动，取得明显成效。", fixed="开展有针对性的教育活动，取得明显成效。"),
        Bad("这项工作具有深远的【'】意义。", fixed="这项工作具有深远的意义。"),
        Bad("加强组【，】织领导，明确分工。", fixed="加强组织领导，明确分工。"),
        Bad("大力加强精神【。】文明建设工作。", fixed="大力加强精神文明建设工作。"),
        Good("弘扬奋斗精神，文明建设取得新成效。", "逗号在两句之间"),
        Good("完善组织，领导小组每月开会。", "逗号在两个词之间"),
        Good("命令 `docnlp check` 用来检查。", "成对的反引号", path="x.md"),
        Good("这是很重要的.各村要重视.各组要落实.大家要参与", "全文都用半角句点断句，由标点规则管"),
        Good("开展以'文明在我心中'为主题的'微公益'活动。", "成对的引号"),
    ),
)


# ── RES008 code and garbled characters ───────────────────────────────────────────────────────────────────────────────

_ENTITIES = {
    "nbsp": " ", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "quot": "“", "amp": "&", "lt": "<", "gt": ">", "mdash": "—", "ndash": "–",
    "hellip": "…", "middot": "·", "bull": "·", "emsp": "　", "ensp": " ", "times": "×", "rdqu": "”", "ldqu": "“", "rsqu": "’", "lsqu": "‘", "deg": "°",
}  # fmt: skip
_ENTITY = late(
    r"&(?:(" + "|".join(sorted(_ENTITIES, key=lambda w: -len(w))) + r")(?![a-z])|#\d{2,6}(?=;)|#x[0-9a-f]{2,5}(?=;));?"
)
_TAG = late(
    r"</?(?:br|p|div|span|strong|b|i|u|em|font|a|img|table|tbody|thead|tr|td|th|h[1-6]|ul|ol|li|script|style|center|o:p)(?:[ /][^<>\n]{0,300})?>"
)
_ODD = late(
    "[锟烫屯\ufffdâïãÃÂ锛銆鈥\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_GARBLED = late(
    "锟斤拷(?:锟斤拷|锟斤|锟)*|烫烫烫烫*|屯屯屯屯*|\ufffd+|(?:â€.|ï¼.|ã€.|Ã[\u0080-\u00bf]|Â[\u0080-\u00bf])+|(?:锛[^\\s]|銆[^\\s]|鈥[^\\s])+"
)
_INVISIBLE = late(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f\u0080-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
)
_HEADING_MARK = late(r"#{1,6} +(?=[^\s#])")
_FENCE = late(r"```[a-z]{0,12}(?=\s|\Z)")
_STRONG = late(r"\*\*(?=[^\s*])([^*\n]{1,120})(?<=[^\s*])\*\*")


def _leftover_code(context: Context) -> Iterable[Hit]:
    folded, text = context.folded, context.text
    markdown = context.document.source.format == "md"
    if "&" in folded:
        for m in _ENTITY.finditer(folded):
            if context.protected.touches(*m.span()):
                continue
            name = m.group(1)
            code = m.group().strip("&#;")
            put = _ENTITIES[name] if name else _character(code)
            yield Hit(
                m.start(),
                m.end(),
                f"“{m.group()}”是网页代码，应是“{put}”"
                if put.strip()
                else f"“{m.group()}”是网页代码，请换成空格或删去",
                suggestions=(put,),
            )
    if "<" in folded and not markdown:
        for m in _TAG.finditer(folded):
            yield Hit(
                m.start(),
                m.end(),
                f"“{text[m.start() : m.end()][:30]}”是网页代码，请删去",
                edits=(Edit(m.start(), m.end(), ""),),
            )
    done = 0
    for odd in _ODD.finditer(text):
        start = odd.start()
        if start < done:
            continue
        if garbled := _GARBLED.match(text, start):
            done = garbled.end()
            yield Hit(start, done, "这里是乱码，请对照原文补上", fix=Fix.SHOWN)
        elif invisible := _INVISIBLE.match(text, start):
            done = invisible.end()
            if "\u200d" in invisible.group() and any(ord(c) > 0xFFFF for c in text[max(0, start - 2) : done + 1]):
                continue  # joined emoji
            edits = (Edit(start, done, ""),)
            yield Hit(
                start, done, "这里有看不见的控制字符或零宽字符，是从网页带来的，请删去", edits=edits, fix=Fix.SAFE
            )
    if not markdown:
        yield from _markdown(folded)


def _character(code: str) -> str:
    value = int(code[1:], 16) if code.startswith("x") else int(code)
    return chr(value) if 32 <= value < 0xD800 or 0xE000 <= value <= 0x10FFFF else " "


def _markdown(folded: str) -> Iterator[Hit]:
    if "**" in folded:
        for m in _STRONG.finditer(folded):
            if not any(is_han(c) for c in m.group(1)) or _UNIT.match(m.group(1)) or _UNIT.match(folded, m.end()):
                continue
            edits = (Edit(m.start(), m.start() + 2, ""), Edit(m.end() - 2, m.end(), ""))
            yield Hit(
                m.start(),
                m.start() + 2,
                "“**”是 Markdown 的加粗记号，多为智能写作工具留下的，请删去前后两处",
                edits=edits,
            )
    if "```" in folded:
        for m in _FENCE.finditer(folded):
            yield Hit(m.start(), m.end(), "“```”是 Markdown 的代码记号，请删去", edits=(Edit(m.start(), m.end(), ""),))
    if "#" in folded:
        for m in _HEADING_MARK.finditer(folded):
            if m.start() == 0 or folded[m.start() - 1] == "\n":
                yield Hit(
                    m.start(), m.end(), "“#”是 Markdown 的标题记号，请删去", edits=(Edit(m.start(), m.end(), ""),)
                )


LEFTOVER_CODE = Rule(
    code="RES008",
    name="leftover-code",
    title="网页代码、乱码和记号",
    severity="warning",
    why="“&nbsp;”“<br>”、乱码、零宽字符和“**”，都是从网页或智能写作工具里带来的，印出来就是笑话；看不见的字符还会让查找和比对出错。",
    basis=(_NETWORK,),
    check=_leftover_code,
    fix=Fix.UNSAFE,
    examples=(
        Bad("争做【&ldquo;】文明市民【&rdqu】活动。", fixed="争做“文明市民”活动。", suggestion="“"),
        Bad("一、指导思想【<br/>】以党的二十大精神为指导。", fixed="一、指导思想以党的二十大精神为指导。"),
        Bad("开展【锟斤拷锟斤拷】活动。"),
        Bad("文明【\u200b】单位", fixed="文明单位"),
        Bad("【**】重点任务**：抓好创建。", fixed="重点任务：抓好创建。"),
        Bad("【```】\n做好宣传", fixed="\n做好宣传"),
        Bad("【## 】一、工作目标", fixed="一、工作目标"),
        Good("## 一、工作目标\n**重点任务**：抓好创建。", "Markdown 文件里的记号", path="x.md"),
        Good("A&B公司与R&D中心共建。", "名称里的“&”"),
        Good("满意率＞95%，整改时间<3天。", "大于号和小于号"),
        Good("中共**市**县委", "占位符由 RES001 管"),
    ),
)


# ── RES009 words of a writing assistant ──────────────────────────────────────────────────────────────────────────────

#: A string that every match holds, and the pattern.
_ASSISTANT = tuple(
    (needle, re.compile(pattern))
    for needle, pattern in (
        ("作为", r"作为(?:一个|一名|一款)?(?:ai|人工智能|大语言模型|语言模型)(?:语言模型|助手|模型)?(?=[,，]|我)"),
        (
            "以下是",
            r"以下是(?:我?(?:为|帮)(?:您|你)|根据(?:您|你|要求)|一[份篇](?:为您|关于|根据|完整|详细|适合|可供))",
        ),
        ("仅供参考", r"以上(?:内容|方案|总结|文稿|材料|回答|范文|模板)?仅供参考[^。\n]{0,12}(?:您|你)"),
        (
            "希望以上",
            r"希望以上[^。\n]{0,14}(?:对(?:您|你)(?:的[^。\n]{0,8})?(?:能)?有(?:所)?帮助|(?:能|可以|符合|满足)[^。\n]{0,6}(?:您|你))",
        ),
        (
            "希望这",
            r"希望这[份篇些个][^。\n]{0,14}(?:对(?:您|你)(?:的[^。\n]{0,8})?(?:能)?有(?:所)?帮助|(?:能|可以|符合|满足)[^。\n]{0,6}(?:您|你))",
        ),
        (
            "您可以",
            r"您可以根据(?:自己的?|您的?|具体|实际)?(?:实际)?(?:情况|需要|需求)[^。\n]{0,8}(?:修改|调整|补充|完善)",
        ),
        (
            "你可以",
            r"你可以根据(?:自己的?|你的?|具体|实际)?(?:实际)?(?:情况|需要|需求)[^。\n]{0,8}(?:修改|调整|补充|完善)",
        ),
        (
            "如果",
            r"如果(?:您|你)(?:还有|需要|有)[^。\n]{0,20}(?:随时|请)[^。\n]{0,6}(?:告诉我|联系我|提问|告知我)(?![办局处科们])",
        ),
        ("如需", r"如需[^。\n]{0,20}(?:告诉我|告知我)(?![办局处科们])"),
        ("随时告诉我", r"随时告诉我(?![办局处科们])"),
        ("好的", r"好的[,!](?:以下是|我来|我将|这是|下面是)"),
        ("当然可以", r"当然可以[,!]"),
    )
)


def _assistant_phrase(context: Context) -> Iterable[Hit]:
    folded = context.folded
    for needle, pattern in _ASSISTANT:
        if needle not in folded:
            continue
        for m in pattern.finditer(folded):
            words = context.text[m.start() : m.end()]
            yield Hit(m.start(), m.end(), f"“{words}”是智能写作工具对使用者说的话，请删去，并逐句核实全文的事实和数字")


ASSISTANT_PHRASE = Rule(
    code="RES009",
    name="assistant-phrase",
    title="智能写作工具的话",
    severity="warning",
    why="“以下是为您撰写的”“希望以上内容对您有帮助”是工具说给使用者听的，不是公文的内容。留着它，说明成稿没有人看过。",
    basis=(_NETWORK,),
    check=_assistant_phrase,
    examples=(
        Bad("【以下是为您】撰写的工作方案：\n一、指导思想"),
        Bad("【希望以上内容对您有所帮助】。"),
        Bad("【作为一个AI语言模型】，我无法核实数据。"),
        Bad("【您可以根据实际情况进行修改】。"),
        Good("以下是各单位得分情况。", "公文自己的话"),
        Good("作为人工智能产业园区，我们重视诚信建设。", "说的是单位"),
        Good("希望以上单位再接再厉，再创佳绩。", "公文自己的话"),
        Good("如有需要，请联系我办综合科。", "公文自己的话"),
    ),
)


RULES: tuple[Rule, ...] = (
    PLACEHOLDER,
    OUTLINE_BLANK,
    EMPTY_FIELD,
    MASKED_WORD,
    SITE_TEXT,
    SPUN_WORD,
    STRAY_MARK,
    LEFTOVER_CODE,
    ASSISTANT_PHRASE,
)
