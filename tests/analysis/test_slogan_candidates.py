"""Which stretches of a text could be a slogan."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis import slogan_candidates
from docnlp.analysis.slogan_candidates import Candidate, _words, candidates
from docnlp.analysis.trained_slogans import term_hits
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.readers.plain import source_from_text


def found(text: str, terms: list[tuple[int, int, str]] | None = None) -> list[Candidate]:
    return candidates(build(source_from_text(text)), terms or [])


def words(text: str, source: str = "") -> list[str]:
    """The candidates of a source, of all where none is named."""
    return [text[c.start : c.end] for c in found(text) if c.source in (source or "qrlnkt")]


def one(text: str, phrase: str) -> Candidate:
    (candidate,) = [c for c in found(text) if text[c.start : c.end] == phrase]
    return candidate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我站每月开展“红马甲夜行队”主题活动。", ["“红马甲夜行队”"]),
        ("我站推进“雪亮渡口”工程和“渡口暖心”行动。", ["“雪亮渡口”工程", "“渡口暖心”行动"]),
        ("我站深化“岗位读书”学习教育，做好“法治渡口”普法。", ["“岗位读书”学习教育", "“法治渡口”普法"]),
        ("全站开展“四进”活动。", ["“四进”活动"]),
        ("全站开展“进岗位”活动。", ["“进岗位”"]),
        ('全站推进"雪亮渡口"工程。', ['"雪亮渡口"工程']),
        ("全站开展“四进”活动，未完的“引号。", ["“四进”活动"]),
    ],
)
def test_what_is_quoted_with_the_noun_that_belongs_to_it(text: str, expected: list[str]) -> None:
    assert words(text, "q") == expected


def test_the_noun_behind_a_quoted_name_is_noted() -> None:
    assert one("推进“雪亮渡口”工程。", "“雪亮渡口”工程").note == "+"
    assert one("喊响“雪亮渡口”。", "“雪亮渡口”").note == ""


def test_phrases_inside_quotes_are_pieces() -> None:
    text = "喊响“人人讲礼、处处有序”口号。"
    quoted = one(text, "“人人讲礼、处处有序”")
    assert (quoted.source, [text[a:b] for a, b in quoted.pieces], quoted.clean) == ("q", ["人人讲礼", "处处有序"], 2)


@pytest.mark.parametrize(
    ("text", "expected", "clean"),
    [
        ("爱站敬业、守时守信。", "爱站敬业、守时守信", 2),
        ("爱站敬业，守时守信。", "爱站敬业，守时守信", 2),
        ("爱站敬业；守时守信。", "爱站敬业；守时守信", 2),
        ("一、爱站敬业 守时守信", "爱站敬业 守时守信", 2),
        ("爱站敬业, 守时守信。", "爱站敬业, 守时守信", 2),
        ("全站做到爱站敬业、守时守信。", "爱站敬业、守时守信", 1),
        ("爱站敬业、守时守信的良好习惯逐步养成。", "爱站敬业、守时守信", 1),
        ("全站职工做到进门有礼、出门有序的良好习惯。", "进门有礼、出门有序", 0),
        ("全站职工做到进门有礼、办事有序、出门有节的良好习惯。", "进门有礼、办事有序、出门有节", 0),
        ("推进环境卫生整治、交通秩序整治。", "环境卫生整治、交通秩序整治", 1),
        ("引导职工爱站如家、待客如宾和办事如约。", "爱站如家、待客如宾和办事如约", 1),
        ("爱站如家、待客如宾和办事如约的要求。", "爱站如家、待客如宾和办事如约", 1),
        ("爱站如家、待客如宾与办事如约。", "爱站如家、待客如宾与办事如约", 2),
        ("讲卫生、讲礼仪、讲诚信、讲奉献、讲团结、讲学习。", "讲卫生、讲礼仪、讲诚信、讲奉献、讲团结、讲学习", 2),
    ],
)
def test_runs(text: str, expected: str, clean: int) -> None:
    candidate = one(text, expected)
    assert (candidate.source, candidate.clean) == ("r", clean)
    assert candidate.pieces[0][0] == candidate.start
    assert candidate.pieces[-1][1] == candidate.end
    assert not any(mark in text[a:b] for a, b in candidate.pieces for mark in "、，；和与")


def test_the_joints_of_a_run() -> None:
    assert one("爱站如家、待客如宾，办事如约；守时守信。", "爱站如家、待客如宾，办事如约；守时守信").note == "dcs"
    assert one("爱站如家、待客如宾和办事如约。", "爱站如家、待客如宾和办事如约").note == "da"


@pytest.mark.parametrize(
    "text",
    [
        "爱站敬业。守时守信。",
        "爱站敬业：守时守信。",
        "爱站敬业（守时守信）。",
        "爱站敬业\n守时守信",
        "没有任何标点的一行字",
        "组织职工到河边清理垃圾、学。",
    ],
)
def test_no_run(text: str) -> None:
    assert words(text, "r") == []


def test_a_run_has_at_most_six_phrases_but_may_be_part_of_more() -> None:
    text = "、".join(f"讲{noun}" for noun in ("卫生", "礼仪", "诚信", "奉献", "团结", "学习", "节约", "科学")) + "。"
    sizes = {len(c.pieces) for c in found(text) if c.source == "r"}
    assert sizes == {2, 3, 4, 5, 6}


def test_a_heading_is_a_candidate_as_a_whole() -> None:
    text = "清溪渡口工作方案\n一、擦亮窗口、服务往来旅客与船员"
    (whole,) = [c for c in found(text) if c.place == "hw"]
    assert text[whole.start : whole.end] == "擦亮窗口、服务往来旅客与船员"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("我们一起服务旅客、讲礼貌。", "务旅客、讲礼貌"),  # the first phrase as long as the second
        ("待客有礼、操作要规范化。", "待客有礼、操作要规"),  # the last phrase as long as the first
    ],
)
def test_no_cut_inside_a_word(text: str, cut: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cut not in words(text)
    monkeypatch.setattr(slogan_candidates, "_words", frozenset)
    assert cut in words(text)


def test_letters_in_a_row() -> None:
    text = "在职工中形成比、学、赶、超的氛围。"
    assert words(text, "l") == ["比、学、赶、超"]
    assert words("甲组、乙组、丙组、丁组。", "l") == []
    assert words("会上，老、中都到了。", "l") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("组织阅读进校园。", ["组织阅读进校园", "阅读进校园"]),
        ("广泛开展渡口暖心行动。", ["广泛开展渡口暖心行动", "开展渡口暖心行动", "渡口暖心行动"]),
        ("全站围绕安渡先锋岗做文章。", ["全站围绕安渡先锋岗", "安渡先锋岗"]),
        ("本站办起了渡口道德讲堂。", ["本站办起了渡口道德讲堂", "渡口道德讲堂"]),
        ("没有名称。", []),
    ],
)
def test_names_by_how_they_end(text: str, expected: list[str]) -> None:
    assert words(text, "n") == expected


def test_the_end_of_a_name_is_noted() -> None:
    assert one("广泛开展渡口暖心行动。", "渡口暖心行动").note == "行动"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实门前三包五保。", "门前三包五保"),
        ("开展十比一赛活动。", "十比一赛"),
        ("各班抓好五查要求。", "五查"),
        ("坚持一岗三责的原则。", "一岗三责"),
    ],
)
def test_figures_with_what_they_count(text: str, expected: str) -> None:
    assert expected in words(text, "k")


def test_terms_of_the_word_list_come_first() -> None:
    text = "爱站敬业、守时守信。"
    (candidate, *rest) = found(text, [(0, 9, "parallel")])
    assert (candidate.source, candidate.note, candidate.clean) == ("t", "parallel", 2)
    assert (0, 9) not in {(c.start, c.end) for c in rest}


def test_titles_of_writings_never() -> None:
    text = "学习《爱站敬业、守时守信》和《“四进”活动方案》，《渡口暖心行动计划》印发各站。"
    assert words(text) == []
    assert words("落实《办法》，做到爱站敬业、守时守信。", "r")[-1] == "爱站敬业、守时守信"
    quoted = "开展“读《渡口记》、讲渡口事”活动。"
    assert words(quoted, "q") == ["“读《渡口记》、讲渡口事”"]


def test_only_titles_headings_and_paragraphs_are_looked_at() -> None:
    text = "青山渡口“人人讲礼、处处有序”工作方案\n各班组、各站点：\n一、“四进”活动\n开展“暖心”行动。\n“青山”渡口管理站\n2024年3月1日\n"
    places = {c.place[0] for c in found(text)}
    assert places == {"t", "h", "b"}
    assert "“青山”" not in words(text)


def test_a_whole_block_is_noted_and_a_number_is_no_part_of_it() -> None:
    text = "青山渡口工作方案\n为做好工作，制定本方案。\n一、爱站敬业、守时守信\n我站做到爱站敬业、守时守信。\n"
    places = [(c.start, c.place) for c in found(text) if text[c.start : c.end] == "爱站敬业、守时守信"]
    heading, body = (text.index("爱站"), text.rindex("爱站"))
    assert places == [(heading, "hw"), (body, "b")]


def _read(text: str) -> tuple[Document, list[Candidate]]:
    document = build(source_from_text(text))
    return document, candidates(document, term_hits(document))


PIECES = st.sampled_from(
    (
        "爱站敬业", "守时守信", "全站职工做到", "讲文明", "的良好习惯", "和", "与", "四进", "活动", "行动", "渡口", "比", "学", "五查", "中国梦",
        "、", "，", "；", "。", "：", "“", "”", "《", "》", "\"", "\n", "\n\n", " ", "　", "一、", "（一）", "1.", "\U00020000", "甲",
    )
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_the_text(text: str) -> None:
    document, all_ = _read(text)
    folded = document.folded
    spans = [(c.start, c.end) for c in all_]
    assert len(set(spans)) == len(spans)
    known = slogan_candidates._words()
    for c in all_:
        (block,) = [b for b in document.blocks if b.start <= c.start < b.end]
        assert c.end <= block.end
        assert 2 <= c.end - c.start <= 72
        assert c.place[0] == block.kind[0]
        assert c.pieces
        flat = [offset for piece in c.pieces for offset in piece]
        assert flat == sorted(flat)
        assert c.start <= flat[0]
        assert flat[-1] <= c.end
        assert all(a < b for a, b in c.pieces)
        assert c.clean in (0, 1, 2)
        if c.source == "r":
            assert len(c.pieces) > 1
            assert len(c.note) == len(c.pieces) - 1
            assert folded[c.start - 1 : c.start + 1] not in known or folded[c.start] in "和与及"
        opened = folded.rfind("《", block.start, c.start + 1)
        closed = folded.find("》", opened, block.end)
        assert opened < 0 or "\n" in folded[opened:closed] or closed < c.end - 1 or closed - opened > 81


@pytest.mark.parametrize("text", ["", "\n\n", "“", "、", "　", "”“、《》"])
def test_next_to_nothing(text: str) -> None:
    assert found(text) == []


def _seconds(text: str) -> float:
    document = build(source_from_text(text))
    hits = term_hits(document)
    best = 9.0
    for _ in range(2):
        began = time.process_time()
        candidates(document, hits)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize(
    "piece",
    [
        "进门有礼、出门有序，", "《渡口》管理、爱站", "开展“四进”活动，", "全站职工", "爱心和耐心和", "比、学、赶、超，", "开展行动", "爱站敬业 ",
        "一岗三责五清", "“", "《", "的等", "职工等的、", "进门有礼、出门有序。\n",
    ],
)  # fmt: skip
def test_time_grows_with_the_text_only(piece: str) -> None:
    short, long = (_seconds(f"甲{piece * (size // len(piece))}。") for size in (3_000, 24_000))
    # eight times the text: a quadratic finder would take sixty-four times as long
    assert long < 24 * max(short, 0.003)


def test_the_word_list_of_cuts_is_one_of_two_character_words() -> None:
    known = slogan_candidates._words()
    assert len(known) > 10_000
    assert {len(w) for w in known} == {2}
    text = (Path(slogan_candidates.__file__).parent / "words.txt").read_text(encoding="utf-8")
    assert text.partition("\n\n")[1]


@pytest.mark.parametrize(
    ("text", "halves", "parted"),
    [
        ("引导职工热情服务、积极参与文明实践。", {"积极参", "文明实践"}, False),
        ("引导职工勤学苦练、邻里祥和谐乐共进。", {"邻里祥", "谐乐共进"}, False),
        ("引导职工爱站如家、待客如宾和办事如约。", {"待客如宾", "办事如约"}, True),
    ],
)
def test_and_inside_a_word_parts_nothing(text: str, halves: set[str], parted: bool) -> None:
    pieces = {text[a:b] for c in found(text) if c.source == "r" for a, b in c.pieces}
    assert pieces
    assert (halves <= pieces) is parted


def test_everyday_words_are_never_cut_though_a_dictionary_takes_them_for_names() -> None:
    assert {"文明", "道德", "参与", "和谐"} <= _words()


def test_a_run_that_begins_with_a_phrase_ends_inside_another_only_behind_a_pause() -> None:
    assert "爱站敬业、守时守信" in words("爱站敬业、守时守信的习惯逐步养成。", "r")
    assert "爱站敬业，守时守信" not in words("爱站敬业，守时守信的习惯逐步养成。", "r")
    assert "爱站敬业，守时守信" in words("全站做到爱站敬业，守时守信的习惯逐步养成。", "r")
