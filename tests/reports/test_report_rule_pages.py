"""Pages of rules: Markdown, terminal, index, and the tool that writes them."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docnlp.reports.rule_page import FIX_NAMES, filename, ignoring, index, markdown, terminal
from docnlp.rules import all_rules
from docnlp.rules.base import Bad, Basis, Fix, Good, Rule
from docnlp.rules.sys import CRASHED
from docnlp.text.width import text_width

TOOL = Path(__file__).resolve().parents[2] / "tools" / "gen_rule_pages.py"

COMMA = Rule(
    code="PUN001",
    name="half-width-mark",
    title="中文句子里的半角标点",
    severity="warning",
    why="公文用全角标点。\n半角的*挤*在一起。",
    basis=(Basis("GB/T 15834—2011《标点符号用法》", "4.5", "句内用全角"), Basis("编辑惯例")),
    check=lambda context: iter(()),
    examples=(
        Bad("推进创建【,】提升素质", fixed="推进创建，提升素质"),
        Bad("第一行〔,〕\n【第二行】", marks="〔〕", suggestion="，", severity="info", as_of=date(2024, 3, 1), path="x.md"),
        Bad("没有写组织领导", section="organization"),
        Bad("多余【,】", suggestion=""),
        Good("1,000 人", "数字里的分节号"),
        Good("第一行\n`a,b`", "代码"),
    ),
    fix=Fix.SAFE,
)
PLAIN = Rule("SEC001", "missing-section", "缺少部分", "error", "为什么。", (Basis("惯例"),), lambda c: iter(()), (), Fix.UNSAFE, True, ("plan", "summary"), False, ("sections",))


def test_a_page_to_the_letter() -> None:
    page = markdown(COMMA)
    head, _, rest = page.partition("## 怎样忽略它")
    assert head == """<!-- 本页由 tools/gen_rule_pages.py 生成，请改规则本身，不要改这里。 -->

# PUN001 half-width-mark

| 项目 | 内容 |
| --- | --- |
| 类别 | PUN 标点符号 |
| 默认级别 | 一般错误（warning） |
| 默认启用 | 是 |
| 修复 | 可自动修复（docnlp check --fix） |

## 查什么

中文句子里的半角标点。

## 为什么

公文用全角标点。

半角的\\*挤\\*在一起。

## 依据

- GB/T 15834—2011《标点符号用法》 4.5：句内用全角
- 编辑惯例

## 反例

【】、〔〕里是要报的地方。

- `推进创建【,】提升素质`
  - 修复后：`推进创建，提升素质`
- 多行文字（判定日期 2024-03-01，文件名 x.md）：

  ```text
  第一行〔,〕
  【第二行】
  ```

  - 这一处报为提示
  - 改为：“，”
- `没有写组织领导`
  - 缺少：组织领导
- `多余【,】`
  - 改法：删去

## 正例

- `1,000 人`
  - 不报的理由：数字里的分节号
- 多行文字：

  ```text
  第一行
  `a,b`
  ```

  - 不报的理由：代码

"""
    assert "<!-- docnlp: ignore[PUN001] 理由 -->" in rest
    assert "[docnlp: 忽略 PUN001 理由]" in rest
    assert "<!-- docnlp: ignore-file[PUN001] 理由 -->" in rest
    assert 'extend-ignore = ["PUN001"]' in rest
    assert '  [severity]\n  PUN001 = "info"\n' in rest
    assert page.endswith("```\n")


def test_what_differs_from_the_common_case_is_said() -> None:
    page = markdown(PLAIN)
    assert "| 默认启用 | 否，要用 --extend-select SEC001 打开 |" in page
    assert "| 适用文种 | 方案、计划；总结、汇报 |" in page
    assert "| 可以配置 | sections |" in page
    assert f"| 修复 | {FIX_NAMES[Fix.UNSAFE]} |" in page
    assert "反例" not in page
    any_genre = Rule("SEC002", "x", "x", "info", "x", (Basis("x"),), lambda c: iter(()), (), needs_genre=True)
    assert "看不出文种的文稿不查" in markdown(any_genre)


def test_own_reports_of_docnlp_cannot_be_ignored() -> None:
    assert "怎样忽略" not in markdown(CRASHED)
    assert "怎样忽略" not in terminal(CRASHED)


def test_line_breaks_round_an_example_are_left_out() -> None:
    rule = Rule("SEC001", "x", "x", "info", "x", (Basis("x"),), lambda c: iter(()), (Bad("甲\n【乙】\n\n", fixed="甲\n丙\n"), Good("\n丁\n", "x")))
    page = markdown(rule)
    assert "  甲\n  【乙】\n  ```\n" in page
    assert "  甲\n  丙\n  ```\n" in page
    assert "- `丁`\n" in page


def test_multi_line_repairs_and_backticks() -> None:
    rule = Rule(
        "RES001", "stray-mark", "杂符", "error", "因为。", (Basis("惯例"),), lambda c: iter(()),
        (Bad("甲\n【```】乙", fixed="甲\n乙"), Bad("`的【`】帮忙", suggestion="x"), Good(" 首尾空格 ", "没事")),
        Fix.SAFE,
    )  # fmt: skip
    page = markdown(rule)
    assert "  ````text\n  甲\n  【```】乙\n  ````\n" in page
    assert "  修复后：\n\n  ```text\n  甲\n  乙\n  ```\n" in page
    assert "- `` `的【`】帮忙 ``\n" in page
    assert "- `  首尾空格  `\n" in page


def test_the_terminal_page() -> None:
    text = terminal(COMMA)
    assert text.startswith("PUN001 half-width-mark\n  类别：PUN 标点符号\n  默认级别：一般错误（warning）\n")
    assert "\n\n反例\n  【】、〔〕里是要报的地方。\n\n    推进创建【,】提升素质\n  修复后：\n    推进创建，提升素质\n" in text
    assert "\n    第一行〔,〕\n    【第二行】\n    （判定日期 2024-03-01，文件名 x.md）\n  这一处报为提示\n  改为：“，”\n" in text
    assert "\n    1,000 人\n  不报的理由：数字里的分节号\n" in text
    assert "    <!-- docnlp: ignore[PUN001] 理由 -->\n" in text
    assert "\x1b[1m反例\x1b[0m" in terminal(COMMA, color=True)
    assert "\x1b" not in text


@pytest.mark.parametrize("width", [24, 40, 60, 80, 120])
@pytest.mark.parametrize("ambiguous", [1, 2])
def test_no_page_is_wider_than_the_terminal(width: int, ambiguous: int) -> None:
    for rule in (COMMA, PLAIN, *all_rules()):
        for line in terminal(rule, width=width, ambiguous=ambiguous).splitlines():
            assert text_width(line, ambiguous) <= width


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.integers(24, 90))
def test_any_words_fit_a_terminal_and_stay_in_their_cell(words: str, width: int) -> None:
    rule = Rule("STY001", "any-words", words, "info", words, (Basis(words, "", words),), lambda c: iter(()), (Good(words, words), Bad(words, fixed=words)))
    for line in terminal(rule, width=width).split("\n"):
        assert text_width(line) <= width
    assert "\x1b" not in terminal(rule, width=width)
    row = index([rule]).splitlines()[-1]
    assert row.replace("\\\\", "").replace("\\|", "").count("|") == 6


def test_the_index_groups_by_family() -> None:
    text = index([PLAIN, COMMA])
    assert "共 2 条" in text
    assert text.index("## SEC 结构与必备部分") < text.index("## PUN 标点符号")
    assert "| [PUN001](PUN001-half-width-mark.md) | half-width-mark | 中文句子里的半角标点 | 一般错误 | 自动 |" in text
    assert "缺少部分（默认不启用）" in text


@pytest.fixture
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gen_rule_pages", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_check_names_stale_missing_and_left_over_pages(tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "rules"
    assert tool.main(["--folder", str(folder), "--check"]) == 1
    assert "missing: README.md" in capsys.readouterr().err
    assert tool.main(["--folder", str(folder)]) == 0
    assert tool.main(["--folder", str(folder), "--check"]) == 0
    assert {p.name for p in folder.iterdir()} == {"README.md", *map(filename, all_rules())}
    capsys.readouterr()

    stale = folder / filename(CRASHED)
    stale.write_text("旧的", encoding="utf-8")
    (folder / "README.md").unlink()
    (folder / "ABC999-gone.md").write_text("没有了", encoding="utf-8")
    (folder / "notes.txt").write_text("留着", encoding="utf-8")
    assert tool.main(["--folder", str(folder), "--check"]) == 1
    named = capsys.readouterr().err.splitlines()
    assert named[:3] == ["missing: README.md", "left over: ABC999-gone.md", f"stale: {stale.name}"]

    assert tool.main(["--folder", str(folder)]) == 0
    assert tool.main(["--folder", str(folder), "--check"]) == 0
    assert not (folder / "ABC999-gone.md").exists()
    assert (folder / "notes.txt").exists()


def test_windows_line_endings_are_not_stale(tool: ModuleType, tmp_path: Path) -> None:
    tool.write(tmp_path, tool.pages([COMMA]))
    page = tmp_path / filename(COMMA)
    assert b"\r" not in page.read_bytes()
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert tool.differences(tmp_path, tool.pages([COMMA])) == []


def test_the_tool_runs_as_a_program(tmp_path: Path) -> None:
    import subprocess

    done = subprocess.run([sys.executable, str(TOOL), "--check", "--folder", str(tmp_path)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "missing: README.md" in done.stderr


def test_the_ways_to_ignore_a_rule_are_ones_that_docnlp_reads() -> None:
    from docnlp.document.markers import find_markers

    markers = [find_markers(text) for _, text in ignoring(COMMA) if "docnlp:" in text]
    assert [(m.kind, [w.word for w in m.words]) for [m] in markers] == [
        ("line", ["pun001"]),
        ("line", ["pun001"]),
        ("file", ["pun001"]),
    ]
