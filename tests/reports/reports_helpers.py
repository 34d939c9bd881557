"""Hand-made documents and reports: structure and findings are given, no model and no rule decides anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import GenreLabel, SectionLabel, Slogan
from docnlp.checker import CheckReport, FileReport
from docnlp.document.model import Block, BlockKind, Document, Note, Part
from docnlp.readers.plain import source_from_text
from docnlp.rules.base import Edit, Finding, Severity

DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class FixedModels:
    """Says of every document what it was told."""

    label: GenreLabel

    def genre(self, document: Document, part: Part) -> GenreLabel:
        return self.label

    def sections(self, document: Document, part: Part, genre: GenreLabel) -> Sequence[SectionLabel]:
        return [SectionLabel("tasks", 1.0)] * (part.last - part.first)

    def slogans(self, document: Document) -> Sequence[Slogan]:
        return ()


def analysis_of(text: str, path: str = "x.txt", kinds: Sequence[tuple[str, BlockKind, int | None]] = ()) -> Analysis:
    """A document whose lines are body blocks, except for the pieces of text named in `kinds`."""
    source = source_from_text(text, path)
    blocks: list[Block] = []
    for i, p in enumerate(source.paragraphs):
        words = source.text[p.start : p.end]
        start = p.start + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        for piece, kind, level in kinds:
            if source.text.startswith(piece, start) and start + len(piece) <= end:
                blocks.append(Block(start, start + len(piece), kind, level, paragraph=i, runin=start + len(piece) < end))
                start += len(piece)
                break
        if start < end:
            blocks.append(Block(start, end, "body", paragraph=i))
    document = Document(source, tuple(blocks), (Part(0, len(source.text), 0, len(blocks)),))
    models = FixedModels(GenreLabel("plan", "工作方案", 1.0))
    return Analysis(document, models, models, models)


def finding(
    analysis: Analysis,
    words: str | tuple[int, int] | None,
    code: str = "PUN001",
    name: str = "half-width-mark",
    severity: Severity = "warning",
    message: str = "中文句子里用了半角标点",
    suggestions: tuple[str, ...] = (),
    *,
    nth: int = 0,
    safe: bool | None = None,
    edits: tuple[Edit, ...] | None = None,
    section: str | None = None,
    source: str = "GB/T 15834—2011《标点符号用法》",
) -> Finding:
    """A finding on the n-th occurrence of `words`, on a span, or (None) on the whole file.

    `safe` None: no fix; else the first suggestion is the fix unless `edits` are given.
    """
    document = analysis.document
    if words is None:
        return Finding(code, name, severity, None, None, 1, 1, "", message, suggestions, section=section, source=source)
    if isinstance(words, str):
        start = -1
        for _ in range(nth + 1):
            start = document.text.index(words, start + 1)
        end = start + len(words)
    else:
        start, end = words
    line, column = document.lines.locate(start)
    if edits is None:
        edits = () if safe is None else (Edit(start, end, suggestions[0]),)
    return Finding(
        code, name, severity, start, end, line, column, document.text[start:end], message, suggestions,
        edits, bool(safe), section, analysis.section_at(start), source,
    )  # fmt: skip


def file_report(analysis: Analysis, findings: Sequence[Finding], **more: Any) -> FileReport:
    """A file that was read; findings are sorted as a check sorts them."""
    ordered = sorted(findings, key=lambda f: (-1 if f.start is None else f.start, f.end or 0, f.code))
    given: dict[str, Any] = {
        "genre": "plan",
        "subgenre": "工作方案",
        "as_of": DAY,
        "as_of_from": "today",
        "rules_run": 38,
    }
    return FileReport(analysis.document.path, findings=tuple(ordered), analysis=analysis, **{**given, **more})


def report_of(*files: FileReport, as_of: str = "2026-11-23") -> CheckReport:
    return CheckReport(tuple(files), as_of, version="0.1.0")


PLAN = """青石街道文明楼院创建工作方案
各社区、各有关单位:
为扎实推进文明楼院创建,提升居民素质,制定本方案。
一、指导思想。以新时代文明实践为抓手,坚持x法制教育与自治相结合，推动创建工作走深走实。
二、主要任务
（一）开展“清洁楼道”行动
清理楼道杂物,维修照明设施;建立楼长制度,每季度评选一次。
（三）用心开展志愿服务
组织20xx名志愿者,为老人带给帮助。联系国土资源局,做好用地保障。
三、保障措施
加强督导,落实经费。

青石街道办事处
2026年2月30日
"""
PLAN_KINDS: tuple[tuple[str, BlockKind, int | None], ...] = (
    ("青石街道文明楼院创建工作方案", "title", None),
    ("各社区、各有关单位:", "addressee", None),
    ("一、指导思想。", "heading", 1),
    ("二、主要任务", "heading", 1),
    ("（一）开展“清洁楼道”行动", "heading", 2),
    ("（三）用心开展志愿服务", "heading", 2),
    ("三、保障措施", "heading", 1),
    ("青石街道办事处", "signature", None),
    ("2026年2月30日", "date", None),
)


def plan_file(path: str = "方案.txt", **more: Any) -> FileReport:
    """A plan with findings of most families: nested, repeated, missing and file-level ones."""
    a = analysis_of(PLAN, path, PLAN_KINDS)
    commas = [finding(a, ",", suggestions=("，",), safe=True, nth=n) for n in range(PLAN.count(","))]
    others = [
        finding(a, None, "SEC001", "missing-section", "error", "没有找到“组织领导”部分：查过“组织领导”“领导小组”等写法，最近的标题是“三、保障措施”", section="organization", source="工作方案的必备部分"),
        finding(a, None, "SEC001", "missing-section", "warning", "没有找到“工作目标”部分", section="objectives", source="工作方案的必备部分"),
        finding(a, "（三）", "NUM001", "skipped-number", "error", "序号从“（一）”跳到“（三）”，中间缺“（二）”", ("（二）",), safe=False, source="《党政机关公文处理工作条例》"),
        finding(a, "x法制教育", "RES002", "redacted-word", "error", "字母“x”是抄来的文稿里被遮掉的字，请补全", source="文稿抄写痕迹"),
        finding(a, "法制教育", "POL001", "superseded-term", "warning", "“法制教育”现在写作“法治教育”", ("法治教育",), safe=False, source="2014 年以来的规范表述"),
        finding(a, "20xx", "RES001", "blank", "error", "留着没有填的空：“20xx”"),
        finding(a, "国土资源局", "POL002", "old-agency", "error", "国土资源局已于2018年机构改革后不再保留", ("自然资源局", "自然资源和规划局", "规划和自然资源局", "自然资源和林业局"), safe=False, source="2018年机构改革方案"),
        finding(a, "2026年2月30日", "DIG003", "impossible-date", "error", "2月没有30日，请核对日期"),
        finding(a, "用心", "RES003", "reworded-copy", "info", "“用心”像是把“积极”机械替换来的", ("积极",), safe=False),
    ]  # fmt: skip
    notes = (Note("hidden-text", "文中有 1 处隐藏文字，也一并检查了"),)
    return file_report(a, [*commas, *others], **{"notes": notes, "suppressed": 2, "baselined": 1, **more})
