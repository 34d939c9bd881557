"""CON: places and units. Whose report is this, and does every name in an own role belong there?

A different place alone is no contradiction: reports speak of visits, of migrants, of partner villages. It is one
only in a role that the own unit's place must fill: the superior whose call is followed, the title, the signature, the
unit that sets up its own leading group.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule, Severity
from docnlp.rules.con_patterns import HAN, prose
from docnlp.text.late import late
from docnlp.text.places import Gazetteer, Place, gazetteer

_PRACTICE = Basis("公文起草惯例", note="单位名称、地名前后一致，并用现行的全称或规范简称")
_DIVISIONS = Basis("行政区划代码", note="民政部公布的县以上行政区划，截至 2025 年底；历年变更用公开数据整理")

_PREFIX = late(
    r"(?:中共|中国共产党|共青团|国家税务总局|国网|中国邮政集团(?:有限)?公司|中国(?:工商|农业|建设|邮政储蓄)?银行|人民银行)"
)
_LEVELS = (
    "自治区|自治州|自治县|街道|社区|省|市(?![场政容民直级属内])|州(?!市)|县(?![直级委域城属区])|区(?![域委直级属内块别间])"
    "|旗(?![下舰])|镇(?!区)|(?<![农城水])乡(?![村镇风贤亲])|(?<![农乡新])村(?![民级支委镇庄规史])"
)
_CHAIN = late(rf"({HAN}{{2,5}}?)({_LEVELS})")
#: Words that can begin a title and are no part of a name.
_NO_NAME = late(
    r"[的在对从到为把将让用以向于是有和与及或让做当争守爱暖致全各我本该这那某]|建设|创建|争创|共建|文明|美丽|开展|加强|推进|深化|倡导|弘扬|关于|年度|工作|学习|服务|和谐|农村|城市|绿色|平安|清洁|活动|打造|推动|构建|加快|提升|乡村|单位|小区|城乡|城区|辖区|地区|园区|景区|国家|全国|[省市县]级|示范|卫生|园林|模范|特色|旅游|森林|智慧|书香|健康|幸福|法治|诚信|双拥|生态|宜居|最|无烟|老旧|未来|友好"
)


class Named(NamedTuple):
    """A place in a name: [start, end) in the text, the proper name and the word for its level."""

    start: int
    end: int
    stem: str
    level: str

    @property
    def name(self) -> str:
        """Proper name with the word for the level."""
        return self.stem + self.level


class Unit(NamedTuple):
    """The own unit as it stands in a title or a signature."""

    start: int
    end: int
    words: str
    places: tuple[Named, ...]
    tail: str
    signed: bool
    part: int


_TITLE_UNIT = late(
    r"(?:\S{0,24}?(?:局|委员会|办公室|文明办|文明委|工委|党委|法院|检察院|医院|卫生院|学院|大学|中学|小学|学校|幼儿园|中心|公司|集团|银行|支行|分行|农商行|车站|站|所|馆|大队|支队|中队|敬老院|管理处|景区|街道|社区|机关|政府)"
    r"(?=20|19|二〇|二○|关于|创建|文明|精神|申报|开展|“|工作|年|在))"
)


def _chain(text: str, start: int, end: int) -> tuple[Named, ...]:
    """The places that a name begins with: 芙桥区文澜街道…"""
    if m := _PREFIX.match(text, start, end):
        start = m.end()
    found: list[Named] = []
    while m := _CHAIN.match(text, start, end):
        if _NO_NAME.search(m[1]) or (m[2] == "市" and len(m[1]) > 2 and m[1].endswith("城")):
            break
        found.append(Named(m.start(), m.end(), m[1], m[2]))
        start = m.end()
    return tuple(found)


def _units(context: Context) -> tuple[Unit, ...]:
    """The units in the titles and signatures of the parts, in order."""
    text = context.shared(prose)
    found: list[Unit] = []
    for block in context.document.blocks:
        if block.kind == "signature":
            first = re.split(r"[ \u3000\t、，,]", text[block.start : block.end].strip(), maxsplit=1)[0]
            end = block.start + len(first)
            if 4 <= len(first) <= 40 and not first.endswith(("。", "；")):
                found.append(_unit(text, block.start, end, block.part, signed=True))
        elif block.kind == "title" and not block.masthead:
            start = block.start
            while start < block.end and text[start] in "—-－ 　":
                start += 1
            m = _TITLE_UNIT.match(text, start, block.end)
            places = _chain(text, start, block.end)
            end = max(m.end() if m else start, places[-1].end if places else start)
            if end > start and not _NO_NAME.match(text, start, end):
                found.append(_unit(text, start, end, block.part, signed=False))
    return tuple(found)


def _unit(text: str, start: int, end: int, part: int, *, signed: bool) -> Unit:
    places = _chain(text, start, end)
    return Unit(start, end, text[start:end], places, text[places[-1].end if places else start : end], signed, part)


def _by_part(context: Context) -> dict[int, list[Unit]]:
    units: dict[int, list[Unit]] = {}
    for unit in context.shared(_units):
        units.setdefault(unit.part, []).append(unit)
    return units


# --- title and signature --------------------------------------------------------------------------------------------


def _within(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in this order: 文明办 in 文明建设委员会办公室."""
    rest = iter(long)
    return all(c in rest for c in short)


_BODIES = frozenset("局院馆站校所处")


def unit_conflict(context: Context) -> Iterator[Hit]:
    """Title of 清溪县, signature of 白水县; title of an education bureau, signature of a finance bureau."""
    for units in _by_part(context).values():
        titles = [u for u in units if not u.signed]
        signed = [u for u in units if u.signed]
        clashes = [next((c for t in titles if (c := _clash(context, t, u))), None) for u in signed]
        if titles and all(clashes):  # of several that sign together one is enough
            for start, end, here, there in filter(None, clashes):
                yield Hit(start, end, f"标题里是“{there}”，落款却是“{here}”，请核对是哪一个单位的稿子")


#: What may stand behind the name of a small place in a title; else it can be a theme (书香社区创建方案).
_SMALL = late(r"20|二〇|二○|关于|人民|党|居|村|小学|中学|中心|卫生|派出|司法|敬老|幼儿|第")


def _clash(context: Context, title: Unit, signed: Unit) -> tuple[int, int, str, str] | None:
    text = context.shared(prose)
    for place in signed.places:
        others = [p for p in title.places if p.level == place.level]
        if not others or any(p.stem == q.stem for p in others for q in signed.places if q.level == place.level):
            continue
        if place.level in ("社区", "村", "乡", "镇", "街道") and not _SMALL.match(text, title.places[-1].end):
            continue
        return place.start, place.end, place.name, others[0].name
    if not title.tail or not signed.tail or title.tail[-1] != signed.tail[-1] or title.tail[-1] not in _BODIES:
        return None
    short, long = sorted((title.tail, signed.tail), key=len)
    if _within(short, long) or not title.places or not signed.places or title.places[-1].name != signed.places[-1].name:
        return None
    return signed.start, signed.end, signed.words, title.words


UNIT_CONFLICT = Rule(
    code="CON001",
    name="unit-conflict",
    title="标题与落款不是同一个单位",
    severity="error",
    why="标题写一个单位，落款是另一个单位，收文的人第一眼就知道稿子是拿别家的改的。",
    basis=(_PRACTICE,),
    check=unit_conflict,
    examples=(
        Bad(
            "清禾县教育局2024年精神文明建设工作总结\n一年来，我局认真做好各项工作，干部作风明显好转。\n【白塔县】教育局\n2024年12月20日"
        ),
        Bad(
            "清禾县教育局2024年精神文明建设工作总结\n一年来，我局认真做好各项工作，干部作风明显好转。\n【清禾县水利局】\n2024年12月20日"
        ),
        Good(
            "书香社区创建工作方案\n为做好工作，制定本方案。\n一、目标\n人人爱读书，家家有书架。\n柳浪社区\n2024年3月20日",
            "“书香社区”是创建的名目",
        ),
        Good(
            "清禾县教育局 清禾县财政局关于做好文明校园工作的通知\n各学校：\n为做好工作，现将有关事项通知如下。\n清禾县教育局\n清禾县财政局\n2024年3月20日",
            "联合行文",
        ),
        Good(
            "清禾县市场监管局2024年精神文明建设工作总结\n一年来，我局认真做好各项工作，干部作风明显好转。\n清禾县市场监督管理局\n2024年12月20日",
            "落款是全称，标题是简称",
        ),
        Good(
            "柳河镇2024年精神文明建设工作总结\n一年来，全镇认真做好各项工作，村风明显好转。\n清禾县柳河镇人民政府\n2024年12月20日",
            "落款多写了上一级地名",
        ),
    ),
)


# --- the own name with a wrong character ----------------------------------------------------------------------------

#: Characters that are no part of a name: before it, or in 该区, 两县.
_NEVER = "全本我各邻省市区县的在从到对为是和与及由将让把向于这那某一二三四五六七八九十百个该每沿居聚进驻入两几多来去往赴过赶了里"
#: Characters that make a common word with the word for a level (老城区, 山区, 新村), fine in a name in front of a body.
_COMMON = "外城小校园景辖地片山库灾林牧厂矿街院病郊新老特乡村镇集古重农渔东西南北中上下近社片同整"
_BODY_AFTER = late(
    r"委|人民|政府|文明|党|局|教育|公安|税务|检察|法院|国土|城管|卫生|中心|机关|实际|创建|精神|图书|医院|各|全|干部|居民|群众|的|和谐|乡风|位于|地处|现有|辖"
)


def misspelt_name(context: Context) -> Iterator[Hit]:
    """青榆区 in a report of 清榆区: the own name with one character changed."""
    text = context.shared(prose)
    units = _by_part(context)
    for index, part in enumerate(context.document.parts):
        own = units.get(index, [])
        done: set[int] = set()
        for stem, level, tail in _own_names(own):
            right = stem + level
            found = [
                (start, end) for start, end, char in _one_off(text, part.start, part.end, stem, level)
                if (
                    tail is None or text.startswith(tail, end) or (char not in _COMMON and _BODY_AFTER.match(text, end))
                )
                and not _listed(text, start, end) and not any(text[start:end] in u.words for u in own)
                and not _VISIT.search(text, end, end + 14) and not _VISIT_BEFORE.search(text, max(part.start, start - 16), start)
            ]  # fmt: skip
            wrong = Counter(text[start:end] for start, end in found)
            most = max(1, text.count(right, part.start, part.end) // 2) if found else 0
            for start, end in found:
                if start not in done and wrong[text[start:end]] <= most:
                    done.add(start)
                    yield Hit(start, end, f"本单位写作“{right}”，这里写成“{text[start:end]}”，请核对", (right,))


_STEM = late(
    rf"({HAN}{{2,4}}?)(农村商业银行|农商银行|农商行|收费站|水库管理处|职业技术学院|职业学院|实验小学|中心小学|中心幼儿园|小学|中学|幼儿园|敬老院|景区管理处|火车站|汽车站|管理处){HAN}{{0,8}}"
)


def _own_names(units: Sequence[Unit]) -> Iterator[tuple[str, str, str | None]]:
    """For each own name the proper part, the rest, and what body stands behind; None where the rest tells it."""
    seen: set[str] = set()
    for unit in units:
        last = unit.places[-1] if unit.places else None
        names = [(p.stem, p.level, unit.tail[:3] if p is last and len(unit.tail) >= 2 else "？") for p in unit.places]
        stemmed: list[tuple[str, str, str | None]] = [*names]
        if not names and (m := _STEM.fullmatch(unit.words)):
            stemmed = [(m[1], m[2], None)]
        for stem, level, tail in stemmed:
            if stem + level not in seen:
                seen.add(stem + level)
                yield stem, level, tail


def _one_off(text: str, first: int, last: int, stem: str, level: str) -> Iterator[tuple[int, int, str]]:
    """Where `stem + level` stands in [first, last) with exactly one character of the stem replaced, and by which."""
    right = stem + level
    size = len(right)
    for i in range(len(stem)):
        anchor, shift = (right[1:], 1) if i == 0 else (stem[:i], 0)
        at = text.find(anchor, first + shift, last)
        while at >= 0:
            start = at - shift
            words = text[start : start + size]
            if (
                len(words) == size and words != right and words[i] not in _NEVER and "\u4e00" <= words[i] <= "\u9fff"
                and words[:i] == right[:i] and words[i + 1 :] == right[i + 1 :]
            ):  # fmt: skip
                yield start, start + size, words[i]
            at = text.find(anchor, at + 1, last)


_VISIT = late(r"考察|交流|对口|支援|来访|来我|来馆|来局|参观|取经|结对|协作|一行")
_VISIT_BEFORE = late(r"(?:考察|交流|对口|支援|接待|参观|取经|结对|协作|兄弟|邻|学习)[^。；\n]{0,12}\Z")


def _listed(text: str, start: int, end: int) -> bool:
    """Whether the name stands in a list of places or as a neighbour, so that it is another place."""
    return text[max(0, start - 4) : start].endswith(("、", "和", "与", "及", "赴", "到", "邻", "“")) or text.startswith(
        ("、", "和", "与", "及", "等"), end
    )


MISSPELT_NAME = Rule(
    code="CON002",
    name="misspelt-own-name",
    title="本单位名称写错一个字",
    severity="warning",
    why="自己单位、自己地方的名字写错一个字，是最不该有的差错；也常常是从名字相近的单位抄来的。",
    basis=(_PRACTICE,),
    check=misspelt_name,
    examples=(
        Bad(
            "清榆区2024年公民道德宣传月活动方案\n为做好工作，制定本方案。\n一、要求\n【青榆区】文明办要派人检查。\n清榆区文明办\n2024年8月16日",
            suggestion="清榆区",
        ),
        Bad(
            "渔浦农村商业银行创建市级文明单位实施方案\n为做好工作，制定本方案。\n一、组织领导\n成立【渔埔农村商业银行】文明创建领导小组。\n渔浦农村商业银行\n2024年4月18日",
        ),
        Good(
            "清榆区2024年公民道德宣传月活动方案\n为做好工作，制定本方案。\n一、要求\n组织到江榆区、白榆区学习。\n清榆区文明办\n2024年8月16日",
            "说的是别的区",
        ),
        Good(
            "东城区2024年公民道德宣传月活动方案\n为做好工作，制定本方案。\n一、要求\n老城区的居民都要参加。\n东城区文明办\n2024年8月16日",
            "“老城区”不是地名",
        ),
    ),
)


# --- the unit in its own role ---------------------------------------------------------------------------------------

_SETS_UP = late(
    r"成立(?:了|以|由)?(?P<unit>[^，。；：、\n0-9]{4,24}?)(?=精神文明|文明|创建|学雷锋|志愿|“|工作领导)[^。；，\n]{0,24}?(?:领导小组|指挥部|专班)"
)


def unit_in_own_role(context: Context) -> Iterator[Hit]:
    """成立清禾市少儿图书馆领导小组 in a report of 清禾市图书馆; 白塔县教育局坚持 … in a report of 清禾县教育局."""
    text = context.shared(prose)
    units = _by_part(context)
    for index, part in enumerate(context.document.parts):
        own = [u for u in units.get(index, []) if u.places and u.tail]
        if own:
            yield from _groups(text, part.start, part.end, own)
            yield from _namesakes(text, part.start, part.end, own)


def _groups(text: str, first: int, last: int, own: Sequence[Unit]) -> Iterator[Hit]:
    if "成立" not in text:
        return
    for m in _SETS_UP.finditer(text, first, last):
        words = m["unit"]
        places = _chain(text, m.start("unit"), m.end("unit"))
        if not places or any(_is_own(words, u) for u in own):
            continue
        tail = text[places[-1].end : m.end("unit")]
        for unit in own:
            message = f"本单位是“{unit.words}”，这里成立的却是“{words}”的领导小组，请核对"
            same = {p.name for p in unit.places} & {p.name for p in places}
            if same and tail and tail[-1] == unit.tail[-1] and tail[-1] in _BODIES and not _within(tail, unit.tail):
                yield Hit(m.start("unit"), m.end("unit"), message, (unit.words,))
                break
            other = next((p for p in places for q in unit.places if p.level == q.level and p.stem != q.stem), None)
            if other and not same:
                yield Hit(other.start, other.end, message)
                break


def _is_own(words: str, unit: Unit) -> bool:
    """Whether `words` is the unit's name, a shorter form of it, or the place it belongs to."""
    return _within(words, unit.words) or (_within(unit.words, words) and words.endswith(unit.places[-1].name))


_SUBJECT = late(rf"(?:[。；\n]|[。；\n]\s{{0,4}}[^。；，\n]{{0,10}}年(?:度|来|以来)?，)\s{{0,4}}({HAN}{{2,4}})\Z")


_VERB = late(r"成立|邀请|联合|配合|组织|协助|会同|报送|经|受|请|比如|例如|主动|积极|据|全|我|由")
_ACTS = late(
    r"坚持|以|认真|始终|深入|紧紧|党组|党委|党总支|党支部|高度|积极|全体|把|严格|切实|着力|充分|扎实|大力|围绕|按照|在"
)


def _namesakes(text: str, first: int, last: int, own: Sequence[Unit]) -> Iterator[Hit]:
    """A body of the same kind, from another place, as the subject of a sentence."""
    for level, tail in {(u.places[-1].level, u.tail) for u in own if len(u.tail) >= 3}:
        stems = {u.places[-1].stem for u in own if (u.places[-1].level, u.tail) == (level, tail)}
        at = text.find(level + tail, first, last)
        while at >= 0:
            end = at + len(level + tail)
            subject = _SUBJECT.search(text, max(first, at - 24), at)
            high = min([i for c in "。；\n" if (i := text.find(c, end, end + 60)) >= 0], default=end + 60)
            if (
                subject
                and subject[1] not in stems
                and not any(subject[1].endswith(stem) for stem in stems)
                and not _NO_PLACE.search(subject[1])
                and sum(a == b for stem in stems for a, b in zip(stem, subject[1], strict=False)) == 0
                and not _ELSEWHERE.search(text, end, high)
                and not _VERB.match(subject[1])
                and _ACTS.match(text, end)
            ):
                start = subject.start(1)
                yield Hit(
                    start,
                    at + len(level),
                    f"本单位是“{own[0].words}”，这里的主语却是“{text[start:end]}”，像是从别处抄来的，请核对",
                )
            at = text.find(level + tail, end, last)


UNIT_IN_OWN_ROLE = Rule(
    code="CON019",
    name="other-unit-in-own-role",
    title="本单位的位置上写着别的单位",
    severity="warning",
    why="自己的领导小组冠着别的单位的名字，一看就是抄来没有改净。",
    basis=(_PRACTICE,),
    check=unit_in_own_role,
    examples=(
        Bad(
            "清禾市图书馆2024年精神文明建设工作要点\n要抓好以下工作。\n一、组织领导\n成立【清禾市少儿图书馆】精神文明建设领导小组，馆长任组长，办公室负责日常工作。\n清禾市图书馆\n2024年3月18日"
        ),
        Bad(
            "清禾县教育局2024年精神文明建设工作要点\n要抓好以下工作。\n一、组织领导\n成立【白塔县】教育局精神文明建设领导小组，局长任组长，办公室负责日常工作。\n清禾县教育局\n2024年3月18日"
        ),
        Bad(
            "清禾县教育局2024年精神文明建设工作总结\n一年来，各项工作有进步。\n2024年，【白塔县】教育局坚持两手抓，队伍面貌一新。\n清禾县教育局\n2024年12月18日"
        ),
        Good(
            "清禾县教育局2024年精神文明建设工作总结\n一年来，各项工作有进步。\n白塔县教育局一行来我局参观。清禾县教育局机关面貌一新。\n清禾县教育局\n2024年12月18日",
            "来参观的单位",
        ),
        Good(
            "清禾县市场监督管理局2024年精神文明建设工作要点\n要抓好以下工作。\n一、组织领导\n成立清禾县市场监管局精神文明建设领导小组，局长任组长，办公室负责日常工作。\n清禾县市场监督管理局\n2024年3月18日",
            "简称",
        ),
    ),
)


# --- superiors ------------------------------------------------------------------------------------------------------

_PROVINCES = "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"


@cache
def _provincial() -> re.Pattern[str]:
    return late(
        rf"(?P<name>{_PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)?(?P<role>委(?!员)|党委|人民政府|政府|文明委|文明办|文明单位|文明校园|文明村镇|文明家庭)"
        rf"|建设[^，。；\n]{{0,8}}?(?:美丽|新|富裕|文明|幸福|和谐|富饶)(?P<built>{_PROVINCES})"
    )


#: Sentences in which another place is no contradiction.
_ELSEWHERE = late(
    r"考察|交流|对口|支援|援|来访|来我|参观|调研|联谊|结对|协作|兄弟|外省|外地|邻省|取经|借鉴|赴|前往|籍|来自|务工|外出|主办|联合|会议在|召开的|转业|毕业|出生|曾任|原(?!则|因)|历史|书记|视察|经验|做法|先进|典型"
)


class _Role(NamedTuple):
    start: int
    end: int
    name: str


def _provinces_in_roles(text: str, start: int, end: int) -> Iterator[_Role]:
    for m in _provincial().finditer(text, start, end):
        name = m["name"] or m["built"]
        if m["name"] and name in ("北京", "天津", "上海", "重庆") and m["role"] == "政府":
            continue
        low = max([text.rfind(c, max(0, m.start() - 150), m.start()) + 1 for c in "。；\n《“"])
        high = min([i for c in "。；\n" if (i := text.find(c, m.end(), m.end() + 150)) >= 0], default=m.end() + 150)
        if text[low - 1 : low] in ("《", "“") and m.start() - low < 40:
            continue
        if not _ELSEWHERE.search(text, low, high):
            at = m.start("name") if m["name"] else m.start("built")
            yield _Role(at, at + len(name), name)


_PARTY = late(r"[市县区]委")
_NAME_BEFORE = late(rf"(?:在|按照|根据|贯彻|落实|响应|按|受|中共|对照|[，。；：、\n])({HAN}{{2,4}})\Z")
_LEADING = late(r"(?:在|按照|根据|贯彻|落实|响应|按|受|中共|对照)+")
_FOLLOWED = late(
    r"(?:[、，和与及][^，。；\n]{0,22}?)?的?(?:坚强|正确|统一|关心|亲切|大力|有力|高度|具体|双重)?(?:领导|部署|安排|要求|号召|关心|支持|指导|重视|决策)"
)


_NO_PLACE = late(r"[落实贯彻按照根据在的和与及市县区省委政府党级全各我本该上下方新两这以对是于会部机关]|自治")


def foreign_place(context: Context) -> Iterator[Hit]:
    """湖南省委 in a report from 宁夏; 白水县委 as the superior of a unit of 清溪县."""
    text = context.shared(prose)
    provinces = context.shared(_has_province)
    units = _by_part(context)
    for index, part in enumerate(context.document.parts):
        own = units.get(index) or units.get(index - 1, []) if part.attached else units.get(index, [])
        roles = list(_provinces_in_roles(text, part.start, part.end)) if provinces else []
        if roles:
            home = _home(own)
            sure = home is not None
            if home is None and len({r.name for r in roles}) > 1:
                home = Counter(r.name for r in roles).most_common(1)[0][0]
            for role in roles if home is not None else ():
                beside = not sure and any(r.name == home and abs(r.start - role.start) < 80 for r in roles)
                if role.name != home and not beside:  # side by side they are a list
                    where = f"本单位在{home}" if sure else f"别处说的都是{home}"
                    yield Hit(
                        role.start,
                        role.end,
                        f"{where}，这里却把“{role.name}”当作本省（区、市），像是从别处抄来的，请核对",
                        severity=None if sure else "warning",
                    )
        yield from _superiors(text, part.start, part.end, own)
        yield from _closings(text, part.start, part.end, own)


_PROVINCE_UNIT = late(
    rf"({_PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|(?=[^，。区路街州县村镇乡大][^，。路街]{{0,6}}(?:局|委|厅|公司|银行|学院)))"
)


def _home(own: Sequence[Unit]) -> str | None:
    """Short name of the province that the unit lies in, where title or signature say so."""
    for unit in own:
        start = m.end() if (m := _PREFIX.match(unit.words)) else 0
        if m := _PROVINCE_UNIT.match(unit.words, start):
            return m[1]
    names = [p.name for u in own for p in u.places if p.level in ("市", "县", "区", "自治州", "自治县", "州")]
    if names:
        places = gazetteer()
        for name in names:
            found = places.province_of(name)
            if len(found) == 1:
                full = next(iter(found))
                return next(s for s, f in places.provinces.items() if f == full and s != full)
    return None


def _superiors(text: str, start: int, end: int, own: Sequence[Unit]) -> Iterator[Hit]:
    known: dict[str, set[str]] = {}
    for place in (p for unit in own for p in unit.places):
        known.setdefault(place.level, set()).add(place.stem)
    for m in _PARTY.finditer(text, start, end):
        level = text[m.start()]
        before = _NAME_BEFORE.search(text, max(0, m.start() - 9), m.start())
        if before is None:
            continue
        lead = _LEADING.match(before[1])
        name = before[1][lead.end() if lead else 0 :]
        if len(name) < 2 or _NO_PLACE.search(name):
            continue
        if not _FOLLOWED.match(text, m.end(), m.end() + 24):
            continue
        low = max([text.rfind(c, max(0, m.start() - 150), m.start()) + 1 for c in "。；\n"])
        if _ELSEWHERE.search(text, low, m.end()):
            continue
        names = known.setdefault(level, set())
        if level == "市" and names and any(p.city == f"{name}市" for n in names for p in gazetteer().find(f"{n}市")):
            continue  # a city of county rank and the city above it
        if not names:
            names.add(name)
        elif name not in names and not any(name in n or n in name for n in names):
            at = m.start() - len(name)
            right = "、".join(f"{n}{level}" for n in sorted(names))
            yield Hit(
                at,
                m.start() + 1,
                f"本单位属“{right}”，这里的上级却是“{name}{level}委”，前后不一致，请核对",
                severity="info" if level == "市" else None,
            )


_CLOSING = late(r"为[^。；，\n]{0,16}?(?P<level>[市县区])(?=[^。；\n]{0,16}?(?:贡献|篇章|崛起|腾飞|振兴|新局面))")


def _closings(text: str, start: int, end: int, own: Sequence[Unit]) -> Iterator[Hit]:
    """为建设美丽新化县作出贡献, where the unit lies in another county: only places of the map."""
    known: dict[str, set[str]] = {}
    for place in (p for unit in own for p in unit.places):
        known.setdefault(place.level, set()).add(place.stem)
    for m in _CLOSING.finditer(text, start, end):
        level, at = m["level"], m.start("level")
        names = known.get(level)
        if not names or any(text.endswith(n, m.start(), at) for n in names) or _ELSEWHERE.search(text, m.start(), at):
            continue
        size = next(
            (
                n
                for n in (4, 3, 2)
                if text[at - n : at + 1] not in _TOO_COMMON and gazetteer().find(text[at - n : at + 1])
            ),
            0,
        )
        if size and at - size > m.start():
            words = text[at - size : at + 1]
            if level == "市" and any(p.city == words for n in names for p in gazetteer().find(f"{n}市")):
                continue
            right = "、".join(f"{n}{level}" for n in sorted(names))
            yield Hit(at - size, at + 1, f"本单位在“{right}”，这里却写为“{words}”作贡献，像是从别处抄来的，请核对")


FOREIGN_PLACE = Rule(
    code="CON003",
    name="foreign-place",
    title="把外地当作本地",
    severity="error",
    why="上级、属地写成了别的省、市、县，是抄来的稿子没有改净的铁证，通报抄袭时最先被点名的就是它。",
    basis=(_PRACTICE,),
    check=foreign_place,
    examples=(
        Bad(
            "宁夏回族自治区图书馆2024年精神文明建设工作总结\n一年来，在【湖南】省委、省政府的坚强领导下，各项工作取得进步。\n宁夏回族自治区图书馆\n2024年12月10日"
        ),
        Bad(
            "清禾县教育局2024年工作总结\n一年来，在【白塔县】委、县政府的正确领导下，各项工作取得进步。\n清禾县教育局\n2024年12月10日"
        ),
        Bad(
            "为贯彻落实江西省委的部署，制定本方案。\n一、学习教育。各单位要以更大的干劲抓好学习，逐月检查，逐项落实，逐人过关，学一次有一次的收获，做一件成一件，让干部职工看得见变化，让群众得到实惠，发扬成绩，纠正不足。\n二、服务大局。立足本职，为建设新【湖南】作出贡献。",
            severity="warning",
        ),
        Good("江西省文明单位和湖南省文明单位都派人参加了活动。", "两省并列，不是说本省"),
        Good(
            "宁夏回族自治区图书馆2024年精神文明建设工作总结\n赴湖南省文明单位考察学习。\n宁夏回族自治区图书馆\n2024年12月10日",
            "外出考察",
        ),
        Good(
            "清禾县教育局2024年工作总结\n一年来，在青川市委、清禾县委的正确领导下，各项工作取得进步。\n清禾县教育局\n2024年12月10日",
            "市委是上一级",
        ),
        Good(
            "清禾县教育局2024年工作总结\n在县委、县政府的正确领导下，参观了湖南卫视，听了南京路上好八连的事迹。\n清禾县教育局\n2024年12月10日",
            "不是本单位的上级",
        ),
    ),
)


# --- what the map says ----------------------------------------------------------------------------------------------

_PROVINCE = late(_PROVINCES)
_PROVINCE_HEAD = late(rf"(?:{_PROVINCES})(?:省|壮族自治区|回族自治区|维吾尔自治区|自治区)(?={HAN}{{2}})")
_CITY_HEAD = late(rf"市(?={HAN}{{1,6}}[县区市旗])(?<![全我本各城该外]市)")
_TOO_COMMON = frozenset(
    (
        "郊区",
        "城区",
        "矿区",
        "新区",
        "市区",
        "市中区",
        "市南区",
        "市北区",
        "河东区",
        "河西区",
        "和平区",
        "新市区",
        "新城区",
        "东区",
        "西区",
        "开发区",
        "南区",
        "北区",
    )
)
_PAST = late(
    r"原(?!因|则)|曾|旧|历史|前身|撤销|更名|改名|改称|改为|并入|合并|当时|时任|解放|建国|19[0-9]{2}年|民国|清朝|籍"
)


_RENAMED = late(r"撤销|更名|改名|改称|改为|并入")


class _Pair(NamedTuple):
    start: int  # of the parent
    middle: int
    end: int
    parent: str
    name: str
    places: Sequence[Place]


def _pairs(context: Context) -> tuple[_Pair, ...]:
    """Every `province + city`, `city + county` of the map that stand side by side."""
    text = context.shared(prose)
    heads: list[tuple[int, int]] = []  # where the parent begins, or -1, and where it ends
    if any(word in text for word in ("省", "自治区")) and context.shared(_has_province):
        heads += [m.span() for m in _PROVINCE_HEAD.finditer(text)]
    heads += [(-1, m.end()) for m in _CITY_HEAD.finditer(text)]
    if not heads:
        return ()
    places = gazetteer()
    found: list[_Pair] = []
    for start, middle in heads:
        by_province = start >= 0
        if not by_province:
            start = next(
                (middle - n for n in (7, 6, 5, 4, 3) if middle >= n and _is_city(places, text[middle - n : middle])), -1
            )
            if start < 0:
                continue
        window = text[middle : middle + 8]
        name = next(
            (window[:n] for n in range(8, 1, -1) if window[:n] not in _TOO_COMMON and places.find(window[:n])), ""
        )
        if not name and by_province:
            name = next((window[:n] for n in (4, 3, 2) if window[:n] in places.cities), "")
            if name and not _ends_name(name, window[len(name) : len(name) + 2]):
                continue
        if name and window[len(name) : len(name) + 1] not in _GOES_ON:
            found.append(
                _Pair(
                    start,
                    middle,
                    middle + len(name),
                    text[start:middle],
                    name,
                    places.find(places.cities.get(name, name)),
                )
            )
    return tuple(found)


#: Behind a name of a county these make another word of it: 新县级.
_GOES_ON = tuple("级域情委")
_BEHIND_SHORT = late(r"\Z|[\W\da-zA-Z_]|市|地区|州|的|等|和|与|召|举|考|学|参|旅|疗|红|革|开|培|出|到|至|及|人|籍|务")


def _ends_name(name: str, behind: str) -> bool:
    """Whether a short name of a city ends where it seems to: not 黄山 of 黄山头镇."""
    if len(name) >= 3:
        return not behind.startswith(tuple("路街道镇乡村区县"))
    return _BEHIND_SHORT.match(behind) is not None


def _has_province(context: Context) -> bool:
    return _PROVINCE.search(context.shared(prose)) is not None


def _is_city(places: Gazetteer, name: str) -> bool:
    return any(not p.city for p in places.find(name))


def _fitting(pair: _Pair) -> list[Place]:
    return [p for p in pair.places if pair.parent in (p.province, p.city)]


def _still(place: Place, year: int) -> bool:
    """Whether the place stood where it did in `year`, or close to it."""
    return place.until is None or year <= place.until + 1


def wrong_parent(context: Context) -> Iterator[Hit]:
    """湖北省张家界, 南京市黄浦区."""
    for pair in context.shared(_pairs):
        fitting = _fitting(pair)
        current = [p for p in pair.places if p.until is None]
        if any(_still(p, context.as_of.year) for p in fitting) or (
            fitting and (not current or _is_past(context.shared(prose), pair))
        ):
            continue
        since = f"（{max(p.until or 0 for p in fitting) + 1}年前后划出）" if fitting else ""
        homes: list[str] = []
        for p in current or pair.places:
            home = p.province if pair.parent.endswith(("省", "区")) else p.city or p.province
            if home and home not in homes:
                homes.append(home)
        if not homes:
            yield Hit(pair.start, pair.end, f"“{pair.name}”是省级，不属于{pair.parent}{since}，请核对", (pair.name,))
            continue
        more = "等地" if len(homes) > 3 else ""
        yield Hit(
            pair.start,
            pair.end,
            f"“{pair.name}”不属于{pair.parent}{since}，属于{'、'.join(homes[:3])}{more}，请核对",
            (homes[0] + pair.name,) if len(homes) == 1 else (),
        )


WRONG_PARENT = Rule(
    code="CON004",
    name="wrong-parent-place",
    title="地名的隶属关系不对",
    severity="error",
    why="把张家界写到湖北、把黄浦区写到南京，是地理常识的错，报出去会成为笑话。",
    basis=(_DIVISIONS,),
    check=wrong_parent,
    examples=(
        Bad("暑期组织职工赴【湖北省张家界】疗养。", suggestion="湖南省张家界"),
        Bad("赴【四川省重庆市】参观红色教育基地。", suggestion="重庆市"),
        Bad("他是【南京市黄浦区】人。", suggestion="上海市黄浦区"),
        Good("暑期组织职工赴湖南省张家界疗养，途经上海市北京东路。", "隶属关系正确；路名不是地名"),
        Good("他是杭州市西湖区人，后来搬到杭州市滨江新区。", "隶属关系正确"),
        Good("全市朝阳区域服务点共12个。", "不是行政区"),
    ),
)


def abolished_place(context: Context) -> Iterator[Hit]:
    """杭州市江干区 in 2025."""
    seen: set[int] = set()
    for pair in context.shared(_pairs):
        fitting = _fitting(pair)
        if not fitting or any(p.until is None for p in pair.places) or _is_past(context.shared(prose), pair):
            continue
        if not any(_still(p, context.as_of.year) for p in fitting):
            seen.add(pair.middle)
            yield _gone(pair.middle, pair.end, max(fitting, key=lambda p: p.until or 0), pair.name)
    places: Gazetteer | None = None
    for unit in context.shared(_units):
        for named in unit.places:
            if named.level not in ("市", "县", "区", "自治县") or named.start in seen or named.name in _TOO_COMMON:
                continue
            places = places or gazetteer()
            known = places.find(named.name)
            if len({(p.province, p.city) for p in known}) == 1 and not any(
                _still(p, context.as_of.year) for p in known
            ):
                yield _gone(named.start, named.end, max(known, key=lambda p: p.until or 0), named.name, "info")


def _is_past(text: str, pair: _Pair) -> bool:
    start, end = pair.start, pair.end
    low = max(text.rfind(c, max(0, start - 30), start) for c in "。；\n") + 1
    before = text[max(low, start - 12) : start]
    return bool(_PAST.search(before) or _RENAMED.search(text[end : end + 6])) or before.endswith("《")


def _gone(start: int, end: int, place: Place, name: str, severity: Severity | None = None) -> Hit:
    until = place.until or 0
    where = f"{place.province}{place.city}".replace("北京市北京市", "北京市")
    became = f"，相应的区域今为{place.heir}" if place.heir else ""
    return Hit(
        start,
        end,
        f"“{name}”（{where}）的建制在{until + 1}年前后已经撤销或者改名{became}，请核对写的是不是现在的地名",
        severity=severity,
    )


ABOLISHED_PLACE = Rule(
    code="CON005",
    name="abolished-place",
    title="用了已经撤销或改名的地名",
    severity="warning",
    why="区县撤并、改名以后还当现在的地名用，说明材料是旧的，或者是抄来的。说历史的时候可以写，前面加“原”。",
    basis=(_DIVISIONS,),
    check=abolished_place,
    examples=(
        Bad("今年在杭州市【江干区】设立服务点。"),
        Bad("组织骨干到湖北省【襄樊市】参加培训。"),
        Bad(
            "【江干区】城市管理局2025年精神文明建设工作要点\n今年，要抓好以下工作。\n一、学习教育\n每月学习一次。",
            severity="info",
        ),
        Good("2007年，他在原杭州市江干区工作。", "加了“原”"),
        Good("今年在杭州市上城区设立服务点。", "现行的区"),
    ),
)

RULES = (UNIT_CONFLICT, MISSPELT_NAME, UNIT_IN_OWN_ROLE, FOREIGN_PLACE, WRONG_PARENT, ABOLISHED_PLACE)
