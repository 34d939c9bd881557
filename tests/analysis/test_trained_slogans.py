"""The slogan extractor: word list, gate, choice among candidates, score, allowed words, what is refused."""

from __future__ import annotations

import os
import time
from itertools import combinations
from math import exp
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis import AnalysisOptions, trained_slogans
from docnlp.analysis.base import Slogan
from docnlp.analysis.linear import LinearModel, pack, unpack
from docnlp.analysis.shelf import FILES
from docnlp.analysis.slogan_candidates import Candidate
from docnlp.analysis.slogan_features import plain
from docnlp.analysis.trained_slogans import (
    LABELS,
    TrainedSlogans,
    choose,
    forget,
    load_slogans,
    members,
    term_hits,
    word_list,
)
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.errors import ModelError
from docnlp.readers.plain import source_from_text

META: dict[str, Any] = {"gate": 0.0, "threshold": 0.0, "calibration": [1.0, 0.0]}
#: Quoted strings are slogans (q), runs where both ends are those of a phrase (c2), and terms of the word list (t).
ROWS = {
    "q": [(0, 3.0), (3, 2.0)], "rc2": [(0, 2.0)], "r": [(4, 2.0)], "t": [(0, 5.0)], "Tpolicy": [(5, 4.0)], "Tnumeric": [(2, 4.0)],
    "rkb2||": [(1, 1.0)], "rkbw2||": [(1, 1.0)],
}  # fmt: skip


def model(**changes: Any) -> LinearModel:
    return unpack(pack("slogans", LABELS, [-1.0, -0.5, 0.0, 0.1, 0.0, 0.0], ROWS, META | changes), "slogans")


def document(text: str) -> Document:
    return build(source_from_text(text))


def slogans(text: str, *allow: str, **changes: Any) -> list[Slogan]:
    return list(TrainedSlogans(model(**changes), AnalysisOptions(allow=allow)).slogans(document(text)))


def found(text: str, *allow: str, **changes: Any) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.type) for s in slogans(text, *allow, **changes)]


# --- the word list ----------------------------------------------------------------------------------------------------


def hits(text: str) -> list[tuple[str, str]]:
    return [(text[a:b], kind) for a, b, kind in term_hits(document(text))]


def test_the_word_list_is_folded_and_has_every_type() -> None:
    terms = dict(word_list().items())
    assert len(terms) > 1000
    assert set(terms.values()) == set(LABELS[2:])
    assert not [t for t in terms if any(c in t for c in "、“”‘’\"，；")]
    assert terms["社会主义核心价值观"] == "policy"
    assert {"讲文明", "树新风"} <= {piece for term in terms for piece in term.split(",")}
    assert members()
    assert all(len(m) > 2 and "," not in m for m in members())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("践行社会主义核心价值观。", [("社会主义核心价值观", "policy")]),
        ("做到比、学、赶、超。", [("比、学、赶、超", "parallel")]),
        ("做到比，学，赶，超。", [("比，学，赶，超", "parallel")]),
        ("落实门前三包。", [("门前三包", "numeric")]),
        ("落实“门前三包”。", [("“门前三包”", "numeric")]),
        ("落实门前“三包”制度。", [("门前“三包”", "numeric")]),
        ('落实"门前三包"。', [('"门前三包"', "numeric")]),
        ('落实门前"三包"制度。', [('门前"三包"', "numeric")]),
        ('落实"门前"三包制度。', [('"门前"三包', "numeric")]),
        ('喊响"清洁"门前三包"有序"。', [("门前三包", "numeric")]),
        ('高度为3"\n落实"门前三包"。', [('"门前三包"', "numeric")]),
        ("这是“门前三包，处处清洁”的要求。", [("门前三包", "numeric")]),
        ("他说：“各家落实门前三包”。", [("门前三包", "numeric")]),
        ("什么也没有。", []),
        ("", []),
    ],
)
def test_terms_with_the_quotes_around_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert hits(text) == expected


def test_what_only_looks_like_a_figure_is_no_term() -> None:
    figure = next(t for t, kind in word_list().items() if kind == "numeric" and t[0] == "五" and len(t) > 3)
    assert hits(f"抓好{figure}。") == [(figure, "numeric")]
    for before in ("周", "第", "十", "3"):
        assert (figure, "numeric") not in hits(f"{before}{figure}。")


@given(st.text(st.sampled_from("“”‘’\"、，门前三包四个意识中国梦第周五\n "), max_size=30))
def test_terms_lie_where_their_words_stand(text: str) -> None:
    terms = dict(word_list().items())
    last = 0
    for a, b, kind in term_hits(document(text)):
        assert 0 <= last <= a < b <= len(text)
        last = b
        bare = "".join(c for c in text[a:b].replace("、", ",").replace("，", ",") if c not in "“”‘’\"")
        assert terms[bare] == kind


# --- the choice -------------------------------------------------------------------------------------------------------


def candidate(start: int, end: int) -> Candidate:
    return Candidate(start, end, "r", ((start, end),), "", 2, "b")


SPANS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.integers(1, 40)).map(lambda x: (x[2] / 8, candidate(x[0], x[0] + x[1]), [])),
    max_size=9,
    unique_by=lambda item: item[1][:2],
)


@given(SPANS)
def test_the_best_set_that_does_not_overlap(scored: list[tuple[float, Candidate, list[str]]]) -> None:
    def apart(chosen: tuple[tuple[float, Candidate, list[str]], ...]) -> bool:
        return all(a.end <= b.start or b.end <= a.start for (_, a, _), (_, b, _) in combinations(chosen, 2))

    best = max(
        sum(gain for gain, _, _ in chosen) for n in range(len(scored) + 1) for chosen in combinations(scored, n) if apart(chosen)
    )
    chosen = tuple(choose(scored))
    assert apart(chosen)
    assert all(item in scored for item in chosen)
    assert sum(gain for gain, _, _ in chosen) == best
    assert [c.start for _, c, _ in chosen] == sorted(c.start for _, c, _ in chosen)


def test_neighbours_do_not_overlap() -> None:
    pair = [(1.0, candidate(0, 3), []), (1.0, candidate(3, 6), ["f"])]
    assert choose(reversed(pair)) == pair
    assert choose([]) == []


def test_one_long_slogan_or_two_short_ones() -> None:
    short = [(1.0, candidate(0, 3), []), (1.5, candidate(4, 7), [])]
    assert choose([*short, (2.4, candidate(0, 7), [])]) == short
    assert choose([*short, (2.6, candidate(0, 7), [])]) == [(2.6, candidate(0, 7), [])]


def test_choosing_takes_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        items: list[tuple[float, Candidate, list[str]]] = [(1.0 + n % 7, candidate(n, n + 5 + n % 3), []) for n in range(count)]
        began = time.process_time()
        assert len(choose(items)) > count / 8
        return time.process_time() - began

    assert seconds(40_000) < 24 * max(min(seconds(5_000) for _ in range(3)), 0.003)


# --- slogans ----------------------------------------------------------------------------------------------------------


def test_spans_types_and_scores() -> None:
    text = "青山渡口管理站工作方案\n一、总体要求\n践行社会主义核心价值观，开展“雪亮渡口”行动。\n爱站敬业、守时守信。\n"
    chosen = slogans(text)
    assert [(text[s.start : s.end], s.type) for s in chosen] == [
        ("社会主义核心价值观", "policy"), ("“雪亮渡口”行动", "campaign"), ("爱站敬业、守时守信", "parallel"),
    ]  # fmt: skip
    # a term 5 - 1, a quoted string 3 - 1, a run 2 - 1
    assert [s.score for s in chosen] == [round(1 / (1 + exp(-odds)), 3) for odds in (4, 2, 1)]


def test_the_score_is_calibrated() -> None:
    text = "开展“雪亮渡口”行动。"
    (plain_one,) = slogans(text)
    (calibrated,) = slogans(text, calibration=[0.5, -1.0])
    assert plain_one.score == pytest.approx(1 / (1 + exp(-2)), abs=0.001)
    assert calibrated.score == pytest.approx(0.5)  # 0.5 * 2 - 1 = 0


@pytest.mark.parametrize("calibration", [[1.0, 0.0], [0.0, 0.0], [-3.0, 2.0], [400.0, -1240.0], [-400.0, 0.0], [9000.0, 9000.0]])
def test_a_score_lies_between_0_and_1(calibration: list[float]) -> None:
    text = "践行社会主义核心价值观，开展“雪亮渡口”行动，爱站敬业、守时守信。"
    scores = [s.score for s in slogans(text, calibration=calibration)]
    assert scores
    assert all(0 <= score <= 1 for score in scores)


def test_the_threshold_counts() -> None:
    text = "开展“雪亮渡口”行动，践行社会主义核心价值观。"
    assert len(found(text, threshold=1.9)) == 2
    assert found(text, threshold=2.1) == [("社会主义核心价值观", "policy")]
    assert found(text, threshold=4.1) == []


def test_runs_must_pass_the_gate_and_nothing_else_must() -> None:
    text = "开展“雪亮渡口”行动。爱站敬业、守时守信。"
    assert len(found(text, gate=0.4)) == 2
    assert found(text, gate=0.6) == [("“雪亮渡口”行动", "campaign")]


def test_slogans_are_found_without_the_gate_only_where_they_are_no_runs() -> None:
    judged = TrainedSlogans(model(threshold=-50.0, gate=50.0), AnalysisOptions()).scored(document("开展“雪亮渡口”行动，爱站敬业、守时守信。"))
    assert judged
    assert "r" not in {c.source for _, c, _ in judged}


@pytest.mark.parametrize("allow", ["雪亮渡口行动", "“雪亮渡口”行动", "“雪亮 渡口”行动", "雪亮、渡口行动"])
def test_allowed_words_are_no_slogans(allow: str) -> None:
    text = "开展“雪亮渡口”行动，践行社会主义核心价值观，再开展“雪亮渡口”行动。"
    assert found(text, allow) == [("社会主义核心价值观", "policy")]


@pytest.mark.parametrize("allow", ["雪亮渡口", "雪亮", "渡口行动", ""])
def test_other_words_do_not_count(allow: str) -> None:
    text = "开展“雪亮渡口”行动。"
    assert found(text, allow) == [("“雪亮渡口”行动", "campaign")]


def test_full_and_half_width_are_the_same_to_the_list() -> None:
    assert plain("“A区、 b区”！") == plain("Ａ区，Ｂ区")
    assert found("开展“Ａ区文明行”行动。", "a区文明行行动") == []


def test_chosen_is_what_slogans_are_made_of() -> None:
    text = "践行社会主义核心价值观，开展“雪亮渡口”行动。"
    trained = TrainedSlogans(model(), AnalysisOptions(allow=("雪亮渡口行动",)))
    chosen = trained.chosen(document(text))
    assert [(text[c.start : c.end], pytest.approx(odds)) for odds, c in chosen] == [("社会主义核心价值观", 4.0), ("“雪亮渡口”行动", 2.0)]
    assert len(trained.slogans(document(text))) == 1


TEXT = "青山渡口工作方案\n践行社会主义核心价值观，\n开展“雪亮渡口”行动。"


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", ""), TEXT.replace("\n", "\n\n\u3000\u3000"), f"\U00020000{TEXT}\n", TEXT.replace("，\n", "\n\n")])
def test_offsets_count_in_the_text_view(text: str) -> None:
    assert found(text) == [("社会主义核心价值观", "policy"), ("“雪亮渡口”行动", "campaign")]


def test_a_line_break_and_carriage_returns() -> None:
    item = document(TEXT.replace("\n", "\r\n"))
    chosen = TrainedSlogans(model(), AnalysisOptions()).slogans(item)
    assert [item.text[s.start : s.end] for s in chosen] == ["社会主义核心价值观", "“雪亮渡口”行动"]


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n", "　　", "渡口", "“”", "、、、"])
def test_next_to_nothing(text: str) -> None:
    assert slogans(text) == []


PIECES = st.sampled_from(
    ["爱站敬业", "守时守信", "中国梦", "四进", "活动", "行动", "和", "比", "学", "、", "，", "。", "“", "”", "《", "》", "\n", " ", "　", "一、", "\U00020000"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_the_text(text: str) -> None:
    item = document(text)
    last = 0
    for s in TrainedSlogans(model(), AnalysisOptions()).slogans(item):
        assert last <= s.start < s.end <= len(item.text)
        last = s.end
        assert "\n" not in item.text[s.start : s.end]
        assert s.type in LABELS[2:]
        assert 0 < s.score < 1


@pytest.mark.parametrize("piece", ["爱站敬业、守时守信，", "开展“四进”活动，", "践行中国梦。\n"])
def test_time_grows_with_the_text_only(piece: str) -> None:
    weights = model()
    trained = TrainedSlogans(weights, AnalysisOptions())

    def seconds(size: int) -> float:
        item = document(piece * (size // len(piece)))
        forget(weights)
        began = time.process_time()
        assert trained.slogans(item)
        return time.process_time() - began

    # eight times the text: a quadratic extractor would take sixty-four times as long
    assert seconds(16_000) < 24 * max(min(seconds(2_000) for _ in range(2)), 0.005)


# --- the file ---------------------------------------------------------------------------------------------------------


def write(folder: Path, labels: Any = LABELS, bias: Any = (0.0,) * 6, **changes: Any) -> None:
    meta = {key: value for key, value in (META | changes).items() if value is not None}
    (folder / FILES["slogans"]).write_bytes(pack("slogans", labels, bias, ROWS, meta))


@pytest.mark.parametrize(
    "changes",
    [
        {"gate": None},
        {"gate": "0"},
        {"gate": [0.0]},
        {"threshold": None},
        {"threshold": 1},
        {"calibration": None},
        {"calibration": [1.0]},
        {"calibration": [1.0, 0.0, 0.0]},
        {"calibration": ["1", "0"]},
        {"calibration": 1.0},
        {"labels": (*LABELS[:5], "胡写")},
        {"labels": LABELS[::-1]},
    ],
)
def test_a_model_that_lacks_something_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    write(tmp_path, **changes)
    with pytest.raises(ModelError, match="模型文件里的内容不全。请重新训练"):
        load_slogans(tmp_path)


def test_the_complete_model_of_the_test_above_loads(tmp_path: Path) -> None:
    write(tmp_path)
    assert load_slogans(tmp_path).labels == LABELS


@pytest.mark.parametrize("bias", [(), (0.0,) * 5, (0.0,) * 7])
def test_a_model_with_a_bias_of_another_length_is_damaged(tmp_path: Path, bias: tuple[float, ...]) -> None:
    write(tmp_path, bias=bias)
    with pytest.raises(ModelError, match="模型文件损坏"):
        load_slogans(tmp_path)


@pytest.mark.parametrize(("cut", "message"), [(slice(-1), "不完整或被改动过"), (slice(40), "不是 docnlp 的模型文件"), (slice(0), "不是 docnlp 的模型文件")])
def test_a_truncated_model_is_refused(tmp_path: Path, cut: slice, message: str) -> None:
    write(tmp_path)
    path = tmp_path / FILES["slogans"]
    path.write_bytes(path.read_bytes()[cut])
    with pytest.raises(ModelError, match=message) as caught:
        load_slogans(tmp_path)
    assert str(caught.value).startswith(f"{path}：")


def test_a_model_for_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILES["slogans"]).write_bytes(pack("sections", LABELS, [0.0] * 6, ROWS, META))
    with pytest.raises(ModelError, match="这是“sections”模型，这里要用“slogans”模型"):
        load_slogans(tmp_path)


def test_a_model_is_read_once_and_again_when_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    first = load_slogans(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(trained_slogans, "load", lambda *_: pytest.fail("read again"))
        assert load_slogans(tmp_path) is first
    write(tmp_path, threshold=1.5)
    os.utime(tmp_path / FILES["slogans"], ns=(1, 1))
    assert load_slogans(tmp_path).meta["threshold"] == 1.5
