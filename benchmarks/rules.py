"""How many megabytes a second the rules check, and whether time grows in step with length.

    python -m benchmarks.rules              # the table
    python -m benchmarks.rules --profile    # and what each rule costs
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from statistics import median
from time import perf_counter
from typing import TypeVar

from benchmarks.texts import text_of
from docnlp.analysis import analyse
from docnlp.analysis.analysis import Analysis
from docnlp.checker import check_source, options_of, run_rules
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text
from docnlp.rules import all_rules
from docnlp.rules.base import Context, Hit, Rule
from docnlp.settings import Settings

DAY = date(2026, 11, 23)
SIZES = (0.1, 1.0, 3.0, 10.0)

T = TypeVar("T")


@dataclass(frozen=True)
class Speed:
    """Seconds for one text.

    Attributes:
        shape: `lines` or `one line`.
        size: Megabytes of UTF-8.
        parse: From decoded text to blocks, genre and sections.
        rules: All rules on the parsed and analysed text.
        whole: A whole check: parse, rules, filters.
        findings: How many findings the rules gave.
    """

    shape: str
    size: float
    parse: float
    rules: float
    whole: float
    findings: int


def seconds(work: Callable[[T], object], repetitions: int, prepare: Callable[[], T]) -> float:
    """The median time of some work.

    Args:
        work: What to time; is given what `prepare` made.
        repetitions: How often.
        prepare: Makes the material anew each time, so that nothing remembered from the last round helps.
    """
    times = []
    for _ in range(repetitions):
        material = prepare()
        gc.collect()
        begin = perf_counter()
        work(material)
        times.append(perf_counter() - begin)
    return median(times)


def parsed(text: str) -> Analysis:
    """The analysed document, with everything that rules share computed."""
    analysis = analyse(build(source_from_text(text)), Settings().analysis)
    _ = analysis.sections, analysis.document.folded, analysis.document.lines
    return analysis


def protected(text: str) -> Context:
    """A context with what all rules share already there, so that no rule pays for the others."""
    context = context_of(parsed(text))
    _ = context.protected
    return context


def context_of(analysis: Analysis) -> Context:
    """A context over an analysed document."""
    return Context(analysis.document, analysis, DAY, options_of(Settings()))


def enabled() -> Sequence[Rule]:
    """The rules that run unless one asks otherwise."""
    return [rule for rule in all_rules() if rule.enabled]


def measure(size: float, shape: str = "lines", repetitions: int = 3) -> Speed:
    """Time one text.

    Args:
        size: Megabytes of UTF-8.
        shape: `lines`, or `one line` for the same text without a break.
        repetitions: How often each thing is timed.

    Raises:
        RuntimeError: A rule crashed, so that its time means nothing.
    """
    text = text_of(round(size * 1e6))
    if shape == "one line":
        text = text.replace("\n", "")
    size = len(text.encode()) / 1e6
    found, crashed = run_rules(enabled(), context_of(parsed(text)), Settings())
    if crashed:
        raise RuntimeError(f"rules crashed: {', '.join(crashed)}")
    parse = seconds(parsed, repetitions, lambda: text)
    rules = seconds(lambda c: run_rules(enabled(), c, Settings()), repetitions, lambda: context_of(parsed(text)))
    whole = seconds(lambda s: check_source(s, Settings(), DAY), repetitions, lambda: source_from_text(text))
    return Speed(shape, size, parse, rules, whole, len(found))


def measure_all(sizes: Sequence[float] = SIZES) -> list[Speed]:
    """All sizes, with line breaks and without."""
    return [measure(size, shape) for shape in ("lines", "one line") for size in sizes]


def profile(size: float = 1.0, shape: str = "lines", repetitions: int = 3) -> list[tuple[str, float, int]]:
    """What each rule costs: code, seconds, findings, the dearest first.

    Args:
        size: Megabytes of UTF-8.
        shape: `lines` or `one line`.
        repetitions: How often each rule is timed.
    """
    text = text_of(round(size * 1e6))
    if shape == "one line":
        text = text.replace("\n", "")
    rows = []
    for rule in enabled():
        hits = len(list(rule.check(protected(text))))
        took = seconds(partial(_run, rule), repetitions, lambda: protected(text))
        rows.append((rule.code, took, hits))
    return sorted(rows, key=lambda row: -row[1])


def _run(rule: Rule, context: Context) -> list[Hit]:
    return list(rule.check(context))


def table(speeds: Sequence[Speed]) -> str:
    """A markdown table."""
    names = {"lines": "分行", "one line": "不分行"}
    out = ["| 文本 | 大小 MB | 规则 MB/s | 解析 MB/s | 整个检查 MB/s | 发现 |", "|---|---:|---:|---:|---:|---:|"]
    out += [
        f"| {names[s.shape]} | {s.size:.1f} | {s.size / s.rules:.2f} | {s.size / s.parse:.2f} "
        f"| {s.size / s.whole:.2f} | {s.findings} |"
        for s in speeds
    ]
    return "\n".join(out)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", action="store_true", help="also what each rule costs")
    parser.add_argument("--sizes", type=float, nargs="+", default=SIZES, metavar="MB", help="sizes of the texts")
    options = parser.parse_args(arguments)
    print(table(measure_all(options.sizes)))
    if options.profile:
        for shape in ("lines", "one line"):
            print(f"\n| 规则（1 MB，{'分行' if shape == 'lines' else '不分行'}） | 毫秒 | MB/s | 发现 |\n|---|---:|---:|---:|")
            for code, took, hits in profile(1.0, shape):
                print(f"| {code} | {took * 1000:.1f} | {1 / took:.1f} | {hits} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
