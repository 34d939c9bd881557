"""The JSON of a check keeps its contract."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from reports_helpers import analysis_of, file_report, finding, plan_file, report_of

from docnlp.analysis.base import GENRES, SECTIONS
from docnlp.checker import FileReport
from docnlp.reports.as_json import render
from docnlp.rules.base import FAMILIES, Edit

TEXT: dict[str, Any] = {"type": "string"}
MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}
OFFSET: dict[str, Any] = {"type": "integer", "minimum": 0}
MAYBE_OFFSET: dict[str, Any] = {"type": ["integer", "null"], "minimum": 0}
ONE_UP: dict[str, Any] = {"type": "integer", "minimum": 1}


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


EDIT = closed({"start": OFFSET, "end": OFFSET, "replacement": TEXT})
FINDING = closed(
    {
        "code": {"type": "string", "pattern": f"^({'|'.join(FAMILIES)})[0-9]{{3}}$"},
        "name": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "severity": {"enum": ["error", "warning", "info"]},
        "line": ONE_UP,
        "column": ONE_UP,
        "start": MAYBE_OFFSET,
        "end": MAYBE_OFFSET,
        "text": TEXT,
        "message": {"type": "string", "minLength": 1},
        "suggestions": {"type": "array", "items": TEXT},
        "fix": {"anyOf": [{"type": "null"}, closed({"safe": {"type": "boolean"}, "edits": {"type": "array", "items": EDIT, "minItems": 1}})]},
        "section": {"enum": [*SECTIONS, None]},
        "in_section": {"enum": [*SECTIONS, None]},
        "source": TEXT,
    }
)
# Files and the whole may say more than the contract; findings may not.
FILE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "path": TEXT,
        "genre": {"enum": [*GENRES, None]},
        "subgenre": MAYBE_TEXT,
        "error": MAYBE_TEXT,
        "findings": {"type": "array", "items": FINDING},
    },
    "required": ["path", "genre", "subgenre", "error", "findings"],
}
CONTRACT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "version": TEXT,
        "as_of": {"type": "string", "pattern": r"^(today|document|\d{4}-\d{2}-\d{2})$"},
        "files": {"type": "array", "items": FILE},
    },
    "required": ["version", "as_of", "files"],
}


def checked(text: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(text)
    Draft202012Validator.check_schema(CONTRACT)
    Draft202012Validator(CONTRACT).validate(value)
    return value


def test_the_contract_with_findings_of_all_kinds_and_an_unreadable_file() -> None:
    value = checked(render(report_of(plan_file(), FileReport("坏.docx", error="文件损坏。"))))
    plan, broken = value["files"]
    assert list(value)[:3] == ["version", "as_of", "files"]
    assert list(plan)[:5] == ["path", "genre", "subgenre", "error", "findings"]
    assert broken == {
        "path": "坏.docx", "genre": None, "subgenre": None, "error": "文件损坏。", "findings": [], "as_of": None,
        "as_of_from": None, "notes": [], "suppressed": 0, "baselined": 0, "rules_run": 0, "crashed": [],
    }  # fmt: skip
    assert plan["as_of"] == "2026-11-23"
    assert plan["as_of_from"] == "today"
    assert plan["notes"] == [{"code": "hidden-text", "message": "文中有 1 处隐藏文字，也一并检查了", "start": None, "end": None}]
    assert value["summary"] == {
        "files": 2, "unreadable": 1, "findings": 17, "error": 6, "warning": 10, "info": 1, "suppressed": 2,
        "baselined": 1, "fixable": 8, "fixable_unsafe": 4,
    }  # fmt: skip


def test_one_finding_to_the_letter() -> None:
    a = analysis_of("国土资源局")
    f = finding(a, "国土资源局", "POL001", "superseded-term", "error", "机构已更名", ("自然资源局",), safe=False, source="机构改革")
    text = render(report_of(file_report(a, [f])))
    assert '"text": "国土资源局"' in text  # readable, not escaped
    assert text.endswith("}\n")
    [found] = checked(text)["files"][0]["findings"]
    assert list(found.items()) == [
        ("code", "POL001"), ("name", "superseded-term"), ("severity", "error"), ("line", 1), ("column", 1), ("start", 0),
        ("end", 5), ("text", "国土资源局"), ("message", "机构已更名"), ("suggestions", ["自然资源局"]),
        ("fix", {"safe": False, "edits": [{"start": 0, "end": 5, "replacement": "自然资源局"}]}),
        ("section", None), ("in_section", "tasks"), ("source", "机构改革"),
    ]  # fmt: skip


def test_every_repeat_is_a_finding_of_its_own() -> None:
    a = analysis_of("甲,乙,丙,丁,戊,己")
    value = checked(render(report_of(file_report(a, [finding(a, ",", nth=n) for n in range(5)]))))
    assert len(value["files"][0]["findings"]) == 5


def test_a_missing_section_has_no_place_and_no_fix_without_edits() -> None:
    a = analysis_of("正文")
    value = checked(render(report_of(file_report(a, [finding(a, None, "SEC001", "missing-section", section="tasks", suggestions=("x",))]))))
    [found] = value["files"][0]["findings"]
    assert (found["start"], found["end"], found["section"], found["fix"]) == (None, None, "tasks", None)


def test_lone_surrogates_survive_as_escapes() -> None:
    a = analysis_of("甲\ud800乙", "坏\udcff.txt")
    text = render(report_of(file_report(a, [finding(a, "\ud800", suggestions=("\udfff😀",), edits=(Edit(1, 2, "\udfff"),))])))
    text.encode("utf-8")
    value = json.loads(text)
    assert value["files"][0]["path"] == "坏\udcff.txt"
    assert value["files"][0]["findings"][0]["text"] == "\ud800"
    assert value["files"][0]["findings"][0]["suggestions"] == ["\udfff😀"]


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(), min_size=1, max_size=40), message=st.text(st.characters(), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_was(text: str, message: str) -> None:
    a = analysis_of(text)
    out = render(report_of(file_report(a, [finding(a, (0, len(a.document.text)), message=message)])))
    out.encode("utf-8")
    found = checked(out)["files"][0]["findings"][0]
    assert found["text"] == a.document.text
    assert found["message"] == message
