"""SARIF holds against the schema, and says what the specification asks beyond it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from reports_helpers import analysis_of, file_report, finding, plan_file, report_of

from docnlp.checker import FileReport
from docnlp.reports.as_sarif import render, uri
from docnlp.rules import all_rules
from docnlp.rules.base import Bad, Basis, Edit, Fix, Good, Rule

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)

COMMA = Rule(
    "PUN001", "half-width-mark", "半角标点", "warning", "中文用{全角}标点。", (Basis("GB/T 15834—2011"),), lambda c: iter(()),
    (Bad("甲【,】乙", fixed="甲，乙"), Good("甲，乙", "已是全角")), Fix.SAFE,
)  # fmt: skip
QUIET = Rule("STY001", "quiet", "默认不查的", "info", "为什么。", (Basis("惯例"),), lambda c: iter(()), (), enabled=False)


def log_of(*files: FileReport, rules: tuple[Rule, ...] | None = (COMMA, QUIET)) -> dict[str, Any]:
    text = render(report_of(*files), rules=rules)
    text.encode("utf-8")
    value: dict[str, Any] = json.loads(text)
    assert [f"{list(e.absolute_path)}: {e.message}" for e in VALIDATOR.iter_errors(value)] == []
    return value


def run_of(*files: FileReport, rules: tuple[Rule, ...] | None = (COMMA, QUIET)) -> dict[str, Any]:
    [run] = log_of(*files, rules=rules)["runs"]
    return dict(run)


def test_the_schema_itself_finds_faults() -> None:
    value = log_of(plan_file())
    value["runs"][0]["results"][0]["level"] = "fatal"
    del value["runs"][0]["tool"]["driver"]["name"]
    assert len(list(VALIDATOR.iter_errors(value))) == 2


def test_a_log_with_everything() -> None:
    run = run_of(plan_file(), FileReport("坏.pdf", error="没有文字层。"), file_report(analysis_of("正文"), [], crashed=("PUN001", "XYZ001")))
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(plan_file().findings)
    assert [a["location"]["uri"] for a in run["artifacts"]] == ["%E6%96%B9%E6%A1%88.txt", "%E5%9D%8F.pdf", "x.txt"]
    assert run["artifacts"][0]["properties"] == {"genre": "plan", "subgenre": "工作方案", "asOf": "2026-11-23", "asOfFrom": "today"}
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 2
    assert [(n["level"], n["descriptor"]["id"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]] == [
        ("note", "hidden-text", "文中有 1 处隐藏文字，也一并检查了"),
        ("error", "unreadable", "无法读取：没有文字层。"),
        ("error", "rule-crashed", "规则 PUN001 运行出错，它的结果缺失"),
        ("error", "rule-crashed", "规则 XYZ001 运行出错，它的结果缺失"),
    ]
    assert [n.get("associatedRule") for n in invocation["toolExecutionNotifications"]][2:] == [{"id": "PUN001", "index": 0}, {"id": "XYZ001"}]


def test_a_successful_run_says_so() -> None:
    a = analysis_of("甲,乙")
    [invocation] = run_of(file_report(a, [finding(a, ",")]))["invocations"]
    assert invocation == {"executionSuccessful": True, "exitCode": 1, "toolExecutionNotifications": []}


def test_the_rule_table() -> None:
    rules = run_of(plan_file())["tool"]["driver"]["rules"]
    assert rules[0]["id"] == "PUN001"
    assert rules[0]["name"] == "HalfWidthMark"
    assert rules[0]["shortDescription"] == {"text": "半角标点"}
    assert rules[0]["fullDescription"] == {"text": "中文用{{全角}}标点。"}  # braces begin a placeholder, so they are doubled
    assert rules[0]["help"]["text"] == "半角标点。中文用{{全角}}标点。依据：GB/T 15834—2011。"
    assert "# PUN001 half-width-mark" in rules[0]["help"]["markdown"]
    assert rules[0]["defaultConfiguration"] == {"level": "warning"}
    assert rules[0]["properties"] == {"family": "PUN", "familyName": "标点符号", "tags": ["标点符号"], "fix": "safe"}
    assert rules[1]["defaultConfiguration"] == {"level": "note", "enabled": False}


def test_the_shipped_rules_make_a_valid_table() -> None:
    rules = run_of(plan_file(), rules=None)["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == [r.code for r in all_rules()]


def test_a_result_to_the_letter() -> None:
    a = analysis_of("标题\n甲😀,乙{1}", "目录 一/方案#1.txt")
    [result] = run_of(file_report(a, [finding(a, ",", suggestions=("，",), safe=True, message="有{0}")]))["results"]
    location = {"uri": "%E7%9B%AE%E5%BD%95%20%E4%B8%80/%E6%96%B9%E6%A1%88%231.txt", "index": 0}
    place = {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 4, "charOffset": 5, "charLength": 1}
    fingerprint = result.pop("partialFingerprints")["wordsAround/v1"]
    assert len(fingerprint) == 34
    assert result == {
        "ruleId": "PUN001",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "有{{0}}（改为：“，”）"},
        "locations": [{"physicalLocation": {"artifactLocation": location, "region": {**place, "snippet": {"text": ","}}}}],
        "fixes": [
            {
                "description": {"text": "可自动修复"},
                "artifactChanges": [{"artifactLocation": location, "replacements": [{"deletedRegion": place, "insertedContent": {"text": "，"}}]}],
            }
        ],
        "properties": {"family": "PUN", "name": "half-width-mark", "suggestions": ["，"], "safeFix": True, "inSection": "tasks"},
    }


def test_what_has_no_place_or_no_rule_or_no_document() -> None:
    a = analysis_of("正文,")
    missing = finding(a, None, "SEC009", "missing-section", section="tasks")
    [first] = run_of(file_report(a, [missing]))["results"]
    assert "ruleIndex" not in first
    assert "region" not in first["locations"][0]["physicalLocation"]
    assert first["properties"]["missingSection"] == "tasks"
    [second] = run_of(FileReport("x.txt", findings=(finding(a, ",", suggestions=("，",), safe=True),)))["results"]
    region = second["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 3, "charOffset": 2, "charLength": 1, "snippet": {"text": ","}}
    assert "fixes" not in second


def test_several_edits_are_one_change() -> None:
    a = analysis_of("“甲\n乙")
    f = finding(a, "“", edits=(Edit(0, 1, ""), Edit(4, 4, "”")), safe=False)
    [fix] = run_of(file_report(a, [f]))["results"][0]["fixes"]
    assert fix["description"]["text"] == "可用 --unsafe-fixes 修复：改 2 处"
    replacements = fix["artifactChanges"][0]["replacements"]
    assert [r["deletedRegion"]["charOffset"] for r in replacements] == [0, 4]
    assert replacements[1]["deletedRegion"]["startLine"] == 2


def test_a_word_file_gets_no_fix_to_its_bytes() -> None:
    from dataclasses import replace

    a = analysis_of("甲,乙", "x.docx")
    document = replace(a.document, source=replace(a.document.source, format="docx"))
    file = file_report(replace(a, document=document), [finding(a, ",", suggestions=("，",), safe=True)])
    [result] = run_of(file)["results"]
    assert "fixes" not in result
    assert result["properties"]["safeFix"] is True


def fingerprints(text: str, words: str = ",") -> list[str]:
    a = analysis_of(text)
    found = [finding(a, words, nth=n) for n in range(text.count(words))]
    return [r["partialFingerprints"]["wordsAround/v1"] for r in run_of(file_report(a, found))["results"]]


def test_fingerprints_stay_when_lines_are_added_and_differ_between_places() -> None:
    line = "为扎实推进文明楼院创建工作,提升居民文明素质和城市文明程度,制定本方案。"
    before = fingerprints(line)
    after = fingerprints("新加的标题一行放在最前面的话不应该改变指纹。\n\n" * 5 + "　" * 20 + line)
    assert len(set(before)) == 2
    assert before[1:] == after[1:]
    same = fingerprints("甲,乙" + "。" * 40 + "甲,乙" + "。" * 40)
    assert len(set(same)) == 2
    repeated = fingerprints("，" * 20 + "甲,乙" + "，" * 40 + "甲,乙" + "，" * 20)
    assert [f.rpartition(":")[2] for f in repeated] == ["1", "2"]
    assert len({f.partition(":")[0] for f in repeated}) == 1


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (PurePosixPath("a/b c.txt"), "a/b%20c.txt"),
        (PurePosixPath("../x/a:b.txt"), "../x/a%3Ab.txt"),
        (PurePosixPath("c:d.txt"), "c%3Ad.txt"),
        (PurePosixPath("/tmp/方.txt"), "file:///tmp/%E6%96%B9.txt"),
        (PurePosixPath("100%?#.md"), "100%25%3F%23.md"),
        (PurePosixPath("x\udcff.txt"), "x%FF.txt"),
        (PurePosixPath("x\ud800.txt"), "x%ED%A0%80.txt"),
        (PureWindowsPath("目录\\a b.txt"), "%E7%9B%AE%E5%BD%95/a%20b.txt"),
        (PureWindowsPath("C:\\稿\\a.txt"), "file:///C:/%E7%A8%BF/a.txt"),
        (PureWindowsPath("\\\\server\\share\\a.txt"), "file://server/share/a.txt"),
    ],
)
def test_uris(path: PurePath, expected: str) -> None:
    assert uri(path) == expected


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(), min_size=1, max_size=40), name=st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=12), data=st.data())
def test_any_text_and_any_name_make_a_valid_log(text: str, name: str, data: st.DataObject) -> None:
    a = analysis_of(text, name)
    size = len(a.document.text)
    start, end = sorted((data.draw(st.integers(0, size)), data.draw(st.integers(0, size))))
    run = run_of(file_report(a, [finding(a, (start, end), suggestions=(text,), safe=True, message=text)]))
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert a.document.text[region["charOffset"] : region["charOffset"] + region["charLength"]] == a.document.text[start:end]
    lines = a.document.text.split("\n")
    assert sum(len(line) + 1 for line in lines[: region["endLine"] - 1]) + region["endColumn"] - 1 == end
    address = run["artifacts"][0]["location"]["uri"]
    assert address.isascii()
    if name.isprintable() and "\\" not in name and not name.startswith("/"):
        assert unquote(address) == PurePath(name).as_posix()


def test_a_day_of_its_own_for_each_file() -> None:
    run = run_of(file_report(analysis_of("甲"), [], as_of=date(2024, 3, 13), as_of_from="document"))
    assert run["artifacts"][0]["properties"]["asOf"] == "2024-03-13"
    assert run["properties"] == {"asOf": "2026-11-23"}
