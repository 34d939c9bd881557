"""TYP: near misses, the table of confused words, doubled words, 的 and 地, pairs that lost their half."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from docnlp.rules import typ
from docnlp.rules.base import Finding
from docnlp.rules.typ_confused import Table
from docnlp.rules.typ_lexicon import lexicon, near_sound
from docnlp.testing import run_rule
from docnlp.training.markup import load_folder

ROOT = Path(__file__).parents[2]
DATA = ROOT / "docnlp" / "rules"
RULES = {r.code: r for r in typ.RULES}


def check(code: str, text: str) -> list[Finding]:
    return run_rule(RULES[code], text)


def every(text: str) -> list[Finding]:
    """Findings of the whole family above info."""
    return [f for code in RULES for f in check(code, text) if f.severity != "info"]


# ── near misses ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("全体职工要树立正确的价植观念。", "价植", "价值"),
        ("全体党员要吃苦耐牢，冲锋在前。", "耐牢", "耐劳"),
        ("广大党员要发挥先锋摸范作用。", "摸范", "模范"),
        ("开展丰富多采的文体活动。", "丰富多采", "丰富多彩"),
        ("各科室要密切配和，形成合力。", "配和", "配合"),
        ("定期走访尉问困难党员。", "尉问", "慰问"),
        ("深入开展社会主义核心价值关教育。", "价值关", "价值观"),
        ("动员全体职功参加义务劳动。", "职功", "职工"),
    ],
)
def test_slips_are_found(text: str, wrong: str, right: str) -> None:
    found = every(text)
    assert any(
        text[: f.start] + f.suggestions[0] + text[f.end or 0 :] == text.replace(wrong, right) for f in found if f.suggestions
    ), [(f.text, f.suggestions) for f in found]


@pytest.mark.parametrize(
    "text",
    [
        "由张建国、王秀珍、刘爱华任副组长，李卫东同志负责日常工作。",
        "本月由联络员潘跃霁、郝庆申负责，资料员祁勇整理归档。",
        "在槐荫坪村、杨家塘村和柳溪路设立志愿服务站。",
        "云笏山景区、云笏山管委会和云笏山派出所联合开展劝导。",
        "制作文明创建宣传栏32块，悬挂横幅56条，发放倡议书1200份。",
        "一是加强领导，健全机制。二是广泛宣传，营造氛围。",
    ],
)
def test_names_and_plain_prose_are_left_alone(text: str) -> None:
    assert every(text) == []


def test_a_phrase_with_de_in_the_middle() -> None:
    assert [(f.text, f.suggestions) for f in check("TYP001", "弘扬尊师的重教风尚，做身边的好人。")] == [("尊师的重教", ("尊师重教",))]
    assert check("TYP001", "身边的事教育身边的人。") == []


def test_a_title_between_marks_is_left_alone() -> None:
    assert check("TYP001", "组织观看专题片《笏韵清渠》。") == []


def test_addresses_and_blanks_are_left_alone() -> None:
    assert every("见附件“工作布署表.docx”，由【待填：布署的单位】负责。") == []


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_compiled_table_is_fresh() -> None:
    data = tomllib.loads((DATA / "typ_confused.toml").read_text(encoding="utf-8"))
    assert json.loads((DATA / "typ_confused.json").read_text(encoding="utf-8")) == data, "python tools/gen_typ.py confused"


def test_no_wrong_word_is_the_right_one_of_another() -> None:
    data = tomllib.loads((DATA / "typ_confused.toml").read_text(encoding="utf-8"))
    right = {r for meant in data["plain"].values() for r in meant.split("|")}
    wrong = set(data["plain"])
    assert not wrong & right
    assert [(w, r) for w in wrong for r in right if w in r] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("设立二个功能区。", ["二个"]),
        ("第二个阶段从5月开始，十二个社区参加。", []),
        ("坚持以法治区，维护稳定。", ["以法治区"]),
        ("坚持以法治教育为重点，以法治理念为先导。", []),
        ("既使下雨，也要按时巡查。", ["既使"]),
        ("既使群众得到实惠，又使环境得到改善。", []),
        ("健全组织，建全制度。", ["建全"]),
        ("在创建全国文明城市中当先锋。", []),
        ("自己有困难，自己完成任务。", []),
        ("目前己完成改造任务。", ["己完成"]),
        ("这项工作做的好，群众满意。", ["做的好"]),
        ("所做的好事都记在本子上。", []),
        ("作为部门的千部代表。", []),
    ],
)
def test_contexts_decide(text: str, found: list[str]) -> None:
    assert [f.text for f in check("TYP004", text)] == found


def test_patterns_of_the_right_word() -> None:
    by_text = {f.text: f.suggestions[0] for f in check("TYP004", "二名志愿者座公交车，做的不到位。")}
    assert by_text == {"二名": "两名", "座公交": "坐公交", "做的不到位": "做得不到位"}


@pytest.mark.parametrize(
    "data",
    [
        {"plain": {"布署": "部署"}, "usual": {"布署": "部署"}, "word": []},
        {"plain": {}, "usual": {}, "word": [{"wrong": ["甲乙"], "right": "乙甲", "befor": ["丙"]}]},
    ],
)
def test_a_broken_table_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"twice|unknown"):
        Table(data)


# ── grammar ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("加强管理，大力大力推进。", ["大力大力"]),
        ("成立了领导小组领导小组，明确职责。", ["领导小组领导小组"]),
        ("推进文明创建的的各项工作。", ["的的"]),
        ("为了了解情况，达到了目的的单位要总结。", []),
        ("一项一项抓落实，一步一步往前走。", []),
        ("家家户户参与，高高兴兴过节，常常谈心。", []),
        ("参与与支持并重，以及及时通报。", []),
        ("现在在岗职工50人，实行行长负责制。", []),
    ],
)
def test_doubled(text: str, found: list[str]) -> None:
    assert [f.text for f in check("TYP002", text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("不断的加强思想教育。", 1),
        ("定期或不定期的进行检查。", 1),
        ("创造性的开展工作，扎实的推进创建。", 2),
        ("有针对性的开展谈心。", 1),
        ("这是积极的探索，需要不断的努力。", 0),
        ("得到了进一步的加强，有了明显的提高。", 0),
        ("发挥积极的引导作用，提供有效的保障措施。", 0),
        ("广泛的群众基础，深入的调查研究。", 0),
    ],
)
def test_de(text: str, found: int) -> None:
    hits = check("TYP003", text)
    assert len(hits) == found, [text[(f.start or 0) - 4 : (f.end or 0) + 4] for f in hits]
    assert all(f.suggestions == ("地",) for f in hits)


def test_repeated_clause_is_marked_where_it_stands_again() -> None:
    text = "加强组织领导，健全工作机制，加强组织领导。加强组织领导，注重实效。"
    assert [(f.start, f.end) for f in check("TYP005", text)] == [(14, 20)]


@pytest.mark.parametrize(
    ("text", "found", "severity"),
    [
        ("围绕创建工作为中心，开展活动。", "围绕", "warning"),
        ("成立以校长任组长的领导小组。", "以", "warning"),
        ("把提高服务质量为重点。", "为", "warning"),
        ("避免此类现象不再出现。", "不再出现", "warning"),
        ("之所以取得成绩，是因为领导重视的原因。", "的原因", "warning"),
        ("目的是为了提高素质。", "为了", "info"),
        ("通过开展读书活动，使职工素质明显提高。", "通过开展读书活动，使", "info"),
    ],
)
def test_halves(text: str, found: str, severity: str) -> None:
    assert [(f.text, f.severity) for f in check("TYP006", text)] == [(found, severity)]


@pytest.mark.parametrize(
    "text",
    ["以“做文明人”为主题。", "把提高素质作为重点。", "由局长任组长。", "防止此类问题再次发生。", "调整以后由副局长任组长。"],
)
def test_whole_pairs_are_left_alone(text: str) -> None:
    assert check("TYP006", text) == []


# ── the data ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("one", "other"), [("zhang", "zan"), ("nong", "lon"), ("xing", "xin"), ("shen", "sen")])
def test_near_sounds(one: str, other: str) -> None:
    assert near_sound(one) == near_sound(other)


def test_confusions() -> None:
    of = lexicon().confusions("署")
    assert of["暑"] == 0
    assert "署" not in of
    assert lexicon().confusions("末")["未"] == 1


def test_cost_prefers_words() -> None:
    assert lexicon().cost("部署") < lexicon().cost("部暑")


def test_checking_loads_no_heavy_library() -> None:
    code = (
        "import sys; from docnlp.testing import run_rule; from docnlp.rules import typ\n"
        "[run_rule(r, '各科室要认真布署，抓好落实，营造良好的芬围。') for r in typ.RULES]\n"
        "print([m for m in ('jieba', 'pypinyin', 'numpy', 'sklearn', 'docx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


# ── the corpus ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_corpus() -> None:
    """Few findings on clean documents, and most of the planted faults found."""
    clean = false = planted = found = 0
    for document in load_folder(ROOT / "corpora"):
        findings = every(document.text)
        if document.meta["quality"] == "clean":
            clean += 1
            false += len(findings)
        for fault in document.faults:
            if fault.family == "TYP":
                planted += 1
                found += any((f.start or 0) <= fault.end and fault.start <= (f.end or 0) for f in findings)
    assert false < 0.1 * clean
    assert found > 0.7 * planted


def test_time_grows_with_length() -> None:
    text = "\n".join(d.text for d in load_folder(ROOT / "corpora")[:40])

    def seconds(text: str) -> float:
        start = time.process_time()
        every(text)
        return time.process_time() - start

    seconds(text)
    assert seconds(text * 6) < 14 * seconds(text) + 0.1
