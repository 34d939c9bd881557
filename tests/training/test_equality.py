"""What the models say without numpy is what scikit-learn says, over every document of corpora/.

The models are trained on two author groups, with every weight kept. Weights lie in the file in steps of 0.001, so a sum
of some hundred of them is a little off. Where two labels, or a score and its threshold, are closer than `TOLERANCE`,
either answer is right; answers that differ there are counted, and there may be few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path

import numpy as np
import pytest

from docnlp.analysis import AnalysisOptions
from docnlp.analysis.base import GenreLabel
from docnlp.analysis.cues import Cues
from docnlp.analysis.features import block_features, grams_of
from docnlp.analysis.lexicon import section_lexicon
from docnlp.analysis.linear import LinearModel, softmax, unpack
from docnlp.analysis.sections import LexiconSections
from docnlp.analysis.slogan_candidates import Candidate, candidates
from docnlp.analysis.slogan_features import shape_features
from docnlp.analysis.trained_slogans import LABELS as COLUMNS
from docnlp.analysis.trained_slogans import TrainedSlogans, choose, forget, term_hits
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.readers.plain import source_from_text
from docnlp.training import genre, logistic
from docnlp.training.markup import CorpusDocument, load_folder
from docnlp.training.sections import LABELS, Sample, SectionTrainer, sequences
from docnlp.training.slogans import SloganTrainer

CORPORA = Path(__file__).parents[2] / "corpora"
#: Author groups that are trained on here.
TRAINED_ON = ("a", "k")
#: How far scores may be off, and how close two of them are called equal: half a step a weight, some hundred weights.
TOLERANCE = 0.06
#: How far probabilities may be off.
PROBABILITY = 0.02
#: Share of the answers that may differ, all of them too close to call.
DIFFERING = 0.001
#: The same where there are only some hundred answers, or where one answer depends on several scores.
FEW = 0.01


class Recorder:
    """Stands in for `logistic.fit` and keeps what it fits."""

    def __init__(self) -> None:
        self.fitted: list[logistic.Fitted] = []
        self.features: list[Sequence[Sequence[str]]] = []
        self._fit = logistic.fit

    def __call__(self, features: Sequence[Sequence[str]], *rest: object) -> logistic.Fitted:
        self.features.append(features)
        self.fitted.append(self._fit(features, *rest))
        return self.fitted[-1]


@pytest.fixture(scope="module")
def corpus() -> list[CorpusDocument]:
    documents = load_folder(CORPORA)
    assert len(documents) >= 320
    assert set(TRAINED_ON) < {d.meta["group"] for d in documents}
    return documents


def differing(found: Sequence[Sequence[float]], fitted: logistic.Fitted, features: Sequence[Sequence[str]]) -> int:
    """How many labels are not those of scikit-learn, all of them too close to call; scores and probabilities must agree.

    Args:
        found: Our scores, one row an example, in the order of `fitted.classes`; of two classes both.
        fitted: scikit-learn's classifier.
        features: Of each example.
    """
    table = logistic.matrix(features, fitted.names)
    wanted = fitted.classifier.decision_function(table)
    if wanted.ndim == 1:
        wanted = np.stack([np.zeros_like(wanted), wanted], axis=1)
    mine = np.array(found)
    assert mine.shape == wanted.shape
    assert np.abs(mine - wanted).max() < TOLERANCE
    probabilities = np.array([softmax(row) for row in found])
    return _labels_differ(probabilities, fitted.classifier.predict_proba(table))


def _labels_differ(mine: np.ndarray, wanted: np.ndarray) -> int:
    """How often the most probable label is another one; the margin must then be within the tolerance."""
    assert mine.shape == wanted.shape
    assert np.abs(mine - wanted).max() < PROBABILITY
    best = np.sort(np.log(wanted), axis=1)
    other = mine.argmax(axis=1) != wanted.argmax(axis=1)
    assert (best[other, -1] - best[other, -2] < TOLERANCE).all()
    return int(other.sum())


# --- sections ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Blocks:
    """The blocks of every document and a classifier trained on some of them."""

    inside: list[Sample]
    features: list[list[str]]
    model: LinearModel
    fitted: logistic.Fitted


@pytest.fixture(scope="module")
def blocks(corpus: list[CorpusDocument]) -> Blocks:
    data = sequences(corpus)
    assert {s.document for s in data} == {d.meta["id"] for d in corpus}
    inside = [s for s in data if s.group in TRAINED_ON]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logistic, "fit", recorder := Recorder())
        model = unpack(SectionTrainer(prune=0).fit(inside), "sections")
    (fitted,) = recorder.fitted
    assert sorted(fitted.classes) == sorted(LABELS)
    return Blocks(inside, [row for s in data for row in s.features], model, fitted)


def test_sections(blocks: Blocks) -> None:
    assert len(blocks.features) > 8000
    order = [blocks.model.labels.index(label) for label in blocks.fitted.classes]
    scores = [[row[k] for k in order] for row in map(blocks.model.scores, blocks.features)]
    assert differing(scores, blocks.fitted, blocks.features) <= DIFFERING * len(scores)


def test_looking_up_characters_in_one_go_finds_the_features_that_are_spelt_out(corpus: list[CorpusDocument], blocks: Blocks) -> None:
    lexicon, count = section_lexicon(), 0
    for item in corpus[::5]:
        document = build(source_from_text(item.text))
        for part in document.parts:
            cues = Cues(document, lexicon)
            rough = LexiconSections(AnalysisOptions()).labels(document, part, GenreLabel("plan", None, 1.0), cues)
            for f in block_features(document, part, "plan", lexicon, cues, rough):
                groups = [(sign, grams_of(sign, text)) for sign, text in f.texts]
                assert blocks.model.scores(f.names, groups) == blocks.model.scores(f.spelt())
                count += bool(f.texts)
    assert count > 1000


def test_small_weights_that_a_file_leaves_out_seldom_decide(blocks: Blocks, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = SectionTrainer()
    monkeypatch.setattr(trainer, "classifier", lambda _: blocks.fitted)
    model = unpack(trainer.fit(blocks.inside), "sections")
    assert len(model) < len(blocks.model) / 2
    every = blocks.features[::3]
    scores = list(map(model.scores, every))
    found = [model.labels[row.index(max(row))] for row in scores]
    wanted = blocks.fitted.classifier.predict(logistic.matrix(every, blocks.fitted.names))
    assert sum(a != b for a, b in zip(found, wanted, strict=True)) < 0.005 * len(every)


# --- slogans ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judges:
    """A slogan model, and scikit-learn's gate, judge and types, in the order in which the trainer fits them."""

    model: LinearModel
    gate: logistic.Fitted
    judge: logistic.Fitted
    types: logistic.Fitted


@pytest.fixture(scope="module")
def judges(corpus: list[CorpusDocument]) -> Judges:
    trainer = SloganTrainer(prune=0)
    data = trainer.samples(d for d in corpus if d.meta["group"] in TRAINED_ON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logistic, "fit", recorder := Recorder())
        model = unpack(trainer.fit(data), "slogans")
    gate, judge, types = recorder.fitted
    assert sorted(types.classes) == sorted(COLUMNS[2:])
    return Judges(model, gate, judge, types)


@dataclass(frozen=True)
class Page:
    """A document, its candidates, and those of them that pass our gate: log-odds, candidate, features."""

    document: Document
    found: list[Candidate]
    passed: list[tuple[float, Candidate, list[str]]]


@pytest.fixture(scope="module")
def pages(corpus: list[CorpusDocument], judges: Judges) -> list[Page]:
    everything = TrainedSlogans(replace(judges.model, meta={**judges.model.meta, "threshold": -1e6}), AnalysisOptions())
    documents = [build(source_from_text(d.text, f"{d.meta['id']}.txt")) for d in corpus]
    return [Page(d, candidates(d, term_hits(d)), everything.scored(d)) for d in documents]


def test_the_gate(pages: list[Page], judges: Judges) -> None:
    shapes: list[list[str]] = []
    passed: list[bool] = []
    for page in pages:
        folded = page.document.folded.replace("\n", " ")
        spans = {(c.start, c.end) for _, c, _ in page.passed}
        for c in page.found:
            if c.source == "r":
                shapes.append(shape_features(folded, c))
                passed.append((c.start, c.end) in spans)
            else:
                assert (c.start, c.end) in spans
    odds = judges.gate.classifier.decision_function(logistic.matrix(shapes, judges.gate.names)) - float(judges.model.meta["gate"])
    other = (odds >= 0) != np.array(passed)
    assert len(odds) > 30_000
    assert 0.1 < sum(passed) / len(passed) < 0.9
    assert (np.abs(odds[other]) < TOLERANCE).all()
    assert other.sum() <= DIFFERING * len(odds)


def test_a_block_that_comes_again_has_the_same_candidates(pages: list[Page], judges: Judges) -> None:
    trained = TrainedSlogans(judges.model, AnalysisOptions())
    for page in pages[::10]:
        forget(judges.model)
        first = trained.scored(page.document)
        assert trained.scored(page.document) == first
    forget(judges.model)
    merged = build(source_from_text("".join(p.document.text[:400] + "\n" for p in pages[:3] * 2)))
    twice = trained.scored(merged)
    forget(judges.model)
    assert [(score, c) for score, c, _ in trained.scored(merged)] == [(score, c) for score, c, _ in twice]
    assert all(c.start == c.pieces[0][0] or c.source == "q" for _, c, _ in twice)


def test_judge_and_types(pages: list[Page], judges: Judges) -> None:
    features = [words for page in pages for _, _, words in page.passed]
    assert len(features) > 15_000
    odds = [[0.0, score] for page in pages for score, _, _ in page.passed]
    assert differing(odds, judges.judge, features) <= DIFFERING * len(features)
    order = [COLUMNS.index(label) for label in judges.types.classes]
    types = [[row[k] for k in order] for row in map(judges.model.scores, features)]
    assert differing(types, judges.types, features) <= DIFFERING * len(features)


def test_the_slogans_that_are_reported(pages: list[Page], judges: Judges) -> None:
    trained = TrainedSlogans(judges.model, AnalysisOptions())
    threshold = float(judges.model.meta["threshold"])
    count = 0
    other: list[tuple[int, int, str]] = []
    for page in pages[::4]:
        features = [words for _, _, words in page.passed]
        if not features:
            continue
        odds = judges.judge.classifier.decision_function(logistic.matrix(features, judges.judge.names))
        kinds = judges.types.classifier.predict(logistic.matrix(features, judges.types.names))
        gains = [
            (float(o) - threshold, c, [str(kind)]) for o, (_, c, _), kind in zip(odds, page.passed, kinds, strict=True) if o > threshold
        ]
        wanted = {(c.start, c.end, kind): gain + threshold for gain, c, (kind,) in choose(gains)}
        found = {(s.start, s.end, s.type): s.score for s in trained.slogans(page.document)}
        count += len(found)
        other += wanted.keys() ^ found.keys()
        for key in wanted.keys() & found.keys():
            assert found[key] == pytest.approx(1 / (1 + exp(-wanted[key])), abs=PROBABILITY)
    assert count > 1000
    assert len(other) <= FEW * count  # a small difference may tip the balance between two sets of slogans


def test_what_is_looked_at_in_use_is_what_was_trained_on(corpus: list[CorpusDocument], pages: list[Page]) -> None:
    chosen = [n for n, d in enumerate(corpus) if d.meta["group"] == "k"]
    samples = SloganTrainer().samples([corpus[n] for n in chosen])
    for n, sample in zip(chosen, samples, strict=True):
        known = Counter(tuple(e.shape + e.words) for e in sample.examples)
        used = Counter(tuple(words) for _, _, words in pages[n].passed)
        assert used
        assert not used - known


# --- genre ------------------------------------------------------------------------------------------------------------


def test_genres(corpus: list[CorpusDocument], monkeypatch: pytest.MonkeyPatch) -> None:
    data = genre.samples(corpus, variants=())
    assert {s.document for s in data} == {d.meta["id"] for d in corpus}
    (none,) = genre.negatives()
    monkeypatch.setattr(logistic, "fit", recorder := Recorder())
    trainer = genre.GenreTrainer(prune=0, grams=500)
    model = unpack(trainer.pack([*(s for s in data if s.group in TRAINED_ON), *none]), "genre")
    everything = [s for s in (*data, *none) if s.features]
    guesses = [g for g in genre.predict(model, everything) if g is not None]
    assert len(guesses) == len(everything) > 400
    first, *rest = recorder.fitted
    times = {f: n for rows in recorder.features for row in rows for f, n in Counter(row).items()}
    rows = [[f for f in s.features for _ in range(times.get(f, 1))] for s in everything]
    assert max(times.values()) > 1
    assert _shares_differ([g.probabilities for g in guesses], first, rows) <= FEW * len(rows)
    homes = {tuple(sorted(row)): name for name, row in guesses[0].subgenres.items() if len(row) > 1}
    assert len(homes) == len(rest) >= 3
    for fitted in rest:
        home = homes[tuple(sorted(fitted.classes))]
        assert _shares_differ([g.subgenres[home] for g in guesses], fitted, rows) <= FEW * len(rows)


def _shares_differ(shares: Sequence[Mapping[str, float]], fitted: logistic.Fitted, rows: Sequence[Sequence[str]]) -> int:
    """How many labels are not those of scikit-learn, see `differing`."""
    mine = np.array([[share[label] for label in fitted.classes] for share in shares])
    return _labels_differ(mine, fitted.classifier.predict_proba(logistic.matrix(rows, fitted.names)))
