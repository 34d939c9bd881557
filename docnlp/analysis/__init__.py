"""What docnlp believes about a document: genre, section of each block, slogans."""

from __future__ import annotations

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import AnalysisOptions, SectionModel, SloganModel
from docnlp.analysis.genre import LexiconGenre
from docnlp.analysis.sections import LexiconSections
from docnlp.document.model import Document

__all__ = ["Analysis", "AnalysisOptions", "analyse"]


def analyse(document: Document, options: AnalysisOptions | None = None) -> Analysis:
    """A document seen through the models; nothing is computed before it is asked for.

    Args:
        document: The document.
        options: The user's wordings, allowed words and models folder.

    Raises:
        ModelError: The models folder has no section model that can be used.
    """
    options = options or AnalysisOptions()

    def slogan_model() -> SloganModel:
        from docnlp.analysis.slogans import PatternSlogans

        return PatternSlogans(options)

    return Analysis(document, LexiconGenre(), _section_model(options), slogan_model)


def _section_model(options: AnalysisOptions) -> SectionModel:
    if options.models is None:
        return LexiconSections(options)
    from docnlp.analysis.trained import TrainedSections, load_sections

    return TrainedSections(load_sections(options.models), options)
