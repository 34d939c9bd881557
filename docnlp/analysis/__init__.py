"""What docnlp believes about a document: genre, section of each block, slogans."""

from __future__ import annotations

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import AnalysisOptions, GenreModel, SectionModel, SloganModel
from docnlp.analysis.shelf import folder_of
from docnlp.document.model import Document

__all__ = ["Analysis", "AnalysisOptions", "analyse"]


def analyse(document: Document, options: AnalysisOptions | None = None) -> Analysis:
    """A document seen through the models; nothing is computed before it is asked for.

    The models are those of the user's folder, else the shipped ones, else the word lists.

    Args:
        document: The document.
        options: The user's wordings, allowed words and models folder.

    Raises:
        ModelError: The models folder, or a model in it, cannot be used.
    """
    options = options or AnalysisOptions()
    return Analysis(document, _genre_model(options), _section_model(options), lambda: _slogan_model(options))


def _genre_model(options: AnalysisOptions) -> GenreModel:
    if (folder := folder_of("genre", options.models)) is not None:
        from docnlp.analysis.trained_genre import TrainedGenre, load_genre

        return TrainedGenre(load_genre(folder), options)
    from docnlp.analysis.genre import LexiconGenre

    return LexiconGenre()


def _section_model(options: AnalysisOptions) -> SectionModel:
    if (folder := folder_of("sections", options.models)) is not None:
        from docnlp.analysis.trained import TrainedSections, load_sections

        return TrainedSections(load_sections(folder), options)
    from docnlp.analysis.sections import LexiconSections

    return LexiconSections(options)


def _slogan_model(options: AnalysisOptions) -> SloganModel:
    if (folder := folder_of("slogans", options.models)) is not None:
        from docnlp.analysis.trained_slogans import TrainedSlogans, load_slogans

        return TrainedSlogans(load_slogans(folder), options)
    from docnlp.analysis.slogans import PatternSlogans

    return PatternSlogans(options)
