"""How many documents a second docnlp analyses on one core; writes the tables of docs/models-speed.md.

    python -m benchmarks.speed            # measure and write; exit status 1 where a bar is missed
    python -m benchmarks.speed --print    # measure and print only

Machines differ and are noisy: each figure also comes as a multiple of the time that jieba takes to split the same
texts, measured in the same round.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.rules import timed
from benchmarks.slogans_common import ROOT, splitter
from benchmarks.texts import BODY, SEED, reports
from docnlp import __version__
from docnlp.analysis import analyse, trained, trained_slogans
from docnlp.analysis.shelf import FILES, folder_of
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training.making import load_models

PAGE = ROOT / "docs" / "models-speed.md"
END = "<!-- 到此为止 -->"

#: Characters of a document.
LENGTH = 3000

SECTIONS_BAR = 250.0
SLOGANS_BAR = 120.0
SIZE_BAR = 20.0

#: What the figures are compared with.
REFERENCE = "jieba 分词"
PARSE, SECTIONS, SLOGANS, EVERYTHING = "读结构", "各部分和文种", "口号", "全部"
REPEATING = "全部，段落有重复"

#: What the models are called.
_KINDS = {"sections": "各部分", "genre": "文种", "slogans": "口号"}


@dataclass(frozen=True)
class Figure:
    """What came of one kind of work.

    Attributes:
        name: In Chinese.
        rate: Documents a second, median of the rounds.
        low: In the slowest round.
        high: In the fastest round.
        ratio: Its time in times that of the reference, median of the ratios within the rounds.
    """

    name: str
    rate: float
    low: float
    high: float
    ratio: float


def batch(count: int, length: int = LENGTH) -> list[str]:
    """Different documents of about the same length: reports of tests/clean with body paragraphs from all of them.

    Args:
        count: How many.
        length: Characters of each, missed by less than a paragraph.
    """
    chance = random.Random(SEED)
    bodies = [line for report in reports() for line in report if len(line) >= BODY]
    return [_document(chance, reports()[n % len(reports())], bodies, length) for n in range(count)]


def _document(chance: random.Random, report: Sequence[str], bodies: Sequence[str], length: int) -> str:
    """A report whose headings stay where they are and whose paragraphs are drawn anew, until it is long enough."""
    lines = [[chance.choice(bodies)] if len(line) >= BODY else [line] for line in report]
    places = [own for own, line in zip(lines, report, strict=True) if len(line) >= BODY]
    size = sum(len(own[0]) + 1 for own in lines)
    while size < length and places:
        body = chance.choice(bodies)
        chance.choice(places).append(body)
        size += len(body) + 1
    return "\n".join(line for own in lines for line in own)[:length] + "\n"


def read(text: str) -> Document:
    """The document with its structure."""
    return build(source_from_text(text))


def tasks() -> dict[str, Callable[[Sequence[str]], None]]:
    """What is timed, by name; the reference first."""
    words, forget = splitter(), forgetting()

    def split(texts: Sequence[str]) -> None:
        for text in texts:
            words.lcut(text)

    def parse(texts: Sequence[str]) -> None:
        for text in texts:
            read(text)

    def sections(texts: Sequence[str]) -> None:
        for text in texts:
            forget()
            _ = analyse(read(text)).sections  # asks for the genre first

    def slogans(texts: Sequence[str]) -> None:
        for text in texts:
            forget()
            _ = analyse(read(text)).slogans

    def everything(texts: Sequence[str]) -> None:
        for text in texts:
            forget()
            analysis = analyse(read(text))
            _ = analysis.sections, analysis.slogans

    def batches(texts: Sequence[str]) -> None:
        forget()
        for text in texts:
            analysis = analyse(read(text))
            _ = analysis.sections, analysis.slogans

    return {REFERENCE: split, PARSE: parse, SECTIONS: sections, SLOGANS: slogans, EVERYTHING: everything, REPEATING: batches}


def forgetting() -> Callable[[], None]:
    """What makes every paragraph one that has not been seen before: docnlp keeps what it found in the last ones."""
    models = load_models(None)
    steps = [partial(step, models[kind]) for kind, step in (("sections", trained.forget), ("slogans", trained_slogans.forget)) if kind in models]

    def forget() -> None:
        for step in steps:
            step()

    return forget


def measure(work: Mapping[str, Callable[[Sequence[str]], None]], texts: Sequence[str], rounds: int) -> list[Figure]:
    """Time every kind of work in turn, round by round.

    Args:
        work: By name; the first is what the others are compared with.
        texts: The documents.
        rounds: How often.
    """
    for task in work.values():
        task(texts[:2])  # what is loaded once
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, task in work.items():
            times[name].append(timed(lambda task=task: task(texts))[1])  # type: ignore[misc]
    return figures(times, len(texts))


def figures(times: Mapping[str, Sequence[float]], count: int) -> list[Figure]:
    """Rates from times.

    Args:
        times: Name to seconds, one number a round; the first is what the others are compared with.
        count: Documents in a round.
    """
    reference = next(iter(times.values()))
    return [
        Figure(
            name,
            count / median(took),
            count / max(took),
            count / min(took),
            median(t / r for t, r in zip(took, reference, strict=True)),
        )
        for name, took in times.items()
    ]


def model_sizes() -> dict[str, int | None]:
    """Bytes of the shipped models by kind; None where there is none and word lists do the work."""
    out: dict[str, int | None] = {}
    for kind, name in FILES.items():
        folder = folder_of(kind, None)
        out[kind] = (folder / name).stat().st_size if folder is not None else None
    return out


@dataclass(frozen=True)
class Bar:
    """What was aimed at, what came out, and whether it holds."""

    name: str
    aim: str
    got: str
    holds: bool


def bars(speeds: Sequence[Figure], sizes: Mapping[str, int | None]) -> list[Bar]:
    """Every bar.

    Args:
        speeds: See `measure`.
        sizes: See `model_sizes`.
    """
    rates = {f.name: f.rate for f in speeds}
    out = [
        Bar(f"{name}（含读结构）", f"≥ {aim:.0f} 份/秒", f"{rates[name]:.0f} 份/秒", rates[name] >= aim)
        for name, aim in ((SECTIONS, SECTIONS_BAR), (SLOGANS, SLOGANS_BAR))
    ]
    total = sum(size or 0 for size in sizes.values()) / 1e6
    return [*out, Bar("模型一共", f"≤ {SIZE_BAR:.0f} MB", f"{total:.2f} MB", total <= SIZE_BAR)]


def tables(speeds: Sequence[Figure], sizes: Mapping[str, int | None], count: int, rounds: int) -> str:
    """The generated part of the page.

    Args:
        speeds: See `measure`.
        sizes: See `model_sizes`.
        count: Documents in a round.
        rounds: How many there were.
    """
    body = [
        [f.name, f"{f.rate:,.0f}", f"{f.low:,.0f}～{f.high:,.0f}", f"{1000 / f.rate:.2f}", f"{f.ratio:.2f}"]
        for f in speeds
    ]
    made = [[_KINDS[kind], "—（用词表）" if size is None else f"{size / 1e6:.2f}"] for kind, size in sizes.items()]
    aims = [f"| {b.name} | {b.aim} | {b.got} | {'达到' if b.holds else '**未达到**'} |" for b in bars(speeds, sizes)]
    return "\n".join(
        [
            f"docnlp {__version__}，Python {platform.python_version()}，{os.cpu_count()} 核，{date.today().isoformat()}。",
            f"每轮 {count} 份，每份 {LENGTH:,} 字，共 {rounds} 轮。",
            "",
            "### 目标",
            "",
            "| 项目 | 目标 | 实测 | |",
            "|---|---|---|---|",
            *aims,
            "",
            "### 速度",
            "",
            *rows(["做什么", "份/秒", "最慢～最快", "每份 毫秒", f"是 {REFERENCE}的几倍"], body),
            "",
            "### 模型的大小",
            "",
            *rows(["模型", "MB"], made),
        ]
    )


def rows(head: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table, its first column of words, the others of numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return [f"| {' | '.join(line)} |" for line in lines]


def say(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


def mark(program: str) -> str:
    """The line that opens the generated part of a page.

    Args:
        program: What writes it, as one calls it.
    """
    return f"<!-- 以下由 python -m {program} 写成，请勿手改 -->"


def write(page: Path, program: str, text: str) -> None:
    """Put text between the marks of a page.

    Args:
        page: The file.
        program: See `mark`.
        text: What stands there from now on.

    Raises:
        DocnlpError: The page has no marks.
    """
    begin = mark(program)
    before, found, rest = page.read_text(encoding="utf-8").partition(begin)
    _, end, after = rest.partition(END)
    if not found or not end:
        raise DocnlpError(f"没有“{begin}”和“{END}”两行", "请补上", page.name)
    page.write_text(f"{before}{begin}\n\n{text}\n\n{END}{after}", encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> int:
    """Measure and write the page; the exit status is 1 where a bar is missed, 2 where measuring is not possible."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100, help="documents in a round (default: 100)")
    parser.add_argument("--rounds", type=int, default=7, help="rounds (default: 7)")
    parser.add_argument("--print", action="store_true", help="print the tables without writing the page")
    options = parser.parse_args(arguments)
    if options.documents < 1 or options.rounds < 1:
        parser.error("--documents and --rounds are at least 1")
    try:
        speeds = measure(tasks(), batch(options.documents), options.rounds)
        sizes = model_sizes()
        text = tables(speeds, sizes, options.documents, options.rounds)
        print(text)
        if not options.print:
            write(PAGE, "benchmarks.speed", text)
            say(f"{PAGE.relative_to(ROOT)}")
    except DocnlpError as error:
        say(str(error))
        return 2
    missed = [f"未达到：{b.name} {b.got}，{b.aim}" for b in bars(speeds, sizes) if not b.holds]
    for line in missed:
        say(line)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
