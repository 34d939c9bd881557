"""CON: places where a report contradicts itself, its own date or the map; one module a subject."""

from __future__ import annotations

from docnlp.rules import con_calendar, con_figures, con_names, con_places, con_time
from docnlp.rules.base import Rule

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*con_calendar.RULES, *con_places.RULES, *con_time.RULES, *con_figures.RULES, *con_names.RULES),
        key=lambda rule: rule.code,
    )
)
