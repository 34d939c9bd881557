"""Variants keep the words and labels of what they keep."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from training_helpers import corpus, source

from docnlp.errors import DocnlpError
from docnlp.text.folding import fold
from docnlp.training.augment import (
    _SLIPS,
    TRANSFORM_NAMES,
    TRANSFORMS,
    VARIANTS,
    augment,
    beheaded,
    flattened,
    keep,
    variants,
    web_copy,
)
from docnlp.training.markup import CorpusDocument, load_folder, parse_markup, to_markup


def _blocks(document: CorpusDocument) -> list[tuple[str, str]]:
    return [(document.text[b.start : b.end], b.section) for b in document.blocks]


@pytest.mark.parametrize("kind", ["web-copy", "beheaded", "flattened", "excerpt"])
def test_blocks_that_stay_keep_their_words(kind: str, tmp_path: Path) -> None:
    for document in corpus(tmp_path):
        (variant,) = augment([document], [kind])
        assert set(_blocks(variant)) < set(_blocks(document))
        assert variant.text == "\n".join(words for words, _ in _blocks(variant))
        assert variant.meta["group"] == document.meta["group"]
        assert variant.meta["id"] != document.meta["id"]


def test_what_each_variant_drops() -> None:
    document = parse_markup(source(0))
    assert {b.kind for b in web_copy(document).blocks} == {"heading", "body"}
    assert "preamble" in {b.section for b in web_copy(document).blocks}
    assert "preamble" not in {b.section for b in beheaded(document).blocks}
    assert {b.kind for b in flattened(document).blocks} == {"body"}


def test_a_glued_paragraph_stays_glued() -> None:
    text = source(0).replace("[signature]", "[+safeguards] 另行通报。\n[signature]")
    variant = web_copy(parse_markup(text))
    assert variant.text.endswith("落实经费。另行通报。")


def test_documents_of_several_parts_and_empty_variants_are_passed_over() -> None:
    document = parse_markup(source(0))
    several = parse_markup(source(1) + "@part notice 通知\n[tasks] 请各科室报送材料。\n")
    bare = replace(document, blocks=document.blocks[:1])
    made = variants([document, several])
    assert [v.meta["id"] for v in made] == [f"t-0-{v}" for v in ("web", "cut", "flat", "excerpt", "unnumbered", "one-line-blanks")]
    assert made == list(augment([document], VARIANTS))
    # of a title alone only the form in one line has words
    assert [v.meta["id"] for v in variants([bare])] == ["t-0-one-line-blanks"]


def test_variants_to_train_on_are_transforms() -> None:
    assert set(VARIANTS) < set(TRANSFORMS)
    assert len(set(VARIANTS)) == len(VARIANTS)


# --- all transforms ---------------------------------------------------------------------------------------------------

OWN = Path(__file__).parents[2] / "corpora"

FRONT = """---
id: x-001
genre: plan
subgenre: 工作方案
unit: 机关
date: 2016-03-20
group: x
quality: clean
---
"""

PLAN = (
    FRONT
    + """[title] 清溪县水务局2016年创建方案
[preamble] 为做好工作，制定本方案。
[guiding/1] 一、指导思想
[guiding] 落实{G:社会主义核心价值观}，服务群众。
[objectives/1] 二、工作目标
[objectives] 2016年底前，建成：县级（示范）单位；参加9：30的例会。
[tasks/1] 三、主要任务
[tasks/2] （一）学雷锋。
[+tasks] 弘扬{P:奉献，互助}精神，清溪县水务局出动30人，见《2016年要点》。
[tasks/2] （二）讲卫生
[tasks] 每月部署一次大扫除，营造整洁的氛围。
[tasks] 每季度评比一次，结果在清溪县水务局的橱窗里公布，全体职工都可以提意见。
[safeguards/1] 四、保障措施
[safeguards] 安排经费，加强检查。
[closing] 让我们一起努力。
[signature] 清溪县水务局
[date] 二〇一六年三月二十日
"""
)


def vary(kind: str, markup: str = PLAN, seed: int = 0) -> CorpusDocument:
    (variant,) = augment([parse_markup(markup)], [kind], seed)
    return variant


def faults(document: CorpusDocument) -> list[tuple[str, str, str]]:
    return [(f.family, document.text[f.start : f.end], f.cure) for f in document.faults]


def test_slogans_and_faults_of_blocks_that_stay_stay() -> None:
    text = PLAN.replace("精神，", "{!TYP:精申=>精神}，").replace("水务局2016", "水{!TYP:物=>务}局2016").replace("clean", "faulty")
    variant = web_copy(parse_markup(text))
    assert [variant.text[s.start : s.end] for s in variant.slogans] == ["社会主义核心价值观", "奉献，互助"]
    assert faults(variant) == [("TYP", "精申", "精神")]
    assert "guiding" in {b.section for b in variant.blocks}
    assert variant.text.splitlines()[6].startswith("（一）学雷锋。弘扬奉献，互助精申，")


def test_parts_are_counted_anew() -> None:
    document = parse_markup(PLAN + "@part notice 通知\n[title] 通知\n@part summary 工作总结\n[tasks] 做了工作。\n")
    variant = web_copy(document)
    firsts = [(p.genre, variant.blocks[p.first].section) for p in variant.parts]
    assert firsts == [("plan", "preamble"), ("summary", "tasks")]
    assert variant.blocks[-1].part == 1
    first_gone = keep(document, lambda _, b: b.part > 0, "-late")
    assert (first_gone.meta["genre"], first_gone.meta["subgenre"]) == ("notice", "通知")


def test_what_a_document_lacks_now_is_said() -> None:
    summary = FRONT.replace("plan", "summary").replace("工作方案", "工作总结") + "[preamble] 总的看，进展顺利。\n[tasks] 做了工作。\n"
    assert beheaded(parse_markup(summary)).missing == ("preamble",)
    assert beheaded(parse_markup(PLAN)).missing == ()
    known = summary.replace("group: x\n", "group: x\nmissing: problems\n")
    variant = beheaded(parse_markup(known))
    assert variant.missing == ("problems", "preamble")
    assert (variant.meta["missing"], variant.meta["quality"]) == ("problems, preamble", "faulty")


def test_width() -> None:
    variant = vary("width", PLAN.replace("扫除，营", "扫除{!PUN:，，=>，}营"))
    assert "2016年底前,建成:县级(示范)单位;参加9:30的例会。" in variant.text
    assert "(一)学雷锋。弘扬奉献,互助精神,清溪县" in variant.text
    found = faults(variant)
    assert [f for f in found if f[1] in ("(一)", "(二)")] == [("PUN", "(一)", "（一）"), ("PUN", "(二)", "（二）")]
    assert {f[1:] for f in found} == {
        (",", "，"), (":", "："), (";", "；"), ("(", "（"), (")", "）"), ("(一)", "（一）"), ("(二)", "（二）"), (",,", "，"),
    }  # fmt: skip
    assert len([f for f in found if f[1] == ":"]) == 1, "9:30 is right"
    assert [variant.text[s.start : s.end] for s in variant.slogans] == ["社会主义核心价值观", "奉献,互助"]
    assert variant.meta["quality"] == "faulty"


@pytest.mark.parametrize(("kind", "between"), [("one-line", ""), ("one-line-blanks", " ")])
def test_one_line(kind: str, between: str) -> None:
    document, variant = parse_markup(PLAN), vary(kind)
    assert variant.text == document.text.replace("\n", between)
    assert _blocks(variant) == _blocks(document)
    assert variant.meta["quality"] == "clean"
    assert list(augment([variant], [kind])) == []


def test_unnumbered() -> None:
    variant = vary("unnumbered", PLAN.replace("[tasks] 每月", "[tasks] 1.每月"))
    assert "指导思想\n落实社" in variant.text
    assert "讲卫生\n每月部署" in variant.text
    (merged,) = [b for b in variant.blocks if variant.text[b.start : b.end].startswith("学雷锋。弘扬")]
    assert (merged.kind, merged.level, merged.section) == ("body", None, "tasks")
    assert variant.text[merged.end - 2 : merged.end] == "》。"
    assert [(variant.text[b.start : b.end], b.level) for b in variant.blocks if b.kind == "heading"] == [
        ("指导思想", 1), ("工作目标", 1), ("主要任务", 1), ("讲卫生", 2), ("保障措施", 1),
    ]  # fmt: skip
    assert list(augment([variant, vary("one-line")], ["unnumbered"])) == []


def test_section_dropped() -> None:
    def sections(markup: str) -> dict[str, CorpusDocument]:
        made = [vary("section-dropped", markup, seed) for seed in range(20)]
        return {variant.missing[0]: variant for variant in made}

    dropped = sections(PLAN)
    assert set(dropped) == {"guiding", "objectives", "tasks", "safeguards"}
    large = sections(PLAN.replace("每季度评比", "每季度由各科室轮流检查卫生、轮流负责打扫院子，并且" * 5 + "评比"))
    assert set(large) == {"guiding", "objectives", "safeguards"}, "no more than half may go"
    variant = dropped["objectives"]
    assert [line for line in variant.text.splitlines() if "、" in line[:2]] == ["一、指导思想", "二、主要任务", "三、保障措施"]
    assert "（二）讲卫生" in variant.text
    assert (variant.meta["missing"], variant.meta["quality"]) == ("objectives", "faulty")
    for blocking in ("{!NUM:四=>三}、保障", "{!CON:四=>三}、保障"):
        assert list(augment([parse_markup(PLAN.replace("四、保障", blocking))], ["section-dropped"])) == []


def test_shuffled() -> None:
    document = parse_markup(PLAN)
    orders = set()
    for seed in range(10):
        variant = vary("shuffled", seed=seed)
        lines = variant.text.splitlines()
        heads = [line for line in lines if line[1:2] == "、"]
        assert [h[0] for h in heads] == ["一", "二", "三", "四"]
        assert sorted(h[2:] for h in heads) == sorted(["指导思想", "工作目标", "主要任务", "保障措施"])
        orders.add(tuple(h[2:] for h in heads))
        assert (lines[0], lines[1]) == ("清溪县水务局2016年创建方案", "为做好工作，制定本方案。")
        assert lines[-3:] == ["让我们一起努力。", "清溪县水务局", "二〇一六年三月二十日"]
        assert lines[lines.index(next(h for h in heads if h.endswith("主要任务"))) + 1].startswith("（一）学雷锋。弘扬")
        assert len(variant.slogans) == len(document.slogans)
        assert len(variant.text) == len(document.text)
    assert ("指导思想", "工作目标", "主要任务", "保障措施") not in orders
    assert len(orders) > 3
    assert list(augment([vary("one-line")], ["shuffled"])) == []
    assert list(augment([parse_markup(PLAN.replace("四、保障", "{!NUM:五=>四}、保障"))], ["shuffled"])) == []


def test_redacted() -> None:
    seen = {vary("redacted", seed=seed).text.splitlines()[0] for seed in range(20)}
    assert seen == {f"{m}县水务局20{m}年创建方案" for m in ("xx", "XX", "××", "**")}
    variant = vary("redacted", seed=next(s for s in range(20) if vary("redacted", seed=s).text.startswith("xx")))
    found = faults(variant)
    assert {("RES", "xx县", "清溪县"), ("RES", "20xx年", "2016年"), ("RES", "二〇xx年", "二〇一六年")} <= set(found)
    assert "见《2016年要点》" in variant.text
    assert "清溪" not in variant.text
    assert any(("RES", m, "30") in faults(vary("redacted", seed=s)) for s in range(9) for m in ("xx", "XX", "××", "**"))
    assert list(augment([parse_markup(FRONT + "[tasks] 做事。\n")], ["redacted"])) == []


def test_redaction_keeps_off_slogans_and_faults() -> None:
    text = PLAN.replace("2016年底", "{C:2016年底“清溪县”}{!DIG:2016年=>2017年}底")
    variant = vary("redacted", text)
    assert "2016年底“清溪县”2016年底前" in variant.text
    assert len(variant.slogans) == 3


def test_misspelt() -> None:
    right = parse_markup(PLAN).text
    wrong = set()
    for seed in range(30):
        variant = vary("misspelt", seed=seed)
        found = faults(variant)
        assert 1 <= len(found) <= 5
        mended = variant.text
        for f in reversed(variant.faults):
            assert f.family == "TYP"
            mended = mended[: f.start] + f.cure + mended[f.end :]
        assert mended == right
        wrong |= {(w, cure) for _, w, cure in found}
    assert {("布署", "部署"), ("按排", "安排")} <= wrong
    assert list(augment([parse_markup(FRONT + "[tasks] 做事。\n")], ["misspelt"])) == []
    shielded = FRONT + "[tasks] {C:积极安排}、《检查办法》、{!TYP:部署=>布置}。\n"
    assert list(augment([parse_markup(shielded)], ["misspelt"])) == []


def test_no_slip_is_right_and_none_is_a_slip_of_nothing() -> None:
    for right, slips in _SLIPS.items():
        assert right not in slips
        assert all(slip not in _SLIPS for slip in slips)
        assert all(len(slip) == len(right) for slip in slips)


def test_a_variant_of_a_variant_names_both() -> None:
    (variant,) = augment([vary("width")], ["one-line"])
    assert (variant.meta["id"], variant.meta["variant"]) == ("x-001-width-one-line", "width one-line")


def test_the_same_seed_gives_the_same_whatever_stands_around(tmp_path: Path) -> None:
    documents = corpus(tmp_path)
    alone = [v for d in reversed(documents) for v in augment([d], seed=7)]
    together = list(augment(documents, seed=7))
    assert sorted(alone, key=lambda v: v.meta["id"]) == sorted(together, key=lambda v: v.meta["id"])
    assert together != list(augment(documents, seed=8))


def test_an_unknown_transform_is_refused() -> None:
    with pytest.raises(DocnlpError, match="没有“wdith”这种变体"):
        next(augment([], ["wdith"]))


def test_every_transform_has_a_name_for_people() -> None:
    assert list(TRANSFORM_NAMES) == list(TRANSFORMS)


def judge(document: CorpusDocument, variant: CorpusDocument) -> None:
    """What holds of every variant."""
    text, end = variant.text, 0
    for block in variant.blocks:
        assert end <= block.start < block.end <= len(text)
        assert not text[end : block.start].strip()
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        end = block.end
    assert not text[end:].strip()
    words = Counter((fold(document.text[s.start : s.end]), s.type) for s in document.slogans)
    got = Counter((fold(text[s.start : s.end]), s.type) for s in variant.slogans)
    assert got <= words
    assert [p.first for p in variant.parts] == [
        i for i, b in enumerate(variant.blocks) if i == 0 or b.part != variant.blocks[i - 1].part
    ]
    assert [variant.blocks[p.first].part for p in variant.parts] == list(range(len(variant.parts)))
    assert not set(variant.missing) & {b.section for b in variant.blocks}
    assert variant.meta["group"] == document.meta["group"]
    assert parse_markup(to_markup(variant), variant.path) == variant


@pytest.fixture(scope="module")
def own() -> list[CorpusDocument]:
    """The corpus of the repository."""
    if not OWN.is_dir():
        pytest.skip("没有 corpora/（装好的程序不带语料）")
    return load_folder(OWN)


@pytest.mark.parametrize("kind", TRANSFORMS)
def test_variants_of_the_own_corpus(kind: str, own: list[CorpusDocument]) -> None:
    front_matter = [dict(document.meta) for document in own]  # the rest of a document cannot change
    made = 0
    for document in own:
        for variant in augment([document], [kind], seed=3):
            judge(document, variant)
            if kind in ("width", "unnumbered", "one-line", "one-line-blanks", "redacted", "misspelt", "shuffled"):
                assert len(variant.slogans) == len(document.slogans)
            made += 1
    assert [document.meta for document in own] == front_matter
    assert made > len(own) / 2
