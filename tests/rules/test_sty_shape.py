"""STY006 and STY007: which heading differs, how much room an opening takes."""

from __future__ import annotations

import pytest

from docnlp.rules import sty
from docnlp.rules.base import Finding, Rule
from docnlp.testing import run_rule


def rule(code: str) -> Rule:
    return next(r for r in sty.RULES if r.code == code)


HEADINGS, OPENING = rule("STY006"), rule("STY007")
TITLE = "清溪县文化馆2024年文明单位创建工作方案\n"
AIM = "为做好今年的创建工作，结合我馆实际，制定本方案。\n"
TAIL = "清溪县文化馆\n2024年3月11日\n"
LONG = "把少儿合唱团和老年舞蹈队请到乡镇中心小学和社区书屋里演出"  # 28
COUPLETS = ("办好讲座，扩大影响", "组织演出，服务群众", "收集意见，改进服务", "培训骨干，带好队伍")


def plan(headings: tuple[str, ...], runin: bool = False) -> str:
    end = "。" if runin else "\n"
    numbered = "".join(f"（{n}）{h}{end}活动部每月办{n}次。\n" for n, h in zip("一二三四五六七", headings, strict=False))
    return f"{TITLE}{AIM}一、主要任务\n{numbered}二、保障措施\n安排创建经费3万元。\n{TAIL}"


def odd(*headings: str, runin: bool = False) -> list[tuple[str, str]]:
    return [(f.text, f.message) for f in run_rule(HEADINGS, plan(headings, runin))]


def test_one_clause_among_couplets() -> None:
    message = "同级的其他4个标题都是前后两句，这一个只有一句；建议改成一样的句式"
    assert odd(*COUPLETS, "少儿合唱") == [("少儿合唱", message)]
    assert odd(*COUPLETS, "少儿合唱", runin=True) == [("少儿合唱", message)]


def test_three_clauses_among_single_ones() -> None:
    text = "办好演出，请来观众，收集意见"
    assert odd("办好讲座", text, "组织演出", "培训骨干") == [(text, "同级的其他3个标题都只有一句，这一个有3句；建议改成一样的句式")]
    assert odd("办好讲座", "办好演出，请来观众", "组织演出", "培训骨干") == []


def test_length() -> None:
    assert odd("办好讲座", LONG, "组织演出", "培训骨干") == [
        (LONG, "这个标题28字，同级的其他3个标题最长4字；建议压缩到差不多长，细节写进正文")
    ]
    assert odd("办好讲座", LONG, "组织乡镇文化站骨干观摩学习演出", "培训骨干") == []  # not twice as long
    assert odd("办好讲座", LONG[:23], "组织演出", "培训骨干") == []


def test_a_noun_among_verbs() -> None:
    message = "同级的其他3个标题都以动词开头，这一个是名词；建议也改成“做什么”的句式"
    assert odd("加强骨干培训", "志愿者队伍", "完善服务制度", "改善演出条件") == [("志愿者队伍", message)]
    assert odd("加强骨干培训", "抓志愿者队伍建设，", "完善服务制度", "志愿者队伍") == []  # two that differ
    assert odd("加强骨干培训", "志愿者队伍培养工作", "完善服务制度", "改善演出条件") == []  # has a verb in it


@pytest.mark.parametrize(
    "headings",
    [
        COUPLETS,
        (*COUPLETS[:2], "少儿合唱"),
        (*COUPLETS[:3], "少儿合唱", "老年舞蹈"),
        (*COUPLETS[:3], "下一步打算"),
        (*COUPLETS[:3], "存在的主要问题"),
        ("活动时间", "活动地点", "活动内容", "办好讲座，请来老师，带来观众"),
    ],
)
def test_what_is_fine(headings: tuple[str, ...]) -> None:
    assert odd(*headings) == []


def test_only_headings_under_one_heading_are_compared() -> None:
    text = (
        f"{TITLE}{AIM}一、主要任务\n（一）办好讲座，扩大影响\n每月1次。\n（二）组织演出，服务群众\n每月2次。\n"
        f"二、实施步骤\n（一）少儿合唱\n3月办。\n（二）收集意见，改进服务\n4月办。\n三、保障措施\n安排经费3万元。\n{TAIL}"
    )
    assert run_rule(HEADINGS, text) == []
    same = text.replace("二、实施步骤\n（一）", "（三）").replace("（二）收集", "（四）收集").replace("三、保障", "二、保障")
    assert [f.text for f in run_rule(HEADINGS, same)] == ["少儿合唱"]


def opening(lead: int, tasks: int, title: str = TITLE) -> list[Finding]:
    """A plan whose opening and tasks have so many characters; a heading adds six."""
    aim = AIM + "一、指导思想\n" + ("坚持以人民为中心的工作导向，" * 100)[: lead - len(AIM)] + "。\n"
    work = "\n".join(["馆员每周三到社区教居民唱歌跳舞。"] * (tasks // 16))
    return run_rule(OPENING, f"{title}{aim}二、主要任务\n{work}\n{TAIL}")


def test_the_share_of_the_opening() -> None:
    assert opening(300, 1300) == []
    (found,) = opening(600, 1300)
    assert found.text == "为做好今年的创建工作"
    assert found.message.startswith("开头的引言和指导思想606字，占正文1908字的32%")


def test_short_texts_and_appeals_are_not_judged() -> None:
    assert opening(600, 850) == []
    appeal = "".join(["近年来馆里的变化大家都看在眼里。\n"] * 100)
    assert run_rule(OPENING, f"文明观演倡议书\n广大观众朋友们：\n{appeal}让我们从今天做起！\n") == []


def test_only_what_stands_at_the_head_counts() -> None:
    text = f"{TITLE}{AIM}一、主要任务\n" + "馆员每周三到社区教居民唱歌跳舞。\n" * 90 + f"二、指导思想\n{'以习近平新时代中国特色社会主义思想为指导。' * 40}\n{TAIL}"
    assert run_rule(OPENING, text) == []
