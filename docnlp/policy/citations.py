"""Citations that follow a grammar rather than a list: meetings, guiding thought, numbered plans, fixed sets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docnlp.policy.meetings import Meetings
from docnlp.policy.plans import Plans
from docnlp.policy.sets import Sets
from docnlp.policy.survey import Dating, Remark
from docnlp.policy.thoughts import Thoughts
from docnlp.policy.timeline import Timeline
from docnlp.text.skeleton import Skeleton

_SURVEYS = (Meetings, Thoughts, Plans, Sets)


def remarks(
    skeleton: Skeleton, timeline: Timeline, day: date, own_years: frozenset[int] = frozenset()
) -> Iterator[Remark]:
    """What is wrong with the citations of a text on a day, by topic.

    Args:
        skeleton: The text.
        timeline: The record.
        day: The day.
        own_years: Years that the document itself bears.
    """
    for survey in _SURVEYS:
        yield from survey(skeleton, timeline, day, own_years).remarks()


def datings(skeleton: Skeleton, timeline: Timeline) -> Iterator[Dating]:
    """The citations of a text as clues to when it was written."""
    for survey in _SURVEYS:
        yield from survey(skeleton, timeline, timeline.record_reaches).datings()
