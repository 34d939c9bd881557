"""The parts of the section benchmark and of the speed benchmark that need no trained models."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_helpers import corpus

from benchmarks import sections as benchmark
from benchmarks import speed
from benchmarks.sections import Case, Docnlp, Headings, Learner, Lexicon, Majority, Result, Row, TfIdf
from docnlp.analysis.linear import LinearModel, pack, unpack
from docnlp.document.build import build
from docnlp.document.model import Block, Document
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training.markup import CorpusDocument
from docnlp.training.sections import LABELS, Sample, Scores, SectionTrainer, score

TEXT = """一、指导思想
坚持为民。
二、主要任务
（一）清理河道
每月两次。
（二）组织领导
由站长负责。
三、工作要求
抓紧落实。"""


def real(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind in ("heading", "body")]


def built(text: str) -> Document:
    return build(source_from_text(text, "x.txt"))


def case(
    group: str, labels: Sequence[str], sizes: Sequence[int] = (), document: str = "", variant: bool = False
) -> Case:
    """A sequence whose blocks say their own labels."""
    sizes = list(sizes) or [10] * len(labels)
    blocks = [Block(0, 1, "body")] * len(labels)
    rough = [("tasks", 1.0)] * len(labels)
    sample = Sample(group, document or group, [[f"f{label}"] for label in labels], blocks, list(labels), sizes, rough)
    return Case(sample, [Row("body", f"说{label}", "", "", (), ()) for label in labels], variant)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[CorpusDocument], list[Case]]:
    documents = corpus(tmp_path_factory.mktemp("corpus"))
    return documents, benchmark.cases(documents)


# --- what is labelled -------------------------------------------------------------------------------------------------


def test_blocks_with_what_stands_around_them() -> None:
    document = built(TEXT)
    found = benchmark.outline(document.folded, real(document))
    assert [row.words for row in found] == [
        "指导思想", "坚持为民", "主要任务", "清理河道", "每月两次", "组织领导", "由站长负责", "工作要求", "抓紧落实",
    ]  # fmt: skip
    assert [row.above for row in found] == [
        (), ("指导思想",), (), ("主要任务",), ("主要任务", "清理河道"), ("主要任务",), ("主要任务", "组织领导"), (), ("工作要求",),
    ]  # fmt: skip
    assert (found[0].before, found[0].after) == ("", "坚持为民")
    assert (found[4].before, found[4].after) == ("清理河道", "组织领导")
    assert (found[8].before, found[8].after) == ("工作要求", "")
    assert "first" in found[0].place
    assert "last" in found[8].place
    assert not {"first", "last"} & set(found[4].place)
    assert {"heading2", "heading"} <= set(found[3].place)


def test_no_blocks_have_no_rows() -> None:
    assert benchmark.outline("", []) == []


def test_cases_hold_the_same_blocks_twice(data: tuple[list[CorpusDocument], list[Case]]) -> None:
    documents, found = data
    assert len(found) == len(documents)
    for item, own in zip(documents, found, strict=True):
        assert own.sample.document == item.meta["id"]
        assert len(own.rows) == len(own.sample.blocks) == 8
        for row, block in zip(own.rows, own.sample.blocks, strict=True):
            assert row.kind == block.kind
            assert row.words[:3] in item.text[block.start : block.end]


GOLD = {
    "genre": "plan",
    "paragraphs": [
        {"line": 2, "start": 0, "end": 6, "kind": "heading", "section": "tasks", "level": 1},
        {"line": 1, "start": 0, "end": 7, "kind": "title", "section": "frame"},
        {"line": 3, "start": 0, "end": 5, "kind": "body", "section": "tasks"},
        {"line": 3, "start": 5, "end": 12, "kind": "body", "section": "safeguards"},
    ],
}
OWN = "清河站工作方案\n一、主要任务\n每月巡查。要抓紧，要抓实。\n"


def own_files(folder: Path, gold: object) -> Path:
    (folder / "甲.txt").write_text(OWN, encoding="utf-8")
    (folder / "甲.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder


def test_own_reports_get_places_in_the_text(tmp_path: Path) -> None:
    own_files(tmp_path, GOLD)
    (item,) = benchmark.own_documents(tmp_path, tmp_path)
    assert [(item.text[b.start : b.end], b.section) for b in item.blocks] == [
        ("清河站工作方案", "frame"), ("一、主要任务", "tasks"), ("每月巡查。", "tasks"), ("要抓紧，要抓实", "safeguards"),
    ]  # fmt: skip
    (own,) = benchmark.cases([item])
    assert own.sample.labels == ["tasks", "safeguards"]  # the paragraph is one block of ours: most of it is safeguards


@pytest.mark.parametrize(
    "gold",
    [
        [],
        {"genre": "plan"},
        {"paragraphs": []},
        {"genre": "plan", "paragraphs": [{"line": 9, "start": 0, "end": 1, "kind": "body", "section": "tasks"}]},
        {"genre": "plan", "paragraphs": [{"line": 1, "start": 0, "end": 1, "kind": "body"}]},
        {"genre": "plan", "paragraphs": [{"line": 1, "start": 0, "end": 1, "kind": "body", "section": "胡写"}]},
    ],
)
def test_annotations_that_are_not_as_described(gold: object, tmp_path: Path) -> None:
    own_files(tmp_path, gold)
    with pytest.raises(DocnlpError, match=r"甲\.json"):
        benchmark.own_documents(tmp_path, tmp_path)


def test_a_folder_without_annotations(tmp_path: Path) -> None:
    with pytest.raises(DocnlpError, match="--gold"):
        benchmark.own_documents(tmp_path, tmp_path)


# --- ways to label ----------------------------------------------------------------------------------------------------


def test_the_majority_is_that_of_the_training_characters() -> None:
    way = Majority()
    way.fit([case("a", ["tasks", "tasks", "problems"], [10, 10, 30])])
    assert way.predict([case("b", ["tasks", "closing"])]) == [["problems", "problems"]]


def test_headings_alone() -> None:
    document = built(f"为抓好文明创建，制定本方案。\n{TEXT}")
    found = benchmark.by_headings(benchmark.outline(document.folded, real(document)))
    assert found == [
        "preamble", "guiding", "guiding", "tasks", "tasks", "tasks", "organization", "organization", "safeguards", "safeguards",
    ]  # fmt: skip


def test_a_heading_that_says_nothing_is_work() -> None:
    rows = [Row("heading", "家底", "", "", (), ()), Row("body", "各站盘点。", "", "", ("家底",), ())]
    assert benchmark.by_headings(rows) == ["tasks", "tasks"]
    assert benchmark.by_headings(rows[1:]) == ["preamble"]


@pytest.mark.parametrize("context", [False, True])
def test_tf_idf_learns_the_words(data: tuple[list[CorpusDocument], list[Case]], context: bool) -> None:
    documents, found = data
    way = TfIdf("试", 1.0, context)
    assert way.fit(found[:4]) > 0
    scores = score([c.sample for c in found[4:]], way.predict(found[4:]))
    assert scores.accuracy > 0.9
    assert way.size() > 1000
    way.work([built(d.text) for d in documents])


def test_only_context_tells_blocks_of_the_same_words_apart() -> None:
    def pair(group: str) -> Case:
        sample = case(group, ["tasks", "problems"]).sample
        rows = [
            Row("body", "照旧办理", "甲", "乙", ("主要任务",), ("@0",)),
            Row("body", "照旧办理", "甲", "乙", ("存在问题",), ("@9",)),
        ]
        return Case(sample, rows)

    train, test = [pair(g) for g in "abcd"], [pair("e")]
    found = {}
    for context in (False, True):
        way = TfIdf("试", 1.0, context)
        way.fit(train)
        found[context] = way.predict(test)
    assert found[True] == [["tasks", "problems"]]
    assert len(set(found[False][0])) == 1


def test_ways_that_share_a_learner_share_the_model(data: tuple[list[CorpusDocument], list[Case]]) -> None:
    _, found = data
    learner = Learner()
    whole, each = Docnlp("全", learner), Docnlp("段", learner, decode=False)
    whole.fit(found)
    content = learner.content
    assert content == SectionTrainer().fit([c.sample for c in found])
    each.fit(found)
    assert learner.content is content
    assert benchmark.same_weights(whole.model, each.model)
    each.fit(found[:3])
    assert learner.content is not content
    assert not benchmark.same_weights(whole.model, each.model)


def test_variants_and_the_word_of_the_lexicon_can_be_left_out(data: tuple[list[CorpusDocument], list[Case]]) -> None:
    _, found = data
    made = [Case(c.sample, c.rows, variant=True) for c in found[3:]]
    originals = Docnlp("原", Learner(), originals=True)
    originals.fit([*found[:3], *made])
    assert benchmark.same_weights(
        originals.model, unpack(SectionTrainer().fit([c.sample for c in found[:3]]), "sections")
    )
    without = Learner(benchmark.without_the_lexicon).samples(found)
    dropped = {
        f for c, s in zip(found, without, strict=True) for f in set(chain(*c.sample.features)) - set(chain(*s.features))
    }
    assert dropped
    assert all(f[1:].startswith((*LABELS, "frame")) for f in dropped)


def model_of(weights: dict[str, list[tuple[int, float]]]) -> LinearModel:
    """A model of two labels that likes what comes after the same label."""
    stay = [[0.0, -9.0], [-9.0, 0.0]]
    meta = {
        "transitions": {"bb": stay, "startb": [[0.0] * 2] * 2},
        "prior": [0.0] * 2,
        "alpha": 0.0,
        "beta": 1.0,
        "temperature": 1.0,
    }
    return unpack(pack("sections", ("tasks", "problems"), [0.0, 0.0], weights, meta), "sections")


def test_block_by_block_heeds_no_neighbours() -> None:
    model = model_of({"ftasks": [(0, 3.0)], "fproblems": [(1, 1.0)]})
    sample = case("a", ["tasks", "problems", "tasks"]).sample
    assert benchmark.block_by_block(model, [sample]) == [["tasks", "problems", "tasks"]]
    assert benchmark.predict(model, [sample]) == [["tasks", "tasks", "tasks"]]


def test_confidence_is_that_of_the_label_given() -> None:
    model = model_of({"ftasks": [(0, 3.0)], "fproblems": [(1, 1.0)]})
    sample = case("a", ["tasks", "problems", "tasks"]).sample
    sure, right = benchmark.confidences(model, [sample], 1.0)
    assert right == [True, False, True]
    assert sure == pytest.approx([0.9526, 0.2689, 0.9526], abs=1e-4)  # logistic function of 3, -1, 3
    warm, _ = benchmark.confidences(model, [sample], 2.0)
    assert warm == pytest.approx([0.8176, 0.3775, 0.8176], abs=1e-4)


def test_models_are_the_same_whatever_their_temperature() -> None:
    one = unpack(SectionTrainer().fit([case("a", ["tasks", "problems"] * 3).sample]), "sections")
    heated = unpack(SectionTrainer().fit([case("a", ["tasks", "problems"] * 3).sample], 2.0), "sections")
    other = unpack(SectionTrainer(beta=0.5).fit([case("a", ["tasks", "problems"] * 3).sample]), "sections")
    assert one.meta["sha256"] != heated.meta["sha256"]
    assert benchmark.same_weights(one, heated)
    assert not benchmark.same_weights(one, other)


# --- measuring --------------------------------------------------------------------------------------------------------


@given(st.sets(st.sampled_from("abcdefghijklmn"), min_size=1), st.integers(0, 20))
def test_every_group_is_in_one_fold(groups: set[str], count: int) -> None:
    found = benchmark.folds(groups, count)
    assert sorted(g for fold in found for g in fold) == sorted(groups)
    assert len(found) == (min(count, len(groups)) or len(groups))
    assert max(map(len, found)) - min(map(len, found)) <= 1


class Known:
    """Knows the labels that it has seen; `tasks` for the others."""

    name = "试"

    def __init__(self) -> None:
        self.trained: list[list[tuple[str, bool]]] = []
        self.seen: set[str] = set()

    def fit(self, train: Sequence[Case]) -> float:
        self.trained.append([(c.sample.group, c.variant) for c in train])
        self.seen = {label for c in train for label in c.sample.labels}
        return 1.5

    def predict(self, data: Sequence[Case]) -> list[list[str]]:
        assert not any(c.variant for c in data)
        return [[label if label in self.seen else "tasks" for label in c.sample.labels] for c in data]

    def work(self, documents: Sequence[Document]) -> None:
        assert all(d.folded for d in documents)

    def size(self) -> int:
        return 7


def test_groups_are_scored_by_what_was_trained_without_them() -> None:
    chains = [
        case("a", ["tasks", "problems"]), case("b", ["problems"]), case("c", ["closing"]), case("a", ["closing"], variant=True),
    ]  # fmt: skip
    way = Known()
    assert benchmark.leave_out([way], chains, 0) == {"试": pytest.approx({"a": 1.0, "b": 1.0, "c": 1.0})}
    assert way.trained[0] == [("b", False), ("c", False)]
    assert way.trained[1] == [("a", False), ("c", False), ("a", True)]
    way.trained.clear()
    found = benchmark.leave_out([way], chains, 2)["试"]
    assert [[g for g, _ in fold] for fold in way.trained] == [["b"], ["a", "c", "a"]]
    # problems was seen in b, closing only in a and c
    assert found == pytest.approx({"a": 1.0, "b": 1.0, "c": 0.0})


def test_scores_of_a_way() -> None:
    way = Known()
    test = [
        case("i", ["tasks", "closing"], [30, 10], "i-1"),
        case("j", ["problems"], [20], "j-1"),
        case("i", ["tasks"], [40], "i-1"),
    ]
    own = [case("", ["closing"])]
    result = benchmark.measure(way, [case("a", ["tasks", "problems"])], test, own, [built(TEXT)])
    assert (result.name, result.seconds, result.size) == ("试", 1.5, 7)
    assert result.test.accuracy == pytest.approx(0.9)
    assert {g: s.accuracy for g, s in result.groups.items()} == pytest.approx({"i": 70 / 80, "j": 1.0})
    assert result.documents == pytest.approx([70 / 80, 1.0])
    assert result.own is not None
    assert result.own.accuracy == 0.0
    assert result.speed > 0


def test_the_program_in_use_is_scored_character_by_character(
    data: tuple[list[CorpusDocument], list[Case]], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, _ = data

    class Half:
        """Says tasks of everything but the first ten characters."""

        def __init__(self, document: Document) -> None:
            self.document = document

        def section_at(self, at: int) -> str | None:
            return "tasks" if at >= 10 else None

    monkeypatch.setattr(benchmark, "analyse", Half)
    scores = benchmark.in_use(documents)
    pairs: Counter[tuple[str, bool]] = Counter()
    for d in documents:
        pairs.update(
            (b.section, at >= 10) for b in d.blocks for at in range(b.start, b.end) if not d.text[at].isspace()
        )
    assert scores.accuracy == pytest.approx(pairs["tasks", True] / sum(pairs.values()))
    assert set(scores.f1) == {"frame", "preamble", "guiding", "tasks", "safeguards"}
    assert scores.f1["frame"] == 0.0


# --- the page ---------------------------------------------------------------------------------------------------------


def facts(data: tuple[list[CorpusDocument], list[Case]], own: bool) -> benchmark.Facts:
    documents, found = data
    sizes = benchmark.sizes_of(found)
    mine = documents[:1] if own else []
    return benchmark.Facts(
        documents, 3, documents, mine, sizes, {"closing": 12} if own else {}, "好办法", ["甲。"], [], ["另有一句。"]
    )


def result(name: str, accuracy: float, **rest: object) -> Result:
    scores = Scores(accuracy, accuracy / 2, {"tasks": accuracy})
    groups = {"甲": scores, "乙": scores}
    return Result(name, scores, groups=groups, documents=[0.0, accuracy], **rest)  # type: ignore[arg-type]


def test_the_tables(data: tuple[list[CorpusDocument], list[Case]]) -> None:
    good = result("好办法", 0.5, seconds=12.34, speed=56.7, size=340_000, left={"甲": 0.5, "乙": 0.75}, folds=2)
    text = benchmark.tables([result("坏办法", 0.25, speed=1e6), good], facts(data, own=False))
    lines = [line for line in text.split("\n") if line.startswith(("| 好", "| 坏", "| 主要任务", "| 结语"))]
    assert lines[0] == "| 坏办法 | .250 | .125 | — | — | — |"
    assert lines[1] == "| 好办法 | .500 | .250 | 12.3 | 57 | 0.34 |"
    assert lines[2].startswith("| 主要任务（主要做法） |")
    assert lines[2].endswith("| .500 |")
    assert lines[3] == "| 坏办法 | .125 | .125 | .062 | .125 | .188 | .000 | — | — | — |"
    assert lines[4] == "| 好办法 | .250 | .250 | .125 | .250 | .375 | .000 | 2 | .625 | .500～.750 |"
    assert "真实公文" not in text
    assert "### 实际使用" not in text
    assert text.endswith("### 把握\n\n甲。\n\n- 另有一句。")


def test_the_tables_with_own_reports(data: tuple[list[CorpusDocument], list[Case]]) -> None:
    own = Scores(0.75, 0.5, {"closing": 1.0})
    text = benchmark.tables([result("好办法", 0.5, own=own)], facts(data, own=True))
    assert "| 好办法 | .500 | .250 | — | 0 | — | .750 | .500 |" in text
    assert "| 结语 | 0 | — | 12 | 1.000 |" in text
    assert "真实公文：1 份，12 字" in text


def test_only_what_stands_between_the_marks_is_written(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    begin = speed.mark("benchmarks.x")
    page.write_text(f"前\n{begin}\n旧\n{speed.END}\n后\n", encoding="utf-8")
    speed.write(page, "benchmarks.x", "新")
    speed.write(page, "benchmarks.x", "更新")
    assert page.read_text(encoding="utf-8") == f"前\n{begin}\n\n更新\n\n{speed.END}\n后\n"
    before = page.read_bytes()
    with pytest.raises(DocnlpError, match=r"benchmarks\.y"):
        speed.write(page, "benchmarks.y", "新")
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    ("page", "program"), [(benchmark.PAGE, "benchmarks.sections"), (speed.PAGE, "benchmarks.speed")]
)
def test_the_pages_have_their_marks(page: Path, program: str) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.index(speed.mark(program)) < text.index(speed.END)


@pytest.mark.parametrize("arguments", [["--gold", "x"], ["--samples", "x"], ["--folds", "1"], ["--folds", "-1"]])
def test_arguments_that_make_no_sense(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        benchmark.main(arguments)


def test_every_way_has_a_name_of_its_own() -> None:
    ways, retrained, shipped = benchmark.entries()
    names = [entry.way.name for entry in ways]
    assert len(set(names)) == len(names)
    assert retrained.name in names
    assert shipped is None or shipped.name == names[-1]
    assert {Headings.name, Lexicon.name, Majority.name} < set(names)


# --- speed ------------------------------------------------------------------------------------------------------------


def test_a_batch_holds_different_documents_of_one_length() -> None:
    texts = speed.batch(30)
    assert texts == speed.batch(30)
    assert len(set(texts)) == 30
    assert {len(text) for text in texts} == {speed.LENGTH + 1}
    document = speed.read(texts[0])
    assert {b.kind for b in document.blocks} >= {"title", "heading", "body"}


def test_figures_are_medians_and_ratios_those_of_the_rounds() -> None:
    first, second = speed.figures({"基准": [1.0, 2.0, 4.0], "快": [0.5, 0.5, 1.0]}, 10)
    assert (first.rate, first.low, first.high, first.ratio) == (5.0, 2.5, 10.0, 1.0)
    assert (second.rate, second.low, second.high, second.ratio) == (20.0, 10.0, 20.0, 0.25)


def test_every_task_is_timed_in_every_round() -> None:
    calls: Counter[str] = Counter()
    work = {name: lambda texts, name=name: calls.update([f"{name}{len(texts)}"]) for name in "甲乙"}
    assert [f.name for f in speed.measure(work, ["文"] * 5, 3)] == ["甲", "乙"]
    assert calls == {"甲2": 1, "乙2": 1, "甲5": 3, "乙5": 3}


def test_bars() -> None:
    def held(sections: float, slogans: float, size: int) -> list[bool]:
        speeds = [speed.Figure(n, r, r, r, 1.0) for n, r in ((speed.SECTIONS, sections), (speed.SLOGANS, slogans))]
        return [b.holds for b in speed.bars(speeds, {"sections": size, "genre": None})]

    assert held(250, 120, 20_000_000) == [True, True, True]
    assert held(249, 119, 20_000_001) == [False, False, False]


def test_the_speed_tables_say_what_is_missing() -> None:
    speeds = [speed.Figure(n, 200.0, 100.0, 400.0, 0.5) for n in (speed.REFERENCE, speed.SECTIONS, speed.SLOGANS)]
    text = speed.tables(speeds, {"sections": 1_250_000, "genre": None}, 9, 3)
    assert "| 各部分和文种（含读结构） | ≥ 250 份/秒 | 200 份/秒 | **未达到** |" in text
    assert "| 口号（含读结构） | ≥ 120 份/秒 | 200 份/秒 | 达到 |" in text
    assert "| 口号 | 200 | 100～400 | 5.00 | 0.50 |" in text
    assert "| 各部分 | 1.25 |" in text
    assert "| 文种 | —（用词表） |" in text
    assert "| 模型一共 | ≤ 20 MB | 1.25 MB | 达到 |" in text
