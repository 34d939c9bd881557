"""The text for a terminal: layout, clipping, folding, summary."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports_helpers import PLAN, analysis_of, file_report, finding, plan_file, report_of

from docnlp.checker import FileReport
from docnlp.document.model import Note
from docnlp.reports.as_text import MIN_WIDTH, TextStyle, render, snippet, summary
from docnlp.reports.shared import fold_line, fold_repeats, visible
from docnlp.rules.base import Edit
from docnlp.text.width import text_width

SGR = re.compile(r"\x1b\[[0-9;]*m")


def test_a_whole_report() -> None:
    a = analysis_of("工作方案\n为推进创建,提升素质。\n", "方案.txt")
    file = file_report(
        a,
        [
            finding(a, None, "SEC001", "missing-section", "error", "没有找到“组织领导”部分", section="organization"),
            finding(a, ",", suggestions=("，",), safe=True),
        ],
        notes=(Note("hidden-text", "文中有隐藏文字"),),
    )
    broken = FileReport("坏.docx", error="文件损坏。请重新导出。")
    assert render(report_of(file, broken)) == (
        "方案.txt  工作方案（方案、计划）  判定日期 2026-11-23（今天）\n"
        "  注：文中有隐藏文字\n"
        "\n"
        "  严重错误  SEC001 missing-section\n"
        "    没有找到“组织领导”部分\n"
        "\n"
        "  2:6  一般错误  PUN001 half-width-mark\n"
        "    为推进创建,提升素质。\n"
        "              ^\n"
        "    中文句子里用了半角标点\n"
        "    改为：“，”（可自动修复）\n"
        "\n"
        "无法读取 坏.docx：文件损坏。请重新导出。\n"
        "\n"
        "检查了 1 个文件，每个文件运行 38 条规则，另有 1 个无法读取（原因见上）。\n"
        "共发现 2 处：严重错误 1，一般错误 1，提示 0。\n"
        "其中 1 处可以自动修复：docnlp check --fix\n"
    )


def test_nothing_found_is_said_and_no_file_is_listed() -> None:
    text = render(report_of(file_report(analysis_of("正文。"), [])))
    assert text == "检查了 1 个文件，每个文件运行 38 条规则。\n没有发现问题，可以放心往下走。\n"


def test_the_summary_alone_is_the_end_of_the_report() -> None:
    report = report_of(plan_file(), FileReport("坏.docx", error="文件损坏。"))
    style = TextStyle(width=50)
    assert summary(report, style=style).startswith("检查了 1 个文件")
    assert render(report, style=style).endswith("\n\n" + summary(report, style=style))
    assert summary(report_of(file_report(analysis_of("正文。"), []))) == render(report_of(file_report(analysis_of("正文。"), [])))


def test_no_file_at_all() -> None:
    assert render(report_of()).startswith("没有文件可查")


def test_only_unreadable_files_claim_no_success() -> None:
    text = render(report_of(FileReport("a.pdf", error="没有文字层。请先做文字识别（OCR）。")))
    assert text == "无法读取 a.pdf：没有文字层。请先做文字识别（OCR）。\n\n没有一个文件能够读取（原因见上）。\n"


def test_notes_are_shown_without_findings() -> None:
    text = render(report_of(file_report(analysis_of("诗。"), [], genre=None, subgenre=None, notes=(Note("no-report", "看不出文种"),))))
    assert "看不出文种  判定日期" in text
    assert "  注：看不出文种\n" in text


@pytest.mark.parametrize(
    ("origin", "words"),
    [("given", "指定的日期"), ("document", "文中日期"), ("year", "标题或文件名里的年份"), ("fallback", "文中没有日期，按今天算")],
)
def test_the_day_and_its_origin(origin: str, words: str) -> None:
    a = analysis_of("甲,乙")
    assert f"判定日期 2026-11-23（{words}）" in render(report_of(file_report(a, [finding(a, ",")], as_of_from=origin)))


def test_counts_left_out_crashed_and_differing_rules() -> None:
    a = analysis_of("甲,乙")
    one = file_report(a, [finding(a, ",", suggestions=("，",), safe=False)], suppressed=2, baselined=3, rules_run=30)
    two = file_report(a, [], rules_run=38, crashed=("NUM004",))
    text = render(report_of(one, two))
    assert "每个文件运行 30～38 条规则" in text
    assert "未列出：文中标记忽略 2 处，基线中已有 3 处。" in text
    assert "有规则运行出错，结果不全：NUM004。" in text
    assert text.endswith("其中 1 处可以用 docnlp check --fix --unsafe-fixes 修复，改后请逐处核对。\n")
    assert "（可用 --unsafe-fixes 修复）" in text


def test_suggestions_are_quoted_counted_and_named() -> None:
    a = analysis_of("甲乙丙丁")
    text = render(
        report_of(
            file_report(
                a,
                [
                    finding(a, "甲", suggestions=("一", "二", "三", "四")),
                    finding(a, "乙", suggestions=("“乙”",)),
                    finding(a, "丙", suggestions=("",), edits=(Edit(2, 3, ""),), safe=True, code="RES001"),
                    finding(a, "丁", edits=(Edit(3, 4, ""),), safe=True, code="RES002"),
                ],
            )
        )
    )
    assert "改为：“一”或“二”或“三”等 4 种写法\n" in text
    assert "改为：「“乙”」\n" in text
    assert "改为：删去（可自动修复）\n" in text
    assert "\n    可自动修复\n" in text


# The marks under the line


@pytest.mark.parametrize(
    ("text", "words", "ambiguous", "before", "marks"),
    [
        ("ab,cd", ",", 1, 2, "^"),
        ("创建,提升", ",", 1, 4, "^"),
        ("创建工作", "工作", 1, 4, "^~~~"),
        ("“创建”工作", "工作", 1, 6, "^~~~"),
        ("“创建”工作", "工作", 2, 8, "^~~~"),
        ("“创建”工作", "“创建”", 2, 0, "^~~~~~~~"),
        ("𠮷祥x安康", "x", 1, 4, "^"),
        ("e\u0301x安", "x", 1, 1, "^"),
        ("甲\u200b乙", "\u200b", 1, 2, "^"),
        ("　　缩进x。", "x", 1, 4, "^"),
    ],
)
def test_marks_stand_under_the_span(text: str, words: str, ambiguous: int, before: int, marks: str) -> None:
    a = analysis_of(text)
    _, columns, shown = snippet(a.document, finding(a, words), 40, ambiguous)
    assert (columns, shown) == (before, marks)


def test_an_empty_span_at_the_end_of_a_line_is_one_caret() -> None:
    a = analysis_of("标题。\n正文")
    assert snippet(a.document, finding(a, (3, 3)), 40) == ("标题。", 6, "^")


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    a = analysis_of("甲乙\n丙丁")
    assert snippet(a.document, finding(a, "乙\n丙"), 40) == ("甲乙", 2, "^~")


def test_a_long_line_is_cut_on_both_sides() -> None:
    text = "创建文明单位" * 2000 + "20xx" + "提升居民素质" * 2000
    a = analysis_of(text)
    shown, before, marks = snippet(a.document, finding(a, "20xx"), 40)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert marks == "^~~~"
    assert text_width(shown) <= 40
    at = shown.index("20xx")
    assert text_width(shown[:at]) == before
    assert 10 <= before <= 26  # about in the middle


def test_a_span_wider_than_the_line_keeps_its_beginning() -> None:
    a = analysis_of("前" * 50 + "长" * 100 + "后" * 50)
    shown, before, marks = snippet(a.document, finding(a, "长" * 100), 40)
    assert shown.lstrip("…前").startswith("长长")
    assert shown.endswith("…")
    assert before + len(marks) <= 40


def test_room_that_one_side_leaves_goes_to_the_other() -> None:
    a = analysis_of("甲x" + "乙" * 100)
    shown, before, _ = snippet(a.document, finding(a, "x"), 40)
    assert before == 2
    assert text_width(shown) >= 36
    b = analysis_of("乙" * 100 + "x甲")
    shown, before, _ = snippet(b.document, finding(b, "x"), 40)
    assert shown.endswith("x甲")
    assert text_width(shown) >= 36


def test_control_characters_cannot_reach_the_terminal() -> None:
    a = analysis_of("甲\x1b[31m红\t乙\u202e,丙\ud800", "\x1b]0;x\x07.txt")
    text = render(report_of(file_report(a, [finding(a, ",", message="坏\x1b[2J消息")])))
    assert not set(text) & {"\x1b", "\x07", "\t", "\u202e", "\ud800"}
    assert "甲␛[31m红 乙�,丙�" in text
    assert len(visible("\x00\x1f\x7f\x9b\u2028\ud800甲")) == 7


def test_a_finding_without_its_document_has_no_line_but_its_message() -> None:
    a = analysis_of("甲,乙")
    text = render(report_of(file_report(a, [finding(a, ",")]).__class__("x.txt", findings=(finding(a, ","),))))
    assert "1:2  一般错误  PUN001" in text
    assert "^" not in text


# Folding


def test_repeats_are_folded_right_behind_the_third() -> None:
    a = analysis_of("\n".join(["甲,乙"] * 6 + ["丙20xx"]))
    commas = [finding(a, ",", nth=n) for n in range(6)]
    text = render(report_of(file_report(a, [*commas, finding(a, "20xx", "RES001", "blank", "error", "空白")])))
    heads = [line.strip() for line in text.splitlines() if re.match(r"  \d+:\d+", line) or "同类" in line]
    assert heads == [
        "1:2  一般错误  PUN001 half-width-mark",
        "2:2  一般错误  PUN001 half-width-mark",
        "3:2  一般错误  PUN001 half-width-mark",
        "同类问题还有 3 处（第 4、5、6 行）",
        "7:2  严重错误  RES001 blank",
    ]
    assert "共发现 7 处" in text


def test_show_all_folds_nothing() -> None:
    a = analysis_of("\n".join(["甲,乙"] * 6))
    text = render(report_of(file_report(a, [finding(a, ",", nth=n) for n in range(6)])), style=TextStyle(show_all=True))
    assert text.count("PUN001") == 6
    assert "同类" not in text


def test_a_graver_finding_and_another_missing_section_are_never_folded() -> None:
    a = analysis_of("甲,乙,丙,丁,戊")
    light = [finding(a, ",", severity="info", nth=n) for n in range(3)]
    grave = finding(a, ",", severity="error", nth=3)
    missing = [finding(a, None, "SEC001", "missing-section", section=s) for s in ("guiding", "tasks", "objectives", "safeguards")]
    groups = fold_repeats([*missing, *light, grave])
    assert not any(g.folded for g in groups)
    assert [f for g in groups for f in g.shown] == [*missing, *light, grave]


def test_fold_line_lists_lines_once_and_not_all() -> None:
    a = analysis_of("\n".join([",,"] * 12))
    many = [finding(a, ",", nth=n) for n in range(24)]
    assert fold_line(many) == "同类问题还有 24 处（第 1、2、3、4、5、6、7、8…行）"
    assert fold_line([finding(a, None, "FMT001", "x")] * 2) == "同类问题还有 2 处"


# Width and colour


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("ambiguous", [1, 2])
def test_no_line_is_wider_than_the_terminal(width: int, ambiguous: int) -> None:
    report = report_of(plan_file(), FileReport("附件/扫描件.pdf", error="没有文字层，像是扫描件。请先做文字识别（OCR），再检查。"))
    text = render(report, style=TextStyle(width=width, ambiguous=ambiguous))
    assert max(text_width(line, ambiguous) for line in text.split("\n")) <= width
    assert not any(line != line.rstrip() for line in text.split("\n"))


@pytest.mark.parametrize("width", [40, 80])
def test_colours_change_nothing_else(width: int) -> None:
    report = report_of(plan_file(), FileReport("坏.pdf", error="没有文字层。请先识别。"))
    plain = render(report, style=TextStyle(width=width))
    colored = render(report, style=TextStyle(width=width, color=True))
    assert "\x1b" not in plain
    assert SGR.sub("", colored) == plain
    assert "\x1b[1;31m严重错误\x1b[0m" in colored
    assert "\x1b[1mPUN001\x1b[0m" in colored
    assert "\x1b[33m^\x1b[0m" in colored


ALPHABET = st.one_of(
    st.sampled_from(list("创建文明，。“”（）,.x1 \n\t　…—\u0301\u200b\x1b\u202e😀👩🏽‍🚀")), st.characters(exclude_characters="\r")
)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), text=st.text(ALPHABET, min_size=1, max_size=120), width=st.integers(20, 90), ambiguous=st.sampled_from([1, 2]))
def test_any_text_fits_and_its_marks_fit(data: st.DataObject, text: str, width: int, ambiguous: int) -> None:
    a = analysis_of(text)
    whole = a.document.text
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole))), max_size=4))
    messages = st.text(ALPHABET, max_size=60)
    found = [
        finding(a, (min(s), max(s)), message=data.draw(messages), suggestions=(data.draw(messages),), safe=True) for s in spans
    ]
    out = render(report_of(file_report(a, found)), style=TextStyle(width=width, ambiguous=ambiguous))
    limit = max(width, MIN_WIDTH)
    for line in out.split("\n"):
        assert text_width(line, ambiguous) <= limit, line
    out.encode("utf-8")
    for f in found:
        shown, before, marks = snippet(a.document, f, limit - 4, ambiguous)
        assert text_width(shown, ambiguous) <= limit - 4
        assert before + len(marks) <= limit - 4


def test_the_plan_is_read_in_order() -> None:
    text = render(report_of(plan_file()))
    assert text.endswith("其中 8 处可以自动修复：docnlp check --fix\n另有 4 处加上 --unsafe-fixes 才改，改后请逐处核对。\n")
    places = [tuple(map(int, m.groups())) for m in re.finditer(r"^  (\d+):(\d+)  ", text, re.M)]
    assert places == sorted(places)
    assert len(places) == len(plan_file().findings) - 2 - (PLAN.count(",") - 3)


def test_a_gbk_console_loses_only_stand_ins() -> None:
    text = render(report_of(plan_file()), style=TextStyle(color=True))
    assert text.encode("gbk").decode("gbk") == text
