"""Training the section model: a linear classifier for blocks and transitions for their sequence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from docnlp.analysis.base import SECTIONS
from docnlp.analysis.features import block_features, relation
from docnlp.analysis.lexicon import section_lexicon
from docnlp.document.build import build
from docnlp.document.model import Block, Document, Part
from docnlp.readers.plain import source_from_text
from docnlp.training.markup import CorpusDocument, GoldBlock

LABELS = tuple(s for s in SECTIONS if s != "frame")


@dataclass(frozen=True)
class Sequence_:
    """One part as the model sees it: features, blocks, labels; frame blocks left out."""

    group: str
    document: str
    features: list[list[str]]
    blocks: list[Block]
    labels: list[str]
    sizes: list[int]


def sequences(corpus: Iterable[CorpusDocument], genre: str | None = None) -> list[Sequence_]:
    """Training sequences of a corpus: the blocks our parser finds, with the labels of the annotation.

    A block gets the label that most of its characters have; blocks that the annotation calls frame are left out.
    """
    lexicon = section_lexicon()
    out: list[Sequence_] = []
    for item in corpus:
        document = build(source_from_text(item.text, f"{item.meta['id']}.txt"))
        gold = _labels_of(document, item.blocks)
        for part in document.parts:
            name = _genre(item, part)
            features = block_features(document, part, name, lexicon)
            chosen = [
                (f, b, gold[part.first + i])
                for i, (f, b) in enumerate(zip(features, document.blocks[part.first : part.last], strict=True))
                if b.kind in ("heading", "body") and gold[part.first + i] in LABELS
            ]
            if chosen:
                out.append(
                    Sequence_(
                        item.meta["group"], item.meta["id"], [c[0] for c in chosen], [c[1] for c in chosen], [str(c[2]) for c in chosen],
                        [c[1].end - c[1].start for c in chosen],
                    )  # fmt: skip
                )
    return out


def _genre(item: CorpusDocument, part: Part) -> str:
    index = [p.first for p in item.parts]
    starts = [item.blocks[i].start for i in index]
    best = max((i for i, s in enumerate(starts) if s <= part.start + 3), default=0)
    return item.parts[best].genre


def _labels_of(document: Document, gold: Sequence[GoldBlock]) -> list[str | None]:
    out: list[str | None] = []
    for block in document.blocks:
        votes: Counter[str] = Counter()
        for g in gold:
            if g.start >= block.end:
                break
            shared = min(g.end, block.end) - max(g.start, block.start)
            if shared > 0:
                votes[g.section] += shared
        out.append(votes.most_common(1)[0][0] if votes else None)
    return out


def transitions(data: Sequence[Sequence_], smooth: float = 0.5) -> dict[str, list[list[float]]]:
    """Log probability of a label after another, for each relation between neighbouring blocks.

    Returns:
        Relation to a matrix [before][label]; for the relations at the start the first row counts.
    """
    counts: dict[str, list[list[float]]] = defaultdict(lambda: [[smooth] * len(LABELS) for _ in LABELS])
    for s in data:
        before: int | None = None
        last: Block | None = None
        for block, label in zip(s.blocks, s.labels, strict=True):
            k = LABELS.index(label)
            counts[relation(last, block)][before or 0][k] += 1
            before, last = k, block
    return {r: [[log(c / sum(row)) for c in row] for row in m] for r, m in counts.items()}
