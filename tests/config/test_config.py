"""Settings files, packs and the command line."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docnlp import config
from docnlp.analysis.base import GENRE_NAMES, SECTION_NAMES
from docnlp.config import SUBGENRES, discover, find, is_excluded, load, override
from docnlp.document.kinds import kind_of_title
from docnlp.errors import SettingsError
from docnlp.rules.base import Rule
from docnlp.selection import rules_for
from docnlp.settings import PerSubgenre, Settings, Term


def _rule(code: str, name: str) -> Rule:
    return Rule(code, name, "", "warning", "", (), lambda context: iter(()), ())


RULES = (
    _rule("SEC001", "missing-section"),
    _rule("PUN001", "halfwidth-mark"),
    _rule("PUN002", "doubled-mark"),
    _rule("RES001", "site-tail"),
    _rule("RES002", "blank"),
    _rule("SYS002", "unused-suppression"),
)


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docnlp.selection.all_rules", lambda: RULES)


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str, name: str = "docnlp.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


# --- finding --------------------------------------------------------------------------------------------------------


def test_nearest_file_upward_counts(tmp_path: Path, write) -> None:
    top = write("")
    near = write("", "甲/docnlp.toml")
    (tmp_path / "甲" / "乙").mkdir()
    assert find(tmp_path / "甲" / "乙") == near.resolve()
    assert find(tmp_path / "甲" / "乙" / "稿.txt") == near.resolve()
    assert find(tmp_path) == top.resolve()


def test_docnlp_toml_beats_pyproject_in_one_folder(write) -> None:
    project = write("[tool.docnlp]\n", "pyproject.toml")
    assert find(project.parent) == project.resolve()
    own = write("")
    assert find(project.parent) == own.resolve()


def test_pyproject_without_our_table_is_passed_over(tmp_path: Path, write) -> None:
    own = write("")
    write("[project]\nname = 'x'\ndependencies = ['docnlp']\n", "甲/pyproject.toml")
    write("[project\n", "甲/乙/pyproject.toml")
    write("# docnlp\n[project\n", "甲/乙/丙/pyproject.toml")
    assert find(tmp_path / "甲" / "乙" / "丙") == own.resolve()


def test_broken_pyproject_with_our_table_is_an_error(write) -> None:
    path = write("[tool.docnlp]\nselect = [\n", "pyproject.toml")
    with pytest.raises(SettingsError, match="方括号"):
        find(path.parent)


def test_pyproject_is_read(write) -> None:
    path = write(
        '[tool.other]\nx = 1\n[tool.docnlp]\nselect = ["RES"]\n[tool.docnlp.severity]\nPUN = "info"\n', "pyproject.toml"
    )
    settings = discover(path.parent)
    assert settings.select == ("RES",)
    assert settings.severity == {"PUN": "info"}
    assert settings.root == path.parent.resolve()
    assert settings.files == (path.resolve(),)


def test_pyproject_without_table_named_on_purpose_is_an_error(write) -> None:
    with pytest.raises(SettingsError, match=r"没有 \[tool.docnlp\]"):
        load(write("[tool]\n", "pyproject.toml"))
    with pytest.raises(SettingsError, match=r"\[tool.docnlp\].*应当是一个表"):
        load(write("[tool]\ndocnlp = 1\n", "pyproject.toml"))


def test_nothing_gives_the_defaults() -> None:
    assert load(None) == Settings()


# --- reading --------------------------------------------------------------------------------------------------------

FULL = """
select = ["res", "ＰＵＮ００１", "missing-section"]
ignore = ["RES002"]
extend-select = ["STY"]
extend-ignore = ["ALL"]
fail-on = "严重错误"
as-of = "document"
max-size = "1.5MB"
allow = ["文明 办", "文明 办"]
exclude = ["旧稿", 'a\\b']

[severity]
PUN = "提示"
doubled-mark = "error"

[per-subgenre."通知"]
ignore = ["SEC"]
[per-subgenre.summary]
extend-select = ["CON"]
[per-subgenre."总结、汇报"]
ignore = ["FMT"]

[[terms]]
found = "区创建办"
use = ["区文明办", "区精神文明建设办公室"]
message = "用规范简称。"
severity = "error"
[[terms]]
found = ["甲办", "乙办"]
use = "丙办"

[sections."工作方案"]
required = ["指导思想", "objectives"]
optional = ["领导小组"]
skip = ["结语"]
"时间安排" = "warning"
next-steps = "不查"
[sections.plan]
"基本原则" = "off"

[wordings]
tasks = ["家底情况"]
"存在问题" = "短板"
"""


def test_every_key(write) -> None:
    path = write(FULL)
    s = load(path)
    assert s.select == ("RES", "PUN001", "SEC001")
    assert s.ignore == ("RES002",)
    assert s.extend_select == ("STY",)
    assert s.extend_ignore == ("ALL",)
    assert s.fail_on == "error"
    assert s.as_of == "document"
    assert s.limits.max_bytes == 1024 * 1024 * 3 // 2
    assert s.allow == ("文明 办",)
    assert s.exclude == ("旧稿", "a/b")
    assert s.severity == {"PUN": "info", "PUN002": "error"}
    assert s.per_subgenre == {"通知": PerSubgenre(("SEC",)), "summary": PerSubgenre(("FMT",), ("CON",))}
    assert s.terms == (
        Term("区创建办", ("区文明办", "区精神文明建设办公室"), "用规范简称", "error", "docnlp.toml"),
        Term("甲办", ("丙办",), "", "warning", "docnlp.toml"),
        Term("乙办", ("丙办",), "", "warning", "docnlp.toml"),
    )
    assert s.sections == {
        "工作方案": {
            "guiding": "warning", "objectives": "warning", "organization": "info", "closing": "off", "schedule": "warning",
            "next_steps": "off",
        },
        "plan": {"principles": "off"},
    }  # fmt: skip
    assert s.wordings == {"tasks": ("家底情况",), "problems": ("短板",)}
    assert s.root == path.parent.resolve()


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_office_editors(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "docnlp.toml"
    path.write_bytes('allow = ["文明办"]\r\nselect = ["RES"]\r\n'.encode(codec))
    assert load(path).allow == ("文明办",)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "docnlp.toml"
    path.write_bytes(b"\xff\xff\xff\x80\x81")
    with pytest.raises(SettingsError, match="UTF-8"):
        load(path)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ('"2026-3-5"', "2026-03-05"),
        ("2026-03-05", "2026-03-05"),
        ('"２０２６年3月5日"', "2026-03-05"),
        ('"today"', "today"),
    ],
)
def test_as_of(write, value: str, day: str) -> None:
    assert load(write(f"as-of = {value}")).as_of == day


@pytest.mark.parametrize(
    ("value", "size"), [("1000", 1000), ('"2 kb"', 2048), ('"１ＧＢ"', 1 << 30), ('"7"', 7), ('"3M"', 3 << 20)]
)
def test_max_size(write, value: str, size: int) -> None:
    assert load(write(f"max-size = {value}")).limits.max_bytes == size


def test_settings_can_be_sent_to_worker_processes(write) -> None:
    settings = load(write(FULL))
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert pickle.loads(pickle.dumps(Settings())) == Settings()


@pytest.mark.parametrize("name", [name for section, name in SECTION_NAMES.items() if section != "frame"])
def test_names_shown_to_users_are_accepted(write, name: str) -> None:
    s = load(write(f'[sections.plan]\n"{name}" = "info"'))
    assert [SECTION_NAMES[key] for key in s.sections["plan"]] == [name]


@pytest.mark.parametrize("genre", list(GENRE_NAMES))
def test_genres_by_both_names(write, genre: str) -> None:
    chinese = {"notice": "各类通知", "opinion": "各类意见", "keypoints": "要点"}.get(genre, GENRE_NAMES[genre])
    for name in (genre, chinese):
        assert list(load(write(f'[per-subgenre."{name}"]\nignore = ["SEC"]')).per_subgenre) == [genre]


@pytest.mark.parametrize(
    "title",
    [
        f"某县{t}"
        for t in (
            "创建工作方案",
            "主题活动方案",
            "实施方案",
            "工作计划",
            "工作要点",
            "工作总结",
            "半年工作总结",
            "自查报告",
            "工作汇报",
        )
    ]
    + [
        f"某县{t}"
        for t in (
            "申报材料",
            "典型经验材料",
            "通知",
            "实施意见",
            "倡议书",
            "讲话稿",
            "承诺书",
            "责任书",
            "公约",
            "简报",
            "会议纪要",
            "情况通报",
        )
    ]
    + ["关于印发《某县方案》的通知", "学习心得体会"],
)
def test_every_subgenre_that_titles_give_may_be_configured(title: str) -> None:
    kind = kind_of_title(title)
    assert kind is not None
    assert kind.subgenre in SUBGENRES


# --- what is wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('selct = ["RES"]', ["没有 selct 这个键，是不是想写 select？", "可用的键有 select、ignore"]),
        ('fail_on = "error"', ["没有 fail_on 这个键，是不是想写 fail-on？"]),
        ("name = 'x'", ["没有 name 这个键"]),
        ('select = ["RES9"]', ["（select）", "没有“RES9”", "是不是想写 RES"]),
        ('ignore = ["blnak"]', ["（ignore）", "是不是想写 blank？"]),
        ('extend-select = ["PNU"]', ["是不是想写 PUN？"]),
        ('extend-ignore = ["标点"]', ["没有“标点”这个规则代码、类别或名称。用 docnlp rules"]),
        ('select = "RES"', ["应当是列表，现在写的是文字", "方括号"]),
        ("select = [1]", ["应当是加引号的文字，现在写的是整数"]),
        ('select = [""]', ["不能是空的"]),
        ('[severity]\nPUN = "eror"', ["（[severity] PUN）", "是不是想写 error？", "warning（一般错误）"]),
        ('[severity]\nPUX = "error"', ["（[severity]）", "没有“PUX”"]),
        ("[severity]\nPUN = true", ["现在写的是true/false"]),
        ('severity = "error"', ["应当是一个表"]),
        ('fail-on = "严重"', ["是不是想写“严重错误”？"]),
        ('as-of = "toady"', ["是不是想写 today？", "2026-11-23"]),
        ('as-of = "2026-02-30"', ["没有“2026-02-30”这一天"]),
        ("as-of = 2026-02-03T10:00:00", ["现在写的是日期和时间"]),
        ('max-size = "很大"', ["文件大小读不懂：“很大”", "20MB"]),
        ("max-size = false", ["文件大小读不懂：true/false"]),
        ("max-size = 0", ["文件大小要大于 0"]),
        ('[per-subgenre."通之"]\nignore = ["SEC"]', ["没有“通之”这个文种，是不是想写“通知”？"]),
        ('[per-subgenre."通知"]\nignroe = ["SEC"]', ['（[per-subgenre."通知"]）', "是不是想写 ignore？"]),
        ("per-subgenre = 1", ["应当是一个表"]),
        ('[sections."工作方按"]\nguiding = "error"', ["是不是想写“工作方案”？"]),
        ('[sections."工作方案"]\n"指导思響" = "error"', ["没有“指导思響”这个部分，是不是想写“指导思想”？"]),
        ('[sections."工作方案"]\nguiding = "of"', ["是不是想写 off？", "off"]),
        ('[sections."工作方案"]\nrequired = "guiding"', ["required", "应当是列表"]),
        ('[sections."工作方案"]\nrequired = ["guiding"]\nskip = ["指导思想"]', ["“指导思想”写了两次"]),
        ("sections = []", ["（[sections]）", "应当是一个表（", "现在写的是列表"]),
        ('[wordings]\ntaks = ["甲"]', ["没有“taks”这个部分，是不是想写 tasks？"]),
        ('[wordings]\nframe = ["甲"]', ["没有“frame”这个部分"]),
        ('[sections.plan]\n"标题、落款等" = "error"', ["没有“标题、落款等”这个部分"]),
        ('[wordings]\ntasks = ["家底"]\nguiding = ["家底"]', ["“家底”写在了两个部分下"]),
        ("[wordings]\ntasks = 1", ["（[wordings] tasks）", "现在写的是整数"]),
        ('[[terms]]\nuse = "甲"', ["（[[terms]] 第 1 条）", "缺少 found"]),
        ('[[terms]]\nfound = "甲乙"\nuze = "丙"', ["是不是想写 use？"]),
        ('[[terms]]\nfound = "甲乙"\n[[terms]]\nfound = " "', ["第 2 条", "不能是空的"]),
        ('[[terms]]\nfound = "A办"\nuse = "Ａ办"', ["既是要查的写法，又是改成的写法"]),
        ('[[terms]]\nfound = "甲乙"\nseverity = "重"', ["没有“重”这个级别"]),
        ('[terms]\nfound = "甲乙"', ["[[terms]]", "两层方括号"]),
        ('terms = ["甲"]', ["第 1 条", "应当是一个表"]),
        ('packs = ["社区"]', ["没有“社区”这个词包", "社区.toml"]),
        ('packs = ["词包/无.toml"]', ["这个词包", "请核对路径"]),
        ('packs = ["词包\\bad.toml"]', ["看不见的字符", "路径请用 / 分隔"]),
    ],
)
def test_mistakes_name_file_key_and_nearest(write, text: str, said: list[str]) -> None:
    path = write(text)
    with pytest.raises(SettingsError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert message.endswith("。")
    assert "？。" not in message
    for words in said:
        assert words in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# 注\n指导思想 = 1", ["第 2 行", "加英文引号"]),
        ("[sections.工作方案]", ["第 1 行", "加英文引号"]),
        ("allow = [“甲”]", ["第 1 行第", "直引号"]),
        ('allow = ["甲"，"乙"]', ["英文半角"]),
        ('allow ＝ ["甲"]', ["英文半角"]),
        ('packs = ["词包\\局.toml"]', ["反斜杠", "路径请用 / 分隔"]),
        ('allow = ["甲"\nselect = ["RES"]', ["第 2 行", "缺逗号"]),
        ('allow = ["甲"', ["第 1 行（文件末尾）", "方括号没有配对"]),
        ('allow = ["甲]', ["引号没有配对"]),
        ('fail-on = "info"\nfail-on = "error"', ["第 2 行", "写了两次"]),
        ("[severity]\n[severity]", ["第 2 行", "同一个表写了两次"]),
        ("as-of = 2026-02-30", ["没有这个日期"]),
        ("select", ["缺等号"]),
        ("max-size = 20MB", ["多了东西"]),
    ],
)
def test_syntax_errors_name_line_and_cause(write, text: str, said: list[str]) -> None:
    path = write(text)
    with pytest.raises(SettingsError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}：")
    assert not re.search("[A-Za-z]{4,} [a-z]{3,} [a-z]+", message.removeprefix(str(path)))
    for words in said:
        assert words in message


def test_deep_nesting_is_an_error(write) -> None:
    with pytest.raises(SettingsError):
        load(write("allow = " + "[" * 100_000))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="没有这个文件"):
        load(tmp_path / "无.toml")
    with pytest.raises(SettingsError, match="打不开"):
        load(tmp_path)


# --- packs ----------------------------------------------------------------------------------------------------------

PACK = """
name = "区直机关词包"
description = "各单位简称"
allow = ["东风里"]
[[terms]]
found = "区创建办"
use = ["区文明办"]
[sections."工作方案"]
required = ["指导思想"]
optional = ["组织领导"]
[wordings]
tasks = ["家底情况"]
"""


def test_layers(write) -> None:
    write(PACK, "词包/区.toml")
    write(
        'allow = ["西风里"]\n[[terms]]\nfound = "区创建办"\n[wordings]\nproblems = ["家底情况"]\ntasks = ["账本"]',
        "词包/街道.toml",
    )
    path = write(
        'packs = ["词包/区.toml", "词包/街道.toml", "./词包/区.toml"]\nallow = ["南风里", "东风里"]\n'
        '[[terms]]\nfound = "甲办"\n[sections."工作方案"]\n"组织领导" = "off"'
    )
    s = load(path)
    assert s.allow == ("东风里", "西风里", "南风里")
    assert s.terms == (Term("区创建办", source="街道.toml"), Term("甲办", source="docnlp.toml"))
    assert s.sections == {"工作方案": {"guiding": "warning", "organization": "off"}}
    assert s.wordings == {"tasks": ("账本",), "problems": ("家底情况",)}
    assert [f.name for f in s.files] == ["区.toml", "街道.toml", "docnlp.toml"]


def test_terms_carry_the_name_of_their_pack(write) -> None:
    write(PACK, "区.toml")
    assert [t.source for t in load(write('packs = ["区.toml"]')).terms] == ["区直机关词包"]


def test_absolute_paths(write, tmp_path: Path) -> None:
    pack = write(PACK, "别处/区.toml")
    assert load(write(f"packs = ['{pack}']", "此处/docnlp.toml")).allow == ("东风里",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('select = ["RES"]', "词包里不能写 select。请写到 docnlp.toml 里"),
        ('descripton = "x"', "是不是想写 description？"),
        ("name = 1", "（name）"),
        ("description = 1", "（description）"),
        ("[sections.plan]\nguding = 'error'", "是不是想写 guiding？"),
    ],
)
def test_mistakes_in_a_pack_name_the_pack(write, text: str, said: str) -> None:
    pack = write(text, "区.toml")
    with pytest.raises(SettingsError) as caught:
        load(write('packs = ["区.toml"]'))
    assert str(caught.value).startswith(str(pack))
    assert said in str(caught.value)


def test_misspelt_path_names_the_nearest_file(write) -> None:
    write(PACK, "区直机关.toml")
    with pytest.raises(SettingsError, match=r"是不是想写“区直机关\.toml”？"):
        load(write('packs = ["区直属机关.toml"]'))


def test_shipped_packs_by_name(write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(PACK, "shipped/packs/社区.toml")
    write(PACK, "shipped/packs/学校.toml")
    monkeypatch.setattr(config, "folder", lambda name: tmp_path / "shipped")
    assert load(write('packs = ["社区"]')).allow == ("东风里",)
    with pytest.raises(SettingsError, match="是不是想写“社区”？随程序附带的词包有 学校、社区；"):
        load(write('packs = ["社区们"]'))
    write(PACK, "我们.toml")
    with pytest.raises(SettingsError, match=r"是不是想写“我们\.toml”"):
        load(write('packs = ["我们"]'))


def test_no_shipped_packs_in_a_broken_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(config, "folder", gone)
    assert config.shipped_packs() == {}


# --- command line ---------------------------------------------------------------------------------------------------


def test_nothing_given_changes_nothing(write) -> None:
    settings = load(write(FULL))
    assert override(settings) == settings
    assert override(settings, select=(), ignore=(), severity=(), packs=(), allow=()) == settings


def test_lists_of_the_command_line() -> None:
    base = Settings(select=("SEC",), ignore=("PUN",), extend_select=("STY",), extend_ignore=("CON",), allow=("甲乙",))
    s = override(base, select=["RES,pun001", "blank"], extend_ignore=["RES001，SEC"], allow=["丙丁", "甲乙"])
    assert s.select == ("RES", "PUN001", "RES002")
    assert s.extend_select == ()
    assert s.ignore == ("PUN",)
    assert s.extend_ignore == ("CON", "RES001", "SEC")
    assert s.allow == ("甲乙", "丙丁")
    assert override(base, extend_select=["RES"]).extend_select == ("STY", "RES")
    assert override(base, ignore=["RES"]).ignore == ("RES",)


def test_what_the_command_line_selects_is_not_ignored_by_the_file() -> None:
    base = Settings(ignore=("RES001", "PUN"), extend_ignore=("RES002",))
    codes = [r.code for r in rules_for(RULES, override(base, select=["RES001", "PUN001", "blank"]), "plan", None)]
    assert codes == ["PUN001", "RES001", "RES002"]
    codes = [r.code for r in rules_for(RULES, override(base, extend_select=["RES001"]), "plan", None)]
    assert codes == ["SEC001", "RES001", "SYS002"]


def test_single_values_of_the_command_line() -> None:
    base = Settings(severity={"PUN": "info"}, fail_on="error")
    s = override(
        base,
        severity=["RES001=提示", "PUN=error,blank＝warning"],
        fail_on="info",
        as_of=date(2026, 3, 5),
        max_size="1KB",
    )
    assert s.severity == {"PUN": "error", "RES001": "info", "RES002": "warning"}
    assert s.fail_on == "info"
    assert s.as_of == "2026-03-05"
    assert s.limits.max_bytes == 1024
    assert override(base, severity={"RES": "info"}).severity == {"PUN": "info", "RES": "info"}
    assert override(base, as_of="document").as_of == "document"


def test_packs_of_the_command_line_are_paths_from_here(write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(PACK, "区.toml")
    monkeypatch.chdir(tmp_path)
    s = override(Settings(sections={"工作方案": {"guiding": "off"}}), packs=["区.toml"])
    assert s.allow == ("东风里",)
    assert s.sections["工作方案"]["guiding"] == "warning"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"select": ["RSE"]}, "--select：没有“RSE”"),
        ({"ignore": ["X"]}, "--ignore：没有“X”"),
        ({"extend_select": ["X"]}, "--extend-select："),
        ({"extend_ignore": ["X"]}, "--extend-ignore："),
        ({"severity": ["RES001"]}, "--severity：“RES001”读不懂。请写成 RES001=info"),
        ({"severity": ["RES001=x"]}, "--severity：没有“x”这个级别"),
        ({"fail_on": "never"}, "--fail-on：没有“never”"),
        ({"as_of": "yesterday"}, "--as-of：日期“yesterday”读不懂"),
        ({"packs": ["无.toml"]}, "--pack：没有 无.toml 这个词包"),
        ({"max_size": "x"}, "--max-size：文件大小读不懂"),
    ],
)
def test_mistakes_name_the_option(given: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        override(Settings(), **given)
    assert str(caught.value).startswith(said)


# --- models ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["子/模型", "子\\\\模型"])
def test_models_are_relative_to_the_file(write, value: str) -> None:
    path = write(f'models = "{value}"', "甲/docnlp.toml")
    settings = load(path)
    assert settings.models == settings.analysis.models == path.resolve().parent / "子" / "模型"
    assert load(write("")).models is None


def test_models_of_the_command_line_count(write) -> None:
    settings = load(write('models = "模型"'))
    assert override(settings, models="别处").models == Path("别处")
    assert override(settings).models == settings.models


@pytest.mark.parametrize(("value", "message"), [('""', "不能是空的"), ("[]", "应当是加引号的文字")])
def test_wrong_models(write, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=rf"docnlp\.toml（models）：{message}"):
        load(write(f"models = {value}"))


# --- exclude --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "path", "out"),
    [
        ("旧稿", "旧稿", True),
        ("旧稿", "甲/旧稿/乙.txt", True),
        ("旧稿", "甲/旧稿2/乙.txt", False),
        ("~$*", "甲/~$方案.docx", True),
        ("*.bak", "甲.bak", True),
        ("*.bak", "甲.bak.txt", False),
        ("甲/旧稿", "甲/旧稿/乙.txt", True),
        ("甲/旧稿", "乙/甲/旧稿/丙.txt", False),
        ("甲/*.txt", "甲/乙.txt", True),
        ("甲/*.txt", "甲/乙/丙.txt", False),
        ("甲/**/丙.txt", "甲/乙/丁/丙.txt", True),
        ("甲/**/丙.txt", "甲/丙.txt", True),
        ("甲/**", "甲/乙/丙.txt", True),
        ("第?稿/", "第1稿/a.txt", True),
        ("第?稿", "第10稿/a.txt", False),
        ("a[1]", "a[1]/x.txt", True),
    ],
)
def test_exclude(tmp_path: Path, pattern: str, path: str, out: bool) -> None:
    assert is_excluded(tmp_path / path, Settings(exclude=(pattern,), root=tmp_path)) is out


def test_exclude_without_patterns_and_outside_root(tmp_path: Path) -> None:
    assert not is_excluded(tmp_path, Settings())
    other = replace(Settings(), exclude=("旧稿",), root=tmp_path / "甲")
    assert is_excluded(tmp_path / "乙" / "旧稿" / "a.txt", other)
    assert not is_excluded(tmp_path / "乙" / "a.txt", other)
