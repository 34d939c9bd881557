"""The genre benchmark on a small corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import genre as benchmark
from benchmarks.speed import END, mark
from docnlp.errors import DocnlpError
from docnlp.training import genre as training
from docnlp.training.genre import GenreTrainer, read_negatives
from docnlp.training.markup import CorpusDocument, load_corpus

HEAD = "---\nid: {id}\ngenre: {genre}\nsubgenre: {subgenre}\nunit: 机关\ndate: 2020-06-01\ngroup: {group}\n---\n[title] 柳湾医院{subgenre}\n"
BODIES = {
    "工作方案": (
        "plan",
        "[preamble] 为把{work}这件事办好，经院务会研究，结合实际，制定本方案，请照此办理。\n"
        "[tasks/1] 一、主要任务\n[tasks] 各科室要每月{work}一次，要有专人负责。\n",
    ),
    "工作总结": (
        "summary",
        "[preamble] 一年来，我们在{work}上下了不少功夫，有了一些进步，现将工作总结如下。\n"
        "[tasks/1] 一、主要做法\n[tasks] 开展了{work}，建立了台账，完成了计划。\n",
    ),
}
WORK = ("巡查河道", "上门义诊", "检修线路", "清理楼道")


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus with two groups to train on, one more and one held out, and few negatives."""
    folder = tmp_path / "corpora"
    for group in "abmi":
        (folder / group).mkdir(parents=True)
        for n, work in enumerate(WORK):
            for subgenre, (genre, body) in BODIES.items():
                name = f"{group}-{n}-{genre}"
                text = HEAD.format(id=name, genre=genre, subgenre=subgenre, group=group) + body.format(work=work)
                (folder / group / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "corpus.toml").write_text('held_out = ["i"]\n', encoding="utf-8")
    (tmp_path / "negatives.txt").write_text("\n---\n".join(read_negatives()[:9]), encoding="utf-8")
    monkeypatch.setattr(benchmark, "CORPORA", folder)
    monkeypatch.setattr(benchmark, "TRAIN", ("a", "b"))
    monkeypatch.setattr(benchmark, "read_negatives", lambda: read_negatives(tmp_path / "negatives.txt"))
    monkeypatch.setattr(training, "read_negatives", lambda: read_negatives(tmp_path / "negatives.txt"))
    return folder


@pytest.fixture
def documents(corpora: Path) -> list[CorpusDocument]:
    return load_corpus([corpora])


def test_the_page_has_its_marks() -> None:
    page = benchmark.PAGE.read_text(encoding="utf-8")
    assert page.index(mark("benchmarks.genre")) < page.index(END)


def test_the_page_is_written_and_own_reports_are_printed_only(
    corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"前\n{mark('benchmarks.genre')}\n旧的\n{END}\n后\n", encoding="utf-8")
    monkeypatch.setattr(benchmark, "PAGE", page)
    monkeypatch.setattr(benchmark, "ROOT", tmp_path)
    monkeypatch.setattr(benchmark, "speeds", lambda content, count: (2.0, 1.0, 3000.0))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "甲件.txt").write_text("院务会研究，结合实际，制定本方案，请照此办理。\n一、主要任务\n各科室要每月巡查。\n", encoding="utf-8")
    (tmp_path / "reports" / "甲件.json").write_text(json.dumps({"genre": "notice", "genre_also": ["plan"]}), encoding="utf-8")
    own = str(tmp_path / "reports")
    assert benchmark.main(["--samples", own, "--gold", own]) == 0
    written = page.read_text(encoding="utf-8")
    assert written.startswith("前\n")
    assert written.endswith(f"{END}\n后\n")
    assert "旧的" not in written
    assert "训练：a、b 组，16 份文件，16 份公文" in written
    assert "测试：i 组，8 份文件，8 份公文" in written
    assert "| docnlp 模型 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |" in written
    assert "| docnlp 模型，另加 m 组 |" in written
    assert "| 多数类 | .500 | .333 | .500 |" in written
    assert "9 篇里认出" in written
    assert "甲件" not in written
    printed = capsys.readouterr().out
    assert "| 甲件 | notice或plan |" in printed
    assert printed.rstrip().splitlines()[-1].startswith("| 对的 | 1 |")


def test_groups_held_out_are_never_trained_on(corpora: Path, documents: list[CorpusDocument], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "speeds", lambda content, count: (2.0, 1.0, 3000.0))
    seen: list[set[str]] = []
    pack = GenreTrainer.pack

    def spy(self: GenreTrainer, data: list[training.Sample], heat: float = 1.0) -> bytes:
        seen.append({s.group for s in data} - {""})
        return pack(self, data, heat)

    monkeypatch.setattr(GenreTrainer, "pack", spy)
    assert benchmark.main(["--print"]) == 0
    assert {"a", "b"} in seen
    assert {"a", "b", "m"} in seen
    assert {"a"} in seen
    assert {"b"} in seen
    assert not any("i" in groups for groups in seen)


def test_leaving_groups_out(documents: list[CorpusDocument]) -> None:
    train = benchmark.material(documents).only(lambda g: g in "ab")
    folds = benchmark.nonsense(2)
    result = benchmark.Result("词表")
    benchmark.leave_out(benchmark.Lexicon(), result, train, folds)
    assert set(result.left) == {"a", "b"}
    assert all(s.genre == 1.0 for s in result.left.values())
    assert result.false == 0
    assert result.none is not None
    assert 0 < result.none <= 9


def test_titled_and_untitled_pieces_stand_for_the_same_parts(documents: list[CorpusDocument]) -> None:
    whole = benchmark.material(documents)
    assert [p.sample.document for p in whole.titled] == [p.sample.document for p in whole.plain] == [d.meta["id"] for d in documents]
    assert all("柳湾医院" in p.document.text for p in whole.titled)
    assert not [p for p in whole.plain if "柳湾医院" in p.document.text]
    assert {p.sample.variant for p in whole.variants} >= {benchmark._suffix(kind) for kind in benchmark._WORDED}


def test_scores_of_everything_and_of_each_group(documents: list[CorpusDocument]) -> None:
    data = [p for p in benchmark.material(documents).plain if p.sample.group in "ai"]
    answers = [("plan", "工作方案") if p.sample.group == "a" else (p.sample.genre, p.sample.subgenre) for p in data]
    found = benchmark.judged(data, answers)
    assert {name: s.genre for name, s in found.items()} == {None: 0.75, "a": 0.5, "i": 1.0}


def test_speeds_are_of_documents_without_titles(monkeypatch: pytest.MonkeyPatch, documents: list[CorpusDocument]) -> None:
    material = benchmark.material(documents)
    (none,) = benchmark.nonsense(1)
    content = GenreTrainer().pack([p.sample for p in (*material.plain, *none)])
    slow, fast, length = benchmark.speeds(content, 2)
    assert slow > 0
    assert fast > 0
    assert 2000 < length < 5000


@pytest.mark.parametrize("answer", ["[]", "{}", "甲", '{"genre": "plan", "genre_also": 3}'])
def test_answers_that_cannot_be_read(tmp_path: Path, answer: str) -> None:
    (tmp_path / "甲.txt").write_text("甲乙丙。\n", encoding="utf-8")
    (tmp_path / "甲.json").write_text(answer, encoding="utf-8")
    with pytest.raises(DocnlpError, match="读不出标注"):
        benchmark.own_reports(tmp_path, tmp_path)


def test_no_answers(tmp_path: Path) -> None:
    with pytest.raises(DocnlpError, match="没有标注"):
        benchmark.own_reports(tmp_path, tmp_path)
    assert benchmark.main(["--samples", str(tmp_path), "--gold", str(tmp_path)]) == 2
    with pytest.raises(SystemExit):
        benchmark.main(["--samples", str(tmp_path)])


def test_no_report_at_all_is_a_right_answer(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("甲乙丙。\n", encoding="utf-8")
    (tmp_path / "甲.json").write_text('{"genre": null}', encoding="utf-8")
    ((name, document, wanted),) = benchmark.own_reports(tmp_path, tmp_path)
    assert (name, document.text.strip(), wanted) == ("甲", "甲乙丙。", ["none"])


def test_shares() -> None:
    assert benchmark.number(0.5) == ".500"
    assert benchmark.number(1) == "1.000"
