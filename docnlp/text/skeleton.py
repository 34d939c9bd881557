"""A text without the marks that writers use as they please, with the way back to the places in the text.

Official phrases come with straight, curly or missing quotation marks, with a comma or 、 of either width, with spaces
pasted into them. Matching looks at the letters only; `Skeleton.span` gives the place in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import cast

from docnlp.text.folding import fold

#: Quotation marks and spaces say nothing about which phrase it is; neither do the marks between items of a list.
QUOTES = "“”‘’\"'「」『』＂＇"
LIST_MARKS = "、，,"
_IGNORED = QUOTES + LIST_MARKS + " "
_RUN = re.compile(f"[^{re.escape(_IGNORED)}]+")
_PAIRS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"))
_DELETE = dict.fromkeys(map(ord, _IGNORED))


def bare(text: str) -> str:
    """`text` folded, without quotation marks, spaces and list marks."""
    return fold(text).translate(_DELETE)


class Skeleton:
    """The bare form of a text.

    Args:
        folded: The text, folded (same offsets as the text itself).

    Attributes:
        text: What is left.
        memo: What others found in it, so that they need not look twice.
    """

    __slots__ = ("_starts", "_targets", "folded", "memo", "text")

    def __init__(self, folded: str) -> None:
        self.folded = folded
        runs = _RUN.findall(folded)
        starts: list[int] = []
        targets: list[int] = []
        at = place = 0
        for run in runs:
            place = folded.index(run, place)
            starts.append(at)
            targets.append(place)
            at += len(run)
            place += len(run)
        self.text = "".join(runs)
        self.memo: dict[object, object] = {}
        self._starts = starts
        self._targets = targets

    @property
    def thirds(self) -> frozenset[str]:
        """All that stands in it of three characters: whether a longer wording may be there is one look."""
        found = self.memo.get("thirds")
        if found is None:
            text = self.text
            found = self.memo["thirds"] = frozenset([text[i : i + 3] for i in range(len(text) - 2)])
        return cast("frozenset[str]", found)

    def place(self, at: int) -> int:
        """Where the character at `at` of the skeleton stands in the text."""
        run = bisect_right(self._starts, at) - 1
        return self._targets[run] + at - self._starts[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of [start, end) of the skeleton.

        Marks at its edges are left out, but for a quotation mark whose other half stands inside.
        """
        a, b = self.place(start), self.place(end - 1) + 1
        piece = self.folded[a:b]
        for opening, closing in _PAIRS:
            if closing in piece and opening not in piece[: piece.index(closing)] and self.folded[a - 1 : a] == opening:
                a -= 1
            if opening in piece and closing not in piece[piece.rindex(opening) :] and self.folded[b : b + 1] == closing:
                b += 1
        return a, b

    def at(self, place: int) -> int:
        """The first place of the skeleton that is at or behind `place` of the text."""
        run = bisect_right(self._targets, place) - 1
        if run < 0:
            return 0
        inside = place - self._targets[run]
        length = (self._starts[run + 1] if run + 1 < len(self._starts) else len(self.text)) - self._starts[run]
        return self._starts[run] + min(inside, length)


def list_marks(text: str) -> int:
    """How many list marks (、 and commas) stand in `text`."""
    return sum(map(text.count, LIST_MARKS))
