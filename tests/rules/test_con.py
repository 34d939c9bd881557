"""CON: what contradicts itself, and what only looks as if it did."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis import analyse
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text
from docnlp.rules.base import Context, Hit, Rule, Severity
from docnlp.rules.con import RULES
from docnlp.rules.con_calendar import fixed_day
from docnlp.rules.con_patterns import late, prose
from docnlp.selection import severity_for
from docnlp.settings import Settings
from docnlp.testing import run_rule, unmark, verify_examples
from docnlp.training.markup import load_folder

ROOT = Path(__file__).parents[2]
CLEAN = sorted((ROOT / "tests" / "clean").glob("*.txt"))
BY_CODE = {rule.code: rule for rule in RULES}

REVIEW = "清禾县教育局2024年精神文明建设工作总结\n一年来，我局认真抓好各项工作。\n{}\n清禾县教育局\n2024年12月20日"
PLAN = "清禾县教育局2024年精神文明建设工作方案\n为做好今年的工作，制定本方案。\n{}\n清禾县教育局\n2024年3月20日"


def reported(text: str, as_of: date = date(2026, 11, 23)) -> list[tuple[str, int | None, int | None]]:
    """Code and place of everything the family reports."""
    return [(f.code, f.start, f.end) for rule in RULES for f in run_rule(rule, text, as_of=as_of)]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_examples(rule: Rule) -> None:
    assert verify_examples(rule) == []


def test_a_late_pattern_is_compiled_on_first_use() -> None:
    pattern = late("(")
    with pytest.raises(re.error):
        pattern.search("text")
    assert late("甲+").findall("甲乙甲甲") == ["甲", "甲甲"]


def test_counts_of_several_reports_in_one_file() -> None:
    report = "{0}2024年精神文明建设工作总结\n一年来，各项工作有进步。\n一、主要做法\n全县{1}个乡镇都参加。由综合办公室、教育培训{2}落实。\n{0}教育局\n2024年12月20日\n"
    assert reported(report.format("清禾县", 12, "部") + report.format("白塔县", 13, "科")) == []


def test_codes_are_in_order() -> None:
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)


CONTRADICTIONS = [
    ("CON008", "全年共开展志愿服务活动【48场】，其中助老20场、助残12场、环保18场。"),
    ("CON008", "本年度投入创建资金【56.8万元】，其中阵地建设30万元，培训8.8万元，宣传20万元。"),
    ("CON008", "图书室现有图书【3200册】，其中政治类800册、科技类1200册、文学类1000册、其他300册。"),
    ("CON008", "我局设办公室等5个股室，干部【32名】，其中男20名、女14名。"),
    ("CON008", "机关支部18人、离退休支部12人、下属单位支部25人，共【52人】。"),
    ("CON008", "评选表彰文明职工【20名】（机关8名、基层10名）。"),
    ("CON008", "活动经费共计【两万元】，其中宣传费八千元，奖品费七千元，交通费三千元。"),
    ("CON008", "全镇辖【18个】行政村和社区，其中行政村13个、社区4个。"),
    ("CON008", "发放宣传资料【5000份】，其中机关1000份，社区2000份，学校1500份。"),
    ("CON009", "为6个社区各配书架4组，每组可放200册。信访量由去年的35件【上升】到28件。"),
    ("CON009", "举办讲座8期，每期80人，共计【600】人参加。"),
    ("CON009", "今年受理投诉45件，比去年60件下降25%。满意率从92%【降】到96%。"),
    ("CON010", "全镇12个村全部建成农家书屋。\n截至11月，全镇【13个村】通过验收。"),
    ("CON004", "组织党员到【陕西省井冈山】接受教育。"),
    ("CON004", "赴【河南省平山县】参观。"),
    ("CON004", "他出生在【安徽省徐州市】。"),
    ("CON004", "组织骨干到【江苏省杭州】考察。"),
    ("CON005", "每年到山东省【莱芜市】开展走访。"),
    ("CON003", REVIEW.format("在【白塔县】委、县政府的坚强领导下，圆满完成任务。")),
    ("CON003", REVIEW.format("认真贯彻落实【白塔县】委的部署。")),
    (
        "CON003",
        "湖南省图书馆2024年工作总结\n一年来，各项工作有进步。\n在【江苏】省委、省政府的正确领导下，完成任务。\n湖南省图书馆\n2024年12月20日",
    ),
    ("CON002", REVIEW.format("下一步，要为【青禾县】教育事业作出新贡献。")),
    (
        "CON002",
        "柳浪社区2024年文明创建工作总结\n一年来，社区工作有进步。\n【柳狼社区】居民自发组成巡逻队，柳浪社区面貌一新。\n柳浪社区\n2024年12月20日",
    ),
    ("CON019", PLAN.format("一、组织领导\n成立【清禾县教研局】创建文明单位领导小组，局长任组长。")),
    (
        "CON006",
        "清禾县教育局【2021年】精神文明建设工作计划\n为做好工作，制定本计划。\n一、目标\n创成。\n清禾县教育局\n2024年3月20日",
    ),
    ("CON007", PLAN.format("一、工作要求\n各校务必于【2023年10月底】前完成自查。")),
    ("CON007", PLAN.format("一、工作要求\n各校要于【2022年底】前全部达标。")),
    ("CON007", PLAN.format("一、工作要求\n请各校于【3月10日】前报送名单。")),
    (
        "CON011",
        PLAN.format(
            "一、实施步骤\n（一）宣传发动阶段（3月1日—3月31日）\n召开动员会。\n（二）组织实施阶段（【3月15日】—10月31日）\n抓好落实。\n（三）总结阶段（11月1日—12月31日）\n总结。"
        ),
    ),
    (
        "CON011",
        PLAN.format(
            "一、实施步骤\n第一阶段：动员部署（3月—【4月】）。召开动员会。\n第二阶段：组织实施（7月—10月）。抓好落实。"
        ),
    ),
    ("CON012", "【9月15日】是“公民道德宣传日”，各单位要开展宣传。"),
    ("CON013", "由党政综合办、文化教育部、财务审计部落实；文化教育部牵头。资料由【文化教育科】负责整理。"),
    ("CON014", PLAN.format("一、组织机构\n【组  长：】\n副组长：各副局长\n成  员：各股室负责人")),
    ("CON016", "为贯彻《清禾县文明行为促进办法》（以下简称《【办法】》），制定本方案。"),
    ("CON017", PLAN.format("一、任务分工\n具体分工见【附件】。")),
    ("CON020", "由宣传部、教育局、团县委、妇联【五个单位】落实。"),
    ("CON003", REVIEW.format("我们将再接再厉，为谱写【望城区】新篇章贡献力量。").replace("清禾县", "清禾区")),
    (
        "CON007",
        REVIEW.format("").replace(
            "一年来，我局认真抓好各项工作。", "【2023年】，在县委、县政府的正确领导下，我局认真抓好各项工作。"
        ),
    ),
    ("CON008", "共核查问题【38处】：其中：道路14处；楼道16处；公厕7处；其他2处。"),
    ("CON009", "全局有职工126人，印发学习卡片【162】张，人手一张。"),
    ("CON010", "评出县级五好文明家庭86户。组织【68户】县级五好文明家庭代表宣讲。"),
    ("CON015", "清禾县志愿服务中心（以下简称“中心”）和清禾县实践活动基地（以下简称“【中心】”）共同承办，由中心牵头。"),
    (
        "CON018",
        "清禾县教育局创建工作【方案】\n一年来，创建工作成绩明显。\n一、主要成绩\n创成了文明单位，师生满意。\n二、存在的不足\n骨干不够。\n清禾县教育局\n2024年12月20日",
    ),
]

FINE = [
    "全镇共有党员586名，其中女党员120名、35岁以下党员98名、大专以上学历210名。",
    "今年共接待群众1200人次，其中来信80件，来访1120人次。",
    "全年集中学习24次，其中专题辅导4次，交流研讨6次。",
    "投入30万元，其中10万元用于培训，其余用于购置设备。",
    "全县共有中小学校58所，其中小学40所、初中15所、高中3所。",
    "新建、改建公厕12座（其中旅游厕所3座），改造老旧小区6个。",
    "共有教职工102人（专任教师90人），学生1500人。",
    "邀请专家3人、教师20人、家长代表近30人，共50余人参加。",
    "上半年开展活动6次、下半年开展活动8次，全年共14次。",
    "印制海报200张、横幅30条、宣传册1000本，共计投入2万元。",
    "满意率从92%提高到96%，投诉由60件下降到45件。",
    "每月组织一次学习，全年共12次。每季度召开一次例会，全年共4次。",
    "全市26个乡镇参加，其中8个乡镇获奖。全县10个乡镇参加。",
    "辖18个村，5个村建成文化广场，10个村建成书屋。",
    "组织党员到江西省井冈山、陕西省延安、河北省西柏坡接受教育。",
    "在湖北省黄山头镇、河南省新县级单位、广东省中山大学、山东省各市县区学习。",
    "到北京市朝阳区、天津市河北区、内蒙古自治区呼和浩特市、新疆维吾尔自治区石河子市交流。",
    "为湖南省长治久安、江苏省平安建设作出贡献。",
    "到吉林省长春市、吉林省吉林市、海南省海口市参观。",
    "到湖北省恩施州、云南省大理州、四川省凉山州帮扶。",
    "原山东省莱芜市有关单位也参加。",
    REVIEW.format("在省委、市委和清禾县委的坚强领导下，圆满完成任务。"),
    REVIEW.format("组织到白塔县委党校、浙江省文明单位参观学习，接待湖南省文明办调研组。"),
    REVIEW.format("观看《湖南省委关于加强基层建设的意见》，学习南京路上好八连、北京奥运会志愿者、上海世博会的事迹。"),
    REVIEW.format("支援武汉疫情防控，购买新疆棉，观看湖南卫视，走北京路，乘上海大众。"),
    REVIEW.format("中共清禾县委、青川市委都作了批示，要求抓好落实。"),
    "湖南省图书馆2024年工作总结\n一年来，各项工作有进步。\n在湖南省委、省政府的正确领导下，完成任务。江苏省文明单位来馆交流。\n湖南省图书馆\n2024年12月20日",
    "浏阳市教育局2024年工作总结\n一年来，各项工作有进步。\n在长沙市委、浏阳市委的正确领导下，完成任务。\n浏阳市教育局\n2024年12月20日",
    REVIEW.format("与青禾县、白塔县结为友好县。"),
    PLAN.format("一、组织领导\n成立县教育局创建文明单位领导小组，局长任组长，成立清禾县教育局志愿服务队。"),
    "关于表彰2023年度文明单位的通报\n各单位：\n现将名单予以公布。\n清禾县文明委\n2024年2月20日",
    "清禾县教育局2022—2024年创建规划\n为做好工作，制定本规划。\n一、目标\n创成。\n清禾县教育局\n2022年3月20日",
    PLAN.format(
        "2023年10月，我局获评市级文明单位。2023年底前我局已完成自查。\n一、工作要求\n2024年10月底前完成自查，力争2026年底前创成。"
    ),
    PLAN.format("一、工作要求\n请各校于4月10日前报送名单，次年1月10日前报送总结。"),
    PLAN.format(
        "一、实施步骤\n第一阶段：动员部署（3月—4月）。召开动员会。\n第二阶段：组织实施（5月—10月）。抓好落实。\n第三阶段：总结验收（11月—12月）。总结。"
    ),
    PLAN.format(
        "一、实施步骤\n1.动员阶段（2024年3月至4月）。召开动员会。\n2.实施阶段（2024年5月至2025年6月）。抓好落实。\n3.总结阶段（2025年7月至8月）。总结。"
    ),
    "3月5日是学雷锋纪念日，12月4日为国家宪法日，5月15日是第31个“国际家庭日”。",
    PLAN.format("一、组织机构\n组  长：局党组书记、局长\n副组长：各副局长\n成  员：各股室负责人\n办公室设在机关党委。"),
    PLAN.format("一、任务分工\n具体分工见附件。\n附件：任务分工表"),
    "由宣传部、教育局、团县委、妇联四个单位落实，市直机关、各乡镇、街道等30个单位参加。",
    REVIEW.format("白塔县教育局认真总结经验，来我局交流。我局与青禾县教育局结对。"),
    REVIEW.format("为创建全国文明城市、国家卫生县城、全国文明县作贡献。"),
    "浏阳市教育局2024年工作总结\n一年来，各项工作有进步。\n为建设现代化长沙市作出贡献。\n浏阳市教育局\n2024年12月20日",
    "国家卫生城市创建工作方案\n为做好工作，制定本方案。\n一、目标\n创成。\n清禾市人民政府\n2024年3月20日",
    PLAN.format("2023年我局组织了12次活动，参加的职工有126人。2022年底前建成的12个书屋继续开放。"),
    PLAN.format("一、实施步骤\n动员阶段：4月。实施阶段：5月至11月，其中6月15日前各校自查。总结阶段：12月。"),
    "全市辖8个县区，其中6个县、2个区。全市共有8个县区参加。",
    "参加活动的有机关党员20人、退休党员12人，共32人。",
    "居民满意率由88.5%提高到95.2%，提高6.7个百分点。投诉由35件降到28件。",
    "附件：1.名单\n2.表格\n\n具体要求见附件1、附件2。",
]


@pytest.mark.parametrize(("code", "marked"), CONTRADICTIONS)
def test_contradiction(code: str, marked: str) -> None:
    text, spans = unmark(marked)
    assert reported(text) == [(code, *span) for span in spans]


@pytest.mark.parametrize("text", FINE)
def test_fine(text: str) -> None:
    assert reported(text) == []


_HALF = str.maketrans("，：；（）", ",:;()")


@pytest.mark.parametrize(("code", "marked"), CONTRADICTIONS)
def test_half_width_marks_change_nothing(code: str, marked: str) -> None:
    text, spans = unmark(marked.translate(_HALF))
    assert reported(text) == [(code, *span) for span in spans]


@pytest.mark.parametrize("text", FINE)
def test_half_width_marks_make_nothing_wrong(text: str) -> None:
    assert reported(text.translate(_HALF)) == []


def test_full_width_figures_are_figures() -> None:
    assert reported("全年开展活动４８场，其中助老２０场、助残１２场、环保１８场。") == [("CON008", 6, 9)]


def test_a_comma_inside_a_number_is_no_mark() -> None:
    assert reported("图书室藏书1,200册，其中政治类200册、科技类600册、文学类400册。") == []


# ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_abolished_place_was_right_in_its_day() -> None:
    text = "今年在杭州市江干区设立服务点。"
    assert reported(text, date(2019, 5, 1)) == []
    assert reported(text, date(2021, 12, 31)) == []  # the year of the change itself
    assert reported(text, date(2022, 1, 1)) == [("CON005", 6, 9)]


def test_a_place_that_moved() -> None:
    text = "今年在巢湖市含山县设立服务点。"
    assert reported(text, date(2009, 5, 1)) == []
    assert [code for code, _, _ in reported(text, date(2020, 5, 1))] == ["CON004"]


def test_the_message_says_what_became_of_a_place() -> None:
    (found,) = run_rule(BY_CODE["CON005"], "组织骨干到湖北省襄樊市培训。")
    assert "襄阳市" in found.message


@pytest.mark.parametrize("month", range(1, 13))
def test_the_title_may_be_a_year_ahead_only_late_in_the_year(month: int) -> None:
    text = f"清禾县教育局2025年精神文明建设工作计划\n为做好工作，制定本计划。\n一、目标\n创成。\n清禾县教育局\n2024年{month}月20日"
    assert bool(reported(text)) == (month < 9)


def test_every_fixed_day_is_known_to_the_rule() -> None:
    import tomllib

    path = ROOT / "docnlp" / "rules" / "con_days.toml"
    for name, day in tomllib.loads(path.read_text(encoding="utf-8"))["days"].items():
        month, number = map(int, day.split("-"))
        date(2024, month, number)
        for said in (number, number % 28 + 1):
            context = _context(f"{month}月{said}日是{name}，要抓好宣传。")
            hits = [h.suggestions for h in fixed_day(context)]
            assert hits == ([] if said == number else [(f"{month}月{number}日",)])


def test_parts_do_not_speak_for_each_other() -> None:
    report = "{0}教育局2024年精神文明建设工作总结\n一年来，我局在{0}委、县政府的正确领导下，认真抓好各项工作。\n一、主要做法\n抓学习。\n{0}教育局\n2024年12月20日\n"
    assert reported(report.format("清禾县") + report.format("白塔县")) == []


# ── the corpus ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _context(text: str, as_of: date = date(2026, 11, 23)) -> Context:
    document = build(source_from_text(text, "x.txt"))
    return Context(document, analyse(document), as_of)


def _hits(context: Context) -> list[tuple[Hit, Severity]]:
    settings = Settings()
    return [(h, severity_for(r.code, h.severity or r.severity, settings)) for r in RULES for h in r.check(context)]


def test_planted_faults_are_found() -> None:
    planted = found = 0
    for document in load_folder(ROOT / "corpora"):
        faults = [f for f in document.faults if f.family == "CON"]
        if not faults:
            continue
        hits = [h for h, _ in _hits(_context(document.text, document.date))]
        for fault in faults:
            low = max(document.text.rfind(c, 0, fault.start) for c in "。\n")
            high = min(i for c in "。\n" if (i := (document.text + c).find(c, fault.end)) >= 0)
            planted += 1
            found += any(h.start is not None and h.end is not None and low < h.start and h.end <= high for h in hits)
    assert planted >= 50
    assert found / planted >= 0.7, f"{found} of {planted}"


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
def test_clean_reports_are_silent(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    context = _context(text)
    dated = context.document.date
    grave = [h for h, severity in _hits(_context(text, dated) if dated else context) if severity != "info"]
    assert grave == []


# ── any text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_PIECES = st.sampled_from(
    [
        "其中",
        "共",
        "合计",
        "每",
        "由",
        "从",
        "到",
        "，",
        "。",
        "、",
        "（",
        "）",
        "\n",
        "12",
        "3.5",
        "两千",
        "个",
        "人",
        "万元",
        "次",
        "%",
        "20",
        "24年",
        "3月",
        "5日",
        "前",
        "阶段",
        "湖南省",
        "杭州市",
        "江干区",
        "清禾县",
        "委",
        "领导",
        "组长：",
        "附件",
        "见",
        "（以下简称“局”）",
        "方案",
        "总结",
        "率",
        "达到",
        "比去年的",
        "下降",
        "为",
        "日是",
        "国家宪法日",
        "（星期三）",
        "周年",
        "今年是建党",
        "为期",
        "天",
        "2024年",
        "至",
        "成立",
        "领导小组",
        "教育局",
        "称",
    ]
)


@given(st.text(alphabet="，,；;（(）)：:。0１２9甲\n"))
def test_uniform_marks_move_nothing(text: str) -> None:
    uniform = prose(_context(text))
    assert len(uniform) == len(text)
    assert [a for a, b in zip(text, uniform, strict=True) if a != b and a not in ",;():１２"] == []


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_nothing_crashes_and_every_place_is_in_the_text(text: str) -> None:
    for hit, _ in _hits(_context(text)):
        assert hit.start is not None
        assert hit.end is not None
        assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "其中3个、",
        "（3个、4个）",
        "每个3个，共12个",
        "由3个增至4个，",
        "1986户",
        "在白塔县委的领导下，",
        "湖北省张家界",
        "阶段（3月至4月）",
        "个",
        "县",
        "（",
    ],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = PLAN.format(piece * (size // len(piece)))
        best = float("inf")
        for _ in range(2):
            context = _context(text)
            assert context.analysis.sections is not None
            assert context.folded
            start = time.process_time()
            _hits(context)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(20_000) < 5  # below 0.7 s each on a quiet core
