"""What holds for every text."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from docnlp.analysis import analyse
from docnlp.analysis.base import SECTIONS
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text

_PIECES = st.sampled_from(
    [
        "一、指导思想", "二、", "（一）", "(二)", "1.", "2、", "①", "（1）", "第一部分", "一是", "二要", "第三，", "。", "，", ",", "：", "；", "\n", "\n\n", " ", "　", "\u00a0", "“", "”", "《", "》", "（", "）",
        "清溪县税务局", "工作方案", "关于印发《方案》的通知", "各科室：", "2024年3月5日", "20xx年1月", "附件：", "附件", "篇一：", "以邓小平理论为指导", "成立领导小组", "存在的问题", "下一步", "# ", "**", "🎉", "\ud800",
        "2.5万元", "3.15", "开展志愿服务活动", "x",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=60).map("".join))


@given(TEXTS, st.sampled_from(["x.txt", "x.md"]))
@settings(max_examples=200)
@example("一、" * 200, "x.txt")
@example("\ufeff\ufeff一、\r\r\n", "x.txt")
def test_blocks_tile_the_text(text: str, path: str) -> None:
    document = build(source_from_text(text, path))
    assert "\r" not in document.text
    covered = [False] * len(document.text)
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end
        last = block.end
        assert document.slice(block) == document.slice(block).strip()
        assert (block.level is not None) == (block.kind == "heading")
        covered[block.start : block.end] = [True] * (block.end - block.start)
    if "docnlp" not in document.text:
        assert all(c or document.text[i].isspace() for i, c in enumerate(covered))
    assert [p.first for p in document.parts[1:]] == [p.last for p in document.parts[:-1]]
    assert document.parts[-1].last == len(document.blocks)
    assert document.parts[0].start == 0
    assert document.parts[-1].end == len(document.text)


@given(TEXTS)
@settings(max_examples=150)
def test_analysis_labels_every_block(text: str) -> None:
    analysis = analyse(build(source_from_text(text)))
    assert len(analysis.sections) == len(analysis.document.blocks)
    assert len(analysis.genres) == len(analysis.document.parts)
    assert all(label.section in SECTIONS and 0 <= label.confidence <= 1 for label in analysis.sections)
    for slogan in analysis.slogans:
        assert 0 <= slogan.start < slogan.end <= len(text.replace("\r\n", "\n"))
    ends = [0, *(s.end for s in analysis.slogans)]
    assert all(s.start >= e for s, e in zip(analysis.slogans, ends, strict=False))
