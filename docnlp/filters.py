"""What happens to findings between the rules and the report: a list of small pure steps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from docnlp.rules.base import SEVERITIES, Context, Finding
from docnlp.settings import Settings
from docnlp.text.folding import fold


@dataclass
class FilterContext:
    """What the steps may look at, and the counts they leave behind.

    Attributes:
        context: The document that was checked.
        settings: Settings.
        rules_run: Codes of the rules that ran.
        known: What a baseline knows of this file, with counts.
        suppressed: How many findings markers in the text left out.
        baselined: How many findings the baseline left out.
        stale: How many findings the baseline knows of this file that no longer occur.
        used: Numbers of the markers that left something out.
    """

    context: Context
    settings: Settings
    rules_run: tuple[str, ...]
    known: Mapping[Hashable, int] = field(default_factory=dict)
    suppressed: int = 0
    baselined: int = 0
    stale: int = 0
    used: set[int] = field(default_factory=set)


Filter = Callable[[list[Finding], FilterContext], list[Finding]]


def drop_allowed(findings: list[Finding], state: FilterContext) -> list[Finding]:
    """Leave out what lies inside one occurrence of a word or name that the user allows.

    Blanks inside an occurrence do not matter (张　三 is 张三), but a finding that marks nothing except blanks stays
    unless the word is allowed with them. What is missing (`section`) and SYS are no words and stay.
    """
    words = {fold(w).strip() for w in state.settings.allow}
    words.discard("")
    candidates = [f for f in findings if f.start is not None and f.section is None and f.family != "SYS"]
    if not words or not candidates:
        return findings
    allowed = _Allowed(words, state.context.folded, candidates)
    return [
        f for f in findings if f.start is None or f.section is not None or f.family == "SYS" or not allowed.holds(f)
    ]


class _Allowed:
    """Occurrences of allowed words near findings.

    Only the neighbourhood of the findings is searched: a word that holds a finding begins at most its own length
    before it. The search costs one or two look-ups a character however many words there are.
    """

    def __init__(self, words: set[str], folded: str, findings: Iterable[Finding]) -> None:
        self._folded = folded
        squeezed = {w.replace(" ", "") for w in words}
        self._heads: dict[str, set[str]] = {}
        self._lengths: dict[str, list[int]] = {}
        for word in squeezed:
            self._heads.setdefault(word[:2], set()).add(word)
        for head, group in self._heads.items():
            self._lengths[head] = sorted({len(w) for w in group}, reverse=True)
        reach = 2 * max(map(len, words))  # twice, for blanks
        exact: list[tuple[int, int]] = []
        loose: list[tuple[int, int]] = []
        for low, high in _merged(((f.start or 0) - reach, (f.end or 0) + reach) for f in findings):
            for span in self._search(max(low, 0), min(high, len(folded))):
                loose.append(span)
                if folded[span[0] : span[1]] in words:
                    exact.append(span)
        self._loose = _Reach(loose)
        self._exact = _Reach(exact)

    def holds(self, f: Finding) -> bool:
        """Whether one occurrence holds the whole finding; an empty one must lie between two of its characters."""
        start, end = f.start or 0, f.end or 0
        if end <= start:
            return self._loose.of(start - 1) > start
        blank = not self._folded[start:end].strip()
        return (self._exact if blank else self._loose).of(start) >= end

    def _search(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Every occurrence in [low, high), also those that overlap."""
        folded = self._folded
        places = [i for i in range(low, high) if folded[i] != " "]
        text = "".join([folded[i] for i in places])
        for at, char in enumerate(text):
            pair = text[at : at + 2]
            for head in (pair, char) if len(pair) == 2 else (char,):
                if group := self._heads.get(head):
                    for n in self._lengths[head]:
                        if at + n <= len(text) and text[at : at + n] in group:
                            yield places[at], places[at + n - 1] + 1


class _Reach:
    """How far the spans that begin at or before a place go."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        spans.sort()
        self._starts = [s for s, _ in spans]
        self._ends = list(accumulate((e for _, e in spans), max))

    def of(self, start: int) -> int:
        """The furthest end among the spans that begin at or before `start`; -1 where there is none."""
        i = bisect_right(self._starts, start) - 1
        return self._ends[i] if i >= 0 else -1


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, overlapping ones joined."""
    low = high = -1
    for start, end in sorted(spans):
        if high >= 0 and start <= high:
            high = max(high, end)
            continue
        if high >= 0:
            yield low, high
        low, high = start, end
    if high >= 0:
        yield low, high


_Place = tuple[int, int, str, str, str, tuple[str, ...]]


def _place(f: Finding) -> _Place:
    return (-1 if f.start is None else f.start, f.end or 0, f.code, f.section or "", f.message, f.suggestions)


def _rank(f: Finding) -> tuple[int, int, str, _Place]:
    """The gravest first, then the longest, then the lowest code, then the first in the text."""
    return SEVERITIES.index(f.severity), (f.start or 0) - (f.end or 0), f.code, _place(f)


def drop_overlaps(findings: list[Finding], state: FilterContext) -> list[Finding]:
    """Of findings of one family that share characters keep the gravest, then the longest, then the lowest code.

    SEC and SYS are left alone: they speak of parts and of docnlp, and several may rightly stand at one place.
    """
    out: list[Finding] = []
    starts: dict[str, list[int]] = {}
    ends: dict[str, list[int]] = {}
    for f in sorted(findings, key=_rank):
        start, end = f.start, f.end
        if start is None or end is None or end <= start or f.family in ("SEC", "SYS"):
            out.append(f)
            continue
        taken_starts, taken_ends = starts.setdefault(f.family, []), ends.setdefault(f.family, [])
        i = bisect_left(taken_starts, start)
        if (i and taken_ends[i - 1] > start) or (i < len(taken_starts) and taken_starts[i] < end):
            continue
        taken_starts.insert(i, start)
        taken_ends.insert(i, end)
        out.append(f)
    return sort(out, state)


def sort(findings: list[Finding], state: FilterContext) -> list[Finding]:
    """By place; what has no place comes first."""
    return sorted(findings, key=_place)
