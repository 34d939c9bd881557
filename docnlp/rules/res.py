"""Rules."""
from docnlp.rules.base import Rule

RULES: tuple[Rule, ...] = ()
