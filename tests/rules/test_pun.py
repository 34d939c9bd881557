"""PUN: the examples of every rule, the traps, and what must hold on any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docnlp.rules.base import Finding, Rule
from docnlp.rules.pun import RULES
from docnlp.testing import apply_edits, run_rule, verify_examples

CLEAN = sorted((Path(__file__).parents[1] / "clean").glob("*.txt"))
BY_NAME = {rule.name: rule for rule in RULES}


def found(name: str, text: str, path: str = "x.txt") -> list[tuple[int, str]]:
    return [(f.start or 0, f.text) for f in run_rule(BY_NAME[name], text, path=path)]


def grave(text: str) -> list[tuple[str, str]]:
    return [(r.code, f.text) for r in RULES for f in run_rule(r, text) if f.severity != "info"]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_examples(rule: Rule) -> None:
    assert verify_examples(rule) == []


def test_codes_and_names_are_unique() -> None:
    assert len({r.code for r in RULES}) == len({r.name for r in RULES}) == len(RULES)
    assert all(r.code.startswith("PUN") for r in RULES)


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
def test_correct_reports_have_no_fault(path: Path) -> None:
    assert grave(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "我们的节日——清明主题活动，创建周期为2018—2020年。",
        "共有28个社区参加，每次2—3个，见400—429页。",
        "会议于9:30开始，比例1:2，执行GB/T 9704，网址http://example.com/a?b=c;d!e。",
        "（网址：http://example.com/a），见(http://example.com/a)。",
        "《办法》（试行）、《细则》（暂行）已印发。",
        "一是抓学习；1）每周一课；2）每月一考。",
        "（责任部门：德育处；完成时限：9月底前）",
        "高三(2)班、式(2)、应用程序(APP)",
        "平和、理性，温和、友善；文明、和谐的社区。",
        "这样行不行？！太好了！！",
        "电话0512-1234567，日期2010-03-02，房号302-1。",
        "从2023年起到“十四五”末……让我们一起努力！",
        "——坚持党的领导。——坚持群众路线。",
        "差额、等额选举，等级评定。",
        "时间：【待填：年,月,日(预计】",
        "阿卜杜拉·买买提、列夫·托尔斯泰。",
        "It's fine (really), isn't it? \"Yes\", he said; go!",
        "青文明办〔2025〕105号、市政府令第15号、（2023）苏01民终1号",
    ],
)
def test_traps(text: str) -> None:
    assert grave(text) == []


def test_one_missing_quote_does_not_flip_the_rest() -> None:
    text = "开展“文明餐桌活动，评选“文明员工”，学习“工匠精神”，弘扬“雷锋精神”，做到“知行合一”。"
    assert found("unpaired-mark", text) == [(2, "“")]
    text = "开展文明餐桌”活动，要认真做好。评选“文明员工”，学习“工匠精神”。"
    assert found("unpaired-mark", text) == [(6, "”")]


def test_one_missing_bracket_is_one_finding() -> None:
    assert found("unpaired-mark", "征集表（附后报送，方案（附后）、名单（附后）。") == [(3, "（")]
    assert found("unpaired-mark", "学习《条例、《准则》和《办法》。") == [(2, "《")]


def test_each_paragraph_recovers() -> None:
    text = "开展（文明餐桌活动。\n" * 3 + "开展（文明）活动。"
    assert [s for s, _ in found("unpaired-mark", text)] == [2, 13, 24]


def test_quotation_of_several_paragraphs() -> None:
    text = "会议指出：“要抓好落实。\n“要抓出成效。\n“要抓出亮点。”\n会后“回头看”。"
    assert found("unpaired-mark", text) == []
    assert found("unpaired-mark", "会议指出：“要抓好落实。\n要抓出成效。\n要抓出亮点。”") == []
    assert found("unpaired-mark", "会议指出：“要抓好落实。" + "\n要抓出成效。" * 30) == [(5, "“")]


def test_quotes_turned_the_wrong_way() -> None:
    assert found("same-direction-quotes", "评选”文明员工”和“文明家庭“活动") == [(2, "”"), (14, "“")]
    assert found("unpaired-mark", "评选”文明员工”和“文明家庭“活动") == []


def test_nested_double_quotes_are_no_error() -> None:
    text = "他说：“要弘扬“雷锋精神”。”大家都说“好”。"
    assert found("unpaired-mark", text) == []
    assert found("same-direction-quotes", text) == []
    assert found("nested-brackets", text) == [(7, "“雷锋精神”")]


def test_single_quotes_round_latin_words() -> None:
    assert found("unpaired-mark", "他说：“用好‘APP’和‘2025’版，it’s the students’ work。”") == []
    assert found("unpaired-mark", "他说：“用好‘APP和微博。”") == [(6, "‘")]


def test_straight_quotes_get_direction_and_stay_unsafe() -> None:
    findings = run_rule(BY_NAME["half-width-mark"], '争当"文明员工"，学习"工匠精神"。')
    assert [f.suggestions[0] for f in findings] == ["“", "”", "“", "”"]
    assert not any(f.safe for f in findings)
    odd = run_rule(BY_NAME["half-width-mark"], '争当"文明员工，学习')
    assert [f.edits for f in odd] == [()]


def test_brackets_of_a_pair_are_fixed_together() -> None:
    text = "一等奖(20名),二等奖（30名),三等奖(ABC)"
    fixed = apply_edits(text, (e for f in run_rule(BY_NAME["half-width-mark"], text) for e in f.edits))
    assert fixed == "一等奖（20名），二等奖（30名），三等奖(ABC)"


def test_markdown_syntax_is_left_alone() -> None:
    text = "# 标题\n\n- **要求**:见[方案](a,b.docx)\n- `甲,乙(丙` 和 ![图,一](图,一.png)\n\n```\n甲,乙(丙\n```\n\n| 甲 | 乙 |\n|---|:-:|\n"
    assert found("half-width-mark", text, "x.md") == [(text.index(":"), ":"), (text.index("图,") + 1, ",")]
    assert found("unpaired-mark", text, "x.md") == []
    assert found("wrong-dash", text, "x.md") == []


def test_placeholders_of_years_are_for_another_family() -> None:
    assert grave("青文明办〔20xx〕5号，20xx年xx月，二0xx年，XX市XX局，×××同志。") == []


def test_same_place_is_reported_once() -> None:
    from docnlp.testing import run_rule as run

    text = "一、加强领导,\n成立领导小组,明确责任分工,定期研究工作。\n(一)抓好落实"
    heading = {f.start for f in run(BY_NAME["heading-end-mark"], text)}
    assert heading == {6}
    ordinal = run(BY_NAME["half-width-ordinal"], text)
    assert [f.text for f in ordinal] == ["(一)"]
    half = {f.start for f in run(BY_NAME["half-width-mark"], text)}
    assert not half & set(range(ordinal[0].start or 0, ordinal[0].end or 0))


def test_list_behind_a_bare_attachment_line_is_prose() -> None:
    text = "关于开展活动的通知\n\n各科室：\n\n请认真抓好落实。\n\n青禾县文明办\n2025年3月5日\n\n附件\n分工安排\n1.县文明办：负责协调。\n2.县公安局：负责安保。"
    assert grave(text) == []


def test_dotted_lines_of_a_table_of_contents() -> None:
    assert grave("一、总则......1\n二、任务……………………12\n三、要求······3") == []


# --- any text -------------------------------------------------------------------------------------------------------

PIECES = [
    *"，。、；：！？,.;:!?()（）“”‘’\"'《》〈〉〔〕[]【】「」…—-–~～·\n \u3000一二三十年月日号第和等是",
    "——", "……", "...", "。。", "以及", "2025", "25", "０５", "文明", "活动", "http://a.cn/x)", "ＡＢ", "首先", "附件：",
    "1、", "（一）、", "关于开展活动的通知", "各单位", "为加强工作。根据",
]  # fmt: skip
CHINESE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ANYTHING = st.text(st.characters(), max_size=60)  # astral and lone surrogates included


def spans_hold(text: str, findings: list[Finding]) -> None:
    for f in findings:
        assert f.start is not None
        assert f.end is not None
        assert 0 <= f.start < f.end <= len(text)
        assert f.text == text[f.start : f.end]
        for e in f.edits:
            assert 0 <= e.start <= e.end <= len(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(CHINESE, ANYTHING), st.sampled_from(["x.txt", "x.md"]))
def test_any_text(text: str, path: str) -> None:
    view = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for rule in RULES:
        spans_hold(view, run_rule(rule, view, path=path))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHINESE)
def test_fixes_are_idempotent(text: str) -> None:
    for rule in RULES:
        once = apply_edits(text, (e for f in run_rule(rule, text) for e in f.edits))
        twice = apply_edits(once, (e for f in run_rule(rule, once) for e in f.edits))
        assert twice == once, rule.code
