"""What the ways to find slogans have in common: their protocol, lazy imports, guessing a type, word splitting."""

from __future__ import annotations

import importlib
import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from docnlp.analysis.base import Slogan, SloganType
from docnlp.document.model import Document
from docnlp.errors import DocnlpError
from docnlp.text.folding import fold
from docnlp.training.markup import CorpusDocument

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "benchmarks"

HAN_NUMBERS = "一二三四五六七八九十两双"
QUOTES = "“”‘’\"'「」"


class Found(NamedTuple):
    """An occurrence: [start, end) of the text and the type."""

    start: int
    end: int
    type: SloganType


class Method(Protocol):
    """A way to find slogans.

    Attributes:
        name: In Chinese, for the table.
    """

    name: str

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        """Learn, or tune what there is to tune, from annotated documents; forgets what was learnt before."""

    def extract(self, text: str, document: Document) -> list[Found]:
        """Occurrences in one text, in order, not overlapping.

        Args:
            text: The text view.
            document: The same text with its structure.
        """


class MissingPackageError(DocnlpError):
    """A package that only this measurement needs is not installed."""


def need(module: str) -> Any:
    """A module of a package that only benchmarks use.

    Args:
        module: Its name.

    Raises:
        MissingPackageError: It is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingPackageError(f"没有安装 {module}", '请运行 python -m pip install -e ".[bench]"') from None


@cache
def splitter() -> Any:
    """A jieba tokenizer of our own, silent, its cache kept among the benchmarks' other files."""
    jieba = need("jieba")
    jieba.setLogLevel(logging.ERROR)
    folder = BUILD / "jieba"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(folder)
    return tokenizer


def slogans(found: Iterable[Found]) -> list[Slogan]:
    """As docnlp's own extractors give them."""
    return [Slogan(f.start, f.end, f.type, 1.0) for f in found]


class Types:
    """The type that phrases of the same shape mostly have, for ways that find phrases without a type.

    A shape is: in quotation marks or not, begins with a numeral, holds a comma, and the length in steps of three
    characters.
    """

    def __init__(self) -> None:
        self._table: dict[tuple[bool, bool, bool, int], SloganType] = {}

    def fit(self, train: Iterable[CorpusDocument]) -> None:
        """Count the shapes of the annotated slogans."""
        counts: dict[tuple[bool, bool, bool, int], Counter[SloganType]] = defaultdict(Counter)
        for document in train:
            for slogan in document.slogans:
                counts[shape(document.text[slogan.start : slogan.end])][slogan.type] += 1
        self._table = {key: max(sorted(row), key=row.__getitem__) for key, row in counts.items()}

    def of(self, phrase: str) -> SloganType:
        """The type of a phrase; `campaign` for a shape never seen."""
        return self._table.get(shape(phrase), "campaign")


def shape(phrase: str) -> tuple[bool, bool, bool, int]:
    """What `Types` looks at."""
    bare = phrase.strip(QUOTES)
    return phrase[:1] in QUOTES, bare[:1] in HAN_NUMBERS, "、" in bare or "," in fold(bare), min(len(bare) // 3, 8)
