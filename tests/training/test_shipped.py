"""The models in models/ are what their cards say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docnlp.analysis.linear import LinearModel, unpack
from docnlp.analysis.shelf import FILES
from docnlp.resources import folder
from docnlp.training.evaluation import evaluate, to_dict
from docnlp.training.making import held_out_groups, load_models, models_of
from docnlp.training.markup import CorpusDocument, load_folder

MODELS = folder("models")
CORPORA = Path(__file__).parents[2] / "corpora"
#: Kinds that are shipped.
KINDS = [kind for kind, name in FILES.items() if (MODELS / name).is_file()]
#: How far a score may lie below that of the card.
SLACK = 0.005
#: Bytes of all models together.
MOST = 20_000_000


@pytest.fixture(scope="module")
def models() -> dict[str, LinearModel]:
    return load_models(None)


@pytest.fixture(scope="module")
def corpus() -> list[CorpusDocument]:
    return load_folder(CORPORA)


@pytest.fixture(scope="module")
def found(corpus: list[CorpusDocument], models: dict[str, LinearModel]) -> dict[str, list[dict[str, Any]]]:
    """Scores of the shipped models on the held-out groups."""
    kept = held_out_groups([CORPORA])
    rows = evaluate([d for d in corpus if d.meta["group"] in kept], models_of(models))
    return {kind: [to_dict(row) for row in found] for kind, found in rows.items()}


def card(kind: str) -> dict[str, Any]:
    return json.loads((MODELS / FILES[kind]).with_suffix(".json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_they_load(models: dict[str, LinearModel]) -> None:
    assert list(models) == KINDS
    assert all(len(model) > 100 for model in models.values())


def test_every_file_has_a_card_and_every_card_a_file() -> None:
    assert {p.name for p in MODELS.iterdir()} - {"README.md"} == {
        name for kind in KINDS for name in (FILES[kind], FILES[kind].replace(".model", ".json"))
    }


def test_together_they_are_small() -> None:
    assert sum((MODELS / FILES[kind]).stat().st_size for kind in KINDS) <= MOST


@pytest.mark.parametrize("kind", KINDS)
def test_the_card_is_that_of_the_file(kind: str) -> None:
    content = (MODELS / FILES[kind]).read_bytes()
    model = unpack(content, kind)
    facts = card(kind)["model"]
    assert (facts["bytes"], facts["features"], facts["sha256"]) == (len(content), len(model), model.meta["sha256"])
    assert card(kind)["kind"] == kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_groups_held_out_were_not_trained_on(kind: str, models: dict[str, LinearModel], corpus: list[CorpusDocument]) -> None:
    kept = held_out_groups([CORPORA])
    assert {"i", "j", "l"} <= kept
    facts = card(kind)["corpus"]
    assert facts["held_out"] == sorted(kept)
    assert facts["groups"] == models[kind].meta["groups"] == sorted({d.meta["group"] for d in corpus} - kept)
    inside = [d for d in corpus if d.meta["group"] not in kept]
    assert facts["documents"] == len(inside)
    assert facts["characters"] == sum(len(d.text) for d in inside)


@pytest.mark.parametrize("kind", KINDS)
def test_the_scores_are_those_of_the_card(kind: str, found: dict[str, list[dict[str, Any]]]) -> None:
    scores = card(kind)["scores"]
    rows = {row["group"]: row for row in [*scores["groups"], scores["all"]]}
    assert rows.keys() == {row["group"] for row in found[kind]}
    for row in found[kind]:
        for name, value in rows[row["group"]]["trained"].items():
            assert row["trained"][name] >= value - SLACK, (row["group"], name)


@pytest.mark.parametrize(("kind", "name", "bar"), [("sections", "macro_f1", 0.90), ("slogans", "f1", 0.80)])
def test_the_scores_reach_the_bar(kind: str, name: str, bar: float, found: dict[str, list[dict[str, Any]]]) -> None:
    whole = found[kind][-1]
    assert whole["trained"][name] >= bar
    for way, figures in whole.items():
        if isinstance(figures, dict) and way != "trained":
            assert whole["trained"][name] > figures[name]
