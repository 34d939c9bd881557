"""The door: what it costs, what it says of wrong usage and of failures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from cli_helpers import Cli, shell

import docnlp
import docnlp.cli
from docnlp.cli import COMMANDS
from docnlp.errors import SettingsError


def imported(code: str) -> set[str]:
    """Modules in a fresh interpreter after `code`."""
    script = f"import sys\n{code}\nsys.stderr.write('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return set(done.stderr.decode().split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["-h"]])
def test_the_door_imports_click_and_nothing_else(arguments: list[str]) -> None:
    modules = imported(f"from docnlp.cli import run\nassert run({arguments!r}) == 0")
    foreign = {m.partition(".")[0] for m in modules - imported("import click")} - set(sys.stdlib_module_names) - {"docnlp"}
    own = {m for m in modules if m.startswith("docnlp")}
    assert foreign == set()
    help_needs = {"docnlp.cli.words", "docnlp.errors", "docnlp.text", "docnlp.text.width"}
    assert own - help_needs == {"docnlp", "docnlp.cli"}
    if arguments == ["--version"]:
        assert own == {"docnlp", "docnlp.cli"}


@pytest.mark.parametrize("heavy", ["jieba", "spacy", "sklearn", "docx", "pypdfium2", "jinja2", "numpy"])
def test_a_check_of_text_imports_nothing_heavy(heavy: str) -> None:
    Path("x.txt").write_text("县文明委工作方案", encoding="utf-8")
    assert heavy not in imported("from docnlp.cli import run\nrun(['check', 'x.txt'])")


def test_version(cli: Cli) -> None:
    assert cli("--version").out == f"docnlp {docnlp.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_chinese(cli: Cli, name: str) -> None:
    result = cli(name, "--help")
    assert result.status == 0
    assert result.err == ""
    for english in ("Usage", "Options", "Show this", "default", "required", "PATH", "TEXT", "INTEGER"):
        assert english not in result.out
    assert result.out.startswith(f"用法：docnlp {name} [选项]")
    assert "显示这份帮助" in result.out


def test_the_list_of_commands_tells_what_each_does(cli: Cli) -> None:
    out = cli("--help").out
    for name, (_, text) in COMMANDS.items():
        assert f"  {name} " in out
        assert text in out
    assert "Commands" not in out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_names_real_commands(name: str) -> None:
    command = docnlp.cli.app.get_command(click.Context(docnlp.cli.app), name)
    assert command is not None
    assert command.name == name


def test_no_command_shows_help_and_fails(cli: Cli) -> None:
    result = cli()
    assert result.status == 2
    assert result.out == ""
    assert "用法：docnlp [选项] 命令" in result.err


WRONG = [
    (["chekc"], "没有“chekc”这个命令，是不是想写“check”？"),
    (["完全不对"], "没有“完全不对”这个命令，可用的命令：check、"),
    (["check"], "缺少“文件…”"),
    (["check", "x.txt", "--formt", "json"], "没有 --formt 这个选项，是不是想写 --format？"),
    (["check", "x.txt", "--format", "xml"], "选项 --format：不能写“xml”，可以写 text、json"),
    (["check", "x.txt", "--format"], "选项 --format 后面缺少“格式”"),
    (["check", "x.txt", "--fix=1"], "选项 --fix 后面不带值"),
    (["check", "x.txt", "--width", "abc"], "选项 --width：“abc”不是整数"),
    (["check", "x.txt", "--width", "3"], "选项 --width：3 太小，最小是 20"),
    (["check", "x.txt", "--fail-on", "fatal"], "选项 --fail-on：不能写“fatal”"),
    (["check", "x.txt", "--fix", "--diff"], "--fix 和 --diff 只能用一个"),
    (["check", "x.txt", "--unsafe-fixes"], "--unsafe-fixes 要和 --fix 或 --diff 连用"),
    (["check", "x.txt", "--write-baseline", "b", "--baseline", "b"], "--write-baseline 不能和"),
    (["check", "-", "x.txt", "--fix"], "用 --fix 修改标准输入时，不能同时给出别的文件"),
    (["check", "x.txt", "--config", "a.toml", "--isolated"], "--config 和 --isolated 只能用一个"),
    (["check", "x.txt", "--as-of", "明天"], "“明天”读不懂"),
    (["check", "x.txt", "--max-size", "很大"], "--max-size"),
    (["check", "x.txt", "--severity", "PUN"], "--severity"),
    (["check", "x.txt", "--select", "PUNN"], "没有“PUNN”这个规则代码"),
    (["check", "x.txt", "--config", "没有.toml"], "没有.toml"),
    (["check", "x.txt", "--baseline", "没有.json"], "没有这个基线文件"),
    (["rule", "TYP999"], "没有规则“TYP999”，最接近的是 TYP"),
    (["rule", "office-trem"], "最接近的是 TYP100"),
    (["rule", "TYP100", "TYP100"], "多出了参数“TYP100”"),
    (["rules", "--family", "XYZ"], "没有“XYZ”这一类规则，可以写 SEC（"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_usage_says_so_in_one_chinese_line(cli: Cli, arguments: list[str], message: str) -> None:
    Path("x.txt").write_text("县文明委工作方案", encoding="utf-8")
    result = cli(*arguments)
    assert result.status == 2
    assert result.out == ""
    assert message in result.err
    assert result.err.startswith("错误：")
    assert result.err.count("\n") == 1
    assert "Error" not in result.err
    assert "Traceback" not in result.err


def test_a_file_in_the_place_of_a_command(cli: Cli) -> None:
    Path("方案.txt").write_text("县文明委", encoding="utf-8")
    assert "请写 docnlp check 方案.txt" in cli("方案.txt").err


def raising(error: BaseException) -> click.Command:
    def fail() -> None:
        raise error

    return click.Command("fail", callback=fail)


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> object:
    def install(error: BaseException) -> None:
        monkeypatch.setitem(COMMANDS, "fail", (f"{__name__}:command", ""))
        monkeypatch.setattr(sys.modules[__name__], "command", raising(error), raising=False)

    return install


def test_our_own_errors_are_one_line(cli: Cli, fail) -> None:  # type: ignore[no-untyped-def]
    fail(SettingsError("写错了", "请改正", "docnlp.toml"))
    result = cli("fail")
    assert (result.status, result.out, result.err) == (2, "", "错误：docnlp.toml：写错了。请改正。\n")


def test_a_bug_is_owned_up_to(cli: Cli, fail) -> None:  # type: ignore[no-untyped-def]
    fail(ZeroDivisionError("除以\n零"))
    result = cli("fail")
    assert result.status == 2
    assert result.err.count("\n") == 1
    assert "docnlp 内部出错（ZeroDivisionError：除以 零）" in result.err
    assert "DOCNLP_DEBUG=1" in result.err


def test_debugging_shows_the_traceback(cli: Cli, fail, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DOCNLP_DEBUG", "1")
    fail(ZeroDivisionError())
    assert "Traceback" in cli("fail").err
    fail(SettingsError("写错了"))
    assert "Traceback" not in cli("fail").err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_ctrl_c(cli: Cli, fail, error: BaseException) -> None:  # type: ignore[no-untyped-def]
    fail(error)
    result = cli("fail")
    assert (result.status, result.out) == (130, "")
    assert result.err.strip() == "已中断。"


def test_a_gbk_console_never_fails() -> None:
    text = "县文明委工作方案\n　　一、𠮷祥𝄞 ✅•ţ\u00a0,团结——\n" + "\ufffd" * 3
    Path("𠮷✅.txt").write_text(text, encoding="utf-8")
    for form in ("text", "json", "github", "sarif", "html"):
        done = shell("check", "𠮷✅.txt", "缺𠮷.txt", "--format", form, PYTHONIOENCODING="gbk")
        assert done.returncode == 2, done.stderr
        assert b"Traceback" not in done.stderr
        # What programs read is UTF-8, whatever the console speaks.
        done.stdout.decode("gbk" if form == "text" else "utf-8")
    for command in ("parse", "slogans"):
        done = shell(command, "𠮷✅.txt", PYTHONIOENCODING="gbk")
        assert done.returncode == 0, done.stderr
        done.stdout.decode("gbk")
        done = shell(command, "𠮷✅.txt", "--format", "json", PYTHONIOENCODING="gbk")
        assert json.loads(done.stdout)["path"] == "𠮷✅.txt"
    for arguments in (["--help"], ["rules"], ["rule", "PUN001"], ["settings"], ["check", "--help"], ["chekc"]):
        done = shell(*arguments, PYTHONIOENCODING="gbk")
        assert b"Traceback" not in done.stderr
        (done.stdout + done.stderr).decode("gbk")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX pipe")
def test_a_reader_who_leaves_is_no_failure() -> None:
    Path("x.txt").write_text("县文明委工作方案\n" * 2000, encoding="utf-8")
    for form in ("text", "json"):
        command = f"'{sys.executable}' -m docnlp check --show-all --isolated --format {form} x.txt x.txt | true"
        done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
        assert done.stderr == b""
        assert done.returncode in (0, 1)


@pytest.mark.parametrize("name", ["bash_source", "zsh_source", "fish_source"])
def test_shell_completion_is_offered(name: str) -> None:
    done = shell(_DOCNLP_COMPLETE=name)
    assert b"_DOCNLP_COMPLETE" in done.stdout


def completed(words: str, position: int) -> list[str]:
    done = shell(_DOCNLP_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(position))
    return [line.partition(",")[2] for line in done.stdout.decode().split()]


def test_shell_completion_knows_commands_options_and_values() -> None:
    assert completed("docnlp ", 1) == list(COMMANDS)
    assert completed("docnlp ru", 1) == ["rules", "rule"]
    assert "--write-baseline" in completed("docnlp check --w", 2)
    assert completed("docnlp check --format s", 3) == ["sarif"]
    assert completed("docnlp rule TYP10", 2) == ["TYP100"]
