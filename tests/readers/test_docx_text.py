"""The text view of Word files and the places its characters come from."""

from __future__ import annotations

import io
import pickle
from typing import Any

import docx as python_docx
import pytest
from lxml import etree
from readers_fixtures import check_source, docx, field, lines, p, package, r, rels, t, tbl, tc, tr, wml

from docnlp.document.model import Source
from docnlp.readers import read_bytes
from docnlp.readers.docx import run_at


def read(data: bytes, name: str = "a.docx") -> Source:
    source = read_bytes(data, name)
    check_source(source, data)
    return source


def text_of(body: str, **parts: Any) -> str:
    return read(docx(body, **parts)).text


def test_python_docx_file() -> None:
    document = python_docx.Document()
    document.add_paragraph("第一段")
    document.add_paragraph("")
    document.add_paragraph("第二段").add_run("续").bold = True
    out = io.BytesIO()
    document.save(out)
    source = read(out.getvalue())
    assert source.text == "第一段\n\n第二段续"
    assert source.format == "docx"
    assert source.encoding is None
    assert [len(x.origin.runs) for x in source.paragraphs if x.origin] == [1, 0, 2]
    assert {x.origin.part for x in source.paragraphs if x.origin} == {"word/document.xml"}


def test_breaks_tabs_and_hyphens() -> None:
    body = p(
        r(t("甲") + "<w:br/>" + t("乙") + '<w:br w:type="page"/>' + t("丙") + '<w:br w:type="column"/>' + t("丁"))
        + r("<w:tab/>")
        + r(t("子") + "<w:cr/>" + t("丑") + "<w:noBreakHyphen/>" + t("寅") + "<w:softHyphen/>" + t("卯") + "<w:lastRenderedPageBreak/>")
    )
    source = read(docx(body + p("末")))
    assert source.text == "甲\n乙丙丁\t子\n丑-寅卯\n末"
    origins = [x.origin for x in source.paragraphs]
    assert [o.paragraph for o in origins if o] == [0, 0, 0, 1]
    second = origins[1]
    assert second is not None
    assert [(s.run, s.offset, s.end - s.start) for s in second.runs] == [(0, 2, 3), (1, 0, 1), (2, 0, 1)]


def test_break_at_the_end_gives_an_empty_paragraph() -> None:
    source = read(docx(p(r(t("甲") + "<w:br/>"))))
    assert source.text == "甲\n"
    assert len(source.paragraphs) == 2


@pytest.mark.parametrize(
    ("code", "shown"), [("F06C", "●"), ("F0A8", "□"), ("F0FE", "☑"), ("F001", "•"), ("2460", "①"), ("E123", "•"), ("zz", ""), ("", ""), ("D800", "•")]
)
def test_symbols(code: str, shown: str) -> None:
    assert text_of(p(r("<w:sym w:font='Wingdings' w:char='" + code + "'/>") + r("甲"))) == shown + "甲"


def test_symbol_extension_takes_the_choice() -> None:
    symbol = '<mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="A" w16se:char="1F600"/></mc:Choice><mc:Fallback><w:t>x</w:t></mc:Fallback></mc:AlternateContent>'
    assert text_of(p(r(symbol + t("好")))) == "\U0001f600好"


def test_blanks_that_word_does_not_show() -> None:
    source = read(docx(p("<w:r><w:t>  甲\n 乙 </w:t></w:r>" + r(" 丙　"))))
    assert source.text == "甲  乙 丙　"
    origin = source.paragraphs[0].origin
    assert origin is not None
    assert origin.runs[0].offset == 2


def test_two_texts_in_a_run_are_one_span() -> None:
    origin = read(docx(p(r(t("甲") + t("乙"))))).paragraphs[0].origin
    assert origin is not None
    assert len(origin.runs) == 1


def test_astral_characters_count_as_one() -> None:
    source = read(docx(p(r("\U00020bb7野") + r("家")) + p("尾")))
    assert source.text == "\U00020bb7野家\n尾"
    assert source.paragraphs[1].start == 4


def test_wrappers_are_read_through() -> None:
    body = p(
        '<w:hyperlink r:id="rId9">' + r("链接") + "</w:hyperlink>"
        '<w:smartTag w:uri="u" w:element="e">' + r("标签") + "</w:smartTag>"
        "<w:sdt><w:sdtPr/><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>"
        "<w:customXml>" + r("自定义") + "</w:customXml><w:bookmarkStart/><w:proofErr/><w:dir>" + r("向") + "</w:dir>"
    ) + "<w:sdt><w:sdtContent>" + p("整段控件") + "<w:sdt/></w:sdtContent></w:sdt><w:customXml>" + p("整段标签") + "</w:customXml>"
    source = read(docx(body))
    assert lines(source) == ["链接标签控件自定义向", "整段控件", "整段标签"]
    assert [x.origin.paragraph for x in source.paragraphs if x.origin] == [0, 1, 2]


def test_ruby_gives_its_base() -> None:
    ruby = "<w:ruby><w:rubyPr/><w:rt>" + r("pīn") + "</w:rt><w:rubyBase>" + r("拼") + "</w:rubyBase></w:ruby>"
    source = read(docx(p(r("前") + r(ruby) + r("后"))))
    assert source.text == "前拼后"
    origin = source.paragraphs[0].origin
    assert origin is not None
    assert [s.run for s in origin.runs] == [0, 3, 4]  # 1 carries the ruby, 2 its reading


def test_formula_letters_are_shown() -> None:
    source = read(docx(p(r("面积") + "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>" + r("亩"))))
    assert source.text == "面积a=b亩"
    origin = source.paragraphs[0].origin
    assert origin is not None
    assert [s.run for s in origin.runs] == [0, None, 1]


# Fields


def test_fields_show_results() -> None:
    body = p(
        r("共") + r(field("begin")) + r("<w:instrText> NUMPAGES </w:instrText>") + r(field("separate")) + r("12") + r(field("end")) + r("页")
    ) + p('<w:fldSimple w:instr=" DATE ">' + r("2024年") + "</w:fldSimple>")
    assert text_of(body) == "共12页\n2024年"


def test_nested_field_in_instruction() -> None:
    inner = r(field("begin")) + r("<w:instrText>PAGE</w:instrText>") + r(field("separate")) + r("内") + r(field("end"))
    body = p(r(field("begin")) + r("<w:instrText>IF </w:instrText>") + inner + r(field("separate")) + inner + r("外") + r(field("end")) + r("后"))
    assert text_of(body) == "内外后"


def test_field_over_several_paragraphs() -> None:
    body = p(r(field("begin")) + r("<w:instrText>TOC</w:instrText>") + r(field("separate")) + r("一、目标")) + p("二、任务") + p(r(field("end"))) + p("正文")
    assert text_of(body) == "一、目标\n二、任务\n\n正文"


def test_field_without_result_shows_nothing() -> None:
    assert text_of(p(r("前") + r(field("begin")) + r("<w:instrText>XE</w:instrText>") + r(field("end")) + r("后"))) == "前后"


@pytest.mark.parametrize("marks", [["begin"], ["begin", "separate"], ["end"], ["separate"], ["begin", "begin", "end"]])
def test_unpaired_fields_hide_nothing_behind_them(marks: list[str]) -> None:
    body = p(r("前") + "".join(r(field(m)) for m in marks) + r("后")) + p("下一段")
    assert text_of(body) == "前后\n下一段"


def test_deleted_field_does_not_count() -> None:
    body = p("<w:del>" + r(field("begin")) + "</w:del>" + r("前") + "<w:moveFrom>" + r(field("begin")) + "</w:moveFrom>" + r("后"))
    assert text_of(body) == "前后"


# Tables


def test_table_row_by_row() -> None:
    body = p("前") + tbl(tr(tc(p("甲")), tc(p("乙一") + p("乙二"))), tr(tc(p("丙")), tc(p()))) + p("后") + tbl(tr(tc(p("丁"))))
    source = read(docx(body))
    assert lines(source) == ["前", "甲", "乙一", "乙二", "丙", "", "后", "丁"]
    assert [x.cell for x in source.paragraphs] == [
        None, (0, 0, 0), (0, 0, 1), (0, 0, 1), (0, 1, 0), (0, 1, 1), None, (1, 0, 0),
    ]  # fmt: skip
    assert [x.origin.container for x in source.paragraphs if x.origin] == ["body", *["table"] * 5, "body", "table"]


def test_merged_cells_are_read_once() -> None:
    body = tbl(
        tr(tc(p("竖"), "<w:vMerge w:val='restart'/>"), tc(p("横跨"), "<w:gridSpan w:val='2'/>"), tc(p("右"))),
        tr(tc(p("竖的影子"), "<w:vMerge/>"), tc(p("左")), tc(p("中"), "<w:hMerge w:val='restart'/>"), tc(p("中的影子"), "<w:hMerge/>")),
        tr(tc(p("新")), tc(p("孤"), "<w:vMerge/>")),
    )
    source = read(docx(body))
    assert lines(source) == ["竖", "横跨", "右", "左", "中", "新", "孤"]
    assert [x.cell for x in source.paragraphs] == [(0, 0, 0), (0, 0, 1), (0, 0, 3), (0, 1, 1), (0, 1, 2), (0, 2, 0), (0, 2, 1)]


def test_merge_ends_where_an_ordinary_cell_stands() -> None:
    body = tbl(
        tr(tc(p("甲"), "<w:vMerge w:val='restart'/>")), tr(tc(p("乙"), "<w:shd/>")), tr(tc(p("丙"), "<w:vMerge w:val='continue'/>"))
    )
    assert text_of(body) == "甲\n乙\n丙"


def test_nested_table_in_place() -> None:
    body = tbl(tr(tc(p("外前") + tbl(tr(tc(p("内")))) + p("外后"))))
    source = read(docx(body))
    assert lines(source) == ["外前", "内", "外后"]
    assert [x.cell for x in source.paragraphs] == [(0, 0, 0), (1, 0, 0), (0, 0, 0)]


def test_rows_and_cells_in_content_controls() -> None:
    body = tbl("<w:sdt><w:sdtContent>" + tr("<w:sdt><w:sdtContent>" + tc(p("控件里")) + "</w:sdtContent></w:sdt>") + "</w:sdtContent></w:sdt>", "<w:customXml>" + tr(tc(p("标签里"))) + "</w:customXml><w:sdt/>")
    assert text_of(body) == "控件里\n标签里"


def test_grid_before_shifts_the_column() -> None:
    source = read(docx(tbl(tr(tc(p("甲")), properties="<w:gridBefore w:val='2'/>"))))
    assert source.paragraphs[0].cell == (0, 0, 2)


# Text boxes


def drawing(content: str) -> str:
    return f"<w:drawing><wp:anchor><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wp:anchor></w:drawing>"


def pict(content: str) -> str:
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"


def alternate(choice: str, fallback: str) -> str:
    return f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>'


def test_text_box_after_its_host_without_the_fallback_copy() -> None:
    body = p(r("主") + r(alternate(drawing(p("框一") + p("框二")), pict(p("框一") + p("框二")))) + r("段")) + p("后")
    source = read(docx(body))
    assert lines(source) == ["主段", "框一", "框二", "后"]
    # The copies of the box count in the index, they are w:p of the part as well.
    assert [(x.origin.paragraph, x.origin.container) for x in source.paragraphs if x.origin] == [
        (0, "body"), (1, "textbox"), (2, "textbox"), (5, "body"),
    ]  # fmt: skip
    host = source.paragraphs[0].origin
    assert host is not None
    assert [s.run for s in host.runs] == [0, 6]  # the runs of the box and of its copy lie between


def test_vml_box_and_table_in_a_box() -> None:
    body = p(r("主") + r(pict(p("框") + tbl(tr(tc(p("框内表"))))))) + p("后")
    source = read(docx(body))
    assert lines(source) == ["主", "框", "框内表", "后"]
    assert source.paragraphs[2].cell == (0, 0, 0)
    assert [x.origin.container for x in source.paragraphs if x.origin] == ["body", "textbox", "textbox", "body"]


def test_box_in_a_box_is_read_once() -> None:
    body = p(r(drawing(p(r("外框") + r(drawing(p("内框")))))))
    assert text_of(body) == "\n外框\n内框"


def test_box_in_a_cell_comes_after_the_paragraph() -> None:
    body = tbl(tr(tc(p(r("格") + r(drawing(p("框")))) + p("格后"))))
    source = read(docx(body))
    assert lines(source) == ["格", "框", "格后"]
    assert source.paragraphs[1].cell is None


def test_block_level_alternate_content() -> None:
    assert text_of(alternate(p("选"), p("备")) + p("后")) == "选\n后"


def test_field_in_a_box_is_its_own() -> None:
    body = p(r(drawing(p(r(field("begin")) + r("<w:instrText>X</w:instrText>")))) + r("主"))
    assert text_of(body) == "主\n"


# Asides


def test_headers_notes_and_comments_are_asides() -> None:
    source = read(
        docx(
            p(r("正文") + r('<w:footnoteReference w:id="2"/>') + r('<w:commentReference w:id="0"/>')),
            parts={
                "header1.xml": wml("hdr", p("页眉") + p(r(pict(p("眉框"))))),
                "footer1.xml": wml("ftr", p(r("— ") + r(field("begin")) + r("<w:instrText>PAGE</w:instrText>") + r(field("separate")) + r("1") + r(field("end")) + r(" —"))),
                "header2.xml": wml("hdr", p()),
                "footnotes.xml": wml("footnotes", '<w:footnote w:type="separator" w:id="0">' + p("线") + '</w:footnote><w:footnote w:id="2">' + p("脚注") + "</w:footnote>"),
                "endnotes.xml": wml("endnotes", '<w:endnote w:type="normal" w:id="2">' + p("尾注") + "</w:endnote>"),
                "comments.xml": wml("comments", '<w:comment w:id="0" w:author="审">' + p("批注一") + p("批注二") + '</w:comment><w:comment w:id="1">' + p("再批") + "</w:comment>"),
            },
        )
    )
    assert source.text == "正文"
    assert [(a.kind, a.text, a.part) for a in source.asides] == [
        ("header", "页眉\n\n眉框", "word/header1.xml"),
        ("footer", "— 1 —", "word/footer1.xml"),
        ("footnote", "脚注", "word/footnotes.xml"),
        ("endnote", "尾注", "word/endnotes.xml"),
        ("comment", "批注一\n批注二", "word/comments.xml"),
        ("comment", "再批", "word/comments.xml"),
    ]


# Revisions


def mark(kind: str) -> str:
    return f'<w:rPr><w:{kind} w:id="1" w:author="改"/></w:rPr>'


def ins(content: str) -> str:
    return f'<w:ins w:id="1">{content}</w:ins>'


def deleted(content: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText>{content}</w:delText></w:r></w:del>'


def test_revisions_are_accepted() -> None:
    body = p(r("甲") + ins(r("增")) + deleted("删") + r("乙") + "<w:moveFrom>" + r("走") + "</w:moveFrom><w:moveTo>" + r("来") + "</w:moveTo>")
    source = read(docx(body))
    assert source.text == "甲增乙来"
    origin = source.paragraphs[0].origin
    assert origin is not None
    assert [s.run for s in origin.runs] == [0, 1, 3, 5]  # deleted runs are counted
    (note,) = source.notes
    assert note.code == "revisions-accepted"
    assert "插入 2 处、删除 2 处" in note.message


def test_deletion_inside_insertion() -> None:
    assert text_of(p(ins(r("留") + deleted("去")) + r("。"))) == "留。"


def test_deleted_mark_joins_paragraphs() -> None:
    source = read(docx(p("前半", mark("del")) + p(r("后半") + r("尾")) + p("下一段")))
    assert lines(source) == ["前半后半尾", "下一段"]
    origin = source.paragraphs[0].origin
    assert origin is not None
    assert origin.paragraph == 0
    assert [s.run for s in origin.runs] == [0, 1, 2]


def test_joined_runs_keep_to_their_container() -> None:
    box = alternate(drawing(p("框")), pict(p("框")))
    body = p(r("前") + r(box), mark("del")) + "<w:del>" + p("删") + "</w:del><w:sdt><w:sdtContent>" + p("后") + "</w:sdtContent></w:sdt>"
    source = read(docx(body))
    assert lines(source) == ["前后", "框"]
    body = tbl(tr(tc(p("甲", mark("del")) + p("乙")), tc(p("丙", mark("del")))))
    assert text_of(body) == "甲乙\n丙"


def test_run_at_past_the_end() -> None:
    root = etree.fromstring(wml("document", "<w:body>" + p("甲") + "</w:body>").encode())
    with pytest.raises(IndexError):
        run_at([root[0][0]], 0, 1)


def test_wholly_deleted_paragraph_vanishes() -> None:
    source = read(docx(p("前") + p(deleted("没了"), mark("del")) + p("后") + p("<w:moveFrom>" + r("走") + "</w:moveFrom>", mark("moveFrom"))))
    assert lines(source) == ["前", "后"]
    after = source.paragraphs[1].origin
    assert after is not None
    assert (after.paragraph, after.runs[0].run) == (2, 0)


def test_joined_paragraph_takes_the_properties_that_stay() -> None:
    jc = "<w:jc w:val='{}'/>"
    source = read(docx(p("甲", jc.format("center") + mark("del")) + p("乙", jc.format("right"))))
    assert source.paragraphs[0].alignment == "right"
    source = read(docx(p("甲", jc.format("center") + mark("del")) + p("", jc.format("right"))))
    assert source.paragraphs[0].alignment == "center"


def test_table_stops_a_join() -> None:
    assert text_of(p("甲", mark("del")) + tbl(tr(tc(p("表")))) + p("乙")) == "甲\n表\n乙"


def test_revised_rows_cells_and_blocks() -> None:
    body = (
        tbl(tr(tc(p("删行")), properties="<w:del/>"), tr(tc(p("增行")), tc(p("删格"), "<w:cellDel/>"), properties="<w:ins/>"))
        + "<w:del>" + p("删块") + "</w:del><w:ins>" + p("增块") + "</w:ins>" + p("增段", mark("ins"))
    )  # fmt: skip
    source = read(docx(body))
    assert lines(source) == ["增行", "增块", "增段"]
    assert source.paragraphs[0].cell == (0, 0, 0)
    assert "插入 3 处、删除 3 处" in source.notes[0].message


# Hidden text

STYLES = (
    '<w:style w:type="paragraph" w:styleId="HP"><w:name w:val="藏段"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="HC"><w:name w:val="藏字"/><w:basedOn w:val="HB"/></w:style>'
    '<w:style w:type="character" w:styleId="HB"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
)


def test_hidden_text_is_left_out_and_noted() -> None:
    body = p(r("明") + r("暗一", "<w:vanish/>") + r("暗二", '<w:rStyle w:val="HC"/>') + r("亮", '<w:vanish w:val="0"/>') + r("环", '<w:rStyle w:val="Loop"/>'))
    source = read(docx(body, styles=STYLES))
    assert source.text == "明亮环"
    (note,) = source.notes
    assert note.code == "hidden-text"
    assert "4 个字" in note.message
    assert "暗一暗二" in note.message


def test_hidden_paragraph_style_hides_the_paragraph_unless_a_run_says_otherwise() -> None:
    style = '<w:pStyle w:val="HP"/>'
    assert text_of(p("前") + p("暗", style) + p("后"), styles=STYLES) == "前\n后"
    # Hidden in the paragraph style and in the character style: the two cancel out.
    assert text_of(p("前") + p(r("暗") + r("明", '<w:rStyle w:val="HC"/>'), style) + p("后"), styles=STYLES) == "前\n明后"


def test_hidden_mark_runs_a_heading_into_its_text() -> None:
    assert text_of(p("一、加强领导。", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p("成立专班。")) == "一、加强领导。成立专班。"
    assert text_of(p("甲。", "<w:rPr><w:specVanish/></w:rPr>") + p("乙。")) == "甲。乙。"


def test_long_hidden_text_is_cut_in_the_note() -> None:
    source = read(docx(p(r("明") + r("暗" * 50, "<w:vanish/>"))))
    assert "50 个字" in source.notes[0].message
    assert "暗" * 20 + "…" in source.notes[0].message


def test_hidden_row() -> None:
    source = read(docx(tbl(tr(tc(p("藏")), properties="<w:hidden/>"), tr(tc(p("见"))))))
    assert source.text == "见"
    assert [n.code for n in source.notes] == ["hidden-text"]


# Styles, properties, kinds of file


def test_outline_and_alignment_through_styles() -> None:
    styles = (
        '<w:docDefaults><w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2x"><w:name w:val="我的二级"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="o"><w:name w:val="自定"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph"><w:name w:val="无名"/></w:style>'
    )
    body = "".join(
        p(f"段{i}", properties)
        for i, properties in enumerate(
            [
                "",
                '<w:pStyle w:val="1"/>',
                '<w:pStyle w:val="2x"/><w:jc w:val="end"/>',
                '<w:pStyle w:val="2x"/>',
                '<w:pStyle w:val="o"/><w:jc w:val="distribute"/>',
                '<w:pStyle w:val="t"/><w:outlineLvl w:val="0"/>',
                '<w:outlineLvl w:val="1"/><w:jc w:val="start"/>',
                '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/><w:jc w:val="奇怪"/>',
                '<w:pStyle w:val="没有"/><w:outlineLvl w:val="x"/>',
            ]
        )
    )
    source = read(docx(body, styles=styles))
    assert [x.outline_level for x in source.paragraphs] == [None, 1, 2, 2, 4, 0, 2, None, None]
    assert [x.alignment for x in source.paragraphs] == ["both", "both", "right", "center", "both", "both", "left", "both", "both"]


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title> 方案 </dc:title><dc:creator>起草人</dc:creator>'
    "<cp:lastModifiedBy>修改人</cp:lastModifiedBy><dcterms:created>2024-03-01T08:00:00Z</dcterms:created><dc:subject/><cp:other>x</cp:other></cp:coreProperties>"
)
APP = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>某单位</Company><Pages>3</Pages></Properties>'


def test_properties() -> None:
    data = docx(
        p("正文"),
        raw={
            "_rels/.rels": rels(
                [
                    ("officeDocument", "word/document.xml"),
                    ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
                    ("extended-properties", "docProps/app.xml"),
                ]
            ),
            "docProps/core.xml": CORE,
            "docProps/app.xml": APP,
        },
    )
    assert read(data).properties == (
        ("title", "方案"),
        ("creator", "起草人"),
        ("lastModifiedBy", "修改人"),
        ("created", "2024-03-01T08:00:00Z"),
        ("company", "某单位"),
        ("pages", "3"),
    )


def test_strict_open_xml() -> None:
    data = docx(p("严格", "<w:jc w:val='start'/>"))
    names = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n).decode() for n in archive.namelist()}
    for old, new in names.items():
        parts = {n: x.replace(old, new) for n, x in parts.items()}
    source = read(package(parts))
    assert source.text == "严格"
    assert source.paragraphs[0].alignment == "left"


@pytest.mark.parametrize("suffix", [".docx", ".docm", ".dotx", ".dotm", ".DOCX", ".doc", ".wps"])
def test_word_suffixes(suffix: str) -> None:
    assert read(docx(p("正文")), "a" + suffix).text == "正文"


def test_main_part_under_another_name() -> None:
    content = wml("document", "<w:body>" + p("正文") + "</w:body>")
    source = read(package({"_rels/.rels": rels([("officeDocument", "/word/document2.xml")]), "word\\document2.xml": content.encode()} | {"word/document2.xml": content}))
    assert source.text == "正文"
    assert source.paragraphs[0].origin is not None
    assert source.paragraphs[0].origin.part == "word/document2.xml"


def test_missing_relationships_are_forgiven() -> None:
    assert read(package({"word/document.xml": wml("document", "<w:body>" + p("正文") + "</w:body>")})).text == "正文"


def test_embedded_document_is_noted() -> None:
    source = read(docx(p("正文") + '<w:altChunk r:id="rId7"/>'))
    assert [n.code for n in source.notes] == ["embedded-document"]


def test_source_can_be_pickled() -> None:
    source = read(docx(p(r("甲") + ins(r("乙"))) + tbl(tr(tc(p("丙"))))))
    assert pickle.loads(pickle.dumps(source)) == source
