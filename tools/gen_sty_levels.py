"""Write docnlp/rules/sty_levels.toml, the thresholds that STY002 and STY004 judge by, or check that it is fresh.

    python tools/gen_sty_levels.py            # measure corpora/, write the table
    python tools/gen_sty_levels.py --check    # exit 1 where the table is stale

A block belongs to the section that the annotation gives the place where it begins, so that the table does not change
with the section model; sentences and what is counted in them are found as a check finds them.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import quantiles

from docnlp.analysis import analyse
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text
from docnlp.rules.base import Context
from docnlp.rules.sty_common import GENRES, sentences
from docnlp.rules.sty_empty import JUDGED, LEAST_CHARACTERS, substance
from docnlp.training.markup import CorpusDocument, load_corpus

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docnlp" / "rules" / "sty_levels.toml"

# Sections whose sentences are long by custom; all the others are counted together.
LONG = ("preamble", "guiding")

# A threshold needs this many sections.
LEAST = 30


@dataclass
class Measured:
    """Sizes of sentences and emptiness of sections, by section."""

    sentences: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    emptiness: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def measure(corpus: Iterable[CorpusDocument]) -> Measured:
    """The sentences and sections of the corpus; parts of a genre that is not judged are left out.

    Args:
        corpus: Annotated documents.
    """
    out = Measured()
    for annotated in corpus:
        document = build(source_from_text(annotated.text, f"{annotated.meta['id']}.txt"))
        context = Context(document, analyse(document), annotated.date)
        starts = [b.start for b in annotated.blocks]
        gold = [annotated.blocks[max(bisect_right(starts, b.start) - 1, 0)] for b in document.blocks]
        labels = [b.section if annotated.parts[b.part].genre in GENRES else "frame" for b in gold]
        for sentence in sentences(context):
            label = labels[sentence.block]
            if label != "frame":
                out.sentences[label if label in LONG else "other"].append(sentence.size)
        for section in substance(document, labels, context.protected):
            if section.characters >= LEAST_CHARACTERS:
                out.emptiness[section.section].append(section.emptiness)
    return out


def table(measured: Measured, documents: int) -> str:
    """The table as TOML.

    Args:
        measured: What `measure` gave.
        documents: How many documents the corpus has.

    Raises:
        ValueError: A section occurs too seldom for a threshold.
    """
    size = {s: ceil(_percentile(measured.sentences, s, 99) / 10) * 10 for s in (*LONG, "other")}
    empty = {s: _percentile(measured.emptiness, s, 97) for s in JUDGED}
    out = [
        "# 文风规则的界限。由 tools/gen_sty_levels.py 从语料算出，部分照语料的标注；不要手改，语料或词表变了就重新生成。",
        f"# 语料 {documents} 份文件；文种 {'、'.join(GENRES)}。",
        "",
        "# STY004：一句话的字数（连标点，不连空格；分号也算断句）的 99% 位，往上取整十。指导思想和引言里的句子向来长，单独算。",
        f"# 算了 {'、'.join(f'{s} {len(measured.sentences[s])} 句' for s in size)}。",
        "[sentence]",
        *(f"{s} = {n}" for s, n in size.items()),
        "",
        f"# STY002：空泛程度（每千字的套话处数减去具体内容处数）的 97% 位，只算 {LEAST_CHARACTERS} 字以上的部分；超过它的才报。",
        f"# 算了 {'、'.join(f'{s} {len(measured.emptiness[s])} 处' for s in empty)}。",
        "[emptiness]",
        *(f"{s} = {n:.1f}" for s, n in empty.items()),
    ]
    return "\n".join(out) + "\n"


def _percentile(values: Mapping[str, Sequence[float]], section: str, percent: int) -> float:
    found = values.get(section, ())
    if len(found) < LEAST:
        raise ValueError(f"{section}: {len(found)} are too few for a threshold, {LEAST} are needed")
    return quantiles(found, n=100, method="inclusive")[percent - 1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit status."""
    parser = argparse.ArgumentParser(description="Write the thresholds of the rules on style from the corpus.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the table is stale")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpora", help="default: corpora of this checkout")
    parser.add_argument("--table", type=Path, default=TABLE, help="default: docnlp/rules/sty_levels.toml")
    options = parser.parse_args(arguments)
    corpus = load_corpus([options.corpus])
    content = table(measure(corpus), len(corpus))
    if not options.check:
        options.table.write_text(content, encoding="utf-8", newline="\n")
        print(f"{len(corpus)} documents measured, {options.table} written")
        return 0
    if options.table.is_file() and options.table.read_text(encoding="utf-8") == content:
        return 0
    print(f"stale: {options.table}\nrun: python tools/gen_sty_levels.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
