"""`docnlp corpus`: validate, stats and export of annotated documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command, _Chinese
from docnlp.cli.params import PATH, Number, OneOf, format_option, output_option

if TYPE_CHECKING:
    from docnlp.training.corpus import Statistics, Validation

folders_argument = click.argument("folders", metavar="文件夹…", type=PATH, nargs=-1, required=True)
width_option = click.option("--width", metavar="列数", type=Number(20), help="按这个宽度排版")


class Commands(_Chinese, click.Group):
    """A group inside the group of commands."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands."""
        with formatter.section("命令"):
            formatter.write_dl([(name, command.short_help or "") for name, command in self.commands.items()])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands and the options."""
        self.format_commands(ctx, formatter)
        _Chinese.format_options(self, ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which there are."""
        if args[0] in self.commands or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        raise click.UsageError(f"没有“{args[0]}”这个用法，可以写 {'、'.join(self.commands)}", ctx)


@click.group(
    "corpus",
    cls=Commands,
    help="检查、统计、导出标注好的语料。语料的写法见 corpora/README.md。",
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    invoke_without_command=True,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.pass_context
def corpus(ctx: click.Context) -> int:
    """Without a command: say how to use it."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        return 2
    return 0


VALIDATE = """检查语料文件：标记的写法、基本信息、标题的标法、缺的部分、口号和差错的标记。

每一处都写明文件和行。“提示”请人看一眼，不一定是错。有错误时退出状态是 1，有文件读不了时是 2。"""


@corpus.command("validate", cls=Command, help=VALIDATE, short_help="检查标记和标注，逐处列出文件和行")
@folders_argument
@format_option("text", "json")
@width_option
def validate(folders: tuple[str, ...], form: str, width: int | None) -> int:
    """Check files; returns the exit status."""
    import json

    from docnlp.cli.output import ambiguous_width, columns, deliver, note
    from docnlp.training.corpus import validate as find

    found = find([Path(f) for f in folders])
    if form == "json":
        deliver(json.dumps(_findings(found), ensure_ascii=False, indent=2) + "\n", None, data=True)
    else:
        deliver("\n".join(report(found, columns(width), ambiguous_width())) + "\n", None)
    for path, why in found.unreadable:
        note(f"错误：{path}：{why}。")
    return 2 if found.unreadable else 1 if found.errors else 0


def _findings(found: Validation) -> dict[str, Any]:
    return {
        "files": found.files,
        "unreadable": [{"path": path, "error": why} for path, why in found.unreadable],
        "problems": [
            {"path": p.path, "line": p.line, "severity": "hint" if p.hint else "error", "message": p.message}
            for p in found.problems
        ],
    }


def report(found: Validation, width: int, ambiguous: int) -> Iterator[str]:
    """The problems for people: file and line, and below it what is wrong.

    Args:
        found: What there is to say.
        width: Columns of a line.
        ambiguous: Columns of an ambiguous character.
    """
    from docnlp.reports.shared import visible
    from docnlp.text.width import wrap

    place = ""
    for problem in found.problems:
        if place != (place := f"{problem.path}:{problem.line}"):
            yield visible(place)
        head = "提示" if problem.hint else "错误"
        for line in wrap(visible(problem.message), width - 8, ambiguous):
            yield f"  {head}  {line}"
            head = "    "
    if found.problems:
        yield ""
    yield f"查了 {found.files} 份文件：错误 {found.errors} 处，提示 {len(found.problems) - found.errors} 处。"


STATS = """统计语料：份数、字数、文种、年份、单位、差错、口号、各部分的比重，以及各份文件彼此有多像。

“彼此相似”是一份文件里每八个汉字一段的文字，有多少也在与它最像的另一份里；政策提法和书名号里的不算。"""


@corpus.command("stats", cls=Command, help=STATS, short_help="统计份数、文种、差错、口号和彼此相似的程度")
@folders_argument
@format_option("text", "json")
@output_option
@width_option
def stats(folders: tuple[str, ...], form: str, output: str | None, width: int | None) -> int:
    """Show the numbers; returns the exit status."""
    import json

    from docnlp.cli.output import ambiguous_width, columns, deliver, refuse_overwriting
    from docnlp.training.corpus import statistics
    from docnlp.training.markup import load_corpus

    documents = load_corpus([Path(f) for f in folders])
    refuse_overwriting(output, [d.path for d in documents])
    numbers = statistics(documents)
    if form == "json":
        deliver(json.dumps(to_dict(numbers), ensure_ascii=False, indent=2) + "\n", output, data=True)
    else:
        deliver("\n".join(to_lines(numbers, columns(width), ambiguous_width())) + "\n", output)
    return 0


def to_dict(numbers: Statistics) -> dict[str, Any]:
    """The numbers under English names."""
    top = numbers.maximum
    return {
        "documents": numbers.documents,
        "parts": numbers.parts,
        "characters": numbers.characters,
        **{key: dict(sorted(counts.items())) for key, counts in numbers.counts.items()},
        "faulty": numbers.faulty,
        "faults": dict(numbers.faults.most_common()),
        "slogans": dict(numbers.slogans.most_common()),
        "density": round(numbers.density, 3),
        "sections": {section: round(share, 4) for section, share in numbers.sections.items()},
        "variety": {
            "median": round(numbers.median, 4),
            "percentile95": round(numbers.percentile95, 4),
            "maximum": None if top is None else {"a": top.document, "b": top.nearest, "share": round(top.share, 4)},
            "varied": numbers.varied,
        },
    }


#: Headings of the counts, in their order.
COUNTS = {
    "genre": "文种",
    "subgenre": "名称",
    "group": "写作组",
    "year": "年份",
    "unit": "单位",
    "layout": "版式",
}


def to_lines(numbers: Statistics, width: int, ambiguous: int) -> list[str]:
    """The numbers for people.

    Args:
        numbers: What there is to say.
        width: Columns of a line.
        ambiguous: Columns of an ambiguous character.
    """
    from docnlp.analysis.base import GENRE_NAMES, SECTION_NAMES, SLOGAN_NAMES
    from docnlp.cli.output import table
    from docnlp.rules.base import FAMILIES
    from docnlp.training.corpus import MAXIMUM_BAR, MEDIAN_BAR

    count = numbers.documents
    rows = [
        ("文件", f"{count} 份，内有公文 {numbers.parts} 份"),
        ("字数", f"{numbers.characters:,}，平均每份 {numbers.characters // max(count, 1):,}"),
        ("有差错的", f"{numbers.faulty} 份，占 {numbers.faulty / max(count, 1):.1%}"),
        ("口号", f"{numbers.slogans.total():,} 条，每千字 {numbers.density:.2f} 条"),
    ]
    out = table(rows, ambiguous)

    def block(title: str, items: Sequence[tuple[str, str]]) -> None:
        if items:
            out.extend(["", title, *_columns(items, width, ambiguous)])

    for key, title in COUNTS.items():
        found = numbers.counts[key]
        order = sorted(found) if key in ("year", "group") else sorted(found, key=lambda v: (-found[v], v))
        block(title, [(GENRE_NAMES.get(v, v) if key == "genre" else v, str(found[v])) for v in order])
    block("差错（处）", [(f"{family} {FAMILIES[family]}", str(n)) for family, n in numbers.faults.most_common()])
    block("口号（条）", [(SLOGAN_NAMES[t], str(n)) for t, n in numbers.slogans.most_common()])
    block("各部分占字数", [(SECTION_NAMES[s], f"{share:.1%}") for s, share in numbers.sections.items()])
    if (top := numbers.maximum) is not None:
        out += ["", "彼此相似"]
        out += table(
            [
                ("中位数", f"{numbers.median:.3f}", _judged(numbers.median, MEDIAN_BAR)),
                ("95% 不超过", f"{numbers.percentile95:.3f}", ""),
                ("最高", f"{top.share:.3f}", _judged(top.share, MAXIMUM_BAR)),
            ],
            ambiguous,
            indent=2,
        )
        out.append(f"  最像的是 {top.document}，像 {top.nearest}")
    return out


def _judged(value: float, bar: float) -> str:
    return f"{'不超过' if value <= bar else '超过了'} {bar:.2f}"


def _columns(items: Sequence[tuple[str, str]], width: int, ambiguous: int) -> list[str]:
    """Names with their numbers, as many beside each other as fit, read row by row."""
    from docnlp.cli.output import pad
    from docnlp.text.width import text_width

    names = max(text_width(name, ambiguous) for name, _ in items)
    figures = max(len(figure) for _, figure in items)
    cells = [f"{pad(name, names, ambiguous)} {figure:>{figures}}" for name, figure in items]
    each = max((width - 2 + 3) // (names + 1 + figures + 3), 1)
    return ["  " + "   ".join(cells[i : i + each]) for i in range(0, len(cells), each)]


EXPORT = """把语料导出成别的程序读的格式。

jsonl 每行一份文件：text 是全文，blocks、slogans、faults 的 start、end 按 text 的字数，parts 是文件里的各份公文，meta 是基本信息。"""


@corpus.command("export", cls=Command, help=EXPORT, short_help="导出成 JSONL")
@folders_argument
@click.option("--format", "form", metavar="格式", type=OneOf("jsonl"), default="jsonl", help="jsonl")
@output_option
def export(folders: tuple[str, ...], form: str, output: str | None) -> int:
    """Write the documents for other programs; returns the exit status."""
    from docnlp.cli.output import deliver, note, refuse_overwriting
    from docnlp.training.corpus import to_jsonl
    from docnlp.training.markup import load_corpus

    documents = load_corpus([Path(f) for f in folders])
    refuse_overwriting(output, [d.path for d in documents])
    deliver(to_jsonl(documents), output, data=True)
    if output is not None:
        note(f"{len(documents)} 份文件写到了 {output}。")
    return 0
