"""Writing the markup: what is read back is the same, and signs of the text are no marks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_helpers import source

from docnlp.training.markup import (
    CorpusDocument,
    GoldBlock,
    GoldFault,
    GoldPart,
    GoldSlogan,
    MarkupError,
    load_folder,
    parse_markup,
    to_markup,
)

OWN = Path(__file__).parents[2] / "corpora"

FRONT = """---
id: x-001
genre: plan
subgenre: 工作方案
unit: 税务局
date: 2016-03-20
group: x
---
"""
META = dict(line.split(": ") for line in FRONT.splitlines() if ": " in line)


def document(text: str, *blocks: GoldBlock, **more: tuple[object, ...]) -> CorpusDocument:
    whole = (GoldBlock(0, len(text), "body", None, "tasks", 0),)
    fields = {"slogans": (), "faults": (), "parts": (GoldPart(0, "plan", "工作方案"),), **more}
    return CorpusDocument(META, text, blocks or whole, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("n", range(6))
def test_a_plain_file_is_written_as_it_was(n: int) -> None:
    assert to_markup(parse_markup(source(n))) == source(n)


def test_everything_at_once_is_written_as_it_was() -> None:
    markup = FRONT.replace("group: x\n", "group: x\nmissing: guiding, safeguards\n") + (
        "[title] 甲县税务局创建方案\n"
        "[tasks/2] （一）学雷锋。\n"
        "[+tasks] 弘扬{P:奉献、{!TYP:有爱=>友爱}}精神{!RES:（来源：某网）=>}，{!POL:{N:“四个全面”}要求=>新要求}。\n"
        "@part notice 通知\n"
        "[title] 另一份\n"
        "[+tasks]  花括号\\{N:甲\\}、反斜杠\\\\、箭头\\=>、换行\\n到此{!PUN:\\}\\=>=>\\}}。\n"
    )
    read = parse_markup(markup)
    assert read.text.endswith("另一份 花括号{N:甲}、反斜杠\\、箭头=>、换行\n到此}=>。")
    assert [(f.family, f.cure) for f in read.faults] == [("TYP", "友爱"), ("RES", ""), ("POL", "新要求"), ("PUN", "}")]
    assert to_markup(read) == markup


def test_a_backslash_before_anything_else_is_itself() -> None:
    assert parse_markup(FRONT + "[tasks] 甲\\乙\\\n").text == "甲\\乙\\"


@pytest.mark.parametrize("body", ["{!TYP:甲=>乙\\}", "{N:甲\\}", "{!TYP:甲\\=>乙}"])
def test_an_escaped_sign_closes_nothing(body: str) -> None:
    with pytest.raises(MarkupError):
        parse_markup(f"{FRONT}[tasks] {body}\n")


def test_a_cure_of_backslashes_is_read_at_once() -> None:
    with pytest.raises(MarkupError, match="差错标记没有 }"):
        parse_markup(FRONT + "[tasks] {!TYP:甲=>" + "\\\\" * 5000 + "\n")


def test_lines_for_people() -> None:
    made = to_markup(parse_markup(source(0)), ["请核对", "% 两次"], {2: ["看这里"], 0: ["开头"]})
    assert "group: 甲\n---\n% 请核对\n% % 两次\n% 开头\n[title]" in made
    assert "。\n% 看这里\n[guiding/1]" in made
    assert parse_markup(made) == parse_markup(source(0))


def test_missing_sections_are_written_even_where_the_front_matter_does_not_say_them() -> None:
    made = parse_markup(to_markup(replace(parse_markup(source(0)), missing=("closing", "problems"))))
    assert made.missing == ("closing", "problems")


BODY = GoldBlock(0, 2, "body", None, "tasks", 0)


@pytest.mark.parametrize(
    "wrong",
    [
        document("甲乙丙", slogans=(GoldSlogan(0, 2, "policy"),), faults=(GoldFault(1, 3, "TYP", "丁"),)),
        document("甲乙\n丙", BODY, GoldBlock(3, 4, "body", None, "tasks", 0), slogans=(GoldSlogan(1, 4, "policy"),)),
        document("甲乙丙", BODY),
        document("丙甲", GoldBlock(1, 2, "body", None, "tasks", 0)),
        document("甲 ", BODY),
        document("甲\r乙"),
        document("甲乙", replace(BODY, kind="heading")),
        document("甲乙", replace(BODY, level=1)),
        document("甲乙", replace(BODY, section="frame")),
        document("甲乙", replace(BODY, kind="title")),
        document("甲乙", replace(BODY, section="tusks")),
        document(
            "甲乙\n丙", BODY, GoldBlock(3, 4, "body", None, "tasks", 1), parts=(GoldPart(0, "plan", "方案"), GoldPart(1, "plan", "工作 方案"))
        ),
        replace(document("甲乙"), meta={**META, "unit": "税务局\n学校"}),
    ],
)
def test_what_the_markup_cannot_say_is_refused(wrong: CorpusDocument) -> None:
    with pytest.raises(ValueError, match=r"^(no |a |blocks )"):
        to_markup(wrong)


def test_a_comment_of_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="no comment"):
        to_markup(document("甲乙"), ["一\n二"])


# --- any document -----------------------------------------------------------------------------------------------------

SIGNS = st.text("甲乙，。{}\\=>%[]!:n+ \u3000\n", min_size=1, max_size=12)
WORDS = SIGNS.map(str.strip).filter(bool)
GAPS = st.sampled_from(["", " ", "\n", "\n\n", " \n\u3000", "\n \n"])
FRAME = st.sampled_from(["title", "addressee", "signature", "date", "attachment"])
CHAPTERS = st.sampled_from(["preamble", "tasks", "closing"])
LABELS = st.one_of(
    FRAME.map(lambda kind: (kind, None, "frame")),
    CHAPTERS.map(lambda section: ("body", None, section)),
    st.tuples(st.just("heading"), st.integers(1, 4), CHAPTERS),
)


@st.composite
def documents(draw: st.DrawFn) -> CorpusDocument:
    text = draw(st.sampled_from(["", " ", "\n"]))
    blocks: list[GoldBlock] = []
    slogans: list[GoldSlogan] = []
    faults: list[GoldFault] = []
    parts = [GoldPart(0, "plan", "工作方案")]
    for number in range(draw(st.integers(1, 5))):
        if number:
            text += draw(GAPS)
            if draw(st.booleans()):
                parts.append(GoldPart(number, "notice", "通知"))
        words = draw(WORDS)
        start, end = len(text), len(text) + len(words)
        kind, level, section = draw(LABELS)
        blocks.append(GoldBlock(start, end, kind, level, section, len(parts) - 1))
        taken: list[tuple[int, int]] = []
        for _ in range(draw(st.integers(0, 3))):
            a, b = sorted((draw(st.integers(start, end)), draw(st.integers(start, end))))
            if any(a < x < b < y or x < a < y < b for x, y in taken):
                continue
            taken.append((a, b))
            if draw(st.booleans()):
                slogans.append(GoldSlogan(a, b, draw(st.sampled_from(["numeric", "policy"]))))
            else:
                faults.append(GoldFault(a, b, draw(st.sampled_from(["TYP", "SEC"])), draw(st.just("") | SIGNS)))
        text += words
    text += draw(st.sampled_from(["", " ", "\n"]))
    return CorpusDocument(META, text, tuple(blocks), tuple(slogans), tuple(faults), tuple(parts))


def comparable(document: CorpusDocument) -> tuple[object, ...]:
    """Everything but the file, with marks in an order of their own."""
    slogans = sorted((s.start, s.end, s.type) for s in document.slogans)
    faults = sorted((f.start, f.end, f.family, f.cure) for f in document.faults)
    return document.meta, document.text, document.blocks, slogans, faults, document.parts, document.missing


@given(documents())
def test_any_document_comes_back(made: CorpusDocument) -> None:
    assert comparable(parse_markup(to_markup(made))) == comparable(made)


@pytest.mark.skipif(not OWN.is_dir(), reason="没有 corpora/（装好的程序不带语料）")
def test_the_own_corpus_comes_back() -> None:
    corpus = load_folder(OWN)
    assert len(corpus) >= 300
    for read in corpus:
        assert parse_markup(to_markup(read), read.path) == read
