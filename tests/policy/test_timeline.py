"""What a day asks for."""

from __future__ import annotations

from datetime import date

import pytest

from docnlp.policy.loading import timeline
from docnlp.policy.timeline import forms_by_head


@pytest.mark.parametrize(
    ("day", "citation"),
    [
        (date(2003, 5, 1), "党的十六大精神"),
        (date(2005, 12, 1), "党的十六大和十六届三中、四中、五中全会精神"),
        (date(2007, 11, 1), "党的十七大精神"),
        (date(2014, 6, 1), "党的十八大和十八届三中全会精神"),
        (date(2019, 3, 1), "党的十九大和十九届二中、三中全会精神"),
        (date(2022, 1, 1), "党的十九大和十九届历次全会精神"),
        (date(2022, 11, 1), "党的二十大精神"),
        (date(2024, 8, 1), "党的二十大和二十届二中、三中全会精神"),
        (date(2026, 3, 1), "党的二十大和二十届历次全会精神"),
    ],
)
def test_how_the_newest_meeting_is_cited(day: date, citation: str) -> None:
    assert timeline().citation(day) == citation


@pytest.mark.parametrize(
    ("day", "guiding"),
    [
        (date(2001, 1, 1), "以邓小平理论为指导"),
        (date(2003, 1, 1), "以邓小平理论和“三个代表”重要思想为指导"),
        (date(2009, 1, 1), "以邓小平理论和“三个代表”重要思想为指导，深入贯彻落实科学发展观"),
        (date(2013, 1, 1), "以邓小平理论、“三个代表”重要思想、科学发展观为指导"),
        (date(2017, 10, 24), "以习近平新时代中国特色社会主义思想为指导"),
    ],
)
def test_the_formula_of_guiding_thought(day: date, guiding: str) -> None:
    assert timeline().guiding_on(day) == guiding


def test_the_stance_grows_with_the_years() -> None:
    record = timeline()
    assert record.stance_on(date(2015, 1, 1)) == ""
    assert record.stance_on(date(2016, 3, 1)) == "增强“四个意识”"
    assert "四个自信" in record.stance_on(date(2017, 1, 1))
    assert "两个维护" in record.stance_on(date(2019, 1, 1))
    assert "两个确立" in record.stance_on(date(2022, 1, 1))


def test_every_year_has_one_plan_and_one_plan_of_law_education() -> None:
    record = timeline()
    for year in range(2001, 2031):
        day = date(year, 7, 1)
        assert sum(p.first <= year <= p.last for p in record.plans) == 1, year
        assert record.plan_on(day) is not None
        assert record.law_plan_on(day) is not None
    assert record.plan_on(date(2026, 1, 1)).name == "十五五"  # type: ignore[union-attr]
    assert record.law_plan_on(date(2005, 6, 1)).name == "四五"  # type: ignore[union-attr]


def test_campaigns_under_way() -> None:
    names = [e.forms[0] for e in timeline().campaigns_on(date(2013, 9, 1))]
    assert any("群众路线" in name for name in names)
    assert not any("先进性教育" in name for name in names)


def test_congresses_and_sessions_are_in_order() -> None:
    record = timeline()
    days = [day for c in record.congresses for day in (c.opened, c.closed, *(p.closed for p in c.plenaries))]
    assert days == sorted(days)
    for congress in record.congresses[1:]:
        assert [p.number for p in congress.plenaries] == list(range(1, len(congress.plenaries) + 1))


def test_an_own_entry_replaces_the_shipped_one_with_its_id() -> None:
    from dataclasses import replace

    record = timeline()
    first = record.entry(0)
    own = replace(first, forms=("本地自己的提法",), pack="own.toml")
    merged = record.with_packs([own])
    assert len(merged) == len(record)
    assert [e for e in merged.entries if e.id == first.id] == [own]
    looked_for = {form[3] for forms in merged.forms.values() for form in forms if merged.entry(form[2]).id == first.id}
    assert looked_for == {"本地自己的提法"}


def test_the_compiled_forms_are_those_of_the_entries() -> None:
    record = timeline()
    fresh = forms_by_head((i, entry.forms) for i, entry in enumerate(record.entries))
    assert {head: [tuple(f) for f in forms] for head, forms in record.forms.items()} == fresh
