"""When a text was probably written, from the dated phrases in it.

Every dated phrase votes for the months in which it was in use; the months with most votes are the estimate. Years
that the text names are not used: a copied report has its years changed, its phrases betray it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from docnlp.document.model import Document
from docnlp.policy.citations import datings
from docnlp.policy.loading import timeline as shipped
from docnlp.policy.mentions import Judge, find
from docnlp.policy.timeline import Timeline

_FIRST_YEAR = 1998
#: Phrases arrive a little early in drafts and linger: months allowed before and behind.
_EARLY, _LATE = 2, 9
#: Where nothing bounds the period above, texts cite what came within these months.
_FRESH = 30


@dataclass(frozen=True, slots=True)
class Clue:
    """A dated phrase: its words, its place, and the days between which it was in use (None: open)."""

    words: str
    start: int
    end: int
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class WritingPeriod:
    """An estimate.

    Attributes:
        first, last: Years between which it was probably written, both included.
        year: The likeliest year.
        clues: What it rests on, in the order of the text.
        agreeing: How many of the clues agree with it.
    """

    first: int
    last: int
    year: int
    clues: tuple[Clue, ...]
    agreeing: int


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def clues(document: Document, timeline: Timeline | None = None) -> list[Clue]:
    """The dated phrases of a document, one for each wording, in order.

    Args:
        document: The document.
        timeline: The record; the shipped one unless given.
    """
    timeline = timeline or shipped()
    skeleton = document.skeleton
    text = document.text
    out: dict[tuple[date | None, date | None], Clue] = {}
    judge = Judge(document.folded, timeline.record_reaches)
    for mention in find(skeleton, timeline):
        entry = mention.entry
        if entry.confidence == "low" or not (entry.valid_from or entry.valid_until):
            continue
        place = judge.place(mention.start, mention.end)
        past = entry.history and (
            place.historical(entry.valid_until, timeline.record_reaches) or place.honoured() or place.in_series()
        )
        until = None if past else entry.valid_until
        if entry.valid_from is None and until is None:
            continue
        key = (entry.valid_from, until)
        out.setdefault(key, Clue(text[mention.start : mention.end], mention.start, mention.end, *key))
    for dating in datings(skeleton, timeline):
        key = (dating.since, dating.until)
        out.setdefault(key, Clue(text[dating.start : dating.end], dating.start, dating.end, *key))
    return sorted(out.values(), key=lambda clue: clue.start)


def writing_period(document: Document, timeline: Timeline | None = None) -> WritingPeriod | None:
    """The estimate, or None for a text without dated phrases or with too few to bound it.

    Args:
        document: The document.
        timeline: The record; the shipped one unless given.
    """
    timeline = timeline or shipped()
    found = clues(document, timeline)
    if not found:
        return None
    first, last = _FIRST_YEAR * 12, _month(timeline.record_reaches)
    # +1 while in use, 0 afterwards, -1 before: what nobody had heard of yet weighs more than what lingers
    votes = [0] * (last - first + 2)
    for clue in found:
        begin = _month(clue.since) - _EARLY if clue.since else first
        end = _month(clue.until) + _LATE if clue.until else last
        votes[0] -= 1
        votes[min(max(begin - first, 0), len(votes) - 1)] += 2
        votes[min(max(end - first + 1, 0), len(votes) - 1)] -= 1
    sums = list(accumulate(votes[:-1]))
    best = max(sums)
    end = first + len(sums) - 1 - sums[::-1].index(best)
    begin = end
    while begin > first and sums[begin - 1 - first] == best:
        begin -= 1
    bounded = any(clue.until and _month(clue.until) + _LATE >= end for clue in found if clue.until) and end < last
    if not bounded:
        if not any(clue.since for clue in found):
            return None
        newest = max(_month(clue.since) for clue in found if clue.since and _month(clue.since) <= end)
        begin = max(begin, newest - _EARLY)
        end = min(end, newest + _FRESH)
    elif begin == first:
        begin = max(begin, end - 5 * 12)
    middle = (begin + _EARLY + end) // 2
    return WritingPeriod(
        begin // 12 if begin % 12 < 10 else begin // 12 + 1, end // 12, min(middle, last) // 12, tuple(found), best
    )


def _agreeing(found: list[Clue], month: int) -> int:
    """How many of the clues were in use in a month."""
    return sum(
        (clue.since is None or _month(clue.since) - _EARLY <= month)
        and (clue.until is None or month <= _month(clue.until) + _LATE)
        for clue in found
    )
