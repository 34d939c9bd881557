"""The trained genre model in use: the title first, then the model; features; loading."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis.base import AnalysisOptions, GenreLabel
from docnlp.analysis.linear import pack, unpack
from docnlp.analysis.shelf import FILES
from docnlp.analysis.trained_genre import NONE, TrainedGenre, genre_features, load_genre
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.errors import ModelError
from docnlp.readers.plain import source_from_text

FILE = FILES["genre"]
LABELS = ["plan", "summary", "notice", NONE, "plan/工作方案", "plan/活动方案", "summary/工作总结"]
META = {"temperature": 1.0}
#: What speaks for what in the little model of these tests.
ROWS = {
    "#^self:方案": [(0, 4.0), (4, 1.0)],
    "#^name:方案": [(0, 4.0)],
    "#any:活动主题": [(0, 2.0), (5, 3.0)],
    "#early:总结如下": [(1, 4.0)],
    "#early:通知如下": [(2, 4.0)],
}
BIAS = [0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0]

PLAN = "为把创建工作做细做实，让来看病的人少跑路、少排队，经院务会研究，结合本院的实际，制定本方案，请各科室照此办理。\n一、主要任务\n各科室每月开展一次志愿服务。\n二、工作要求\n各科室要认真落实。\n"
SUMMARY = "一年来，我们做了不少工作，现总结如下。\n一、主要做法\n各科室开展了志愿服务。\n"
RECIPE = "冷水下锅，放三片姜，烧开后撇去浮沫，小火炖一个半小时。\n"


def built(text: str) -> Document:
    return build(source_from_text(text, "x.txt"))


def trained(labels: list[str] = LABELS, **meta: float) -> TrainedGenre:
    bias = BIAS[: len(labels)]
    return TrainedGenre(unpack(pack("genre", labels, bias, ROWS, META | meta), "genre"), AnalysisOptions())


def label(text: str, **meta: float) -> GenreLabel:
    document = built(text)
    return trained(**meta).genre(document, document.parts[0])


# --- what is decided --------------------------------------------------------------------------------------------------


def test_a_title_that_names_the_kind_decides() -> None:
    found = label("柳湾医院创建工作总结\n" + PLAN)
    assert (found.genre, found.subgenre, found.confidence) == ("summary", "工作总结", 0.98)
    assert "标题" in found.reason


@pytest.mark.parametrize("title", ["", "把灯点亮\n"])
def test_without_a_telling_title_the_model_decides(title: str) -> None:
    found = label(title + PLAN)
    assert (found.genre, found.subgenre) == ("plan", "工作方案")
    assert "制定本方案" in found.reason
    assert label(title + SUMMARY).genre == "summary"
    assert label(title + "各科室：\n现将有关事项通知如下：\n一、时间\n下周一。\n").genre == "notice"


def test_the_subgenre_comes_from_the_genre_that_was_chosen() -> None:
    assert label(PLAN + "活动主题：邻里守望。\n").subgenre == "活动方案"
    assert label(SUMMARY + "活动主题：邻里守望。\n").subgenre == "工作总结"


def test_a_text_that_names_itself_in_full_is_believed() -> None:
    text = PLAN.replace("制定本方案", "制定本活动方案")
    assert label(text.replace("活动方案", "工作方案") + "活动主题：邻里守望。\n").subgenre == "工作方案"
    assert label(text).subgenre == "活动方案"
    assert label(PLAN.replace("制定本方案", "制定本实施方案")).subgenre == "工作方案"  # unknown to the model


def test_a_subgenre_that_a_word_makes_needs_the_word() -> None:
    labels = ["summary", NONE, "summary/工作总结", "summary/半年总结"]
    content = pack("genre", labels, [2.0, 0.0, 0.0, 1.0], {}, META)
    model = TrainedGenre(unpack(content, "genre"), AnalysisOptions())
    for text, subgenre in ((SUMMARY, "工作总结"), (SUMMARY.replace("一年来", "上半年"), "半年总结")):
        document = built(text)
        assert model.genre(document, document.parts[0]).subgenre == subgenre


def test_a_genre_without_subgenres_has_none() -> None:
    document = built("各科室：\n现将有关事项通知如下：\n一、时间\n下周一。\n")
    assert trained().genre(document, document.parts[0]).subgenre is None


def test_what_is_no_report_has_no_genre() -> None:
    found = label(RECIPE)
    assert (found.genre, found.subgenre) == (None, None)
    assert found.confidence > 0.5
    assert found.reason


@pytest.mark.parametrize("text", ["", "\n\n", "把灯点亮\n"])
def test_nothing_to_look_at(text: str) -> None:
    document = built(text)
    part = document.parts[0]
    if not genre_features(document, part):
        assert trained().genre(document, part) == GenreLabel(None, None, 0.5)
        assert trained().guess([]) is None
    else:
        assert document.blocks[0].kind != "title"


def test_the_confidence_is_the_calibrated_probability() -> None:
    document = built(PLAN)
    features = genre_features(document, document.parts[0])
    cool, hot = trained().guess(features), trained(temperature=4.0).guess(features)
    assert cool is not None
    assert hot is not None
    for guess in (cool, hot):
        assert sum(guess.probabilities.values()) == pytest.approx(1)
        assert all(sum(row.values()) == pytest.approx(1) for row in guess.subgenres.values())
    assert cool.genre == hot.genre == "plan"
    assert hot.probabilities["plan"] < cool.probabilities["plan"]
    assert hot.subgenres == cool.subgenres
    assert label(PLAN, temperature=4.0).confidence == pytest.approx(hot.probabilities["plan"], abs=0.0005)


def test_the_reason_names_the_weightiest_cues_first() -> None:
    reason = label(PLAN + "联系人：综合科。\n活动时间：五月。\n力争争创先进。\n").reason
    assert reason.startswith("正文用语：制定本方案、")
    assert "联系人" not in reason


def test_a_genre_without_a_cue_has_a_reason() -> None:
    document = built("大家看一看窗外的树。\n")
    model = TrainedGenre(unpack(pack("genre", ["notice", NONE], [3.0, 0.0], {}, META), "genre"), AnalysisOptions())
    found = model.genre(document, document.parts[0])
    assert found.genre == "notice"
    assert found.reason == "据开头、结尾、标题和语气判断"


def test_each_part_is_judged_by_itself() -> None:
    text = (
        "关于做好志愿服务的通知\n各科室：\n现将有关事项通知如下。\n柳湾医院\n2021年3月2日\n\n"
        "附件\n柳湾医院志愿服务工作方案\n" + PLAN
    )
    document = built(text)
    assert len(document.parts) == 2
    model = trained()
    assert [model.genre(document, part).genre for part in document.parts] == ["notice", "plan"]
    features = genre_features(document, document.parts[1])
    assert "#^self:方案" in features
    assert "#early:通知如下" not in features
    assert "#has:addressee" not in features


# --- features ---------------------------------------------------------------------------------------------------------


def features_of(text: str) -> list[str]:
    document = built(text)
    return genre_features(document, document.parts[0])


def test_the_title_is_not_spelt_out_but_its_cues_count() -> None:
    document = built("活动方案齐动手\n" + PLAN)
    assert document.parts[0].title
    features = genre_features(document, document.parts[0])
    assert "h动手" not in features
    assert "#early:活动方案" in features
    assert "h创建" in features


def test_start_end_and_headings_are_told_apart() -> None:
    middle = "大家一起把走廊打扫干净。" * 60
    features = set(features_of(f"开门见山说几句。\n一、抓好学习\n{middle}\n最后落笔收尾。\n"))
    assert {"h开门", "h开门见", "t落笔", "t落笔收", "w抓好", "w好学习"} <= features
    assert not {"t开门", "h落笔", "w开门"} & features


def test_marks_are_no_part_of_pairs() -> None:
    features = features_of("甲乙，丙丁12号。戊\n己庚。\n")
    assert {"h甲乙", "h丙丁", "h丁0", "h丁0号"} <= set(features)
    assert not {"h乙丙", "h戊己"} & set(features)
    assert not [f for f in features if f[0] in "htw" and ("," in f or "\n" in f)]


def test_mood() -> None:
    done, wanted = set(features_of("完成了清理，修好了灯，栽了树。" * 20)), set(features_of("要清理，要修灯，要栽树。" * 20))
    assert "#了>12" in done - wanted
    assert "#要>12" in wanted - done
    assert not {f for f in features_of("重要的是主要的需要。" * 20) if f.startswith("#要>")}


def test_shape_and_sections() -> None:
    features = set(features_of("各科室：\n" + PLAN + "二、存在的问题\n人手不够。\n柳湾医院\n2021年3月2日\n"))
    assert {"#has:addressee", "#has:signature", "#has:date", "#month:3", "#first:addressee", "#to whom:科室", "#to whom^各科"} <= features
    assert {"#section:tasks", "#section:problems", "#from:tasks", "#to:problems", "#depth:1", "#headings>3"} <= features
    assert not {"#has:addressee", "#month:3", "#headings>3", "#section:problems"} & set(features_of(PLAN))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("为把这件事情办好，经院务会研究，结合各科室的实际，制定本活动方案。", "活动方案"),
        ("感谢各位到院里来检查指导，现将一年来的情况汇报如下。", "情况汇报"),
        ("为把这件事情办好，经院务会研究，提出以下几点意见。", "意见"),
        ("新的一年，工作千头万绪，样样都要有人管，下面是各科室要记住的要点，请照此去办。", "要点"),
    ],
)
def test_what_a_text_calls_itself(said: str, name: str) -> None:
    assert f"#^self:{name}" in features_of(said + "\n一、主要任务\n各科室认真落实。\n")


def test_full_width_and_half_width_look_the_same() -> None:
    half = PLAN.translate(str.maketrans("，：；（）", ",:;()"))
    assert half != PLAN
    assert features_of(half) == features_of(PLAN)


@given(st.text(st.sampled_from("一、二。（）1.\n要了 将各科室：制定本方案汇报如下\0\u30002021年月日附件ａZ"), max_size=300))
def test_any_text_has_features_that_a_model_file_can_hold(text: str) -> None:
    document = built(text)
    for part in document.parts:
        features = genre_features(document, part)
        assert len(features) == len(set(features))
        assert not [f for f in features if "\n" in f or "\0" in f]
        assert features == genre_features(document, part)
        assert trained().genre(document, part).confidence > 0


# --- loading ----------------------------------------------------------------------------------------------------------


def test_a_complete_model_loads_and_is_read_again_when_it_changes(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(pack("genre", LABELS, BIAS, ROWS, META))
    first = load_genre(tmp_path)
    assert first.labels == tuple(LABELS)
    assert load_genre(tmp_path) is first
    (tmp_path / FILE).write_bytes(pack("genre", LABELS, BIAS, ROWS, META | {"temperature": 2.0}))
    os.utime(tmp_path / FILE, ns=(1, 1))
    assert load_genre(tmp_path).meta["temperature"] == 2.0


@pytest.mark.parametrize(
    "changes",
    [
        {"temperature": None},
        {"temperature": 0.0},
        {"temperature": -1.0},
        {"temperature": "1"},
        {"labels": ["plan", "胡写", *LABELS[2:]]},
        {"labels": ["plan", "summary", "notice", NONE, "opinion/意见", "plan/甲", "plan/乙"]},
        {"labels": ["plan", "summary", "notice", NONE, "plan/", "plan/甲", "plan/乙"]},
        {"labels": ["plan", "summary", "notice", NONE, "none/甲", "plan/甲", "plan/乙"]},
        {"labels": ["plan", "plan", *LABELS[2:]]},
    ],
)
def test_a_model_that_lacks_something_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    meta = META | changes
    labels = meta.pop("labels", LABELS)
    assert isinstance(labels, list)
    (tmp_path / FILE).write_bytes(pack("genre", labels, BIAS, ROWS, meta))
    with pytest.raises(ModelError, match="内容不全"):
        load_genre(tmp_path)


def test_a_model_without_genres_or_with_a_short_bias_is_refused(tmp_path: Path) -> None:
    for n, (labels, bias) in enumerate((([], []), (["plan", NONE], [0.0]))):
        (tmp_path / FILE).write_bytes(pack("genre", labels, bias, {}, META))
        os.utime(tmp_path / FILE, ns=(n, n))
        with pytest.raises(ModelError, match=r"损坏|内容不全"):
            load_genre(tmp_path)


def test_missing_altered_and_foreign_models_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"文件夹里没有 genre\.model"):
        load_genre(tmp_path)
    with pytest.raises(ModelError, match="没有这个模型文件夹"):
        load_genre(tmp_path / "无")
    content = pack("genre", LABELS, BIAS, ROWS, META)
    (tmp_path / FILE).write_bytes(content[:-3])
    with pytest.raises(ModelError, match="不完整或被改动过"):
        load_genre(tmp_path)
    (tmp_path / FILE).write_bytes(pack("sections", LABELS, BIAS, ROWS, META))
    with pytest.raises(ModelError, match="这是“sections”模型"):
        load_genre(tmp_path)
