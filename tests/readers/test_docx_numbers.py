"""Automatic numbers of Word files."""

from __future__ import annotations

import pytest
from readers_fixtures import abstract, check_source, docx, lines, lvl, num, numpr, p, r, t, tbl, tc, tr

from docnlp.document.model import Source
from docnlp.readers import read_bytes
from docnlp.readers.docx_numbering import format_number

CHINESE = (
    lvl(0, "chineseCountingThousand", "%1、"),
    lvl(1, "chineseCountingThousand", "（%2）"),
    lvl(2, "decimal", "%3."),
    lvl(3, "decimalEnclosedCircleChinese", "%4"),
)


def read(body: str, numbering: str, styles: str = "") -> Source:
    data = docx(body, numbering=numbering, styles=styles)
    source = read_bytes(data, "a.docx")
    check_source(source, data)
    return source


def shown(levels: list[int | tuple[int, int]], numbering: str) -> list[str]:
    """Numbers of paragraphs given as level, or (numId, level)."""
    body = "".join(p("", numpr(x[0], x[1]) if isinstance(x, tuple) else numpr(1, x)) for x in levels)
    return lines(read(body + p("完"), numbering))[:-1]


def test_number_is_text_that_no_run_carries() -> None:
    source = read(p("工作目标", numpr(1)) + p("主要任务", numpr(1)), abstract(0, *CHINESE) + num(1, 0))
    assert source.text == "一、工作目标\n二、主要任务"
    assert [x.numbered for x in source.paragraphs] == [2, 2]
    origin = source.paragraphs[1].origin
    assert origin is not None
    assert [(s.start, s.end, s.run) for s in origin.runs] == [(7, 9, None), (9, 13, 0)]


def test_four_levels_restart_below_a_higher_one() -> None:
    assert shown([0, 1, 1, 2, 2, 3, 3, 1, 2, 0, 1, 2, 3], abstract(0, *CHINESE) + num(1, 0)) == [
        "一、", "（一）", "（二）", "1.", "2.", "①", "②", "（三）", "1.", "二、", "（一）", "1.", "①",
    ]  # fmt: skip


def test_level_that_never_restarts_and_one_that_restarts_late() -> None:
    never = abstract(0, lvl(0, "decimal", "%1"), lvl(1, "decimal", "%2", more='<w:lvlRestart w:val="0"/>')) + num(1, 0)
    assert shown([0, 1, 1, 0, 1], never) == ["1", "1", "2", "2", "3"]
    late = abstract(0, lvl(0, "decimal", "%1"), lvl(1, "decimal", "%2"), lvl(2, "decimal", "%3", more='<w:lvlRestart w:val="1"/>')) + num(1, 0)
    assert shown([0, 1, 2, 1, 2, 0, 2], late) == ["1", "1", "1", "2", "2", "2", "1"]


def test_placeholders_of_higher_levels() -> None:
    numbering = abstract(0, lvl(0, "chineseCounting", "第%1章"), lvl(1, "decimal", "%1.%2", more="<w:isLgl/>"), lvl(2, "decimal", "%1-%2-%3-%9")) + num(1, 0)
    assert shown([0, 1, 1, 2, 0, 1], numbering) == ["第一章", "1.1", "1.2", "一-2-1-", "第二章", "2.1"]
    # A lower level that comes first shows the start of the higher one.
    assert shown([1, 1], numbering) == ["1.1", "1.2"]


def test_lists_of_one_abstract_list_count_on_until_a_start_override() -> None:
    override = "".join(f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="1"/></w:lvlOverride>' for i in range(9))
    five = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride><w:lvlOverride w:ilvl="99"/>'
    numbering = abstract(0, *CHINESE) + num(1, 0) + num(2, 0) + num(3, 0, override) + num(4, 0, five)
    assert shown([(1, 0), (2, 0), (3, 0), (3, 1), (3, 0), (3, 1), (1, 0), (4, 0), (4, 0)], numbering) == [
        "一、", "二、", "一、", "（一）", "二、", "（一）", "三、", "五、", "六、",
    ]  # fmt: skip


def test_level_override_replaces_the_definition() -> None:
    numbering = abstract(0, *CHINESE) + num(1, 0) + num(2, 0, '<w:lvlOverride w:ilvl="0">' + lvl(0, "upperRoman", "%1)", start=3) + "</w:lvlOverride>")
    assert shown([(2, 0), (2, 0)], numbering) == ["III)", "IV)"]


def test_start_values() -> None:
    assert shown([0, 0], abstract(0, lvl(0, "decimal", "%1", start=7)) + num(1, 0)) == ["7", "8"]
    assert shown([0], abstract(0, lvl(0, "decimal", "%1", start=None)) + num(1, 0)) == ["0"]


STYLED = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 3"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="3x"><w:basedOn w:val="3"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="n"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)


def test_numbers_through_styles() -> None:
    levels = (CHINESE[0], CHINESE[1], lvl(2, "decimal", "%3.", more='<w:pStyle w:val="3"/>'))
    body = "".join(
        p("甲", f'<w:pStyle w:val="{style}"/>{more}')
        for style, more in [
            ("1", ""), ("2", ""), ("3", ""), ("3x", ""), ("n", ""), ("1", numpr(0)), ("1", ""), ("1", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'), ("3", numpr(1, None)),
        ]
    )  # fmt: skip
    assert lines(read(body, abstract(0, *levels) + num(1, 0), STYLED)) == [
        "一、甲", "（一）甲", "1.甲", "2.甲", "甲", "甲", "二、甲", "（一）甲", "1.甲",
    ]  # fmt: skip


def test_list_defined_through_a_numbering_style() -> None:
    style = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="公文"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    linked = abstract(0, more='<w:numStyleLink w:val="L"/>')
    body = p("甲", numpr(1)) + p("乙", numpr(1))
    assert read(body, linked + abstract(1, *CHINESE, more='<w:styleLink w:val="L"/>') + num(1, 0) + num(2, 1), style).text == "一、甲\n二、乙"
    assert read(body, linked + abstract(1, *CHINESE) + num(1, 0) + num(2, 1), style).text == "一、甲\n二、乙"
    assert read(body, linked + num(1, 0) + num(2, 0), style).text == "甲\n乙"  # a circle
    assert read(body, linked + num(1, 0)).text == "甲\n乙"


def test_broken_references_number_nothing() -> None:
    assert read(p("甲", numpr(7)) + p("乙", "<w:numPr/>"), abstract(0, *CHINESE) + num(1, 9)).text == "甲\n乙"
    assert read(p("甲", numpr(1)), abstract(0, *CHINESE) + num(1, 9)).text == "甲"


@pytest.mark.parametrize(
    ("text", "fonts", "result"),
    [("\uf06c", "Wingdings", "•"), ("l", "Wingdings", "•"), ("●", "", "●"), ("◆", "宋体", "◆"), ("-", "宋体", "-"), ("", "", ""), ("", "Symbol", "•")],
)
def test_bullets(text: str, fonts: str, result: str) -> None:
    assert shown([0], abstract(0, lvl(0, "bullet", text, fonts=fonts)) + num(1, 0)) == [result]


def test_none_shows_only_its_own_text() -> None:
    assert shown([0, 1], abstract(0, lvl(0, "none", "附%1："), lvl(1, "decimal", "%1%2", more="<w:isLgl/>")) + num(1, 0)) == ["附：", "1"]


def test_custom_format_of_newer_word() -> None:
    custom = '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="{}"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/>{}<w:lvlText w:val="%1"/></w:lvl>'
    assert shown([0], abstract(0, level.format(custom.format("001, 002, 003, ..."))) + num(1, 0)) == ["001"]
    assert shown([0], abstract(0, level.format(custom.format("ア, イ"))) + num(1, 0)) == ["1"]
    assert shown([0], abstract(0, level.format("")) + num(1, 0)) == ["1"]


def test_deleted_and_hidden_paragraphs_are_not_counted() -> None:
    gone = p('<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>', numpr(1) + '<w:rPr><w:del w:id="2"/></w:rPr>')
    hidden = p(r("藏", "<w:vanish/>"), numpr(1) + "<w:rPr><w:vanish/></w:rPr>")
    source = read(p("甲", numpr(1)) + gone + hidden + p("乙", numpr(1)), abstract(0, *CHINESE) + num(1, 0))
    assert source.text == "一、甲\n二、乙"


def test_joined_paragraph_is_counted_once() -> None:
    source = read(p("甲", numpr(1) + '<w:rPr><w:del w:id="2"/></w:rPr>') + p("乙", numpr(1)) + p("丙", numpr(1)), abstract(0, *CHINESE) + num(1, 0))
    assert source.text == "一、甲乙\n二、丙"


def test_numbers_in_tables_and_after_breaks() -> None:
    source = read(
        p("甲", numpr(1)) + tbl(tr(tc(p("乙", numpr(1))))) + p(r(t("丙") + "<w:br/>" + t("续")), numpr(1)), abstract(0, *CHINESE) + num(1, 0)
    )
    assert source.text == "一、甲\n二、乙\n三、丙\n续"
    assert [x.numbered for x in source.paragraphs] == [2, 2, 2, 0]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("decimal", {0: "0", 1: "1", 12: "12"}),
        ("chineseCounting", {0: "〇", 1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"}),
        ("chineseCountingThousand", {10: "十", 19: "十九", 21: "二十一", 100: "一百", 101: "一百〇一", 110: "一百一十", 1010: "一千〇一十", 12_000: "一万二千", 10_001: "一万〇一", 10_015: "一万〇一十五"}),
        ("taiwaneseCountingThousand", {11: "十一", 101: "一百零一", 20_000: "二萬"}),
        ("ideographDigital", {1: "一", 10: "一〇", 25: "二五"}),
        ("taiwaneseDigital", {10: "一○"}),
        ("japaneseCounting", {0: "〇", 1: "一", 10: "十", 15: "十五", 100: "百", 111: "百十一", 2024: "二千二十四", 10_000: "一万"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 105: "壹佰零伍"}),
        ("ideographLegalTraditional", {3: "參", 10: "壹拾"}),
        ("ideographTraditional", {1: "甲", 3: "丙", 10: "癸", 11: "甲", 0: "0"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("decimalEnclosedCircle", {0: "⓪", 1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {1: "①", 10: "⑩", 11: "11"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("decimalFullWidth", {1: "１", 12: "１２"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("numberInDash", {3: "- 3 -"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA", 0: "0", 99_999: "99999"}),
        ("lowerLetter", {2: "b", 28: "bb"}),
        ("upperRoman", {4: "IV", 14: "XIV", 1999: "MCMXCIX", 0: "0", 4000: "4000"}),
        ("lowerRoman", {9: "ix"}),
        ("none", {1: ""}),
        ("thaiCounting", {5: "5"}),
        ("zeros3", {7: "007"}),
    ],
)  # fmt: skip
def test_formats(kind: str, expected: dict[int, str]) -> None:
    assert {n: format_number(n, kind) for n in expected} == expected


def test_negative_and_huge_numbers_are_plain_digits() -> None:
    assert format_number(-3, "chineseCounting") == "-3"
    assert format_number(10**9, "upperLetter") == "1000000000"
