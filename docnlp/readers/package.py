"""Safe access to the parts of an Office Open XML file.

Sizes are checked from the zip directory before anything is unpacked and again while reading; XML with a DOCTYPE is
refused, so entities never come into play.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Any, TypeAlias

from lxml import etree

from docnlp.errors import ReadError
from docnlp.readers.limits import Limits

#: An lxml element. lxml has no type information of its own.
Element: TypeAlias = Any

_MIB = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, LookupError)
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_DOCTYPE = tuple("<!DOCTYPE".encode(e) for e in ("ascii", "utf-16-le", "utf-16-be"))
_ENCODING = re.compile(rb"^[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """The parts of a zipped Office document.

    Args:
        data: The whole file.
        limits: How much may be unpacked.
        where: Name of the file, for messages.

    Raises:
        ReadError: The file is no zip, is damaged or encrypted, or would unpack to too much.
    """

    def __init__(self, data: bytes, limits: Limits, where: str) -> None:
        self._where = where
        self._limits = limits
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _BROKEN:
            raise self._damaged("压缩结构不完整，可能没有传完") from None
        self._members = {m.filename.replace("\\", "/").lstrip("/").lower(): m for m in members}
        self._guard(members)

    def _damaged(self, what: str) -> ReadError:
        return ReadError(f"文件已损坏：{what}", "请重新取得文件，或用 Word/WPS 打开修复后另存为 .docx", self._where)

    def _too_large(self, what: str) -> ReadError:
        return ReadError(f"文件解压后过大（{what}），可能是恶意的“压缩炸弹”，没有读取", "请向来源核实文件；确属正常的，请删去大图后另存", self._where)

    def _guard(self, members: list[zipfile.ZipInfo]) -> None:
        total = sum(m.file_size for m in members)
        if total > self._limits.max_unpacked:
            raise self._too_large(f"共 {total // _MIB} MB，上限 {self._limits.max_unpacked // _MIB} MB")
        for m in members:
            # Blank bitmaps pack a thousandfold in honest files, and pictures are never unpacked here.
            if m.file_size > _MIB and "/media/" not in m.filename and m.file_size > self._limits.max_ratio * m.compress_size:
                raise self._too_large(f"其中一部分膨胀 {m.file_size // max(m.compress_size, 1)} 倍，上限 {self._limits.max_ratio} 倍")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes | None:
        """Bytes of a part, None where there is no such part.

        Raises:
            ReadError: The part is damaged, encrypted or larger than the directory says.
        """
        member = self._members.get(name.lower())
        if member is None:
            return None
        if member.flag_bits & 1:
            raise ReadError("文件已加密", "请先在 Word 里取消密码", self._where)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._damaged(f"{name} 的压缩方式不是 Word 文件所用的")
        room = self._limits.max_unpacked - self._unpacked
        try:
            with self._zip.open(member) as stream:
                data = stream.read(room + 1)
        except _BROKEN:
            raise self._damaged(f"{name} 解压出错") from None
        if len(data) > room:
            raise self._too_large(f"超过 {self._limits.max_unpacked // _MIB} MB")
        self._unpacked += len(data)
        return data

    def xml(self, name: str) -> Element | None:
        """Root element of a part, with the names of strict Office Open XML turned into the usual ones.

        Raises:
            ReadError: The XML is not well-formed or has a DOCTYPE.
        """
        data = self.read(name)
        if data is None:
            return None
        encoding = _ENCODING.match(data[:256])
        if any(d in data for d in _DOCTYPE) or (encoding and encoding[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii")):
            raise self._dtd(name)
        if b"http://purl.oclc.org/ooxml/" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root: Element = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise self._damaged(f"{name} 的内容不合 XML 格式") from None
        if root.getroottree().docinfo.doctype:
            raise self._dtd(name)
        return root

    def _dtd(self, name: str) -> ReadError:
        return ReadError(f"{name} 里有 DOCTYPE 或不明编码，正常的 Word 文件没有，可能是恶意构造的，没有读取", "请向来源核实文件", self._where)

    def related(self, part: str = "") -> list[tuple[str, str]]:
        """Relationships of a part (of the package where `part` is empty): (last word of the type, part name)."""
        folder, _, name = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", name + ".rels"))
        if root is None:
            return []
        found = []
        for r in root.iter(_RELATIONSHIP):
            if r.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, r.get("Target", ""))).lstrip("/")
                found.append((r.get("Type", "").rpartition("/")[2], target))
        return found
