"""The markup of the corpus: what is read, where it stands in the text, and every complaint."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from docnlp.training.markup import (
    CorpusDocument,
    MarkupError,
    load_corpus,
    load_file,
    load_folder,
    parse_markup,
    read_markup,
)

FRONT = """---
id: x-001
genre: plan
subgenre: 工作方案
unit: 税务局
date: 2016-03-20
group: x
---
"""

SOURCE = (
    FRONT
    + """[title] 甲县税务局创建方案
% 这一行是注释

[preamble] 为巩固成果，制定本方案。
[tasks/1] 一、主要任务
[tasks/2] （一）学雷锋。
[+tasks] 弘扬{P:奉献、{!TYP:有爱=>友爱}}精神，由{!POL:国土资源局=>自然资源局}牵头{!PUN:，，=>，}落实{N:“三个代表”}。
@part notice 通知
[title] 另一份
[+tasks] 接着写{!RES:（来源：某网）=>}。
"""
)


def parse(body: str, front: str = FRONT) -> CorpusDocument:
    return parse_markup(front + body, "a.txt")


def test_text_and_blocks() -> None:
    document = parse_markup(SOURCE, "a.txt")
    assert document.text == (
        "甲县税务局创建方案\n为巩固成果，制定本方案。\n一、主要任务\n（一）学雷锋。弘扬奉献、有爱精神，由国土资源局牵头，，落实“三个代表”。\n另一份接着写（来源：某网）。"
    )
    shown = [(document.text[b.start : b.end][:6], b.kind, b.level, b.section, b.part) for b in document.blocks]
    assert shown == [
        ("甲县税务局创", "title", None, "frame", 0),
        ("为巩固成果，", "body", None, "preamble", 0),
        ("一、主要任务", "heading", 1, "tasks", 0),
        ("（一）学雷锋", "heading", 2, "tasks", 0),
        ("弘扬奉献、有", "body", None, "tasks", 0),
        ("另一份", "title", None, "frame", 1),
        ("接着写（来源", "body", None, "tasks", 1),
    ]


def test_a_continuation_stands_in_the_paragraph_before() -> None:
    heading, body = parse_markup(SOURCE).blocks[3:5]
    assert heading.end == body.start


def test_marks_have_offsets_in_the_text() -> None:
    document = parse_markup(SOURCE)
    assert [(document.text[s.start : s.end], s.type) for s in document.slogans] == [
        ("奉献、有爱", "parallel"),
        ("“三个代表”", "numeric"),
    ]
    assert [(document.text[f.start : f.end], f.family, f.cure) for f in document.faults] == [
        ("有爱", "TYP", "友爱"),
        ("国土资源局", "POL", "自然资源局"),
        ("，，", "PUN", "，"),
        ("（来源：某网）", "RES", ""),
    ]


def test_a_slogan_inside_a_fault() -> None:
    document = parse("[tasks] 落实{!POL:{N:“四个全面”}要求=>新要求}。\n")
    assert [document.text[s.start : s.end] for s in document.slogans] == ["“四个全面”"]
    assert [document.text[f.start : f.end] for f in document.faults] == ["“四个全面”要求"]


def test_slogans_come_in_the_order_of_the_text() -> None:
    document = parse("[tasks] {P:讲清{G:中国梦}，讲活身边事}{C:义诊}\n")
    assert [(s.start, s.end) for s in document.slogans] == [(0, 11), (2, 5), (11, 13)]


def test_parts_and_front_matter() -> None:
    document = parse_markup(SOURCE)
    assert [(p.first, p.genre, p.subgenre) for p in document.parts] == [(0, "plan", "工作方案"), (5, "notice", "通知")]
    assert document.date.isoformat() == "2016-03-20"
    assert document.missing == ()
    assert document.meta["unit"] == "税务局"


def test_missing_is_a_list() -> None:
    front = FRONT.replace("group: x\n", "group: x\nmissing: guiding, safeguards\n")
    assert parse("[title] 甲\n", front).missing == ("guiding", "safeguards")


def test_byte_order_mark_and_windows_line_ends() -> None:
    assert parse_markup("\ufeff" + SOURCE.replace("\n", "\r\n")) == parse_markup(SOURCE)


def test_blanks_around_a_block_are_not_of_it() -> None:
    document = parse("[title] 甲\n[tasks]  　做事  \n")
    block = document.blocks[1]
    assert document.text[block.start : block.end] == "做事"


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("做事\n", 9, "这一行没有以 [标签] 开头"),
        ("[title] 甲\n[taskz] 做事\n", 10, "没有“taskz”这个标签"),
        ("[frame] 做事\n", 9, "没有“frame”这个标签"),
        ("[title/1] 甲\n", 9, "“title”不分级"),
        ("[tasks/5] 甲\n", 9, "这一行没有以 [标签] 开头"),
        ("[+tasks] 甲\n", 9, "第一块前面没有可以接的段落"),
        ("[title] \n", 9, "这一行只有标签没有文字"),
        ("[title] {N:}\n", 9, "这一行只有标签没有文字"),
        ("[tasks] {X:甲}\n", 9, "“{X:甲}”不是标记"),
        ("[tasks] {!ABC:甲=>乙}\n", 9, "“{!ABC:甲=”不是标记"),
        ("[tasks] {N:甲\n", 9, "有标记没有合上"),
        ("[tasks] {!TYP:甲\n", 9, "有标记没有合上"),
        ("[tasks] {!TYP:甲=>乙\n", 9, "差错标记没有 }"),
        ("[tasks] 甲}\n", 9, "多出一个 }，或者差错标记里没有 =>"),
        ("[tasks] {!TYP:甲}\n", 9, "多出一个 }，或者差错标记里没有 =>"),
        ("[title] 甲\n@part plan\n[title] 乙\n", 10, "@part 后面要写文种和名称"),
        ("[title] 甲\n@part 方案 工作方案\n[title] 乙\n", 10, "@part 后面要写文种和名称"),
        ("@part plan 工作方案\n[title] 乙\n", 9, "@part 前面还没有块"),
        ("[title] 甲\n@part plan 工作方案\n", 10, "@part 后面没有块"),
        ("% 什么也没有\n", 8, "只有基本信息，没有正文"),
    ],
)
def test_complaints_about_the_text(body: str, line: int, message: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(body)
    assert caught.value.where == f"a.txt:{line}"
    assert caught.value.reason == message


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("---\nid", "id", 1, "第一行应是 ---"),
        ("group: x\n---\n", "group: x\n", 1, "基本信息没有以 --- 结束"),
        ("unit: 税务局", "税务局", 5, "“税务局”不是“键: 值”"),
        ("unit: 税务局\n", "", 1, "缺“unit”"),
        ("unit: 税务局", "unit:", 5, "缺“unit”"),
        ("unit: 税务局", "id: x-002", 5, "“id”写了两次"),
        ("genre: plan", "genre: 方案", 3, "没有“方案”这个文种"),
        ("2016-03-20", "2016年3月20日", 6, "日期“2016年3月20日”应写成 2016-03-20 的样子"),
        ("2016-03-20", "2016-02-30", 6, "日期“2016-02-30”应写成 2016-03-20 的样子"),
        ("group: x\n", "group: x\nmissing: guidding\n", 8, "missing 里的“guidding”不是部分的名称"),
        ("group: x\n", "group: x\nmissing: frame\n", 8, "missing 里的“frame”不是部分的名称"),
    ],
)
def test_complaints_about_the_front_matter(old: str, new: str, line: int, message: str) -> None:
    reading = read_markup(FRONT.replace(old, new, 1) + "[title] 甲\n", "a.txt")
    assert reading.document is None
    assert (f"a.txt:{line}", message) in [(e.where, e.reason) for e in reading.errors]


def test_every_error_is_found_in_one_go() -> None:
    reading = read_markup(FRONT.replace("plan", "方案") + "[title] 甲\n做事\n[tasks] {N:甲\n[tasks] 好\n@part 乙\n", "a.txt")
    assert [e.where for e in reading.errors] == ["a.txt:3", "a.txt:10", "a.txt:11", "a.txt:13"]


def test_lines_of_blocks_and_keys() -> None:
    reading = read_markup(SOURCE, "a.txt")
    assert reading.lines == (9, 12, 13, 14, 15, 17, 18)
    assert reading.keys["date"] == 6


def test_an_empty_file() -> None:
    with pytest.raises(MarkupError, match="第一行应是 ---"):
        parse_markup("", "a.txt")


def test_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "b.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "x" / "a.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "x" / "README.md").write_text("说明", encoding="utf-8")
    assert [Path(d.path).name for d in load_folder(tmp_path)] == ["a.txt", "b.txt"]
    assert len(load_corpus([tmp_path, tmp_path / "x"])) == 2
    with pytest.raises(MarkupError, match="没有这个语料文件夹"):
        load_corpus([tmp_path / "y"])
    (tmp_path / "空").mkdir()
    with pytest.raises(MarkupError, match="文件夹里没有语料"):
        load_corpus([tmp_path / "空"])
    (tmp_path / "gbk.txt").write_bytes("公文".encode("gbk"))
    with pytest.raises(MarkupError, match="不是 UTF-8"):
        load_file(tmp_path / "gbk.txt")


def test_reading_time_grows_with_the_length() -> None:
    def seconds(blocks: int) -> float:
        source = FRONT + "[tasks] 每月开展一次志愿服务，由办公室负责。\n" * blocks
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            parse_markup(source)
            best = min(best, time.process_time() - began)
        return best

    assert seconds(4000) < 25 * seconds(400)
