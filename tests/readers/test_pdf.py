"""PDF files."""

from __future__ import annotations

import io
import pickle
import shutil
import subprocess
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx as python_docx
import pytest
from docx.shared import Mm, Pt
from readers_fixtures import check_source, lines, pdf

from docnlp.document.model import Source
from docnlp.errors import ReadError
from docnlp.readers import Limits, read, read_bytes
from docnlp.readers.office import find_soffice
from docnlp.readers.pdf import fold_radicals

LEFT, SIZE, WIDTH = 137, 16, 20  # a line of 20 characters leaves the same margin on both sides


def source_of(*pages: list[tuple[float, float, float, str]], **more: str) -> Source:
    source = read_bytes(pdf(pages, **more), "a.pdf")  # type: ignore[arg-type]
    check_source(source)
    return source


def page(*texts: str | tuple[str, float] | tuple[str, float, float], top: float = 740) -> list[tuple[float, float, float, str]]:
    """Lines one below the other: a text, or (text, indent in characters[, size])."""
    out = []
    for i, item in enumerate(texts):
        text, indent, size = (item, 0, SIZE) if isinstance(item, str) else (*item, SIZE)[:3]
        out.append((LEFT + indent * size, top - 28 * i, size, text))
    return out


FULL = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"
assert len(FULL) == WIDTH
FIRST = FULL[2:]  # with an indent of two characters it reaches the same edge


def test_indented_paragraphs_are_rejoined() -> None:
    source = source_of(page((FIRST, 2), FULL, "尾行。", (FIRST, 2), "续尾。", ("短段。", 2)))
    assert lines(source) == [FIRST + FULL + "尾行。", FIRST + "续尾。", "短段。"]
    assert source.format == "pdf"
    assert source.encoding is None
    assert len(source.paragraphs) == 3


def test_full_line_that_ends_a_sentence_goes_on_where_paragraphs_are_indented() -> None:
    ended = FULL[:-1] + "。"
    source = source_of(page((FIRST, 2), ended, "续行", (FIRST, 2), ended, "一、任务", (FIRST, 2)))
    assert lines(source) == [FIRST + ended + "续行", FIRST + ended, "一、任务", FIRST]


def test_without_indents_the_wording_decides() -> None:
    ended = FULL[:-1] + "。"
    source = source_of(page(FULL, "尾行", "短行", FULL, "（一）任务", ended, "附件：名单", FULL, "1.目标", ended, FULL, "尾行"))
    assert lines(source) == [FULL + "尾行", "短行", FULL, "（一）任务", ended, "附件：名单", FULL, "1.目标", ended + FULL + "尾行"]


def test_short_centred_and_right_lines_stand_alone() -> None:
    source = source_of(page(("标题", 9), FULL, "尾。", ("落款单位", 16), ("2024年", 17)))
    assert lines(source) == ["标题", FULL + "尾。", "落款单位", "2024年"]


def test_title_over_two_lines_is_rejoined() -> None:
    title = page((FULL[:13], 0.5, 23), ("通知", 6, 23))
    source = source_of(title + page(FULL, "尾。", FULL, "尾。", FULL, "尾。", top=660))
    assert lines(source)[0] == FULL[:13] + "通知"
    assert lines(source)[1] == FULL + "尾。"


def test_line_that_could_not_take_the_next_word_is_full() -> None:
    short = FULL[:-2]
    assert lines(source_of(page((FIRST, 2), short, "2024年12月", (FIRST, 2), FULL)))[0] == FIRST + short + "2024年12月"
    assert lines(source_of(page((FIRST, 2), short, "二字", (FIRST, 2), FULL)))[:2] == [FIRST + short, "二字"]


def test_latin_words_keep_a_space_at_the_break() -> None:
    latin = FULL[:17] + "office"
    assert lines(source_of(page((FIRST, 2), latin, "word说明", (FIRST, 2), FULL)))[0] == FIRST + latin + " word说明"


def test_paragraph_goes_on_over_the_page_and_page_numbers_go() -> None:
    number = (290.0, 80.0, 14.0)
    first = [*page((FIRST, 2), FULL), (*number, "— 1 —")]
    second = [*page("尾行。", (FIRST, 2), FULL), (*number, "— 2 —")]
    source = source_of(first, second)
    assert lines(source) == [FIRST + FULL + "尾行。", FIRST + FULL]
    assert source.asides == ()


@pytest.mark.parametrize("number", ["3", "-3-", "－ 3 －", "第 3 页", "第3页 共10页", "3/10", "—3—"])
def test_forms_of_page_numbers(number: str) -> None:
    assert source_of([*page("正文。"), (290, 60, 12, number)]).text == "正文。"


def test_numbers_of_the_text_stay() -> None:
    assert source_of(page("人数", "35", "合计", "12")).text == "人数\n35\n合计\n12"
    assert source_of(page("正文", "—5—")).text == "正文"  # dashes leave no doubt
    assert source_of(page("正文", "—5—", "尾行")).text == "正文\n—5—\n尾行"


def test_running_heads_become_asides() -> None:
    def whole(number: int) -> list[tuple[float, float, float, str]]:
        return [(80, 800, 10, "材料汇编"), *page((FIRST, 2), FULL, top=600), (80, 60, 10, f"某办编印 第{number}页")]

    source = source_of(whole(1), whole(2), whole(3))
    assert lines(source) == [FIRST + FULL] * 3
    assert [(a.kind, a.text) for a in source.asides] == [("header", "材料汇编"), ("footer", "某办编印 第1页")]
    # On a single page nothing repeats.
    assert lines(source_of(whole(1)))[0] == "材料汇编"


def test_radicals_are_folded_and_nothing_else() -> None:
    assert source_of(page("⽂明⼯作⻓期，：（１）①")).text == "文明工作长期，：（１）①"


def test_fold_radicals() -> None:
    kangxi = [chr(c) for c in range(0x2F00, 0x2FD6)]
    assert [fold_radicals(c) for c in kangxi] == [unicodedata.normalize("NFKC", c) for c in kangxi]
    assert all("\u4e00" <= fold_radicals(c) <= "\u9fff" for c in kangxi)
    assert fold_radicals("⺟⻳⻅⻋⻔⻢⻛⻚⺠") == "母龟见车门马风页民"
    assert fold_radicals("全角，ＡＢ①㈠ﬁ") == "全角，ＡＢ①㈠ﬁ"
    assert fold_radicals("\u2e80\u2fdf") == "\u2e80\u2fdf"  # stand for no character


def test_astral_characters() -> None:
    source = read_bytes(pdf([page("家\U00020bb7野")]), "a.pdf")
    assert source.text in ("家\U00020bb7野", "家\ufffd野")


def test_character_of_another_font_goes_into_its_gap() -> None:
    # LibreOffice writes the characters of another font apart, a little higher or lower.
    line = [(80.0, 700.0, 16.0, "推行"), (128.0, 700.0, 16.0, "服务"), (176.0, 700.0, 16.0, "以及")]
    apart = [(112.0, 701.0, 16.0, "ab"), (160.0, 701.0, 16.0, "cd")]
    assert source_of([*line, *apart, *page("后文", top=600)]).text == "推行ab服务cd以及\n后文"
    assert source_of([*apart, *line, *page("后文", top=600)]).text == "推行ab服务cd以及\n后文"


def test_columns_are_not_interleaved() -> None:
    columns = [(80.0, 700.0, 16.0, "左栏一"), (80.0, 672.0, 16.0, "左栏二"), (300.0, 700.0, 16.0, "右栏一"), (300.0, 672.0, 16.0, "右栏二")]
    assert source_of(columns).text == "左栏一\n左栏二\n右栏一\n右栏二"


def test_gaps_are_spaces_but_quarters_are_not() -> None:
    assert source_of([(80, 700, 16, "甲乙"), (116, 700, 16, "12"), (136, 700, 16, "丙丁"), (200, 700, 16, "戊己")]).text == "甲乙12丙丁 戊己"
    assert source_of([(80, 700, 16, "ab cd"), (125, 700, 16, "ef")]).text == "ab cd ef"


@pytest.mark.parametrize(("turn", "matrix"), [(0, ""), (90, "0 1 -1 0 595 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 0 842")])
def test_turned_pages(turn: int, matrix: str) -> None:
    texts = [(80.0, 500.0, 16.0, "The first line"), (80.0, 470.0, 16.0, "the second"), (80.0, 440.0, 16.0, "A third one")]
    assert read_bytes(pdf([texts], turn=turn, matrix=matrix, latin=True), "a.pdf").text == "The first line\nthe second\nA third one"


def test_writing_downwards_stays_together() -> None:
    column = [(300.0, 700.0 - 18 * i, 16.0, c) for i, c in enumerate("文明创建")]
    assert "".join(source_of([*page("正文", FULL), *column, *page("后文", top=300)]).text.split()).startswith("正文" + FULL)


def test_no_text_layer() -> None:
    with pytest.raises(ReadError, match="没有文字层") as caught:
        read_bytes(pdf([[]], picture=True), "a.pdf")
    assert "需先 OCR" in caught.value.advice
    assert caught.value.where == "a.pdf"
    with pytest.raises(ReadError, match="没有文字"):
        read_bytes(pdf([[]]), "a.pdf")


def test_pages_that_are_pictures_are_noted() -> None:
    (note,) = read_bytes(pdf([page("正文"), [], *[[]] * 10], picture=True), "a.pdf").notes
    assert note.code == "pages-without-text"
    assert "第 2、3、4、5、6、7、8、9、10、11等 页" in note.message
    assert read_bytes(pdf([page("正文"), []]), "a.pdf").notes == ()  # an empty page is none


def test_gibberish_text_layer() -> None:
    with pytest.raises(ReadError, match="乱码"):
        read_bytes(pdf([page("\ue001\ue002\ue003正文")]), "a.pdf")


def test_encrypted() -> None:
    extra = f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<{'11' * 32}>/U<{'22' * 32}>/P -4>>"
    with pytest.raises(ReadError, match="已加密") as caught:
        read_bytes(pdf([page("正文")], extra=extra), "a.pdf")
    assert "取消密码" in caught.value.advice


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"junk%PDF-1.4 nothing here"])
def test_damaged(data: bytes) -> None:
    with pytest.raises(ReadError, match="已损坏"):
        read_bytes(data, "a.pdf")


def test_too_much_text() -> None:
    with pytest.raises(ReadError, match="过多"):
        read_bytes(pdf([page(FULL, FULL)]), "a.pdf", Limits(max_unpacked=40))


def test_properties() -> None:
    source = source_of(page("正文"), info="/Title(plan)/Author(office)/CreationDate(D:20240301)")
    assert dict(source.properties) == {"title": "plan", "creator": "office", "created": "D:20240301"}


def test_leading_junk_before_the_header() -> None:
    assert read_bytes(b"\n\n" + pdf([page("正文")]), "a.pdf").text == "正文"


def test_threads_may_read_at_once() -> None:
    data = pdf([page(FULL, "尾行", top=500)] * 5)
    with ThreadPoolExecutor(4) as pool:
        texts = {s.text for s in pool.map(lambda _: read_bytes(data, "a.pdf"), range(12))}
    assert texts == {"\n".join([FULL + "尾行"] * 5)}


def test_source_can_be_pickled() -> None:
    source = source_of(page("正文"))
    assert pickle.loads(pickle.dumps(source)) == source


@pytest.mark.skipif(find_soffice() is None or shutil.which("fc-list") is None, reason="LibreOffice is not installed")
def test_libreoffice_pdf_gives_back_the_paragraphs(tmp_path: Path) -> None:
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False).stdout
    if not fonts.strip():
        pytest.skip("no Chinese font is installed")
    title = "某县人民医院创建文明单位工作方案"
    body = [
        "为深入开展文明单位创建活动，进一步改善服务、转变作风，依据县文明委2024年工作安排，结合医院实际，制定本方案。",
        "一、总体要求",
        "坚持以人民健康为中心，把创建工作与医疗服务、行风建设结合起来，努力建设群众信赖的医院。到2024年12月底，门诊患者满意度达到95%以上，住院患者满意度达到98%以上。",
        "二、主要任务",
        "（一）改善就医体验。推行“一站式”服务，把预约、咨询、审核、投诉等11项业务集中到一个窗口办理，增设自助机16台，保留人工窗口和老年人绿色通道。",
        "（二）深化志愿服务。组建“白衣暖阳”志愿服务队，每月进社区、进乡村义诊一次，全年不少于24次，培训心肺复苏技能不少于600人次。",
    ] * 4
    document = python_docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    document.styles["Normal"].font.size = Pt(16)
    document.add_paragraph(title).alignment = 1
    for text in body:
        document.add_paragraph(text).paragraph_format.first_line_indent = Pt(32)
    section.footer.paragraphs[0].text = "— 1 —"
    out = io.BytesIO()
    document.save(out)
    (tmp_path / "a.docx").write_bytes(out.getvalue())
    profile = (tmp_path / "profile").as_uri()
    command = [find_soffice() or "", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert lines(read(tmp_path / "a.pdf")) == [title, *body]
