"""Known findings."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis.analysis import Analysis
from docnlp.baseline import VERSION, Baseline, Key, drop_baselined, key_of
from docnlp.document.model import Document
from docnlp.errors import SettingsError
from docnlp.filters import FilterContext
from docnlp.readers.plain import source_from_text
from docnlp.rules.base import Context, Finding
from docnlp.settings import Settings
from docnlp.text.folding import fold


def _analysis(text: str, path: str) -> Analysis:
    document = Document(source_from_text(text, path), (), ())
    models = SimpleNamespace()
    return Analysis(document, models, models, models)


@dataclass
class Report:
    path: str
    analysis: Analysis | None
    findings: tuple[Finding, ...]
    error: str | None = None


def _findings(text: str) -> tuple[Finding, ...]:
    """Every × is a finding; § at the end stands for a missing section each."""
    placed = [
        Finding("RES001", "x", "warning", m.start(), m.end(), 1, 1, m[0], "占位") for m in re.finditer("[×X]+", text)
    ]
    missing = [Finding("SEC001", "x", "error", None, None, 1, 1, "", "缺", section="tasks")] * text.count("§")
    return (*missing, *placed)


def _report(text: str, path: str) -> Report:
    return Report(path, _analysis(text, path), _findings(text))


def _left(
    text: str, baseline: Baseline | None, path: str = "a.txt", ran: tuple[str, ...] = ("RES001", "SEC001")
) -> tuple[list[Finding], FilterContext]:
    context = Context(_analysis(text, path).document, _analysis(text, path), date(2026, 11, 23))
    state = FilterContext(context, Settings(), ran, baseline.known(path) if baseline else {})
    return drop_baselined(list(_findings(text)), state), state


TEXT = "一、××年工作目标\n责任人：×××，电话：×××。\n某县××局\n"


def test_what_is_known_is_left_out() -> None:
    baseline = Baseline.of([_report(TEXT, "a.txt")])
    assert len(baseline) == 4
    left, state = _left(TEXT, baseline)
    assert left == []
    assert state.baselined == 4
    assert state.stale == 0


def test_without_baseline_or_for_another_file_all_stay() -> None:
    assert len(_left(TEXT, None)[0]) == 4
    assert len(_left(TEXT, Baseline.of([_report(TEXT, "a.txt")]), "b.txt")[0]) == 4


def test_moved_paragraphs_stay_known() -> None:
    baseline = Baseline.of([_report(TEXT, "a.txt")])
    moved = "新加的一段。\n\n" + "\n".join(reversed(TEXT.split("\n")))
    assert _left(moved, baseline)[0] == []


def test_width_case_and_blanks_do_not_matter() -> None:
    baseline = Baseline.of([_report("编号：ＸＸ，ABC".replace("Ｘ", "X"), "a.txt")])
    assert _left("编号: XX , ａｂｃ", baseline)[0] == []


def test_other_words_around_make_it_new() -> None:
    baseline = Baseline.of([_report(TEXT, "a.txt")])
    left, state = _left(TEXT.replace("责任人", "联系人"), baseline)
    assert [f.start for f in left] == [TEXT.index("：×××") + 1]
    assert state.stale == 1


def test_one_more_occurrence_than_known_is_reported() -> None:
    baseline = Baseline.of([_report("某××局\n某××局\n", "a.txt")])
    left, state = _left("某××局\n甲\n某××局\n乙\n某××局\n", baseline)
    assert [f.start for f in left] == [len("某××局\n甲\n某××局\n乙\n某")]
    assert state.baselined == 2
    left, state = _left("某××局\n", baseline)
    assert left == []
    assert state.stale == 1


def test_what_is_missing_is_known_by_its_section() -> None:
    baseline = Baseline.of([_report("甲§", "a.txt")])
    left, _ = _left("全改了§§", baseline)
    assert [f.section for f in left] == ["tasks"]
    at = Finding("SEC001", "x", "error", 3, 3, 1, 4, "", "缺", section="tasks")
    assert key_of(at, "甲乙丙丁") == key_of(_findings("§")[0], "") == Key("SEC001", section="tasks")


def test_rules_that_did_not_run_leave_nothing_stale() -> None:
    baseline = Baseline.of([_report("某××局§", "a.txt")])
    assert _left("干净", baseline)[1].stale == 2
    assert _left("干净", baseline, ran=("SEC001",))[1].stale == 1


def test_own_reports_are_never_known() -> None:
    crashed = Finding("SYS001", "rule-crashed", "error", None, None, 1, 1, "", "出错")
    baseline = Baseline.of([Report("a.txt", _analysis("甲", "a.txt"), (crashed,))])
    assert len(baseline) == 0
    known = Baseline({next(iter(Baseline.of([_report("×", "a.txt")]).entries)): {Key("SYS001"): 1}})
    context = Context(_analysis("甲", "a.txt").document, _analysis("甲", "a.txt"), date(2026, 11, 23))
    assert drop_baselined([crashed], FilterContext(context, Settings(), (), known.known("a.txt"))) == [crashed]


def test_unreadable_files_are_left_out() -> None:
    assert len(Baseline.of([Report("a.txt", None, (), error="打不开"), _report("×", "b.txt")])) == 1


def test_context_stays_in_its_paragraph_and_is_short() -> None:
    text = "上一段\n一 二三四五六七八九×一二三四五　六七八九\n下一段"
    (finding,) = _findings(text)
    assert key_of(finding, fold(text)) == Key("RES001", "×", "二三四五六七八九", "一二三四五六七八")
    assert key_of(_findings("甲\n×\n乙")[0], "甲\n×\n乙") == Key("RES001", "×")


# --- the file -------------------------------------------------------------------------------------------------------


def test_save_and_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "基线.json"
    baseline = Baseline.of([_report(TEXT + "§", str(Path("稿", "b.txt"))), _report("×", "a.txt")])
    baseline.save(path)
    assert Baseline.load(path) == baseline
    assert [p.name for p in tmp_path.iterdir()] == ["基线.json"]
    text = path.read_text(encoding="utf-8")
    data = json.loads(text)
    assert data["version"] == VERSION
    assert list(data["files"]) == ["a.txt", "稿/b.txt"]
    assert "责任人" in text
    assert text.endswith("}\n")
    rows = data["files"]["稿/b.txt"]
    assert rows == sorted(rows, key=lambda r: (r["code"], r.get("text", ""), r.get("before", "")))
    assert {"code": "SEC001", "section": "tasks", "count": 1} in rows
    assert "line" not in text
    Baseline.of([_report("×", "a.txt"), _report(TEXT + "§", "./稿/../稿/b.txt")]).save(path)
    assert path.read_text(encoding="utf-8") == text


def test_folder_and_baseline_move_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tmp_path / "旧", tmp_path / "新"
    old.mkdir()
    Baseline.of([_report(TEXT, str(old / "稿" / "a.txt"))]).save(old / "基线.json")
    old.rename(new)
    baseline = Baseline.load(new / "基线.json")
    assert _left(TEXT, baseline, str(new / "稿" / "a.txt"))[0] == []
    monkeypatch.chdir(new / "..")
    assert _left(TEXT, baseline, str(Path("新", "稿", "a.txt")))[0] == []
    monkeypatch.chdir(new)
    assert _left(TEXT, Baseline.load(Path("基线.json")), str(Path("稿", "a.txt")))[0] == []


def test_files_on_another_drive_keep_their_whole_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def relpath(path: str, start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    baseline = Baseline.of([_report("×", "a.txt")])
    monkeypatch.setattr(os.path, "relpath", relpath)
    baseline.save(tmp_path / "b.json")
    assert Baseline.load(tmp_path / "b.json") == baseline


def test_the_old_file_survives_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.json"
    Baseline.of([_report("×", "a.txt")]).save(path)
    before = path.read_bytes()

    def replace(self: Path, target: Path) -> Path:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(SettingsError, match="写不进去"):
        Baseline.of([_report(TEXT, "a.txt")]).save(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["b.json"]


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="写不进去"):
        Baseline().save(tmp_path / "无" / "b.json")


GOOD = {"code": "RES001", "text": "×", "count": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"version": 1,\n "files": {', "第 2 行第"),
        (b"\xff\xfe\x00", "这不是 docnlp 的基线文件"),
        (b"[" * 100_000, "--write-baseline"),
        (b"[]", "这不是 docnlp 的基线文件"),
        (b"{}", "这不是 docnlp 的基线文件"),
        (b'{"version": true}', "这不是 docnlp 的基线文件"),
        (b'{"version": 99}', "较新版本的 docnlp 写的（格式 99）。请升级 docnlp"),
        (b'{"version": 1}', "不完整"),
        (b'{"version": 1, "files": []}', "不完整"),
        (b'{"version": 1, "files": {"a": {}}}'.replace(b"{}", b"[1]"), "不完整"),
        *[
            (json.dumps({"version": 1, "files": {"a": [row]}}).encode(), "不完整")
            for row in (
                {**GOOD, "count": 0},
                {**GOOD, "count": True},
                {**GOOD, "code": ""},
                {**GOOD, "text": 1},
                {"count": 1},
                {"code": "RES001"},
            )
        ],
    ],
)
def test_damaged_files(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        Baseline.load(path)
    assert str(caught.value).startswith(f"{path}：")
    assert said in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"没有这个基线文件.*--write-baseline"):
        Baseline.load(tmp_path / "无.json")
    with pytest.raises(SettingsError, match="打不开"):
        Baseline.load(tmp_path)


def test_a_bom_from_an_editor_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"version": 1, "files": {"a": [GOOD, GOOD]}}).encode())
    assert len(Baseline.load(path)) == 2


@given(st.lists(st.text("甲乙×  ，", max_size=12), max_size=8), st.randoms(use_true_random=False))
def test_properties(paragraphs: list[str], rng: object) -> None:
    text = "\n".join(paragraphs)
    baseline = Baseline.of([_report(text, "a.txt")])
    assert len(baseline) == len(_findings(text))
    shuffled = paragraphs[:]
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    left, state = _left("\n".join(shuffled), baseline)
    assert left == []
    assert (state.baselined, state.stale) == (len(baseline), 0)
    more = "\n".join([*shuffled, "新××"])
    assert len(_left(more, baseline)[0]) <= 1
    assert len(_left(text, Baseline.of([_report("", "a.txt")]))[0]) == len(_findings(text))
