"""Citations that follow a grammar."""

from __future__ import annotations

from datetime import date

import pytest

from docnlp.policy.citations import remarks as remarks_of
from docnlp.policy.loading import timeline
from docnlp.policy.survey import Remark
from docnlp.text.folding import fold
from docnlp.text.skeleton import Skeleton

TODAY = date(2026, 11, 23)


def remarks(text: str, day: date = TODAY) -> list[tuple[str, str, str]]:
    return [(r.topic, r.fault, text[r.start : r.end]) for r in said(text, day)]


def said(text: str, day: date = TODAY) -> list[Remark]:
    return list(remarks_of(Skeleton(fold(text)), timeline(), day))


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("深入学习贯彻党的十八大精神。", TODAY, [("congress", "stale", "党的十八大精神")]),
        (
            "贯彻党的十九大和十九届二中、三中全会精神。",
            date(2020, 6, 1),
            [("congress", "stale", "党的十九大和十九届二中、三中全会精神")],
        ),
        ("贯彻党的十九大和十九届二中、三中全会精神。", date(2019, 6, 1), []),
        ("党的十八大以来，面貌一新。", TODAY, []),
        ("党的十八大提出了新要求。", TODAY, []),
        ("召开大会传达党的二十大三中全会精神。", TODAY, [("congress", "mismatch", "二十大三中全会")]),
        ("学习党的二十一大精神。", TODAY, [("congress", "early", "党的二十一大精神")]),
        ("学习党的二十大精神。", date(2020, 1, 1), [("congress", "early", "党的二十大精神")]),
        ("迎接党的二十大胜利召开。", date(2022, 1, 1), []),
        ("搬到十六大街办公。", TODAY, []),
        ("第十七届运动会开幕。", TODAY, []),
        ("以邓小平理论为指导。", date(2004, 1, 1), [("thought", "stale", "邓小平理论")]),
        (
            "以毛泽东思想、“三个代表”重要思想为指导。",
            date(2005, 1, 1),
            [("thought", "incomplete", "毛泽东思想、“三个代表”重要思想")],
        ),
        ("学习邓小平理论、毛泽东思想。", date(2005, 1, 1), [("thought", "order", "邓小平理论、毛泽东思想")]),
        (
            "以习近平新时代中国特色社会主义思想为指导。",
            date(2016, 1, 1),
            [("thought", "early", "习近平新时代中国特色社会主义思想")],
        ),
        ("落实“十三五”规划的要求。", TODAY, [("plan", "stale", "“十三五”规划")]),
        ("“十三五”期间，建成广场三十个。", TODAY, []),
        ("“十三五”以来，面貌一新。", TODAY, []),
        ("编制“十六五”规划。", TODAY, []),
        ("按照“十五五”规划安排。", date(2019, 1, 1), [("plan", "early", "“十五五”规划")]),
        ("今年是“十四五”规划的收官之年。", date(2024, 1, 1), [("plan", "mismatch", "“十四五”规划的收官之年")]),
        ("2021年是“十四五”开局之年。", TODAY, []),
        ("2022年是“十四五”开局之年。", TODAY, [("plan", "mismatch", "“十四五”开局之年")]),
        ("推进“七五”普法工作。", TODAY, [("plan", "stale", "“七五”普法")]),
        ("参加的有四五十人。", TODAY, []),
        ("增强政治意识、大局意识、看齐意识。", TODAY, [("formula", "incomplete", "政治意识、大局意识、看齐意识")]),
        (
            "增强“四个意识”，坚定“四个自信”。",
            date(2014, 1, 1),
            [("formula", "early", "四个意识"), ("formula", "early", "四个自信")],
        ),
        ("推行“五位一体”调解法。", date(2009, 1, 1), []),
        ("爱国、敬业、友善、诚信。", TODAY, [("formula", "order", "爱国、敬业、友善、诚信")]),
        ("爱国守法、明礼诚信、团结友善。", TODAY, []),
    ],
)
def test_citations(text: str, day: date, expected: list[tuple[str, str, str]]) -> None:
    assert remarks(text, day) == expected


def test_past_the_record_the_message_says_how_far_it_reaches() -> None:
    (found,) = said("深入学习贯彻党的十九大精神。", date(2031, 1, 1))
    assert "时间线截至" in found.message


def test_a_thought_in_the_next_sentence_completes_the_list() -> None:
    text = "以邓小平理论、“三个代表”重要思想、科学发展观为指导。全面贯彻习近平新时代中国特色社会主义思想。"
    assert remarks(text) == []
