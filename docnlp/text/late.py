"""Patterns that are compiled on first use.

A check of one report needs few of the many patterns that guard against false alarms, and compiling one costs as much
as searching a page with it.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern")


class _Late:
    """Stands for a pattern until a method of it is asked for."""

    def __init__(self, pattern: str) -> None:
        self._words = pattern

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._words)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled on first use.

    Args:
        pattern: A regular expression; a wrong one raises when it is first used.
    """
    return cast("re.Pattern[str]", _Late(pattern))
