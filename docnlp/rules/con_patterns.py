"""What the modules of this family share: patterns compiled on first use, and a text with uniform marks.

A check of one report needs few of the many patterns of this family, and compiling one costs as much as searching a
page with it.
"""

from __future__ import annotations

import re
from typing import Any, cast

from docnlp.rules.base import Context

#: One Chinese character, as a set that compiles twenty times as fast as the range from 一 to 鿿.
HAN = r"[^\W\da-zA-Z_]"


class _Late:
    """Stands for a pattern until a method of it is asked for."""

    def __init__(self, pattern: str) -> None:
        self._words = pattern

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._words)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled on first use.

    Args:
        pattern: A regular expression; a wrong one raises when it is first used.
    """
    return cast("re.Pattern[str]", _Late(pattern))


_COMMA = late(r",(?![0-9]{3})|(?<![0-9]),")
_TWINS = (
    (";", "；"), (":", "："), ("(", "（"), (")", "）"), ("?", "？"), ("!", "！"),
    ("０", "0"), ("１", "1"), ("２", "2"), ("３", "3"), ("４", "4"), ("５", "5"), ("６", "6"), ("７", "7"), ("８", "8"), ("９", "9"),
)  # fmt: skip


def prose(context: Context) -> str:
    """The text with half-width marks made full-width and digits made half-width; same length, same offsets.

    A comma inside a number (1,200) stays.

    Args:
        context: What is checked; use it as `context.shared(prose)`.
    """
    text = context.text
    for written, uniform in _TWINS:
        text = text.replace(written, uniform)
    if "," in text:
        text = _COMMA.sub("，", text)
    return text
