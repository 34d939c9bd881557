"""The dated sentences: right and wrong uses of old and new wordings, written without sight of the rules."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from docnlp.rules import all_rules
from docnlp.testing import run_rule, unmark

FOLDER = Path(__file__).resolve().parent.parent / "policy_sentences"


@cache
def counts(name: str) -> tuple[int, int, int]:
    """Right, false, missed."""
    rules = [rule for rule in all_rules() if rule.family == "POL" and rule.enabled]
    right = false = missed = 0
    for row in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["sentence"]:
        text, spans = unmark(row["text"])
        found = [f for rule in rules for f in run_rule(rule, text, as_of=row["as_of"]) if f.severity != "info"]
        places = [(f.start, f.end) for f in found if f.start is not None and f.end is not None]
        hits = [any(a < end + 1 and start < b + 1 for a, b in places) for start, end in spans]
        right += sum(hits)
        missed += len(hits) - sum(hits)
        false += sum(not any(a < end + 1 and start < b + 1 for start, end in spans) for a, b in places)
    return right, false, missed


@pytest.mark.parametrize("name", ["open.toml", "locked.toml", "fresh.toml", "second.toml"])
def test_precision_and_recall(name: str) -> None:
    right, false, missed = counts(name)
    assert right / (right + false) >= 0.97, (right, false)
    assert right / (right + missed) >= 0.92, (right, missed)


@pytest.mark.parametrize("name", ["open.toml", "locked.toml", "fresh.toml", "second.toml"])
def test_half_of_them_are_right_uses(name: str) -> None:
    rows = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["sentence"]
    wrong = sum("【" in row["text"] for row in rows)
    assert len(rows) >= 200
    assert 0.4 <= wrong / len(rows) <= 0.6
    assert len({row["text"] for row in rows}) == len(rows)
