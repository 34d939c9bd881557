"""Scores of the models on annotated documents, beside those of the word lists: what `docnlp evaluate` and the cards show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from docnlp.analysis import AnalysisOptions
from docnlp.analysis.base import Genre, GenreModel, SloganModel
from docnlp.analysis.genre import LexiconGenre
from docnlp.analysis.linear import LinearModel
from docnlp.analysis.slogans import PatternSlogans
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text
from docnlp.training.augment import web_copy
from docnlp.training.markup import CorpusDocument
from docnlp.training.scoring import SloganScores, phrases, slogan_scores
from docnlp.training.sections import Sample, by_lexicon, majority, predict, score, sequences


@dataclass(frozen=True)
class Row:
    """Scores on one author group, or on everything.

    Attributes:
        group: Name of the group, None for everything.
        documents: How many documents.
        size: How much was judged: characters, documents or slogans.
        scores: Way to the names of its figures with their values.
    """

    group: str | None
    documents: int
    size: int
    scores: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Models:
    """What is to be judged; None where there is no such model.

    Attributes:
        sections: Loaded section model.
        genre: Genre model.
        slogans: Slogan model.
    """

    sections: LinearModel | None = None
    genre: GenreModel | None = None
    slogans: SloganModel | None = None


def evaluate(corpus: Sequence[CorpusDocument], models: Models) -> dict[str, list[Row]]:
    """Scores of every way that there is, by kind of model; a row for each group, and one for everything.

    Args:
        corpus: Annotated documents.
        models: The trained models.
    """
    return {
        "sections": section_rows(corpus, models.sections),
        "genre": genre_rows(corpus, models.genre),
        "slogans": slogan_rows(corpus, models.slogans),
    }


def section_rows(corpus: Sequence[CorpusDocument], model: LinearModel | None) -> list[Row]:
    """Section of each character, frame left out, genre as annotated: accuracy and mean F1 over the sections."""
    data = sequences(corpus)
    ways: dict[str, Sequence[Sequence[str]]] = {"majority": majority(data), "lexicon": by_lexicon(data)}
    if model is not None:
        ways["trained"] = predict(model, data)

    def row(group: str | None) -> Row:
        inside = [i for i, s in enumerate(data) if group in (None, s.group)]
        chosen = [data[i] for i in inside]
        scores = {}
        for way, labels in ways.items():
            found = score(chosen, [labels[i] for i in inside])
            scores[way] = {"accuracy": found.accuracy, "macro_f1": found.macro_f1}
        return Row(group, len({s.document for s in chosen}), _characters(chosen), scores)

    return _rows({s.group for s in data}, row)


def _characters(data: Iterable[Sample]) -> int:
    return sum(sum(s.sizes) for s in data)


def genre_rows(corpus: Sequence[CorpusDocument], model: GenreModel | None) -> list[Row]:
    """Genre and subgenre of documents that are one part, with their title and as a web copy without it: accuracy."""
    ways: dict[str, GenreModel] = {"lexicon": LexiconGenre()}
    if model is not None:
        ways["trained"] = model
    single = [d for d in corpus if len(d.parts) == 1]
    bare = [web_copy(d) for d in single]
    judged = {way: [(_genre(d, m), _genre(b, m)) for d, b in zip(single, bare, strict=True)] for way, m in ways.items()}

    def row(group: str | None) -> Row:
        inside = [i for i, d in enumerate(single) if group in (None, d.meta["group"])]
        scores: dict[str, dict[str, float]] = {}
        for way, found in judged.items():
            pairs = [((single[i].parts[0].genre, single[i].parts[0].subgenre), found[i]) for i in inside]
            scores[way] = {
                name: sum(wanted[level] == got[copy][level] for wanted, got in pairs) / max(len(pairs), 1)
                for name, copy, level in (("titled", 0, 0), ("untitled", 1, 0), ("subgenre_titled", 0, 1), ("subgenre_untitled", 1, 1))
            }
        return Row(group, len(inside), len(inside), scores)

    return _rows({d.meta["group"] for d in single}, row)


def _genre(item: CorpusDocument, model: GenreModel) -> tuple[Genre | None, str | None]:
    document = build(source_from_text(item.text, f"{item.meta['id']}.txt"))
    if not document.parts:
        return None, None
    label = model.genre(document, document.parts[0])
    return label.genre, label.subgenre


def slogan_rows(corpus: Sequence[CorpusDocument], model: SloganModel | None) -> list[Row]:
    """Different slogans of each document, see `docnlp.training.scoring`."""
    ways: dict[str, SloganModel] = {"patterns": PatternSlogans(AnalysisOptions())}
    if model is not None:
        ways["trained"] = model
    judged: dict[str, list[SloganScores]] = {way: [] for way in ways}
    for item in corpus:
        document = build(source_from_text(item.text, f"{item.meta['id']}.txt"))
        gold = phrases(item.text, item.slogans)
        for way, m in ways.items():
            judged[way].append(slogan_scores(phrases(item.text, m.slogans(document)), gold))

    def row(group: str | None) -> Row:
        inside = [i for i, d in enumerate(corpus) if group in (None, d.meta["group"])]
        scores = {}
        for way, each in judged.items():
            total = reduce(add, (each[i] for i in inside), SloganScores())
            scores[way] = {
                "precision": total.precision, "recall": total.recall, "f1": total.f1, "type_accuracy": total.type_accuracy or 0.0,
            }  # fmt: skip
        return Row(group, len(inside), sum(len(phrases(corpus[i].text, corpus[i].slogans)) for i in inside), scores)

    return _rows({d.meta["group"] for d in corpus}, row)


def _rows(groups: set[str], row: Callable[[str | None], Row]) -> list[Row]:
    return [*(row(group) for group in sorted(groups)), row(None)]


def to_dict(row: Row) -> dict[str, Any]:
    """A row as plain dicts, figures rounded to four digits."""
    return {"group": row.group, "documents": row.documents, "size": row.size} | {
        way: {name: round(value, 4) for name, value in figures.items()} for way, figures in row.scores.items()
    }
