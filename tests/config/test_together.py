"""Pack, markers, allow list and baseline in a whole check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docnlp.baseline import Baseline
from docnlp.checker import FileReport, check_source
from docnlp.config import load, override
from docnlp.readers.plain import source_from_text
from docnlp.settings import Settings

TODAY = date(2026, 11, 23)
PACK = 'name = "区词包"\n[[terms]]\nfound = "区创建办"\nuse = "区文明办"\nmessage = "按规定简称"\n'
TEXT = "材料报区创建办。\n\n[docnlp：忽略 TYP100 引用旧文]\n原文写的是区创建办。\n请区创建办、区创建办下属单位办理。\n"


def _settings(tmp_path: Path, text: str = "") -> Settings:
    (tmp_path / "区.toml").write_text(PACK, encoding="utf-8")
    path = tmp_path / "docnlp.toml"
    path.write_text(f'packs = ["区.toml"]\nselect = ["TYP100", "SYS"]\n{text}', encoding="utf-8")
    return load(path)


def _check(text: str, settings: Settings, baseline: Baseline | None = None, path: str = "稿.txt") -> FileReport:
    return check_source(source_from_text(text, path), settings, TODAY, baseline=baseline)


def _places(report: FileReport) -> list[tuple[int, str, str]]:
    return [(f.line, f.code, f.text) for f in report.findings]


def test_pack_and_marker(tmp_path: Path) -> None:
    report = _check(TEXT, _settings(tmp_path))
    assert _places(report) == [(1, "TYP100", "区创建办"), (5, "TYP100", "区创建办"), (5, "TYP100", "区创建办")]
    assert report.suppressed == 1
    assert "区词包" in report.findings[0].message
    assert report.findings[0].suggestions == ("区文明办",)


def test_marker_that_is_no_longer_needed(tmp_path: Path) -> None:
    report = _check("[docnlp：忽略 TYP100]\n原文写的是区文明办。\n", _settings(tmp_path))
    assert [(f.code, f.severity, f.line) for f in report.findings] == [("SYS002", "info", 1)]


def test_severity_allow_and_per_subgenre(tmp_path: Path) -> None:
    settings = _settings(tmp_path, '[severity]\nTYP = "info"\n[per-subgenre."通知"]\nignore = ["TYP100"]\n')
    assert {f.severity for f in _check(TEXT, settings).findings} == {"info"}
    assert len(_check(TEXT, override(settings, allow=["区创建办下属单位"])).findings) == 2
    notice = "关于报送材料的通知\n\n各街道：\n" + TEXT + "清溪区文明办\n2026年3月5日\n"
    report = _check(notice, settings)
    assert report.subgenre == "通知"
    assert report.findings == ()


def test_baseline(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    name = str(tmp_path / "稿" / "a.txt")
    path = tmp_path / "基线.json"
    Baseline.of([_check(TEXT, settings, path=name)]).save(path)
    baseline = Baseline.load(path)
    report = _check(TEXT, settings, baseline, name)
    assert (report.findings, report.baselined) == ((), 3)
    changed = "新写一段，送区创建办备案。\n" + TEXT
    assert _places(_check(changed, settings, baseline, name)) == [(1, "TYP100", "区创建办")]
    assert len(_check(TEXT, settings, baseline, "别的.txt").findings) == 3
