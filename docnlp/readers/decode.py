"""Bytes of a text file to text, without ever guessing wrong in silence.

The order is BOM, strict UTF-8, UTF-16 without BOM where the zero bytes give it away, strict GB18030. GB18030 accepts
nearly any run of high bytes, so what comes out of it must also look like Chinese: otherwise Big5, Shift-JIS, Latin-1
or a damaged UTF-8 file would be read as gibberish.
"""

from __future__ import annotations

import codecs
import re

from docnlp.errors import ReadError
from docnlp.readers.sniff import READABLE_KINDS, describe, kind_of

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the one of UTF-16 LE
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")  # what no text file holds, save now and then one
# Not compiled here: that takes milliseconds, and most files are UTF-8.
_USUAL = r"[\t\n\r\x20-\x7e\u00a0-\u00ff\u2000-\u27bf\u3000-\u30ff\u3200-\u33ff\u3400-\u9fff\uff00-\uffef]"
_PAIRS = (
    rb"[\x00-\x7f]+|((?:[\xa1-\xa3\xb0-\xd7][\xa1-\xfe])+)|([\x80-\xff][0-9][\x00-\xff]{2}|[\x80-\xff][\x00-\xff]?)"
)
_UNREADABLE = "读不出这个文本文件的编码"
_SAVE_AS = "请用记事本或 WPS 打开，确认文字正常后另存为 UTF-8 编码"


def decode(data: bytes, where: str = "") -> tuple[str, str]:
    """Decode a text file.

    Args:
        data: The whole file.
        where: Name of the file, for messages.

    Returns:
        The text without BOM, line breaks as they are, and the Python name of the encoding: `utf-8`, `utf-8-sig`,
        `utf-16-le`, `utf-16-be`, `utf-32-le`, `utf-32-be` or `gb18030`. UTF-16 and UTF-32 have the same name with
        and without BOM.

    Raises:
        ReadError: The file is binary, or its encoding is unknown or damaged.
    """
    kind = kind_of(data)
    if kind is not None:
        raise _renamed(kind, where)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                text = data[len(bom) :].decode("utf-8" if encoding == "utf-8-sig" else encoding)
            except UnicodeDecodeError as error:
                raise _damaged(encoding.removesuffix("-sig").upper(), error.start + len(bom), where) from None
            return _checked(text, where), encoding
    if b"\0" in data:
        return _utf16(data, where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _gb18030(data, error, where), "gb18030"
    if _gb_in_disguise(data, text):
        return data.decode("gb18030"), "gb18030"
    return _checked(text, where), "utf-8"


def _renamed(kind: str, where: str) -> ReadError:
    suffix = "." + where.rpartition(".")[2].lower() if "." in where else ""
    extension = f"扩展名是 {suffix}" if suffix else "没有扩展名"
    right = READABLE_KINDS.get(kind)
    if right:
        return ReadError(f"文件内容是{describe(kind)}而{extension}", f"请改回正确的扩展名（{right}）", where)
    return ReadError(f"文件内容是{describe(kind)}而{extension}，不是文本文件", "请换成文稿本身", where)


def _damaged(encoding: str, at: int, where: str) -> ReadError:
    return ReadError(
        f"文件是 {encoding} 编码，但第 {at + 1} 个字节处已损坏", "可能没有传完整，请重新取得文件，或" + _SAVE_AS.removeprefix("请"), where
    )


def _binary(where: str) -> ReadError:
    return ReadError("文件里有大量不可显示的字节，是二进制文件，不是文本文件", "请确认文件没有传错、扩展名没有改错", where)


def _checked(text: str, where: str) -> str:
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > max(2, len(text) // 50):
        raise _binary(where)
    return text


def _utf16(data: bytes, where: str) -> tuple[str, str]:
    """A file with zero bytes is UTF-16 where one of its byte orders gives plausible text.

    Spaces and line breaks have a zero as their high byte, but 一 and 开 have one as their low byte: the parity with
    more zeros is only tried first.
    """
    if len(data) % 2 == 0:
        low_first = data[1::2].count(0) >= data[::2].count(0)
        for encoding in ("utf-16-le", "utf-16-be") if low_first else ("utf-16-be", "utf-16-le"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(re.findall(_USUAL, text)) >= 0.9 * len(text) and not _CONTROLS.search(text):
                return text, encoding
    raise _binary(where)


def _chinese(data: bytes) -> tuple[int, int]:
    """(pairs that are everyday Chinese, all pairs) of GB18030 bytes: GB 2312 level 1 and punctuation are everyday."""
    everyday = others = 0
    for match in re.finditer(_PAIRS, data):
        if match[1]:
            everyday += len(match[1]) // 2
        elif match[2]:
            others += 1
    return everyday, everyday + others


def _gb_in_disguise(data: bytes, text: str) -> bool:
    """Whether short GB18030 bytes happen to be valid UTF-8: all letters of two bytes, as no Chinese text has."""
    if len(data) > 4096 or text.isascii() or any(c > "\u07ff" or "\x80" <= c < "\xa0" for c in text):
        return False
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    everyday, total = _chinese(data)
    return everyday == total


def _gb18030(data: bytes, utf8: UnicodeDecodeError, where: str) -> str:
    try:
        text = data.decode("gb18030")
        broken = None
    except UnicodeDecodeError as error:
        text, broken = "", error
    everyday, total = _chinese(data)
    if broken is None and everyday * 2 >= total:
        return _checked(text, where)
    loose = data.decode("utf-8", "replace")
    marks = loose.count("\ufffd")
    wide = sum("\u2e80" <= c <= "\uffee" for c in loose)
    if wide >= 5 * marks:
        raise _damaged("UTF-8", utf8.start, where)
    if len(_CONTROLS.findall(loose)) > max(2, len(loose) // 50):
        raise _binary(where)
    if broken is not None and total and everyday >= 0.9 * total:
        raise _damaged("GB18030（GBK）", broken.start, where)
    raise ReadError(_UNREADABLE + "（不是 UTF-8、UTF-16，也不是 GB18030/GBK）", _SAVE_AS, where)
