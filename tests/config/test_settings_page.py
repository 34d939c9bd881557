"""The page docs/settings.md says what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from docnlp import config
from docnlp.baseline import Baseline
from docnlp.document.markers import find_markers
from docnlp.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


PACK = next(b for b in _blocks("toml") if b.startswith("# 词包/"))
EXAMPLES = [b for b in _blocks("toml") if "packs =" not in b and b != PACK]


@pytest.mark.parametrize("text", EXAMPLES, ids=range(len(EXAMPLES)))
def test_examples_load(tmp_path: Path, text: str) -> None:
    path = tmp_path / "docnlp.toml"
    path.write_text(text, encoding="utf-8")
    assert config.load(path).files == (path.resolve(),)


def test_the_example_with_its_pack_loads(tmp_path: Path) -> None:
    (tmp_path / "词包").mkdir()
    (tmp_path / "词包" / "区直机关.toml").write_text(PACK, encoding="utf-8")
    path = tmp_path / "docnlp.toml"
    path.write_text(next(b for b in _blocks("toml") if b.startswith("# docnlp.toml")), encoding="utf-8")
    settings = config.load(path)
    assert {t.source for t in settings.terms} == {"区直机关词包"}
    assert len(settings.terms) == 4
    assert "清溪河公园" in settings.allow
    assert "李某某工作室" in settings.allow
    assert settings.wordings["tasks"] == ("家底情况", "几件实事")
    assert settings.sections["工作方案"]["schedule"] == "info"


def test_every_key_and_kind_is_described() -> None:
    for key in (*config._SELECTION_KEYS, *config._WORD_KEYS):
        assert f"| `{key}` |" in PAGE, key
    for kind in config.SUBGENRES:
        assert kind in PAGE, kind
    for section in config._SECTIONS:
        assert f"| `{section}` |" in PAGE, section


def test_names_of_sections_on_the_page_are_accepted() -> None:
    rows = re.findall(r"^\| (\S+) \| (\S+) \| `([a-z_]+)` \|$", PAGE, re.MULTILINE)
    assert len(rows) == len(config._SECTIONS)
    for name, others, section in rows:
        for word in (name, *others.split("、")):
            assert config._section(word, config._At("x")) == section


def test_names_of_genres_on_the_page_are_accepted() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| (\S+) \| \S+ \|$", PAGE, re.MULTILINE)
    genres = {genre: names.split("、") for genre, names in rows if genre in config.GENRES}
    assert set(genres) == set(config.GENRES)
    for genre, names in genres.items():
        assert {config._kind(n, config._At("x")) for n in names} == {genre}


def test_defaults_on_the_page() -> None:
    assert Settings().fail_on == "warning"
    assert Settings().as_of == "today"
    assert Settings().limits.max_bytes == config._size("20MB", config._At("x"))
    for key, shown in (("fail-on", '"warning"'), ("as-of", '"today"'), ("max-size", '"20MB"')):
        assert f"| `{key}` | `{shown}` |" in PAGE


def test_markers_on_the_page() -> None:
    (txt,) = [b for b in _blocks("text") if "忽略" in b]
    (marker,) = find_markers(txt)
    assert (marker.kind, [w.word for w in marker.words], marker.reason) == ("line", ["res001"], "表格由基层填写")
    (markdown,) = _blocks("markdown")
    assert [m.alone for m in find_markers(markdown)] == [True, False]
    for english, chinese, kind in (
        ("ignore[RES001]", "忽略 RES001", "line"),
        ("ignore-file[RES]", "忽略全文 RES", "file"),
        ("ignore-start[PUN]", "忽略开始 PUN", "start"),
        ("ignore-end", "忽略结束", "end"),
    ):
        assert f"`{english}`" in PAGE
        assert f"`{chinese}`" in PAGE
        assert [m.kind for m in find_markers(f"# docnlp: {english}\n［docnlp：{chinese}］")] == [kind, kind]


def test_baseline_on_the_page(tmp_path: Path) -> None:
    (text,) = _blocks("json")
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    baseline = Baseline.load(path)
    assert len(baseline) == 2
    baseline.save(path)
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(text)
