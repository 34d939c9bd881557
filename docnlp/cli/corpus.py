"""`docnlp corpus`: validate, stats, export, import and augment annotated documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command, _Chinese
from docnlp.cli.params import (
    PATH,
    F,
    Number,
    format_option,
    models_option,
    output_option,
    paths_argument,
    settings_options,
)

if TYPE_CHECKING:
    from docnlp.analysis.analysis import Analysis
    from docnlp.training.corpus import Statistics, Validation

folders_argument = click.argument("folders", metavar="文件夹…", type=PATH, nargs=-1, required=True)
width_option = click.option("--width", metavar="列数", type=Number(20), help="按这个宽度排版")


def folder_option(what: str) -> Callable[[F], F]:
    """`-o` for a folder that will hold `what`; a command without it is refused by `required_folder`."""
    return click.option("-o", "--output", metavar="文件夹", type=PATH, help=f"{what}写到这个文件夹，没有就新建；必须写")


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
    help="检查、统计、导出标注好的语料，把自己的公文变成语料的草稿，从语料变出更难认的样子。语料的写法见 corpora/README.md。",
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

jsonl 每行一份文件：text 是全文，blocks、slogans、faults 的 start、end 按 text 的字数，parts 是文件里的各份公文，meta 是基本信息。

spacy 是 spaCy 的 DocBin，按字切分：doc.spans 里是各块和口号，doc.cats 是第一份公文的文种，doc.user_data 里有其余的。
这种格式要用 -o 写明文件。"""


@corpus.command("export", cls=Command, help=EXPORT, short_help="导出成 JSONL 或 spaCy 的 DocBin")
@folders_argument
@format_option("jsonl", "spacy")
@output_option
def export(folders: tuple[str, ...], form: str, output: str | None) -> int:
    """Write the documents for other programs; returns the exit status."""
    from docnlp.cli.files import require
    from docnlp.cli.output import deliver, note, refuse_overwriting
    from docnlp.fixing import write_atomically
    from docnlp.training.corpus import to_jsonl
    from docnlp.training.markup import load_corpus

    require(form != "spacy" or output is not None, "spacy 格式不是文字，请在 -o 后面写一个文件，例如 -o 语料.spacy")
    documents = load_corpus([Path(f) for f in folders])
    refuse_overwriting(output, [d.path for d in documents])
    if form == "spacy" and output is not None:
        from docnlp.training.docbin import to_docbin

        write_atomically(output, to_docbin(documents))
    else:
        deliver(to_jsonl(documents), output, data=True)
    if output is not None:
        note(f"{len(documents)} 份文件写到了 {output}。")
    return 0


IMPORT = """把自己的公文变成语料的草稿：docnlp 先标好文种、各块、口号、日期和单位，再由人核对。

可以给多个文件、文件夹，或用 - 从标准输入读。一页上有几份公文的，拆成“名称-01.txt”“名称-02.txt”……；通知和它印发的方案留在一起。模型拿不准的块，上面有一行 % 开头的提示。已有的文件从不覆盖：有一个重名，就一个也不写。

草稿的 quality 是“待核对”，核对完改成 clean 或 faulty，docnlp corpus validate 才通过。"""


@corpus.command("import", cls=Command, help=IMPORT, short_help="把自己的公文变成预先标好的草稿")
@paths_argument
@folder_option("草稿")
@click.option("--group", metavar="组", help="写作组，草稿放在这个名称的子文件夹里；不写就是 -o 的文件夹名")
@settings_options
@models_option
@click.option("--stdin-filename", metavar="文件名", help="标准输入的名字，用来判断格式和给草稿起名")
def import_(paths: tuple[str, ...], output: str | None, group: str | None, **options: Any) -> int:
    """Write drafts; returns the exit status."""
    from docnlp.cli.analysing import Options, visit
    from docnlp.cli.files import require
    from docnlp.cli.output import deliver, note
    from docnlp.errors import DocnlpError
    from docnlp.reports.shared import visible
    from docnlp.training.importing import Draft, Names, drafts, is_annotated, is_file_name

    folder = required_folder(output)
    require(group is None or is_file_name(group), f"--group 不能写“{group}”，要能当文件夹的名称")
    folder = folder / group if group else folder
    name = group or folder.resolve().name
    require(bool(name), "-o 的文件夹没有名称，请用 --group 写明写作组")
    names = Names()
    found: list[tuple[str, Draft]] = []

    def take(path: str, analysis: Analysis) -> None:
        if is_annotated(analysis.document.text):
            raise DocnlpError("已经是带标记的语料", "可以直接用 docnlp corpus validate 检查")
        made = drafts(analysis, Path(path).name, name, lambda count: names.take(Path(path).stem, count))
        if not made:
            raise DocnlpError("里面没有文字")
        found.extend((path, draft) for draft in made)

    failed = visit(Options(paths, "text", None, **options), take)
    files = {folder / f"{draft.document.meta['id']}.txt": draft for _, draft in found}
    write_new({path: draft.markup() for path, draft in files.items()})
    if files:
        lines = [visible(f"{path} → {target}") for (path, _), target in zip(found, files, strict=True)]
        deliver("\n".join(lines) + "\n", None)
        note(f"{len({path for path, _ in found})} 个文件写成了 {len(files)} 份草稿。请逐份核对，再用 docnlp corpus validate 检查。")
    return 2 if failed else 0


AUGMENT = """从语料变出更难认的样子，带着标注，供训练和评测用：没有标题落款的、粘成一行的、没有序号的、标点半角的、换了次序的、缺一部分的、被隐去年份地名的、有错别字的。

变体写在“文件夹/写作组”里，文件名后面加变体的名称，基本信息里有 variant 一行。它们不算语料，所以不能写进语料的文件夹；已有的文件从不覆盖。同一个 --seed 变出来的总是一样。"""


@corpus.command("augment", cls=Command, help=AUGMENT, short_help="从语料变出更难认的样子，供训练和评测")
@folders_argument
@folder_option("变体")
@click.option("--kind", "kinds", metavar="变体", multiple=True, help="只要这几种，用逗号隔开（可重复）；不写就是全部，名称见参考文档")
@click.option("--seed", metavar="整数", type=Number(0), default=0, help="随机的起点，不写就是 0")
def augment(folders: tuple[str, ...], output: str | None, kinds: tuple[str, ...], seed: int) -> int:
    """Write variants; returns the exit status."""
    from collections import Counter

    from docnlp.cli.files import require
    from docnlp.cli.output import ambiguous_width, deliver, table
    from docnlp.errors import DocnlpError
    from docnlp.training.augment import TRANSFORM_NAMES, TRANSFORMS
    from docnlp.training.augment import augment as make
    from docnlp.training.importing import is_file_name
    from docnlp.training.markup import load_corpus, to_markup

    folder = required_folder(output)
    words = [word.strip() for kind in kinds for word in kind.split(",")]
    chosen = list(dict.fromkeys(filter(None, words))) or list(TRANSFORMS)
    for kind in chosen:
        require(kind in TRANSFORMS, f"--kind 不能写“{kind}”，可以写 {'、'.join(TRANSFORMS)}")
    _refuse_inside(folder, folders)
    documents = load_corpus([Path(f) for f in folders])
    files: dict[Path, str] = {}
    counts: Counter[str] = Counter()
    for document in documents:
        for kind in chosen:
            for variant in make([document], [kind], seed):
                ident, group = variant.meta["id"], variant.meta["group"]
                for key, value in (("id", ident), ("group", group)):
                    if not is_file_name(value):
                        raise DocnlpError(f"{key}“{value}”不能当文件的名称", "请先用 docnlp corpus validate 检查", document.path)
                path = folder / group / f"{ident}.txt"
                if path in files:
                    raise DocnlpError(f"id“{document.meta['id']}”用了两次", "请先用 docnlp corpus validate 检查", document.path)
                origin = f"由 docnlp corpus augment 从 {document.meta['id']} 变出（{TRANSFORM_NAMES[kind]}），不算语料"
                files[path] = to_markup(variant, [origin])
                counts[kind] += 1
    write_new(files)
    rows = [(kind, f"{counts[kind]} 份", TRANSFORM_NAMES[kind]) for kind in chosen]
    total = f"从 {len(documents)} 份文件变出 {len(files)} 份，写在 {folder}。"
    deliver("\n".join([*table(rows, ambiguous_width()), total]) + "\n", None)
    return 0


def _refuse_inside(folder: Path, folders: Sequence[str]) -> None:
    """Make sure that nothing is written into a corpus.

    Raises:
        SettingsError: The folder is one of the corpus folders, inside one, or around one.
    """
    from docnlp.errors import SettingsError

    target = folder.resolve()
    for name in folders:
        source = Path(name).resolve()
        if target == source or source in target.parents or target in source.parents:
            raise SettingsError("变体不算语料，不能和语料放在一起", "请在 -o 后面换一个文件夹", str(folder))


def required_folder(output: str | None) -> Path:
    """The folder behind `-o`.

    Raises:
        click.UsageError: There is none.
        SettingsError: It is a file.
    """
    from docnlp.errors import SettingsError

    if output is None:
        raise click.UsageError("请在 -o 后面写一个文件夹", click.get_current_context())
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise SettingsError("是文件，不是文件夹", "请在 -o 后面写一个文件夹", output)
    return folder


def write_new(files: Mapping[Path, str]) -> None:
    """Write files that are not there yet; where one is, none is written.

    Args:
        files: Each with what it will hold.

    Raises:
        DocnlpError: One is there already, or a file or folder cannot be written.
    """
    from docnlp.errors import SettingsError
    from docnlp.fixing import system_reason, write_atomically

    there = [str(path) for path in files if path.exists()]
    if there:
        more = f"等 {len(there)} 个文件" if len(there) > 1 else ""
        raise SettingsError(f"{more}已经有了，一个文件也没有写", "请先移走，或者在 -o 后面换一个文件夹", there[0])
    for folder in {path.parent for path in files}:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"文件夹建不了（{system_reason(error)}）", "请核对路径和权限", str(folder)) from None
    for path, content in files.items():
        write_atomically(str(path), content.encode("utf-8", "replace"))
