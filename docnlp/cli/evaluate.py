"""`docnlp evaluate`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from docnlp.cli import Command
from docnlp.cli.params import PATH, format_option, output_option

HELP = """在标好的语料上给各个模型评分，和不用训练的办法（词表、按形式）并排比较。

语料的写法见 corpora/README.md。语料文件夹里的 corpus.toml 写了留作测试的组时，只用这些组；--all-groups 用全部。"""

#: What the tables call each kind of model and each way.
KINDS = {"sections": "各段属于哪一部分", "genre": "文种", "slogans": "口号"}
WAYS = {"majority": "多数类", "lexicon": "词表", "patterns": "按形式", "trained": "模型"}
FIGURES = {
    "accuracy": "准确率", "macro_f1": "F1",
    "titled": "有标题", "untitled": "无标题", "subgenre_titled": "名称有标题", "subgenre_untitled": "名称无标题",
    "precision": "准确率", "recall": "召回率", "f1": "F1", "type_accuracy": "类型",
}  # fmt: skip
SIZES = {"sections": "字数", "genre": "份数", "slogans": "口号"}
LEGENDS = {
    "sections": "准确率是判断对的字数占比，F1 是各部分 F1 的平均；标题、落款等不计，文种以标注为准。",
    "genre": "单份公文判断对的占比；“无标题”是去掉标题、主送、落款以后。名称指工作方案、自查报告等。",
    "slogans": "一份文件里不同的口号，写法相近的算同一条；类型是找对的口号里类型也对的占比。",
}

corpora_argument = click.argument("corpora", metavar="语料文件夹…", type=PATH, nargs=-1, required=True)


@click.command("evaluate", cls=Command, help=HELP)
@corpora_argument
@click.option("--models", metavar="文件夹", type=PATH, help="docnlp train 存模型的文件夹；不写就用随附的模型")
@click.option("--all-groups", is_flag=True, help="不管 corpus.toml，用全部的组")
@format_option("text", "json")
@output_option
def evaluate(corpora: tuple[str, ...], models: str | None, all_groups: bool, form: str, output: str | None) -> int:
    """Score the models; returns the exit status."""
    import json
    from pathlib import Path

    from docnlp.cli.output import ambiguous_width, deliver, note, refuse_overwriting
    from docnlp.training.evaluation import evaluate as judge
    from docnlp.training.evaluation import to_dict
    from docnlp.training.making import held_out_groups, load_models, models_of
    from docnlp.training.markup import load_corpus

    folders = [Path(c) for c in corpora]
    loaded = load_models(Path(models) if models else None)
    documents = load_corpus(folders)
    refuse_overwriting(output, [d.path for d in documents])
    kept = held_out_groups(folders)
    chosen = [d for d in documents if all_groups or not kept or d.meta["group"] in kept]
    if not chosen:
        note("corpus.toml 里写的测试组，语料里一份也没有；改用全部的组。")
        chosen = documents
    trained_on = sorted({str(g) for model in loaded.values() for g in model.meta.get("groups", [])})
    if known := sorted({d.meta["group"] for d in chosen}.intersection(trained_on)):
        note(f"注意：模型是用 {'、'.join(known)} 组训练的，在这些组上的得分偏高，不能代表没见过的文稿。")
    rows = {kind: [to_dict(row) for row in found] for kind, found in judge(chosen, models_of(loaded)).items()}
    if form == "json":
        deliver(json.dumps(rows | {"trained_on": trained_on}, ensure_ascii=False, indent=2) + "\n", output, data=True)
    else:
        deliver("\n".join(report(rows, ambiguous_width())) + "\n", output)
    return 0


def report(rows: Mapping[str, Sequence[Mapping[str, Any]]], ambiguous: int) -> Iterator[str]:
    """A table for each kind of model.

    Args:
        rows: See `docnlp.training.evaluation.to_dict`.
        ambiguous: Columns of an ambiguous character.
    """
    from docnlp.cli.output import table
    from docnlp.reports.shared import visible

    for n, (kind, found) in enumerate(rows.items()):
        if n:
            yield ""
        yield KINDS[kind]
        ways = [way for way in WAYS if way in found[-1]]
        head = ["组", "份数", *([SIZES[kind]] if kind != "genre" else [])]
        head += [f"{WAYS[way]}{FIGURES[name]}" for way in ways for name in found[-1][way]]
        body = [
            ["合计" if row["group"] is None else visible(row["group"]), str(row["documents"])]
            + ([str(row["size"])] if kind != "genre" else [])
            + [f"{value:.3f}" for way in ways for value in row[way].values()]
            for row in found
        ]
        yield from table([head, *body], ambiguous, indent=2)
        yield f"  {LEGENDS[kind]}"
