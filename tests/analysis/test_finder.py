"""The finder of the models finds what the plain matcher finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.analysis import finder
from docnlp.analysis.finder import TermFinder
from docnlp.text.terms import TermMatcher

SIGNS = "文明实践]^-\\"
TERMS = st.dictionaries(st.text(SIGNS, min_size=2, max_size=5), st.integers(), max_size=12)


@pytest.mark.parametrize("few", [0, 300])  # pair by pair, and by an expression
@given(terms=TERMS, text=st.text(SIGNS + "，", max_size=40))
def test_the_same_as_the_plain_matcher(few: int, terms: dict[str, int], text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finder, "_FEW", few)
        assert list(TermFinder(terms).find(text)) == list(TermMatcher(terms).find(text))


def test_the_longest_term_wins_and_the_next_begins_behind_it() -> None:
    found = TermFinder({"文明": 1, "文明实践": 2, "实践站": 3, "践站": 4})
    assert [tuple(hit) for hit in found.find("文明实践站，文明站，实践站")] == [(0, 4, 2), (6, 8, 1), (10, 13, 3)]


def test_terms_have_two_characters_at_least() -> None:
    with pytest.raises(ValueError, match="too short"):
        TermFinder({"文": 1})
