"""Fitting, and how sure a model may be."""

from __future__ import annotations

from math import exp, log

import pytest

from docnlp.training import logistic

FEATURES = [["a", "b"], ["a", "a"], ["b"], ["c", "b"], ["a", "b", "b"], ["rare"]]
LABELS = ["x", "x", "y", "y", "x", "y"]


def test_the_matrix_counts_what_it_knows() -> None:
    table = logistic.matrix([["b", "a", "b"], ["z"], []], ("a", "b"))
    assert table.toarray().tolist() == [[1.0, 2.0], [0.0, 0.0], [0.0, 0.0]]


def test_features_of_few_examples_are_left_out() -> None:
    assert logistic.fit(FEATURES, LABELS, 1.0).names == ("a", "b")
    assert logistic.fit(FEATURES, LABELS, 1.0, rare=1).names == ("a", "b", "c", "rare")
    assert logistic.fit(FEATURES, LABELS, 1.0, rare=4).names == ("b",)


def test_rows_of_two_and_of_more_labels() -> None:
    fitted = logistic.fit(FEATURES, LABELS, 1.0)
    assert fitted.classes == ["x", "y"]
    ((label, bias, weights),) = fitted.rows()
    assert label == "y"
    odds = bias + sum(w * n for w, n in zip(weights, (1, 2), strict=True))
    assert fitted.classifier.predict_proba(logistic.matrix([["a", "b", "b"]], fitted.names))[0, 1] == pytest.approx(1 / (1 + exp(-odds)))
    assert weights[0] < weights[1]
    three = logistic.fit(FEATURES, ["x", "x", "y", "y", "z", "z"], 1.0)
    assert [label for label, _, _ in three.rows()] == ["x", "y", "z"]


def test_the_weight_of_an_example_counts() -> None:
    plain = logistic.fit([["a"], ["a"], ["b"]], ["x", "y", "y"], 1.0, rare=1)
    heavy = logistic.fit([["a"], ["a"], ["b"]], ["x", "y", "y"], 1.0, rare=1, weights=[5.0, 1.0, 1.0])
    table = logistic.matrix([["a"]], ("a", "b"))
    assert heavy.classifier.predict_proba(table)[0, 0] > plain.classifier.predict_proba(table)[0, 0] + 0.1


def test_small_weights_are_not_stored() -> None:
    rows: dict[str, list[tuple[int, float]]] = {"a": [(0, 1.0)]}
    logistic.store(rows, ("a", "b", "c"), (0.5, -0.02, 0.019), 1, 0.02)
    assert rows == {"a": [(0, 1.0), (1, 0.5)], "b": [(1, -0.02)]}


def _sure(share: float, right: int, wrong: int) -> tuple[list[dict[str, float]], list[str]]:
    """Answers of one confidence, some of them wrong."""
    row = {"x": log(share), "y": log(1 - share)}
    return [row] * (right + wrong), ["x"] * right + ["y"] * wrong


def test_the_temperature_brings_confidence_to_the_share_of_right_answers() -> None:
    assert logistic.temperature(*_sure(0.8, 80, 20)) == 1.0
    heat = logistic.temperature(*_sure(0.99, 80, 20))
    assert 0.99 ** (1 / heat) / (0.99 ** (1 / heat) + 0.01 ** (1 / heat)) == pytest.approx(0.8, abs=0.01)
    assert logistic.temperature(*_sure(0.6, 99, 1)) == 0.5  # as low as it goes
    assert logistic.temperature(*_sure(0.99, 50, 50)) == 5.0  # as high as it goes


def test_labels_that_a_model_does_not_know_are_least_likely() -> None:
    scores, labels = _sure(0.8, 80, 20)
    assert logistic.temperature([*scores, {"z": log(0.9), "x": log(0.1)}], [*labels, "z"]) == pytest.approx(1.0, abs=0.1)


def test_platt_finds_the_odds_it_is_shown() -> None:
    odds, right = [], []
    for score in (-1.0, 0.0, 1.0, 2.0, 3.0):
        share = 1 / (1 + exp(-(0.5 * score - 0.75)))
        hits = round(200 * share)
        odds += [score] * 200
        right += [True] * hits + [False] * (200 - hits)
    slope, shift = logistic.platt(odds, right)
    assert (slope, shift) == (pytest.approx(0.5, abs=0.02), pytest.approx(-0.75, abs=0.02))
    assert (round(slope, 4), round(shift, 4)) == (slope, shift)
