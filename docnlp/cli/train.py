"""`docnlp train`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from docnlp.cli import Command
from docnlp.cli.evaluate import corpora_argument
from docnlp.cli.params import PATH

HELP = """用标好的语料训练各个模型（部分、文种、口号），存到一个文件夹，每个模型附一份说明。

语料的写法见 corpora/README.md。语料文件夹里的 corpus.toml 可以写明哪些组留作测试（held_out = ["i", "j"]），
也可以用 --hold-out 写；留下的组不参加训练，训练好以后在它们上面评分，得分写进说明。
在 docnlp.toml 里写 models = "文件夹"，或者在命令后面加 --models 文件夹，就用这些模型。"""

EPILOG = """例：
docnlp train corpora -o models
docnlp train 本单位语料 -o 模型 --hold-out 测试组"""


@click.command("train", cls=Command, help=HELP, epilog=EPILOG)
@corpora_argument
@click.option("-o", "--output", metavar="文件夹", type=PATH, help="模型存到这个文件夹，没有就新建；必须写")
@click.option("--hold-out", metavar="组,组…", help="这些组不训练，留作评分；不写就看 corpus.toml")
@click.option("--no-scores", is_flag=True, help="只训练，不评分")
def train(corpora: tuple[str, ...], output: str | None, hold_out: str | None, no_scores: bool) -> int:
    """Train the models; returns the exit status."""
    import json
    from pathlib import Path

    from docnlp.analysis.shelf import FILES
    from docnlp.cli.evaluate import report
    from docnlp.cli.output import ambiguous_width, deliver, note
    from docnlp.errors import SettingsError
    from docnlp.fixing import system_reason, write_atomically
    from docnlp.training.making import STEPS, cards, held_out_groups, make
    from docnlp.training.markup import load_corpus

    if output is None:
        raise click.UsageError("请在 -o 后面写存模型的文件夹", click.get_current_context())
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise SettingsError("是文件，不是文件夹", "请在 -o 后面写一个文件夹", output)
    documents = load_corpus([Path(c) for c in corpora])
    groups = sorted({d.meta["group"] for d in documents})
    kept = held_out_groups([Path(c) for c in corpora]) if hold_out is None else set(filter(None, hold_out.split(",")))
    if hold_out is not None and (unknown := kept.difference(groups)):
        raise SettingsError(f"语料里没有“{'、'.join(sorted(unknown))}”组", f"语料里有 {'、'.join(groups)} 组", "--hold-out")
    kept = kept.intersection(groups)
    note(f"读入 {len(documents)} 份文件（{'、'.join(groups)} 组），{'留作测试：' + '、'.join(sorted(kept)) + ' 组' if kept else '都用来训练'}。")
    with progress_bar(STEPS + 1) as progress:
        made = make(documents, kept, progress)
        progress("评分" if kept and not no_scores else "写说明")
        described = cards(documents if not no_scores else [d for d in documents if d.meta["group"] not in kept], made)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"文件夹建不了（{system_reason(error)}）", "请核对路径和权限", output) from None
    for kind, content in made.files.items():
        path = folder / FILES[kind]
        write_atomically(str(path), content)
        write_atomically(str(path.with_suffix(".json")), (json.dumps(described[kind], ensure_ascii=False, indent=2) + "\n").encode())
    scores = {kind: card["scores"] for kind, card in described.items() if card["scores"]}
    if scores:
        rows = {kind: [*s["groups"], s["all"]] for kind, s in scores.items()}
        deliver("\n".join(report(rows, ambiguous_width())) + "\n", None)
    for kind, reason in made.lacking.items():
        note(f"注意：没有训练 {FILES[kind]}：{reason}。用到时还用随附的模型。")
    sizes = "、".join(f"{FILES[kind]}（{len(content) / 1000:.0f} KB）" for kind, content in made.files.items())
    note(f"已存入 {folder}：{sizes}，各附同名的 .json 说明。")
    return 0


@contextmanager
def progress_bar(steps: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, lines elsewhere; the function given out is told what comes next.

    Args:
        steps: How often it will be told.
    """
    import sys

    from docnlp.cli.output import note

    if not sys.stderr.isatty():
        done = 0

        def line(what: str) -> None:
            nonlocal done
            done += 1
            note(f"[{done}/{steps}] {what}…")

        yield line
        return
    with click.progressbar(
        length=steps, file=sys.stderr, item_show_func=lambda what: what, show_eta=False, bar_template="[%(bar)s] %(info)s", width=24
    ) as bar:
        first = True

        def move(what: str) -> None:
            nonlocal first
            bar.update(0 if first else 1, what)
            first = False

        yield move
        bar.update(1, "完成")
