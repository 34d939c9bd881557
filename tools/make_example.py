"""Build docs/examples/draft.docx from docs/examples/draft.source.txt.

The same text gives the same bytes: no clock, no random identifiers.

    python tools/make_example.py [--check]
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "examples" / "draft.source.txt"
TARGET = ROOT / "docs" / "examples" / "draft.docx"

DAY = datetime(2026, 3, 18, tzinfo=UTC)
ZIP_DAY = (2026, 3, 18, 0, 0, 0)
KINDS = ("红头", "文号", "标题", "主送", "落款", "日期", "一级", "二级", "表")

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
SERIF, SONG, HEI, KAI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"


class Page:
    """A Word document laid out as the office writes it, one line of the source after another."""

    def __init__(self) -> None:
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        self._numbering = self.document.part.numbering_part.element
        self._abstract = self._add_numbering()
        self._list: int | None = None
        self._break = False

    def _add_numbering(self) -> int:
        """Define （一）（二） as Word numbers them; its identifier."""
        taken = [int(a.get(qn("w:abstractNumId"))) for a in self._numbering.findall(qn("w:abstractNum"))]
        number = max(taken, default=-1) + 1
        definition = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>'
            '<w:lvlText w:val="（%1）"/><w:lvlJc w:val="left"/>'
            f'<w:rPr><w:rFonts w:eastAsia="{KAI}" w:hint="eastAsia"/><w:sz w:val="32"/></w:rPr></w:lvl></w:abstractNum>'
        )
        self._numbering.insert(len(taken), definition)
        return number

    def _new_list(self) -> int:
        """Begin the numbering again at （一）; the identifier of the list."""
        num = self._numbering.add_num(self._abstract)
        num.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(num.numId)

    def _paragraph(self, text: str, font: str = SERIF, size: float = 16, align: Any = None, indent: bool = True) -> Any:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.line_spacing = Pt(28)
        paragraph.paragraph_format.space_after = Pt(0)
        if indent and align is None:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        _write(paragraph, text, font, size)
        return paragraph

    def line(self, kind: str, text: str) -> None:
        """Add one line of the source."""
        if kind == "分页":
            self._break = True
        elif kind == "红头":
            run = self._paragraph(text, SONG, 21, CENTER).runs[0]
            run.font.color.rgb = RGBColor(0xC0, 0x00, 0x00)
        elif kind == "文号":
            self._paragraph(text, align=CENTER)
        elif kind == "标题":
            title = self._paragraph(text, SONG, 22, CENTER).paragraph_format
            title.space_before, title.page_break_before = Pt(28), self._break
            self._break = False
        elif kind == "主送":
            self._paragraph(text, indent=False)
        elif kind in ("落款", "日期"):
            self._paragraph(text, align=RIGHT)
        elif kind == "一级":
            self._list = None
            self._paragraph(text, HEI)
        elif kind == "二级":
            self._list = self._list or self._new_list()
            properties = self._paragraph(text, KAI)._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = self._list
        else:
            self._paragraph(text)

    def table(self, rows: list[list[str]]) -> None:
        """Add a table; the first row is its head."""
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.paragraphs[0].alignment = CENTER
                _write(cell.paragraphs[0], text, HEI if cells is rows[0] else SERIF, 12)

    def bytes(self) -> bytes:
        """The file, with every time stamp fixed."""
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = "docnlp"
        properties.title, properties.comments, properties.language = "样稿", "", "zh-CN"
        properties.created = properties.modified = properties.last_printed = DAY
        properties.revision = 1
        raw = io.BytesIO()
        self.document.save(raw)
        out = io.BytesIO()
        with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, ZIP_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                new.writestr(entry, old.read(name))
        return out.getvalue()


def _write(paragraph: Any, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    fonts = run._r.get_or_add_rPr().find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsia"), font)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:eastAsia"), "zh-CN")
    run._r.get_or_add_rPr().append(lang)


def build(source: str) -> bytes:
    """The Word file for a source text.

    Args:
        source: Lines as described at the head of docs/examples/draft.source.txt.
    """
    page = Page()
    rows: list[list[str]] = []
    for line in source.splitlines():
        kind, colon, text = line.partition("：")
        if line.startswith("#") or not line:
            continue
        if colon and kind == "表":
            rows.append(text.split("|"))
            continue
        if rows:
            page.table(rows)
            rows = []
        if line == "分页" or (colon and kind in KINDS):
            page.line(kind, text)
        else:
            page.line("", line)
    if rows:
        page.table(rows)
    return page.bytes()


def members(data: bytes) -> dict[str, bytes]:
    """What a Word file holds: compressors differ between machines, contents do not."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def main(arguments: list[str] | None = None) -> int:
    """Write the file, or with --check say whether it is as the source has it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="do not write; fail when the file is stale")
    options = parser.parse_args(arguments)
    data = build(SOURCE.read_text(encoding="utf-8"))
    if options.check:
        fresh = TARGET.exists() and members(TARGET.read_bytes()) == members(data)
        print(f"{TARGET.relative_to(ROOT)}: {'fresh' if fresh else 'stale, run: make example'}")
        return 0 if fresh else 1
    TARGET.write_bytes(data)
    print(f"{TARGET.relative_to(ROOT)}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
