"""`docnlp train`, `docnlp evaluate` and the use of a trained model, from end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from training_helpers import source, write_corpus

from docnlp.cli import run
from docnlp.training.markup import parse_markup


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 语料 and 模型."""
    base = tmp_path_factory.mktemp("trained")
    assert run(["train", str(write_corpus(base / "语料")), "-o", str(base / "模型")]) == 0
    return base


def test_training_twice_gives_the_same_files(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", str(trained / "语料"), str(trained / "语料"), "-o", "深/又一个"]) == 0
    out, err = capsys.readouterr()
    for name in ("sections.model", "sections.json"):
        assert (Path("深/又一个") / name).read_bytes() == (trained / "模型" / name).read_bytes()
    assert sorted(p.name for p in Path("深/又一个").iterdir()) == ["sections.json", "sections.model"]
    assert "读入 6 篇（乙、甲 组）" in err
    assert "[3/3] 留出 甲 组评分…" in err
    assert out.splitlines()[0].split() == ["组", "篇数", "字数", "多数类准确率", "多数类F1", "词表准确率", "词表F1", "模型准确率", "模型F1"]


def test_the_card(trained: Path) -> None:
    card = json.loads((trained / "模型" / "sections.json").read_text(encoding="utf-8"))
    assert (card["corpus"]["documents"], card["corpus"]["newest"], card["corpus"]["groups"]) == (6, "2025-03-06", ["乙", "甲"])
    assert card["model"]["bytes"] == (trained / "模型" / "sections.model").stat().st_size
    assert card["variants"] == ["web_copy", "beheaded", "flattened"]
    scores = card["scores"]
    assert [g["group"] for g in scores["groups"]] == ["乙", "甲"]
    low, high = scores["spread"]["macro_f1"]
    assert 0.5 < low <= scores["all"]["trained"]["macro_f1"] <= high <= 1
    assert scores["all"]["majority"]["macro_f1"] < low


@pytest.mark.parametrize("option", [["--no-scores"], []])
def test_without_scores(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(Path("语料"), 1)  # one group only
    assert run(["train", "语料", "-o", "模型", *option]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(Path("模型/sections.json").read_text(encoding="utf-8"))["scores"] is None


def test_evaluate(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(trained / "语料")]) == 0
    plain = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in plain[:4]] == ["组", "乙", "甲", "合计"]
    assert "模型" not in plain[0]
    assert run(["evaluate", str(trained / "语料"), "--models", str(trained / "模型"), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    facts = json.loads(out)
    assert [r["group"] for r in facts["rows"]] == ["乙", "甲", None]
    assert facts["rows"][-1]["documents"] == 6
    assert facts["rows"][-1]["trained"]["accuracy"] > facts["rows"][-1]["majority"]["accuracy"]
    assert facts["trained_on"] == ["乙", "甲"]
    assert "模型是用 乙、甲 组训练的" in err


@pytest.mark.parametrize("command", [["train", "-o", "模型"], ["evaluate"]])
def test_what_is_wrong_with_the_corpus(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("空").mkdir()
    write_corpus(Path("语料"), 2)
    Path("语料/t-1.txt").write_text(source(1).replace("[preamble]", "[序言]"), encoding="utf-8")
    write_corpus(Path("编码"), 1)
    Path("编码/t-0.txt").write_bytes(source(0).encode("gb18030"))
    for folder, message in (
        ("无", "没有这个语料文件夹"),
        ("空", "文件夹里没有语料"),
        ("语料", "语料/t-1.txt:10：这一行没有以 [标签] 开头"),
        ("编码", "UTF-8"),
    ):
        assert run([*command, folder]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert message in err
        assert err.startswith("错误：")
        assert err.count("\n") == 1
    assert not Path("模型").exists()


def test_a_file_is_no_models_folder(capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(Path("语料"), 1)
    Path("模型").write_text("", encoding="utf-8")
    assert run(["train", "语料", "-o", "模型"]) == 2
    assert "是文件，不是文件夹" in capsys.readouterr().err


def test_a_models_folder_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", "语料"]) == 2
    assert "-o" in capsys.readouterr().err


def _report() -> None:
    text = parse_markup(source(3)).text.replace("二、主要任务", "二、重点说明")
    Path("稿.txt").write_text(text, encoding="utf-8")


def _sections(*arguments: str, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    assert run(["parse", "稿.txt", "--format", "json", *arguments]) == 0
    return [(b["section"], b["confidence"]) for b in json.loads(capsys.readouterr().out)["blocks"]]


def test_the_setting_and_the_option_choose_the_model(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _report()
    lexicon = _sections(capsys=capsys)
    option = _sections("--models", str(trained / "模型"), capsys=capsys)
    assert option != lexicon
    Path("docnlp.toml").write_text("models = '子/模型'\n", encoding="utf-8")
    Path("子").mkdir()
    Path("子/模型").mkdir()
    Path("子/模型/sections.model").write_bytes((trained / "模型" / "sections.model").read_bytes())
    assert _sections(capsys=capsys) == option
    assert _sections("--isolated", capsys=capsys) == lexicon
    assert run(["check", "稿.txt", "--format", "json"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)["files"][0]["error"] is None


@pytest.mark.parametrize("command", [["check"], ["check", "--jobs", "2"], ["parse"]])
def test_a_broken_model_is_one_line(command: list[str], trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _report()
    Path("稿二.txt").write_bytes(Path("稿.txt").read_bytes())
    Path("模型").mkdir()
    Path("模型/sections.model").write_bytes((trained / "模型" / "sections.model").read_bytes()[:-9])
    for folder, message in (("模型", "不完整或被改动过"), ("无", "没有这个模型文件夹")):
        assert run([*command, "稿.txt", "稿二.txt", "--models", folder]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert err.startswith(f"错误：{folder}")
        assert message in err


def test_using_a_model_does_not_import_scikit_learn(trained: Path) -> None:
    _report()
    code = (
        "import sys; from docnlp.cli import run\n"
        f"for m in ([], ['--models', {str(trained / '模型')!r}]):\n"
        "    for c in ('check', 'parse'):\n"
        "        assert run([c, '稿.txt', *m]) in (0, 1)\n"
        "print(sorted({'sklearn', 'numpy', 'scipy', 'docnlp.training'} & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True)
    assert result.stderr.decode().splitlines()[-1] == "[]"
