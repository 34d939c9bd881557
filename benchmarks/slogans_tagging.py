"""Slogans by labelling characters: conversion between spans and labels, features, and a CRF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from benchmarks.slogans_common import HAN_NUMBERS, Found, need
from docnlp.analysis.base import SloganType
from docnlp.document.model import Document
from docnlp.text.folding import fold, is_han
from docnlp.training.markup import CorpusDocument

#: Where a clause ends for the features of length and likeness.
_MARK = re.compile(r"[，、。；：！？,;:!?“”‘’（）()《》\s]")


def to_labels(length: int, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Labels of characters: `B-type` at the start of a span, `I-type` in it, `O` outside.

    Args:
        length: How many characters.
        spans: Spans with their type, not overlapping; what sticks out is cut off.
    """
    labels = ["O"] * length
    for start, end, kind in spans:
        for i in range(max(start, 0), min(end, length)):
            labels[i] = f"I-{kind}" if i > start else f"B-{kind}"
    return labels


def to_spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans of labelled characters; an `I-` that continues nothing of its type begins a span."""
    out: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            out.append((start, i, kind))
            kind = ""
        if label != "O" and not kind:
            start, kind = i, label[2:]
    return out


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of the lines that are not blank; no slogan goes over a line end."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def sort_of(char: str) -> str:
    """Class of a character: Chinese numeral, Chinese, digit, Latin letter, blank, or the mark itself."""
    if char in HAN_NUMBERS:
        return "N"
    if is_han(char):
        return "H"
    if char.isdigit():
        return "D"
    if char.isalpha():
        return "L"
    return "_" if char.isspace() else char


def clauses(line: str) -> list[tuple[int, int]]:
    """[start, end) of the stretches between marks, those without a character left out."""
    out, at = [], 0
    for mark in [*_MARK.finditer(line), None]:
        end = mark.start() if mark else len(line)
        if end > at:
            out.append((at, end))
        at = end + 1
    return out


def char_features(line: str) -> list[list[str]]:
    """Features of every character of a line: the characters and classes around it, its place in the line, in quotation
    marks and in its clause, and how the clause resembles its neighbours.
    """
    text = fold(line)
    kinds = [sort_of(c) for c in text]
    n = len(text)
    own: list[tuple[str, ...]] = [()] * n
    stretches = clauses(text)
    for k, (start, end) in enumerate(stretches):
        common = [f"len={min(end - start, 16)}", *_alike(text, stretches, k)]
        for i in range(start, end):
            own[i] = (*common, f"from={min(i - start, 9)}", f"to={min(end - 1 - i, 9)}")
    padded = "^^^" + text + "$$$"
    out = []
    quote = 0
    for i in range(n):
        a, b, c, d, e = list(padded[i + 1 : i + 6])
        quote = 1 if text[i] == "“" else 0 if quote > 40 else quote + 1 if quote else 0
        features = [
            "bias", f"-2{a}", f"-1{b}", f"0{c}", f"+1{d}", f"+2{e}", f"-2-1{a}{b}", f"-10{b}{c}", f"01{c}{d}", f"12{d}{e}",
            f"-101{b}{c}{d}", f"-2-10{a}{b}{c}", f"012{c}{d}{e}", f"k{kinds[i]}",
            *(f"k{j}{kinds[i + j]}" for j in (-3, -2, -1, 1, 2, 3) if 0 <= i + j < n),
            f"line={min(i, 8)}", *own[i],
        ]  # fmt: skip
        if quote:
            features.append(f"quote={min(quote, 9)}")
        if text[i] == "”":
            quote = 0
        out.append(features)
    return out


def _alike(text: str, stretches: Sequence[tuple[int, int]], k: int) -> Iterator[str]:
    """How the clause `k` resembles the ones before and behind it."""
    start, end = stretches[k]
    for side, other in (("before", k - 1), ("behind", k + 1)):
        if not 0 <= other < len(stretches):
            continue
        left, right = stretches[other]
        if (left - end if side == "behind" else start - right) > 1:
            continue  # more than one mark between them
        mark = text[end] if side == "behind" else text[right]
        if right - left == end - start:
            yield f"{side} same {mark}"
            if any(x == y for x, y in zip(text[start:end], text[left:right], strict=True)):
                yield f"{side} kin {mark}"
        elif abs(right - left - (end - start)) == 1:
            yield f"{side} near {mark}"
        if text[start] == text[left]:
            yield f"{side} head {mark}"
        if text[end - 1] == text[right - 1]:
            yield f"{side} tail {mark}"


class Crf:
    """A linear-chain CRF over characters (CRFsuite, L-BFGS).

    Args:
        rounds: Iterations at most.
        l1, l2: Weights of the penalties.
    """

    name = "CRF（逐字标注）"

    def __init__(self, rounds: int = 60, l1: float = 0.05, l2: float = 0.2) -> None:
        self.rounds, self.l1, self.l2 = rounds, l1, l2
        self._tagger: Any = None
        self._model = b""

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        """See `Method`."""
        crf = need("pycrfsuite")
        trainer = crf.Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params({"c1": self.l1, "c2": self.l2, "max_iterations": self.rounds, "feature.minfreq": 2})
        for document in train:
            spans = [(s.start, s.end, s.type) for s in document.slogans]
            for start, end in pieces(document.text):
                labels = to_labels(end - start, [(a - start, b - start, t) for a, b, t in spans if start <= a and b <= end])
                trainer.append(char_features(document.text[start:end]), labels)
        with TemporaryDirectory() as folder:
            file = Path(folder) / "crf.model"
            trainer.train(str(file))
            self._model = file.read_bytes()  # kept, since the tagger reads in it
        self._tagger = crf.Tagger()
        self._tagger.open_inmemory(self._model)

    def extract(self, text: str, document: Document) -> list[Found]:
        """See `Method`."""
        out = []
        for start, end in pieces(text):
            for a, b, kind in to_spans(self._tagger.tag(char_features(text[start:end]))):
                out.append(Found(start + a, start + b, cast("SloganType", kind)))
        return out
