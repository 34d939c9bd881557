"""Finding terms in any spelling, and the contexts in which an old one is right."""

from __future__ import annotations

from datetime import date

import pytest

from docnlp.policy.loading import timeline
from docnlp.policy.mentions import Judge, find
from docnlp.policy.model import Entry
from docnlp.text.folding import fold
from docnlp.text.skeleton import Skeleton, bare

TODAY = date(2026, 11, 23)
LIST = Entry(id="T-1", kind="concept", forms=("甲乙要求、丙丁要求",), valid_until=date(2012, 1, 1))
BODY = Entry(
    id="T-2",
    kind="institution",
    forms=("丁戊局",),
    valid_from=date(2000, 1, 1),
    valid_until=date(2012, 1, 1),
    unless_part_of=("丁戊局限",),
)
LAW = Entry(id="T-3", kind="law", forms=("《甲己法》",), valid_until=date(2012, 1, 1), unless_part_of=("庚甲己法",))
TASK = Entry(id="T-4", kind="campaign", forms=("甲庚活动",), valid_until=date(2012, 1, 1), when="current")
RECORD = timeline().with_packs([LIST, BODY, LAW, TASK])


def stale(text: str, day: date = TODAY, years: frozenset[int] = frozenset()) -> list[str]:
    folded = fold(text)
    judge = Judge(folded, day, years)
    found = [m for m in find(Skeleton(folded), RECORD) if m.entry.id.startswith("T-")]
    return [text[m.start : m.end] for m in found if judge.verdict(m) == "stale"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("落实甲乙要求、丙丁要求。", "甲乙要求、丙丁要求"),
        ("落实甲乙要求，丙丁要求。", "甲乙要求，丙丁要求"),
        ("落实甲乙要求,丙丁要求。", "甲乙要求,丙丁要求"),
        ("落实“甲乙要求”、“丙丁要求”。", "“甲乙要求”、“丙丁要求”"),
        ("落实甲乙 要求、丙丁要求。", "甲乙 要求、丙丁要求"),
        ("落实'甲乙要求、丙丁'要求。", "甲乙要求、丙丁'要求"),
        ("落实甲、乙要求、丙丁要求。", "甲、乙要求、丙丁要求"),
    ],
)
def test_marks_and_spaces_do_not_hide_a_term(text: str, found: str) -> None:
    assert stale(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "落实甲乙要求，对丙丁要求不高。",
        "落实甲乙要求。丙丁要求另行规定。",
        "讲丁戊局限。",
        "贯彻《庚甲己法》。",
        "由丁，戊局长说。",
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert stale(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "原县丁戊局职工宿舍已列入改造。",
        "他曾任县丁戊局办公室主任。",
        "时任县丁戊局局长到现场指挥。",
        "丁戊局更名为丁庚局后，职能作了调整。",
        "丁戊局已并入丁庚局。",
        "2009年，县丁戊局帮扶我村修了路。",
        "二〇〇九年，县丁戊局帮扶我村修了路。",
        "我镇2008—2010年与县丁戊局结对。",
        "学习《关于加强丁戊局作风建设的意见》。",
        "当年丁戊局的牌子还挂在墙上。",
        "荣获丁戊局颁发的先进集体称号。",
        "县领导强调：“丁戊局要带头抓好文明创建，走在全县各部门的前列”。",
        "先后开展了甲庚活动、读书活动。",
        "甲庚活动取得圆满成功。",
        "巩固甲庚活动成果。",
    ],
)
def test_the_past_may_be_called_by_its_names(text: str) -> None:
    assert stale(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "由县丁戊局牵头，有关单位配合。",
        "2009年要由县丁戊局牵头，各单位配合。",
        "目前县丁戊局正在部署。",
        "按照原则，由丁戊局负责。",
        "认真贯彻《甲己法》。",
        "认真贯彻甲己法的规定。",
        "深入开展“甲庚活动”。",
    ],
)
def test_the_present_may_not(text: str) -> None:
    assert len(stale(text)) == 1


def test_the_documents_own_year_is_no_look_back() -> None:
    text = "2009年，县丁戊局认真开展创建。"
    assert stale(text) == []
    assert len(stale(text, years=frozenset([2009]))) == 1


def test_the_day_decides() -> None:
    assert stale("由县丁戊局牵头。", date(2011, 6, 1)) == []
    assert stale("由县丁戊局牵头。", date(2012, 6, 1)) == ["丁戊局"]


def test_spans_lead_back_to_the_text() -> None:
    text = "一是“甲 乙”、，丙\n二是丁“戊”局。"
    skeleton = Skeleton(fold(text))
    at = skeleton.text.index("丁戊局")
    assert text[slice(*skeleton.span(at, at + 3))] == "丁“戊”局"
    assert bare("“四个 意识”、，") == "四个意识"
    for place, char in enumerate(skeleton.text):
        assert fold(text)[skeleton.place(place)] == char
        assert skeleton.at(skeleton.place(place)) == place
