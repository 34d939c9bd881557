"""Structure: headings, frame, parts."""

from __future__ import annotations

from datetime import date

import pytest

from docnlp.document.build import build
from docnlp.document.dates import is_date_line, parse_date
from docnlp.document.kinds import kind_of_title
from docnlp.document.model import Document
from docnlp.document.numbering import marker_at
from docnlp.readers.plain import source_from_text
from docnlp.text.folding import fold


def parse(text: str, path: str = "x.txt") -> Document:
    return build(source_from_text(text, path))


def outline(document: Document) -> list[tuple[int | None, str]]:
    return [(b.level, document.slice(b)) for b in document.blocks if b.kind == "heading"]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, document.slice(b)) for b in document.blocks]


BODY = "各科室要按照分工抓好落实，每季度向办公室报送一次进展，年底统一检查。"


@pytest.mark.parametrize(
    ("number", "level", "text"),
    [
        ("一、", 1, "一"), ("一.", 1, "一"), ("一，", 1, "一"), ("十二、", 1, "十二"), ("第一部分 ", 1, "一"), ("第二章", 1, "二"), ("（一）", 2, "一"), ("(一)", 2, "一"), ("（ 一 ）", 2, "一"),
        ("（一）、", 2, "一"), ("㈠", 2, "㈠"), ("1.", 3, "1"), ("1、", 3, "1"), ("1．", 3, "1"), ("１．", 3, "１"), ("12.", 3, "12"), ("⒈", 3, "⒈"), ("（1）", 4, "1"), ("(1)", 4, "1"), ("1）", 4, "1"),
        ("①", 4, "①"), ("（１）", 4, "１"),
    ],
)  # fmt: skip
def test_every_number_in_every_width(number: str, level: int, text: str) -> None:
    document = parse(f"{number}加强学习教育\n{BODY}\n")
    (block, *_) = document.blocks
    assert block.kind == "heading"
    assert block.level == level
    assert document.slice(block) == f"{number}加强学习教育"
    assert block.number is not None
    assert fold(text) == block.number


@pytest.mark.parametrize(
    "line",
    [
        "2.5万元专项经费已经列入预算，由财务股统一管理。", "3.15前后组织执法人员走进市场，宣传消费者权益保护知识。", "3月5日前后组织志愿者走进社区，清理卫生死角。",
        "第12个“公民道德宣传日”期间，组织职工参加集中宣传。", "一、二产业的职工占全部职工的六成以上，要分别开展教育。", "一、二年级同学参加绘画比赛，其余年级参加征文。",
        "2024年，全局干部职工围绕创建目标抓好落实。", "一是加强学习，二是加强检查。", "第一，加强学习；第二，加强检查。", "首先，要提高认识，统一思想。", "10:30在会议室召开动员会，全体职工参加。",
        "100.5平方米的活动室已经建成，向居民免费开放。",
    ],
)  # fmt: skip
def test_what_is_no_heading(line: str) -> None:
    document = parse(f"清溪县税务局精神文明建设工作总结\n{BODY}\n{line}\n{BODY}\n")
    assert outline(document) == []
    assert marker_at(fold(line), 0, len(line)) is None or line[0] in "一第首"


def test_run_in_headings_end_with_their_full_stop() -> None:
    document = parse(f"（三）守护食品安全，倡导文明用餐。{BODY}\n2、带队伍。{BODY}\n")
    assert outline(document) == [(2, "（三）守护食品安全，倡导文明用餐。"), (3, "2、带队伍。")]
    assert [document.slice(b) for b in document.blocks if b.kind == "body"] == [BODY, BODY]
    assert all(b.runin for b in document.blocks if b.kind == "heading")


def test_a_numbered_long_sentence_is_body() -> None:
    line = "2、组织开展学雷锋志愿服务活动，引导广大职工走进社区、走进学校、走进养老院，帮助有困难的老人和孩子。"
    assert kinds(parse(line)) == [("body", line)]


def test_numbered_items_that_end_with_a_stop_and_have_nothing_beneath_are_body() -> None:
    document = parse("一、工作目标\n1. 全年开展志愿服务不少于12场。\n2. 职工注册志愿者达到九成。\n二、主要任务\n" + BODY)
    assert [h for _, h in outline(document)] == ["一、工作目标", "二、主要任务"]


def test_unnumbered_headings() -> None:
    document = parse(f"清溪小学文明校园创建工作总结\n基本情况\n{BODY}\n用书香浸润童年\n{BODY}{BODY}\n存在问题\n{BODY}\n")
    assert [h for _, h in outline(document)] == ["基本情况", "用书香浸润童年", "存在问题"]


def test_one_line_report_is_parsed_as_if_the_breaks_were_there() -> None:
    lines = [
        "清溪县税务局2024年文明单位创建工作方案", "为巩固创建成果，结合我局实际，制定本方案。", "一、指导思想", "以习近平新时代中国特色社会主义思想为指导，推进文明创建。",
        "二、主要任务", "（一）加强学习教育。" + BODY, "（二）开展志愿服务。" + BODY, "1.走进社区。" + BODY, "2.走进学校。" + BODY, "三、保障措施", "落实经费，严格考核。",
        "清溪县税务局", "2024年3月6日",
    ]  # fmt: skip
    whole = parse("\n".join(lines))
    for glue in ("", " ", "　　"):
        pasted = parse(glue.join(lines))
        assert outline(pasted) == outline(whole), repr(glue)
        assert pasted.title == lines[0], repr(glue)
        assert pasted.date == date(2024, 3, 6), repr(glue)
        assert pasted.issuer == "清溪县税务局", repr(glue)


def test_an_enumeration_inside_a_sentence_is_not_cut() -> None:
    line = "要抓好以下工作：（一）加强学习；（二）加强检查；（三）加强宣传。" + BODY * 8
    assert len(parse(line).blocks) == 1


def test_frame() -> None:
    document = parse(
        "清文明办〔2024〕6号\n清溪县文明办\n关于开展文明礼仪活动的通知\n各乡镇、县直各单位：\n" + BODY + "\n一、活动时间\n3月1日至3月31日\n附件：1.活动安排表\n2.报名表\n清溪县文明办\n2024年2月26日\n（联系人：办公室）\n"
    )
    assert [k for k, _ in kinds(document)] == ["title", "title", "title", "addressee", "body", "heading", "body", "attachment", "attachment", "signature", "date", "signature"]
    assert document.title == "清溪县文明办关于开展文明礼仪活动的通知"
    assert document.issuer == "清溪县文明办"
    assert document.date == date(2024, 2, 26)


def test_signature_and_date_in_one_line() -> None:
    document = parse(f"清溪县税务局工作总结\n{BODY}\n{BODY}\n清溪县税务局　2024年12月6日\n")
    assert kinds(document)[-2:] == [("signature", "清溪县税务局"), ("date", "2024年12月6日")]


def test_placeholder_date_is_still_the_date_line() -> None:
    document = parse(f"{BODY}\n{BODY}\nxx县税务局\n20xx年1月。\n")
    assert [k for k, _ in kinds(document)][-2:] == ["signature", "date"]
    assert document.date is None


def test_covering_notice_and_attached_plan_are_two_parts() -> None:
    document = parse(
        "清溪县文明办关于印发《2024年精神文明建设工作方案》的通知\n各单位：\n现将方案印发给你们，请认真贯彻执行。\n清溪县文明办\n2024年3月6日\n附件\n2024年精神文明建设工作方案\n"
        f"为做好全年工作，制定本方案。\n一、主要任务\n{BODY}\n"
    )
    assert [p.title for p in document.parts] == ["清溪县文明办关于印发《2024年精神文明建设工作方案》的通知", "2024年精神文明建设工作方案"]
    assert [p.attached for p in document.parts] == [False, True]
    assert document.parts[0].end == document.parts[1].start
    assert document.parts[1].end == len(document.text)


def test_aggregate_page() -> None:
    one = f"精神文明建设工作总结\n{BODY}\n一、主要做法\n{BODY}\n"
    document = parse(f"篇一：文明单位工作总结\n{one}篇二：文明单位工作计划\n{one}篇三：文明单位工作总结\n{one}")
    assert len(document.parts) == 3


def test_markdown() -> None:
    document = parse(f"# 清溪县税务局工作方案\n\n为做好工作，制定本方案。\n\n## 主要任务\n\n{BODY}\n\n### 1. 抓学习\n\n- {BODY}\n", "x.md")
    assert document.title == "清溪县税务局工作方案"
    assert [(level, text) for level, text in outline(document)] == [(1, "## 主要任务"), (3, "### 1. 抓学习")]


def test_comment_markers_are_in_no_block() -> None:
    document = parse(f"<!-- docnlp: ignore[RES001] 样稿 -->\n{BODY}\n", "x.md")
    assert [document.slice(b) for b in document.blocks] == [BODY]


@pytest.mark.parametrize(
    ("title", "genre", "subgenre"),
    [
        ("清溪县税务局2024年精神文明建设工作方案", "plan", "工作方案"), ("关于创建文明单位的实施方案", "plan", "实施方案"), ("“学雷锋”志愿服务活动方案", "plan", "活动方案"),
        ("2024年文明单位建设计划", "plan", "工作计划"), ("2024年精神文明建设工作要点", "keypoints", "工作要点"), ("精神文明建设工作总结（2023年度）", "summary", "工作总结"),
        ("2024年上半年精神文明建设工作总结", "summary", "半年总结"), ("文明单位自查报告", "summary", "自查报告"), ("关于文明创建情况的汇报", "summary", "情况汇报"),
        ("省级文明单位申报材料", "summary", "申报材料"), ("关于开展活动的通知", "notice", "通知"), ("关于印发《工作方案》的通知", "notice", "印发通知"),
        ("关于加强精神文明建设的实施意见", "opinion", "意见"), ("文明祭扫倡议书", "other", "倡议书"), ("在动员大会上的讲话", "other", "讲话"), ("精神文明建设工作方案范文（3篇）", "plan", "工作方案"),
    ],
)  # fmt: skip
def test_kind_of_title(title: str, genre: str, subgenre: str) -> None:
    assert kind_of_title(title) == (genre, subgenre)


def test_kind_of_title_none() -> None:
    assert kind_of_title("静夜思") is None
    assert kind_of_title("") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024年3月5日", date(2024, 3, 5)), ("二〇二四年三月五日", date(2024, 3, 5)), ("二○○八年六月", date(2008, 6, 1)), ("2024-03-05", date(2024, 3, 5)), ("2024.3.5", date(2024, 3, 5)),
        ("2024年13月5日", None), ("20xx年3月5日", None), ("三月五日", None),
    ],
)  # fmt: skip
def test_parse_date(text: str, value: date | None) -> None:
    assert parse_date(fold(text)) == value


@pytest.mark.parametrize("text", ["2024年3月5日", "二〇二四年三月五日", "20xx年12月7日。", "（2024年1月5日）", "××年×月×日", "2024-03-05", "20  年 月 日"])
def test_date_lines(text: str) -> None:
    assert is_date_line(fold(text))


def test_empty() -> None:
    document = parse("")
    assert document.blocks == ()
    assert len(document.parts) == 1
    assert document.title is None
    assert document.date is None
    assert document.issuer is None
    assert document.block_at(0) is None
