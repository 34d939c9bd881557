"""The report as one self-contained HTML page: the text with its findings marked in place, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from docnlp.checker import CheckReport, FileReport
from docnlp.document.model import Document
from docnlp.reports.shared import (
    as_of_name,
    block_class,
    count_severities,
    cure,
    fix_mark,
    fold_line,
    fold_repeats,
    kind_name,
    replace_surrogates,
    rules_run_name,
    source_hash,
    summarize,
    template_environment,
)
from docnlp.resources import folder
from docnlp.rules.base import FAMILIES, SEVERITIES, SEVERITY_NAMES, Finding

#: How many characters of the line are shown on each side of a finding in the list.
AROUND = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A finding in the list: `id` is that of its list item, `mark` that of its first mark in the text; `before` and
    `after` are a few words around it on its line.
    """

    id: str
    mark: str
    finding: Finding
    document: Document | None = None
    before: str = ""
    after: str = ""

    @property
    def severity_name(self) -> str:
        """Severity in Chinese."""
        return SEVERITY_NAMES[self.finding.severity]

    @property
    def words(self) -> str:
        """The marked words, cut where they are long, on one line."""
        words = " ".join(self.finding.text.split())
        return words if len(words) <= 40 else words[:39] + "…"

    @property
    def cure(self) -> str:
        """What to write instead."""
        return cure(self.finding)

    @property
    def fix_mark(self) -> str:
        """Whether a command can repair it."""
        return fix_mark(self.finding, self.document)


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items to show, and the folded ones behind them."""

    shown: tuple[Item, ...]
    folded: tuple[Item, ...] = ()

    @property
    def fold_line(self) -> str:
        """How many are folded, and where."""
        return fold_line([i.finding for i in self.folded])


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of one line in which nothing begins or ends.

    Attributes:
        text: Its characters; empty for a finding between two characters.
        kind: Kind of its block, empty between blocks; `level` of a heading, else 0.
        items: Findings that cover it, innermost (shortest) first.
        anchors: Ids that it carries because a finding's first mark is here.
    """

    text: str
    kind: str
    level: int
    items: tuple[Item, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def severity(self) -> str:
        """The gravest severity."""
        return min((i.finding.severity for i in self.items), key=SEVERITIES.index)

    @property
    def families(self) -> tuple[str, ...]:
        """Families of the findings, each once."""
        return tuple(dict.fromkeys(i.finding.family for i in self.items))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; `kind` and `level` are set where one block fills it."""

    number: int
    kind: str
    level: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Page:
    """What the template needs of one file."""

    id: str
    file: FileReport
    kind: str
    as_of: str
    counts: tuple[tuple[str, str, int], ...]
    placed: tuple[ItemGroup, ...]
    unplaced: tuple[ItemGroup, ...]
    lines: tuple[Line, ...] = field(default=())


def render(report: CheckReport, *, title: str = "文稿检查结果") -> str:
    """The page, ending with a line feed; it loads nothing and works from a file.

    Args:
        report: What a check found.
        title: Heading of the page.
    """
    base = folder("templates") / "reports"
    style = (base / "check.css").read_text(encoding="utf-8")
    script = (base / "check.js").read_text(encoding="utf-8")
    findings = [f for file in report.files for f in file.findings]
    families = [(code, name, n) for code, name in FAMILIES.items() if (n := sum(f.family == code for f in findings))]
    summary = summarize(report)
    html = template_environment().get_template("check.html.j2").render(
        title=title,
        report=report,
        pages=[page(file, i) for i, file in enumerate(report.files) if file.error is None],
        unreadable=[file for file in report.files if file.error is not None],
        summary=summary,
        rules_run=rules_run_name(summary),
        families=families,
        severities=[(s, SEVERITY_NAMES[s], n) for s, n in summary.by_severity.items()],
        style=style,
        script=script,
        style_hash=source_hash(style),
        script_hash=source_hash(script),
    )
    return replace_surrogates(html).rstrip("\n") + "\n"


def page(file: FileReport, index: int) -> Page:
    """One file, ready for the template.

    Args:
        file: A file that was read.
        index: Its number in the report, for the ids.
    """
    document = file.analysis.document if file.analysis else None
    items = {id(f): Item(f"f-{index}-{i}", f"m-{index}-{i}", f, document, *_around(f, document)) for i, f in enumerate(file.findings)}

    def groups(findings: Sequence[Finding]) -> tuple[ItemGroup, ...]:
        return tuple(
            ItemGroup(tuple(items[id(f)] for f in g.shown), tuple(items[id(f)] for f in g.folded))
            for g in fold_repeats(findings)
        )

    placed = [f for f in file.findings if f.start is not None]
    return Page(
        id=f"file-{index}",
        file=file,
        kind=kind_name(file),
        as_of=as_of_name(file),
        counts=tuple((s, SEVERITY_NAMES[s], n) for s, n in count_severities(file.findings).items()),
        placed=groups(placed),
        unplaced=groups([f for f in file.findings if f.start is None]),
        lines=marked_lines(document, [items[id(f)] for f in placed]) if document else (),
    )


def _around(finding: Finding, document: Document | None) -> tuple[str, str]:
    """A few words before and behind a finding, on its first and its last line."""
    if document is None or finding.start is None or finding.end is None:
        return "", ""
    text = document.text
    before = text[max(0, finding.start - AROUND) : finding.start].rpartition("\n")[2].lstrip()
    after = text[finding.end : finding.end + AROUND].partition("\n")[0].rstrip()
    return before, after


def marked_lines(document: Document, items: Sequence[Item]) -> tuple[Line, ...]:
    """The whole text, cut wherever a line, a block or a finding begins or ends.

    Args:
        document: The text.
        items: Findings with a place, in any order, nested and overlapping as they come.
    """
    text = document.text
    opening: dict[int, list[Item]] = {}
    closing: dict[int, list[Item]] = {}
    points: dict[int, list[Item]] = {}
    for item in items:
        start, end = item.finding.start or 0, item.finding.end or 0
        if text[start:end].strip("\n"):
            opening.setdefault(start, []).append(item)
            closing.setdefault(end, []).append(item)
        else:
            points.setdefault(start, []).append(item)
    edges = {*opening, *closing, *points, *(b.start for b in document.blocks), *(b.end for b in document.blocks)}
    cuts = sorted(edges)
    lines: list[Line] = []
    active: list[Item] = []
    waiting: dict[str, None] = {}
    at = next_block = 0
    for number in range(1, len(document.lines.starts) + 1):
        low, high = document.lines.span(number)
        segments: list[Segment] = []
        position = low
        while True:
            while at < len(cuts) and cuts[at] <= position:
                offset = cuts[at]
                at += 1
                done = {id(i) for i in closing.get(offset, ())}
                active = [i for i in active if id(i) not in done] if done else active
                active += opening.get(offset, ())
                waiting.update((i.mark, None) for i in opening.get(offset, ()))
                if offset in points:
                    here = tuple(points[offset])
                    segments.append(Segment("", "", 0, here, tuple(i.mark for i in here)))
            if position >= high:
                break
            while next_block < len(document.blocks) and document.blocks[next_block].end <= position:
                next_block += 1
            stop = min(high, cuts[at]) if at < len(cuts) else high
            block = document.blocks[next_block] if next_block < len(document.blocks) else None
            inside = block is not None and block.start <= position
            kind, level = block_class(block) if block is not None and inside else ("", 0)
            anchors = tuple(waiting) if active else ()
            if active:
                waiting = {}
            covering = tuple(sorted(active, key=lambda i: (i.finding.end or 0) - (i.finding.start or 0)))
            segments.append(Segment(text[position:stop], kind, level, covering, anchors))
            position = stop
        kinds = {(s.kind, s.level) for s in segments if s.text.strip()}
        kind, level = kinds.pop() if len(kinds) == 1 else ("", 0)
        if segments or number < len(document.lines.starts):  # a final line feed begins no line to look at
            lines.append(Line(number, kind, level, tuple(segments)))
    return tuple(lines)
