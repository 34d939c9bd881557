"""`docnlp check`: exit status, outputs, settings, fixes, baselines, many files."""

from __future__ import annotations

import concurrent.futures
import functools
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cli_helpers import Cli, make_rule, shell

import docnlp
from docnlp.cli import running
from docnlp.cli.files import SettingsFinder, Target, targets
from docnlp.rules.base import Fix
from docnlp.settings import Settings

UseRules = Callable[..., None]

COMMA = make_rule("PUN801", ",", "，")
WORD = make_rule("TYP801", "枳极", "积极", fix=Fix.UNSAFE, severity="error")
HINT = make_rule("STY801", "大力", "着力", fix=Fix.SHOWN, severity="info")
PACK = '[[terms]]\nfound = "区创建办"\nuse = "区文明办"\n'


@pytest.fixture
def three_rules(use_rules: UseRules) -> None:
    use_rules(COMMA, WORD, HINT)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def check_json(cli: Cli, *arguments: str | Path, stdin: bytes = b"") -> dict:  # type: ignore[type-arg]
    result = cli("check", *arguments, "--format", "json", stdin=stdin)
    parsed = json.loads(result.out)
    assert isinstance(parsed, dict)
    return parsed


# --- exit status --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        ("团结互助", [], 0),
        ("团结,互助", [], 1),
        ("团结,互助", ["--fail-on", "error"], 0),
        ("枳极", ["--fail-on", "error"], 1),
        ("大力", [], 0),
        ("大力", ["--fail-on", "info"], 1),
    ],
)
def test_the_status_follows_the_severity(cli: Cli, three_rules: None, text: str, options: list[str], status: int) -> None:
    write("x.txt", text)
    assert cli("check", "x.txt", *options).status == status


def test_a_rule_that_raises_makes_2(cli: Cli, use_rules: UseRules) -> None:
    broken = make_rule("PUN802", "(", None)  # no regular expression
    use_rules(broken, COMMA)
    write("x.txt", "团结,互助")
    result = cli("check", "x.txt")
    assert result.status == 2
    assert "PUN802" in result.out
    assert "PUN801" in result.out


BAD_FILES: dict[str, bytes] = {
    "空.txt": b"",
    "程序.txt": bytes(range(256)) * 8,
    "坏.docx": b"PK\x03\x04 and then nothing",
    "坏.pdf": b"not a pdf",
    "表格.xlsx": b"PK\x03\x04",
}


@pytest.mark.parametrize("name", [*BAD_FILES, "没有.txt", "没有/这个.docx"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_one_bad_file_among_good_ones(cli: Cli, three_rules: None, name: str, form: str) -> None:
    write("a.txt", "团结,互助")
    write("b.txt", "团结互助")
    if name in BAD_FILES:
        Path(name).write_bytes(BAD_FILES[name])
    result = cli("check", "a.txt", name, "b.txt", "--format", form)
    assert result.status == 2
    assert "Traceback" not in result.err + result.out
    assert "PUN801" in result.out
    if form == "json":
        files = json.loads(result.out)["files"]
        assert [f["path"] for f in files] == ["a.txt", name, "b.txt"]
        assert [f["error"] is None for f in files] == [True, False, True]
        assert files[1]["error"].endswith("。")
    else:
        assert f"无法读取 {name}" in result.out


def test_a_bug_in_one_file_leaves_the_others(cli: Cli, three_rules: None, monkeypatch: pytest.MonkeyPatch) -> None:
    import docnlp.checker

    real = docnlp.checker.check_source

    def fragile(source, *args, **kwargs):  # type: ignore[no-untyped-def]
        if source.path == "a.txt":
            raise RecursionError("太深")
        return real(source, *args, **kwargs)

    monkeypatch.setattr(docnlp.checker, "check_source", fragile)
    write("a.txt", "团结互助")
    write("b.txt", "团结,互助")
    result = cli("check", "a.txt", "b.txt")
    assert result.status == 2
    assert "内部出错（RecursionError：太深）" in result.out.replace("\n", "").replace(" ", "")
    assert "PUN801" in result.out


# --- outputs ------------------------------------------------------------------------------------------------------


def test_json_has_what_the_reference_says(cli: Cli, three_rules: None) -> None:
    write("x.txt", "县文明委\n团结,互助")
    report = check_json(cli, "x.txt")
    assert report["version"] == docnlp.__version__
    assert report["as_of"] == date.today().isoformat()
    (file,) = report["files"]
    assert {"path", "genre", "subgenre", "error", "findings"} <= set(file)
    (found,) = file["findings"]
    expected = {
        "code": "PUN801", "name": "pun801", "severity": "warning", "line": 2, "column": 3, "start": 7, "end": 8,
        "text": ",", "message": "不写“,”", "suggestions": ["，"],
        "fix": {"safe": True, "edits": [{"start": 7, "end": 8, "replacement": "，"}]}, "section": None, "source": "示例",
    }  # fmt: skip
    assert expected.items() <= found.items()
    assert "in_section" in found


def test_as_of_is_said_in_json(cli: Cli, three_rules: None) -> None:
    write("甲.txt", "关于做好二〇一四年工作的方案\n\n县文明委\n2014年3月5日")
    write("2016年方案.txt", "工作方案")
    assert check_json(cli, "甲.txt", "--as-of", "2020-02-29")["as_of"] == "2020-02-29"
    assert check_json(cli, "甲.txt", "--as-of", "today")["as_of"] == date.today().isoformat()
    report = check_json(cli, "甲.txt", "2016年方案.txt", "--as-of", "document")
    assert report["as_of"] == "document"
    assert [f["as_of"] for f in report["files"]][1] == "2016-12-31"
    assert check_json(cli, "没有.txt", "--as-of", "2020-02-29")["as_of"] == "2020-02-29"


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "html"])
def test_a_result_in_a_file_is_what_would_be_shown(cli: Cli, three_rules: None, form: str) -> None:
    write("x.txt", "团结,互助")
    shown = cli("check", "x.txt", "--format", form)
    saved = cli("check", "x.txt", "--format", form, "-o", "结果")
    assert saved.out == saved.err == ""
    assert saved.status == shown.status == 1
    assert Path("结果").read_bytes().decode() == shown.out
    assert sorted(p.name for p in Path().iterdir()) == ["x.txt", "结果"]


def test_the_result_overwrites_no_input(cli: Cli, three_rules: None) -> None:
    write("x.txt", "团结,互助")
    for options in (["-o", "x.txt"], ["-o", "./x.txt"], ["--write-baseline", "x.txt"]):
        result = cli("check", ".", *options)
        assert result.status == 2
        assert "不能用结果覆盖它" in result.err
        assert options[0] in result.err
    assert Path("x.txt").read_text(encoding="utf-8") == "团结,互助"
    assert "是文件夹" in cli("check", "x.txt", "-o", ".").err


def test_a_folder_that_cannot_be_written(cli: Cli, three_rules: None) -> None:
    write("x.txt", "团结,互助")
    write("不是文件夹", "")
    for place in ("没有/结果.json", "不是文件夹/结果.json"):
        result = cli("check", "x.txt", "--format", "json", "-o", place)
        assert result.status == 2
        assert result.out == ""
        assert result.err.startswith(f"错误：{place}：写不进去（")
        assert result.err.count("\n") == 1


def test_quiet_is_the_summary(cli: Cli, three_rules: None) -> None:
    write("x.txt", "团结,互助")
    out = cli("check", "x.txt", "没有.txt", "-q").out
    assert "PUN801" not in out
    assert out.startswith("无法读取 没有.txt：")
    assert "检查了 1 个文件" in out
    assert cli("check", "x.txt").out.endswith(cli("check", "x.txt", "-q").out)


def test_repeats_are_folded_in_text_only(cli: Cli, three_rules: None) -> None:
    write("x.txt", "一,\n二,\n三,\n四,\n五,\n")
    assert cli("check", "x.txt").out.count("PUN801") == 3
    assert cli("check", "x.txt", "--show-all").out.count("PUN801") == 5
    assert len(check_json(cli, "x.txt")["files"][0]["findings"]) == 5


def test_colours(cli: Cli, three_rules: None, monkeypatch: pytest.MonkeyPatch) -> None:
    write("x.txt", "团结,互助")
    assert "\x1b[" not in cli("check", "x.txt").out
    assert "\x1b[" in cli("check", "x.txt", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in cli("check", "x.txt").out
    assert "\x1b[" not in cli("check", "x.txt", "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in cli("check", "x.txt").out


def test_width(cli: Cli, three_rules: None) -> None:
    from docnlp.text.width import text_width

    write("x.txt", "团结互助友爱奉献" * 20 + "," + "团结互助友爱奉献" * 20)
    out = cli("check", "x.txt", "--width", "40").out
    assert max(text_width(line) for line in out.splitlines()) <= 40
    assert max(text_width(line) for line in cli("check", "x.txt").out.splitlines()) > 40


@pytest.mark.parametrize(("environment", "columns"), [({"PYTHONIOENCODING": "gbk"}, 2), ({"PYTHONIOENCODING": "utf-8"}, 1),
                                                       ({"PYTHONIOENCODING": "utf-8", "DOCNLP_AMBIGUOUS_WIDTH": "2"}, 2),
                                                       ({"PYTHONIOENCODING": "gbk", "DOCNLP_AMBIGUOUS_WIDTH": "1"}, 1)])  # fmt: skip
def test_ambiguous_marks_are_as_wide_as_the_console_draws_them(environment: dict[str, str], columns: int) -> None:
    write("x.txt", "“”“”区创建办负责。")
    write("docnlp.toml", PACK)
    done = shell("check", "x.txt", "--select", "TYP100", **environment)
    lines = done.stdout.decode(environment["PYTHONIOENCODING"]).splitlines()
    (mark,) = [line for line in lines if line.strip().startswith("^")]
    assert len(mark) - len(mark.lstrip()) == 4 + 4 * columns


# --- standard input -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_standard_input_in_any_encoding(cli: Cli, three_rules: None, encoding: str) -> None:
    data = "县文明委关于深入开展创建活动的方案\r\n团结,互助".encode(encoding)
    report = check_json(cli, "-", stdin=data)
    (file,) = report["files"]
    assert file["path"] == "<stdin>"
    assert [(f["line"], f["column"]) for f in file["findings"]] == [(2, 3)]
    assert check_json(cli, "-", "--stdin-filename", "方案.md", stdin=data)["files"][0]["path"] == "方案.md"


def test_empty_or_too_large_standard_input(cli: Cli, three_rules: None) -> None:
    assert cli("check", "-").status == 2
    result = cli("check", "-", "--max-size", "100", stdin="县文明委".encode() * 100)
    assert result.status == 2
    assert "过大" in result.out


def test_standard_input_follows_the_settings_of_this_folder(cli: Cli) -> None:
    write("docnlp.toml", PACK)
    assert "区文明办" in cli("check", "-", "--select", "TYP100", stdin="由区创建办负责".encode()).out


# --- settings -----------------------------------------------------------------------------------------------------


def test_each_file_follows_the_settings_above_it(cli: Cli) -> None:
    write("docnlp.toml", 'select = ["TYP100"]\n' + PACK)
    write("下属/docnlp.toml", 'select = ["TYP100"]\n')
    write("甲.txt", "由区创建办负责")
    write("下属/乙.txt", "由区创建办负责")
    counts = {f["path"]: len(f["findings"]) for f in check_json(cli, ".")["files"]}
    assert counts == {"甲.txt": 1, str(Path("下属/乙.txt")): 0}
    assert [len(f["findings"]) for f in check_json(cli, ".", "--isolated", "--select", "TYP100")["files"]] == [0, 0]
    assert [len(f["findings"]) for f in check_json(cli, ".", "--config", "docnlp.toml")["files"]] == [1, 1]


def test_options_go_on_top(cli: Cli) -> None:
    write("词包.toml", PACK)
    write("x.txt", "由区创建办负责")
    only = ["--select", "TYP100", "--pack", "词包.toml"]
    assert len(check_json(cli, "x.txt", *only)["files"][0]["findings"]) == 1
    assert cli("check", "x.txt", *only).status == 1
    assert cli("check", "x.txt", *only, "--severity", "TYP100=info").status == 0
    assert cli("check", "x.txt", *only, "--extend-ignore", "TYP100").status == 0
    assert cli("check", "x.txt", *only, "--allow", "区创建办").status == 0


def test_the_strictest_level_fails(cli: Cli) -> None:
    write("词包.toml", PACK)
    for folder, level in (("甲", "error"), ("乙", "info")):
        write(f"{folder}/docnlp.toml", f'fail-on = "{level}"\nselect = ["TYP100"]\npacks = ["../词包.toml"]\n')
        write(f"{folder}/x.txt", "由区创建办负责")
    assert cli("check", "甲").status == 0
    assert cli("check", "乙").status == 1
    assert cli("check", "甲", "乙").status == 1
    assert cli("check", "甲", "乙", "--fail-on", "error").status == 0


def test_a_wrong_settings_file_stops_the_run(cli: Cli) -> None:
    write("docnlp.toml", "selct = []\n")
    write("x.txt", "团结,互助")
    result = cli("check", "x.txt")
    assert (result.status, result.out) == (2, "")
    assert "是不是想写 select？" in result.err
    assert result.err.count("\n") == 1


# --- baseline -----------------------------------------------------------------------------------------------------


def test_a_baseline_hides_what_was_known(cli: Cli, three_rules: None) -> None:
    write("x.txt", "团结,互助")
    saved = cli("check", "x.txt", "--write-baseline", "基线.json")
    assert (saved.status, saved.out) == (0, "")
    assert "1 处" in saved.err
    assert cli("check", "x.txt", "--baseline", "基线.json").status == 0
    write("x.txt", "团结,互助\n\n枳极参与")
    found = check_json(cli, "x.txt", "--baseline", "基线.json")["files"][0]["findings"]
    assert [f["code"] for f in found] == ["TYP801"]


def test_a_baseline_of_unreadable_files_is_no_success(cli: Cli, three_rules: None) -> None:
    result = cli("check", "没有.txt", "--write-baseline", "基线.json")
    assert result.status == 2
    assert "无法读取 没有.txt" in result.err


# --- fixes --------------------------------------------------------------------------------------------------------


def test_fix_changes_the_file_and_shows_what_is_left(cli: Cli, three_rules: None) -> None:
    file = write("x.txt", "团结,互助,枳极参与\r\n")
    result = cli("check", "x.txt", "--fix")
    assert file.read_bytes().decode() == "团结，互助，枳极参与\r\n"
    assert result.status == 1
    assert "已修改 x.txt：2 处" in result.err
    assert "PUN801" not in result.out
    assert "TYP801" in result.out
    result = cli("check", "x.txt", "--fix", "--unsafe-fixes")
    assert result.status == 0
    assert file.read_bytes().decode() == "团结，互助，积极参与\r\n"
    assert cli("check", "x.txt", "--fix", "--unsafe-fixes").err == ""


def test_diff_changes_nothing(cli: Cli, three_rules: None) -> None:
    file = write("x.txt", "团结,互助\n")
    result = cli("check", "x.txt", "--diff")
    assert result.status == 1
    assert result.out.splitlines()[-2:] == ["-团结,互助", "+团结，互助"]
    assert file.read_text(encoding="utf-8") == "团结,互助\n"
    assert cli("check", "x.txt", "--diff", "-o", "改.diff").out == ""
    assert Path("改.diff").read_text(encoding="utf-8") == result.out
    write("y.txt", "枳极\n")
    assert cli("check", "y.txt", "--diff").status == 0
    assert cli("check", "y.txt", "--diff", "--unsafe-fixes").status == 1
    bad = cli("check", "x.txt", "没有.txt", "--diff")
    assert bad.status == 2
    assert bad.out == result.out
    assert "无法读取 没有.txt" in bad.err


def test_fixing_standard_input(cli: Cli, three_rules: None) -> None:
    result = cli("check", "-", "--fix", stdin="团结,互助,枳极\r\n".encode())
    assert result.out == "团结，互助，枳极\r\n"
    assert result.status == 1
    assert "TYP801" in result.err


def test_word_files_are_noted_not_changed(cli: Cli, three_rules: None) -> None:
    import docx

    for name, text in (("有.docx", "团结,互助"), ("无.docx", "团结互助")):
        document = docx.Document()
        document.add_paragraph(text)
        document.save(name)
    before = Path("有.docx").read_bytes()
    result = cli("check", "有.docx", "无.docx", "--fix")
    assert Path("有.docx").read_bytes() == before
    assert result.status == 1
    assert "没有修改 有.docx：目前只能直接修改 .txt 和 .md 文件" in result.err
    assert "无.docx" not in result.err
    assert cli("check", "有.docx", "--diff").status == 0


def test_a_file_that_cannot_be_fixed_is_still_checked(cli: Cli, three_rules: None) -> None:
    data = "一\r枳极\n二,三".encode()
    Path("x.txt").write_bytes(data)
    broken = make_rule("RES801", "枳极", "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("docnlp.checker.all_rules", lambda: (broken, COMMA))
        result = cli("check", "x.txt", "--fix")
    assert result.status == 2
    assert "没有修改 x.txt：" in result.err
    assert "RES801" in result.out
    assert Path("x.txt").read_bytes() == data


def test_missing_files_cannot_be_fixed(cli: Cli, three_rules: None) -> None:
    file = write("x.txt", "团结,互助")
    result = cli("check", "没有.txt", "x.txt", "--fix")
    assert result.status == 2
    assert "无法读取 没有.txt" in result.out
    assert file.read_text(encoding="utf-8") == "团结，互助"


# --- many files ---------------------------------------------------------------------------------------------------


def many(number: int) -> list[Target]:
    for i in range(number):
        write(f"{i:02}.txt", "县文明委关于开展创建活动的工作方案\n" + "由区创建办负责\n" * (number - i))
    Path("05.txt").write_bytes(b"")
    write("docnlp.toml", 'select = ["TYP100"]\n' + PACK)
    return targets(["."], SettingsFinder())


@pytest.mark.parametrize("method", ["spawn", None])
def test_workers_give_the_same_result_in_order(method: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    found = many(running.MANY + 3)
    today = date(2026, 11, 23)
    done: list[int] = []
    alone = running.check_all(found, today, None, 1, done.append)
    if method is not None:
        pool = concurrent.futures.ProcessPoolExecutor
        context = multiprocessing.get_context(method)
        monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", functools.partial(pool, mp_context=context))
    together = running.check_all(found, today, None, 2, done.append)
    assert done == [*range(1, len(found) + 1)] * 2
    assert [r.path for r in together] == [t.path for t in found]
    for one, other in zip(alone, together, strict=True):
        assert one.findings == other.findings
        assert (one.error, one.genre, one.as_of, one.rules_run) == (other.error, other.genre, other.as_of, other.rules_run)
        if one.analysis is not None:
            assert other.analysis is not None
            assert one.analysis.document == other.analysis.document
            assert one.analysis.sections == other.analysis.sections
            assert one.analysis.slogans == other.analysis.slogans


def test_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    word = [Target(f"{i}.docx", Settings()) for i in range(500)]
    write("短.txt", "县文明委")
    write("长.txt", "县文明委" * 20_000)
    short, long = Target("短.txt", Settings()), Target("长.txt", Settings())
    assert running.jobs_for(word, None) == 6
    assert running.jobs_for(word, 4) == 4
    assert running.jobs_for(word, 500) == 60
    assert running.jobs_for(word[:3], 100) == 3
    assert running.jobs_for(word[: running.MANY - 1], None) == 1
    assert running.jobs_for([short] * 20, None) == 1
    assert running.jobs_for([long] * 20, None) == 6
    assert running.jobs_for([Target("没有.txt", Settings())] * 20, None) == 1


def test_the_command_with_workers(cli: Cli) -> None:
    many(running.MANY + 3)
    for options in (["--jobs", "2"], ["--jobs", "1"], []):
        result = cli("check", ".", "--format", "json", *options)
        assert result.status == 2
        files = json.loads(result.out)["files"]
        assert [len(f["findings"]) for f in files] == [12, 11, 10, 9, 8, 0, 6, 5, 4, 3, 2, 1]


def die(*_: object) -> None:
    os._exit(3)


def test_a_worker_that_dies_is_named(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    many(running.MANY + 3)
    monkeypatch.setattr(running, "_begin", die)
    result = cli("check", ".", "--jobs", "2")
    assert result.status == 2
    assert "进程意外中止" in result.err
    assert result.err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals and named pipes are POSIX")
def test_ctrl_c_stops_the_workers() -> None:
    os.mkfifo("pipe.txt")
    write("x.txt", "团结互助")
    process = subprocess.Popen(
        [sys.executable, "-m", "docnlp", "check", "x.txt", "pipe.txt", "--jobs", "2", "--isolated"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    pipe = os.open("pipe.txt", os.O_WRONLY)  # returns when a worker has begun to read, and now waits
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    os.close(pipe)
    assert process.returncode == 130
    assert err.decode().strip() == "已中断。"
    assert out == b""


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    running.progress_line(running.MANY, True)(1)
    running.progress_line(1, False)(1)
    assert terminal.getvalue() == ""
    show = running.progress_line(20, False)
    show(3)
    assert "正在检查 3/20" in terminal.getvalue()
    show(20)
    assert terminal.getvalue().endswith("\r")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    running.progress_line(20, False)(3)
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_settings_travel_to_workers() -> None:
    import pickle

    assert pickle.loads(pickle.dumps(Settings())) == Settings()
