"""What a rule is.

A rule is one immutable declaration. From it come its tests, its help, its page in the documentation and its row in
the SARIF rule table. The check itself is a function from a `Context` to `Hit`s: it reads no file, no configuration
and no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar, cast

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import GenreLabel
from docnlp.document.model import Document, Part
from docnlp.text.spans import SpanSet

T = TypeVar("T")

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
SEVERITY_NAMES: dict[str, str] = {"error": "严重错误", "warning": "一般错误", "info": "提示"}

FAMILIES: dict[str, str] = {
    "SEC": "结构与必备部分",
    "POL": "政策表述",
    "NUM": "序号与数目",
    "PUN": "标点符号",
    "DIG": "数字与日期",
    "RES": "抄写痕迹与空白",
    "TYP": "错别字",
    "CON": "前后矛盾",
    "STY": "文风",
    "FMT": "版式",
    "SYS": "检查本身的报告",
}


def at_least(severity: str, floor: str) -> bool:
    """Whether `severity` is as grave as `floor` or graver."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(floor)


class Fix(Enum):
    """What may be done with a rule's cure: applied by --fix, only with --unsafe-fixes, or shown only."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `replacement` in the place of [start, end)."""

    start: int
    end: int
    replacement: str


class Hit(NamedTuple):
    """What a check yields; a named tuple, since texts full of half-width marks yield tens of thousands.

    Attributes:
        start, end: As few characters as show the fault; both None for what is absent and has no place.
        message: One sentence in Chinese that names what was found and what to do.
        suggestions: Replacements of [start, end), best first; where the rule's fix is not SHOWN, the first one is
            the fix, unless `edits` says otherwise.
        edits: The fix where it is not simply the first suggestion; an empty tuple: this hit has none.
        section: The missing section (SEC only).
        severity: Overrides the rule's default severity; settings go on top.
        fix: Overrides the rule's kind of fix for this hit.
        source: What this hit stands on, where it is more than the rule's basis.
    """

    start: int | None
    end: int | None
    message: str
    suggestions: tuple[str, ...] = ()
    edits: tuple[Edit, ...] | None = None
    section: str | None = None
    severity: Severity | None = None
    fix: Fix | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit with everything a report needs. `start`/`end` are None only for a missing section without a place."""

    code: str
    name: str
    severity: Severity
    start: int | None
    end: int | None
    line: int
    column: int
    text: str
    message: str
    suggestions: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    section: str | None = None
    in_section: str | None = None
    source: str = ""

    @property
    def family(self) -> str:
        """First three letters of the code."""
        return self.code[:3]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule stands on.

    Attributes:
        name: Standard, document or practice, e.g. `GB/T 15834—2011《标点符号用法》`.
        clause: Only where the clause was verified, e.g. `4.5.3.5`.
        note: What it says, in our words.
    """

    name: str
    clause: str = ""
    note: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.clause}".strip()


@dataclass(frozen=True, slots=True)
class Bad:
    """A text the rule must report.

    Attributes:
        text: The text with every expected span between the two `marks`; nested marks are literal. A hit without a
            place (a missing section) is expected by `section` alone.
        fixed: The whole text after the fix, or None where nothing is fixed automatically.
        suggestion: The expected first suggestion of the first hit, or None.
        section: The missing section expected.
        absent: How many hits without a place are expected besides (something that is nowhere has no place).
        severity: The expected severity where it differs from the rule's default.
        as_of: Date of the check.
        path: File name, which decides the format (`x.txt` unless given).
        marks: The two characters used to mark spans.
    """

    text: str
    fixed: str | None = None
    suggestion: str | None = None
    section: str | None = None
    absent: int = 0
    severity: Severity | None = None
    as_of: date | None = None
    path: str = "x.txt"
    marks: str = "【】"


@dataclass(frozen=True, slots=True)
class Good:
    """A text the rule must leave alone, and why it is fine (Chinese)."""

    text: str
    why: str
    as_of: date | None = None
    path: str = "x.txt"


Options = Mapping[str, object]
NO_OPTIONS: Options = MappingProxyType({})


@dataclass(frozen=True)
class Context:
    """What a check may look at.

    Attributes:
        document: The document.
        analysis: What the models say of it.
        as_of: The day against which time is judged.
        options: Tables of the settings that rules declare to read (`sections`, `terms` …), defaults filled in.
    """

    document: Document
    analysis: Analysis
    as_of: date
    options: Options = field(default_factory=lambda: NO_OPTIONS)

    @property
    def text(self) -> str:
        """The text view."""
        return self.document.text

    @property
    def folded(self) -> str:
        """The folded text, same offsets."""
        return self.document.folded

    @cached_property
    def protected(self) -> SpanSet:
        """Spans that are no Chinese prose: URLs, mail addresses, file names, code, 【待填：…】 blanks."""
        from docnlp.rules.protected import protected_spans

        return SpanSet(protected_spans(self.document))

    @cached_property
    def _shared(self) -> dict[Callable[[Context], object], object]:
        return {}

    def shared(self, survey: Callable[[Context], T]) -> T:
        """What `survey` finds in this document, computed once for all rules that ask.

        Args:
            survey: A function of the context alone.
        """
        if survey not in self._shared:
            self._shared[survey] = survey(self)
        return cast("T", self._shared[survey])

    def parts(self) -> Iterable[tuple[Part, GenreLabel]]:
        """Parts with their genres."""
        return zip(self.document.parts, self.analysis.genres, strict=True)


Check = Callable[[Context], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """One declaration.

    Attributes:
        code: Family and three digits, e.g. `PUN001`. Never reused.
        name: kebab-case; names the pattern so that it reads well after "allow …".
        title: What it reports, in a few Chinese words.
        severity: Default severity.
        why: Why it matters, for a clerk, in Chinese.
        basis: What it stands on.
        check: The function.
        examples: Bad and good texts; at least one of each.
        fix: What may be done with the cure.
        needs_genre: False for rules that also run on a text that is no report.
        genres: Genres it applies to; empty for all.
        enabled: Whether it runs unless selected.
        options: Names of settings tables it reads.
    """

    code: str
    name: str
    title: str
    severity: Severity
    why: str
    basis: tuple[Basis, ...]
    check: Check
    examples: tuple[Bad | Good, ...]
    fix: Fix = Fix.SHOWN
    needs_genre: bool = False
    genres: tuple[str, ...] = ()
    enabled: bool = True
    options: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """Three letters."""
        return self.code[:3]

    @property
    def source(self) -> str:
        """The basis in one line."""
        return "；".join(str(b) for b in self.basis)
