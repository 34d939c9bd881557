"""SYS: what docnlp reports about its own work."""

from __future__ import annotations

from collections.abc import Iterator

from docnlp.rules.base import Basis, Context, Hit, Rule


def _never(context: Context) -> Iterator[Hit]:
    """Raised by the engine, not by looking at the text."""
    return iter(())


CRASHED = Rule(
    code="SYS001",
    name="rule-crashed",
    title="规则出错",
    severity="error",
    why="一条规则在这份文件上出错，它本该报的问题没有报出来。其余规则照常检查，程序以 2 退出。",
    basis=(Basis("docnlp 自身"),),
    check=_never,
    examples=(),
)

UNUSED = Rule(
    code="SYS002",
    name="unused-suppression",
    title="没有用上的忽略标记",
    severity="info",
    why="文中写了忽略某条规则的标记，但那里并没有这条规则的问题。标记过时不删，以后会盖住真问题。",
    basis=(Basis("docnlp 自身"),),
    check=_never,
    examples=(),
)

RULES: tuple[Rule, ...] = (CRASHED, UNUSED)
