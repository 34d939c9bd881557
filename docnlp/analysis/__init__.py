"""What docnlp believes about a document: genre, section of each block, slogans."""

from __future__ import annotations

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import AnalysisOptions, SloganModel
from docnlp.analysis.genre import LexiconGenre
from docnlp.analysis.sections import LexiconSections
from docnlp.document.model import Document

__all__ = ["Analysis", "AnalysisOptions", "analyse"]


def analyse(document: Document, options: AnalysisOptions | None = None) -> Analysis:
    """A document seen through the shipped models; nothing is computed before it is asked for.

    Args:
        document: The document.
        options: The user's wordings and allowed words.
    """
    options = options or AnalysisOptions()

    def slogan_model() -> SloganModel:
        from docnlp.analysis.slogans import PatternSlogans

        return PatternSlogans(options)

    return Analysis(document, LexiconGenre(), LexiconSections(options), slogan_model)
