"""The report as JSON, for scripts and editors."""

from __future__ import annotations

import json
from typing import Any

from docnlp.checker import CheckReport, FileReport
from docnlp.document.model import Note
from docnlp.reports.shared import escape_surrogates, summarize
from docnlp.rules.base import Finding


def render(report: CheckReport) -> str:
    """The report as JSON with the keys of the reference documentation first, ending with a line feed.

    Args:
        report: What a check found. Every occurrence is a finding of its own.
    """
    return escape_surrogates(json.dumps(to_dict(report), ensure_ascii=False, indent=2)) + "\n"


def to_dict(report: CheckReport) -> dict[str, Any]:
    """The report as plain dicts and lists."""
    summary = summarize(report)
    return {
        "version": report.version,
        "as_of": report.as_of,
        "files": [_file(file) for file in report.files],
        "summary": {
            "files": summary.files,
            "unreadable": summary.unreadable,
            "findings": summary.findings,
            **summary.by_severity,
            "suppressed": summary.suppressed,
            "baselined": summary.baselined,
            "fixable": summary.safe,
            "fixable_unsafe": summary.unsafe,
        },
    }


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "path": file.path,
        "genre": file.genre,
        "subgenre": file.subgenre,
        "error": file.error,
        "findings": [finding_dict(f) for f in file.findings],
        "as_of": file.as_of.isoformat() if file.as_of else None,
        "as_of_from": file.as_of_from or None,
        "notes": [_note(n) for n in file.notes],
        "suppressed": file.suppressed,
        "baselined": file.baselined,
        "rules_run": file.rules_run,
        "crashed": list(file.crashed),
    }


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code, "message": note.message, "start": note.start, "end": note.end}


def finding_dict(finding: Finding) -> dict[str, Any]:
    """One finding with the keys of the reference documentation."""
    edits = [{"start": e.start, "end": e.end, "replacement": e.replacement} for e in finding.edits]
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "line": finding.line,
        "column": finding.column,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "fix": {"safe": finding.safe, "edits": edits} if edits else None,
        "section": finding.section,
        "in_section": finding.in_section,
        "source": finding.source,
    }
