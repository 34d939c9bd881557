"""The slogans of many files as one list: phrase, type, how often, in which files, from which year to which."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import SLOGAN_NAMES, SloganType
from docnlp.checker import resolve_as_of
from docnlp.document.model import Document
from docnlp.reports.shared import visible
from docnlp.reports.slogan_list import Wish, wrapped
from docnlp.text.width import text_width, wrap

#: Quotation marks and spaces, after the width has been folded.
_QUOTES = re.compile(r"[“”‘’\"'「」『』〝〞\s]+")

#: A spreadsheet takes a cell that begins so for a formula.
_FORMULA = tuple("=+-@＝＋－＠")

#: A spreadsheet refuses a cell of more than 32,767 characters.
_MOST_IN_CELL = 30_000

CSV_HEADS = ("用语", "类型", "次数", "文件数", "最早年份", "最晚年份", "把握", "文件")


@dataclass(frozen=True, slots=True)
class Sighting:
    """One occurrence of a slogan: its words, where, and the year of the document."""

    text: str
    type: SloganType
    score: float
    path: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase over all files.

    Attributes:
        text: Its commonest form.
        type: The type it most often has.
        score: That of its surest occurrence.
        forms: How it is written, the commonest first, and how often.
        files: The files it occurs in, in the order they were read, and how often.
        first, last: The earliest and the latest year of a document that has it; None where no year is known.
    """

    text: str
    type: SloganType
    score: float
    forms: tuple[tuple[str, int], ...]
    files: tuple[tuple[str, int], ...]
    first: int | None
    last: int | None

    @property
    def count(self) -> int:
        """How often it occurs."""
        return sum(n for _, n in self.files)

    @property
    def years(self) -> str:
        """`2018～2023`, `2018`, or empty."""
        return str(self.first or "") if self.first == self.last else f"{self.first}～{self.last}"


@dataclass(frozen=True)
class Inventory:
    """What was found in all files.

    Attributes:
        entries: The most frequent phrase first.
        files: How many files were read.
        failed: Files that could not be read, each with the reason.
        wish: Which phrases were wanted.
    """

    entries: tuple[Entry, ...]
    files: int
    failed: tuple[tuple[str, str], ...] = ()
    wish: Wish = field(default_factory=Wish)

    @property
    def count(self) -> int:
        """Occurrences of all phrases."""
        return sum(e.count for e in self.entries)

    @property
    def types(self) -> list[tuple[str, list[Entry]]]:
        """The phrases of each type that occurs."""
        by_type = [(type_, [e for e in self.entries if e.type == type_]) for type_ in SLOGAN_NAMES]
        return [(type_, entries) for type_, entries in by_type if entries]


def year_of(document: Document, offset: int) -> int | None:
    """The year of a document.

    Args:
        document: The file; it may hold several documents.
        offset: Where in the text.

    Returns:
        The year of the date that the document at `offset` bears, else of the first date that the file bears, else
        the year in its title or file name; None where there is none.
    """
    here = next((p for p in document.parts if p.start <= offset < p.end), None)
    if here is not None and here.date:
        return here.date.year
    day, origin = resolve_as_of("document", document, date.max)
    return None if origin == "fallback" else day.year


def sightings(path: str, analysis: Analysis) -> list[Sighting]:
    """The slogans of one file, in order.

    Args:
        path: The file.
        analysis: Its analysis.
    """
    document = analysis.document
    return [
        Sighting(document.text[s.start : s.end], s.type, round(s.score, 3), path, year_of(document, s.start))
        for s in analysis.slogans
    ]


def phrase_key(text: str) -> str:
    """What two ways of writing one phrase have in common: quotation marks, spaces and width do not count."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", text))


def collect(
    found: Iterable[Sighting], files: int, failed: Sequence[tuple[str, str]] = (), wish: Wish | None = None
) -> Inventory:
    """Count.

    Args:
        found: The sightings of all files.
        files: How many files were read.
        failed: Files that could not be read, each with the reason.
        wish: Which phrases are wanted; all unless given.
    """
    wish = wish or Wish()
    groups: dict[str, list[Sighting]] = {}
    for sighting in found:
        groups.setdefault(phrase_key(sighting.text), []).append(sighting)
    entries = [_entry(group) for group in groups.values()]
    wanted = [e for e in entries if wish.takes(e.type, e.score)]
    wanted.sort(key=lambda e: (-e.count, -len(e.files), e.text))
    return Inventory(tuple(wanted), files, tuple(failed), wish)


def _entry(group: Sequence[Sighting]) -> Entry:
    forms = Counter(s.text for s in group).most_common()
    years = [s.year for s in group if s.year is not None]
    return Entry(
        text=forms[0][0],
        type=Counter(s.type for s in group).most_common(1)[0][0],
        score=max(s.score for s in group),
        forms=tuple(forms),
        files=tuple(Counter(s.path for s in group).items()),
        first=min(years, default=None),
        last=max(years, default=None),
    )


def summary(inventory: Inventory) -> str:
    """One sentence: how many files, phrases and occurrences, and the phrases of each type."""
    head = f"读了 {inventory.files} 个文件"
    if inventory.failed:
        head += f"，另有 {len(inventory.failed)} 个无法读取"
    wish = f"（{inventory.wish.words}）" if inventory.wish.words else ""
    if not inventory.entries:
        return f"{head}，{inventory.wish.nothing}{wish}。"
    types = "，".join(f"{SLOGAN_NAMES[type_]} {len(entries)} 个" for type_, entries in inventory.types)
    return f"{head}，共有 {len(inventory.entries)} 个用语，出现 {inventory.count} 次{wish}：{types}。"


def to_dict(inventory: Inventory) -> dict[str, Any]:
    """The inventory for JSON."""
    return {
        "files": inventory.files,
        "failed": [{"path": path, "error": error} for path, error in inventory.failed],
        "phrases": [
            {
                "text": e.text,
                "type": e.type,
                "score": e.score,
                "count": e.count,
                "first_year": e.first,
                "last_year": e.last,
                "forms": [{"text": text, "count": n} for text, n in e.forms],
                "files": [{"path": path, "count": n} for path, n in e.files],
            }
            for e in inventory.entries
        ],
    }


def to_rows(inventory: Inventory, columns: int, ambiguous: int) -> list[tuple[str, ...]]:
    """A table for a terminal: a row of heads, then a row or, where the words are wrapped, several a phrase.

    Args:
        inventory: What was found.
        columns: Columns there are for the table.
        ambiguous: Columns of an ambiguous character.
    """
    heads = ("类型", "次数", "文件", "年份", "用语")
    facts = [(SLOGAN_NAMES[e.type], f"{e.count:>4}", f"{len(e.files):>4}", e.years) for e in inventory.entries]
    widths = [max(text_width(cell, ambiguous) for cell in column) for column in zip(heads[:4], *facts, strict=True)]
    room = max(columns - sum(widths) - 2 * len(widths), 8)
    rows: list[tuple[str, ...]] = [heads]
    for fact, e in zip(facts, inventory.entries, strict=True):
        rows += wrapped(fact, [wrap(visible(e.text), room, ambiguous)])
    return rows


def to_csv(inventory: Inventory) -> str:
    """The inventory for a spreadsheet: a byte order mark, a row of heads, a row a phrase, lines ending with CR LF.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_HEADS)
    for e in inventory.entries:
        facts = (e.count, len(e.files), e.first or "", e.last or "", f"{e.score:.0%}")
        writer.writerow((_cell(e.text), SLOGAN_NAMES[e.type], *facts, _cell(_names(e))))
    return "\ufeff" + out.getvalue()


def _names(entry: Entry) -> str:
    """The files in one cell, as many as it holds."""
    names: list[str] = []
    length = 0
    for path, _ in entry.files:
        length += len(path) + 1
        if length > _MOST_IN_CELL:
            return "；".join(names) + f"；等 {len(entry.files)} 个文件"
        names.append(path)
    return "；".join(names)


def _cell(text: str) -> str:
    text = visible(text)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
