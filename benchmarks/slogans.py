"""How well slogans are found, by docnlp and by baselines; writes the tables of docs/models-slogans.md.

    python -m benchmarks.slogans                                  # measure and write
    python -m benchmarks.slogans --samples 文件夹 --gold 文件夹    # also on reports of one's own
    python -m benchmarks.slogans --methods trained,shipped        # some of them; the other rows of the page stay
    python -m benchmarks.slogans --quick                          # a short round to see that it runs, printed only

`--samples` holds reports as NAME.txt, `--gold` for each a NAME.json with {"slogans": [{"text", "type", "confidence"}]};
a phrase of confidence `low` counts neither way. Needs the packages of `pip install -e ".[bench]"`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import mean, quantiles
from time import process_time
from typing import Any

from benchmarks.slogans_common import ROOT, Method, MissingPackageError, slogans
from benchmarks.slogans_docnlp import Patterns, Shipped, Trained
from benchmarks.slogans_phrases import CValue, QuotesAndNumerals, TextRank, TfIdf, Yake
from benchmarks.slogans_spacy import SpacyNer, SpacySpancat
from benchmarks.slogans_tagging import Crf
from docnlp import __version__
from docnlp.analysis.base import SLOGAN_NAMES, SloganType
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training.making import held_out_groups
from docnlp.training.markup import CorpusDocument, GoldSlogan, load_corpus
from docnlp.training.scoring import Phrase, SloganScores, norm, phrases, slogan_scores, span_scores, type_scores

CORPORA = ROOT / "corpora"
PAGE = ROOT / "docs" / "models-slogans.md"
BEGIN, END = "<!-- 以下由 python -m benchmarks.slogans 写成，请勿手改 -->", "<!-- 到此为止 -->"

TYPES: tuple[SloganType, ...] = ("numeric", "campaign", "parallel", "policy")


@dataclass(frozen=True)
class Entry:
    """A method of the table.

    Attributes:
        make: Makes it; told how many seconds a slow training may take and whether the round is a quick one.
        spread: Whether it is cheap enough to be trained once for each group left out.
        quick: Whether it takes part in quick rounds.
        learns: Whether training documents make a difference.
    """

    make: Callable[[float, bool], Method]
    spread: bool = True
    quick: bool = True
    learns: bool = True


METHODS: dict[str, Entry] = {
    "patterns": Entry(lambda _s, _q: Patterns(), learns=False),
    "trained": Entry(lambda _s, _q: Trained(), spread=False),
    "shipped": Entry(lambda _s, _q: Shipped(), spread=False, learns=False),
    "tfidf": Entry(lambda _s, _q: TfIdf(), spread=False),
    "textrank": Entry(lambda _s, _q: TextRank(), spread=False),
    "yake": Entry(lambda _s, _q: Yake(), spread=False),
    "cvalue": Entry(lambda _s, _q: CValue(), spread=False),
    "quotes": Entry(lambda _s, _q: QuotesAndNumerals()),
    "spancat": Entry(lambda seconds, _q: SpacySpancat(seconds), spread=False, quick=False),
    "ner": Entry(lambda seconds, _q: SpacyNer(seconds), spread=False, quick=False),
    "crf": Entry(lambda _s, quick: Crf(10 if quick else 60), spread=False),
}


@dataclass(frozen=True)
class Case:
    """A text to look through and what is right.

    Attributes:
        group: Author group.
        document: The text with its structure.
        gold: Phrases annotated.
        optional: Phrases that count neither way.
        spans: Occurrences annotated, where they are.
    """

    group: str
    document: Document
    gold: list[Phrase]
    optional: list[Phrase] = field(default_factory=list)
    spans: tuple[GoldSlogan, ...] = ()


@dataclass
class Result:
    """What came of one method.

    Attributes:
        name: In Chinese.
        seconds: Of training.
        speed: Characters a second, without reading the structure.
        documents: Group and scores of every test document.
        exact: Occurrences with exact bounds.
        types: Scores of each type alone.
        real: Scores of every report of the user's own.
        groups: F1 of each group by what was trained on the others.
    """

    name: str
    seconds: float = 0.0
    speed: float = 0.0
    documents: list[tuple[str, SloganScores]] = field(default_factory=list)
    exact: SloganScores = field(default_factory=SloganScores)
    types: dict[SloganType, SloganScores] = field(default_factory=lambda: dict.fromkeys(TYPES, SloganScores()))
    real: list[SloganScores] = field(default_factory=list)
    groups: dict[str, float] = field(default_factory=dict)

    def total(self, group: str | None = None) -> SloganScores:
        """Scores of the test documents, or of one group of them, together."""
        return sum((s for g, s in self.documents if group in (None, g)), SloganScores())


def case(document: CorpusDocument) -> Case:
    """A document of the corpus to be looked through."""
    built = build(source_from_text(document.text, f"{document.meta['id']}.txt"))
    return Case(document.meta["group"], built, phrases(document.text, document.slogans), spans=document.slogans)


def own_cases(samples: Path, gold: Path) -> list[Case]:
    """Reports of one's own with their phrases.

    Args:
        samples: Folder of NAME.txt.
        gold: Folder of NAME.json.

    Raises:
        DocnlpError: There is none, or a file is not as described.
    """
    out = []
    for file in sorted(gold.glob("*.json")):
        try:
            text = (samples / f"{file.stem}.txt").read_text(encoding="utf-8")
            items: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["slogans"]
            sure = [Phrase(s["text"], s["type"]) for s in items if s.get("confidence") != "low"]
            open_ = [Phrase(s["text"], s["type"]) for s in items if s.get("confidence") == "low"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DocnlpError(f"读不出标注（{error}）", "写法见 benchmarks/slogans.py 开头", file.name) from None
        out.append(Case("", build(source_from_text(text, f"{file.stem}.txt")), sure, open_))
    if not out:
        raise DocnlpError("文件夹里没有标注（.json 文件）", "请核对 --gold", str(gold))
    return out


def extract(method: Method, item: Case) -> tuple[SloganScores, SloganScores, dict[SloganType, SloganScores]]:
    """Scores of one text: phrases, exact occurrences, phrases of each type."""
    text = item.document.text
    found = slogans(method.extract(text, item.document))
    mine = phrases(text, found)
    by_type = {kind: type_scores(mine, item.gold, kind) for kind in TYPES}
    return slogan_scores(mine, item.gold, item.optional), span_scores(found, item.spans), by_type


def measure(method: Method, train: Sequence[CorpusDocument], test: Sequence[Case], own: Sequence[Case]) -> Result:
    """Train a method and score it.

    Args:
        method: The method.
        train: Documents to train on.
        test: Held-out documents.
        own: Further reports.
    """
    result = Result(method.name)
    begin = process_time()
    method.fit(train)
    result.seconds = process_time() - begin
    method.extract(test[0].document.text, test[0].document)  # what is loaded once, such as a dictionary
    begin = process_time()
    for item in test:
        method.extract(item.document.text, item.document)
    result.speed = sum(len(item.document.text) for item in test) / (process_time() - begin)
    for item in test:
        scores, exact, by_type = extract(method, item)
        result.documents.append((item.group, scores))
        result.exact += exact
        for kind in TYPES:
            result.types[kind] += by_type[kind]
    result.real = [extract(method, item)[0] for item in own]
    return result


def leave_out(method: Method, corpus: Sequence[CorpusDocument], learns: bool) -> dict[str, float]:
    """F1 of every group by what was trained on all the others.

    Args:
        method: The method.
        corpus: All documents.
        learns: Whether it has to be trained anew for each group.
    """
    out = {}
    for group in sorted({d.meta["group"] for d in corpus}):
        if learns:
            method.fit([d for d in corpus if d.meta["group"] != group])
        items = [case(d) for d in corpus if d.meta["group"] == group]
        out[group] = sum((extract(method, item)[0] for item in items), SloganScores()).f1
    return out


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile."""
    if len(values) < 2:
        return (values[0],) * 3
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return low, middle, high


def number(value: float | None) -> str:
    """A share as the tables show it."""
    return "—" if value is None else f"{value:.3f}".removeprefix("0")


@dataclass
class Table:
    """A table with a heading above it; the first column names the method."""

    title: str
    head: list[str]
    body: list[list[str]]

    def lines(self) -> list[str]:
        """As Markdown."""
        return [f"### {self.title}", "", *(f"| {' | '.join(r)} |" for r in (self.head, ["---", *["---:"] * (len(self.head) - 1)], *self.body))]


@dataclass
class Report:
    """The generated part of the page.

    Attributes:
        measured: When and where.
        data: What it was measured on, a sentence a line.
        tables: The tables; the F1 stands in the first one.
        notes: What else the reader should know of a method, each beginning with its name.
    """

    measured: str
    data: list[str]
    tables: list[Table]
    notes: list[str] = field(default_factory=list)

    def text(self) -> str:
        """As Markdown."""
        lines = ["\\\n".join([self.measured, *self.data])]
        for table in self.tables:
            lines += ["", *table.lines()]
        if self.notes:
            lines += ["", *(f"- {note}" for note in self.notes)]
        return "\n".join(lines)

    def sort(self) -> None:
        """Put the methods in the order of their F1, the worst first."""
        column = self.tables[0].head.index("F1")
        order = {row[0]: (float(row[column]), n) for n, row in enumerate(self.tables[0].body)}
        for table in self.tables:
            table.body.sort(key=lambda row: order[row[0]])

    def merge(self, new: Report) -> None:
        """Replace the rows of the methods that were measured again, or add them.

        Raises:
            DocnlpError: The two were measured on different data.
        """
        if (self.data, [(t.title, t.head) for t in self.tables]) != (new.data, [(t.title, t.head) for t in new.tables]):
            raise DocnlpError("语料或真实公文和页面上的不同，不能只换几行", "请不加 --methods 全部重测，或加 --print 只看结果", PAGE.name)
        names = [row[0] for row in new.tables[0].body]
        for mine, other in zip(self.tables, new.tables, strict=True):
            mine.body = [row for row in mine.body if row[0] not in names] + other.body
        self.notes = [note for note in self.notes if note.partition("：")[0] not in names] + new.notes
        self.measured = new.measured
        self.sort()


def read(text: str) -> Report:
    """The report that `Report.text` wrote.

    Raises:
        DocnlpError: It is none.
    """
    top, *parts = text.strip().split("\n### ")
    measured, *data = top.strip().split("\\\n")
    tables, notes = [], []
    for part in parts:
        title, *lines = part.split("\n")
        cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]
        tables.append(Table(title, cells[0], cells[2:]))
        notes += [line.removeprefix("- ") for line in lines if line.startswith("- ")]
    if not tables:
        raise DocnlpError("页面上还没有结果", "请先不加 --methods 全部测一遍", PAGE.name)
    return Report(measured, data, tables, notes)


def report(results: Sequence[Result], train: Sequence[CorpusDocument], test: Sequence[Case], own: Sequence[Case], notes: Sequence[str]) -> Report:
    """What was measured, as it goes into the page.

    Args:
        results: Of the methods.
        train: What was trained on.
        test: What was tested on.
        own: Further reports.
        notes: See `Report`.
    """
    groups = sorted({item.group for item in test})
    first, second, third = [], [], []
    for r in results:
        t = r.total()
        line = [r.name, number(t.precision), number(t.recall), number(t.f1), number(t.type_accuracy), f"{r.seconds:.1f}", f"{r.speed / 1000:.1f}"]
        if own:
            o = sum(r.real, SloganScores())
            line += [number(o.precision), number(o.recall), number(o.f1), number(o.type_accuracy)]
        first.append(line)
        second.append([r.name, number(r.exact.f1), *(number(r.types[kind].f1) for kind in TYPES)])
        f1 = [s.f1 for _, s in r.documents]
        left = list(r.groups.values())
        spread = [number(mean(left)), f"{number(min(left))}～{number(max(left))}"] if left else ["—", "—"]
        ends = f"{number(min(f1))}～{number(max(f1))}"
        third.append([r.name, *(number(r.total(g).f1) for g in groups), *map(number, quartiles(f1)), ends, *spread])
    names = "、".join(sorted({d.meta["group"] for d in train}))
    slogan_count, phrase_count = sum(len(item.spans) for item in test), sum(len({norm(p.text) for p in item.gold}) for item in test)
    data = [
        f"训练：{names} 组，{len(train)} 份，{sum(len(d.text) for d in train):,} 字，口号 {sum(len(d.slogans) for d in train):,} 处。",
        f"测试：{'、'.join(groups)} 组，{len(test)} 份，{sum(len(item.document.text) for item in test):,} 字，"
        f"口号 {slogan_count:,} 处，同一份里相同的只算一条时 {phrase_count:,} 条。",
    ]
    head = ["方法", "准确率", "召回率", "F1", "类型", "训练 秒", "千字/秒"]
    if own:
        head += ["真实公文 准确率", "真实公文 召回率", "真实公文 F1", "真实公文 类型"]
        data.append(f"真实公文：{len(own)} 份，{sum(len(i.document.text) for i in own):,} 字，{sum(len(i.gold) for i in own)} 条，不随项目分发。")
    tables = [
        Table("得分", head, first),
        Table("界限和类型", ["方法", "界限全对 F1", *(f"{SLOGAN_NAMES[kind]} F1" for kind in TYPES)], second),
        Table(
            "分散的程度",
            ["方法", *(f"{g} 组" for g in groups), "逐份：下四分位", "中位数", "上四分位", "最低～最高", "轮流留一组：平均", "轮流留一组：最低～最高"],
            third,
        ),
    ]
    measured = f"docnlp {__version__}，Python {platform.python_version()}，{os.cpu_count()} 核，{date.today().isoformat()}。"
    out = Report(measured, data, tables, list(notes))
    out.sort()
    return out


def write(new: Report, whole: bool) -> None:
    """Put what was measured between the marks of the page.

    Args:
        new: What was measured.
        whole: Whether it is everything; else the other rows of the page stay.

    Raises:
        DocnlpError: The page has no marks, or its rows cannot stay.
    """
    page = PAGE.read_text(encoding="utf-8")
    before, mark, rest = page.partition(BEGIN)
    old, end, after = rest.partition(END)
    if not mark or not end:
        raise DocnlpError(f"没有“{BEGIN}”和“{END}”两行", "请补上", PAGE.name)
    if not whole:
        kept = read(old)
        kept.merge(new)
        new = kept
    PAGE.write_text(f"{before}{BEGIN}\n\n{new.text()}\n\n{END}{after}", encoding="utf-8", newline="\n")


def say(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


def run(options: argparse.Namespace) -> Report:
    """Measure.

    Raises:
        DocnlpError: Files are not as they should be.
    """
    folders = sorted(p for p in CORPORA.iterdir() if p.is_dir())
    corpus = load_corpus(folders)
    kept = held_out_groups([CORPORA])
    train = [d for d in corpus if d.meta["group"] not in kept]
    if options.quick:
        few = sorted({d.meta["group"] for d in train})[:2]
        train = [d for d in train if d.meta["group"] in few]
    test = [case(d) for d in corpus if d.meta["group"] in kept]
    own = own_cases(options.samples, options.gold) if options.gold else []
    chosen = options.methods.split(",") if options.methods else [k for k, e in METHODS.items() if e.quick or not options.quick]
    results, notes = [], []
    for key in chosen:
        entry = METHODS[key]
        method = entry.make(options.seconds, options.quick)
        say(f"{method.name}…")
        try:
            result = measure(method, train, test, own)
            if entry.spread and not options.quick:
                result.groups = leave_out(method, corpus, entry.learns)
        except MissingPackageError as error:
            say(f"  未测：{error}")
            notes.append(f"{method.name}：未测，{error.reason}。")
            continue
        say(f"  F1 {result.total().f1:.3f}，训练 {result.seconds:.0f} 秒")
        results.append(result)
        if isinstance(method, SpacyNer | SpacySpancat):
            notes.append(f"{method.name}：训练 {method.done} 轮，限时 {options.seconds:.0f} 秒；机器快慢不同，轮数和得分也会不同。")
        if isinstance(method, Shipped) and (known := kept.intersection(method.groups())):
            notes.append(f"{method.name}：训练时用了测试的 {'、'.join(sorted(known))} 组，在这些组上的得分偏高。")
    if not results:
        raise DocnlpError("一种方法也没有测成", '请运行 python -m pip install -e ".[bench]"')
    return report(results, train, test, own, notes)


def main(arguments: list[str] | None = None) -> int:
    """Measure and write the page; the exit status is 2 where that is not possible."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, metavar="DIR", help="reports of your own")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="what is annotated in them")
    parser.add_argument("--quick", action="store_true", help="few training documents, no slow methods; prints only")
    parser.add_argument("--methods", metavar="A,B", help=f"only these of {','.join(METHODS)}")
    parser.add_argument("--seconds", type=float, default=450, help="processor time for training each spaCy model (default: 450)")
    parser.add_argument("--print", action="store_true", help="print the tables without writing the page")
    options = parser.parse_args(arguments)
    if (options.samples is None) != (options.gold is None):
        parser.error("--samples and --gold go together")
    if unknown := set((options.methods or "").split(",")) - {*METHODS, ""}:
        parser.error(f"no method {', '.join(sorted(unknown))}; there are {', '.join(METHODS)}")
    try:
        measured = run(options)
        print(measured.text())
        if not (options.quick or options.print):
            write(measured, whole=not options.methods)
            say(f"{PAGE.relative_to(ROOT)}")
    except DocnlpError as error:
        say(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
