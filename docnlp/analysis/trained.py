"""The trained section model: a linear score for each block, then the best sequence of labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from operator import sub
from pathlib import Path
from typing import NamedTuple, cast

from docnlp.analysis.base import SECTIONS, AnalysisOptions, GenreLabel, Section, SectionLabel
from docnlp.analysis.cues import Cues
from docnlp.analysis.features import Features, block_features, grams_of, relation, words_of
from docnlp.analysis.lexicon import section_lexicon
from docnlp.analysis.linear import LinearModel, load, log_softmax
from docnlp.analysis.sections import LexiconSections
from docnlp.analysis.shelf import load_once
from docnlp.document.model import Block, Document, Part
from docnlp.errors import ModelError

_LEAST, _LOWEST = 1e-9, log(1e-9)
_MOST_TEXTS = 4000  # whose weights are kept
_FRAME = SectionLabel("frame", 1.0)


class TrainedSections:
    """Labels from a trained model.

    Args:
        model: Loaded with `load_sections`.
        options: The user's wordings: a heading that carries one has that section, whatever the model thinks.
    """

    def __init__(self, model: LinearModel, options: AnalysisOptions) -> None:
        self._model = model
        self._rough = LexiconSections(options)
        self._lexicon = section_lexicon(options.wordings)
        self._shipped = section_lexicon()
        self._own = frozenset(options.wordings) if options.wordings else frozenset()
        self._prior = cast("list[float]", model.meta["prior"])
        self._alpha = float(model.meta["alpha"])
        self._columns, self._weighed = model.derived(_columns), model.derived(_weighed)
        self._temperature = float(model.meta["temperature"])

    def sections(self, document: Document, part: Part, genre: GenreLabel) -> Sequence[SectionLabel]:
        """One label for each block of the part."""
        blocks = document.blocks[part.first : part.last]
        cues = Cues(document, self._shipped)
        rough = self._rough.labels(document, part, genre, cues)
        features = block_features(document, part, genre.genre, self._shipped, cues, rough)
        real = [i for i, b in enumerate(blocks) if b.kind in ("heading", "body")]
        logs = self._logs([features[i] for i in real])
        out = [_FRAME] * len(blocks)
        for i, k, row in zip(real, self._best(logs, [blocks[i] for i in real]), logs, strict=True):
            out[i] = self._label(rough[i], k, row)
        if self._own:
            self._user_wordings(document, blocks, out)
        return out

    def _logs(self, features: Iterable[Features]) -> list[list[float]]:
        """Logarithms of the probabilities of the labels, one row a block."""
        model, weighed = self._model, self._weighed
        if len(weighed) > _MOST_TEXTS:
            weighed.clear()
        out = []
        for names, texts in features:
            total = model.packed(names)
            for key in texts:
                weight = weighed.get(key)
                if weight is None:
                    weight = weighed[key] = model.packed((), [(key[0], grams_of(*key))])
                total += weight
            out.append(log_softmax(model.unpacked(total), _LOWEST))
        return out

    def decode(self, emissions: Sequence[Sequence[float]], blocks: Sequence[Block]) -> list[int]:
        """Most probable sequence of labels (Viterbi).

        Args:
            emissions: Probabilities of the labels, one row a block.
            blocks: The blocks, headings and bodies only.

        Returns:
            Indices of labels, one a block.
        """
        return self._best([[log(p) if p > _LEAST else _LOWEST for p in row] for row in emissions], blocks)

    def _best(self, logs: Sequence[Sequence[float]], blocks: Sequence[Block]) -> list[int]:
        """See `decode`; takes logarithms."""
        if not blocks:
            return []
        size = len(self._model.labels)
        labels = range(size)
        prior = [self._alpha * q for q in self._prior]
        best: list[float] = []
        back: list[list[int]] = []
        for t, block in enumerate(blocks):
            table = self._columns.get(relation(blocks[t - 1] if t else None, block))
            emission = list(map(sub, logs[t], prior))
            if t == 0:
                best = [e + (table.columns[k][0] if table else 0.0) for k, e in enumerate(emission)]
                continue
            highest = max(best)
            top = best.index(highest)
            if table is None:
                back.append([top] * size)
                best = [highest + e for e in emission]
                continue
            # a label so far behind the best that no transition makes up for it leads nowhere
            reach = highest - table.reach[top]
            open_ = [k for k in labels if best[k] >= reach]
            if len(open_) == 1:
                back.append([top] * size)
                best = [highest + column[top] + own for column, own in zip(table.columns, emission, strict=True)]
                continue
            pointers: list[int] = []
            scores: list[float] = []
            for column, own in zip(table.columns, emission, strict=True):
                reached = [best[k] + column[k] for k in open_]
                top_score = max(reached)
                pointers.append(open_[reached.index(top_score)])
                scores.append(top_score + own)
            back.append(pointers)
            best = scores
        path = [max(labels, key=best.__getitem__)]
        for pointers in reversed(back):
            path.append(pointers[path[-1]])
        path.reverse()
        return path

    def _label(self, rough: SectionLabel, k: int, logs: Sequence[float]) -> SectionLabel:
        """The label with its calibrated confidence; the lexicon's reason where it says the same."""
        section = cast("Section", self._model.labels[k])
        own, heat = logs[k], self._temperature
        confidence = 1 / sum([exp((x - own) / heat) for x in logs])
        reason = rough.reason if rough.section == section else ""
        return SectionLabel(section, round(confidence, 3), reason or "据标题、用词、位置和上下文判断")

    def _user_wordings(self, document: Document, blocks: Sequence[Block], out: list[SectionLabel]) -> None:
        """Where a heading carries a user's wording, it and what stands under it get that section."""
        own: tuple[int, SectionLabel] | None = None
        for i, block in enumerate(blocks):
            if block.kind == "heading":
                found = self._lexicon.match_heading(words_of(document, block, 40))
                if own and (block.level or 1) <= own[0]:
                    own = None
                if found and found.words not in self._shipped.wordings and found.section in self._own:
                    own = (block.level or 1, SectionLabel(cast("Section", found.section), 0.97, f"标题里有“{found.words}”"))
            if own and block.kind in ("heading", "body"):
                out[i] = own[1]


def _weighed(_: LinearModel) -> dict[tuple[str, str], int]:
    """Where the weights of texts are kept: headings stand above many blocks, and whole paragraphs come again in many reports."""
    return {}


class _Transitions(NamedTuple):
    """Weighted transitions between the labels of neighbouring blocks.

    Attributes:
        columns: For each label what coming from each label weighs.
        reach: For each label how much more coming from another one can weigh, whatever the next.
    """

    columns: list[list[float]]
    reach: list[float]


def _columns(model: LinearModel) -> Mapping[str, _Transitions]:
    """The transitions of each relation, turned round and weighted."""
    beta = float(model.meta["beta"])
    out = {}
    for relation_, matrix in cast("Mapping[str, list[list[float]]]", model.meta["transitions"]).items():
        columns = [[beta * row[k] for row in matrix] for k in range(len(matrix))]
        tops = [max(column) for column in columns]
        out[relation_] = _Transitions(columns, [max(top - column[k] for top, column in zip(tops, columns, strict=True)) for k in range(len(matrix))])
    return out


def forget(model: LinearModel) -> None:
    """Forget the texts that have been seen; what is said of them stays the same, but takes its full time again."""
    model.derived(_weighed).clear()


def load_sections(folder: Path) -> LinearModel:
    """The section model of a models folder.

    Args:
        folder: Where `sections.model` lies.

    Raises:
        ModelError: Missing, damaged, altered, of a newer format, or for something else.
    """
    return load_once("sections", folder, _read)


def _read(path: Path) -> LinearModel:
    model = load(path, "sections")
    size = len(model.labels)
    try:
        matrices = list(model.meta["transitions"].values())
        rows = [model.bias, model.meta["prior"], *(row for matrix in matrices for row in matrix)]
        fits = (
            all(len(x) == size for x in (*matrices, *rows))
            and all(isinstance(number, float) for row in rows for number in row)
            and all(isinstance(model.meta[key], float) for key in ("alpha", "beta", "temperature"))
            and set(model.labels) < set(SECTIONS)
        )
    except (KeyError, TypeError, AttributeError):
        fits = False
    if not fits:
        raise ModelError("模型文件里的内容不全", "请重新训练", str(path))
    return model
