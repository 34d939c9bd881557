"""Ordinary report text of any size, made from the reports in tests/clean with a fixed seed."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "clean"
SEED = 20261123

#: From so many characters on, a paragraph is body text and may trade places; shorter ones are titles and headings.
BODY = 40


@cache
def reports() -> tuple[tuple[str, ...], ...]:
    """The non-blank lines of every report."""
    out = []
    for path in sorted(FOLDER.glob("*.txt")):
        lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
        out.append(tuple(line for line in lines if line))
    return tuple(out)


def text_of(size: int) -> str:
    """A text of about `size` bytes of UTF-8.

    Reports follow one another in shuffled order; each keeps its titles and headings in place, its body paragraphs are
    drawn from all reports.

    Args:
        size: Bytes wanted; the text stops with the paragraph that reaches it.
    """
    chance = random.Random(SEED)
    bodies = [line for report in reports() for line in report if len(line) >= BODY]
    out: list[str] = []
    reached = 0
    while True:
        for report in chance.sample(reports(), len(reports())):
            for line in report:
                chosen = chance.choice(bodies) if len(line) >= BODY else line
                out.append(chosen)
                reached += len(chosen.encode()) + 1
                if reached >= size:
                    return "\n".join(out) + "\n"


def one_report(characters: int = 3000) -> str:
    """A report of close to `characters` characters: the first one, lengthened by body paragraphs of the others.

    Args:
        characters: At most so many.
    """
    first, *others = reports()
    bodies = [line for report in others for line in report if len(line) >= BODY]
    lines = list(first)
    size = len("\n".join(lines)) + 1
    at = next(i for i, line in enumerate(lines) if len(line) >= BODY) + 1
    for body in bodies:
        if size + len(body) + 1 <= characters:
            lines.insert(at, body)
            size += len(body) + 1
    return "\n".join(lines) + "\n"
