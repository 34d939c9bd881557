"""What `parse` and `slogans` share: analyse files one by one and show the results."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docnlp.analysis import analyse
from docnlp.analysis.analysis import Analysis
from docnlp.cli.files import STDIN, Target, finder, is_single, targets
from docnlp.cli.output import ambiguous_width, columns, deliver, note, refuse_overwriting
from docnlp.cli.running import attempt, progress_line
from docnlp.document.build import build
from docnlp.readers import read, read_bytes
from docnlp.reports.shared import escape_surrogates, visible


@dataclass(frozen=True)
class Options:
    """The options of both commands, as their names say."""

    paths: tuple[str, ...]
    form: str
    output: str | None
    config: str | None
    isolated: bool
    packs: tuple[str, ...]
    allow: tuple[str, ...]
    max_size: str | None
    stdin_filename: str | None
    models: str | None = None
    width: int | None = None

    @property
    def destination(self) -> str | None:
        """The file the result goes to, None for standard output."""
        return None if self.output == STDIN else self.output


def present(
    options: Options,
    to_dict: Callable[[str, Analysis], dict[str, Any]],
    to_lines: Callable[[str, Analysis, int, int], Sequence[str]],
) -> int:
    """Analyse files and show the results, one behind the other.

    Args:
        options: Of the command line.
        to_dict: The result of one file for JSON, from its path and analysis.
        to_lines: The result of one file as text, from its path, its analysis, the columns there are and the columns
            of an ambiguous character.

    Returns:
        The exit status: 0, or 2 where a file could not be read.
    """
    dicts: list[dict[str, Any]] = []
    texts: list[str] = []

    def take(path: str, analysis: Analysis) -> None:
        if options.form == "json":
            dicts.append(to_dict(path, analysis))
        else:
            texts.append("\n".join(to_lines(path, analysis, columns(options.width), ambiguous_width())) + "\n")

    failed = visit(options, take, lambda path, error: dicts.append({"path": path, "error": error}))
    if options.form == "json":
        deliver_json(dicts[0] if is_single(options.paths) else {"files": dicts}, options.destination)
    elif texts or options.destination:
        deliver("\n".join(texts), options.destination)
    return 2 if failed else 0


def visit(
    options: Options, take: Callable[[str, Analysis], None], fail: Callable[[str, str], None] = lambda path, error: None
) -> list[tuple[str, str]]:
    """Analyse the files one by one. What cannot be read is named on standard error, and the others still have their turn.

    Args:
        options: Of the command line.
        take: Given the path and the analysis of each file that could be read.
        fail: Given the path of each other file, and the reason.

    Returns:
        The files that could not be read, each with the reason.

    Raises:
        DocnlpError: A setting, a model or the place of the output is wrong; that concerns all files.
    """
    settings = finder(
        options.config, options.isolated, packs=options.packs, allow=options.allow, max_size=options.max_size, models=options.models
    )
    found = targets(options.paths, settings, options.stdin_filename)
    refuse_overwriting(options.destination, [t.path for t in found if t.data is None])
    progress = progress_line(len(found), quiet=False)
    failed: list[tuple[str, str]] = []
    for number, target in enumerate(found, 1):

        def look(target: Target = target) -> None:
            take(target.path, _analysis(target))

        if error := target.error or attempt(target.path, look):
            failed.append((target.path, error))
            fail(target.path, error)
        progress(number)
    for path, error in failed:
        note(visible(f"无法读取 {path}：{error}", keep_breaks=True))
    return failed


def deliver_json(result: Any, output: str | None) -> None:
    """Write a result as JSON.

    Args:
        result: Dicts and lists.
        output: A file; None for standard output.

    Raises:
        DocnlpError: It cannot be written.
    """
    deliver(escape_surrogates(json.dumps(result, ensure_ascii=False, indent=2)) + "\n", output, data=True)


def _analysis(target: Target) -> Analysis:
    limits = target.settings.limits
    source = read(target.path, limits) if target.data is None else read_bytes(target.data, target.path, limits)
    return analyse(build(source), target.settings.analysis)
