"""DIG: the examples of every rule, the traps, and what must hold on any text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docnlp.rules.base import Rule
from docnlp.rules.dig import RULES
from docnlp.testing import apply_edits, run_rule, verify_examples

CLEAN = sorted((Path(__file__).parents[1] / "clean").glob("*.txt"))
BY_NAME = {rule.name: rule for rule in RULES}


def found(name: str, text: str, as_of: date = date(2026, 11, 23)) -> list[str]:
    return [f.text for f in run_rule(BY_NAME[name], text, as_of=as_of)]


def reported(text: str, info: bool = True) -> list[tuple[str, str]]:
    return [(r.code, f.text) for r in RULES for f in run_rule(r, text) if info or f.severity != "info"]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_examples(rule: Rule) -> None:
    assert verify_examples(rule) == []


def test_codes_and_names_are_unique() -> None:
    assert len({r.code for r in RULES}) == len({r.name for r in RULES}) == len(RULES)
    assert all(r.code.startswith("DIG") for r in RULES)


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
def test_correct_reports_have_no_fault(path: Path) -> None:
    assert reported(path.read_text(encoding="utf-8"), info=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "参与率达98%，完成率达120%，增长率105%，毛入学率103%。",
        "第1—3名获奖，三、四级医院，一、二年级，2、3号楼，第2、3条，第十一、十二届。",
        "投入资金1,200.5万元，人均2.5元，3.2亿元，10亿零817万人。",
        "用时25年3个月，建校99年，25年来，近20多年来，近百年奋斗史，100多年历史。",
        "20世纪90年代以来，80后青年，00后志愿者。",
        "每年3次以上，不少于20学时，不超过3天，约3000人，50余人次，不少于2名县级以上专家。",
        "全程3千米，6千瓦，5千克，10百分点，3.5千伏。",
        "2024年2月29日，2000年2月29日，12月31日24时，23时59分。",
        "下午2:30—5:00，晚上7点，上午9时，凌晨3时，中午12:00，14:30。",
        "温度0～10℃，0～100%，3%～5%，5万～10万人，8000～1万元，100—150千克。",
        "零距离，零容忍，三百零五，一百零八将，二〇三五年。",
        "编号2024-13-99，比分14:75，电话0512-1234567，GB/T 15834-2011，v2.0.1，192.168.1.30。",
        "网址http://example.com/2008-8/4-6%，邮箱2008.8@example.com。",
        "总人数100人，户数10户，天数10天。",
        "2025年11月至3月供暖，12月20日至1月10日走访，2020年至2025年。",
        "党的二十大，二十届三中全会，第一书记，星期五，第15届邻里节，“十四五”规划。",
        "农历2024年八月十五，正月十五，2025年五月初五。",
        "工作效率提高5%，志愿者人数增长5%，满意率提高到95%，投诉量下降30%。",
        "减少到原来的三分之一，增加3倍，提高1.5倍。",
        "第25年度会议、20xx年度、二0xx年、xx年xx月。",
        "“九五”末，“七五”普法，95后，三八红旗手，八一建军节。",
        "时间是【待填：25年度，2月30日】",
    ],
)
def test_traps(text: str) -> None:
    assert reported(text) == []


def test_leap_years() -> None:
    assert found("impossible-date", "2023年2月29日") == ["2月29日"]
    assert found("impossible-date", "2000年2月29日，2月29日") == []
    assert found("impossible-date", "1900年2月29日") == ["2月29日"]
    assert found("impossible-date", "4月31日、6月31日、0月3日、5月0日") == ["4月31日", "6月31日", "5月0日"]


def test_two_digit_year_takes_its_century_from_the_day_of_the_check() -> None:
    rule = BY_NAME["two-digit-year"]
    assert run_rule(rule, "我校98年3月建成")[0].suggestions == ("1998",)
    assert run_rule(rule, "24年度总结", as_of=date(2026, 1, 1))[0].suggestions == ("2024",)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("4-6%", "4%～6%"),
        ("4.5～6.5%", "4.5%～6.5%"),
        ("15—30%", "15%—30%"),
        ("5-10万人", "5万～10万人"),
        ("占3~5%", "占3%～5%"),
    ],
)
def test_ranges_get_both_units(text: str, right: str) -> None:
    findings = run_rule(BY_NAME["ambiguous-range"], text)
    assert apply_edits(text, (e for f in findings for e in f.edits)) == right
    assert [f.safe for f in findings] == ["%" in text]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("3千人", "3000人"),
        ("2千5百元", "2500元"),
        ("3千余人", "3000余人"),
        ("2.5千人", "2500人"),
        ("3百多户", "300多户"),
        ("2百万元", "200万元"),
        ("3千万元", "3000万元"),
    ],
)
def test_mixed_numerals_keep_their_value(text: str, right: str) -> None:
    findings = run_rule(BY_NAME["mixed-numeral"], text)
    assert apply_edits(text, (e for f in findings for e in f.edits)) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("二〇二四年3月5日", "2024年3月5日"),
        ("2024年十二月三十一日", "2024年12月31日"),
        ("二〇二四年3月十五日", "2024年3月15日"),
        ("3月二十日", "3月20日"),
    ],
)
def test_mixed_dates_become_arabic(text: str, right: str) -> None:
    findings = run_rule(BY_NAME["mixed-numeral-date"], text)
    assert apply_edits(text, (e for f in findings for e in f.edits)) == right


def test_pleonasms() -> None:
    text = "近50多人、约50余家、大约30人左右、将近40人上下、超过50余个、逾百余次、至少3次以上、最多5天以内"
    assert found("pleonastic-number", text) == text.replace("近50多人", "近50多", 1).replace(
        "约50余家", "约50余"
    ).replace("超过50余个", "超过50余").replace("逾百余次", "逾百余").split("、")


# --- any text -------------------------------------------------------------------------------------------------------

PIECES = [
    *"0123456789０５OoＯ一二三五十百千万亿零〇○几数第年月日时点分号至到近约多余倍%％-~～—、，。.:：/“”\n人个名次大届",
    "2025", "二〇二四", "二零", "下午", "上午", "左右", "以上", "至少", "超过", "减少", "参与率",
    "满意率提高", "百分之", "星期", "党的", "http://a.cn/25年度", "03",
]  # fmt: skip
CHINESE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ANYTHING = st.text(st.characters(), max_size=60)  # astral and lone surrogates included


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(CHINESE, ANYTHING))
def test_any_text(text: str) -> None:
    view = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for rule in RULES:
        for f in run_rule(rule, view):
            assert f.start is not None
            assert f.end is not None
            assert 0 <= f.start < f.end <= len(view)
            assert f.text == view[f.start : f.end]
            for e in f.edits:
                assert 0 <= e.start <= e.end <= len(view)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHINESE)
def test_fixes_are_idempotent(text: str) -> None:
    for rule in RULES:
        once = apply_edits(text, (e for f in run_rule(rule, text) for e in f.edits))
        twice = apply_edits(once, (e for f in run_rule(rule, once) for e in f.edits))
        assert twice == once, rule.code
