"""How well structure is found on annotated documents: `python -m benchmarks.structure corpora/i corpora/j`.

Counts genre, subgenre, headings (start within two characters) and absent required sections (per document and section)
with the shipped lexicon models; sections are scored by `docnlp evaluate`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from docnlp.analysis import analyse
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text
from docnlp.rules.sec import required_sections
from docnlp.training.markup import CorpusDocument, load_corpus


@dataclass
class Count:
    """Found, of these right, and wanted."""

    found: int = 0
    right: int = 0
    wanted: int = 0

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.wanted if self.wanted else 1.0
        return f"准确率 {precision:.3f}  召回率 {recall:.3f}  （报 {self.found}，对 {self.right}，应报 {self.wanted}）"


def measure(documents: list[CorpusDocument]) -> dict[str, Count]:
    """Counts by what is looked for."""
    counts = {name: Count() for name in ("文种", "名称", "标题", "缺少的部分")}
    for item in documents:
        analysis = analyse(build(source_from_text(item.text, f"{item.meta['id']}.txt")))
        for name, got, right in (("文种", analysis.genre.genre, item.meta["genre"]), ("名称", analysis.genre.subgenre, item.meta["subgenre"])):
            counts[name].found += got is not None
            counts[name].right += got == right
            counts[name].wanted += 1
        gold = [b.start for b in item.blocks if b.kind == "heading"]
        mine = [b.start for b in analysis.document.blocks if b.kind == "heading"]
        counts["标题"].found += len(mine)
        counts["标题"].right += sum(any(abs(m - g) <= 2 for g in gold) for m in mine)
        counts["标题"].wanted += len(gold)
        missing = {
            section
            for genre, found in zip(analysis.genres, analysis.presence, strict=True)
            if genre.genre is not None
            for section in required_sections(genre, {})
            if section not in found
        }
        counts["缺少的部分"].found += len(missing)
        counts["缺少的部分"].right += len(missing & set(item.missing))
        counts["缺少的部分"].wanted += len(item.missing)
    return counts


def main() -> None:
    """Print the counts for the folders named."""
    folders = [Path(name) for name in sys.argv[1:]]
    if not folders:
        sys.exit("用法：python -m benchmarks.structure 语料文件夹…")
    documents = load_corpus(folders)
    print(f"{len(documents)} 份")
    for name, count in measure(documents).items():
        print(f"{name}  {count}")


if __name__ == "__main__":
    main()
