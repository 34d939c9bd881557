"""The parts of the slogan benchmark that need none of its packages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import slogans as benchmark
from benchmarks import slogans_phrases, slogans_spacy
from benchmarks.slogans_common import Found, MissingPackageError, Types, need, shape
from benchmarks.slogans_phrases import (
    LEAST,
    CValue,
    QuotesAndNumerals,
    Ranked,
    c_value,
    inner,
    occurrences,
    terms_of,
    words_of,
)
from benchmarks.slogans_spacy import LONGEST, WIDEST, candidates, stretches
from benchmarks.slogans_tagging import Crf, char_features, clauses, pieces, to_labels, to_spans
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training.markup import CorpusDocument, parse_markup
from docnlp.training.scoring import SloganScores

HEAD = """---
id: {id}
genre: plan
subgenre: 工作方案
unit: 机关
date: 2020-03-01
group: {group}
---
"""


def document(body: str, group: str = "a", ident: str = "a-1") -> CorpusDocument:
    return parse_markup(HEAD.format(id=ident, group=group) + f"[tasks] {body}\n")


def built(text: str) -> Document:
    return build(source_from_text(text, "x.txt"))


class Words:
    """Splits at slashes, which are part of the text."""

    def cut(self, line: str) -> list[str]:
        return [w for w in line.split("/") if w]

    def tokenize(self, line: str) -> list[tuple[str, int, int]]:
        out, at = [], 0
        for word in line.split("/"):
            out.append((word, at, at + len(word)))
            at += len(word) + 1
        return out


@pytest.fixture
def slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (slogans_phrases, slogans_spacy):
        monkeypatch.setattr(module, "splitter", Words)


# --- labels of characters --------------------------------------------------------------------------------------------


def test_labels_of_spans() -> None:
    assert to_labels(6, [(1, 3, "numeric"), (3, 4, "policy")]) == ["O", "B-numeric", "I-numeric", "B-policy", "O", "O"]
    assert to_labels(2, [(1, 9, "policy")]) == ["O", "B-policy"]


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        (["I-policy", "I-policy", "O"], [(0, 2, "policy")]),  # an end without a beginning
        (["B-policy", "I-numeric"], [(0, 1, "policy"), (1, 2, "numeric")]),
        (["B-policy", "B-policy"], [(0, 1, "policy"), (1, 2, "policy")]),
        ([], []),
    ],
)
def test_spans_of_odd_labels(labels: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert to_spans(labels) == spans


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.sampled_from(benchmark.TYPES)), max_size=8), st.integers(0, 4))
def test_labels_and_back(steps: list[tuple[int, int, str]], rest: int) -> None:
    spans, at = [], 0
    for gap, length, kind in steps:
        spans.append((at + gap, at + gap + length, kind))
        at += gap + length
    assert to_spans(to_labels(at + rest, spans)) == spans


def test_lines_are_looked_at_one_by_one() -> None:
    assert list(pieces("甲乙\n\n 丙\n")) == [(0, 2), (4, 6)]


def test_clauses_and_their_neighbours() -> None:
    line = "做到来有迎声、问有答声，走有送声。另外"
    assert [line[a:b] for a, b in clauses(line)] == ["做到来有迎声", "问有答声", "走有送声", "另外"]
    features = char_features(line)
    assert len(features) == len(line)
    asks = set(features[line.index("问")])
    assert {"0问", "len=4", "from=0", "to=3", "behind same ,", "behind kin ,", "behind tail ,", "before tail 、"} <= asks
    assert "behind head ," not in asks
    assert "before same 、" not in asks
    away = set(features[line.index("走")])
    assert {"before same ,", "before kin ,"} <= away


def test_clauses_with_more_than_a_mark_between_are_no_neighbours() -> None:
    line = "讲文明”、“树新风"
    assert not [f for f in char_features(line)[0] if f.startswith("behind")]


def test_quotation_marks_are_counted_from_their_opening() -> None:
    features = char_features("办“四进”课")
    assert [[f for f in own if f.startswith("quote")] for own in features] == [
        [], ["quote=1"], ["quote=2"], ["quote=3"], ["quote=4"], [],
    ]  # fmt: skip


def test_full_width_forms_have_the_features_of_half_width_ones() -> None:
    assert char_features("ＡＢ，甲") == char_features("ab,甲")


# --- phrases ---------------------------------------------------------------------------------------------------------


def test_quotes_and_numerals() -> None:
    method = QuotesAndNumerals()
    method.fit([document("推进{N:“三个代表”}学习，落实{N:四个意识}，办好{C:“邻里食堂”}。")])
    text = "牢记“三个务必”和两个维护，开展三创一争，办“阳光小屋”，第三个季度总结。"
    found = [(text[a:b], kind) for a, b, kind in method.extract(text, built(text))]
    assert found == [
        ("“三个务必”", "numeric"),
        ("两个维护", "numeric"),
        ("三创一争", "numeric"),
        ("“阳光小屋”", "campaign"),
    ]


def test_the_type_of_a_shape_is_its_most_frequent_one() -> None:
    types = Types()
    types.fit([document("{P:爱岗，敬业}，{P:勤学，苦练}，{C:勤俭，养德}，{N:四进}")])
    assert types.of("修身,立德") == "parallel"
    assert types.of("五讲") == "numeric"
    assert types.of("“从未见过的样子”") == "campaign"
    assert shape("“四进”活动") == (True, True, False, 1)


def test_occurrences_prefer_the_longer_phrase() -> None:
    assert occurrences("文明餐桌和文明Ａ，文明a", ["文明", "文明餐桌", "a"]) == [(0, 4), (5, 7), (9, 11), (11, 12)]
    assert occurrences("ABab", ["ab"]) == [(0, 2), (2, 4)]
    assert occurrences("İab", ["ab", ""]) == [(1, 3)]  # its lower case is longer
    assert occurrences("文文文", ["文文"]) == [(0, 2)]


class Alphabet(Ranked):
    """Ranks four phrases."""

    name = "试"

    def rank(self, text: str) -> list[str]:
        return ["四进", "双拥", "及时", "认真"]


def test_the_density_is_tuned_on_the_training_documents() -> None:
    filler = "一" * 483
    training = [document(f"{{N:四进}}和{{N:双拥}}及时认真{filler}{filler}")]
    method = Alphabet()
    method.fit(training)
    assert method.density == 2  # two phrases in about a thousand characters
    text = f"认真双拥，四进{filler}{filler}"
    assert [text[f.start : f.end] for f in method.extract(text, built(text))] == ["双拥", "四进"]


def test_terms_are_runs_of_words_between_marks() -> None:
    terms = list(terms_of(["文明", "的", "餐桌", "，", "行动", "2024", "计划", "书"]))
    assert terms == [("文明", "的", "餐桌"), ("计划", "书")]  # single words of two characters are none


def test_the_inner_runs_of_a_term() -> None:
    assert inner(("甲", "乙", "丙")) == {("甲",), ("乙",), ("丙",), ("甲", "乙"), ("乙", "丙")}


def test_c_value() -> None:
    assert c_value(4, 6, 0, 0) == 12.0
    assert c_value(4, 6, 4, 2) == 8.0
    assert c_value(8, 3, 3, 1) == 0.0


@pytest.mark.usefixtures("slashes")
def test_c_values_are_those_of_the_training_texts_and_the_text_together() -> None:
    training = ["文明/餐桌/行动/，/文明/餐桌/行动/，/开展/文明/餐桌", "文明/餐桌/劝导\n行动/方案", "志愿/服务/行动"]
    text = "志愿/服务/行动/，/文明/餐桌/劝导/，/开展/志愿/服务"
    method = CValue()
    method.learn(training)
    counts = Counter(term for words in map(words_of, [*training, text]) for term in terms_of(words))
    expected = {}
    for term in set(terms_of(words_of(text))):
        if counts[term] >= LEAST:
            longer = [n for t, n in counts.items() if n >= LEAST and term in inner(t)]
            expected[term] = c_value(sum(map(len, term)), counts[term], sum(longer), len(longer))
    assert len(expected) > 5
    assert method.values(text) == pytest.approx(expected)


# --- spaCy -----------------------------------------------------------------------------------------------------------


def test_long_lines_are_cut_behind_a_full_stop() -> None:
    short, long = "甲" * 90 + "。", "乙" * (LONGEST + 5)
    text = f"{short}{short}丙\n\n{long}。丁"
    assert [text[a:b] for a, b in stretches(text)] == [short, f"{short}丙", f"{long}。", "丁"]


@pytest.mark.usefixtures("slashes")
def test_candidates_stand_between_word_ends_and_hold_no_full_stop() -> None:
    text = "开展“四进”活动"
    found = {text[a:b] for a, b in candidates(text)}
    assert {"“四进”", "四进", "“四进”活动", "开展“四进”"} <= found
    assert not [f for f in found if f.startswith("”") or f.endswith("“")]
    # nothing but marks parts this one
    assert {(a, b) for a, b in candidates("讲文明、树新风") if a == 0} == {(0, 3), (0, 7)}
    assert candidates("甲乙。丙丁") == [(0, 2), (3, 5)]
    assert max(b - a for a, b in candidates("甲/乙" * 30)) <= WIDEST


# --- the measurement -------------------------------------------------------------------------------------------------


class Names:
    """Finds 四进 and knows its type only after training."""

    name = "试"

    def __init__(self) -> None:
        self.trained: list[list[str]] = []

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        self.trained.append([d.meta["group"] for d in train])

    def extract(self, text: str, document: Document) -> list[Found]:
        assert text == document.text
        at = text.find("四进")
        return [Found(at, at + 2, "numeric")] if at >= 0 else []


def test_scores_of_a_method(tmp_path: Path) -> None:
    training = [document("{N:四进}", "a")]
    test = [benchmark.case(document("开展{N:四进}，{P:爱岗，敬业}。", "i")), benchmark.case(document("开展{C:双创}。", "j"))]
    (tmp_path / "甲.txt").write_text("推进“四进”和三送", encoding="utf-8")
    marks = [{"text": "“四进”", "type": "numeric"}, {"text": "三送", "type": "numeric", "confidence": "low"}]
    (tmp_path / "甲.json").write_text(json.dumps({"slogans": marks}), encoding="utf-8")
    own = benchmark.own_cases(tmp_path, tmp_path)
    result = benchmark.measure(Names(), training, test, own)
    assert [(g, s.found, s.right, s.gold) for g, s in result.documents] == [("i", 1, 1, 2), ("j", 0, 0, 1)]
    assert result.total("i").recall == 0.5
    assert (result.exact.found, result.exact.right, result.exact.gold) == (1, 1, 3)
    assert (result.types["numeric"].f1, result.types["parallel"].f1) == (1.0, 0.0)
    assert [s.f1 for s in result.real] == [1.0]


def test_each_group_is_scored_by_what_was_trained_on_the_others() -> None:
    corpus = [document("{N:四进}", "a", "a-1"), document("{N:双拥}", "b", "b-1"), document("{N:四进}{N:双拥}", "c", "c-1")]
    method = Names()
    assert benchmark.leave_out(method, corpus, learns=True) == pytest.approx({"a": 1.0, "b": 0.0, "c": 2 / 3})
    assert method.trained == [["b", "c"], ["a", "c"], ["a", "b"]]
    method.trained.clear()
    benchmark.leave_out(method, corpus, learns=False)
    assert method.trained == []


def measured(*methods: tuple[str, SloganScores, SloganScores], notes: Sequence[str] = ()) -> benchmark.Report:
    results = []
    for name, first, second in methods:
        results.append(benchmark.Result(name, documents=[("i", first), ("j", second)], groups={"a": 0.5, "b": 0.75}))
    test = [benchmark.case(document("{N:四进}和{N:“四进”}", "i")), benchmark.case(document("{N:双拥}", "j"))]
    return benchmark.report(results, [document("{N:四进}")], test, [], notes)


GOOD = ("好办法", SloganScores(2, 2, 2, 2, 2, 1), SloganScores(1, 0, 1, 0))
BAD = ("坏办法", SloganScores(2, 0, 2, 0), SloganScores(0, 0, 1, 0))


def test_the_tables_hold_every_method_from_worst_to_best() -> None:
    text = measured(GOOD, BAD, notes=["好办法：另有一句。"]).text()
    lines = text.split("\n")
    score = [line for line in lines if line.startswith(("| 好", "| 坏"))]
    assert score[0].startswith("| 坏办法 | .000 | .000 | .000 | — |")
    assert score[1].startswith("| 好办法 | .667 | .667 | .667 | .500 |")
    assert score[5] == "| 好办法 | 1.000 | .000 | .250 | .500 | .750 | .000～1.000 | .625 | .500～.750 |"
    assert "测试：i、j 组，2 份，9 字，口号 3 处，同一份里相同的只算一条时 2 条。" in text
    assert "真实公文" not in text
    assert lines[-1] == "- 好办法：另有一句。"


def test_a_report_is_read_back() -> None:
    report = measured(GOOD, BAD, notes=["好办法：另有一句。"])
    assert benchmark.read(report.text()) == report
    assert benchmark.read(measured(BAD).text()) == measured(BAD)
    with pytest.raises(DocnlpError):
        benchmark.read("没有表")


def test_methods_measured_again_replace_their_rows() -> None:
    report = measured(GOOD, BAD, notes=["好办法：一。", "坏办法：二。"])
    better = ("坏办法", SloganScores(2, 2, 2, 2, 2, 2), SloganScores(1, 1, 1, 1, 1, 1))
    new = ("新办法", SloganScores(2, 1, 2, 1, 1, 1), SloganScores(1, 0, 1, 0))
    report.merge(measured(better, new, notes=["坏办法：三。"]))
    assert [[row[0] for row in table.body] for table in report.tables] == [["新办法", "好办法", "坏办法"]] * 3
    assert report.tables[0].body[2][3] == "1.000"
    assert report.notes == ["好办法：一。", "坏办法：三。"]


def test_rows_of_other_data_cannot_be_replaced() -> None:
    report, other = measured(GOOD), measured(BAD)
    other.data[0] += "多了一组。"
    with pytest.raises(DocnlpError, match="--methods"):
        report.merge(other)
    other = measured(BAD)
    other.tables[0].head.append("真实公文 F1")
    with pytest.raises(DocnlpError, match="--methods"):
        report.merge(other)


def test_only_what_stands_between_the_marks_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"前\n{benchmark.BEGIN}\n旧\n{benchmark.END}\n后\n", encoding="utf-8")
    monkeypatch.setattr(benchmark, "PAGE", page)
    benchmark.write(measured(GOOD), whole=True)
    benchmark.write(measured(BAD), whole=False)
    both = measured(GOOD, BAD).text()
    assert page.read_text(encoding="utf-8") == f"前\n{benchmark.BEGIN}\n\n{both}\n\n{benchmark.END}\n后\n"
    page.write_text("没有标记\n", encoding="utf-8")
    with pytest.raises(DocnlpError):
        benchmark.write(measured(GOOD), whole=True)
    assert page.read_text(encoding="utf-8") == "没有标记\n"


@pytest.mark.parametrize("content", ["{", "{}", '{"slogans": [{"text": "四进"}]}', "[]"])
def test_annotations_that_are_not_as_described(content: str, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("四进", encoding="utf-8")
    (tmp_path / "甲.json").write_text(content, encoding="utf-8")
    with pytest.raises(DocnlpError, match=r"甲\.json"):
        benchmark.own_cases(tmp_path, tmp_path)


def test_a_folder_without_annotations(tmp_path: Path) -> None:
    with pytest.raises(DocnlpError, match="--gold"):
        benchmark.own_cases(tmp_path, tmp_path)


def test_a_missing_package_says_how_to_install_it() -> None:
    with pytest.raises(MissingPackageError, match=r"docnlp_no_such_module.*\[bench\]"):
        need("docnlp_no_such_module")


def test_quartiles() -> None:
    assert benchmark.quartiles([0.0, 0.25, 0.5, 0.75, 1.0]) == (0.25, 0.5, 0.75)
    assert benchmark.quartiles([0.5]) == (0.5, 0.5, 0.5)


def test_a_crf_learns_a_simple_form() -> None:
    pytest.importorskip("pycrfsuite")
    names = ("阳光", "清风", "暖心", "邻里", "早市", "晚安")
    training = [document(f"本月办好{{C:“{name}小站”}}，按时检查门店。") for name in names for _ in range(3)]
    crf = Crf(rounds=30)
    crf.fit(training)
    text = "下月办好“书香小站”，按时检查门店。\n按时检查门店。"
    assert crf.extract(text, built(text)) == [Found(4, 10, "campaign")]
