"""Which rules run and how grave their findings are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp import selection
from docnlp.rules.base import FAMILIES, Rule
from docnlp.selection import nearest, nearest_pattern, resolve, rules_for, severity_for, weight
from docnlp.settings import PerSubgenre, Settings


def _rule(code: str, name: str, **more: object) -> Rule:
    return replace(Rule(code, name, "", "warning", "", (), lambda context: iter(()), ()), **more)


RULES = (
    _rule("SEC001", "missing-section", genres=("plan", "summary")),
    _rule("SEC002", "empty-heading", needs_genre=True),
    _rule("PUN001", "halfwidth-mark"),
    _rule("PUN002", "doubled-mark"),
    _rule("PUN010", "nested-colon", enabled=False),
    _rule("RES001", "site-tail"),
)


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "all_rules", lambda: RULES)


def _run(genre: str | None = "plan", subgenre: str | None = None, **settings: object) -> str:
    return " ".join(r.code for r in rules_for(RULES, replace(Settings(), **settings), genre, subgenre))


def test_default_set() -> None:
    assert _run() == "SEC001 SEC002 PUN001 PUN002 RES001"


def test_genre_decides() -> None:
    assert _run("notice") == "SEC002 PUN001 PUN002 RES001"
    assert _run(None) == "PUN001 PUN002 RES001"
    assert _run(None, select=("SEC",)) == ""


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ({"select": ("PUN",)}, "PUN001 PUN002 PUN010"),
        ({"select": ("ALL",)}, "SEC001 SEC002 PUN001 PUN002 PUN010 RES001"),
        ({"select": ("site-tail", "PUN00")}, "PUN001 PUN002 RES001"),
        ({"extend_select": ("PUN010",)}, "SEC001 SEC002 PUN001 PUN002 PUN010 RES001"),
        ({"extend_select": ("PUN010",), "select": ("RES",)}, "PUN010 RES001"),
        ({"ignore": ("PUN",)}, "SEC001 SEC002 RES001"),
        ({"ignore": ("doubled-mark",)}, "SEC001 SEC002 PUN001 RES001"),
        ({"ignore": ("ALL",)}, ""),
        ({"ignore": ("ALL",), "select": ("ALL",)}, ""),
        # the more precise word wins, whichever side it is on
        ({"ignore": ("ALL",), "extend_select": ("RES",)}, "RES001"),
        ({"ignore": ("PUN",), "extend_select": ("PUN001",)}, "SEC001 SEC002 PUN001 RES001"),
        ({"select": ("PUN",), "ignore": ("PUN00",)}, "PUN010"),
        ({"select": ("PUN00",), "ignore": ("PUN",)}, "PUN001 PUN002"),
        ({"select": ("PUN00",), "ignore": ("PUN", "PUN002")}, "PUN001"),
        # ties go to ignoring; code and name are equally precise
        ({"select": ("PUN",), "extend_ignore": ("PUN",)}, ""),
        ({"select": ("PUN001",), "ignore": ("halfwidth-mark",)}, ""),
    ],
)
def test_most_precise_word_wins(settings: dict[str, object], codes: str) -> None:
    assert _run(**settings) == codes


def test_per_genre_and_subgenre() -> None:
    special = {"notice": PerSubgenre(("PUN",)), "通知": PerSubgenre(("RES",), ("PUN010",))}
    assert _run("notice", "通知", per_subgenre=special) == "SEC002 PUN010"
    assert _run("notice", "印发通知", per_subgenre=special) == "SEC002 RES001"
    assert _run("plan", "工作方案", per_subgenre=special) == "SEC001 SEC002 PUN001 PUN002 RES001"


def test_of_equally_precise_words_the_nearer_one_wins() -> None:
    for_one = {"倡议书": PerSubgenre(extend_select=("PUN002",))}
    assert "PUN002" in _run("other", "倡议书", ignore=("PUN002",), per_subgenre=for_one)
    assert "PUN002" not in _run("other", "讲话", ignore=("PUN002",), per_subgenre=for_one)
    both = {"other": PerSubgenre(extend_select=("PUN002",)), "倡议书": PerSubgenre(("PUN002",))}
    assert "PUN002" not in _run("other", "倡议书", per_subgenre=both)
    assert "PUN002" in _run("other", "讲话", ignore=("PUN002",), per_subgenre=both)


def test_a_precise_general_word_beats_a_vague_special_one() -> None:
    assert "PUN001" in _run("notice", "通知", extend_select=("PUN001",), per_subgenre={"通知": PerSubgenre(("PUN",))})


WORDS = st.sampled_from(["ALL", "SEC", "PUN", "PUN0", "PUN001", "doubled-mark", "RES001", "SEC00"])


@given(select=st.lists(WORDS), more=st.lists(WORDS), ignore=st.lists(WORDS), again=st.lists(WORDS))
def test_selection_properties(select: list[str], more: list[str], ignore: list[str], again: list[str]) -> None:
    def run(select: list[str], more: list[str], ignore: list[str]) -> set[str]:
        settings = Settings(select=tuple(select), extend_select=tuple(more), ignore=tuple(ignore))
        return {r.code for r in rules_for(RULES, settings, "plan", None)}

    base = run(select, more, ignore)
    assert run(select, more, [*ignore, *again]) <= base
    assert run(select, [*more, *again], ignore) >= base
    assert run(select[::-1], more[::-1], ignore[::-1]) == base


def test_severity() -> None:
    settings = Settings(severity={"PUN": "info", "PUN001": "error", "P": "warning", "ALL": "error"})
    assert severity_for("PUN001", "warning", settings) == "error"
    assert severity_for("PUN002", "warning", settings) == "info"
    assert severity_for("POL001", "info", settings) == "warning"
    assert severity_for("RES001", "info", settings) == "error"
    assert severity_for("RES001", "info", Settings()) == "info"


def test_weight() -> None:
    assert weight("PUN001", "halfwidth-mark", ()) == 0
    assert weight("PUN001", "halfwidth-mark", ("", "RES", "halfwidth")) == 0
    ordered = [("ALL",), ("P",), ("PUN",), ("PUN00",), ("PUN001",)]
    weights = [weight("PUN001", "halfwidth-mark", p) for p in ordered]
    assert weights == sorted(set(weights))
    assert weight("PUN001", "halfwidth-mark", ("halfwidth-mark",)) == weights[-1]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("PUN001", "PUN001"),
        ("pun001", "PUN001"),
        (" ＰＵＮ００１ ", "PUN001"),
        ("PUN00", "PUN00"),
        ("all", "ALL"),
        ("doubled-mark", "PUN002"),
        ("Doubled-Mark", "PUN002"),
        ("PUN003", None),
        ("PUN0011", None),
        ("XYZ", None),
        ("", None),
        ("标点", None),
    ],
)
def test_resolve(word: str, meant: str | None) -> None:
    assert resolve(word) == meant


@pytest.mark.parametrize("family", list(FAMILIES))
def test_families_without_rules_are_known(family: str) -> None:
    assert resolve(family) == family


def test_nearest() -> None:
    assert nearest_pattern("RES01") == "RES001"
    assert nearest_pattern("PNU001") == "PUN001"
    assert nearest_pattern("double-mark") == "doubled-mark"
    assert nearest_pattern("pnu") == "PUN"
    assert nearest_pattern("标点") is None
    assert nearest("selct", ("ignore", "select")) == "select"
    assert nearest("zzz", ("ignore", "select")) is None
