"""What looks for citations in a text share: the text, the day, and what is said of a citation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from docnlp.policy.context import Place
from docnlp.policy.timeline import Timeline
from docnlp.text.skeleton import Skeleton

Topic = Literal["congress", "thought", "plan", "formula"]
Fault = Literal["stale", "early", "incomplete", "order", "mismatch"]


class Remark(NamedTuple):
    """Something wrong with a citation.

    Attributes:
        start, end: Its place in the text.
        topic, fault: What it is and what is wrong.
        message: In Chinese, without a final full stop.
        use: What to write, best first.
        source: Where the date comes from.
        certain: False for what is only worth a look.
    """

    start: int
    end: int
    topic: Topic
    fault: Fault
    message: str
    use: tuple[str, ...] = ()
    source: str = ""
    certain: bool = True


class Dating(NamedTuple):
    """A dated phrase: it speaks of something known from `since`, current until `until`."""

    start: int
    end: int
    since: date
    until: date | None


def chinese_day(day: date) -> str:
    """2017年10月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True)
class Survey:
    """Looks through one text on one day; a subclass for each topic.

    Args:
        skeleton: The text.
        timeline: The record.
        day: The day.
        own_years: Years that the document itself bears.
    """

    skeleton: Skeleton
    timeline: Timeline
    day: date
    own_years: frozenset[int] = frozenset()

    def place(self, start: int, end: int) -> Place:
        """[start, end) of the skeleton in its sentence."""
        a, b = self.skeleton.span(start, end)
        return Place(self.skeleton.folded, a, b, self.own_years)

    def newest(self, message: str) -> str:
        """Adds to what rests on the newest how far the record reaches."""
        if self.timeline.is_past_record(self.day):
            return f"{message}（时间线截至{chinese_day(self.timeline.record_reaches)}）"
        return message

    def remarks(self) -> Iterator[Remark]:
        """What is wrong with the citations."""
        raise NotImplementedError

    def datings(self) -> Iterator[Dating]:
        """Every citation as a clue to when the text was written."""
        raise NotImplementedError
