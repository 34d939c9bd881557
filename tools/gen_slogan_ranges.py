"""Write docnlp/rules/sty.toml, the ranges of slogan density that STY001 judges by, or check that it is fresh.

    python tools/gen_slogan_ranges.py            # measure corpora/ with the shipped extractor, write the table
    python tools/gen_slogan_ranges.py --check    # exit 1 where the table is stale

Sections are as annotated; slogans are as the extractor finds them, since that is what a check compares.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import quantiles

from docnlp.analysis import analyse
from docnlp.analysis.base import SECTIONS
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text
from docnlp.rules.protected import protected_spans
from docnlp.rules.sty import COUNTED_WITH, GENRES, Density, count, sections
from docnlp.text.spans import SpanSet
from docnlp.training.markup import CorpusDocument, load_corpus

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docnlp" / "rules" / "sty.toml"

# A section counts from this size on; half of what a check asks for, so that every section has enough of them.
CHARACTERS = 100

# A range needs this many sections.
LEAST = 30


def measure(corpus: Iterable[CorpusDocument]) -> dict[str, list[Density]]:
    """The sections of the corpus that are long enough, with their slogans counted.

    Args:
        corpus: Annotated documents; parts of a genre that STY001 does not judge are left out.
    """
    found: dict[str, list[Density]] = defaultdict(list)
    for annotated in corpus:
        document = build(source_from_text(annotated.text, f"{annotated.meta['id']}.txt"))
        protected = SpanSet(protected_spans(document))
        blocks = annotated.blocks
        long = [
            density
            for density in sections(blocks, [b.section for b in blocks], protected)
            if density.characters >= CHARACTERS and annotated.parts[density.part].genre in GENRES
        ]
        count(long, blocks, analyse(document).slogans, protected)
        for density in long:
            found[density.section].append(density)
    return found


def table(measured: Mapping[str, Sequence[Density]], documents: int) -> str:
    """The table as TOML.

    Args:
        measured: Section to what was measured.
        documents: How many documents the corpus has.

    Raises:
        ValueError: A section occurs too seldom for a range.
    """
    merged = "，".join(f"{rare} 并入 {section}" for rare, section in COUNTED_WITH.items())
    out = [
        "# 各部分口号密度的常见范围（从 5% 位到 95% 位），规则 STY001 用它的上限。",
        "# 由 tools/gen_slogan_ranges.py 算出：部分照语料的标注，口号由随附的提取器找。不要手改；语料或提取器变了就重新生成。",
        f"# 语料 {documents} 份文件；文种 {'、'.join(GENRES)}；只算 {CHARACTERS} 字以上的部分；{merged}。",
        "# sections 算了几处；rate 每千字的口号条数；share 口号占字数的比例。",
    ]
    for section in (s for s in SECTIONS if s != "frame" and s not in COUNTED_WITH):
        found = measured.get(section, ())
        if len(found) < LEAST:
            raise ValueError(f"{section}: {len(found)} sections are too few for a range, {LEAST} are needed")
        rate = _range([d.rate for d in found])
        share = _range([d.share for d in found])
        out += ["", f"[{section}]", f"sections = {len(found)}"]
        out += [f"rate = [{rate[0]:.1f}, {rate[1]:.1f}]", f"share = [{share[0]:.3f}, {share[1]:.3f}]"]
    return "\n".join(out) + "\n"


def _range(values: Sequence[float]) -> tuple[float, float]:
    """5th and 95th percentile."""
    cuts = quantiles(values, n=20, method="inclusive")
    return cuts[0], cuts[-1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit status."""
    parser = argparse.ArgumentParser(description="Write the ranges of slogan density from the corpus.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the table is stale")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpora", help="default: corpora of this checkout")
    parser.add_argument("--table", type=Path, default=TABLE, help="default: docnlp/rules/sty.toml of this checkout")
    options = parser.parse_args(arguments)
    corpus = load_corpus([options.corpus])
    content = table(measure(corpus), len(corpus))
    if not options.check:
        options.table.write_text(content, encoding="utf-8", newline="\n")
        print(f"{len(corpus)} documents measured, {options.table} written")
        return 0
    if options.table.is_file() and options.table.read_text(encoding="utf-8") == content:
        return 0
    print(f"stale: {options.table}\nrun: python tools/gen_slogan_ranges.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
