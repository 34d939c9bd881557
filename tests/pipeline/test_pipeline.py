"""The spaCy components: what they write, where it stands, and how it is shared, saved and set."""

from __future__ import annotations

import gc
import pickle
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from thinc.api import ConfigValidationError

import docnlp
from docnlp import pipeline
from docnlp.analysis.base import GENRES, SECTIONS, SLOGAN_NAMES
from docnlp.cli import run
from docnlp.errors import ModelError
from docnlp.settings import Settings

NAMES = ("docnlp_genre", "docnlp_sections", "docnlp_slogans")
PLAN = """清溪县水务局文明单位创建工作方案
为巩固创建成果，结合我局实际，制定本方案。
一、指导思想
践行社会主义核心价值观，做到人人讲卫生、人人讲礼仪、人人讲诚信。
二、家底情况
（一）人员。全局有干部职工86人，办有“普法下乡村”活动。
（二）经费。每年安排5万元。
三、工作要求
各股室要加强督查，每季度通报一次。
清溪县水务局
2024年3月1日
"""
NAME = "“普法下乡村”"
SUMMARY = "2023年，我社区扎实开展文明创建，现将工作总结如下：\n举办了邻里节6场，取得了明显成效。\n工作中还存在一些不足：活动形式比较单一。\n下一步，我们将继续丰富活动内容。\n"
TEXTS = (PLAN, SUMMARY, "", PLAN.replace("\n", "\r\n"))


def make(*names: str, segmenter: str = "char", **config: Any) -> Language:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": segmenter}}})
    for name in names or NAMES:
        nlp.add_pipe(name, config=config)
    return nlp


def facts(doc: Doc) -> tuple[Any, ...]:
    """Everything the components say of a `Doc`."""
    return (
        doc._.genre, doc._.subgenre, doc._.genre_confidence,
        [(s.start_char, s.end_char, s.label_, s._.kind, s._.level, s._.number, s._.confidence) for s in doc.spans["sections"]],
        [(s.start_char, s.end_char, s.label_, s._.score) for s in doc.spans["slogans"]],
        {key: group.attrs for key, group in doc.spans.items()},
    )  # fmt: skip


def slogans(nlp: Language, text: str) -> list[tuple[str, str, float]]:
    doc = nlp(text)
    return [(s.text, s.label_, s._.score) for s in doc.spans["slogans"]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make()


@pytest.fixture(scope="module")
def by_word() -> Language:
    return make(segmenter="jieba")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("trained")
    (base / "语料").mkdir()
    for n, (unit, work) in enumerate((("东河镇卫生院", "开展{C:文明就医}行动"), ("青峰中学", "组织{C:经典诵读}活动"))):
        head = f"---\nid: t-{n}\ngenre: plan\nsubgenre: 工作方案\nunit: 机关\ndate: 2024-03-0{n + 1}\ngroup: 甲\n---\n"
        body = (
            f"[title] {unit}文明创建工作方案\n[preamble] 为推进{unit}的文明创建，制定本方案。\n[guiding/1] 一、指导思想\n"
            f"[guiding] 以{{G:社会主义核心价值观}}为引领。\n[tasks/1] 二、主要任务\n[tasks] 每季度{work}一次，做好记录。\n"
            f"[safeguards/1] 三、工作要求\n[safeguards] 各科室要加强督查，落实经费。\n[signature] {unit}\n"
        )
        (base / "语料" / f"t-{n}.txt").write_text(head + body, encoding="utf-8")
    assert run(["train", str(base / "语料"), "-o", str(base / "模型"), "--no-scores"]) == 0
    return base / "模型"


# --- what they write ------------------------------------------------------------------------------------------------


def test_the_entry_points_are_installed() -> None:
    found = {point.name: point.load() for point in entry_points(group="spacy_factories") if point.name.startswith("docnlp")}
    assert found == {
        "docnlp_genre": pipeline.make_genre,
        "docnlp_sections": pipeline.make_sections,
        "docnlp_slogans": pipeline.make_slogans,
    }


def test_no_import_of_docnlp_is_needed() -> None:
    code = "import spacy\nnlp = spacy.blank('zh')\nnlp.add_pipe('docnlp_genre')\nprint(ascii(nlp('工作方案')._.subgenre))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.stdout.strip() == ascii("工作方案"), done.stderr


def test_the_api_does_not_load_spacy() -> None:
    code = "import docnlp, sys\ndocnlp.parse('工作方案').sections\ndocnlp.extract_slogans('工作方案')\nassert 'spacy' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("segmenter", ["char", "jieba"])
@pytest.mark.parametrize("text", [PLAN, SUMMARY, ""])
def test_it_is_what_parse_says(nlp: Language, by_word: Language, segmenter: str, text: str) -> None:
    doc = (nlp if segmenter == "char" else by_word)(text)
    analysis = docnlp.parse(text)
    genre = analysis.genre
    assert doc.text == text
    assert (doc._.genre, doc._.subgenre, doc._.genre_confidence) == (genre.genre, genre.subgenre, round(genre.confidence, 3))
    sections = list(doc.spans["sections"])
    assert [(s.text, s._.kind, s._.level, s._.number) for s in sections] == [
        (analysis.document.slice(b), b.kind, b.level, b.number) for b in analysis.document.blocks
    ]
    assert [(s.label_, s._.confidence) for s in sections] == [(x.section, round(x.confidence, 3)) for x in analysis.sections]
    assert doc.spans["slogans"].attrs["offsets"] == [[s.start, s.end] for s in analysis.slogans]
    assert [(s.label_, s._.score) for s in doc.spans["slogans"]] == [(x.type, round(x.score, 3)) for x in analysis.slogans]
    assert doc.spans["sections"].attrs["scores"] == [s._.confidence for s in sections]
    assert doc.spans["slogans"].attrs["scores"] == [s._.score for s in doc.spans["slogans"]]


def test_a_plan(nlp: Language) -> None:
    doc = nlp(PLAN)
    assert (doc._.genre, doc._.subgenre) == ("plan", "工作方案")
    headings = [(s.label_, s._.level, s._.number, s.text) for s in doc.spans["sections"] if s._.kind == "heading"]
    assert headings[0] == ("guiding", 1, "一", "一、指导思想")
    assert [h[1:] for h in headings[1:4]] == [(1, "二", "二、家底情况"), (2, "一", "（一）人员。"), (2, "二", "（二）经费。")]
    assert ("policy", "社会主义核心价值观") in [(s.label_, s.text) for s in doc.spans["slogans"]]


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", "　　\t\n"])
def test_blank_text(nlp: Language, by_word: Language, text: str) -> None:
    for doc in (nlp(text), by_word(text)):
        assert doc.text == text
        assert doc._.genre is None
        assert doc._.subgenre is None
        assert list(doc.spans["sections"]) == list(doc.spans["slogans"]) == []
        assert doc.spans["sections"].attrs == {"scores": [], "offsets": []}


PIECES = (
    "\r\n", "\n", "\r", " ", "　", "\t", "\u200b", "\ufeff", "\u2028", "\x1c", "😀", "👩‍👩‍👧", "e\u0301", "\U00020000", "一、指导思想", "（一）抓好学习。", "1.", "2024.1.",
    "践行社会主义核心价值观", "人人讲卫生、人人讲礼仪", "“我们的节日”", "清溪县工作方案", "Word", "各股室要加强督查。", "2024年3月1日", "附件：",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("\ufeff一、指导思想\r\n\r\n　　践行社会主义核心价值观\r“我们的节日”😀")
@example("\ufeff\ufeff\r\r\n\n各股室要加强督查。\r\n")
def test_places_are_those_of_the_text_given(nlp: Language, by_word: Language, text: str) -> None:
    analysis = docnlp.parse(text)
    view = analysis.document.text
    expected = {
        "sections": [view[b.start : b.end] for b in analysis.document.blocks],
        "slogans": [view[s.start : s.end] for s in analysis.slogans],
    }
    for doc in (nlp(text), by_word(text)):
        assert doc.text == text
        for key, words in expected.items():
            spans, offsets = list(doc.spans[key]), doc.spans[key].attrs["offsets"]
            assert [text[a:b].replace("\r\n", "\n").replace("\r", "\n") for a, b in offsets] == words
            assert all(s.start_char <= a < b <= s.end_char for s, (a, b) in zip(spans, offsets, strict=True))
            if doc.vocab is nlp.vocab:
                assert [[s.start_char, s.end_char] for s in spans] == offsets


def test_a_span_holds_whole_tokens(nlp: Language) -> None:
    words = ["自觉践行社会主义", "核心价值观，", "办好活动。"]
    doc = Doc(nlp.vocab, words=words, spaces=[False] * 3)
    for _, component in nlp.pipeline:
        doc = component(doc)
    (span,) = doc.spans["slogans"]
    assert span.text == "自觉践行社会主义核心价值观，"
    assert doc.spans["slogans"].attrs["offsets"] == [[4, 13]]
    (block,) = doc.spans["sections"]
    assert block.text == doc.text


def test_spaces_between_words_are_text(nlp: Language) -> None:
    doc = nlp.get_pipe("docnlp_slogans")(Doc(nlp.vocab, words=["我们", "践行", "社会主义核心价值观"]))
    assert [s.text for s in doc.spans["slogans"]] == ["社会主义核心价值观"]


def test_labels(nlp: Language) -> None:
    assert nlp.pipe_labels == {"docnlp_genre": [*GENRES], "docnlp_sections": [*SECTIONS], "docnlp_slogans": [*SLOGAN_NAMES]}


def test_spacy_knows_what_they_assign(nlp: Language) -> None:
    assigns = {name: facts["assigns"] for name, facts in nlp.analyze_pipes()["summary"].items()}
    for name, owner in (("docnlp_genre", Doc), ("docnlp_sections", Span), ("docnlp_slogans", Span)):
        attributes = [a.partition("._.")[2] for a in assigns[name] if "._." in a]
        assert attributes
        assert all(owner.has_extension(a) for a in attributes)


# --- once for all three ---------------------------------------------------------------------------------------------


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts whose structure was found."""
    seen: list[str] = []
    build = pipeline.build

    def counting(source: Any) -> Any:
        seen.append(source.text)
        return build(source)

    monkeypatch.setattr(pipeline, "build", counting)
    return seen


def test_a_doc_is_analysed_once(nlp: Language, built: list[str]) -> None:
    list(nlp.pipe([PLAN, SUMMARY]))
    assert sorted(built) == sorted([PLAN, SUMMARY])


@pytest.mark.parametrize("name", NAMES)
def test_each_works_alone_and_in_any_order(nlp: Language, name: str, built: list[str]) -> None:
    alone = make(name)(PLAN)
    built.clear()
    whole = make(*reversed(NAMES))(PLAN)
    assert built.count(PLAN) == 1
    assert facts(whole) == facts(nlp(PLAN))
    if name == "docnlp_genre":
        assert (alone._.genre, alone._.subgenre) == ("plan", "工作方案")
        assert not alone.spans
    else:
        (key,) = alone.spans
        assert [(s.text, s.label_) for s in alone.spans[key]] == [(s.text, s.label_) for s in whole.spans[key]]


def test_each_has_its_own_settings(built: list[str]) -> None:
    nlp = make("docnlp_genre")
    nlp.add_pipe("docnlp_sections", config={"wordings": {"problems": ["家底情况"]}})
    nlp.add_pipe("docnlp_sections", name="another", config={"wordings": {"safeguards": ["家底情况"]}})
    nlp.add_pipe("docnlp_slogans", config={"allow": ["普法下乡村"]})
    built.clear()
    doc = nlp.make_doc(PLAN)
    labels = []
    for name, component in nlp.pipeline:
        doc = component(doc)
        if name in ("docnlp_sections", "another"):
            labels.append(next(s.label_ for s in doc.spans["sections"] if s.text == "二、家底情况"))
    assert labels == ["problems", "safeguards"]
    found = [s.text for s in doc.spans["slogans"]]
    assert found
    assert NAME not in found
    assert built.count(PLAN) == 1
    assert NAME in [text for text, _, _ in slogans(make("docnlp_slogans"), PLAN)]


def test_nothing_stays_when_the_doc_is_gone(nlp: Language) -> None:
    doc = nlp(PLAN)
    assert doc in pipeline._looks
    gc.collect()
    before = len(pipeline._looks)
    del doc
    gc.collect()
    assert len(pipeline._looks) == before - 1


def test_a_doc_that_was_filled_later_is_looked_at_again(nlp: Language) -> None:
    doc = nlp("")
    doc.from_bytes(nlp.make_doc(PLAN).to_bytes())
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc._.subgenre == "工作方案"
    assert facts(doc) == facts(nlp(PLAN))


# --- batches, processes, files --------------------------------------------------------------------------------------


def test_batches(nlp: Language) -> None:
    texts = [*TEXTS] * 3
    expected = [facts(nlp(text)) for text in texts]
    assert [facts(doc) for doc in nlp.pipe(texts, batch_size=5)] == expected
    pairs = list(nlp.pipe(((text, n) for n, text in enumerate(texts)), as_tuples=True))
    assert [n for _, n in pairs] == list(range(len(texts)))
    assert [facts(doc) for doc, _ in pairs] == expected


PROCESSES = """
import multiprocessing, spacy
TEXT = {text!a}
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nlp = spacy.blank("zh")
    nlp.add_pipe("docnlp_genre")
    nlp.add_pipe("docnlp_sections", config={{"wordings": {{"problems": [{words!a}]}}}})
    nlp.add_pipe("docnlp_slogans", config={{"allow": [{allow!a}]}})
    for doc in nlp.pipe([TEXT, "", TEXT], n_process=2, batch_size=1):
        spans = [(s.text, s.label_, s._.kind, s._.confidence) for s in doc.spans["sections"]]
        print(ascii([doc.text == TEXT, doc._.subgenre, spans, [(s.text, s._.score) for s in doc.spans["slogans"]]]))
"""


def test_two_spawned_processes(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(PROCESSES.format(text=PLAN, words="家底情况", allow="普法下乡村"), encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.returncode == 0, done.stderr
    first, empty, last = done.stdout.splitlines()
    assert first == last
    nlp = make("docnlp_genre")
    nlp.add_pipe("docnlp_sections", config={"wordings": {"problems": ["家底情况"]}})
    nlp.add_pipe("docnlp_slogans", config={"allow": ["普法下乡村"]})
    doc = nlp(PLAN)
    spans = [(s.text, s.label_, s._.kind, s._.confidence) for s in doc.spans["sections"]]
    assert first == ascii([True, "工作方案", spans, [(s.text, s._.score) for s in doc.spans["slogans"]]])
    assert empty == ascii([False, None, [], []])


def test_a_doc_keeps_its_results_and_nothing_else(nlp: Language) -> None:
    doc = nlp(PLAN)
    assert {key[0] for key in doc.user_data} == {"._."}
    for again in (pickle.loads(pickle.dumps(doc)), Doc(nlp.vocab).from_bytes(doc.to_bytes()), doc.copy()):
        assert again.text == PLAN
        assert facts(again) == facts(doc)
    data = doc.to_json(underscore=["genre", "subgenre", "kind", "score"])
    assert data["_"]["genre"] == "plan"
    assert {entry["label"] for entry in data["spans"]["slogans"]} == {s.label_ for s in doc.spans["slogans"]}


def test_docbin(nlp: Language, tmp_path: Path) -> None:
    docs = list(nlp.pipe(TEXTS))
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "x.spacy")
    again = list(DocBin(store_user_data=True).from_disk(tmp_path / "x.spacy").get_docs(spacy.blank("zh").vocab))
    assert [d.text for d in again] == [*TEXTS]
    assert [facts(d) for d in again] == [facts(d) for d in docs]


def test_displacy(nlp: Language, by_word: Language) -> None:
    for doc in (nlp(PLAN), by_word(PLAN)):
        page = displacy.render(doc, style="span", options={"spans_key": "slogans"}, jupyter=False)
        assert page.count(">policy</span>") + page.count("policy\n") == sum(s.label_ == "policy" for s in doc.spans["slogans"]) > 0
        assert "guiding" in displacy.render(doc, style="span", options={"spans_key": "sections"}, jupyter=False)


# --- saving and settings --------------------------------------------------------------------------------------------


def settled() -> Language:
    nlp = make("docnlp_genre")
    nlp.add_pipe("docnlp_sections", config={"wordings": {"problems": ["家底情况"]}})
    nlp.add_pipe("docnlp_slogans", config={"allow": ["普法下乡村"]})
    return nlp


def test_to_disk_and_back(tmp_path: Path) -> None:
    nlp = settled()
    nlp.to_disk(tmp_path / "流程")
    again = spacy.load(tmp_path / "流程")
    assert again.pipe_names == [*NAMES]
    assert facts(again(PLAN)) == facts(nlp(PLAN)) != facts(make()(PLAN))
    assert again.config.to_str() == nlp.config.to_str()


def test_to_bytes_and_back() -> None:
    nlp = settled()
    data = nlp.to_bytes()
    for again in (make(), spacy.blank("zh").from_config(nlp.config)):
        again.from_bytes(data)
        assert facts(again(PLAN)) == facts(nlp(PLAN)) != facts(make()(PLAN))


def test_pickle() -> None:
    nlp = settled()
    again = pickle.loads(pickle.dumps(nlp))
    assert facts(again(PLAN)) == facts(nlp(PLAN))
    assert again.get_pipe("docnlp_slogans").name == "docnlp_slogans"


def test_a_component_on_its_own(tmp_path: Path) -> None:
    saved = pipeline.SlogansComponent(allow=["普法下乡村"])
    saved.to_disk(tmp_path / "口号")
    for again in (
        pipeline.SlogansComponent().from_disk(tmp_path / "口号"),
        pipeline.SlogansComponent().from_bytes(saved.to_bytes()),
    ):
        assert again.cfg == saved.cfg == {"allow": ["普法下乡村"], "models": None}
    saved.cfg["allow"] = [""]
    with pytest.raises(ConfigValidationError, match="不能是空的"):
        pipeline.SlogansComponent().from_bytes(saved.to_bytes())


def test_what_is_set_on_loading_wins(tmp_path: Path) -> None:
    settled().to_disk(tmp_path / "流程")
    for allow in ([], ["人人讲卫生、人人讲礼仪、人人讲诚信"]):
        again = spacy.load(tmp_path / "流程", config={"components": {"docnlp_slogans": {"allow": allow}}})
        assert again.get_pipe("docnlp_slogans").cfg["allow"] == allow
        assert NAME in [text for text, _, _ in slogans(again, PLAN)]


def test_own_models(models: Path, tmp_path: Path) -> None:
    nlp = make(models=str(models))
    analysis = docnlp.parse(PLAN, settings=Settings(models=models))
    doc = nlp(PLAN)
    assert [(s.label_, s._.confidence) for s in doc.spans["sections"]] == [
        (x.section, round(x.confidence, 3)) for x in analysis.sections
    ]
    expected = facts(doc)
    assert expected != facts(make()(PLAN))
    assert facts(pickle.loads(pickle.dumps(nlp))(PLAN)) == expected
    nlp.to_disk(tmp_path / "流程")
    assert facts(spacy.load(tmp_path / "流程")(PLAN)) == expected
    moved = shutil.move(models, tmp_path / "搬走的模型")
    try:
        with pytest.raises(ModelError, match="没有这个模型文件夹"):
            spacy.load(tmp_path / "流程")
        places = {name: {"models": str(moved)} for name in NAMES}
        assert facts(spacy.load(tmp_path / "流程", config={"components": places})(PLAN)) == expected
    finally:
        shutil.move(moved, models)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_models_folder_is_named_when_the_component_is_added(name: str) -> None:
    with pytest.raises(ModelError, match=r"没有的模型：没有这个模型文件夹。请核对路径"):
        make(name, models="没有的模型")


@pytest.mark.parametrize(
    ("name", "config", "place", "words"),
    [
        ("docnlp_sections", {"wordings": {"任务": ["家底情况"]}}, "wordings -> 任务", "没有这个部分，可以写 preamble（前言、引言）、guiding"),
        ("docnlp_sections", {"wordings": {"frame": ["家底情况"]}}, "wordings -> frame", "没有这个部分"),
        ("docnlp_sections", {"wordings": {"tasks": [" "]}}, "wordings -> tasks", "不能是空的"),
        ("docnlp_sections", {"wordings": {"tasks": ["家底"], "problems": ["家底"]}}, "wordings -> problems", "“家底”已经写在 tasks 下，一种标题只能归一个部分"),
        ("docnlp_sections", {"wordings": ["家底情况"]}, "wordings", ""),
        ("docnlp_sections", {"wordings": {"tasks": "家底情况"}}, "wordings", ""),
        ("docnlp_sections", {"allow": ["家底情况"]}, "allow", ""),
        ("docnlp_slogans", {"allow": "家底情况"}, "allow", ""),
        ("docnlp_slogans", {"allow": ["家底情况", ""]}, "allow", "不能是空的"),
        ("docnlp_slogans", {"models": " "}, "models", "不能是空的"),
        ("docnlp_genre", {"models": 3}, "models", ""),
        ("docnlp_genre", {"wordings": {}}, "wordings", ""),
    ],
)  # fmt: skip
def test_wrong_settings_are_named(name: str, config: dict[str, Any], place: str, words: str) -> None:
    with pytest.raises(ConfigValidationError) as caught:
        make(name, **config)
    assert f"{name} -> {place}" in str(caught.value)
    assert words in str(caught.value)


def test_all_wrong_settings_are_named_at_once() -> None:
    with pytest.raises(ConfigValidationError) as caught:
        pipeline.SlogansComponent("口号", allow=[""], models="")
    assert [error["loc"] for error in caught.value.errors] == [("allow",), ("models",)]


def test_an_attribute_that_belongs_to_somebody_else() -> None:
    expected = slogans(make("docnlp_slogans"), PLAN)
    assert expected
    before = Span.remove_extension("score")
    Span.set_extension("score", getter=len)
    try:
        with pytest.raises(ValueError, match=r"Span\._\.score 已被别的组件占用.*remove_extension\('score'\)"):
            make("docnlp_slogans")
        assert make("docnlp_genre")(PLAN)._.genre == "plan"
        Span.set_extension("score", default=0.0, force=True)
        assert slogans(make("docnlp_slogans"), PLAN) == expected
        Span.remove_extension("score")
        assert slogans(make("docnlp_slogans"), PLAN) == expected
    finally:
        default, method, getter, setter = before
        assert method is getter is setter is None
        Span.set_extension("score", default=default, force=True)


# --- scores ---------------------------------------------------------------------------------------------------------


def test_scores(nlp: Language) -> None:
    gold = nlp.make_doc(PLAN)
    found = nlp(PLAN)
    gold.cats = {"plan": 1.0, "summary": 0.0}
    for key, kept in (("sections", None), ("slogans", 1)):
        gold.spans[key] = [Span(gold, s.start, s.end, s.label) for s in [*found.spans[key]][:kept]]
    scores = nlp.evaluate([Example(nlp.make_doc(PLAN), gold)])
    assert scores["genre_micro_f"] == scores["spans_sections_f"] == 1.0
    assert scores["spans_slogans_r"] == 1.0
    assert scores["spans_slogans_p"] == pytest.approx(1 / len(found.spans["slogans"]))
    assert len(found.spans["slogans"]) > 1


def test_a_wrong_genre_lowers_the_score(nlp: Language) -> None:
    examples = []
    for text, genre in ((PLAN, "plan"), (SUMMARY, "plan"), ("", "plan")):
        gold = nlp.make_doc(text)
        gold.cats = {genre: 1.0}
        examples.append(Example(nlp.make_doc(text), gold))
    scores = nlp.evaluate(examples)
    assert scores["genre_micro_p"] == pytest.approx(1 / 2)
    assert scores["genre_micro_r"] == pytest.approx(1 / 3)
