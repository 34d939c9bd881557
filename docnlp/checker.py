"""Settings + rules + document → report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docnlp import __version__
from docnlp.analysis import analyse
from docnlp.analysis.analysis import Analysis
from docnlp.baseline import Baseline, drop_baselined
from docnlp.document.build import build
from docnlp.document.model import Document, Note, Source
from docnlp.errors import DocnlpError, SettingsError
from docnlp.filters import Filter, FilterContext, drop_allowed, drop_overlaps, sort
from docnlp.readers import read, read_bytes
from docnlp.rules import all_rules
from docnlp.rules.base import Context, Edit, Finding, Fix, Hit, Rule, Severity, at_least
from docnlp.selection import rules_for, severity_for
from docnlp.settings import Settings
from docnlp.suppression import drop_suppressed

#: What happens to findings between the rules and the report, in order.
FILTERS: tuple[Filter, ...] = (drop_allowed, drop_overlaps, drop_suppressed, drop_baselined, sort)


@dataclass(frozen=True)
class FileReport:
    """What a check says of one file.

    Attributes:
        path: As given.
        genre, subgenre: Of the first part.
        error: Why the file could not be read, in Chinese; then there are no findings.
        findings: Sorted by place.
        as_of: The day used, and `as_of_from`: `given`, `today`, `document`, `year` or `fallback`.
        notes: What the reader and the checker noticed, e.g. that the text is no report.
        suppressed, baselined: How many findings were left out, and why.
        stale: How many findings the baseline knows that no longer occur.
        crashed: Codes of rules that raised.
        rules_run: How many rules ran.
        analysis: The analysed document, for reports that show the text; None where `error` is set.
    """

    path: str
    genre: str | None = None
    subgenre: str | None = None
    error: str | None = None
    findings: tuple[Finding, ...] = ()
    as_of: date | None = None
    as_of_from: str = ""
    notes: tuple[Note, ...] = ()
    suppressed: int = 0
    baselined: int = 0
    stale: int = 0
    crashed: tuple[str, ...] = ()
    rules_run: int = 0
    analysis: Analysis | None = None


@dataclass(frozen=True)
class CheckReport:
    """What a check says of all files; `as_of` is the setting when the files' days differ."""

    files: tuple[FileReport, ...]
    as_of: str
    fail_on: Severity = "warning"
    version: str = __version__

    @property
    def exit_status(self) -> int:
        """0 clean, 1 findings at or above `fail_on`, 2 unreadable input or a crashed rule (contract)."""
        if any(f.error or f.crashed for f in self.files):
            return 2
        failing = any(at_least(x.severity, self.fail_on) for f in self.files for x in f.findings)
        return 1 if failing else 0


_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def resolve_as_of(setting: str, document: Document, today: date) -> tuple[date, str]:
    """The day to judge by.

    Args:
        setting: `today`, `document` or YYYY-MM-DD.
        document: Whose date counts where the setting says so: the date it bears, else the year in its title or file
            name (its last day, or today where that is earlier), else today.
        today: The current day, given by the caller.

    Returns:
        The day and where it comes from: `given`, `today`, `document`, `year`, `fallback`.

    Raises:
        SettingsError: The setting is none of these.
    """
    if setting == "today":
        return today, "today"
    if setting != "document":
        try:
            return date.fromisoformat(setting), "given"
        except ValueError:
            raise SettingsError(f"日期“{setting}”读不懂", "请写成 2026-11-23 的样子，或者写 today、document", "as-of") from None
    if document.date:
        return document.date, "document"
    for where in (document.title or "", Path(document.path).name):
        if m := _YEAR.search(where):
            return min(date(int(m.group(1)), 12, 31), today), "year"
    return today, "fallback"


def to_finding(rule: Rule, hit: Hit, context: Context, settings: Settings) -> Finding:
    """A hit with its place, words and severity."""
    document = context.document
    if hit.start is None or hit.end is None:
        start = end = None
        line, column, words = 1, 1, ""
    else:
        start, end = hit.start, hit.end
        line, column = document.lines.locate(start)
        words = document.text[start:end]
    kind = hit.fix or rule.fix
    edits: tuple[Edit, ...] = ()
    if kind is not Fix.SHOWN:
        if hit.edits is not None:
            edits = hit.edits
        elif hit.suggestions and start is not None and end is not None:
            edits = (Edit(start, end, hit.suggestions[0]),)
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=severity_for(rule.code, hit.severity or rule.severity, settings),
        start=start,
        end=end,
        line=line,
        column=column,
        text=words,
        message=hit.message,
        suggestions=hit.suggestions,
        edits=edits,
        safe=bool(edits) and kind is Fix.SAFE,
        section=hit.section,
        in_section=context.analysis.section_at(start) if start is not None else None,
        source=hit.source or rule.source,
    )


def run_rules(rules: Iterable[Rule], context: Context, settings: Settings) -> tuple[list[Finding], list[str]]:
    """Findings of the rules, unfiltered, and the codes of rules that raised."""
    findings: list[Finding] = []
    crashed: list[str] = []
    for rule in rules:
        if rule.needs_genre and context.analysis.genre.genre is None:
            continue
        try:
            findings.extend([to_finding(rule, hit, context, settings) for hit in rule.check(context)])
        except Exception as error:  # a broken rule must not take the run down
            crashed.append(rule.code)
            findings.append(_crash(rule, error, context))
    return findings, crashed


def _crash(rule: Rule, error: Exception, context: Context) -> Finding:
    from docnlp.rules.sys import CRASHED

    message = (
        f"规则 {rule.code}（{rule.name}）检查 {context.document.path} 时出错（{type(error).__name__}：{error}），"
        f"该规则的结果缺失；请把这一行和文件一并反馈给维护者，或先用 --ignore {rule.code} 跳过它"
    )
    return Finding(CRASHED.code, CRASHED.name, CRASHED.severity, None, None, 1, 1, "", message, source=CRASHED.source)


def check_source(source: Source, settings: Settings, today: date, baseline: Baseline | None = None) -> FileReport:
    """Check what a reader returned."""
    document = build(source)
    analysis = analyse(document, settings.analysis)
    genre = analysis.genre
    as_of, as_of_from = resolve_as_of(settings.as_of, document, today)
    context = Context(document, analysis, as_of, options_of(settings))
    rules = rules_for(all_rules(), settings, genre.genre, genre.subgenre)
    found, crashed = run_rules(rules, context, settings)
    known = baseline.known(source.path) if baseline is not None else {}
    state = FilterContext(context, settings, tuple(r.code for r in rules), known)
    for step in FILTERS:
        found = step(found, state)
    notes = source.notes
    if genre.genre is None and document.text.strip():
        notes += (Note("no-report", "看不出是哪一种公文，只用标点、数字等语言规则检查，未查结构"),)
    return FileReport(
        path=source.path,
        genre=genre.genre,
        subgenre=genre.subgenre,
        findings=tuple(found),
        as_of=as_of,
        as_of_from=as_of_from,
        notes=notes,
        suppressed=state.suppressed,
        baselined=state.baselined,
        stale=state.stale,
        crashed=tuple(crashed),
        rules_run=len(rules),
        analysis=analysis,
    )


def options_of(settings: Settings) -> dict[str, object]:
    """The tables that rules may read."""
    return {"sections": settings.sections, "wordings": settings.wordings, "terms": settings.terms, "policy": settings.policy}


def check_file(path: str, settings: Settings, today: date, *, data: bytes | None = None, baseline: Baseline | None = None) -> FileReport:
    """Check one file; an unreadable one gives a report with `error` set.

    Args:
        path: The file, or the name to use for `data`.
        settings: Settings.
        today: The current day.
        data: Content that was read elsewhere (standard input).
        baseline: A loaded baseline, or None.
    """
    try:
        source = read(path, settings.limits) if data is None else read_bytes(data, path, settings.limits)
    except DocnlpError as error:
        return FileReport(path, error=_reason(error))
    return check_source(source, settings, today, baseline=baseline)


def _reason(error: DocnlpError) -> str:
    return str(replace_where(error))


def replace_where(error: DocnlpError) -> DocnlpError:
    """The same error without its `where`, for outputs that name the file themselves."""
    return type(error)(error.reason, error.advice)


__all__ = ["CheckReport", "FileReport", "check_file", "check_source", "resolve_as_of", "run_rules"]
