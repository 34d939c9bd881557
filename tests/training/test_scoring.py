"""How slogan extractors are scored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis.base import Slogan, SloganType
from docnlp.training.markup import GoldSlogan
from docnlp.training.scoring import (
    Phrase,
    SloganScores,
    norm,
    phrases,
    same_phrase,
    slogan_scores,
    span_scores,
    type_scores,
)

WORDS = st.text(alphabet="文明节俭“”、，：.-（） ＡbB", max_size=14)


def of(kind: SloganType, *texts: str) -> list[Phrase]:
    return [Phrase(t, kind) for t in texts]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("“四进”活动", "四进活动"),
        ("讲文明、树新风", "讲文明,树新风。"),
        ("Ｂ级达标", "b级达标"),
        ("清明祭英烈", "“清明祭英烈”活动"),  # 5 of 7
        ("节俭养德", "“节俭养德”全民行动"),  # 4 of 8, a whole piece
        ("爱家爱岗、爱院爱水", "爱家爱岗、爱院爱水，护河护堤护坝，守责守信"),  # 8 of 18, two whole pieces
    ],
)
def test_the_same_phrase(a: str, b: str) -> None:
    assert same_phrase(a, b)
    assert same_phrase(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("爱岗敬业", "爱岗奉献"),
        ("文明", "文明餐桌行动"),  # 2 of 6
        ("节俭养", "“节俭养德”全民行动"),  # 3 of 8
        ("俭养德全", "“节俭养德”全民行动"),  # 4 of 8, but no whole piece
        ("护河护堤", "爱家爱岗、护河护堤护坝"),  # 4 of 10, but not the whole piece
        ("爱家爱岗", "爱家爱岗、爱院爱水，守责守信守约"),  # a whole piece, but 4 of 14
        ("、。", "、。"),
        ("", "文明"),
    ],
)
def test_not_the_same_phrase(a: str, b: str) -> None:
    assert not same_phrase(a, b)
    assert not same_phrase(b, a)


def test_the_shares_are_reached_at_the_border() -> None:
    assert same_phrase("文明餐", "文明餐桌行")  # 3 of 5
    assert not same_phrase("文明餐桌行", "文明餐桌行动进学校")  # 5 of 9
    assert same_phrase("文明", "“文明”餐桌行")  # 2 of 5, a whole piece
    assert not same_phrase("文明", "“文明”餐桌行动")  # 2 of 6


@given(WORDS, WORDS)
def test_the_order_does_not_matter(a: str, b: str) -> None:
    assert same_phrase(a, b) == same_phrase(b, a)
    assert same_phrase(a, a) == bool(norm(a))


def test_repeats_of_a_phrase_keep_the_surest_type() -> None:
    text = "四进、邻里守望，四进"
    found = [Slogan(0, 2, "campaign", 0.4), Slogan(3, 7, "campaign", 0.9), Slogan(8, 10, "numeric", 0.6)]
    assert phrases(text, found) == [Phrase("四进", "numeric"), Phrase("邻里守望", "campaign")]
    gold = [GoldSlogan(0, 2, "numeric"), GoldSlogan(8, 10, "campaign")]
    assert phrases(text, gold) == [Phrase("四进", "numeric")]


def test_precision_recall_and_types() -> None:
    gold = [*of("parallel", "讲文明、树新风", "齐抓共管"), *of("numeric", "四进"), *of("policy", "中国梦")]
    found = [*of("parallel", "讲文明，树新风"), *of("campaign", "“四进”活动", "志愿服务"), *of("policy", "中国梦")]
    scores = slogan_scores(found, gold)
    # “四进”活动 is half 四进, which is a whole piece of it
    assert scores == SloganScores(found=4, right=3, gold=4, met=3, typed=3, typed_right=2)
    assert (scores.precision, scores.recall, scores.f1, scores.type_accuracy) == (0.75, 0.75, 0.75, 2 / 3)


def test_repeats_count_once_on_both_sides() -> None:
    found = of("campaign", "“文明餐桌”", "文明餐桌", "“文明餐桌”")
    scores = slogan_scores(found, of("campaign", "文明餐桌", "文明餐桌"))
    assert (scores.found, scores.right, scores.gold, scores.met) == (1, 1, 1, 1)


def test_of_repeats_with_two_types_the_first_is_judged() -> None:
    gold = of("numeric", "双拥")
    assert slogan_scores([Phrase("双拥", "numeric"), Phrase("双拥", "policy")], gold).typed_right == 1
    assert slogan_scores([Phrase("双拥", "policy"), Phrase("双拥", "numeric")], gold).typed_right == 0


def test_a_phrase_of_two_types_is_right_with_either() -> None:
    gold = [Phrase("门前三包", "numeric"), Phrase("“门前三包”", "campaign")]
    for kind in ("numeric", "campaign"):
        scores = slogan_scores([Phrase("门前三包", kind)], gold)
        assert (scores.gold, scores.type_accuracy) == (1, 1.0)


def test_two_found_phrases_may_meet_one_annotated_one() -> None:
    gold = of("parallel", "爱家爱岗、爱院爱水")
    scores = slogan_scores(of("parallel", "爱家爱岗", "爱院爱水"), gold)
    assert (scores.found, scores.right, scores.gold, scores.met) == (2, 2, 1, 1)


def test_optional_phrases_count_neither_way() -> None:
    gold, optional = of("policy", "中国梦"), of("campaign", "绿色家园", "从未找到")
    scores = slogan_scores(of("campaign", "绿色家园", "窗口单位"), gold, optional)
    assert (scores.found, scores.right, scores.gold, scores.met) == (1, 0, 1, 0)
    # what is annotated for certain as well is not optional
    assert slogan_scores(gold, gold, gold).found == 1


def test_nothing_annotated() -> None:
    assert slogan_scores([], []).f1 == 1.0
    assert slogan_scores([], []).type_accuracy is None
    assert slogan_scores(of("policy", "中国梦"), []).precision == 0.0
    nothing_found = slogan_scores([], of("policy", "中国梦"))
    assert (nothing_found.precision, nothing_found.recall, nothing_found.f1) == (0.0, 0.0, 0.0)


def test_counts_are_added_before_dividing() -> None:
    total = SloganScores(1, 1, 4, 1, 1, 1) + SloganScores(3, 1, 1, 1, 1, 0)
    assert (total.precision, total.recall, total.type_accuracy) == (0.5, 0.4, 0.5)


def test_one_type_alone() -> None:
    gold = [*of("numeric", "四进"), *of("policy", "中国梦")]
    found = [*of("campaign", "四进"), *of("policy", "中国梦")]
    assert type_scores(found, gold, "policy").f1 == 1.0
    assert (type_scores(found, gold, "numeric").recall, type_scores(found, gold, "campaign").precision) == (0.0, 0.0)


def test_exact_spans() -> None:
    gold = [GoldSlogan(0, 4, "numeric"), GoldSlogan(6, 9, "policy"), GoldSlogan(12, 15, "policy")]
    found = [Slogan(0, 4, "campaign", 1.0), Slogan(6, 9, "policy", 1.0), Slogan(12, 16, "policy", 1.0)]
    assert span_scores(found, gold) == SloganScores(3, 2, 3, 2, 2, 1)
