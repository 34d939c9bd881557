"""STY003, STY004, STY005: what is the same sentence, where a sentence ends, which 要 counts."""

from __future__ import annotations

from time import perf_counter

import pytest

from docnlp.rules import sty, sty_sentences
from docnlp.rules.base import Finding, Rule
from docnlp.rules.sty_sentences import MUST
from docnlp.testing import run_rule


def rule(code: str) -> Rule:
    return next(r for r in sty.RULES if r.code == code)


REPEATED, OVERLONG, MUSTS = rule("STY003"), rule("STY004"), rule("STY005")
TITLE = "清溪县文化馆2024年文明单位创建工作方案\n为做好今年的创建工作，结合我馆实际，制定本方案。\n"
TAIL = "清溪县文化馆\n2024年3月11日\n"
SHORT = "演出结束以后由馆员送老人回家"  # 14 words
LONG = "演出结束以后由两名馆员把住得远的老人送到家门口才离开"


def plan(first: str, second: str, third: str = "安排创建经费3万元。") -> str:
    return f"{TITLE}一、主要任务\n{first}\n二、实施步骤\n{second}\n三、保障措施\n{third}\n{TAIL}"


def repeats(text: str) -> list[Finding]:
    return run_rule(REPEATED, text)


def test_a_repeated_sentence() -> None:
    text = plan(f"办好广场演出。{SHORT}。", f"安排10场。{SHORT}。")
    (found,) = repeats(text)
    assert (found.text, found.severity, found.start) == (SHORT, "info", text.rfind(SHORT))
    assert found.message == "和第4行的话重复；建议只留一处，另一处换成该写的内容或者删去"


def test_a_long_one_is_graver_except_in_appeals() -> None:
    assert [f.severity for f in repeats(plan(LONG + "。", LONG + "。"))] == ["warning"]
    appeal = f"文明观演倡议书\n广大观众朋友们：\n{LONG}。我们倡议大家有序排队。\n{LONG}。让我们从今天做起！\n"
    assert [f.severity for f in repeats(appeal)] == ["info"]


def test_marks_width_and_blanks_do_not_matter() -> None:
    text = plan("馆员提前 30 分钟到场，检查灯光和音响。", "馆员提前３０分钟到场,检查灯光和音响；")
    assert [f.text for f in repeats(text)] == ["馆员提前３０分钟到场,检查灯光和音响"]


def test_a_run_of_clauses_inside_sentences() -> None:
    text = plan("办演出，馆员早到场，查灯光，查音响，扶老人，然后开场。", "办讲座，馆员早到场，查灯光，查音响，扶老人，然后提问。")
    assert [f.text for f in repeats(text)] == ["馆员早到场，查灯光，查音响，扶老人"]


def test_each_occurrence_is_a_finding() -> None:
    found = repeats(plan(SHORT + "。", SHORT + "。", SHORT + "。"))
    assert [f.message[:5] for f in found] == ["和第4行的"] * 2


def test_on_one_line_there_is_no_line_to_name() -> None:
    (found,) = repeats(plan(f"{SHORT}。办讲座。{SHORT}。", "安排10场。"))
    assert found.message.startswith("和前面的话重复")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SHORT[1:] + "。", SHORT[1:] + "。"),  # thirteen words
        (SHORT + "。", SHORT + "门口。"),  # no whole clause
        ("深入学习贯彻党的二十大精神和二十届历次全会精神。", "深入学习贯彻党的二十大精神和二十届历次全会精神。"),
        ("责任单位：文化馆办公室、活动部、辅导部、创作部。", "责任单位：文化馆办公室、活动部、辅导部、创作部。"),
        ("参加演出的有合唱团、舞蹈队、曲艺社、书画社。", "参加演出的有合唱团、舞蹈队、曲艺社、书画社。"),
        ("按照《清溪县公共文化服务办法》的规定执行。", "按照《清溪县公共文化服务办法》的规定执行。"),
    ],
)
def test_what_may_come_again(first: str, second: str) -> None:
    assert [f.text for f in repeats(plan(first, second))] == []


def test_formulas_do_not_hide_what_stands_beside_them() -> None:
    sentence = f"全面贯彻党的二十大精神，{SHORT}。"
    assert [f.text for f in repeats(plan(sentence, sentence))] == [sentence[:-1]]


def test_headings_and_parts_are_not_compared() -> None:
    heading = f"（一）{SHORT}\n办好演出。\n（二）开讲座\n每月1次。"
    assert repeats(plan(heading, f"{SHORT}。")) == []
    notice = f"关于做好广场演出工作的通知\n各科室：\n为做好演出工作，现就有关事项通知如下。\n一、演出要求\n{SHORT}。\n二、报送要求\n3月底前报名单。\n{TAIL}"
    assert repeats(notice + "附件\n" + plan(SHORT + "。", "安排10场。")) == []


def test_periodic_text_takes_no_time() -> None:
    for piece in ("好，", "演出开始。", SHORT + "。", "\u6f14，" * 7 + "出，"):
        text = plan(piece * (60_000 // len(piece)), "安排10场。")
        began = perf_counter()
        run_rule(REPEATED, text)
        assert perf_counter() - began < 5


@pytest.mark.parametrize("known", range(4))
def test_a_run_never_meets_itself(known: int) -> None:
    clauses = [sty_sentences._Clause(i, i + 1, 0, "演出结束以后由馆员送", 10) for i in range(8)]
    assert sty_sentences._run(clauses, known, 4) == 4 - known


# --- STY004 ---------------------------------------------------------------------------------------------------------


def sentence(size: int) -> str:
    """A sentence of so many characters, with its full stop."""
    text = "今年安排馆员到社区教唱歌，" * 30
    return text[: size - 1].rstrip("，").ljust(size - 1, "好") + "。"


def overlong(tasks: str) -> list[Finding]:
    return run_rule(OVERLONG, plan(tasks, "安排10场。"))


def test_the_limit() -> None:
    limit = sty_sentences.levels()["sentence"]["other"]
    assert overlong(sentence(limit)) == []
    (found,) = overlong("办讲座。" + sentence(limit + 1))
    assert found.text == "今年安排馆员到社区教唱歌"
    assert found.message.startswith(f"这一句有{limit + 1}字，语料里同一部分的句子一百句有九十九句不超过{limit}字")


def test_blanks_count_nothing_and_a_semicolon_ends_a_sentence() -> None:
    limit = sty_sentences.levels()["sentence"]["other"]
    spaced = sentence(limit)
    assert overlong(spaced[:20] + "  　" + spaced[20:]) == []
    assert overlong(sentence(limit)[:-1] + "；" + sentence(limit)) == []


def test_the_declaration_names_the_limits() -> None:
    limits = sty_sentences.levels()["sentence"]
    assert f"引言{limits['preamble']}字、指导思想{limits['guiding']}字、其他部分{limits['other']}字" in OVERLONG.why
    assert not OVERLONG.enabled


# --- STY005 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["要办好讲座", "各科室要早到", "一要抓好演出", "还要多听意见", "要不断改进", "要求真务实", "要领导带头", "要务必到场", "要点亮路灯", "要目标明确", "一切要从实际出发", "要道德引领"],
)
def test_must(text: str) -> None:
    assert MUST.search(text)


@pytest.mark.parametrize(
    "text", ["主要做法", "提出要求", "需要经费", "重要意义", "工作要点", "首要任务", "只要努力", "会议纪要", "要闻", "必要时", "简要说明", "要素保障", "要么不办", "扼要介绍"]
)
def test_no_must(text: str) -> None:
    assert not MUST.search(text)


def musts(must: int, plain: int) -> list[Finding]:
    return run_rule(MUSTS, plan("要办好讲座。" * must + "馆员教唱歌。" * plain, "安排10场。"))


@pytest.mark.parametrize(("must", "plain", "reported"), [(8, 0, True), (7, 0, False), (6, 4, False), (7, 4, True), (0, 9, False)])
def test_the_share(must: int, plain: int, reported: bool) -> None:
    assert bool(musts(must, plain)) is reported


def test_the_message_and_the_second_sentence() -> None:
    text = plan("要办好讲座。要早到场。" + "要多听意见。" * 6, "安排10场。")
    (found,) = run_rule(MUSTS, text)
    assert found.text == "要早到场"
    assert found.message.startswith("“主要任务（主要做法）”8句里有8句说“要”")
