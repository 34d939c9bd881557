"""Workflow commands."""

from __future__ import annotations

from reports_helpers import analysis_of, file_report, finding, report_of

from docnlp.checker import FileReport
from docnlp.document.model import Note
from docnlp.reports.as_github import render


def test_nothing_to_say() -> None:
    assert render(report_of(file_report(analysis_of("正文。"), []))) == ""


def test_levels_places_and_cure() -> None:
    a = analysis_of("标题\n甲,乙20xx。用心办", "目录/方案.txt")
    found = [
        finding(a, ",", suggestions=("，",)),
        finding(a, "20xx", "RES001", "blank", "error", "留着空白"),
        finding(a, "用心", "RES003", "reworded-copy", "info", "像是替换来的"),
        finding(a, None, "SEC001", "missing-section", "error", "缺少组织领导", section="organization"),
    ]
    assert render(report_of(file_report(a, found))).splitlines() == [
        "::error file=目录/方案.txt,title=SEC001 missing-section::缺少组织领导",
        "::warning file=目录/方案.txt,line=2,col=2,endColumn=3,title=PUN001 half-width-mark::中文句子里用了半角标点（改为：“，”）",
        "::error file=目录/方案.txt,line=2,col=4,endColumn=8,title=RES001 blank::留着空白",
        "::notice file=目录/方案.txt,line=2,col=9,endColumn=11,title=RES003 reworded-copy::像是替换来的",
    ]


def test_everything_special_is_escaped() -> None:
    a = analysis_of("甲", "a,b:c%d.txt")
    [line] = render(report_of(file_report(a, [finding(a, "甲", message="100%，\r\n::error::假的")]))).splitlines()
    assert line == (
        "::warning file=a%2Cb%3Ac%25d.txt,line=1,col=1,endColumn=2,title=PUN001 half-width-mark::100%25，%0D%0A::error::假的"
    )


def test_a_span_over_lines_names_its_last_line_and_no_column() -> None:
    a = analysis_of("甲乙\n丙丁")
    f = finding(a, "乙\n丙")
    for file in (file_report(a, [f]), FileReport("x.txt", findings=(f,))):
        assert "line=1,col=2,endLine=2,title=" in render(report_of(file))


def test_a_finding_without_its_document_still_knows_its_end() -> None:
    a = analysis_of("甲乙丙")
    assert "line=1,col=2,endColumn=4,title=" in render(report_of(FileReport("x.txt", findings=(finding(a, "乙丙"),))))


def test_unreadable_files_notes_and_lone_surrogates() -> None:
    a = analysis_of("正文\udc00")
    text = render(
        report_of(
            FileReport("坏.pdf", error="没有文字层。"),
            file_report(a, [finding(a, "\udc00", message="坏字符\udc00")], notes=(Note("no-report", "看不出文种"),)),
        )
    )
    assert text.encode("utf-8").decode("utf-8").splitlines() == [
        "::error file=坏.pdf,title=无法读取::没有文字层。",
        "::warning file=x.txt,line=1,col=3,endColumn=4,title=PUN001 half-width-mark::坏字符�",
        "::notice file=x.txt,title=注::看不出文种",
    ]
