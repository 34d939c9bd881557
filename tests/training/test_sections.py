"""Training and using the section model."""

from __future__ import annotations

import os
from itertools import product
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_helpers import corpus, source

from docnlp.analysis import AnalysisOptions, analyse
from docnlp.analysis.features import relation
from docnlp.analysis.linear import pack, softmax, unpack
from docnlp.analysis.shelf import FILES
from docnlp.analysis.trained import TrainedSections, load_sections
from docnlp.document.build import build
from docnlp.document.model import Block
from docnlp.errors import DocnlpError, ModelError
from docnlp.readers.plain import source_from_text
from docnlp.training import logistic, sections
from docnlp.training.augment import variants
from docnlp.training.markup import CorpusDocument, parse_markup
from docnlp.training.sections import (
    LABELS,
    STEPS,
    Sample,
    SectionTrainer,
    by_group,
    by_lexicon,
    majority,
    predict,
    score,
    sequences,
    train,
)

FILE = FILES["sections"]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[CorpusDocument]:
    return corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def data(documents: list[CorpusDocument]) -> list[Sample]:
    return sequences([*documents, *variants(documents)])


@pytest.fixture(scope="module")
def packed(data: list[Sample]) -> bytes:
    return SectionTrainer().fit(data)


@pytest.fixture
def models(packed: bytes, tmp_path: Path) -> Path:
    (tmp_path / FILE).write_bytes(packed)
    return tmp_path


def test_training_twice_gives_the_same_bytes(data: list[Sample], packed: bytes) -> None:
    assert SectionTrainer().fit(data) == packed


@pytest.mark.parametrize("kept", [LABELS, ("tasks", "safeguards")])
def test_probabilities_are_those_of_scikit_learn(data: list[Sample], kept: tuple[str, ...]) -> None:
    chosen = []
    for s in data:
        rows = [i for i, label in enumerate(s.labels) if label in kept]
        columns = [[list(c)[i] for i in rows] for c in (s.features, s.blocks, s.labels, s.sizes, s.rough)]
        chosen.append(Sample(s.group, s.document, *columns))
    trainer = SectionTrainer(prune=0)
    fitted = trainer.classifier(chosen)
    model = unpack(trainer.fit(chosen), "sections")
    rows = [f for s in chosen for f in s.features]
    expected = fitted.classifier.predict_proba(logistic.matrix(rows, fitted.names))
    found = [softmax(model.scores(f)) for f in rows]
    order = [model.labels.index(c) for c in fitted.classes]
    assert len(found) == len(expected) > 20
    for got, row in zip(found, expected, strict=True):
        assert [got[k] for k in order] == pytest.approx(list(row), abs=0.01)
        assert sum(got[k] for k in order) == pytest.approx(1, abs=1e-6)


BLOCK = st.one_of(
    st.builds(lambda level: Block(0, 1, "heading", level), st.integers(1, 2)),
    st.just(Block(0, 1, "body")),
)
NUMBERS = st.lists(st.floats(-3, 3), min_size=3, max_size=3)


@given(
    st.lists(st.tuples(BLOCK, NUMBERS), max_size=4),
    st.dictionaries(
        st.sampled_from(["starth", "startb", "hb", "bb", "hh+", "hh=", "bh1", "bh2"]), st.lists(NUMBERS, min_size=3, max_size=3)
    ),
    NUMBERS,
    st.floats(0, 1),
    st.floats(0, 2),
)
def test_decoding_finds_the_best_of_all_sequences(chain, transitions, prior, alpha: float, beta: float) -> None:
    meta = {"transitions": transitions, "prior": prior, "alpha": alpha, "beta": beta, "temperature": 1.0}
    sections = TrainedSections(unpack(pack("sections", LABELS[:3], [0.0] * 3, {}, meta), "sections"), AnalysisOptions())
    blocks = [b for b, _ in chain]
    emissions = [softmax(numbers) for _, numbers in chain]

    def value(path: tuple[int, ...]) -> float:
        total = 0.0
        for t, k in enumerate(path):
            total += log(emissions[t][k]) - alpha * prior[k]
            table = transitions.get(relation(blocks[t - 1] if t else None, blocks[t]))
            if table is not None:
                total += beta * table[path[t - 1] if t else 0][k]
        return total

    found = sections.decode(emissions, blocks)
    assert len(found) == len(blocks)
    best = max(value(path) for path in product(range(3), repeat=len(blocks)))
    assert value(tuple(found)) == pytest.approx(best, abs=1e-9)


def test_a_trained_model_labels_what_it_has_not_seen(models: Path) -> None:
    text = parse_markup(source(3)).text.replace("白石街道办事处", "红岩乡政府").replace("组织经典诵读", "修缮文化广场")
    document = build(source_from_text(text))
    labels = analyse(document, AnalysisOptions(models=models)).sections
    found = [(b.kind, x.section) for b, x in zip(document.blocks, labels, strict=True)]
    expected = [(b.kind, b.section) for b in parse_markup(source(3)).blocks]
    assert found == expected
    assert all(0 < x.confidence <= 1 and x.reason for x in labels if x.section != "frame")


def test_the_words_of_the_user_win(models: Path) -> None:
    text = parse_markup(source(3)).text.replace("二、主要任务", "二、家底情况")
    document = build(source_from_text(text))
    at = text.index("每月检查")
    without = analyse(document, AnalysisOptions(models=models))
    own = analyse(document, AnalysisOptions(wordings={"problems": ("家底情况",)}, models=models))
    assert without.section_at(at) != "problems"
    assert own.section_at(at) == own.section_at(text.index("家底情况")) == "problems"
    assert own.section_at(text.index("加强督查")) == without.section_at(text.index("加强督查"))


def test_frame_and_empty_documents(models: Path) -> None:
    options = AnalysisOptions(models=models)
    assert analyse(build(source_from_text("")), options).sections == ()
    assert len(analyse(build(source_from_text("文明创建工作方案")), options).sections) == 1


def test_a_changed_model_is_read_again(models: Path, data: list[Sample]) -> None:
    first = load_sections(models)
    assert load_sections(models) is first
    (models / FILE).write_bytes(SectionTrainer(alpha=0).fit(data))
    os.utime(models / FILE, ns=(1, 1))
    assert load_sections(models).meta["alpha"] == 0.0


META = {"transitions": {"bb": [[0.0] * 2] * 2}, "prior": [0.0] * 2, "alpha": 1.0, "beta": 1.0, "temperature": 1.0}


@pytest.mark.parametrize(
    "changes",
    [
        {"prior": [0.0]},
        {"prior": ["x", "y"]},
        {"transitions": {"bb": [[0.0] * 2]}},
        {"transitions": []},
        {"alpha": None},
        {"labels": ["tasks", "胡写"]},
    ],
)
def test_a_model_that_lacks_something_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    meta = META | changes
    labels = meta.pop("labels", ["tasks", "problems"])
    (tmp_path / FILE).write_bytes(pack("sections", labels, [0.0] * 2, {}, meta))
    with pytest.raises(ModelError, match="内容不全"):
        load_sections(tmp_path)


def test_the_complete_model_of_the_test_above_loads(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(pack("sections", ["tasks", "problems"], [0.0] * 2, {}, META))
    assert load_sections(tmp_path).labels == ("tasks", "problems")


def test_missing_models_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"文件夹里没有 sections\.model"):
        load_sections(tmp_path)
    with pytest.raises(ModelError, match="没有这个模型文件夹"):
        load_sections(tmp_path / "无")


def test_a_corpus_with_one_section_is_refused() -> None:
    text = source(0).replace("guiding", "tasks").replace("preamble", "tasks").replace("safeguards", "tasks")
    with pytest.raises(DocnlpError, match="不到两种"):
        SectionTrainer().fit(sequences([parse_markup(text)]))
    with pytest.raises(DocnlpError, match="不到两种"):
        SectionTrainer().fit([])


def _sample(group: str, labels: list[str], sizes: list[int]) -> Sample:
    return Sample(group, group, [[]] * len(labels), [Block(0, 1, "body")] * len(labels), labels, sizes, [("tasks", 1.0)] * len(labels))


def test_scores_count_characters() -> None:
    chain = [_sample("a", ["tasks", "problems"], [30, 10]), _sample("b", ["tasks"], [60])]
    assert majority(chain) == by_lexicon(chain) == [["tasks", "tasks"], ["tasks"]]
    result = score(chain, majority(chain))
    assert result.accuracy == pytest.approx(0.9)
    assert result.f1 == pytest.approx({"tasks": 180 / 190, "problems": 0.0})
    assert result.macro_f1 == pytest.approx(90 / 190)
    groups = by_group(chain, majority(chain))
    assert {g: s.accuracy for g, s in groups.items()} == {"a": 0.75, "b": 1.0}


# --- training as a whole ----------------------------------------------------------------------------------------------


def test_training_makes_variants_and_the_same_bytes(documents: list[CorpusDocument]) -> None:
    told: list[str] = []
    packed = train(documents, told.append)
    assert len(told) == STEPS
    assert train(documents) == packed
    model = unpack(packed, "sections")
    assert model.meta["groups"] == ["乙", "甲"]
    assert model.meta["blocks"] == sum(len(s.labels) for s in sequences([*documents, *variants(documents)]))
    found = predict(model, sequences(documents))
    assert found == [s.labels for s in sequences(documents)]


def test_confidence_is_calibrated_on_a_group_that_was_not_trained_on(
    documents: list[CorpusDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def temperature(scores: list[dict[str, float]], labels: list[str]) -> float:
        assert all(set(row) == set(LABELS) for row in scores)
        asked.append(labels)
        return 1.35

    fitted: list[set[str]] = []
    fit = SectionTrainer.fit

    def spy(self: SectionTrainer, data: list[Sample], temperature: float = 1.0) -> bytes:
        fitted.append({s.group for s in data})
        return fit(self, data, temperature)

    monkeypatch.setattr(sections.logistic, "temperature", temperature)
    monkeypatch.setattr(SectionTrainer, "fit", spy)
    model = unpack(train(documents), "sections")
    assert model.meta["temperature"] == 1.35
    # of two groups, the second is the one kept apart: 甲 sorts behind 乙
    assert fitted == [{"乙"}, {"乙", "甲"}]
    assert asked == [[label for s in sequences(d for d in documents if d.meta["group"] == "甲") for label in s.labels]]


def test_one_group_is_not_calibrated(documents: list[CorpusDocument]) -> None:
    model = unpack(train([d for d in documents if d.meta["group"] == "甲"]), "sections")
    assert model.meta["temperature"] == 1.0
    assert model.meta["groups"] == ["甲"]


def test_a_higher_temperature_makes_the_model_less_sure(data: list[Sample], tmp_path: Path) -> None:
    confidences = []
    for heat in (0.5, 1.0, 4.0):
        folder = tmp_path / str(heat)
        folder.mkdir()
        (folder / FILE).write_bytes(SectionTrainer().fit(data, heat))
        labels = analyse(build(source_from_text(parse_markup(source(3)).text)), AnalysisOptions(models=folder)).sections
        confidences.append([x.confidence for x in labels if x.section != "frame"])
    assert all(a >= b >= c for a, b, c in zip(*confidences, strict=True))
    assert sum(confidences[0]) > sum(confidences[1]) > sum(confidences[2])
