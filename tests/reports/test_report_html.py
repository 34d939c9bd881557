"""The HTML page: its text, its escaping, its structure."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports_helpers import PLAN, analysis_of, file_report, finding, plan_file, report_of

from docnlp.checker import FileReport
from docnlp.document.model import Note
from docnlp.reports.as_html import Item, marked_lines, render

VOID = {"meta", "input", "br", "link", "img", "hr"}


class Page(HTMLParser):
    """What a browser would see: elements with attributes, the text of the article, and whether all tags close."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.lines: list[str] = []
        self.raw: dict[str, str] = {"style": "", "script": ""}
        self.marks: list[tuple[str, list[str]]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, {k: v or "" for k, v in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)
        classes = element[1].get("class", "").split()
        if "line" in classes:
            self.lines.append("")
        if "mark" in classes:
            self.marks.append(("", element[1]["data-items"].split()))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] in self.raw:
            self.raw[self.open[-1][0]] += data
        elif any("line" in e[1].get("class", "").split() for e in self.open):
            self.lines[-1] += data
            if "mark" in self.open[-1][1].get("class", "").split():
                self.marks[-1] = (self.marks[-1][0] + data, self.marks[-1][1])

    def all(self, name: str) -> list[dict[str, str]]:
        """Attributes of the elements of a class."""
        return [a for _, a in self.elements if name in a.get("class", "").split()]

    @property
    def ids(self) -> list[str]:
        return [a["id"] for _, a in self.elements if "id" in a]


def page_of(*files: FileReport) -> tuple[Page, str]:
    html = render(report_of(*files))
    html.encode("utf-8")
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    for _, attributes in page.elements:
        link = attributes.get("href")
        if link is not None:
            assert link.startswith("#")
            assert link[1:] in page.ids
    return page, html


def test_the_text_is_whole_and_every_finding_is_marked_and_listed() -> None:
    file = plan_file()
    page, _ = page_of(file)
    assert "\n".join(page.lines) + "\n" == PLAN
    for i, f in enumerate(file.findings):
        assert f"f-0-{i}" in page.ids
        assert (f"m-0-{i}" in page.ids) == (f.start is not None)
        if f.start is not None:
            assert "".join(text for text, items in page.marks if f"f-0-{i}" in items) == f.text


def test_nested_findings_share_segments() -> None:
    file = plan_file()
    page, _ = page_of(file)
    outer = next(i for i, f in enumerate(file.findings) if f.text == "x法制教育")
    inner = next(i for i, f in enumerate(file.findings) if f.text == "法制教育")
    assert ("x", [f"f-0-{outer}"]) in page.marks
    assert ("法制教育", [f"f-0-{inner}", f"f-0-{outer}"]) in page.marks  # the innermost is what a click leads to
    [both] = [a for a in page.all("mark") if a["data-items"] == f"f-0-{inner} f-0-{outer}"]
    assert {"sev-error", "fam-POL", "fam-RES"} <= set(both["class"].split())  # the gravest colours
    assert both["href"] == f"#f-0-{inner}"


def test_blocks_are_styled() -> None:
    page, html = page_of(plan_file())
    classes = [a["class"] for a in page.all("line")]
    assert classes[0] == "line k-title"
    assert classes[1] == "line k-addressee"
    assert classes[3] == "line"  # a run-in heading does not make its paragraph one
    assert '<span class="k-heading">一、指导思想。</span>' in html
    assert classes[4] == "line k-heading level-1"
    assert classes[7] == "line k-heading level-2"
    assert classes[-2:] == ["line k-signature", "line k-date"]


def test_what_stands_above_the_title_is_no_title() -> None:
    a = analysis_of("青石街道文件\n关于春节活动的通知", kinds=(("青石街道文件", "title", None), ("关于春节活动的通知", "title", None)))
    first, second = a.document.blocks
    document = replace(a.document, blocks=(replace(first, masthead=True), second))
    page, _ = page_of(file_report(replace(a, document=document), []))
    assert [line["class"] for line in page.all("line")] == ["line k-masthead", "line k-title"]


def test_missing_sections_stand_on_top_and_repeats_are_folded() -> None:
    page, html = page_of(plan_file())
    assert html.index("缺少的部分和整份文件的问题") < html.index('class="text"')
    assert html.count("<details>") == 1
    assert "同类问题还有 5 处（第 7、9、11 行）" in html
    assert len(page.all("item")) == len(plan_file().findings)


def test_filters_count_families_and_severities() -> None:
    page, html = page_of(plan_file())
    inputs = [a for tag, a in page.elements if tag == "input"]
    assert [(a["name"], a["value"]) for a in inputs] == [
        ("severity", "error"), ("severity", "warning"), ("severity", "info"),
        ("family", "SEC"), ("family", "POL"), ("family", "NUM"), ("family", "PUN"), ("family", "DIG"), ("family", "RES"),
    ]  # fmt: skip
    assert 'value="PUN" checked>标点符号 <span class="count">8</span>' in html
    assert '严重错误 <span class="count">6</span>' in html


def test_several_files_unreadable_ones_notes_and_nothing_found() -> None:
    clean = file_report(analysis_of("没有问题。", "b.txt"), [])
    broken = FileReport("坏<b>.pdf", error="没有文字层。")
    noted = file_report(analysis_of("诗。", "c.txt"), [], genre=None, subgenre=None, notes=(Note("no-report", "看不出文种"),), crashed=("NUM001",))
    page, html = page_of(plan_file(), clean, broken, noted)
    assert [a["id"] for a in page.all("file")] == ["file-0", "file-1", "file-3"]
    assert html.count('<nav class="files"') == 1
    assert "<b>坏&lt;b&gt;.pdf</b>：没有文字层。" in html
    assert "注：看不出文种" in html
    assert html.count("没有发现问题。") == 2
    assert "检查了 3 个文件，另有 1 个无法读取" in html
    assert "有规则运行出错，结果不全：NUM001。" in html
    _, single = page_of(clean)
    assert "<nav" not in single
    assert "<form" not in single
    _, nothing = page_of()
    assert "没有文件可查。" in nothing
    _, unread = page_of(broken)
    assert "检查了 0 个文件，另有 1 个无法读取。" in re.sub(r"\n", "", unread)


def test_a_finding_without_its_document_is_listed() -> None:
    a = analysis_of("甲,乙")
    html = render(report_of(FileReport("x.txt", findings=(finding(a, ","),))))
    assert 'class="text"' not in html
    assert 'id="f-0-0"' in html


# Escaping

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'`{{7*7}}{% x %}<!--]]>"


def test_hostile_text_is_only_text() -> None:
    a = analysis_of(HOSTILE + ",\n" + HOSTILE, HOSTILE + ".txt")
    f = finding(a, HOSTILE, message=HOSTILE, suggestions=(HOSTILE,), source=HOSTILE)
    g = finding(a, None, "SEC001", "missing-section", message=HOSTILE, section="tasks")
    file = file_report(a, [f, g, finding(a, ",")], subgenre=HOSTILE, notes=(Note("x", HOSTILE),))
    page, _ = page_of(file, FileReport(HOSTILE, error=HOSTILE), file)
    assert page.lines[:2] == [HOSTILE + ",", HOSTILE]
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert not any(k.startswith("on") for _, attributes in page.elements for k in attributes)
    assert "49" not in "".join(page.lines)
    plain, _ = page_of(plan_file())
    assert page.raw == plain.raw


def test_the_policy_lets_nothing_in_but_the_inline_parts() -> None:
    page, html = page_of(plan_file())
    policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not re.search(r"https?://|//[a-z]|url\(|@import", html)
    assert not any("style" in a or "src" in a for _, a in page.elements)


def test_lone_surrogates_do_not_stop_the_page() -> None:
    a = analysis_of("甲\ud800乙")
    page, _ = page_of(file_report(a, [finding(a, "\ud800", message="\udfff")]))
    assert page.lines == ["甲\ufffd乙"]


# Segments


def items_of(text: str, spans: list[tuple[int, int]]) -> list[Item]:
    a = analysis_of(text)
    return [Item(f"f-0-{i}", f"m-0-{i}", finding(a, span)) for i, span in enumerate(spans)]


def test_points_between_characters_and_on_line_breaks() -> None:
    text = "甲乙\n\n丙"
    spans = [(0, 0), (2, 2), (2, 4), (3, 3), (5, 5)]
    lines = marked_lines(analysis_of(text).document, items_of(text, spans))
    assert [[(s.text, s.anchors) for s in line.segments] for line in lines] == [
        [("", ("m-0-0",)), ("甲乙", ()), ("", ("m-0-1", "m-0-2"))],
        [("", ("m-0-3",))],
        [("丙", ()), ("", ("m-0-4",))],
    ]


def test_overlapping_findings_are_cut_where_they_begin_and_end() -> None:
    text = "甲乙丙丁戊"
    [line] = marked_lines(analysis_of(text).document, items_of(text, [(0, 3), (2, 5), (2, 3)]))
    assert [(s.text, [i.id for i in s.items], s.anchors) for s in line.segments] == [
        ("甲乙", ["f-0-0"], ("m-0-0",)),
        ("丙", ["f-0-2", "f-0-0", "f-0-1"], ("m-0-1", "m-0-2")),
        ("丁戊", ["f-0-1"], ()),
    ]


@settings(max_examples=300, deadline=None)
@given(data=st.data(), text=st.text(st.sampled_from(list("文明创建,\n\n 　x")), max_size=40))
def test_segments_make_up_the_text_and_every_finding_has_one_anchor(data: st.DataObject, text: str) -> None:
    document = analysis_of(text).document
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = [(min(s), max(s)) for s in data.draw(st.lists(ends, max_size=8))]
    items = items_of(text, spans)
    lines = marked_lines(document, items)
    whole = "\n".join("".join(s.text for s in line.segments) for line in lines)
    assert whole == text or whole + "\n" == text
    anchors = [a for line in lines for s in line.segments for a in s.anchors]
    assert sorted(anchors) == sorted(i.mark for i in items)
    for item in items:
        covered = "".join(s.text for line in lines for s in line.segments if item in s.items)
        assert covered == item.finding.text.replace("\n", "")
        first = next(s for line in lines for s in line.segments if item in s.items)
        assert item.mark in first.anchors


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_characters="\r\0"), max_size=60), message=st.text(st.characters(), max_size=20), data=st.data())
def test_any_text_is_shown_as_it_is(text: str, message: str, data: st.DataObject) -> None:
    a = analysis_of(text)
    size = len(a.document.text)
    spans = data.draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), max_size=4))
    page, _ = page_of(file_report(a, [finding(a, (min(s), max(s)), message=message) for s in spans]))
    shown = "\n".join(page.lines)
    expected = re.sub("[\ud800-\udfff]", "\ufffd", a.document.text)
    assert shown == expected or shown + "\n" == expected


def test_jinja_is_not_imported_at_the_door() -> None:
    import subprocess

    code = "import sys, docnlp.reports.as_html; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("n", [2000])
def test_many_findings_do_not_explode(n: int) -> None:
    a = analysis_of("甲,乙\n" * n)
    found = [finding(a, (4 * i + 1, 4 * i + 2)) for i in range(n)]
    html = render(report_of(file_report(a, found)))
    assert html.count('class="mark ') == n
    assert len(html) < 1500 * n
