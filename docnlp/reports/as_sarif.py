"""The report as SARIF 2.1.0, for code hosts and editors."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from docnlp.checker import CheckReport, FileReport
from docnlp.document.model import Document
from docnlp.reports.rule_page import markdown
from docnlp.reports.shared import cure, escape_surrogates, fix_mark
from docnlp.rules import all_rules
from docnlp.rules.base import FAMILIES, Edit, Finding, Rule
from docnlp.text.folding import fold

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[str, str] = {"error": "error", "warning": "warning", "info": "note"}
#: How many characters on each side of a finding tell it from others of its kind.
_AROUND = 16


def render(report: CheckReport, *, rules: Sequence[Rule] | None = None) -> str:
    """The report as one SARIF log with one run, ending with a line feed.

    Args:
        report: What a check found.
        rules: The rule table; all shipped rules unless given.
    """
    table = all_rules() if rules is None else rules
    indices = {rule.code: i for i, rule in enumerate(table)}
    results: list[dict[str, Any]] = []
    for i, file in enumerate(report.files):
        results.extend(_results(file, i, indices))
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "docnlp",
                        "version": report.version,
                        "semanticVersion": report.version,
                        "language": "zh-CN",
                        "rules": [_rule(rule) for rule in table],
                    }
                },
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(report, indices)],
                "artifacts": [_artifact(file) for file in report.files],
                "results": results,
                "properties": {"asOf": report.as_of},
            }
        ],
    }
    return escape_surrogates(json.dumps(log, ensure_ascii=False)) + "\n"


def uri(path: PurePath) -> str:
    """A file's name as a URI reference: percent-encoded, with forward slashes, `file:` only for an absolute path."""
    name = path.as_posix()
    try:
        encoded = quote(name, safe="/", errors="surrogateescape")
    except UnicodeEncodeError:
        encoded = quote(name, safe="/", errors="surrogatepass")
    if not path.is_absolute():
        return encoded
    if path.drive.startswith(("\\\\", "//")):  # \\server\share
        return "file:" + encoded
    if path.drive:
        return "file:///" + encoded.replace("%3A", ":", 1)
    return "file://" + encoded


def _text(text: str) -> str:
    """A message string: braces would begin a placeholder and are doubled, as the specification asks (3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _rule(rule: Rule) -> dict[str, Any]:
    basis = f"依据：{rule.source}。" if rule.source else ""
    configuration: dict[str, Any] = {"level": _LEVELS[rule.severity]}
    if not rule.enabled:
        configuration["enabled"] = False
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": _text(rule.title)},
        "fullDescription": {"text": _text(rule.why)},
        "help": {"text": _text(f"{rule.title}。{rule.why}{basis}"), "markdown": _text(markdown(rule))},
        "defaultConfiguration": configuration,
        "properties": {"family": rule.family, "familyName": FAMILIES[rule.family], "tags": [FAMILIES[rule.family]], "fix": rule.fix.value},
    }


def _location(file: FileReport, index: int) -> dict[str, Any]:
    return {"uri": uri(PurePath(file.path)), "index": index}


def _artifact(file: FileReport) -> dict[str, Any]:
    out: dict[str, Any] = {"location": {"uri": uri(PurePath(file.path))}, "roles": ["analysisTarget"]}
    if file.error is None:
        day = file.as_of.isoformat() if file.as_of else None
        out["properties"] = {"genre": file.genre, "subgenre": file.subgenre, "asOf": day, "asOfFrom": file.as_of_from or None}
    return out


def _invocation(report: CheckReport, indices: dict[str, int]) -> dict[str, Any]:
    notifications: list[dict[str, Any]] = []
    for i, file in enumerate(report.files):
        where = [{"physicalLocation": {"artifactLocation": _location(file, i)}}]
        if file.error is not None:
            notifications.append({"level": "error", "message": {"text": _text(f"无法读取：{file.error}")}, "locations": where, "descriptor": {"id": "unreadable"}})
        for code in file.crashed:
            rule: dict[str, Any] = {"id": code}
            if code in indices:
                rule["index"] = indices[code]
            message = {"text": f"规则 {code} 运行出错，它的结果缺失"}
            notifications.append({"level": "error", "message": message, "locations": where, "descriptor": {"id": "rule-crashed"}, "associatedRule": rule})
        for note in file.notes:
            notifications.append({"level": "note", "message": {"text": _text(note.message)}, "locations": where, "descriptor": {"id": note.code}})
    status = report.exit_status
    return {"executionSuccessful": status != 2, "exitCode": status, "toolExecutionNotifications": notifications}


def _results(file: FileReport, index: int, indices: dict[str, int]) -> list[dict[str, Any]]:
    document = file.analysis.document if file.analysis else None
    seen: Counter[str] = Counter()
    out = []
    for f in file.findings:
        location: dict[str, Any] = {"artifactLocation": _location(file, index)}
        if f.start is not None and f.end is not None:
            location["region"] = _region(document, f)
        words = cure(f)
        result: dict[str, Any] = {"ruleId": f.code}
        if f.code in indices:
            result["ruleIndex"] = indices[f.code]
        key = _fingerprint(f, document)
        seen[key] += 1
        result |= {
            "level": _LEVELS[f.severity],
            "message": {"text": _text(f"{f.message}（改为：{words}）" if words else f.message)},
            "locations": [{"physicalLocation": location}],
            "partialFingerprints": {"wordsAround/v1": f"{key}:{seen[key]}"},
        }
        # Edits of a Word or PDF file count in its text view: nothing that a SARIF viewer could apply to the bytes.
        if f.edits and document is not None and document.source.format in ("txt", "md"):
            replacements = [{"deletedRegion": _span(document, e.start, e.end), "insertedContent": {"text": e.replacement}} for e in f.edits]
            change = {"artifactLocation": _location(file, index), "replacements": replacements}
            result["fixes"] = [{"description": {"text": _describe(f.edits, f)}, "artifactChanges": [change]}]
        result["properties"] = {"family": f.family, "name": f.name, "suggestions": list(f.suggestions)}
        if f.edits:
            result["properties"]["safeFix"] = f.safe
        if f.section:
            result["properties"]["missingSection"] = f.section
        if f.in_section:
            result["properties"]["inSection"] = f.in_section
        out.append(result)
    return out


def _describe(edits: Sequence[Edit], finding: Finding) -> str:
    return f"{fix_mark(finding)}：改 {len(edits)} 处" if len(edits) > 1 else fix_mark(finding)


def _span(document: Document, start: int, end: int) -> dict[str, Any]:
    line, column = document.lines.locate(start)
    end_line, end_column = document.lines.locate(end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": start,
        "charLength": end - start,
    }


def _region(document: Document | None, finding: Finding) -> dict[str, Any]:
    start, end = finding.start or 0, finding.end or 0
    if document is not None:
        region = _span(document, start, end)
    else:
        region = {"startLine": finding.line, "startColumn": finding.column, "charOffset": start, "charLength": end - start}
    if finding.text:
        region["snippet"] = {"text": finding.text}
    return region


def _fingerprint(finding: Finding, document: Document | None) -> str:
    """A key that stays when lines are added elsewhere: the code, the words marked and the words around them."""
    around = finding.text
    if document is not None and finding.start is not None and finding.end is not None:
        around = document.text[max(0, finding.start - _AROUND) : finding.end + _AROUND]
    words = "".join(fold(around).split())
    material = "\0".join((finding.code, finding.section or "", words, "".join(fold(finding.text).split())))
    return hashlib.sha256(material.encode("utf-8", "surrogatepass")).hexdigest()[:32]
