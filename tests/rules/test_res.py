"""RES: residue of copying."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docnlp.rules import res, spinning
from docnlp.rules.base import Rule
from docnlp.testing import apply_edits, run_rule, verify_examples

RULES = {r.code: r for r in res.RULES}
DATA = Path(res.__file__).parent


def found(code: str, text: str, path: str = "x.txt") -> list[str]:
    """Texts reported by one rule."""
    return [f.text for f in run_rule(RULES[code], text, path=path)]


def reported(text: str, path: str = "x.txt") -> list[tuple[str, str]]:
    """Code and text of everything the family reports."""
    return [(code, f.text) for code, rule in RULES.items() for f in run_rule(rule, text, path=path)]


@pytest.mark.parametrize("rule", res.RULES, ids=lambda r: r.code)
def test_examples(rule: Rule) -> None:
    assert verify_examples(rule) == []


# ── RES001 ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("20XX年X月X日至X月X日", ["20XX年X月X日", "X月X日"]),
        ("（X月X日）召开动员会", ["X月X日"]),
        ("二0xx年，二○○x年，二〇一x年", ["二0xx年", "二○○x年", "二〇一x年"]),
        ("200x年，201×年，19xx年", ["200x年", "201×年", "19xx年"]),
        ("二0__年度和20__年", ["二0__年", "20__年"]),
        ("20**年度工作总结", ["20**年"]),
        ("在xx县委、xx县政府领导下", ["xx县", "xx县"]),
        ("占地xxxx平方米，教职工xxx人", ["xxxx", "xxx人"]),
        ("第x届运动会，第xx个宣传日", ["第x届", "xx个"]),
        ("满意率达到xx%以上", ["xx%"]),
        ("xx文明办〔20xx〕xx号", ["xx", "20xx", "xx号"]),
        ("电话：xxxx-xxxxxxx", ["xxxx-xxxxxxx"]),
        ("江苏省**市**区", ["**市", "**区"]),
        ("○○社区、△△村", ["○○社区", "△△村"]),
        ("文明办发〔2019〕 号", ["〔2019〕 号"]),
        ("县文明委[2018]号", ["[2018]号"]),
        ("二〇  年  月  日", ["二〇  年  月  日"]),
        ("2023年5月  日召开会议", ["2023年5月  日"]),
        ("第  号", ["第  号"]),
        ("【此处填写单位名称】和[此处插入图片]", ["【此处填写单位名称】", "[此处插入图片]"]),
        ("由【单位】牵头", ["【单位】"]),
        ("尊敬的{{name}}：", ["{{name}}"]),
        ("ＸＸ县Ｘ乡", ["ＸＸ县", "Ｘ乡"]),
        ("地址-xx路", ["xx路"]),
        ("到某某某某村调研", ["某某某某村"]),
    ],
)
def test_placeholders(text: str, spans: list[str]) -> None:
    assert found("RES001", text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "尺寸2x3、10×10、3×4×5厘米，色值0xff，x=3，X轴",
        "XML、Xbox、iPhoneX、x-ray、max、extra",
        "工龄3x年不等于三年",
        "推行1+X证书，N+XX模式",
        "见https://example.org/xx/__init__与my__name",
        "二〇〇〇年、二○一○年",
        "工号320102********1234，手机139****1234",
        "某单位、某企业负责人说",
        "请在回执上注明（姓名）。",
        "[1]、[2020]、【注】、〔2023〕15号、（3）号楼",
        "2018年 3 月 5 日",
        "分发（3）号材料",
        "○、△、●●表示完成，○●○",
        "尾号xx7q的设备，**kwargs和a**b",
        "见[时间](a.html)",
        "****************",
        "________________",
        "×",
    ],
)
def test_no_placeholder(text: str) -> None:
    assert found("RES001", text) == []


def test_blanks_of_a_form_are_only_hints() -> None:
    text = "请按要求填报。\n\n附件1\n\n志愿者登记表（样式）\n\n姓名：____  日期：____年__月__日\n单位意见：     年   月   日"
    findings = run_rule(RULES["RES001"], text)
    assert len(findings) == 3
    assert {f.severity for f in findings} == {"info"}
    outside = run_rule(RULES["RES001"], "组长由____同志担任")
    assert [f.severity for f in outside] == ["warning"]


# ── RES003 ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("联系电话： 邮箱： 地址：", ["联系电话：", "邮箱：", "地址："]),
        ("联 系 人：  ，电 话：", ["联 系 人：", "电 话："]),
        ("传真：\n\n附件：申报表", ["传真："]),
        ("回执发到邮箱:,过期不收。", ["邮箱:,"]),
        ("附件1：", ["附件1："]),
        ("学习贯彻《  》精神", ["《  》"]),
    ],
)
def test_empty_fields(text: str, spans: list[str]) -> None:
    assert found("RES003", text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：\n0516-8888123",
        "时间：2024年5月；地点：会议室",
        "主要措施：\n一是加强领导",
        "附件：\n《实施细则》",
        "对照上述时间：各村抓紧落实",
    ],
)
def test_filled_fields(text: str) -> None:
    assert found("RES003", text) == []


# ── RES004, RES007 ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("落实三x一课制度", ["三x一课"]),
        ("学习习x新时代思想", ["习x新时"]),
        ("开展民x评议，x政治学习", ["民x评议", "x政"]),
    ],
)
def test_masked_words(text: str, spans: list[str]) -> None:
    assert found("RES004", text) == spans


@pytest.mark.parametrize(
    "text", ["长×宽=面积", "T型X号机", "见www.x.cn/x法", "X型桥、x射线、X染色体", "打×的作废", "设x是总数", "A×B"]
)
def test_letters_are_no_masks(text: str) -> None:
    assert found("RES004", text) == []


def test_known_masks_get_their_word() -> None:
    findings = run_rule(RULES["RES004"], "召开社区居x席会")
    assert findings[0].suggestions == ("居民联席会",)
    findings = run_rule(RULES["RES004"], "完善民x法制")
    assert findings[0].suggestions == ("民主法制",)
    assert run_rule(RULES["RES004"], "培养x接班人意识，做好x分类")[0].suggestions == ()


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("抓好志愿服，务活动", "抓好志愿服务活动"),
        ("党员、群众`都来参加", "党员、群众都来参加"),
        ("推进精神。文明创建", "推进精神文明创建"),
        ("取得了可喜的.成绩和长足的'进步", "取得了可喜的成绩和长足的进步"),
    ],
)
def test_stray_marks_are_taken_out(text: str, fixed: str) -> None:
    findings = run_rule(RULES["RES007"], text)
    assert apply_edits(text, [e for f in findings for e in f.edits]) == fixed
    assert not any(f.safe for f in findings)


@pytest.mark.parametrize(
    "text",
    [
        "发扬雷锋精神，文明实践深入人心",
        "成立组织，领导带头参加",
        "抓好道德，建设家园",
        "科、教、文、体活动",
        "采用'一户一档'的'网格化'管理",
        "输入`ls`查看",
    ],
)
def test_marks_between_words_stay(text: str) -> None:
    assert found("RES007", text) == []


# ── RES005, RES008, RES009 ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("来源：第一范文网", ["来源：第一范文网"]),
        ("时间：2022-05-12 08:38:52", ["时间：2022-05-12 08:38:52"]),
        ("点击：1234 作者：佚名", ["点击：1234"]),
        ("还剩3页未读，继续免费阅读", ["还剩3页未读", "继续免费阅读"]),
        ("材料见http://www.18fanwen.com/a.html", ["http://www.18fanwen.com"]),
        ("更多文明创建总结请关注本站", ["更多文明创建总结请关注"]),
        ("相关推荐\n一、指导思想", ["相关推荐"]),
        ("创建工作方案 第一篇\n一、指导思想", ["方案 第一篇"]),
    ],
)
def test_site_text(text: str, spans: list[str]) -> None:
    assert found("RES005", text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "志愿者来自国家电网。",
        "公众号阅读量：5000次。",
        "欢迎大家参观指导。",
        "撰写了3篇总结，报送信息12篇",
        "发至wenmingban@example.gov.cn",
        "读书会第一篇章：启航",
        "网站小编岗位由两名干部兼任",
        "作品刊登在相关文章之后",
    ],
)
def test_no_site_text(text: str) -> None:
    assert found("RES005", text) == []


def test_code_is_mended() -> None:
    text = "&nbsp;一、加强&ldquo;领导&rdquo;<br>二、落实&#8220;责任\u200b制\ufeff"
    findings = run_rule(RULES["RES008"], text)
    assert apply_edits(text, [e for f in findings for e in f.edits]) == " 一、加强“领导”二、落实“责任制"
    assert [f.text for f in findings if f.safe] == ["\u200b", "\ufeff"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("做好👩\u200d🌾志愿服务", "x.txt"),
        ("<br>换行", "x.md"),
        ("# 标题\n**重点**", "x.md"),
        ("满意率>95%且<100%", "x.txt"),
        ("见http://example.org/?a=1&lt=2", "x.txt"),
        ("1.5#楼和3#楼", "x.txt"),
    ],
)
def test_no_code(text: str, path: str) -> None:
    assert found("RES008", text, path) == []


def test_assistant_phrases() -> None:
    assert found("RES009", "当然可以！以下是根据要求拟定的方案。") == ["当然可以！", "以下是根据要求"]
    assert found("RES009", "如果您还有其他需要，请随时告诉我。") == ["如果您还有其他需要，请随时告诉我"]
    assert found("RES009", "各单位如有问题，请随时告诉我办。") == []


# ── RES006 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

ORDINARY = (
    "志愿者用心服务，邻里互相帮忙。居委会建立工作台账，建立健全值班制度，建立微信群。要履行岗位职责，整理档案资料，"
    "关注老人健康状况，挖掘发展潜力，持续推进移风易俗。领导小组由五人构成。"
)
SPUN = (
    "居委会用心组织建立活动，为老人带给便民服务，构成了人人参与的局面。楼长要增强职责感，持续小区整洁，"
    "丰富活动资料，提高服务潜力，及时上报工作状况，帮忙困难家庭。"
)


def test_ordinary_words_stay() -> None:
    assert found("RES006", ORDINARY) == []
    assert found("RES006", ORDINARY * 40) == []


def test_spun_words_are_found() -> None:
    words = found("RES006", SPUN)
    for word in ("用心", "建立", "带给", "构成", "职责", "持续", "资料", "潜力", "状况", "帮忙"):
        assert word in words


def test_uncertain_words_need_company() -> None:
    doubtful = "各组用心开展走访。"
    assert found("RES006", doubtful) == []
    assert "用心" in found("RES006", SPUN + doubtful)
    assert found("RES006", SPUN + doubtful).count("用心") == 2


def test_a_long_document_is_not_condemned_for_a_few_words() -> None:
    plain = "各村按时召开会议，认真听取意见，逐条研究办理，结果张榜公布。" * 400
    doubtful = "用心开展走访。带给大家的服务。工作状况良好。构成新局面。"
    assert found("RES006", plain + doubtful + plain) == []


def test_words_kept_beside_their_doubles_prove_nothing() -> None:
    """A program replaces nearly all; who writes 积极 five times and 用心 once means 用心."""
    kept = "积极开展活动，积极组织培训，提供场地，提供服务，形成合作，形成报告，了解情况，通报情况。"
    assert found("RES006", kept + "用心开展走访，构成新风，了解这种做法的状况，带给大家许多服务。") == []


@pytest.mark.parametrize(
    "text",
    [
        "支持建立工作站，参与建立活动中心。",
        "加强引导，营造氛围；组织引导、明白责任。",
        "坚持联系群众，坚持清洁生产。",
        "发挥教育感化作用，开展文明单元评选。",
        "各部分要衔接，实施方案各部分内容要完整。",
        "强化职责担当，职责重大，使命光荣。",
        "发放培训资料，制作活动资料，保存珍贵的重要资料。",
        "保留全部制度的建立过程。",
        "良好的行为习惯带给孩子一生的幸福。",
        "增加村民群众经济收入，理解上级精神，理解考核标准。",
        "到达指定地点，到达目标位置。",
        "超越自我的勇气，审视自我的不足。",
        "此时此刻，透过窗户看见，异常艰苦。",
        "管理部门结合职责制定措施。",
        "在小区最基本单元，楼道整洁。",
        "精神文明建立在物质文明基础之上。",
    ],
)
def test_words_in_their_own_right(text: str) -> None:
    assert found("RES006", text) == []


def test_parts_are_judged_apart() -> None:
    table = spinning.table()
    text = SPUN * 8 + "各组用心开展走访，工作状况良好，构成新风。" + "各村按时召开会议，听取意见，公布结果。" * 60
    edge = len(SPUN) * 8
    assert any(s.start >= edge for s in table.find(text))
    assert not any(s.start >= edge for s in table.find(text, [(0, edge), (edge, len(text))]))
    short = edge + 40
    assert any(edge <= s.start < short for s in table.find(text[:short], [(0, edge), (edge, short)]))


def test_suggestion_is_the_word_replaced() -> None:
    findings = run_rule(RULES["RES006"], "推进精神礼貌建设")
    assert [(f.text, f.suggestions, f.safe) for f in findings] == [("礼貌", ("文明",), False)]


# ── contexts of the table ────────────────────────────────────────────────────────────────────────────────────────────


def tier(word: dict[str, object], text: str) -> str | None:
    table = spinning.Table([{"spun": "词", "original": ["原"], **word}])
    at = text.index("词")
    return table.words["词"].tier(text, at, at + 1)


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("~甲", ["词甲", "乙词甲"], ["甲词", "词乙甲"]),
        ("甲~", ["甲词"], ["词甲", "甲乙词", "词"]),
        ("~[甲|乙]丙", ["词甲丙", "词乙丙"], ["词丙", "词甲"]),
        ("~$", ["词", "词。", "词,甲", "词\n"], ["词甲"]),
        ("~甲$", ["词甲", "词甲；"], ["词甲乙"]),
        ("^~", ["词", "。词", "\n词", "（词"], ["甲词"]),
        ("^甲~", ["甲词", "，甲词"], ["乙甲词"]),
        ("~…甲", ["词甲", "词乙乙甲", "词乙、乙甲"], ["词，甲", "词" + "乙" * 30 + "甲"]),
        ("甲…~", ["甲词", "甲乙词"], ["甲。词", "甲" + "乙" * 30 + "词"]),
        ("甲~乙", ["甲词乙"], ["甲词", "词乙", "甲词丙"]),
        ("~", ["词", "甲词乙"], []),
    ],
)
def test_context_language(pattern: str, yes: list[str], no: list[str]) -> None:
    assert [t for t in yes if tier({"strong": [pattern]}, t) != "strong"] == []
    assert [t for t in no if tier({"strong": [pattern]}, t) is not None] == []


def test_order_of_contexts() -> None:
    word = {"never": ["~子"], "strong": ["~甲"], "legit": ["~甲", "~乙"], "weak": ["~乙", "~丙"], "wide": True}
    assert [tier(word, t) for t in ("词子", "词甲", "词乙", "词丙", "词丁")] == [None, "strong", None, "weak", "wide"]
    assert tier({"never": ["乙~"], "strong": ["~甲"]}, "乙词甲") is None


def test_a_bad_table_is_refused() -> None:
    with pytest.raises(ValueError, match="exactly one ~"):
        tier({"strong": ["甲"]}, "词")
    with pytest.raises(ValueError, match="listed twice"):
        spinning.Table([{"spun": "词", "original": ["原"]}] * 2)


def test_shipped_table_is_sound() -> None:
    rows = tomllib.loads((DATA / "res_spinning.toml").read_text(encoding="utf-8"))["word"]
    keys = {"spun", "original", "never", "strong", "legit", "weak", "wide"}
    for row in rows:
        assert set(row) <= keys, row["spun"]
        assert row["original"], row["spun"]
        assert row["spun"] not in row["original"]
        assert row.get("strong") or row.get("weak"), row["spun"]
        for word in spinning.table().words.values():
            word.tier("甲", 0, 1)  # unfolds every context


def test_shipped_terms_and_phrases_are_sound() -> None:
    terms = tomllib.loads((DATA / "res_terms.toml").read_text(encoding="utf-8"))["terms"]
    assert [t for t in terms if len(t.replace("/", "")) < 4] == []
    assert len(set(terms)) == len(terms)
    site = tomllib.loads((DATA / "res_site.toml").read_text(encoding="utf-8"))
    for name in ("phrases", "near", "lines"):
        for phrase in site[name]:
            context = "欢迎" if name == "near" and phrase in ("范文", "小编") else "分享"
            text = phrase if name != "near" else f"{context}，{phrase}"
            assert found("RES005", text), phrase
    assert len(set(site["sites"])) == len(site["sites"])


# ── whole family ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLAIN = """关于开展文明楼院创建活动的实施方案

为巩固创建成果，提升居民文明素养，结合本社区实际，制定本方案。
一、工作目标
到年底建成文明楼院12个，居民满意率不低于95%，投诉下降30%。
二、主要任务
（一）建立楼院公约。每个楼院召开居民会议，讨论通过公约，建立议事台账。
（二）持续整治环境。清理堆物，粉刷墙面，统一安装3米×2米的宣传栏。
（三）帮助困难家庭。摸清底数，落实责任人，提供代办服务。
三、工作要求
各网格要高度重视，积极配合，形成合力；每月25日前报送进展情况。联系人：李敏，联系电话：0516-8888123。

附件：1.文明楼院评分表
2.文明楼院申报表

青禾社区居民委员会
2024年3月5日
"""


def test_a_sound_report_has_nothing() -> None:
    assert reported(PLAIN) == []


PIECES = st.sampled_from(
    ["xx", "x", "×", "**", "_", "某", "20", "年", "月", "日", "〔", "〕", "号", "【待填：", "】", "联系人：", "附件：", "\n", " ", "　", "，", "。", "的", "`", "'",
     ".", "&nbsp;", "<br>", "篇一：", "小编", "范文", "用心", "带给", "建立", "工作", "精神", "文明", "礼貌", "□", "○", "《", "》", "\u200b", "锟斤拷", "#", "希望以上", "您", "👩", "\u200d"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)), st.sampled_from(["x.txt", "x.md"]))
def test_any_text(text: str, path: str) -> None:
    for rule in res.RULES:
        findings = run_rule(rule, text, path=path)
        view = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        for f in findings:
            assert f.start is not None
            assert f.end is not None
            assert 0 <= f.start < f.end <= len(view)
            assert view[f.start : f.end] == f.text
            assert f.message
            assert all(0 <= e.start <= e.end <= len(view) for e in f.edits)
        edits = sorted((e.start, e.end) for f in findings for e in f.edits)
        assert all(a[1] <= b[0] for a, b in pairwise(edits))


@pytest.mark.parametrize("rule", res.RULES, ids=lambda r: r.code)
def test_one_endless_line(rule: Rule) -> None:
    """The same findings, moved, whether a piece stands alone or thousands of them share a line."""
    piece = "在xx县，居x席会，小编整理，精神礼貌，的`心，&nbsp;，邮箱：，【待填：甲】，随时告诉我。"
    alone = [(f.start, f.text) for f in run_rule(rule, piece)]
    many = [(f.start, f.text) for f in run_rule(rule, piece * 300)]
    assert many == [((s or 0) + i * len(piece), t) for i in range(300) for s, t in alone]
