"""What the title of a document says about its kind.

Subgenre names and genres follow the interface; the words are those of the trade, longest first where one ends on
another.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of document: genre of the interface and Chinese name of the subgenre (None where there is no name)."""

    genre: str
    subgenre: str | None


# Title tails, in order of trial; the first that the title ends on wins.
_TAILS: tuple[tuple[str, Kind], ...] = (
    ("实施方案", Kind("plan", "实施方案")),
    ("活动方案", Kind("plan", "活动方案")),
    ("活动策划方案", Kind("plan", "活动方案")),
    ("策划方案", Kind("plan", "活动方案")),
    ("策划书", Kind("plan", "活动方案")),
    ("工作方案", Kind("plan", "工作方案")),
    ("方案", Kind("plan", "工作方案")),
    ("工作计划", Kind("plan", "工作计划")),
    ("活动计划", Kind("plan", "活动方案")),
    ("计划", Kind("plan", "工作计划")),
    ("工作规划", Kind("plan", "工作计划")),
    ("规划", Kind("plan", "工作计划")),
    ("工作安排", Kind("plan", "工作计划")),
    ("活动安排", Kind("plan", "活动方案")),
    ("工作思路", Kind("plan", "工作计划")),
    ("打算", Kind("plan", "工作计划")),
    ("要点", Kind("keypoints", "工作要点")),
    ("自查自评报告", Kind("summary", "自查报告")),
    ("自查报告", Kind("summary", "自查报告")),
    ("自评报告", Kind("summary", "自查报告")),
    ("自查情况报告", Kind("summary", "自查报告")),
    ("自查情况的报告", Kind("summary", "自查报告")),
    ("自查情况", Kind("summary", "自查报告")),
    ("整改报告", Kind("summary", "自查报告")),
    ("申报材料", Kind("summary", "申报材料")),
    ("申报报告", Kind("summary", "申报材料")),
    ("推荐材料", Kind("summary", "申报材料")),
    ("创建材料", Kind("summary", "申报材料")),
    ("事迹材料", Kind("summary", "申报材料")),
    ("事迹", Kind("summary", "申报材料")),
    ("典型经验材料", Kind("summary", "典型经验材料")),
    ("经验交流材料", Kind("summary", "典型经验材料")),
    ("经验材料", Kind("summary", "典型经验材料")),
    ("典型材料", Kind("summary", "典型经验材料")),
    ("交流材料", Kind("summary", "典型经验材料")),
    ("经验做法", Kind("summary", "典型经验材料")),
    ("做法", Kind("summary", "典型经验材料")),
    ("工作经验", Kind("summary", "典型经验材料")),
    ("创建经验", Kind("summary", "典型经验材料")),
    ("半年工作总结", Kind("summary", "半年总结")),
    ("半年总结", Kind("summary", "半年总结")),
    ("半年工作小结", Kind("summary", "半年总结")),
    ("总结报告", Kind("summary", "工作总结")),
    ("总结", Kind("summary", "工作总结")),
    ("小结", Kind("summary", "工作总结")),
    ("工作回顾", Kind("summary", "工作总结")),
    ("汇报材料", Kind("summary", "情况汇报")),
    ("汇报", Kind("summary", "情况汇报")),
    ("情况报告", Kind("summary", "情况汇报")),
    ("情况的报告", Kind("summary", "情况汇报")),
    ("情况说明", Kind("summary", "情况汇报")),
    ("工作报告", Kind("summary", "工作总结")),
    ("报告", Kind("summary", "情况汇报")),
    ("工作情况", Kind("summary", "情况汇报")),
    ("材料", Kind("summary", "典型经验材料")),
    ("通知", Kind("notice", "通知")),
    ("实施意见", Kind("opinion", "意见")),
    ("指导意见", Kind("opinion", "意见")),
    ("意见", Kind("opinion", "意见")),
    ("倡议书", Kind("other", "倡议书")),
    ("倡议", Kind("other", "倡议书")),
    ("讲话稿", Kind("other", "讲话")),
    ("讲话提纲", Kind("other", "讲话")),
    ("讲话", Kind("other", "讲话")),
    ("发言稿", Kind("other", "讲话")),
    ("发言", Kind("other", "讲话")),
    ("致辞", Kind("other", "讲话")),
    ("承诺书", Kind("other", "承诺书")),
    ("责任书", Kind("other", "责任书")),
    ("公约", Kind("other", "公约")),
    ("心得体会", Kind("other", "心得体会")),
    ("简报", Kind("other", "简报")),
    ("纪要", Kind("other", "纪要")),
    ("办法", Kind("other", None)),
    ("细则", Kind("other", None)),
    ("制度", Kind("other", None)),
    ("请示", Kind("other", None)),
    ("批复", Kind("other", None)),
    ("通报", Kind("other", "通报")),
    ("决定", Kind("other", None)),
    ("公告", Kind("other", None)),
    ("函", Kind("other", None)),
)
#: Names of the subgenres that a title can show, in the order of the table.
SUBGENRES: tuple[str, ...] = (*dict.fromkeys(kind.subgenre for _, kind in _TAILS if kind.subgenre), "印发通知")
_BY_LENGTH = sorted(_TAILS, key=lambda t: -len(t[0]))

# What may stand behind the kind: （试行）, （讨论稿）, 范文, 3, （篇一）, 。
_SUFFIX = re.compile(
    r"(?:\s|[(（][^()（）]{1,20}[)）]|【[^】]{1,10}】|范文|模板|格式|样本|精选|\d{1,2}篇|[一二三四五六七八九十]{1,3}篇|篇?[一二三四五六七八九十\d]{1,3}|[。.:：])+$"
)
# With or without 《》 around what is passed on; 关于做好文件印发工作的通知 passes nothing on.
_FORWARDED = re.compile(
    r"(?:印发|转发|下发|批转)\S*(?:《[^》]+》\S*|"
    r"(?:方案|计划|规划|要点|意见|办法|细则|制度|规定|规程|规则|守则|公约|标准|体系|清单|名单|指南|手册|预案|安排|总结|通报|讲话|纪要|通知)(?:[(（][^()（）]{1,12}[)）])?)的?\s*通知$"
)
_HALF_YEAR = re.compile(r"上半年|半年")
_REPORT_ISSUE = re.compile(r"自查|自评")


def strip_suffix(title: str) -> str:
    """The title without what only marks its copy: （讨论稿）, 范文, （篇一）, a final full stop."""
    return _SUFFIX.sub("", title.strip())


def kind_of_title(title: str) -> Kind | None:
    """Kind of a document by the tail of its title; None where the title names none."""
    bare = strip_suffix(title).replace(" ", "").replace("\u3000", "")
    if not bare:
        return None
    if _FORWARDED.search(bare):
        return Kind("notice", "印发通知")
    for tail, kind in _BY_LENGTH:
        if bare.endswith(tail):
            if kind.genre == "summary":
                if kind.subgenre in ("工作总结", "情况汇报") and _REPORT_ISSUE.search(bare):
                    return Kind("summary", "自查报告")
                if kind.subgenre == "工作总结" and _HALF_YEAR.search(bare):
                    return Kind("summary", "半年总结")
                if kind.subgenre in ("工作总结", "典型经验材料") and "申报" in bare:
                    return Kind("summary", "申报材料")
            if tail == "方案" and ("活动" in bare[-10:] or "主题" in bare):
                return Kind("plan", "活动方案")
            return kind
    return None
