"""The format of model files: what goes in comes out, what is damaged is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis.linear import LinearModel, load, log_softmax, pack, softmax, unpack
from docnlp.errors import ModelError

ROWS = {"甲": [(0, 1.5), (2, -0.25)], "乙丙": [(1, 32.0)], "": [(0, -32.0)]}
DATA = pack("sections", ["a", "b", "c"], [0.5, 0.0, -1.0], ROWS, {"extra": [1.5]})


def test_scores_add_weights_of_known_features() -> None:
    model = unpack(DATA, "sections")
    assert model.labels == ("a", "b", "c")
    assert model.meta["extra"] == [1.5]
    assert len(model) == 3
    assert model.scores([]) == [0.5, 0.0, -1.0]
    assert model.scores(["甲", "甲", "没见过"]) == pytest.approx([3.5, 0.0, -1.5])
    assert model.scores(["乙丙", ""]) == pytest.approx([-31.5, 32.0, -1.0])


NAMES = st.text(st.characters(exclude_characters="\n\0", exclude_categories=("Cs",)), max_size=6)
ROW = st.dictionaries(st.integers(0, 3), st.floats(-32, 32), max_size=4)


@given(st.dictionaries(NAMES, ROW, max_size=8), st.lists(st.floats(-9, 9), min_size=4, max_size=4))
def test_round_trip(rows: dict[str, dict[int, float]], bias: list[float]) -> None:
    model = unpack(pack("k", "abcd", bias, {name: list(row.items()) for name, row in rows.items()}, {}), "k")
    for name, row in rows.items():
        expected = [b + row.get(c, 0.0) for c, b in enumerate(bias)]
        assert model.scores([name]) == pytest.approx(expected, abs=0.001)
    for c in range(4):
        column = model.column(c)
        assert column.keys() <= rows.keys()
        assert 0.0 not in column.values()
        for name in rows:
            assert bias[c] + column.get(name, 0.0) == pytest.approx(model.scores([name])[c], abs=1e-6)


def test_characters_behind_a_sign_count_once_each() -> None:
    rows = {"b文明": [(0, 1.0)], "b文明实": [(1, 2.0)], "b0年": [(1, -1.0)], "b@0": [(0, 8.0)], "bb文明": [(0, 16.0)], "文明": [(0, 4.0)]}
    model = unpack(pack("k", "ab", [0.0, 0.5], rows, {}), "k")
    grams = ["文明", "明实", "文明", "文明实", "0年", "@0", "b文明"]
    assert model.scores(["文明", "没见过"], [("b", grams)]) == pytest.approx([5.0, 1.5])
    assert model.scores([], [("b", grams), ("b", ["文明"]), ("x", grams)]) == pytest.approx([2.0, 1.5])
    parts = [model.packed(["文明"]), model.packed((), [("b", grams)])]
    assert model.unpacked(sum(parts)) == model.scores(["文明"], [("b", grams)])


def test_what_is_made_of_a_model_is_made_once_a_model() -> None:
    model, other = unpack(DATA, "sections"), unpack(DATA, "sections")
    assert model.derived(_first) is model.derived(_first)
    assert model.derived(_first) == ["a"]
    assert other.derived(_first) is not model.derived(_first)
    assert replace(model, meta={}).derived(_first) is not model.derived(_first)


def _first(model: LinearModel) -> list[str]:
    return [model.labels[0]]


def test_a_column_holds_the_weights_of_one_label_and_is_made_once() -> None:
    model = unpack(DATA, "sections")
    assert [model.column(c) for c in range(3)] == [{"甲": 1.5, "": -32.0}, {"乙丙": 32.0}, {"甲": -0.25}]
    assert model.column(1) is model.column(1)


def test_the_same_model_has_the_same_bytes_whatever_the_order() -> None:
    assert pack("sections", ["a", "b", "c"], [0.5, 0.0, -1.0], dict(reversed(ROWS.items())), {"extra": [1.5]}) == DATA


@pytest.mark.parametrize("rows", [{"甲": [(0, 33.0)]}, {"甲\n乙": [(0, 1.0)]}, {"甲\0": [(0, 1.0)]}])
def test_what_does_not_fit_is_not_packed(rows: dict[str, list[tuple[int, float]]]) -> None:
    with pytest.raises(ValueError, match=r"fit|control character"):
        pack("sections", ["a"], [0.0], rows, {})


def _with_header(**changes: object) -> bytes:
    line, _, payload = DATA.partition(b"\n")
    return json.dumps(json.loads(line) | changes).encode() + b"\n" + payload


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "不是 docnlp 的模型文件"),
        (b"PK\x03\x04" + bytes(50), "不是 docnlp 的模型文件"),
        ("随便写的文字\n第二行".encode(), "不是 docnlp 的模型文件"),
        (b"[" * 100_000 + b"\n", "不是 docnlp 的模型文件"),
        (b'{"kind": "sections"}\n', "不是 docnlp 的模型文件"),
        (b"3\n", "不是 docnlp 的模型文件"),
        (DATA[:20], "不是 docnlp 的模型文件"),
        (DATA[:-1], "不完整或被改动过"),
        (DATA + b"\0", "不完整或被改动过"),
        (DATA[:-5] + bytes([DATA[-5] ^ 1]) + DATA[-4:], "不完整或被改动过"),
        (_with_header(bias=[9.0, 0.0, 0.0]), "不完整或被改动过"),
        (_with_header(extra=[]), "不完整或被改动过"),
        (_with_header(**{"docnlp-model": 2}), r"模型的格式（2）比这一版 docnlp 能读的（1）新。请升级"),
        (_with_header(**{"docnlp-model": "x"}), "格式"),
        (pack("slogans", ["a"], [0.0], {}, {}), "这是“slogans”模型，这里要用“sections”模型"),
        (pack("sections", ["a"], [0.0], {"甲": [(1, 1.0)]}, {}), "模型文件损坏"),
        (pack("sections", ["a", "b"], [0.0], {}, {}), "模型文件损坏"),
        (pack("sections", ["a"], [0.0, 0.0], {}, {}), "模型文件损坏"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "x.model"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=message) as caught:
        load(path, "sections")
    assert str(caught.value).startswith(f"{path}：")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="模型文件读不了"):
        load(tmp_path / "x.model", "sections")


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=12))
def test_softmax(scores: list[float]) -> None:
    found = softmax(scores)
    assert sum(found) == pytest.approx(1)
    assert found[max(range(len(scores)), key=scores.__getitem__)] == max(found)


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=12), st.floats(-30, 0))
def test_log_softmax(scores: list[float], least: float) -> None:
    assert log_softmax(scores, least) == pytest.approx([max(log(p), least) for p in softmax(scores)], abs=1e-9)
