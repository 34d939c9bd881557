"""What several output formats say in the same words."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docnlp.analysis.base import GENRE_NAMES
from docnlp.checker import CheckReport, FileReport
from docnlp.document.model import Block, Document
from docnlp.resources import folder
from docnlp.rules.base import SEVERITIES, Finding, Severity

if TYPE_CHECKING:
    from jinja2 import Environment

#: How the day of the judgement was found, by `FileReport.as_of_from`.
AS_OF_NAMES: dict[str, str] = {
    "given": "指定的日期",
    "today": "今天",
    "document": "文中日期",
    "year": "标题或文件名里的年份",
    "fallback": "文中没有日期，按今天算",
}

#: How many occurrences of one rule in one file are shown before the rest is folded.
SHOWN = 3

_SURROGATE = re.compile("[\ud800-\udfff]")

#: Characters that would move the cursor, start an escape sequence or turn the writing direction, each to one that
#: only stands there. The length stays the same.
_VISIBLE: dict[int, str] = {c: chr(0x2400 + c) for c in range(0x20)}
_VISIBLE |= {0x7F: "\u2421", 0x09: " ", 0x2028: " ", 0x2029: " "}
_VISIBLE |= dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), "\ufffd")
_VISIBLE |= dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
_VISIBLE_LINES = {k: v for k, v in _VISIBLE.items() if k != 0x0A}


def visible(text: str, *, keep_breaks: bool = False) -> str:
    """`text` made safe for a terminal, same length: control characters, text direction marks and lone surrogates
    become visible stand-ins.

    Args:
        text: Any text.
        keep_breaks: Leave line feeds as they are.
    """
    return text.translate(_VISIBLE_LINES if keep_breaks else _VISIBLE)


def escape_surrogates(json_text: str) -> str:
    r"""JSON with lone surrogates written as `\udXXX`, so that it can be encoded in UTF-8.

    Args:
        json_text: Output of `json.dumps(…, ensure_ascii=False)`; there, they occur only inside strings.
    """
    return _SURROGATE.sub(lambda m: f"\\u{ord(m.group()):04x}", json_text)


def replace_surrogates(text: str) -> str:
    """`text` with lone surrogates as U+FFFD, so that it can be encoded in UTF-8."""
    return _SURROGATE.sub("\ufffd", text)


def source_hash(text: str) -> str:
    """What a content security policy calls the source of an inline element."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def template_environment() -> Environment:
    """Where pages are made: the templates that are shipped, everything filled in is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # autoescape for every template: a report may hold any markup.
    return Environment(
        loader=FileSystemLoader(folder("templates") / "reports", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def block_class(block: Block) -> tuple[str, int]:
    """How a page sets a block: its kind, with `masthead` apart from `title`, and the level of a heading, else 0."""
    if block.kind == "title" and block.masthead:
        return "masthead", 0
    return block.kind, block.level or 0


def kind_name(file: FileReport) -> str:
    """What kind of document a file holds, in Chinese: `工作方案（方案、计划）`, `通知`, `不是公文`."""
    genre = GENRE_NAMES.get(file.genre or "", "")
    if file.subgenre and genre and genre != file.subgenre:
        return f"{file.subgenre}（{genre}）"
    return file.subgenre or genre or "看不出文种"


def as_of_name(file: FileReport) -> str:
    """The day of the judgement and where it comes from: `2026-11-23（今天）`; empty for an unread file."""
    if file.as_of is None:
        return ""
    origin = AS_OF_NAMES.get(file.as_of_from, "")
    return f"{file.as_of.isoformat()}（{origin}）" if origin else file.as_of.isoformat()


def quoted(text: str) -> str:
    """A suggestion in quotation marks that it does not contain itself; line breaks are named."""
    text = text.replace("\n", "（换行）")
    return f"「{text}」" if set("“”‘’\"'") & set(text) else f"“{text}”"


def cure(finding: Finding, limit: int = 3) -> str:
    """What to write instead, in one line: `“甲”或“乙”`, `删去`; empty where nothing is suggested."""
    shown = [quoted(s) if s else "删去" for s in finding.suggestions[:limit]]
    if not shown:
        return ""
    more = f"等 {len(finding.suggestions)} 种写法" if len(finding.suggestions) > limit else ""
    return "或".join(shown) + more


def fix_mark(finding: Finding, document: Document | None = None) -> str:
    """Whether a command can repair it: `可自动修复`, `可用 --unsafe-fixes 修复`, or empty.

    Args:
        finding: The finding.
        document: Where it is; only text files are repaired by a command. None: as if it were one.
    """
    if not finding.edits or not is_plain_text(document):
        return ""
    return "可自动修复" if finding.safe else "可用 --unsafe-fixes 修复"


def is_plain_text(document: Document | None) -> bool:
    """Whether --fix can write to the file: .txt and .md, not Word and PDF."""
    return document is None or document.source.format in ("txt", "md")


@dataclass(frozen=True, slots=True)
class Group:
    """Findings in the order to show them; `folded` are further ones like the last of `shown`."""

    shown: tuple[Finding, ...]
    folded: tuple[Finding, ...] = ()


def fold_repeats(findings: Sequence[Finding], limit: int = SHOWN) -> list[Group]:
    """Put the repeats of a rule behind its `limit`-th occurrence.

    Two findings are alike when code, severity and missing section are the same: a graver one is never hidden behind
    lighter ones, and every missing section is shown.

    Args:
        findings: Of one file, sorted.
        limit: How many of a kind are shown.

    Returns:
        Groups whose `shown` follow the order of `findings`.
    """
    counts: dict[tuple[str, str, str | None], int] = {}
    rest: dict[tuple[str, str, str | None], list[Finding]] = {}
    kept: list[Finding] = []
    ends: dict[int, tuple[str, str, str | None]] = {}
    for f in findings:
        key = (f.code, f.severity, f.section)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= limit:
            kept.append(f)
            if counts[key] == limit:
                ends[len(kept) - 1] = key
        else:
            rest.setdefault(key, []).append(f)
    groups: list[Group] = []
    run: list[Finding] = []
    for i, f in enumerate(kept):
        run.append(f)
        if i in ends and ends[i] in rest:
            groups.append(Group(tuple(run), tuple(rest[ends[i]])))
            run = []
    if run:
        groups.append(Group(tuple(run)))
    return groups


def fold_line(folded: Sequence[Finding], limit: int = 8) -> str:
    """`同类问题还有 12 处（第 5、9、12…行）`; without lines where the findings have no place."""
    lines = sorted({f.line for f in folded if f.start is not None})
    head = f"同类问题还有 {len(folded)} 处"
    if not lines:
        return head
    listed = "、".join(str(n) for n in lines[:limit])
    return f"{head}（第 {listed}{'…' if len(lines) > limit else ' '}行）"


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over all files of a report.

    Attributes:
        files, unreadable: All files, and how many of them could not be read.
        by_severity: Findings by severity, all three keys present.
        suppressed, baselined, stale: Left out by marks in the text, and by the baseline; what it knows in vain.
        rules_run: Fewest and most rules run on a file that was read.
        safe, unsafe: Findings that --fix repairs, and that also need --unsafe-fixes.
        crashed: Codes of rules that raised.
    """

    files: int
    unreadable: int
    by_severity: dict[Severity, int]
    suppressed: int
    baselined: int
    stale: int
    rules_run: tuple[int, int]
    safe: int
    unsafe: int
    crashed: tuple[str, ...]

    @property
    def findings(self) -> int:
        """How many findings."""
        return sum(self.by_severity.values())


def count_severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Findings by severity, gravest first; all three keys are present."""
    counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for f in findings:
        counts[f.severity] += 1
    return counts


def summarize(report: CheckReport) -> Summary:
    """Counts over all files."""
    findings = [f for file in report.files for f in file.findings]
    plain = [f for file in report.files if is_plain_text(file.analysis.document if file.analysis else None) for f in file.findings]
    rules = [file.rules_run for file in report.files if file.error is None] or [0]
    return Summary(
        files=len(report.files),
        unreadable=sum(file.error is not None for file in report.files),
        by_severity=count_severities(findings),
        suppressed=sum(file.suppressed for file in report.files),
        baselined=sum(file.baselined for file in report.files),
        stale=sum(file.stale for file in report.files),
        rules_run=(min(rules), max(rules)),
        safe=sum(bool(f.edits) and f.safe for f in plain),
        unsafe=sum(bool(f.edits) and not f.safe for f in plain),
        crashed=tuple(sorted({code for file in report.files for code in file.crashed})),
    )


def rules_run_name(summary: Summary) -> str:
    """`38` or, where files differ, `31～38`."""
    low, high = summary.rules_run
    return str(high) if low == high else f"{low}～{high}"
