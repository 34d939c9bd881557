"""`docnlp corpus`: validation beyond the syntax, numbers, export; and the repository's own corpus."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docnlp.cli.corpus import corpus as command
from docnlp.text.width import text_width
from docnlp.training.corpus import MAXIMUM_BAR, MEDIAN_BAR, likeness, shingles, statistics, to_dict, to_jsonl, validate
from docnlp.training.markup import CorpusDocument, load_folder, parse_markup

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "corpora"


def source(ident: str = "x-001", body: str = "[title] 通知\n[tasks] 请照办。\n", **front: str) -> str:
    facts = {"genre": "notice", "subgenre": "通知", "unit": "学校", "date": "2016-03-20", "group": ident[0], "quality": "clean"}
    lines = [f"{key}: {value}" for key, value in ({"id": ident} | facts | front).items()]
    return "\n".join(["---", *lines, "---", body])


def write(folder: Path, text: str, name: str = "x-001") -> Path:
    path = folder / name[0] / f"{name}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def found(folder: Path) -> list[tuple[int, str, bool]]:
    return [(p.line, p.message, p.hint) for p in validate([folder]).problems]


def run(*arguments: str | Path, expect: int = 0) -> Result:
    result = CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)
    assert result.exception is None
    assert result.return_value == expect
    return result


def test_a_good_file_has_nothing(tmp_path: Path) -> None:
    write(tmp_path, source())
    validation = validate([tmp_path])
    assert (validation.files, validation.errors, validation.problems, validation.unreadable) == (1, 0, (), ())


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (source("x-002"), 2, "id“x-002”和文件名“x-001”不一致"),
        (source(group="y"), 7, "group“y”和文件夹“x”不一致"),
        (source(quality="好"), 8, "quality“好”应是 clean或 faulty"),
        (source(missing="tasks"), 9, "missing 里有“tasks”，可是第 12 行就标着它"),
        (source(body="[title] 甲\n[tasks] （二）落实经费。市局每年列支两万元。\n"), 11, "“（二）落实经费。”是段首标题：标成 [tasks/级]，后面的正文另起一行标 [+tasks]"),
        (source(body="[tasks] 3. 宣传{C:义诊}。每季度一次。\n"), 10, "“3. 宣传义诊。”是段首标题：标成 [tasks/级]，后面的正文另起一行标 [+tasks]"),
        (source(body="[tasks/2] （二）落实经费。市局列支。\n"), 10, "标题“落实经费。”后面还有正文，请另起一行标 [+tasks]"),
        (source(body="[tasks/2] 1、落实经费\n"), 10, "“1、”是 3 级标题的序号，标签写的是 /2"),
        (source(body="[tasks] 落实{!TYP:经废=>经费}。\n"), 10, "写着 clean 的文件里标了差错“经废”"),
        (source(body="[tasks] 落实{!TYP:经费=>经费}。\n", quality="faulty"), 10, "差错“经费”改前改后一样"),
        (source(body="[tasks] 落实{N:}。\n"), 10, "口号标记里没有文字"),
        (source(body="[title] 甲\n[tasks] {P:讲清{G:中国梦}，讲活身边事}。\n"), 11, "口号“中国梦”在另一条口号里面，只标外面的一条"),
    ],
)  # fmt: skip
def test_errors(tmp_path: Path, text: str, line: int, message: str) -> None:
    write(tmp_path, text)
    assert found(tmp_path) == [(line, message, False)]


@pytest.mark.parametrize(
    "body",
    [
        "[tasks/2] （二）落实经费。\n[+tasks] 市局每年列支两万元。\n",
        "[tasks] （二）落实经费。\n",
        "[tasks] 1.落实经费。2.加强宣传。\n",
        "[tasks] 一是落实经费。二是加强宣传。\n",
        "[tasks] 1.5万元已经到位。余下的年底前拨付。\n",
        "[tasks] 1.党组成员分别联系两个基层所，每月到所里办公一天。平时由办公室联系。\n",
        "[tasks/3] 1.评选“文明之星。”\n",
        "[tasks/2] 不编号的标题\n",
    ],
)
def test_what_the_guide_allows(tmp_path: Path, body: str) -> None:
    write(tmp_path, source(body=body))
    assert found(tmp_path) == []


def test_all_errors_of_all_files(tmp_path: Path) -> None:
    write(tmp_path, source(body="[tasks] {N:甲\n[bad] 甲\n"))
    write(tmp_path, source("x-003"), "x-002")
    write(tmp_path, source("x-003"), "x-003")
    validation = validate([tmp_path])
    places = [f"{Path(p.path).name}:{p.line}" for p in validation.problems]
    assert places == ["x-001.txt:10", "x-001.txt:11", "x-002.txt:2", "x-003.txt:2"]
    assert "已经用在" in validation.problems[-1].message
    assert validation.errors == 4


def test_hints(tmp_path: Path) -> None:
    write(tmp_path, source(genre="plan", subgenre="活动方案", body="[tasks] 登山。\n", quality="faulty"))
    hints = found(tmp_path)
    assert [(line, hint) for line, _, hint in hints] == [(8, True), (10, True)]
    assert hints[0][1].startswith("写着 faulty")
    assert hints[1][1] == "活动方案通常要有 safeguards（保障措施（工作要求）），没有这样的块，missing 里也没有写"
    write(tmp_path, source(genre="plan", subgenre="活动方案", body="[tasks] 登山。\n", quality="faulty", missing="safeguards"))
    assert found(tmp_path) == []


def test_each_part_needs_its_own_sections(tmp_path: Path) -> None:
    write(tmp_path, source(body="[tasks] 印发方案。\n@part plan 活动方案\n[tasks] 登山。\n"))
    assert [(line, hint) for line, _, hint in found(tmp_path)] == [(12, True)]


def test_validate_command(tmp_path: Path) -> None:
    path = write(tmp_path, source())
    assert run("validate", tmp_path).output == "查了 1 份文件：错误 0 处，提示 0 处。\n"
    write(tmp_path, source(body="[tasks] （二）落实经费。市局每年列支两万元，由办公室统一管理使用。\n"))
    result = run("validate", tmp_path, "--width", "60", expect=1)
    assert f"{path.as_posix()}:10\n  错误  “（二）落实经费。”是段首标题" in result.output
    assert all(text_width(line) <= 60 or ":10" in line for line in result.output.splitlines())
    problems = json.loads(run("validate", tmp_path, "--format", "json", expect=1).output)["problems"]
    assert [(p["line"], p["severity"]) for p in problems] == [(10, "error")]


def test_what_cannot_be_read_leaves_the_rest(tmp_path: Path) -> None:
    write(tmp_path, source())
    (tmp_path / "x" / "x-002.txt").write_bytes("公文".encode("gbk"))
    result = run("validate", tmp_path, tmp_path / "没有", expect=2)
    assert "查了 1 份文件" in result.stdout
    assert "不是 UTF-8" in result.stderr
    assert "没有这个文件或文件夹" in result.stderr


LONG = "每月第一个周五由值班员带队清扫河堤两侧的落叶和塑料袋"


def document(ident: str, body: str, **front: str) -> CorpusDocument:
    return parse_markup(source(ident, body, **front))


def test_shingles_leave_out_policy_titles_and_signs() -> None:
    assert shingles(document("x-001", "[tasks] 一二三四，五六七八。\n")) == {"一二三四五六七八"}
    assert shingles(document("x-001", "[tasks] 一二三四{G:社会主义核心价值观}五六七八\n")) == frozenset()
    assert shingles(document("x-001", "[tasks] 学习《公民道德建设实施纲要》。\n")) == frozenset()
    assert shingles(document("x-001", "[tasks] {P:人人参与、人人有责}\n")) == {"人人参与人人有责"}
    assert shingles(document("x-001", "[tasks] 一二三四\n[tasks] 五六七八\n")) == frozenset()


def test_likeness_is_containment_in_the_nearest() -> None:
    short = document("x-001", f"[tasks] {LONG}\n")
    long = document("x-002", f"[tasks] {LONG}\n[tasks] 图书馆把旧报纸按年份装订成册供老人借阅查找往事\n")
    other = document("x-003", "[tasks] 食堂的蒸箱坏了三天炊事班改用大锅煮面条没有耽误开饭\n")
    rows = {x.document: x for x in likeness([other, short, long])}
    assert (rows["x-001"].nearest, rows["x-001"].share) == ("x-002", 1.0)
    assert rows["x-002"].nearest == "x-001"
    assert rows["x-002"].share == pytest.approx(len(shingles(short)) / len(shingles(long)))
    assert rows["x-003"].share == 0.0
    assert likeness([short]) == []


def test_likeness_agrees_with_comparing_every_pair() -> None:
    source_of_words = random.Random(7)
    pieces = ["".join(chr(source_of_words.randrange(0x4E00, 0x9F00)) for _ in range(15)) for _ in range(12)]
    documents = [document(f"x-{i:03}", f"[tasks] {''.join(source_of_words.sample(pieces, 4))}\n") for i in range(15)]
    rows = {x.document: x.share for x in likeness(documents)}
    for one in documents:
        own = shingles(one)
        best = max(len(own & shingles(other)) / len(own) for other in documents if other is not one)
        assert rows[one.meta["id"]] == pytest.approx(best)


def test_statistics() -> None:
    one = document("x-001", f"[title] 通知\n[tasks] {{P:{LONG}}}。\n", layout="表格")
    two = document("y-001", f"[tasks] {{C:义诊}}，{{!TYP:经废=>经费}}。\n@part plan 活动方案\n[tasks] {LONG}。\n", quality="faulty", date="2017-01-01")
    numbers = statistics([one, two])
    assert (numbers.documents, numbers.parts, numbers.characters) == (2, 3, len(one.text) + len(two.text))
    assert numbers.counts["group"] == {"x": 1, "y": 1}
    assert numbers.counts["year"] == {"2016": 1, "2017": 1}
    assert numbers.counts["layout"] == {"表格": 1}
    assert (numbers.faulty, numbers.faults, numbers.slogans) == (1, {"TYP": 1}, {"parallel": 1, "campaign": 1})
    assert numbers.density == pytest.approx(2000 / numbers.characters)
    assert sum(numbers.sections.values()) == pytest.approx(1)
    assert numbers.sections["frame"] == pytest.approx(2 / (2 + len(LONG) + 1 + 6 + len(LONG) + 1))
    assert numbers.maximum is not None
    assert numbers.maximum.share == 1.0
    assert not numbers.varied


def test_statistics_of_nothing() -> None:
    numbers = statistics([])
    assert (numbers.density, numbers.median, numbers.percentile95, numbers.maximum, numbers.varied) == (0.0, 0.0, 0.0, None, True)


def test_stats_command(tmp_path: Path) -> None:
    write(tmp_path, source(body=f"[title] 通知\n[tasks] {LONG}{{C:义诊}}。\n"))
    write(tmp_path, source("x-002", f"[tasks] {LONG}{{!TYP:经废=>经费}}。\n", quality="faulty"), "x-002")
    text = run("stats", tmp_path, "--width", "60").output
    assert all(text_width(line) <= 60 for line in text.splitlines())
    assert "有差错的  1 份，占 50.0%" in text
    assert "  最高        1.000  超过了 0.35\n  最像的是 x-002，像 x-001\n" in text or "  最像的是 x-001，像 x-002\n" in text
    (year,) = [line for line in text.splitlines() if "2016" in line]
    assert year.split() == ["2016", "2"]
    numbers = json.loads(run("stats", tmp_path, "--format", "json").output)
    assert (numbers["documents"], numbers["faults"], numbers["variety"]["varied"]) == (2, {"TYP": 1}, False)


def test_export(tmp_path: Path) -> None:
    write(tmp_path, source(body="[title] 通知\n[tasks/1] 一、做事\n[tasks] {C:义诊}，{!TYP:经废=>经费}。\n", quality="faulty", missing="closing"))
    write(tmp_path, source("x-002"), "x-002")
    target = tmp_path / "语料.jsonl"
    result = run("export", tmp_path, "--format", "jsonl", "-o", target)
    assert result.stdout == ""
    assert "2 份文件写到了" in result.stderr
    content = target.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in content.splitlines()]
    assert [x["id"] for x in lines] == ["x-001", "x-002"]
    first = lines[0]
    assert list(first) == ["id", "text", "blocks", "slogans", "faults", "parts", "missing", "meta"]
    assert [first["text"][b["start"] : b["end"]] for b in first["blocks"]] == ["通知", "一、做事", "义诊，经废。"]
    assert [b["level"] for b in first["blocks"]] == [None, 1, None]
    assert [first["text"][s["start"] : s["end"]] for s in first["slogans"]] == ["义诊"]
    assert [(first["text"][f["start"] : f["end"]], f["cure"]) for f in first["faults"]] == [("经废", "经费")]
    assert (first["parts"], first["missing"]) == ([{"first": 0, "genre": "notice", "subgenre": "通知"}], ["closing"])
    assert first["meta"]["unit"] == "学校"
    documents = load_folder(tmp_path)
    assert content == to_jsonl(documents)
    assert first == to_dict(documents[0])


def test_usage() -> None:
    runner = CliRunner()
    assert "检查标记和标注" in runner.invoke(command, ["--help"]).output
    unknown = runner.invoke(command, ["vali"], standalone_mode=False)
    assert "可以写 validate、stats、export" in str(unknown.exception)
    assert runner.invoke(command, [], standalone_mode=False).return_value == 2


@pytest.mark.skipif(not OWN.is_dir(), reason="没有 corpora/（装好的程序不带语料）")
def test_the_own_corpus() -> None:
    validation = validate([OWN])
    assert validation.unreadable == ()
    assert [p for p in validation.problems if not p.hint] == []
    numbers = statistics(load_folder(OWN))
    assert numbers.documents >= 300
    assert numbers.characters >= 380_000
    assert numbers.maximum is not None
    assert numbers.median <= MEDIAN_BAR
    assert numbers.maximum.share <= MAXIMUM_BAR
