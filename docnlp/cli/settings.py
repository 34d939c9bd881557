"""`docnlp settings`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command
from docnlp.cli.params import PATH, format_option, settings_options

if TYPE_CHECKING:
    from docnlp.settings import Settings


@click.command(
    "settings",
    cls=Command,
    help="显示正在起作用的设置，以及它们来自哪些文件。\n\n给出文件或文件夹，就显示检查它时用的设置；不给则看当前文件夹。",
)
@click.argument("path", metavar="[文件或文件夹]", type=PATH, default=".")
@format_option("text", "json")
@settings_options
def settings(
    path: str, form: str, config: str | None, isolated: bool, packs: tuple[str, ...], allow: tuple[str, ...], max_size: str | None
) -> int:
    """Show settings; returns the exit status."""
    import json
    from pathlib import Path

    from docnlp.cli.files import finder
    from docnlp.cli.output import ambiguous_width, deliver, table

    place = Path(path)
    found = finder(config, isolated, packs=packs, allow=allow, max_size=max_size).of_folder(
        place if place.is_dir() else place.parent
    )
    facts = to_dict(found)
    if form == "json":
        deliver(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", None, data=True)
        return 0
    out = ["设置来自：", *(f"  {file}" for file in facts["files"])] if facts["files"] else ["没有设置文件，全部用默认值。"]
    facts["max-size"] = f"{facts['max-size']} 字节"
    rows = [(NAMES[key], f"{key} =", _shown(value)) for key, value in facts.items() if key in NAMES]
    deliver("\n".join([*out, "", *table(rows, ambiguous_width())]) + "\n", None)
    return 0


#: What the text format calls each setting.
NAMES = {
    "select": "只查",
    "ignore": "不查",
    "extend-select": "另外再查",
    "extend-ignore": "另外不查",
    "severity": "改过的级别",
    "fail-on": "不合格的级别",
    "as-of": "按哪一天判断",
    "allow": "放行的词语",
    "terms": "本单位用语",
    "sections": "必备部分",
    "wordings": "标题写法",
    "per-subgenre": "按文种不同",
    "exclude": "排除的文件",
    "models": "自己训练的模型",
    "max-size": "文件大小上限",
}


def to_dict(found: Settings) -> dict[str, Any]:
    """Settings under the names a settings file uses."""
    return {
        "files": [str(f) for f in found.files],
        "select": list(found.select),
        "ignore": list(found.ignore),
        "extend-select": list(found.extend_select),
        "extend-ignore": list(found.extend_ignore),
        "severity": dict(found.severity),
        "fail-on": found.fail_on,
        "as-of": found.as_of,
        "allow": list(found.allow),
        "terms": [{"found": t.found, "use": list(t.use), "severity": t.severity, "source": t.source} for t in found.terms],
        "sections": {kind: dict(levels) for kind, levels in found.sections.items()},
        "wordings": {section: list(words) for section, words in found.wordings.items()},
        "per-subgenre": {
            kind: {"ignore": list(own.ignore), "extend-select": list(own.extend_select)} for kind, own in found.per_subgenre.items()
        },
        "exclude": list(found.exclude),
        "models": str(found.models) if found.models else None,
        "max-size": found.limits.max_bytes,
    }


def _shown(value: Any) -> str:
    """A value for people."""
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{_shown(v)}" for key, v in value.items()) or "（无）"
    if isinstance(value, list):
        words = [f"{v['found']}→{'/'.join(v['use'])}" if isinstance(v, Mapping) else str(v) for v in value]
        return "、".join(words) or "（无）"
    return "（无）" if value is None else str(value)
