"""Training the slogan extractor."""

from __future__ import annotations

from dataclasses import replace

import pytest
from training_helpers import FIGURES, NAMES, RUNS, corpus, sloganed, source

from docnlp.analysis import AnalysisOptions
from docnlp.analysis.linear import unpack
from docnlp.analysis.slogan_candidates import Candidate
from docnlp.analysis.trained_slogans import LABELS, TrainedSlogans
from docnlp.document.build import build
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training import logistic
from docnlp.training.markup import CorpusDocument, parse_markup
from docnlp.training.slogans import STEPS, Example, SloganSample, SloganTrainer, calibration, train


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[CorpusDocument]:
    return corpus(tmp_path_factory.mktemp("corpus"), sloganed)


@pytest.fixture(scope="module")
def data(documents: list[CorpusDocument]) -> list[SloganSample]:
    return SloganTrainer().samples(documents)


@pytest.fixture(scope="module")
def packed(data: list[SloganSample]) -> bytes:
    return SloganTrainer().fit(data)


def extractor(packed: bytes) -> TrainedSlogans:
    return TrainedSlogans(unpack(packed, "slogans"), AnalysisOptions())


def found(packed: bytes, text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.type) for s in extractor(packed).slogans(build(source_from_text(text)))]


# --- examples ---------------------------------------------------------------------------------------------------------

MARKUP = source(0).partition("[title]")[0] + "[title] 渡口工作方案\n[tasks] {}\n"


def examples(line: str) -> dict[str, Example]:
    """Candidates of a paragraph, by their words without marks."""
    (sample,) = SloganTrainer(near=0.25).samples([parse_markup(MARKUP.replace("{}", line))])
    return {next(f for f in e.words if f.startswith("="))[1:]: e for e in sample.examples}


def test_a_candidate_that_is_annotated_has_its_type() -> None:
    made = examples("职工做到{P:进门有礼、出门有序}，开展{C:“雪亮窗口”行动}和{N:“四进”活动}，践行{G:社会主义核心价值观}。")
    assert made["进门有礼出门有序"].label == "parallel"
    assert made["社会主义核心价值观"].label == "policy"
    assert [e.label for e in made.values() if e.label == "campaign"] == ["campaign"]
    assert [e.label for e in made.values() if e.label == "numeric"] == ["numeric"]
    assert {e.weight for e in made.values() if e.label} == {1.0}


def test_what_is_almost_a_slogan_weighs_little_as_an_example_of_none() -> None:
    made = examples("我们职工做到{P:进门有礼、办事有序、出门有节}。另外，爱站如家、待客如宾。")
    part = made["进门有礼办事有序"]
    assert (part.label, part.weight) == (None, 0.25)
    other = made["爱站如家待客如宾"]
    assert (other.label, other.weight) == (None, 1.0)


def test_a_quoted_name_may_lack_the_noun_behind_it() -> None:
    made = examples("开展{C:“雪亮窗口”活动}。")
    assert made["雪亮窗口"].label == "campaign"
    assert examples("开展{C:“雪亮”窗口服务提升主题活动}。")["雪亮"].label is None


def test_only_runs_have_a_shape(data: list[SloganSample]) -> None:
    everything = [e for s in data for e in s.examples]
    assert {bool(e.shape) for e in everything} == {True, False}
    assert all(bool(e.shape) == (e.words[0] == "r") for e in everything)


def test_samples_name_document_and_group(data: list[SloganSample], documents: list[CorpusDocument]) -> None:
    assert [(s.document, s.group) for s in data] == [(d.meta["id"], d.meta["group"]) for d in documents]
    assert all(sum(e.label is not None for e in s.examples) >= 4 for s in data)


# --- fitting ----------------------------------------------------------------------------------------------------------


def test_training_twice_gives_the_same_bytes(data: list[SloganSample], packed: bytes) -> None:
    assert SloganTrainer().fit(data) == packed
    assert SloganTrainer().fit(list(data), (2.0, 0.0)) != packed


def test_the_file_says_what_it_was_made_from(data: list[SloganSample], packed: bytes) -> None:
    model = unpack(SloganTrainer(threshold=-0.5).fit(data, (1.5, -0.25)), "slogans")
    assert model.labels == LABELS
    assert model.meta["groups"] == ["乙", "甲"]
    assert (model.meta["threshold"], model.meta["calibration"]) == (-0.5, [1.5, -0.25])
    assert model.meta["slogans"] == sum(e.label is not None for s in data for e in s.examples)
    assert model.meta["slogans"] < model.meta["examples"] <= sum(len(s.examples) for s in data)


def test_it_finds_what_it_was_trained_on(documents: list[CorpusDocument], packed: bytes) -> None:
    for n, item in enumerate(documents):
        assert found(packed, item.text) == [
            ("社会主义核心价值观", "policy"), (NAMES[n], "campaign"), (FIGURES[n], "numeric"), (RUNS[n], "parallel"),
        ]  # fmt: skip


def test_it_finds_what_it_has_not_seen(packed: bytes) -> None:
    text = "深入开展“星火窗口”行动，每季度慰问老人一次，由各科室轮流承办、办公室督促。\n结合“八帮”活动，引导职工做到上船有序、下船有礼。"
    assert found(packed, text) == [("“星火窗口”行动", "campaign"), ("“八帮”活动", "numeric"), ("上船有序、下船有礼", "parallel")]


def test_weights_of_rare_features_are_left_out(data: list[SloganSample]) -> None:
    few, many = (unpack(SloganTrainer(rare=rare).fit(data), "slogans") for rare in (5, 1))
    assert len(few) < len(many)
    assert not few.scores(["=进门有礼出门有序"])[0] - few.bias[0]


def test_the_gate_lets_the_annotated_runs_pass(data: list[SloganSample]) -> None:
    trainer = SloganTrainer(keep=1.0)
    model = unpack(trainer.fit(data), "slogans")
    runs = [e for s in data for e in s.examples if e.shape]
    odds = [model.scores(e.shape)[1] - float(model.meta["gate"]) for e in runs]
    assert all(o >= -0.1 for o, e in zip(odds, runs, strict=True) if e.label)
    assert any(o < -0.1 for o, e in zip(odds, runs, strict=True) if not e.label)
    strict = unpack(SloganTrainer(keep=0.5).fit(data), "slogans")
    assert strict.meta["gate"] > model.meta["gate"]
    assert strict.meta["slogans"] < model.meta["slogans"]


def test_without_runs_there_is_no_gate(data: list[SloganSample]) -> None:
    bare = [replace(s, examples=[e for e in s.examples if not e.shape]) for s in data]
    assert SloganTrainer().gate(bare) == (None, 0.0)
    model = unpack(SloganTrainer().fit(bare), "slogans")
    assert (model.meta["gate"], model.bias[1], dict(model.column(1))) == (0.0, 0.0, {})
    assert found(SloganTrainer().fit(bare), "深入开展“星火窗口”行动。") == [("“星火窗口”行动", "campaign")]


@pytest.mark.parametrize("kinds", [("campaign",), ("campaign", "policy")])
def test_fewer_types(data: list[SloganSample], kinds: tuple[str, ...]) -> None:
    some = [replace(s, examples=[e if e.label in kinds else replace(e, label=None) for e in s.examples]) for s in data]
    packed = SloganTrainer().fit(some)
    text = "深入开展“星火窗口”行动，坚持以社会主义核心价值观为引领，把慰问老人做实做细。"
    assert {kind for _, kind in found(packed, text)} == set(kinds)
    assert {label for label, b in zip(LABELS[2:], unpack(packed, "slogans").bias[2:], strict=True) if b > -20} == set(kinds)


@pytest.mark.parametrize("markup", [source(0), MARKUP.replace("{}", "做好工作。")])
def test_a_corpus_without_slogans_is_refused(markup: str) -> None:
    documents = [parse_markup(markup)]
    for attempt in (train, lambda d: SloganTrainer().fit(SloganTrainer().samples(d))):
        with pytest.raises(DocnlpError, match=r"语料里没有标口号，训练不出模型。请在语料里标一些口号"):
            attempt(documents)
    with pytest.raises(DocnlpError, match="没有标口号"):
        train([])


# --- calibration ------------------------------------------------------------------------------------------------------


class Fixed(TrainedSlogans):
    """Takes given stretches with given log-odds."""

    def __init__(self, chosen: dict[str, float]) -> None:
        self.given = chosen

    def chosen(self, document: object) -> list[tuple[float, Candidate]]:
        text = document.text  # type: ignore[attr-defined]
        spans = [(odds, text.find(words), len(words)) for words, odds in self.given.items()]
        return [(odds, Candidate(at, at + size, "q", ((at, at + size),), "", 2, "b")) for odds, at, size in spans if at >= 0]


def test_calibration_compares_with_the_annotation(documents: list[CorpusDocument], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[list[float], list[bool]]] = []

    def platt(odds: list[float], right: list[bool]) -> tuple[float, float]:
        asked.append((odds, right))
        return 1.25, -0.5

    monkeypatch.setattr(logistic, "platt", platt)
    # the second name lacks a quotation mark: still the same phrase
    model = Fixed({NAMES[0]: 2.0, WRONG: -0.5, NAMES[1][1:]: 1.0})
    assert calibration(model, documents[:2]) == (1.25, -0.5)
    assert asked == [([2.0, -0.5, -0.5, 1.0], [True, False, False, True])]


WRONG = "各科室要加强督查"


def test_what_cannot_be_calibrated_is_left_alone(documents: list[CorpusDocument]) -> None:
    assert calibration(Fixed({}), documents) == (1.0, 0.0)  # nothing found
    assert calibration(Fixed({NAMES[0]: 2.0}), documents) == (1.0, 0.0)  # nothing wrong
    assert calibration(Fixed({WRONG: 2.0}), documents) == (1.0, 0.0)  # nothing right
    assert calibration(Fixed({NAMES[0]: 2.0, WRONG: 2.0}), []) == (1.0, 0.0)


def test_calibration_makes_what_is_often_wrong_less_sure(documents: list[CorpusDocument]) -> None:
    slope, shift = calibration(Fixed({WRONG: 1.0, NAMES[0]: 1.0, NAMES[1]: 3.0}), documents)
    # six are wrong and one right at 1, one is right at 3
    assert slope > 0
    assert 1 / (1 + 2.718281828 ** -(slope + shift)) == pytest.approx(1 / 7, abs=0.01)


def test_training_calibrates_on_a_group_it_has_not_seen(documents: list[CorpusDocument], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    seen: list[set[str]] = []
    monkeypatch.setattr("docnlp.training.slogans.calibration", lambda model, corpus: seen.append({d.meta["group"] for d in corpus}) or (0.5, 0.25))
    fit = SloganTrainer.fit
    fitted: list[set[str]] = []

    def spy(self: SloganTrainer, data: list[SloganSample], scale: tuple[float, float] = (1.0, 0.0)) -> bytes:
        fitted.append({s.group for s in data})
        return fit(self, data, scale)

    monkeypatch.setattr(SloganTrainer, "fit", spy)
    packed = train(documents, told.append)
    assert len(told) == STEPS
    assert (fitted, seen) == ([{"乙"}, {"乙", "甲"}], [{"甲"}])
    assert unpack(packed, "slogans").meta["calibration"] == [0.5, 0.25]
    assert train(documents) == packed


def test_one_group_is_not_calibrated(documents: list[CorpusDocument]) -> None:
    model = unpack(train([d for d in documents if d.meta["group"] == "甲"]), "slogans")
    assert (model.meta["calibration"], model.meta["groups"]) == ([1.0, 0.0], ["甲"])
