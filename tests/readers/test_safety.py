"""Damaged, encrypted and hostile files."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers_fixtures import check_source, docx, p, package, pdf, r, rels, t, wml

from docnlp.errors import ReadError
from docnlp.readers import SUPPORTED_SUFFIXES, Limits, read_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(data: bytes, name: str = "a.docx", limits: Limits = Limits()) -> ReadError:  # noqa: B008
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name, limits)
    assert caught.value.where == name
    assert caught.value.advice
    assert "\n" not in str(caught.value)
    return caught.value


def test_encrypted_docx() -> None:
    error = refused(OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"))
    assert str(error) == "a.docx：文件已加密。请先在 Word 里取消密码。"


def test_encrypted_zip_member() -> None:
    data = bytearray(docx(p("甲")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert "已加密" in refused(bytes(data)).reason


def test_truncated_zip() -> None:
    data = docx(p("甲" * 500))
    for cut in (30, len(data) // 2, len(data) - 5):
        assert "损坏" in refused(data[:cut]).reason


def test_damaged_member() -> None:
    parts = {"_rels/.rels": rels([("officeDocument", "word/document.xml")]), "word/document.xml": wml("document", "<w:body>" + p("甲" * 99) + "</w:body>")}
    data = bytearray(package(parts, zipfile.ZIP_STORED))
    data[data.find("甲".encode()) + 1] ^= 1
    assert "word/document.xml 解压出错" in refused(bytes(data)).reason


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_foreign_compression(compression: int) -> None:
    parts = {"word/document.xml": wml("document", "<w:body/>")}
    assert "压缩方式" in refused(package(parts, compression)).reason


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"readme.txt": "甲"}, "缺少正文 word/document.xml"),
        ({"xl/workbook.xml": "<a/>", "_rels/.rels": rels([("officeDocument", "xl/workbook.xml")])}, "Excel 表格"),
        ({"ppt/presentation.xml": "<a/>"}, "PowerPoint 演示文稿"),
        ({"OFD.xml": "<a/>"}, "OFD 版式文件"),
        ({"word/document.xml": "<a/>"}, "没有正文"),
        ({"word/document.xml": wml("document", "")}, "没有正文"),
        ({"word/document.xml": wml("document", "<w:body>")[:-4]}, "不合 XML 格式"),
        ({"word/document.xml": ""}, "不合 XML 格式"),
        ({"word/document.xml": wml("document", "<w:body/>"), "_rels/.rels": "<a"}, "_rels/.rels 的内容不合 XML 格式"),
        ({"word/document.xml": wml("document", "<w:body>" + "<w:sdt>" * 400 + "</w:sdt>" * 400 + "</w:body>")}, "不合 XML 格式"),
    ],
)
def test_no_word_file(parts: dict[str, str], reason: str) -> None:
    assert reason in refused(package(parts)).reason


def test_not_a_zip() -> None:
    assert "不是 .docx 应有的格式" in refused(b"hello").reason
    assert "图片" in refused(b"\x89PNG\r\n\x1a\n....").reason
    error = refused(pdf([[(80, 700, 16, "甲")]]))
    assert "PDF 文档，而扩展名是 .docx" in error.reason
    assert "（.pdf）" in error.advice


def test_zip_bomb_by_ratio() -> None:
    bomb = docx(p("甲"), raw={"word/document.xml": wml("document", "<w:body>" + " " * 3_000_000 + "</w:body>")})
    assert len(bomb) < 10_000
    error = refused(bomb)
    assert "压缩炸弹" in error.reason
    assert "上限 200 倍" in error.reason


def test_zip_bomb_by_total_size() -> None:
    data = docx(p("甲"), raw={f"word/media/image{i}.bmp": bytes(1024 * 1024) for i in range(5)})
    assert read_bytes(data, "a.docx").text == "甲"  # blank pictures pack well and are never unpacked
    assert "共 5 MB，上限 4 MB" in refused(data, limits=Limits(max_unpacked=4 * 1024 * 1024)).reason


def test_zip_bomb_that_lies_about_its_size() -> None:
    body = wml("document", "<w:body>" + p("甲") + " " * 3_000_000 + "</w:body>")
    data = bytearray(docx(p("乙"), raw={"word/document.xml": body}))
    size = len(body.encode()).to_bytes(4, "little")
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
        at = data.find(size, at + 4)
    assert "解压出错" in refused(bytes(data)).reason


def test_parts_together_may_not_pass_the_limit() -> None:
    # The same part many times over: each is small, the directory lists it once.
    data = docx(p("甲"), parts={"header1.xml": wml("hdr", p("眉" * 2000))}, raw={"word/_rels/document.xml.rels": rels([("header", "header1.xml")] * 50)})
    assert "解压后过大" in refused(data, limits=Limits(max_unpacked=100_000)).reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
def test_entity_bomb(part: str, encoding: str) -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e0 "哈">{entities}]><x a="&e9;">&e9;</x>'
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    data = docx(
        p("甲"),
        styles="<w:style/>",
        raw={"_rels/.rels": rels([("officeDocument", "word/document.xml"), (core, "docProps/core.xml")]), part: bomb.encode(encoding)},
    )
    assert "DOCTYPE" in refused(data).reason


def test_external_entity_and_hidden_encodings() -> None:
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + wml("document", "<w:body/>").partition("?>")[2]
    assert "DOCTYPE" in refused(docx("", raw={"word/document.xml": outside})).reason
    wide = f"<!DOCTYPE x []>{wml('document', '<w:body/>').partition('?>')[2]}"
    assert "DOCTYPE" in refused(docx("", raw={"word/document.xml": wide.encode("utf-32-be")})).reason
    odd = '<?xml version="1.0" encoding="utf-7"?><a/>'
    assert "不明编码" in refused(docx("", raw={"word/document.xml": odd})).reason


def test_utf16_parts_are_fine() -> None:
    xml = wml("document", "<w:body>" + p("甲") + "</w:body>").replace("UTF-8", "UTF-16")
    assert read_bytes(docx("", raw={"word/document.xml": xml.encode("utf-16")}), "a.docx").text == "甲"


def test_comments_in_xml_do_not_split_text() -> None:
    xml = wml("document", "<w:body>" + p("<w:r><w:t>甲<!-- 注 -->乙</w:t></w:r>") + "</w:body>")
    assert read_bytes(docx("", raw={"word/document.xml": xml}), "a.docx").text == "甲乙"


@settings(max_examples=200, deadline=None)
@given(st.binary(), st.sampled_from([*SUPPORTED_SUFFIXES, "", ".xyz"]))
def test_random_bytes_raise_nothing_else(data: bytes, suffix: str) -> None:
    source = None
    with contextlib.suppress(ReadError):
        source = read_bytes(data, "a" + suffix)
    if source is not None:
        check_source(source)


VICTIM = docx(p(r("甲") + r(t("乙"))) + p("丙" * 50), styles="<w:style w:styleId='a'/>", numbering="<w:num w:numId='1'/>")
PDF_VICTIM = pdf([[(80, 700, 16, "文明餐桌")], [(80, 700, 16, "第二页")]])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from([(VICTIM, ".docx"), (PDF_VICTIM, ".pdf")]))
def test_flipped_bytes_raise_nothing_else(draw: st.DataObject, victim: tuple[bytes, str]) -> None:
    data, suffix = bytearray(victim[0]), victim[1]
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(data)))
    with contextlib.suppress(ReadError):
        read_bytes(bytes(data[:cut] if cut % 3 == 0 else data), "a" + suffix)


XML_BITS = st.sampled_from(
    ["甲", "<w:tab/>", "<w:br/>", r("乙"), "<w:p/>", "<w:tbl/>", "<w:tr/>", "<w:tc/>", "<w:sdt/>", "<w:numPr/>", "<w:pPr><w:jc/><w:outlineLvl/></w:pPr>",
     "<w:rPr><w:vanish/></w:rPr>", '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar/>', "<mc:AlternateContent/>", "<w:pict/>", "<w:ruby/>", "<w:sym/>", "<w:t/>", "<m:oMath/>"]
)  # fmt: skip
XML = st.recursive(
    XML_BITS,
    lambda inner: st.builds(
        lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>",
        st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "hyperlink", "pict", "txbxContent", "pPr", "rPr", "ruby", "rubyBase"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(XML, max_size=5).map("".join))
def test_any_nesting_of_elements_gives_a_sound_source(body: str) -> None:
    data = docx(p("首") + body)
    check_source(read_bytes(data, "a.docx"), data)


def test_fixture_is_a_zip() -> None:
    assert zipfile.is_zipfile(io.BytesIO(VICTIM))
