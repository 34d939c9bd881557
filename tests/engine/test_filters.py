"""Allow list, overlaps and order."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis.analysis import Analysis
from docnlp.checker import FILTERS
from docnlp.document.model import Document
from docnlp.filters import FilterContext, drop_allowed, drop_overlaps, sort
from docnlp.readers.plain import source_from_text
from docnlp.rules.base import SEVERITIES, Context, Finding
from docnlp.settings import Settings


def _state(text: str, *allow: str) -> FilterContext:
    document = Document(source_from_text(text), (), ())
    models = SimpleNamespace()
    context = Context(document, Analysis(document, models, models, models), date(2026, 11, 23))
    return FilterContext(context, Settings(allow=allow), ())


def _finding(
    start: int | None, end: int | None, code: str = "TYP001", severity: str = "warning", **more: object
) -> Finding:
    return replace(Finding(code, "x", severity, start, end, 1, 1, "", "问题"), **more)  # type: ignore[arg-type]


def _marked(text: str) -> tuple[str, list[Finding]]:
    """The text and a finding for 【…】."""
    start, end = text.index("【"), text.index("】") - 1
    return text.replace("【", "").replace("】", ""), [_finding(start, end)]


# --- allowed words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "allow", "kept"),
    [
        ("在【东风】里开展", ("东风里",), False),
        ("在【东风里】开展", ("东风里",), False),
        ("在【东风里开】展", ("东风里",), True),
        ("【在东】风里开展", ("东风里",), True),
        ("东风里之外的【东风】", ("东风里",), True),
        ("在【东风】里开展", ("西风里", "东风里弄", "风里"), True),
        # one word must hold it all, even where two allowed ones touch or overlap
        ("创建【文明单位】名单", ("创建文明", "单位名单"), True),
        ("创建【文明】单位", ("创建文明", "文明单位"), False),
        ("创建文明【单位】", ("创建文明", "文明单位"), False),
        ("在东【风】里", ("风",), False),
        ("在【东风】里", ("风", "东"), True),
        ("末尾【风】", ("风",), False),
        # width, case, blanks
        ("举办【ＡＢＣ】论坛", ("abc论坛",), False),
        ("主任　【张　三】", ("张三",), False),
        ("主任　【张三】", ("张 三",), False),
        ("主任【张\n三】", ("张三",), True),
        ("张【　】三", ("张三",), True),
        ("依据GB/T【 】9704办理", ("GB/T 9704",), False),
        ("依据GB/T【 】9704办理", ("GB/T9704",), True),
        ("在【东风】里", (" ", ""), True),
        ("在【东风】里", (" 东风里 ",), False),
    ],
)
def test_allowed(text: str, allow: tuple[str, ...], kept: bool) -> None:
    text, findings = _marked(text)
    assert drop_allowed(findings, _state(text, *allow)) == (findings if kept else [])


def test_insertion_points() -> None:
    state = _state("在东风里", "东风里")
    inside, before, behind = _finding(2, 2), _finding(1, 1), _finding(4, 4)
    assert drop_allowed([inside, before, behind], state) == [before, behind]


def test_what_is_no_word_stays() -> None:
    findings = [
        _finding(None, None, "SEC001", section="tasks"),
        _finding(0, 4, "SEC001", section="tasks"),
        _finding(0, 2, "SYS002"),
    ]
    assert drop_allowed(findings, _state("组织领导", "组织领导")) == findings


def test_longest_word_is_found_from_both_ends() -> None:
    word = "东风里社区新时代文明实践站"
    state = _state(f"在{word}内", word)
    assert drop_allowed([_finding(1, 2), _finding(len(word), len(word) + 1), _finding(0, 1)], state) == [_finding(0, 1)]


@given(
    st.text("甲乙 　\n", max_size=30),
    st.lists(st.text("甲乙", min_size=1, max_size=4), max_size=5),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=8),
)
def test_agrees_with_a_plain_search(text: str, allow: list[str], places: list[tuple[int, int]]) -> None:
    findings = [_finding(s, min(s + n, len(text))) for s, n in places if s < len(text)]
    spans = []
    for word in allow:
        for a in range(len(text)):
            for b in range(a + 1, len(text) + 1):
                piece = text[a:b]
                if piece == piece.strip() and "\n" not in piece and piece.replace(" ", "").replace("　", "") == word:
                    spans.append((a, b))
    expected = [
        f for f in findings
        if not any(a <= f.start and f.end <= b for a, b in spans) or not text[f.start : f.end].strip(" 　")
    ]  # fmt: skip
    longest = 2 * max(map(len, allow), default=0)
    spread = any(b - a > longest for a, b in spans)  # more blanks than characters: not looked for
    got = drop_allowed(findings, _state(text, *allow))
    if not spread:
        assert got == expected


def test_many_words_cost_no_more_than_few() -> None:
    rng = random.Random(7)
    alphabet = [chr(0x4E00 + i) for i in range(2000)]
    text = "".join(rng.choices(alphabet, k=60_000))
    findings = [_finding(i, i + 2) for i in range(0, 60_000, 20)]
    few = ["".join(rng.choices(alphabet, k=4)) for _ in range(10)]
    many = ["".join(rng.choices(alphabet, k=4)) for _ in range(20_000)]

    def seconds(words: list[str]) -> float:
        state = _state(text, *words)
        assert state.context.folded
        best = 9.0
        for _ in range(3):
            begin = time.process_time()
            drop_allowed(findings, state)
            best = min(best, time.process_time() - begin)
        return best

    assert seconds(many) < 20 * seconds(few)  # 2,000 times as many words


# --- overlaps -------------------------------------------------------------------------------------------------------


def test_the_gravest_then_the_longest_then_the_lowest_code() -> None:
    state = _state("")
    error, long, short = _finding(2, 4, severity="error"), _finding(0, 6), _finding(1, 3)
    assert drop_overlaps([short, long, error], state) == [error]
    assert drop_overlaps([short, long], state) == [long]
    low, high = _finding(0, 2, "TYP001"), _finding(1, 3, "TYP002")
    assert drop_overlaps([high, low], state) == [low]


def test_what_the_dropped_one_hid_comes_back() -> None:
    """A long weak finding loses to a grave one; another one under it that does not touch the grave one stays."""
    long, grave, other = (
        _finding(0, 6, severity="info"),
        _finding(0, 1, severity="error"),
        _finding(4, 5, severity="info"),
    )
    assert drop_overlaps([long, other, grave], _state("")) == [grave, other]


def test_families_do_not_compete() -> None:
    both = [_finding(0, 4, "POL001"), _finding(0, 5, "RES001")]
    assert drop_overlaps(both, _state("")) == both


def test_touching_and_empty_ones_stay() -> None:
    findings = [_finding(0, 2), _finding(1, 1), _finding(2, 3), _finding(None, None)]
    assert drop_overlaps(findings, _state("")) == sort(findings, _state(""))


def test_sections_and_own_reports_stay() -> None:
    findings = [
        _finding(0, 4, "SEC001", section="guiding"), _finding(0, 4, "SEC001", section="tasks"), _finding(0, 4, "SYS002"),
        _finding(0, 4, "SYS002", message="另"),
    ]  # fmt: skip
    assert set(drop_overlaps(findings, _state(""))) == set(findings)


FINDINGS = st.lists(
    st.builds(
        lambda start, length, code, severity, message: _finding(start, start + length, code, severity, message=message),
        st.integers(0, 30), st.integers(0, 8), st.sampled_from(["TYP001", "TYP002", "PUN001", "RES001"]),
        st.sampled_from(SEVERITIES), st.sampled_from(["甲", "乙"]),
    ),
    max_size=25,
)  # fmt: skip


@given(FINDINGS, st.randoms(use_true_random=False))
def test_overlap_properties(findings: list[Finding], rng: random.Random) -> None:
    state = _state("")
    kept = drop_overlaps(findings, state)
    for family in {f.family for f in kept}:
        placed = sorted((f.start, f.end) for f in kept if f.family == family and f.end > f.start)
        assert all(a[1] <= b[0] for a, b in pairwise(placed))
    assert drop_overlaps(kept, state) == kept
    shuffled = findings[:]
    rng.shuffle(shuffled)
    assert drop_overlaps(shuffled, state) == kept
    for f in findings:  # whatever went has a better one in its place
        if f not in kept:
            assert any(
                k.family == f.family and k.start < f.end and f.start < k.end
                and SEVERITIES.index(k.severity) <= SEVERITIES.index(f.severity)
                for k in kept
            )  # fmt: skip


def test_one_long_finding_over_many_is_not_slow() -> None:
    findings = [_finding(0, 10**6, severity="info"), *(_finding(3 * i, 3 * i + 2) for i in range(50_000))]
    begin = time.process_time()
    assert len(drop_overlaps(findings, _state(""))) == 50_000
    assert time.process_time() - begin < 5


# --- order ----------------------------------------------------------------------------------------------------------


def test_sort() -> None:
    findings = [
        _finding(5, 6),
        _finding(2, 4, "TYP002"),
        _finding(2, 4),
        _finding(2, 3),
        _finding(None, None, "SEC001"),
    ]
    assert sort(findings, _state("")) == findings[::-1]


def test_steps_of_a_check() -> None:
    assert [f.__name__ for f in FILTERS] == [
        "drop_allowed", "drop_overlaps", "drop_suppressed", "drop_baselined", "sort",
    ]  # fmt: skip
