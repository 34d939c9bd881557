"""Variants keep the words and labels of what they keep."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from training_helpers import corpus, source

from docnlp.training.augment import VARIANTS, beheaded, flattened, variants, web_copy
from docnlp.training.markup import CorpusDocument, parse_markup


def _blocks(document: CorpusDocument) -> list[tuple[str, str]]:
    return [(document.text[b.start : b.end], b.section) for b in document.blocks]


@pytest.mark.parametrize("make", VARIANTS)
def test_blocks_that_stay_keep_their_words(make, tmp_path: Path) -> None:
    for document in corpus(tmp_path):
        variant = make(document)
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
    assert [v.meta["id"] for v in variants([document, several, bare])] == ["t-0-web", "t-0-cut", "t-0-flat"]
