"""From a corpus to model files and cards."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from training_helpers import corpus, sloganed, source, write_corpus

from docnlp.analysis import shelf
from docnlp.analysis.linear import pack, unpack
from docnlp.analysis.shelf import FILES
from docnlp.analysis.trained_genre import TrainedGenre
from docnlp.analysis.trained_slogans import TrainedSlogans
from docnlp.errors import DocnlpError, ModelError
from docnlp.training.making import STEPS, Made, cards, held_out_groups, load_models, make, models_of
from docnlp.training.markup import CorpusDocument, MarkupError, parse_markup


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[CorpusDocument]:
    return corpus(tmp_path_factory.mktemp("corpus"), sloganed)


@pytest.fixture(scope="module")
def made(documents: list[CorpusDocument]) -> Made:
    return make(documents, {"甲"}, lambda _: None)


# --- which groups are kept --------------------------------------------------------------------------------------------


def test_groups_that_are_kept_for_testing(tmp_path: Path) -> None:
    folders = [write_corpus(tmp_path / name, 1) for name in ("一", "二", "三")]
    assert held_out_groups(folders) == frozenset()
    (folders[0] / "corpus.toml").write_text('held_out = ["i", "乙"]\n', encoding="utf-8")
    (folders[1] / "corpus.toml").write_text('# 没有写\n', encoding="utf-8")
    (folders[2] / "corpus.toml").write_text('held_out = ["l"]\n', encoding="utf-8")
    assert held_out_groups(folders) == {"i", "乙", "l"}
    assert held_out_groups(folders[1:2]) == held_out_groups([tmp_path / "无"]) == frozenset()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'held_out = "i"', "held_out 应是一串组名。例如 held_out"),
        (b"held_out = [1, 2]", "held_out 应是一串组名"),
        (b'[held_out]\ni = "x"', "held_out 应是一串组名"),
        (b"held_out = [i, j]", "读不了"),
        ('held_out = ["甲"]'.encode("gb18030"), "读不了"),
    ],
)
def test_what_is_wrong_with_it_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "corpus.toml").write_bytes(content)
    with pytest.raises(MarkupError, match=message) as caught:
        held_out_groups([tmp_path])
    assert str(caught.value).startswith(f"{(tmp_path / 'corpus.toml').as_posix()}：")
    assert 'held_out = ["i", "j"]' in str(caught.value)


def test_the_groups_kept_of_the_own_corpus_are_in_it() -> None:
    folder = Path(__file__).parents[2] / "corpora"
    kept = held_out_groups([folder])
    assert kept
    assert all(any((folder / group).glob("*.txt")) for group in kept)


# --- training ---------------------------------------------------------------------------------------------------------


def test_every_kind_is_made_of_the_other_groups(documents: list[CorpusDocument], made: Made) -> None:
    assert set(made.files) == set(FILES)
    assert made.lacking == {}
    assert (made.trained_on, made.held_out) == (("乙",), ("甲",))
    for kind, content in made.files.items():
        assert unpack(content, kind).meta["groups"] == ["乙"]


def test_the_held_out_group_leaves_no_trace(documents: list[CorpusDocument], made: Made) -> None:
    without = make([d for d in documents if d.meta["group"] == "乙"], (), lambda _: None)
    assert without.files == made.files
    assert (without.trained_on, without.held_out) == (("乙",), ())


def test_progress_is_told_as_often_as_announced(documents: list[CorpusDocument]) -> None:
    told: list[str] = []
    make(documents, (), told.append)
    assert len(told) == STEPS
    assert len(set(told)) == STEPS
    assert {words.partition("：")[0] for words in told} == {"部分", "文种", "口号"}


def test_only_the_kinds_asked_for(documents: list[CorpusDocument], made: Made) -> None:
    some = make(documents, {"甲"}, lambda _: None, ["slogans"])
    assert some.files == {"slogans": made.files["slogans"]}


def test_a_kind_that_cannot_be_trained_is_noted(tmp_path: Path) -> None:
    plain = corpus(tmp_path)
    lacking = make(plain, (), lambda _: None)
    assert set(lacking.files) == {"sections", "genre"}
    assert lacking.lacking == {"slogans": "语料里没有标口号，训练不出模型"}
    assert set(cards(plain, lacking)) == {"sections", "genre"}


def test_without_a_section_model_nothing_is_made() -> None:
    text = source(0).replace("guiding", "tasks").replace("preamble", "tasks").replace("safeguards", "tasks")
    with pytest.raises(DocnlpError, match="不到两种"):
        make([parse_markup(text)], (), lambda _: None)


@pytest.mark.parametrize("kept", [{"甲", "乙"}, {"甲", "乙", "丙"}])
def test_something_must_be_left_to_train_on(documents: list[CorpusDocument], kept: set[str]) -> None:
    with pytest.raises(DocnlpError, match=r"语料都留作测试了，没有可以训练的。请核对 corpus\.toml 里的 held_out"):
        make(documents, kept, lambda _: None)


def test_groups_that_are_not_there_are_not_named(documents: list[CorpusDocument], made: Made) -> None:
    more = make(documents, {"甲", "丙"}, lambda _: None)
    assert (more.files, more.held_out) == (made.files, ("甲",))


# --- cards ------------------------------------------------------------------------------------------------------------


def test_the_same_training_gives_the_same_files_and_cards(documents: list[CorpusDocument], made: Made) -> None:
    again = make(list(documents), ["甲"], lambda _: None)
    assert again == made
    assert json.dumps(cards(documents, again)) == json.dumps(cards(list(documents), made))


def test_a_card_says_what_the_model_was_made_from(documents: list[CorpusDocument], made: Made) -> None:
    inside = [d for d in documents if d.meta["group"] == "乙"]
    for kind, card in cards(documents, made).items():
        content = made.files[kind]
        model = unpack(content, kind)
        assert card["kind"] == kind
        assert card["corpus"] == {
            "documents": 3, "characters": sum(len(d.text) for d in inside), "newest": "2025-03-06", "groups": ["乙"], "held_out": ["甲"],
        }  # fmt: skip
        assert (card["model"]["bytes"], card["model"]["features"]) == (len(content), len(model))
        header, _, payload = content.partition(b"\n")
        rest = {key: value for key, value in json.loads(header).items() if key != "sha256"}
        line = json.dumps(rest, ensure_ascii=False, sort_keys=True).encode()
        assert card["model"]["sha256"] == hashlib.sha256(line + b"\n" + payload).hexdigest()


def test_a_card_has_the_scores_on_the_groups_held_out(documents: list[CorpusDocument], made: Made) -> None:
    described = cards(documents, made)
    for kind, name in (("sections", "macro_f1"), ("genre", "untitled"), ("slogans", "f1")):
        scores = described[kind]["scores"]
        assert scores["by"] == "held-out groups"
        assert [row["group"] for row in scores["groups"]] == ["甲"]
        assert scores["all"]["documents"] == 3
        assert 0.5 < scores["all"]["trained"][name] <= 1
        assert {**scores["groups"][0], "group": None} == scores["all"]


def test_without_held_out_groups_there_are_no_scores(documents: list[CorpusDocument]) -> None:
    everything = make(documents, (), lambda _: None, ["sections"])
    (card,) = cards(documents, everything).values()
    assert card["scores"] is None
    assert (card["corpus"]["groups"], card["corpus"]["held_out"]) == (["乙", "甲"], [])


# --- models in use ----------------------------------------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "随附"
    folder.mkdir()
    monkeypatch.setattr(shelf, "shipped_folder", lambda _: folder)
    return folder


def test_models_in_use(tmp_path: Path, shipped: Path, made: Made) -> None:
    assert load_models(None) == {}
    assert models_of({}) == models_of(load_models(None))
    (shipped / FILES["genre"]).write_bytes(made.files["genre"])
    own = tmp_path / "自己的"
    own.mkdir()
    (own / FILES["slogans"]).write_bytes(made.files["slogans"])
    assert set(load_models(None)) == {"genre"}
    loaded = load_models(own)
    assert set(loaded) == {"genre", "slogans"}
    ready = models_of(loaded)
    assert ready.sections is None
    assert isinstance(ready.genre, TrainedGenre)
    assert isinstance(ready.slogans, TrainedSlogans)


def test_a_model_that_cannot_be_used_stops_everything(tmp_path: Path, shipped: Path, made: Made) -> None:
    for kind, content in made.files.items():
        (shipped / FILES[kind]).write_bytes(content)
    assert set(load_models(None)) == set(FILES)
    (shipped / FILES["genre"]).write_bytes(pack("slogans", ["a"], [0.0], {}, {}))
    with pytest.raises(ModelError, match="这是“slogans”模型，这里要用“genre”模型"):
        load_models(None)
    with pytest.raises(ModelError, match="没有这个模型文件夹"):
        load_models(tmp_path / "无")


def test_a_misspelt_key_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "corpus.toml").write_text('heldout = ["i"]\n', encoding="utf-8")
    with pytest.raises(MarkupError, match="没有“heldout”这一项"):
        held_out_groups([tmp_path])
