"""Which rules run, and how grave their findings are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docnlp.rules.base import Rule, Severity
from docnlp.settings import Settings


def _weight(rule: Rule, patterns: Iterable[str]) -> int:
    """Length of the longest pattern that names the rule: its code, its name, or a start of its code; 0 for none."""
    best = 0
    for p in patterns:
        if p == rule.name or p == rule.code:
            return 100
        if p == "ALL":
            best = max(best, 1)
        elif rule.code.startswith(p):
            best = max(best, 1 + len(p))
    return best


def rules_for(rules: Sequence[Rule], settings: Settings, genre: str | None, subgenre: str | None) -> list[Rule]:
    """The rules that run on a document of this kind. The most specific word on a rule wins, ignoring wins a tie."""
    special = [settings.per_subgenre[k] for k in (genre, subgenre) if k and k in settings.per_subgenre]
    select = [*settings.extend_select, *(p for s in special for p in s.extend_select)]
    ignore = [*settings.ignore, *settings.extend_ignore, *(p for s in special for p in s.ignore)]
    out = []
    for rule in rules:
        if settings.select:
            chosen = _weight(rule, settings.select)
        else:
            chosen = 1 if rule.enabled else 0
        chosen = max(chosen, _weight(rule, select))
        dropped = _weight(rule, ignore)
        if chosen == 0 or dropped >= chosen and dropped > 0:
            continue
        if rule.genres and genre not in rule.genres:
            continue
        if rule.needs_genre and genre is None:
            continue
        out.append(rule)
    return out


def severity_for(code: str, default: Severity, settings: Settings) -> Severity:
    """Severity after the user's overrides; the longest matching prefix wins."""
    best, found = -1, default
    for prefix, severity in settings.severity.items():
        if code.startswith(prefix) and len(prefix) > best:
            best, found = len(prefix), severity
    return found
