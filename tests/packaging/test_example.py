"""The shipped draft: made from its source, carrying the faults it is meant to carry."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from docnlp.checker import FileReport, check_file
from docnlp.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DRAFT = ROOT / "docs" / "examples" / "draft.docx"


def tool(name: str) -> ModuleType:
    """A program of tools/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def report() -> FileReport:
    return check_file(str(DRAFT), Settings(), date(2026, 11, 23))


def test_it_is_as_its_source_has_it() -> None:
    make = tool("make_example")
    source = make.SOURCE.read_text(encoding="utf-8")
    data = make.build(source)
    assert make.members(DRAFT.read_bytes()) == make.members(data)
    assert make.build(source) == data, "the same text, the same bytes"


def test_its_text_is_the_source(report: FileReport) -> None:
    assert report.analysis is not None
    text = report.analysis.document.text
    for line in (ROOT / "docs" / "examples" / "draft.source.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#") or line == "分页":
            continue
        kind, _, rest = line.partition("：")
        written = rest if kind in ("红头", "文号", "标题", "主送", "落款", "日期", "一级", "二级", "表") else line
        for piece in written.split("|"):
            assert piece in text
    assert "（五）开展文明出行行动" in text, "Word's own numbers are in the text"
    assert "（三）评估阶段" in text, "and begin anew under each heading"
    assert 1500 <= len(text) <= 2500


def test_it_is_a_notice_with_a_plan(report: FileReport) -> None:
    assert report.analysis is not None
    assert [(g.genre, g.subgenre) for g in report.analysis.genres] == [("notice", "印发通知"), ("plan", "工作方案")]


@pytest.mark.parametrize(
    ("family", "words"),
    [
        ("PUN", "[2026]"),
        ("RES", "联系电话"),
        ("DIG", "二零二六"),
        ("PUN", ","),
        ("RES", "20××"),
        ("RES", "礼貌"),
        ("RES", "用心"),
        ("RES", "带给"),
        ("DIG", "4-6%"),
        ("NUM", "三进"),
        ("NUM", "四件"),
        ("SEC", "开展文明出行行动"),
        ("DIG", "9月31日"),
        ("NUM", "五、"),
    ],
)
def test_each_fault_is_found(report: FileReport, family: str, words: str) -> None:
    assert report.error is None
    marked = [f.text for f in report.findings if f.family == family and f.text]
    assert [t for t in marked if words in t or t in words], marked


def test_missing_sections_are_named(report: FileReport) -> None:
    assert {f.section for f in report.findings if f.section} == {"objectives", "safeguards"}


def test_the_list_of_faults_is_complete(report: FileReport) -> None:
    listed = (ROOT / "docs" / "examples" / "README.md").read_text(encoding="utf-8")
    families = set(re.findall(r"\| ([A-Z]{3}) \|", listed))
    assert {f.family for f in report.findings if f.severity != "info"} == families


def test_readme_shows_what_is_printed() -> None:
    command = [sys.executable, "-m", "docnlp", "check", DRAFT.name, "--isolated", "--width", "80", "--color", "never"]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=DRAFT.parent, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    shown = re.search(r"```text\n(draft\.docx.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    head, *findings = shown.group(1).strip().split("\n\n")
    assert head.split("  ")[:2] == done.stdout.split("\n")[0].split("  ")[:2], "but for the date"
    printed = done.stdout.split("\n\n")
    assert [f for f in findings if f not in printed] == []
    assert len(findings) == 2
