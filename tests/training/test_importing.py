"""Drafts from a user's own reports: what the models say of them, in the markup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_helpers import source

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import GenreLabel, SectionLabel, Slogan
from docnlp.api import parse
from docnlp.document.build import build
from docnlp.document.model import Document, Part
from docnlp.readers.plain import source_from_text
from docnlp.training.corpus import check
from docnlp.training.importing import UNCHECKED, Draft, Names, drafts, is_annotated, is_file_name
from docnlp.training.markup import load_folder, parse_markup, read_markup

OWN = Path(__file__).parents[2] / "corpora"

PLAN = """清溪县水务局文明创建方案

　　为巩固成果，制定本方案。
一、指导思想
　　坚持以人为本，建设美丽水务。
二、主要任务
（一）清理河道。每月清理一次，由河道科负责。
清溪县水务局
2021年3月5日
"""

NOTICE = """关于印发《清溪县水务局文明创建方案》的通知
局属各单位：
现将方案印发给你们，请认真贯彻执行。
清溪县水务局
2021年3月8日
"""

SUMMARY = """柳湾供电所2020年精神文明建设工作总结
一年来，我所做了以下工作。
一、加强学习
每月组织一次学习。
二、存在问题
宣传不够。
柳湾供电所
2020年12月1日
"""


def named(count: int) -> list[str]:
    return Names().take("草稿", count)


def make(text: str) -> list[Draft]:
    return drafts(parse(text), "草稿.txt", "x", named)


def readable(draft: Draft) -> str:
    """The draft with what a person would fill in."""
    out = draft.markup()
    for key, value in (("genre", "other"), ("subgenre", "讲话"), ("unit", "机关"), ("date", "2020-01-01")):
        out = out.replace(f"\n{key}:\n", f"\n{key}: {value}\n")
    return out


class Models:
    """Models that say what a test wants."""

    def __init__(self, genre: str | None = None, section: str = "tasks", confidence: float = 1.0) -> None:
        self.label = GenreLabel(genre, genre and "工作方案", 1.0)  # type: ignore[arg-type]
        self.section = SectionLabel(section, confidence)  # type: ignore[arg-type]

    def genre(self, document: Document, part: Part) -> GenreLabel:
        return self.label

    def sections(self, document: Document, part: Part, genre: GenreLabel) -> Sequence[SectionLabel]:
        frame = SectionLabel("frame", 1.0)
        kinds = [block.kind for block in document.blocks[part.first : part.last]]
        return [self.section if kind in ("heading", "body") else frame for kind in kinds]

    def slogans(self, document: Document) -> Sequence[Slogan]:
        at = document.text.index("以人为本")
        return [Slogan(at, at + 4, "policy", 0.9)]


def by_models(text: str, models: Models) -> list[Draft]:
    return drafts(Analysis(build(source_from_text(text)), models, models, lambda: models), "草稿.txt", "x", named)


def test_front_matter() -> None:
    (draft,) = make(PLAN)
    assert draft.document.meta == {
        "id": "草稿",
        "genre": "plan",
        "subgenre": "工作方案",
        "unit": "清溪县水务局",
        "date": "2021-03-05",
        "group": "x",
        "quality": UNCHECKED,
    }
    assert parse_markup(draft.markup()) == draft.document


def test_blocks_stand_where_the_parser_finds_them() -> None:
    (draft,) = by_models(PLAN, Models("plan"))
    assert [line for line in draft.markup().splitlines() if line.startswith("[")] == [
        "[title] 清溪县水务局文明创建方案",
        "[tasks] 为巩固成果，制定本方案。",
        "[tasks/1] 一、指导思想",
        "[tasks] 坚持{G:以人为本}，建设美丽水务。",
        "[tasks/1] 二、主要任务",
        "[tasks/2] （一）清理河道。",
        "[+tasks] 每月清理一次，由河道科负责。",
        "[signature] 清溪县水务局",
        "[date] 2021年3月5日",
    ]
    assert draft.document.text == PLAN.replace("　　", "").replace("\n\n", "\n").strip()


def test_what_is_not_known_is_left_blank_and_complained_of() -> None:
    (draft,) = make("各科室要认真落实上级要求。\n")
    markup = draft.markup()
    assert "\nunit:\n" in markup
    assert "% 没有认出" in markup
    assert "单位（unit）、日期（date），请补上。" in markup
    reading = read_markup(markup, "x/草稿.txt")
    complaints = [(p.line, p.message) for p in check(reading, "x/草稿.txt")]
    assert (5, "缺“unit”") in complaints
    assert (6, "缺“date”") in complaints


def test_a_draft_nobody_has_looked_at_does_not_pass() -> None:
    (draft,) = make(PLAN)
    assert "% 机器预标，还没有人看过；原文件：草稿.txt" in draft.markup()
    (complaint,) = [p for p in check(read_markup(draft.markup(), "x/草稿.txt"), "x/草稿.txt") if not p.hint]
    assert UNCHECKED in complaint.message
    done = draft.markup().replace(UNCHECKED, "clean")
    assert [p for p in check(read_markup(done, "x/草稿.txt"), "x/草稿.txt") if not p.hint] == []


def test_several_reports_of_one_file() -> None:
    attached = f"{NOTICE}附件\n{PLAN}"
    first, second = make(attached + SUMMARY)
    assert [first.document.meta["id"], second.document.meta["id"]] == ["草稿-01", "草稿-02"]
    assert [(p.genre, p.subgenre) for p in first.document.parts] == [("notice", "印发通知"), ("plan", "工作方案")]
    assert "\n@part plan 工作方案\n[attachment] 附件\n" in first.markup()
    assert (second.document.meta["unit"], second.document.meta["date"]) == ("柳湾供电所", "2020-12-01")
    assert second.document.text == SUMMARY.strip()
    assert parse_markup(first.markup()) == first.document


def test_a_plan_behind_the_notice_that_issues_it_stays_with_it() -> None:
    draft, summary = make(NOTICE + PLAN + SUMMARY)
    assert [p.subgenre for p in draft.document.parts] == ["印发通知", "工作方案"]
    assert [p.subgenre for p in summary.document.parts] == ["工作总结"]
    assert len(make(PLAN + SUMMARY)) == 2


def test_nothing_to_make_a_draft_of() -> None:
    assert make("") == []
    assert make(" \n\n") == []


def test_slogans_are_marked_in_place() -> None:
    (draft,) = by_models(PLAN, Models("plan"))
    assert "坚持{G:以人为本}，建设" in draft.markup()
    assert [draft.document.text[s.start : s.end] for s in draft.document.slogans] == ["以人为本"]


def test_blocks_the_model_is_not_sure_of_are_pointed_out() -> None:
    (draft,) = by_models(PLAN, Models("plan", "schedule", 0.61))
    pointed = "% 请先看这一块：模型拿不准是不是“实施步骤（时间安排）”，把握 61%\n[schedule/1] 一、指导思想\n"
    assert pointed in draft.markup()
    assert "% 有 6 块拿不准" in draft.markup()
    (sure,) = by_models(PLAN, Models("plan", "schedule", 0.8))
    assert "请先看" not in sure.markup()


def test_a_frame_that_the_parser_took_for_text() -> None:
    (draft,) = by_models(PLAN, Models("plan", "frame"))
    assert "[attachment] 一、指导思想\n" in draft.markup()
    assert parse_markup(draft.markup()) == draft.document


def test_parts_the_models_have_no_name_for() -> None:
    (draft,) = by_models(f"{NOTICE}附件\n{PLAN}", Models())
    assert "\ngenre:\nsubgenre:\n" in draft.markup()
    assert "\n@part other 其他文稿\n" in draft.markup()
    assert [p.genre for p in parse_markup(readable(draft)).parts] == ["other", "other"]


def test_signs_of_the_markup_in_a_report() -> None:
    text = PLAN.replace("每月清理一次", "{N:每月} => \\n 100% [tasks] }").replace("坚持", "% 坚持")
    (draft,) = make(text)
    read = parse_markup(draft.markup())
    assert read == draft.document
    assert "{N:每月} => \\n 100% [tasks] }" in read.text
    assert "\n% 坚持" in read.text


def test_a_file_name_of_two_lines() -> None:
    (draft,) = drafts(parse(PLAN), "草\n稿.txt", "x", named)
    assert "原文件：草 稿.txt\n" in draft.markup()


@pytest.mark.skipif(not OWN.is_dir(), reason="没有 corpora/（装好的程序不带语料）")
def test_the_own_corpus_can_be_imported_again() -> None:
    for document in load_folder(OWN)[::5]:
        made = make(document.text)
        assert "\n".join(d.document.text for d in made).replace(" ", "") == document.text.replace(" ", "")
        for draft in made:
            assert parse_markup(readable(draft)).text == draft.document.text


PIECES = ["甲", "，", "。", "一、", "（一）", "1.", "“", "”", "：", "\n", " ", "\u3000", "\x1c", "\x85", "\u2028", "\ufeff"]
PIECES += ["{N:", "}", "{", "=>", "\\", "%", "[tasks] ", "@part plan 方案", "---", "\U00020000"]
PIECES += ["附件", "2021年3月5日", "清溪县水务局", "工作总结"]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_can_be_imported(text: str) -> None:
    analysis = parse(text)
    whole = "".join(analysis.document.slice(block) for block in analysis.document.blocks)
    made = make(text)
    assert "".join("".join(d.document.text for d in made).split()) == "".join(whole.split())
    for draft in made:
        read, meant = parse_markup(readable(draft)), draft.document
        assert (read.text, read.blocks, read.slogans) == (meant.text, meant.blocks, meant.slogans)


def test_names() -> None:
    names = Names()
    assert names.take("方案", 1) == ["方案"]
    assert names.take("方案", 2) == ["方案-01", "方案-02"]
    assert names.take("方案", 2) == ["方案（2）-01", "方案（2）-02"]
    assert names.take("方案-02", 1) == ["方案-02（2）"]
    assert names.take("Plan", 1) == ["Plan"]
    assert names.take("plan", 1) == ["plan（2）"]
    assert names.take("<stdin>", 1) == ["stdin"]
    assert names.take(" ?.", 1) == ["文稿"]


@pytest.mark.parametrize("name", ["x", "甲组", "a b", "x.y", ".x"])
def test_names_of_files(name: str) -> None:
    assert is_file_name(name)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", " a", "a ", "a.", "a:b", "a\nb", "???"])
def test_no_names_of_files(name: str) -> None:
    assert not is_file_name(name)


def test_what_is_marked_up_already() -> None:
    assert is_annotated(source(0))
    assert is_annotated(source(0).replace("[title]", "[titel]"))
    assert not is_annotated(PLAN)
    assert not is_annotated("---\ntitle: 方案\n---\n一、任务\n")
    assert not is_annotated("---\n清溪县\n")
