"""`docnlp train`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command
from docnlp.cli.evaluate import corpora_argument
from docnlp.cli.params import PATH

if TYPE_CHECKING:
    from docnlp.analysis.linear import LinearModel
    from docnlp.cli.evaluate import Row
    from docnlp.training.markup import CorpusDocument
    from docnlp.training.sections import SectionTrainer

HELP = """用自己标好的语料，训练判断各段属于哪一部分的模型，存到一个文件夹。

语料的写法见 corpora/README.md。语料分几个组时，轮流留出一组、用其余各组训练来评分，训练的时间也随组数增加。
训练好以后，在 docnlp.toml 里写 models = "文件夹"，或者在 docnlp check 后面加 --models 文件夹，就用这个模型。"""

EPILOG = """例：
docnlp train 语料 -o 模型
docnlp train corpora/a corpora/b -o 模型 --no-scores"""

#: The card beside the model.
CARD = "sections.json"


@click.command("train", cls=Command, help=HELP, epilog=EPILOG)
@corpora_argument
@click.option("-o", "--output", metavar="文件夹", type=PATH, help="模型存到这个文件夹，没有就新建；必须写")
@click.option("--no-scores", is_flag=True, help="只训练，不轮流留出各组来评分")
def train(corpora: tuple[str, ...], output: str | None, no_scores: bool) -> int:
    """Train the section model; returns the exit status."""
    import json
    from pathlib import Path

    from docnlp.analysis.linear import unpack
    from docnlp.analysis.trained import FILE
    from docnlp.cli.evaluate import LEGEND, lines, rows
    from docnlp.cli.files import require
    from docnlp.cli.output import ambiguous_width, deliver, note
    from docnlp.errors import SettingsError
    from docnlp.fixing import system_reason, write_atomically
    from docnlp.training.augment import variants
    from docnlp.training.markup import load_corpus
    from docnlp.training.sections import SectionTrainer, held_out, sequences

    if output is None:
        raise click.UsageError("请在 -o 后面写存模型的文件夹", click.get_current_context())
    require(output is not None, "没有写模型存到哪里，请加 -o 文件夹")
    assert output is not None
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise SettingsError("是文件，不是文件夹", "请在 -o 后面写一个文件夹", output)
    documents = load_corpus([Path(c) for c in corpora])
    data, more = sequences(documents), sequences(variants(documents))
    groups = sorted({s.group for s in data})
    trainer = SectionTrainer()
    scored = len(groups) > 1 and not no_scores
    steps = 1 + len(groups) * scored
    note(f"读入 {len(documents)} 篇（{'、'.join(groups)} 组），另造 {len(more)} 份缺头少尾的样子一起训练。")
    note(f"[1/{steps}] 用全部语料训练…")
    content = trainer.fit([*data, *more])
    found: list[Row] = []
    if scored:

        def progress(group: str) -> None:
            note(f"[{groups.index(group) + 2}/{steps}] 留出 {group} 组评分…")

        found = rows(data, held_out(trainer, data, more, progress))
    card = to_card(documents, trainer, unpack(content, "sections"), len(content), found)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"文件夹建不了（{system_reason(error)}）", "请核对路径和权限", output) from None
    write_atomically(str(folder / FILE), content)
    write_atomically(str(folder / CARD), (json.dumps(card, ensure_ascii=False, indent=2) + "\n").encode())
    if found:
        deliver("\n".join([*lines(found, ambiguous_width()), "", LEGEND, "“模型”的得分由没见过该组的模型得出。"]) + "\n", None)
    note(f"模型已存入 {folder / FILE}（{len(content) / 1000:.0f} KB），说明见 {folder / CARD}。")
    return 0


def to_card(
    documents: Sequence[CorpusDocument], trainer: SectionTrainer, model: LinearModel, size: int, found: Sequence[Row]
) -> dict[str, Any]:
    """What the model was made from and how good it is. The same training gives the same card.

    Args:
        documents: The corpus.
        trainer: What made the model.
        model: The model.
        size: Bytes of its file.
        found: Scores of the held-out groups, the last row over all; nothing where there are none.
    """
    from importlib.metadata import version

    from docnlp.cli.evaluate import to_dict
    from docnlp.training.augment import VARIANTS

    scores = None
    if found:
        *groups, whole = [to_dict(row) for row in found]
        spread = {key: [pick(g["trained"][key] for g in groups) for pick in (min, max)] for key in ("accuracy", "macro_f1")}
        scores = {"by": "leave-one-group-out", "all": whole, "groups": groups, "spread": spread}
    return {
        "kind": "sections",
        "corpus": {
            "documents": len(documents),
            "characters": sum(len(d.text) for d in documents),
            "newest": max(d.date for d in documents).isoformat(),
            "groups": model.meta["groups"],
        },
        "variants": [make.__name__ for make in VARIANTS],
        "trainer": {"strength": trainer.strength, "rare": trainer.rare, "alpha": trainer.alpha, "beta": trainer.beta},
        "scikit-learn": version("scikit-learn"),
        "model": {"bytes": size, "features": len(model), "blocks": model.meta["blocks"], "sha256": model.meta["sha256"]},
        "scores": scores,
    }
