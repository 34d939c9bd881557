"""The text layer: numerals, folding, widths, lines, terms, spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.text.folding import fold, is_han
from docnlp.text.lines import LineIndex
from docnlp.text.numerals import circled, parse_int, to_han
from docnlp.text.spans import Span, SpanSet
from docnlp.text.terms import TermMatcher
from docnlp.text.width import clip, text_width, wrap


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("１２", 12), ("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("二〇二四", 2024), ("二○二四", 2024), ("两", 2), ("①", 1), ("⑳", 20),
        ("㈢", 3), ("⒌", 5), ("3万", 30000), ("一万二千", 12000), ("", None), ("甲", None), ("一甲", None), ("1二", None), ("9" * 30, None), ("二" * 30, None),
    ],
)  # fmt: skip
def test_parse_int(text: str, value: int | None) -> None:
    assert parse_int(text) == value


@given(st.integers(1, 99))
def test_han_numerals_come_back(value: int) -> None:
    assert parse_int(to_han(value)) == value


@pytest.mark.parametrize("value", [0, 100, -3])
def test_to_han_refuses(value: int) -> None:
    with pytest.raises(ValueError, match="no ordinal"):
        to_han(value)


def test_circled_none() -> None:
    assert circled("一") is None


@given(st.text())
def test_folding_keeps_length_and_settles(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding() -> None:
    assert fold("（一）ＡＢc\u3000\u00a0，。") == "(一)abc  ,。"


def test_is_han() -> None:
    assert is_han("文")
    assert is_han("〇")
    assert not is_han("⽂")
    assert not is_han("a")


@given(st.text(alphabet="ab\n文"), st.data())
def test_lines(text: str, data: st.DataObject) -> None:
    index = LineIndex(text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = index.locate(offset)
    assert index.line(offset) == line
    assert text.split("\n")[line - 1][: column - 1] == text[index.starts[line - 1] : offset]
    assert text[slice(*index.span(line))] == text.split("\n")[line - 1]


def test_widths() -> None:
    assert text_width("a文“") == 4
    assert text_width("a文“", ambiguous=2) == 5
    assert text_width("e\u0301\u200b") == 1
    assert clip("文明单位", 5) == "文明"


@given(st.text(alphabet="文明，。 abc", max_size=60), st.integers(2, 20))
def test_wrap_keeps_the_words_and_the_width(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line) <= columns for line in lines)


def test_wrap_keeps_marks_off_the_line_start() -> None:
    assert wrap("文明单位，创建", 8) == ["文明单", "位，创建"]


def test_terms_longest_first() -> None:
    matcher = TermMatcher({"文明": 1, "文明单位": 2, "单位": 3})
    assert [(h.start, h.end, h.value) for h in matcher.find("文明单位和文明")] == [(0, 4, 2), (5, 7, 1)]
    assert len(matcher) == 3
    assert list(TermMatcher({}).find("文明")) == []


def test_terms_refuse_single_characters() -> None:
    with pytest.raises(ValueError, match="too short"):
        TermMatcher({"文": 1})


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8), st.integers(0, 30), st.integers(0, 30))
def test_span_set(spans: list[tuple[int, int]], a: int, b: int) -> None:
    members = {i for s, e in spans for i in range(s, e)}
    found = SpanSet(spans)
    start, end = min(a, b), max(a, b, min(a, b) + 1)
    assert found.covers(start, end) == all(i in members for i in range(start, end))
    assert found.touches(start, end) == any(i in members for i in range(start, end))
    assert {i for s in found for i in range(*s)} == members
    assert len(found) == len(list(found))
    assert all(isinstance(s, Span) for s in found)
