"""Sparse linear models that load without running code and score without numpy.

File format, version 1: one line of JSON, then a zlib-compressed payload. The header carries the SHA-256 of the rest of
the header and the payload::

    {"docnlp-model": 1, "kind": "sections", "labels": [...], "features": N, "scale": 0.001, "sha256": "…", …}
    payload = vocabulary joined by "\\n" · NUL · counts (uint8 each) · label indices (uint8) · weights (int16, little)

A feature has as many (label, weight) pairs as its count says; what is not stored is zero. Weights are integers times
`scale`.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, inf, log
from pathlib import Path
from typing import Any, TypeVar, cast

from docnlp.errors import ModelError

FORMAT = 1
T = TypeVar("T")
_MAGIC = "docnlp-model"
_DIGIT = 30  # bits of a class, as many as a digit of Python's own numbers: 2**14 features of the largest weight fit
_BASE, _HALF, _MASK = 1 << _DIGIT, 1 << (_DIGIT - 1), (1 << _DIGIT) - 1


@dataclass(frozen=True)
class LinearModel:
    """Weights of a multi-class linear model over string features.

    Attributes:
        labels: Classes, in the order of the scores.
        bias: One number a class.
        meta: Everything else in the header (transitions, scores on the card …).
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    meta: Mapping[str, Any]
    _index: Mapping[str, int]
    _starts: Sequence[int]
    _classes: bytes
    _weights: Sequence[int]
    _scale: float
    _families: dict[str, tuple[frozenset[str], _Rows]] = field(init=False, default_factory=dict, compare=False, repr=False)
    _columns: dict[int, Mapping[str, float]] = field(init=False, default_factory=dict, compare=False, repr=False)
    _derived: dict[Callable[[LinearModel], Any], Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self._index)

    def derived(self, make: Callable[[LinearModel], T]) -> T:
        """What a function makes of this model; made once."""
        if make not in self._derived:
            self._derived[make] = make(self)
        return cast("T", self._derived[make])

    def column(self, label: int) -> Mapping[str, float]:
        """Weights of one class by feature, for models that are asked for one class at a time; made once."""
        if label not in self._columns:
            starts, classes, weights, scale = self._starts, self._classes, self._weights, self._scale
            self._columns[label] = {
                name: weights[k] * scale
                for name, i in self._index.items()
                for k in range(starts[i], starts[i + 1])
                if classes[k] == label
            }
        return self._columns[label]

    def scores(self, features: Iterable[str], grams: Iterable[tuple[str, Iterable[str]]] = ()) -> list[float]:
        """Sum of the weights of the features that are present, one number a class.

        Args:
            features: Feature strings; each counts once per occurrence. Unknown ones count nothing.
            grams: Groups of features by the sign they begin with and what follows it: a Chinese character or 0, then at
                least one more. Within a group each counts once.
        """
        return self.unpacked(self.packed(features, grams))

    def packed(self, features: Iterable[str], grams: Iterable[tuple[str, Iterable[str]]] = ()) -> int:
        """`scores` without the bias as one number, so that parts of a sum can be kept and added."""
        # The weights of a feature are the digits of one long number, a class a digit, so that one addition a feature adds
        # up all classes.
        _, rows = self._families.get("") or self._family("")
        total = sum(map(rows.__getitem__, filter(self._index.__contains__, features)))
        for sign, group in grams:
            known, rows = self._families.get(sign) or self._family(sign)
            total += sum(map(rows.__getitem__, known.intersection(group)))
        return total

    def unpacked(self, total: int) -> list[float]:
        """Scores from a sum of `packed` numbers, one number a class."""
        out = []
        scale = self._scale
        for bias in self.bias:
            digit = total & _MASK
            if digit > _HALF:
                digit -= _BASE
            out.append(bias + digit * scale)
            total = (total - digit) >> _DIGIT
        return out

    def _family(self, sign: str) -> tuple[frozenset[str], _Rows]:
        """What follows a sign in features that begin with it and a Chinese character or 0, and their packed weights."""
        known: list[str] = []
        if sign:
            names = list(self._index)  # in order
            for first, last in (("0", "1"), ("\u4e00", "\ua000")):
                known += [name[len(sign) :] for name in names[bisect_left(names, sign + first) : bisect_left(names, sign + last)]]
        family = self._families[sign] = frozenset(known), _Rows(self, sign)
        return family

    def row(self, feature: str) -> int:
        """The weights of a known feature, one class a digit of `_BASE`."""
        i = self._index[feature]
        span = range(self._starts[i], self._starts[i + 1])
        return sum([self._weights[k] << (_DIGIT * self._classes[k]) for k in span])


class _Rows(dict[str, int]):
    """Packed weights by what follows a sign in the names of features; each is packed when it is first asked for."""

    def __init__(self, model: LinearModel, sign: str) -> None:
        super().__init__()
        self._model, self._sign = model, sign

    def __missing__(self, rest: str) -> int:
        row = self[rest] = self._model.row(self._sign + rest)
        return row


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities from scores."""
    top = max(scores)
    powers = [exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def log_softmax(scores: Sequence[float], least: float = -inf) -> list[float]:
    """Logarithms of probabilities from scores.

    Args:
        scores: The scores.
        least: What smaller logarithms are raised to.
    """
    top = max(scores)
    norm = top + log(sum([exp(s - top) for s in scores]))
    return [max(s - norm, least) for s in scores]


def pack(kind: str, labels: Sequence[str], bias: Sequence[float], rows: Mapping[str, Sequence[tuple[int, float]]], meta: Mapping[str, Any], scale: float = 0.001) -> bytes:
    """A model as bytes.

    Args:
        kind: What it is for; checked when it is loaded.
        labels: Classes, at most 255.
        bias: One number a class.
        rows: Feature to (class index, weight) pairs.
        meta: Further header fields.
        scale: Resolution of the weights.

    Raises:
        ValueError: A weight does not fit, or a feature holds a line break or NUL.
    """
    names = sorted(name for name, row in rows.items() if row)
    counts, classes, weights = bytearray(), bytearray(), array("h")
    for name in names:
        if "\n" in name or "\0" in name:
            raise ValueError(f"feature with a control character: {name!r}")
        kept = [(c, round(w / scale)) for c, w in sorted(rows[name])]
        kept = [(c, w) for c, w in kept if w]
        counts.append(len(kept))
        for c, w in kept:
            if not -32768 <= w <= 32767:
                raise ValueError(f"weight of {name!r} does not fit")
            classes.append(c)
            weights.append(w)
    if sys.byteorder == "big":
        weights.byteswap()
    payload = zlib.compress("\n".join(names).encode("utf-8") + b"\0" + bytes(counts) + bytes(classes) + weights.tobytes(), 9)
    header = {
        **meta, _MAGIC: FORMAT, "kind": kind, "labels": list(labels), "bias": [round(b, 6) for b in bias], "features": len(names), "scale": scale,
    }  # fmt: skip
    header["sha256"] = _digest(header, payload)
    return _line(header) + b"\n" + payload


def _line(header: Mapping[str, Any]) -> bytes:
    return json.dumps(header, ensure_ascii=False, sort_keys=True).encode("utf-8")


def _digest(header: Mapping[str, Any], payload: bytes) -> str:
    """Over everything in the header but the digest itself, and the payload."""
    rest = {key: value for key, value in header.items() if key != "sha256"}
    return hashlib.sha256(_line(rest) + b"\n" + payload).hexdigest()


def load(path: Path, kind: str) -> LinearModel:
    """Read a model file.

    Args:
        path: The file.
        kind: What it must be for.

    Raises:
        ModelError: Missing, damaged, altered, of a newer format, or for something else.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"模型文件读不了（{error.strerror or error}）", "请核对模型文件夹，或重新训练", str(path)) from None
    return unpack(data, kind, str(path))


def unpack(data: bytes, kind: str, where: str = "") -> LinearModel:
    """Read a model from bytes; see `load`."""
    line, newline, payload = data.partition(b"\n")
    try:
        header = json.loads(line) if newline else None
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict) or _MAGIC not in header:
        raise ModelError("不是 docnlp 的模型文件", "请核对模型文件夹，或重新训练", where)
    if not isinstance(header[_MAGIC], int) or header[_MAGIC] > FORMAT:
        raise ModelError(f"模型的格式（{header[_MAGIC]}）比这一版 docnlp 能读的（{FORMAT}）新", "请升级 docnlp", where)
    if header.get("kind") != kind:
        raise ModelError(f"这是“{header.get('kind')}”模型，这里要用“{kind}”模型", "请核对模型文件夹", where)
    if header.get("sha256") != _digest(header, payload):
        raise ModelError("模型文件不完整或被改动过", "请核对模型文件夹，或重新训练", where)
    try:
        raw = zlib.decompress(payload)
        vocabulary, _, rest = raw.partition(b"\0")
        names = vocabulary.decode("utf-8").split("\n") if header["features"] else []
        count = len(names)
        counts = rest[:count]
        starts = array("L", [0])
        total = 0
        for n in counts:
            total += n
            starts.append(total)
        classes = rest[count : count + total]
        weights = array("h")
        weights.frombytes(rest[count + total : count + 3 * total])
        if sys.byteorder == "big":
            weights.byteswap()
        labels = tuple(header["labels"])
        if len(counts) != count or len(weights) != total or count != header["features"] or (classes and max(classes) >= len(labels)):
            raise ValueError("lengths")
        bias = tuple(float(b) for b in header["bias"])
        if len(bias) != len(labels):
            raise ValueError("bias")
        return LinearModel(labels, bias, header, dict(zip(names, range(count), strict=True)), starts, classes, weights, float(header["scale"]))
    except (ValueError, KeyError, TypeError, zlib.error, UnicodeDecodeError):
        raise ModelError("模型文件损坏", "请核对模型文件夹，或重新训练", where) from None
