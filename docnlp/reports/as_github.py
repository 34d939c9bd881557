"""The report as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from pathlib import PurePath

from docnlp.checker import CheckReport, FileReport
from docnlp.reports.shared import cure, replace_surrogates
from docnlp.rules.base import Finding

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: CheckReport) -> str:
    """One command a line; empty where there is nothing to say.

    Args:
        report: What a check found.
    """
    out: list[str] = []
    for file in report.files:
        if file.error is not None:
            out.append(_command("error", _where(file.path), "无法读取", file.error))
        out.extend(_finding(file, f) for f in file.findings)
        out.extend(_command("notice", _where(file.path), "注", n.message) for n in file.notes)
    return replace_surrogates("".join(line + "\n" for line in out))


def _where(path: str) -> dict[str, str]:
    return {"file": PurePath(path).as_posix()}


def _finding(file: FileReport, finding: Finding) -> str:
    where = _where(file.path)
    if finding.start is not None and finding.end is not None:
        where["line"] = str(finding.line)
        where["col"] = str(finding.column)
        if file.analysis is not None:
            line, column = file.analysis.document.lines.locate(finding.end)
        else:
            breaks = finding.text.count("\n")
            line = finding.line + breaks
            column = len(finding.text) - finding.text.rfind("\n") if breaks else finding.column + len(finding.text)
        if line == finding.line:  # columns are understood within one line only
            where["endColumn"] = str(column)
        else:
            where["endLine"] = str(line)
    words = cure(finding)
    message = f"{finding.message}（改为：{words}）" if words else finding.message
    return _command(_COMMANDS[finding.severity], where, f"{finding.code} {finding.name}", message)


def _command(name: str, where: dict[str, str], title: str, message: str) -> str:
    properties = ",".join(f"{key}={_property(value)}" for key, value in {**where, "title": title}.items())
    return f"::{name} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
