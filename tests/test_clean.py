"""Forty correct reports of all genres, written without sight of the rules, must stay clean."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from docnlp.checker import FileReport, check_source
from docnlp.readers.plain import source_from_text
from docnlp.settings import Settings

FOLDER = Path(__file__).parent / "clean"
REPORTS = [r for name in ("index-a.toml", "index-b.toml") for r in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["report"]]
EACH = pytest.mark.parametrize("row", REPORTS, ids=lambda r: r["file"])


def check(row: dict[str, str]) -> FileReport:
    text = (FOLDER / row["file"]).read_text(encoding="utf-8")
    return check_source(source_from_text(text, row["file"]), Settings(as_of=row["as_of"]), date(2026, 11, 23))


def grave(report: FileReport) -> list[str]:
    return [f"{report.path}:{f.line} {f.code} {f.text} {f.message}" for f in report.findings if f.severity != "info"]


def test_there_are_enough() -> None:
    assert len(REPORTS) == 40
    characters = sum(len((FOLDER / r["file"]).read_text(encoding="utf-8")) for r in REPORTS)
    assert characters >= 60_000


@EACH
def test_genre(row: dict[str, str]) -> None:
    report = check(row)
    assert (report.genre, report.subgenre) == (row["genre"], row["subgenre"])
    assert report.analysis is not None
    assert str(report.analysis.document.date) == row["as_of"]


@EACH
def test_no_false_section_finding(row: dict[str, str]) -> None:
    assert [f.message for f in check(row).findings if f.family == "SEC" and f.severity != "info"] == []


def test_at_most_one_finding_in_8000_characters() -> None:
    found = [line for row in REPORTS for line in grave(check(row))]
    characters = sum(len((FOLDER / r["file"]).read_text(encoding="utf-8")) for r in REPORTS)
    assert len(found) <= characters / 8000, "\n".join(found)
