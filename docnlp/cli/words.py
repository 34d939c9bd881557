"""click's own words in Chinese: the layout of help, and what is said of wrong usage and of failures."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from docnlp.errors import DocnlpError
from docnlp.text.width import text_width, wrap

#: Set to anything but 0, it lets the traceback of an internal failure through.
DEBUG = "DOCNLP_DEBUG"


class Formatter(click.HelpFormatter):
    """Lays out help by the columns that characters take."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """`用法：docnlp …`."""
        self.write(f"{prefix or '用法：'}{prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        """A heading with a full-width colon."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, wrapped."""
        for line in wrap(text, self.width - self.current_indent):
            self.write(f"{'':>{self.current_indent}}{line}\n" if line else "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Two columns: names and explanations."""
        rows = list(rows)
        first = min(max((text_width(name) for name, _ in rows), default=0), col_max) + col_spacing
        pad = " " * (self.current_indent + first)
        for name, text in rows:
            head = f"{'':>{self.current_indent}}{name}"
            lines = wrap(text, max(self.width - len(pad), 10))
            if text_width(name) > first - col_spacing:
                self.write(f"{head}\n{pad}{lines[0]}\n")
            else:
                self.write(f"{head}{' ' * (first - text_width(name))}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{pad}{line}\n")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The most similar of the known words, None where none is similar."""
    from difflib import get_close_matches

    lower = {k.lower(): k for k in known}
    found = get_close_matches(word.lower(), lower, 1, 0.5)
    return lower[found[0]] if found else None


def no_such_command(name: str, known: Sequence[str]) -> str:
    """What to say of an unknown command."""
    if guess := nearest(name, known):
        return f"没有“{name}”这个命令，是不是想写“{guess}”？"
    if Path(name).exists():
        return f"没有“{name}”这个命令。要检查这个文件，请写 docnlp check {name}"
    return f"没有“{name}”这个命令，可用的命令：{'、'.join(known)}"


def complain(error: Exception) -> int:
    """Say in one line on standard error what went wrong.

    Args:
        error: What was raised.

    Returns:
        The exit status.
    """
    if not isinstance(error, DocnlpError | click.ClickException):
        show_traceback(error)
    click.echo(f"错误：{reason(error)}", err=True)
    return 2


def show_traceback(error: Exception) -> None:
    """The traceback of an internal failure on standard error, where the user asks for it."""
    if os.environ.get(DEBUG, "0") not in ("", "0"):
        import traceback

        traceback.print_exception(error)


def reason(error: Exception) -> str:
    """One line that says what went wrong and what to do."""
    if isinstance(error, DocnlpError):
        return _one_line(str(error))
    if isinstance(error, click.UsageError):
        return _one_line(f"{_usage(error)}{_hint(error.ctx)}")
    if isinstance(error, click.ClickException):
        return _one_line(error.format_message())
    return internal(error)


def internal(error: Exception) -> str:
    """One line that owns up to a bug."""
    kind = type(error).__name__
    detail = f"：{error}" if str(error) else ""
    return _one_line(f"docnlp 内部出错（{kind}{detail}），这是程序的毛病，不是文件的。请把这一行反馈给维护者；设置环境变量 {DEBUG}=1 再运行可看到详情")


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _usage(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        guess = f"，是不是想写 {error.possibilities[0]}？" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{guess}"
    if isinstance(error, click.BadOptionUsage):
        option = _option(error.ctx, error.option_name)
        if option is not None and option.is_flag:
            return f"选项 {error.option_name} 后面不带值"
        return f"选项 {error.option_name} 后面缺少{_metavar(option)}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_name(error.param)}" if error.param is not None else "缺少参数"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{_name(error.param)}：{error.message}"
    return error.message


def _option(ctx: click.Context | None, name: str) -> click.Option | None:
    params = ctx.command.params if ctx else []
    return next((p for p in params if isinstance(p, click.Option) and name in (*p.opts, *p.secondary_opts)), None)


def _metavar(option: click.Option | None) -> str:
    return f"“{option.metavar}”" if option is not None and option.metavar else "值"


def _name(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return f"选项 {max(param.opts, key=len)}"
    return f"“{param.human_readable_name}”"


def _hint(ctx: click.Context | None) -> str:
    return f"（用法见 {ctx.command_path} --help）" if ctx is not None else ""
