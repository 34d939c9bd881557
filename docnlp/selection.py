"""Which rules run, how grave their findings are, and what the words mean that name rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docnlp.rules import all_rules
from docnlp.rules.base import FAMILIES, Rule, Severity
from docnlp.settings import Settings
from docnlp.text.folding import fold

#: How much a word says about a rule that it names exactly; a longer prefix says more than a shorter one.
_EXACT = 100


def weight(code: str, name: str, patterns: Iterable[str]) -> int:
    """How precisely the most precise of `patterns` names a rule.

    Args:
        code: Code of the rule.
        name: Name of the rule.
        patterns: Codes, names, beginnings of codes, or `ALL`.

    Returns:
        0 where none names it, 1 for `ALL`, more for a beginning of the code by its length, most for code or name.
    """
    best = 0
    for p in patterns:
        if p in (code, name):
            return _EXACT
        if p == "ALL":
            best = max(best, 1)
        elif p and code.startswith(p):
            best = max(best, 1 + len(p))
    return best


def rules_for(rules: Sequence[Rule], settings: Settings, genre: str | None, subgenre: str | None) -> list[Rule]:
    """The rules that run on a document of this kind.

    The most precise word on a rule wins (code or name, then the longer prefix, then `ALL` and the default set). Of
    equally precise words the one given for the subgenre beats the one for the genre, and that the general one; where
    this is equal too, ignoring wins.

    Args:
        rules: The rules to choose from.
        settings: Settings.
        genre: Genre of the document, None where it is no report.
        subgenre: Subgenre, or None.
    """
    selecting: list[tuple[int, Sequence[str]]] = [(0, settings.select), (0, settings.extend_select)]
    ignoring: list[tuple[int, Sequence[str]]] = [(0, settings.ignore), (0, settings.extend_ignore)]
    for scope, key in ((1, genre), (2, subgenre)):
        if key is not None and (special := settings.per_subgenre.get(key)) is not None:
            selecting.append((scope, special.extend_select))
            ignoring.append((scope, special.ignore))
    out = []
    for rule in rules:
        chosen = _strongest(rule, selecting)
        if not settings.select and rule.enabled:
            chosen = max(chosen, (1, 0))
        dropped = _strongest(rule, ignoring)
        if chosen[0] == 0 or (dropped[0] > 0 and dropped >= chosen):
            continue
        if rule.genres and genre not in rule.genres:
            continue
        if rule.needs_genre and genre is None:
            continue
        out.append(rule)
    return out


def _strongest(rule: Rule, scoped: Iterable[tuple[int, Sequence[str]]]) -> tuple[int, int]:
    """(weight, scope) of the strongest word on a rule."""
    return max((weight(rule.code, rule.name, patterns), scope) for scope, patterns in scoped)


def severity_for(code: str, default: Severity, settings: Settings) -> Severity:
    """Severity after the user's overrides; the longest matching beginning of the code wins, `ALL` comes last."""
    best, found = 0, default
    for prefix, severity in settings.severity.items():
        precision = weight(code, code, (prefix,))
        if precision > best:
            best, found = precision, severity
    return found


def resolve(word: str) -> str | None:
    """What a word that names rules stands for.

    Args:
        word: A code, a beginning of a code, a family, a rule's name or `ALL`, in any width and case.

    Returns:
        The code, prefix or family in capitals, the code for a name; None where the word names nothing.
    """
    folded = fold(word).strip()
    upper = folded.upper()
    if not folded:
        return None
    if upper == "ALL" or upper in FAMILIES:
        return upper
    for rule in all_rules():
        if rule.code.startswith(upper):
            return upper
        if rule.name == folded:
            return rule.code
    return None


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that looks most like `word`, or None where none does."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(candidates), 1, 0.5)), None)


def nearest_pattern(word: str) -> str | None:
    """The code, family or name that looks most like `word`, or None where none does."""
    folded = fold(word).strip()
    codes = [r.code for r in all_rules()]
    names = [r.name for r in all_rules()]
    if any(c.isdigit() for c in folded):
        return nearest(folded.upper(), [*codes, *FAMILIES])
    return nearest(folded, names) or nearest(folded.upper(), [*FAMILIES, "ALL"])
