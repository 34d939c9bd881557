"""Everything the models say of one document, computed once, by whoever first asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docnlp.analysis.base import GenreLabel, GenreModel, SectionLabel, SectionModel, Slogan, SloganModel
from docnlp.analysis.presence import Evidence, evidence
from docnlp.document.model import Document

if TYPE_CHECKING:
    from docnlp.analysis.period import WritingPeriod


@dataclass(frozen=True)
class Analysis:
    """Lazy view of a document through three models.

    Args:
        document: What is analysed.
        genre_model, section_model: See `docnlp.analysis.base`; `docnlp.analysis.analyse` fills in the shipped ones.
        slogan_model: Makes the slogan model when it is first asked for, since a check seldom needs it.
    """

    document: Document
    genre_model: GenreModel
    section_model: SectionModel
    slogan_model: Callable[[], SloganModel]

    @cached_property
    def genres(self) -> tuple[GenreLabel, ...]:
        """One label a part."""
        return tuple(self.genre_model.genre(self.document, part) for part in self.document.parts)

    @cached_property
    def sections(self) -> tuple[SectionLabel, ...]:
        """One label a block."""
        out: list[SectionLabel] = []
        for part, genre in zip(self.document.parts, self.genres, strict=True):
            out.extend(self.section_model.sections(self.document, part, genre))
        return tuple(out)

    @cached_property
    def presence(self) -> tuple[Mapping[str, Evidence], ...]:
        """For each part the sections that it has, with the place that shows it."""
        return tuple(
            evidence(self.document, part, self.sections, genre)
            for part, genre in zip(self.document.parts, self.genres, strict=True)
        )

    @cached_property
    def slogans(self) -> tuple[Slogan, ...]:
        """Slogans in order."""
        return tuple(self.slogan_model().slogans(self.document))

    @cached_property
    def period(self) -> WritingPeriod | None:
        """When it was probably written; None for a text without dated phrases."""
        from docnlp.analysis.period import writing_period

        return writing_period(self.document)

    @property
    def genre(self) -> GenreLabel:
        """Label of the first part; no genre for an empty document."""
        return self.genres[0] if self.genres else GenreLabel(None, None, 0.0)

    def section_at(self, offset: int) -> str | None:
        """Section of the block that holds `offset`; None outside every block."""
        i = self.document.block_at(offset)
        return self.sections[i].section if i is not None else None
