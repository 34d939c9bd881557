"""Whether a mention speaks of the past, quotes, or names a title: there an old wording is right.

Everything here looks at one sentence. The guards are the field's experience: a document may say what used to be, who
was what, what a body was called, what was won; it may not set today's work by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from docnlp.text.late import late
from docnlp.text.skeleton import QUOTES

_STOP = late(r"[。；;！!？?\n]")
_COMMA = late(r"[，,：:。；;！!？?\n]")
_YEAR = late(r"((?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})(?:年|[—\-－–~～至]+\d{2,4}年?)")

#: Right before the mention: it is a former thing.
_FORMER = late(
    r"(?:(?<![平草太中高荒还复])原(?:来的?|先的?|属|任)?(?![则因料理本创件文地址籍著汁生子貌样点])|曾任|历任|时任|先后任|担任过|旧(?![貌城村址习俗])|(?<![目当眼以之日年天面跟提空向])前(?=国家|省|市|县|任)|首任)[^，,。；;：:]{0,8}$"
)
#: Anywhere before it in the clause.
_PAST = late(
    r"曾(?!经济)|时任|历任|原任|当时|当年(?!度)|那时|过去|以往|早在|昔日|从前|此前|前身|旧称|原名|起初|最初|最早|解放前|历次|一度|"
    r"不再|取消|废止|停用|停止|告别|取代|代替|替代|摘掉|拆除|退出|改变了?|历史上|退休前|退休以前|生前|挂职|任职|供职|回顾|回首|追溯|档案|老照片|史料|展陈|展出|展品|展区|展厅|展柜|陈列|博物馆|还原|怀旧|收藏|保存[着有]|存有|馆藏|典藏"
)
#: Right behind it (marks between do not count).
_SINCE = late(
    r"[”’\"'」』》）)]*(?:的)?(?:[^，,。；;]{0,6}?)(?:[^，,。；;]{0,8}(?:废止|取消|撤销)(?:以?后|之后)|以来|(?:胜利)?(?:召开|闭幕|开幕)(?:以来|后|之后|之前|前|期间|的?那年|当年|时)|"
    r"更名|改名|改称|改为|改成|改制|改建|升格|撤销|撤并|撤县|合并|并入|整合|重组|组建为|划入|划归|转隶|转为|转入|调整为|拆分|废止|取消|失效|停用|停止|停办|停刊|下线|退网|退市|停服|"
    r"成为历史|不再|工作期间|任职期间|退休|离休|退下|工作过|任过职|(?:的)?(?:出台|修订|立法|废止)(?:和[^，,。；;]{1,4})?(?:的)?(?:经过|过程|历程|背景|始末)|已(?:经)?(?:被|由|更|改|撤|并|整|废|取消|停|成为|不)|前身|旧址|原址|遗址|旧貌|那[年时天]|年代|时代(?!新人)|之前|以前|那时|之后(?:，|,)|至今|上升为|升级为|升华|被[^，,。；;]{0,12}取代)"
)
_NOW = late(r"目前|现在|如今|当前|现由|今年")
#: By that year it was done; without these words 到2020年 is an aim.
_REACHED = late(r"已|共(?!同|建|享|产|青|治)|累计|达到|了(?!解)")
_REMEMBERED = late(r"往事|斑驳|字迹|旧标语|遗迹|老照片")
#: X等部门2007年印发的
_ISSUED = late(
    r"[^，,。；;]{0,14}?((?:19|20)\d\d)年(?:\d{1,2}月)?[^，,。；;]{0,8}?(?:印发|下发|出台|公布|发布|颁布|制定|命名|授予|启动|部署)"
)
#: “十二五”期间, and when that was over.
_IN_PLAN = late(r"(十[一二三四五]五|十五|九五)[”\"']?(?:时期|期间|以来)")
_PLAN_ENDS = {
    "九五": 2000,
    "十五": 2005,
    "十一五": 2010,
    "十二五": 2015,
    "十三五": 2020,
    "十四五": 2025,
    "十五五": 2030,
}
#: Shown in an exhibition.
_SHOWN = late(r"往事|斑驳|旧标语|遗迹|展区|展厅|展柜|展览|陈列|怀旧")
_MUSEUM = late(r"展区|展厅|展柜|老物件|记忆展|生活馆|村史馆|校史馆|藏品|策展|馆藏")
#: A meeting or a paper said so at its time.
_STATED = late(
    r"(?:[大会话要定见划章]|报告|讲话)(?:首次|明确|又|还|正式)?(?:提出|指出|确立|强调|写入|确定)[了的]?[^，,。；;]{0,6}$"
)
#: 从X到Y: what it was and what it became.
_UP_TO = late(r"从[^，,。；;]{2,24}(?:[，,]再)?到[“‘\"'《]*$")
_BECAME = late(r"[”’\"'」』》）)]*[^，,。；;]{0,8}?(?:到|变|成为|走向|转|升)")
_BRACKETED = late(r"[（(〔][^）)〕]*[）)〕]")
_SAID = late(
    r"(?:指出|强调|提出|要求|写道|说|提到|记载|载明|写着|题词|题写|写的是|明确|规定)(?:[^。；;“\"]{0,4})[：:，,]?$"
)
_HONOUR = late(
    r"荣获|获得|获评|被评为|被授予|被命名|授予|评为|命名为|荣膺|获[^，,。；;]{0,24}称号|表彰为|表彰的|评选为|荣誉|奖牌|连续[^，,。；;]{0,6}获"
)
_WON = late(r"[^，,。；;]{0,10}(?:荣誉)?(?:称号|奖牌|牌匾|证书)")
#: Work that is being done, planned, or set by the mention.
_CURRENT = late(
    r"开展|深入|贯彻|落实|推进|实施|按照|依据|依照|根据|对照|遵照|参照|坚持|抓好|做好|搞好|结合|围绕|加强|加快|强化|狠抓|紧扣|瞄准|构筑|"
    r"(?<![主需重首紧摘纪])要(?![求点素害闻塞职事])|应当?|须|参加|学习|宣传|宣讲|讲解|讲授|援引|引用|普及|培训|建设|构建|实现|"
    r"争创|创建|健全|完善|扎实|持续|继续|大力|积极|认真|切实|全面|确保|纳入|提高|树立|弘扬|倡导|践行|打造|动员|组织|引导|促进|推动|营造|"
    r"部署|安排|作为|列为|列入|列支|当作|奋战|响应|运用|利用|通过|依托|发布|开通|设立|建立|成立|办理|受理|征收|执行|遵守|报送|联系|会同|"
    r"配合|负责|牵头|主办|承办|举办|上传|转发|关注|一律|予以|提供|享受|发放|续订|订阅|使用|采用|登录|拨打|每[年月周天逢]|今年|本年|目前|当前|眼下|正在|"
    r"为[^，,。；;]{0,12}(?:指导|主题|载体|契机|抓手|目标|依据)|以[^，,。；;]{1,20}为"
)
_UNDER_WAY = late(
    r"当前|目前|眼下|正在|正处于|动员阶段|今年要|下一步|今后|即将|将要|首要任务|头等大事|启动(?!了|以来)|本周|本月|近日|动员部署|继续|列为|再次|今年(?:的)?(?:重点|把)|要把|头号"
)
_DONE = late(
    r"[”’\"'」』》）)]*(?:的|取得|目标)?[^，,。；;]{0,4}?(?:期间|成果|成效|成就|经验|精神(?!文明|面貌|风貌|动力|状态)|圆满|如期|胜利(?!召开)|伟大胜利|已经?(?:全面|如期|圆满)?(?:建成|完成|实现|结束|收官)|任务完成|目标实现|的历史|历史性)"
)
_FINISHED = late(
    r"(?:如期|圆满|已经?|成功|胜利)(?:全面)?(?:打赢|完成|实现|结束|建成|告别|摆脱|取得)[^，,。；;]{0,10}$|取得[^，,。；;]{0,8}$"
)
_SERIES = late(r"先后|历次|近(?:几|[两二三四五六七八九十]|\d{1,2})?年来?|多年来|历年|相继|陆续|一系列")
_WILL = late(
    r"(?<![主需重首紧摘纪])要(?![求点素害闻塞职事])|(?<!即)将(?![军领近士])|必须|力争|确保|计划|争取|拟|准备|着力|务必"
)
_HAN_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def year_of(words: str) -> int:
    """`2016` or `二〇一六` as a number."""
    return int(words.translate(_HAN_YEAR))


@dataclass(frozen=True)
class Place:
    """A mention in its sentence.

    Args:
        text: The folded text.
        start, end: The mention.
        own_years: Years that the document itself bears (date, title): naming them is no look back.
    """

    text: str
    start: int
    end: int
    own_years: frozenset[int] = frozenset()

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """The sentence: up to a full stop, a semicolon or a line break, at most 200 characters each way."""
        floor = max(self.start - 200, 0)
        begin = floor
        for stop in _STOP.finditer(self.text, floor, self.start):
            begin = stop.end()
        stop_behind = _STOP.search(self.text, self.end, self.end + 200)
        return begin, stop_behind.start() if stop_behind else min(self.end + 200, len(self.text))

    @property
    def sentence(self) -> str:
        """Its sentence."""
        return self.text[self.bounds[0] : self.bounds[1]]

    @property
    def before(self) -> str:
        """The sentence up to the mention."""
        return self.text[self.bounds[0] : self.start]

    @property
    def after(self) -> str:
        """The sentence from the mention on."""
        return self.text[self.end : self.bounds[1]]

    @cached_property
    def clause_before(self) -> str:
        """The clause up to the mention."""
        before = self.before
        cut = 0
        for comma in _COMMA.finditer(before):
            cut = comma.end()
        return before[cut:]

    @cached_property
    def clause_after(self) -> str:
        """The clause from the mention on."""
        comma = _COMMA.search(self.after)
        return self.after[: comma.start()] if comma else self.after

    @cached_property
    def title(self) -> tuple[int, int] | None:
        """The 《…》 around the mention, without its marks."""
        opening = max(
            self.text.rfind("《", max(self.start - 80, 0), self.start),
            self.text.rfind("〈", max(self.start - 40, 0), self.start),
        )
        if opening < 0 or "》" in self.text[opening : self.start]:
            return None
        closing = self.text.find("》", self.end - 1, self.end + 80)
        if closing < 0:
            return None
        line = self.text.find("\n", self.end, closing)
        return None if line >= 0 else (opening + 1, closing)

    def in_other_title(self, spare: int = 0) -> bool:
        """Whether it is only a piece of a title.

        Args:
            spare: Characters that a title may be longer than the mention and still be it.
        """
        if self.title is None:
            return False
        inside = _BRACKETED.sub("", self.text[self.title[0] : self.title[1]])
        inside = inside.removeprefix("中华人民共和国").strip(QUOTES)
        mention = _BRACKETED.sub("", self.text[self.start : self.end]).removeprefix("中华人民共和国")
        return len(inside) > len(mention) + spare

    def quoted(self) -> bool:
        """Whether it stands in a quotation of somebody's words (a slogan in quotation marks is none)."""
        for opening_mark, closing_mark in (("“", "”"), ("「", "」")):
            opening = self.text.rfind(opening_mark, self.bounds[0] - 120 if self.bounds[0] > 120 else 0, self.start)
            if (
                opening < 0
                or closing_mark in self.text[opening : self.start]
                or "\n" in self.text[opening : self.start]
            ):
                continue
            closing = self.text.find(closing_mark, self.end - 1, self.end + 160)
            if closing < 0:
                continue
            longer = closing - opening - 1 - (self.end - self.start)
            if (longer >= 6 and _SAID.search(self.text[max(opening - 12, 0) : opening])) or longer >= 24:
                return True
        return False

    def past_year(self, until: date | None, today: date) -> bool:
        """Whether the sentence tells of a year before that in which the mention was still right."""
        limit = until.year if until else today.year
        issued = _ISSUED.match(self.after)
        if issued and self._is_past(int(issued[1]), limit, today):
            return True
        found = list(_YEAR.finditer(self.before))
        if not found:
            inside = re.match(r"[”’\"'」』》）)]*[（(]((?:19|20)\d\d)", self.after)
            return inside is not None and self._is_past(int(inside[1]), limit, today)
        # a range tells of its first year; a plan for that year, copied, is no narration
        last = found[-1]
        if _NOW.search(self.before, last.end()):
            return False
        first = next((y for y in found[-2:] if y.start() >= last.start() - 8), last)
        if first is last and self.before[: last.start()].endswith(("到", "至")) and not _REACHED.search(self.sentence):
            return False
        return self._is_past(year_of(first[1]), limit, today) and not _WILL.search(self.before[last.end() :])

    def _is_past(self, year: int, limit: int, today: date) -> bool:
        return year <= limit and year < today.year and year not in self.own_years

    def historical(self, until: date | None, today: date, spare: int = 0) -> bool:
        """Whether the sentence tells of the past, quotes, or the mention is part of another name or title."""
        if self.in_other_title(spare) or self.quoted() or self.past_year(until, today):
            return True
        if _UP_TO.search(self.before):
            return True
        if self.before.rstrip(QUOTES + "《").endswith("从") and _BECAME.match(self.after):
            return True
        if _SHOWN.search(self.before) or _REMEMBERED.search(self.after) or _MUSEUM.search(self.sentence):
            return True
        told = _IN_PLAN.search(self.before)
        if told and _PLAN_ENDS[told[1]] < today.year and not _WILL.search(self.clause_before):
            return True
        if _STATED.search(self.clause_before) and not _WILL.search(self.clause_before):
            return True
        return bool(_FORMER.search(self.clause_before) or _PAST.search(self.clause_before) or _SINCE.match(self.after))

    def honoured(self) -> bool:
        """Whether it names what was won or awarded."""
        return bool(_HONOUR.search(self.before[-40:]) and not _WILL.search(self.clause_before)) or bool(
            _WON.match(self.after) and re.search(r"获|授予|评为", self.sentence)
        )

    def finished(self) -> bool:
        """Whether it is spoken of as done: its results, its experience."""
        return bool(_DONE.match(self.after) or _FINISHED.search(self.clause_before))

    def in_series(self) -> bool:
        """Whether the sentence lists what was done one after another over the years."""
        return bool(_SERIES.search(self.before[-40:])) or "历次" in self.after[:40]

    def under_way(self) -> bool:
        """Whether the sentence says that it goes on right now, or is about to."""
        return bool(_UNDER_WAY.search(self.before[-40:]) or _UNDER_WAY.search(self.after[:40]))

    def current(self) -> bool:
        """Whether the sentence speaks of work done now, planned, or set by the mention."""
        return bool(_CURRENT.search(self.before[-60:]) or _CURRENT.search(self.after[:40]))
