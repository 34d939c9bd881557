"""STY001: what counts into the density of a section, when it is reported, and where."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from time import process_time
from typing import NamedTuple

import pytest

from docnlp.analysis import Analysis, analyse
from docnlp.analysis.base import SECTIONS, Slogan
from docnlp.checker import check_source
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.readers.plain import source_from_text
from docnlp.rules import sty
from docnlp.rules.base import Bad, Context
from docnlp.settings import Settings
from docnlp.testing import unmark
from docnlp.text.spans import SpanSet

DAY = date(2026, 11, 23)
RULE = next(r for r in sty.RULES if r.code == "STY001")
EXAMPLE, _ = unmark(next(e.text for e in RULE.examples if isinstance(e, Bad)))
USUAL = {"rate": [0.0, 20.0], "share": [0.0, 0.08]}
HEAD = "清溪县粮食局2024年文明单位创建工作方案\n为做好创建工作，结合我局实际，制定本方案。\n"
#: One sentence of ten characters; ^ stands for a slogan of four.
PLAIN = "仓库每天检查一次。好"
MARKED = "大家^^^^一次。好"


class Stub:
    """Runs of ^ are the slogans, cut into fours."""

    asked = 0

    def slogans(self, document: Document) -> list[Slogan]:
        Stub.asked += 1
        text = document.text
        at = [i for i in range(len(text)) if text.startswith("^^^^", i)]
        found: list[Slogan] = []
        for i in at:
            if not found or i >= found[-1].end:
                found.append(Slogan(i, i + 4, "parallel", 1.0))
        return found


@pytest.fixture(autouse=True)
def _ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sty, "ranges", lambda: dict.fromkeys(SECTIONS, USUAL))
    monkeypatch.setattr(Stub, "asked", 0)


def context(text: str, path: str = "x.txt") -> Context:
    document = build(source_from_text(text, path))
    return Context(document, replace(analyse(document), slogan_model=Stub), DAY)


def hits(text: str, path: str = "x.txt") -> list[tuple[str, str]]:
    """What is marked, and what is said of it."""
    return [(text[h.start : h.end], h.message) for h in sty.slogan_density(context(text, path))]


def body(slogans: int, characters: int) -> str:
    """A paragraph of so many characters with so many slogans of four characters."""
    out = MARKED * slogans + PLAIN * (characters // 10 - slogans)
    assert len(out) == characters
    return out + "\n"


def plan(slogans: int, characters: int) -> str:
    """A plan whose tasks, heading included, have so many slogans and characters."""
    heading = "二、主要任务"
    return f"{HEAD}{heading}\n仓库好了{body(slogans, characters - 10)}三、保障措施\n安排经费，加强督查。\n"


def test_the_place_and_the_message() -> None:
    assert hits(plan(18, 400)) == [
        (
            "二、主要任务",
            "“主要任务（主要做法）”这一部分有18条口号，每千字合45条，语料里同类部分九成五在20条以下；"
            "建议用具体的做法、数字、责任人代替一部分口号",
        )
    ]


@pytest.mark.parametrize(
    ("slogans", "characters", "reported"),
    [
        (20, 800, False),  # 25 in a thousand is a quarter above the range, not more
        (21, 800, True),
        (9, 200, True),
        (9, 190, False),  # too short to judge
        (0, 400, False),
    ],
)
def test_the_bounds(slogans: int, characters: int, reported: bool) -> None:
    assert bool(hits(plan(slogans, characters))) is reported


def test_short_slogans_are_not_dense(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sty, "ranges", lambda: {s: {"rate": [0.0, 20.0], "share": [0.0, 0.18]} for s in SECTIONS})
    assert hits(plan(18, 400)) == []  # 72 of 400 characters
    assert len(hits(plan(19, 400))) == 1


def test_a_few_slogans_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sty, "ranges", lambda: {s: {"rate": [0.0, 1.0], "share": [0.0, 0.01]} for s in SECTIONS})
    assert hits(plan(5, 200)) == []
    assert len(hits(plan(6, 200))) == 1


def test_few_slogans_are_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sty, "ranges", lambda: {s: {"rate": [30.0, 90.0], "share": [0.2, 0.9]} for s in SECTIONS})
    assert hits(plan(0, 400)) == []
    assert hits(plan(6, 400)) == []


def test_the_bound_is_said_rounded_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sty, "ranges", lambda: {s: {"rate": [0.0, 20.1], "share": [0.0, 0.1]} for s in SECTIONS})
    ((_, message),) = hits(plan(18, 400))
    assert "九成五在21条以下" in message


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (f"{HEAD}二、主要任务：\n{body(24, 400)}", "二、主要任务"),
        (f"{HEAD}二、主要任务\n（一）办好讲座。{body(12, 200)}（二）办好比赛。{body(12, 200)}", "二、主要任务"),
        (f"{HEAD}（一）办好讲座。{body(12, 200)}（二）办好比赛。{body(12, 200)}", "（一）办好讲座"),
    ],
)
def test_the_highest_heading_is_marked(text: str, marked: str) -> None:
    assert [m for m, _ in hits(text)] == [marked]


def test_a_section_without_heading_is_marked_at_its_first_words() -> None:
    opening = "为深入做好全县粮食系统精神文明建设工作，结合我局实际，制定本方案。"
    text = f"清溪县粮食局2024年文明单位创建工作方案\n{opening.replace('结合', MARKED * 20 + '结合')}\n一、主要任务\n{PLAIN * 40}\n"
    ((marked, message),) = hits(text)
    assert marked == "为深入做好全县粮食系统精"
    assert message.startswith("“前言（引言）”这一部分有20条口号")
    assert message.endswith("建议只留和本单位工作有关的，其余换成本单位的实际情况和要求")


def test_addresses_and_blanks_count_nothing() -> None:
    text = plan(18, 400)
    assert len(hits(text)) == 1
    filled = text.replace("^^^^", "【待填：^^^^】")
    assert hits(filled) == []
    half = filled.replace("【待填：^^^^】", "^^^^", 9)
    (tasks,) = [d for d in _densities(context(half)) if d.section == "tasks"]
    assert (tasks.slogans, tasks.covered, tasks.characters) == (9, 36, 400 - 9 * 4)


def _densities(c: Context) -> list[sty.Density]:
    labels = [s.section for s in c.analysis.sections]
    found = sty.sections(c.document.blocks, labels, c.protected)
    sty.count(found, c.document.blocks, c.analysis.slogans, c.protected)
    return found


def test_each_part_is_judged_alone() -> None:
    tasks = f"一、主要任务\n{PLAIN * 60}\n二、保障措施\n安排经费，加强督查。\n"
    notice = f"关于做好粮食仓库检查工作的通知\n各科室：\n为做好检查工作，现就有关事项通知如下。\n{tasks}清溪县粮食局\n2024年3月6日\n"
    text = notice + "附件\n" + plan(18, 400)
    c = context(text)
    assert len(c.document.parts) == 2
    assert {d.part for d in _densities(c) if d.section == "tasks"} == {0, 1}
    assert [text[h.start : h.end] for h in sty.slogan_density(c)] == ["二、主要任务"]


def test_other_genres_are_left_alone() -> None:
    appeal = f"文明餐桌倡议书\n广大市民朋友们：\n{body(30, 400)}让我们从今天做起！\n"
    poem = f"山行\n{body(30, 400)}"
    assert [context(t).analysis.genre.genre for t in (appeal, poem)] == ["other", None]
    assert hits(appeal) == hits(poem) == []
    assert "other" not in RULE.genres


def test_slogans_are_not_looked_for_in_vain() -> None:
    assert hits(plan(11, 190)) == []
    assert Stub.asked == 0
    hits(plan(11, 200))
    assert Stub.asked == 1


class Block(NamedTuple):
    """A block as annotated."""

    start: int
    end: int
    part: int = 0
    level: int | None = None


def test_rare_sections_are_counted_with_others() -> None:
    blocks = [Block(0, 10), Block(10, 30), Block(31, 40), Block(41, 50), Block(50, 60, 1)]
    slogans = [Slogan(start, end, "policy", 1.0) for start, end in ((1, 5), (12, 16), (20, 24), (52, 58))]
    found = sty.sections(blocks, ["frame", "principles", "tasks", "guiding", "closing"], SpanSet(()))
    sty.count(found, blocks, slogans, SpanSet(()))
    assert found == [
        sty.Density(0, "guiding", ["principles", "guiding"], [1, 3], 29, 2, 8),
        sty.Density(0, "tasks", ["tasks"], [2], 9, 0, 0),
        sty.Density(1, "next_steps", ["closing"], [4], 10, 1, 6),
    ]
    assert (round(found[0].rate, 1), round(found[0].share, 3)) == (69.0, 0.276)


def test_what_is_no_prose_is_taken_off_each_block() -> None:
    blocks = [Block(0, 10), Block(10, 20), Block(22, 30), Block(30, 40, 1)]
    (first,) = sty.sections(blocks, ["tasks"] * 3 + ["frame"], SpanSet([(5, 12), (15, 17), (19, 25), (30, 40)]))
    assert first.characters == 28 - (5 + 2) - 2 - (1 + 3)
    assert sty.sections(blocks, ["tasks"] * 3 + ["schedule"], SpanSet([(0, 40)])) == []


def test_many_blocks_and_addresses_take_little_more_than_few() -> None:
    def cost(size: int) -> float:
        blocks = [Block(i, i + 9) for i in range(0, size, 10)]
        protected = SpanSet((i, i + 3) for i in range(0, size, 10))
        best = inf
        for _ in range(3):
            begin = process_time()
            (found,) = sty.sections(blocks, ["tasks"] * len(blocks), protected)
            best = min(best, process_time() - begin)
            assert found.characters == 6 * len(blocks)
        return best

    assert cost(400_000) < 10 * max(cost(100_000), 0.01)


# --- the shipped table, the shipped extractor -------------------------------------------------------------------------


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped ranges again."""
    monkeypatch.undo()


TABLE = tomllib.loads((Path(sty.__file__).parent / "sty.toml").read_text(encoding="utf-8"))


def test_every_section_has_a_range() -> None:
    assert set(TABLE) == set(SECTIONS) - {"frame"} - set(sty.COUNTED_WITH)
    for section in TABLE.values():
        assert section["sections"] >= 30
        assert 0 <= section["rate"][0] < section["rate"][1] < 100
        assert 0 <= section["share"][0] < section["share"][1] < 1


def run(text: str, **settings: object) -> list[tuple[str, str]]:
    report = check_source(source_from_text(text, "x.txt"), replace(Settings(), **settings), DAY)
    assert report.crashed == ()
    return [(f.code, f.severity) for f in report.findings if f.code == "STY001"]


@pytest.mark.usefixtures("shipped")
def test_off_unless_selected() -> None:
    assert run(EXAMPLE) == []
    for word in ("STY001", "STY", "slogan-density"):
        assert run(EXAMPLE, extend_select=(word,)) == [("STY001", "info")]


def test_the_default_check_asks_for_no_slogans(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def slogans(analysis: Analysis) -> tuple[Slogan, ...]:
        asked.append(analysis.document.path)
        return ()

    monkeypatch.setattr(Analysis, "slogans", property(slogans))
    assert run(EXAMPLE) == []
    assert asked == []
    assert run(EXAMPLE, extend_select=("STY",)) == []
    assert asked == ["x.txt"]


@pytest.mark.usefixtures("shipped")
def test_allowed_slogans_do_not_count() -> None:
    document = build(source_from_text(EXAMPLE, "x.txt"))
    words = tuple(document.text[s.start : s.end] for s in analyse(document).slogans)
    assert run(EXAMPLE, extend_select=("STY",), allow=words) == []


@pytest.mark.usefixtures("shipped")
def test_correct_reports_have_no_dense_section() -> None:
    folder = Path(__file__).parents[1] / "clean"
    dense = [p.name for p in sorted(folder.glob("*.txt")) if run(p.read_text(encoding="utf-8"), select=("STY001",))]
    assert len(dense) <= 1, dense


@pytest.mark.usefixtures("shipped")
def test_correct_reports_have_hardly_any_finding_on_style() -> None:
    folder = Path(__file__).parents[1] / "clean"
    found = []
    for path in sorted(folder.glob("*.txt")):
        report = check_source(source_from_text(path.read_text(encoding="utf-8"), path.name), Settings(), DAY)
        found += [f for f in report.findings if f.family == "STY"]
    assert len(found) <= 3, found
    assert {f.severity for f in found} <= {"info"}


def test_order_severity_and_what_is_off() -> None:
    codes = [r.code for r in sty.RULES]
    assert codes == sorted(codes)
    assert {r.severity for r in sty.RULES} == {"info"}
    assert [r.code for r in sty.RULES if not r.enabled] == ["STY001", "STY004"]


@pytest.mark.usefixtures("shipped")
def test_two_faults_of_one_section_are_both_shown() -> None:
    empty = next(e.text for r in sty.RULES if r.code == "STY002" for e in r.examples if isinstance(e, Bad))
    text, _ = unmark(empty)
    musts = "要认真组织。要扎实推进。要狠抓落实。要务实求新。要加强领导。要明确责任。要齐抓共管。要形成合力。"
    start = text.index("高度重视")
    text = text[:start] + musts + text[start:]
    report = check_source(source_from_text(text, "x.txt"), replace(Settings(), select=("STY002", "STY005")), DAY)
    assert [f.code for f in report.findings] == ["STY002", "STY005"]
