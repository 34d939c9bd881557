"""Whether a section is there: by labelled blocks, and by whole sentences that do its work elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from docnlp.analysis.base import GenreLabel, SectionLabel
from docnlp.document.model import Block, Document, Part
from docnlp.text.late import late

_SENTENCE = late(r"[^。!?;\n]+[。!?;]?")
_LEAST = 6  # characters of content below which a labelled block is no section


class Evidence(NamedTuple):
    """Where a section was found: [start, end) and how, in Chinese."""

    start: int
    end: int
    how: str


# Sentences that count as a section of their own wherever they stand (folded).
_ANYWHERE: dict[str, re.Pattern[str]] = {
    "organization": re.compile(
        r"成立(?:了|由|以|以.{2,20}为组长的)?.{0,26}(?:领导小组|工作专班|专班|指挥部|工作小组|委员会|理事会|筹备组|活动小组|工作组)"
        r"|(?:领导)?小组.{0,4}组长|(?:任|担任|为)(?:组长|总指挥|主任委员)|主要(?:领导|负责人|负责同志).{0,8}(?:负总责|亲自抓|为第一责任人|是第一责任人|任组长)"
        r"|(?:党政)?一把手.{0,10}(?:负总责|亲自|责任人)|第一责任人|由.{2,24}(?:牵头|负责).{0,6}(?:组织实施|统筹|总体)|总负责|统一领导|领导机构|分管(?:领导|负责人|负责同志).{0,12}(?:具体抓|具体负责|靠前指挥)"
        r"|(?:加强|强化)(?:对.{2,30}的)?(?:组织)?领导|领导小组.{0,8}(?:统筹|协调|负责|抓总)|(?:总抓|挂帅|牵头抓总|总牵头|具体抓|抓具体|分工负责|分头负责|各负其责)|(?:办公室|日常工作).{0,6}(?:设在|由)|(?:站长|局长|书记|主任|院长|校长|园长|所长|队长|行长|经理|乡长|镇长|区长|县长|处长|馆长|场长|厂长|台长|社长).{0,16}(?:牵头|挑头|总抓|挂帅|总负责|统筹)|组成.{0,14}(?:小组|专班)|(?:党组|党委|支部|班子).{0,10}(?:专题研究|统一部署|负总责)"
    ),
    "guiding": re.compile(r"以.{4,120}为指导|指导思想|(?:总体要求|总体思路|总的要求|总要求)(?:是|:)|总的来说,(?:就是)?要|(?:坚持|高举).{0,60}(?:为主线|为统领|为根本|为目标)|贯彻(?:落实)?.{0,60}(?:思想|精神).{0,120}(?:为主线|为抓手|为重点|为载体|为主题|围绕)|(?:紧紧|牢牢|紧密)(?:围绕|把握)|以.{2,30}为(?:主题|主线|抓手|载体|核心|契机|动力)"),
    "objectives": re.compile(
        r"(?:工作|总体|创建|活动|主要|奋斗|预期)目标(?:是|为|:|定为)|目标(?:是|定为|:)|希望通过.{2,40}(?:努力|学习|活动|创建)|(?:力争|确保|努力)(?:到|年内|今年|全年|20\d\d|.{0,14}(?:达到|达标|建成|创成|实现|通过|完成|提高到)).{2,}|(?:到|至)(?:20[\dx×]{2})?年?.{0,8}(?:底|年|末),?.{0,40}(?:达到|建成|实现|提高到|提升到|不低于|以上)"
        r"|(?:实现|达到)[“\"].{2,16}[”\"](?:的)?目标|目标任务(?:是|:)|为.{0,4}目标,|(?:率|满意度|投诉|达标|差错|合格).{0,18}(?:达到|提高到|提升到|提到|不低于|以上|控制在|压到|降到|降为|升至|翻一番)|通过.{4,60}(?:,使|,让|,实现|,达到|,努力)"
    ),
    "problems": re.compile(
        r"(?:还|仍|也|尚|依然|主要|但|同时|清醒).{0,14}(?:存在|有)(?:着)?.{0,24}(?:问题|不足|差距|短板|薄弱|困难|欠缺)|存在(?:的|着|一些|不少|以下|如下|诸多|一定|这样那样)(?:主要)?.{0,14}(?:问题|不足|差距|困难|短板)"
        r"|(?:问题|不足|差距|短板)(?:主要)?(?:是|有|表现在|体现在|:)|不足之处|不足(?:也|还)?有.{1,4}(?:处|点|个|方面)|与.{2,24}(?:相比|要求).{0,10}(?:还|仍|尚)?有.{0,6}差距|(?:还|仍)(?:不够|有待|需要?进一步)|美中不足|不足的是|参差不齐|跟不上|力度不(?:够|大|足)|毛病|遗憾|难处|问题(?:也)?(?:还)?是有的|扣\d+分|短处|绕不过去|不容易解决|心里没底|"
        r"(?:还|仍)(?:卡在|压在)|有待(?:加强|提高|完善|深化|提升|改进)"
        r"|(?:还|仍|尚)(?:未能|缺乏|缺少|欠|比较(?:薄弱|单一|少|弱)|显(?:薄弱|不足))|有(?:些|的|少数|个别).{0,16}(?:不(?:够|高|强|到位|平衡|规范|深|实|及时)|单一|滞后)"
    ),
    "next_steps": re.compile(
        r"^(?:[^\W\da-zA-Z_]{0,6},)?(?:在)?(?:下(?:一)?步|今后|下(?:一)?阶段|下半年|明年|来年|新的一年|接下来|未来|展望)|(?:下一步|今后|明年|下半年)(?:工作)?(?:打算|计划|思路|,我|中,|要|将|的工作)|20[\dx×]{2}年,?(?:我们|我.{1,3}|全.{1,3})?(?:将|要)|我(?:们|局|校|院|镇|乡|社区|单位|处|站|县|市|区|公司|中心|馆|所|行|村)?将(?:继续|进一步|以此|一如既往|再接再厉|不断)|(?:努力方向|改进方向)"
    ),
    "schedule": re.compile(r"第[一1]阶段|(?:分|按照?).{1,3}个?(?:阶段|步骤)|(?:动员|部署|启动|实施|总结|验收|推进|提升).{0,4}阶段"),
}  # fmt: skip

# In the last part of a summary what is to come is told without any of these words: 我们将以……，2020年是……之年.
_LATE_NEXT = late(r"(?:我们|我[^\W\da-zA-Z_]|我单位|我社区|我公司|全[^\W\da-zA-Z_]{1,3}|支部|学校|医院|公司|大队|中心)(?:将|要|一定)(?!求)|20\d\d年是.{2,40}之年|(?:20\d\d|明|来|下)年的?(?:工作)?(?:安排|打算|计划|重点)|新的(?:起点|征程|一年|形势|历史)|再接再厉|再创佳绩|更上(?:一层楼|新台阶)")

# Kinds of safeguard; two different ones in sentences outside the work itself make a section.
_SAFEGUARDS: dict[str, re.Pattern[str]] = {
    "经费": re.compile(r"(?:经费|资金|财力|预算|费用|花钱|的钱).{0,16}(?:保障|保证|落实|列入|列到|纳入|安排|列支|解决|到位|万|元|倾斜|支持|挤)|(?:落实|保障|保证|安排|加大|拨付|列支|统筹|拿出|拨出).{0,14}(?:经费|资金|投入|万元|元)"),
    "宣传": re.compile(r"(?:加强|加大|强化|做好|注重|抓好|搞好|用好).{0,14}(?:宣传|舆论)|营造.{0,16}氛围|宣传(?:报道|发动|引导|力度)|简报|小报|稿件|信息.{0,8}[条篇]"),
    "督查": re.compile(r"督查|督导|督促|检查(?:考核|评比|验收|落实|指导|一次|一回)|暗访|抽查|(?:定期|不定期|加强|严格|强化|随机|每月|每季度?|每半年|每两个月).{0,10}(?:检查|监督|通报|核对)|跟踪问效|约谈"),
    "考核": re.compile(r"考核|考评|绩效|奖惩|奖励|奖金|表彰|通报批评|责任追究|追责|问责|一票否决|评先|评优|先进资格|占.{0,12}分|说明(?:情况|原因)"),
    "机制": re.compile(r"(?:建立|健全|完善|落实|形成|实行|修订).{0,16}(?:机制|制度|台账|例会|责任制)|例会|月报|联系点|信息(?:报送|上报)|报(?:送|一次).{0,16}(?:总结|信息|材料|资料|情况|小结|进度)|(?:档案|资料|材料).{0,8}(?:管理|整理|归档|收集|留|立卷)|归档|资料员"),
    "安全": re.compile(r"(?:确保|做好|注意|加强|落实|保证).{0,10}(?:安全|应急|预案)|安全(?:预案|保障|工作)"),
    "队伍": re.compile(r"队伍建设|(?:配备|明确|落实|指定|确定).{0,10}(?:专人|人员|联络员|专干|资料员)|人员保障"),
}  # fmt: skip
_SURE = 0.9  # a paragraph that is labelled with less confidence must also show what makes it a safeguard
_WORK = {"tasks", "preamble", "guiding", "objectives", "principles", "problems", "schedule"}
_SHORTFALL = late(r"(?:找|查|正视|直面|存在|看到).{0,6}(?:差距|不足|短板|问题|毛病)|(?:差距|不足|短板|遗憾|毛病)(?:与|和|、|及|$)")
_BACKGROUND = late(r"基本情况|总体情况|概况|简介|背景")


def evidence(document: Document, part: Part, labels: Sequence[SectionLabel], genre: GenreLabel) -> dict[str, Evidence]:
    """Sections that a part has, with the first place that shows it.

    Args:
        document: The document.
        part: One of its parts.
        labels: Section of every block of the *document*.
        genre: Genre of the part; in a summary the work is told, so a sentence on the leading group is organisation
            wherever it stands.

    A half sentence inside the guiding thought is no objectives section: a sentence there counts only where it is one
    of its own with a target in it.
    """
    found: dict[str, Evidence] = {}
    labelled: set[str] = set()  # found as a block of its own, which says better where it stands than a sentence does
    blocks = document.blocks[part.first : part.last]
    own = labels[part.first : part.last]
    kinds: dict[str, Evidence] = {}  # safeguards found outside the work
    closing: dict[str, Evidence] = {}  # and in the last part of the work, where requirements often stand
    bodies = [b for b in blocks if b.kind == "body"]
    headed = any(b.kind == "heading" for b in blocks)
    early = bodies[min(2, len(bodies) - 1)].start if bodies else -1
    late = bodies[0].start + (bodies[-1].end - bodies[0].start) * 7 // 10 if bodies else 0
    for i, (block, label) in enumerate(zip(blocks, own, strict=True)):
        if block.kind == "heading":
            if "preamble" not in found and _BACKGROUND.search(document.folded, block.start, block.end) and _has_content(blocks, own, i):
                found["preamble"] = Evidence(block.start, block.end, "开头的基本情况")
            if genre.genre == "summary" and "problems" not in found and _SHORTFALL.search(document.folded, block.start, block.end) and _has_content(blocks, own, i):
                found["problems"] = Evidence(block.start, block.end, "标题讲到差距")
            # a run-in or stand-alone heading with content under it names its section
            if label.section not in labelled and _has_content(blocks, own, i):
                found[label.section] = Evidence(block.start, block.end, label.reason)
                labelled.add(label.section)
            continue
        if block.kind != "body":
            continue
        # 成立领导小组 with nothing that makes it a safeguard is organisation, however sure the label
        unsure = (
            label.section == "safeguards"
            and (label.confidence < _SURE or _ANYWHERE["organization"].search(document.folded, block.start, block.end) is not None)
            and not any(pattern.search(document.folded, block.start, block.end) for pattern in _SAFEGUARDS.values())
        )
        if label.section not in labelled and block.end - block.start >= _LEAST and not unsure:
            found[label.section] = Evidence(block.start, block.end, label.reason)
            labelled.add(label.section)
        for m in _SENTENCE.finditer(document.folded, block.start, block.end):
            sentence = m[0].strip()
            for section, pattern in _ANYWHERE.items():
                if section in found or not _counts(section, label.section, genre, block.start <= early):
                    continue
                if pattern.search(sentence):
                    found[section] = Evidence(m.start(), m.end(), "正文中有这样的句子")
            if genre.genre == "summary" and "next_steps" not in found and m.start() >= late and _LATE_NEXT.search(sentence):
                found["next_steps"] = Evidence(m.start(), m.end(), "文末讲到今后")
            if "safeguards" not in found and (label.section not in _WORK or m.start() >= late):
                where = kinds if label.section not in _WORK or not headed else closing
                for kind, pattern in _SAFEGUARDS.items():
                    if kind not in where and pattern.search(sentence):
                        where[kind] = Evidence(m.start(), m.end(), f"正文中有{kind}方面的要求")
    if "safeguards" not in found and (len(kinds) >= 2 or len({*kinds, *closing}) >= 3):
        found["safeguards"] = min([*kinds.values(), *closing.values()], key=lambda e: e.start)
    return found


def _has_content(blocks: Sequence[Block], labels: Sequence[SectionLabel], i: int) -> bool:
    if i + 1 >= len(blocks):
        return False
    nxt = blocks[i + 1]
    if nxt.kind == "heading":
        return (nxt.level or 9) > (blocks[i].level or 1)
    return nxt.kind == "body"


def _counts(section: str, where: str, genre: GenreLabel, early: bool) -> bool:
    """Whether a sentence for `section` counts in a block labelled `where`; `early`: one of the first three paragraphs."""
    if section == "problems":
        return genre.genre == "summary"
    if section == "next_steps":
        return genre.genre == "summary" and where not in ("preamble",)
    if section == "guiding":
        return where in ("preamble", "objectives", "guiding", "tasks") if genre.genre != "summary" else False
    if section == "objectives":
        return early or where in ("preamble", "guiding", "principles")
    return True
