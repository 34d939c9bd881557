"""What happens to findings between the rules and the report: a list of small pure steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docnlp.rules.base import SEVERITIES, Context, Finding
from docnlp.settings import Settings

if TYPE_CHECKING:
    from docnlp.baseline import Baseline


@dataclass
class FilterContext:
    """What the steps may look at, and the counts they leave behind."""

    context: Context
    settings: Settings
    rules_run: tuple[str, ...]
    baseline: Baseline | None = None
    suppressed: int = 0
    baselined: int = 0
    used: set[int] = field(default_factory=set)


Filter = Callable[[list[Finding], FilterContext], list[Finding]]


def default_filters() -> tuple[Filter, ...]:
    """The steps of every check, in order."""
    from docnlp.baseline import drop_baselined
    from docnlp.suppression import drop_suppressed

    return (drop_allowed, drop_overlaps, drop_suppressed, drop_baselined, sort)


def drop_allowed(findings: list[Finding], state: FilterContext) -> list[Finding]:
    """Leave out what lies inside a word or name that the user allows."""
    if not state.settings.allow:
        return findings
    from docnlp.text.folding import fold
    from docnlp.text.spans import SpanSet

    spans: list[tuple[int, int]] = []
    folded = state.context.folded
    for word in state.settings.allow:
        needle = fold(word)
        at = folded.find(needle) if needle else -1
        while at >= 0:
            spans.append((at, at + len(needle)))
            at = folded.find(needle, at + len(needle))
    allowed = SpanSet(spans)
    return [f for f in findings if f.start is None or f.end is None or not allowed.covers(f.start, f.end)]


def _gravity(f: Finding) -> tuple[int, int, str]:
    return SEVERITIES.index(f.severity), -((f.end or 0) - (f.start or 0)), f.code


def drop_overlaps(findings: list[Finding], state: FilterContext) -> list[Finding]:
    """Within a family, of findings that share characters keep the gravest, then the longest, then the lowest code."""
    placed: dict[str, list[Finding]] = {}
    out: list[Finding] = []
    for f in findings:
        if f.start is None or f.end is None or f.end <= f.start or f.family in ("SEC", "SYS"):
            out.append(f)
        else:
            placed.setdefault(f.family, []).append(f)
    for group in placed.values():
        group.sort(key=lambda f: (f.start or 0, _gravity(f)))
        cluster: list[Finding] = []
        reach = -1
        for f in group:
            if f.start is not None and f.start >= reach:
                out.extend(_best(cluster))
                cluster = []
            cluster.append(f)
            reach = max(reach, f.end or 0)
        out.extend(_best(cluster))
    return out


def _best(cluster: list[Finding]) -> list[Finding]:
    """Of one connected cluster, the best findings that do not overlap."""
    if len(cluster) <= 1:
        return cluster
    kept: list[Finding] = []
    for f in sorted(cluster, key=_gravity):
        if all((f.end or 0) <= (k.start or 0) or (f.start or 0) >= (k.end or 0) for k in kept):
            kept.append(f)
    return kept


def sort(findings: list[Finding], state: FilterContext) -> list[Finding]:
    """By place; what has no place comes first."""
    return sorted(findings, key=lambda f: (-1 if f.start is None else f.start, f.end or 0, f.code, f.section or ""))
