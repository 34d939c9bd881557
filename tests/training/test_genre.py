"""Training the genre model."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis.base import AnalysisOptions
from docnlp.analysis.linear import unpack
from docnlp.analysis.trained_genre import NONE, Guess, TrainedGenre
from docnlp.document.build import build
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training.genre import (
    STEPS,
    GenreTrainer,
    Sample,
    by_lexicon,
    calibration_error,
    chosen,
    held_out,
    majority,
    negatives,
    predict,
    read_negatives,
    sample,
    samples,
    score,
    titled,
    train,
    untitled,
)
from docnlp.training.markup import CorpusDocument, parse_markup

UNITS = ("清溪县水务局", "东河镇卫生院", "柳湾供电所", "白石街道办事处", "青峰中学", "南塘市图书馆")
WORK = ("巡查河道", "上门义诊", "检修线路", "清理楼道", "经典诵读", "整理旧书")

PLAN = """[title] {unit}文明创建工作方案
[preamble] 为把{work}这件事办好，结合本单位实际，制定本方案，请各科室照此办理。
[guiding/1] 一、指导思想
[guiding] 以社会主义核心价值观为引领，把{work}做实做细，力争走在前列。
[tasks/1] 二、主要任务
[tasks] 各科室要每月{work}一次，要有记录，要有专人负责。
[safeguards/1] 三、工作要求
[safeguards] 各科室要加强督查，要把{work}列入考核。
[signature] {unit}
[date] 2020年3月{day}日
"""
SUMMARY = """[title] {unit}文明创建工作总结
[preamble] 一年来，我们把{work}当作大事来抓，取得了一些成绩，现将一年的工作总结如下。
[tasks/1] 一、主要做法
[tasks] 我们开展了{work}，建立了台账，完成了全年的计划，群众说了不少好话。
[problems/1] 二、存在的问题
[problems] {work}次数少了，做得不够细。
[next_steps/1] 三、下一步打算
[next_steps] 我们将把{work}坚持下去。
[signature] {unit}
[date] 2020年12月{day}日
"""
NOTICE = """[title] 关于{work}的通知
[addressee] 各科室：
[preamble] 为迎接检查，定于本周{work}，现将有关事项通知如下，请认真落实。
[tasks/1] 一、时间
[tasks] 星期五下午，请提前到场，联系人见附后名单。
[tasks/1] 二、要求
[tasks] 请各科室于星期四前报送名单，逾期不候。
[signature] {unit}
[date] 2020年5月{day}日
"""
KINDS = (("plan", "工作方案", PLAN), ("summary", "工作总结", SUMMARY), ("notice", "通知", NOTICE))


def source(n: int, kind: int, group: str) -> str:
    genre, subgenre, body = KINDS[kind]
    head = f"---\nid: t-{n}-{kind}\ngenre: {genre}\nsubgenre: {subgenre}\nunit: 机关\ndate: 2020-06-01\ngroup: {group}\n---\n"
    return head + body.format(unit=UNITS[n], work=WORK[n], day=n + 1)


@pytest.fixture(scope="module")
def corpus() -> list[CorpusDocument]:
    return [parse_markup(source(n, kind, "甲乙丙"[n % 3])) for n in range(len(UNITS)) for kind in range(len(KINDS))]


@pytest.fixture(scope="module")
def data(corpus: list[CorpusDocument]) -> list[Sample]:
    return samples(corpus, ("web-copy", "one-line"))


@pytest.fixture(scope="module")
def none() -> list[Sample]:
    (fold,) = negatives(read_negatives()[:20])
    return fold


@pytest.fixture(scope="module")
def packed(data: list[Sample], none: list[Sample]) -> bytes:
    return GenreTrainer().pack([*data, *none], 1.5)


# --- material ---------------------------------------------------------------------------------------------------------


def test_every_part_becomes_a_document_without_its_title() -> None:
    text = source(0, 2, "甲") + "@part plan 工作方案\n[attachment] 附件\n" + PLAN.format(unit=UNITS[1], work=WORK[1], day=1)
    whole = parse_markup(text)
    plain, with_title = untitled([whole]), titled([whole])
    for parts in (plain, with_title):
        assert [(p.parts[0].genre, p.parts[0].subgenre) for p in parts] == [("notice", "通知"), ("plan", "工作方案")]
        assert [len(p.parts) for p in parts] == [1, 1]
    assert "title" not in {b.kind for p in plain for b in p.blocks}
    assert {b.kind for p in plain for b in p.blocks} >= {"addressee", "signature", "date", "attachment", "heading", "body"}
    assert "关于巡查河道的通知" not in plain[0].text
    assert plain[0].text.startswith("各科室：")
    assert "工作总结" not in plain[1].text
    assert with_title[0].text.startswith("关于巡查河道的通知\n各科室：")
    assert with_title[1].text == "附件\n" + plain[1].text.replace("附件\n", f"{UNITS[1]}文明创建工作方案\n", 1)


def test_a_part_that_is_only_a_title_is_passed_over() -> None:
    head, _, _ = source(0, 0, "甲").partition("[preamble]")
    assert untitled([parse_markup(head)]) == []
    assert len(titled([parse_markup(head)])) == 1


def test_variants_share_the_document_and_the_labels(corpus: list[CorpusDocument], data: list[Sample]) -> None:
    assert Counter(s.variant for s in data) == {"": 18, "web": 18, "one-line": 18}
    assert Counter(s.document for s in data) == dict.fromkeys((d.meta["id"] for d in corpus), 3)
    for s in data:
        assert s.genre == KINDS[int(s.document[-1])][0]
        assert s.features
        if s.variant in ("", "web"):
            assert ("#has:signature" in s.features) == (not s.variant)
    assert [s for s in samples(corpus, ()) if s.variant] == []
    with pytest.raises(DocnlpError, match="没有“胡来”这种变体"):
        samples(corpus, ("胡来",))


def test_the_lexicon_is_asked_without_the_title(corpus: list[CorpusDocument]) -> None:
    misleading = parse_markup(source(0, 0, "甲").replace("文明创建工作方案", "文明创建工作总结"))
    assert [sample(item).rough for item in untitled([misleading])] == [("plan", "工作方案")]
    assert by_lexicon(samples(corpus[:3], ())) == [("plan", "工作方案"), ("summary", "工作总结"), ("notice", "通知")]


def test_the_shipped_negatives() -> None:
    texts = read_negatives()
    assert len(texts) >= 60
    assert len(set(texts)) == len(texts)
    assert not [line for text in texts for line in text.splitlines() if line.startswith("%") or line == "---"]
    assert all(text == text.strip() and len(text) >= 40 for text in texts)


def test_reading_negatives(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_text("% 说明\n---\n甲\n% 中间的说明\n乙\n---\n\n---\n丙\n", encoding="utf-8")
    assert read_negatives(path) == ["甲\n乙", "丙"]
    path.write_text("% 说明\n---\n", encoding="utf-8")
    with pytest.raises(DocnlpError, match="里面没有文字"):
        read_negatives(path)
    with pytest.raises(DocnlpError, match="读不了"):
        read_negatives(tmp_path / "无.txt")
    path.write_bytes("甲".encode("gb18030"))
    with pytest.raises(DocnlpError, match="读不了"):
        read_negatives(path)


@pytest.mark.parametrize("folds", [1, 3])
def test_negatives_are_dealt_out_and_pasted_together_within_a_fold(folds: int) -> None:
    texts = read_negatives()[:12]
    out = negatives(texts, folds)
    assert len(out) == folds
    alone = [{s.document for s in fold if not s.variant} for fold in out]
    assert sorted(n for names in alone for n in names) == sorted(f"negative-{n}" for n in range(len(texts)))
    for fold, names in zip(out, alone, strict=True):
        joined = [s for s in fold if s.variant]
        assert len(joined) == len(names) - 2
        assert {s.document for s in joined} < names
        assert {(s.genre, s.subgenre, s.group) for s in fold} == {(NONE, "", "")}


# --- fitting ----------------------------------------------------------------------------------------------------------


def test_training_twice_gives_the_same_bytes(data: list[Sample], none: list[Sample], packed: bytes) -> None:
    assert GenreTrainer().pack([*data, *none], 1.5) == packed
    assert len(packed) < 1_000_000


def test_the_model_says_what_it_was_made_from(packed: bytes) -> None:
    model = unpack(packed, "genre")
    assert model.labels == ("plan", "summary", "notice", NONE, "plan/工作方案", "summary/工作总结", "notice/通知")
    assert model.meta["temperature"] == 1.5
    assert model.meta["groups"] == ["丙", "乙", "甲"]
    assert model.meta["parts"] == 18


def test_a_trained_model_tells_what_it_has_not_seen(packed: bytes) -> None:
    model = TrainedGenre(unpack(packed, "genre"), AnalysisOptions())
    for genre, subgenre, body in KINDS:
        head = source(0, 0, "甲").partition("[title]")[0]
        item = parse_markup(head + body.format(unit="红岩乡政府", work="修缮广场", day=9))
        text = "\n".join(item.text.split("\n")[1:])
        document = build(source_from_text(text))
        found = model.genre(document, document.parts[0])
        assert (found.genre, found.subgenre) == (genre, subgenre)
        assert 0.5 < found.confidence <= 1
    document = build(source_from_text("两个人坐在台阶上数远处的火车，一节，两节，谁也没有说话。\n后来下雨了。\n"))
    assert model.genre(document, document.parts[0]).genre is None


@pytest.mark.parametrize(("grams", "without"), [(0, ""), (40, ""), (500, "#")])
def test_which_features_are_kept(data: list[Sample], none: list[Sample], grams: int, without: str) -> None:
    trainer = GenreTrainer(grams=grams, without=without, prune=0)
    columns = unpack(trainer.pack([*data, *none]), "genre")
    names = [f for f in columns.column(0) if f]
    spelt = [f for f in names if f[0] in "htw"]
    assert len(spelt) <= grams
    assert bool(spelt) == bool(grams)
    assert bool([f for f in names if f[0] == "#"]) != bool(without)


def test_signs_have_no_say_in_the_genre_and_amounts_none_in_the_subgenre(data: list[Sample], none: list[Sample]) -> None:
    summaries = [
        replace(s, subgenre=kind, features=(*s.features, sign))
        for s in data
        if s.genre == "summary"
        for kind, sign in (("工作总结", "#sign:全年"), ("半年总结", "#sign:半年"))
    ]
    model = unpack(GenreTrainer(prune=0).pack([*(s for s in data if s.genre != "summary"), *summaries, *none]), "genre")
    weights = {label: model.column(k).get("#sign:半年", 0.0) for k, label in enumerate(model.labels)}
    assert weights["summary/半年总结"] > 0 or weights["summary/工作总结"] < 0
    assert {label for label, weight in weights.items() if weight} <= {"summary/半年总结", "summary/工作总结"}
    amounts = {f for k, label in enumerate(model.labels) if "/" in label for f in model.column(k) if f[0] == "#" and ">" in f}
    assert not amounts


def test_features_of_few_documents_are_left_out(data: list[Sample], none: list[Sample], packed: bytes) -> None:
    model = unpack(packed, "genre")
    names = {f for k in range(len(model.labels)) for f in model.column(k)}
    homes = Counter(f for f, _ in {(f, s.document) for s in (*data, *none) for f in s.features})
    assert names
    assert min(homes[f] for f in names) >= 3


def test_the_whole_training(corpus: list[CorpusDocument], tmp_path: Path) -> None:
    told: list[str] = []
    content = train(corpus, told.append)
    assert len(told) == STEPS
    model = unpack(content, "genre")
    assert 0.5 <= model.meta["temperature"] <= 5
    found = chosen(predict(model, samples(corpus, ())))
    assert found == [KINDS[kind][:2] for _ in UNITS for kind in range(len(KINDS))]


def test_one_group_is_not_calibrated(data: list[Sample]) -> None:
    assert GenreTrainer().temperature([s for s in data if s.group == "甲"]) == 1.0


def test_a_corpus_without_reports_is_refused(none: list[Sample], data: list[Sample]) -> None:
    with pytest.raises(DocnlpError, match="没有标出文种的正文"):
        GenreTrainer().fit([])
    with pytest.raises(DocnlpError, match="没有标出文种的正文"):
        GenreTrainer().pack(none)
    with pytest.raises(DocnlpError, match="没有标出文种的正文"):
        GenreTrainer().pack(data)


def test_one_genre_is_enough(data: list[Sample], none: list[Sample]) -> None:
    model = unpack(GenreTrainer().pack([*(s for s in data if s.genre == "plan"), *none]), "genre")
    assert model.labels == ("plan", NONE, "plan/工作方案")
    plan = next(s for s in data if s.genre == "plan")
    assert chosen(predict(model, [plan, none[0]])) == [("plan", "工作方案"), (NONE, None)]


def test_held_out_groups_are_not_trained_on(data: list[Sample]) -> None:
    plain = [s for s in data if not s.variant]
    folds = negatives(read_negatives()[:12], 2)
    seen: list[str] = []
    sets = [["甲", "乙"], ["丙"]]
    found = held_out(GenreTrainer(), plain, folds, sets, seen.append)
    assert seen == ["甲、乙", "丙"]
    assert len(found) == len(plain) + sum(map(len, folds))
    rest = [s for s in plain if s.group == "丙"]
    model = unpack(GenreTrainer().pack([*rest, *folds[1]]), "genre")
    inside = [i for i, s in enumerate(plain) if s.group != "丙"]
    assert [found[i] for i in inside] == predict(model, [plain[i] for i in inside])
    assert found[len(plain) : len(plain) + len(folds[0])] == predict(model, folds[0])


# --- scoring ----------------------------------------------------------------------------------------------------------


def judged(genre: str, subgenre: str = "") -> Sample:
    return Sample("甲", "t", "", genre, subgenre, (), (NONE, None))


def test_scores() -> None:
    data = [judged("plan", "工作方案"), judged("plan", "活动方案"), judged("summary", "工作总结"), judged(NONE)]
    found = score(data, [("plan", "工作方案"), ("plan", "工作方案"), ("plan", "工作方案"), (NONE, None)])
    assert found.genre == pytest.approx(3 / 4)
    assert found.subgenre == pytest.approx(1 / 3)
    assert found.f1 == pytest.approx({"plan": 4 / 5, "summary": 0.0, NONE: 1.0})
    assert found.macro_f1 == pytest.approx(3 / 5)
    assert score([], []).genre == 0.0


def test_baselines_and_choices() -> None:
    data = [judged("plan", "工作方案"), judged("plan", "活动方案"), judged("plan", "活动方案"), judged("summary", "工作总结")]
    assert majority(data, data[:2]) == [("plan", "活动方案")] * 2
    assert by_lexicon(data) == [(NONE, None)] * 4
    guess = Guess({"plan": 0.6, NONE: 0.4}, {"plan": {"甲": 0.3, "乙": 0.7}})
    assert chosen([guess, None, Guess({"notice": 1.0}, {})]) == [("plan", "乙"), (NONE, None), ("notice", None)]


def test_calibration_error() -> None:
    assert calibration_error([], []) == 0.0
    assert calibration_error([1.0, 1.0], [True, True]) == 0.0
    assert calibration_error([0.9, 0.9], [True, False]) == pytest.approx(0.4)
    assert calibration_error([0.15, 0.95], [False, True]) == pytest.approx(0.1)
    assert calibration_error([0.75, 0.85], [True, False], bins=1) == pytest.approx(0.3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30), st.integers(1, 20))
def test_calibration_errors_are_shares(answers: list[tuple[float, bool]], bins: int) -> None:
    confidences, right = [c for c, _ in answers], [hit for _, hit in answers]
    error = calibration_error(confidences, right, bins)
    assert 0 <= error <= 1
    assert error >= abs(sum(confidences) - sum(right)) / len(answers) - 1e-9


def test_negatives_stay_in_order() -> None:
    (fold,) = negatives(read_negatives()[:6])
    numbers = [int(s.document.removeprefix("negative-")) for s in fold if not s.variant]
    assert all(a < b for a, b in pairwise(numbers))
