"""`docnlp policy`."""

from __future__ import annotations

import json
from pathlib import Path

from cli_helpers import Cli

PACK = """name = "我县的提法"

[[entry]]
id = "WX-001"
kind = "activity"
forms = ["七彩文明户评选"]
valid_until = 2021-12-31
use = ["清风文明户评选"]
event = "评选办法修订"
source = "县文明办〔2022〕3号"
read = 2026-11-24
confidence = "high"
bad = ["今年继续开展【七彩文明户评选】。"]
good = ["2019年，全村开展了七彩文明户评选。"]
"""


def test_a_day(cli: Cli) -> None:
    result = cli("policy", "--as-of", "2014-06-01")
    assert (result.status, result.err) == (0, "")
    assert "2014年6月1日的写法" in result.out
    assert "党的十八大和十八届三中全会精神" in result.out
    assert "“十二五”（2011—2015年）" in result.out
    assert "“六五”普法" in result.out
    assert "群众路线" in result.out


def test_a_day_as_json(cli: Cli) -> None:
    facts = json.loads(cli("policy", "--as-of", "2019-06-01", "--format", "json").out)
    assert facts["as_of"] == "2019-06-01"
    assert facts["plenary"]["name"] == "十九届三中全会"
    assert facts["plan"] == {"name": "十三五", "first": 2016, "last": 2020}


def test_past_the_record_a_note(cli: Cli) -> None:
    result = cli("policy", "--as-of", "2040-01-01")
    assert result.status == 0
    assert "时间线截至" in result.err


def test_the_life_of_a_term(cli: Cli) -> None:
    result = cli("policy", "国土资源局")
    assert result.status == 0
    assert "自然资源" in result.out
    assert "2018年" in result.out
    entries = json.loads(cli("policy", "国土资源局", "--format", "json").out)
    assert any("国土资源局" in entry["forms"] for entry in entries)


def test_an_unknown_term_and_an_unreadable_day(cli: Cli) -> None:
    result = cli("policy", "没有这样的提法")
    assert (result.status, result.out) == (1, "")
    assert "没有收录" in result.err
    result = cli("policy", "--as-of", "去年")
    assert result.status == 2
    assert "读不懂" in result.err


def test_own_packs_are_validated_shown_and_used(cli: Cli) -> None:
    Path("我县.toml").write_text(PACK, encoding="utf-8")
    Path("docnlp.toml").write_text('packs = ["我县.toml"]\n', encoding="utf-8")
    Path("稿.txt").write_text("关于创建工作的通知\n\n各村：\n今年继续开展七彩文明户评选。\n", encoding="utf-8")
    assert "WX-001" in cli("policy", "七彩文明户评选").out
    found = json.loads(cli("check", "稿.txt", "--select", "POL", "--as-of", "2026-11-23", "--format", "json").out)
    (finding,) = found["files"][0]["findings"]
    assert finding["text"] == "七彩文明户评选"
    assert finding["suggestions"] == ["清风文明户评选"]
    assert "县文明办〔2022〕3号" in finding["source"]


def test_validate(cli: Cli) -> None:
    pack = Path("我县.toml")
    pack.write_text(PACK, encoding="utf-8")
    assert cli("policy", "validate", "我县.toml").status == 0
    pack.write_text(PACK.replace("2021-12-31", '"去年"'), encoding="utf-8")
    result = cli("policy", "validate", "我县.toml")
    assert result.status == 1
    assert "不是日期" in result.out + result.err


def test_a_wrong_entry_in_a_pack_is_one_message(cli: Cli) -> None:
    Path("我县.toml").write_text(PACK.replace("activity", "活动"), encoding="utf-8")
    Path("docnlp.toml").write_text('packs = ["我县.toml"]\n', encoding="utf-8")
    Path("稿.txt").write_text("通知\n", encoding="utf-8")
    result = cli("check", "稿.txt")
    assert result.status == 2
    assert "WX-001" in result.err
    assert "kind 只能是" in result.err
    assert "Traceback" not in result.err
