"""Every example of every rule, and what every declaration must have."""

from __future__ import annotations

import re

import pytest

from docnlp.rules import all_rules
from docnlp.rules.base import FAMILIES, Bad, Fix, Good, Rule
from docnlp.testing import unmark, verify_examples

#: Rules whose hits need settings, a Word file or the engine; they have tests of their own.
WITHOUT_EXAMPLES = {"SYS001", "SYS002", "TYP100", "NUM007"}
RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda r: f"{r.code}-{r.name}")


@RULES
def test_examples(rule: Rule) -> None:
    assert verify_examples(rule) == []


@RULES
def test_declaration(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert rule.family in FAMILIES
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", rule.name)
    assert rule.title
    assert rule.why.endswith("。")
    assert rule.basis
    kinds = {type(e) for e in rule.examples}
    assert kinds == (set() if rule.code in WITHOUT_EXAMPLES else {Bad, Good})
    if rule.fix is Fix.SHOWN:
        assert not any(isinstance(e, Bad) and e.fixed is not None for e in rule.examples)


def test_codes_and_names_are_unique() -> None:
    rules = all_rules()
    assert len({r.code for r in rules}) == len(rules)
    assert len({r.name for r in rules}) == len(rules)


def test_unmark() -> None:
    assert unmark("甲【乙】丙") == ("甲乙丙", [(1, 2)])
    assert unmark("【【待填】】") == ("【待填】", [(0, 4)])
    for bad in ("甲【乙", "甲】乙"):
        with pytest.raises(ValueError, match="unpaired"):
            unmark(bad)
