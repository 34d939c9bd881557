"""`docnlp parse`, `slogans`, `rules`, `rule` and `settings`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_helpers import Cli

from docnlp.analysis.base import SECTION_NAMES
from docnlp.rules import all_rules
from docnlp.text.width import text_width

PLAN = """清河县2018年精神文明建设工作方案

各乡镇党委、政府：
为推动全县精神文明建设，制定本方案。
一、指导思想
坚持以人民为中心，深化“讲文明、树新风”活动，做到人人参与、人人有责。
二、主要任务
（一）抓好志愿服务。广泛开展“讲文明、树新风”活动，全年不少于十次，参与人数不少于三千人，让广大群众在参与中受到教育。
（二）抓好文明餐桌行动。倡导节约，反对浪费。
三、保障措施
加强领导，落实经费。
清河县精神文明建设指导委员会
2018年3月20日
"""


@pytest.fixture
def plan() -> Path:
    path = Path("方案.txt")
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_parse_json_has_what_the_reference_says(cli: Cli, plan: Path) -> None:
    result = cli("parse", plan, "--format", "json")
    assert (result.status, result.err) == (0, "")
    parsed = json.loads(result.out)
    assert list(parsed) == ["path", "genre", "subgenre", "genre_confidence", "title", "issuer", "date", "period", "parts", "blocks"]
    assert parsed["path"] == "方案.txt"
    assert (parsed["genre"], parsed["subgenre"], parsed["date"]) == ("plan", "工作方案", "2018-03-20")
    assert parsed["title"] == PLAN.split("\n")[0]
    assert [list(part) for part in parsed["parts"]] == [["start", "end", "genre", "subgenre", "title"]]
    keys = ["line", "start", "end", "kind", "level", "number", "section", "confidence"]
    assert all(list(block) == keys for block in parsed["blocks"])
    covered = "".join(PLAN[b["start"] : b["end"]] for b in parsed["blocks"])
    assert "".join(covered.split()) == "".join(PLAN.split())
    for block in parsed["blocks"]:
        assert block["line"] == PLAN.count("\n", 0, block["start"]) + 1
        assert 0 <= block["confidence"] <= 1
        assert block["section"] in SECTION_NAMES
    headings = [(b["level"], b["number"]) for b in parsed["blocks"] if b["kind"] == "heading"]
    assert headings == [(1, "一"), (1, "二"), (2, "一"), (2, "二"), (1, "三")]


def test_several_files_are_a_list(cli: Cli, plan: Path) -> None:
    for command in ("parse", "slogans"):
        assert json.loads(cli(command, plan, "--format", "json").out)["path"] == "方案.txt"
        many = json.loads(cli(command, plan, ".", "--format", "json").out)
        assert [f["path"] for f in many["files"]] == ["方案.txt"]


def test_parse_text_is_an_aligned_outline(cli: Cli, plan: Path) -> None:
    result = cli("parse", plan)
    lines = result.out.splitlines()
    assert result.status == 0
    assert lines[0] == "方案.txt"
    assert lines[1].startswith("  文种  工作方案（方案、计划），把握 ")
    head = next(i for i, line in enumerate(lines) if line.split() == ["行", "结构", "部分"])
    column = text_width(lines[head][: lines[head].index("部分")])
    names = tuple(SECTION_NAMES.values())
    for line in lines[head + 1 :]:
        name = next(n for n in names if f"  {n}" in line)
        assert text_width(line[: line.rindex(f"  {name}") + 2]) == column
        assert text_width(line) <= 80
    assert [line.split()[0] for line in lines[head + 1 :]] == ["1", "3", "4", "5", "7", "8", "9", "10", "12", "13"]
    (guiding,) = [line for line in lines if "一、指导思想" in line]
    assert guiding.endswith("指导思想（总体要求），1 段")
    assert any(line.lstrip().startswith("8    （一）抓好志愿服务") for line in lines)


def test_parse_says_when_a_text_is_no_report(cli: Cli) -> None:
    Path("诗.txt").write_text("床前明月光\n疑是地上霜\n", encoding="utf-8")
    assert "文种  不是公文，或看不出文种" in cli("parse", "诗.txt").out


def test_parse_of_several_documents_in_one_file(cli: Cli) -> None:
    Path("两篇.txt").write_text(PLAN + "\n" + PLAN.replace("2018", "2019"), encoding="utf-8")
    result = json.loads(cli("parse", "两篇.txt", "--format", "json").out)
    out = cli("parse", "两篇.txt").out
    assert len(result["parts"]) == 2
    assert "第 1 篇（第 1 行起）" in out
    assert "第 2 篇（第 " in out


def test_slogans_json_has_what_the_reference_says(cli: Cli, plan: Path) -> None:
    result = cli("slogans", plan, "--format", "json")
    assert (result.status, result.err) == (0, "")
    parsed = json.loads(result.out)
    assert list(parsed) == ["path", "slogans"]
    texts = [s["text"] for s in parsed["slogans"]]
    assert len(set(texts)) == len(texts)
    for slogan in parsed["slogans"]:
        assert list(slogan) == ["text", "type", "score", "occurrences"]
        assert slogan["type"] in ("numeric", "campaign", "parallel", "policy")
        assert 0 < slogan["score"] <= 1
        for place in slogan["occurrences"]:
            assert PLAN[place["start"] : place["end"]] == slogan["text"]
            assert place["line"] == PLAN.count("\n", 0, place["start"]) + 1
    (repeated,) = [s for s in parsed["slogans"] if "讲文明" in s["text"]]
    assert [o["line"] for o in repeated["occurrences"]] == [6, 8]


def test_slogans_text(cli: Cli, plan: Path) -> None:
    out = cli("slogans", plan).out
    assert out.startswith("方案.txt\n  类型")
    (row,) = [line for line in out.splitlines() if "讲文明" in line]
    assert row.endswith("第 6、8 行")
    Path("无.txt").write_text("今天开会。", encoding="utf-8")
    assert "没有找到口号" in cli("slogans", "无.txt").out


@pytest.mark.parametrize("command", ["parse", "slogans"])
def test_unreadable_files(cli: Cli, plan: Path, command: str) -> None:
    result = cli(command, "没有.txt", plan)
    assert result.status == 2
    assert result.err.startswith("无法读取 没有.txt：文件不存在")
    assert result.out.startswith("方案.txt\n")
    files = json.loads(cli(command, "没有.txt", plan, "--format", "json").out)["files"]
    assert [sorted(f)[0] for f in files] == ["error", "blocks" if command == "parse" else "path"]
    single = cli(command, "没有.txt", "--format", "json")
    assert single.status == 2
    assert json.loads(single.out)["path"] == "没有.txt"
    assert cli(command, "没有.txt").out == ""


@pytest.mark.parametrize("command", ["parse", "slogans"])
def test_output_and_standard_input(cli: Cli, plan: Path, command: str) -> None:
    shown = cli(command, plan, "--format", "json").out
    assert cli(command, plan, "--format", "json", "-o", "结果.json").out == ""
    assert Path("结果.json").read_bytes().decode() == shown
    assert "不能用结果覆盖它" in cli(command, plan, "-o", plan).err
    piped = cli(command, "-", "--stdin-filename", "方案.txt", "--format", "json", stdin=PLAN.encode("gb18030")).out
    assert piped == shown


def test_allowed_words_are_no_slogans(cli: Cli, plan: Path) -> None:
    assert "讲文明" not in cli("slogans", plan, "--allow", "讲文明、树新风").out.replace("“", "")


def test_rules_as_a_table(cli: Cli) -> None:
    lines = cli("rules").out.splitlines()
    assert lines[0].split() == ["代码", "名称", "级别", "启用", "查什么"]
    assert [line.split()[0] for line in lines[1:-2]] == [r.code for r in all_rules()]
    column = text_width(lines[0][: lines[0].index("查什么")])
    for line, rule in zip(lines[1:-2], all_rules(), strict=True):
        assert line.endswith(rule.title)
        assert text_width(line) - text_width(rule.title) == column
    assert lines[-1].startswith(f"共 {len(all_rules())} 条")


def test_rules_of_one_family_follow_the_settings(cli: Cli) -> None:
    Path("docnlp.toml").write_text('extend-ignore = ["TYP"]\n[severity]\nTYP100 = "info"\n', encoding="utf-8")
    rows = json.loads(cli("rules", "--family", "typ", "--format", "json").out)
    assert {r["family"] for r in rows} == {"TYP"}
    (row,) = [r for r in rows if r["code"] == "TYP100"]
    assert (row["enabled"], row["severity"], row["name"]) == (False, "info", "office-term")


@pytest.mark.parametrize("word", ["TYP100", "typ100", "office-term"])
def test_a_rule_by_code_or_name(cli: Cli, word: str) -> None:
    out = cli("rule", word, "--width", "60").out
    assert "TYP100" in out
    assert "本单位" in out
    assert max(text_width(line) for line in out.splitlines()) <= 60


def test_every_rule_has_a_page(cli: Cli) -> None:
    for rule in all_rules():
        assert rule.title in cli("rule", rule.code).out.replace("\n", "")


def test_settings_and_where_they_come_from(cli: Cli) -> None:
    assert "没有设置文件，全部用默认值" in cli("settings").out
    Path("子").mkdir()
    Path("docnlp.toml").write_text('ignore = ["PUN"]\nallow = ["甲镇"]\nexclude = ["旧"]\n[[terms]]\nfound = "甲"\nuse = "乙"\n', encoding="utf-8")
    out = cli("settings", "子").out
    assert str(Path("docnlp.toml").resolve()) in out
    assert "甲→乙" in out
    facts = json.loads(cli("settings", "子/x.txt", "--format", "json", "--allow", "丙镇").out)
    assert facts["files"] == [str(Path("docnlp.toml").resolve())]
    assert (facts["ignore"], facts["allow"], facts["exclude"], facts["as-of"]) == (["PUN"], ["甲镇", "丙镇"], ["旧"], "today")
    assert cli("settings", "--isolated").out.startswith("没有设置文件")
