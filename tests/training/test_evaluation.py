"""Scores beside those of the word lists, by author group."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from training_helpers import FIGURES, NAMES, RUNS, corpus, sloganed, source

from docnlp.analysis.base import GenreLabel, Slogan
from docnlp.analysis.linear import unpack
from docnlp.document.model import Document, Part
from docnlp.training.evaluation import Models, Row, evaluate, genre_rows, section_rows, slogan_rows, to_dict
from docnlp.training.markup import CorpusDocument, parse_markup
from docnlp.training.sections import SectionTrainer, by_lexicon, majority, predict, score, sequences


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[CorpusDocument]:
    return corpus(tmp_path_factory.mktemp("corpus"), sloganed)


class FixedGenre:
    """Always the same label; counts what it was shown."""

    def __init__(self, label: GenreLabel) -> None:
        self.label = label
        self.titles: list[str | None] = []

    def genre(self, document: Document, part: Part) -> GenreLabel:
        self.titles.append(part.title)
        return self.label


class FixedSlogans:
    """Given words, wherever they first stand."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def slogans(self, document: Document) -> Sequence[Slogan]:
        places = [(document.text.find(w), len(w)) for w in self.words]
        return [Slogan(at, at + size, "campaign", 0.9) for at, size in sorted(places) if at >= 0]


def test_a_row_for_each_group_and_one_for_everything(documents: list[CorpusDocument]) -> None:
    for rows in evaluate(documents, Models()).values():
        assert [row.group for row in rows] == ["乙", "甲", None]
        assert [row.documents for row in rows] == [3, 3, 6]
        assert rows[0].size + rows[1].size == rows[2].size


def test_ways_without_models_are_the_word_lists(documents: list[CorpusDocument]) -> None:
    found = evaluate(documents, Models())
    assert {kind: list(rows[-1].scores) for kind, rows in found.items()} == {
        "sections": ["majority", "lexicon"], "genre": ["lexicon"], "slogans": ["patterns"],
    }  # fmt: skip


def test_sections(documents: list[CorpusDocument]) -> None:
    data = sequences(documents)
    inside = [s for s in data if s.group == "乙"]
    model = unpack(SectionTrainer().fit(inside), "sections")
    rows = section_rows(documents, model)
    assert rows[-1].size == sum(sum(s.sizes) for s in data)
    for row in rows:
        chosen = [s for s in data if row.group in (None, s.group)]
        top = majority(data)[0][0]  # of all the documents, not of the group
        ways = {"majority": [[top] * len(s.labels) for s in chosen], "lexicon": by_lexicon(chosen), "trained": predict(model, chosen)}
        for way, labels in ways.items():
            wanted = score(chosen, labels)
            assert row.scores[way] == {"accuracy": wanted.accuracy, "macro_f1": wanted.macro_f1}
    assert rows[0].scores["trained"]["accuracy"] == 1.0
    assert rows[0].scores["majority"]["accuracy"] < 0.6


def test_genres_with_and_without_title(documents: list[CorpusDocument]) -> None:
    model = FixedGenre(GenreLabel("plan", "实施方案", 1.0))
    rows = genre_rows(documents, model)
    assert rows[-1].scores["trained"] == {"titled": 1.0, "untitled": 1.0, "subgenre_titled": 0.0, "subgenre_untitled": 0.0}
    assert rows[-1].scores["lexicon"]["subgenre_titled"] == 1.0
    assert [bool(title) for title in model.titles] == [True, False] * 6


def test_genres_of_several_parts_are_not_judged(documents: list[CorpusDocument]) -> None:
    several = parse_markup(source(1) + "@part notice 通知\n[tasks] 请各科室报送材料。\n")
    (row, whole) = genre_rows([*documents[::2], several], FixedGenre(GenreLabel(None, None, 0.5)))
    assert (row.group, row.documents, whole.documents, whole.size) == ("甲", 3, 3, 3)
    assert set(whole.scores["trained"].values()) == {0.0}


def test_slogans(documents: list[CorpusDocument]) -> None:
    rows = slogan_rows(documents, FixedSlogans(NAMES[0], RUNS[0], "各科室要加强督查", NAMES[1]))
    by_group = {row.group: row for row in rows}
    # in the group of the first document (甲): a name, a run of the wrong type, and what is none in all three
    first = by_group["甲"].scores["trained"]
    assert first["precision"] == pytest.approx(2 / 5)
    assert first["recall"] == pytest.approx(2 / 12)
    assert first["type_accuracy"] == pytest.approx(1 / 2)
    whole = by_group[None].scores["trained"]
    assert whole["precision"] == pytest.approx(3 / 9)
    assert whole["recall"] == pytest.approx(3 / 24)
    assert whole["f1"] == pytest.approx(2 * (3 / 9) * (3 / 24) / (3 / 9 + 3 / 24))
    assert whole["type_accuracy"] == pytest.approx(2 / 3)
    assert [row.size for row in rows] == [12, 12, 24]
    assert rows[-1].scores["patterns"]["recall"] > 0
    assert all(figure in d.text for figure, d in zip(FIGURES, documents, strict=True))


def test_without_a_right_slogan_no_type_is_right(documents: list[CorpusDocument]) -> None:
    rows = slogan_rows(documents, FixedSlogans("各科室要加强督查"))
    assert rows[-1].scores["trained"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "type_accuracy": 0.0}


def test_a_row_as_plain_data() -> None:
    row = Row(None, 3, 120, {"lexicon": {"accuracy": 2 / 3}, "trained": {"accuracy": 1.0}})
    assert to_dict(row) == {"group": None, "documents": 3, "size": 120, "lexicon": {"accuracy": 0.6667}, "trained": {"accuracy": 1.0}}
