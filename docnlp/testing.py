"""Helpers for testing rules; plug-in authors may use them too.

`run_rule` checks one text with one rule; `verify_examples` holds every example of a rule against what it reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from docnlp.analysis import analyse
from docnlp.checker import options_of, to_finding
from docnlp.document.build import build
from docnlp.filters import FilterContext, drop_overlaps, sort
from docnlp.readers.plain import source_from_text
from docnlp.rules.base import Bad, Context, Edit, Finding, Good, Rule
from docnlp.settings import Settings

#: The day examples are judged on unless they say otherwise.
EXAMPLE_DAY = date(2026, 11, 23)


def unmark(text: str, marks: str = "【】") -> tuple[str, list[tuple[int, int]]]:
    """Split a marked example into the text and the marked spans; nested marks are literal.

    Raises:
        ValueError: The marks do not pair.
    """
    opening, closing = marks[0], marks[1]
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for c in text:
        if c == opening:
            depth += 1
            if depth == 1:
                start = len(out)
                continue
        elif c == closing:
            depth -= 1
            if depth < 0:
                raise ValueError(f"unpaired mark in example: {text}")
            if depth == 0:
                spans.append((start, len(out)))
                continue
        out.append(c)
    if depth:
        raise ValueError(f"unpaired mark in example: {text}")
    return "".join(out), spans


def run_rule(rule: Rule, text: str, *, as_of: date = EXAMPLE_DAY, path: str = "x.txt", settings: Settings | None = None) -> list[Finding]:
    """Findings of one rule on one text, with overlaps removed as in a check."""
    settings = settings or Settings()
    document = build(source_from_text(text, path))
    context = Context(document, analyse(document, settings.analysis), as_of, options_of(settings))
    findings = [to_finding(rule, hit, context, settings) for hit in rule.check(context)]
    state = FilterContext(context, settings, (rule.code,))
    return sort(drop_overlaps(findings, state), state)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not overlap."""
    for e in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
        text = text[: e.start] + e.replacement + text[e.end :]
    return text


def verify_examples(rule: Rule) -> list[str]:
    """What is wrong with the examples of a rule, one line a fault; empty where all hold."""
    faults: list[str] = []
    for example in rule.examples:
        if isinstance(example, Good):
            found = run_rule(rule, example.text, as_of=example.as_of or EXAMPLE_DAY, path=example.path)
            if found:
                faults.append(f"{rule.code} good {example.text!r}: reported {[(f.text, f.message) for f in found]}")
        else:
            faults.extend(_verify_bad(rule, example))
    return faults


def _verify_bad(rule: Rule, example: Bad) -> Sequence[str]:
    text, spans = unmark(example.text, example.marks)
    found = run_rule(rule, text, as_of=example.as_of or EXAMPLE_DAY, path=example.path)
    faults: list[str] = []
    name = f"{rule.code} bad {example.text!r}"
    if example.section is not None:
        if example.section not in [f.section for f in found]:
            faults.append(f"{name}: section {example.section} not reported, got {[f.section for f in found]}")
    elif not spans and not example.absent:
        faults.append(f"{name}: expects nothing")
    elif [(f.start, f.end) for f in found] != [(None, None)] * example.absent + spans:
        faults.append(f"{name}: reported {[(f.start, f.end, f.text) for f in found]}, expected {[(s, e, text[s:e]) for s, e in spans]}")
    if example.suggestion is not None and (not found or example.suggestion not in found[0].suggestions[:1]):
        faults.append(f"{name}: first suggestion {[f.suggestions for f in found]}, expected {example.suggestion}")
    if example.severity is not None and any(f.severity != example.severity for f in found):
        faults.append(f"{name}: severity {[f.severity for f in found]}, expected {example.severity}")
    if example.fixed is not None:
        fixed = apply_edits(text, (e for f in found for e in f.edits))
        if fixed != example.fixed:
            faults.append(f"{name}: fixed to {fixed!r}, expected {example.fixed!r}")
        again = run_rule(rule, fixed, as_of=example.as_of or EXAMPLE_DAY, path=example.path)
        if again:
            faults.append(f"{name}: still reported after the fix: {[f.text for f in again]}")
    elif any(f.edits for f in found):
        faults.append(f"{name}: has a fix, but the example does not say the fixed text")
    return faults
