"""`docnlp parse`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command
from docnlp.cli.params import format_option, models_option, output_option, paths_argument, settings_options

if TYPE_CHECKING:
    from docnlp.analysis.analysis import Analysis
    from docnlp.document.model import Part

KIND_NAMES = {
    "title": "标题",
    "heading": "小标题",
    "body": "正文",
    "addressee": "主送",
    "signature": "落款",
    "date": "日期",
    "attachment": "附件",
}

HELP = """看 docnlp 怎样理解一份公文：文种、标题、落款、日期，各级标题，每段属于哪一部分。

可以给多个文件、文件夹，或用 - 从标准输入读。"""


@click.command("parse", cls=Command, help=HELP)
@paths_argument
@format_option("text", "json")
@output_option
@settings_options
@models_option
@click.option("--stdin-filename", metavar="文件名", help="标准输入的名字，用来判断格式和显示")
def parse(**options: Any) -> int:
    """Show structure; returns the exit status."""
    from docnlp.cli.analysing import Options, present

    return present(Options(**options), to_dict, to_lines)


def to_dict(path: str, analysis: Analysis) -> dict[str, Any]:
    """The structure as plain dicts and lists."""
    document = analysis.document
    return {
        "path": path,
        "genre": analysis.genre.genre,
        "subgenre": analysis.genre.subgenre,
        "genre_confidence": round(analysis.genre.confidence, 3),
        "title": document.title,
        "issuer": document.issuer,
        "date": document.date.isoformat() if document.date else None,
        "period": _period(analysis),
        "parts": [
            {"start": part.start, "end": part.end, "genre": genre.genre, "subgenre": genre.subgenre, "title": part.title}
            for part, genre in zip(document.parts, analysis.genres, strict=True)
        ],
        "blocks": [
            {
                "line": document.lines.line(block.start),
                "start": block.start,
                "end": block.end,
                "kind": block.kind,
                "level": block.level,
                "number": block.number,
                "section": label.section,
                "confidence": round(label.confidence, 3),
            }
            for block, label in zip(document.blocks, analysis.sections, strict=True)
        ],
    }


def _period(analysis: Analysis) -> dict[str, Any] | None:
    period = analysis.period
    if period is None:
        return None
    evidence = [{"text": c.words, "start": c.start, "end": c.end} for c in period.clues]
    return {"from": period.first, "to": period.last, "year": period.year, "evidence": evidence}


@dataclass
class _Row:
    """A line of the outline: a block, and the sections of the bodies that stand under it."""

    line: int
    indent: int
    text: str
    section: str
    bodies: Counter[str] = field(default_factory=Counter)


def to_lines(path: str, analysis: Analysis, columns: int, ambiguous: int) -> list[str]:
    """The structure as an outline for people.

    Args:
        path: The file.
        analysis: Its analysis.
        columns: Columns there are.
        ambiguous: Columns of an ambiguous character.
    """
    from docnlp.cli.output import pad
    from docnlp.reports.shared import visible
    from docnlp.text.width import text_width

    document = analysis.document
    out = [visible(path)]
    several = len(document.parts) > 1
    for number, part in enumerate(document.parts, 1):
        if several:
            out += ["", f"第 {number} 篇（第 {document.lines.line(part.start)} 行起）"]
        out += _facts(analysis, number - 1, part, ambiguous)
        rows = list(_rows(analysis, part))
        if not rows:
            continue
        digits = max(4, *(len(str(row.line)) for row in rows))
        places = [_place(row) for row in rows]
        right = max(text_width(place, ambiguous) for place in (*places, "部分"))
        room = max(columns - digits - right - 6, 20)
        heads = ["  " * row.indent + visible(row.text) for row in rows]
        middle = min(max(text_width(head, ambiguous) for head in heads), room)
        out += ["", f"  {pad('行', digits, ambiguous)}  {pad('结构', middle, ambiguous)}  部分"]
        for row, head, place in zip(rows, heads, places, strict=True):
            out.append(f"  {row.line:>{digits}}  {pad(_cut(head, middle, ambiguous), middle, ambiguous)}  {place}".rstrip())
    return out


def _facts(analysis: Analysis, number: int, part: Part, ambiguous: int) -> list[str]:
    from docnlp.analysis.base import GENRE_NAMES
    from docnlp.cli.output import table
    from docnlp.reports.shared import visible

    label = analysis.genres[number]
    if label.genre is None:
        kind = "不是公文，或看不出文种"
    else:
        family = GENRE_NAMES[label.genre]
        kind = f"{label.subgenre}（{family}）" if label.subgenre and label.subgenre != family else family
        kind += f"，把握 {label.confidence:.0%}"
    rows = [("文种", kind)]
    rows += [(name, visible(value)) for name, value in (("标题", part.title), ("落款", part.issuer)) if value]
    if part.date:
        rows.append(("日期", part.date.isoformat()))
    if number == 0 and (period := analysis.period):
        years = f"{period.first}年" if period.first == period.last else f"{period.first}—{period.last}年"
        words = "、".join(dict.fromkeys(visible(c.words) for c in period.clues[:3]))
        rows.append(("写作时期", f"约{years}，从“{words}”等提法看" if words else f"约{years}"))
    return table(rows, ambiguous, indent=2)


def _rows(analysis: Analysis, part: Part) -> Iterator[_Row]:
    """The outline of a part: a row for every heading and piece of the frame, one for bodies without a heading."""
    document = analysis.document
    row: _Row | None = None
    for i in range(part.first, part.last):
        block, section = document.blocks[i], analysis.sections[i].section
        line = document.lines.line(block.start)
        if block.kind == "body":
            if row is None:
                row = _Row(line, 0, "（无标题的正文）", section)
            row.bodies[section] += 1
            continue
        if row is not None:
            yield row
            row = None
        words = document.slice(block).replace("\n", " ")
        if block.kind == "heading":
            row = _Row(line, (block.level or 1) - 1, words, section)
        else:
            yield _Row(line, 0, f"【{KIND_NAMES[block.kind]}】{words}", section)
    if row is not None:
        yield row


def _place(row: _Row) -> str:
    """`主要任务（主要做法），3 段`; where paragraphs belong elsewhere, how many."""
    from docnlp.analysis.base import SECTION_NAMES

    name = SECTION_NAMES[row.section]
    if not row.bodies:
        return name
    others = [f"{SECTION_NAMES[s]} {n} 段" for s, n in row.bodies.items() if s != row.section]
    return f"{name}，{row.bodies.total()} 段" + (f"，其中{'、'.join(others)}" if others else "")


def _cut(text: str, columns: int, ambiguous: int) -> str:
    from docnlp.text.width import clip, text_width

    if text_width(text, ambiguous) <= columns:
        return text
    return clip(text, columns - text_width("…", ambiguous), ambiguous) + "…"
