"""PDF files with a text layer to a `Source`, through PDFium.

PDFium hands out characters line by line. Lines are put back into paragraphs by their place on the page: a line that
reaches the right edge goes on in the next one where that begins at the left edge. Page numbers are dropped, running
headers and footers become asides.

PDFium must not be used by two threads at once; a lock keeps calls from one process apart, so threads may call
`read_pdf` freely but gain nothing from it (processes do).
"""

from __future__ import annotations

import ctypes
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from docnlp.document.model import Aside, Note, Paragraph, Source
from docnlp.errors import ReadError
from docnlp.readers.limits import Limits

_LOCK = threading.Lock()

# The supplement of radicals has a compatibility decomposition for two of its characters only. These are the ones that
# look like a character of running text, so that fonts without a proper table confuse them.
_RADICALS = dict(
    zip(
        "⺁⺄⺅⺈⺉⺊⺌⺍⺒⺓⺖⺗⺘⺙⺜⺝⺞⺠⺡⺣⺧⺨⺩⺫⺬⺭⺰⺶⺼⺾⻁⻂⻄⻅⻆⻈⻉⻋⻏⻐⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
        "厂乙亻刀刂卜小小巳幺忄心扌攵日月歹民氵灬牛犭王目示礻纟羊肉艹虎衤西见角讠贝车邑钅長长门阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙",
        strict=True,
    )
)
_RADICAL = re.compile("[\u2e80-\u2fdf]")

_TERMINAL = re.compile("[。！？!?][”’」』）)》】]*$")
_NUMBERED = re.compile(
    r"[（(][一二三四五六七八九十百\d]{1,4}[)）]|[一二三四五六七八九十百]{1,4}[、.．，,]|第[一二三四五六七八九十百\d]{1,4}[章节条]"
    r"|\d{1,3}[、.．](?!\d)|[①-⑳⑴-⒛]|附件[:：\d]"
)
# What no line break may split: opening marks, then a character or a Latin word, then closing marks. LibreOffice takes
# quotation marks to hold on to both sides.
_UNIT = re.compile(r"(?:[“”‘’《〈（(「『【\[]*(?:[!-~]+|[^\x00-\x7f])[，。、；：！？”’》〉）」』】…—%℃·]*(?=([“”‘’])|))(?(1)[“”‘’]+(?:[!-~]+|.)?)")
_DASHES = "-—–―－─~～·"
_PAGE_NUMBER = re.compile(
    rf"[{_DASHES}\s]*(?:第\s*)?\d{{1,4}}(?:\s*页)?(?:\s*[/／，,]?\s*(?:共\s*)?\d{{1,4}}(?:\s*页)?)?[{_DASHES}\s]*"
)
_DASHED_NUMBER = re.compile(rf"[{_DASHES}]+\s*\d{{1,4}}\s*[{_DASHES}]+")
_DIGITS = re.compile(r"\d+")
_HYPHEN = 0x02  # what PDFium puts for a hyphen at a line end
_BLANKS = frozenset((0xA0, 0x3000))
_PROPERTIES = {
    "Title": "title",
    "Author": "creator",
    "Subject": "subject",
    "Keywords": "keywords",
    "Creator": "application",
    "Producer": "producer",
    "CreationDate": "created",
    "ModDate": "modified",
}


class _Char(NamedTuple):
    """A character and its box."""

    code: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its text, its edges, the width of one of its characters, how high it stands (0–1), page width."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    em: float
    height: float
    width: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """Edges of the text area, usual width of a character, and whether paragraphs begin with an indent."""

    left: float
    right: float
    em: float
    indented: bool


def fold_radicals(text: str) -> str:
    """Kangxi radicals and radicals of the supplement as the characters they stand for; nothing else is changed."""
    return _RADICAL.sub(lambda m: _RADICALS.get(m[0]) or unicodedata.normalize("NFKC", m[0]), text)


def read_pdf(data: bytes, path: str, limits: Limits) -> Source:
    """Read a PDF file.

    Args:
        data: The whole file.
        path: Its name.
        limits: `max_unpacked` bounds the characters taken in.

    Raises:
        ReadError: Encrypted, damaged, or without a usable text layer.
    """
    lines: list[_Line] = []
    bare: list[int] = []  # pages with pictures and no text
    with _LOCK:
        try:
            with pdfium.PdfDocument(data) as document:
                metadata = document.get_metadata_dict(skip_empty=True)
                count = len(document)
                room = limits.max_unpacked // 4
                for number in range(count):
                    page = document[number]
                    try:
                        found = list(_page_lines(page, number))
                        if not found and _has_pictures(page):
                            bare.append(number + 1)
                    finally:
                        page.close()
                    lines.extend(found)
                    room -= sum(len(line.text) for line in found)
                    if room < 0:
                        raise ReadError("PDF 里的文字过多，没有读取", "请把文件拆开，或用 --max-size 放宽上限", path)
        except pdfium.PdfiumError as error:
            raise _load_error(error, path) from None
    if not lines:
        if bare:
            raise ReadError("PDF 没有文字层，是扫描件或图片", "需先 OCR（文字识别），或向起草单位索取 Word 版", path)
        raise ReadError("PDF 里没有文字", "没有文字层的扫描件需先 OCR（文字识别）", path)
    _refuse_gibberish(lines, path)
    body, asides = _split_running(lines, count)
    paragraphs: list[Paragraph] = []
    texts: list[str] = []
    at = 0
    for text in _rejoin(body):
        paragraphs.append(Paragraph(at, at + len(text)))
        texts.append(text)
        at += len(text) + 1
    notes: tuple[Note, ...] = ()
    if bare:
        pages = "、".join(map(str, bare[:10])) + ("等" if len(bare) > 10 else "")
        notes = (Note("pages-without-text", f"第 {pages} 页是图片，没有文字层，没有检查；需先 OCR（文字识别）"),)
    properties = tuple((name, metadata[key]) for key, name in _PROPERTIES.items() if metadata.get(key))
    return Source(path, "pdf", "\n".join(texts), tuple(paragraphs), notes, asides, properties)


def _load_error(error: pdfium.PdfiumError, path: str) -> ReadError:
    if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        return ReadError("PDF 已加密，打开需要密码", "请先取消密码再检查", path)
    return ReadError("PDF 已损坏，打不开", "可能没有传完整，请重新取得文件", path)


def _has_pictures(page: Any) -> bool:
    return next(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _page_lines(page: Any, number: int) -> Iterator[_Line]:
    width, height = page.get_size()
    for found in _pdfium_lines(page):
        for chars in _split_by_height(found):
            made = _line(chars, number, width, height)
            if made is not None:
                yield made


def _pdfium_lines(page: Any) -> Iterator[list[_Char]]:
    """Characters that are not PDFium's own, with their boxes turned as the page is shown, split at its line breaks."""
    text_page = page.get_textpage()
    try:
        raw = text_page.raw
        turn = _turn(page)
        rect = pdfium_c.FS_RECTF()
        pointer = ctypes.byref(rect)
        line: list[_Char] = []
        for i in range(pdfium_c.FPDFText_CountChars(raw)):
            code = pdfium_c.FPDFText_GetUnicode(raw, i)
            if code == 0x0A:
                if line:
                    yield line
                line = []
            elif code > 0x20 or code == _HYPHEN or (code == 0x20 and not pdfium_c.FPDFText_IsGenerated(raw, i)):
                pdfium_c.FPDFText_GetLooseCharBox(raw, i, pointer)
                line.append(_Char(code, *turn(rect.left, rect.bottom, rect.right, rect.top)))
        if line:
            yield line
    finally:
        text_page.close()


def _turn(page: Any) -> Callable[[float, float, float, float], tuple[float, float, float, float]]:
    """(left, bottom, right, top) of the page to the same as shown, from its lower left corner."""
    x0, y0, x1, y1 = page.get_cropbox()
    turns = {
        0: lambda a, b, c, d: (a - x0, b - y0, c - x0, d - y0),
        90: lambda a, b, c, d: (b - y0, x1 - c, d - y0, x1 - a),
        180: lambda a, b, c, d: (x1 - c, y1 - d, x1 - a, y1 - b),
        270: lambda a, b, c, d: (y1 - d, a - x0, y1 - b, c - x0),
    }
    return turns[page.get_rotation()]


def _split_by_height(chars: list[_Char]) -> list[list[_Char]]:
    """Lines that PDFium took for one, as it does with short lines."""
    pieces: list[list[_Char]] = []
    for char in chars:
        if pieces and _level(pieces[-1][-1], char):
            pieces[-1].append(char)
        else:
            pieces.append([char])
    slanted = len(pieces) > 2 and sum(len(piece) == 1 for piece in pieces) * 2 > len(pieces)
    return [chars] if slanted else pieces  # a slanted watermark, a column written downwards


def _level(one: _Char, other: _Char) -> bool:
    """Whether two characters stand on one line."""
    return abs(one.bottom + one.top - other.bottom - other.top) < max(one.top - one.bottom, other.top - other.bottom)


def _line(chars: list[_Char], page: int, width: float, height: float) -> _Line | None:
    solid = [c for c in chars if c.code > 0x20 and c.code not in _BLANKS]
    if not solid:
        return None
    if any(b.left < a.left for a, b in pairwise(chars)):
        # LibreOffice writes characters of another font, e.g. quotation marks, apart from the words around them.
        chars = sorted(chars, key=lambda c: c.left)
        solid = sorted(solid, key=lambda c: c.left)
    wide = next((c for c in solid if c.code >= 0x3000), None)
    em = solid[0].top - solid[0].bottom if wide is None else wide.right - wide.left
    middle = (solid[0].bottom + solid[0].top) / 2
    text = _text(_spaced(chars))
    return _Line(page, text, solid[0].left, solid[-1].right, solid[0].bottom, max(em, 1.0), middle / max(height, 1.0), width)


def _spaced(chars: list[_Char]) -> Iterator[int]:
    """Codes with a space at every gap. The quarter that Word puts between Chinese and Latin is none."""
    last: _Char | None = None
    for char in chars:
        if last is not None and char.code != 0x20 and last.code != 0x20:
            either = max(char.code, last.code) >= 0x2010
            if char.left - last.right > (0.6 if either else 0.15) * (char.top - char.bottom):
                yield 0x20
        yield char.code
        last = char


def _text(codes: Iterable[int]) -> str:
    # Two halves of a character outside the basic plane come one by one.
    units = [0x2D if c == _HYPHEN else c for c in codes if c >= 0x20 or c in (_HYPHEN, 0x09)]
    text = "".join(map(chr, units))
    if any(0xD800 <= c < 0xE000 for c in units):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return fold_radicals(text).rstrip(" \t")


def _refuse_gibberish(lines: list[_Line], path: str) -> None:
    text = "".join(line.text for line in lines)
    bad = sum("\ue000" <= c <= "\uf8ff" or "\ufffd" <= c <= "\uffff" for c in text)
    if bad * 5 > len(text):
        raise ReadError("PDF 的文字层是乱码（字体没有文字对照表）", "需先 OCR（文字识别），或向起草单位索取 Word 版", path)


def _split_running(lines: list[_Line], pages: int) -> tuple[list[_Line], tuple[Aside, ...]]:
    """Lines without page numbers and running heads, and those heads as asides."""
    by_page: dict[int, list[_Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    dropped: set[int] = set()
    edges: dict[str, list[_Line]] = {"header": [], "footer": []}
    for found in by_page.values():
        ranked = sorted((line for line in found), key=lambda line: -line.height)
        numbers = [line for line in ranked if _is_page_number(line, line is ranked[0] or line is ranked[-1])]
        dropped.update(map(id, numbers))
        kept = [line for line in ranked if id(line) not in dropped]
        edges["header"].extend(line for line in kept[:3] if line.height > 0.85)
        edges["footer"].extend(line for line in kept[-3:] if line.height < 0.15)
    asides: list[Aside] = []
    for kind, candidates in edges.items():
        # The same words at the same height; page numbers inside them differ.
        keys = {id(line): (_DIGITS.sub("#", line.text.strip()), round(line.height * 100)) for line in candidates}
        for key, often in Counter(keys.values()).items():
            if often >= 2 and often * 5 >= pages * 2:
                same = [line for line in candidates if keys[id(line)] == key]
                dropped.update(map(id, same))
                asides.append(Aside(kind, same[0].text.strip()))
    return [line for line in lines if id(line) not in dropped], tuple(asides)


def _is_page_number(line: _Line, outermost: bool) -> bool:
    text = line.text.strip()
    if not _PAGE_NUMBER.fullmatch(text):
        return False
    in_margin = line.height < 0.13 or line.height > 0.9
    return in_margin or (outermost and _DASHED_NUMBER.fullmatch(text) is not None)


def _layout(lines: list[_Line]) -> _Layout:
    rights = sorted((line.right for line in lines), reverse=True)
    em = sorted(line.em for line in lines)[len(lines) // 2]
    edges = Counter(round(line.left / 2) for line in lines)
    common = [edge for edge, often in edges.items() if often >= max(2, len(lines) // 20)] or list(edges)
    left = min(common) * 2.0
    right = rights[len(rights) // 33]  # a stray line beyond the edge does not move it
    if lines[0].width - right > 1.5 * left + 2 * em:
        right = lines[0].width - left  # only short lines: none of them reaches the edge that the left margin tells of
    indented = sum(1.2 * line.em < line.left - left < 2.8 * line.em for line in lines)
    return _Layout(left, right, em, indented >= max(2, len(lines) // 10))


def _rejoin(lines: list[_Line]) -> Iterator[str]:
    """Texts of the paragraphs that the lines make up."""
    if not lines:
        return
    layout = _layout(lines)
    text = lines[0].text
    for line, following in pairwise(lines):
        if _goes_on(line, following, layout):
            text = _glue(text, following.text.strip())
        else:
            yield text
            text = following.text
    yield text


def _goes_on(line: _Line, following: _Line, layout: _Layout) -> bool:
    em = line.em
    if layout.right - line.right > _first_unit(following.text) * em:
        return False  # there was room for more: the break is the writer's
    if abs(following.em - em) > 0.15 * em or (following.page == line.page and following.bottom >= line.bottom):
        return False
    middle = (layout.left + layout.right) / 2
    if em > 1.15 * layout.em and abs(following.left + following.right - 2 * middle) < em:
        return following.page == line.page  # a centred title that did not fit into one line
    if line.left > layout.left + 3 * em or following.left > layout.left + 0.8 * em:
        return False  # one of the two is indented, centred or on the right
    ended = _TERMINAL.search(line.text.rstrip()) is not None
    numbered = _NUMBERED.match(following.text.lstrip()) is not None
    if layout.indented:
        return not (ended and numbered)
    # Without indents nothing but the wording tells a full last line from one that goes on.
    short = following.right - following.left < (layout.right - layout.left) / 2
    return not numbered and not (ended and short)


def _first_unit(text: str) -> float:
    """Width, in characters, of what must stand together at the start of a line, with some tolerance."""
    unit = _UNIT.match(text.lstrip())
    letters = unit[0] if unit else ""
    return 0.6 + sum(1.0 if c >= "\u2010" else 0.6 for c in letters)


def _glue(text: str, following: str) -> str:
    """Two lines as one: nothing between Chinese characters, a space between Latin words."""
    text = text.rstrip()
    word = text[-1:].isascii() and text[-1:].isalnum() and following[:1].isascii() and following[:1].isalnum()
    return f"{text} {following}" if word else text + following
