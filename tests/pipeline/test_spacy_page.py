"""The page docs/spacy.md says what the program does: its examples are run, its output is compared."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin, Span
from spacy.training import Example
from thinc.api import Config

from docnlp.analysis.base import GENRES, SECTIONS, SLOGAN_NAMES
from docnlp.document.model import BlockKind

PAGE = (Path(__file__).parents[2] / "docs" / "spacy.md").read_text(encoding="utf-8")


def gold(nlp: Language, *texts: str) -> DocBin:
    """Documents as a corpus is exported: cut by characters, spans of slogans and sections, the genre in `cats`."""
    for name in ("docnlp_genre", "docnlp_sections", "docnlp_slogans"):
        nlp.add_pipe(name)
    docs = []
    for found in nlp.pipe(texts):
        doc = nlp.make_doc(found.text)
        for key in found.spans:
            doc.spans[key] = [Span(doc, s.start, s.end, s.label) for s in found.spans[key]]
        doc.cats = {genre: float(genre == found._.genre) for genre in GENRES}
        docs.append(doc)
    return DocBin(docs=docs)


def test_the_examples_print_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    gold(spacy.blank("zh"), "青峰中学工作总结\n一、主要做法\n践行社会主义核心价值观。").to_disk("dev.spacy")
    names: dict[str, Any] = {}
    compared = 0
    for code, shown in re.findall(r"```python\n(.*?)```\n(?:\n```(?:text|html)\n(.*?)```\n)?", PAGE, re.DOTALL):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(code, names)
        assert [line.rstrip() for line in out.getvalue().rstrip().splitlines()] == shown.rstrip().splitlines(), code
        compared += bool(shown)
    assert compared == 6
    assert PAGE.count("```python") == 8
    assert names["scores"]["genre_micro_f"] == names["scores"]["spans_sections_f"] == names["scores"]["spans_slogans_f"] == 1.0
    page = Path("口号.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "policy" in page
    assert "campaign" in page


def test_every_label_and_setting_is_described() -> None:
    for label in (*GENRES, *SECTIONS, *SLOGAN_NAMES, *BlockKind.__args__):  # type: ignore[attr-defined]
        assert f"`{label}`" in PAGE, label
    for name in ("docnlp_genre", "docnlp_sections", "docnlp_slogans"):
        assert f"| `{name}` |" in PAGE
        spacy.blank("zh").add_pipe(name)
        settings = Language.get_factory_meta(name).default_config
        assert settings
        assert all(f"| `{key}` |" in PAGE for key in settings)


def test_the_page_says_how_to_load_with_another_models_folder() -> None:
    code = next(b for b in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL) if b.startswith("spacy.load"))
    path, config = re.fullmatch(r'spacy\.load\("(.*?)", config=(.*)\)\n', code).groups()  # type: ignore[union-attr]
    assert f'nlp.to_disk("{path}")' in PAGE
    assert set(eval(config)["components"]["docnlp_sections"]) == {"models"}


def test_the_configuration_trains() -> None:
    config = Config().from_str(re.search(r"```ini\n(.*?)```", PAGE, re.DOTALL).group(1), interpolate=False)  # type: ignore[union-attr]
    spacy.util.fix_random_seed(0)
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    weights = nlp.config["training"]["score_weights"]
    assert {name: weight for name, weight in weights.items() if weight} == {"spans_slogans_f": 0.5, "cats_score": 0.5}
    texts = ("工作总结\n践行社会主义核心价值观，服务大局。", "关于开展活动的通知\n以“我们的节日”为载体，组织志愿服务。")
    by_character = gold(spacy.blank("zh"), *texts).get_docs(nlp.vocab)
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in by_character]
    nlp.initialize(lambda: examples)
    assert set(nlp.pipe_labels["spancat"]) == {"policy", "campaign"}
    for _ in range(40):
        nlp.update(examples)
    for example in examples:
        doc = nlp(example.text)
        expected = [(span.text, span.label_) for span in example.reference.spans["slogans"]]
        assert [(span.text, span.label_) for span in doc.spans["slogans"]] == expected
        assert max(doc.cats, key=doc.cats.__getitem__) == max(example.reference.cats, key=example.reference.cats.__getitem__)
