"""The slogans of one file: each phrase once, with all its places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import SLOGAN_NAMES, Slogan, SloganType
from docnlp.document.model import Document
from docnlp.reports.shared import visible
from docnlp.text.width import text_width, wrap

#: What is said where there is nothing to list.
NOTHING = "没有找到口号或活动名称"
NOTHING_WANTED = "没有符合条件的口号或活动名称"

#: No column of words is laid out narrower than this.
_LEAST = 8


@dataclass(frozen=True, slots=True)
class Wish:
    """Which phrases are listed.

    Attributes:
        types: Their types; empty for all.
        min_score: How sure docnlp must be of a phrase in its surest place, 0 to 1.
    """

    types: frozenset[str] = frozenset()
    min_score: float = 0.0

    def takes(self, type_: str, score: float) -> bool:
        """Whether a phrase is listed."""
        return (not self.types or type_ in self.types) and score >= self.min_score

    @property
    def words(self) -> str:
        """The wish in Chinese: `只列数字缩略、对仗口号，把握不低于 80%`; empty where everything is listed."""
        names = "、".join(name for type_, name in SLOGAN_NAMES.items() if type_ in self.types)
        parts = [f"只列{names}"] if names else []
        if self.min_score > 0:
            parts.append(f"把握不低于 {self.min_score * 100:g}%")
        return "，".join(parts)

    @property
    def nothing(self) -> str:
        """What is said where nothing is listed."""
        return NOTHING_WANTED if self.words else NOTHING


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of one file.

    Attributes:
        text: As written.
        type, score: Of its surest occurrence; the score is rounded to three digits.
        places: Its occurrences, in order.
    """

    text: str
    type: SloganType
    score: float
    places: tuple[Slogan, ...]


def phrases(document: Document, slogans: Iterable[Slogan], wish: Wish | None = None) -> tuple[Phrase, ...]:
    """The phrases of a file by first occurrence; repeats of the same words are one phrase.

    Args:
        document: The text.
        slogans: What was found in it, in order.
        wish: Which of them are wanted; all unless given.
    """
    places: dict[str, list[Slogan]] = {}
    for slogan in slogans:
        places.setdefault(document.text[slogan.start : slogan.end], []).append(slogan)
    found = []
    for text, occurrences in places.items():
        surest = max(occurrences, key=lambda s: round(s.score, 3))
        found.append(Phrase(text, surest.type, round(surest.score, 3), tuple(occurrences)))
    return tuple(p for p in found if wish is None or wish.takes(p.type, p.score))


def to_dict(path: str, analysis: Analysis, wish: Wish | None = None) -> dict[str, Any]:
    """The phrases of a file for JSON.

    Args:
        path: The file.
        analysis: Its analysis.
        wish: Which phrases are wanted; all unless given.
    """
    document = analysis.document
    return {
        "path": path,
        "slogans": [
            {
                "text": phrase.text,
                "type": phrase.type,
                "score": phrase.score,
                "occurrences": [{"start": s.start, "end": s.end, "line": document.lines.line(s.start)} for s in phrase.places],
            }
            for phrase in phrases(document, analysis.slogans, wish)
        ],
    }


def to_rows(document: Document, found: Sequence[Phrase], columns: int, ambiguous: int) -> list[tuple[str, ...]]:
    """A table of phrases for a terminal: a row of heads, then a row or, where words are wrapped, several a phrase.

    Args:
        document: The text.
        found: Its phrases.
        columns: Columns there are for the table.
        ambiguous: Columns of an ambiguous character.
    """
    heads = ("类型", "次数", "把握", "用语", "位置")
    cells = []
    for phrase in found:
        lines = "、".join(dict.fromkeys(str(document.lines.line(s.start)) for s in phrase.places))
        count, score = f"{len(phrase.places):>4}", f"{phrase.score:>4.0%}"
        cells.append((SLOGAN_NAMES[phrase.type], count, score, visible(phrase.text), f"第 {lines} 行"))
    widths = [max(text_width(cell, ambiguous) for cell in column) for column in zip(heads, *cells, strict=True)]
    room = columns - sum(widths[:3]) - 2 * (len(widths) - 1)
    place = min(widths[4], max(12, room // 3, room - widths[3]))
    phrase_room = max(room - place, _LEAST)
    rows: list[tuple[str, ...]] = [heads]
    for *facts, text, where in cells:
        rows += wrapped(facts, [wrap(text, phrase_room, ambiguous), wrap(where, place, ambiguous)])
    return rows


def wrapped(facts: Sequence[str], texts: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The rows that one row becomes when its last cells are wrapped.

    Args:
        facts: Cells of one line; they stand in the first row only.
        texts: The lines of each further cell.
    """
    blank = [""] * len(facts)
    return [(*(facts if i == 0 else blank), *lines) for i, lines in enumerate(zip_longest(*texts, fillvalue=""))]
