"""Logistic regression over string features: the one place where models are fitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression


@dataclass(frozen=True)
class Fitted:
    """A fitted classifier.

    Attributes:
        classifier: scikit-learn's.
        names: Features in the order of its columns.
    """

    classifier: LogisticRegression
    names: tuple[str, ...]

    @property
    def classes(self) -> list[str]:
        """Labels, in the order of the rows of `weights`."""
        return [str(c) for c in self.classifier.classes_]

    def rows(self) -> list[tuple[str, float, list[float]]]:
        """Label, intercept and weights (one a feature); of two labels the first has none, as in scikit-learn."""
        weights, intercepts = self.classifier.coef_.tolist(), self.classifier.intercept_.tolist()
        labels = self.classes[1:] if len(self.classes) == 2 else self.classes
        return [(label, float(b), w) for label, b, w in zip(labels, intercepts, weights, strict=True)]


def fit(
    features: Sequence[Sequence[str]],
    labels: Sequence[str],
    strength: float,
    rare: int = 2,
    weights: Sequence[float] | None = None,
) -> Fitted:
    """Fit a classifier.

    Args:
        features: Of each example; one that stands twice counts twice.
        labels: Of each example; at least two different ones.
        strength: Inverse of the L2 penalty.
        rare: Features of fewer examples are left out.
        weights: Of each example, 1 where it is None.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    seen = Counter(f for row in features for f in set(row))
    names = tuple(sorted(f for f, n in seen.items() if n >= rare))
    classifier = LogisticRegression(C=strength, max_iter=1000, tol=1e-4)
    classifier.fit(matrix(features, names), np.array(labels), sample_weight=None if weights is None else np.array(weights))
    return Fitted(classifier, names)


def matrix(features: Iterable[Sequence[str]], names: Sequence[str]) -> csr_matrix:
    """Examples by features, each entry how often the feature occurs; features that are not in `names` are left out."""
    from scipy.sparse import csr_matrix

    index = {name: j for j, name in enumerate(names)}
    pointers, columns, values = [0], [], []
    for row in features:
        for name, n in sorted(Counter(row).items()):
            if name in index:
                columns.append(index[name])
                values.append(float(n))
        pointers.append(len(columns))
    return csr_matrix((values, columns, pointers), shape=(len(pointers) - 1, len(names)))


def store(rows: dict[str, list[tuple[int, float]]], names: Sequence[str], weights: Sequence[float], label: int, prune: float) -> None:
    """Put the weights of one class into the rows of a model file; those smaller than `prune` are left out."""
    for name, weight in zip(names, weights, strict=True):
        if abs(weight) >= prune:
            rows.setdefault(name, []).append((label, weight))


def temperature(scores: Sequence[Mapping[str, float]], labels: Sequence[str]) -> float:
    """What to divide log probabilities by so that they are calibrated.

    Args:
        scores: Label to log probability, by models that have not seen the example.
        labels: The right ones.

    Returns:
        The temperature between 0.5 and 5 with the least log loss (Guo et al., On Calibration of Modern Neural Networks, 2017).
    """
    import numpy as np

    names = sorted({name for row in scores for name in row})
    table = np.array([[row.get(name, -20.0) for name in names] for row in scores])
    right = np.array([names.index(label) for label in labels])

    def loss(t: float) -> float:
        heated = table / t
        top = heated.max(axis=1)
        norm = top + np.log(np.exp(heated - top[:, None]).sum(axis=1))
        return float((norm - heated[np.arange(len(right)), right]).mean())

    return min((round(0.5 + 0.05 * n, 2) for n in range(91)), key=loss)


def platt(odds: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and intercept of calibrated log-odds (Platt, Probabilistic outputs for support vector machines, 1999).

    Args:
        odds: Log-odds of the model, of examples it has not seen.
        right: Whether each is right; both must occur.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    classifier = LogisticRegression(C=1e6).fit(np.array(odds)[:, None], np.array(right, dtype=int))
    return round(float(classifier.coef_[0, 0]), 4), round(float(classifier.intercept_[0]), 4)
