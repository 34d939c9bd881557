"""What the timeline is made of: dated entries, and the ordered lists that formulas are built from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

EntryKind = Literal[
    "guiding", "congress", "plan", "campaign", "law", "institution", "concept", "term", "activity", "technology"
]
ENTRY_KINDS: dict[EntryKind, str] = {
    "guiding": "指导思想",
    "congress": "会议",
    "plan": "规划、计划",
    "campaign": "专项活动",
    "law": "法规与文件",
    "institution": "机构",
    "concept": "提法",
    "term": "用语",
    "activity": "创建活动",
    "technology": "技术与渠道",
}
Confidence = Literal["high", "medium", "low"]
CONFIDENCES: dict[Confidence, str] = {"high": "高", "medium": "中", "low": "低"}
When = Literal["any", "current"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated wording.

    Attributes:
        id: Identifier, e.g. `IN-019`.
        kind: What it is.
        forms: What is looked for; quotation marks, spaces and widths do not matter.
        valid_from: First day of right use; None where it is older than the record.
        valid_until: Last day of right use; None for what is still right.
        grace_until: No finding until this day, where a change took time to arrive everywhere.
        use: What to write now, best first.
        use_by_form: The same for single forms.
        event, issued_by: What ended it, and who decided.
        source: Address or document number; `常识` where none was opened.
        read: The day the source was opened; None where it was not.
        confidence: How sure the dates are.
        severity: Lowers the severity that `grade` would give.
        early: Whether use before `valid_from` is certainly wrong.
        unless_part_of: Longer strings in which a form is something else.
        only_with, not_with: Words of which one must, or none may, stand in the same sentence.
        not_followed_by, not_preceded_by: What makes the mention right when it stands behind or before it.
        when: `current`: only where the sentence speaks of work being done or planned.
        history: False for what is wrong even in a narration of the past.
        note: When a mention is fine, for people.
        bad, good: Examples; in `bad` the span stands between 【 and 】.
        pack: File it came from.
    """

    id: str
    kind: EntryKind
    forms: tuple[str, ...]
    valid_from: date | None = None
    valid_until: date | None = None
    grace_until: date | None = None
    use: tuple[str, ...] = ()
    use_by_form: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    event: str = ""
    issued_by: str = ""
    source: str = ""
    read: date | None = None
    confidence: Confidence = "medium"
    severity: Literal["error", "warning", "info"] | None = None
    early: bool = False
    unless_part_of: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    not_followed_by: tuple[str, ...] = ()
    not_preceded_by: tuple[str, ...] = ()
    when: When = "any"
    history: bool = True
    note: str = ""
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    pack: str = ""

    @property
    def stale_after(self) -> date | None:
        """The day after which it is reported; None for what never is."""
        if self.valid_until is None:
            return None
        return max(self.valid_until, self.grace_until or self.valid_until)

    @property
    def grade(self) -> Literal["error", "warning", "info"]:
        """Error only with an opened source and high confidence, info with low confidence, else warning."""
        grade: Literal["error", "warning", "info"] = "warning"
        if self.confidence == "low":
            grade = "info"
        elif self.read is not None and self.confidence == "high":
            grade = "error"
        order = ("error", "warning", "info")
        if self.severity is not None and order.index(self.severity) > order.index(grade):
            return self.severity
        return grade

    def cures(self, form: str) -> tuple[str, ...]:
        """What to write in the place of `form`."""
        return self.use_by_form.get(form, self.use)


@dataclass(frozen=True, slots=True)
class Congress:
    """A national congress of the party.

    Attributes:
        number: 16 for 十六大.
        name: `十六大`.
        opened, closed: Its days.
        plenaries: Its plenary sessions so far, in order.
        source: Address; `常识` where none was opened.
        read: The day the source was opened; None where it was not.
    """

    number: int
    name: str
    opened: date
    closed: date
    plenaries: tuple[Plenary, ...] = ()
    source: str = "常识"
    read: date | None = None


@dataclass(frozen=True, slots=True)
class Plenary:
    """A plenary session: its number within the congress' term, the day it closed and what it dealt with."""

    number: int
    closed: date
    theme: str
    source: str = "常识"
    read: date | None = None


@dataclass(frozen=True, slots=True)
class Thought:
    """An item of the list of guiding thought.

    Attributes:
        name: As it stands in the list.
        short: How texts name it, without marks; any of these is the item.
        since: From when the list must go on to it.
    """

    name: str
    short: tuple[str, ...]
    since: date
    source: str = "常识"
    read: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A numbered plan: `十四五` from 2021 to 2025; `kind` is `plan` or `law` (普法)."""

    name: str
    first: int
    last: int
    source: str = "常识"
    read: date | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A fixed set whose members go together, e.g. 四个自信, or a formula that a day asks for.

    Attributes:
        name: `四个自信`.
        items: Its members in order.
        since: From when it is right.
        until: Last day it is right in this shape; None: still.
    """

    name: str
    items: tuple[str, ...]
    since: date
    until: date | None = None
    source: str = "常识"
    read: date | None = None
