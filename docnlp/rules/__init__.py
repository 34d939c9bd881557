"""The rules, one module a family; `all_rules` loads them when first asked."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from docnlp.rules.base import Rule

_MODULES = ("sec", "pol", "num", "pun", "dig", "res", "typ", "con", "sty", "sys")


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by family in the order of `FAMILIES`, then by code."""
    rules: list[Rule] = []
    for name in _MODULES:
        rules.extend(import_module(f"docnlp.rules.{name}").RULES)
    return tuple(rules)
