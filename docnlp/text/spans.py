"""Half-open intervals of code points and the few operations that are needed on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """`start` inclusive, `end` exclusive, counted in Unicode code points of `Document.text`."""

    start: int
    end: int


class SpanSet:
    """A set of spans that answers membership in O(log n).

    Args:
        spans: Any spans; overlapping and touching ones are merged.
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        starts: list[int] = []
        ends: list[int] = []
        for start, end in sorted(spans):
            if end <= start:
                continue
            if ends and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(start)
                ends.append(end)
        self._starts: Sequence[int] = starts
        self._ends: Sequence[int] = ends

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Span]:
        return iter([Span(s, e) for s, e in zip(self._starts, self._ends, strict=True)])

    def covers(self, start: int, end: int) -> bool:
        """Whether one member holds the whole of [start, end)."""
        i = bisect_right(self._starts, start) - 1
        return i >= 0 and self._ends[i] >= max(end, start + 1)

    def touches(self, start: int, end: int) -> bool:
        """Whether any member shares a character with [start, end)."""
        i = bisect_right(self._starts, max(end, start + 1) - 1) - 1
        return i >= 0 and self._ends[i] > start
