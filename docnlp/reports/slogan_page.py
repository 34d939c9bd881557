"""Slogans as self-contained HTML pages: marked in the text of each file, or as the inventory of many files."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from docnlp import __version__
from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import SLOGAN_NAMES, Slogan
from docnlp.document.model import Document
from docnlp.reports import inventory as listing
from docnlp.reports.inventory import Entry, Inventory
from docnlp.reports.shared import block_class, replace_surrogates, source_hash, template_environment, visible
from docnlp.reports.slogan_html import SCRIPT, STYLE, TEMPLATE
from docnlp.reports.slogan_list import Phrase, Wish, phrases
from docnlp.resources import folder
from docnlp.text.width import clip, text_width

#: How many places of a phrase are shown before the rest is folded.
PLACES = 8

#: How many phrases the chart shows, how wide the longest bar is (percent) and how many columns the longest label may be.
BARS, _LONGEST, _LABEL = 20, 56, 36
_BAR_HEIGHT = 44


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence: the id of its mark, and where it is."""

    mark: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase in the list of a file."""

    id: str
    type: str
    text: str
    sure: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one line in which nothing begins or ends.

    Attributes:
        text: Its characters.
        kind: Class of its block, empty between blocks.
        type: Type of the slogan that it belongs to, or empty; `item` is the id of that slogan in the list.
        anchor: The id it carries where the slogan begins, else empty.
    """

    text: str
    kind: str
    type: str = ""
    item: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; `kind` and `level` are set where one block fills it."""

    number: int
    kind: str
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many phrases of a type there are, how often they occur, and in how many files."""

    type: str
    phrases: int
    count: int
    files: int


@dataclass(frozen=True, slots=True)
class FilePage:
    """What the page needs of one file."""

    id: str
    path: str
    items: tuple[Item, ...]
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """Occurrences of all phrases."""
        return sum(len(i.places) for i in self.items)

    @property
    def types(self) -> tuple[TypeCount, ...]:
        """The types that occur."""
        by_type = [(t, [i for i in self.items if i.type == t]) for t in SLOGAN_NAMES]
        return tuple(TypeCount(t, len(items), sum(len(i.places) for i in items), 1) for t, items in by_type if items)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart; `width` is in percent, `top` in pixels."""

    label: str
    type: str
    count: int
    width: float
    top: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The most frequent phrases; `text` says what the picture shows."""

    title: str
    text: str
    height: int
    bars: tuple[Bar, ...]


def file_page(path: str, index: int, analysis: Analysis, wish: Wish | None = None) -> FilePage:
    """One file, ready for the page.

    Args:
        path: The file.
        index: Its number on the page, for the ids.
        analysis: Its analysis.
        wish: Which phrases are wanted; all unless given.
    """
    document = analysis.document
    found = phrases(document, analysis.slogans, wish)
    ids = {id(s): f"m-{index}-{n}" for n, s in enumerate(s for p in found for s in p.places)}
    items = []
    marks: list[tuple[Slogan, Phrase, str]] = []
    for n, phrase in enumerate(found):
        item = f"s-{index}-{n}"
        places = tuple(Place(ids[id(s)], *document.lines.locate(s.start)) for s in phrase.places)
        items.append(Item(item, phrase.type, visible(phrase.text), f"{phrase.score:.0%}", places))
        marks += [(s, phrase, item) for s in phrase.places]
    marks.sort(key=lambda m: m[0].start)
    pieces = [(s.start, s.end, p.type, item, ids[id(s)]) for s, p, item in marks]
    return FilePage(f"file-{index}", visible(path), tuple(items), marked_lines(document, pieces))


def marked_lines(document: Document, marks: Sequence[tuple[int, int, str, str, str]]) -> tuple[Line, ...]:
    """The whole text, cut wherever a line, a block or a mark begins or ends.

    Args:
        document: The text.
        marks: Start, end, type, id in the list and id in the text of each; in order, none over another.
    """
    starts = [m[0] for m in marks]
    edges = {edge for m in marks for edge in m[:2]} | {edge for b in document.blocks for edge in (b.start, b.end)}
    cuts = sorted(edges)
    lines: list[Line] = []
    anchored: set[str] = set()
    for number in range(1, len(document.lines.starts) + 1):
        low, high = document.lines.span(number)
        pieces: list[Piece] = []
        levels: set[tuple[str, int]] = set()
        for start, end in pairwise([low, *cuts[bisect_right(cuts, low) : bisect_left(cuts, high)], high]):
            text = document.text[start:end]
            if not text:
                continue
            at = document.block_at(start)
            inside = at is not None and start < document.blocks[at].end
            kind, level = block_class(document.blocks[at]) if at is not None and inside else ("", 0)
            if text.strip():
                levels.add((kind, level))
            i = bisect_right(starts, start) - 1
            if i < 0 or start >= marks[i][1]:
                pieces.append(Piece(text, kind))
                continue
            _, _, type_, item, mark = marks[i]
            pieces.append(Piece(text, kind, type_, item, "" if mark in anchored else mark))
            anchored.add(mark)
        kind, level = levels.pop() if len(levels) == 1 else ("", 0)
        if pieces or number < len(document.lines.starts):  # a final line feed begins no line to look at
            lines.append(Line(number, kind, level, tuple(pieces)))
    return tuple(lines)


def render(
    pages: Sequence[FilePage],
    failed: Sequence[tuple[str, str]] = (),
    wish: Wish | None = None,
    *,
    title: str = "文中的口号和提法",
) -> str:
    """The page with the texts, ending with a line feed; it loads nothing and works from a file.

    Args:
        pages: The files that were read.
        failed: Files that could not be read, each with the reason.
        wish: Which phrases were wanted; all unless given.
        title: Heading of the page.
    """
    wish = wish or Wish()
    items = [i for p in pages for i in p.items]
    of_type = [(t, [c for p in pages for c in p.types if c.type == t]) for t in SLOGAN_NAMES]
    types = [TypeCount(t, sum(c.phrases for c in cs), sum(c.count for c in cs), len(cs)) for t, cs in of_type if cs]
    head = f"读了 {len(pages)} 个文件"
    if failed:
        head += f"，另有 {len(failed)} 个无法读取"
    if items:
        head += f"，标出 {sum(t.count for t in types)} 处"
    limits = f"。{wish.words}" if wish.words else ""
    summary = f"{head}{limits}。" if items else f"{head}，{wish.nothing}{limits}。"
    return _page(title, summary, types, failed, pages=pages, nothing=wish.nothing)


def render_inventory(inventory: Inventory, *, title: str = "口号和提法汇总") -> str:
    """The page with the inventory, ending with a line feed; it loads nothing and works from a file.

    Args:
        inventory: What was found in all files.
        title: Heading of the page.
    """
    types = [
        TypeCount(t, len(entries), sum(e.count for e in entries), len({path for e in entries for path, _ in e.files}))
        for t, entries in inventory.types
    ]
    return _page(
        title, listing.summary(inventory), types, inventory.failed, inventory=inventory, chart=chart(inventory.entries)
    )


def chart(entries: Iterable[Entry]) -> Chart:
    """The chart of the most frequent phrases.

    Args:
        entries: The most frequent first.
    """
    shown = list(entries)[:BARS]
    most = max((e.count for e in shown), default=1)
    bars = tuple(
        Bar(_short(visible(e.text)), e.type, e.count, round(e.count / most * _LONGEST, 2), i * _BAR_HEIGHT)
        for i, e in enumerate(shown)
    )
    text = "；".join(f"{visible(e.text)}，{SLOGAN_NAMES[e.type]}，{e.count} 次" for e in shown)
    return Chart(f"出现最多的 {len(shown)} 个用语", f"{text}。", len(shown) * _BAR_HEIGHT, bars)


def _short(text: str) -> str:
    return text if text_width(text) <= _LABEL else clip(text, _LABEL - 2) + "…"


def _page(title: str, summary: str, types: Sequence[TypeCount], failed: Sequence[tuple[str, str]], **more: Any) -> str:
    style = (folder("templates") / "reports" / "check.css").read_text(encoding="utf-8") + STYLE
    environment = template_environment()
    environment.filters["visible"] = visible
    given: dict[str, Any] = {"pages": (), "inventory": None, "chart": None, "nothing": ""}
    html = environment.from_string(TEMPLATE).render(
        title=title,
        summary=summary,
        types=types,
        failed=[(visible(path), visible(error)) for path, error in failed],
        names=SLOGAN_NAMES,
        shown=PLACES,
        version=__version__,
        style=style,
        script=SCRIPT,
        style_hash=source_hash(style),
        script_hash=source_hash(SCRIPT),
        **given | more,
    )
    return replace_surrogates(html).rstrip("\n") + "\n"
