"""docnlp's own ways to find slogans, behind the protocol of the measurement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmarks.slogans_common import Found
from docnlp.analysis import AnalysisOptions, analyse
from docnlp.analysis.shelf import folder_of
from docnlp.analysis.slogans import PatternSlogans
from docnlp.document.model import Document
from docnlp.training.markup import CorpusDocument

if TYPE_CHECKING:
    from docnlp.analysis.trained_slogans import TrainedSlogans


class Patterns:
    """The extractor that needs no model."""

    name = "docnlp 按形式（不用模型）"

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        """Nothing to learn."""

    def extract(self, text: str, document: Document) -> list[Found]:
        """See `Method`."""
        return [Found(s.start, s.end, s.type) for s in PatternSlogans(AnalysisOptions()).slogans(document)]


class Trained:
    """docnlp's trained extractor, trained anew on the training documents."""

    name = "docnlp 模型（重新训练）"

    def __init__(self) -> None:
        self._model: TrainedSlogans | None = None

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        """See `Method`."""
        from docnlp.analysis.linear import unpack
        from docnlp.analysis.trained_slogans import TrainedSlogans
        from docnlp.training.slogans import train as train_slogans

        self._model = TrainedSlogans(unpack(train_slogans(train), "slogans"), AnalysisOptions())

    def extract(self, text: str, document: Document) -> list[Found]:
        """See `Method`."""
        assert self._model is not None, "fit first"
        return [Found(s.start, s.end, s.type) for s in self._model.slogans(document)]


class Shipped:
    """What a user gets who sets nothing."""

    name = "docnlp 成品（随程序附带）"

    def groups(self) -> list[str]:
        """The author groups it was trained on; none where it is no trained model."""
        from docnlp.analysis.trained_slogans import load_slogans

        folder = folder_of("slogans", None)
        return list(load_slogans(folder).meta["groups"]) if folder else []

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        """It is trained already."""

    def extract(self, text: str, document: Document) -> list[Found]:
        """See `Method`."""
        return [Found(s.start, s.end, s.type) for s in analyse(document).slogans]
