"""What `parse` and `slogans` share: analyse files one by one and show the results."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docnlp.analysis import analyse
from docnlp.analysis.analysis import Analysis
from docnlp.cli.files import STDIN, Target, finder, is_single, targets
from docnlp.cli.output import ambiguous_width, columns, deliver, note, refuse_overwriting
from docnlp.cli.running import attempt
from docnlp.document.build import build
from docnlp.readers import read, read_bytes


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


def present(
    options: Options,
    to_dict: Callable[[str, Analysis], dict[str, Any]],
    to_lines: Callable[[str, Analysis, int, int], Sequence[str]],
) -> int:
    """Analyse files and show the results.

    Args:
        options: Of the command line.
        to_dict: The result of one file for JSON, from its path and analysis.
        to_lines: The result of one file as text, from its path, its analysis, the columns there are and the columns
            of an ambiguous character.

    Returns:
        The exit status: 0, or 2 where a file could not be read.
    """
    output = None if options.output == STDIN else options.output
    settings = finder(
        options.config, options.isolated, packs=options.packs, allow=options.allow, max_size=options.max_size, models=options.models
    )
    found = targets(options.paths, settings, options.stdin_filename)
    refuse_overwriting(output, [t.path for t in found if t.data is None])
    dicts: list[dict[str, Any]] = []
    texts: list[str] = []
    failed = False
    for target in found:

        def look(target: Target = target) -> None:
            analysis = _analysis(target)
            if options.form == "json":
                dicts.append(to_dict(target.path, analysis))
            else:
                texts.append("\n".join(to_lines(target.path, analysis, columns(None), ambiguous_width())) + "\n")

        if error := target.error or attempt(target.path, look):
            failed = True
            note(f"无法读取 {target.path}：{error}")
            dicts.append({"path": target.path, "error": error})
    if options.form == "json":
        result = dicts[0] if is_single(options.paths) else {"files": dicts}
        text = json.dumps(result, ensure_ascii=False, indent=2)
        deliver(re.sub("[\ud800-\udfff]", lambda m: f"\\u{ord(m.group()):04x}", text) + "\n", output, data=True)
    elif texts or output:
        deliver("\n".join(texts), output)
    return 2 if failed else 0


def _analysis(target: Target) -> Analysis:
    limits = target.settings.limits
    source = read(target.path, limits) if target.data is None else read_bytes(target.data, target.path, limits)
    return analyse(build(source), target.settings.analysis)
