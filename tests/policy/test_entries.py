"""The shipped entries, and what validation says of wrong ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docnlp.policy.loading import COMPILED, PolicyError, compiled_text, entry_of, pack_paths, read_pack, timeline
from docnlp.policy.model import Entry
from docnlp.policy.validate import main, problems

ENTRIES = [entry for path in pack_paths() for entry in read_pack(path)]
GOOD = Entry(
    id="T-1",
    kind="term",
    forms=("旧提法甲",),
    valid_from=date(2005, 1, 1),
    valid_until=date(2015, 1, 1),
    use=("新提法甲",),
    source="常识",
    bad=("全镇要落实【旧提法甲】。",),
    good=("2010年，全镇提出了旧提法甲。",),
)


def test_the_shipped_entries_are_in_order() -> None:
    assert problems(ENTRIES, timeline()) == []


def test_there_are_enough_with_an_opened_source() -> None:
    assert len(ENTRIES) >= 450
    opened = [e for e in ENTRIES if e.read]
    assert len(opened) >= 300
    assert all(e.source != "常识" for e in opened)


def test_what_was_not_opened_is_no_error() -> None:
    for entry in ENTRIES:
        if entry.read is None:
            assert entry.grade != "error", entry.id
        if entry.confidence == "low":
            assert entry.grade == "info", entry.id


def test_the_compiled_file_is_fresh() -> None:
    assert COMPILED.read_text(encoding="utf-8") == compiled_text()


def test_the_compiled_entries_are_those_of_the_packs() -> None:
    for mine, theirs in zip(ENTRIES, timeline().entries, strict=True):
        assert replace(mine, bad=(), good=(), note="") == replace(theirs, bad=(), good=(), note="")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"valid_from": date(2016, 1, 1)}, "valid_from 应早于 valid_until"),
        ({"grace_until": date(2014, 1, 1)}, "grace_until 应晚于 valid_until"),
        ({"source": ""}, "缺少 source"),
        ({"read": date(2026, 1, 1)}, "写了 read 就要写查看过的出处"),
        ({"bad": ()}, "缺少 bad 例句"),
        ({"good": ()}, "缺少 good 例句"),
        ({"forms": ("甲",)}, "不足两个字"),
        ({"use_by_form": {"没有的": ("新",)}}, "不在 forms 里"),
        ({"bad": ("全镇要落实旧提法甲。",)}, "没有用【】标出"),
        ({"bad": ("曾落实【旧提法甲】。",)}, "应报"),
        ({"good": ("全镇要落实旧提法甲。",)}, "会误报"),
        ({"early": True, "valid_from": None}, "写了 early 就要写 valid_from"),
    ],
)
def test_a_wrong_entry_is_named(changes: dict[str, object], said: str) -> None:
    found = problems([replace(GOOD, **changes)], timeline())  # type: ignore[arg-type]
    assert any(said in line for line in found), found
    assert all(line.startswith("T-1：") for line in found)


def test_a_right_entry_passes_and_two_with_the_same_form_do_not() -> None:
    assert problems([GOOD], timeline()) == []
    found = problems(
        [GOOD, replace(GOOD, id="T-2", forms=("“旧提法”甲",), bad=("要落实【“旧提法”甲】。",))], timeline()
    )
    assert any("写法相同" in line for line in found)
    assert any("编号重复" in line for line in problems([GOOD, GOOD], timeline()))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"id": "A", "kind": "term"}, "缺少字段 forms"),
        ({"id": "A", "kind": "词", "forms": ["甲乙"]}, "kind 只能是"),
        ({"id": "A", "kind": "term", "forms": "甲乙"}, "forms 应写成一列文字"),
        ({"id": "A", "kind": "term", "forms": ["甲乙"], "valid_until": "去年"}, "不是日期"),
        ({"id": "A", "kind": "term", "forms": ["甲乙"], "until": 1}, "不认识的字段 until"),
        ({"id": "A", "kind": "term", "forms": ["甲乙"], "early": "是"}, "应写 true 或 false"),
        ({"id": "A", "kind": "term", "forms": ["甲乙"], "source": 3}, "应是文字"),
        ({"id": "A", "kind": "term", "forms": ["甲乙"], "use_by_form": {"甲乙": "丙"}}, "use_by_form 应写成"),
    ],
)
def test_a_wrong_table_is_one_clear_message(table: dict[str, object], said: str) -> None:
    with pytest.raises(PolicyError) as raised:
        entry_of(table, "pack.toml A")
    assert said in str(raised.value)
    assert str(raised.value).startswith("pack.toml A：")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="读不出来"):
        read_pack(tmp_path / "none.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("[[entry]\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="不合 TOML"):
        read_pack(broken)
    broken.write_bytes("[[entry]]\nid = '国土'".encode("gb18030"))
    with pytest.raises(PolicyError, match="UTF-8"):
        read_pack(broken)
    broken.write_text("[[term]]\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="不认识的表"):
        read_pack(broken)


def test_the_command_counts_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(
        '[[entry]]\nid = "X-1"\nkind = "term"\nforms = ["旧提法甲"]\nvalid_until = 2015-01-01\nsource = "常识"\n'
        'bad = ["全镇要落实【旧提法甲】。"]\ngood = ["2010年提出旧提法甲。"]\n',
        encoding="utf-8",
    )
    assert main([str(pack)]) == 0
    assert "1 条" in capsys.readouterr().out
    pack.write_text(pack.read_text(encoding="utf-8").replace("source", "# source"), encoding="utf-8")
    assert main([str(pack)]) == 1
    assert "缺少 source" in capsys.readouterr().out
