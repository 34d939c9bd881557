"""STY002 and STY008: what counts as substance, what as set phrase, when a section or a sentence is empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from math import inf
from time import process_time

import pytest

from docnlp.checker import check_source
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.readers.plain import source_from_text
from docnlp.rules import sty, sty_common, sty_empty
from docnlp.rules.base import Finding, Rule
from docnlp.rules.sty_common import DATE, FIGURE, words
from docnlp.settings import Settings
from docnlp.testing import run_rule
from docnlp.text.folding import fold
from docnlp.text.spans import SpanSet


def rule(code: str) -> Rule:
    return next(r for r in sty.RULES if r.code == code)


EMPTY, VAGUE = rule("STY002"), rule("STY008")
TITLE = "清溪县文化馆2024年文明单位创建工作方案\n为做好今年的创建工作，结合我馆实际，制定本方案。\n"
TAIL = "二、保障措施\n安排创建经费3万元，办公室负责管理，每季度公布一次账目。\n清溪县文化馆\n2024年3月11日\n"
PLAIN = "馆里的同志把展厅打扫干净。"  # 13 characters
PHRASE = "高度重视"


def plan(tasks: str) -> str:
    return f"{TITLE}一、主要任务\n{tasks}\n{TAIL}"


def document(text: str) -> Document:
    return build(source_from_text(text, "x.txt"))


def counted(tasks: str, protected: SpanSet | None = None) -> sty_empty.Substance:
    d = document(plan(tasks))
    labels = ["tasks" if plan(tasks).find(tasks) <= b.start < plan(tasks).find(TAIL) else "frame" for b in d.blocks]
    (found,) = sty_empty.substance(d, labels, protected or SpanSet(()))
    return found


@pytest.mark.parametrize(
    ("text", "figures", "dates", "bodies", "names"),
    [
        ("办事群众很满意。", 0, 0, 0, 0),
        ("添置2台电脑，培训１２０余人次，满意率95.5%。", 3, 0, 0, 0),
        ("全年办讲座，12场；听众1,200人，共3类。", 3, 0, 0, 0),
        ("前一项是12，同志们又办了一项。", 0, 0, 0, 0),
        ("走访三十户人家，办了两场演出。", 2, 0, 0, 0),
        ("坚定“四个自信”，践行“三个代表”，一心一意。", 0, 0, 0, 0),
        ("2024年3月15日前完成，每月检查，第三季度讲评。", 0, 3, 0, 0),
        ("下半年、年底各办一次，每周三开放。", 1, 3, 0, 0),
        ("宣传科牵头，由办公室登记，责任单位：工会。", 0, 0, 3, 1),
        ("大家负责任，负责的态度很好。", 0, 0, 0, 0),
        ("成立以馆长为组长的小组，副馆长任副组长。", 0, 0, 2, 0),
        ("印发《服务公约》，开展“送戏下乡”活动。", 0, 0, 0, 2),
        ("馆员到翠竹社区、柳林镇演出，建立社区队伍。", 0, 0, 0, 2),
        ("各科、全体支部和有关办公室都要参加，落实科学管理。", 0, 0, 0, 0),
    ],
)
def test_what_is_counted(text: str, figures: int, dates: int, bodies: int, names: int) -> None:
    found = counted(text)
    assert (found.figures, found.dates, found.bodies, found.names) == (figures, dates, bodies, names)
    assert found.concrete == figures + dates + bodies + names


def test_headings_count_as_substance_but_not_as_phrases() -> None:
    d = document(plan("（一）高度重视，3月底前办2场讲座\n高度重视。"))
    labels = ["tasks" if b.level == 2 or d.slice(b) == "高度重视。" else "frame" for b in d.blocks]
    (found,) = sty_empty.substance(d, labels, SpanSet(()))
    assert (found.phrases, found.dates, found.figures, found.characters) == (["高度重视"], 1, 1, 5)


def test_a_place_counts_once() -> None:
    found = counted("2024年10月前完成2024年度目标。")
    assert (found.dates, found.figures) == (2, 0)


def test_what_is_no_prose_counts_nothing() -> None:
    text = plan("【待填：写明3项任务和责任单位】高度重视。")
    d = document(text)
    start = text.find("【")
    labels = ["tasks" if b.start >= start and "待填" in d.slice(b) else "frame" for b in d.blocks]
    (found,) = sty_empty.substance(d, labels, SpanSet([(start, text.find("】") + 1)]))
    assert (found.concrete, found.phrases, found.characters) == (0, ["高度重视"], 5)


def test_sections_of_other_kinds_are_not_judged() -> None:
    d = document(plan(PLAIN))
    assert sty_empty.substance(d, ["guiding"] * len(d.blocks), SpanSet(())) == []


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sections emptier than ten set phrases in a thousand characters are too empty."""
    monkeypatch.setattr(sty_empty, "levels", lambda: {"emptiness": dict.fromkeys(sty_empty.JUDGED, 10.0)})


def run(tasks: str) -> list[Finding]:
    return [f for f in run_rule(EMPTY, plan(tasks)) if f.in_section == "tasks"]


@pytest.mark.usefixtures("limit")
@pytest.mark.parametrize(
    ("phrases", "sentences", "figures", "reported"),
    [
        (3, 10, 0, True),
        (2, 10, 0, False),  # two phrases say nothing
        (3, 6, 0, False),  # too short
        (5, 10, 2, True),
        (5, 10, 4, False),  # one more than what can be checked: below the limit
        (5, 10, 6, False),
        (3, 24, 0, False),  # three in more than three hundred characters
    ],
)
def test_the_bounds(phrases: int, sentences: int, figures: int, reported: bool) -> None:
    text = "馆里高度重视。" * phrases + "添了9台灯。" * figures + PLAIN * sentences
    assert bool(run(text)) is reported


@pytest.mark.usefixtures("limit")
def test_the_place_and_the_message() -> None:
    first, second = PLAIN * 9, "认真组织，扎实推进，狠抓落实，务求实效。"
    (found,) = run(f"{first}\n{second}")
    assert found.text == "认真组织"
    assert found.severity == "info"
    assert found.message == (
        "本节137字：数字0处、日期0处、责任单位0处、具体名称0处；套话4处，如“认真组织”“扎实推进”“狠抓落实”；"
        "建议逐条写明谁负责、做什么、做多少、什么时候完成"
    )


def test_speeches_and_appeals_are_left_alone() -> None:
    text = f"文明餐桌倡议书\n广大市民朋友们：\n{'大家要高度重视，认真组织，扎实推进。' * 12}\n让我们从今天做起！\n"
    assert run_rule(EMPTY, text) == []


def test_the_lists_are_clean() -> None:
    listed = words()
    assert set(listed) == {"set_phrases", "intensifiers", "tone", "heading_verbs"}
    for terms in listed.values():
        assert len(set(terms)) == len(terms)
        assert all(re.fullmatch(r"[\u4e00-\u9fff]{2,12}", t) for t in terms), terms
    assert not set(listed["intensifiers"]) & set(listed["tone"])


REPORT = "清溪县文化馆2023年精神文明建设工作总结\n2023年，我馆抓了精神文明建设，现将情况总结如下。\n一、主要做法\n{0}\n二、存在的问题\n演出场地小。\n三、下一步打算\n{1}\n清溪县文化馆\n2023年12月20日\n"


@pytest.mark.parametrize(
    ("did", "plans", "marked"),
    [
        ("馆员服务意识显著增强，环境大幅改善。", "多办讲座。", ["显著增强", "大幅改善"]),
        ("馆员服务意识显著增强，好评1200条。", "多办讲座。", []),
        ("1月以来，馆员服务意识显著增强。", "多办讲座。", []),
        ("办了12场演出。馆员服务意识显著增强。", "多办讲座。", ["显著增强"]),
        ("办了12场演出。", "使服务质量显著提高。", []),
        ("办了12场演出。", "为全馆注入新的活力。", ["注入新的活力"]),
        ("众所周知，演出很受欢迎。", "多办讲座。", ["众所周知"]),
    ],
)
def test_degree_without_figure(did: str, plans: str, marked: list[str]) -> None:
    assert [f.text for f in run_rule(VAGUE, REPORT.format(did, plans))] == marked


def test_an_allowed_word_is_left_alone() -> None:
    source = source_from_text(REPORT.format("众所周知，演出很受欢迎。", "多办讲座。"), "x.txt")
    for allow, expected in (((), ["STY008"]), (("众所周知",), [])):
        report = check_source(source, Settings(select=("STY008",), allow=allow), date(2026, 11, 23))
        assert [f.code for f in report.findings] == expected


def cost(run: Callable[[int], object], size: int) -> float:
    """Processor time of the quickest of three runs."""
    best = inf
    for _ in range(3):
        begin = process_time()
        run(size)
        best = min(best, process_time() - begin)
    return best


def grows_with_its_text(run: Callable[[int], object], size: int) -> bool:
    """Whether four times the text takes nowhere near sixteen times as long."""
    return cost(run, 4 * size) < 10 * max(cost(run, size), 0.01)


@pytest.mark.parametrize("piece", ["1", "一", "《", "“", "由", "每", "2024年", "第", "，", "高度重视", "1,", "1.", "1,111", "负责人", "责任", "、甲乙"])
def test_no_text_takes_long(piece: str) -> None:
    def search(size: int) -> None:
        text = fold(piece * (size // len(piece)))
        for pattern in (DATE, FIGURE, sty_empty._BODY, sty_empty._UNIT, sty_empty._NAMED, sty_common._SENTENCE):
            pattern.findall(text)

    assert grows_with_its_text(search, 15_000)


def test_the_number_of_protected_places_does_not_matter() -> None:
    def count(size: int) -> None:
        text = "【待填：甲】\n" * size
        d = document(text)
        sty_empty.substance(d, ["tasks"] * len(d.blocks), SpanSet((i, i + 6) for i in range(0, len(text), 7)))

    assert grows_with_its_text(count, 4_000)
