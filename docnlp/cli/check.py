"""`docnlp check`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from docnlp.cli import Command
from docnlp.cli.params import (
    PATH,
    Number,
    OneOf,
    format_option,
    models_option,
    output_option,
    paths_argument,
    settings_options,
    together,
)

if TYPE_CHECKING:
    from docnlp.baseline import Baseline
    from docnlp.checker import CheckReport, FileReport
    from docnlp.cli.files import Target
    from docnlp.reports.as_text import TextStyle

HELP = """检查一份或多份公文（.docx、.txt、.md、.pdf），列出问题和改法。

文件可以是文件名、文件夹或带 * 的写法；写 - 表示从标准输入读。
退出状态：0 没有达到级别的问题，1 有，2 用法错误、文件读不了或程序出错。"""

EPILOG = """例：
docnlp check 工作方案.docx
docnlp check 报送材料 --format html -o 检查结果.html
docnlp check 总结.txt --diff
docnlp check 总结.txt --fix"""

selection_options = together(
    click.option("--select", metavar="规则", multiple=True, help="只查这些规则：代码、代码开头、类别或名称，用逗号隔开（可重复）"),
    click.option("--ignore", metavar="规则", multiple=True, help="不查这些规则，取代设置文件里的 ignore"),
    click.option("--extend-select", metavar="规则", multiple=True, help="在已选的之外再查这些规则"),
    click.option("--extend-ignore", metavar="规则", multiple=True, help="在已忽略的之外再忽略这些规则"),
    click.option("--severity", metavar="规则=级别", multiple=True, help="改一条或一类规则的级别，例如 RES001=info（可重复）"),
    click.option("--fail-on", metavar="级别", type=OneOf("error", "warning", "info"), help="有这一级或更重的问题时以 1 退出；不写就是 warning"),
)

fix_options = together(
    click.option("--fix", is_flag=True, help="直接修改 .txt 和 .md 文件，只做不会改变意思的修改"),
    click.option("--unsafe-fixes", is_flag=True, help="与 --fix 或 --diff 连用：需要人核对的修改也做"),
    click.option("--diff", is_flag=True, help="只显示会怎样修改，不动文件；有可改的以 1 退出"),
    click.option("--baseline", metavar="文件", type=PATH, help="基线文件里已有的问题不再报"),
    click.option("--write-baseline", metavar="文件", type=PATH, help="把现有问题存成基线文件"),
)


@dataclass(frozen=True)
class View:
    """How the result is shown.

    Attributes:
        form: `--format`.
        output: `--output`.
        style: For the text format.
        quiet: Only the summary.
    """

    form: str
    output: str | None
    style: TextStyle
    quiet: bool


@click.command("check", cls=Command, help=HELP, epilog=EPILOG)
@paths_argument
@format_option("text", "json", "sarif", "github", "html")
@output_option
@click.option("--as-of", metavar="日期", help="按哪一天的提法判断：日期、today（今天）或 document（文中的日期）；不写就是 today")
@selection_options
@settings_options
@models_option
@click.option("--stdin-filename", metavar="文件名", help="标准输入的名字，用来判断格式和显示")
@fix_options
@click.option("--show-all", is_flag=True, help="逐处列出，不折叠同类问题")
@click.option("--color", metavar="何时", type=OneOf("auto", "always", "never"), default="auto", help="颜色：auto、always、never")
@click.option("--width", metavar="列数", type=Number(20), help="按这个宽度排版")
@click.option("--jobs", metavar="个数", type=Number(1), help="同时用几个进程；不写则文件多时自动并行")
@click.option("-q", "--quiet", is_flag=True, help="只显示最后的小结")
def check(
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    as_of: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    extend_ignore: tuple[str, ...],
    severity: tuple[str, ...],
    fail_on: str | None,
    config: str | None,
    isolated: bool,
    packs: tuple[str, ...],
    allow: tuple[str, ...],
    max_size: str | None,
    models: str | None,
    stdin_filename: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    baseline: str | None,
    write_baseline: str | None,
    show_all: bool,
    color: str,
    width: int | None,
    jobs: int | None,
    quiet: bool,
) -> int:
    """Check files; returns the exit status."""
    from pathlib import Path

    from docnlp.baseline import Baseline
    from docnlp.cli.files import STDIN, finder, require, targets
    from docnlp.cli.output import ambiguous_width, columns, refuse_overwriting, use_color
    from docnlp.reports.as_text import TextStyle

    require(not (fix and diff), "--fix 和 --diff 只能用一个：--diff 只看不改，--fix 直接改")
    require(fix or diff or not unsafe_fixes, "--unsafe-fixes 要和 --fix 或 --diff 连用")
    require(not (write_baseline and (fix or diff or baseline)), "--write-baseline 不能和 --fix、--diff、--baseline 连用")
    require(not fix or STDIN not in paths or len(paths) == 1, "用 --fix 修改标准输入时，不能同时给出别的文件")
    output = None if output == STDIN else output
    settings = finder(
        config,
        isolated,
        packs=packs,
        allow=allow,
        max_size=max_size,
        select=select,
        ignore=ignore,
        extend_select=extend_select,
        extend_ignore=extend_ignore,
        severity=severity,
        fail_on=fail_on,
        as_of=as_of,
        models=models,
    )
    found = targets(paths, settings, stdin_filename)
    refuse_overwriting(output, [t.path for t in found if t.data is None])
    refuse_overwriting(write_baseline, [t.path for t in found if t.data is None], "--write-baseline")
    known = Baseline.load(Path(baseline)) if baseline else None
    today = date.today()
    view = View(form, output, TextStyle(use_color(color, output), columns(width), ambiguous_width(), show_all), quiet)
    if diff:
        return _diff(found, today, known, unsafe_fixes, output)
    if fix:
        return _fix(found, today, known, unsafe_fixes, view)
    from docnlp.cli.running import check_all, jobs_for, progress_line

    reports = check_all(found, today, known, jobs_for(found, jobs), progress_line(len(found), quiet))
    if write_baseline:
        return _write_baseline(found, reports, today, write_baseline)
    return _show(_report(found, reports, today), view)


def _report(found: Sequence[Target], reports: Sequence[FileReport], today: date) -> CheckReport:
    """The reports together. Where the settings of files differ, the strictest level fails."""
    from docnlp.checker import CheckReport
    from docnlp.rules.base import SEVERITIES

    strictest = max((t.settings.fail_on for t in found), key=SEVERITIES.index)
    wishes = {t.settings.as_of for t in found}
    days = {r.as_of.isoformat() for r in reports if r.as_of} or {today.isoformat() if w == "today" else w for w in wishes}
    one_day = wishes != {"document"} and len(days) == 1
    return CheckReport(tuple(reports), days.pop() if one_day else "document", strictest)


def _show(report: CheckReport, view: View, *, stderr: bool = False) -> int:
    """Show a report, on standard error where standard output carries the fixed text; returns the exit status."""
    from docnlp.cli.output import deliver, note

    text = _rendered(report, view)
    if stderr and view.output is None:
        note(text.rstrip("\n"))
    else:
        deliver(text, view.output, data=view.form != "text", color=view.style.color)
    return report.exit_status


def _rendered(report: CheckReport, view: View) -> str:
    if view.form == "json":
        from docnlp.reports import as_json

        return as_json.render(report)
    if view.form == "sarif":
        from docnlp.reports import as_sarif

        return as_sarif.render(report)
    if view.form == "github":
        from docnlp.reports import as_github

        return as_github.render(report)
    if view.form == "html":
        from docnlp.reports import as_html

        return as_html.render(report)
    from docnlp.reports import as_text

    text = as_text.render(report, style=view.style)
    if not view.quiet:
        return text
    # The summary stands behind the last blank line.
    summary = text.rstrip("\n").rsplit("\n\n", 1)[-1]
    failed = [f"无法读取 {file.path}：{file.error}\n" for file in report.files if file.error is not None]
    return "".join(failed) + summary + "\n"


def _write_baseline(found: Sequence[Target], reports: Sequence[FileReport], today: date, path: str) -> int:
    from pathlib import Path

    from docnlp.baseline import Baseline
    from docnlp.cli.output import note

    known = Baseline.of(reports)
    known.save(Path(path))
    note(f"已把 {len(known)} 处现有问题存入基线 {path}，以后加 --baseline {path} 只报新问题。")
    for report in reports:
        if report.error is not None:
            note(f"无法读取 {report.path}：{report.error}")
    return 2 if _report(found, reports, today).exit_status == 2 else 0


def _fix(found: Sequence[Target], today: date, baseline: Baseline | None, unsafe: bool, view: View) -> int:
    """Fix files in place, or standard input to standard output; then show what is left."""
    from docnlp.cli.output import deliver_bytes, note
    from docnlp.cli.running import guarded
    from docnlp.errors import FixError
    from docnlp.fixing import fix_bytes, fix_file

    failed = False
    from_stdin = any(t.data is not None for t in found)

    def look(target: Target) -> FileReport:
        nonlocal failed
        try:
            if target.data is not None:
                result = fix_bytes(target.data, target.path, target.settings, today, unsafe=unsafe, baseline=baseline)
                deliver_bytes(result.data)
            else:
                result = fix_file(target.path, target.settings, today, unsafe=unsafe, baseline=baseline)
        except FixError as error:
            report, hopeless = _unfixed(target, error, today, baseline, unsafe)
            failed |= hopeless
            return report
        if result.applied:
            note(f"已修改 {target.path}：{len(result.applied)} 处")
        return result.report

    reports = [guarded(target, look) for target in found]
    status = _show(_report(found, reports, today), view, stderr=from_stdin)
    return 2 if failed else status


def _unfixed(
    target: Target, error: Exception, today: date, baseline: Baseline | None, unsafe: bool
) -> tuple[FileReport, bool]:
    """The check of a file that cannot be fixed, and whether that is a failure: not where there was nothing to fix,
    and not for a Word file, which is only noted."""
    from docnlp.checker import check_file
    from docnlp.cli.output import note
    from docnlp.fixing import NotPlainTextError, plan

    report = check_file(target.path, target.settings, today, data=target.data, baseline=baseline)
    if report.error is not None:
        return report, True
    expected = isinstance(error, NotPlainTextError) and target.data is None
    if not expected or plan(report.findings, unsafe=unsafe):
        note(f"没有修改 {target.path}：{error}")
    return report, not expected


def _diff(found: Sequence[Target], today: date, baseline: Baseline | None, unsafe: bool, output: str | None) -> int:
    """Show what fixing would change."""
    from docnlp.cli.output import deliver, note
    from docnlp.cli.running import guarded
    from docnlp.errors import FixError
    from docnlp.fixing import diff, fix_bytes, read_limited

    pieces: list[str] = []
    failed = False

    def look(target: Target) -> FileReport:
        nonlocal failed
        data = target.data
        if data is None:
            data = read_limited(target.path, target.settings.limits.max_bytes)
        try:
            result = fix_bytes(data, target.path, target.settings, today, unsafe=unsafe, baseline=baseline)
        except FixError as error:
            report, hopeless = _unfixed(target, error, today, baseline, unsafe)
            failed |= hopeless
            return report
        if result.changed:
            pieces.append(diff(result))
        return result.report

    for target in found:
        report = guarded(target, look)
        failed |= report.error is not None
        if report.error is not None:
            note(f"无法读取 {report.path}：{report.error}")
    deliver("".join(pieces), output)
    return 2 if failed else int(bool(pieces))
