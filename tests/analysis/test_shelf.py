"""Where models lie, which folder counts, and how often a file is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docnlp.analysis import AnalysisOptions, analyse, shelf
from docnlp.analysis.linear import LinearModel, load, pack
from docnlp.analysis.sections import LexiconSections
from docnlp.analysis.shelf import FILES, folder_of, load_once
from docnlp.analysis.slogans import PatternSlogans
from docnlp.analysis.trained import TrainedSections
from docnlp.analysis.trained_slogans import LABELS, TrainedSlogans
from docnlp.document.build import build
from docnlp.errors import ModelError
from docnlp.readers.plain import source_from_text

SLOGANS = pack("slogans", LABELS, [0.0] * 6, {}, {"gate": 0.0, "threshold": 0.0, "calibration": [1.0, 0.0]})
SECTIONS = pack("sections", ["tasks", "problems"], [0.0] * 2, {}, {"transitions": {}, "prior": [0.0] * 2, "alpha": 1.0, "beta": 1.0, "temperature": 1.0})


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of the shipped models."""
    folder = tmp_path / "随附"
    folder.mkdir()
    monkeypatch.setattr(shelf, "shipped_folder", lambda name: folder if name == "models" else None)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "自己的"
    folder.mkdir()
    return folder


def test_every_kind_has_a_file_of_its_own() -> None:
    assert set(FILES) == {"sections", "genre", "slogans"}
    assert len(set(FILES.values())) == len(FILES)


@pytest.mark.parametrize("kind", FILES)
def test_the_users_folder_goes_before_the_shipped_one(kind: str, own: Path, shipped: Path) -> None:
    assert folder_of(kind, None) is None
    (shipped / FILES[kind]).touch()
    assert folder_of(kind, None) == shipped
    (own / FILES[kind]).touch()
    assert folder_of(kind, own) == own
    assert folder_of(kind, None) == shipped


@pytest.mark.parametrize("kind", FILES)
def test_a_folder_with_other_models_leaves_the_kind_to_the_shipped_one(kind: str, own: Path, shipped: Path) -> None:
    other = next(name for k, name in FILES.items() if k != kind)
    (own / other).touch()
    assert folder_of(kind, own) is None
    (shipped / FILES[kind]).touch()
    assert folder_of(kind, own) == shipped


def test_a_folder_that_cannot_be_meant_is_refused(own: Path, shipped: Path) -> None:
    for name in FILES.values():
        (shipped / name).touch()
    with pytest.raises(ModelError, match="没有这个模型文件夹。请核对路径") as caught:
        folder_of("slogans", own / "无")
    assert str(caught.value).startswith(f"{own / '无'}：")
    (own / "说明.txt").touch()
    with pytest.raises(ModelError, match=r"文件夹里没有模型（sections\.model、genre\.model、slogans\.model）"):
        folder_of("slogans", own)
    (own / FILES["slogans"]).mkdir()  # a folder is no model
    with pytest.raises(ModelError, match="文件夹里没有模型"):
        folder_of("slogans", own)
    with pytest.raises(ModelError, match="没有这个模型文件夹"):
        folder_of("slogans", shipped / FILES["slogans"])  # a file is no folder


def test_a_file_is_read_once_and_again_when_it_has_changed(own: Path) -> None:
    reads: list[Path] = []

    def read(path: Path) -> LinearModel:
        reads.append(path)
        return load(path, "slogans")

    path = own / FILES["slogans"]
    path.write_bytes(SLOGANS)
    first = load_once("slogans", own, read)
    assert load_once("slogans", own, read) is first
    assert reads == [path]
    os.utime(path, ns=(1, 1))
    assert load_once("slogans", own, read) is not first
    assert len(reads) == 2
    path.write_bytes(pack("slogans", LABELS, [1.0] * 6, {"甲": [(0, 1.0)]}, {}))
    os.utime(path, ns=(1, 1))  # of the same age, but longer
    assert load_once("slogans", own, read).bias == (1.0,) * 6


def test_what_could_not_be_read_is_tried_again(own: Path) -> None:
    path = own / FILES["slogans"]
    path.write_bytes(SLOGANS[:-1])
    for _ in range(2):
        with pytest.raises(ModelError, match="不完整"):
            load_once("slogans", own, lambda p: load(p, "slogans"))
    path.write_bytes(SLOGANS)
    assert load_once("slogans", own, lambda p: load(p, "slogans")).labels == LABELS


@pytest.mark.parametrize(("kind", "name"), FILES.items())
def test_a_missing_file_is_named(kind: str, name: str, own: Path) -> None:
    with pytest.raises(ModelError, match=f"文件夹里没有 {name}。请核对模型文件夹"):
        load_once(kind, own, lambda path: load(path, kind))
    with pytest.raises(ModelError, match="没有这个模型文件夹"):
        load_once(kind, own / "无", lambda path: load(path, kind))


def test_without_any_model_the_word_lists_speak(shipped: Path) -> None:
    analysis = analyse(build(source_from_text("清溪渡口工作方案\n一、工作要求\n要开展“四进”活动。")))
    assert isinstance(analysis.section_model, LexiconSections)
    assert isinstance(analysis.slogan_model(), PatternSlogans)
    assert analysis.sections[1].section == "safeguards"


def test_each_kind_is_taken_where_it_is(own: Path, shipped: Path) -> None:
    document = build(source_from_text("清溪渡口工作方案\n一、工作要求\n要开展“四进”活动。"))
    (shipped / FILES["sections"]).write_bytes(SECTIONS)
    (own / FILES["slogans"]).write_bytes(SLOGANS)
    analysis = analyse(document, AnalysisOptions(models=own))
    assert isinstance(analysis.section_model, TrainedSections)
    assert isinstance(analysis.slogan_model(), TrainedSlogans)
    assert isinstance(analyse(document).slogan_model(), PatternSlogans)


def test_a_slogan_model_is_not_opened_before_slogans_are_asked_for(own: Path, shipped: Path) -> None:
    (own / FILES["sections"]).write_bytes(SECTIONS)
    (own / FILES["slogans"]).write_bytes(SLOGANS[:-1])
    analysis = analyse(build(source_from_text("一、工作要求\n要开展“四进”活动。")), AnalysisOptions(models=own))
    assert len(analysis.sections) == 2
    with pytest.raises(ModelError, match="不完整"):
        _ = analysis.slogans
