"""Genre by content, sections by wordings and cues, slogans by form."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from docnlp.analysis import AnalysisOptions, lexicon
from docnlp.analysis.analysis import Analysis
from docnlp.analysis.genre import LexiconGenre
from docnlp.analysis.sections import LexiconSections
from docnlp.analysis.slogans import PatternSlogans
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text


def parse(text: str, options: AnalysisOptions | None = None) -> Analysis:
    """Seen through the word lists, whatever models are shipped."""
    options = options or AnalysisOptions()
    return Analysis(build(source_from_text(text)), LexiconGenre(), LexiconSections(options), lambda: PatternSlogans(options))


@pytest.mark.parametrize(
    ("text", "genre", "subgenre"),
    [
        (
            "为提高职工文明素质，结合我站实际，特制定本方案。\n（一）加强学习。各班组要每周组织一次学习，要学以致用。\n（二）优化服务。各窗口要使用文明用语，要做到来有迎声。",
            "plan", "工作方案",
        ),
        (
            "一年来，我站在上级党委的正确领导下，扎实开展文明创建，取得了明显成效。现将工作总结如下：\n一、开展了志愿服务活动36场，建立了学习制度，完善了便民设施。\n二、荣获市级文明单位称号。",
            "summary", "工作总结",
        ),
        ("各班组要认真填写征集表，于6月1日前报送站办公室，逾期视为放弃。\n联系人：站办公室，联系电话：8651207。\n请各班组按时报送。", "notice", "通知"),
        ("为加强职工思想道德建设，现就有关工作提出如下意见：\n一、指导思想\n坚持立德树人，各单位要加强组织领导，落实工作责任。", "opinion", "意见"),
        ("亲爱的居民朋友：\n为建设文明社区，我们倡议：从我做起，爱护环境。\n让我们携起手来，共建美好家园，做文明有礼的社区居民。", "other", "倡议书"),
        ("2024年全市精神文明建设工作要点\n工作的总体要求是：围绕中心，服务大局。\n一、抓学习\n组织党员学习理论。", "keypoints", "工作要点"),
    ],
)  # fmt: skip
def test_genre_by_content(text: str, genre: str, subgenre: str) -> None:
    label = parse(text).genre
    assert (label.genre, label.subgenre) == (genre, subgenre)
    assert 0 < label.confidence <= 1


@pytest.mark.parametrize(
    "text",
    ["", "春眠不觉晓，处处闻啼鸟。\n夜来风雨声，花落知多少。", "今天天气很好，我和小猫一起在院子里晒太阳，妈妈做了一桌好菜。\n晚上我们去看了电影，回来的路上下起了小雨。"],
)
def test_no_report(text: str) -> None:
    assert parse(text).genre.genre is None


def test_sections_by_wording_and_outline() -> None:
    analysis = parse(
        "清溪县水务局文明单位创建工作方案\n为巩固创建成果，制定本方案。\n一、总体要求\n（一）指导思想\n以习近平新时代中国特色社会主义思想为指导。\n（二）工作目标\n2024年建成市级文明单位。\n"
        "二、主要任务\n（一）加强学习。各股室每周集中学习一次。\n三、实施步骤\n（一）动员部署（3月）。召开动员会。\n四、工作要求\n（一）加强组织领导。成立领导小组，局长任组长。\n（二）强化督查。每季度督查一次。\n清溪县水务局\n2024年3月1日\n"
    )
    labels = [(analysis.document.slice(b)[:6], label.section) for b, label in zip(analysis.document.blocks, analysis.sections, strict=True) if b.kind == "heading"]
    assert labels == [
        ("一、总体要求", "guiding"), ("（一）指导思", "guiding"), ("（二）工作目", "objectives"), ("二、主要任务", "tasks"), ("（一）加强学", "tasks"), ("三、实施步骤", "schedule"),
        ("（一）动员部", "schedule"), ("四、工作要求", "safeguards"), ("（一）加强组", "organization"), ("（二）强化督", "safeguards"),
    ]  # fmt: skip
    assert analysis.sections[0].section == analysis.sections[-1].section == "frame"
    assert analysis.section_at(analysis.document.text.index("局长任组长")) == "organization"
    assert all(label.reason for label in analysis.sections if label.section not in ("frame", "tasks"))


def test_sections_without_headings() -> None:
    analysis = parse(
        "2023年，我社区扎实开展文明创建，现将工作总结如下：\n举办了邻里节6场，开展了志愿服务活动42次，居民参与热情高涨。\n成立了以社区书记为组长的创建工作领导小组，下设办公室，居委会主任任副组长。\n"
        "工作中还存在一些不足：活动形式比较单一，志愿者年龄偏大。\n下一步，我们将继续丰富活动内容，吸引年轻人参加。\n"
    )
    assert [label.section for label in analysis.sections] == ["preamble", "tasks", "organization", "problems", "next_steps"]


def test_own_wordings() -> None:
    text = "清溪县水务局工作方案\n为做好工作，制定本方案。\n一、家底情况\n我局有干部职工86人。\n"
    options = AnalysisOptions(wordings={"problems": ("家底情况",)})
    assert parse(text).sections[2].section != "problems"
    assert parse(text, options).sections[2].section == "problems"


def slogans(text: str, *allow: str) -> list[tuple[str, str]]:
    analysis = parse(text, AnalysisOptions(allow=allow))
    return [(analysis.document.text[s.start : s.end], s.type) for s in analysis.slogans]


def test_slogans_by_form() -> None:
    found = slogans("开展“普法下乡村”活动和“四进”活动，践行社会主义核心价值观，做到人人讲卫生、人人讲礼仪、人人讲诚信，落实《志愿服务条例》和“我们的节日”。")
    assert ("普法下乡村", "campaign") in found
    assert ("四进", "numeric") in found
    assert ("社会主义核心价值观", "policy") in found
    assert ("人人讲卫生、人人讲礼仪、人人讲诚信", "parallel") in found
    assert not any("志愿服务条例" in text for text, _ in found)


def test_allowed_words_are_no_slogans() -> None:
    assert slogans("开展“普法下乡村”活动。", "普法下乡村") == []


def test_no_wording_stands_for_two_sections() -> None:
    table = tomllib.loads((Path(lexicon.__file__).parent / "sections.toml").read_text(encoding="utf-8"))
    words = [w for section in table.values() for kind in ("headings", "soft") for w in section.get(kind, ())]
    assert sorted({w for w in words if words.count(w) > 1}) == []


def test_a_block_of_its_own_says_where_a_section_stands() -> None:
    analysis = parse(
        "清溪县水务局文明单位创建工作方案\n按照县文明办提出的指导思想是做实做细的要求，制定本方案。\n一、指导思想\n以习近平新时代中国特色社会主义思想为指导，推进文明创建。\n二、主要任务\n各股室每周集中学习一次。\n"
    )
    assert analysis.presence[0]["guiding"].start == analysis.document.text.index("一、指导思想")
