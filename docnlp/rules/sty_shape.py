"""STY006 and STY007: headings that do not match their neighbours, openings that take too much room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docnlp.document.wordings import PLAIN_HEADINGS
from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule
from docnlp.rules.sty_common import GENRES, opening, size, words
from docnlp.text.late import late

# --- STY006 ---------------------------------------------------------------------------------------------------------

#: So many headings side by side make a pattern; all but one must follow it.
SIBLINGS = 4
# A heading is too long where it has so many characters and is so many times as long as the longest of the others.
_LONG = 24
_TIMES = 2

_EDGE = late(r"[\s。.:;,]+$")
_INNER = late(r"[,;:]| +")

# A heading that opens or closes a report is built in its own way.
_CHAPTER = late(r"今后|下一?步|打算|方向|不足|问题|差距|短板|情况|概况|体会|启示|结语|寄语|嘱托|倡议|要求$")
# A noun at the end of a heading.
_NOUN = late(r"(?:工作|活动|建设|措施|机制|制度|方面|任务|队伍|阵地|环境|行动)$")


class _Heading(NamedTuple):
    start: int
    end: int
    words: str


def unmatched_heading(context: Context) -> Iterator[Hit]:
    """One heading of at least four side by side that is built unlike all the others."""
    for group in _siblings(context):
        if len(group) >= SIBLINGS and not any(PLAIN_HEADINGS.fullmatch(h.words) for h in group):
            yield from _odd(group)


def _siblings(context: Context) -> Iterator[list[_Heading]]:
    """Headings of one level under one heading."""
    groups: list[list[_Heading]] = []
    open_: dict[int, list[_Heading]] = {}
    part = -1
    for block in context.document.blocks:
        if block.part != part:
            part, open_ = block.part, {}
        if block.kind != "heading" or block.level is None:
            continue
        for level in [level for level in open_ if level > block.level]:
            del open_[level]
        if block.level not in open_:
            groups.append(open_.setdefault(block.level, []))
        start = block.marker.end if block.marker else block.start
        found = context.folded[start : block.end]
        end = start + len(_EDGE.sub("", found))
        start += len(found) - len(found.lstrip())
        if start < end:
            open_[block.level].append(_Heading(start, end, context.folded[start:end]))
    yield from groups


def _odd(group: Sequence[_Heading]) -> Iterator[Hit]:
    """The one heading that differs, by the number of its clauses, by its length or as a noun among verbs."""
    clauses = [len(_INNER.findall(h.words)) + 1 for h in group]
    common = max(set(clauses), key=clauses.count)
    alone = [h for h, n in zip(group, clauses, strict=True) if n != common]
    others = f"同级的其他{len(group) - 1}个标题"
    if len(alone) > 1 or (alone and _CHAPTER.search(alone[0].words)):
        return
    if alone:
        odd, n = alone[0], len(_INNER.findall(alone[0].words)) + 1
        if common == 2 and n == 1:
            yield Hit(odd.start, odd.end, f"{others}都是前后两句，这一个只有一句；建议改成一样的句式")
        elif common == 1 and n >= 3:
            yield Hit(odd.start, odd.end, f"{others}都只有一句，这一个有{n}句；建议改成一样的句式")
        return
    longest = max(group, key=lambda h: len(h.words))
    rest = max(len(h.words) for h in group if h is not longest)
    if len(longest.words) >= _LONG and len(longest.words) > _TIMES * rest:
        message = f"这个标题{len(longest.words)}字，{others}最长{rest}字；建议压缩到差不多长，细节写进正文"
        yield Hit(longest.start, longest.end, message)
        return
    verbs = words()["heading_verbs"]
    nouns = [h for h in group if not h.words.startswith(verbs)]
    if len(nouns) == 1 and _NOUN.search(nouns[0].words) and not any(v in nouns[0].words for v in verbs):
        yield Hit(nouns[0].start, nouns[0].end, f"{others}都以动词开头，这一个是名词；建议也改成“做什么”的句式")


# --- STY007 ---------------------------------------------------------------------------------------------------------

#: A part of this size is judged, and reported where its opening takes more than this share.
LEAST_CHARACTERS = 1500
OPENING_SHARE = 0.25


def long_opening(context: Context) -> Iterator[Hit]:
    """Parts whose opening and guiding thought take more than a quarter of the text."""
    labels, genres = context.analysis.sections, context.analysis.genres
    total: dict[int, int] = defaultdict(int)
    lead: dict[int, int] = defaultdict(int)
    done: set[int] = set()
    first: dict[int, tuple[int, int]] = {}
    for block, label in zip(context.document.blocks, labels, strict=True):
        if label.section == "frame" or genres[block.part].genre not in GENRES:
            continue
        part, characters = block.part, size(context.folded[block.start : block.end])
        total[part] += characters
        if label.section in ("preamble", "guiding") and part not in done:
            lead[part] += characters
            first.setdefault(part, (block.marker.end if block.marker else block.start, block.end))
        else:
            done.add(part)
    for part, characters in total.items():
        if characters >= LEAST_CHARACTERS and lead[part] > OPENING_SHARE * characters:
            start, end = opening(context, *first[part])
            share = f"开头的引言和指导思想{lead[part]}字，占正文{characters}字的{100 * lead[part] / characters:.0f}%"
            yield Hit(start, end, f"{share}；建议压到四分之一以下，把篇幅留给任务和措施")


# --- declarations ---------------------------------------------------------------------------------------------------

_TITLE = "清溪县图书馆2024年文明单位创建工作方案\n"
_AIM = "为做好今年的创建工作，结合我馆实际，制定本方案。\n"


def _chapters(*headings: str) -> str:
    """A plan whose tasks have these headings."""
    bodies = (
        "采编部每月推荐一批新书。", "外借部把开放时间延长到晚上八点。", "少儿部每周六办一场故事会。", "读者服务部负责意见箱。", "办公室6月底前修好无障碍通道。",
    )  # fmt: skip
    numbered = (f"（{n}）{h}\n{b}\n" for n, h, b in zip("一二三四五", headings, bodies, strict=False))
    return f"{_TITLE}{_AIM}一、主要任务\n{''.join(numbered)}二、保障措施\n安排创建经费3万元。\n清溪县图书馆\n2024年3月11日\n"


_LONG_AIM = (
    "精神文明建设是一项长期的工作，关系到一个单位的形象，也关系到每一名馆员的成长。近年来，我馆在县委、县政府的领导下，在主管部门的指导下，在兄弟单位的帮助下，"
    "坚持把创建工作放在心上、抓在手上，馆容馆貌变了样，馆员精神面貌变了样，读者的评价也变了样。同时也要看到，和先进单位相比，和读者的期待相比，我们还有差距，"
    "有的馆员对创建的意义认识不深，有的部门把创建当成额外的负担，活动办得热闹，办过以后就放下了。"
    "创建文明单位，是推动全馆工作的一件大事，是满足读者需要的一件实事，是提高馆员素养的一件好事。"
    "只有把创建工作做好了，全馆的心才能往一处想，劲才能往一处使，读者才能感受到变化，图书馆才能成为大家愿意来的地方。"
    "如果只挂在嘴上、写在墙上，就会热一阵、冷一阵，读者看不到变化，馆员也会失去信心，投进去的人力和钱就落不到实处，几年的努力就白费了。"
    "各部门要从大处着眼、小处着手，把创建同本职工作结合起来，人人都来想办法，人人都来出力气，把这件事情办好办实。"
    "为做好今年的创建工作，根据县文明委的部署，结合我馆实际，制定本方案。\n"
)
_MONTHS = (
    "1月，办公室召开馆员大会布置全年创建任务，各部门在会后10天内交出本部门的清单。",
    "2月，外借部在大厅挂灯谜，请读者来猜，春节期间每天开放6小时，值班表贴在门口。",
    "3月，团支部组织20名青年馆员到两所敬老院送书读报，每人结对一位老人，全年不少于8次。",
    "4月，采编部开展读书月，推荐新书300种，举办4场讲座，请本地作者讲写作。",
    "5月，参考部编印查阅指南2000册，放在大厅、社区书屋和车站，免费取用。",
    "6月，办公室修好无障碍通道，添置轮椅2辆、老花镜20副，由读者服务部登记借用。",
    "7月，少儿部办暑期故事会，每周六上午一场，招募小志愿者30名，帮助整理书架。",
    "8月，技术部把3万册地方文献扫描上网，读者在家里就能看，网站每天更新一次。",
    "9月，外借部到5所小学办借书证，现场讲怎样爱护图书，给每个班送一个图书角。",
    "10月，工会组织老年读者书画展，展出作品60幅，读者投票选出10幅印成明年的台历。",
    "11月，读者服务部发放问卷500份，逐条整理意见，能马上改的当周改，改不了的写信说明。",
    "12月，领导小组对照清单逐项检查，结果在大厅公示7天，得分前3名的部门在年会上介绍做法。",
)
_ROUTINE = (
    "值班馆员提前15分钟到岗，开窗通风，擦净桌面，检查饮水机和急救箱。还书箱每天清2次，污损的书当天送修。",
    "阅览室实行轻声服务，桌上放提示卡，手机调成振动。大声喧哗的由值班馆员当面提醒，不指责、不争吵。",
    "窗口实行首问负责，读者问到谁，谁就领到底。当天答不了的，留下电话，3天内回复，回复情况记在本子上。",
    "每季度评一次服务之星，读者投票占六成，部门互评占四成，评上的照片挂在大厅，奖励新书5册。",
    "志愿者40名分成4组，每组包一层书库，每月整理1次，把放错的书送回原架，办公室按次数发服务卡。",
    "道德讲堂每两月办一次，请本馆的老馆员和常来的老读者讲自己的事，采编部负责记录，年底编成一册小书。",
    "每月最后一个星期五下午闭馆整理，全体馆员一起打扫书库，检查消防栓和应急灯，办公室拍照存档。",
    "流动图书车每周二、周四下乡，全年走30个村，每村停2小时，车上备茶水和雨伞，读者要的书下次带到。",
    "寄存柜每天消毒1次，遗失物品登记入册，3天无人认领的在门口公布。雨天大厅门口放伞套和防滑垫，由保安负责。",
    "志愿讲解员12名轮流带新读者认路，每周六上午2场，每场20分钟，讲怎样查目录、怎样续借、怎样预约。",
    "馆员每人每月读1本书、写1篇推荐，贴在大厅的推荐墙上；每季度开一次读书会，由部门轮流主持。",
    "图书捐赠随到随收，登记书名和捐书人，每半年公布1次；复本送到8个村的农家书屋，由流动图书车带去。",
)


def _whole(aim: str) -> str:
    work = "\n".join(_MONTHS) + "\n（二）日常服务\n" + "\n".join(_ROUTINE)
    return f"{_TITLE}{aim}一、主要任务\n（一）每月安排\n{work}\n二、保障措施\n安排创建经费3万元，馆长任组长。\n清溪县图书馆\n2024年1月5日\n"


RULES: tuple[Rule, ...] = (
    Rule(
        code="STY006",
        name="unmatched-heading",
        title="并列的标题里有一个句式不一样",
        severity="info",
        why="同一级的标题读起来句式整齐，层次才清楚；唯独一个长短、句数或词性不同，常常是从别处挪来的，或者内容放错了层次。"
        f"同级满{SIBLINGS}个、只有一个和其他的都不一样才报：其他的都是前后两句它只有一句，其他的都一句它有三句，比其他的长一倍还多，其他的都以动词开头它是名词。"
        "“指导思想”“存在问题”“下一步打算”一类标题本来自成一式，不报。",
        basis=(Basis("公文写作通行要求", note="并列标题句式大体一致"),),
        check=unmatched_heading,
        examples=(
            Bad(_chapters("办好讲座，扩大影响", "延长时间，方便读者", "【少儿故事】", "收集意见，改进服务")),
            Bad(_chapters("办好讲座", "【延长开放时间，增加晚间服务，方便上班读者】", "办故事会", "设意见箱")),
            Bad(_chapters("办好讲座", "延长开放", "【把少儿故事会办到乡镇中心小学和社区书屋里让孩子就近参加】", "收集意见")),
            Bad(_chapters("加强新书推荐", "提高开放质量", "【少儿阅读活动】", "完善意见反馈", "改善馆舍条件")),
            Good(_chapters("办好讲座，扩大影响", "延长时间，方便读者", "少儿故事"), "只有三个标题，看不出规律"),
            Good(_chapters("办好讲座，扩大影响", "延长时间，方便读者", "少儿故事", "意见反馈"), "两个一样、两个不一样，是写法不同"),
            Good(_chapters("加强新书推荐", "提高开放质量", "办好少儿故事会", "完善意见反馈"), "都是“做什么”"),
            Good(_chapters("办好讲座，扩大影响", "延长时间，方便读者", "收集意见，改进服务", "下一步打算"), "收尾的标题自成一式"),
        ),
        needs_genre=True,
    ),
    Rule(
        code="STY007",
        name="long-opening",
        title="开头的引言和指导思想太长",
        severity="info",
        why="开头讲形势、讲意义、讲指导思想占了全文四分之一以上，真正要做的事就写得少，俗称“穿靴戴帽”。"
        f"正文满{LEAST_CHARACTERS}字的才查；语料里没有一份这样的文稿超过四分之一。倡议书、讲话不查。",
        basis=(Basis("公文写作通行要求", note="开门见山，篇幅留给任务和措施"),),
        check=long_opening,
        examples=(
            Bad(_whole(_LONG_AIM.replace("精神文明建设是一项长期的", "【精神文明建设是一项长期的", 1).replace("一项长期的", "一项长期的】", 1))),
            Good(_whole(_AIM), "开头一句话说明目的"),
            Good(f"{_TITLE}{_LONG_AIM}一、主要任务\n" + "".join(_MONTHS) + "\n", "全文不长，比例说明不了问题"),
        ),
        needs_genre=True,
        genres=GENRES,
    ),
)
