"""How many megabytes a second the rules check, and whether time grows in step with length.

    python -m benchmarks.rules              # the table
    python -m benchmarks.rules --profile    # and what each rule costs
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from statistics import median
from time import process_time
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
SIZES = (0.1, 1.0, 4.0)

#: What is done to the text, and what the tables call it.
SHAPES = {"lines": "分行", "one line": "不分行", "half-width": "标点全是半角"}
HALF_WIDTH = str.maketrans("，；：（）", ",;:()")

#: Nearly every mark of a half-width text is a finding: past this size they fill the memory.
LARGEST_HALF_WIDTH = 3.0

T = TypeVar("T")


@dataclass(frozen=True)
class Speed:
    """Seconds of processor time for one text.

    Attributes:
        shape: One of `SHAPES`.
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


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What some work gives, and the seconds of processor time it takes: other programs on the machine do not count.

    Args:
        work: What to time.
    """
    gc.collect()
    begin = process_time()
    result = work()
    return result, process_time() - begin


def parsed(text: str) -> Analysis:
    """The analysed document, with everything that rules share computed."""
    analysis = analyse(build(source_from_text(text)), Settings().analysis)
    _ = analysis.sections, analysis.document.folded, analysis.document.lines
    return analysis


def context_of(analysis: Analysis) -> Context:
    """A context over an analysed document."""
    return Context(analysis.document, analysis, DAY, options_of(Settings()))


def enabled() -> Sequence[Rule]:
    """The rules that run unless one asks otherwise."""
    return [rule for rule in all_rules() if rule.enabled]


def shaped(size: float, shape: str) -> str:
    """A text of so many megabytes, in one of the `SHAPES`."""
    text = text_of(round(size * 1e6))
    if shape == "one line":
        return text.replace("\n", "")
    return text.translate(HALF_WIDTH) if shape == "half-width" else text


def measure_once(text: str, shape: str) -> Speed:
    """Time one text once.

    Args:
        text: The text.
        shape: What to call it.

    Raises:
        RuntimeError: A rule crashed, so that its time means nothing.
    """
    analysis, parse = timed(lambda: parsed(text))
    context = context_of(analysis)
    (found, crashed), rules = timed(lambda: run_rules(enabled(), context, Settings()))
    if crashed:
        raise RuntimeError(f"rules crashed: {', '.join(crashed)}")
    _, whole = timed(lambda: check_source(source_from_text(text), Settings(), DAY))
    return Speed(shape, len(text.encode()) / 1e6, parse, rules, whole, len(found))


def measure_all(sizes: Sequence[float] = SIZES, rounds: int = 1) -> list[Speed]:
    """All sizes and shapes; medians of rounds in which each has its turn.

    Args:
        sizes: Megabytes of UTF-8.
        rounds: How often.
    """
    texts = [
        (shaped(size, shape), shape)
        for shape in SHAPES
        for size in sizes
        if shape != "half-width" or size <= LARGEST_HALF_WIDTH
    ]
    measure_once(*texts[0])  # loads rules and their data
    turns = [[measure_once(text, shape) for text, shape in texts] for _ in range(rounds)]
    return [
        replace(
            same[0],
            parse=median(s.parse for s in same),
            rules=median(s.rules for s in same),
            whole=median(s.whole for s in same),
        )
        for same in zip(*turns, strict=True)
    ]


@dataclass(frozen=True)
class Cost:
    """What one rule costs on one text.

    Attributes:
        code: The rule.
        alone: Seconds where no other rule ran before, with all preparation that it shares with others.
        beside: Seconds where the others ran before: what the rule itself adds.
        findings: How many it gave.
    """

    code: str
    alone: float
    beside: float
    findings: int


def profile(size: float = 1.0, shape: str = "lines", repetitions: int = 3) -> list[Cost]:
    """What each rule costs, the one that adds most first.

    Args:
        size: Megabytes of UTF-8.
        shape: One of `SHAPES`.
        repetitions: How often each rule is timed.
    """
    text = shaped(size, shape)
    ran = enabled()
    analysis = parsed(text)
    alone = {r.code: [timed(partial(_run, r, _forgetful(analysis)))[1] for _ in range(repetitions)] for r in ran}
    shared = context_of(analysis)
    run_rules(ran, shared, Settings())
    costs = []
    for rule in ran:
        found, first = timed(partial(_run, rule, shared))
        again = [timed(partial(_run, rule, shared))[1] for _ in range(repetitions - 1)]
        costs.append(Cost(rule.code, median(alone[rule.code]), median([first, *again]), len(found)))
    return sorted(costs, key=lambda cost: -cost.beside)


def _run(rule: Rule, context: Context) -> list[Hit]:
    return list(rule.check(context))


def table(speeds: Sequence[Speed]) -> str:
    """A markdown table."""
    out = ["| 文本 | 大小 MB | 规则 MB/s | 解析 MB/s | 整个检查 MB/s | 发现 |", "|---|---:|---:|---:|---:|---:|"]
    out += [
        f"| {SHAPES[s.shape]} | {s.size:.1f} | {s.size / s.rules:.2f} | {s.size / s.parse:.2f} "
        f"| {s.size / s.whole:.2f} | {s.findings} |"
        for s in speeds
    ]
    return "\n".join(out)


def _forgetful(analysis: Analysis) -> Context:
    """A context over the same analysed text of which no rule remembers anything."""
    document = replace(analysis.document)
    _ = document.folded, document.lines
    copy = replace(analysis, document=document)
    vars(copy).update(genres=analysis.genres, sections=analysis.sections)  # as if they had been computed here
    return context_of(copy)


def cost_table(costs: Sequence[Cost]) -> str:
    """A markdown table."""
    out = ["| 规则 | 增加的毫秒 | 单独运行的毫秒 | 发现 |", "|---|---:|---:|---:|"]
    out += [f"| {c.code} | {c.beside * 1000:.1f} | {c.alone * 1000:.1f} | {c.findings} |" for c in costs]
    return "\n".join(out)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", action="store_true", help="also what each rule costs")
    parser.add_argument("--sizes", type=float, nargs="+", default=SIZES, metavar="MB", help="sizes of the texts")
    options = parser.parse_args(arguments)
    print(table(measure_all(options.sizes)))
    if options.profile:
        for shape, name in SHAPES.items():
            print(f"\n{name}，1 MB：\n\n{cost_table(profile(1.0, shape))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
