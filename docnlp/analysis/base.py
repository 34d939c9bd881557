"""Labels of the analysis and the protocols that lexicon and trained models both fulfil."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol

from docnlp.document.model import Document, Part

Genre = Literal["plan", "keypoints", "summary", "notice", "opinion", "other"]
GENRES: tuple[Genre, ...] = ("plan", "keypoints", "summary", "notice", "opinion", "other")

Section = Literal[
    "preamble", "guiding", "objectives", "principles", "tasks", "schedule", "organization", "safeguards",
    "problems", "next_steps", "closing", "frame",
]  # fmt: skip
SECTIONS: tuple[Section, ...] = (
    "preamble", "guiding", "objectives", "principles", "tasks", "schedule", "organization", "safeguards",
    "problems", "next_steps", "closing", "frame",
)  # fmt: skip

#: What a writer calls each section.
SECTION_NAMES: dict[str, str] = {
    "preamble": "前言（引言）",
    "guiding": "指导思想（总体要求）",
    "objectives": "工作目标",
    "principles": "基本原则",
    "tasks": "主要任务（主要做法）",
    "schedule": "实施步骤（时间安排）",
    "organization": "组织领导",
    "safeguards": "保障措施（工作要求）",
    "problems": "存在问题",
    "next_steps": "下一步打算",
    "closing": "结语",
    "frame": "标题、落款等",
}

GENRE_NAMES: dict[str, str] = {
    "plan": "方案、计划",
    "keypoints": "工作要点",
    "summary": "总结、汇报",
    "notice": "通知",
    "opinion": "意见",
    "other": "其他文稿",
}

SloganType = Literal["numeric", "campaign", "parallel", "policy"]
SLOGAN_NAMES: dict[str, str] = {
    "numeric": "数字缩略",
    "campaign": "活动品牌",
    "parallel": "对仗口号",
    "policy": "政策提法",
}


@dataclass(frozen=True, slots=True)
class GenreLabel:
    """Genre of a part.

    Attributes:
        genre: One of `GENRES`; None where the text is no report at all.
        subgenre: Chinese name of the kind, or None.
        confidence: 0 to 1.
        reason: What decided, in Chinese.
    """

    genre: Genre | None
    subgenre: str | None
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SectionLabel:
    """Section of a block; `reason` says in Chinese which wording or cue decided."""

    section: Section
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Slogan:
    """One occurrence of a slogan: [start, end) in the text, type and score (0 to 1)."""

    start: int
    end: int
    type: SloganType
    score: float


@dataclass(frozen=True)
class AnalysisOptions:
    """What a user may tell the models.

    Attributes:
        wordings: Section to heading wordings on top of the shipped ones.
        allow: Words and names that no component may report; slogans among them are left out.
        models: Folder of trained models to use, None for the shipped ones.
    """

    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    allow: tuple[str, ...] = ()
    models: Path | None = None


class GenreModel(Protocol):
    """Says what kind of document a part is."""

    def genre(self, document: Document, part: Part) -> GenreLabel: ...


class SectionModel(Protocol):
    """Labels every block of a part, in order: `part.last - part.first` labels."""

    def sections(self, document: Document, part: Part, genre: GenreLabel) -> Sequence[SectionLabel]: ...


class SloganModel(Protocol):
    """Finds the slogans of a document, ordered and not overlapping."""

    def slogans(self, document: Document) -> Sequence[Slogan]: ...
