"""When a text was probably written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docnlp.analysis.period import clues, writing_period
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.readers.plain import source_from_text
from docnlp.training.markup import load_corpus

CORPUS = Path(__file__).resolve().parents[2] / "corpora"


def document(text: str) -> Document:
    return build(source_from_text(text))


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("以“三个代表”重要思想为指导，认真贯彻党的十六大精神，抓好“四五”普法。", 2004),
        ("全面落实科学发展观，深入贯彻党的十七大精神。", 2008),
        ("深入学习贯彻党的十八大和十八届三中全会精神。", 2014),
        ("深入学习贯彻党的十九大和十九届二中、三中全会精神。", 2018),
        ("学习贯彻党的二十大精神，落实“十四五”规划。", 2023),
    ],
)
def test_phrases_give_the_year_away(text: str, year: int) -> None:
    period = writing_period(document(text))
    assert period is not None
    assert abs(period.year - year) <= 1
    assert period.first <= year <= period.last


def test_no_phrases_no_period() -> None:
    assert writing_period(document("各科室要打扫卫生，按时上报材料。")) is None
    assert clues(document("各科室要打扫卫生，按时上报材料。")) == []


def test_what_is_told_of_the_past_does_not_pull_the_estimate_back() -> None:
    period = writing_period(document("2009年，我镇开展了学习实践科学发展观活动。今年要深入学习贯彻党的二十大精神。"))
    assert period is not None
    assert period.first >= 2022


def test_the_estimate_holds_on_the_corpus() -> None:
    known = near = 0
    for doc in load_corpus([CORPUS])[::3]:
        if any(fault.family == "POL" for fault in doc.faults):
            continue
        period = writing_period(document(doc.text))
        if period is not None:
            known += 1
            near += abs(period.year - doc.date.year) <= 2
    assert known > 60
    assert near / known >= 0.8


def test_clues_point_into_the_text() -> None:
    text = "一、指导思想\n深入贯彻“十二五”规划和党的十八大精神。"
    for clue in clues(document(text)):
        assert text[clue.start : clue.end] == clue.words
        assert clue.since is None or clue.since > date(1990, 1, 1)
