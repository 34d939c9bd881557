"""CON: figures that do not agree with each other.

Only quantities near a few words (其中, 合计, 每 …) are read, so that a text without them costs one search a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from docnlp.document.model import Part
from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule, Severity
from docnlp.rules.con_patterns import HAN, prose
from docnlp.text.late import late
from docnlp.text.numerals import parse_int

_PRACTICE = Basis("公文起草惯例", note="同一篇里的数字要前后一致，分项之和等于总数")

_HAN = "零〇一二三四五六七八九十百千两"
_UNITS = (
    "人次|户次|车次|公里|平方米|公顷|分钟|小时|课时|多元|元|人|名|位|个|件|起|场|次|期|处|家|户|册|本|篇|台|辆|支|只|条|块|张|天|项|分|份|面|封|对|所|间|栋|幢"
    "|吨|亩|套|组|批|幅|首|部|盏|棵|株|副|枚|座|片|届|例|宗|趟|箱|袋|桶|字|岁|年|月|日|号|层|学时|床|头|座|道|扇|种|类|轮|%|％|个百分点"
)


@cache
def _quantity() -> re.Pattern[str]:
    number = rf"(?:[0-9]+(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?|[{_HAN}]+(?:[万亿][{_HAN}]*)?"
    return late(rf"(?<![0-9.第])(?P<number>{number})(?P<scale>[万亿千百]?)(?P<more>[余多来几]?)(?P<unit>{_UNITS})")


class Quantity(NamedTuple):
    """A number with its unit: [start, end) is the whole, `value` is in the unit itself (1.5万元: 15000 元).

    `loose` tells that it is no exact value (近, 以上, 不少于, 多 …).
    """

    start: int
    end: int
    value: float
    unit: str
    loose: bool


_LOOSE_BEFORE = late(
    r"(?:近|约|超|超过|突破|逾|不少于|不低于|至少|不超过|不多于|不得少于|不得超过|以内|各|每|人均|平均|均为|达到|上限|最多|最少|左右|控制在|少于|多于|低于|高于|以上|过)(?:约|近)?\Z"
)
_LOOSE_AFTER = late(r"(?:以上|以下|以内|左右|上下|之内|不等|及以上)")


def _quantities(text: str, start: int, end: int) -> list[Quantity]:
    found: list[Quantity] = []
    for m in _quantity().finditer(text, start, end):
        value = _value(m["number"], m["scale"])
        if value is None:
            continue
        loose = bool(
            m["more"]
            or _LOOSE_BEFORE.search(text, max(start, m.start() - 5), m.start())
            or _LOOSE_AFTER.match(text, m.end())
        )
        found.append(Quantity(m.start(), m.end(), value, m["unit"], loose))
    return found


_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def _value(number: str, scale: str) -> float | None:
    if number[0].isascii():
        return float(number.replace(",", "")) * _SCALES[scale]
    value = parse_int(number + scale)
    return None if value is None else float(value)


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1)


def _show(value: float) -> str:
    if value >= 10_000 and _same(value, round(value / 100) * 100):
        return f"{value / 10_000:g}万"
    return f"{value:g}"


def _find(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + len(needle))


_STOPS = "。；\n"


def _from(text: str, at: int, limit: int, stops: str = _STOPS) -> int:
    """Start of the stretch without `stops` that ends at `at`, at most `limit` long."""
    low = max(0, at - limit)
    return max([low, *[text.rfind(c, low, at) + 1 for c in stops]])


def _to(text: str, at: int, limit: int, stops: str = _STOPS) -> int:
    """End of the stretch without `stops` that begins at `at`, at most `limit` long."""
    high = min(len(text), at + limit)
    return min([high, *(i for c in stops if (i := text.find(c, at, high)) >= 0)])


# --- parts and their total ------------------------------------------------------------------------------------------


class _Sum(NamedTuple):
    total: Quantity
    parts: tuple[Quantity, ...]
    sum: float
    labels: tuple[str, ...]
    closed: bool  # the wording says that the parts are all there is
    vague: bool = False  # the total is a lower bound, or names without a figure stand in front of the parts
    most: bool = False  # the total is an upper bound


_SPLIT = late(r"[、，：；]|以及|和(?=[^，、]{0,20}[0-9一二三四五六七八九十两])")
#: Words for shares of people that overlap: a Party member can be a woman.
_OVERLAPPING = late(
    r"党员|女|男|团员|民族|本科|大专|专科|学历|研究生|硕士|博士|高级|中级|初级|职称|退休|退伍|退役|贫困|低保|老人|老年|儿童|留守|青年|骨干|以上|以下|岁|注册|志愿|先进|优秀|代表|独居|困难|残疾|省级|市级|县级|国家级|成功|寄宿|住校|常年|持证|一线|临时|在编|聘"
)
_PARTITIONED = late(r"在职|男")
_PAIRED = late(r"其他|其它|其余|另外")
_LABEL = late(rf"{HAN}")


@cache
def _distributed() -> re.Pattern[str]:
    """`5个县局各3万元`: how many there are, and what each gets."""
    return late(rf"([0-9]+|[{_HAN}]+){HAN}{{1,12}}?(?:各|均|分别)[^，、。；\n0-9{_HAN}]{{0,4}}\Z")


def _part(text: str, start: int, end: int, unit: str) -> tuple[Quantity | None, int]:
    """The quantity in `unit` that a piece of a list gives, and how many quantities the piece has at all."""
    found = _quantities(text, start, end)
    fitting = [q for q in found if q.unit == unit]
    if len(fitting) == 2 or (len(fitting) == 1 and len(found) == 2):
        last = fitting[-1]
        if (m := _distributed().search(text, start, last.start)) and (count := parse_int(m[1])):
            return last._replace(value=count * last.value, loose=False), 1
    return (fitting[0] if len(fitting) == 1 else None), len(found)


def _items(text: str, start: int, end: int, unit: str) -> tuple[list[Quantity], list[str], bool]:
    """Parts of a list between `start` and `end` that count in `unit`, their labels, whether it may go on in another way.

    The list ends at the first piece without exactly one such quantity; pieces without a figure belong to the next one.
    """
    parts: list[Quantity] = []
    labels: list[str] = []
    at, mark = start, ""
    for cut in [*_SPLIT.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        q, count = _part(text, at, stop, unit)
        if count == 0 and cut is not None and stop - at <= 24 and cut[0] != "：":
            continue
        label = text[at : q.start] + text[q.end : stop] if q else ""
        if q is None or q.loose or not _LABEL.search(label):
            return parts, labels, bool(parts) and mark not in "，：；"
        parts.append(q)
        labels.append(label)
        if cut is None:
            break
        at, mark = cut.end(), cut[0]
    return parts, labels, False


#: Two figures with a mark of a list between them.
_LISTS = late(rf"[0-9{_HAN}][^0-9{_HAN}]{{1,16}}[、，和][^0-9]{{0,14}}[0-9{_HAN}]")


def _sums(context: Context) -> Iterator[_Sum]:
    """Every total with the parts that are named for it."""
    text = context.shared(prose)
    for at in _find(text, "其中"):
        low = _from(text, at, 60)
        before = list(_quantities(text, low, at))
        high = _to(text, at + 2, 160, _STOPS + "）")
        start = at + 2
        if text[start : start + 1] in "，：有":
            start += 1
        if text[high : high + 1] == "；" and not any(c in text[start:high] for c in "、，"):
            high = _to(text, high, 200, "。）\n")  # a list whose items end with ；
        yield from _totalled(text, before, start, high, closed=False)
    for words in ("分为", "分成", "组成为", "包括", "分别是", "分别为"):
        for at in _find(text, words):
            low = _from(text, at, 40)
            cut = _to(text, at + len(words), 160, _STOPS + "）")
            yield from _totalled(text, _quantities(text, low, at), at + len(words), cut, closed=True)
    for at in _find(text, "（"):
        close = _to(text, at + 1, 80, "）\n")
        if text[close : close + 1] == "）" and _LISTS.search(text, at, close):
            low = _from(text, at, 24, _STOPS + "，：、）")
            before = [q for q in _quantities(text, low, at) if not q.loose]
            start = at + 3 if text.startswith("其中", at + 1) else at + 1
            yield from _totalled(text, before[-1:], start, close, closed=True)
    for words in ("合计", "共计", "总计", "一共", "总共", "，共", "、共"):
        for at in _find(text, words):
            yield from _trailing(text, at, at + len(words))


_CAP = late(r"以内|之内|内(?=[，；])")


def _totalled(text: str, before: Sequence[Quantity], start: int, end: int, *, closed: bool) -> Iterator[_Sum]:
    for total in reversed(before):
        if total.unit in _NO_TOTAL:
            continue
        parts, labels, loose = _items(text, start, end, total.unit)
        if len(parts) >= 2:
            least = text[max(0, total.start - 3) : total.start] in ("不少于", "不低于")
            most = _CAP.match(text, total.end) is not None or text.startswith("控制在", max(0, total.start - 3))
            if not loose and (least or most or not total.loose):
                yield _Sum(
                    total, tuple(parts), sum(q.value for q in parts), tuple(labels), closed, vague=least, most=most
                )
            return


#: Units of which a total is not the sum of what follows.
_NO_TOTAL = frozenset(("年", "月", "日", "号", "岁", "%", "％", "个百分点", "届", "层", "多元"))


def _trailing(text: str, at: int, end: int) -> Iterator[_Sum]:
    """`机关干部54人、代表260人，共314人`: the total stands behind its parts."""
    high = min(len(text), end + 14)
    while end < high and text[end] in "是为有":
        end += 1
    totals = _quantities(text, end, _to(text, end, 14, _STOPS + "，、（"))
    if not totals or totals[0].start > end + 1 or totals[0].loose or totals[0].unit in _NO_TOTAL:
        return
    total = totals[0]
    low = _from(text, at, 120)
    if "每" in text[low:at] or "平均" in text[low:at]:
        return
    stop = at
    while stop > low and text[stop - 1] in "，、":
        stop -= 1
    parts: list[Quantity] = []
    labels: list[str] = []
    cuts = [m.span() for m in _SPLIT.finditer(text, low, stop)]
    finish = stop
    whole = low == 0 or text[low - 1] in _STOPS  # else the first piece may begin in the middle of a number
    for begin in reversed([low, *(e for _, e in cuts)] if whole else [e for _, e in cuts]):
        q, count = _part(text, begin, finish, total.unit)
        if count == 0 and finish - begin <= 24:
            continue
        if q is None or q.loose:
            break
        if "其中" in text[begin:finish]:
            return
        parts.insert(0, q)
        labels.insert(0, text[begin : q.start] + text[q.end : finish])
        finish = next((s for s, e in cuts if e == begin), low)
    if len(parts) >= 2 and not any(_same(q.value, total.value) for q in parts):
        headed = any(c in text[low : parts[0].start] for c in "、，")
        yield _Sum(total, tuple(parts), sum(q.value for q in parts), tuple(labels), True, headed)


def parts_and_total(context: Context) -> Iterator[Hit]:
    """共12个，其中甲5个、乙6个."""
    for found in context.shared(_all_sums):
        verdict = _judged(found)
        if verdict is None:
            continue
        total, unit = found.total, found.total.unit
        listed = "、".join(_show(q.value) for q in found.parts)
        yield Hit(
            total.start,
            total.end,
            f"总数写的是{_show(total.value)}{unit}，分项（{listed}）相加是{_show(found.sum)}{unit}，对不上，请核对总数和各分项",
            severity=verdict,
        )


def _all_sums(context: Context) -> tuple[_Sum, ...]:
    return tuple(_sums(context))


def _judged(found: _Sum) -> Severity | None:
    """How sure it is that a sum is wrong; None where it is right or nothing can be said."""
    total, added = found.total.value, found.sum
    if total == 0 or any(_same(total, so_far) for so_far in accumulate(q.value for q in found.parts)):
        return None
    people = found.total.unit in ("人", "名", "位") and not any(_PARTITIONED.search(label) for label in found.labels)
    if people and not found.closed and any(_OVERLAPPING.search(label) for label in found.labels):
        return None
    if added > total:
        return "info" if added > 2 * total or found.vague else "warning"
    if found.most:
        return None
    missing = (total - added) / total
    if any(_PAIRED.search(label) for label in found.labels) or (found.total.unit == "元" and len(found.parts) >= 2):
        return None if missing > 0.35 else "warning" if len(found.parts) >= 3 or missing <= 0.2 else "info"
    if found.closed:
        return None if missing > 0.5 else "info" if missing > 0.35 or found.vague else "warning"
    return "info" if missing <= 0.2 and len(found.parts) >= 2 else None


PARTS_AND_TOTAL = Rule(
    code="CON008",
    name="parts-and-total",
    title="分项之和与总数不符",
    severity="warning",
    why="总数和分项都写出来时，读的人会顺手加一遍。加不拢，要么总数抄错，要么漏了一项，整篇的数字都会被怀疑。",
    basis=(_PRACTICE,),
    check=parts_and_total,
    examples=(
        Bad("全年安排经费【30万元】，其中宣传10万元、培训15万元、志愿服务2万元。"),
        Bad("组织夜间巡查160次、白天巡查300次，共计【450次】。"),
        Bad("实现创建全覆盖，涉及【14个】内设机构和派出法庭（8个内设机构、4个派出法庭）。"),
        Bad("共查出问题【38处】，其中：河道垃圾14处；乱堆乱放16处；公厕破损7处；其他2处。"),
        Good("共查出问题37处，其中：河道垃圾14处；乱堆乱放16处；公厕破损7处。", "加得拢"),
        Bad("一年来下乡【七次】，其中送戏三次、送科技两次、送医药一次。", severity="info"),
        Bad("现有队员【126人】，分为三支小队，其中甲队90人、乙队68人、丙队58人。"),
        Good("经费8万元，其中环境改造6万元、活动费用2万元。", "加得拢"),
        Bad("经费控制在【6万元】以内，其中宣传资料2万元、承诺牌1.5万元、走访用车3万元。"),
        Bad("经费【24万元】，其中市局9万元，5个县局各4万元。"),
        Good("经费控制在7万元以内，其中宣传资料2万元、承诺牌1.5万元、走访用车3万元。", "没有超过"),
        Good("经费24万元，其中市局9万元，5个县局各3万元。", "5个县局各3万元是15万元"),
        Good("全馆接待观众28万人次，其中未成年人9万人次。", "只举出一项，没有说这就是全部"),
        Good("现有职工43人，其中党员17人、女职工30人。", "一个人可以既是党员又是女职工"),
        Good("全年举办讲座36场，其中夏季12场、秋季10场，线上不少于20场。", "“不少于”不是确数"),
        Good("评出先进个人60名，其中窗口人员4名、后勤人员3名。", "只举出几项"),
    ),
)


_COUNTED = "个|家|所|支|处|座|条"
_NOUNS = (
    "基层国土资源所|乡镇|镇|乡|街道|社区|村民小组|行政村|自然村|村|小组|支局|支公司|收费站|服务区|基层所|国土资源所|工商所|税务所|派出所|司法所|乡镇卫生院|卫生院|学校|教学班|班级|支行|网点"
    "|营业网点|科室|内设机构|股室|部门|党支部|支部|直属单位|成员单位|县区|县局|分局|中队|班组|车间|窗口|病区|县|区"
)


# --- products, differences, changes ---------------------------------------------------------------------------------

_N = rf"(?:[0-9]+(?:\.[0-9]+)?万?|[{_HAN}]+万?)"
_MEASURE = r"(?:人次|万元|元|人|名|位|个|件|起|场|次|期|处|家|户|册|本|篇|台|辆|支|只|条|块|张|天|项|份|面|对|所|间|套|组|批|幅|箱|袋|棵|株|盏)"


@cache
def _product() -> re.Pattern[str]:
    return late(
        rf"(?P<n>{_N})(?P<u>{_MEASURE})[^。；\n0-9每]{{0,12}}?[，（]?每(?P=u)[^，。；\n0-9]{{0,6}}?(?P<m>{_N})(?P<v>{_MEASURE})"
        rf"[^。；\n0-9]{{0,4}}[，（](?:一共|合计|共计|总共|总计|共)(?:是|有|为)?(?P<k>{_N})(?P=v)"
    )


@cache
def _product_last() -> re.Pattern[str]:
    """12对新人，总共花9600元，每对900元."""
    return late(
        rf"(?P<n>{_N})(?P<u>{_MEASURE})[^。；\n0-9每]{{0,14}}，(?:一共|合计|共计|总共|总计|共)[^，。；\n0-9]{{0,5}}(?P<k>{_N})(?P<v>{_MEASURE})"
        rf"，每(?P=u)[^，。；\n0-9]{{0,8}}(?P<m>{_N})(?P=v)"
    )


@cache
def _monthly() -> re.Pattern[str]:
    """每月召开一次…，全年一共召开14次."""
    return late(
        r"每(?:个)?(?P<p>月|季度|季)(?P<does>[^，。；\n0-9]{0,6})(?P<m>[0-9]+|[一两二三四])(?P<u>次|期|场)[^。；\n0-9]{0,40}，(?:全年|一年)(?:来)?(?:一共|共)?(?P<what>[^，。；\n0-9]{0,8}?)(?P<k>[0-9]+)(?P=u)"
    )


@cache
def _for_each() -> re.Pattern[str]:
    """每个支局推荐1个人，一共12个人."""
    return late(
        rf"每(?:个|家|所|支)(?P<noun>{_NOUNS})(?:各|都|要|至少)?[^，。；\n0-9]{{0,6}}?(?P<m>[0-9]+|[{_HAN}]+)(?P<u>{_MEASURE})[^，。；\n]{{0,8}}，(?:全[省市县区镇乡村系])?(?:一共|合计|共计|总共|总计|共)[^，。；\n0-9]{{0,5}}(?P<k>[0-9]+|[{_HAN}]+)(?P=u)"
    )


@cache
def _difference() -> re.Pattern[str]:
    return late(
        rf"由(?:[^，。；\n0-9]{{0,8}})(?P<a>[0-9]+(?:\.[0-9]+)?)(?P<u>{_MEASURE})?[^，。；\n0-9]{{0,4}}?(?P<w>增|减|压|扩|升|降)[^，。；\n0-9]{{0,4}}?(?P<b>[0-9]+(?:\.[0-9]+)?)(?P=u)"
        rf"，(?:新购|新增|增加|净增|增设|添置|减少|压减|新添|新建)了?(?P<c>[0-9]+(?:\.[0-9]+)?)(?P=u)(?![^，。；\n]{{0,2}}%)"
    )


@cache
def _average() -> re.Pattern[str]:
    return late(
        rf"全年[^，。；\n0-9]{{0,14}}(?P<k>[0-9]+)(?P<u>{_MEASURE})(?:以上)?，(?:平均)?每月(?:平均)?(?:不少于)?(?P<m>[0-9]+)(?P=u)"
    )


@cache
def _change() -> re.Pattern[str]:
    """36件，比2016年的48件下降25%."""
    return late(
        rf"(?P<a>[0-9]+(?:\.[0-9]+)?)(?P<s>万?)(?P<u>{_MEASURE})，比(?:[^，。；\n]{{0,12}}?的|去年|上年|上一年)(?P<b>[0-9]+(?:\.[0-9]+)?)(?P=s)(?P=u)"
        r"(?P<w>下降|减少|降低|增长|增加|上升|提高)了?(?P<p>[0-9]+(?:\.[0-9]+)?)[%％]"
    )


@cache
def _direction() -> re.Pattern[str]:
    return late(
        rf"(?:由|从)[^，。；\n0-9]{{0,12}}(?P<a>[0-9]+(?:\.[0-9]+)?)(?P<u>[%％]|万?{HAN}{{1,2}})"
        r"(?P<w>下降|降低|减少|降|减|压缩|上升|提高|提升|增加|增长|增|扩大|升)(?:了)?(?:到|至|为)(?P<t>[^，。；\n0-9]{0,6})(?P<b>[0-9]+(?:\.[0-9]+)?)(?P=u)"
    )


_DOWN = ("下降", "降低", "减少", "降", "减", "压缩")


def figures_not_following(context: Context) -> Iterator[Hit]:
    """30只，每只50册，共1800册."""
    text = context.shared(prose)
    if "每" in text:
        yield from _products(text)
        yield from _shares(context)
    if "人手一" in text:
        for part in context.document.parts:
            yield from _one_for_each(text, part.start, part.end)
    if "占" in text:
        yield from _part_of(text)
    if "由" in text or "从" in text:
        yield from _changes(text)
    for at in _find(text, "，比"):
        for m in _change().finditer(text, max(0, at - 12), at + 40):
            a, b, said = float(m["a"]), float(m["b"]), float(m["p"])
            if b == 0:
                continue
            real = (a - b) / b * 100
            down = m["w"] in _DOWN
            if (real < 0) != down and not _same(a, b):
                word = "减少" if real < 0 else "增加"
                yield Hit(m.start("w"), m.end("w"), f"由{m['b']}到{m['a']}是{word}，不是“{m['w']}”，请核对")
            elif abs(abs(real) - said) > max(0.6, 0.015 * abs(real)):
                yield Hit(
                    m.start("p"),
                    m.end("p") + 1,
                    f"由{m['b']}到{m['a']}，幅度约为{abs(real):.1f}%，写的是{said:g}%，请核对",
                )


def _number(words: str) -> float | None:
    scale = "万" if words.endswith("万") else ""
    return _value(words.removesuffix("万"), scale)


def _products(text: str) -> Iterator[Hit]:
    windows: list[tuple[int, int]] = []
    for at in _find(text, "每"):
        low, high = max(0, at - 36), at + 50
        if windows and low < windows[-1][1]:
            windows[-1] = (windows[-1][0], high)
        elif any(word in text[low:high] for word in ("合计", "共")):
            windows.append((low, high))
    for pattern in (_product(), _product_last()):
        for m in (m for low, high in windows for m in pattern.finditer(text, low, high)):
            n, each, all_ = _number(m["n"]), _number(m["m"]), _number(m["k"])
            if n is None or each is None or all_ is None or _same(n * each, all_):
                continue
            yield Hit(
                m.start("k"),
                m.end("k"),
                f"{m['n']}{m['u']}，每{m['u']}{m['m']}{m['v']}，应是{_show(n * each)}{m['v']}，写的是{m['k']}{m['v']}，请核对",
            )
    for m in _average().finditer(text):
        all_, each = float(m["k"]), float(m["m"])
        if each * 12 > all_ and not _same(each * 12, all_):
            yield Hit(
                m.start("m"),
                m.end("m"),
                f"全年{m['k']}{m['u']}，平均每月是{all_ / 12:.3g}{m['u']}，写的是{m['m']}{m['u']}，请核对",
            )


def _shares(context: Context) -> Iterator[Hit]:
    text = context.shared(prose)
    for m in _monthly().finditer(text):
        each, all_ = parse_int(m["m"]), parse_int(m["k"])
        times = 12 if m["p"] == "月" else 4
        what = m["what"] and not any(pair in m["what"] for pair in map("".join, pairwise(m["does"])))
        if each and all_ and not what and each * times != all_ and all_ <= 2 * each * times:
            yield Hit(
                m.start("k"),
                m.end("k"),
                f"每{m['p']}{each}{m['u']}，全年应是{each * times}{m['u']}，写的是{all_}{m['u']}，请核对",
                severity="warning" if all_ > each * times else "info",
            )
    for m in _for_each().finditer(text):
        each, all_ = parse_int(m["m"]), parse_int(m["k"])
        part = next(p for p in context.document.parts if p.end > m.start())
        counts = {c.value for c in _counts_in(context, part) if c.noun == m["noun"] and c.whole}
        if each and all_ and len(counts) == 1 and each * (n := counts.pop()) != all_:
            yield Hit(
                m.start("k"),
                m.end("k"),
                f"{n}个{m['noun']}，每个{each}{m['u']}，应是{n * each}{m['u']}，写的是{all_}{m['u']}，请核对",
            )


_EACH_ONE = late(r"(?P<k>[0-9]{2,5})(?:张|本|册|份|枚|套)，?(?:做到|确保|实现)?人手一")
_STAFF = late(
    r"(?P<a>[0-9]{2,5})(?:名|人|个)?(?:在职)?(?:干部职工|员工|职工|教职工|干警|党员)|(?:干部职工|员工|职工|教职工|干警|党员)(?P<b>[0-9]{2,5})(?:名|人)"
)


def _one_for_each(text: str, start: int, end: int) -> Iterator[Hit]:
    """312名员工 … 学习卡321张，人手一张."""
    staff = {s["a"] or s["b"] for s in _STAFF.finditer(text, start, end)}
    for m in _EACH_ONE.finditer(text, start, end):
        if m["k"] in staff:
            continue
        n = int(m["k"])
        for s in sorted(staff):
            if sorted(s) == sorted(m["k"]) or abs(int(s) - n) <= 0.05 * n:
                yield Hit(m.start("k"), m.end("k"), f"人手一份，前面说有{s}人，这里写{m['k']}，请核对")
                break


_SHARE = late(
    r"(?P<n>[0-9]{2,6})(?:人|名|户|件)，?占(?P<of>[^，。；\n0-9]{0,12}?)的?(?:(?P<p>[0-9]{1,2}(?:\.[0-9]+)?)[%％]|(?P<tenths>[一二三四五六七八九])成(?![多余效]))"
)
_PEOPLE = late(r"(?<![0-9.])([0-9]{2,6})(?:人(?!次)|名|户(?!次)|件|位)")


def _share_of(n: int, share: float, slack: float, numbers: Sequence[int]) -> bool:
    """Whether `n` is about `share` of one of the sorted `numbers`."""
    first = bisect_left(numbers, n / min(share + slack, 1) - 1e-6)
    return first < len(numbers) and (share <= slack or numbers[first] <= n / (share - slack) + 1e-6)


def _part_of(text: str) -> Iterator[Hit]:
    """寄宿生1105人，占60%, where no number of the text makes it 60%."""
    shares = list(_SHARE.finditer(text))
    numbers = sorted({int(w[1]) for w in _PEOPLE.finditer(text)}) if shares else []
    for m in shares:
        n = int(m["n"])
        share = float(m["p"]) / 100 if m["p"] else (parse_int(m["tenths"]) or 0) / 10
        slack = 0.006 if m["p"] and "." in m["p"] else 0.011 if m["p"] else 0.05
        near = [
            int(w[1]) for w in _PEOPLE.finditer(text, _from(text, m.start(), 90, "。\n"), m.start()) if int(w[1]) > n
        ]
        if share and near and not _share_of(n, share, slack, numbers):
            yield Hit(
                m.start("n"),
                m.end(),
                f"{n}占{near[-1]}的{n / near[-1]:.1%}，与“{text[m.end('n') : m.end()].lstrip('人名户件，,')}”不合，请核对",
                severity="info",
            )


_REACHED = late(r"[降升高少大加长减缩增了][到至为]")


def _changes(text: str) -> Iterator[Hit]:
    if any(word in text for word in ("，新", ",新", "，增", "，净", "，添", "，减", "，压")):
        for m in _difference().finditer(text):
            a, b, c = float(m["a"]), float(m["b"]), float(m["c"])
            if m["u"] and not _same(abs(b - a), c):
                yield Hit(
                    m.start("c"),
                    m.end("c"),
                    f"由{m['a']}{m['u']}到{m['b']}{m['u']}，相差{abs(b - a):g}{m['u']}，写的是{m['c']}{m['u']}，请核对",
                )
    if not _REACHED.search(text):
        return
    for m in _direction().finditer(text):
        a, b = float(m["a"]), float(m["b"])
        down = m["w"] in _DOWN
        if not _same(a, b) and (b < a) != down:
            yield Hit(m.start("w"), m.end("w"), f"由{m['a']}到{m['b']}，与“{m['w']}”不合，请核对数字或用词")


FIGURES_NOT_FOLLOWING = Rule(
    code="CON009",
    name="figures-not-following",
    title="推算的数字对不上",
    severity="warning",
    why="每份多少、一共多少，由多少增到多少、增了多少，这些数字互相牵着。有一个抄错，一算就露出来。",
    basis=(_PRACTICE,),
    check=figures_not_following,
    examples=(
        Bad("配送书箱30只，每只50册，共【1800】册。"),
        Bad("举办培训班两期，每期5天，共计【8】天。"),
        Bad("请12对新人集体成婚，总共花了【9600】元，每对用了900元。"),
        Bad("图书消毒柜由4台增至9台，新购【6】台。"),
        Bad("现有员工312名。印发学习卡【321】张，人手一张。"),
        Bad("全校学生1842人，其中寄宿生【1305人，占60%】。", severity="info"),
        Bad("每月召开一次联席会，全年一共召开【14】次。"),
        Bad("全县11个支局参加，每个支局推荐1个人，一共【12】个人。"),
        Bad("全年发稿不少于24篇，平均每月【3】篇。"),
        Bad("受理投诉36件，比上年的48件下降【20%】。"),
        Bad("受理投诉56件，比上年的48件【下降】16.7%。"),
        Bad("满意率由去年的95.2%【下降】到97.8%。"),
        Good("配送书箱30只，每只50册，共1500册。", "算得拢"),
        Good("受理投诉36件，比上年的48件下降25%。", "算得拢"),
        Good("每月召开一次例会，各部门按时参加，全年开展志愿服务14次。", "不是同一件事"),
        Good("全年发稿不少于30篇，平均每月2篇以上。", "每月只说下限"),
        Good("满意率由去年的95.2%上升到97.8%。", "方向一致"),
    ),
)


# --- lists that say how many they name ------------------------------------------------------------------------------

_HOW_MANY = late(r"个(?=部门|单位|科室|股室|乡镇|街道|社区|村|支部|处室|支局|县|区)")
_LIST = late(
    rf"(?:[，。；：:（\n由和])(?P<items>(?:{HAN}{{2,10}}、){{2,14}}{HAN}{{2,10}}?)(?P<etc>等)?(?P<n>[0-9]{{1,2}}|[三四五六七八九十]+)个(?P<noun>部门|单位|科室|股室|乡镇|街道|社区|村|支部|处室|支局|县区|县|区)(?![级委直])"
)


_FIGURES = tuple("0123456789三四五六七八九十")
_NO_LIST = late(r"各|有关|所属|所辖|其他|[的在把对为到从]")


def _lists(text: str) -> Iterator[re.Match[str]]:
    for counted in _HOW_MANY.finditer(text):
        at = counted.start()
        if text[at - 1 : at] not in _FIGURES:
            continue
        low = _from(text, at, 120)
        if text.count("、", low, at) >= 2:
            yield from (m for m in _LIST.finditer(text, max(low - 1, 0), at + 4) if m.start("noun") == at + 1)


def listed_count(context: Context) -> Iterator[Hit]:
    """甲部、乙部、丙部四个部门."""
    text = context.shared(prose)
    for m in _lists(text):
        n = parse_int(m["n"])
        items = m["items"].split("、")
        named = len(items) + sum(1 for item in items if re.search(r"和|及|与|以及", item))
        if n is None or n == len(items) or n == named or _NO_LIST.search(m["items"]) or n > 3 * named:
            continue
        if m["etc"] and n > named and (n - named > 1 or named < 4):
            continue
        yield Hit(
            m.start("n"),
            m.end("noun"),
            f"前面列了{named}个，这里写“{m['n']}个{m['noun']}”，请核对",
            severity="info" if m["etc"] and n > named else None,
        )


LISTED_COUNT = Rule(
    code="CON020",
    name="listed-count",
    title="列出的个数与说的不符",
    severity="warning",
    why="一个个都列出来了，后面的总数却不对，多半是增减了单位没有改数。",
    basis=(_PRACTICE,),
    check=listed_count,
    examples=(
        Bad("责任单位：办公室、人事科、财务科【四个科室】。"),
        Bad("成员由办公室、人事科、财务科、法规科、宣传科等【6个部门】的负责人组成。", severity="info"),
        Good("成员由办公室、人事科、财务科3个科室的负责人组成。", "个数相符"),
        Good("由宣传部、教育局、团委等12个部门落实。", "“等”表示没有列完"),
    ),
)


# --- one thing, two values ------------------------------------------------------------------------------------------


@cache
def _counted() -> re.Pattern[str]:
    return late(rf"[{_COUNTED.replace('|', '')}](?P<noun>{_NOUNS})(?![镇社务委公级])")


#: Longer names of the same thing.
_PLAIN = {"村民小组": "小组", "行政村": "村", "国土资源所": "基层所", "基层国土资源所": "基层所", "营业网点": "网点"}
_BEFORE_UNIT = late(r"(?:[0-9]+|[一二三四五六七八九十两]+)\Z")


_AFTER_NOUN = late(rf"(?P<n>[0-9]{{1,3}})(?P<u>[{_COUNTED.replace('|', '')}])")
_FIRST_NOUNS = ("收费站", "服务区", "支局", "支公司", "支行", "网点", "行政村", "社区", "街道", "村民小组", "教学班")


@cache
def _lead() -> re.Pattern[str]:
    return late(
        r"(?:全[省市县区镇乡村局院校站所行公系][^，。；：\n0-9]{0,6}?|辖区?|下辖|所辖|现有|共有|共辖|下设|内设|设有|设|管辖|其中)\Z"
    )


_WHOLE = ("全", "辖", "下辖", "所辖", "现有", "共有", "共辖", "下设", "内设", "设有", "管辖", "设")


class _Count(NamedTuple):
    start: int
    end: int
    value: int
    measure: str
    noun: str
    lead: str

    @property
    def whole(self) -> bool:
        """Whether the words say that these are all."""
        return self.lead.startswith(_WHOLE)


def _counts(context: Context) -> tuple[_Count, ...]:
    """How many villages, branches, departments … the text speaks of."""
    found: list[_Count] = []
    text = context.shared(prose)
    for m in _counted().finditer(text):
        number = _BEFORE_UNIT.search(text, max(0, m.start() - 5), m.start())
        n = parse_int(number[0]) if number else None
        if number is not None and n is not None and n >= 2:
            lead = _lead().search(text, max(0, number.start() - 8), number.start())
            found.append(
                _Count(
                    number.start(),
                    m.end(),
                    n,
                    text[m.start()],
                    _PLAIN.get(m["noun"], m["noun"]),
                    lead[0] if lead else "",
                )
            )
    for m in _AFTER_NOUN.finditer(text):
        if not text.endswith(_FIRST_NOUNS, max(0, m.start() - 4), m.start()):
            continue
        noun = next(word for word in _FIRST_NOUNS if text.endswith(word, 0, m.start()))
        n = parse_int(m["n"])
        if n is not None and n >= 2:
            at = m.start() - len(noun)
            lead = _lead().search(text, max(0, at - 16), at)
            found.append(_Count(m.start(), m.end(), n, m["u"], _PLAIN.get(noun, noun), "设" if lead else ""))
    return tuple(sorted(found))


def _counts_in(context: Context, part: Part) -> Sequence[_Count]:
    counts = context.shared(_counts)
    first = bisect_left(counts, part.start, key=lambda c: c.start)
    return counts[first : bisect_left(counts, part.end, key=lambda c: c.start)]


def two_values(context: Context) -> Iterator[Hit]:
    """全镇12个村 … 其中13个村: a part that is greater than the whole; 全镇12个村 … 全镇13个村; 1986户 … 1968户."""
    text = context.shared(prose)
    for part in context.document.parts:  # reports of several units can stand in one file
        yield from _recounted(_counts_in(context, part))
        yield from _swapped(text, part.start, part.end)
        yield from _renumbered(text, part.start, part.end)
        yield from _rates(text, part.start, part.end)


def _recounted(counts: Sequence[_Count]) -> Iterator[Hit]:
    whole: dict[str, _Count] = {}
    latest: dict[str, _Count] = {}
    for c in counts:
        known = whole.get(c.noun)
        before = latest.get(c.noun)
        if known and known.value != c.value and c.lead.startswith("全") and known.lead == c.lead:
            yield _conflict(c, known)
        elif c.lead == "其中" and before and c.value > before.value and c.start - before.end < 80:
            yield _conflict(c, before)
        elif known and abs(c.value - known.value) == 1 and not c.whole and c.lead != "其中":
            yield _conflict(c, known, "info")
        elif c.whole and known is None:
            whole[c.noun] = c
        latest[c.noun] = c


_RATE = late(
    r"(?:率|满意度|知晓度)(?:要|应|均|都)?(?:达到|达|不低于|保持在|稳定在|不少于|在|为)(?P<n>[0-9]+(?:\.[0-9]+)?)[%％]"
)
_RATE_NAME = late(rf"{HAN}{{4,8}}\Z")
_PERIOD = late(r"年|月|季度|期|由|从|提高|提升|上升|下降|原来|去|目前|现在|其中")


def _rates(text: str, start: int, end: int) -> Iterator[Hit]:
    """知晓率达到95%以上 … 知晓率达到90%以上: one rate, two aims."""
    known: dict[str, str] = {}
    for m in _RATE.finditer(text, start, end):
        name = _RATE_NAME.search(text, _from(text, m.start(), 8, "。；\n，、："), m.start())
        low = _from(text, m.start(), 60, "。；\n")
        if name is None or _PERIOD.search(text, low, m.end()):
            continue
        before = known.setdefault(name[0], m["n"])
        if float(before) != float(m["n"]):
            rate = name[0] + m[0][: 1 if m[0].startswith("率") else 3]
            yield Hit(m.start("n"), m.end("n") + 1, f"“{rate}”前面写的是{before}%，这里写{m['n']}%，前后不一致，请核对")


_NAMED = late(rf"([1-9][0-9]{{1,4}})([户名家])({HAN}{{5}})")


def _renumbered(text: str, start: int, end: int) -> Iterator[Hit]:
    """评出五好文明家庭86户 … 68户五好文明家庭."""
    seen: set[str] = set()
    for m in _NAMED.finditer(text, start, end):
        if m[3] in seen or text[m.start() - 1 : m.start()] in _INSIDE:
            continue
        seen.add(m[3])
        at = text.find(m[3], start, m.start())
        while at >= 0:
            other = re.match(rf"{HAN}{{0,4}}?([0-9]{{2,5}}){m[2]}(?![以次均])", text[at + 5 : at + 16])
            if other and other[1] != m[1]:
                yield Hit(
                    m.start(), m.end(2), f"前面写的是{other[1]}{m[2]}，这里写“{m[1]}{m[2]}”，请核对", severity="info"
                )
                break
            at = text.find(m[3], at + 1, m.start())


_INSIDE = tuple("0123456789.年")  # the figures go on to the left
_LONG = late(r"([1-9][0-9]{2,4})(户|人次|人|名|平方米|件|册|张|亩|只|棵|个)")


def _swapped(text: str, start: int, end: int) -> Iterator[Hit]:
    """1986户 … 1968户: the same digits in another order; three digits only with the same words around them."""
    seen: dict[tuple[str, str], re.Match[str]] = {}
    for m in _LONG.finditer(text, start, end):
        digits = m[1]
        if text[m.start() - 1 : m.start()] in _INSIDE or len(set(digits) - {"0"}) < 3:
            continue
        first = seen.setdefault(("".join(sorted(digits)), m[2]), m)
        if first[1] == digits or sum(a != b for a, b in zip(first[1], digits, strict=True)) != 2:
            continue
        alike = text[m.end() : m.end() + 2] == text[first.end() : first.end() + 2]
        alike = alike or text[m.start() - 2 : m.start()] == text[first.start() - 2 : first.start()]
        if alike or len(digits) >= 4:
            yield Hit(
                m.start(),
                m.end(),
                f"前面写的是“{first[0]}”，这里写“{m[0]}”，像是同一个数颠倒了数字，请核对",
                severity="warning" if len(digits) >= 4 else "info",
            )


def _conflict(c: _Count, before: _Count, severity: Severity | None = None) -> Hit:
    words = f"{before.value}{before.measure}{before.noun}"
    return Hit(
        c.start,
        c.end,
        f"前面写的是“{words}”，这里写“{c.value}{c.measure}{c.noun}”，前后不一致，请核对",
        severity=severity,
    )


TWO_VALUES = Rule(
    code="CON010",
    name="two-values",
    title="同一个数目前后两种说法",
    severity="warning",
    why="辖几个村、有几个部门，一篇里只能有一个数。前后不一，多半是改了一处忘了另一处，或者抄来的没有改净。",
    basis=(_PRACTICE,),
    check=two_values,
    examples=(
        Bad("全县12个乡镇都办起了家长学校。下半年，全县【13个乡镇】再办一轮。"),
        Bad("在12个乡镇办起了家长学校，其中【13个乡镇】配了心理辅导老师。"),
        Bad("目标：群众对创建工作的知晓率达到95%以上。\n要求：加强宣传，群众对创建工作的知晓率达到【90%】以上。"),
        Bad("小区有1986户居民。网格员分片走访了【1968户】居民。"),
        Good("全县12个乡镇都办起了家长学校，其中5个乡镇建了分校。", "部分比全体少"),
        Good("全县12个乡镇、全市46个乡镇都参加了活动。", "范围不同"),
    ),
)

RULES = (PARTS_AND_TOTAL, FIGURES_NOT_FOLLOWING, TWO_VALUES, LISTED_COUNT)
