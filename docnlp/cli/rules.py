"""`docnlp rules` and `docnlp rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command
from docnlp.cli.params import Number, OneOf, format_option

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from docnlp.rules.base import Rule
    from docnlp.settings import Settings


@click.command(
    "rules",
    cls=Command,
    help="列出全部规则：代码、名称、级别、是否启用、查什么。级别和启用与否按当前文件夹的设置显示。\n\n“docnlp rule 代码”显示一条规则的详细说明。",
)
@click.option("--family", metavar="类别", help="只列一类，例如 PUN")
@format_option("text", "json")
def rules(family: str | None, form: str) -> int:
    """List rules; returns the exit status."""
    import json
    from pathlib import Path

    from docnlp.cli.files import SettingsFinder
    from docnlp.cli.output import ambiguous_width, deliver, table
    from docnlp.rules import all_rules
    from docnlp.rules.base import FAMILIES, SEVERITY_NAMES

    known = {f: name for f, name in FAMILIES.items() if any(r.family == f for r in all_rules())}
    if family is not None and (family := family.upper()) not in known:
        listed = "、".join(f"{f}（{name}）" for f, name in known.items())
        raise click.UsageError(f"没有“{family}”这一类规则，可以写 {listed}", click.get_current_context())
    settings = SettingsFinder().of_folder(Path())
    chosen = [_facts(r, settings) for r in all_rules() if family in (None, r.family)]
    if form == "json":
        deliver(json.dumps(chosen, ensure_ascii=False, indent=2) + "\n", None, data=True)
        return 0
    rows = [("代码", "名称", "级别", "启用", "查什么")]
    rows += [(r["code"], r["name"], SEVERITY_NAMES[r["severity"]], "是" if r["enabled"] else "否", r["title"]) for r in chosen]
    total = f"共 {len(chosen)} 条，启用 {sum(r['enabled'] for r in chosen)} 条。“docnlp rule 代码”显示一条规则的说明。"
    deliver("\n".join([*table(rows, ambiguous_width()), "", total]) + "\n", None)
    return 0


def _facts(rule: Rule, settings: Settings) -> dict[str, Any]:
    """A row of the table; severity and enabled as the settings have them."""
    from docnlp.selection import rules_for, severity_for

    genre = rule.genres[0] if rule.genres else "other"
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "family": rule.family,
        "severity": severity_for(rule.code, rule.severity, settings),
        "enabled": bool(rules_for([rule], settings, genre, None)),
        "fix": rule.fix.value,
        "needs_genre": rule.needs_genre,
        "genres": list(rule.genres),
        "source": rule.source,
    }


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from docnlp.rules import all_rules

    return [CompletionItem(r.code, help=r.title) for r in all_rules() if r.code.startswith(incomplete.upper())]


@click.command("rule", cls=Command, help="说明一条规则：查什么、为什么、依据、正反例子、怎样修改、怎样忽略。\n\n可以写代码（PUN001）或名称。")
@click.argument("code", metavar="代码", shell_complete=_complete)
@click.option("--color", metavar="何时", type=OneOf("auto", "always", "never"), default="auto", help="颜色：auto、always、never")
@click.option("--width", metavar="列数", type=Number(20), help="按这个宽度排版")
def rule(code: str, color: str, width: int | None) -> int:
    """Explain a rule; returns the exit status."""
    from docnlp.cli.output import ambiguous_width, columns, deliver, use_color
    from docnlp.cli.words import nearest
    from docnlp.reports import rule_page
    from docnlp.rules import all_rules

    known = {r.code: r for r in all_rules()} | {r.name: r for r in all_rules()}
    found = known.get(code.upper()) or known.get(code.lower())
    if found is None:
        guess = nearest(code, known)
        near = f"，最接近的是 {known[guess].code}（{known[guess].name}，{known[guess].title}）" if guess else ""
        raise click.UsageError(f"没有规则“{code}”{near}；“docnlp rules”列出全部规则")
    painted = use_color(color, None)
    deliver(rule_page.terminal(found, width=columns(width), color=painted, ambiguous=ambiguous_width()), None, color=painted)
    return 0
