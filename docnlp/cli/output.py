"""Where results go: the terminal, a pipe or a file; and what the terminal can show."""

from __future__ import annotations

import codecs
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from docnlp.errors import DocnlpError, SettingsError
from docnlp.fixing import system_reason, write_atomically
from docnlp.text.width import text_width

AMBIGUOUS = "DOCNLP_AMBIGUOUS_WIDTH"

#: Consoles with these encodings draw “ ” — … two columns wide.
_WIDE = {"gbk", "gb18030", "gb2312", "hz"}


def ambiguous_width() -> int:
    """Columns of an East Asian Ambiguous character on standard output."""
    if (wish := os.environ.get(AMBIGUOUS)) in ("1", "2"):
        return int(wish)
    try:
        encoding = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name
    except LookupError:
        return 1
    return 2 if encoding in _WIDE else 1


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def use_color(when: str, output: str | None) -> bool:
    """Whether to use colours.

    Args:
        when: `always`, `never` or `auto`: on a terminal, unless NO_COLOR is set; anywhere where FORCE_COLOR is.
        output: The file the result goes to, None for standard output.
    """
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return output is None and is_terminal() and os.environ.get("TERM") != "dumb"


def columns(width: int | None) -> int:
    """Columns to lay text out in: those asked for, the terminal's, or 80."""
    return width or (shutil.get_terminal_size((80, 24)).columns if is_terminal() else 80)


def refuse_overwriting(output: str | None, inputs: Iterable[str], option: str = "-o") -> None:
    """Make sure that writing `output` destroys no input.

    Args:
        output: The file to be written, None for standard output.
        inputs: Files that are read.
        option: The option that names `output`.

    Raises:
        SettingsError: It is one of the inputs, or a folder.
    """
    if output is None:
        return
    target = Path(output)
    if target.is_dir():
        raise SettingsError("是文件夹，不能写成文件", f"请在 {option} 后面写一个文件名", output)
    if not target.exists():
        return
    for path in inputs:
        if path != "-" and Path(path).exists() and target.samefile(path):
            raise SettingsError("是正在检查的文件，不能用结果覆盖它", f"请在 {option} 后面换一个文件名", output)


def deliver(text: str, output: str | None, *, data: bool = False, color: bool = False) -> None:
    """Write a result.

    Args:
        text: The result.
        output: A file, written as UTF-8 in one step; None for standard output.
        data: Whether the result is for programs (JSON, SARIF, HTML): always UTF-8 then, whatever the console speaks.
        color: Whether colour codes in the text are meant.

    Raises:
        FixError: The file cannot be written.
    """
    content = text.encode("utf-8", "replace")
    if output is not None:
        write_atomically(output, content)
    elif data and not is_terminal():
        deliver_bytes(content)
    else:
        _quietly(lambda: click.echo(text, nl=False, color=color))


def deliver_bytes(content: bytes) -> None:
    """Write bytes to standard output as they are."""

    def write() -> None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()

    _quietly(write)


def _quietly(write: Callable[[], None]) -> None:
    """Write to standard output; a reader who has left (`docnlp … | head`) is no failure.

    Raises:
        DocnlpError: It cannot be written for another reason, such as a full disk.
    """
    try:
        write()
        sys.stdout.flush()
    except OSError as error:
        # Windows says EINVAL of a closed pipe.
        if not isinstance(error, BrokenPipeError) and not (os.name == "nt" and error.errno == errno.EINVAL):
            raise DocnlpError(f"结果写不出去（{system_reason(error)}）", "请看磁盘有没有空间") from error
        # What is still buffered would be complained of when Python exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def note(text: str) -> None:
    """A line on standard error."""
    click.echo(text, err=True)


def pad(text: str, width: int, ambiguous: int) -> str:
    """`text` filled up to `width` columns."""
    return text + " " * max(width - text_width(text, ambiguous), 0)


def table(rows: Iterable[Sequence[str]], ambiguous: int, indent: int = 0) -> list[str]:
    """Rows with their cells aligned by columns; the last one is not filled up."""
    cells = [list(row) for row in rows]
    widths = [max(text_width(cell, ambiguous) for cell in column) for column in zip(*cells, strict=True)]
    out = []
    for row in cells:
        filled = [pad(cell, width, ambiguous) for cell, width in zip(row[:-1], widths, strict=False)]
        out.append((" " * indent + "  ".join([*filled, row[-1]])).rstrip())
    return out
