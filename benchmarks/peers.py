"""docnlp beside its peers, all in one run; writes docs/benchmarks.md.

    python -m benchmarks.peers               # measure and write
    python -m benchmarks.peers --print       # measure and print only

Peers come by npm and pip into build/benchmarks; one that cannot be installed is named as not measured.
Every round runs all contestants one after the other; a ratio is the median of the ratios within the rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import rules
from benchmarks.texts import one_report
from docnlp import __version__

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "benchmarks"
PAGE = ROOT / "docs" / "benchmarks.md"
AUTOCORRECT = "autocorrect-py==2.14.0"

SCRIPTS = Path(sys.executable).parent
DOCNLP = str(SCRIPTS / ("docnlp.exe" if sys.platform == "win32" else "docnlp"))

VERSION_BAR = 1.5
CHECK_BAR = 0.7
RULES_BAR = 2.0
LINEAR_BAR = 0.7


@dataclass(frozen=True)
class Contestant:
    """A command to time; `statuses` are the ways it may end."""

    name: str
    command: tuple[str, ...]
    statuses: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Result:
    """Median seconds, and how many times as long as the reference of the race."""

    name: str
    seconds: float
    ratio: float


def race(contestants: Sequence[Contestant], rounds: int, cwd: Path) -> list[Result]:
    """Time commands in turn.

    Args:
        contestants: The first is the reference: ratios say how many times its duration the others take.
        rounds: How often.
        cwd: Folder to run in.

    Raises:
        RuntimeError: A command failed.
    """
    # Compiled modules are kept, as in every installed program.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {c.name: [] for c in contestants}
    for turn in range(rounds + 1):
        for contestant in contestants:
            begin = perf_counter()
            done = subprocess.run(contestant.command, cwd=cwd, env=environment, capture_output=True, check=False)
            took = perf_counter() - begin
            if done.returncode not in contestant.statuses:
                said = (done.stdout + done.stderr).decode("utf-8", "replace")
                raise RuntimeError(f"{contestant.name}: exit {done.returncode}\n{said}")
            if turn:  # the first round fills the caches
                times[contestant.name].append(took)
    reference = times[contestants[0].name]
    return [
        Result(name, median(took), median(t / r for t, r in zip(took, reference, strict=True)))
        for name, took in times.items()
    ]


def npm_peers() -> Path | None:
    """Folder of the installed npm peers; None where npm is missing or fails."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return None
    folder = BUILD / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "benchmarks" / "package.json", folder)
    command = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    return folder if subprocess.run(command, cwd=folder, check=False).returncode == 0 else None


def pip_peer() -> str | None:
    """Python of an environment with autocorrect-py; None where pip fails."""
    folder = BUILD / "autocorrect"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", AUTOCORRECT]
    return str(python) if subprocess.run(command, check=False).returncode == 0 else None


def version_race(rounds: int) -> list[Result]:
    """`docnlp --version` against importing click."""
    return race(
        [
            Contestant('python -c "import click"', (sys.executable, "-c", "import click")),
            Contestant("docnlp --version", (DOCNLP, "--version")),
        ],
        rounds,
        ROOT,
    )


def check_race(rounds: int) -> tuple[list[Result], list[str]]:
    """A cold check of one report against the peers; also the names of those that are not there."""
    desk = BUILD / "npm"  # where textlint looks for its rules
    desk.mkdir(parents=True, exist_ok=True)
    for name in ("report.txt", "report.md"):
        (desk / name).write_text(one_report(), encoding="utf-8", newline="\n")
    contestants = [Contestant("docnlp check", (DOCNLP, "check", "--isolated", "report.txt"), (0, 1))]
    missing = []
    npm = npm_peers()
    if npm is None:
        missing += ["textlint", "zhlint", "@lint-md/cli"]
    else:
        node, modules = shutil.which("node") or "node", npm / "node_modules"
        textlint = modules / "textlint" / "bin" / "textlint.js"
        base = ("--no-textlintrc", "--rule", "terminology")
        contestants += [
            Contestant("textlint（terminology 一条规则）", (node, str(textlint), *base, "report.txt"), (0, 1)),
            Contestant("zhlint", (node, str(modules / "zhlint" / "bin" / "index.js"), "report.txt"), (0, 1)),
            Contestant("@lint-md/cli（.md）", (node, str(lint_md(modules)), "report.md"), (0, 1)),
        ]
    python = pip_peer()
    if python is None:
        missing.append("autocorrect-py")
    else:
        code = "import autocorrect_py as a; a.lint_for(open('report.txt', encoding='utf-8').read(), 'report.txt')"
        contestants.append(Contestant("autocorrect-py", (python, "-c", code)))
    return race(contestants, rounds, desk), missing


def lint_md(modules: Path) -> Path:
    """The program of @lint-md/cli, as its package names it."""
    package = modules / "@lint-md" / "cli"
    programs = json.loads((package / "package.json").read_text(encoding="utf-8"))["bin"]
    return package / str(next(iter(programs.values())))


def verdict(holds: bool) -> str:
    """In words."""
    return "达到" if holds else "**未达到**"


def bars(version: Sequence[Result], check: Sequence[Result], speeds: Sequence[rules.Speed]) -> list[tuple[str, str, str, bool]]:
    """What was aimed at, what came out, and whether it holds; a bar that could not be measured is left out."""
    out = []
    ratio = version[1].ratio
    out.append(("`docnlp --version` ÷ `import click`", f"≤ {VERSION_BAR}", f"{ratio:.2f}", ratio <= VERSION_BAR))
    for result in check:
        if result.name.startswith("textlint"):
            share = 1 / result.ratio
            out.append(("`docnlp check` ÷ textlint（冷启动）", f"≤ {CHECK_BAR}", f"{share:.2f}", share <= CHECK_BAR))
    slowest = min(s.size / s.rules for s in speeds if s.shape != "half-width")
    out.append(("全部规则（分行、不分行各种大小中最慢的）", f"≥ {RULES_BAR:.0f} MB/s", f"{slowest:.2f} MB/s", slowest >= RULES_BAR))
    for shape, name in (("lines", "分行"), ("one line", "不分行")):
        by_size = {round(s.size): s.size / s.rules for s in speeds if s.shape == shape}
        if 1 in by_size and 4 in by_size:
            growth = by_size[4] / by_size[1]
            out.append((f"4 MB 的速度 ÷ 1 MB 的速度（{name}）", f"≥ {LINEAR_BAR}", f"{growth:.2f}", growth >= LINEAR_BAR))
    return out


def page(
    version: Sequence[Result],
    check: Sequence[Result],
    missing: Sequence[str],
    speeds: Sequence[rules.Speed],
    profile: Sequence[rules.Cost],
) -> str:
    """The page."""
    lines = [
        "# 速度",
        "",
        "由 `make bench`（`python -m benchmarks.peers`）一次测完写成，请勿手改。机器有快慢，看比值，不看毫秒数。",
        f"docnlp {__version__}，Python {platform.python_version()}，{os.cpu_count()} 核，{date.today().isoformat()}。",
        "",
        "## 目标",
        "",
        "| 项目 | 目标 | 实测 | |",
        "|---|---|---|---|",
        *(f"| {name} | {aim} | {got} | {verdict(holds)} |" for name, aim, got, holds in bars(version, check, speeds)),
        "",
        "## 启动",
        "",
        "每一轮依次各跑一次；毫秒数和比值都取各轮的中位数。",
        "",
        "| 命令 | 毫秒 | 是 import click 的几倍 |",
        "|---|---:|---:|",
        *(f"| `{r.name}` | {r.seconds * 1000:.0f} | {r.ratio:.2f} |" for r in version),
        "",
        "## 检查一份约 3000 字的报告（冷启动，整个进程）",
        "",
        "各家查的东西不同：docnlp 运行全部规则；textlint 只带一条规则；zhlint、@lint-md/cli、autocorrect-py 只查标点和空格。",
        "",
        "| 工具 | 毫秒 | 是 docnlp check 的几倍 |",
        "|---|---:|---:|",
        *(f"| {r.name} | {r.seconds * 1000:.0f} | {r.ratio:.2f} |" for r in check),
    ]
    if missing:
        lines += ["", f"没有装上、未测：{'、'.join(missing)}。"]
    lines += [
        "",
        "## 全部规则的速度（单核）",
        "",
        "文字由 tests/clean 里的报告按固定的次序拼成；“不分行”是同样的文字去掉全部换行；",
        "“标点全是半角”是把其中的标点换成半角，几乎处处要报。MB 按 UTF-8 计。",
        "“规则”不含解析；“解析”从文字到标题层次、文种和各部分；“整个检查”两样都含，再加去重、排序。",
        "时间是本进程占用处理器的时间，各种大小轮流测，取中位数。",
        "",
        rules.table(speeds),
        "",
        "最费时的十条规则（1 MB，分行；全部规则见 `python -m benchmarks.rules --profile`）。同类规则共用的准备只做一遍，",
        "“单独运行”把它算在内，“增加的”不算：",
        "",
        rules.cost_table(profile[:10]),
        "",
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure; the exit status says whether every bar holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--print", action="store_true", help="print the page instead of writing it")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each race (default: 15)")
    options = parser.parse_args(arguments)
    version = version_race(options.rounds)
    check, missing = check_race(options.rounds)
    speeds = rules.measure_all()
    text = page(version, check, missing, speeds, rules.profile())
    if options.print:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        print(f"{PAGE.relative_to(ROOT)}")
    failed = [f"{name}: {got}, {aim}" for name, aim, got, holds in bars(version, check, speeds) if not holds]
    for line in failed:
        print(f"未达到：{line}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
