"""`docnlp slogans`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command
from docnlp.cli.params import format_option, output_option, paths_argument, settings_options

if TYPE_CHECKING:
    from docnlp.analysis.analysis import Analysis

HELP = """找出文中的口号：数字缩略（“四进”活动）、活动品牌、对仗口号、政策提法。

可以给多个文件、文件夹，或用 - 从标准输入读。"""


@click.command("slogans", cls=Command, help=HELP)
@paths_argument
@format_option("text", "json")
@output_option
@settings_options
@click.option("--stdin-filename", metavar="文件名", help="标准输入的名字，用来判断格式和显示")
def slogans(**options: Any) -> int:
    """Show slogans; returns the exit status."""
    from docnlp.cli.analysing import Options, present

    return present(Options(**options), to_dict, to_lines)


def to_dict(path: str, analysis: Analysis) -> dict[str, Any]:
    """The slogans by first occurrence; repeats of one phrase are one entry, with its surest type and score."""
    document = analysis.document
    entries: dict[str, dict[str, Any]] = {}
    for slogan in analysis.slogans:
        text = document.text[slogan.start : slogan.end]
        entry = entries.setdefault(text, {"text": text, "type": slogan.type, "score": 0.0, "occurrences": []})
        score = round(slogan.score, 3)
        if score > entry["score"]:
            entry.update(type=slogan.type, score=score)
        entry["occurrences"].append({"start": slogan.start, "end": slogan.end, "line": document.lines.line(slogan.start)})
    return {"path": path, "slogans": list(entries.values())}


def to_lines(path: str, analysis: Analysis, columns: int, ambiguous: int) -> list[str]:
    """The slogans as a table for people.

    Args:
        path: The file.
        analysis: Its analysis.
        columns: Not needed: a phrase is never cut.
        ambiguous: Columns of an ambiguous character.
    """
    from docnlp.analysis.base import SLOGAN_NAMES
    from docnlp.cli.output import table
    from docnlp.reports.shared import visible

    found = to_dict(path, analysis)["slogans"]
    if not found:
        return [visible(path), "  没有找到口号或活动名称"]
    rows = [("类型", "次数", "把握", "用语", "位置")]
    for entry in found:
        lines = "、".join(dict.fromkeys(str(o["line"]) for o in entry["occurrences"]))
        rows.append(
            (SLOGAN_NAMES[entry["type"]], str(len(entry["occurrences"])), f"{entry['score']:.0%}", visible(entry["text"]), f"第 {lines} 行")
        )
    return [visible(path), *table(rows, ambiguous, indent=2)]
