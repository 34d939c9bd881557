"""`docnlp slogans`: page, inventory, filters."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_helpers import Cli, shell

from docnlp.analysis.base import SLOGAN_NAMES
from docnlp.cli.slogans import TYPES
from docnlp.text.width import text_width

PLAN = """清河县{year}年精神文明建设工作方案

各乡镇党委、政府：
深化“讲文明、树新风”活动，开展“四进”活动，倡导光盘行动，践行社会主义核心价值观，做到人人参与、人人有责。
清河县精神文明建设指导委员会
{year}年3月20日
"""


@pytest.fixture
def reports() -> Path:
    folder = Path("报送")
    folder.mkdir()
    for year in (2018, 2021):
        (folder / f"{year}.txt").write_text(PLAN.format(year=year), encoding="utf-8")
    (folder / "短.txt").write_text("开展“四进”活动。", encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    return folder


def test_types_are_those_of_the_analysis() -> None:
    assert TYPES == SLOGAN_NAMES


def test_page_of_one_file(cli: Cli, reports: Path) -> None:
    result = cli("slogans", reports / "2018.txt", "--format", "html")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("<!DOCTYPE html>")
    assert 'title="数字缩略">“四进”活动</a>' in result.out
    assert "读了 1 个文件" in result.out


def test_unreadable_files_are_named_and_the_others_shown(cli: Cli, reports: Path) -> None:
    for extra in ([], ["--inventory"]):
        for form in ("html", "json", "csv", "text"):
            result = cli("slogans", reports, "没有.txt", "--format", form, *extra)
            assert result.status == 2
            first, second = result.err.splitlines()
            assert first.startswith(f"无法读取 {reports / '坏.docx'}：")
            assert second.startswith("无法读取 没有.txt：文件不存在")
            assert "四进" in result.out
            if form in ("html", "json"):
                assert "文件不存在" in result.out
    assert cli("slogans", "没有.txt", "--inventory").out == ""
    assert json.loads(cli("slogans", "没有.txt", "--inventory", "--format", "json").out)["files"] == 0


def test_inventory_as_a_table(cli: Cli, reports: Path) -> None:
    result = cli("slogans", reports / "2018.txt", reports / "2021.txt", reports / "短.txt", "--inventory")
    lines = result.out.splitlines()
    assert (result.status, result.err) == (0, "")
    assert lines[0].split() == ["类型", "次数", "文件", "年份", "用语"]
    assert lines[1].split()[1:4] == ["3", "3", "2018～2021"]
    assert "四进" in lines[1]
    column = text_width(lines[0][: lines[0].index("用语")])
    assert all(text_width(line[: line.rindex("  ") + 2]) == column for line in lines[1:-2])
    assert lines[-2] == ""
    assert lines[-1].startswith("读了 3 个文件，共有 ")


@pytest.mark.parametrize("extra", [[], ["--inventory"]])
def test_narrow(cli: Cli, reports: Path, extra: list[str]) -> None:
    (reports / "坏.docx").unlink()
    out = cli("slogans", reports, "--width", "50", *extra).out
    rows = [line for line in out.splitlines() if not line.startswith("读了")]
    assert len(rows) > 5
    assert max(text_width(line) for line in rows) <= 50


def test_inventory_for_excel(cli: Cli, reports: Path) -> None:
    shown = cli("slogans", reports, "--format", "csv")
    assert cli("slogans", reports, "--format", "csv", "--inventory", "-o", "汇总.csv").out == ""
    data = Path("汇总.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode() == shown.out
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    (row,) = [r for r in rows if r["用语"].startswith("“四进”")]
    assert (row["类型"], row["次数"], row["文件数"], row["最早年份"], row["最晚年份"]) == ("数字缩略", "3", "3", "2018", "2021")


def test_inventory_as_json_and_page(cli: Cli, reports: Path) -> None:
    result = json.loads(cli("slogans", reports, "--inventory", "--format", "json").out)
    assert (result["files"], [f["path"] for f in result["failed"]]) == (3, [str(reports / "坏.docx")])
    (entry,) = [p for p in result["phrases"] if p["type"] == "numeric"]
    assert (entry["count"], entry["first_year"], entry["last_year"]) == (3, 2018, 2021)
    page = cli("slogans", reports, "--inventory", "--format", "html").out
    assert "<svg" in page
    assert 'class="phrases"' in page


def test_a_console_sees_no_byte_order_mark(cli: Cli, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docnlp.cli.output.is_terminal", lambda: True)
    assert cli("slogans", reports, "--format", "csv").out.startswith("用语,")


def types_of(cli: Cli, path: Path, *options: str) -> set[str]:
    return {s["type"] for s in json.loads(cli("slogans", path, "--format", "json", *options).out)["slogans"]}


def test_filters(cli: Cli, reports: Path) -> None:
    plan = reports / "2018.txt"
    everything = types_of(cli, plan)
    assert {"numeric", "policy"} < everything
    assert types_of(cli, plan, "--type", "numeric,policy") == {"numeric", "policy"}
    assert types_of(cli, plan, "--type", "数字缩略", "--type", "policy") == {"numeric", "policy"}
    scores = [s["score"] for s in json.loads(cli("slogans", plan, "--format", "json").out)["slogans"]]
    limit = sorted(scores)[len(scores) // 2]
    for written in (str(limit), f"{limit * 100}%"):
        kept = json.loads(cli("slogans", plan, "--format", "json", "--min-score", written).out)["slogans"]
        assert [s["score"] for s in kept] == [s for s in scores if s >= limit]
    rows = cli("slogans", plan, "--inventory", "--type", "numeric").out.splitlines()
    assert [line.split()[0] for line in rows[1:-2]] == ["数字缩略"]
    assert "（只列数字缩略）" in rows[-1]
    assert "没有符合条件" in cli("slogans", reports / "短.txt", "--type", "policy").out


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--type", "slogan"], "不能写“slogan”，可以写 numeric、campaign、parallel、policy"),
        (["--type", ","], "没有写类型"),
        (["--min-score", "高"], "“高”不是数"),
        (["--min-score", "80"], "要在 0 和 1 之间"),
        (["--min-score", "nan"], "要在 0 和 1 之间"),
        (["--format", "xlsx"], "不能写“xlsx”，可以写 text、json、html、csv"),
    ],
)
def test_wrong_usage(cli: Cli, reports: Path, options: list[str], complaint: str) -> None:
    result = cli("slogans", reports / "2018.txt", *options)
    assert (result.status, result.out) == (2, "")
    assert complaint in result.err.replace("\n", "")


@pytest.mark.parametrize("options", [["--format", "html"], ["--format", "csv"], ["--inventory"]])
def test_no_input_is_overwritten(cli: Cli, reports: Path, options: list[str]) -> None:
    plan = reports / "2018.txt"
    before = plan.read_bytes()
    result = cli("slogans", reports, *options, "-o", plan)
    assert result.status == 2
    assert "不能用结果覆盖它" in result.err
    assert plan.read_bytes() == before


def test_standard_input(cli: Cli) -> None:
    text = PLAN.format(year=2018).encode("gb18030")
    out = cli("slogans", "-", "--inventory", "--format", "json", "--stdin-filename", "方案.txt", stdin=text).out
    phrase = json.loads(out)["phrases"][0]
    assert phrase["files"] == [{"path": "方案.txt", "count": 1}]
    assert phrase["first_year"] == 2018


def test_control_characters_in_names_are_shown(cli: Cli) -> None:
    result = cli("slogans", "没有\x1b[31m.txt")
    assert "\x1b" not in result.err
    assert result.err.startswith("无法读取 没有␛[31m.txt：")


def test_a_pipe_gets_utf_8_whatever_the_console_speaks(reports: Path) -> None:
    done = shell("slogans", str(reports / "2018.txt"), "--format", "csv", PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert done.stdout.decode("utf-8-sig").startswith("用语,类型")
