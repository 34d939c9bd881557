"""Words that a rewriting program put in the place of others (洗稿、伪原创).

Sites that sell model texts pass them through a table of near-synonyms, so that search engines take them for new:
积极 becomes 用心, 创建 becomes 建立, 提供 becomes 带给. Every one of these is a good word elsewhere. What tells them is
the company they keep, and how many different ones stand in one document. The table is `res_spinning.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Any, Literal, NamedTuple

from docnlp.text.late import late

Tier = Literal["strong", "weak", "wide"]

#: Where a clause ends: `…` does not reach over these.
_STOPS = "。，；：！？,;:!?…\n"
#: What `$` and `^` stand for, besides both ends of the text.
_EDGES = frozenset(["", *_STOPS, *"、“”（）()《》."])
#: The most characters that `…` stands for.
REACH = 12
_CLAUSE = late(f"[^{_STOPS}]*")

#: A document is taken for rewritten from this score on, and its less certain words are reported.
PROVEN = 4
#: From this score on, every use of a `wide` word outside its ordinary contexts is reported.
SOAKED = 6
#: Characters a document may have for every hit, to be taken for rewritten.
THIN = 1500
#: A part shorter than this is judged by the whole file.
SHORT = 800


class Spun(NamedTuple):
    """One suspicious word: its place, what it probably was (best first) and how certain that is."""

    start: int
    end: int
    original: tuple[str, ...]
    tier: Tier


_ALTERNATIVES = late(r"\[([^\]]*)\]")


def _expand(pattern: str) -> list[str]:
    """`甲[乙|丙]` → 甲乙, 甲丙."""
    pieces = _ALTERNATIVES.split(pattern)
    choices = [p.split("|") if i % 2 else [p] for i, p in enumerate(pieces)]
    return ["".join(c) for c in product(*choices)]


class _Side:
    """Contexts on one side of a word. Seen from the left side everything is mirrored: texts are read backwards.

    Plain texts, nearly all of them, are looked up together; no pattern is compiled, which would cost more than all
    the looking.

    Args:
        patterns: Texts to stand next to the word, each with one `…` and an edge at its far end at the most.
        edge: The sign for the edge: `$` behind the word, `^` before it.
    """

    __slots__ = ("_always", "_bare", "_edged", "_far", "_plain")

    def __init__(self, patterns: Iterable[str], edge: str) -> None:
        plain: list[str] = []
        edged: list[str] = []
        far: dict[str, list[str]] = {}
        for p in patterns:
            near, gap, tail = p.partition("…") if edge == "$" else p.rpartition("…")[::-1]
            if gap:
                far.setdefault(near, []).append(tail)
            elif edge in p:
                edged.append(p.replace(edge, ""))
            else:
                plain.append(p)
        self._always = "" in plain
        self._bare = "" in edged
        nearest = 0 if edge == "$" else -1
        self._plain = _by_char(plain, nearest)
        self._edged = _by_char(edged, nearest)
        self._far = tuple((k, tuple(v), max(map(len, v))) for k, v in far.items())

    def behind(self, text: str, at: int) -> bool:
        """Whether any of the contexts begins at `at`."""
        char = text[at : at + 1]
        if self._always or (char in self._plain and text.startswith(self._plain[char], at)):
            return True
        for p in self._edged.get(char, ()):
            if text.startswith(p, at) and text[at + len(p) : at + len(p) + 1] in _EDGES:
                return True
        if self._bare and char in _EDGES:
            return True
        for near, tails, longest in self._far:
            if text.startswith(near, at):
                start = at + len(near)
                clause = _CLAUSE.match(text, start, start + REACH + longest)
                window = clause.group() if clause else ""
                if any(t in window for t in tails):
                    return True
        return False

    def before(self, text: str, at: int) -> bool:
        """Whether any of the contexts ends at `at`."""
        char = text[max(0, at - 1) : at]
        if char in self._plain and text.endswith(self._plain[char], 0, at):
            return True
        for p in self._edged.get(char, ()):
            if text.endswith(p, 0, at) and text[max(0, at - len(p) - 1) : at - len(p)] in _EDGES:
                return True
        if self._bare and char in _EDGES:
            return True
        for near, tails, longest in self._far:
            if text.endswith(near, 0, at):
                end = at - len(near)
                clause = _CLAUSE.match(text[max(0, end - REACH - longest) : end][::-1])
                window = clause.group()[::-1] if clause else ""
                if any(t in window for t in tails):
                    return True
        return False


def _by_char(texts: Iterable[str], index: int) -> dict[str, tuple[str, ...]]:
    """Texts under their first (0) or last (-1) character."""
    out: dict[str, tuple[str, ...]] = {}
    for t in texts:
        if t:
            out[t[index]] = (*out.get(t[index], ()), t)
    return out


class _Contexts:
    """Contexts of one word: what may stand behind it, what before, and pairs of both.

    Args:
        patterns: Contexts written with `~` for the word, `…`, `[甲|乙]`, `^` and `$`.

    Raises:
        ValueError: A context does not hold exactly one `~`.
    """

    __slots__ = ("_after", "_before", "_pairs")

    def __init__(self, patterns: Iterable[str]) -> None:
        after: list[str] = []
        before: list[str] = []
        self._pairs: list[tuple[_Side, _Side]] = []
        for pattern in patterns:
            if pattern.count("~") != 1:
                raise ValueError(f"a context needs exactly one ~: {pattern}")
            left, right = map(_expand, pattern.split("~"))
            if left == [""]:
                after.extend(right)
            elif right == [""]:
                before.extend(left)
            else:
                self._pairs.append((_Side(left, "^"), _Side(right, "$")))
        self._after = _Side(after, "$")
        self._before = _Side(before, "^")

    def fit(self, text: str, start: int, end: int) -> bool:
        """Whether any context fits the word at [start, end)."""
        if self._after.behind(text, end) or self._before.before(text, start):
            return True
        for left, right in self._pairs:  # noqa: SIM110 (this runs at every listed word; a generator costs a third more)
            if left.before(text, start) and right.behind(text, end):
                return True
        return False


class _Word:
    """One row of the table; its contexts are unfolded when the word is first met."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.original: tuple[str, ...] = tuple(row["original"])
        self._row = row

    @cached_property
    def _contexts(self) -> tuple[_Contexts, _Contexts, _Contexts, _Contexts]:
        never, strong, legit, weak = (_Contexts(self._row.get(k, ())) for k in ("never", "strong", "legit", "weak"))
        return never, strong, legit, weak

    def tier(self, text: str, start: int, end: int) -> Tier | None:
        """How certain it is that the word at [start, end) was put in; None where it is an ordinary use."""
        never, strong, legit, weak = self._contexts
        if never.fit(text, start, end):
            return None
        if strong.fit(text, start, end):
            return "strong"
        if legit.fit(text, start, end):
            return None
        if weak.fit(text, start, end):
            return "weak"
        return "wide" if self._row.get("wide", False) else None


class Table:
    """The table of rewritten words.

    Args:
        rows: The `[[word]]` tables of `res_spinning.toml`.

    Raises:
        ValueError: A word is listed twice.
    """

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.words: dict[str, _Word] = {}
        for row in rows:
            spun = row["spun"]
            if spun in self.words:
                raise ValueError(f"listed twice: {spun}")
            self.words[spun] = _Word(row)
        ordered = sorted(self.words, key=lambda w: (-len(w), w))
        self._seek = re.compile("|".join(map(re.escape, ordered)))

    def find(self, text: str, spans: Sequence[tuple[int, int]] = ()) -> Iterator[Spun]:
        """Words that a program put in, in order.

        Args:
            text: The text view.
            spans: [start, end) of the documents in it, in order; each is judged for itself. The whole text unless
                given.
        """
        spans = spans or ((0, len(text)),)
        read = [self._read(text, start, end) for start, end in spans]
        whole = self._level([s for hits in read for s in hits], text, spans)
        for span, hits in zip(spans, read, strict=True):
            level = whole if len(spans) == 1 or span[1] - span[0] < SHORT else self._level(hits, text, (span,))
            sure = {s.original for s in hits if s.tier != "wide"} if level == "wide" else set()
            for s in hits:
                if s.tier == "strong" or (s.tier == "weak" and level) or s.original in sure:
                    yield s

    def _read(self, text: str, start: int, end: int) -> list[Spun]:
        hits: list[Spun] = []
        for m in self._seek.finditer(text, start, end):
            word = self.words[m.group()]
            tier = word.tier(text, m.start(), m.end())
            if tier is not None:
                hits.append(Spun(m.start(), m.end(), word.original, tier))
        return hits

    def _level(self, hits: Sequence[Spun], text: str, spans: Sequence[tuple[int, int]]) -> Tier | None:
        """What the hits of the documents at `spans` prove: nothing, that `weak` words count, or `wide` ones too."""
        certain = [s for s in hits if s.tier != "wide"]
        strong = {s.original for s in certain if s.tier == "strong"}
        weak = Counter(s.original for s in certain if s.original not in strong)
        if 2 * len(strong) + len(weak) < PROVEN or len(certain) * THIN < sum(end - start for start, end in spans):
            return None
        # a program leaves few of the words it replaces
        kept = sum(n >= sum(text.count(o[0], *span) for span in spans) for o, n in weak.items())
        score = 2 * len(strong) + kept
        return None if score < PROVEN else "wide" if score >= SOAKED else "weak"


@cache
def table() -> Table:
    """The shipped table, loaded when first asked."""
    import tomllib

    with Path(__file__).with_name("res_spinning.toml").open("rb") as f:
        return Table(tomllib.load(f)["word"])
