"""Parameter types with Chinese messages, and the options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    TextType = click.ParamType[str]
    NumberType = click.ParamType[int]
else:  # before 8.4, click's types cannot be subscripted
    TextType = NumberType = click.ParamType

F = TypeVar("F", bound=Callable[..., Any])


class OneOf(TextType):
    """One of a few words."""

    name = "one of"

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself."""
        word = str(value)
        if word not in self.choices:
            self.fail(f"不能写“{word}”，可以写 {'、'.join(self.choices)}", param, ctx)
        return word

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The words that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(c) for c in self.choices if c.startswith(incomplete)]


class Number(NumberType):
    """A whole number from `low` up."""

    name = "number"

    def __init__(self, low: int) -> None:
        self.low = low

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"“{value}”不是整数", param, ctx)
        if number < self.low:
            self.fail(f"{number} 太小，最小是 {self.low}", param, ctx)
        return number


#: A file or folder; its existence is the reader's business.
PATH = click.Path(readable=False, allow_dash=True)


def together(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Several option decorators as one, in reading order."""

    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


#: Which settings are used.
settings_options: Callable[[F], F] = together(
    click.option("--config", metavar="文件", type=PATH, help="用这个设置文件，不再自动寻找"),
    click.option("--isolated", is_flag=True, help="不用任何设置文件"),
    click.option("--pack", "packs", metavar="文件", type=PATH, multiple=True, help="再用一个词包：文件，或随程序附带的词包名（可重复）"),
    click.option("--allow", metavar="词", multiple=True, help="放行的词语或名称，任何规则都不报（可重复）"),
    click.option("--max-size", metavar="大小", help="单个文件的大小上限，例如 20MB"),
)

#: Which section model is used.
models_option = click.option("--models", metavar="文件夹", type=PATH, help="用这个文件夹里自己训练的模型（见 docnlp train）")

#: Where a machine-readable or long result goes.
output_option = click.option("-o", "--output", metavar="文件", type=PATH, help="结果写到这个文件，不显示在屏幕上")

paths_argument = click.argument("paths", metavar="文件…", type=PATH, nargs=-1, required=True)


def format_option(*formats: str) -> Callable[[F], F]:
    """`--format` with these words; the first is the default."""
    return click.option(
        "--format", "form", metavar="格式", type=OneOf(*formats), default=formats[0], help=f"{'、'.join(formats)}；不写就是 {formats[0]}"
    )
