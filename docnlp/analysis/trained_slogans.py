"""The trained slogan extractor: every candidate gets a score, the best set that does not overlap is taken."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import cast

from docnlp.analysis.base import AnalysisOptions, Slogan, SloganType
from docnlp.analysis.linear import LinearModel, load
from docnlp.analysis.shelf import load_once
from docnlp.analysis.slogan_candidates import Candidate, block_candidates, blocks_with
from docnlp.analysis.slogan_features import (
    PAIR,
    Shape,
    inner_shape,
    pair_features,
    pairs_of,
    plain,
    shape,
    side_features,
    word_features,
)
from docnlp.document.model import Document
from docnlp.errors import ModelError
from docnlp.text.folding import fold
from docnlp.text.terms import TermMatcher

#: Columns of the model: whether it is a slogan, the gate for runs, then the types.
LABELS = ("slogan", "gate", "numeric", "campaign", "parallel", "policy")
_FOLDER = Path(__file__).parent
_QUOTE = re.compile("[“”‘’\"]")
_NO_FIGURE = tuple("第周期十百0123456789")
_MOST_SHAPES, _MOST_BLOCKS = 20_000, 2000  # that are kept
_BEFORE, _BEHIND = 2, 4  # characters around a candidate that its features look at
_LISTS = ("slogans_policy.toml", "slogans_names.toml")


@lru_cache(maxsize=1)
def word_list() -> TermMatcher[str]:
    """The shipped word list: set phrases with their type, folded, every 、 as a comma, without quotes."""
    terms: dict[str, str] = {}
    for name in _LISTS:
        for kind, table in tomllib.loads((_FOLDER / name).read_text(encoding="utf-8")).items():
            for term in _bare(fold("\n".join(table["terms"]))).split("\n"):
                terms.setdefault(term, kind)
    return TermMatcher(terms)


@lru_cache(maxsize=1)
def members() -> frozenset[str]:
    """The single phrases of the runs in the word list."""
    return frozenset(
        phrase for term, kind in word_list().items() if kind == "parallel" and "," in term for phrase in term.split(",") if len(phrase) > 2
    )


def _bare(folded: str) -> str:
    return _QUOTE.sub("", folded.replace("、", ","))


def term_hits(document: Document) -> list[tuple[int, int, str]]:
    """Occurrences of the word list in a document: start, end, type.

    Quotes are passed over, inside a phrase (“六五”普法) as around it; those around it are taken along, straight ones too,
    of which every other one in a line opens. 周五, 第三 and the like are no beginning of a figure.
    """
    folded = document.folded
    bare = _bare(folded)
    # for each quote, how many other characters stand before it
    before = [m.start() - n for n, m in enumerate(_QUOTE.finditer(folded))]
    straight = '"' in folded
    out = []
    for start, end, kind in word_list().find(bare):
        if kind == "numeric" and bare[start - 1 : start] in _NO_FIGURE:
            continue
        a, b = start + bisect_right(before, start), end + bisect_right(before, end - 1)
        opened, closed = folded.count("“", a, b), folded.count("”", a, b)
        if folded[a - 1 : a] == "“" and closed >= opened and (closed > opened or folded[b : b + 1] == "”"):
            a -= 1
            opened += 1
        if folded[b : b + 1] == "”" and opened > closed:
            b += 1
        if straight:
            a, b = _with_straight(folded, a, b)
        out.append((a, b, kind))
    return out


def _with_straight(folded: str, a: int, b: int) -> tuple[int, int]:
    """A stretch with the straight quotes that belong to it."""
    line = folded.rfind("\n", 0, a) + 1
    closes = folded[b : b + 1] == '"'
    if folded[a - 1 : a] == '"' and folded.count('"', line, a) % 2 and (folded.count('"', a, b) % 2 or closes):
        a -= 1
    if closes and folded.count('"', a, b) % 2:
        b += 1
    return a, b


class TrainedSlogans:
    """Slogans by a trained model.

    Args:
        model: Loaded with `load_slogans`.
        options: Allowed words, which are no slogans.
    """

    def __init__(self, model: LinearModel, options: AnalysisOptions) -> None:
        self._model = model
        self._worth = model.column(0)
        self._gate = model.column(1)
        self._pairs, self._shapes, self._blocks = model.derived(_pairs), model.derived(_shapes), model.derived(_blocks)
        self._gate_floor = float(model.meta["gate"])
        self._floor = float(model.meta["threshold"])
        self._slope, self._shift = (float(x) for x in model.meta["calibration"])
        self._allow = frozenset(plain(w) for w in options.allow)

    def slogans(self, document: Document) -> Sequence[Slogan]:
        """Slogans in order; they do not overlap. Their score is the calibrated probability of being one."""
        out = []
        for odds, c, features in self._chosen(document):
            if self._allow and plain(document.text[c.start : c.end]) in self._allow:
                continue
            types = self._model.scores(features)[2:]
            kind = cast("SloganType", LABELS[2 + types.index(max(types))])
            out.append(Slogan(c.start, c.end, kind, round(1 / (1 + exp(min(700.0, -(self._slope * odds + self._shift)))), 3)))
        return out

    def chosen(self, document: Document) -> list[tuple[float, Candidate]]:
        """The candidates that are taken, with their log-odds."""
        return [(odds, c) for odds, c, _ in self._chosen(document)]

    def _chosen(self, document: Document) -> list[tuple[float, Candidate, list[str]]]:
        gains = [(score - self._floor, c, features) for score, c, features in self.scored(document)]
        return [(gain + self._floor, c, features) for gain, c, features in choose(gains)]

    def scored(self, document: Document) -> list[tuple[float, Candidate, list[str]]]:
        """Candidates at or above the threshold with their log-odds and features."""
        original = document.folded
        folded = original.replace("\n", " ")
        known = self._blocks
        out = []
        for block, begin, hits in blocks_with(document, term_hits(document)):
            # what is said of a block depends on this alone; whole paragraphs come again in many reports
            key = (
                block.kind,
                original[max(0, begin - _BEFORE) : begin],
                original[begin : block.end + _BEHIND],
                block.end - begin,
                *[(start - begin, end - begin, kind) for start, end, kind in hits],
            )
            seen = known.get(key)
            if seen is None:
                if len(known) >= _MOST_BLOCKS:
                    known.clear()
                scored = self._scored(folded, block_candidates(original, block, begin, hits), hits)
                known[key] = begin, scored
                out += scored
            else:
                out += [(score, _moved(c, begin - seen[0]), features) for score, c, features in seen[1]]
        return out

    def _scored(self, folded: str, found: Iterable[Candidate], hits: Iterable[tuple[int, int, str]]) -> list[tuple[float, Candidate, list[str]]]:
        """See `scored`; for some candidates and the terms among them."""
        terms = {(start, end): kind for start, end, kind in hits}
        known = members()
        worth, gate, pair = self._worth.get, self._gate.get, self._pairs.get
        bias, gate_floor, shapes = self._model.bias[0], self._gate_floor, self._shapes
        out = []
        for c in found:
            run: list[str] = []
            score = bias
            if c.source == "r":
                own, left, right = shape(folded, c)
                odds, value, inside = shapes.get(own) or self._judged(own)
                sides = side_features(left, right, c.clean)
                if odds + gate(sides[0], 0.0) + gate(sides[1], 0.0) < gate_floor:
                    continue
                run = inside + sides
                score += value + sum(filter(None, map(worth, sides)))
            features, words = word_features(folded, c, terms.get((c.start, c.end)), known)
            score += sum(filter(None, map(worth, features))) + sum(filter(None, map(pair, pairs_of(words))))
            if score > self._floor:
                out.append((score, c, [*run, *features, *pair_features(words)]))
        return out

    def _judged(self, own: Shape) -> tuple[float, float, list[str]]:
        """What a shape weighs at the gate, with its bias, and in the judgement; its features."""
        features = inner_shape(own)
        odds, value = (sum(filter(None, map(column.get, features))) for column in (self._gate, self._worth))
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        judged = self._shapes[own] = self._model.bias[1] + odds, value, features
        return judged


def _moved(c: Candidate, by: int) -> Candidate:
    return c._replace(start=c.start + by, end=c.end + by, pieces=tuple([(a + by, b + by) for a, b in c.pieces]))


def _blocks(_: LinearModel) -> dict[tuple[object, ...], tuple[int, list[tuple[float, Candidate, list[str]]]]]:
    """Where blocks are kept: where their words began and their candidates there."""
    return {}


def _shapes(_: LinearModel) -> dict[Shape, tuple[float, float, list[str]]]:
    """Where shapes are kept that were judged."""
    return {}


def _pairs(model: LinearModel) -> dict[str, float]:
    """Weights of pairs of characters in the judgement."""
    return {name[1:]: weight for name, weight in model.column(0).items() if len(name) == 3 and name[0] == PAIR}


def choose(scored: Iterable[tuple[float, Candidate, list[str]]]) -> list[tuple[float, Candidate, list[str]]]:
    """The candidates that do not overlap and have the highest sum of gains: weighted interval scheduling.

    Args:
        scored: Gain (above zero), candidate and whatever goes with it.
    """
    items = sorted(scored, key=lambda item: (item[1].end, item[1].start))
    ends = [c.end for _, c, _ in items]
    best = [0.0]
    before: list[int] = []
    for n, (gain, c, _) in enumerate(items):
        j = bisect_right(ends, c.start, 0, n)
        before.append(j if best[j] + gain > best[-1] else -1)
        best.append(max(best[j] + gain, best[-1]))
    out = []
    i = len(items)
    while i:
        if before[i - 1] >= 0:
            out.append(items[i - 1])
            i = before[i - 1]
        else:
            i -= 1
    return out[::-1]


def forget(model: LinearModel) -> None:
    """Forget the blocks that have been seen; what is said of them stays the same, but takes its full time again."""
    model.derived(_blocks).clear()


def load_slogans(folder: Path) -> LinearModel:
    """The slogan model of a models folder.

    Args:
        folder: Where `slogans.model` lies.

    Raises:
        ModelError: Missing, damaged, altered, of a newer format, or for something else.
    """
    return load_once("slogans", folder, _read)


def _read(path: Path) -> LinearModel:
    model = load(path, "slogans")
    calibration = model.meta.get("calibration")
    if (
        model.labels != LABELS
        or not all(isinstance(model.meta.get(key), float) for key in ("gate", "threshold"))
        or not (isinstance(calibration, list) and len(calibration) == 2 and all(isinstance(x, float) for x in calibration))
    ):
        raise ModelError("模型文件里的内容不全", "请重新训练", str(path))
    return model
