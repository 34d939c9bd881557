"""The wordings and cues of sections and genres, read once from the tables beside this file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import add
from pathlib import Path
from typing import Any

from docnlp.analysis.base import SECTIONS
from docnlp.text.folding import fold
from docnlp.text.terms import TermMatcher

_HERE = Path(__file__).resolve().parent


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Wording:
    """A heading wording that was found: the section it stands for, the words, and whether it is only a soft sign."""

    section: str
    words: str
    soft: bool


@dataclass(frozen=True)
class SectionLexicon:
    """Wordings and cues of all sections.

    Attributes:
        wordings: Folded wording to section, for `match_heading`.
        heads: First two characters to the wordings that begin with them.
        soft: Wordings that only count where nothing stronger speaks.
        openings: Section to the pattern of its first words.
        opening: Matches wherever one of `openings` does.
        terms: Finder of cue words; values are (section, weight) pairs.
    """

    wordings: Mapping[str, str]
    heads: Mapping[str, tuple[str, ...]]
    soft: frozenset[str]
    openings: Mapping[str, re.Pattern[str]]
    opening: re.Pattern[str]
    terms: TermMatcher[tuple[tuple[str, float], ...]]

    def match_heading(self, heading: str) -> Wording | None:
        """The longest wording inside a folded heading; of equal ones the first named in the table of sections wins.

        Args:
            heading: Folded words of the heading, without its number.
        """
        best: tuple[int, int, str] | None = None
        bare = heading.replace(" ", "")
        whole = bare.rstrip(":。")
        heads = self.heads
        for head in map(add, bare, bare[1:]):
            if head not in heads:
                continue
            for words in heads[head]:
                if words in bare:
                    # A hard wording beats a soft one; a wording that is the whole heading beats everything.
                    weight = len(words) + (0 if words in self.soft else 2) + (20 if words == whole else 0)
                    key = (weight, -_PRIORITY[self.wordings[words]], words)
                    if best is None or key[:2] > best[:2]:
                        best = key
        if best is None:
            return None
        return Wording(self.wordings[best[2]], best[2], best[2] in self.soft)

    def wordings_of(self, section: str) -> list[str]:
        """Wordings of a section, in the order of the table."""
        return [w for w, s in self.wordings.items() if s == section]


# Where two wordings of one length stand in a heading, the section that is rarer in running work decides.
_PRIORITY = {
    s: i
    for i, s in enumerate(
        ("problems", "next_steps", "organization", "objectives", "guiding", "principles", "schedule", "safeguards", "preamble", "closing", "tasks", "frame")
    )
}


@cache
def _section_table() -> dict[str, Any]:
    return _load("sections.toml")


def section_lexicon(extra: Mapping[str, tuple[str, ...]] | None = None) -> SectionLexicon:
    """The shipped lexicon with a user's wordings on top.

    Args:
        extra: Section to heading wordings.
    """
    return _section_lexicon(tuple(sorted((extra or {}).items())))


@cache
def _section_lexicon(extra: tuple[tuple[str, tuple[str, ...]], ...]) -> SectionLexicon:
    wordings: dict[str, str] = {}
    soft: set[str] = set()
    openings: dict[str, re.Pattern[str]] = {}
    terms: dict[str, list[tuple[str, float]]] = {}
    for section in SECTIONS:
        table = _section_table().get(section, {})
        for words in table.get("headings", ()):
            wordings[fold(words)] = section
        for words in table.get("soft", ()):
            wordings[fold(words)] = section
            soft.add(fold(words))
        if table.get("openings"):
            openings[section] = re.compile("|".join(f"(?:{p})" for p in table["openings"]))
        for words, weight in table.get("terms", {}).items():
            terms.setdefault(fold(words), []).append((section, float(weight)))
    for name, more in extra:
        for words in more:
            wordings[fold(words)] = name
            soft.discard(fold(words))
    heads: dict[str, list[str]] = {}
    for words in wordings:
        heads.setdefault(words[:2], []).append(words)
    return SectionLexicon(
        wordings,
        {h: tuple(w) for h, w in heads.items()},
        frozenset(soft),
        openings,
        re.compile("|".join(f"(?:{p.pattern})" for p in openings.values())),
        TermMatcher({t: tuple(v) for t, v in terms.items()}),
    )


@dataclass(frozen=True)
class GenreLexicon:
    """Cues of genres.

    Attributes:
        floor: Genre to the least score that counts.
        early: Cues that count in the first part of a text; values are (genre, weight) pairs.
        terms: Cues that count anywhere.
        field: Words of the field.
    """

    floor: Mapping[str, float]
    early: TermMatcher[tuple[tuple[str, float], ...]]
    terms: TermMatcher[tuple[tuple[str, float], ...]]
    field: TermMatcher[None]


@cache
def genre_lexicon() -> GenreLexicon:
    """The shipped cues of genres."""
    table = _load("genre.toml")
    floor: dict[str, float] = {}
    early: dict[str, list[tuple[str, float]]] = {}
    terms: dict[str, list[tuple[str, float]]] = {}
    for genre, row in table.items():
        if genre == "field":
            continue
        floor[genre] = float(row["floor"])
        for target, name in ((early, "early"), (terms, "terms")):
            for words, weight in row.get(name, {}).items():
                target.setdefault(fold(words), []).append((genre, float(weight)))
    return GenreLexicon(
        floor,
        TermMatcher({t: tuple(v) for t, v in early.items()}),
        TermMatcher({t: tuple(v) for t, v in terms.items()}),
        TermMatcher({fold(t): None for t in table["field"]["terms"]}),
    )
