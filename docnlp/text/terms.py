"""Finding many fixed terms in one pass.

A dictionary keyed on the first two characters is as fast in Python as a C automaton from about a thousand terms up,
needs no compiled dependency, and is linear: most positions cost one failed lookup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import compress, count
from operator import add
from typing import Generic, NamedTuple, TypeVar

V = TypeVar("V")

#: Different beginnings of two characters that are few.
_FEW = 300


class TermHit(NamedTuple, Generic[V]):
    """One occurrence: [start, end) in the text and the value given for the term."""

    start: int
    end: int
    value: V


class TermMatcher(Generic[V]):
    """Leftmost-longest, non-overlapping search for terms of two or more characters.

    It looks only where the first two characters could be those of a term. Of a few terms these places are found by an
    expression, which knows the first characters and the second ones, not which belong together, so that it is quick to
    compile; of many, pair by pair.

    Args:
        terms: Term to value; terms are matched literally in what `find` is given (fold both sides alike).

    Raises:
        ValueError: A term has fewer than two characters.
    """

    __slots__ = ("_by_head", "_count", "_head", "_starts")

    def __init__(self, terms: Mapping[str, V] | Iterable[tuple[str, V]]) -> None:
        by_head: dict[str, dict[str, V]] = {}
        items = terms.items() if isinstance(terms, Mapping) else terms
        size = 0
        for term, value in items:
            if len(term) < 2:
                raise ValueError(f"term too short: {term!r}")
            by_head.setdefault(term[:2], {})[term] = value
            size += 1
        # per head: lengths, longest first, and the terms themselves
        self._by_head = {h: (sorted({len(t) for t in ts}, reverse=True), ts) for h, ts in by_head.items()}
        self._count = size
        self._starts = frozenset(term[:3] for terms in by_head.values() for term in terms)
        self._head: re.Pattern[str] | None = None
        if 0 < len(by_head) <= _FEW:
            first, second = (re.escape("".join(sorted({head[k] for head in by_head}))) for k in (0, 1))
            self._head = re.compile(f"[{first}](?=[{second}])")

    def __len__(self) -> int:
        return self._count

    def items(self) -> Iterator[tuple[str, V]]:
        """The terms with their values."""
        for _, terms in self._by_head.values():
            yield from terms.items()

    def find(self, text: str) -> Iterator[TermHit[V]]:
        """Occurrences in order; at one place the longest term wins, and the search goes on behind it."""
        by_head, starts = self._by_head, self._starts
        done = 0
        places: Iterable[int]
        if self._head is not None:
            places = [m.start() for m in self._head.finditer(text)]
        else:
            places = compress(count(), map(by_head.__contains__, map(add, text, text[1:])))
        for at in places:
            head = text[at : at + 2]
            if at >= done and (text[at : at + 3] in starts or head in starts):
                lengths, terms = by_head[head]
                for n in lengths:
                    piece = text[at : at + n]
                    if piece in terms:
                        done = at + len(piece)
                        yield TermHit(at, done, terms[piece])
                        break
