"""The corpus as spaCy's DocBin: it loads back with the same text and the same labels."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from training_helpers import corpus

from docnlp.analysis.base import GENRES
from docnlp.training.docbin import to_docbin
from docnlp.training.markup import CorpusDocument, load_folder, parse_markup

OWN = Path(__file__).parents[2] / "corpora"

MARKUP = """---
id: x-001
genre: notice
subgenre: 印发通知
unit: 税务局
date: 2016-03-20
group: x
missing: guiding
---
[title] 关于印发  方案的通知
[tasks/1]  　一、学 ABC 和{N: “三个代表” }
[+tasks] 弘扬{P:奉献、{!TYP:有爱=>友爱}}，{C:}好𠀀。\\n\\n第二行{C:义诊}
@part plan 工作方案
[title] 方案
[guiding] {G:以人为本}。
"""


def load(documents: list[CorpusDocument]) -> list[Any]:
    import spacy
    from spacy.tokens import DocBin

    return list(DocBin().from_bytes(to_docbin(documents)).get_docs(spacy.blank("zh").vocab))


def test_spans_and_what_stands_beside_them() -> None:
    document = parse_markup(MARKUP)
    (doc,) = load([document])
    assert doc.text == document.text
    assert [(s.text, s.label_, s.id_) for s in doc.spans["sections"]] == [
        ("关于印发  方案的通知", "frame", "title"),
        ("一、学 ABC 和 “三个代表”", "tasks", "heading/1"),
        ("弘扬奉献、有爱，好𠀀。\n\n第二行义诊", "tasks", "body"),
        ("方案", "frame", "title"),
        ("以人为本。", "guiding", "body"),
    ]
    slogans = [(s.text, s.label_) for s in doc.spans["slogans"]]
    assert slogans == [("“三个代表”", "numeric"), ("奉献、有爱", "parallel"), ("义诊", "campaign"), ("以人为本", "policy")]
    assert doc.cats == {genre: float(genre == "notice") for genre in GENRES}
    data = doc.user_data
    assert data["meta"] == document.meta
    (fault,) = data["faults"]
    assert (doc.text[fault["start"] : fault["end"]], fault["family"], fault["cure"]) == ("有爱", "TYP", "友爱")
    assert [(doc.text[p["start"] : p["end"]][-2:], p["genre"], p["subgenre"]) for p in data["parts"]] == [
        ("义诊", "notice", "印发通知"),
        ("本。", "plan", "工作方案"),
    ]
    assert list(data["missing"]) == ["guiding"]


def test_every_character_is_a_token_as_in_a_blank_pipeline(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("zh")
    documents = corpus(tmp_path)
    docs = load(documents)
    assert len(docs) == len(documents)
    for doc, document in zip(docs, documents, strict=True):
        assert [t.text for t in doc] == [t.text for t in nlp.make_doc(document.text)]


@pytest.mark.skipif(not OWN.is_dir(), reason="没有 corpora/（装好的程序不带语料）")
def test_the_own_corpus() -> None:
    documents = load_folder(OWN)[::4]
    for doc, document in zip(load(documents), documents, strict=True):
        assert doc.text == document.text
        blocks = [(s.start_char, s.end_char, s.label_) for s in doc.spans["sections"]]
        assert blocks == [(b.start, b.end, b.section) for b in document.blocks]
        slogans = sorted((s.start_char, s.end_char, s.label_) for s in doc.spans["slogans"])
        assert slogans == sorted((s.start, s.end, s.type) for s in document.slogans)


def test_spacy_is_imported_only_when_it_is_used() -> None:
    code = "import sys, docnlp.training.docbin, docnlp.cli.corpus; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
