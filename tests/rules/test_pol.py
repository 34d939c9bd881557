"""POL: what the findings say, and what the day does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from docnlp.policy.loading import timeline
from docnlp.rules.base import Finding
from docnlp.rules.pol import RULES
from docnlp.testing import run_rule

TODAY = date(2026, 11, 23)
BY_CODE = {rule.code: rule for rule in RULES}
COPIED = (
    "清河县水务局2019年文明创建工作方案\n\n以邓小平理论和“三个代表”重要思想为指导，全面落实科学发展观，深入贯彻党的十七大精神，"
    "认真实施“五五”普法规划，推动经济又好又快发展。\n\n清河县水务局\n{year}年3月5日\n"
)


def check(code: str, text: str, day: date = TODAY) -> list[Finding]:
    return run_rule(BY_CODE[code], text, as_of=day)


def test_a_finding_says_since_when_why_and_what_to_write() -> None:
    (finding,) = check("POL005", "由县国土资源局牵头。")
    assert finding.text == "国土资源局"
    assert finding.suggestions[0] == "自然资源局"
    assert "2018年" in finding.message
    assert "自然资源局" in finding.message
    assert finding.source.startswith("IN-")
    assert not finding.edits


def test_wording_is_never_changed_by_a_fix() -> None:
    for rule in RULES:
        assert rule.fix.value == "shown"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("认真贯彻党的十六大精神。", "党的二十大和二十届历次全会精神"),
        ("认真落实党的十九大部署。", "党的二十大和二十届历次全会"),
    ],
)
def test_the_newest_meeting_is_what_is_offered(text: str, cited: str) -> None:
    (finding,) = check("POL003", text)
    assert finding.suggestions == (cited,)


def test_past_the_record_the_newest_is_a_hint_only() -> None:
    text = "把思想统一到党的二十大和二十届四中全会精神上来。"
    assert check("POL003", text) == []
    soon = timeline().record_reaches + timedelta(days=30)
    (found_soon,) = check("POL003", "把思想统一到党的二十大和二十届二中全会精神上来。", soon)
    assert found_soon.severity == "error"
    assert "时间线截至" in found_soon.message
    later = date(timeline().record_reaches.year + 3, 1, 1)
    found = check("POL003", "把思想统一到党的二十大和二十届二中全会精神上来。", later)
    assert [f.severity for f in found] == ["info"]
    assert "时间线截至" in found[0].message


def test_a_date_that_does_not_fit_the_phrases() -> None:
    (finding,) = check("POL010", COPIED.format(year=2019))
    assert finding.text == "2019"
    assert "2019年" in finding.message
    assert "请核对" in finding.message
    assert check("POL010", COPIED.replace("2019", "2008").format(year=2008), date(2008, 3, 5)) == []


def test_one_old_phrase_is_no_copied_report() -> None:
    assert check("POL010", "工作方案\n\n学习党的十七大精神。\n\n清河县水务局\n2019年3月5日\n") == []


def test_blanks_left_by_an_outline_are_not_judged() -> None:
    assert check("POL005", "【待填：原国土资源局或现名】") == []


def test_phrases_the_timeline_does_not_know() -> None:
    found = check("POL009", "扎实开展“九进七帮”活动，增强“四个意识”。")
    assert len(found) == 1
    assert "九进七帮" in found[0].text
    assert all(f.severity == "info" for f in found)
