"""Slogans of one file as rows, JSON and page; of many files as an inventory."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports_helpers import analysis_of

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import SLOGAN_NAMES, Slogan, SloganType
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.readers.plain import source_from_text
from docnlp.reports import inventory as inv
from docnlp.reports.inventory import Inventory, Sighting, collect, phrase_key, sightings, year_of
from docnlp.reports.shared import source_hash
from docnlp.reports.slogan_list import Wish, phrases, to_dict, to_rows
from docnlp.reports.slogan_page import BARS, PLACES, chart, file_page, render, render_inventory
from docnlp.text.width import text_width

Marked = tuple[str, str, float]


@dataclass(frozen=True)
class Given:
    """Says that these phrases are slogans, wherever they stand."""

    known: tuple[Marked, ...]

    def slogans(self, document: Document) -> Sequence[Slogan]:
        found = []
        for words, type_, score in self.known:
            for m in re.finditer(re.escape(words), document.text):
                found.append(Slogan(m.start(), m.end(), cast("SloganType", type_), score))
        return sorted(found, key=lambda s: s.start)


def analysed(text: str, *known: Marked, path: str = "x.txt") -> Analysis:
    """A text in which these phrases are slogans."""
    return replace(analysis_of(text, path), slogan_model=lambda: Given(known))


TEXT = "各科室:\n开展“四进”活动,做到人人参与、人人有责。\n\n“四进”活动要长抓不懈,倡导光盘行动,人人参与、人人有责。\n"
KNOWN: tuple[Marked, ...] = (
    ("四进", "numeric", 0.9),
    ("人人参与、人人有责", "parallel", 0.6),
    ("光盘行动", "campaign", 0.7),
)


class Page(HTMLParser):
    """Elements with their attributes, the text of the lines and of the marks; all tags close."""

    VOID = ("meta", "input", "br")

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.lines: list[str] = []
        self.marks: list[tuple[str, dict[str, str]]] = []
        self.raw = {"style": "", "script": ""}
        self.words = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, {k: v or "" for k, v in attrs})
        self.elements.append(element)
        if tag not in self.VOID:
            self.open.append(element)
        if "line" in element[1].get("class", "").split():
            self.lines.append("")
        if tag == "a" and "mark" in element[1].get("class", "").split():
            self.marks.append(("", element[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        if self.open[-1][0] in self.raw:
            self.raw[self.open[-1][0]] += data
            return
        self.words += data
        if any("line" in e[1].get("class", "").split() for e in self.open):
            self.lines[-1] += data
            if self.open[-1][0] == "a":
                self.marks[-1] = (self.marks[-1][0] + data, self.marks[-1][1])

    @property
    def ids(self) -> list[str]:
        return [a["id"] for _, a in self.elements if "id" in a]

    def by_class(self, name: str) -> list[dict[str, str]]:
        return [a for _, a in self.elements if name in a.get("class", "").split()]


# --- one file ---------------------------------------------------------------------------------------------------


def test_repeats_are_one_phrase_of_the_surest_type() -> None:
    text = "四进,四进,四进"
    document = analysis_of(text).document
    found = [Slogan(0, 2, "campaign", 0.5), Slogan(3, 5, "numeric", 0.8), Slogan(6, 8, "policy", 0.8004)]
    (phrase,) = phrases(document, found)
    assert (phrase.text, phrase.type, phrase.score) == ("四进", "numeric", 0.8)
    assert phrase.places == tuple(found)


@pytest.mark.parametrize(
    ("wish", "left"),
    [
        (Wish(), ["四进", "人人参与、人人有责", "光盘行动"]),
        (Wish(frozenset({"numeric", "campaign"})), ["四进", "光盘行动"]),
        (Wish(min_score=0.7), ["四进", "光盘行动"]),
        (Wish(frozenset({"parallel"}), 0.7), []),
    ],
)
def test_a_wish_by_type_and_score(wish: Wish, left: list[str]) -> None:
    analysis = analysed(TEXT, *KNOWN)
    assert [p.text for p in phrases(analysis.document, analysis.slogans, wish)] == left
    assert [s["text"] for s in to_dict("x.txt", analysis, wish)["slogans"]] == left
    page = Page(render([file_page("x.txt", 0, analysis, wish)], (), wish))
    assert list(dict.fromkeys(words for words, _ in page.marks)) == left
    assert wish.words in page.words


def test_a_wish_in_words() -> None:
    assert Wish().words == ""
    assert Wish(frozenset({"parallel", "numeric"})).words == "只列数字缩略、对仗口号"
    assert Wish(frozenset({"policy"}), 0.855).words == "只列政策提法，把握不低于 85.5%"


@pytest.mark.parametrize("columns", [50, 78])
def test_rows_fit_and_no_phrase_is_cut(columns: int) -> None:
    long = "政治坚定、业务精通、作风优良、群众满意、纪律严明、廉洁奉公、勤政为民、团结协作"
    analysis = analysed(f"{long}\n" * 40 + TEXT, (long, "parallel", 1.0), *KNOWN)
    found = phrases(analysis.document, analysis.slogans)
    rows = to_rows(analysis.document, found, columns, 1)
    assert rows[0] == ("类型", "次数", "把握", "用语", "位置")
    widths = [max(text_width(row[i]) for row in rows) for i in range(5)]
    assert sum(widths) + 8 <= columns
    assert "".join(row[3] for row in rows[1:]) == "".join(p.text for p in found)
    starts = [row for row in rows[1:] if row[0]]
    assert [row[1].strip() for row in starts] == ["40", "2", "2", "1"]
    assert [row[2] for row in starts] == ["100%", " 90%", " 60%", " 70%"]
    places = "".join(row[4] for row in rows[1:]).replace(" ", "")
    assert places.startswith("第1、2、3、4、")
    assert places.endswith("40行第42、44行第42、44行第44行")


def test_control_characters_are_shown() -> None:
    analysis = analysed("开展\x1b[31m文明\x1b行动", ("\x1b[31m文明", "campaign", 1.0))
    rows = to_rows(analysis.document, phrases(analysis.document, analysis.slogans), 80, 1)
    assert rows[1][3] == "␛[31m文明"
    page = render([file_page("\x1b.txt", 0, analysis)], [("\x1b[2J", "坏\x1b")])
    assert "<h2 id=\"file-0-name\">␛.txt</h2>" in page
    assert "<b>␛[2J</b>：坏␛" in page


# --- the page of the texts --------------------------------------------------------------------------------------


def test_the_text_is_whole_and_each_slogan_is_marked_in_its_place() -> None:
    page = Page(render([file_page("方案.txt", 0, analysed(TEXT, *KNOWN))]))
    assert "\n".join(page.lines) + "\n" == TEXT
    assert [(words, a["class"].split()[1]) for words, a in page.marks] == [
        ("四进", "t-numeric"),
        ("人人参与、人人有责", "t-parallel"),
        ("四进", "t-numeric"),
        ("光盘行动", "t-campaign"),
        ("人人参与、人人有责", "t-parallel"),
    ]
    assert "读了 1 个文件，标出 5 处。" in page.words
    assert "3 个用语，出现 5 次" in page.words


def test_links_lead_from_the_list_to_the_marks_and_back() -> None:
    pages = [file_page(f"{i}.txt", i, analysed(TEXT, *KNOWN, path=f"{i}.txt")) for i in range(2)]
    page = Page(render(pages))
    assert len(set(page.ids)) == len(page.ids)
    links = [a["href"] for tag, a in page.elements if tag == "a"]
    assert all(link.startswith("#") and link[1:] in page.ids for link in links)
    for words, attributes in page.marks:
        item = next(a for a in page.by_class("item") if a["id"] == attributes["href"][1:])
        assert f"t-{item['data-type']}" in attributes["class"]
        assert "#" + attributes["id"] in links
        assert words
    assert "第 2 行第 4 字" in page.words
    assert {"#file-0", "#file-1"} <= set(links)


def test_a_slogan_over_a_line_and_a_block_has_one_id() -> None:
    text = "凝心聚力\n真抓实干,人人有责。"
    analysis = analysis_of(text, kinds=[("真抓实干", "heading", 2)])
    analysis = replace(analysis, slogan_model=lambda: Given((("凝心聚力\n真抓实干,人人有责", "parallel", 1.0),)))
    page = Page(render([file_page("x.txt", 0, analysis)]))
    assert "\n".join(page.lines) == text
    assert [(words, a.get("id"), "k-heading" in a["class"]) for words, a in page.marks] == [
        ("凝心聚力", "m-0-0", False),
        ("真抓实干", None, True),
        (",人人有责", None, False),
    ]
    assert "凝心聚力␊真抓实干" in page.words


def test_many_places_are_folded() -> None:
    page = Page(render([file_page("x.txt", 0, analysed("四进\n" * (PLACES + 3), KNOWN[0]))]))
    assert "还有 3 处" in page.words
    assert sum(a["href"].startswith("#m-") for tag, a in page.elements if tag == "a" and "href" in a) == PLACES + 3


def test_the_page_loads_nothing_and_trusts_nothing() -> None:
    hostile = "</script><script>x()</script><img src=x onerror=y()>“&"
    analysis = analysed(f"开展{hostile}活动", (hostile, "campaign", 1.0), path=hostile)
    single = render([file_page(hostile, 0, analysis)], [(hostile, hostile)])
    many = render_inventory(collect(sightings(hostile, analysis), 1, [(hostile, hostile)]))
    for html in (single, many):
        page = Page(html)
        assert [tag for tag, _ in page.elements if tag in ("img", "script", "link", "iframe", "base")] == ["script"]
        assert hostile in page.words
        policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
        assert "default-src 'none'" in policy
        assert all(source_hash(page.raw[kind]) in policy for kind in ("style", "script"))
        assert not any("style" in a or any(k.startswith("on") for k in a) for _, a in page.elements)
        assert "http://" not in html
        assert "https://" not in html
        assert html.endswith("</html>\n")


@given(st.text(alphabet="四进、 \n，“”<&\ud800a人", max_size=40), st.lists(st.integers(0, 40), max_size=8, unique=True))
def test_any_text_comes_back(text: str, cuts: list[int]) -> None:
    analysis = analysis_of(text)
    document = analysis.document
    edges = sorted(c for c in cuts if c <= len(document.text))
    spans = [Slogan(a, b, "policy", 0.5) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    analysis.__dict__["slogans"] = tuple(spans)
    page = Page(render([file_page("x.txt", 0, analysis)]))
    whole = document.text.replace("\ud800", "\ufffd")
    assert "\n".join(page.lines) == whole.removesuffix("\n")
    marked = "".join(words for words, _ in page.marks)
    assert marked == "".join(whole[s.start : s.end] for s in spans).replace("\n", "")


def test_files_with_nothing() -> None:
    page = Page(render([file_page("x.txt", 0, analysed("今天开会。")), file_page("空.txt", 1, analysed(""))]))
    assert "读了 2 个文件，没有找到口号或活动名称。" in page.words
    assert page.by_class("legend") == []
    wish = Wish(frozenset({"policy"}))
    page = Page(render([file_page("x.txt", 0, analysed(TEXT, *KNOWN), wish)], (), wish))
    assert "没有符合条件的口号或活动名称。只列政策提法。" in page.words


# --- the inventory ----------------------------------------------------------------------------------------------


def seen(text: str, path: str = "a.txt", year: int | None = None, type_: str = "campaign", score: float = 0.5) -> Sighting:
    return Sighting(text, cast("SloganType", type_), score, path, year)


def test_quotes_spaces_and_width_do_not_make_another_phrase() -> None:
    found = collect(
        [
            seen("“四进”活动", year=2019),
            seen("四进活动", "b.txt", 2017),
            seen("“四进”活动", "b.txt"),
            seen('"四进" 活动', "c.txt", 2021),
            seen("向上向善，崇德尚法", "c.txt"),
            seen("向上向善,崇德尚法", "c.txt"),
            seen("向上向善、崇德尚法", "c.txt"),
        ],
        3,
    )
    first, second, third = found.entries
    assert (first.text, first.count, first.first, first.last, first.years) == ("“四进”活动", 4, 2017, 2021, "2017～2021")
    assert first.forms == (("“四进”活动", 2), ("四进活动", 1), ('"四进" 活动', 1))
    assert first.files == (("a.txt", 1), ("b.txt", 2), ("c.txt", 1))
    assert (second.text, second.count, second.years) == ("向上向善，崇德尚法", 2, "")
    assert third.text == "向上向善、崇德尚法"


@given(st.text(alphabet="四进、，。AB12,!?· ", max_size=12), st.integers(0, 12))
def test_the_key_of_a_phrase(text: str, at: int) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    key = phrase_key(text)
    assert phrase_key(wide) == key
    assert phrase_key(f"{text[:at]}“{text[at:]}”") == key
    assert phrase_key(f"'{text[:at]} {text[at:]}＂") == key
    assert (phrase_key(text + "四") == key) is False


def test_type_score_order_and_wish() -> None:
    found = [
        seen("甲", type_="numeric", score=0.4),
        seen("甲", type_="campaign", score=0.9),
        seen("甲", type_="numeric", score=0.3),
        *[seen("乙", path, type_="policy") for path in ("a.txt", "b.txt", "c.txt")],
        *[seen("丙", type_="policy", score=0.7)] * 4,
    ]
    everything = collect(found, 3)
    assert [(e.text, e.type, e.score) for e in everything.entries] == [("丙", "policy", 0.7), ("乙", "policy", 0.5), ("甲", "numeric", 0.9)]
    assert [(t, len(entries)) for t, entries in everything.types] == [("numeric", 1), ("policy", 2)]
    assert [e.text for e in collect(found, 3, wish=Wish(frozenset({"policy"}))).entries] == ["丙", "乙"]
    assert [e.text for e in collect(found, 3, wish=Wish(min_score=0.7)).entries] == ["丙", "甲"]


DATED = "{}精神文明建设工作方案\n\n各科室：\n为做好工作，制定本方案。\n一、主要任务\n开展“四进”活动。\n{}\n"


@pytest.mark.parametrize(
    ("name", "when", "path", "year"),
    [
        ("2018年", "县文明办\n2019年3月20日", "2020.txt", 2019),
        ("2018年", "", "2020.txt", 2018),
        ("", "", "报送/2020年方案.txt", 2020),
        ("", "", "2020/方案.txt", None),
    ],
)
def test_the_year_of_a_document(name: str, when: str, path: str, year: int | None) -> None:
    document = build(source_from_text(DATED.format(name, when), path))
    assert year_of(document, document.text.index("四进")) == year


def test_each_document_of_a_file_has_its_own_year() -> None:
    text = DATED.format("2018年", "县文明办\n2018年3月20日") + "\n" + DATED.format("2021年", "县文明办\n2021年3月20日")
    document = build(source_from_text(text, "x.txt"))
    assert len(document.parts) == 2
    assert [year_of(document, m.start()) for m in re.finditer("四进", text)] == [2018, 2021]


def test_sightings_are_what_the_analysis_found() -> None:
    found = sightings("方案2020.txt", analysed(TEXT, *KNOWN, path="方案2020.txt"))
    assert found[:2] == [
        Sighting("四进", "numeric", 0.9, "方案2020.txt", 2020),
        Sighting("人人参与、人人有责", "parallel", 0.6, "方案2020.txt", 2020),
    ]
    assert len(found) == 5


@pytest.fixture
def found() -> Inventory:
    return collect(
        [
            *[seen("四进", "甲.txt", 2018, "numeric", 0.9)] * 3,
            seen("“四进”", "乙.txt", 2020, "numeric", 0.6),
            seen("人人参与、人人有责", "乙.txt", 2020, "parallel", 0.75),
            seen("光盘行动", "丙.txt"),
        ],
        3,
        [("坏.docx", "打不开")],
    )


def test_summary(found: Inventory) -> None:
    assert inv.summary(found) == "读了 3 个文件，另有 1 个无法读取，共有 3 个用语，出现 6 次：数字缩略 1 个，活动品牌 1 个，对仗口号 1 个。"
    assert inv.summary(collect([], 2)) == "读了 2 个文件，没有找到口号或活动名称。"
    assert inv.summary(collect([], 2, wish=Wish(min_score=0.5))) == "读了 2 个文件，没有符合条件的口号或活动名称（把握不低于 50%）。"


def test_json(found: Inventory) -> None:
    result = inv.to_dict(found)
    assert list(result) == ["files", "failed", "phrases"]
    assert (result["files"], result["failed"]) == (3, [{"path": "坏.docx", "error": "打不开"}])
    assert result["phrases"][0] == {
        "text": "四进",
        "type": "numeric",
        "score": 0.9,
        "count": 4,
        "first_year": 2018,
        "last_year": 2020,
        "forms": [{"text": "四进", "count": 3}, {"text": "“四进”", "count": 1}],
        "files": [{"path": "甲.txt", "count": 3}, {"path": "乙.txt", "count": 1}],
    }
    assert result["phrases"][2]["first_year"] is None


def test_csv(found: Inventory) -> None:
    text = inv.to_csv(found)
    assert text.startswith("\ufeff用语,")
    assert text.count("\r\n") == text.count("\n") == 4
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert rows == [
        ["用语", "类型", "次数", "文件数", "最早年份", "最晚年份", "把握", "文件"],
        ["四进", "数字缩略", "4", "2", "2018", "2020", "90%", "甲.txt；乙.txt"],
        ["人人参与、人人有责", "对仗口号", "1", "1", "2020", "2020", "75%", "乙.txt"],
        ["光盘行动", "活动品牌", "1", "1", "", "", "50%", "丙.txt"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "\t=1+1", "＝1+1", "-2", "@SUM(A1)", "+行动"])
def test_no_cell_is_a_formula(text: str) -> None:
    row = next(csv.reader(io.StringIO(inv.to_csv(collect([seen(text, text)], 1)).split("\r\n")[1])))
    assert row[0] == row[7] == "'" + text.replace("\t", " ")


def test_no_cell_is_too_long_for_a_spreadsheet() -> None:
    many = collect([seen("四进", f"{'长' * 90}{i:04}.txt") for i in range(1000)], 1000)
    row = next(csv.reader(io.StringIO(inv.to_csv(many).split("\r\n")[1])))
    assert 20_000 < len(row[7]) <= 32_767
    assert row[7].endswith("；等 1000 个文件")
    assert row[3] == "1000"


def test_control_characters_in_the_inventory() -> None:
    strange = collect([seen("\x1b[31m四进", "\x1b.txt\ud800")], 1)
    assert "\x1b" not in inv.to_csv(strange) + "".join("".join(r) for r in inv.to_rows(strange, 80, 1)) + render_inventory(strange)
    assert inv.to_rows(strange, 80, 1)[1][4] == "␛[31m四进"


@pytest.mark.parametrize("columns", [50, 80])
def test_rows_of_the_inventory_fit(found: Inventory, columns: int) -> None:
    long = "政治坚定、业务精通、作风优良、群众满意、纪律严明、廉洁奉公、勤政为民、团结协作"
    both = collect([seen(long, type_="parallel"), seen("四进", year=2018), seen("四进", year=2020)], 1)
    rows = inv.to_rows(both, columns, 1)
    assert rows[0] == ("类型", "次数", "文件", "年份", "用语")
    assert rows[1] == ("活动品牌", "   2", "   1", "2018～2020", "四进")
    assert sum(max(text_width(row[i]) for row in rows) for i in range(5)) + 8 <= columns
    assert "".join(row[4] for row in rows[2:]) == long


def test_the_page_of_the_inventory(found: Inventory) -> None:
    html = render_inventory(found)
    page = Page(html)
    assert "坏.docx" in page.words
    assert [a["data-type"] for tag, a in page.elements if tag == "tr" and "data-type" in a] == ["numeric", "parallel", "campaign"]
    assert "也写作：“四进”（1 次）" in page.words
    assert "甲.txt（3 次）" in page.words
    (svg,) = page.by_class("bars")
    assert svg["role"] == "img"
    assert set(svg["aria-labelledby"].split()) <= set(page.ids)
    assert "四进，数字缩略，4 次；人人参与、人人有责，对仗口号，1 次；光盘行动，活动品牌，1 次。" in page.words
    heads = [a for tag, a in page.elements if tag == "th" and a.get("scope") == "col"]
    assert sum("aria-sort" in a for a in heads) == 1
    assert Page(render_inventory(collect([], 0, [("坏.docx", "打不开")]))).by_class("bars") == []


def test_the_chart() -> None:
    picture = chart(collect([seen(f"第{i}号行动" + "很" * 30) for i in range(30) for _ in range(30 - i)], 1).entries)
    assert len(picture.bars) == BARS
    assert [b.count for b in picture.bars] == list(range(30, 10, -1))
    assert picture.bars[10].width == pytest.approx(picture.bars[0].width * 20 / 30, abs=0.01)
    assert all(text_width(b.label) <= 36 and b.label.endswith("…") for b in picture.bars)
    assert picture.title == "出现最多的 20 个用语"
    assert set(SLOGAN_NAMES) >= {b.type for b in picture.bars}
