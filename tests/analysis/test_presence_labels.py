"""What shows that a part has safeguards, where the label alone does not."""

from __future__ import annotations

import pytest

from docnlp.analysis.base import GenreLabel, Section, SectionLabel
from docnlp.analysis.presence import evidence
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text

GROUP = "我站成立文明创建领导小组，站长任组长，各科室要高度重视，把这项任务一件一件做扎实，做出样子来。"
WISH = "各科室要把文明创建当作自己的事情来做，扎扎实实做好每一件小事，让过渡的群众满意。"
MONEY = "我站把文明创建经费列入年度预算，专款专用，每个季度公布一次收支，请职工来看账。"


@pytest.mark.parametrize(
    ("text", "confidence", "found"),
    [
        (GROUP, 0.97, False),  # a leading group and nothing else is organisation, however sure the label
        (GROUP, 0.6, False),
        (WISH, 0.97, True),
        (WISH, 0.6, False),
        (MONEY, 0.6, True),
        (GROUP + MONEY, 0.97, True),
    ],
)
def test_a_paragraph_that_is_labelled_safeguards(text: str, confidence: float, found: bool) -> None:
    document = build(source_from_text(f"青山渡口管理站工作方案\n引导职工文明服务，礼貌待客。\n{text}\n"))
    bodies = [i for i, b in enumerate(document.blocks) if b.kind == "body"]
    names: list[Section] = ["frame"] * len(document.blocks)
    names[bodies[0]], names[bodies[-1]] = "tasks", "safeguards"
    labels = [SectionLabel(name, confidence if name == "safeguards" else 1.0) for name in names]
    (part,) = document.parts
    assert ("safeguards" in evidence(document, part, labels, GenreLabel("plan", "工作方案", 1.0))) is found
