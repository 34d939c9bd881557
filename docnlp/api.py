"""The Python interface: check, parse and slogans of a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docnlp.analysis import analyse
from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import Slogan
from docnlp.checker import check_source
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text
from docnlp.rules.base import Finding
from docnlp.settings import Settings


def parse(text: str, *, path: str = "x.txt", settings: Settings | None = None) -> Analysis:
    """Structure of a report.

    Args:
        text: The report.
        path: A file name; an ending `.md` makes it markdown.
        settings: Settings; the defaults unless given.

    Returns:
        The analysis: `.document` with blocks and parts, `.genre`, `.sections` (one label a block).
    """
    return analyse(build(source_from_text(text, path)), (settings or Settings()).analysis)


def check(text: str, *, path: str = "x.txt", settings: Settings | None = None, today: date | None = None) -> Sequence[Finding]:
    """Findings of a text, sorted by place.

    Args:
        text: The report.
        path: A file name; an ending `.md` makes it markdown.
        settings: Settings; the defaults unless given.
        today: The current day; the clock's unless given.
    """
    return check_source(source_from_text(text, path), settings or Settings(), today or date.today()).findings


def extract_slogans(text: str, *, settings: Settings | None = None) -> Sequence[Slogan]:
    """Slogans of a text, in order.

    Args:
        text: The report.
        settings: Settings; words it allows are no slogans.
    """
    return parse(text, settings=settings).slogans
