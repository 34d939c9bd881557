"""Training the section model: a linear classifier for blocks and transitions for their sequence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import cast

from docnlp.analysis.base import SECTIONS, AnalysisOptions, Genre, GenreLabel
from docnlp.analysis.cues import Cues
from docnlp.analysis.features import block_features, relation
from docnlp.analysis.lexicon import section_lexicon
from docnlp.analysis.linear import LinearModel, pack, softmax, unpack
from docnlp.analysis.sections import LexiconSections
from docnlp.analysis.trained import TrainedSections
from docnlp.document.build import build
from docnlp.document.model import Block, Document, Part
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training import logistic
from docnlp.training.augment import variants
from docnlp.training.markup import CorpusDocument, GoldBlock

#: Weights smaller than this are left out of the file, unless the trainer is told otherwise.
PRUNE = 0.02
LABELS = tuple(s for s in SECTIONS if s != "frame")


@dataclass(frozen=True)
class Sample:
    """One part as the model sees it, frame blocks left out.

    Attributes:
        group: Author group of the document.
        document: Its identifier.
        features: Of each block, see `docnlp.analysis.features`.
        blocks: The blocks.
        labels: Their sections as annotated.
        sizes: Their characters.
        rough: What the lexicon model says of them, with its confidence, for comparison.
    """

    group: str
    document: str
    features: list[list[str]]
    blocks: list[Block]
    labels: list[str]
    sizes: list[int]
    rough: list[tuple[str, float]]


def sequences(corpus: Iterable[CorpusDocument]) -> list[Sample]:
    """Training sequences of a corpus: the blocks our parser finds, with the labels of the annotation.

    A block gets the label that most of its characters have; blocks that the annotation calls frame are left out. The
    genre is the annotated one.
    """
    lexicon = section_lexicon()
    out: list[Sample] = []
    for item in corpus:
        document = build(source_from_text(item.text, f"{item.meta['id']}.txt"))
        gold = _labels_of(document, item.blocks)
        for part in document.parts:
            name = _genre(item, part)
            label = GenreLabel(cast("Genre", name), None, 1.0)
            cues = Cues(document, lexicon)
            labelled = LexiconSections(AnalysisOptions()).labels(document, part, label, cues)
            rough = [(x.section, x.confidence) for x in labelled]
            features = block_features(document, part, name, lexicon, cues, labelled)
            chosen = [
                (f.spelt(), b, gold[part.first + i], rough[i])
                for i, (f, b) in enumerate(zip(features, document.blocks[part.first : part.last], strict=True))
                if b.kind in ("heading", "body") and gold[part.first + i] in LABELS
            ]
            if chosen:
                f, b, labels, lexical = (list(column) for column in zip(*chosen, strict=True))
                out.append(Sample(item.meta["group"], item.meta["id"], f, b, labels, [x.end - x.start for x in b], lexical))
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


def transitions(data: Sequence[Sample], smooth: float = 0.5) -> dict[str, list[list[float]]]:
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


@dataclass(frozen=True)
class Scores:
    """How well labels fit: share of characters that are right, and the mean F1 over the classes that occur."""

    accuracy: float
    macro_f1: float
    f1: dict[str, float]


def score(data: Sequence[Sample], predicted: Sequence[Sequence[str]]) -> Scores:
    """Compare labels by characters.

    Args:
        data: Sequences with the right labels.
        predicted: One list of labels a sequence.
    """
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for s, labels in zip(data, predicted, strict=True):
        for right, got, size in zip(s.labels, labels, s.sizes, strict=True):
            table[right][got] += size
    total = sum(sum(row.values()) for row in table.values())
    f1 = {}
    for label, row in table.items():
        found = sum(r[label] for r in table.values())
        f1[label] = 2 * row[label] / (found + sum(row.values()))
    accuracy = sum(table[label][label] for label in table) / total if total else 0.0
    return Scores(accuracy, sum(f1.values()) / len(f1) if f1 else 0.0, f1)


def by_group(data: Sequence[Sample], predicted: Sequence[Sequence[str]]) -> dict[str, Scores]:
    """`score` for each author group, sorted by its name."""
    out: dict[str, Scores] = {}
    for group in sorted({s.group for s in data}):
        chosen = [(s, p) for s, p in zip(data, predicted, strict=True) if s.group == group]
        out[group] = score([s for s, _ in chosen], [p for _, p in chosen])
    return out


def majority(data: Sequence[Sample]) -> list[list[str]]:
    """The baseline that gives every block the label most characters of the data have."""
    sizes: Counter[str] = Counter()
    for s in data:
        for label, size in zip(s.labels, s.sizes, strict=True):
            sizes[label] += size
    top = max(sizes, key=lambda label: (sizes[label], label), default="")
    return [[top] * len(s.labels) for s in data]


def by_lexicon(data: Sequence[Sample]) -> list[list[str]]:
    """What the lexicon model says."""
    return [[label for label, _ in s.rough] for s in data]


class SectionTrainer:
    """Fits the classifier and makes the model file.

    Args:
        strength: Inverse of the L2 penalty of the logistic regression.
        rare: Features of fewer blocks are left out.
        alpha: How much of the log prior is taken off a block's log probability before decoding.
        beta: Weight of the transitions.
        prune: Weights smaller than this are left out of the file.
    """

    def __init__(self, strength: float = 0.2, rare: int = 2, alpha: float = 0.5, beta: float = 0.15, prune: float = PRUNE) -> None:
        self.strength, self.rare, self.alpha, self.beta, self.prune = strength, rare, alpha, beta, prune

    def fit(self, data: Sequence[Sample], temperature: float = 1.0) -> bytes:
        """A model file from training sequences; the same data give the same bytes on one machine and release of
        scikit-learn.

        Args:
            data: Sequences, those of variants among them.
            temperature: What log probabilities are divided by for the confidence; see `logistic.temperature`.

        Raises:
            DocnlpError: The data do not show two sections.
        """
        if len({label for s in data for label in s.labels}) < 2:
            raise DocnlpError("语料里标出的部分不到两种，训练不出模型", "请再加些标好的文稿")
        fitted = self.classifier(data)
        rows: dict[str, list[tuple[int, float]]] = {}
        bias = [0.0 if label in fitted.classes else -20.0 for label in LABELS]
        for label, intercept, weights in fitted.rows():
            bias[LABELS.index(label)] = intercept
            logistic.store(rows, fitted.names, weights, LABELS.index(label), self.prune)
        labels = [label for s in data for label in s.labels]
        prior = [log((labels.count(label) + 1) / len(labels)) for label in LABELS]
        meta = {
            "transitions": {r: [[round(x, 4) for x in row] for row in m] for r, m in sorted(transitions(data).items())},
            "prior": [round(p, 4) for p in prior], "alpha": float(self.alpha), "beta": float(self.beta), "temperature": float(temperature),
            "groups": sorted({s.group for s in data}), "blocks": len(labels),
        }  # fmt: skip
        return pack("sections", LABELS, bias, rows, meta)

    def classifier(self, data: Sequence[Sample]) -> logistic.Fitted:
        """The fitted classifier of blocks."""
        features = [row for s in data for row in s.features]
        return logistic.fit(features, [label for s in data for label in s.labels], self.strength, self.rare)


def predict(model: LinearModel, data: Sequence[Sample]) -> list[list[str]]:
    """Labels of sequences by a packed model, as in use."""
    sections = TrainedSections(model, AnalysisOptions())
    return [
        [model.labels[k] for k in sections.decode([softmax(model.scores(f)) for f in s.features], s.blocks)] for s in data
    ]


#: How often `train` tells what comes next.
STEPS = 3


def train(corpus: Sequence[CorpusDocument], progress: Callable[[str], None] = lambda _: None) -> bytes:
    """A model file from documents and their variants, with calibrated confidence.

    The temperature comes from a model that has not seen every third author group; 1 where there are fewer than three.

    Args:
        corpus: The documents.
        progress: Told what comes next.

    Raises:
        DocnlpError: The documents do not show two sections.
    """
    progress("部分：造变体、取特征")
    data, more = sequences(corpus), sequences(variants(corpus))
    trainer = SectionTrainer()
    rest = set(sorted({s.group for s in data})[1::3])
    heat = 1.0
    inside = [s for s in data if s.group in rest]
    outside = [s for s in (*data, *more) if s.group not in rest]
    progress("部分：校准把握")
    if inside and len({label for s in outside for label in s.labels}) == len({label for s in data for label in s.labels}):
        model = unpack(trainer.fit(outside), "sections")
        odds = [
            {label: log(max(p, 1e-9)) for label, p in zip(model.labels, softmax(model.scores(f)), strict=True)}
            for s in inside
            for f in s.features
        ]
        heat = logistic.temperature(odds, [label for s in inside for label in s.labels])
    progress("部分：训练")
    return trainer.fit([*data, *more], heat)
