"""Titles that pass something on."""

from __future__ import annotations

import pytest

from docnlp.document.kinds import kind_of_title


@pytest.mark.parametrize(
    ("title", "subgenre"),
    [
        ("关于印发青禾县创建文明校园实施方案的通知", "印发通知"),
        ("关于印发《青禾县创建文明校园实施方案》的通知", "印发通知"),
        ("关于转发县文明办工作要点（试行）的通知", "印发通知"),
        ("转发县文明办关于评选文明家庭的通知的通知", "印发通知"),
        ("关于做好文件印发工作的通知", "通知"),
        ("关于开展文明餐桌活动的通知", "通知"),
        ("关于印发创建文明校园实施方案的请示", None),
    ],
)
def test_a_notice_that_passes_something_on(title: str, subgenre: str | None) -> None:
    kind = kind_of_title(title)
    assert kind is not None
    assert (kind.genre == "notice", kind.subgenre) == (subgenre is not None, subgenre)
