"""Wrong characters: docnlp beside what else runs without a network; writes docs/typos.md.

    python -m benchmarks.typos               # measure and write
    python -m benchmarks.typos --print       # measure and print only

Measured on the faults planted in corpora/ and, for false alarms, on its clean documents and those of tests/clean, which the
dictionary has not read. A contestant that is not installed is named with the reason: `pip install pycorrector lingotweaker
lingotweaker-data-zh pypinyin loguru pyahocorasick` gets them (pycorrector's correctors without a model need no torch when
they are loaded without the package's own `__init__`).
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import math
import re
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from docnlp.analysis import analyse
from docnlp.checker import options_of, run_rules
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text
from docnlp.rules import typ
from docnlp.rules.base import Context
from docnlp.rules.typ_confused import table
from docnlp.rules.typ_lexicon import lexicon
from docnlp.settings import Settings
from docnlp.training.markup import CorpusDocument, load_folder

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "typos.md"
HELD_OUT = ("i", "j", "l")
HAN = re.compile("[\u4e00-\u9fff]+")


class Found(NamedTuple):
    """What a contestant reports: a place, and what it would put there (None: nothing)."""

    start: int
    end: int
    cure: str | None


Corrector = Callable[[str], list[Found]]


@dataclass(frozen=True)
class Score:
    """What a contestant found.

    Attributes:
        name: The contestant.
        found: Planted faults found, of `planted`.
        cured: Of these, put right by the first suggestion.
        false: Findings a clean document of the corpus.
        unseen: Findings a document of tests/clean.
        speed: Thousand characters a second.
    """

    name: str
    planted: int
    found: int
    cured: int
    false: float
    unseen: float
    speed: float


def docnlp() -> Corrector:
    """The TYP rules, without what is only a hint."""
    settings = Settings()
    empty = build(source_from_text("无"))
    analysis = analyse(empty)

    def correct(text: str) -> list[Found]:
        context = Context(build(source_from_text(text)), analysis, date(2026, 11, 23), options_of(settings))
        findings, _ = run_rules(typ.RULES, context, settings)
        return [
            Found(f.start, f.end, f.suggestions[0] if f.suggestions else None)
            for f in findings
            if f.start is not None and f.end is not None and f.severity != "info"
        ]

    return correct


def lingotweaker() -> Corrector:
    """LanguageTool's Chinese rules. Its offsets are bytes."""
    engine = importlib.import_module("lt_py").Engine("zh-CN")

    def correct(text: str) -> list[Found]:
        data = text.encode()
        out = []
        for m in engine.check(text):
            start, end = (len(data[:n].decode(errors="ignore")) for n in (m["offset"], m["offset"] + m["length"]))
            out.append(Found(start, end, m["suggestions"][0] if m["suggestions"] else None))
        return out

    return correct


def _pycorrector(module: str) -> Any:
    """A module of pycorrector without its `__init__`, which imports torch."""
    if "pycorrector" not in sys.modules:
        spec = importlib.util.find_spec("pycorrector")
        if spec is None or spec.submodule_search_locations is None:
            raise ImportError("No module named 'pycorrector'")
        for name in ("pycorrector", "pycorrector.utils"):
            stub = types.ModuleType(name)
            stub.__path__ = [str(Path(spec.submodule_search_locations[0], *name.split(".")[1:]))]
            sys.modules[name] = stub
    return importlib.import_module(f"pycorrector.{module}")


def _by_lines(correct: Callable[[str], dict[str, Any]]) -> Corrector:
    def correct_lines(text: str) -> list[Found]:
        out, start = [], 0
        for line in text.split("\n"):
            if line.strip():
                for wrong, right, at in correct(line)["errors"]:
                    out.append(Found(start + at, start + at + len(wrong), right))
            start += len(line) + 1
        return out

    return correct_lines


def pycorrector_proper() -> Corrector:
    """pycorrector's corrector of idioms and names, with its own word list."""
    return _by_lines(_pycorrector("proper_corrector").ProperCorrector().correct)


def pycorrector_confusion() -> Corrector:
    """pycorrector's replacement of listed words, given our list of words that are always wrong."""
    words = {row.wrong: row.meant[0] for row in table().rows if row.severity == "error"}
    return _by_lines(_pycorrector("confusion_corrector").ConfusionCorrector(custom_confusion_path_or_dict=words).correct)


#: How much likelier (natural logarithm) another character must make its trigrams.
MARGIN = 9.0


def language_model() -> Corrector:
    """A character trigram model trained on the corpus alone (not on the held-out groups), with our sounds and shapes."""
    counts: Counter[str] = Counter()
    total = 0
    for document in load_folder(ROOT / "corpora"):
        if document.meta["group"] not in HELD_OUT and document.meta["quality"] == "clean":
            for run in HAN.findall(document.text):
                padded = f"^^{run}$"
                total += len(run)
                for n in (1, 2, 3):
                    counts.update(padded[i : i + n] for i in range(len(padded) - n + 1))
    data = lexicon()

    def probability(text: str) -> float:
        first = (counts[text[2]] + 0.1) / total
        second = (counts[text[1:]] + 2 * first) / (counts[text[1]] + 2)
        return (counts[text] + 2 * second) / (counts[text[:2]] + 2)

    def cost(padded: str, at: int) -> float:
        return sum(math.log(probability(padded[k - 2 : k + 1])) for k in range(at, min(at + 3, len(padded))))

    def correct(text: str) -> list[Found]:
        out = []
        for m in HAN.finditer(text):
            padded = f"^^{m.group()}$"
            for at in range(2, len(padded) - 1):
                here = cost(padded, at)
                if here > -12:
                    continue
                twins = (c for c in data.confusions(padded[at]) if counts[c] >= 5)
                best = max(((cost(padded[:at] + c + padded[at + 1 :], at), c) for c in twins), default=(-math.inf, ""))
                if best[0] - here > MARGIN:
                    out.append(Found(m.start() + at - 2, m.start() + at - 1, best[1]))
        return out

    return correct


CONTESTANTS: dict[str, Callable[[], Corrector]] = {
    "docnlp（TYP 各规则）": docnlp,
    "lingotweaker（LanguageTool 中文规则）": lingotweaker,
    "pycorrector 专名纠错（自带词表）": pycorrector_proper,
    "pycorrector 混淆集（用我们的必错词表）": pycorrector_confusion,
    "字三元语言模型（只用本语料训练）": language_model,
}


def _repaired(document: CorpusDocument, start: int, end: int, cure: str) -> str:
    return document.text[:start] + cure + document.text[end:]


def measure(name: str, correct: Corrector, documents: Iterable[CorpusDocument], unseen: Iterable[str]) -> Score:
    """Score one contestant."""
    planted = found = cured = false = clean = characters = 0
    start = process_time()
    for document in documents:
        findings = correct(document.text)
        characters += len(document.text)
        if document.meta["quality"] == "clean":
            clean += 1
            false += len(findings)
        for fault in (f for f in document.faults if f.family == "TYP"):
            near = [f for f in findings if f.start <= fault.end and fault.start <= f.end]
            planted += 1
            found += bool(near)
            wanted = _repaired(document, fault.start, fault.end, fault.cure)
            cured += any(f.cure is not None and _repaired(document, f.start, f.end, f.cure) == wanted for f in near)
    seconds = process_time() - start
    reports = list(unseen)
    more = sum(len(correct(text)) for text in reports)
    return Score(name, planted, found, cured, false / max(1, clean), more / max(1, len(reports)), characters / seconds / 1000)


def measured() -> Iterator[Score | tuple[str, str]]:
    """Scores, and for who cannot run the name and the reason."""
    documents = load_folder(ROOT / "corpora")
    unseen = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "tests" / "clean").glob("*.txt"))]
    for name, make in CONTESTANTS.items():
        try:
            correct = make()
        except ImportError as error:
            yield name, f"没有安装（{error}）"
            continue
        yield measure(name, correct, documents, unseen)


def page(results: Iterable[Score | tuple[str, str]]) -> str:
    """The page."""
    rows, skipped = [], []
    for r in results:
        if isinstance(r, Score):
            right = f"{r.cured / r.found:.0%}" if r.found else "—"
            rows.append(
                f"| {r.name} | {r.found}/{r.planted} | {r.found / r.planted:.0%} | {right} | {r.false:.2f} | {r.unseen:.2f} | {r.speed:,.0f} |"
            )
        else:
            skipped.append(f"- {r[0]}：{r[1]}")
    lines = [
        "# 错别字：和别的工具比",
        "",
        "由 `python -m benchmarks.typos` 写成，不要手改。",
        "",
        "“找出”数的是语料里有意埋下的错别字；“改对”是第一个建议正好是标注的改法的比例；后两列是没有差错的公文平均每份报几处，"
        "一列是语料里的（它的用词 docnlp 的词典见过），一列是 `tests/clean` 里的（没有见过）。“提示”一级的不算。速度是处理器时间。",
        "",
        "| 工具 | 找出 | 找出率 | 改对 | 误报/份（语料） | 误报/份（没见过的） | 千字/秒 |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *rows,
        "",
        *(["没有测的：", "", *skipped, ""] if skipped else []),
        "语言模型单用，误报比找出的还多：它不知道什么是词，什么是人名、地名。混淆集只认得列出来的写法。所以 docnlp 先找没有人这样写的地方，"
        "再看换一个字能不能成词、成固定说法，权重在埋了错的语料上拟合；列得出来的易错词另有一张表。",
        "",
        "看这张表时要知道：易错词表是看过语料里的差错以后写的，docnlp 和混淆集的找出率都沾了光；`tests/clean` 的误报看过一轮，为此补过一批新词。"
        "真正没见过的材料，用 `tools/gen_typ.py` 的 `--without` 留出几组语料来量。",
        "",
        "pycorrector 的其余纠错器（kenlm、MacBERT、T5 等）要联网下载模型，没有测。",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure, and write the page or print it."""
    parser = argparse.ArgumentParser(description="wrong characters: docnlp and others")
    parser.add_argument("--print", action="store_true", help="print instead of writing docs/typos.md")
    args = parser.parse_args()
    text = page(measured())
    if args.print:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
