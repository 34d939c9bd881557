"""The timeline: which terms there are, and what was the newest, the running and the complete on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from docnlp.policy.model import Congress, Entry, Formula, Period, Plenary, Thought
from docnlp.text.numerals import to_han
from docnlp.text.skeleton import bare, list_marks

#: How long after its end the record is still taken for the present state.
TRUSTED = timedelta(days=180)
#: How long a document may still name the meeting before the newest.
GRACE = timedelta(days=30)


class Dated(NamedTuple):
    """A wording and the day from which it is the complete one."""

    since: date
    text: str


#: A form as it is looked for: its letters, how many list marks it has, the number of its entry, how it is written.
Form = tuple[str, int, int, str]


def forms_by_head(rows: Iterable[tuple[int, Iterable[str]]]) -> dict[str, list[Form]]:
    """Forms by their first three letters, longest first.

    Args:
        rows: The number of each entry and its forms as written.
    """
    heads: dict[str, list[Form]] = {}
    for number, forms in rows:
        for written in forms:
            letters = bare(written).removeprefix("《").removesuffix("》")
            heads.setdefault(letters[:3], []).append((letters, list_marks(written), number, written))
    for found in heads.values():
        found.sort(key=lambda form: -len(form[0]))
    return heads


@dataclass(frozen=True)
class Timeline:
    """The record.

    Args:
        tables: The entries' tables; an `Entry` is made of one when it is first needed.
        make: Makes an entry of a table.
        record_reaches: The day up to which it is known that nothing newer came.
        congresses, thoughts, plans, law_plans, formulas, guiding, stances: See `docnlp.policy.model`.
        extra: Entries of the user's own packs.
        compiled_forms: What `forms` is for the tables alone, made beforehand.
    """

    tables: Sequence[Mapping[str, Any]]
    make: Callable[[Mapping[str, Any]], Entry]
    record_reaches: date
    congresses: tuple[Congress, ...]
    thoughts: tuple[Thought, ...]
    plans: tuple[Period, ...]
    law_plans: tuple[Period, ...]
    formulas: tuple[Formula, ...]
    guiding: tuple[Dated, ...]
    stances: tuple[Dated, ...]
    extra: tuple[Entry, ...] = ()
    compiled_forms: Mapping[str, Sequence[Form]] = field(default_factory=dict, compare=False, repr=False)
    _made: dict[int, Entry] = field(default_factory=dict, compare=False, repr=False)

    def with_packs(self, entries: Iterable[Entry]) -> Timeline:
        """The same with the user's entries; one with the id of a shipped entry takes its place."""
        own = tuple(entries)
        ids = {e.id for e in own}
        return Timeline(
            tables=tuple(t for t in self.tables if t["id"] not in ids),
            make=self.make,
            record_reaches=self.record_reaches,
            congresses=self.congresses,
            thoughts=self.thoughts,
            plans=self.plans,
            law_plans=self.law_plans,
            formulas=self.formulas,
            guiding=self.guiding,
            stances=self.stances,
            extra=own,
        )

    def __len__(self) -> int:
        return len(self.tables) + len(self.extra)

    def entry(self, number: int) -> Entry:
        """The entry of this number (0-based, shipped ones first)."""
        if number >= len(self.tables):
            return self.extra[number - len(self.tables)]
        if number not in self._made:
            self._made[number] = self.make(self.tables[number])
        return self._made[number]

    @property
    def entries(self) -> Iterator[Entry]:
        """All entries."""
        return (self.entry(i) for i in range(len(self)))

    @cached_property
    def forms(self) -> Mapping[str, Sequence[Form]]:
        """Forms by their first three letters (those of two by both), longest first."""
        if not self.extra and self.compiled_forms:
            return self.compiled_forms
        rows: list[tuple[int, Iterable[str]]] = [(i, t["forms"]) for i, t in enumerate(self.tables)]
        rows += [(len(self.tables) + i, e.forms) for i, e in enumerate(self.extra)]
        return forms_by_head(rows)

    @cached_property
    def short_forms(self) -> frozenset[str]:
        """Forms of two letters."""
        return frozenset(head for head in self.forms if len(head) == 2)

    # --- what a day asks for ---------------------------------------------------------------------------------------

    def congress(self, day: date, grace: timedelta = timedelta(0)) -> Congress:
        """The newest congress that was over `grace` before `day`; the oldest known for days before the record."""
        over = [c for c in self.congresses if c.closed + grace <= day]
        return over[-1] if over else self.congresses[0]

    def plenary(self, day: date, grace: timedelta = timedelta(0)) -> Plenary | None:
        """The newest plenary session of that congress' term; None before its first."""
        over = [p for p in self.congress(day, grace).plenaries if p.closed + grace <= day]
        return over[-1] if over else None

    def citation(self, day: date) -> str:
        """How to cite the newest congress and its plenary sessions on a day, e.g. 党的十九大和十九届二中、三中全会精神."""
        congress = self.congress(day)
        name = congress.name
        term = name.removesuffix("大")
        held = [p.number for p in congress.plenaries if p.closed <= day and p.number > 1]
        if (congress.number >= 20 and len(held) >= 3) or (congress.number == 19 and len(held) >= 5):
            return f"党的{name}和{term}届历次全会精神"
        if congress.number < 19:
            # the second session, on posts and offices, was not cited in these years
            held = [n for n in held if n > 2]
        if not held:
            return f"党的{name}精神"
        return f"党的{name}和{term}届{'、'.join(f'{to_han(n)}中' for n in held)}全会精神"

    def guiding_on(self, day: date) -> str:
        """The formula of guiding thought of a day."""
        return _last(self.guiding, day)

    def stance_on(self, day: date) -> str:
        """The formula of 四个意识 … of a day; empty before there was one."""
        return _last(self.stances, day)

    def plan_on(self, day: date) -> Period | None:
        """The five-year plan that runs on a day."""
        return next((p for p in self.plans if p.first <= day.year <= p.last), None)

    def law_plan_on(self, day: date) -> Period | None:
        """The plan of law education (普法) that runs on a day."""
        return next((p for p in self.law_plans if p.first <= day.year <= p.last), None)

    def campaigns_on(self, day: date) -> list[Entry]:
        """Campaigns under way on a day: those with both dates around it."""
        return [
            e
            for e in self.entries
            if e.kind == "campaign" and e.valid_from and e.valid_until and e.valid_from <= day <= e.valid_until
        ]

    def formula_on(self, name: str, day: date) -> Formula | None:
        """The set of this name as it was on a day."""
        return next(
            (f for f in self.formulas if f.name == name and f.since <= day and (f.until is None or day <= f.until)),
            None,
        )

    def cures(self, entry: Entry, form: str, day: date) -> tuple[str, ...]:
        """What to write in the place of a form on a day: today's names may not have existed then.

        Args:
            entry: The entry.
            form: The form that was found.
            day: The day of the text.
        """
        cures = entry.cures(form)
        if entry.kind == "guiding" and cures and self.thoughts[-1].since > day:
            return (*cures[1:], self.guiding_on(day)) if len(cures) > 1 else (self.guiding_on(day),)
        if not cures or all((self._begins.get(bare(cure)) or day) <= day for cure in cures):
            return cures
        between = [
            other
            for other in self._followers.get(entry.stale_after.year if entry.stale_after else 0, ())
            if other.valid_until is not None and other.valid_until > day and set(other.use) & set(entry.use)
        ]
        names = [name for other in between for name in other.forms if name[-1] == form[-1]]
        return (*names[:1], *(cure for cure in cures if (self._begins.get(bare(cure)) or day) <= day)) or cures

    @cached_property
    def _begins(self) -> dict[str, date]:
        """First day of what names did not exist before."""
        found: dict[str, date] = {}
        for table in self.tables:
            if "valid_from" in table and "valid_until" not in table:
                found.update(dict.fromkeys(map(bare, table["forms"]), date.fromisoformat(table["valid_from"])))
        for entry in self.extra:
            if entry.valid_from is not None and entry.valid_until is None:
                found.update(dict.fromkeys(map(bare, entry.forms), entry.valid_from))
        return found

    @cached_property
    def _followers(self) -> dict[int, list[Entry]]:
        """Institutions by the year before and the year in which they came."""
        found: dict[int, list[Entry]] = {}
        numbers = [i for i, t in enumerate(self.tables) if t["kind"] == "institution" and "valid_from" in t]
        for entry in (*map(self.entry, numbers), *(e for e in self.extra if e.kind == "institution" and e.valid_from)):
            assert entry.valid_from is not None
            for year in (entry.valid_from.year, entry.valid_from.year + 1):
                found.setdefault(year, []).append(entry)
        return found

    def is_past_record(self, day: date) -> bool:
        """Whether it is unknown on `day` what is the newest."""
        return day > self.record_reaches

    def is_outdated(self, day: date) -> bool:
        """Whether so much time lies between the end of the record and `day` that something newer is likely."""
        return day > self.record_reaches + TRUSTED


def _last(rows: Sequence[Dated], day: date) -> str:
    return next((row.text for row in reversed(rows) if row.since <= day), "")
