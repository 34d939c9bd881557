"""Immutable data that every component passes along.

All offsets are code points of `Document.text`, made once by the reader and carried to the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from docnlp.text.folding import fold
from docnlp.text.lines import LineIndex
from docnlp.text.skeleton import Skeleton

BlockKind = Literal["title", "heading", "body", "addressee", "signature", "date", "attachment"]
Format = Literal["txt", "md", "docx", "pdf"]


@dataclass(frozen=True, slots=True)
class RunSpan:
    """Where [start, end) of the text comes from inside a Word paragraph.

    `run` is the index of the `w:r` among all `w:r` descendants of the `w:p` in document order, with deleted runs
    counted too; None for text that no run carries (automatic numbers). `offset` is the index, inside the run's own
    text, of the first character.
    """

    start: int
    end: int
    run: int | None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a paragraph stands in a Word file.

    Attributes:
        part: Package part, e.g. `word/document.xml`.
        paragraph: Index of the `w:p` among all `w:p` of the part in document order (0-based).
        container: `body`, `table` or `textbox`.
        runs: Spans of the paragraph's characters, in order, without gaps.
    """

    part: str
    paragraph: int
    container: Literal["body", "table", "textbox"] = "body"
    runs: tuple[RunSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the file as its reader saw it, before any analysis.

    Attributes:
        start, end: Offsets in the text view, without the line break behind it.
        origin: Place in a Word file, None for other formats.
        outline_level: 1–9 where a heading style or outline level says so, 0 for a title style, else None.
        alignment: `left`, `center`, `right`, `both` where the file says so, else None.
        cell: (table, row, column), 0-based, for a paragraph in a table cell, else None.
        numbered: Length in characters of an automatic number at the start of the text, 0 where there is none.
    """

    start: int
    end: int
    origin: Origin | None = None
    outline_level: int | None = None
    alignment: str | None = None
    cell: tuple[int, int, int] | None = None
    numbered: int = 0


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that is in the file but not in the text view.

    `kind` is `header`, `footer`, `footnote`, `endnote` or `comment`; `part` the package part it stands in.
    """

    kind: str
    text: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader noticed and the user should know, e.g. hidden text or accepted revisions.

    `code` is a short kebab-case word, `message` Chinese, `start`/`end` a place in the text view where there is one.
    """

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader returns: the text view and where each paragraph of it comes from.

    Paragraphs are in order and do not overlap; between two of them stand only line breaks.
    """

    path: str
    format: Format
    text: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...] = ()
    asides: tuple[Aside, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """A heading number as written.

    Attributes:
        start, end: Place of the whole marker with its closing mark, e.g. of `（一）` or `1．`.
        level: 1 for 一、 2 for （一） 3 for 1. 4 for （1） and ①.
        value: Its number.
        text: The number without brackets and marks: `一`, `1`.
        style: The form with the number taken out, folded to half width: `_、`, `(_)`, `_.`, `_)`, `①`, `第_章`.
        han: Whether the number is written in Chinese characters.
    """

    start: int
    end: int
    level: int
    value: int
    text: str
    style: str
    han: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a body or a piece of the frame. Blocks tile the non-blank characters of the text, in order.

    Attributes:
        start, end: Offsets, without surrounding blanks.
        kind: What it is.
        level: 1–4 for a heading, else None.
        number: The number as written, without marks, else None.
        marker: The whole marker, also for a numbered paragraph that is body; else None.
        part: Index of the part it belongs to.
        paragraph: Index into `Document.paragraphs`.
        runin: Whether a heading is followed by text in its own paragraph.
        masthead: Whether a title-kind block is not the title itself: issuer mark, document number, sub-title date.
    """

    start: int
    end: int
    kind: BlockKind
    level: int | None = None
    number: str | None = None
    marker: Marker | None = None
    part: int = 0
    paragraph: int = 0
    runin: bool = False
    masthead: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the file: [start, end) and what its frame says.

    `first`/`last` are the half-open range of its blocks; `attached` tells a document that stands behind a covering one.
    """

    start: int
    end: int
    first: int
    last: int
    title: str | None = None
    issuer: str | None = None
    date: date | None = None
    attached: bool = False


@dataclass(frozen=True)
class Document:
    """A report: its text, its structure and where every piece comes from."""

    source: Source
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The text view."""
        return self.source.text

    @property
    def path(self) -> str:
        """Name of the file as given."""
        return self.source.path

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Paragraphs as read."""
        return self.source.paragraphs

    @cached_property
    def folded(self) -> str:
        """The text with width, case and spaces folded; same length, same offsets."""
        return fold(self.text)

    @cached_property
    def skeleton(self) -> Skeleton:
        """The folded text without quotation marks, spaces and list marks."""
        return Skeleton(self.folded)

    @cached_property
    def lines(self) -> LineIndex:
        """Line index of the text."""
        return LineIndex(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [b.start for b in self.blocks]

    def block_at(self, offset: int) -> int | None:
        """Index of the block that holds `offset`, or the last one before it; None before the first."""
        from bisect import bisect_right

        i = bisect_right(self._starts, offset) - 1
        return i if i >= 0 else None

    def slice(self, block: Block) -> str:
        """Text of a block."""
        return self.text[block.start : block.end]

    @property
    def title(self) -> str | None:
        """Title of the first part."""
        return self.parts[0].title if self.parts else None

    @property
    def issuer(self) -> str | None:
        """Who signed the first part that is signed."""
        return next((p.issuer for p in self.parts if p.issuer), None)

    @property
    def date(self) -> date | None:
        """Date of the first part that bears one."""
        return next((p.date for p in self.parts if p.date), None)
