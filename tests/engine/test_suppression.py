"""Markers in the text."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis.analysis import Analysis
from docnlp.document.build import build
from docnlp.document.markers import find_markers, marker_spans
from docnlp.document.model import Document
from docnlp.filters import FilterContext
from docnlp.readers.plain import source_from_text
from docnlp.rules.base import Context, Finding, Rule
from docnlp.settings import Settings
from docnlp.suppression import drop_suppressed


def _rule(code: str, name: str, **more: object) -> Rule:
    return replace(Rule(code, name, "", "warning", "", (), lambda context: iter(()), ()), **more)


RULES = (
    _rule("SEC001", "missing-section"),
    _rule("SEC002", "plan-only", genres=("plan",)),
    _rule("PUN001", "halfwidth-mark"),
    _rule("PUN002", "doubled-mark"),
    _rule("RES001", "site-tail"),
    _rule("STY001", "empty-talk", enabled=False),
    _rule("SYS002", "unused-suppression", severity="info"),
)
RAN = ("SEC001", "PUN001", "PUN002", "RES001", "SYS002")
#: What the text's letters stand for: every ! is a PUN001 finding, ? PUN002, & RES001.
CODES = {"!": "PUN001", "?": "PUN002", "&": "RES001"}


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docnlp.selection.all_rules", lambda: RULES)
    monkeypatch.setattr("docnlp.suppression.all_rules", lambda: RULES)


def _state(text: str, ran: tuple[str, ...] = RAN, settings: Settings | None = None) -> FilterContext:
    document = Document(source_from_text(text), (), ())
    models = SimpleNamespace()
    context = Context(document, Analysis(document, models, models, models), date(2026, 11, 23))
    return FilterContext(context, settings or Settings(), ran)


def _finding(state: FilterContext, start: int | None, end: int | None, code: str) -> Finding:
    if start is None or end is None:
        return Finding(code, "x", "warning", None, None, 1, 1, "", "缺", section="tasks")
    line, column = state.context.document.lines.locate(start)
    return Finding(code, "x", "warning", start, end, line, column, state.context.text[start:end], "问题")


def _check(
    text: str, ran: tuple[str, ...] = RAN, settings: Settings | None = None
) -> tuple[str, list[Finding], FilterContext]:
    """What is left of the ! ? & of a text, what is said of markers, and the state."""
    state = _state(text, ran, settings)
    found = [
        _finding(state, m.start(), m.end(), CODES[m[0]]) for m in re.finditer("[!?&]", text.replace("<!--", "<_--"))
    ]
    out = drop_suppressed(found, state)
    left = " ".join(f"{f.line}{f.text}" for f in out if f.code != "SYS002")
    return left, [f for f in out if f.code == "SYS002"], state


# --- reading markers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "<!-- docnlp: ignore[RES001,PUN] 引文如此 -->",
        "<!--docnlp:ignore[RES001,PUN]引文如此-->",
        "  <!-- DocNLP： Ignore［res001，ｐｕｎ］ 引文如此 -->  ",
        "# docnlp: ignore[RES001,PUN] 引文如此",
        "＃docnlp：忽略 RES001、PUN 引文如此",
        "// docnlp: ignore(RES001;PUN) 引文如此",
        "［docnlp：忽略 RES001，PUN 引文如此］",
        "【docnlp：忽略【RES001、PUN】引文如此】",
        "[docnlp: ignore[RES001, PUN] 引文如此]",
        "（docnlp忽略 RES001、PUN 引文如此）".replace("docnlp忽略", "docnlp 忽略"),
        "　　docnlp：忽略RES001，PUN 引文如此",
        "〔ｄｏｃｎｌｐ：忽略 RES001，　PUN　引文如此〕",
        "[docnlp: 忽略 RES001，PUN 引文如此",
    ],
)
def test_forms(line: str) -> None:
    text = f"甲\n{line}\n乙"
    (marker,) = find_markers(text)
    assert [w.word for w in marker.words] == ["res001", "pun"]
    assert [text[w.start : w.end].casefold() for w in marker.words] in (["res001", "pun"], ["res001", "ｐｕｎ"])
    assert marker.kind == "line"
    assert marker.reason == "引文如此"
    assert marker.alone
    assert text[marker.start : marker.end] == line.strip()
    assert [tuple(s) for s in marker_spans(text)] == [(2, 2 + len(line))]


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("ignore-file", "file"), ("ignore_file", "file"), ("忽略全文", "file"), ("全文忽略", "file"), ("ignore-start", "start"),
        ("忽略开始", "start"), ("ignore-end", "end"), ("忽略结束", "end"), ("ignroe", "unknown"), ("忽咯", "unknown"),
    ],
)  # fmt: skip
def test_verbs(verb: str, kind: str) -> None:
    assert [m.kind for m in find_markers(f"# docnlp: {verb} RES")] == [kind]
    assert [m.kind for m in find_markers(f"<!-- docnlp: {verb}[RES] -->")] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "用 docnlp 检查公文",
        "# docnlp：使用说明",
        "docnlp: 一个检查工具",
        "本单位使用docnlp：忽略次要问题",
        "<!-- 说明 --> docnlp 的用法",
        "<!-- docnlp: ignore[RES]",
        "docnlp\n忽略 RES001",
        "<!-- 见 docnlp: ignore[RES] -->",
    ],
)
def test_prose_is_no_marker(text: str) -> None:
    assert find_markers(text) == []


def test_codes_end_where_the_reason_begins() -> None:
    def words(text: str) -> list[str]:
        return [w.word for w in find_markers(text)[0].words]

    assert words("[docnlp: 忽略 RES001 GB 标准如此]") == ["res001"]
    assert words("[docnlp: 忽略 RES001 PUN002 标准如此]") == ["res001", "pun002"]
    assert words("[docnlp: 忽略 site-tail，标准如此]") == ["site-tail"]
    assert words("[docnlp: 忽略 RES001标准如此]") == ["res001"]
    assert words("[docnlp: 忽略 标准如此]") == []
    assert words("<!-- docnlp: ignore[] 标准如此 -->") == []


def test_comments_inside_a_line() -> None:
    text = "甲 <!-- docnlp: ignore[RES] --> 乙 <!-- docnlp: ignore[PUN] -->\n丙"
    first, second = find_markers(text)
    assert not first.alone
    assert not second.alone
    assert (
        text[: first.span.start] + "|" + text[first.span.end : second.span.start] + "|" + text[second.span.end :]
        == "甲|乙|\n丙"
    )
    assert text[first.start : first.end] == "<!-- docnlp: ignore[RES] -->"


@given(st.text("dDｄocnlp:： ignore忽略[]【】［<!->-\n#RES001,，甲", max_size=60), st.booleans())
def test_any_text_gives_spans_in_order(text: str, prefix: bool) -> None:
    text = ("<!-- docnlp: ignore" if prefix else "") + text
    at = 0
    for m in find_markers(text):
        assert at <= m.span.start <= m.start < m.end <= m.span.end <= len(text)
        assert all(m.start <= w.start < w.end <= m.end for w in m.words)
        at = m.span.end


@pytest.mark.parametrize(
    "text",
    [
        "docnlp" * 150_000,
        "<!-- docnlp: ignore[RES]" * 40_000,
        "<!-- docnlp: ignore[RES] -->" * 30_000,
        " " * 500_000 + "docnlp" + " " * 500_000 + "x",
        "# docnlp: ignore[" + "RES," * 200_000,
        "[docnlp: 忽略 " + "RES " * 200_000,
        "[docnlp:忽略 RES]\n" * 50_000,
    ],
    ids=["word", "open", "closed", "blanks", "codes", "bare", "lines"],
)
def test_reading_is_linear(text: str) -> None:
    begin = time.process_time()
    find_markers(text)
    assert time.process_time() - begin < 5


def test_markers_are_no_part_of_the_structure() -> None:
    text = "一、工作目标\n[docnlp: 忽略 RES001 引文如此]\n按时完成各项任务，做到人人参与。\n"
    assert all("docnlp" not in text[b.start : b.end] for b in build(source_from_text(text)).blocks)


# --- what they cover ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("甲!\n<!-- docnlp: ignore[PUN001] -->\n乙!?\n丙!", "1! 3? 4!"),
        ("甲!\n[docnlp：忽略 PUN 理由]\n\n　\n乙!?&\n丙!", "1! 5& 6!"),
        ("# docnlp: ignore[halfwidth-mark]\n乙!?", "2?"),
        ("[docnlp: 忽略 P]\n乙!?&", "2&"),
        # markers one above the other speak of the same paragraph
        ("# docnlp: ignore[PUN001]\n# docnlp: ignore[RES]\n\n乙!?&", "4?"),
        # beside the words a marker speaks of its own line only
        ("甲! <!-- docnlp: ignore[PUN001] 理由 -->\n乙!", "2!"),
        ("<!-- docnlp: ignore[PUN001] --> 甲!? <!-- docnlp: ignore[PUN002] -->\n乙!?", "2! 2?"),
        ("甲!\n丁! <!-- docnlp: ignore[PUN001] -->\n# docnlp: ignore[PUN002]\n乙!?", "1! 4!"),
        # the whole file, wherever it stands
        ("甲!&\n乙!\n<!-- docnlp: ignore-file[PUN] 理由 -->", "1&"),
        ("[docnlp：忽略全文 PUN001、RES001]\n甲!?&", "2?"),
        # a region
        ("甲!\n<!-- docnlp: ignore-start[PUN] -->\n乙!&\n\n丙!\n<!-- docnlp: ignore-end -->\n丁!", "1! 3& 7!"),
        ("甲!<!-- docnlp: ignore-start[PUN] -->乙!<!-- docnlp: ignore-end[PUN] -->丙!", "1! 1!"),
        (
            "# docnlp: ignore-start[PUN001,RES]\n甲!&\n# docnlp: ignore-end[RES]\n乙!&\n# docnlp: ignore-end[PUN001]\n丙!&",
            "4& 6! 6&",
        ),
        (
            "[docnlp：忽略开始 PUN]\n甲!\n[docnlp：忽略结束]\n乙!\n[docnlp：忽略开始 PUN]\n丙!\n[docnlp：忽略结束]\n丁!",
            "4! 8!",
        ),
        ("# docnlp: ignore-start[PUN]\n甲!\n乙!", ""),
        # the end of the file
        ("甲!\n# docnlp: ignore[PUN]", "1!"),
    ],
)
def test_scope(text: str, left: str) -> None:
    assert _check(text)[0] == left


def test_counts() -> None:
    _, said, state = _check("# docnlp: ignore[PUN]\n甲!!?&\n# docnlp: ignore[RES]\n乙")
    assert state.suppressed == 3
    assert state.used == {0}
    assert len(said) == 1


def test_what_is_missing_is_covered_by_the_whole_file_only() -> None:
    for verb, left in (("ignore-file", 0), ("ignore", 1)):
        state = _state(f"# docnlp: {verb}[SEC]\n甲", RAN[:-1])
        assert len(drop_suppressed([_finding(state, None, None, "SEC001")], state)) == left


def test_own_reports_cannot_be_silenced() -> None:
    state = _state("# docnlp: ignore-file[SYS,PUN] 理由\n甲", RAN)
    crashed = Finding("SYS001", "rule-crashed", "error", None, None, 1, 1, "", "出错")
    out = drop_suppressed([crashed], state)
    assert out[0] == crashed
    assert "SYS 是检查本身的报告" in out[1].message


def test_nothing_is_found_in_a_marker() -> None:
    text = "甲,<!-- docnlp: ignore[RES001] a,b -->\n[docnlp: 忽略 RES001 a,b]  \n乙"
    state = _state(text, RAN[:-1])
    inline, whole = find_markers(text)

    def kept(start: int, end: int) -> bool:
        return bool(drop_suppressed([_finding(state, start, end, "PUN001")], state))

    assert [i for i in range(len(text)) if kept(i, i + 1)] == [0, 1, inline.end, whole.span.end, len(text) - 1]
    assert not kept(1, inline.start + 2)
    assert not kept(inline.end - 1, inline.end + 1)
    assert kept(0, len(text))  # a finding on what surrounds the markers
    assert kept(inline.start, inline.start)  # an insertion behind the prose
    assert not kept(inline.end, inline.end)  # at the end of the line, behind the marker
    assert not kept(inline.start + 1, inline.start + 1)
    assert not kept(whole.start, whole.start)
    assert not kept(whole.span.end, whole.span.end)
    assert kept(len(text), len(text))
    assert state.suppressed == 0


def test_insertion_between_comment_and_words() -> None:
    text = "<!-- docnlp: ignore[RES001] -->甲"
    state = _state(text, RAN[:-1])
    point = text.index("甲")
    assert drop_suppressed([_finding(state, point, point, "PUN001")], state)


def test_text_without_markers_is_untouched() -> None:
    state = _state("甲!用 docnlp 检查")
    found = [_finding(state, 1, 2, "PUN001")]
    assert drop_suppressed(found, state) is found


# --- what is said of them -------------------------------------------------------------------------------------------


def _said(text: str, **more: object) -> list[tuple[str, str, str]]:
    return [(f.severity, f.text, f.message) for f in _check(text, **more)[1]]  # type: ignore[arg-type]


def test_unused_marker() -> None:
    text = "甲\n# docnlp: ignore[RES001,PUN] 理由\n乙"
    ((severity, words, message),) = _said(text)
    assert severity == "info"
    assert words == "# docnlp: ignore[RES001,PUN] 理由"
    assert message == "这个忽略标记没有用上：所指的那一段没有 RES001、PUN 的问题，可以删去"
    (finding,) = _check(text)[1]
    assert (finding.line, finding.column, finding.name) == (2, 1, "unused-suppression")


def test_unused_word_of_a_used_marker() -> None:
    assert _said("# docnlp: ignore[RES001,PUN]\n乙!") == [
        ("info", "RES001", "忽略标记里的 RES001 没有用上：所指的那一段没有这类问题，可以删去")
    ]
    assert [s[1] for s in _said("[docnlp：忽略全文 ＲＥＳ、PUN]\n乙!")] == ["ＲＥＳ"]


def test_used_markers_are_not_mentioned() -> None:
    assert _said("# docnlp: ignore[PUN]\n# docnlp: ignore-file[PUN001]\n乙!") == []


@pytest.mark.parametrize(
    ("codes", "ran"),
    [
        ("RES001", ("PUN001", "PUN002", "SYS002")),  # not selected this time
        ("PUN", ("PUN001", "SYS002")),  # only half of it
        ("STY001", RAN),  # off unless selected
        ("STY", RAN),
        ("CON", RAN),  # a family without rules
        ("SEC002", RAN),  # not for this genre
    ],
)
def test_rules_that_did_not_run_are_not_unused(codes: str, ran: tuple[str, ...]) -> None:
    assert _said(f"# docnlp: ignore[{codes}]\n乙", ran=ran) == []


def test_a_family_is_unused_although_some_of_it_is_for_other_genres() -> None:
    assert len(_said("# docnlp: ignore-file[SEC]\n乙")) == 1


def test_nothing_is_said_where_the_rule_does_not_run() -> None:
    assert _said("# docnlp: ignore[RES001]\n# docnlp: ignore[XXX]\n# docnlp: ignore\n乙", ran=RAN[:-1]) == []


def test_severity_can_be_set() -> None:
    settings = Settings(severity={"SYS002": "error"})
    assert [s[0] for s in _said("# docnlp: ignore[RES001]\n乙", settings=settings)] == ["error"]


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("# docnlp: ignore[RES01,PUN]\n!", "RES01", "不是规则代码、类别或名称，想写的可能是 RES001"),
        ("# docnlp: ignore[site-tial]", "site-tial", "想写的可能是 site-tail"),
        ("# docnlp: ignore[甲乙丙]", "甲乙丙", "用 docnlp rules 可以查到全部规则"),
        ("# docnlp: ignore 理由", "# docnlp: ignore 理由", "没有写规则代码，不起作用；请写明忽略哪一条或哪一类，例如“ignore[PUN]”"),
        ("[docnlp：忽略全文 理由]", "[docnlp：忽略全文 理由]", "例如“忽略全文 PUN”"),
        ("<!-- docnlp: ignore-start[] -->", "<!-- docnlp: ignore-start[] -->", "没有写规则代码"),
        ("# docnlp: ignore-file[ALL]", "ALL", "不能用 ALL 一概忽略"),
        ("# docnlp: ignore[SYS002]", "SYS002", "SYS 是检查本身的报告"),
        ("# docnlp: ignroe[PUN]\n!", "# docnlp: ignroe[PUN]", "读不懂标记里的“ignroe”，想写的可能是“ignore”"),
        ("<!-- docnlp: 跳过[PUN] -->", "<!-- docnlp: 跳过[PUN] -->", "读不懂标记里的“跳过”，可以写 ignore、"),
        ("<!-- docnlp: [PUN] -->", "<!-- docnlp: [PUN] -->", "没有写要做什么"),
        ("# docnlp: ignore-start[PUN]\n!", "# docnlp: ignore-start[PUN]", "有开始没有结束，会一直忽略到文末；请在恢复检查的地方写上 ignore-end[PUN]"),
        ("[docnlp：忽略开始 PUN]\n!", "[docnlp：忽略开始 PUN]", "写上 “忽略结束 PUN”"),
        ("# docnlp: ignore-end", "# docnlp: ignore-end", "前面却没有开始标记"),
        ("# docnlp: ignore-end[PUN]", "# docnlp: ignore-end[PUN]", "结束了 PUN 的忽略，前面却没有它的开始标记"),
        ("# docnlp: ignore-start[PUN]\n!\n# docnlp: ignore-start[PUN] 又\n# docnlp: ignore-end", "# docnlp: ignore-start[PUN] 又", "已经开始忽略 PUN"),
    ],
)  # fmt: skip
def test_faults_of_markers(text: str, words: str, said: str) -> None:
    ((severity, marked, message),) = _said(text)
    assert severity == "warning"
    assert marked == words
    assert said in message


def test_the_right_word_of_a_faulty_marker_still_works() -> None:
    left, said, _ = _check("# docnlp: ignore[PUN001,RES01]\n甲!&")
    assert left == "2&"
    assert [f.suggestions for f in said] == [("RES001",)]


def test_a_marker_for_everything_has_no_effect() -> None:
    assert _check("# docnlp: ignore\n甲!\n# docnlp: ignore[ALL]\n乙!")[0] == "2! 4!"


LINES = st.lists(
    st.sampled_from(
        ["甲!", "乙?&", "", "# docnlp: ignore[PUN]", "# docnlp: ignore-start[PUN001,RES]", "# docnlp: ignore-end", "丙! <!-- docnlp: ignore[RES] -->",
         "# docnlp: ignore-file[PUN002]", "[docnlp：忽略 RES001、XX]", "# docnlp: ignore-end[RES]"]
    ),
    max_size=12,
)  # fmt: skip


@given(LINES)
def test_every_finding_is_kept_or_counted(lines: list[str]) -> None:
    text = "\n".join(lines)
    left, said, state = _check(text)
    assert len(left.split()) + state.suppressed == sum(text.replace("<!--", "").count(c) for c in CODES)
    assert all(text[f.start : f.end] == f.text for f in said)
    bare = _check(re.sub(".*docnlp.*", "", re.sub("<!-- docnlp.*?-->", "", text)))[0].split()
    assert set(left.split()) <= set(bare)


def test_many_markers_and_findings_are_not_slow() -> None:
    text = "# docnlp: ignore-start[PUN]\n甲!\n# docnlp: ignore-end\n# docnlp: ignore[RES]\n乙!&\n" * 3000
    begin = time.process_time()
    _check(text)
    assert time.process_time() - begin < 10
