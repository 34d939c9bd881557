"""The term matcher against the plainest search there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docnlp.text import terms
from docnlp.text.terms import TermMatcher

SIGNS = "文明实践]^-\\"
TERMS = st.dictionaries(st.text(SIGNS, min_size=2, max_size=5), st.integers(), max_size=12)


def plain(wanted: dict[str, int], text: str) -> list[tuple[int, int, int]]:
    """Leftmost-longest occurrences, tried place by place and term by term."""
    out, at = [], 0
    while at < len(text):
        here = [term for term in wanted if text.startswith(term, at)]
        if here:
            best = max(here, key=len)
            out.append((at, at + len(best), wanted[best]))
            at += len(best)
        else:
            at += 1
    return out


@pytest.mark.parametrize("few", [0, 300])  # pair by pair, and by an expression
@given(wanted=TERMS, text=st.text(SIGNS + "，", max_size=40))
def test_the_same_as_the_plain_search(few: int, wanted: dict[str, int], text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terms, "_FEW", few)
        assert [tuple(hit) for hit in TermMatcher(wanted).find(text)] == plain(wanted, text)


def test_the_longest_term_wins_and_the_next_begins_behind_it() -> None:
    found = TermMatcher({"文明": 1, "文明实践": 2, "实践站": 3, "践站": 4})
    assert [tuple(hit) for hit in found.find("文明实践站，文明站，实践站")] == [(0, 4, 2), (6, 8, 1), (10, 13, 3)]


def test_terms_have_two_characters_at_least() -> None:
    with pytest.raises(ValueError, match="too short"):
        TermMatcher({"文": 1})
