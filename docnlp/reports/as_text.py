"""The report as text for a terminal, a pipe or a log."""

from __future__ import annotations

from dataclasses import dataclass

from docnlp.checker import CheckReport, FileReport
from docnlp.document.model import Document
from docnlp.reports.shared import (
    Summary,
    as_of_name,
    cure,
    fix_mark,
    fold_line,
    fold_repeats,
    kind_name,
    rules_run_name,
    summarize,
    visible,
)
from docnlp.rules.base import SEVERITY_NAMES, Finding
from docnlp.text.width import char_width, text_width, wrap

#: Nothing is laid out narrower than this; a narrower terminal wraps by itself.
MIN_WIDTH = 24
_INDENT = 4
_ELLIPSIS = "…"
_BOLD = "1"
_COLORS: dict[str, str] = {"error": "1;31", "warning": "33", "info": "36"}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How the text looks.

    Attributes:
        color: Whether ANSI colours are used.
        width: Columns of the terminal.
        ambiguous: Columns of an East Asian Ambiguous character such as “ or …: 1, or 2 on many Chinese consoles.
        show_all: Show every occurrence instead of folding the repeats of a rule.
    """

    color: bool = False
    width: int = 80
    ambiguous: int = 1
    show_all: bool = False

    @property
    def columns(self) -> int:
        """The width used: `width`, but at least `MIN_WIDTH`."""
        return max(self.width, MIN_WIDTH)

    def paint(self, text: str, code: str) -> str:
        """`text` in an ANSI colour, or as it is."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text


def render(report: CheckReport, *, style: TextStyle | None = None) -> str:
    """The whole report, ending with a line feed.

    No line is wider than `style.width`, except a file's name, which is never broken.

    Args:
        report: What a check found.
        style: How it looks; 80 columns without colours unless given.
    """
    style = style or TextStyle()
    out: list[str] = []
    for file in report.files:
        if file.error is None and (file.findings or file.notes):
            out.extend(_file(file, style))
            out.append("")
    unreadable = [file for file in report.files if file.error is not None]
    for file in unreadable:
        out.extend(_unreadable(file, style))
    if unreadable:
        out.append("")
    return "".join(line + "\n" for line in out) + summary(report, style=style)


def summary(report: CheckReport, *, style: TextStyle | None = None) -> str:
    """Only the closing lines of the report: files, rules, counts; ending with a line feed.

    Args:
        report: What a check found.
        style: As for `render`.
    """
    return "\n".join(_summary(summarize(report), style or TextStyle())) + "\n"


def _lines(text: str, style: TextStyle, indent: int = 0, hang: int | None = None) -> list[str]:
    """`text` wrapped to the width: the first line indented by `indent`, the others by `hang`."""
    hang = indent if hang is None else hang
    pad = " " * indent
    first = wrap(visible(text, keep_breaks=True), style.columns - indent, style.ambiguous)
    if hang == indent or len(first) == 1:
        return [pad + line for line in first]
    rest = visible(text, keep_breaks=True)[len(first[0]) :].lstrip(" ").removeprefix("\n")
    return [pad + first[0], *(" " * hang + line for line in wrap(rest, style.columns - hang, style.ambiguous))]


def _unreadable(file: FileReport, style: TextStyle) -> list[str]:
    path = visible(file.path)
    line = f"无法读取 {path}：{visible(file.error or '', keep_breaks=True)}"
    if text_width(line, style.ambiguous) <= style.columns and "\n" not in line:
        return [style.paint("无法读取", _COLORS["error"]) + line[4:]]
    head = style.paint("无法读取", _COLORS["error"]) + f" {path}"
    return [head, *_lines(file.error or "", style, _INDENT)]


def _file(file: FileReport, style: TextStyle) -> list[str]:
    facts = [kind_name(file)]
    if day := as_of_name(file):
        facts.append(f"判定日期 {day}")
    path = visible(file.path)
    line = "  ".join([path, *facts])
    if text_width(line, style.ambiguous) <= style.columns:
        out = [style.paint(path, _BOLD) + line[len(path) :]]
    else:
        out = [style.paint(path, _BOLD), *_lines("  ".join(facts), style, 2)]
    for note in file.notes:
        out.extend(_lines(f"注：{note.message}", style, 2, 6))
    groups = fold_repeats(file.findings, len(file.findings) if style.show_all else 3)
    document = file.analysis.document if file.analysis else None
    for group in groups:
        for finding in group.shown:
            out.append("")
            out.extend(_finding(finding, document, style))
        if group.folded:
            out.extend(_lines(fold_line(group.folded), style, _INDENT, _INDENT + 2))
    return out


def _finding(finding: Finding, document: Document | None, style: TextStyle) -> list[str]:
    out = _head(finding, style)
    if document is not None and finding.start is not None:
        color = _COLORS[finding.severity]
        shown, before, marks = snippet(document, finding, style.columns - _INDENT, style.ambiguous)
        pad = " " * _INDENT
        out.append((pad + shown).rstrip())
        out.append(pad + " " * before + style.paint(marks, color))
    out.extend(_lines(finding.message, style, _INDENT))
    words, mark = cure(finding), fix_mark(finding, document)
    line = f"改为：{words}" if words else ""
    if words and mark and _INDENT + text_width(visible(f"{line}（{mark}）"), style.ambiguous) <= style.columns:
        line, mark = f"{line}（{mark}）", ""
    if line:
        out.extend(_lines(line, style, _INDENT, _INDENT + 6))
    if mark:
        out.extend(_lines(mark, style, _INDENT))
    return out


def _head(finding: Finding, style: TextStyle) -> list[str]:
    place = "" if finding.start is None else f"{finding.line}:{finding.column}  "
    word = SEVERITY_NAMES[finding.severity]
    plain = f"{place}{word}  {finding.code} {finding.name}"
    lines = _lines(plain, style, 2, _INDENT)
    if not style.color:
        return lines
    for text, code in ((word, _COLORS[finding.severity]), (finding.code, _BOLD)):
        for i, line in enumerate(lines):
            if text in line:
                lines[i] = line.replace(text, style.paint(text, code), 1)
                break
    return lines


def snippet(document: Document, finding: Finding, columns: int, ambiguous: int = 1) -> tuple[str, int, str]:
    """The line of a finding, cut to fit, and where the marks go below it.

    Args:
        document: The text.
        finding: With a place.
        columns: Room for the line, at least 8.
        ambiguous: Columns of an East Asian Ambiguous character.

    Returns:
        The shown piece of the line, the columns before the marks, and the marks (`^~~~`).
    """
    text, lines = document.text, document.lines
    start, end = finding.start or 0, finding.end or 0
    low, high = lines.span(lines.line(start))
    end = min(max(end, start), high)
    while low < start and text[low].isspace():
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    if high - low < columns and text_width(visible(text[low:high]), ambiguous) < columns:
        before = text_width(visible(text[low:start]), ambiguous)
        return visible(text[low:high]), before, _marks(text_width(visible(text[start:end]), ambiguous))
    dots = text_width(_ELLIPSIS, ambiguous)
    room = columns - 2 * dots - 1
    # The span itself, cut at its end where it alone is too wide.
    last, used = start, 0
    while last < end and used + (w := char_width(visible(text[last]), ambiguous)) <= room:
        used += w
        last += 1
    marked = used
    # Then the words around it: up to half of the room before it, the rest behind, what is left before.
    first = start
    half = used + (room - used) // 2
    first, used = _left(text, low, first, used, half, ambiguous)
    while last >= end and last < high and used + (w := char_width(visible(text[last]), ambiguous)) <= room:
        used += w
        last += 1
    first, used = _left(text, low, first, used, room, ambiguous)
    shown = visible(text[first:last])
    before = text_width(visible(text[first:start]), ambiguous)
    if first > low:
        shown = _ELLIPSIS + shown
        before += dots
    if last < high:
        shown += _ELLIPSIS
    return shown, before, _marks(marked)


def _marks(columns: int) -> str:
    return "^" + "~" * max(columns - 1, 0)


def _left(text: str, low: int, first: int, used: int, room: int, ambiguous: int) -> tuple[int, int]:
    while first > low and used + (w := char_width(visible(text[first - 1]), ambiguous)) <= room:
        used += w
        first -= 1
    return first, used


def _summary(total: Summary, style: TextStyle) -> list[str]:
    read = total.files - total.unreadable
    out: list[str] = []
    if not total.files:
        return _lines("没有文件可查。请给出 .docx、.txt、.md 或 .pdf 文件，或它们所在的文件夹。", style)
    checked = f"检查了 {read} 个文件" if read else "没有一个文件能够读取"
    skipped = f"，另有 {total.unreadable} 个无法读取（原因见上）" if total.unreadable and read else ""
    rules = f"，每个文件运行 {rules_run_name(total)} 条规则" if read else "（原因见上）"
    out.extend(_lines(f"{checked}{rules}{skipped}。", style))
    if read:
        counts = "，".join(f"{SEVERITY_NAMES[s]} {n}" for s, n in total.by_severity.items())
        found = f"共发现 {total.findings} 处：{counts}。" if total.findings else "没有发现问题，可以放心往下走。"
        out.extend(_lines(found, style))
    left_out = []
    if total.suppressed:
        left_out.append(f"文中标记忽略 {total.suppressed} 处")
    if total.baselined:
        left_out.append(f"基线中已有 {total.baselined} 处")
    if left_out:
        out.extend(_lines(f"未列出：{'，'.join(left_out)}。", style))
    if total.stale:
        out.extend(_lines(f"基线里有 {total.stale} 条已不再出现，可以用 --write-baseline 重新生成。", style))
    if total.crashed:
        out.extend(_lines(f"有规则运行出错，结果不全：{'、'.join(total.crashed)}。", style))
    if total.safe:
        out.extend(_lines(f"其中 {total.safe} 处可以自动修复：docnlp check --fix", style))
    if total.unsafe and total.safe:
        out.extend(_lines(f"另有 {total.unsafe} 处加上 --unsafe-fixes 才改，改后请逐处核对。", style))
    elif total.unsafe:
        out.extend(_lines(f"其中 {total.unsafe} 处可以用 docnlp check --fix --unsafe-fixes 修复，改后请逐处核对。", style))
    return out
