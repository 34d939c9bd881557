"""`docnlp train`, `docnlp evaluate` and the use of a trained model, from end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from training_helpers import sloganed, source, write_corpus

from docnlp.analysis import shelf
from docnlp.analysis.shelf import FILES
from docnlp.cli import run
from docnlp.training.making import STEPS
from docnlp.training.markup import parse_markup


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


NAMES = sorted([*FILES.values(), *(name.replace(".model", ".json") for name in FILES.values())])
SCORES = ["macro_f1", "untitled", "f1"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 语料, of which 甲 is held out, and 模型."""
    base = tmp_path_factory.mktemp("trained")
    write_corpus(base / "语料", make=sloganed)
    (base / "语料" / "corpus.toml").write_text('held_out = ["甲"]\n', encoding="utf-8")
    assert run(["train", str(base / "语料"), "-o", str(base / "模型")]) == 0
    return base


def card(folder: Path, kind: str) -> dict[str, Any]:
    return json.loads((folder / FILES[kind]).with_suffix(".json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_training_twice_gives_the_same_files(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", str(trained / "语料"), str(trained / "语料"), "-o", "深/又一个"]) == 0
    out, err = capsys.readouterr()
    assert sorted(p.name for p in Path("深/又一个").iterdir()) == NAMES
    for name in NAMES:
        assert (Path("深/又一个") / name).read_bytes() == (trained / "模型" / name).read_bytes()
    lines = err.splitlines()
    assert lines[0] == "读入 6 份文件（乙、甲 组），留作测试：甲 组。"
    assert [line.partition("]")[0] for line in lines[1:-1]] == [f"[{n}/{STEPS + 1}" for n in range(1, STEPS + 2)]
    assert lines[-2] == f"[{STEPS + 1}/{STEPS + 1}] 评分…"
    assert lines[-1].startswith(f"已存入 {Path('深/又一个')}：sections.model（")
    assert [line for line in out.splitlines() if not line.startswith(" ") and line] == ["各段属于哪一部分", "文种", "口号"]
    heads = [line.split() for line in out.splitlines() if line.split()[:2] == ["组", "份数"]]
    assert heads == [
        ["组", "份数", "字数", "多数类准确率", "多数类F1", "词表准确率", "词表F1", "模型准确率", "模型F1"],
        ["组", "份数", *(f"{way}{name}" for way in ("词表", "模型") for name in ("有标题", "无标题", "名称有标题", "名称无标题"))],
        ["组", "份数", "口号", *(f"{way}{name}" for way in ("按形式", "模型") for name in ("准确率", "召回率", "F1", "类型"))],
    ]
    assert [line.split()[0] for line in out.splitlines() if line.startswith("  甲")] == ["甲"] * 3


@pytest.mark.parametrize(("kind", "name"), list(zip(FILES, SCORES, strict=True)))
def test_the_card(trained: Path, kind: str, name: str) -> None:
    facts = card(trained / "模型", kind)
    assert (facts["kind"], facts["corpus"]["documents"], facts["corpus"]["newest"]) == (kind, 3, "2025-03-06")
    assert (facts["corpus"]["groups"], facts["corpus"]["held_out"]) == (["乙"], ["甲"])
    assert facts["model"]["bytes"] == (trained / "模型" / FILES[kind]).stat().st_size
    scores = facts["scores"]
    assert [g["group"] for g in scores["groups"]] == ["甲"]
    assert 0.5 < scores["all"]["trained"][name] <= 1
    if kind == "sections":
        assert scores["all"]["majority"][name] < scores["all"]["trained"][name]


def test_groups_held_out_on_the_command_line(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", str(trained / "语料"), "-o", "模型", "--hold-out", "乙"]) == 0
    assert "留作测试：乙 组。" in capsys.readouterr().err
    assert (card(Path("模型"), "slogans")["corpus"]["groups"], card(Path("模型"), "slogans")["corpus"]["held_out"]) == (["甲"], ["乙"])


def test_no_group_held_out_on_the_command_line(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", str(trained / "语料"), "-o", "模型", "--hold-out", ""]) == 0
    out, err = capsys.readouterr()
    assert (out, "都用来训练。" in err) == ("", True)
    assert card(Path("模型"), "genre")["corpus"]["groups"] == ["乙", "甲"]


def test_groups_that_are_not_there_cannot_be_held_out(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", str(trained / "语料"), "-o", "模型", "--hold-out", "甲,丙"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "错误：--hold-out：语料里没有“丙”组。语料里有 乙、甲 组。\n"
    assert not Path("模型").exists()


def test_a_corpus_cannot_be_held_out_as_a_whole(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", str(trained / "语料"), "-o", "模型", "--hold-out", "甲,乙"]) == 2
    assert "语料都留作测试了，没有可以训练的" in capsys.readouterr().err
    assert not Path("模型").exists()


def test_a_corpus_toml_that_is_wrong_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(Path("语料"), 2)
    Path("语料/corpus.toml").write_text('held_out = "甲"\n', encoding="utf-8")
    for command in (["train", "语料", "-o", "模型"], ["evaluate", "语料"]):
        assert run(command) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("错误：语料/corpus.toml：held_out 应是一串组名。")
        assert err.count("\n") == 1
    assert not Path("模型").exists()


@pytest.mark.parametrize("option", [["--no-scores"], []])
def test_without_scores(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(Path("语料"), 1 if not option else 3, sloganed)
    if option:
        Path("语料/corpus.toml").write_text('held_out = ["甲"]\n', encoding="utf-8")
    assert run(["train", "语料", "-o", "模型", *option]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert f"[{STEPS + 1}/{STEPS + 1}] 写说明…" in err
    assert [card(Path("模型"), kind)["scores"] for kind in FILES] == [None] * 3


def test_a_kind_that_cannot_be_trained_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(Path("语料"), 2)
    assert run(["train", "语料", "-o", "模型"]) == 0
    assert "注意：没有训练 slogans.model：语料里没有标口号，训练不出模型。用到时还用随附的模型。" in capsys.readouterr().err
    assert sorted(p.name for p in Path("模型").iterdir()) == [n for n in NAMES if "slogans" not in n]


def test_evaluate(trained: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "shipped_folder", lambda _: Path("没有随附的模型"))
    assert run(["evaluate", str(trained / "语料")]) == 0
    plain = capsys.readouterr().out
    assert [line for line in plain.splitlines() if not line.startswith(" ") and line] == ["各段属于哪一部分", "文种", "口号"]
    assert "模型准确率" not in plain
    arguments = ["evaluate", str(trained / "语料"), "--models", str(trained / "模型"), "--format", "json"]
    assert run(arguments) == 0
    out, err = capsys.readouterr()
    facts = json.loads(out)
    assert set(facts) == {"sections", "genre", "slogans", "trained_on"}
    assert facts["trained_on"] == ["乙"]
    for kind in FILES:
        scores = card(trained / "模型", kind)["scores"]
        assert facts[kind] == [*scores["groups"], scores["all"]]
    assert "注意" not in err
    assert run([*arguments, "--all-groups"]) == 0
    out, err = capsys.readouterr()
    facts = json.loads(out)
    assert [r["group"] for r in facts["sections"]] == ["乙", "甲", None]
    assert facts["sections"][-1]["documents"] == 6
    assert facts["sections"][-1]["trained"]["accuracy"] > facts["sections"][-1]["majority"]["accuracy"]
    assert "注意：模型是用 乙 组训练的" in err


def test_evaluate_where_no_test_group_is_there(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(Path("语料"), 2, sloganed)
    Path("语料/corpus.toml").write_text('held_out = ["丙"]\n', encoding="utf-8")
    assert run(["evaluate", "语料", "--models", str(trained / "模型"), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert [r["group"] for r in json.loads(out)["genre"]] == ["乙", "甲", None]
    assert "测试组，语料里一份也没有；改用全部的组。" in err


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
        "    for c in ('check', 'parse', 'slogans'):\n"
        "        assert run([c, '稿.txt', *m]) in (0, 1)\n"
        "print(sorted({'sklearn', 'numpy', 'scipy', 'docnlp.training'} & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True)
    assert result.stderr.decode().splitlines()[-1] == "[]"
