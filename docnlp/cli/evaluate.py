"""`docnlp evaluate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command
from docnlp.cli.params import PATH, format_option, output_option

if TYPE_CHECKING:
    from docnlp.training.sections import Sample, Scores

HELP = """在标好的语料上，按字数比较判断各部分的几种办法：全算作最多的一类、随程序附带的词表、自己训练的模型。

语料的写法见 corpora/README.md。"""

#: What the table calls each way.
WAYS = {"majority": "多数类", "lexicon": "词表", "trained": "模型"}

#: What the numbers mean.
LEGEND = "准确率：判断对的字数占比；F1：各部分 F1 的平均。标题、落款等不计，文种以语料里标的为准。"

corpora_argument = click.argument("corpora", metavar="语料文件夹…", type=PATH, nargs=-1, required=True)


@dataclass(frozen=True)
class Row:
    """Scores on one group, or on everything.

    Attributes:
        group: Name of the group, None for everything.
        documents: How many documents.
        characters: How many characters were judged.
        scores: Way to its scores.
    """

    group: str | None
    documents: int
    characters: int
    scores: Mapping[str, Scores]


@click.command("evaluate", cls=Command, help=HELP)
@corpora_argument
@click.option("--models", metavar="文件夹", type=PATH, help="docnlp train 存模型的文件夹；给了就一并比较")
@format_option("text", "json")
@output_option
def evaluate(corpora: tuple[str, ...], models: str | None, form: str, output: str | None) -> int:
    """Compare section models; returns the exit status."""
    import json
    from pathlib import Path

    from docnlp.analysis.trained import load_sections
    from docnlp.cli.output import ambiguous_width, deliver, note
    from docnlp.training.markup import load_corpus
    from docnlp.training.sections import predict, sequences

    model = load_sections(Path(models)) if models else None
    data = sequences(load_corpus([Path(c) for c in corpora]))
    trained_on: list[str] = []
    predicted = None
    if model is not None:
        predicted = predict(model, data)
        trained_on = [str(g) for g in model.meta.get("groups", [])]
        if known := sorted({s.group for s in data}.intersection(trained_on)):
            note(f"注意：模型是用 {'、'.join(known)} 组训练的，在这些组上的得分偏高，不能代表没见过的文稿。")
    found = rows(data, predicted)
    if form == "json":
        facts = {"rows": [to_dict(row) for row in found], "trained_on": trained_on}
        deliver(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", output, data=True)
    else:
        deliver("\n".join([*lines(found, ambiguous_width()), "", LEGEND]) + "\n", output)
    return 0


def rows(data: Sequence[Sample], predicted: Sequence[Sequence[str]] | None) -> list[Row]:
    """Scores of the baselines, and of a trained model: a row for each group, and one for everything.

    Args:
        data: Annotated sequences.
        predicted: What the trained model says of them, None where there is none.
    """
    from docnlp.training.sections import by_group, by_lexicon, majority, score

    ways: dict[str, Sequence[Sequence[str]]] = {"majority": majority(data), "lexicon": by_lexicon(data)}
    if predicted is not None:
        ways["trained"] = predicted
    grouped = {way: by_group(data, labels) for way, labels in ways.items()}
    out: list[Row] = []
    for group in sorted({s.group for s in data}):
        inside = [s for s in data if s.group == group]
        out.append(_row(group, inside, {way: scores[group] for way, scores in grouped.items()}))
    return [*out, _row(None, data, {way: score(data, labels) for way, labels in ways.items()})]


def _row(group: str | None, data: Sequence[Sample], scores: Mapping[str, Scores]) -> Row:
    return Row(group, len({s.document for s in data}), sum(sum(s.sizes) for s in data), scores)


def to_dict(row: Row) -> dict[str, Any]:
    """A row as plain dicts."""
    return {"group": row.group, "documents": row.documents, "characters": row.characters} | {
        way: scores_dict(scores) for way, scores in row.scores.items()
    }


def scores_dict(scores: Scores) -> dict[str, Any]:
    """Scores as plain dicts."""
    return {
        "accuracy": round(scores.accuracy, 4),
        "macro_f1": round(scores.macro_f1, 4),
        "f1": {label: round(f1, 4) for label, f1 in sorted(scores.f1.items())},
    }


def lines(found: Sequence[Row], ambiguous: int) -> list[str]:
    """Rows as an aligned table."""
    from docnlp.cli.output import table
    from docnlp.reports.shared import visible

    head = ["组", "篇数", "字数"] + [f"{WAYS[way]}{name}" for way in found[0].scores for name in ("准确率", "F1")]
    body = [
        ["合计" if row.group is None else visible(row.group), str(row.documents), str(row.characters)]
        + [f"{number:.3f}" for s in row.scores.values() for number in (s.accuracy, s.macro_f1)]
        for row in found
    ]
    return table([head, *body], ambiguous)
