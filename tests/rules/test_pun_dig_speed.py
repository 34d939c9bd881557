"""PUN and DIG together: fast enough, and linear also where a text is one line."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from docnlp.analysis import analyse
from docnlp.document.build import build
from docnlp.document.model import Block, Document, Paragraph, Part, Source
from docnlp.readers.plain import source_from_text
from docnlp.rules import dig, pun
from docnlp.rules.base import Context

RULES = (*pun.RULES, *dig.RULES)
REPORTS = "\n".join(p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parents[1] / "clean").glob("*.txt")))
DAY = date(2026, 11, 23)


def context_of(text: str) -> Context:
    """A context whose structure is one body block a line: what is measured is the rules, not the parser."""
    paragraphs: list[Paragraph] = []
    at = 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(at, at + len(line)))
        at += len(line) + 1
    blocks = tuple(
        Block(p.start, p.end, "body", paragraph=i) for i, p in enumerate(paragraphs) if text[p.start : p.end].strip()
    )
    source = Source("x.txt", "txt", text, tuple(paragraphs))
    document = Document(source, blocks, (Part(0, len(text), 0, len(blocks)),))
    small = build(source_from_text("无"))
    return Context(document, analyse(small), DAY)


def seconds(text: str) -> float:
    """Best of two runs, so that a busy machine does not count."""
    best = float("inf")
    for _ in range(2):
        context = context_of(text)
        assert context.protected is not None
        start = time.process_time()
        for rule in RULES:
            for _hit in rule.check(context):
                pass
        best = min(best, time.process_time() - start)
    return best


def repeated(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


@pytest.mark.parametrize("one_line", [False, True])
def test_a_million_characters(one_line: bool) -> None:
    text = repeated(REPORTS.replace("\n", "") if one_line else REPORTS + "\n", 1_000_000)
    assert seconds(text) < 1.0  # 0.25 s on a quiet core; what is guarded against is a slip of an order of magnitude


HOSTILE = {
    "half width": "加强领导,落实责任;做好(宣传)工作:",
    "opening quotes": "“文明",
    "closing quotes": "文明”",
    "opening brackets": "（文明",
    "title marks": "《文明",
    "dots": "... ",
    "ellipses": "…… ",
    "dashes": "-- ",
    "colons": "如下：",
    "digits": "1",
    "grouped digits": "1,000",
    "ranges": "1-2-",
    "hundreds": "近百",
    "listed numbers": "2、3",
    "year brackets": "文[2025]",
    "blanks": "文 ",
    "straight quotes": '文"',
    "items": "一是",
    "ordinals": "第一、",
    "separators": "”、“",
    "rates": "满意率提高5%",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_text_only(piece: str) -> None:
    small, large = seconds(repeated(piece, 20_000)), seconds(repeated(piece, 160_000))
    assert large < 8 * small * 3 + 0.05


def test_deep_nesting_is_linear() -> None:
    for pair in ("《》", "（）", "“”"):
        small = seconds(pair[0] * 10_000 + pair[1] * 10_000)
        large = seconds(pair[0] * 80_000 + pair[1] * 80_000)
        assert large < 8 * small * 3 + 0.05
