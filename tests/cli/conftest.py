"""Running the command line inside the test process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_helpers import Cli, Result

import docnlp.checker
from docnlp.cli import run
from docnlp.rules.base import Rule


@pytest.fixture
def cli(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs `docnlp …`; standard input comes in as bytes, standard output and error are read as UTF-8."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Result:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            for name, descriptor in (("stdout", 1), ("stderr", 2)):
                patch.setattr(sys, name, open(descriptor, "w", encoding="utf-8", closefd=False))  # noqa: SIM115
            status = run([str(a) for a in arguments])
            sys.stdout.close()
            sys.stderr.close()
        out, err = capfdbinary.readouterr()
        return Result(status, out.decode(), err.decode())

    return call


@pytest.fixture
def use_rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts other rules in the place of the shipped ones, in this process."""

    def use(*rules: Rule) -> None:
        monkeypatch.setattr(docnlp.checker, "all_rules", lambda: rules)

    return use


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in an empty folder, with nothing in the environment that changes the output."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "DOCNLP_DEBUG", "DOCNLP_AMBIGUOUS_WIDTH"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path
