"""Files for the reader tests, built in code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from docnlp.document.model import Source
from docnlp.readers.docx import run_at, run_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def wml(tag: str, content: str) -> str:
    """A whole part with the usual namespaces."""
    return f"{_HEAD}<w:{tag} {NAMESPACES}>{content}</w:{tag}>"


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, properties: str = "") -> str:
    """A run; text without markup becomes a `w:t`."""
    inner = content if content.startswith("<") else t(content)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def p(content: str = "", properties: str = "") -> str:
    """A paragraph; text without markup becomes a run."""
    inner = content if not content or content.startswith("<") else r(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def field(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def rels(items: Iterable[tuple[str, str]], base: str = _OFFICE) -> str:
    lines = "".join(
        f'<Relationship Id="rId{i}" Type="{kind if kind.startswith("http") else base + kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(items)
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def package(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(
    body: str, *, styles: str = "", numbering: str = "", parts: Mapping[str, str] | None = None, raw: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A Word file.

    Args:
        body: Content of `w:body`.
        styles, numbering: Content of those parts.
        parts: More parts next to the document, `{"header1.xml": …}`; the digits in the name are dropped for the
            relationship type.
        raw: Parts written as they are, by full name; they replace the ones made here.
    """
    related: list[tuple[str, str]] = []
    files: dict[str, str | bytes] = {"word/document.xml": wml("document", f"<w:body>{body}</w:body>")}
    if styles:
        files["word/styles.xml"] = wml("styles", styles)
        related.append(("styles", "styles.xml"))
    if numbering:
        files["word/numbering.xml"] = wml("numbering", numbering)
        related.append(("numbering", "numbering.xml"))
    for name, content in (parts or {}).items():
        files[f"word/{name}"] = content
        related.append((name.partition(".")[0].rstrip("0123456789"), name))
    files["word/_rels/document.xml.rels"] = rels(related)
    files["_rels/.rels"] = rels([("officeDocument", "word/document.xml")])
    files.update(raw or {})
    return package(files)


def lvl(
    level: int, kind: str, text: str, *, start: int | None = 1, more: str = "", fonts: str = ""
) -> str:
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    look = f'<w:rPr><w:rFonts w:ascii="{fonts}" w:hAnsi="{fonts}"/></w:rPr>' if fonts else ""
    return f'<w:lvl w:ilvl="{level}">{begin}<w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{escape(text)}"/>{look}</w:lvl>'


def abstract(identity: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{more}{"".join(levels)}</w:abstractNum>'


def num(identity: int, abstract_id: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def numpr(num_id: int, level: int | None = 0) -> str:
    deep = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    return f'<w:numPr>{deep}<w:numId w:val="{num_id}"/></w:numPr>'


def check_source(source: Source, data: bytes | None = None) -> None:
    """What holds for every source: paragraphs in order, line breaks between, spans without gaps, runs that slice back."""
    at = 0
    for i, paragraph in enumerate(source.paragraphs):
        assert paragraph.start >= at
        between = source.text[at : paragraph.start]
        assert between == ("\n" if i else "")
        assert "\n" not in source.text[paragraph.start : paragraph.end]
        at = paragraph.end
    assert source.text[at:] == ""
    if data is None:
        return
    roots: dict[str, list[Any]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for paragraph in source.paragraphs:
            origin = paragraph.origin
            assert origin is not None
            if origin.part not in roots:
                xml = archive.read(origin.part).replace(STRICT.encode(), W.encode())
                roots[origin.part] = list(etree.fromstring(xml).iter(f"{{{W}}}p"))
            at = paragraph.start
            for span in origin.runs:
                assert span.start == at
                assert span.end > span.start
                at = span.end
                if span.run is not None:
                    text = run_text(run_at(roots[origin.part], origin.paragraph, span.run))
                    assert text[span.offset : span.offset + span.end - span.start] == source.text[span.start : span.end]
            assert at == paragraph.end
            if paragraph.numbered:
                assert origin.runs[0].run is None
                assert origin.runs[0].end - origin.runs[0].start == paragraph.numbered


def lines(source: Source) -> list[str]:
    return source.text.split("\n")


def pdf(pages: Iterable[Iterable[tuple[float, float, float, str]]], *, picture: bool = False, extra: str = "", info: str = "", turn: int = 0, matrix: str = "", latin: bool = False) -> bytes:
    """A PDF with a text layer.

    Args:
        pages: For each page its lines: (x, y, size, text), in points from the lower left corner of an A4 page.
        picture: Whether every page shows a picture.
        extra: Entries for the trailer, e.g. an /Encrypt dictionary.
        info: Entries of the information dictionary.
        turn, matrix: Rotation of the pages as shown, and the transformation of their content.
        latin: Whether to use Helvetica, of which PDFium knows the shapes.
    """
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/DW 1000/W[32 126 500]/FontDescriptor 6 0 R>>",
        _stream(cmap.encode()),
        b"<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 800]/Ascent 800/Descent -200/ItalicAngle 0"
        b"/CapHeight 700/StemV 80>>",
        _stream(b"\xff\x00\x00", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8"),
        f"<<{info}>>".encode(),
    ]
    font, encoding = ("L", "latin-1") if latin else ("F", "utf-16-be")
    kids = []
    for page in pages:
        content = f"{matrix} cm\n" if matrix else ""
        content += "q 100 0 0 100 50 50 cm /I Do Q\n" if picture else ""
        for x, y, size, text in page:
            content += f"BT /{font} {size} Tf {x} {y} Td <{text.encode(encoding).hex()}> Tj ET\n"
        objects.append(_stream(content.encode()))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/Rotate {turn}/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F 3 0 R/L<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</I 7 0 R>>>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    out = b"%PDF-1.7\n"
    places = []
    for i, content_ in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, content_)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 8 0 R{extra}>>\nstartxref\n{end}\n%%EOF".encode()


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)
