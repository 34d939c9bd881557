r"""Word files (.docx, .docm, .dotx, .dotm) to a `Source`.

Read with zipfile and lxml (which comes with python-docx) and not with python-docx itself: that takes three to five
times as long and 0.12 s more to import, and it shows none of what matters here (automatic numbers, text boxes,
revisions, fields, hidden text). `Origin` is counted in plain XML order, so that python-docx can be used to write back.

Text view, one line per paragraph:

- Automatic numbers are in the text, carried by no run (`RunSpan.run` is None); nothing stands between number and text.
- `w:br` and `w:cr` are line breaks: they split a paragraph into several `Paragraph` objects with the same
  `origin.paragraph`. Page and column breaks are nothing, tabs are `\t`, non-breaking hyphens `-`, soft hyphens nothing.
- Tables row by row; merged cells once; a text box after its host paragraph, its mc:Fallback copy never.
- Revisions are read as accepted. A paragraph whose mark is deleted (or hidden) joins the next one: `origin.paragraph`
  is then the first that contributes text, and its run index counts on through those that follow (`run_at` finds it).
- Fields show their result, rubies their base text. Hidden text is left out and noted.
- Headers, footers, footnotes, endnotes and comments are asides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from docnlp.document.model import Aside, Note, Origin, Paragraph, RunSpan, Source
from docnlp.errors import ReadError
from docnlp.readers.docx_numbering import Counters, Numbering
from docnlp.readers.docx_styles import Styles, alignment_of, outline_level
from docnlp.readers.limits import Limits
from docnlp.readers.package import Element, Package
from docnlp.readers.wordml import (
    ALTERNATE,
    CHOICE,
    FALLBACK,
    PPR,
    RPR,
    TBL,
    TC,
    TEXT_BOX,
    TR,
    M,
    P,
    R,
    T,
    W,
    number,
    switch,
    value,
)

Container = Literal["body", "table", "textbox"]

_DELETED = frozenset((W + "del", W + "moveFrom"))
_INSERTED = frozenset((W + "ins", W + "moveTo"))
_SDT, _SDT_CONTENT = W + "sdt", W + "sdtContent"
_WRAPPERS = frozenset(W + n for n in ("customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")) | _INSERTED
_GRAPHICS = frozenset(W + n for n in ("drawing", "pict", "object"))
_ALT_CHUNK = W + "altChunk"
_FLD_CHAR, _FLD_TYPE = W + "fldChar", W + "fldCharType"
_FIELD_HOMES = _DELETED | {TEXT_BOX, FALLBACK}
_RUBY, _RUBY_BASE = W + "ruby", W + "rubyBase"
_MATH = frozenset((M + "oMath", M + "oMathPara"))
_SYM = W + "sym"
_SYM_EX = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_XML_BLANKS = " \t\n\r"
_BREAKS_TO_SPACES = {ord("\n"): " ", ord("\r"): " "}
_FIXED = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
#: Characters of the symbol fonts that stand in reports: bullets, boxes to tick, ticks, arrows.
_SYMBOLS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA1: "○", 0xA3: "□", 0xA7: "▪", 0xA8: "□", 0xB7: "•", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "√",
    0xFD: "☒", 0xFE: "☑", 0x52: "☑", 0x51: "☒", 0x54: "☒",
}  # fmt: skip
_PROPERTIES = {
    "title", "subject", "creator", "keywords", "description", "lastModifiedBy", "revision", "created", "modified",
    "lastPrinted", "category", "contentStatus", "Company", "Manager", "Application", "AppVersion", "Template",
    "Pages", "TotalTime",
}  # fmt: skip
_ASIDES = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def read_docx(data: bytes, path: str, limits: Limits) -> Source:
    """Read a Word file.

    Args:
        data: The whole file, known to be a zip.
        path: Its name.
        limits: How much may be unpacked.

    Returns:
        The source; `origin` is filled for every paragraph.

    Raises:
        ReadError: Not a Word file, damaged, encrypted, or unsafe to unpack.
    """
    package = Package(data, limits, path)
    top = package.related()
    part = _main_part(package, top, path)
    root = package.xml(part)
    body = None if root is None else root.find(W + "body")
    if root is None or root.tag != W + "document" or body is None:
        raise ReadError(f"文件已损坏：{part} 里没有正文", "请用 Word/WPS 打开修复后另存为 .docx", path)
    related = package.related(part)
    styles = Styles(_first(package, related, "styles"))
    numbering = Numbering(_first(package, related, "numbering"), styles)
    story = _Story(root, part, styles, numbering)
    story.read(body)
    asides: list[Aside] = []
    for kind, target in related:
        if kind in _ASIDES and (other := package.xml(target)) is not None:
            asides.extend(_asides(other, _ASIDES[kind], target, styles, numbering))
    return Source(
        path, "docx", story.text, tuple(story.found), story.notes(), tuple(asides), tuple(_properties(package, top))
    )


def run_at(paragraphs: Sequence[Element], index: int, run: int) -> Element:
    """The `w:r` that a `RunSpan` means.

    Args:
        paragraphs: All `w:p` of the part in document order, `list(root.iter(w:p))`.
        index: `Origin.paragraph`.
        run: `RunSpan.run`: counted in the paragraph and on through those behind it in the same cell, box or body,
            which a deleted paragraph mark may have joined to it.

    Raises:
        IndexError: There are not so many runs.
    """
    home = _home(paragraphs[index])
    for p in paragraphs[index:]:
        if _home(p) is home:
            runs: list[Element] = list(p.iter(R))
            if run < len(runs):
                return runs[run]
            run -= len(runs)
    raise IndexError(run)


def run_text(run: Element) -> str:
    """The text of a `w:r` that `RunSpan.offset` counts in: `w:t` as written, with line breaks in the XML as spaces."""
    return "".join(text for text, _, _ in _run_pieces(run))


def _main_part(package: Package, related: list[tuple[str, str]], path: str) -> str:
    for kind, target in related:
        if kind == "officeDocument" and target in package:
            return target
    if "word/document.xml" in package:
        return "word/document.xml"
    raise ReadError("不是有效的 Word 文件：缺少正文 word/document.xml", "请用 Word/WPS 打开确认后另存为 .docx", path)


def _first(package: Package, related: list[tuple[str, str]], kind: str) -> Element | None:
    return next((package.xml(target) for k, target in related if k == kind), None)


def _properties(package: Package, related: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for kind, target in related:
        if kind in ("core-properties", "extended-properties") and (root := package.xml(target)) is not None:
            for element in root:
                name = element.tag.rpartition("}")[2]
                if name in _PROPERTIES and element.text and element.text.strip():
                    yield name[:1].lower() + name[1:], element.text.strip()


def _asides(root: Element, kind: str, part: str, styles: Styles, numbering: Numbering) -> Iterator[Aside]:
    pieces = [root] if kind in ("header", "footer") else [e for e in root if e.get(W + "type") in (None, "normal")]
    for piece in pieces:
        story = _Story(root, part, styles, numbering)
        story.read(piece)
        if text := story.text.strip("\n"):
            yield Aside(kind, text, part)


@dataclass(slots=True)
class _Piece:
    """A stretch of text from one run; `run` None for what no run carries."""

    text: str
    run: int | None
    offset: int = 0


@dataclass(slots=True)
class _Open:
    """A paragraph that is being put together, from one `w:p` or from several whose marks are deleted."""

    first: Element
    last: Element
    pieces: list[_Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    runs: int = 0


class _Story:
    """One stream of text: the body, a header, a footnote."""

    def __init__(self, root: Element, part: str, styles: Styles, numbering: Numbering) -> None:
        self.found: list[Paragraph] = []
        self._part = part
        self._styles = styles
        self._numbering = numbering
        self._counters = Counters()
        self._lines: list[str] = []
        self._at = 0
        # The list keeps the lxml proxies alive, which makes them usable as keys.
        self._all = list(root.iter(P))
        self._index = {p: i for i, p in enumerate(self._all)}
        self._stray = _unpaired_fields(root)
        self._fields: list[str] = []
        self._open: _Open | None = None
        self._run_index: dict[Element, int] = {}
        self._tables = 0
        self._hidden: list[str] = []
        self._inserted = self._deleted = self._chunks = 0

    def read(self, parent: Element) -> None:
        """Read all blocks of `parent` to the end."""
        self._blocks(parent, "body", None)
        self._close("body", None)

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def notes(self) -> tuple[Note, ...]:
        """What the user should know of this story."""
        notes: list[Note] = []
        if self._inserted or self._deleted:
            notes.append(
                Note(
                    "revisions-accepted",
                    f"文件里有修订（插入 {self._inserted} 处、删除 {self._deleted} 处），按全部接受修订后的文字检查",
                )
            )
        hidden = "".join(self._hidden)
        if hidden.strip():
            shown = hidden.strip()[:20] + ("…" if len(hidden.strip()) > 20 else "")
            notes.append(Note("hidden-text", f"文件里有 {len(hidden)} 个字的隐藏文字，没有检查：“{shown}”"))
        if self._chunks:
            notes.append(Note("embedded-document", f"文件里嵌有 {self._chunks} 个外部文档（altChunk），其中的内容没有检查"))
        return tuple(notes)

    # Blocks

    def _blocks(self, parent: Element, container: Container, cell: tuple[int, int, int] | None) -> None:
        for element in parent:
            tag = element.tag
            if tag == P:
                self._paragraph(element, container, cell)
            elif tag == TBL:
                self._close(container, cell)
                self._table(element, container)
            elif tag == _ALT_CHUNK:
                self._chunks += 1
            elif (inner := self._inside(element)) is not None:
                self._blocks(inner, container, cell)

    def _inside(self, element: Element) -> Element | None:
        """What to go on into for an element that only wraps others; None for one to leave out."""
        tag = element.tag
        if tag == _SDT:
            return element.find(_SDT_CONTENT)
        if tag == ALTERNATE:
            return element.find(CHOICE)
        if tag in _INSERTED:
            self._inserted += len(element) > 0
        elif tag in _DELETED:
            self._deleted += len(element) > 0
        return element if tag in _WRAPPERS else None

    def _table(self, table: Element, container: Container) -> None:
        index = self._tables
        self._tables += 1
        container = "textbox" if container == "textbox" else "table"
        merged: set[int] = set()  # grid columns in which a vertical merge is under way
        row = 0
        for tr in _members(table, TR):
            properties = tr.find(W + "trPr")
            if properties is not None:
                if properties.find(W + "del") is not None:
                    self._deleted += 1
                    continue
                self._inserted += properties.find(W + "ins") is not None
                if switch(properties, W + "hidden"):
                    self._hidden.append("".join(t.text or "" for t in tr.iter(T)))
                    continue
            column = number(properties, W + "gridBefore") or 0
            for tc in _members(tr, TC):
                cell = tc.find(W + "tcPr")
                span = min(max(number(cell, W + "gridSpan") or 1, 1), 1000)
                if cell is not None and cell.find(W + "cellDel") is not None:
                    self._deleted += 1
                elif not _continues(cell, column, merged):
                    place = (index, row, column)
                    self._blocks(tc, container, place)
                    self._close(container, place)
                column += span
            row += 1

    def _paragraph(self, p: Element, container: Container, cell: tuple[int, int, int] | None) -> None:
        current = self._open
        if current is None:
            current = self._open = _Open(p, p)
        elif not current.pieces:
            # What was joined so far has no text left, e.g. a wholly deleted paragraph: this one is the origin.
            current.first = current.last = p
            current.runs = 0
        properties = p.find(PPR)
        style = self._styles.paragraph(value(properties, W + "pStyle"))
        runs = list(p.iter(R))
        self._run_index = {r: i for i, r in enumerate(runs, current.runs)}
        had = len(current.pieces)
        self._inline(p, current, style.hidden)
        current.runs += len(runs)
        if len(current.pieces) > had:
            current.last = p
        if not self._mark_gone(properties, style.hidden):
            self._close(container, cell, kept=True)

    def _mark_gone(self, properties: Element | None, hidden: bool) -> bool:
        mark = None if properties is None else properties.find(RPR)
        if mark is None:
            return hidden
        if any(mark.find(tag) is not None for tag in _DELETED):
            self._deleted += 1
            return True
        self._inserted += any(mark.find(tag) is not None for tag in _INSERTED)
        return self._vanishes(mark, hidden)

    def _vanishes(self, properties: Element | None, hidden: bool) -> bool:
        """Whether a `w:rPr` hides: direct setting, else character style against paragraph style (they toggle)."""
        if properties is None:
            return hidden
        direct = switch(properties, W + "vanish")
        if direct is None:
            direct = switch(properties, W + "specVanish") or None
        return hidden != self._styles.hides(value(properties, W + "rStyle")) if direct is None else direct

    def _close(self, container: Container, cell: tuple[int, int, int] | None, kept: bool = False) -> None:
        """End the open paragraph, if there is one; `kept` where its own mark is there to stay."""
        current, self._open = self._open, None
        if current is None:
            return
        if kept or current.pieces:
            self._add(current, container, cell)
        for box in current.boxes:
            fields, self._fields = self._fields, []
            self._blocks(box, "textbox", None)
            self._close("textbox", None)
            self._fields = fields

    def _add(self, current: _Open, container: Container, cell: tuple[int, int, int] | None) -> None:
        properties = current.last.find(PPR)
        style = self._styles.paragraph(value(properties, W + "pStyle"))
        label = self._numbering.label(properties, style, self._counters)
        written = number(properties, W + "outlineLvl")
        # A title stays one: Word itself gives its title style outline level 1.
        outline = style.outline if written is None or style.outline == 0 else outline_level(written)
        alignment = alignment_of(properties) or style.alignment
        index = self._index[current.first]
        for i, line in enumerate(_lines(label, current.pieces)):
            if self._lines:
                self._at += 1
            start = self._at
            spans: list[RunSpan] = []
            for piece in line:
                spans.append(RunSpan(self._at, self._at + len(piece.text), piece.run, piece.offset))
                self._at += len(piece.text)
            self._lines.append("".join(piece.text for piece in line))
            origin = Origin(self._part, index, container, tuple(spans))
            numbered = 0 if i else len(label)
            self.found.append(Paragraph(start, self._at, origin, outline, alignment, cell, numbered))

    # Runs

    def _inline(self, parent: Element, current: _Open, hidden: bool) -> None:
        for element in parent:
            tag = element.tag
            if tag == R:
                self._run(element, current, hidden)
            elif tag in _MATH:
                self._emit("".join(t.text or "" for t in element.iter(M + "t")), None, 0, current, False)
            elif (inner := self._inside(element)) is not None:
                self._inline(inner, current, hidden)

    def _run(self, run: Element, current: _Open, hidden: bool) -> None:
        vanished = self._vanishes(run.find(RPR), hidden)
        index = self._run_index[run]
        offset = 0
        for text, leading, element in _run_pieces(run):
            if text:
                shown = text[leading:]
                if element.tag == T and element.get(_SPACE) != "preserve":
                    shown = shown.rstrip(_XML_BLANKS)
                self._emit(shown, index, offset + leading, current, vanished)
                offset += len(text)
            elif element.tag == _FLD_CHAR:
                self._field(element)
            elif element.tag in _GRAPHICS:
                current.boxes.extend(_boxes(element))
            elif element.tag == _RUBY and (base := element.find(_RUBY_BASE)) is not None:
                self._inline(base, current, hidden)

    def _field(self, element: Element) -> None:
        kind = element.get(_FLD_TYPE)
        if element in self._stray:
            return
        if kind == "begin":
            self._fields.append("code")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _emit(self, text: str, run: int | None, offset: int, current: _Open, hidden: bool) -> None:
        if not text or "code" in self._fields:
            return
        if hidden:
            self._hidden.append(text)
            return
        last = current.pieces[-1] if current.pieces else None
        if last is not None and last.run is not None and last.run == run and last.offset + len(last.text) == offset:
            last.text += text
        else:
            current.pieces.append(_Piece(text, run, offset))


def _run_pieces(run: Element) -> Iterator[tuple[str, int, Element]]:
    """(text, how many blanks before it Word does not show, element) of what stands in a run, in order.

    Elements without text of their own, such as graphics and field marks, come with "".
    """
    for element in run:
        tag = element.tag
        if tag == T:
            text = (element.text or "").translate(_BREAKS_TO_SPACES)
            kept = element.get(_SPACE) == "preserve"
            yield text, 0 if kept else len(text) - len(text.lstrip(_XML_BLANKS)), element
        elif tag in _FIXED:
            yield _FIXED[tag], 0, element
        elif tag == W + "br":
            yield "" if element.get(W + "type") in ("page", "column") else "\n", 0, element
        elif tag == _SYM:
            yield _symbol(element.get(W + "char", "")), 0, element
        elif tag == _SYM_EX:
            yield _symbol(element.get(_SYM_EX[: _SYM_EX.index("}") + 1] + "char", "")), 0, element
        elif tag == ALTERNATE:
            choice = element.find(CHOICE)
            if choice is not None:
                yield from _run_pieces(choice)
        else:
            yield "", 0, element


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= point <= 0xF0FF:
        return _SYMBOLS.get(point - 0xF000, "•")
    return chr(point) if 0x20 <= point <= 0x10FFFF and not 0xD800 <= point <= 0xF8FF else "•"


def _lines(label: str, pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces split at line breaks, the number before the first."""
    line = [_Piece(label, None)] if label else []
    for piece in pieces:
        offset = piece.offset
        for i, text in enumerate(piece.text.split("\n")):
            if i:
                yield line
                line = []
            if text:
                line.append(_Piece(text, piece.run, offset))
            offset += len(text) + 1
    yield line


def _members(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those inside content controls and custom XML."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag == _SDT:
            content = element.find(_SDT_CONTENT)
            if content is not None:
                yield from _members(content, tag)
        elif element.tag in _WRAPPERS:
            yield from _members(element, tag)


def _continues(cell: Element | None, column: int, merged: set[int]) -> bool:
    """Whether a cell is the continuation of a merged one. Keeps book of vertical merges in `merged`."""
    if cell is None:
        merged.discard(column)
        return False
    vertical = cell.find(W + "vMerge")
    if vertical is None:
        merged.discard(column)
    elif vertical.get(W + "val", "continue") == "restart":
        merged.add(column)
    elif column in merged:
        return True
    horizontal = cell.find(W + "hMerge")
    return horizontal is not None and horizontal.get(W + "val", "continue") != "restart" and column > 0


def _boxes(graphic: Element) -> Iterator[Element]:
    """Contents of the text boxes of a graphic, without those nested in another box and without Fallback copies."""
    for box in graphic.iter(TEXT_BOX):
        for above in box.iterancestors():
            if above is graphic:
                yield box
                break
            if above.tag in (TEXT_BOX, FALLBACK):
                break


def _home(element: Element) -> Element | None:
    """The cell, text box or root that an element stands in; None inside something that is not read."""
    home = None
    above = None
    for above in element.iterancestors():
        if above.tag in _DELETED or above.tag == FALLBACK:
            return None
        if home is None and above.tag in (TC, TEXT_BOX):
            home = above
    return above if home is None else home


def _unpaired_fields(root: Element) -> set[Element]:
    """Field marks that have no partner; taken at their word they would hide the rest of the document."""
    stray: set[Element] = set()
    open_in: dict[Element, list[list[Element]]] = {}
    for mark in root.iter(_FLD_CHAR):
        home = next((a for a in mark.iterancestors() if a.tag in _FIELD_HOMES), root)
        if home.tag in _DELETED:
            continue
        stack = open_in.setdefault(home, [])
        kind = mark.get(_FLD_TYPE)
        if kind == "begin":
            stack.append([mark])
        elif not stack:
            stray.add(mark)
        elif kind == "separate":
            stack[-1].append(mark)
        else:
            stack.pop()
    stray.update(mark for stack in open_in.values() for marks in stack for mark in marks)
    return stray
