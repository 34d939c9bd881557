"""tools/gen_sty_levels.py: what it measures, and that --check tells a stale table."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from docnlp.rules import sty_empty
from docnlp.training.markup import parse_markup

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docnlp" / "rules" / "sty_levels.toml"
HEAD = "---\nid: {id}\ngenre: {genre}\nsubgenre: 工作方案\nunit: 文化馆\ndate: 2024-03-06\ngroup: z\n---\n[title] 清溪县文化馆工作方案\n"
PLAIN = "演出队每周到一个村教居民唱歌跳舞。" * 8


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gen_sty_levels", ROOT / "tools" / "gen_sty_levels.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def markup(body: str, ident: str = "z-001", genre: str = "plan") -> str:
    return HEAD.format(id=ident, genre=genre) + body


def test_sections_are_as_annotated(tool: ModuleType) -> None:
    body = f"[guiding] 围绕中心工作抓创建。\n[safeguards] {PLAIN}高度重视；认真组织。\n[tasks] 太短，不算一节。\n"
    measured = tool.measure([parse_markup(markup(body)), parse_markup(markup(body, "z-002", "other"))])
    assert measured.sentences == {"guiding": [10], "other": [17] * 8 + [5, 5, 8]}
    characters = 17 * 8 + 10
    assert dict(measured.emptiness) == {"safeguards": [pytest.approx(1000 * (2 - 8) / characters)]}


def test_the_table(tool: ModuleType) -> None:
    measured = tool.Measured()
    for section in (*tool.LONG, "other"):
        measured.sentences[section] = list(range(101))
    for section in sty_empty.JUDGED:
        measured.emptiness[section] = [float(n) for n in range(101)]
    read = tomllib.loads(tool.table(measured, 7))
    assert read == {
        "sentence": {"preamble": 100, "guiding": 100, "other": 100},
        "emptiness": dict.fromkeys(sty_empty.JUDGED, 97.0),
    }
    measured.emptiness["problems"] = [1.0] * 29
    with pytest.raises(ValueError, match="problems: 29 are too few"):
        tool.table(measured, 7)


def test_check_tells_a_stale_table(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "LEAST", 2)
    corpus, table = tmp_path / "corpora", tmp_path / "levels.toml"
    corpus.mkdir()
    body = "".join(f"[{s}] {PLAIN}\n" for s in (*tool.LONG, *sty_empty.JUDGED))
    for i in range(3):
        (corpus / f"z-00{i}.txt").write_text(markup(body, f"z-00{i}"), encoding="utf-8")
    arguments = ["--corpus", str(corpus), "--table", str(table)]
    assert tool.main([*arguments, "--check"]) == 1
    assert not table.exists()
    assert tool.main(arguments) == 0
    assert tool.main([*arguments, "--check"]) == 0
    before = table.read_bytes()
    assert b"\r" not in before
    (corpus / "z-000.txt").write_text(markup(body.replace("[tasks] ", "[tasks] 高度重视。"), "z-000"), encoding="utf-8")
    capsys.readouterr()
    assert tool.main([*arguments, "--check"]) == 1
    assert "python tools/gen_sty_levels.py" in capsys.readouterr().err
    assert table.read_bytes() == before


def test_the_shipped_table_is_complete() -> None:
    shipped = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    assert set(shipped["sentence"]) == {"preamble", "guiding", "other"}
    assert set(shipped["emptiness"]) == set(sty_empty.JUDGED)
    assert all(90 <= n <= 300 and n % 10 == 0 for n in shipped["sentence"].values())
