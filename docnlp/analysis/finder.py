"""Finding terms in running text faster than one position at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import compress, count
from operator import add
from typing import TypeVar

from docnlp.text.terms import TermHit, TermMatcher

V = TypeVar("V")
_FEW = 300  # different beginnings of two characters


class TermFinder(TermMatcher[V]):
    """A `TermMatcher` that looks only where the first two characters could be those of a term.

    Of a few terms these places are found by an expression, which knows the first characters and the second ones, not which
    belong together, so that it is quick to compile; of many, pair by pair.

    Args:
        terms: See `TermMatcher`.

    Raises:
        ValueError: A term has fewer than two characters.
    """

    __slots__ = ("_head", "_starts")

    def __init__(self, terms: Mapping[str, V] | Iterable[tuple[str, V]]) -> None:
        super().__init__(terms)
        self._starts = frozenset(term[:3] for term, _ in self.items())
        self._head: re.Pattern[str] | None = None
        if 0 < len(self._by_head) <= _FEW:
            first, second = (re.escape("".join(sorted({head[k] for head in self._by_head}))) for k in (0, 1))
            self._head = re.compile(f"[{first}](?=[{second}])")

    def find(self, text: str) -> Iterator[TermHit[V]]:
        """See `TermMatcher.find`."""
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
