"""`docnlp slogans`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command
from docnlp.cli.params import (
    Number,
    TextType,
    format_option,
    models_option,
    output_option,
    paths_argument,
    settings_options,
)

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from docnlp.analysis.analysis import Analysis
    from docnlp.cli.analysing import Options
    from docnlp.reports.slogan_list import Wish

    FloatType = click.ParamType[float]
else:  # before 8.4, click's types cannot be subscripted
    FloatType = click.ParamType

#: The types of slogans and their names, as the analysis has them; to ask it would take time where only help is wanted.
TYPES = {"numeric": "数字缩略", "campaign": "活动品牌", "parallel": "对仗口号", "policy": "政策提法"}

HELP = """找出文中的口号：数字缩略（“四进”活动）、活动品牌、对仗口号、政策提法。

可以给多个文件、文件夹，或用 - 从标准输入读。不加 --inventory 时逐个文件列出；加上就把全部文件合成一张汇总表：每个用语出现几次、在哪些文件、最早和最晚是哪一年。csv 只有汇总表。"""

EPILOG = """例：
docnlp slogans 工作方案.docx
docnlp slogans 工作方案.docx --format html -o 口号.html
docnlp slogans 报送材料 --inventory
docnlp slogans 报送材料 --format csv -o 汇总.csv
docnlp slogans 报送材料 --inventory --type numeric,parallel --min-score 0.8"""


class Types(TextType):
    """Types of slogans or their Chinese names, with commas between them."""

    name = "types"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The types, with commas between them."""
        known = {name: type_ for type_, name in TYPES.items()} | {type_: type_ for type_ in TYPES}
        words = [w for w in re.split(r"[,，、\s]+", str(value)) if w]
        for word in words:
            if word not in known:
                self.fail(f"不能写“{word}”，可以写 {'、'.join(TYPES)}，几个之间用逗号隔开", param, ctx)
        if not words:
            self.fail(f"没有写类型，可以写 {'、'.join(TYPES)}", param, ctx)
        return ",".join(known[word] for word in words)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The types that the last word may become."""
        from click.shell_completion import CompletionItem

        head, comma, last = incomplete.rpartition(",")
        return [CompletionItem(head + comma + t) for t in TYPES if t.startswith(last)]


class Score(FloatType):
    """A number from 0 to 1; `80%` is 0.8."""

    name = "score"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        text = str(value).strip()
        try:
            number = round(float(text[:-1]) / 100, 6) if text.endswith(("%", "％")) else float(text)
        except ValueError:
            self.fail(f"“{value}”不是数", param, ctx)
        if not 0 <= number <= 1:
            self.fail(f"“{value}”不行，要在 0 和 1 之间，例如 0.8", param, ctx)
        return number


@click.command("slogans", cls=Command, help=HELP, epilog=EPILOG)
@paths_argument
@format_option("text", "json", "html", "csv")
@output_option
@click.option("--inventory", is_flag=True, help="把全部文件的用语合成一张汇总表")
@click.option("--type", "types", metavar="类型", type=Types(), multiple=True, help=f"只列这些类型：{'、'.join(f'{t}（{n}）' for t, n in TYPES.items())}，用逗号隔开（可重复）")
@click.option("--min-score", metavar="把握", type=Score(), default=0.0, help="只列把握不低于这个数的用语，0 到 1 之间，例如 0.8")
@settings_options
@models_option
@click.option("--stdin-filename", metavar="文件名", help="标准输入的名字，用来判断格式和显示")
@click.option("--width", metavar="列数", type=Number(20), help="按这个宽度排版")
def slogans(inventory: bool, types: tuple[str, ...], min_score: float, **options: Any) -> int:
    """Show slogans; returns the exit status."""
    from docnlp.cli.analysing import Options, present
    from docnlp.reports.slogan_list import Wish, to_dict

    given = Options(**options)
    wish = Wish(frozenset(",".join(types).split(",")) if types else frozenset(), min_score)
    if inventory or given.form == "csv":
        return _inventory(given, wish)
    if given.form == "html":
        return _page(given, wish)

    def lines(path: str, analysis: Analysis, columns: int, ambiguous: int) -> list[str]:
        return to_lines(path, analysis, columns, ambiguous, wish)

    return present(given, lambda path, analysis: to_dict(path, analysis, wish), lines)


def to_lines(path: str, analysis: Analysis, columns: int, ambiguous: int, wish: Wish) -> list[str]:
    """The slogans of a file as a table for people; no phrase is cut, a long one is wrapped.

    Args:
        path: The file.
        analysis: Its analysis.
        columns: Columns there are.
        ambiguous: Columns of an ambiguous character.
        wish: Which phrases are wanted.
    """
    from docnlp.cli.output import table
    from docnlp.reports.shared import visible
    from docnlp.reports.slogan_list import phrases, to_rows

    found = phrases(analysis.document, analysis.slogans, wish)
    if not found:
        return [visible(path), f"  {wish.nothing}"]
    return [visible(path), *table(to_rows(analysis.document, found, columns - 2, ambiguous), ambiguous, indent=2)]


def _page(options: Options, wish: Wish) -> int:
    from docnlp.cli.analysing import visit
    from docnlp.cli.output import deliver
    from docnlp.reports.slogan_page import FilePage, file_page, render

    pages: list[FilePage] = []
    failed = visit(options, lambda path, analysis: pages.append(file_page(path, len(pages), analysis, wish)))
    deliver(render(pages, failed, wish), options.destination, data=True)
    return 2 if failed else 0


def _inventory(options: Options, wish: Wish) -> int:
    from docnlp.cli.analysing import deliver_json, visit
    from docnlp.cli.output import ambiguous_width, columns, deliver, is_terminal, table
    from docnlp.reports import inventory

    files: list[list[inventory.Sighting]] = []
    failed = visit(options, lambda path, analysis: files.append(inventory.sightings(path, analysis)))
    found = inventory.collect((s for file in files for s in file), len(files), failed, wish)
    output = options.destination
    if options.form == "json":
        deliver_json(inventory.to_dict(found), output)
    elif options.form == "csv":
        text = inventory.to_csv(found)
        # On a console the mark would be seen.
        deliver(text.removeprefix("\ufeff") if output is None and is_terminal() else text, output, data=True)
    elif options.form == "html":
        from docnlp.reports.slogan_page import render_inventory

        deliver(render_inventory(found), output, data=True)
    elif files or output:
        lines = [inventory.summary(found)]
        if found.entries:
            lines = [*table(inventory.to_rows(found, columns(options.width), ambiguous_width()), ambiguous_width()), "", *lines]
        deliver("\n".join(lines) + "\n", output)
    return 2 if failed else 0
