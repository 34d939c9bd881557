"""How good a slogan extractor is: the definition that `docnlp evaluate` and the benchmarks share.

**Phrases.** What counts is which phrases of a document are named, not how often each occurs. Phrases are compared
*normalised*: NFKC, lower case, without quotation marks, brackets, blanks, hyphens and punctuation (`norm`). Phrases that
are equal after normalising are one.

**Same phrase.** Annotators differ in where a slogan ends, so a found phrase and an annotated one are the same where
they are equal after normalising; or where one holds the other and the shorter one has at least 60 % of the characters
of the longer; or at least 40 %, where it is also one or several whole pieces of the longer one, cut at its commas,
colons, full stops and quotation marks.

**Scores.** Precision is the share of the found phrases that are the same as some annotated one, recall the share of the
annotated phrases that are the same as some found one, F1 their harmonic mean. Counts of several documents are added up
before dividing (micro average). Phrases on which annotators disagree may be given as `optional`: they count neither as
found nor as missed. Type accuracy is taken over the found phrases that are right: the share whose type is that of an
annotated phrase that is the same. With nothing annotated and nothing found, precision and recall are 1.

**Exact spans.** Besides, `span_scores` counts occurrences whose start and end are both exactly as annotated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from docnlp.analysis.base import Slogan, SloganType

#: Marks that do not tell phrases apart.
MARKS = frozenset("\"'“”‘’「」《》〈〉、，。,.;；:：!！?？()（） \t·`-—_")

#: Where the longer of two phrases may be cut.
_CUTS = re.compile(r"[“”‘’\"'、，,；;：:。]")

#: Shares of the longer phrase that the shorter one must have: anywhere inside, and as whole pieces.
_INSIDE, _PIECES = 0.6, 0.4


class Phrase(NamedTuple):
    """A phrase of a document and its type."""

    text: str
    type: SloganType


class Labelled(Protocol):
    """Anything with a place and a type, such as `Slogan` and `GoldSlogan`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> SloganType: ...


@lru_cache(maxsize=1 << 16)
def norm(text: str) -> str:
    """The phrase as it is compared: NFKC, lower case, without `MARKS`."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c not in MARKS).lower()


def same_phrase(a: str, b: str) -> bool:
    """Whether two phrases, one found and one annotated, are the same (see the module); symmetric.

    Args:
        a: A phrase as it stands in the text.
        b: Another one. A phrase of which nothing is left after normalising is the same as none.
    """
    x, y = norm(a), norm(b)
    if not x or not y:
        return False
    if x == y:
        return True
    (short, _), (long, raw) = sorted(((x, a), (y, b)), key=lambda pair: len(pair[0]))
    if short not in long:
        return False
    if len(short) >= _INSIDE * len(long):
        return True
    return len(short) >= _PIECES * len(long) and short in _runs(raw)


def _runs(phrase: str) -> set[str]:
    """Every run of neighbouring pieces of a phrase, normalised."""
    pieces = [norm(p) for p in _CUTS.split(phrase) if norm(p)]
    return {"".join(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)}


def phrases(text: str, slogans: Iterable[Labelled]) -> list[Phrase]:
    """The different phrases among slogans, by first occurrence.

    Args:
        text: The text view that the offsets count in.
        slogans: Occurrences. Where one phrase comes with several types, the surest (`score`) one stays, then the first.
    """
    best: dict[str, tuple[float, SloganType]] = {}
    for slogan in slogans:
        words = text[slogan.start : slogan.end]
        score = slogan.score if isinstance(slogan, Slogan) else 1.0
        if words not in best or score > best[words][0]:
            best[words] = (score, slogan.type)
    return [Phrase(words, kind) for words, (_, kind) in best.items()]


@dataclass(frozen=True, slots=True)
class SloganScores:
    """Counts of one document or of several; `+` adds them up.

    Attributes:
        found: Different phrases found, the optional ones left out.
        right: Of these, the same as an annotated one.
        gold: Different phrases annotated.
        met: Of these, the same as a found one.
        typed: Found phrases whose type was judged.
        typed_right: Of these, of the right type.
    """

    found: int = 0
    right: int = 0
    gold: int = 0
    met: int = 0
    typed: int = 0
    typed_right: int = 0

    def __add__(self, other: SloganScores) -> SloganScores:
        return SloganScores(
            self.found + other.found, self.right + other.right, self.gold + other.gold,
            self.met + other.met, self.typed + other.typed, self.typed_right + other.typed_right,
        )  # fmt: skip

    @property
    def precision(self) -> float:
        """Share of the found phrases that are right; 1 where nothing is found and nothing annotated."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of the annotated phrases that are found; 1 where nothing is annotated."""
        return self.met / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def type_accuracy(self) -> float | None:
        """Share of the right phrases whose type is right, None where there are none."""
        return self.typed_right / self.typed if self.typed else None


def slogan_scores(found: Sequence[Phrase], gold: Sequence[Phrase], optional: Sequence[Phrase] = ()) -> SloganScores:
    """Compare the phrases found in one document with the annotated ones (see the module).

    Args:
        found: What the extractor found; repeats count once.
        gold: What is annotated; repeats count once, and a phrase annotated with two types is right with either.
        optional: Phrases that are neither right nor wrong.
    """
    mine, wanted = _different(found), _different(gold)
    right = [p for p in mine if any(same_phrase(p, g) for g in wanted)]
    open_ = [p for p in mine if p not in right and any(same_phrase(p, o.text) for o in optional)]
    met = sum(any(same_phrase(p, g) for p in mine) for g in wanted)
    typed = typed_right = 0
    for text, kind in dict(reversed(found)).items():  # of repeats the first one counts
        kinds = {g.type for g in gold if same_phrase(text, g.text)}
        typed += bool(kinds)
        typed_right += kind in kinds
    return SloganScores(len(mine) - len(open_), len(right), len(wanted), met, typed, typed_right)


def type_scores(found: Sequence[Phrase], gold: Sequence[Phrase], kind: SloganType) -> SloganScores:
    """`slogan_scores` of the phrases of one type alone: a right phrase of the wrong type is wrong and missed.

    Args:
        found: What the extractor found.
        gold: What is annotated.
        kind: The type.
    """
    return slogan_scores([p for p in found if p.type == kind], [g for g in gold if g.type == kind])


def span_scores(found: Iterable[Labelled], gold: Iterable[Labelled]) -> SloganScores:
    """Compare occurrences: start and end must both be as annotated, types are judged among those.

    Args:
        found: What the extractor found in one document.
        gold: What is annotated in it.
    """
    mine = {(s.start, s.end): s.type for s in found}
    wanted = {(s.start, s.end): s.type for s in gold}
    hits = mine.keys() & wanted.keys()
    agreed = sum(mine[h] == wanted[h] for h in hits)
    return SloganScores(len(mine), len(hits), len(wanted), len(hits), len(hits), agreed)


def _different(items: Iterable[Phrase]) -> list[str]:
    """The texts that differ after normalising, each as it first stands."""
    first: dict[str, str] = {}
    for item in items:
        first.setdefault(norm(item.text), item.text)
    return list(first.values())
