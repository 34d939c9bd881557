"""The command line.

This module is the door: it knows the names of the commands and imports a command only when it is called, so that
`docnlp --version` and the list of commands cost no more than click itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from docnlp import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: Command: where it lives, and what the list of commands says of it.
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("docnlp.cli.check:check", "检查公文，列出问题；也能自动修改"),
    "parse": ("docnlp.cli.parse:parse", "看一份公文的文种、标题层次和各部分"),
    "slogans": ("docnlp.cli.slogans:slogans", "找出文中的口号、活动品牌和政策提法"),
    "policy": ("docnlp.cli.policy:policy", "查某一天怎样提、一个提法从何时到何时"),
    "train": ("docnlp.cli.train:train", "用自己标好的语料训练判断各部分的模型"),
    "evaluate": ("docnlp.cli.evaluate:evaluate", "在标好的语料上比较判断各部分的几种办法"),
    "corpus": ("docnlp.cli.corpus:corpus", "检查、统计、导出标注好的语料"),
    "rules": ("docnlp.cli.rules:rules", "列出全部规则"),
    "rule": ("docnlp.cli.rules:rule", "说明一条规则：查什么、为什么、依据、例子"),
    "settings": ("docnlp.cli.settings:settings", "显示正在起作用的设置和它们的来处"),
}

CONTEXT_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}


class Context(click.Context):
    """click's context with help laid out for Chinese."""

    def make_formatter(self) -> click.HelpFormatter:
        """A formatter that counts columns, not characters."""
        from docnlp.cli.words import Formatter

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


class _Chinese(click.Command):
    """What a command and the group of them share: help and complaints in Chinese."""

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; a complaint knows which command it is about."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, explained in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份帮助"
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        records = [p.get_help_record(ctx) for p in self.get_params(ctx) if isinstance(p, click.Option)]
        with formatter.section("选项"):
            formatter.write_dl([r for r in records if r is not None])


class Command(_Chinese):
    """A command."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        attributes.setdefault("options_metavar", "[选项]")
        attributes["context_settings"] = CONTEXT_SETTINGS | {"allow_extra_args": True}
        super().__init__(*args, **attributes)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and refuse what is left over."""
        super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(f"多出了参数“{' '.join(ctx.args)}”", ctx)
        return ctx.args


class Door(_Chinese, click.Group):
    """The group of commands; imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, the most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module, attribute = COMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one."""
        if args[0] in COMMANDS or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from docnlp.cli.words import no_such_command

        raise click.UsageError(no_such_command(args[0], list(COMMANDS)), ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table, and the options."""
        with formatter.section("命令"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])
        _Chinese.format_options(self, ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, from the table, and options."""
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name, help=text) for name, (_, text) in COMMANDS.items() if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)


@click.group(
    name="docnlp",
    cls=Door,
    help="检查精神文明建设公文：结构、政策表述、序号、标点、数字、抄写痕迹。全部在本机完成，不联网。",
    epilog="“docnlp 命令 --help”显示一个命令的用法，例如 docnlp check --help。",
    context_settings=CONTEXT_SETTINGS,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    invoke_without_command=True,
    no_args_is_help=False,
)
@click.version_option(__version__, "--version", message="docnlp %(version)s", help="显示版本号")
@click.pass_context
def app(ctx: click.Context) -> int:
    """Without a command: say how to use it."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        return 2
    return 0


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line.

    Args:
        arguments: What stands behind the program's name; `sys.argv` unless given.

    Returns:
        The exit status: 0, 1 or 2 as the reference says, 130 after Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a console that lacks a character shows “?”
            reconfigure(errors="replace")
    try:
        given = sys.argv[1:] if arguments is None else list(arguments)
        result = app.main(given, prog_name="docnlp", standalone_mode=False, windows_expand_args=False)
    except KeyboardInterrupt:
        result = 130
    except click.Abort:
        result = 130
    except Exception as error:
        from docnlp.cli.words import complain

        return complain(error)
    if result == 130:
        click.echo("已中断。", err=True)
    return result if isinstance(result, int) else 0


def main() -> NoReturn:
    """Entry point of the `docnlp` command."""
    sys.exit(run())
