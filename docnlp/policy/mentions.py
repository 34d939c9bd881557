"""Finding the timeline's terms in a text, and judging each on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, cast

from docnlp.policy.context import Place
from docnlp.policy.model import Entry
from docnlp.policy.timeline import Form, Timeline
from docnlp.text.skeleton import LIST_MARKS, Skeleton

#: In a form of this many letters or more a list mark between its parts does not matter.
LOOSE = 5
#: How far behind a mention the rest of a list is looked for.
REST = 40
#: How far before it, in the clause.
LEAD = 12

#: Drafts name a thing a little before its day.
SLACK = timedelta(days=30)

#: Naming one of these is using it, whatever the verb.
_NAMED_WHEN_USED = frozenset(["law", "term", "technology", "institution"])
#: What a title names as a whole.
_TITLED = frozenset(["law", "plan"])
#: What is told of when it is over.
_TOLD = frozenset(["campaign", "plan", "congress", "activity"])
#: What has an end on a day, everywhere at once.
_EVENTS = frozenset(["campaign", "congress"])

Verdict = Literal["fine", "stale", "early"]


class Mention(NamedTuple):
    """An occurrence of an entry's form: [start, end) in the text."""

    start: int
    end: int
    entry: Entry
    form: str


def find(skeleton: Skeleton, timeline: Timeline) -> Sequence[Mention]:
    """Occurrences, leftmost-longest, none inside a longer string that means something else.

    Args:
        skeleton: The text; it remembers what was found.
        timeline: Whose entries to look for.
    """
    key = ("mentions", id(timeline))
    if key not in skeleton.memo:
        skeleton.memo[key] = tuple(_find(skeleton, timeline))
    return cast("Sequence[Mention]", skeleton.memo[key])


def _find(skeleton: Skeleton, timeline: Timeline) -> Iterator[Mention]:
    text = skeleton.text
    heads = timeline.forms
    found: list[tuple[int, Sequence[Form]]] = []
    heard = set(heads.keys() & skeleton.thirds)
    heard.update(form for form in timeline.short_forms if form in text)
    for head in heard:
        at = text.find(head)
        while at >= 0:
            found.append((at, heads[head]))
            at = text.find(head, at + 1)
    found.sort(key=lambda pair: (pair[0], -len(pair[1][0][0])))
    done = 0
    for at, forms in found:
        if at < done:
            continue
        for letters, marks, number, written in forms:
            if not text.startswith(letters, at):
                continue
            stop = at + len(letters)
            start, end = skeleton.span(at, stop)
            if not _marks_fit(skeleton.folded[start:end], letters, marks):
                continue
            entry = timeline.entry(number)
            if entry.unless_part_of and _part_of(text, at, stop, letters, entry.unless_part_of):
                continue
            done = stop
            yield Mention(start, end, entry, written)
            break


def _marks_fit(piece: str, letters: str, marks: int) -> bool:
    """Whether the list marks inside the occurrence are no more than the form has, or harmless."""
    if "\n" in piece:
        return False
    commas = piece.count("，") + piece.count(",")
    pauses = piece.count("、")
    if commas + pauses <= marks:
        return True
    return len(letters) >= LOOSE and commas == 0


def _part_of(text: str, start: int, end: int, letters: str, longer: Iterable[str]) -> bool:
    for whole in longer:
        whole = whole.translate(_DROP)
        inside = whole.find(letters)
        while inside >= 0:
            if start >= inside and text.startswith(whole, start - inside):
                return True
            inside = whole.find(letters, inside + 1)
    return False


_DROP = {ord(c): None for c in LIST_MARKS + "“”‘’《》 "}


@dataclass(frozen=True)
class Judge:
    """Judges mentions on a day.

    Args:
        text: The folded text.
        day: The day.
        own_years: Years the document bears.
    """

    text: str
    day: date
    own_years: frozenset[int] = frozenset()

    def place(self, start: int, end: int) -> Place:
        """The mention in its sentence."""
        return Place(self.text, start, end, self.own_years)

    def verdict(self, mention: Mention) -> Verdict:
        """Whether the mention is right on the day."""
        entry = mention.entry
        stale_after = entry.stale_after
        if stale_after is not None and self.day > stale_after:
            return "stale" if self._counts(mention) else "fine"
        if entry.valid_until is not None and self.day > entry.valid_until and entry.kind in _EVENTS:
            # in the months after the end it may be reported on, but not be under way
            under_way = self.place(mention.start, mention.end).under_way()
            return "stale" if under_way and self._counts(mention) else "fine"
        if entry.early and entry.valid_from is not None and self.day < entry.valid_from - SLACK:
            place = self.place(mention.start, mention.end)
            unless = place.in_other_title() or any(word in place.sentence for word in entry.not_with)
            return "fine" if unless else "early"
        return "fine"

    def _counts(self, mention: Mention) -> bool:
        entry = mention.entry
        place = self.place(mention.start, mention.end)
        sentence = place.sentence
        if entry.only_with and not any(word in sentence for word in entry.only_with):
            return False
        if any(word in sentence for word in entry.not_with):
            return False
        behind = _letters(place.after[:REST])
        if any(_letters(word) in behind[: _reach(word)] for word in entry.not_followed_by):
            return False
        if any(word in place.clause_before[-LEAD:] for word in entry.not_preceded_by):
            return False
        if entry.history:
            if place.historical(entry.valid_until, self.day, 2 if entry.kind in _TITLED else 0):
                return False
            if entry.kind not in ("guiding", "congress", "law") and place.honoured():
                return False
            if entry.kind == "law" and "废止" in sentence:
                return False
            told = entry.kind in _TOLD or (entry.kind == "concept" and entry.when == "current")
            if told and (place.finished() or place.in_series()):
                return False
        return entry.when == "any" or entry.kind in _NAMED_WHEN_USED or place.current()


def _reach(word: str) -> int:
    """How far behind a mention a word is looked for: one or two letters say something only right behind it."""
    return {1: 2, 2: 6}.get(len(_letters(word)), REST)


def _letters(words: str) -> str:
    return words.translate(_DROP)
