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
from docnlp.analysis.slogan_candidates import Candidate, candidates
from docnlp.analysis.slogan_features import plain, shape_features, word_features
from docnlp.document.model import Document
from docnlp.errors import ModelError
from docnlp.text.folding import fold
from docnlp.text.terms import TermMatcher

#: Columns of the model: whether it is a slogan, the gate for runs, then the types.
LABELS = ("slogan", "gate", "numeric", "campaign", "parallel", "policy")
_FOLDER = Path(__file__).parent
_QUOTES = "“”‘’\""
_QUOTE = re.compile(f"[{_QUOTES}]")
_NO_QUOTES = dict.fromkeys(map(ord, _QUOTES))
_NO_FIGURE = tuple("第周期十百0123456789")
_LISTS = ("slogans_policy.toml", "slogans_names.toml")


@lru_cache(maxsize=1)
def word_list() -> TermMatcher[str]:
    """The shipped word list: set phrases with their type, folded, every 、 as a comma, without quotes."""
    terms: dict[str, str] = {}
    for name in _LISTS:
        for kind, table in tomllib.loads((_FOLDER / name).read_text(encoding="utf-8")).items():
            for term in _folded("\n".join(table["terms"])).split("\n"):
                terms.setdefault(term, kind)
    return TermMatcher(terms)


@lru_cache(maxsize=1)
def members() -> frozenset[str]:
    """The single phrases of the runs in the word list."""
    return frozenset(
        phrase for term, kind in word_list().items() if kind == "parallel" and "," in term for phrase in term.split(",") if len(phrase) > 2
    )


def _folded(text: str) -> str:
    return fold(text).replace("、", ",").translate(_NO_QUOTES)


def term_hits(document: Document) -> list[tuple[int, int, str]]:
    """Occurrences of the word list in a document: start, end, type.

    Quotes are passed over, inside a phrase (“六五”普法) as around it; those around it are taken along. 周五, 第三 and
    the like are no beginning of a figure.
    """
    folded = document.folded
    bare = _folded(folded)
    # for each quote, how many other characters stand before it
    before = [m.start() - n for n, m in enumerate(_QUOTE.finditer(folded))]
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
        out.append((a, b, kind))
    return out


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
        folded = document.folded.replace("\n", " ")
        hits = term_hits(document)
        terms = {(start, end): kind for start, end, kind in hits}
        known = members()
        worth, gate = self._worth.get, self._gate.get
        bias, gate_bias, gate_floor = self._model.bias[0], self._model.bias[1], self._gate_floor
        out = []
        for c in candidates(document, hits):
            features: list[str] = []
            if c.source == "r":
                features = shape_features(folded, c)
                if gate_bias + sum(filter(None, map(gate, features))) < gate_floor:
                    continue
            features += word_features(folded, c, terms.get((c.start, c.end)), known)
            score = bias + sum(filter(None, map(worth, features)))
            if score > self._floor:
                out.append((score, c, features))
        return out


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
