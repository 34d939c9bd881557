"""The trained section model: a linear score for each block, then the best sequence of labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from operator import add
from pathlib import Path
from typing import cast

from docnlp.analysis.base import SECTIONS, AnalysisOptions, GenreLabel, Section, SectionLabel
from docnlp.analysis.features import block_features, relation, words_of
from docnlp.analysis.lexicon import section_lexicon
from docnlp.analysis.linear import LinearModel, load, softmax
from docnlp.analysis.sections import LexiconSections
from docnlp.analysis.shelf import load_once
from docnlp.document.model import Block, Document, Part
from docnlp.errors import ModelError

_LEAST, _LOWEST = 1e-9, log(1e-9)
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
        self._columns = _columns(model)
        self._temperature = float(model.meta["temperature"])

    def sections(self, document: Document, part: Part, genre: GenreLabel) -> Sequence[SectionLabel]:
        """One label for each block of the part."""
        blocks = document.blocks[part.first : part.last]
        rough = self._rough.sections(document, part, genre)
        features = block_features(document, part, genre.genre, self._shipped, rough)
        real = [i for i, b in enumerate(blocks) if b.kind in ("heading", "body")]
        emissions = [softmax(self._model.scores(features[i])) for i in real]
        path = self.decode(emissions, [blocks[i] for i in real])
        out = [_FRAME] * len(blocks)
        for i, k, probabilities in zip(real, path, emissions, strict=True):
            out[i] = self._label(rough[i], k, probabilities)
        if self._own:
            self._user_wordings(document, blocks, out)
        return out

    def decode(self, emissions: Sequence[Sequence[float]], blocks: Sequence[Block]) -> list[int]:
        """Most probable sequence of labels (Viterbi).

        Args:
            emissions: Probabilities of the labels, one row a block.
            blocks: The blocks, headings and bodies only.

        Returns:
            Indices of labels, one a block.
        """
        if not blocks:
            return []
        size = len(self._model.labels)
        labels = range(size)
        prior = [self._alpha * q for q in self._prior]
        best: list[float] = []
        back: list[list[int]] = []
        for t, block in enumerate(blocks):
            matrix = self._columns.get(relation(blocks[t - 1] if t else None, block))
            emission = [(log(p) if p > _LEAST else _LOWEST) - q for p, q in zip(emissions[t], prior, strict=True)]
            if t == 0:
                best = [e + (matrix[k][0] if matrix else 0.0) for k, e in enumerate(emission)]
                continue
            if matrix is None:
                top = max(labels, key=best.__getitem__)
                back.append([top] * size)
                best = [best[top] + e for e in emission]
                continue
            pointers: list[int] = []
            scores: list[float] = []
            for column, own in zip(matrix, emission, strict=True):
                reached = list(map(add, best, column))
                top_score = max(reached)
                pointers.append(reached.index(top_score))
                scores.append(top_score + own)
            back.append(pointers)
            best = scores
        path = [max(labels, key=best.__getitem__)]
        for pointers in reversed(back):
            path.append(pointers[path[-1]])
        path.reverse()
        return path

    def _label(self, rough: SectionLabel, k: int, probabilities: Sequence[float]) -> SectionLabel:
        """The label with its calibrated confidence; the lexicon's reason where it says the same."""
        section = cast("Section", self._model.labels[k])
        heated = softmax([(log(p) if p > _LEAST else _LOWEST) / self._temperature for p in probabilities])
        reason = rough.reason if rough.section == section else ""
        return SectionLabel(section, round(heated[k], 3), reason or "据标题、用词、位置和上下文判断")

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


def _columns(model: LinearModel) -> Mapping[str, list[list[float]]]:
    """For each relation and label what coming from each label weighs: the transitions, turned round and weighted."""
    beta = float(model.meta["beta"])
    transitions = cast("Mapping[str, list[list[float]]]", model.meta["transitions"])
    return {r: [[beta * row[k] for row in matrix] for k in range(len(matrix))] for r, matrix in transitions.items()}


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
