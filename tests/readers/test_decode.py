"""Bytes of text files to text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_fixtures import check_source, docx, p, pdf

from docnlp.errors import ReadError
from docnlp.readers import read_bytes
from docnlp.readers.decode import decode

TEXT = "关于开展文明餐桌行动的通知\r\n各社区：\n一、总体要求\n坚持“光盘”，厉行节约。"
TRADITIONAL = "關於開展文明餐桌行動的通知，各單位應當認真組織實施，確保取得實際成效，並於年底前報送總結。"

# Everyday Chinese: GB 2312 level 1, full-width marks, digits.
LEVEL1 = "".join(bytes((lead, trail)).decode("gb2312") for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF))
chinese = st.text(st.sampled_from(LEVEL1[:600] + "，。、；：“”（）《》——…①１"), min_size=1)
mixed = st.lists(st.one_of(chinese, st.text("abcXYZ0123456789 .,()\t\n", max_size=5), st.just("\r\n"), st.just("\r"))).map("".join).filter(
    lambda s: any(c >= "\u4e00" for c in s)
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (b"plain ascii", "utf-8"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    text, found = decode(data)
    assert found == encoding
    assert text == (TEXT if data != b"plain ascii" else "plain ascii")
    source = read_bytes(data, "a.txt")
    assert source.encoding == encoding
    assert "\r" not in source.text
    check_source(source)


def test_rare_characters_of_gb18030() -> None:
    text = "龘靐齉爩等疑难字，与常见的汉字在一起，仍然应当能够正常读取。\U00020bb7"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_traditional_chinese_in_gbk() -> None:
    assert decode(TRADITIONAL.encode("gbk")) == (TRADITIONAL, "gb18030")


@pytest.mark.parametrize("text", ["建议", "联通", "通知", "总结。", "一、目标"])
def test_short_gb18030_that_is_valid_utf8_as_well(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize("text", ["Größe é", "Привет", "±5℃", "¥100·元"])
def test_short_utf8_stays_utf8(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TRADITIONAL.encode("big5", "ignore"), "编码"),
        ("ウィキペディアは百科事典を作成するプロジェクトです".encode("shift-jis"), "编码"),
        ("La réunion a été reportée à l'année prochaine".encode("latin-1"), "编码"),
        (TEXT.encode()[:-1], "UTF-8 编码，但第"),
        (TEXT.encode().replace("通知".encode(), "通知".encode()[:-2]), "UTF-8 编码，但第"),
        (TEXT.encode("gb18030") + b"\xff\xff\n", "GB18030（GBK） 编码，但第"),
        (codecs.BOM_UTF8 + b"\xff", "UTF-8 编码，但第 4 个"),
        (codecs.BOM_UTF16_LE + b"a", "UTF-16-LE 编码，但第"),
        (b"abc\0\0\0def\0g", "二进制"),
        (bytes(range(1, 32)) * 5, "二进制"),
        (bytes(range(256)), "二进制"),
        (b"\x81\x02\x83" * 50, "二进制"),
        (codecs.BOM_UTF8 + b"a\0b", "二进制"),
    ],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason.replace("（", "[（]")) as caught:
        decode(data, "a.txt")
    assert caught.value.where == "a.txt"
    assert caught.value.advice


def test_damaged_place_is_named() -> None:
    head = "文明".encode() * 40
    with pytest.raises(ReadError, match=f"第 {len(head) + 1} 个字节"):
        decode(head + b"\xe6\x96" + "明" .encode() * 10)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (docx(p("甲")), "文件内容是 Word 文档（.docx）而扩展名是 .txt"),
        (docx(p("甲"))[:600], "Word 文档（.docx）"),
        (pdf([[(80, 700, 16, "甲")]]), "文件内容是 PDF 文档而扩展名是 .txt"),
        (b"{\\rtf1 abc}", "RTF 文档"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "旧版 Word 文档（.doc）"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "Excel 表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文件"),
        (b"PK\x03\x04abc", "压缩包"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"RIFF1234WEBP", "图片"),
        (b"BM1234\0\0\0\0", "图片"),
        (b"MZ\x90\0\x03", "程序文件"),
        (b"\x7fELF\x02", "程序文件"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
    ],
)
def test_binary_under_a_text_name(data: bytes, what: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.txt")
    assert what in caught.value.reason
    assert caught.value.advice


def test_advice_for_a_renamed_document() -> None:
    with pytest.raises(ReadError, match=r"请改回正确的扩展名（\.docx）"):
        read_bytes(docx(p("甲")), "a.txt")


@pytest.mark.parametrize("text", ["MZ世代与志愿服务", "BMW车队", "PK活动方案", "说明：PDF 文件以 %PDF- 开头", "II*级"])
def test_text_that_begins_like_a_binary(text: str) -> None:
    assert read_bytes(text.encode(), "a.md").text == text


def test_a_stray_control_character_is_forgiven() -> None:
    assert read_bytes("甲\x0b乙\x1a".encode(), "a.txt").text == "甲\x0b乙\x1a"


@given(mixed)
def test_utf8_round_trip(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")
    assert decode(codecs.BOM_UTF8 + text.encode()) == (text, "utf-8-sig")


@given(mixed)
def test_gb18030_round_trip(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@given(mixed)
def test_utf16_round_trip(text: str) -> None:
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == (text, "utf-16-le")
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be")) == (text, "utf-16-be")


@given(mixed.filter(lambda s: "\n" in s))
def test_utf16_without_bom_round_trip(text: str) -> None:
    assert decode(text.encode("utf-16-le")) == (text, "utf-16-le")
    assert decode(text.encode("utf-16-be")) == (text, "utf-16-be")


@given(st.text())
def test_whatever_is_utf8_is_read_or_refused(text: str) -> None:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    try:
        source = read_bytes(data, "a.txt")
    except ReadError:
        return
    check_source(source)


@given(st.lists(st.sampled_from(["甲", "\r\n", "\r", "\n"])).map("".join).filter(lambda s: s.strip()))
def test_line_breaks_become_one(text: str) -> None:
    source = read_bytes(text.encode(), "a.txt")
    assert source.text == text.replace("\r\n", "\n").replace("\r", "\n")
    check_source(source)
