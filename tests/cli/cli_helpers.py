"""What the tests of the command line share."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docnlp.rules.base import Basis, Context, Fix, Hit, Rule, Severity


@dataclass(frozen=True)
class Result:
    """What a command line left behind."""

    status: int
    out: str
    err: str


Cli = Callable[..., Result]


def shell(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m docnlp …` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "docnlp", *arguments], input=stdin, capture_output=True, env=os.environ | environment, check=False
    )


def make_rule(code: str, pattern: str, replacement: str | None, *, fix: Fix = Fix.SAFE, severity: Severity = "warning") -> Rule:
    """A rule that reports a pattern."""

    def check(context: Context) -> Iterator[Hit]:
        for m in re.finditer(pattern, context.text):
            yield Hit(m.start(), m.end(), f"不写“{m.group()}”", () if replacement is None else (replacement,))

    return Rule(code, code.lower(), "示例", severity, "示例", (Basis("示例"),), check, (), fix)
