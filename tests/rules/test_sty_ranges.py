"""tools/gen_slogan_ranges.py: what it measures, and that --check tells a stale table."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from docnlp.analysis.base import SECTIONS
from docnlp.rules.sty import COUNTED_WITH, Density
from docnlp.training.markup import parse_markup

TOOL = Path(__file__).resolve().parents[2] / "tools" / "gen_slogan_ranges.py"
HEAD = "---\nid: {id}\ngenre: {genre}\nsubgenre: {subgenre}\nunit: 粮食局\ndate: 2024-03-06\ngroup: z\n---\n"
PLAIN = "仓库保管员每天早晚各查一次温度，记在本子上。" * 5  # 110 characters
KNOWN = tuple(s for s in SECTIONS if s != "frame" and s not in COUNTED_WITH)


@pytest.fixture
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gen_slogan_ranges", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def markup(body: str, ident: str = "z-001", genre: str = "plan", subgenre: str = "工作方案") -> str:
    return HEAD.format(id=ident, genre=genre, subgenre=subgenre) + body


def test_slogans_are_found_and_sections_annotated(tool: ModuleType) -> None:
    document = parse_markup(
        markup(
            "[title] 清溪县粮食局工作方案\n"
            f"[guiding] 弘扬社会主义核心价值观，同筑中国梦。{PLAIN}\n"  # slogans without marks: found all the same
            f"[problems] {{C:{PLAIN[:22]}}}{PLAIN}\n"  # a mark where nothing is found
            "[tasks] 仓库保管员查温度，弘扬社会主义核心价值观。\n"  # too short
            f"@part other 倡议书\n[title] 倡议书\n[guiding] 弘扬社会主义核心价值观。{PLAIN}\n"
        )
    )
    measured = tool.measure([document])
    assert set(measured) == {"guiding", "problems"}
    (guiding,), (problems,) = measured["guiding"], measured["problems"]
    assert (guiding.slogans, guiding.covered, guiding.characters) == (2, 12, 18 + 110)
    assert (problems.slogans, problems.characters) == (0, 132)


def densities(section: str, slogans: range) -> list[Density]:
    return [Density(0, section, [section], [0], 1000, n, 8 * n) for n in slogans]


def test_the_table_holds_the_range_of_each_section(tool: ModuleType) -> None:
    measured = {s: densities(s, range(101)) for s in KNOWN}
    table = tool.table(measured, 7)
    assert table.endswith("\n")
    assert "语料 7 份文件" in table
    read = tomllib.loads(table)
    assert tuple(read) == KNOWN
    assert all(row == {"sections": 101, "rate": [5.0, 95.0], "share": [0.04, 0.76]} for row in read.values())


def test_a_rare_section_is_an_error(tool: ModuleType) -> None:
    measured = {s: densities(s, range(40)) for s in KNOWN} | {"problems": densities("problems", range(29))}
    with pytest.raises(ValueError, match="problems: 29 sections"):
        tool.table(measured, 7)
    del measured["problems"]
    with pytest.raises(ValueError, match="problems: 0 sections"):
        tool.table(measured, 7)


def test_check_tells_a_stale_table(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "LEAST", 2)
    corpus, table = tmp_path / "corpora", tmp_path / "sty.toml"
    corpus.mkdir()
    body = "[title] 清溪县粮食局工作方案\n" + "".join(f"[{s}] {PLAIN}\n" for s in KNOWN)
    for i in range(3):
        (corpus / f"z-00{i}.txt").write_text(markup(body, f"z-00{i}"), encoding="utf-8")
    arguments = ["--corpus", str(corpus), "--table", str(table)]
    assert tool.main([*arguments, "--check"]) == 1
    assert not table.exists()
    assert tool.main(arguments) == 0
    assert tool.main([*arguments, "--check"]) == 0
    capsys.readouterr()
    changed = body.replace("[tasks] ", "[tasks] 弘扬社会主义核心价值观，同筑中国梦。")
    (corpus / "z-000.txt").write_text(markup(changed, "z-000"), encoding="utf-8")
    before = table.read_bytes()
    assert tool.main([*arguments, "--check"]) == 1
    assert "python tools/gen_slogan_ranges.py" in capsys.readouterr().err
    assert table.read_bytes() == before
    assert b"\r" not in before
    assert tool.main(arguments) == 0
    assert table.read_bytes() != before
    assert tool.main([*arguments, "--check"]) == 0
