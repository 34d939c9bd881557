"""Training the slogan extractor: a gate for the shapes of runs, a judge of candidates, and their types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from docnlp.analysis.base import AnalysisOptions
from docnlp.analysis.linear import pack, unpack
from docnlp.analysis.slogan_candidates import Candidate, candidates
from docnlp.analysis.slogan_features import pair_features, plain, shape_features, word_features
from docnlp.analysis.trained_slogans import LABELS, TrainedSlogans, members, term_hits
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training import logistic
from docnlp.training.markup import CorpusDocument, GoldSlogan
from docnlp.training.scoring import same_phrase

_NO, _YES = "0", "1"


@dataclass(frozen=True)
class Example:
    """A candidate for training.

    Attributes:
        shape: Features of its shape; none where it is no run.
        words: The other features.
        label: Type of the annotated slogan that it is, None where it is none.
        weight: How much it counts.
    """

    shape: list[str]
    words: list[str]
    label: str | None
    weight: float


@dataclass(frozen=True)
class SloganSample:
    """The candidates of one document."""

    group: str
    document: str
    examples: list[Example]


class SloganTrainer:
    """Fits the three classifiers and makes the model file.

    Args:
        strength: Inverse of the L2 penalty.
        rare: Features of fewer candidates are left out.
        near: Weight of a candidate that is a slogan but for its ends, as an example of what is none.
        keep: Share of the annotated slogans that the gate must let pass.
        threshold: Log-odds from which a candidate is taken.
        prune: Weights smaller than this are left out of the file.
    """

    def __init__(
        self, strength: float = 0.5, rare: int = 2, near: float = 0.3, keep: float = 0.99, threshold: float = -1.0, prune: float = 0.02
    ) -> None:
        self.strength, self.rare, self.near, self.keep = strength, rare, near, keep
        self.threshold, self.prune = threshold, prune

    def samples(self, corpus: Iterable[CorpusDocument]) -> list[SloganSample]:
        """The candidates of documents, compared with the annotation."""
        out = []
        for item in corpus:
            document = build(source_from_text(item.text, f"{item.meta['id']}.txt"))
            folded = document.folded.replace("\n", " ")
            hits = term_hits(document)
            terms = {(start, end): kind for start, end, kind in hits}
            examples = [
                Example(
                    shape_features(folded, c) if c.source == "r" else [],
                    _words(folded, c, terms.get((c.start, c.end))),
                    *self._judge(document, c, item.slogans),
                )
                for c in candidates(document, hits)
            ]
            out.append(SloganSample(item.meta["group"], item.meta["id"], examples))
        return out

    def _judge(self, document: Document, c: Candidate, gold: Sequence[GoldSlogan]) -> tuple[str | None, float]:
        """Type of the annotated slogan that a candidate is, and its weight.

        A quoted name may lack the noun behind it that the annotation has.
        """
        mine = plain(document.text[c.start : c.end])
        near = False
        for s in gold:
            if s.start >= c.end:
                break
            if s.end <= c.start:
                continue
            right = plain(document.text[s.start : s.end])
            quoted = c.source == "q" and right.startswith(mine) and abs(s.start - c.start) <= 1
            if mine == right or (quoted and len(mine) >= 0.5 * len(right)):
                return s.type, 1.0
            short, long = sorted((mine, right), key=len)
            near = near or (short in long and len(short) >= 0.6 * len(long))
        return None, self.near if near else 1.0

    def gate(self, data: Sequence[SloganSample]) -> tuple[logistic.Fitted | None, float]:
        """The classifier of shapes and the log-odds that a run must reach; None where the data show no runs."""
        runs = [e for s in data for e in s.examples if e.shape]
        if len({e.label is not None for e in runs}) < 2:
            return None, 0.0
        fitted = logistic.fit([e.shape for e in runs], [_mark(e) for e in runs], 1.0, self.rare, [e.weight for e in runs])
        odds = fitted.classifier.decision_function(logistic.matrix((e.shape for e in runs), fitted.names)).tolist()
        right = sorted(o for o, e in zip(odds, runs, strict=True) if e.label is not None)
        return fitted, round(right[int(len(right) * (1 - self.keep))] - 0.01, 3)

    def judge(self, examples: Sequence[Example]) -> logistic.Fitted:
        """The classifier that tells slogans from the rest."""
        return logistic.fit(
            [e.shape + e.words for e in examples], [_mark(e) for e in examples], self.strength, self.rare, [e.weight for e in examples]
        )

    def types(self, examples: Sequence[Example]) -> logistic.Fitted | None:
        """The classifier of types; None where there is only one."""
        right = [e for e in examples if e.label is not None]
        if len({e.label for e in right}) < 2:
            return None
        return logistic.fit([e.shape + e.words for e in right], [e.label or "" for e in right], self.strength, self.rare)

    def fit(self, data: Sequence[SloganSample], calibrated: tuple[float, float] = (1.0, 0.0)) -> bytes:
        """A model file; the same data give the same bytes on one machine and release of scikit-learn.

        Args:
            data: The candidates.
            calibrated: See `calibration`.

        Raises:
            DocnlpError: The data hold no slogan that the candidates cover.
        """
        gate, floor = self.gate(data)
        rows: dict[str, list[tuple[int, float]]] = {}
        bias = [0.0, 0.0, *[-20.0] * (len(LABELS) - 2)]
        left = [e for s in data for e in s.examples]
        if gate is not None:
            ((_, bias[1], weights),) = gate.rows()
            logistic.store(rows, gate.names, weights, 1, self.prune)
            known = dict(zip(gate.names, weights, strict=True))
            left = [e for e in left if not e.shape or bias[1] + sum(known.get(f, 0.0) for f in e.shape) >= floor]
        if len({e.label is not None for e in left}) < 2:
            raise DocnlpError("语料里没有标口号，训练不出模型", "请在语料里标一些口号，写法见 corpora/README.md")
        judge = self.judge(left)
        ((_, bias[0], weights),) = judge.rows()
        logistic.store(rows, judge.names, weights, 0, self.prune)
        types = self.types(left)
        if types is None:
            bias[LABELS.index(next(e.label for e in left if e.label is not None))] = 0.0
        else:
            for label in types.classes:
                bias[LABELS.index(label)] = 0.0
            for label, intercept, weights in types.rows():
                bias[LABELS.index(label)] = intercept
                logistic.store(rows, types.names, weights, LABELS.index(label), self.prune)
        meta = {
            "threshold": self.threshold, "gate": floor, "calibration": list(calibrated), "groups": sorted({s.group for s in data}),
            "examples": len(left), "slogans": sum(e.label is not None for e in left),
        }  # fmt: skip
        return pack("slogans", LABELS, bias, rows, meta)


def _words(folded: str, c: Candidate, term: str | None) -> list[str]:
    features, words = word_features(folded, c, term, members())
    return [*features, *pair_features(words)]


def _mark(example: Example) -> str:
    return _NO if example.label is None else _YES


#: How often `train` tells what comes next.
STEPS = 3


def train(corpus: Sequence[CorpusDocument], progress: Callable[[str], None] = lambda _: None) -> bytes:
    """A model file from documents, with calibrated confidence.

    The calibration (Platt's) comes from a model that has not seen every third author group.

    Args:
        corpus: The documents.
        progress: Told what comes next.

    Raises:
        DocnlpError: They hold no slogans.
    """
    progress("口号：取候选")
    trainer = SloganTrainer()
    data = trainer.samples(corpus)
    rest = set(sorted({s.group for s in data})[1::3])
    outside = [s for s in data if s.group not in rest]
    progress("口号：校准把握")
    scale = (1.0, 0.0)
    if len(outside) < len(data) and any(e.label for s in outside for e in s.examples):
        model = TrainedSlogans(unpack(trainer.fit(outside), "slogans"), AnalysisOptions())
        scale = calibration(model, [d for d in corpus if d.meta["group"] in rest])
    progress("口号：训练")
    return trainer.fit(data, scale)


def calibration(model: TrainedSlogans, corpus: Iterable[CorpusDocument]) -> tuple[float, float]:
    """Slope and intercept that turn the model's log-odds into those of being an annotated slogan.

    Args:
        model: The model.
        corpus: Documents that it has not seen.

    Returns:
        Rounded to 4 digits; (1, 0) where the model finds nothing, or nothing wrong.
    """
    odds, right = [], []
    for item in corpus:
        document = build(source_from_text(item.text, f"{item.meta['id']}.txt"))
        gold = [item.text[s.start : s.end] for s in item.slogans]
        for score, c in model.chosen(document):
            odds.append(score)
            right.append(any(same_phrase(item.text[c.start : c.end], g) for g in gold))
    if len(set(right)) < 2:
        return 1.0, 0.0
    return logistic.platt(odds, right)
